"""The base of every domain model: immutable, strict about names, kind to words."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


class Model(BaseModel):
    """An immutable value that refuses unknown keys (a misspelt key must never be lost in silence)."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def _without_nul(value: object) -> object:
    # A NUL cannot be stored by every database that a case will meet; it is never meant.
    return value.replace("\x00", "") if isinstance(value, str) else value


Text = Annotated[str, BeforeValidator(_without_nul)]
"""Free text as it was typed: nothing is trimmed or changed, except that NUL characters are dropped."""

Level = Annotated[int, Field(ge=0, le=4, strict=True)]
"""FunctionLevel 0-4 (Fælles Sprog; Helsingør 2017, pp. 19-20)."""

Per = Literal["day", "week", "two_weeks", "four_weeks", "month", "quarter", "year", "course", "once"]
TimeOfDay = Literal["day", "evening", "night"]
Unit = Literal["immediately", "same_day", "hours", "weekdays", "days", "weeks", "months", "when_vacant"]


class Duration(Model):
    """A length of time as a standard states it.

    ``weekdays`` are hverdage: Monday to Friday, Danish public holidays excluded. ``immediately``,
    ``same_day`` and ``when_vacant`` carry no amount.
    """

    amount: int | None = Field(default=None, ge=0)
    amount_max: int | None = Field(default=None, ge=0)
    unit: Unit
    page: int | None = None
    note: str | None = None


class Extent(Model):
    """How much help: times per period, when in the day, minutes, and how long a course lasts.

    The same shape serves the standard (what it states) and a decision (what is granted).
    """

    times: int | None = Field(default=None, ge=1)
    times_max: int | None = Field(default=None, ge=1)
    per: Per | None = None
    minutes: int | None = Field(default=None, ge=1, description="minutes each time")
    weekdays_only: bool | None = None
    time_of_day: tuple[TimeOfDay, ...] = ()
    clock: str | None = Field(default=None, description="clock times as the source has them: 7.00-17.00")
    course: Duration | None = Field(default=None, description="length of the whole course")
    text: Text | None = Field(default=None, description="what the fields above cannot say")


_PER_YEAR: dict[Per, float] = {
    "day": 365, "week": 52, "two_weeks": 26, "four_weeks": 13, "month": 12, "quarter": 4, "year": 1,
}  # fmt: skip


def gives_more(now: Extent | None, before: Extent | None) -> bool:
    """Whether one extent is clearly more help than another: more often or longer, and neither less.

    False wherever the two cannot be compared.
    """
    if now is None or before is None or (now.minutes is None) != (before.minutes is None):
        return False
    often, often_before = _times_a_year(now), _times_a_year(before)
    if often is None or often_before is None:
        return False
    steps = (often - often_before, (now.minutes or 0) - (before.minutes or 0))
    return min(steps) >= 0 and max(steps) > 0


def _times_a_year(extent: Extent) -> float | None:
    if extent.times is None or extent.per not in _PER_YEAR:
        return None
    return extent.times * _PER_YEAR[extent.per]

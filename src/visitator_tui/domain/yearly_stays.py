"""Stays that a standard gives for so long in a calendar year (aflastningsophold, Helsingør 2017, p. 46).

Not in the source, decided here: both the first and the last day away count; a stay over New Year counts in each
year with its days there; a stay without a last day counts until today, one that is agreed counts to its end.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from .base import Duration, Model
from .course_supply import Absence
from .deadlines import due
from .standard_process import YearlyLimit
from .workdays import Calendar

_DAY: Final = timedelta(days=1)


class YearlyUse(Model):
    """Days of a stay used or agreed in a calendar year, the most there may be, and how long the longest was."""

    year: int
    days: int
    most: int
    longest: int
    most_at_a_time: int | None = None

    @property
    def over(self) -> int:
        """Days beyond the year's limit."""
        return max(0, self.days - self.most)

    @property
    def too_long(self) -> bool:
        """Whether one stay is longer than a stay may be."""
        return self.most_at_a_time is not None and self.longest > self.most_at_a_time


def days_away(absence: Absence, today: date, first: date = date.min, last: date = date.max) -> int:
    """The days of an absence between two days, both included."""
    if absence.from_ is None:
        return 0
    end = absence.ended_on - _DAY if absence.ended_on else absence.to or max(today, absence.from_)
    return max(0, (min(end, last) - max(absence.from_, first)).days + 1)


def used_in(
    year: int, absences: Iterable[Absence], delydelse: str, rule: YearlyLimit, today: date, calendar: Calendar
) -> YearlyUse:
    """What was used of a stay in a calendar year."""
    stays = [one for one in absences if one.why == "temporary_stay" and one.delydelse == delydelse]
    first, last = date(year, 1, 1), date(year, 12, 31)
    in_year = [days for one in stays if (days := days_away(one, today, first, last))]
    whole = [days_away(one, today) for one in stays if days_away(one, today, first, last)]
    return YearlyUse(
        year=year,
        days=sum(in_year),
        most=_days(rule.most, first, calendar),
        longest=max(whole, default=0),
        most_at_a_time=_days(rule.at_a_time, first, calendar) if rule.at_a_time else None,
    )


def _days(length: Duration, first: date, calendar: Calendar) -> int:
    last = due(length, first, calendar).day
    return (last - first).days if last else 0

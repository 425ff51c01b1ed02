"""When something is due: the day counted from, the day due, and why, in Danish.

The rules of counting, the same for every deadline:

- The day counted from is not itself counted: the first day is the day after.
- Weekdays are hverdage (``workdays``); days and weeks are calendar days. A municipality's own deadline
  that ends on a Sunday is not moved to the Monday: it has to be kept before then.
- A month ends on the same day of a later month; where that month is too short, on its last day.
- A range ("2-3 uger") is due at its longer end.
- Hours are reckoned from the day alone, since no source counts from a clock: whole days only.
- ``immediately`` and ``same_day`` are due on the day itself, weekend or not (Helsingør 2017, p. 7).
- ``when_vacant``, and a length without an amount, have no day.
"""

from __future__ import annotations

import calendar as months
from datetime import date, timedelta
from typing import Final

from .base import Duration, Model
from .wording import day_and_date, duration, joined
from .workdays import Calendar, weekday_on_or_after, weekdays_after

_FEASTS: Final = {
    "Skærtorsdag": "påsken", "Langfredag": "påsken", "Påskedag": "påsken", "Anden påskedag": "påsken",
    "Pinsedag": "pinsen", "Anden pinsedag": "pinsen", "Juledag": "julen", "Anden juledag": "julen",
    "Nytårsdag": "nytårsdag", "Store bededag": "store bededag",
}  # fmt: skip


class Due(Model):
    """A deadline reckoned: counted from a day, due on a day (None: no day can be given), and why."""

    counted_from: date
    day: date | None
    why: str


def due(length: Duration, counted_from: date, calendar: Calendar) -> Due:
    """When ``length`` after ``counted_from`` is up (the rules stand at the head of this module)."""
    amount = length.amount_max if length.amount_max is not None else length.amount
    start = day_and_date(counted_from)

    def on(day: date | None, why: str) -> Due:
        return Due(counted_from=counted_from, day=day, why=why)

    match length.unit:
        case "immediately":
            return on(counted_from, f"straks, {start}")
        case "same_day":
            return on(counted_from, f"samme dag, {start}")
        case "when_vacant":
            return on(None, "når der er en ledig plads; ingen dato")
    if amount is None:
        return on(None, f"{duration(length)}; standarden siger ikke hvor mange")
    day, note = _end(length.unit, amount, counted_from, calendar)
    return on(day, f"{duration(length)} fra {start}{note}")


def moved_to_weekday(reckoned: Due, calendar: Calendar) -> Due:
    """The same deadline for a citizen who has to act: a last day that is no hverdag is moved to the next.

    Not verified against the text of an act; it can only be in the citizen's favour.
    """
    if reckoned.day is None or (day := weekday_on_or_after(reckoned.day, calendar)) == reckoned.day:
        return reckoned
    why = f"{reckoned.why}; sidste dag er ikke en hverdag og er flyttet til {day_and_date(day)}"
    return Due(counted_from=reckoned.counted_from, day=day, why=why)


def _end(unit: str, amount: int, start: date, calendar: Calendar) -> tuple[date, str]:
    """The last day, and what there is to remark about it."""
    match unit:
        case "weekdays":
            day = weekdays_after(start, amount, calendar)
            return day, _not_counted(start, day, calendar)
        case "months":
            return _months_after(start, amount)
        case "weeks":
            return start + timedelta(weeks=amount), ""
        case "hours":
            return start + timedelta(days=amount // 24), ""
        case _:
            return start + timedelta(days=amount), ""


def _months_after(start: date, amount: int) -> tuple[date, str]:
    year, month = divmod(start.year * 12 + start.month - 1 + amount, 12)
    last = months.monthrange(year, month + 1)[1]
    note = f"; måneden har ingen {start.day}., så dens sidste dag gælder" if start.day > last else ""
    return date(year, month + 1, min(start.day, last)), note


def _not_counted(start: date, end: date, calendar: Calendar) -> str:
    """The holidays from Monday to Friday that were passed over on the way."""
    passed = (start + timedelta(days=number) for number in range(1, (end - start).days))
    names = [name for day in passed if day.weekday() < 5 and (name := calendar.holiday(day))]
    feasts = list(dict.fromkeys(_FEASTS.get(name, name) for name in names))
    return f"; {joined(feasts)} tæller ikke med" if feasts else ""

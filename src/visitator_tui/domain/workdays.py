"""Which days are hverdage: Monday to Friday without the Danish public holidays.

Decided here, because no source says it:

- Public holidays are the church's holidays and New Year's Day. Grundlovsdag (5 June), 24 December,
  31 December and 1 May are none: many have the day off, but no act makes them one. They count as
  hverdage, so that a deadline is never reckoned longer than it may be.
- Store bededag counts as a holiday up to and including 2023 (abolished by act no. 214 of 6 March 2023).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final, Protocol

_ONE: Final = timedelta(days=1)
_SATURDAY: Final = 5


class Calendar(Protocol):
    """Knows the public holidays."""

    def holiday(self, day: date) -> str | None:
        """The holiday's Danish name, or None."""


class DanishCalendar:
    """Denmark's public holidays, from the library ``holidays``, read a year at a time when first asked for."""

    def __init__(self) -> None:
        self._years: dict[int, Mapping[date, str]] = {}

    def holiday(self, day: date) -> str | None:
        """The holiday's Danish name, or None."""
        year = self._years.get(day.year)
        if year is None:
            year = self._years[day.year] = _holidays(day.year)
        return year.get(day)


def _holidays(year: int) -> Mapping[date, str]:
    from holidays import PUBLIC, country_holidays  # takes a third of a second: not on the way to a screen

    return dict(country_holidays("DK", years=year, language="da", categories=(PUBLIC,)))


def is_weekday(day: date, calendar: Calendar) -> bool:
    """Whether the day is a hverdag."""
    return day.weekday() < _SATURDAY and calendar.holiday(day) is None


def weekday_on_or_after(day: date, calendar: Calendar) -> date:
    """The day itself if it is a hverdag, else the next one."""
    while not is_weekday(day, calendar):
        day += _ONE
    return day


def weekdays_after(day: date, count: int, calendar: Calendar) -> date:
    """The ``count``-th hverdag after ``day``; for 0 the first hverdag from the day itself."""
    if count == 0:
        return weekday_on_or_after(day, calendar)
    while count:
        day += _ONE
        count -= is_weekday(day, calendar)
    return day

"""What the simulated year's oracle knows by itself: hverdage, and the deadlines of Helsingør 2017 with their pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

YEAR = 2017
FIRST, LAST = date(YEAR, 1, 2), date(YEAR, 12, 31)
DAY = timedelta(days=1)
AHEAD = 7 * DAY
"""How long before its day a reminder is shown."""

# -- the oracle's own calendar ---------------------------------------------------------------------------------


def easter(year: int) -> date:
    """Easter Sunday (the anonymous Gregorian rule)."""
    a, b, c = year % 19, *divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def holidays(year: int) -> set[date]:
    """The Danish public holidays; store bededag until 2023."""
    sunday = easter(year)
    moving = {-3, -2, 0, 1, 39, 49, 50} | ({26} if year < 2024 else set())
    fixed = {date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)}
    return fixed | {sunday + timedelta(days=number) for number in moving}


FREE = holidays(YEAR) | holidays(YEAR + 1)


def works(day: date) -> bool:
    """Whether it is a hverdag."""
    return day.isoweekday() <= 5 and day not in FREE


def hverdage(day: date, number: int) -> date:
    """So many hverdage after a day."""
    while number:
        day += DAY
        number -= works(day)
    return day


def months(day: date, number: int) -> date:
    """The same day some months later; the month's last where it has no such day."""
    month = day.month + number
    year, month = day.year + (month - 1) // 12, (month - 1) % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    raise AssertionError


# -- the oracle's own table of deadlines (pages of Helsingør 2017) -----------------------------------------------


@dataclass(frozen=True)
class Service:
    """A delydelse: when it is to be decided and to begin; None: as soon as there is room."""

    decide: Callable[[date], date]
    begin: Callable[[date], date | None]
    change: Callable[[date], date]
    acute_decide: Callable[[date], date] | None = None
    acute_begin: Callable[[date], date] | None = None
    ordered: bool = True


def days(number: int) -> Callable[[date], date]:
    """So many calendar days later."""
    return lambda day: day + timedelta(days=number)


SERVICES = {
    "rengoering_3": Service(days(28), lambda day: hverdage(day, 10), days(14)),  # pp. 15, 26, 25
    "bad_3": Service(days(14), lambda day: hverdage(day, 1), days(1), days(0), days(0)),
    "madservice": Service(
        days(14), days(4), days(1), lambda day: hverdage(day, 1), lambda day: hverdage(day, 1)
    ),
    "lokalt_dagcenter_2": Service(days(28), lambda _: None, days(1)),
    "plejebolig": Service(days(21), lambda day: months(day, 2), days(1), ordered=False),  # p. 56
}
WEIGHTS = (8, 6, 4, 2, 2)


def iso(day: date) -> str:
    """A day as the case file has it."""
    return day.isoformat()

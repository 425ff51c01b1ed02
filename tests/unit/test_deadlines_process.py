"""The deadlines of the process (talk, change of supplier, acute help, reviews, complaints) over the calendar's traps.

Every length that a standard's process states stands here, written by hand with its page or line. The expected day
is found by the simulated year's oracle, which computes Easter itself and knows nothing of the program's calendar.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from year_oracle import holidays, months

from visitator_tui.domain.base import Duration
from visitator_tui.domain.deadlines import due
from visitator_tui.domain.standard import Standard
from visitator_tui.domain.workdays import DanishCalendar, is_weekday

CALENDAR = DanishCalendar()

# Helsingør: pp. 15, 30, 28, 29, 31, 134, 25, 25, 53, 42, 56; the law's four weeks for a complaint.
HELSINGOR = {
    "triage": "same_day", "appointment": "5 weekdays", "absence_told": "same_day",
    "acute_help_not_granted": "same_day", "acute_help": "7 days", "reports.locked_door": "immediately",
    "supplier_change.0": "7 weekdays", "supplier_change.1": "14 days", "supplier_change.2": "1 days",
    "periodic.0": "12 months", "periodic.1": "3 months", "guarantee": "2 months", "reassessment": "4 weeks",
}  # fmt: skip
HERNING = {
    "reassessment": "4 weeks",
    "periodic.0": "12 months",
    "periodic.1": "12 months",
}  # DV and DVA: line 166
STARTS = (
    "2017-03-03", "2017-04-12", "2017-04-13", "2017-05-11", "2017-06-02", "2017-12-22", "2017-12-24", "2017-12-31",
    "2019-12-31", "2020-01-31", "2020-02-28", "2020-02-29", "2023-05-04", "2023-12-31", "2024-02-29", "2024-04-25",
    "2025-12-23", "2026-11-30",
)  # fmt: skip
"""Fridays, the days before Easter, store bededag, pinse, Christmas and New Year; leap days; the ends of months."""


def lengths(value: Any, at: str = "") -> Iterator[tuple[str, Duration]]:
    """Every length a standard's process states, by where it stands."""
    if isinstance(value, dict):
        for key, one in value.items():
            if key == "within" and one:
                yield at, Duration.model_validate(one)
            else:
                yield from lengths(one, f"{at}.{key}".lstrip("."))
    elif isinstance(value, list | tuple):
        for number, one in enumerate(value):
            yield from lengths(one, f"{at}.{number}")


def weekdays(day: date, number: int) -> date:
    """So many hverdage later, by the oracle's own holidays."""
    while number:
        day += timedelta(days=1)
        number -= day.isoweekday() <= 5 and day not in holidays(day.year)
    return day


ENDS: dict[str, Callable[[date, int], date]] = {
    "weekdays": weekdays,
    "days": lambda day, number: day + timedelta(days=number),
    "weeks": lambda day, number: day + timedelta(days=7 * number),
    "months": months,
}


@pytest.mark.parametrize("municipality", ["helsingor", "herning"])
def test_every_length_of_the_process_is_the_sources(
    municipality: str, request: pytest.FixtureRequest
) -> None:
    standard: Standard = request.getfixturevalue(municipality)
    stated = {
        where: f"{one.amount} {one.unit}" if one.amount is not None else one.unit
        for where, one in lengths(standard.process.model_dump())
    }
    assert stated == (HELSINGOR if municipality == "helsingor" else HERNING)


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("length", sorted({*HELSINGOR.values(), *HERNING.values()}))
def test_a_length_is_up_on_the_day_the_oracle_says(length: str, start: str) -> None:
    day = date.fromisoformat(start)
    if " " not in length:
        assert due(Duration.model_validate({"unit": length}), day, CALENDAR).day == day
        return
    amount, unit = length.split()
    found = due(Duration.model_validate({"amount": int(amount), "unit": unit}), day, CALENDAR).day
    assert found == ENDS[unit](day, int(amount))
    assert unit != "weekdays" or (found and is_weekday(found, CALENDAR))


def test_the_oracle_and_the_library_know_the_same_holidays() -> None:
    for year in range(2017, 2036):
        day = date(year, 1, 1)
        known = set()
        while day.year == year:
            if CALENDAR.holiday(day):
                known.add(day)
            day += timedelta(days=1)
        assert known == holidays(year), year

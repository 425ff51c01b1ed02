"""Every deadline of both standards on the days that go wrong: weekends, Easter, Christmas, leap days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from visitator_tui.domain.base import Duration, Unit
from visitator_tui.domain.deadlines import due, moved_to_weekday
from visitator_tui.domain.standard import Standard
from visitator_tui.domain.workdays import DanishCalendar, is_weekday

CALENDAR = DanishCalendar()

# Reckoned by hand with a printed calendar. The columns of DAYS are the lengths the two standards use.
LENGTHS = (
    "0 now", "1 wd", "3 wd", "5 wd", "8 wd", "10 wd", "4 d", "5 d", "2 w", "3 w", "4 w", "6 w", "2 m", "5 m",
)  # fmt: skip
DAYS = {
    "a Friday": """
        2017-03-03 2017-03-06 2017-03-08 2017-03-10 2017-03-15 2017-03-17 2017-03-07 2017-03-08
        2017-03-17 2017-03-24 2017-03-31 2017-04-14 2017-05-03 2017-08-03""",
    "the day before Easter; 1 May counts": """
        2017-04-12 2017-04-18 2017-04-20 2017-04-24 2017-04-27 2017-05-01 2017-04-16 2017-04-17
        2017-04-26 2017-05-03 2017-05-10 2017-05-24 2017-06-12 2017-09-12""",
    "Christmas on a Monday": """
        2017-12-22 2017-12-27 2017-12-29 2018-01-03 2018-01-08 2018-01-10 2017-12-26 2017-12-27
        2018-01-05 2018-01-12 2018-01-19 2018-02-02 2018-02-22 2018-05-22""",
    "24 and 31 December on weekdays count": """
        2025-12-23 2025-12-24 2025-12-30 2026-01-02 2026-01-07 2026-01-09 2025-12-27 2025-12-28
        2026-01-06 2026-01-13 2026-01-20 2026-02-03 2026-02-23 2026-05-23""",
    "over a leap day": """
        2020-02-26 2020-02-27 2020-03-02 2020-03-04 2020-03-09 2020-03-11 2020-03-01 2020-03-02
        2020-03-11 2020-03-18 2020-03-25 2020-04-08 2020-04-26 2020-07-26""",
    "from a leap day, a Saturday": """
        2020-02-29 2020-03-02 2020-03-04 2020-03-06 2020-03-11 2020-03-13 2020-03-04 2020-03-05
        2020-03-14 2020-03-21 2020-03-28 2020-04-11 2020-04-29 2020-07-29""",
    "the last store bededag, and Kristi himmelfart": """
        2023-05-04 2023-05-08 2023-05-10 2023-05-12 2023-05-17 2023-05-22 2023-05-08 2023-05-09
        2023-05-18 2023-05-25 2023-06-01 2023-06-15 2023-07-04 2023-10-04""",
    "store bededag is abolished": """
        2024-04-25 2024-04-26 2024-04-30 2024-05-02 2024-05-07 2024-05-10 2024-04-29 2024-04-30
        2024-05-09 2024-05-16 2024-05-23 2024-06-06 2024-06-25 2024-09-25""",
    "the end of a long month": """
        2017-01-31 2017-02-01 2017-02-03 2017-02-07 2017-02-10 2017-02-14 2017-02-04 2017-02-05
        2017-02-14 2017-02-21 2017-02-28 2017-03-14 2017-03-31 2017-06-30""",
    "months that end in February, leap year": """
        2019-12-31 2020-01-02 2020-01-06 2020-01-08 2020-01-13 2020-01-15 2020-01-04 2020-01-05
        2020-01-14 2020-01-21 2020-01-28 2020-02-11 2020-02-29 2020-05-31""",
    "pinse, and Grundlovsdag is a Monday holiday only because of it": """
        2017-06-02 2017-06-06 2017-06-08 2017-06-12 2017-06-15 2017-06-19 2017-06-06 2017-06-07
        2017-06-16 2017-06-23 2017-06-30 2017-07-14 2017-08-02 2017-11-02""",
    "Grundlovsdag on a Tuesday counts": """
        2018-06-04 2018-06-05 2018-06-07 2018-06-11 2018-06-14 2018-06-18 2018-06-08 2018-06-09
        2018-06-18 2018-06-25 2018-07-02 2018-07-16 2018-08-04 2018-11-04""",
}
# Deadline: time to decide, time to start ("-": none, "vacant": when there is a place); pp. 15-16, 26, 42, 85, 134.
HELSINGOR = {
    "akutteam": ("0 now", "0 now"),
    "dagcenter": ("4 w", "vacant"),
    "hjaelpemidler_akut": ("1 wd", "1 wd"),
    "hjaelpemidler": ("4 w", "3 wd"),
    "madservice_akut": ("1 wd", "1 wd"),
    "madservice": ("2 w", "4 d"),
    "tidsbegraensede_ophold": ("4 w", "vacant"),
    "personlig_hjaelp_akut": ("0 now", "0 now"),
    "personlig_hjaelp": ("2 w", "1 wd"),
    "plejehjem": ("3 w", "2 m"),
    "praktisk_hjaelp": ("4 w", "10 wd"),
    "stoette_til_bil": ("5 m", "-"),
    "sygepleje": ("0 now", "0 now"),
    "traening_serviceloven": ("2 w", "3 wd"),
    "aeldrebolig": ("6 w", "vacant"),
    "afloesning": ("-", "10 wd"),
    "indkoebsordning": ("4 w", "5 d"),
    "genoptraening_ambulant_eller_hjemme": ("5 wd", "10 wd"),
    "genoptraening_paa_ophold": ("5 wd", "3 wd"),
}
# Herning, lines 57, 114, 164 and 254; the source has no deadline for the start.
HERNING = {
    "rehabilitering": ("5 wd", "-"),
    "vedligeholdelsestraening_dv": ("8 wd", "-"),
    "vedligeholdelsestraening_dva": ("8 wd", "-"),
    "klippekort": ("4 w", "-"),
}
CASES = [
    (standard, one) for standard, table in (("helsingor", HELSINGOR), ("herning", HERNING)) for one in table
]


def days_of(row: str) -> dict[str, date]:
    return dict(zip(LENGTHS, map(date.fromisoformat, DAYS[row].split()), strict=True))


@pytest.mark.parametrize("row", DAYS)
@pytest.mark.parametrize(("standard", "deadline"), CASES)
def test_every_deadline_is_up_on_the_day_the_calendar_says(
    standard: str, deadline: str, row: str, request: pytest.FixtureRequest
) -> None:
    held: Standard = request.getfixturevalue(standard)
    stated = held.deadline_by_id[deadline]
    wanted = (HELSINGOR if standard == "helsingor" else HERNING)[deadline]
    days = days_of(row)
    for length, name in ((stated.decision, wanted[0]), (stated.start, wanted[1])):
        if name == "-":
            assert length is None
            continue
        assert length is not None
        expected = None if name == "vacant" else days[name]
        assert due(length, days["0 now"], CALENDAR).day == expected, f"{deadline} {name} {row}"


def test_no_deadline_of_the_standards_is_without_a_row(helsingor: Standard, herning: Standard) -> None:
    assert set(helsingor.deadline_by_id) == set(HELSINGOR)
    assert set(herning.deadline_by_id) == set(HERNING)


@pytest.mark.parametrize(
    ("day", "weekday"),
    [
        ("2017-04-13", False),  # skærtorsdag
        ("2017-04-14", False),  # langfredag
        ("2017-04-17", False),  # anden påskedag
        ("2017-05-12", False),  # store bededag
        ("2023-05-05", False),  # the last one
        ("2024-04-26", True),  # abolished
        ("2017-05-25", False),  # Kristi himmelfartsdag
        ("2017-06-05", False),  # anden pinsedag
        ("2018-06-05", True),  # Grundlovsdag
        ("2018-05-01", True),  # 1 May
        ("2018-12-24", True),
        ("2018-12-25", False),
        ("2018-12-26", False),
        ("2018-12-31", True),
        ("2019-01-01", False),
        ("2019-01-05", False),  # Saturday
    ],
)
def test_what_counts_as_a_weekday(day: str, weekday: bool) -> None:
    assert is_weekday(date.fromisoformat(day), CALENDAR) is weekday


@pytest.mark.parametrize(
    ("length", "day", "why"),
    [
        (Duration(amount=5, unit="weekdays"), "2017-04-12",
         "5 hverdage fra onsdag den 12. april 2017; påsken tæller ikke med"),
        (Duration(amount=1, unit="weekdays"), "2017-03-01", "1 hverdag fra onsdag den 1. marts 2017"),
        (Duration(amount=8, unit="weekdays"), "2025-12-23",
         "8 hverdage fra tirsdag den 23. december 2025; julen og nytårsdag tæller ikke med"),
        (Duration(amount=10, unit="weekdays"), "2023-05-04",
         "10 hverdage fra torsdag den 4. maj 2023; store bededag og Kristi himmelfartsdag tæller ikke med"),
        (Duration(amount=2, unit="months"), "2019-12-31",
         "2 måneder fra tirsdag den 31. december 2019; måneden har ingen 31., så dens sidste dag gælder"),
        (Duration(amount=4, unit="weeks"), "2017-03-01", "4 uger fra onsdag den 1. marts 2017"),
        (Duration(amount=2, amount_max=3, unit="weeks"), "2017-03-01", "2-3 uger fra onsdag den 1. marts 2017"),
        (Duration(unit="same_day"), "2017-03-04", "samme dag, lørdag den 4. marts 2017"),
        (Duration(unit="immediately"), "2017-03-04", "straks, lørdag den 4. marts 2017"),
        (Duration(unit="when_vacant"), "2017-03-04", "når der er en ledig plads; ingen dato"),
        (Duration(unit="weeks"), "2017-03-04", "uger; standarden siger ikke hvor mange"),
        (Duration(amount=48, unit="hours"), "2017-03-04", "48 timer fra lørdag den 4. marts 2017"),
    ],
)  # fmt: skip
def test_the_reckoning_can_be_read(length: Duration, day: str, why: str) -> None:
    found = due(length, date.fromisoformat(day), CALENDAR)
    assert (found.why, found.counted_from) == (why, date.fromisoformat(day))


def test_a_range_is_due_at_its_longer_end_and_hours_are_whole_days() -> None:
    monday = date(2017, 3, 6)
    assert due(Duration(amount=2, amount_max=3, unit="weeks"), monday, CALENDAR).day == date(2017, 3, 27)
    assert due(Duration(amount=48, unit="hours"), monday, CALENDAR).day == date(2017, 3, 8)
    assert due(Duration(amount=2, unit="hours"), monday, CALENDAR).day == monday


def test_a_citizens_last_day_is_moved_to_a_weekday_and_the_municipalitys_is_not() -> None:
    four_weeks = due(Duration(amount=4, unit="weeks"), date(2017, 3, 17), CALENDAR)
    assert four_weeks.day == date(2017, 4, 14), "langfredag"
    moved = moved_to_weekday(four_weeks, CALENDAR)
    assert moved.day == date(2017, 4, 18)
    assert "flyttet til tirsdag den 18. april 2017" in moved.why
    assert moved_to_weekday(moved, CALENDAR) == moved


DATES = st.dates(date(2016, 1, 1), date(2035, 12, 31))
COUNTED: list[Unit] = ["hours", "weekdays", "days", "weeks", "months"]


@given(DATES, st.integers(0, 60))
@example(date(2017, 4, 13), 0)
def test_counted_weekdays_end_on_a_weekday_with_exactly_so_many_after_the_first_day(
    day: date, amount: int
) -> None:
    found = due(Duration(amount=amount, unit="weekdays"), day, CALENDAR).day
    assert found is not None
    assert is_weekday(found, CALENDAR)
    between = [day + timedelta(days=n) for n in range(1, (found - day).days + 1)]
    if amount:
        assert sum(is_weekday(one, CALENDAR) for one in between) == amount


@given(DATES, st.integers(0, 400), st.integers(0, 24), st.sampled_from(COUNTED))
@example(date(2020, 1, 30), 1, 1, "months")
def test_who_asks_later_is_never_due_earlier_and_a_longer_time_is_never_shorter(
    day: date, later: int, amount: int, unit: Unit
) -> None:
    def end(start: date, length: int) -> date:
        found = due(Duration(amount=length, unit=unit), start, CALENDAR).day
        assert found is not None
        return found

    assert end(day, amount) <= end(day + timedelta(days=later), amount)
    assert day <= end(day, amount) <= end(day, amount + 1)

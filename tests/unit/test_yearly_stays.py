"""Aflastningsophold: three weeks in a calendar year (Helsingør 2017, p. 46); more is warned of, not refused."""

from __future__ import annotations

from datetime import date

import pytest
from test_course_facts import at, told

from visitator_tui.ui.course.choices import choices_of
from visitator_tui.usecases.course_overview import overview

STAY = "aflastningsophold"


def stay(first: str, last: str, **more: str) -> dict[str, str]:
    return {"from": first, "to": last, "why": "temporary_stay", "delydelse": STAY, **more}


def year(today: date, *stays: dict[str, str], without: str = "") -> tuple[str, ...]:
    """What Forløb says of stays this year."""
    return dict(overview(at("helsingor", ("bad_3",), without, absences=list(stays)), today)).get(
        "Ophold i år", ()
    )


WEEK, TWO = stay("2017-03-06", "2017-03-12"), stay("2017-06-05", "2017-06-18")
MORE = stay("2017-10-02", "2017-10-04")


@pytest.mark.parametrize(
    ("stays", "used", "over"),
    [
        ((WEEK,), "1 uge brugt", ""),
        ((WEEK, TWO), "3 uger brugt", ""),
        ((WEEK, TWO, MORE), "3 uger og 3 dage brugt", "3 dage mere end 3 uger"),
        (
            (stay("2016-12-26", "2017-01-04"),),
            "4 dage brugt",
            "",
        ),  # the days before New Year are the old year's
        (
            (stay("2017-05-01", "2017-05-30", ended_on="2017-05-08"),),
            "1 uge brugt",
            "",
        ),  # home before planned
    ],
)
def test_the_year_is_counted_and_too_much_is_warned_of(
    stays: tuple[dict[str, str], ...], used: str, over: str
) -> None:
    lines = year(date(2017, 10, 10), *stays)
    assert f"Aflastningsophold i 2017: {used} eller aftalt af højst 3 uger (Helsingør 2017, s. 46)." in lines
    warned = [line for line in lines if line.startswith("!")]
    assert [over in line for line in warned] == ([True] if over else [])


def test_a_stay_over_new_year_is_counted_in_both_and_may_be_too_long_at_a_time() -> None:
    desk = at("helsingor", ("bad_3",), absences=[stay("2017-12-18", "2018-01-14")])
    text = told(desk, "absences", date(2017, 12, 20))
    assert "i 2017: 2 uger brugt" in text and "i 2018: 2 uger brugt" in text
    assert "! Ét ophold er på 4 uger; det må højst være på 3 uger ad gangen" in text


def test_a_standard_without_a_limit_and_other_stays_warn_of_nothing() -> None:
    stays = (WEEK, TWO, MORE)
    assert year(date(2017, 10, 10), *stays, without="yearly_limits") == (
        "3 uger og 3 dage på midlertidigt ophold i 2017.",
    )
    other = {**WEEK, "delydelse": ""}
    assert year(date(2017, 10, 10), other) == ("1 uge på midlertidigt ophold i 2017.",)
    desk = at("helsingor", ("bad_3",), absences=[other])
    assert "Vælg, hvilket ophold" in told(desk, "absences", date(2017, 10, 10))
    assert choices_of(desk.case.course.absences[0], desk)["delydelse"] == [(STAY, "Aflastningsophold")]

"""Which deadline holds for what the citizen asked for, and which day it runs from."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from visitator_tui.domain.case import Case
from visitator_tui.domain.service_deadlines import decision_due, start_due
from visitator_tui.domain.standard import Standard
from visitator_tui.domain.workdays import DanishCalendar

CALENDAR = DanishCalendar()


def case(acute: bool | None = False, decided: str | None = "2017-03-15", **course: Any) -> Case:
    return Case.model_validate(
        {
            "municipality": "helsingor",
            "enquiry": {"received_on": "2017-03-01", "acute": acute},
            "decision": {"decided_on": decided},
            "course": course,
        }
    )


@pytest.mark.parametrize(
    ("asked", "acute", "deadline", "day"),
    [
        ("rengoering_3", False, "praktisk_hjaelp", "2017-03-29"),  # a delydelse has its ydelse's deadline
        ("praktisk_hjaelp_og_stoette", False, "praktisk_hjaelp", "2017-03-29"),
        ("madservice", True, "madservice_akut", "2017-03-02"),
        ("madservice", False, "madservice", "2017-03-15"),
        ("madservice", None, "madservice", "2017-03-15"),
        ("bad_3", True, "personlig_hjaelp_akut", "2017-03-01"),
        ("plejebolig", True, "plejehjem", "2017-03-22"),  # the table has no line for acute need
        ("boligtilbud", False, "plejehjem", "2017-03-22"),  # homes of two kinds: the shorter
        ("stoette_til_bil", False, "stoette_til_bil", "2017-08-01"),
        ("Støtte til køb af bil", False, "stoette_til_bil", "2017-08-01"),
        ("hjælp til rengøring", False, "praktisk_hjaelp", "2017-03-29"),
        ("madservice til min mand", True, "madservice_akut", "2017-03-02"),
        ("Akutteam", True, "akutteam", "2017-03-01"),
    ],
)
def test_the_decision_deadline_of_an_application(
    helsingor: Standard, asked: str, acute: bool | None, deadline: str, day: str
) -> None:
    found = decision_due(asked, case(acute), helsingor, CALENDAR)
    assert found is not None
    assert (found.deadline.id, str(found.day)) == (deadline, day)


@pytest.mark.parametrize("asked", ["en snak om livet", "hjælp", "toejvaskeordning", "rengøring og bad"])
def test_no_deadline_is_guessed(helsingor: Standard, asked: str) -> None:
    assert decision_due(asked, case(), helsingor, CALENDAR) is None


@pytest.mark.parametrize(
    ("delydelse", "course", "day", "missing"),
    [
        ("rengoering_3", {}, "2017-03-29", ""),  # 10 weekdays from the decision
        # p. 85: 10 weekdays from the plan, although it was decided later
        ("t12_hoftenaer_fraktur",
         {"ways_in": [{"kind": "rehabilitation_plan", "received_on": "2017-03-06"}]}, "2017-03-20", ""),
        # without the plan's day, rather too early than never: from the decision
        ("t12_hoftenaer_fraktur", {}, "2017-03-29", "datoen for genoptræningsplanen mangler"),
        # p. 85: 3 weekdays from arrival, over the weekend
        ("t23_ophold", {"ways_in": [{"kind": "rehabilitation_plan", "received_on": "2017-03-06",
                                     "arrived_on": "2017-03-10"}]}, "2017-03-15", ""),
        ("t23_ophold", {}, "None", "datoen for ankomsten til opholdet mangler"),
        ("lokalt_dagcenter_2", {}, "None", ""),  # when there is a place
    ],
)  # fmt: skip
def test_the_start_runs_from_the_event_the_page_names(
    helsingor: Standard, delydelse: str, course: dict[str, Any], day: str, missing: str
) -> None:
    found = start_due(delydelse, case(**course), helsingor, CALENDAR)
    assert found is not None
    assert (str(found.day), found.missing) == (day, missing)


def test_the_letter_about_training_is_due_from_the_plan_not_from_the_enquiry(helsingor: Standard) -> None:
    plan = {"kind": "rehabilitation_plan", "received_on": "2017-04-12"}
    found = decision_due("t12_hoftenaer_fraktur", case(ways_in=[plan]), helsingor, CALENDAR)
    assert found is not None
    assert found.day == date(2017, 4, 24), "5 weekdays over Easter (p. 85)"


def test_shopping_starts_five_days_after_the_order_p134(helsingor: Standard) -> None:
    ordered = start_due("indkoebsordning", case(), helsingor, CALENDAR, date(2017, 3, 20))
    unordered = start_due("indkoebsordning", case(), helsingor, CALENDAR)
    assert ordered and unordered
    assert ordered.day == date(2017, 3, 25)
    assert unordered.day == date(2017, 3, 20), "not ordered: counted from the decision"


def test_herning_has_no_start_deadline(herning: Standard) -> None:
    assert start_due("klippekort", case(), herning, CALENDAR) is None
    found = decision_due("vedligeholdelsestraening_dv", case(), herning, CALENDAR)
    assert found is not None
    assert found.day == date(2017, 3, 13), "8 weekdays, line 114"

"""What the events of a course come to: absence, supplier changes, coordination, waiting lists, complaints."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from visitator_tui.domain.base import Duration
from visitator_tui.domain.case import Case
from visitator_tui.domain.course import Course, may_obtain
from visitator_tui.domain.course_complaint import Complaint, in_time
from visitator_tui.domain.course_supply import (
    Absence,
    Order,
    SupplierChange,
    change_effective,
    coordinator,
    lacks_transfer_form,
    two_staff_refused,
)
from visitator_tui.domain.course_waiting import WaitingListEvent, standing_after
from visitator_tui.domain.edit import change, parse_path
from visitator_tui.domain.standard import Standard
from visitator_tui.domain.standard_flaws import flaws
from visitator_tui.domain.workdays import DanishCalendar

CALENDAR = DanishCalendar()


def day(text: str) -> date:
    return date.fromisoformat(text)


# -- the case file -----------------------------------------------------------------------------------------


def test_a_case_file_from_before_the_course_was_recorded_is_still_read() -> None:
    assert Case.model_validate({"municipality": "helsingor"}).course == Course()


def test_an_event_is_written_like_every_other_field() -> None:
    case = Case(municipality="helsingor")
    case, _ = change(case, parse_path("course.appointments.0.on"), "2017-03-06")
    case, _ = change(case, parse_path("course.appointments.0.at"), "10:30")
    assert case.course.appointments[0].at is not None
    assert f"{case.course.appointments[0].at:%H.%M}" == "10.30"
    assert Case.model_validate_json(case.model_dump_json(by_alias=True)) == case


def test_consent_is_asked_for_each_source_and_the_last_word_holds() -> None:
    course = Course.model_validate(
        {"consents": [{"source": "egen læge", "allowed": True}, {"source": "Sygehus", "allowed": False},
                      {"source": "Egen læge", "allowed": False}]}
    )  # fmt: skip
    assert [may_obtain(course, one) for one in ("egen læge", "sygehus ", "datter")] == [False, False, None]


# -- absence (pp. 30, 33) ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("absence", "on", "paused"),
    [
        ({"from": "2017-03-06", "why": "holiday"}, "2017-03-05", False),
        ({"from": "2017-03-06", "why": "holiday"}, "2017-03-06", True),
        ({"from": "2017-03-06", "to": "2017-03-10", "why": "holiday"}, "2017-03-10", True),
        ({"from": "2017-03-06", "to": "2017-03-10", "why": "holiday"}, "2017-03-11", False),
        ({"from": "2017-03-06", "to": "2017-03-10", "ended_on": "2017-03-08"}, "2017-03-08", False),
        # a doctor's word of admission does not stop the help; the hospital's confirmation does (p. 30)
        ({"from": "2017-03-06", "why": "admission"}, "2017-03-07", False),
        ({"from": "2017-03-06", "why": "admission", "confirmed_on": "2017-03-06"}, "2017-03-07", True),
        # an admission pauses all modules, other absence those it names (p. 33)
        (
            {
                "from": "2017-03-06",
                "why": "admission",
                "confirmed_on": "2017-03-06",
                "modules": ["Sygeplejemodulet"],
            },
            "2017-03-07",
            True,
        ),
        ({"from": "2017-03-06", "modules": ["Sygeplejemodulet"]}, "2017-03-07", False),
    ],
)
def test_when_help_is_paused(absence: dict[str, Any], on: str, paused: bool) -> None:
    assert Absence.model_validate(absence).pauses(day(on), "Hjemmehjælpsmodulet") is paused


# -- change of supplier (pp. 25, 134) --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("items", "effective"),
    [
        (("rengoering_3",), "2017-04-21"),  # practical help: 14 days
        (("bad_3",), "2017-04-08"),  # other help: 1 day
        (("madservice",), "2017-04-08"),
        (("indkoebsordning",), "2017-04-21"),  # 7 working days, over Easter
        (("bad_3", "rengoering_3"), "2017-04-21"),  # both: the longest notice
        ((), "2017-04-08"),
    ],
)
def test_the_notice_of_a_supplier_change(helsingor: Standard, items: tuple[str, ...], effective: str) -> None:
    asked = SupplierChange(items=items, requested_on=day("2017-04-07"))
    found = change_effective(asked, helsingor, CALENDAR)
    assert found is not None
    assert found.day == day(effective)


def test_an_agreed_day_goes_before_the_notice_and_says_what_it_was(helsingor: Standard) -> None:
    asked = SupplierChange(
        items=("rengoering_3",), requested_on=day("2017-04-07"), effective_on=day("2017-05-01")
    )
    found = change_effective(asked, helsingor, CALENDAR)
    assert found is not None
    assert (found.day, found.why) == (
        day("2017-05-01"),
        "aftalt dag; varslet er 14 dage fra fredag den 7. april 2017",
    )


# -- orders (pp. 27, 35) -----------------------------------------------------------------------------------------


def test_personal_care_coordinates_before_nursing_and_one_supplier_needs_no_coordinator(
    helsingor: Standard,
) -> None:
    care, nursing = Order(items=("bad_3",), supplier="Ahorn"), Order(items=("kateterpleje",), supplier="Birk")
    cleaning, other = (
        Order(items=("rengoering_3",), supplier="Ceder"),
        Order(items=("madservice",), supplier="Dild"),
    )
    assert coordinator((cleaning, nursing, care), helsingor) == care
    assert coordinator((cleaning, nursing), helsingor) == nursing
    assert coordinator((cleaning, other), helsingor) is None
    assert coordinator((care, Order(items=("rengoering_3",), supplier="ahorn ")), helsingor) is None
    ended = nursing.model_copy(update={"ended_on": day("2017-04-01")})
    assert coordinator((care, ended), helsingor) is None


def test_two_staff_only_for_the_services_on_page_35_and_a_form_for_transfers(helsingor: Standard) -> None:
    order = Order(
        items=("forflytning_3", "bad_2"), two_staff=("forflytning_3", "bad_3", "bad_2", "rengoering_3")
    )
    assert two_staff_refused(order, helsingor) == ("bad_2", "rengoering_3")
    assert two_staff_refused(order.model_copy(update={"two_staff_reason": "…"}), helsingor) == ()
    assert lacks_transfer_form(order, helsingor) == ("forflytning_3",)
    made = order.model_copy(update={"transfer_form_on": day("2017-04-01")})
    assert lacks_transfer_form(made, helsingor) == ()
    two, form = helsingor.process.two_staff, helsingor.process.transfer_form
    assert two and form
    page_35 = "bad_3 bad_4 personlig_hygiejne_3 personlig_hygiejne_4 personlig_hygiejne_aften toiletbesoeg"
    for step, named in ((two, page_35.split()), (form, ["forflytning_3", "forflytning_4"])):
        assert sorted(step.delydelser) == sorted([*named, *(f"rehab_{one}" for one in named)])


def test_of_two_suppliers_of_care_the_one_who_comes_by_day_coordinates_p27(helsingor: Standard) -> None:
    evening, day_ = (
        Order(items=(item,), supplier=name) for item, name in (("toiletbesoeg", "Birk"), ("bad_3", "Ahorn"))
    )
    nursing = Order(items=("kateterpleje",), supplier="Cedertræ")
    assert coordinator((nursing, evening, day_), helsingor, frozenset({"toiletbesoeg"})) == day_
    assert coordinator((nursing, evening), helsingor, frozenset({"toiletbesoeg"})) == evening


# -- waiting for a home (pp. 54-56) --------------------------------------------------------------------------------

Told = tuple[str, dict[str, Any]]
LISTED: Told = ("listed", {})
REFUSED: Told = ("offer_refused", {})
WISHED: Told = ("offer_refused", {"wished": True})


@pytest.mark.parametrize(
    ("events", "standing"),
    [
        ((), "none"),
        ((LISTED,), "active"),
        ((LISTED, REFUSED), "active"),
        ((LISTED, REFUSED, REFUSED), "passive"),
        ((LISTED, WISHED), "deleted"),
        ((LISTED, REFUSED, WISHED), "deleted"),
        ((LISTED, REFUSED, REFUSED, ("asked_back", {})), "returning"),
        ((LISTED, REFUSED, REFUSED, ("asked_back", {}), ("approval_kept", {})), "active"),
        ((LISTED, REFUSED, REFUSED, ("asked_back", {}), ("approval_kept", {}), REFUSED), "active"),
        ((LISTED, REFUSED, ("offer_accepted", {})), "housed"),
        ((LISTED, ("withdrawn", {})), "none"),
        ((REFUSED, REFUSED), "none"),
    ],
)
def test_where_refused_offers_leave_the_citizen(
    helsingor: Standard, events: tuple[Told, ...], standing: str
) -> None:
    told = tuple(
        WaitingListEvent.model_validate({"on": date(2017, 3, number + 1), "kind": kind, **more})
        for number, (kind, more) in enumerate(events)
    )
    assert standing_after(told, helsingor.process.waiting_list).standing == standing
    assert standing_after(tuple(reversed(told)), helsingor.process.waiting_list).standing == standing


# -- complaints ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("received", "verdict"),
    [("2017-04-14", True), ("2017-04-18", True), ("2017-04-19", False), (None, None)],
)
def test_a_complaint_is_in_time_until_the_weekday_after_four_weeks(
    received: str | None, verdict: bool | None
) -> None:
    """Decision received on Friday 17 March 2017; four weeks later is langfredag."""
    complaint = Complaint.model_validate({"received_on": received, "decision_received_on": "2017-03-17"})
    assert in_time(complaint, Duration(amount=4, unit="weeks"), CALENDAR) is verdict
    assert in_time(complaint, None, CALENDAR) is verdict, "without a route's deadline the law's holds"


@pytest.mark.parametrize(
    ("complaint", "closed"),
    [
        ({}, False),
        ({"outcome": "withdrawn"}, True),
        ({"outcome": "upheld"}, False),
        ({"outcome": "upheld", "changed_on": "2017-04-20"}, True),
        ({"outcome": "partly_upheld", "changed_on": "2017-04-20"}, False),
        ({"outcome": "partly_upheld", "appeal_outcome": "confirmed"}, False),
        ({"outcome": "partly_upheld", "appeal_outcome": "confirmed", "changed_on": "2017-04-20"}, True),
        ({"outcome": "not_upheld", "forwarded_on": "2017-04-20"}, False),
        ({"outcome": "not_upheld", "appeal_outcome": "confirmed"}, True),
        ({"outcome": "not_upheld", "appeal_outcome": "sent_back"}, False),
        (
            {"outcome": "not_upheld", "appeal_outcome": "sent_back", "appeal_followed_up_on": "2017-09-01"},
            True,
        ),
    ],
)
def test_when_a_complaint_is_over(complaint: dict[str, Any], closed: bool) -> None:
    assert Complaint.model_validate(complaint).closed is closed


# -- the standard's steps ------------------------------------------------------------------------------------------


def test_help_that_a_step_names_wrongly_is_pointed_out(helsingor: Standard) -> None:
    content = helsingor.model_dump(exclude_none=True)
    content["process"]["coordination"]["ydelser"] = ("sygeplje",)
    content["process"]["saving"] = {"delydelse": "klip", "minutes": 30, "saved": 13}
    broken = Standard.model_construct(**{**dict(helsingor), "process": type(helsingor.process).model_validate(
        content["process"])})  # fmt: skip
    found = {(flaw.loc, flaw.value) for flaw in flaws(broken)}
    assert found == {
        (("process", "coordination", "ydelser", 0), "sygeplje"),
        (("process", "saving", "delydelse"), "klip"),
    }

"""A letter takes from the case what stands there already, and asks only for the rest."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from letter_cases import case, cases, granted, letterhead, refused, standard
from letter_kit import PRESS
from letter_others import COMPLAINT, ready

from visitator_tui.domain.case import Case
from visitator_tui.domain.course import Course, DelayNotice
from visitator_tui.domain.course_complaint import Complaint
from visitator_tui.domain.course_supply import Order
from visitator_tui.domain.decision_maker import DecisionMaker
from visitator_tui.domain.edit import change, parse_path
from visitator_tui.domain.letter_facts import LETTER_KINDS, NO_FACTS, LetterFacts, LetterKind
from visitator_tui.domain.letter_needs import letter_needs
from visitator_tui.domain.workdays import DanishCalendar
from visitator_tui.usecases.digital_post import digital_post
from visitator_tui.usecases.letter_facts_of import letter_facts_of
from visitator_tui.usecases.ports import ExportError, LetterError, LetterRow

TODAY = date(2024, 6, 10)
ANNA = DecisionMaker(name="Anna Assistent", title="sagsbehandler")
CALENDAR = DanishCalendar()


def with_course(**events: Any) -> Case:
    return cases()["delvis"].model_copy(update={"course": Course(**events)})


def facts(one: Case) -> LetterFacts:
    return letter_facts_of(one, TODAY, ANNA)


def wanting(kind: LetterKind, one: Case, told: LetterFacts) -> list[str]:
    return [lack.where for lack in letter_needs(kind, one, standard(), told, CALENDAR)]


def test_a_letter_is_dated_today_unless_another_day_was_typed() -> None:
    assert facts(cases()["delvis"]).written_on == TODAY
    typed = cases()["delvis"].model_copy(update={"letter": LetterFacts(written_on=date(2024, 6, 3))})
    assert facts(typed).written_on == date(2024, 6, 3)


def test_whoever_decides_signs_and_else_whoever_sits_here() -> None:
    assert facts(cases()["delvis"]).by.name == "Bodil Søe Kjær"
    nobody, _ = change(cases()["delvis"], parse_path("decision.by.name"), "")
    assert facts(nobody).by == ANNA
    assert (
        facts(nobody.model_copy(update={"letter": LetterFacts(by=DecisionMaker(name="Ib"))})).by.name == "Ib"
    )


def test_the_last_delay_of_the_course_is_the_one_the_citizen_is_told_of() -> None:
    first, last = DelayNotice(reason="ferie"), DelayNotice(reason="lægen", expected_on=date(2024, 6, 20))
    one = with_course(delay_notices=(first, last))
    assert "Lægen." in PRESS.letter(one, standard(), letterhead(), "forsinkelse", facts(one)).said("deadline")


def test_the_last_complaint_of_the_course_is_the_one_answered() -> None:
    one = with_course(
        complaints=(Complaint(), Complaint.model_validate({**COMPLAINT, "outcome": "not_upheld"}))
    )
    letter = PRESS.letter(one, standard(), letterhead(), "genvurdering", facts(one))
    assert "min nabo er væk i juli" in letter.said("complained")


def test_an_order_takes_supplier_help_and_note_from_the_course() -> None:
    ended = Order(supplier="Gammel ApS", ended_on=date(2024, 1, 1))
    running = Order(supplier="Rent Hus ApS", items=("rengoering_3",), note="Hunden bider", channel="letter")
    advised = Order(supplier="Hjemmeplejen", channel="advis")
    one = case(granted("bad_2"), granted("rengoering_3")).model_copy(
        update={"course": Course(orders=(ended, running, advised))}
    )
    order = facts(one).order
    assert (order.supplier, order.items, order.note) == ("Rent Hus ApS", ("rengoering_3",), "Hunden bider")


def test_what_was_typed_for_an_order_goes_before_the_course() -> None:
    running = Order(supplier="Rent Hus ApS", items=("rengoering_3",), note="Hunden bider")
    typed = LetterFacts.model_validate({"order": {"supplier": "En anden", "note": "Nøgleboks"}})
    one = with_course(orders=(running,)).model_copy(update={"letter": typed})
    order = facts(one).order
    assert (order.supplier, order.items, order.note) == ("En anden", (), "Nøgleboks")


@pytest.mark.parametrize("kind", LETTER_KINDS)
def test_a_letter_that_lacks_nothing_can_be_written(kind: LetterKind) -> None:
    one, told = ready(kind, cases()["delvis"])
    assert wanting(kind, one, told) == []
    assert PRESS.pdf(one, standard(), letterhead(), kind, told).startswith(b"%PDF")


BARE: dict[LetterKind, list[str]] = {
    "kvittering": ["letter.written_on", "letter.answer_by", "letter.answer_by"],
    "forsinkelse": [
        "letter.written_on", "course.delay_notices.0.reason", "course.delay_notices.0.expected_on",
    ],
    "partshoering": [
        "letter.written_on", "decision.hearing.answer_by",
    ],
    "genvurdering": [
        "letter.written_on", "course.complaints.0.received_on", "course.complaints.0.text",
        "course.complaints.0.outcome", "course.complaints.0.reason",
    ],
    "bestilling": ["letter.written_on", "letter.order.supplier"],
    "leverandoervalg": ["letter.written_on"],
}  # fmt: skip
BARE["oversendelse"] = BARE["genvurdering"]


@pytest.mark.parametrize("kind", BARE)
def test_what_a_letter_lacks_is_told_with_the_place_to_mend_it(kind: LetterKind) -> None:
    one = case(granted("bad_2", supplier="A"), granted("rengoering_3", supplier="B"))
    assert wanting(kind, one, NO_FACTS) == BARE[kind]
    lacks = letter_needs(kind, one, standard(), NO_FACTS, CALENDAR)
    with pytest.raises(LetterError) as refusal:
        PRESS.letter(one, standard(), letterhead(), kind, NO_FACTS)
    assert refusal.value.missing == tuple(lack.message for lack in lacks)


def test_a_hearing_without_anything_to_be_heard_about_asks_for_it() -> None:
    one = cases()["delvis"]
    silent = one.assessment.model_copy(update={"areas": {}})
    found = wanting("partshoering", one.model_copy(update={"assessment": silent}), facts(one))
    assert found == ["letter.hearing.information.0.text", "decision.hearing.answer_by"]


def test_what_another_step_lacks_is_told_with_that_step() -> None:
    nameless, _ = change(cases()["delvis"], parse_path("citizen.name"), "")
    [lack] = letter_needs("leverandoervalg", nameless, standard(), facts(nameless), CALENDAR)
    assert (lack.step, lack.where) == ("henvendelse", "citizen.name")
    [none] = letter_needs("leverandoervalg", case(refused("bad_2")), standard(), facts(nameless), CALENDAR)
    assert (none.step, none.where) == ("afgoerelse", "decision.items")


def test_a_complaint_found_right_is_not_sent_on_and_needs_the_old_decisions_day() -> None:
    one = with_course(complaints=(Complaint.model_validate({**COMPLAINT, "outcome": "upheld"}),))
    assert wanting("oversendelse", one, facts(one)) == [
        "decision.corrects.decided_on",
        "course.complaints.0.outcome",
    ]


# -- Digital Post ------------------------------------------------------------------------------------


def row(kind: str) -> LetterRow:
    from datetime import UTC, datetime

    return LetterRow(
        "0b54b4ab-0c9b-4e77-8d21-5d6d3a2f0d11", "sag", kind, datetime(2024, 5, 13, tzinfo=UTC), "", 1
    )


def test_a_message_says_what_the_letter_is_and_from_whom() -> None:
    post = digital_post(cases()["delvis"], row("kvittering"), "12345678", "Lindholm Kommune")
    assert post.title == "Kvittering for henvendelse fra Lindholm Kommune"
    assert post.cpr == cases()["delvis"].citizen.cpr


@pytest.mark.parametrize(
    ("kind", "reader"), [("bestilling", "leverandøren"), ("oversendelse", "Ankestyrelsen")]
)
def test_a_letter_to_somebody_else_never_goes_to_the_citizens_digital_post(kind: str, reader: str) -> None:
    with pytest.raises(ExportError, match=f"Brevet er til {reader}"):
        digital_post(cases()["delvis"], row(kind), "12345678", "Lindholm Kommune")

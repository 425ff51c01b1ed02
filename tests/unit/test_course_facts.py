"""What follows from an event of the course: told where it is written, with its page, and gone without its rule."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from my_day_rows import then

from visitator_tui.catalogue import CatalogueFolder
from visitator_tui.domain.case import Case, Decision
from visitator_tui.domain.course import Review
from visitator_tui.domain.course_complaint import Complaint
from visitator_tui.domain.course_supply import Order
from visitator_tui.domain.made_decision import with_made
from visitator_tui.domain.workdays import DanishCalendar
from visitator_tui.resources import asset
from visitator_tui.ui.course.choices import choices_of
from visitator_tui.ui.course.reading import field_help
from visitator_tui.ui.course.register import KIND_OF
from visitator_tui.ui.course.rows import course_rows
from visitator_tui.usecases.course_begin import Beginning, begin
from visitator_tui.usecases.course_closing import still_open
from visitator_tui.usecases.course_facts import facts
from visitator_tui.usecases.course_overview import overview
from visitator_tui.usecases.course_tasks import goal_of
from visitator_tui.usecases.my_day import tasks_of
from visitator_tui.usecases.my_day_task import Desk, desk_of
from visitator_tui.usecases.ports import LetterRow, QueuedLetter, QueueState

CATALOGUES = CatalogueFolder((asset("catalogues"),), None)
CALENDAR = DanishCalendar()
MADE_AT = datetime(2017, 3, 6, tzinfo=UTC)
DECIDED = {"helsingor": "2017-03-06", "herning": "2022-09-05"}


def at(municipality: str, granted: tuple[str, ...], without: str = "", /, **course: Any) -> Desk:
    """A decided case with a course, under the shipped standard; ``without`` names a step taken out of it."""
    draft = drafted(municipality, granted, **course)
    case = with_made(draft.case, "brev-1", MADE_AT) if granted else draft.case
    standard = draft.standard
    if without:
        empty: Any = () if isinstance(getattr(standard.process, without), tuple) else None
        process = standard.process.model_copy(update={without: empty})
        standard = standard.model_copy(update={"process": process})
    return desk_of(case, standard, CALENDAR)


def drafted(municipality: str, granted: tuple[str, ...], /, **course: Any) -> Desk:
    """The same while its decision is not made."""
    decided = DECIDED[municipality]
    case = Case.model_validate(
        {
            "municipality": municipality,
            "enquiry": {"received_on": decided},
            "decision": {
                "decided_on": decided,
                "items": [{"delydelse": one, "outcome": "granted"} for one in granted],
            },
            "course": course,
        }
    )
    return desk_of(case, CATALOGUES.in_force(municipality, date.fromisoformat(decided)), CALENDAR)


def told(desk: Desk, path: str, day: date, number: int = 0) -> str:
    return " ".join(facts(path, number, desk, day))


def glance(desk: Desk, day: date) -> str:
    return " ".join(line for _, lines in overview(desk, day) for line in lines)


REFUSED = {"on": "2017-04-01", "kind": "offer_refused", "delydelse": "aeldrebolig"}
LISTED = {"on": "2017-03-10", "kind": "listed", "delydelse": "aeldrebolig"}


def test_the_standing_on_the_list_for_a_home_is_told_and_what_the_next_refusal_does() -> None:
    once = at("helsingor", ("aeldrebolig",), waiting_list=[LISTED, REFUSED])
    twice = at("helsingor", ("aeldrebolig",), waiting_list=[LISTED, REFUSED, REFUSED])
    wished = at("helsingor", ("aeldrebolig",), waiting_list=[LISTED, {**REFUSED, "wished": True}])
    day = date(2017, 4, 1)
    assert "aktive venteliste siden 10. marts 2017; 1 afslået tilbud" in told(once, "waiting_list", day)
    assert "Nej til 1 tilbud mere flytter borgeren til den passive liste (Helsingør 2017, s. 54)" in told(
        once, "waiting_list", day
    )
    assert "passive venteliste" in glance(twice, day)
    assert "slettet af ventelisten" in glance(wished, day)
    lawless = at("helsingor", ("aeldrebolig",), "waiting_list", waiting_list=[LISTED, REFUSED, REFUSED])
    assert "passive" not in glance(lawless, day)


def test_the_klippekort_shows_what_is_earned_used_and_lapsed_and_the_notice() -> None:
    use = {"used_on": "2022-10-10", "planned_on": "2022-10-05", "clips": 2}
    desk = at("herning", ("klippekort",), clip_uses=[use])
    day = date(2022, 10, 10)
    assert "6 klip optjent (ét om ugen à 30 minutter); 4 klip på kontoen (120 minutter); 2 brugt" in glance(
        desk, day
    )
    assert "typisk 4 uger før" in told(desk, "clip_uses", day)
    full = glance(at("herning", ("klippekort",)), date(2023, 3, 1))
    assert "det ældste klip bortfalder" in full
    assert "26 klip optjent" in full and "13 klip på kontoen (390 minutter); 0 brugt, 13 bortfaldet" in full
    much = at("herning", ("klippekort",), clip_uses=[{**use, "clips": 7}])
    assert "! 10. oktober 2022: der er kun 6 klip" in told(much, "clip_uses", day)
    assert "klip optjent" not in glance(at("herning", ("klippekort",), "saving"), day)
    training = {"delydelse": "vedligeholdelsestraening_dv", "outcome": "granted"}
    later = desk_of(then(desk.case, "2022-10-03", training), desk.standard, CALENDAR)
    assert "6 klip optjent" in glance(later, day), "another decision leaves the account as it is"


def test_help_now_is_what_runs_today_by_the_decision_it_runs_by() -> None:
    """Help that is changed or stopped from a later day goes on until then; what is to come says from when."""
    changed = {"delydelse": "bad_3", "outcome": "changed", "start_on": "2017-07-01"}
    stopped = {"delydelse": "rengoering_3", "outcome": "stopped", "ends_on": "2017-06-30"}
    desk = at("helsingor", ("bad_3", "rengoering_3"))
    later = desk_of(then(desk.case, "2017-06-01", changed, stopped), desk.standard, CALENDAR)
    now = dict(overview(later, date(2017, 6, 20)))["Hjælp nu"]
    assert now == (
        "Bad 3 (ikke bestilt, til og med 30. juni 2017)",
        "Rengøring 3 (ikke bestilt, til og med 30. juni 2017)",
        "Efter afgørelsen 6. marts 2017.",
        "Bad 3 (ikke bestilt, fra 1. juli 2017)",
        "Efter afgørelsen 1. juni 2017.",
    )
    afterwards = dict(overview(later, date(2017, 7, 1)))["Hjælp nu"]
    assert afterwards == ("Bad 3 (ikke bestilt)", "Efter afgørelsen 1. juni 2017.")


ORDER = {"items": ["forflytning_3"], "supplier": "Hjemmeplejen"}
FACTS: dict[str, tuple[tuple[str, ...], str, dict[str, Any], str, str]] = {
    "appointment": ((), "appointments", {}, "Tidspunktet aftales senest", "appointment"),
    "transfer_form": (("forflytning_3",), "orders", ORDER, "kræver forflytningsskema (Helsingør 2017, s. 35)",
                      "transfer_form"),
    "two_staff": (("rengoering_3",), "orders", {"items": ["rengoering_3"], "two_staff": ["rengoering_3"]},
                  "gives som udgangspunkt ikke til Rengøring 3 (Helsingør 2017, s. 35)", "two_staff"),
    "notice": (("rengoering_3",), "supplier_changes",
               {"items": ["rengoering_3"], "requested_on": "2017-03-06", "effective_on": "2017-03-10"},
               "! Den aftalte dag (10. marts 2017) ligger før varslet er gået", "supplier_change"),
    "admission": (("rengoering_3",), "absences", {"why": "admission", "from": "2017-03-06"},
                  "hjælpen fortsætter (Helsingør 2017, s. 30)", "admission_confirmed"),
    "acute": (("rengoering_3",), "acute_help", {"started_on": "2017-02-20", "care_granted": True},
              "! Hjælpen har varet længere", "acute_help"),
    "no_shows": ((), "no_shows", {"on": "2017-03-06", "reasonable": False}, "ved 2 afsluttes træningen", "no_shows"),
}  # fmt: skip


@pytest.mark.parametrize("name", FACTS)
def test_a_fact_is_told_with_its_page_and_only_by_its_rule(name: str) -> None:
    granted, path, event, says, step = FACTS[name]
    day = date(2017, 3, 6)
    assert says in told(at("helsingor", granted, **{path: [event]}), path, day)
    assert says not in told(at("helsingor", granted, step, **{path: [event]}), path, day)


@pytest.mark.parametrize(
    ("received", "says"), [("2017-04-03", "Klagen kom i tide"), ("2017-04-04", "! Klagen kom efter fristen")]
)
def test_a_complaint_is_in_time_until_four_weeks_after_the_decision_came(received: str, says: str) -> None:
    complaint = {"received_on": received, "decision_received_on": "2017-03-06"}
    desk = at("helsingor", ("rengoering_3",), complaints=[complaint])
    assert says in told(desk, "complaints", date(2017, 4, 4))


def test_a_new_order_has_the_help_that_is_not_ordered_and_says_nothing_was_done() -> None:
    ordered = {"items": ["rengoering_3"], "supplier": "Hjemmeplejen", "ordered_on": "2017-03-06"}
    desk = at("helsingor", ("rengoering_3", "forflytning_3"), orders=[ordered])
    made = begin("orders", Beginning(desk, date(2017, 3, 7)))
    assert made["items"] == ["forflytning_3"]
    assert not [key for key in made if key.endswith("_on")]


@pytest.mark.parametrize("path", ["appointments", "consents", "ways_in", "delay_notices", "orders", "supplier_changes",
    "absences", "acute_help", "reports", "no_shows", "reviews", "evaluations", "complaints", "waiting_list",
    "clip_uses"])  # fmt: skip
def test_what_is_begun_fits_the_case_and_its_facts_can_be_told(path: str) -> None:
    for municipality in DECIDED:
        desk = at(municipality, ())
        made = begin(path, Beginning(desk, date(2022, 9, 5)))
        begun = at(municipality, (), **{path: [made]})
        assert len(getattr(begun.case.course, path)) == 1
        facts(path, 0, begun, date(2022, 9, 5))


@pytest.mark.parametrize(
    ("municipality", "path", "name", "place"),
    [
        ("helsingor", "supplier_changes", "requested_on", "(Helsingør 2017, s. 25 og s. 134)"),
        ("helsingor", "absences", "delydelse", "(Helsingør 2017, s. 46)"),
        ("herning", "reviews", "next_on", "(Herning 2022, linje 116"),
        ("helsingor", "orders", "ordered_on", "(Helsingør 2017, s. 25)"),
    ],
)
def test_a_field_tells_the_pages_of_its_rule_also_where_it_differs_from_help_to_help(
    municipality: str, path: str, name: str, place: str
) -> None:
    field = next(one for one in KIND_OF[path].fields if one.name == name)
    assert place in field_help(field, at(municipality, ()))


def test_a_decision_that_is_being_prepared_leaves_the_tasks_of_the_one_that_stands() -> None:
    desk = at("helsingor", ("rengoering_3",))
    case = desk.case.model_copy(update={"decision": Decision(follows="brev-1")})
    before = {one.key for one in tasks_of(desk.case, desk.standard, CALENDAR)}
    assert "order" in before
    after = {one.key: one.title for one in tasks_of(case, desk.standard, CALENDAR)}
    assert after.keys() - before == {"decision:"}, "and says that it is not done"
    assert before <= after.keys()
    assert after["decision:"] == "Gør den nye afgørelse færdig, og skriv brevet"


def test_a_draft_gives_no_help_and_its_application_keeps_its_deadline() -> None:
    desk = drafted("helsingor", ("rengoering_3",))
    day = date(2017, 3, 8)
    assert [heading for heading, _ in overview(desk, day)] == ["Afgørelse"]
    assert "P under Brev" in glance(desk, day)
    (task,) = (one for one in tasks_of(desk.case, desk.standard, CALENDAR) if one.kind == "decision")
    assert (task.title, task.step, str(task.due)) == ("Skriv brevet om »Rengøring 3«", "brev", "2017-04-03")
    assert not {"order", "start", "periodic"} & {
        one.kind for one in tasks_of(desk.case, desk.standard, CALENDAR)
    }
    order = drafted("helsingor", ("rengoering_3",), orders=[begin("orders", Beginning(desk, day))])
    assert order.case.course.orders[0].items == ()
    assert "! Ingen hjælp er bevilget" in told(order, "orders", day)


def test_an_order_tells_that_a_decision_stops_its_help_until_it_is_ended() -> None:
    day = date(2017, 3, 8)
    order = {"items": ["bad_3"], "supplier": "Hjemmeplejen", "started_on": "2017-03-07"}
    desk = at("helsingor", ("bad_3",), orders=[order])
    assert "I gang" in str(course_rows(desk.case, desk.standard, (), day))
    (item,) = desk.case.decision.items
    stop = item.model_copy(update={"outcome": "stopped", "ends_on": date(2017, 3, 31)})
    decision = Decision(decided_on=day, follows="brev-1", items=(stop,))
    case = with_made(desk.case.model_copy(update={"decision": decision}), "brev-2", MADE_AT)
    desk = desk_of(case, desk.standard, CALENDAR)
    said = told(desk, "orders", day)
    assert (
        "! Sidste dag med Bad 3 er 31. marts 2017 (afgørelsen 8. marts 2017). Giv leverandøren besked" in said
    )
    assert "Ingen hjælp er bevilget" not in said
    assert "Stopper 31-03-17, Hjemmeplejen" in str(course_rows(case, desk.standard, (), day))
    assert [one.where for one in still_open(desk, day, [], [], [])] == ["orders.0"]
    (task,) = (one for one in tasks_of(case, desk.standard, CALENDAR) if one.kind == "order_end")
    assert (task.due, goal_of(task, desk).where) == (date(2017, 3, 31), "course.orders.0.ended_on")
    assert not goal_of(task, desk).by_today, "the last day of the help need not be the day of telling"
    course = case.course.model_copy(
        update={"orders": (case.course.orders[0].model_copy(update={"ended_on": date(2017, 3, 31)}),)}
    )
    ended = desk_of(case.model_copy(update={"course": course}), desk.standard, CALENDAR)
    assert "Giv leverandøren besked" not in told(ended, "orders", day)
    assert still_open(ended, day, [], [], []) == ()
    both = case.course.orders[0].model_copy(update={"items": ("bad_3", "rengoering_3")})
    course = case.course.model_copy(update={"orders": (both,)})
    goes_on = tasks_of(case.model_copy(update={"course": course}), desk.standard, CALENDAR)
    assert "order_end" not in {one.kind for one in goes_on}, "some of it goes on"


def test_what_was_refused_can_be_complained_of_but_is_no_help_to_review() -> None:
    desk = at("helsingor", ("rengoering_3", "bad_3"))
    refused, given = (one.model_copy(update={"outcome": how}) for one, how in zip(
        desk.case.decision.items, ("refused", "granted"), strict=True
    ))  # fmt: skip
    decision = desk.case.decision.model_copy(update={"items": (refused, given)})
    case = with_made(desk.case.model_copy(update={"made": (), "decision": decision}), "brev-1", MADE_AT)
    desk = desk_of(case, desk.standard, CALENDAR)

    def offered(event: Any) -> list[object]:
        return [one for one, _ in choices_of(event, desk)["items"]]

    assert offered(Review()) == ["bad_3"] == offered(Order())
    assert offered(Complaint()) == ["bad_3", "rengoering_3"]


def test_what_is_open_is_known_before_a_case_is_closed() -> None:
    day = date(2017, 3, 8)
    letter = LetterRow("brev-1", "sag", "afgoerelse", MADE_AT, "", 1)

    def told(desk: Desk, exported: tuple[str, ...] = ()) -> list[str]:
        return [one.text for one in still_open(desk, day, [letter], [], exported)]

    unprinted = "Brevet »Afgørelse« af 6. marts 2017 er hverken printet eller eksporteret herfra."
    assert told(drafted("helsingor", ("bad_3",))) == [
        "Afgørelsen er et udkast: den er ikke truffet.",
        unprinted,
    ]
    assert told(at("helsingor", ("bad_3",))) == ["Der gives stadig hjælp: Bad 3.", unprinted]
    ended = at("helsingor", ("bad_3",), orders=[{"items": ["bad_3"], "ended_on": "2017-03-07"}])
    assert told(ended) == [unprinted]
    assert told(ended, ("brev-1",)) == []
    waiting = QueuedLetter(
        1, 1, "brev-1", "sag", "", "afgoerelse", MADE_AT, 1, False, QueueState.WAITING, "", "", "", MADE_AT
    )
    (one,) = still_open(ended, day, [letter], [waiting], [])
    assert one.text == "Brevet »Afgørelse« af 6. marts 2017 venter på print."


@pytest.mark.parametrize(
    ("desk", "purpose"),
    [
        (at("helsingor", ()), "visit"),
        (drafted("helsingor", ("rengoering_3",)), "visit"),
        (at("helsingor", ("rengoering_3",)), "review"),
        (at("helsingor", ("b_rehab_hjemmeplejeindsats",)), "evaluation"),
    ],
)
def test_an_appointment_begins_as_what_the_case_has_come_to(desk: Desk, purpose: str) -> None:
    assert begin("appointments", Beginning(desk, date(2017, 3, 8)))["purpose"] == purpose

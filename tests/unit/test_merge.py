"""The merge of two people's work on one case, by examples a visitator would know."""

from __future__ import annotations

from typing import Any

import pytest

from visitator_tui.domain.case import Case
from visitator_tui.domain.edit import MISSING, to_json
from visitator_tui.domain.merge import (
    Conflict,
    MergedCase,
    merge,
    merge_cases,
    reachable,
    value_at,
    with_value,
    without_disputed,
)

ITEM = {"delydelse": "indkoebsordning", "reason": "Hun kan ikke gå ud."}
BATH = {"delydelse": "bad", "reason": "Han kan ikke stå."}
OLE = {"relation": "ægtefælle", "name": "Ole", "note": ""}
EVA = {"relation": "datter", "name": "Eva", "note": ""}
VISIT = {"purpose": "visit", "agreed_on": "2017-03-01", "note": ""}


def case(**parts: Any) -> Case:
    return Case.model_validate({"municipality": "helsingor", **parts})


def items(*some: dict[str, Any]) -> Case:
    return case(decision={"items": list(some)})


def household(*some: dict[str, Any]) -> Case:
    return case(citizen={"household": list(some)})


def appointments(*some: dict[str, Any]) -> Case:
    return case(course={"appointments": list(some)})


def paths(merged: MergedCase) -> list[str]:
    return [conflict.where for conflict in merged.conflicts]


def test_two_who_edited_different_areas_both_win_without_a_question() -> None:
    base = case()
    mine = case(assessment={"areas": {"indkoeb": {"observed": "Tom køleskab."}}})
    theirs = case(assessment={"areas": {"bad": {"observed": "Glat gulv."}}}, summary={"text": "Kort."})
    merged = merge_cases(base, mine, theirs)
    assert merged.conflicts == ()
    areas = merged.case.assessment.areas
    assert (areas["indkoeb"].observed, areas["bad"].observed) == ("Tom køleskab.", "Glat gulv.")
    assert merged.case.summary.text == "Kort."


def test_the_same_field_in_two_ways_is_a_conflict_that_keeps_mine() -> None:
    base, mine, theirs = (case(own_view={"text": text}) for text in ("", "Jeg vil bo her.", "Jeg er træt."))
    merged = merge_cases(base, mine, theirs)
    assert merged.case == mine
    assert merged.conflicts == (Conflict(("own_view", "text"), "", "Jeg vil bo her.", "Jeg er træt."),)


def test_two_fields_of_one_item_of_the_decision_merge() -> None:
    base = items(ITEM, BATH)
    mine = items(ITEM | {"reason": "Hun kan ikke bære."}, BATH)
    theirs = items(BATH | {"outcome": "granted"}, ITEM | {"outcome": "granted"})
    merged = merge_cases(base, mine, theirs)
    assert merged.conflicts == ()
    assert [(one.delydelse, one.outcome, one.reason) for one in merged.case.decision.items] == [
        ("bad", "granted", "Han kan ikke stå."),
        ("indkoebsordning", "granted", "Hun kan ikke bære."),
    ]


def test_one_reason_in_two_ways_is_a_conflict_of_that_item_alone() -> None:
    merged = merge_cases(items(ITEM), items(BATH, ITEM | {"reason": "A"}), items(ITEM | {"reason": "B"}))
    assert paths(merged) == ["decision.items.indkoebsordning.reason"]
    assert [one.delydelse for one in merged.case.decision.items] == ["bad", "indkoebsordning"]


def test_an_item_that_one_took_out_and_the_other_worked_on_is_a_conflict() -> None:
    merged = merge_cases(items(ITEM, BATH), items(BATH), items(ITEM | {"reason": "Ny."}, BATH))
    assert merged.conflicts[0].path == ("decision", "items", "indkoebsordning")
    assert merged.conflicts[0].mine is MISSING
    assert merged.case == items(BATH)


def test_how_much_help_is_one_value() -> None:
    base = items(ITEM | {"extent": {"times": 1, "per": "week"}})
    mine = items(ITEM | {"extent": {"times": 2, "per": "week"}})
    theirs = items(ITEM | {"extent": {"times": 1, "per": "day"}})
    assert paths(merge_cases(base, mine, theirs)) == ["decision.items.indkoebsordning.extent"]


def test_both_added_to_the_household() -> None:
    merged = merge_cases(household(), household(OLE), household(EVA))
    assert merged.conflicts == ()
    assert {one.name for one in merged.case.citizen.household} == {"Ole", "Eva"}
    assert merge_cases(household(), household(EVA), household(OLE)).case == merged.case


def test_two_of_the_same_name_are_not_mixed_up() -> None:
    base = household(OLE, OLE | {"relation": "søn"})
    mine = household(OLE | {"note": "Dement."}, OLE | {"relation": "søn"})
    theirs = household(OLE, OLE | {"relation": "søn", "note": "Bor ovenpå."})
    assert paths(merge_cases(base, mine, theirs)) == ["citizen.household"]


def test_both_wrote_down_an_appointment_and_both_are_kept() -> None:
    second, third = VISIT | {"agreed_on": "2017-03-05"}, VISIT | {"agreed_on": "2017-03-04"}
    merged = merge_cases(appointments(VISIT), appointments(VISIT, second), appointments(VISIT, third))
    assert merged.conflicts == ()
    assert len(merged.case.course.appointments) == 3


def test_the_same_appointment_written_by_both_is_there_once() -> None:
    both = appointments(VISIT)
    merged = merge_cases(appointments(), both, both.model_copy(update={"case_number": "7"}))
    assert len(merged.case.course.appointments) == 1


def test_one_appointment_that_both_changed_is_a_conflict_of_the_list() -> None:
    mine, theirs = VISIT | {"note": "Ring først."}, VISIT | {"note": "Nøgle hos naboen."}
    merged = merge_cases(appointments(VISIT), appointments(mine), appointments(theirs))
    assert paths(merged) == ["course.appointments"]
    assert merged.case == appointments(mine)


def test_what_was_applied_for_is_joined() -> None:
    base, mine, theirs = (
        case(enquiry={"applied_for": some}) for some in (["Bad"], ["Bad", "Indkøb"], ["Rengøring", "Bad"])
    )
    merged = merge_cases(base, mine, theirs)
    assert merged.case.enquiry.applied_for == ("Rengøring", "Bad", "Indkøb")


def test_entries_that_are_never_changed_are_all_kept() -> None:
    one, two = {"letter_id": "1"}, {"letter_id": "2"}
    merged = merge({"made": [one]}, {"made": []}, {"made": [one, two]})
    assert (merged.document, merged.conflicts) == ({"made": [one, two]}, ())


def test_what_does_not_fit_together_is_one_conflict_of_the_whole() -> None:
    base, mine = case(), case(case_number="1")
    theirs = mine.model_construct(**{**dict(base), "municipality": 7})
    with pytest.warns(UserWarning, match="Expected `str`"):  # theirs is no case, which is the point
        merged = merge_cases(base, mine, theirs)
    assert (merged.case, paths(merged)) == (mine, [""])


# -- one field of a document ---------------------------------------------------------------------------


def test_while_a_field_is_disputed_everything_else_is_sent() -> None:
    mine, theirs = (
        to_json(items(ITEM | {"reason": "A", "aim": "Selv."})),
        to_json(items(ITEM | {"reason": "B"})),
    )
    path = ("decision", "items", "indkoebsordning", "reason")
    sent = without_disputed(mine, theirs, [path])
    assert value_at(sent, path) == "B"
    assert value_at(sent, (*path[:-1], "aim")) == "Selv."
    assert with_value(sent, path, "A", theirs) == mine


def test_an_item_taken_out_while_it_is_disputed_stays_where_it_stood_for_the_others() -> None:
    theirs = to_json(items(BATH, ITEM, {"delydelse": "toej"}))
    mine = to_json(items(BATH, {"delydelse": "toej"}))
    for path in (
        ("decision", "items", "indkoebsordning"),
        ("decision", "items", "indkoebsordning", "reason"),
    ):
        assert without_disputed(mine, theirs, [path]) == theirs


def test_choosing_that_an_entry_is_gone_takes_it_out() -> None:
    document = to_json(items(BATH, ITEM))
    path = ("decision", "items", "bad")
    assert with_value(document, path, MISSING, document) == to_json(items(ITEM))


def test_a_list_whose_entries_cannot_be_told_apart_any_more_is_sent_as_it_was() -> None:
    theirs = to_json(household(OLE | {"note": "Dement."}, EVA))
    mine = to_json(household(OLE, OLE, EVA))
    path = ("citizen", "household", "Ole", "note")
    assert not reachable(mine, path)
    assert reachable(theirs, path)
    assert without_disputed(mine, theirs, [path]) == theirs


@pytest.mark.parametrize("path", [("assessment", "areas", "bad", "observed"), ("assessment", "areas", "bad")])
def test_a_field_whose_area_is_not_there_is_put_there(path: tuple[str, ...]) -> None:
    theirs = to_json(case(assessment={"areas": {"bad": {"observed": "Glat gulv."}}}))
    assert without_disputed(to_json(case()), theirs, [path]) == theirs


# -- a decision that one makes while the other works on it -------------------------------------------------


def decided(text: str = "Hun kan ikke gå ud.", letter: str = "1") -> Case:
    decision = {"decided_on": "2017-03-08", "items": [{**ITEM, "reason": text, "outcome": "granted"}]}
    made = {"letter_id": letter, "made_at": f"2017-03-08T09:3{letter}:00Z", "decision": decision}
    return case(decision=decision, made=[made])


def test_a_made_decision_stands_and_the_others_words_are_kept_beside_it() -> None:
    base = items(ITEM)
    late = items(ITEM | {"reason": "Hun kan ikke bære."}).model_copy(update={"case_number": "7"})
    for mine, theirs, side in ((late, decided(), "theirs"), (decided(), late, "mine")):
        merged = merge_cases(base, mine, theirs)
        assert merged.case == decided().model_copy(update={"case_number": "7"})
        (kept,) = merged.conflicts
        assert (kept.path, kept.settled) == (("decision",), side)
        assert "bære" in str(kept.mine if side == "theirs" else kept.theirs)


def test_two_who_both_made_the_decision_are_both_on_record() -> None:
    base = items(ITEM)
    one = merge_cases(base, decided("A", "1"), decided("B", "2"))
    other = merge_cases(base, decided("B", "2"), decided("A", "1"))
    assert one.case == other.case
    assert [made.letter_id for made in one.case.made] == ["1", "2"]
    assert one.case.decision == decided("B", "2").decision
    assert [kept.settled for kept in one.conflicts] == ["theirs"]
    assert [kept.settled for kept in other.conflicts] == ["mine"], "nobody is asked about what is closed"


def test_what_the_law_asks_is_not_answered_anew_in_a_decision_that_is_made() -> None:
    base, late = items(ITEM), {"selvhjulpen": {"outcome": "nej", "reason": "Svaret efter afgørelsen."}}
    typed = case(decision={"items": [ITEM]}, considerations=late)
    for mine, theirs in ((decided(), typed), (typed, decided())):
        merged = merge_cases(base, mine, theirs)
        assert merged.case.considerations == decided().considerations
        assert "efter afgørelsen" in str([kept for kept in merged.conflicts if kept.settled])

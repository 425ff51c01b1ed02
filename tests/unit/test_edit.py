"""Changes to a case as values: what was done can be taken back, and what does not fit changes nothing."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitator_tui.domain.case import Case
from visitator_tui.domain.edit import (
    MISSING,
    Change,
    EditError,
    apply,
    change,
    get_at,
    parse_path,
    texts,
    to_json,
)

EMPTY = Case(municipality="helsingor")


def put(case: Case, where: str, value: Any) -> Case:
    return change(case, parse_path(where), value)[0]


def value(case: Case, where: str) -> Any:
    return get_at(to_json(case), parse_path(where))


def item(delydelse: str, **more: Any) -> dict[str, Any]:
    return {"delydelse": delydelse, **more}


# -- any sequence of changes ---------------------------------------------------------------------------

WORDS = st.text(st.sampled_from("abc æøå\n"), max_size=6)
AREA = st.sampled_from(["indkoeb", "maaltider"])
PLACE = st.integers(0, 2)
ITEM = st.builds(item, st.sampled_from(["bad_2", "madservice", "rengøring"]), reason=WORDS)


def where(*parts: Any) -> st.SearchStrategy[str]:
    made = [part if isinstance(part, st.SearchStrategy) else st.just(part) for part in parts]
    return st.tuples(*made).map(lambda found: ".".join(str(part) for part in found))


CHANGES = st.one_of(
    st.tuples(where("citizen.name"), WORDS),
    st.tuples(where("citizen.birth_date"), st.sampled_from([None, "1938-05-04"])),
    st.tuples(where("enquiry.applied_for"), st.lists(WORDS, max_size=2)),
    st.tuples(where("enquiry.from"), WORDS),
    st.tuples(where("citizen.household.", PLACE, ".name").map(lambda p: p.replace("..", ".")), WORDS),
    st.tuples(where("citizen.household", PLACE), st.just(MISSING)),
    st.tuples(where("assessment.areas", AREA), st.just(MISSING) | st.just({"relevant": True})),
    st.tuples(where("assessment.areas", AREA, "from_citizen"), WORDS),
    st.tuples(where("assessment.activities.bade.level"), st.none() | st.integers(0, 4)),
    st.tuples(where("answers.demens_diagnose"), st.sampled_from([True, False, None, MISSING])),
    st.tuples(where("considerations.rehabilitering_foerst.reason"), WORDS),
    st.tuples(where("decision.items", PLACE), ITEM | st.just(MISSING)),
    st.tuples(where("decision.items", PLACE, "reason"), WORDS),
    st.tuples(where("decision.items", PLACE, "extent"), st.none() | st.just({"times": 2})),
    st.tuples(where("decision.items", PLACE, "extent.times"), st.none() | st.integers(1, 9)),
    st.tuples(where("decision.items", PLACE, "extent.course"), st.just({"amount": 3, "unit": "weeks"})),
    st.tuples(where("decision.items", PLACE, "extent.course.unit"), st.sampled_from(["days", "weeks"])),
)


@given(st.lists(CHANGES, max_size=12))
def test_taking_changes_back_one_by_one_gives_every_earlier_case_back(wanted: list[tuple[str, Any]]) -> None:
    case, made, before = EMPTY, [], []
    for path, new in wanted:
        try:
            after, one = change(case, parse_path(path), new)
        except EditError:
            continue
        before.append(case)
        made.append(one)
        case = after
    assert apply(EMPTY, made) == case
    for one, earlier in zip(reversed(made), reversed(before), strict=True):
        case = apply(case, [one.inverse])
        assert case == earlier
        assert to_json(case) == to_json(earlier)


@given(CHANGES, CHANGES)
def test_what_does_not_fit_leaves_the_case_alone(first: tuple[str, Any], second: tuple[str, Any]) -> None:
    try:
        case = put(EMPTY, *first)
    except EditError:
        case = EMPTY
    kept = to_json(case)
    with pytest.raises(EditError):
        put(case, "assessment.activities.bade.level", 5)
    with contextlib.suppress(EditError):
        put(case, *second)
    assert to_json(case) == kept


# -- in particular -------------------------------------------------------------------------------------


def test_an_item_taken_out_comes_back_to_its_place_and_the_others_stay() -> None:
    case = put(
        put(EMPTY, "decision.items.0", item("bad_2", reason="A")), "decision.items.1", item("madservice")
    )
    without, removal = change(case, parse_path("decision.items.0"), MISSING)
    assert [one.delydelse for one in without.decision.items] == ["madservice"]
    back = apply(without, [removal.inverse])
    assert back == case


def test_an_extent_that_was_begun_is_gone_again_and_not_left_empty() -> None:
    case = put(EMPTY, "decision.items.0", item("bad_2"))
    begun, made = change(case, parse_path("decision.items.0.extent.times"), 2)
    assert value(begun, "decision.items.0.extent.times") == 2
    assert apply(begun, [made.inverse]).decision.items[0].extent is None


def test_the_first_word_about_somebody_in_the_household_makes_a_person_and_undoing_it_removes_her() -> None:
    with_person, made = change(EMPTY, parse_path("citizen.household.0.relation"), "ægtefælle")
    assert [one.relation for one in with_person.citizen.household] == ["ægtefælle"]
    assert apply(with_person, [made.inverse]) == EMPTY


def test_two_people_who_each_add_an_item_both_keep_theirs() -> None:
    _, mine = change(EMPTY, parse_path("decision.items.0"), item("bad_2"))
    theirs = put(EMPTY, "decision.items.0", item("madservice"))
    both = apply(theirs, [mine])
    assert sorted(one.delydelse for one in both.decision.items) == ["bad_2", "madservice"]


def test_taking_out_my_item_never_takes_out_somebody_elses() -> None:
    mine = put(EMPTY, "decision.items.0", item("bad_2"))
    _, removal = change(mine, parse_path("decision.items.0"), MISSING)
    theirs = put(EMPTY, "decision.items.0", item("madservice"))
    assert [one.delydelse for one in apply(theirs, [removal]).decision.items] == ["madservice"]
    moved = put(theirs, "decision.items.1", item("bad_2"))
    assert [one.delydelse for one in apply(moved, [removal]).decision.items] == ["madservice"]


@pytest.mark.parametrize(
    ("path", "new", "says"),
    [
        ("citizen.birth_date", "i går", "det er ikke en dato; skriv åååå-mm-dd"),
        ("assessment.activities.bade.level", 5, "tallet må ikke være over 4"),
        ("assessment.activities.bade.level", -1, "tallet må ikke være under 0"),
        ("assessment.activities.bade.level", "3", "det skal være et helt tal"),
        ("assessment.activities.bade.level", 2.5, "det skal være et helt tal"),
        ("enquiry.acute", "måske", "det skal være ja eller nej (true eller false)"),
        ("citizen.name", 7, "det skal være tekst"),
        ("citizen.efternavn", "Bo", "feltet kendes ikke"),
        ("citizen.cpr", "12", "et CPR-nummer har ti cifre, skrevet ddmmåå-nnnn"),
        ("citizen.cpr", "310238-0000", "de første seks cifre i CPR-nummeret er ikke en dato, der findes"),
        ("decision.items.0.outcome", "granted", "feltet mangler"),
        ("decision.items.5", item("bad_2"), "der er ingen plads nr. 5 her"),
        ("enquiry.applied_for", "bad", "det skal være en liste"),
        ("format", "visitator-case/2", "det skal være 'visitator-case/1'"),
    ],
)
def test_what_does_not_fit_is_told_in_danish(path: str, new: Any, says: str) -> None:
    with pytest.raises(EditError) as told:
        put(EMPTY, path, new)
    assert str(told.value) == says


def test_the_message_never_repeats_a_cpr_number() -> None:
    with pytest.raises(EditError) as told:
        put(EMPTY, "citizen.cpr", "310238-4321")
    assert "4321" not in str(told.value) and "310238" not in str(told.value)


def test_a_nul_character_is_dropped_because_no_database_keeps_it() -> None:
    assert put(EMPTY, "own_view.text", "a\x00b").own_view.text == "ab"


def test_spaces_and_line_breaks_are_kept_as_typed() -> None:
    typed = "  første linje\n\n anden linje \n"
    assert put(EMPTY, "own_view.text", typed).own_view.text == typed


def test_what_is_not_there_is_missing_and_not_null() -> None:
    document = to_json(EMPTY)
    assert get_at(document, parse_path("citizen.birth_date")) is None
    for path in ("assessment.areas.indkoeb", "decision.items.0", "citizen.household.0.name", "citizen.navn"):
        assert get_at(document, parse_path(path)) is MISSING


def test_a_change_names_its_place_as_findings_do() -> None:
    made = Change(path=parse_path("decision.items.0.reason"), before="", after="x")
    assert made.where == "decision.items.0.reason"
    assert made.inverse.inverse == made


def test_every_text_a_visitator_wrote_is_found_with_its_place() -> None:
    case = put(put(EMPTY, "citizen.name", "Åse"), "assessment.areas.indkoeb.from_citizen", "Købmanden lukker")
    case = put(case, "enquiry.applied_for", ["bad"])
    found = {".".join(str(part) for part in path): text for path, text in texts(to_json(case))}
    assert found["citizen.name"] == "Åse"
    assert found["assessment.areas.indkoeb.from_citizen"] == "Købmanden lukker"
    assert found["enquiry.applied_for.0"] == "bad"

"""The list of suggestions: what fits first, questions before floods, and the search."""

from __future__ import annotations

from typing import Any

import pytest
from small_standard import aalemose, case

from visitator_tui.domain.case import Case
from visitator_tui.domain.matching import suggest
from visitator_tui.domain.standard import Standard
from visitator_tui.usecases.grouping import GROUP_NAMES, MANY, Gate, Grouped, group, search


@pytest.fixture(scope="module")
def standard() -> Standard:
    return aalemose()


def grouped(standard: Standard, of: Case, searched: tuple[str, ...] = ()) -> Grouped:
    return group(suggest(of, standard), standard, searched)


def ids(found: Grouped) -> dict[str, list[str]]:
    return {name: [one.delydelse for one in ones] for name, ones in found.groups.items()}


YES = {"bor_alene": True, "kan_ikke_bestille": True}


def test_groups_stand_in_the_order_a_visitator_reads_and_empty_ones_are_not_shown(standard: Standard) -> None:
    found = grouped(standard, case({"bor_alene": True}, indkoeb=2, bade=3))
    assert ids(found) == {
        "fits": ["besoeg", "fri"],
        "open": ["indkoeb", "ophold"],
        "indicative": ["typisk"],
        "near": ["stor_indkoeb"],
    }
    assert list(found.groups) == [name for name in GROUP_NAMES if name in found.groups]


def test_what_is_not_scored_is_undetermined_and_what_does_not_fit_stands_last(standard: Standard) -> None:
    assert ids(grouped(standard, case(YES)))["undetermined"] == ["indkoeb", "stor_indkoeb"]
    last = ids(grouped(standard, case({"bor_alene": False}, indkoeb=0, bade=0)))
    assert last["ruled_out"] == ["indkoeb", "stor_indkoeb", "besoeg"]
    assert list(last)[-1] == "ruled_out"


def test_guidance_that_does_not_speak_for_it_is_silent(standard: Standard) -> None:
    quiet = grouped(standard, case(bade=0))
    assert "indicative" not in quiet.groups
    assert [one.delydelse for one in quiet.silent] == ["typisk", "kun_navn"]


def test_a_gated_delydelse_is_not_listed_but_asked_for(standard: Standard) -> None:
    found = grouped(standard, case(indkoeb=2))
    listed = {one for ones in ids(found).values() for one in ones}
    assert not listed & {"hofte", "hold", "kun_navn_uden_niveau"}
    assert found.gates == (Gate("Gælder har_plan?", "har_plan", "traening", 3),)


@pytest.mark.parametrize(
    ("answers", "hofte", "gates"),
    [
        ({"har_plan": True}, None, [("har_skade", 1)]),
        ({"har_plan": True, "har_skade": True}, "fits", []),
        ({"har_plan": False}, "ruled_out", [("har_skade", 1)]),
    ],
)
def test_a_gate_answered_opens_or_closes_what_waits_behind_it(
    standard: Standard, answers: dict[str, Any], hofte: str | None, gates: list[tuple[str, int]]
) -> None:
    found = grouped(standard, case(answers))
    where = next((name for name, ones in ids(found).items() if "hofte" in ones), None)
    assert where == hofte
    assert [(gate.criterion, gate.opens) for gate in found.gates] == gates


def test_what_was_searched_out_stands_first_though_it_does_not_fit(standard: Standard) -> None:
    found = grouped(standard, case({"bor_alene": False}), ("indkoeb", "hofte", "fri"))
    assert ids(found)["searched"] == ["indkoeb", "hofte"]
    assert next(iter(found.groups)) == "searched"
    assert "fri" in ids(found)["fits"], "what fits stays with what fits"


def test_many_questions_under_one_ydelse_become_one_line(helsingor: Standard) -> None:
    with_plan = Case(municipality="helsingor", answers={"har_genoptraeningsplan": True})
    gates = group(suggest(with_plan, helsingor), helsingor).gates
    [training] = [gate for gate in gates if gate.ydelse == "genoptraening_sundhedsloven"]
    assert training.criterion is None
    assert training.opens == 34 > MANY
    assert training.text == "Genoptræning efter sundhedsloven: søg blandt 34 delydelser"


def test_nothing_is_lost_between_groups_gates_and_silence(helsingor: Standard) -> None:
    found = group(suggest(Case(municipality="helsingor"), helsingor), helsingor)
    shown = sum(len(ones) for ones in found.groups.values()) + len(found.silent)
    assert shown + sum(gate.opens for gate in found.gates) == len(helsingor.delydelse_by_id)


# -- the search ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("hoftenær", "t12_hoftenaer_fraktur"),
        ("T12", "t12_hoftenaer_fraktur"),
        ("MONTEBELLO", "moedestedet_montebello"),
        ("  bad  2 ", "bad_2"),
        ("dagcenter 3", "lokalt_dagcenter_3"),
        ("købmand", "indkoebsordning"),
        ("§ 95, stk. 2", "bpa_kontant_tilskud"),
    ],
)
def test_any_delydelse_is_found_by_name_word_or_paragraph(
    helsingor: Standard, words: str, first: str
) -> None:
    assert search(helsingor, words)[0] == first


def test_a_hit_in_the_name_stands_before_one_in_the_text(helsingor: Standard) -> None:
    found = search(helsingor, "pleje")
    named = ["pleje" in helsingor.delydelse_by_id[one].name.lower() for one in found]
    keyword = [any("pleje" in word for word in helsingor.delydelse_by_id[one].keywords) for one in found]
    in_name = [name or word for name, word in zip(named, keyword, strict=True)]
    assert in_name == sorted(in_name, reverse=True)
    assert True in in_name and False in in_name


def test_every_word_must_be_there_and_no_words_find_nothing(helsingor: Standard) -> None:
    assert search(helsingor, "hoftenær indkøb") == ()
    assert search(helsingor, "  § ") == ()


def test_every_delydelse_is_found_by_its_own_name(
    helsingor: Standard, helsingor_2016: Standard, herning: Standard
) -> None:
    for standard in (helsingor, helsingor_2016, herning):
        for item in standard.delydelse_by_id.values():
            assert item.id in search(standard, item.name), item.name

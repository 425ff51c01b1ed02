"""Every verdict of a suggestion, on a small standard that holds one delydelse of each kind."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_standard import CRITERIA, aalemose, case

from visitator_tui.domain.case import Case
from visitator_tui.domain.matching import Suggestion, suggest
from visitator_tui.domain.standard import Standard


@pytest.fixture(scope="module")
def standard() -> Standard:
    return aalemose()


def said(standard: Standard, delydelse: str, of: Case) -> Suggestion:
    return next(one for one in suggest(of, standard) if one.delydelse == delydelse)


YES_TO_BOTH = {"bor_alene": True, "kan_ikke_bestille": True}


@pytest.mark.parametrize(
    ("answers", "level", "verdict", "level_rule"),
    [
        (YES_TO_BOTH, 2, "fits", "met"),
        ({}, 2, "open", "met"),
        ({"bor_alene": True}, 4, "open", "met"),
        ({**YES_TO_BOTH, "bor_alene": None}, 4, "open", "met"),
        (YES_TO_BOTH, 1, "ruled_out", "not_met"),
        ({**YES_TO_BOTH, "kan_ikke_bestille": False}, 3, "ruled_out", "met"),
        ({"bor_alene": False}, None, "ruled_out", "undetermined"),
        (YES_TO_BOTH, None, "undetermined", "undetermined"),
        ({}, None, "undetermined", "undetermined"),
    ],
)
def test_level_and_criteria_together_give_the_verdict(
    standard: Standard, answers: dict[str, bool | None], level: int | None, verdict: str, level_rule: str
) -> None:
    found = said(standard, "indkoeb", case(answers, indkoeb=level))
    assert (found.verdict, found.level_rule) == (verdict, level_rule)


def test_the_criteria_of_the_ydelse_come_first_and_apply_to_each_delydelse(standard: Standard) -> None:
    assert said(standard, "indkoeb", case(indkoeb=2)).open_criteria == ("bor_alene", "kan_ikke_bestille")
    assert said(standard, "besoeg", case()).open_criteria == ("bor_alene",)


def test_a_shared_criterion_is_asked_once_and_its_answer_counts_everywhere(standard: Standard) -> None:
    answered = case({"kan_ikke_bestille": False}, indkoeb=4, bade=4)
    for delydelse in ("indkoeb", "stor_indkoeb"):
        assert said(standard, delydelse, answered).failed_criteria == ("kan_ikke_bestille",)


def test_a_failed_criterion_is_named_with_its_question(standard: Standard) -> None:
    found = said(standard, "indkoeb", case({**YES_TO_BOTH, "bor_alene": False}, indkoeb=3))
    assert found.because == (
        "At købe ind: 3 (kriterium 2-4)",
        "Kriterium ikke opfyldt: Gælder bor_alene?",
    )


def test_every_part_of_the_level_rule_is_explained_scored_or_not(standard: Standard) -> None:
    assert said(standard, "stor_indkoeb", case(bade=1)).because == (
        "At købe ind: ikke vurderet (kriterium 3-4)",
        "At bade: 1 (kriterium 3-4)",
    )
    assert said(standard, "kun_navn", case(bade=3)).because == ("At bade: 3 (typisk 2)",)


def test_one_unfulfilled_part_settles_a_rule_whose_other_part_is_not_scored(standard: Standard) -> None:
    assert said(standard, "stor_indkoeb", case(bade=1)).level_rule == "not_met"
    assert said(standard, "stor_indkoeb", case(bade=3)).level_rule == "undetermined"


@pytest.mark.parametrize(
    ("levels", "steps"),
    [
        ({"indkoeb": 2, "bade": 3}, [("At købe ind", 3)]),
        ({"indkoeb": 2, "bade": 2}, []),
        ({"indkoeb": 1, "bade": 4}, []),
        ({"indkoeb": 3, "bade": 3}, []),
        ({"indkoeb": 2}, []),
    ],
)
def test_near_is_one_level_on_one_activity(
    standard: Standard, levels: dict[str, Any], steps: list[tuple[str, int]]
) -> None:
    found = said(standard, "stor_indkoeb", case(**levels))
    assert [(step.label, step.level) for step in found.near_steps] == steps
    assert found.near is bool(steps)


# -- criteria in groups ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "verdict", "asks", "failed"),
    [
        ({}, "open", ("er_traet", "har_plan", "er_syg"), ()),
        ({"er_syg": True}, "fits", (), ()),
        ({"er_traet": True, "har_plan": True}, "fits", (), ()),
        ({"er_traet": True}, "open", ("har_plan", "er_syg"), ()),
        ({"er_traet": False}, "open", ("er_syg",), ()),
        ({"er_syg": False}, "open", ("er_traet", "har_plan"), ()),
        ({"er_traet": False, "er_syg": False}, "ruled_out", (), ("er_traet", "er_syg")),
        ({"er_traet": None, "er_syg": False}, "open", ("er_traet", "har_plan"), ()),
    ],
)
def test_alternatives_ask_only_what_can_still_matter(
    standard: Standard,
    answers: dict[str, bool | None],
    verdict: str,
    asks: tuple[str, ...],
    failed: tuple[str, ...],
) -> None:
    found = said(standard, "ophold", case(answers))
    assert (found.verdict, found.open_criteria, found.failed_criteria) == (verdict, asks, failed)


@pytest.mark.parametrize(
    ("delydelse", "answers", "gates"),
    [
        pytest.param("hofte", {}, ("har_plan", "har_skade"), id="both-facts-are-needed"),
        pytest.param("hofte", {"har_plan": True}, ("har_skade",), id="the-second-gate-still-closes"),
        pytest.param("hofte", {"har_plan": True, "har_skade": True}, (), id="both-open"),
        pytest.param("hofte", {"har_plan": None}, ("har_plan", "har_skade"), id="not-known-is-not-yes"),
        pytest.param("ophold", {}, (), id="an-alternative-without-a-gate-stands-open"),
        pytest.param("ophold", {"er_syg": False}, ("har_plan",), id="the-open-alternative-fell-away"),
        pytest.param("hold", {}, ("har_plan", "har_skade"), id="every-alternative-has-a-gate"),
        pytest.param("hold", {"har_skade": True}, (), id="one-alternative-was-opened"),
        pytest.param("hold", {"har_plan": False}, ("har_skade",), id="one-alternative-fell-away"),
        pytest.param("indkoeb", {}, (), id="no-gate-at-all"),
    ],
)
def test_a_gate_closes_until_its_fact_is_answered_yes(
    standard: Standard, delydelse: str, answers: dict[str, bool | None], gates: tuple[str, ...]
) -> None:
    found = said(standard, delydelse, case(answers, indkoeb=2))
    assert (found.gated, found.gates) == (bool(gates), gates)


# -- guidance ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", [None, 0, 1, 2, 3, 4])
@pytest.mark.parametrize("delydelse", ["typisk", "kun_navn", "kun_navn_uden_niveau"])
def test_a_typical_level_never_rules_out(standard: Standard, delydelse: str, level: int | None) -> None:
    found = said(standard, delydelse, case(bade=level))
    assert found.verdict == "indicative"
    assert not found.near
    if delydelse == "kun_navn_uden_niveau":
        assert found.level_rule == "none"
        assert found.because == ("Kilden nævner kun navnet: kriterier står ikke i den",)


@pytest.mark.parametrize(
    ("level", "says"), [(4, "indicative_met"), (2, "indicative_not_met"), (None, "undetermined")]
)
def test_a_typical_level_says_whether_it_speaks_for(standard: Standard, level: int | None, says: str) -> None:
    assert said(standard, "typisk", case(bade=level)).level_rule == says


def test_answered_criteria_make_it_fit_whatever_the_typical_level(standard: Standard) -> None:
    assert said(standard, "typisk", case({"vil_gerne": True}, bade=0)).verdict == "fits"
    assert said(standard, "typisk", case({"vil_gerne": False}, bade=4)).verdict == "ruled_out"


def test_a_name_alone_never_fits(standard: Standard) -> None:
    assert said(standard, "kun_navn", case(bade=2)).verdict == "indicative"


# -- the rest of a suggestion --------------------------------------------------------------------------


def test_without_rule_and_criteria_nothing_stands_in_the_way(standard: Standard) -> None:
    found = said(standard, "fri", case())
    assert (found.verdict, found.level_rule) == ("fits", "none")
    assert found.because == ("Standarden har intet niveaukrav, og alle kriterier er opfyldt",)


def test_what_is_granted_rules_out_what_cannot_stand_beside_it(standard: Standard) -> None:
    beside = case(YES_TO_BOTH, granted=("indkoeb",), indkoeb=4, bade=4)
    found = said(standard, "stor_indkoeb", beside)
    assert found.verdict == "ruled_out"
    assert "Kan ikke gives sammen med Indkoeb" in found.because
    assert said(standard, "stor_indkoeb", case(YES_TO_BOTH, indkoeb=4, bade=4)).verdict == "fits"


def test_what_others_grant_is_marked(standard: Standard) -> None:
    assert said(standard, "besoeg", case()).granted_by_visitator is False
    assert said(standard, "indkoeb", case()).granted_by_visitator is True


def test_every_delydelse_has_one_suggestion_in_the_order_of_the_standard(standard: Standard) -> None:
    assert [one.delydelse for one in suggest(case(), standard)] == list(standard.delydelse_by_id)


LEVEL = st.none() | st.integers(0, 4)
ANSWERS = st.dictionaries(st.sampled_from(CRITERIA), st.sampled_from([True, False, None]))


@given(answers=ANSWERS, indkoeb=LEVEL, bade=LEVEL)
def test_a_suggestion_holds_together_whatever_is_answered_and_scored(
    standard: Standard, answers: dict[str, bool | None], indkoeb: int | None, bade: int | None
) -> None:
    of = case(answers, indkoeb=indkoeb, bade=bade)
    before = of.model_dump()
    first, again = suggest(of, standard), suggest(of, standard)
    assert first == again
    assert of.model_dump() == before
    for one in first:
        assert one.because
        assert all(answers.get(name) is None for name in one.open_criteria)
        assert all(answers.get(name) is False for name in one.failed_criteria)
        assert set(one.gates) <= set(one.open_criteria)
        if one.verdict == "fits":
            assert not one.open_criteria and not one.failed_criteria
            assert one.level_rule not in ("not_met", "undetermined") or one.delydelse == "typisk"
        if one.verdict == "open":
            assert one.open_criteria and one.level_rule in ("met", "none")
        if one.verdict == "undetermined":
            assert one.level_rule == "undetermined" and not one.failed_criteria
        if one.verdict == "ruled_out":
            assert one.level_rule == "not_met" or one.failed_criteria


@given(answers=ANSWERS, indkoeb=LEVEL, bade=LEVEL, name=st.sampled_from(CRITERIA))
def test_answering_yes_never_rules_out_and_answering_no_never_makes_fit(
    standard: Standard, answers: dict[str, bool | None], indkoeb: int | None, bade: int | None, name: str
) -> None:
    answers = {**answers, name: None}
    unknown = suggest(case(answers, indkoeb=indkoeb, bade=bade), standard)
    yes = suggest(case({**answers, name: True}, indkoeb=indkoeb, bade=bade), standard)
    no = suggest(case({**answers, name: False}, indkoeb=indkoeb, bade=bade), standard)
    for before, after_yes, after_no in zip(unknown, yes, no, strict=True):
        if before.verdict != "ruled_out":
            assert after_yes.verdict != "ruled_out"
        if before.verdict != "fits":
            assert after_no.verdict != "fits"

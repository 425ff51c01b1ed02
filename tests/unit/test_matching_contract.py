"""What ``suggest --json`` promises other programs, on the real standards."""

from __future__ import annotations

import json
from typing import get_args

import pytest

from visitator_tui.domain.case import ActivityScore, Assessment, Case
from visitator_tui.domain.matching import LevelVerdict, Suggestion, Verdict, suggest
from visitator_tui.domain.standard import Standard

FIELDS = {
    "delydelse", "name", "ydelse", "verdict", "level_rule", "near", "because", "open_criteria",
    "failed_criteria", "granted_by_visitator", "source",
}  # fmt: skip


def shopping(level: int) -> Case:
    return Case(
        municipality="helsingor",
        assessment=Assessment(activities={"indkoeb_af_varer": ActivityScore(level=level)}),
        answers={
            "kan_ikke_selv_koebe_ind": True,
            "ingen_i_husstanden_kan_koebe_ind": True,
            "kan_selv_saette_varer_paa_plads": True,
        },
    )


def of(standard: Standard, case: Case, delydelse: str) -> Suggestion:
    return next(one for one in suggest(case, standard) if one.delydelse == delydelse)


def test_the_example_of_the_case_file_page(helsingor: Standard) -> None:
    found = of(helsingor, shopping(3), "indkoebsordning").model_dump(mode="json")
    assert {key: found[key] for key in FIELDS} == {
        "delydelse": "indkoebsordning",
        "name": "Indkøbsordning",
        "ydelse": "Indkøbsordning",
        "verdict": "open",
        "level_rule": "met",
        "near": False,
        "because": ["At sikre indkøb af hverdagens varer: 3 (kriterium 2-4)"],
        "open_criteria": ["kan_ikke_selv_bestille_varer"],
        "failed_criteria": [],
        "granted_by_visitator": True,
        "source": {"file": "004_4d87bd55681cf693.txt", "page": 136, "line": None},
    }


def test_the_verdicts_are_the_promised_ones() -> None:
    assert set(get_args(Verdict)) == {"fits", "open", "ruled_out", "undetermined", "indicative"}
    assert set(get_args(LevelVerdict)) == {
        "met", "not_met", "undetermined", "none", "indicative_met", "indicative_not_met",
    }  # fmt: skip


@pytest.mark.parametrize("municipality", ["helsingor", "herning"])
def test_every_suggestion_has_every_field_and_a_place_in_the_source(
    municipality: str, helsingor: Standard, herning: Standard
) -> None:
    standard = {"helsingor": helsingor, "herning": herning}[municipality]
    made = [one.model_dump(mode="json") for one in suggest(Case(municipality=municipality), standard)]
    assert len(made) == len(standard.delydelse_by_id)
    for one in made:
        assert set(one) >= FIELDS
        assert one["source"]["file"] == standard.source.file
        assert one["source"]["page"] or one["source"]["line"], one["delydelse"]
        assert set(one["open_criteria"] + one["failed_criteria"]) <= set(standard.criterion_by_id)
    assert json.loads(json.dumps(made)) == made


def test_the_same_case_gives_the_same_suggestions_in_the_same_words(helsingor: Standard) -> None:
    texts = {
        json.dumps([one.model_dump(mode="json") for one in suggest(shopping(2), helsingor)]) for _ in range(3)
    }
    assert len(texts) == 1


@pytest.mark.parametrize(
    ("level", "plain", "with_placing", "near"),
    [(1, "ruled_out", "ruled_out", False), (2, "open", "ruled_out", True), (3, "open", "open", False)],
)
def test_shopping_from_2_and_with_placing_from_3_pp136_137(
    helsingor: Standard, level: int, plain: str, with_placing: str, near: bool
) -> None:
    case = shopping(level)
    assert of(helsingor, case, "indkoebsordning").verdict == plain
    placing = of(helsingor, case, "indkoebsordning_med_paapladssaetning")
    assert (placing.verdict, placing.near) == (with_placing, near)


def test_only_answers_about_9_or_more_times_count_for_around_the_clock_help(helsingor: Standard) -> None:
    question = helsingor.criterion_by_id["mere_end_8_gange_i_doegnet"].question
    assert "9 eller flere gange" in question
    asked_by = [
        item
        for item in ("plejebolig", "doegngenoptraening_sundhedsloven", "midlertidigt_forloeb")
        if "mere_end_8_gange_i_doegnet" in of(helsingor, Case(municipality="helsingor"), item).open_criteria
    ]
    assert len(asked_by) == 3

"""What must be weighed before help is decided, by the law of the citizen and the date (p. 132; ældreloven § 10)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from law_kit import law
from letter_cases import letterhead

from visitator_tui.domain.case import Case
from visitator_tui.domain.considerations import considerations_of
from visitator_tui.domain.law_findings import all_findings
from visitator_tui.domain.made_decision import next_decision, with_made
from visitator_tui.domain.standard import Standard
from visitator_tui.letters.draft import Draft
from visitator_tui.letters.grounds import considerations
from visitator_tui.letters.texts import load_texts
from visitator_tui.resources import asset

SHIPPED = asset("letters", "da.yaml")
OLD_LAW, NEW_LAW = "rehabilitering_foerst", "forebyggelse_foerst"
IN_2026 = date(2026, 3, 2)


def case(on: date, born: str | None, delydelse: str, **more: Any) -> Case:
    return Case.model_validate({
        "municipality": "helsingor", "citizen": {"name": "Åse", "birth_date": born},
        "decision": {"decided_on": on, "items": [{"outcome": "granted", "delydelse": delydelse}]}, **more,
    })  # fmt: skip


def asked(one: Case, standard: Standard) -> list[str]:
    """What has to be weighed, by the id that its finding leads to."""
    found = all_findings(one, standard, IN_2026, law())
    return [finding.where.split(".")[1] for finding in found if finding.code == "consideration"]


@pytest.mark.parametrize(
    ("on", "born", "answers", "expected"),
    [
        (date(2017, 3, 8), "1937-01-01", {}, [OLD_LAW]),
        (date(2025, 6, 30), "1946-01-01", {}, [OLD_LAW]),
        (date(2025, 7, 1), "1946-01-01", {}, [NEW_LAW]),
        (IN_2026, "1946-01-01", {}, [NEW_LAW]),
        (IN_2026, "1966-01-01", {}, [OLD_LAW]),
        (IN_2026, "1966-01-01", {"behov_efter_aeldreloven": True}, [NEW_LAW]),
        (IN_2026, "1946-01-01", {"behov_efter_aeldreloven": False}, [OLD_LAW]),
        (IN_2026, "1946-01-01", {"hjaelp_efter_95_96": True}, [OLD_LAW]),
        (IN_2026, None, {}, [OLD_LAW]),
    ],
)
def test_the_citizens_own_law_says_what_is_weighed_first(
    on: date, born: str | None, answers: dict[str, bool], expected: list[str], helsingor: Standard
) -> None:
    one = case(on, born, "bad_2", answers=answers)
    assert asked(one, helsingor) == expected
    made = with_made(one, "brev-1", datetime.combine(on, time(9), UTC))
    anew = made.model_copy(update={"decision": next_decision(made, on)})
    weighed = considerations_of(anew, anew.decision.items[0], helsingor, law())
    assert [it.id for it in weighed] == expected, "as the former decision, until the new one has a day"


@pytest.mark.parametrize("refused", [False, True])
def test_a_refusal_asks_the_same(refused: bool, helsingor: Standard) -> None:
    one = case(IN_2026, "1946-01-01", "rengoering_3")
    items = [{"outcome": "refused" if refused else "granted", "delydelse": "rengoering_3"}]
    one = Case.model_validate({
        **one.model_dump(), "decision": {"decided_on": IN_2026, "items": items}
    })  # fmt: skip
    assert asked(one, helsingor) == [NEW_LAW]


@pytest.mark.parametrize("training", ["a_rehab_kompressionsstroemper", "t12_hoftenaer_fraktur"])
def test_training_itself_asks_nothing_first(training: str, helsingor: Standard) -> None:
    for born in ("1946-01-01", "1966-01-01"):
        assert asked(case(IN_2026, born, training), helsingor) == []


def test_both_standards_ask_those_whom_aeldreloven_covers(helsingor: Standard, herning: Standard) -> None:
    for standard in (helsingor, herning):
        (one,) = (it for it in standard.considerations if it.id == NEW_LAW)
        assert "§ 2, stk. 5" in one.question
        assert one.page or one.line
        assert [str(ref) for ref in one.law] == ["ældreloven § 9", "ældreloven § 10"]
        assert all(outcome.allows_help for outcome in one.outcomes)


def test_the_letter_says_what_was_weighed_by_the_law_that_applies(helsingor: Standard) -> None:
    weighed = {
        OLD_LAW: {"outcome": "takket_nej", "reason": "Gammelt svar."},
        NEW_LAW: {"outcome": "traening_indgaar", "reason": "Åse øver trapper."},
    }
    one = case(IN_2026, "1946-01-01", "bad_2", considerations=weighed)
    section = considerations(Draft(one, helsingor, letterhead(), load_texts(SHIPPED), register=law()))
    assert section is not None
    told = section.text
    assert "Træning eller forebyggelse er en del af dit forløb" in told
    assert "Åse øver trapper." in told
    assert "Gammelt svar." not in told


def test_without_a_register_the_standards_own_references_decide(helsingor: Standard) -> None:
    one = case(IN_2026, "1946-01-01", "bad_2")
    found = considerations_of(one, one.decision.items[0], helsingor)
    assert [it.id for it in found] == [OLD_LAW]

"""Phrases are kept for reuse and never carry anything of a citizen."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from visitator_tui.domain.case import Address, Case, Citizen, HouseholdMember
from visitator_tui.store import open_throwaway
from visitator_tui.usecases.phrases import LONGEST, PhraseError, forget, keep, phrases
from visitator_tui.usecases.ports import Actor, CaseStore

NOW = datetime(2017, 3, 6, 10, tzinfo=UTC)
ACTOR = Actor("test")
CASE = Case(
    municipality="helsingor",
    citizen=Citizen(
        name="Åse Ærø Østergård",
        address=Address(street="Blåbærvænget 12", postal_code="3000", town="Helsingør"),
        household=(HouseholdMember(relation="ægtefælle", name="Bo Østergård"),),
    ),
)


@pytest.fixture
def store(tmp_path: Path) -> CaseStore:
    return open_throwaway(tmp_path / "db", NOW)


def test_a_phrase_is_kept_once_and_can_be_forgotten(store: CaseStore) -> None:
    sentence = "Du deltager selv, så meget du kan."
    keep(store, sentence, CASE, ACTOR, NOW)
    keep(store, f"  {sentence}\n", CASE, ACTOR, NOW)
    assert phrases(store) == (sentence,)
    forget(store, sentence, ACTOR, NOW)
    assert phrases(store) == ()


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("Åse kan ikke selv løfte.", "»Åse«"),
        ("Din mand, bo østergård, hjælper.", "»østergård«"),
        ("Du bor på Blåbærvænget.", "»Blåbærvænget«"),
        ("Du faldt den 3-5 i badet.", "en dato eller et nummer"),
        ("Ring på 99991010.", "en dato eller et nummer"),
        ("   ", "ingen tekst"),
        ("ord " * LONGEST, "højst"),
    ],
)
def test_what_tells_of_the_citizen_is_refused(store: CaseStore, phrase: str, said: str) -> None:
    with pytest.raises(PhraseError, match=said):
        keep(store, phrase, CASE, ACTOR, NOW)
    assert phrases(store) == ()

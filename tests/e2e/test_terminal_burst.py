"""Typing ahead in a real terminal: all keys arrive at once, as after a moment in which the machine was busy."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from terminal import TMUX, in_terminal, laptop

from visitator_tui.store import SqlCipherVault

pytestmark = pytest.mark.skipif(TMUX is None or os.name != "posix", reason="takes tmux")

APP = (sys.executable, str(Path(__file__).with_name("app_with_cheap_vault.py")))
PASSPHRASE = "blå heste på række"

# Nothing follows Esc here: to a terminal the two at once are one key with Alt.
# fmt: off
VISIT = (
    "n", "Åse Ærøx", "BSpace", "Tab", "4-5-1938", "Down", "Down", "Blåbærvænget 12", "Enter", "3000", "Enter",
    "Helsingør", "F9", "Jeg kan ikke bære varerne", "Tab", "At blive boende", "F9",
    "012", "Enter", "3", "b", "Om badet", "NPage", "i", "Spiser selv", "NPage", "44", "F9",
    "Samlet tekst", "Tab", "3", "F9", "s", "på-plads", "Enter", "v", "F9", "Down", "Down", "b", "Kan ikke bære",
    "F9", "F10",
)
# fmt: on


def test_a_visit_that_arrives_in_one_piece_lands_where_it_should(tmp_path: Path) -> None:
    with in_terminal(APP, laptop(tmp_path)) as terminal:
        terminal.wait_for("Adgangssætning igen")
        terminal.press(PASSPHRASE, "Enter", PASSPHRASE, "Enter", "Vivi Visse", "Enter")
        terminal.wait_for("Tryk N")
        terminal.press(*VISIT)
        terminal.wait_for_end()

    store = SqlCipherVault(tmp_path / "data" / "visitator").open(PASSPHRASE, datetime.now(UTC))
    (row,) = store.rows()
    case = store.load(row.id).case
    store.close()
    citizen, areas = case.citizen, case.assessment.areas
    assert (citizen.name, str(citizen.birth_date)) == ("Åse Ærø", "1938-05-04")
    assert (citizen.address.street, citizen.address.town) == ("Blåbærvænget 12", "Helsingør")
    assert (case.own_view.text, case.own_view.matters_most) == (
        "Jeg kan ikke bære varerne",
        "At blive boende",
    )
    assert list(case.scores.values()) == [0, 1, 2, 3, 4, 4]
    assert areas["personlig_hygiejne"].from_citizen == "Om badet"
    assert areas["maaltider"].justification == "Spiser selv"
    assert not areas["komme_omkring"].from_citizen
    assert (case.summary.text, case.summary.goal) == ("Samlet tekst", "fastholde")
    assert [(one.delydelse, one.reason) for one in case.decision.items] == [
        ("indkoebsordning_med_paapladssaetning", "Kan ikke bære")
    ]

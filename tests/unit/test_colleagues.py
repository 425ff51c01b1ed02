"""Whom a case can be handed over to."""

from __future__ import annotations

import pytest

from visitator_tui.domain.published import User
from visitator_tui.usecases.colleagues import unknown_colleague

USERS = (User(id="anna.holm", name="Anna Holm"), User(id="b1207", name="Bodil Kjær"))


def test_a_user_on_the_list_can_have_the_case_and_anybody_where_there_is_no_list() -> None:
    assert unknown_colleague("anna.holm", USERS) == ""
    assert unknown_colleague("hvem.som.helst", ()) == ""


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("ana.holm", "anna.holm (Anna Holm)"),
        ("Anna.Holm", "anna.holm (Anna Holm)"),
        ("bodil kjær", "b1207 (Bodil Kjær)"),
    ],
)
def test_a_slip_is_told_with_the_nearest_user(written: str, near: str) -> None:
    told = unknown_colleague(written, USERS)
    assert f"»{written}«" in told and f"Mente du {near}?" in told


def test_somebody_like_nobody_is_told_without_a_guess() -> None:
    told = unknown_colleague("xyz", USERS)
    assert "ikke givet videre" in told and "Mente du" not in told

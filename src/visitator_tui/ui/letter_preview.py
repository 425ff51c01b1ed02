"""The letter as it stands, for the screen: its text, or what keeps it from being made."""

from __future__ import annotations

from collections.abc import Sequence

from visitator_tui.domain.completeness import Finding, blocking
from visitator_tui.usecases.ports import LetterError
from visitator_tui.usecases.session import CaseSession

from .services import Services

READY = "Brevet er klar."


def letter_preview(
    session: CaseSession, services: Services, found: Sequence[Finding], width: int
) -> tuple[str, str]:
    """(state, text): ``READY`` and the letter, or what is missing and the list of it."""
    lacks = blocking(tuple(found))
    if lacks:
        state = f"Brevet kan ikke skrives endnu: der mangler {len(lacks)} ting. F3 viser dem."
        return state, "\n".join(f"- {finding.message}" for finding in lacks)
    standard = session.standard
    try:
        text = services.letter_press().text(session.case, standard, services.letterhead(standard), width)
    except LetterError as problem:
        return str(problem), "\n".join(f"- {one}" for one in problem.missing)
    return READY, text

"""What a letter needs before it can be written."""

from __future__ import annotations

from datetime import date

from visitator_tui.domain.letter_facts import LetterKind
from visitator_tui.domain.letter_needs import letter_needs
from visitator_tui.usecases.ports import LetterError

from .draft import Draft

NOT_YET = "Brevet kan ikke skrives endnu. Det mangler:"


def needed(draft: Draft, kind: LetterKind) -> None:
    """Raise LetterError with everything that the letter lacks."""
    lacks = letter_needs(kind, draft.case, draft.standard, draft.facts, draft.calendar)
    if lacks:
        raise LetterError(NOT_YET, tuple(one.message for one in lacks))


def written_on(draft: Draft) -> date:
    """The letter's day, which ``needed`` has asked for."""
    if draft.facts.written_on is None:
        raise LetterError(NOT_YET, ("Skriv brevets dato.",))
    return draft.facts.written_on

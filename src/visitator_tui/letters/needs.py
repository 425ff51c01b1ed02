"""What a letter needs before it can be written."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from visitator_tui.domain.completeness import findings
from visitator_tui.usecases.ports import LetterError

from .draft import Draft


def needed(draft: Draft, codes: Collection[str], *more: str) -> None:
    """Raise LetterError when a check of the case with one of these codes fails, or ``more`` is missing."""
    found = findings(draft.case, draft.standard, date.max)
    lacks = [finding.message for finding in found if finding.code in codes]
    if draft.facts.written_on is None:
        lacks.append("Skriv brevets dato.")
    if lacks or more:
        raise LetterError("Brevet kan ikke skrives endnu. Det mangler:", (*lacks, *more))


def written_on(draft: Draft) -> date:
    """The letter's day, which ``needed`` has asked for."""
    if draft.facts.written_on is None:
        raise LetterError("Brevet kan ikke skrives endnu. Det mangler:", ("Skriv brevets dato.",))
    return draft.facts.written_on

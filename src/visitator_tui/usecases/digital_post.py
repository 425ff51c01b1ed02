"""Which letters may go to the citizen's Digital Post, and what stands on the message."""

from __future__ import annotations

from typing import Final

from visitator_tui.domain.case import Case
from visitator_tui.domain.letter_facts import LETTER_KINDS

from .ports import DigitalPost, ExportError, LetterRow

_TO_OTHERS: Final = {"bestilling": "leverandøren", "oversendelse": "Ankestyrelsen"}
"""The kinds that are not written to the citizen, and to whom they are."""


def digital_post(case: Case, letter: LetterRow, cvr: str, sender: str) -> DigitalPost:
    """What a message with the letter needs. Raises ExportError for a letter that is not to the citizen."""
    if other := _TO_OTHERS.get(letter.kind):
        raise ExportError(
            f"Brevet er til {other} og ikke til borgeren. Det kan ikke sendes til borgerens Digital Post. "
            "Gem det i mappen, eller print det."
        )
    name = next((name for kind, name in LETTER_KINDS.items() if kind == letter.kind), "Brev")
    title = f"{name} fra {sender.strip()}" if sender.strip() else name
    return DigitalPost(cvr=cvr, sender=sender, cpr=case.citizen.cpr, title=title)

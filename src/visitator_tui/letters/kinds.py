"""Every kind of letter by its name."""

from __future__ import annotations

from collections.abc import Callable

from visitator_tui.domain.letter_facts import LetterKind

from .choice import choice
from .content import decision_letter, incomplete
from .draft import Draft
from .hearing import hearing
from .mandatory_kinds import missing
from .model import Letter
from .ordering import order
from .reassessment import forwarding, reassessed
from .receipt import delay, receipt

_WRITERS: dict[LetterKind, Callable[[Draft], Letter]] = {
    "afgoerelse": decision_letter,
    "kvittering": receipt,
    "forsinkelse": delay,
    "partshoering": hearing,
    "genvurdering": reassessed,
    "oversendelse": forwarding,
    "bestilling": order,
    "leverandoervalg": choice,
}


def letter_of(kind: LetterKind, draft: Draft) -> Letter:
    """The letter of a kind. Raises LetterError, in Danish, with everything that it lacks."""
    letter = _WRITERS[kind](draft)
    if absent := missing(letter, draft):
        raise incomplete(absent)
    return letter

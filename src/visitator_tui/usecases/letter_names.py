"""What a kept letter is called, so that two letters of one case are never taken for each other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from visitator_tui.domain.case import MadeDecision
from visitator_tui.domain.letter_facts import LETTER_KINDS
from visitator_tui.domain.wording import joined, long_date

from .ports import LetterRow

_NAMES: Final[dict[str, str]] = {str(kind): name for kind, name in LETTER_KINDS.items()}
_OUTCOMES: Final = {
    "granted": "bevilling", "partly": "delvis", "changed": "ændring", "stopped": "ophør", "refused": "afslag",
}  # fmt: skip


def kind_name(kind: str) -> str:
    """What a kept letter's kind is called."""
    return _NAMES.get(kind, "Brev")


def letter_name(letter: LetterRow, made: Iterable[MadeDecision] = ()) -> str:
    """The letter's kind; of a letter that made a decision also what was decided (``Afgørelse, ophør``)."""
    name = kind_name(letter.kind)
    decided = next((one.decision.items for one in made if one.letter_id == letter.id), ())
    outcomes = {item.outcome for item in decided}
    return ", ".join([name, joined([said for one, said in _OUTCOMES.items() if one in outcomes])]).strip(", ")


def letter_day(letter: LetterRow, among: Iterable[LetterRow]) -> str:
    """The day it was written; with the time where ``among`` has another of the same kind and day."""
    at = letter.made_at.astimezone()
    day = long_date(at.date())
    return f"{day} kl. {at:%H.%M}" if has_twin(letter, among) else day


def has_twin(letter: LetterRow, among: Iterable[LetterRow]) -> bool:
    """Whether another letter of the same kind was written on the same day."""
    day = letter.made_at.astimezone().date()
    return any(
        one.id != letter.id and one.kind == letter.kind and one.made_at.astimezone().date() == day
        for one in among
    )

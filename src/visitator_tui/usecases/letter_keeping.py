"""Keeping a made letter in its case, with what the letter itself changes there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from visitator_tui.domain.letter_needs import delay_of
from visitator_tui.domain.notice_given import with_notice_given

if TYPE_CHECKING:
    from visitator_tui.domain.case import Case
    from visitator_tui.domain.letter_facts import LetterFacts, LetterKind

    from .ports import Actor, CaseRecord, CaseStore, Clock, LetterRow

CHANGING: tuple[LetterKind, ...] = ("forsinkelse",)
"""The kinds that change the course of the case; it must be saved before they are written."""


def keep_letter(
    record: CaseRecord,
    kind: LetterKind,
    pdf: bytes,
    facts: LetterFacts,
    store: CaseStore,
    actor: Actor,
    clock: Clock,
) -> LetterRow:
    """Keep a letter of a saved case that makes no decision. For any thread. Raises StoreError.

    A letter of delay is itself the notice (Retssikkerhedsloven § 3): with it the course says that the notice
    was given, on the letter's day, both or neither.
    """
    now = clock()
    tells: Callable[[Case], Case] | None = None
    if kind == "forsinkelse":
        given_on = facts.written_on or now.date()
        tells = partial(with_notice_given, told=delay_of(record.case, facts), given_on=given_on)
    return store.add_letter(record.id, kind, pdf, actor, now, tells)

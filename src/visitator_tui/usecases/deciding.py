"""Making the decision of an open case, and beginning the next one.

A decision is made together with its letter: ``session.save()``, then ``deciding(session)`` at home, the PDF
and ``store.make_decision`` in any thread, and ``session.decided(record)`` back at home.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from visitator_tui.domain.made_decision import correction, next_decision

if TYPE_CHECKING:
    from visitator_tui.domain.case import Case
    from visitator_tui.domain.decision import Decision
    from visitator_tui.domain.letter_facts import LetterKind

    from .ports import Actor, CaseRecord, CaseStore, Clock, LetterRow
    from .session import CaseSession


def make_decision(
    record: CaseRecord,
    pdf_of: Callable[[Case], bytes],
    store: CaseStore,
    actor: Actor,
    clock: Clock,
    kind: LetterKind = "afgoerelse",
) -> tuple[CaseRecord, LetterRow]:
    """Write the letter of a saved case's decision and make the decision, both or neither. For any thread.

    The record goes to ``session.decided``. Raises StoreError, LetterError, and ValueError (Danish) when the
    decision is made already.
    """
    if record.case.decision_is_made:
        raise ValueError("afgørelsen er allerede truffet, og brevet ligger i sagen")
    return store.make_decision(record, pdf_of(record.case), actor, clock(), kind)


def correct(session: CaseSession) -> None:
    """Begin the decision that takes the last made one's place. Raises EditError when none is made."""
    _begin(session, correction)


def decide_anew(session: CaseSession) -> None:
    """Begin a new decision: what the citizen has stands as candidates. Raises EditError when none is made."""
    _begin(session, lambda case: next_decision(case, session.today))


def _begin(session: CaseSession, beginning: Callable[[Case], Decision]) -> None:
    from visitator_tui.domain.edit import EditError

    if not session.case.decision_is_made:
        raise EditError("der er ingen truffet afgørelse at gå ud fra")
    session.begin_decision(beginning(session.case))

"""What a letter says beside the case's decision, gathered from where it stands already.

What was typed for the letter (``case.letter``) goes before what the course of the case tells.
"""

from __future__ import annotations

from datetime import date

from visitator_tui.domain.case import Case
from visitator_tui.domain.decision_maker import DecisionMaker
from visitator_tui.domain.letter_facts import LetterFacts
from visitator_tui.domain.letter_needs import complaint_of, delay_of, order_of


def letter_facts_of(case: Case, today: date, writer: DecisionMaker) -> LetterFacts:
    """The facts of the letter that would be written of the case today.

    The letter is dated today unless another day was typed; ``writer`` signs it where neither the letter
    nor the decision names anybody. Delay, complaint and order are the last ones of the course, where
    nothing else was typed.
    """
    typed = case.letter
    return typed.model_copy(
        update={
            "written_on": typed.written_on or today,
            "by": _signed(case, writer),
            "delay": delay_of(case, typed),
            "complaint": complaint_of(case, typed),
            "order": order_of(case, typed),
        }
    )


def _signed(case: Case, writer: DecisionMaker) -> DecisionMaker:
    named = next((one for one in (case.letter.by, case.decision.by) if one.name.strip()), None)
    return named or writer

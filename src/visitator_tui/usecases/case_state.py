"""How far a case has come, in the words the list of cases shows."""

from __future__ import annotations

from typing import Final

from visitator_tui.domain.case import ActivityScore, AreaAssessment, Case

NEW: Final = "Ny"
ASSESSING: Final = "Under vurdering"
DRAFT: Final = "Udkast"
LETTER_MADE: Final = "Brev skrevet"
CLOSED: Final = "Afsluttet"


def case_state(case: Case, letters: int) -> str:
    """The state of a case with ``letters`` made letters: the furthest step that is reached.

    A decision with a date and an outcome for every item is a draft until its letter is made; whether it can
    become one is what ``completeness`` answers. While a decision after a made one is prepared, the
    case is under assessment again.
    """
    if case.course.closed_on:
        return CLOSED
    if case.made and not case.decision_is_made:
        return ASSESSING
    if letters or case.made:  # sync may bring the case before its letter
        return LETTER_MADE
    if _is_drafted(case):
        return DRAFT
    return ASSESSING if _is_begun(case) else NEW


def _is_drafted(case: Case) -> bool:
    decision = case.decision
    return bool(
        decision.decided_on and decision.items and all(item.outcome is not None for item in decision.items)
    )


def _is_begun(case: Case) -> bool:
    assessment = case.assessment
    return any(area != AreaAssessment() for area in assessment.areas.values()) or any(
        score != ActivityScore() for score in assessment.activities.values()
    )

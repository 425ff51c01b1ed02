"""How far a case has come, in the words the list of cases shows."""

from __future__ import annotations

from typing import Final

from visitator_tui.domain.case import ActivityScore, AreaAssessment, Case

NEW: Final = "Ny"
ASSESSING: Final = "Under vurdering"
DECIDED: Final = "Afgjort"
LETTER_MADE: Final = "Brev skrevet"


def case_state(case: Case, letters: int) -> str:
    """The state of a case with ``letters`` made letters: the furthest step that is reached.

    A case counts as decided when it has a date and every item has an outcome; whether the decision
    can become a letter is what ``completeness`` answers. While a decision after a made one is prepared, the
    case is under assessment again.
    """
    if case.made and not case.decision_is_made:
        return ASSESSING
    if letters:
        return LETTER_MADE
    if _is_decided(case):
        return DECIDED
    return ASSESSING if _is_begun(case) else NEW


def _is_decided(case: Case) -> bool:
    decision = case.decision
    return bool(
        decision.decided_on and decision.items and all(item.outcome is not None for item in decision.items)
    )


def _is_begun(case: Case) -> bool:
    assessment = case.assessment
    return any(area != AreaAssessment() for area in assessment.areas.values()) or any(
        score != ActivityScore() for score in assessment.activities.values()
    )

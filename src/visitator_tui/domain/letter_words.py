"""Which of the visitator's words others read: from the field to the letter it stands in.

A test writes in every field of a case and looks where it comes out.
"""

from __future__ import annotations

import re
from typing import Final

LETTER: Final = "Står i brevet til borgeren."
PERHAPS: Final = "Kan stå i brevet til borgeren."
ENCLOSURE: Final = "Kan stå i bilaget til borgeren."
BOTH: Final = "Står i begge breve om klagen."
APPEAL: Final = "Står i brevet til Ankestyrelsen."
ORDER: Final = "Står i bestillingen af hjælpen."

_ITEM: Final = "decision.items.*"

STANDS: Final[dict[str, str]] = {
    "enquiry.applied_for": LETTER,
    "citizen.household.*.relation": PERHAPS,  # once it is said whether they can share the tasks
    "citizen.household.*.name": PERHAPS,
    "own_view.text": LETTER,
    "own_view.matters_most": LETTER,
    "own_view.motivation": LETTER,
    "assessment.activities.*.cause": PERHAPS,  # where the activity weighed
    "assessment.activities.*.note": ENCLOSURE,
    "assessment.areas.*.from_citizen": ENCLOSURE,
    "assessment.areas.*.resources": ENCLOSURE,
    "assessment.areas.*.from_others": ENCLOSURE,
    "assessment.areas.*.observed": ENCLOSURE,
    "assessment.areas.*.justification": ENCLOSURE,
    "summary.text": LETTER,
    "considerations.*.reason": LETTER,
    "decision.corrects.why": LETTER,
    "decision.hearing.answer": LETTER,
    f"{_ITEM}.law": LETTER,
    f"{_ITEM}.reason": LETTER,
    f"{_ITEM}.professional_reason": LETTER,
    f"{_ITEM}.refused_part": LETTER,
    f"{_ITEM}.changed_because": LETTER,
    f"{_ITEM}.former_extent.text": LETTER,
    f"{_ITEM}.former_extent.clock": LETTER,
    f"{_ITEM}.purpose": LETTER,
    f"{_ITEM}.aim": LETTER,
    f"{_ITEM}.extent.text": LETTER,
    f"{_ITEM}.extent.clock": LETTER,
    f"{_ITEM}.supplier": LETTER,
    f"{_ITEM}.facts": LETTER,
    f"{_ITEM}.citizen_said": LETTER,
    "course.delay_notices.*.reason": LETTER,
    "course.complaints.*.text": BOTH,
    "course.complaints.*.reason": BOTH,
    "course.complaints.*.by": APPEAL,
    "course.complaints.*.papers": APPEAL,
    "letter.hearing.information.*.source": LETTER,
    "letter.hearing.information.*.text": LETTER,
    "letter.hearing.considering": LETTER,
    "letter.suppliers.*.name": LETTER,
    "letter.suppliers.*.gives": LETTER,
    "letter.suppliers.*.contact": LETTER,
    "letter.order.address": ORDER,
    "letter.order.note": ORDER,
}
"""Path in the case, ``*`` for a number or an id, and what is told beside the field. Names and dates tell themselves."""

_FORMS: Final = {re.compile(re.escape(path).replace(r"\*", r"[^.]+")): told for path, told in STANDS.items()}


def stands_in(where: str) -> str:
    """In whose letter the words of a field stand, in Danish; empty where nobody else reads them."""
    return next((told for form, told in _FORMS.items() if form.fullmatch(where)), "")

"""The rows of Hverdagsliv: each area with what is missing in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from visitator_tui.domain.case import AreaAssessment, Assessment
from visitator_tui.domain.standard import Activity, Area, Standard

from ...widgets.line_list import Row

ABOUT: Final = "_about"
"""The row after the areas: date of the assessment, permission to obtain information."""

NOTES: Final = (
    ("from_citizen", "Borgeren fortæller"),
    ("resources", "Borgerens ressourcer"),
    ("from_others", "Oplysninger fra andre (kræver tilladelse)"),
    ("observed", "Egne observationer"),
)
"""The notes of an area: field and label."""


def area_rows(standard: Standard, assessment: Assessment) -> list[Row]:
    """A row per area, then the one about the assessment as a whole."""
    rows = [
        Row(one.id, f"{_mark(one, assessment)} {one.name}", _tone(one, assessment)) for one in standard.areas
    ]
    return [*rows, Row(ABOUT, f"{'1' if assessment.assessed_on is None else '√'} Om vurderingen")]


def assessed(area: Area, assessment: Assessment) -> AreaAssessment:
    """What is known of an area; empty while nothing is."""
    return assessment.areas.get(area.id, AreaAssessment())


def scored(area: Area, assessment: Assessment) -> int:
    """How many of the area's activities have a level or an answer."""
    scores = [assessment.activities.get(one.id) for one in area.activities]
    return sum(one is not None and (one.level is not None or one.answer is not None) for one in scores)


def whose_cause(activity: Activity, scores: Mapping[str, int]) -> str:
    """The heading over the cause, for it belongs to the activity and not to the area."""
    level = scores.get(activity.id)
    return f"Om »{activity.label}«{f' (niveau {level})' if level is not None else ''}"


def cause_of_nothing(area: Area, cursor: int, scores: Mapping[str, int]) -> str:
    """What to say when the cause to be written is that of an activity at 0 and others of the area are higher."""
    here = area.activities[cursor]
    higher = any(scores.get(one.id, 0) > 0 for one in area.activities)
    if scores.get(here.id) != 0 or not higher:
        return ""
    return "Årsag er her til aktiviteten med niveau 0. Esc og Pil op går til en anden."


def _mark(area: Area, assessment: Assessment) -> str:
    """As in the step bar: a number is what is missing, √ is done, - is not relevant."""
    state, done, of = assessed(area, assessment), scored(area, assessment), len(area.activities)
    if state.relevant is False:
        return "-" if state.justification.strip() else "!"
    if done < of:
        return str(of - done)
    described = any(getattr(state, key).strip() for key, _ in NOTES)
    return "√" if of or state.relevant is True or described else "1"


def _tone(area: Area, assessment: Assessment) -> str:
    return "dim" if assessed(area, assessment).relevant is False else ""

"""The functional profile: which levels count, and what they were before."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from .case import Assessment, Case
from .standard import Standard


class Before(NamedTuple):
    """Levels of an earlier assessment by activity, and its day as far as it is known."""

    on: date | None
    levels: dict[str, int]


def counted_scores(case: Case, standard: Standard, assessment: Assessment | None = None) -> dict[str, int]:
    """Activity id -> level, for what has been scored in areas that are not set to not relevant.

    A level in an area that is not relevant stays where it was typed, in case the area is relevant after all,
    but says nothing of the citizen's need meanwhile. ``assessment`` is another than the case's.
    """
    looked_at = assessment or case.assessment
    return {
        activity: score.level
        for activity, score in looked_at.activities.items()
        if score.level is not None and not _set_aside(activity, looked_at, standard)
    }


def _set_aside(activity: str, assessment: Assessment, standard: Standard) -> bool:
    area = standard.area_of_activity.get(activity)
    state = assessment.areas.get(area.id) if area else None
    return state is not None and state.relevant is False


def before(case: Case, standard: Standard) -> Before | None:
    """What to compare the levels with: the assessment of the last made decision that had another one.

    Without one, the levels that evaluations wrote down at the beginning of a course; None when there is none.
    """
    for made in reversed(case.made):
        if made.assessment != case.assessment:
            levels = counted_scores(case, standard, made.assessment)
            return Before(made.assessment.assessed_on or made.decided_on, levels)
    goals = [goal for one in case.course.evaluations for goal in one.goals]
    levels = {goal.activity: goal.before for goal in goals if goal.activity and goal.before is not None}
    return Before(None, levels) if levels else None

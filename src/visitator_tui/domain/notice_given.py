"""What a letter of delay leaves in the course of its case: the citizen was told, and when."""

from __future__ import annotations

from datetime import date

from .case import Case
from .course import DelayNotice

DECISION_TASK = "decision:"
"""What stands before the application in the key of a decision's deadline."""


def with_notice_given(case: Case, told: DelayNotice, given_on: date) -> Case:
    """The case with the notice of a letter marked as given, on the notice that the letter was written from.

    Where that stands there no more (somebody changed its new day meanwhile), what the citizen was told is
    added. Of a single application the notice names it, so that what is applied for later has its own deadline.
    """
    notices = list(case.course.delay_notices)
    if told.given_on is not None and told in notices:
        return case
    waiting = [
        number
        for number, one in enumerate(notices)
        if one.given_on is None and one.expected_on == told.expected_on
    ]
    if not waiting:
        notices.append(told)
    number = waiting[-1] if waiting else len(notices) - 1
    one = notices[number]
    notices[number] = one.model_copy(
        update={"given_on": one.given_on or given_on, "about": one.about or _about(case)}
    )
    return case.model_copy(
        update={"course": case.course.model_copy(update={"delay_notices": tuple(notices)})}
    )


def _about(case: Case) -> str:
    asked = case.enquiry.applied_for
    return f"{DECISION_TASK}{asked[0]}" if len(asked) == 1 else ""

"""The course (forløb) of a case: what happened before and after the decision, as events of the case file.

Every event is a few dates and words; whatever is not known yet is empty. Nothing here is required, so
that case files from before the course was recorded stay valid. Pages are Helsingør 2017's.
"""

from __future__ import annotations

from datetime import date, time
from typing import Literal

from pydantic import Field

from .base import Level, Model, Text
from .course_complaint import Complaint
from .course_supply import Absence, AcuteHelp, NoShow, Order, Report, SupplierChange
from .course_waiting import WaitingListEvent


class Appointment(Model):
    """A talk or visit: agreed within 5 weekdays after the enquiry (p. 15)."""

    purpose: Literal["visit", "review", "evaluation", "other"] = "visit"
    agreed_on: date | None = None
    on: date | None = None
    at: time | None = None
    participants: tuple[Text, ...] = ()
    held: bool | None = Field(default=None, description="false: cancelled or nobody home")
    note: Text = ""


class Consent(Model):
    """Whether information may be obtained from one source: relatives, hospital, GP, caseworker (p. 17)."""

    source: Text = ""
    allowed: bool | None = None
    asked_on: date | None = None
    note: Text = ""


class WayIn(Model):
    """A case that comes from the hospital: a rehabilitation plan (p. 85) or a discharge (p. 15)."""

    kind: Literal["rehabilitation_plan", "discharge"]
    received_on: date | None = None
    discharged_on: date | None = None
    arrived_on: date | None = Field(default=None, description="the citizen came to the stay (p. 85)")
    reference: Text = Field(default="", description="what tells this plan or message from another")
    medical_reason: Text = Field(default="", description="why training may only start later (p. 85)")
    agreement_followed_on: date | None = Field(
        default=None, description="what is agreed with the hospital was done (p. 15)"
    )
    note: Text = ""


class DelayNotice(Model):
    """The citizen was told that a deadline is not kept, and when she can expect an answer."""

    about: Text = Field(default="", description="the key of the deadline's task")
    given_on: date | None = None
    expected_on: date | None = None
    reason: Text = ""


class Review(Model):
    """A review (revurdering): help, satisfaction, quality and documentation looked at (p. 38).

    ``items`` empty means all the citizen's help. ``rule`` names the standard's periodic step it answers;
    empty, it answers them all.
    """

    held_on: date | None = None
    items: tuple[Text, ...] = ()
    rule: Text = ""
    measures: Text = ""
    satisfaction: Text = ""
    quality: Text = ""
    documentation: Text = ""
    supplier_contacted_on: date | None = None
    outcome: Literal["unchanged", "changed", "ended"] | None = None
    next_on: date | None = None


class GoalResult(Model):
    """How far one goal of a course was reached, with the level of an activity before and after."""

    goal: Text = ""
    activity: Text = ""
    before: Level | None = None
    after: Level | None = None
    reached: bool | None = None


class Evaluation(Model):
    """The end of a rehabilitation course: goals weighed, and whether help under § 83 is decided anew."""

    items: tuple[Text, ...] = ()
    held_on: date | None = None
    goals: tuple[GoalResult, ...] = ()
    text: Text = ""
    needs_decision: bool | None = None
    decided_on: date | None = None


class ClipUse(Model):
    """Saved clips of a klippekort that were used."""

    used_on: date
    clips: int = Field(ge=1)
    planned_on: date | None = None
    note: Text = ""


class Course(Model):
    """All events of a case, each kind in the order in which it was written."""

    ways_in: tuple[WayIn, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    consents: tuple[Consent, ...] = ()
    delay_notices: tuple[DelayNotice, ...] = ()
    orders: tuple[Order, ...] = ()
    supplier_changes: tuple[SupplierChange, ...] = ()
    absences: tuple[Absence, ...] = ()
    acute_help: tuple[AcuteHelp, ...] = ()
    reports: tuple[Report, ...] = ()
    no_shows: tuple[NoShow, ...] = ()
    reviews: tuple[Review, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    waiting_list: tuple[WaitingListEvent, ...] = ()
    clip_uses: tuple[ClipUse, ...] = ()
    closed_on: date | None = None
    closed_because: Text = ""


def may_obtain(course: Course, source: str) -> bool | None:
    """What the citizen last said about one source; None when she was not asked.

    A source is found by its words, however they are capitalised.
    """
    wanted = source.strip().casefold()
    said = [one.allowed for one in course.consents if one.source.strip().casefold() == wanted]
    return next((allowed for allowed in reversed(said) if allowed is not None), None)


def anybody_may_be_asked(course: Course) -> bool:
    """Whether the citizen has allowed information from at least one source, and not taken it back."""
    return any(may_obtain(course, one.source) for one in course.consents)


def plan_received_on(course: Course) -> date | None:
    """The first day a rehabilitation plan was received."""
    days = [one.received_on for one in course.ways_in if one.kind == "rehabilitation_plan"]
    return min((day for day in days if day), default=None)


def arrived_on(course: Course) -> date | None:
    """The first day the citizen came to a stay."""
    return min((one.arrived_on for one in course.ways_in if one.arrived_on), default=None)

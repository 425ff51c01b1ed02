"""The case (sag) as one document: the case file format ``visitator-case/1``.

The model is what the program stores, what undo and merge work on, and what goes in and out as JSON.
A case may be as incomplete as the conversation so far; ``completeness`` says what a decision lacks.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import AwareDatetime, Field, field_validator, model_validator

from .base import Level, Model, Text
from .course import Course
from .cpr import check_cpr
from .decision import Correction, Decision, DecisionItem, Hearing, OutcomeKind
from .decision_maker import DecisionMaker
from .letter_facts import LetterFacts

DECISION_IS_MADE = "afgørelsen er truffet og kan ikke ændres; ret den med en ny afgørelse"


class Address(Model):
    """Where the citizen lives."""

    street: Text = ""
    postal_code: Text = ""
    town: Text = ""


class HouseholdMember(Model):
    """Somebody who lives with the citizen, and whether she can take a share of the tasks."""

    relation: Text = ""
    name: Text = ""
    can_share_tasks: bool | None = None
    note: Text = ""


class Citizen(Model):
    """The citizen (borger) the case is about."""

    name: Text = ""
    birth_date: date | None = None
    cpr: Text | None = None
    address: Address = Address()
    household: tuple[HouseholdMember, ...] = ()
    housing: Text = ""
    lives_alone: bool | None = Field(default=None, description="nobody else belongs to the household")
    phone: Text = ""

    @field_validator("cpr")
    @classmethod
    def _possible_cpr(cls, value: str | None) -> str | None:
        return check_cpr(value) if value else None


class Enquiry(Model):
    """The enquiry (henvendelse): who asked for what, when, and whether it is acute (p. 15)."""

    received_on: date | None = None
    from_: Text = Field(default="", alias="from")
    acute: bool | None = None
    text: Text = ""
    applied_for: tuple[Text, ...] = ()


class OwnView(Model):
    """Brugerens egen vurdering: how the citizen sees it, what matters most, motivation (p. 16)."""

    text: Text = ""
    matters_most: Text = ""
    motivation: Text = ""


class AreaAssessment(Model):
    """What is known of one area, from four kinds of information (p. 18)."""

    relevant: bool | None = None
    justification: Text = ""
    from_citizen: Text = ""
    resources: Text = ""
    from_others: Text = ""
    observed: Text = ""


class ActivityScore(Model):
    """What the citizen does or can do in one activity (p. 18) and why it is limited (p. 17).

    ``answer`` serves the activity that is not graded but answered yes or no.
    """

    level: Level | None = None
    answer: bool | None = None
    cause: Text = ""
    note: Text = ""


class Assessment(Model):
    """The professional assessment (faglig vurdering) with function levels."""

    assessed_on: date | None = None
    consent_to_obtain: bool | None = Field(
        default=None, description="the citizen allowed information from others to be obtained (p. 17)"
    )
    areas: dict[str, AreaAssessment] = {}
    activities: dict[str, ActivityScore] = {}
    overall_level: Level | None = None


class Summary(Model):
    """The summary (samlet vurdering) and the overall retningsgivende mål (p. 20)."""

    text: Text = ""
    goal: str | None = None


class ConsiderationAnswer(Model):
    """How a consideration that the law demands was answered, and why."""

    outcome: str | None = None
    reason: Text = ""


class MadeDecision(Model):
    """A decision as it was made, with the letter that told of it and the grounds as they then stood.

    It is kept for good: whatever is decided later is a decision of its own.
    """

    letter_id: Text
    made_at: AwareDatetime
    decision: Decision
    assessment: Assessment = Assessment()
    summary: Summary = Summary()
    own_view: OwnView = OwnView()
    considerations: dict[str, ConsiderationAnswer] = {}

    @property
    def decided_on(self) -> date:
        """The day of the decision."""
        return self.decision.decided_on or self.made_at.date()


class Case(Model):
    """A case: one citizen's enquiry, assessment and decision under one municipality's standard."""

    format: Literal["visitator-case/1"] = "visitator-case/1"
    municipality: str
    case_number: Text = ""
    citizen: Citizen = Citizen()
    enquiry: Enquiry = Enquiry()
    own_view: OwnView = OwnView()
    assessment: Assessment = Assessment()
    summary: Summary = Summary()
    answers: dict[str, bool | None] = {}
    considerations: dict[str, ConsiderationAnswer] = {}
    decision: Decision = Decision()
    made: tuple[MadeDecision, ...] = Field(
        default=(), description="the decisions that are made, oldest first"
    )
    course: Course = Course()
    letter: LetterFacts = Field(
        default=LetterFacts(), description="what was typed for a letter that the case holds nowhere else"
    )

    @property
    def scores(self) -> dict[str, int]:
        """Activity id -> level, for what has been scored."""
        return {
            activity: score.level
            for activity, score in self.assessment.activities.items()
            if score.level is not None
        }

    @property
    def decision_is_made(self) -> bool:
        """Whether ``decision`` is the last made one, which is closed, and not one that is being prepared."""
        return bool(self.made) and self.made[-1].decision == self.decision

    @property
    def standing_decision(self) -> Decision:
        """The decision that counts: the last made one; before any is made, the one being prepared."""
        return self.made[-1].decision if self.made else self.decision

    @model_validator(mode="after")
    def _made_is_kept(self) -> Case:
        ids = [one.letter_id for one in self.made]
        if len(set(ids)) < len(ids):
            raise ValueError("to afgørelser kan ikke have samme brev")
        if self.made and not (self.decision_is_made or self.decision.comes_after(ids[-1])):
            raise ValueError(DECISION_IS_MADE)
        return self

    @property
    def matched_on(self) -> date | None:
        """The date that decides which standard applies: decision, else assessment, else enquiry.

        While a decision after a made one is prepared, what lies before the made one does not count.
        """
        if not self.made or self.decision_is_made:
            return self.decision.decided_on or self.assessment.assessed_on or self.enquiry.received_on
        assessed = self.assessment.assessed_on
        anew = assessed if assessed and assessed > self.made[-1].decided_on else None
        return self.decision.decided_on or anew


__all__ = [
    "DECISION_IS_MADE",
    "ActivityScore",
    "Address",
    "AreaAssessment",
    "Assessment",
    "Case",
    "Citizen",
    "ConsiderationAnswer",
    "Correction",
    "Decision",
    "DecisionItem",
    "DecisionMaker",
    "Enquiry",
    "Hearing",
    "HouseholdMember",
    "MadeDecision",
    "OutcomeKind",
    "OwnView",
    "Summary",
]

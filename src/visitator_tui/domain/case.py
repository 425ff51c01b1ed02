"""The case (sag) as one document: the case file format ``visitator-case/1``.

The model is what the program stores, what undo and merge work on, and what goes in and out as JSON.
A case may be as incomplete as the conversation so far; ``completeness`` says what a decision lacks.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field, field_validator

from .base import Extent, Level, Model, Text
from .cpr import check_cpr


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


class DecisionMaker(Model):
    """Who decides; named in the letter."""

    name: Text = ""
    title: Text = "visitator"


OutcomeKind = Literal["granted", "refused"]


class DecisionItem(Model):
    """One item of the decision: what was applied for or chosen, and what is decided.

    ``delydelse`` is an id of the catalogue, or the words of an application that matches none.
    ``answers`` names the application (as in ``enquiry.applied_for``) this item answers.
    """

    delydelse: Text
    outcome: OutcomeKind | None = None
    answers: Text | None = None
    purpose: Text = ""
    aim: Text = ""
    goal: str | None = None
    reason: Text = ""
    professional_reason: Text = Field(
        default="", description="why help is granted although the criteria are not met (p. 21)"
    )
    extent: Extent | None = None
    variant: str | None = None
    start_on: date | None = None
    review_on: date | None = None
    supplier: Text = ""
    law: Text = Field(default="", description="legal basis, where the catalogue has none for the item")


class Decision(Model):
    """The decision (afgørelse)."""

    decided_on: date | None = None
    by: DecisionMaker = DecisionMaker()
    items: tuple[DecisionItem, ...] = ()
    enclose_assessment: bool = Field(
        default=True, description="enclose the function assessment also when everything is granted"
    )


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

    @property
    def scores(self) -> dict[str, int]:
        """Activity id -> level, for what has been scored."""
        return {
            activity: score.level
            for activity, score in self.assessment.activities.items()
            if score.level is not None
        }

    @property
    def matched_on(self) -> date | None:
        """The date that decides which standard applies: decision, else assessment, else enquiry."""
        return self.decision.decided_on or self.assessment.assessed_on or self.enquiry.received_on

"""The case (sag) as one document: the case file format ``visitator-case/1``.

The model is what the program stores, what undo and merge work on, and what goes in and out as JSON.
A case may be as incomplete as the conversation so far; ``completeness`` says what a decision lacks.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field, field_validator

from .base import Extent, Level, Model, Text, gives_more
from .course import Course
from .cpr import check_cpr
from .decision_maker import DecisionMaker
from .letter_facts import LetterFacts


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


OutcomeKind = Literal["granted", "partly", "refused", "changed", "stopped"]


class DecisionItem(Model):
    """One item of the decision: what was applied for, chosen or given so far, and what is decided.

    ``delydelse`` is an id of the catalogue, or the words of an application that matches none.
    ``answers`` names the application (as in ``enquiry.applied_for``) this item answers. ``facts`` and
    ``citizen_said`` are about this item alone; the case's own view and assessment are about them all.
    """

    delydelse: Text
    outcome: OutcomeKind | None = None
    answers: Text | None = None
    purpose: Text = ""
    aim: Text = ""
    goal: str | None = None
    reason: Text = ""
    facts: Text = Field(default="", description="facts that weighed in this item (Forvaltningsloven § 24)")
    citizen_said: Text = Field(default="", description="what the citizen said about this item")
    professional_reason: Text = Field(
        default="", description="why help is granted although the criteria are not met (p. 21)"
    )
    refused_part: Text = Field(default="", description="partly granted: what of the application is refused")
    former_extent: Extent | None = Field(default=None, description="changed or stopped: the help until now")
    changed_because: Text = Field(
        default="", description="changed or stopped: what is different since the help was granted"
    )
    extent: Extent | None = None
    variant: str | None = None
    start_on: date | None = None
    ends_on: date | None = Field(
        default=None, description="last day of the help, when it stops or is for a time"
    )
    review_on: date | None = None
    supplier: Text = ""
    law: Text = Field(default="", description="legal basis, where the catalogue has none for the item")

    @property
    def gives_help(self) -> bool:
        """Whether the citizen has this help after the decision."""
        return self.outcome in ("granted", "partly", "changed")

    @property
    def goes_against(self) -> bool:
        """Whether the decision may go against the citizen: a refusal, in whole or part, a stop, or a change
        that does not clearly give more than before.
        """
        if self.outcome == "changed":
            return not gives_more(self.extent, self.former_extent)
        return self.outcome in ("partly", "refused", "stopped")


class Hearing(Model):
    """Partshøring: whether the citizen was shown what weighs against her, and what she answered (FVL § 19)."""

    needed: bool | None = None
    reason: Text = Field(default="", description="why it is not needed")
    held_on: date | None = Field(default=None, description="when the information was sent to the citizen")
    answer_by: date | None = Field(default=None, description="the day she was asked to answer by")
    answer: Text = ""


class Correction(Model):
    """The decision that this one takes the place of; empty for a first decision."""

    id: Text = Field(default="", description="the letter's id in the store")
    decided_on: date | None = None
    why: Text = ""

    @property
    def named(self) -> bool:
        """Whether an old decision is named."""
        return bool(self.id.strip()) or self.decided_on is not None


class Decision(Model):
    """The decision (afgørelse). Once made it is not edited: a new one names it in ``corrects``."""

    decided_on: date | None = None
    by: DecisionMaker = DecisionMaker()
    items: tuple[DecisionItem, ...] = ()
    hearing: Hearing = Hearing()
    corrects: Correction = Correction()
    enclose_assessment: bool = Field(
        default=True, description="enclose the function assessment also when everything is granted"
    )

    def corrected(self, letter_id: str = "") -> Decision:
        """The beginning of a decision that takes this one's place; ``letter_id`` is the old letter's id.

        It has the same items, and neither date nor hearing.
        """
        old = Correction(id=letter_id, decided_on=self.decided_on)
        return self.model_copy(update={"decided_on": None, "hearing": Hearing(), "corrects": old})


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
    def matched_on(self) -> date | None:
        """The date that decides which standard applies: decision, else assessment, else enquiry."""
        return self.decision.decided_on or self.assessment.assessed_on or self.enquiry.received_on

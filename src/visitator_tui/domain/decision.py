"""The decision (afgørelse) of a case: its items, the hearing before it, and which decision it corrects."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from .base import Extent, Model, Text, gives_more
from .decision_maker import DecisionMaker

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
    follows: Text = Field(
        default="", description="letter id of the made decision after which this new one is taken"
    )
    enclose_assessment: bool = Field(
        default=True, description="enclose the function assessment also when everything is granted"
    )

    def corrected(self, letter_id: str = "") -> Decision:
        """The beginning of a decision that takes this one's place; ``letter_id`` is the old letter's id.

        It has the same items, and neither date nor hearing.
        """
        old = Correction(id=letter_id, decided_on=self.decided_on)
        fresh = {"decided_on": None, "hearing": Hearing(), "corrects": old, "follows": ""}
        return self.model_copy(update=fresh)

    @property
    def replaces(self) -> frozenset[str]:
        """The letter ids of the made decisions that this one takes the place of.

        A correction has also ``follows`` where it takes the place of two that were made apart.
        """
        return frozenset({self.corrects.id, self.follows} - {""}) if self.corrects.id else frozenset()

    def comes_after(self, letter_id: str) -> bool:
        """Whether this decision corrects or follows the one that a letter told of."""
        return letter_id in (self.corrects.id, self.follows)

"""What a standard asks of the course of a case, as data: steps with their time, place and rule.

A standard that does not state a step leaves it out, and nothing is reminded of for its sake. Steps that
the law asks of every municipality have the law's answer as their default.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from .base import Duration, Model
from .criteria import Id

RuleId = Annotated[str, StringConstraints(pattern=r"^[A-Z]+-\d{2,3}$")]
"""A rule's id in ``assets/rules/process-rules.yaml``."""


ReportKind = Literal["condition", "household", "swaps", "locked_door", "other"]


class ProcessStep(Model):
    """Something that has to be done in the course of a case.

    ``page`` or ``line`` is its place in the standard's source; ``law`` stands instead where the demand is
    the law's. ``within`` is how long there is, where anything says so.
    """

    page: int | None = Field(default=None, ge=1)
    line: int | None = Field(default=None, ge=1)
    law: str | None = None
    rule: RuleId | None = None
    within: Duration | None = None
    note: str | None = None


class StepFor(ProcessStep):
    """A step for certain help; an empty list of both means all help."""

    ydelser: tuple[Id, ...] = ()
    delydelser: tuple[Id, ...] = ()


class Periodic(StepFor):
    """Something that comes again: a review, an account. Without ``within`` it is due once, undated."""

    id: Id
    name: str = Field(description="what is to be done, as a task's heading in Danish")


class NoShows(StepFor):
    """Training ends when the citizen has stayed away too often without reasonable ground (p. 85)."""

    limit: int = Field(ge=1)


class Coordination(ProcessStep):
    """Whose supplier coordinates when there are several: the first of these ydelser that is given (p. 27)."""

    ydelser: tuple[Id, ...] = Field(min_length=1)


class WaitingListRule(StepFor):
    """What refusing offered homes leads to (pp. 54-55)."""

    refusals_to_passive: int | None = Field(default=None, ge=1)
    refusals_of_wished_to_deleted: int | None = Field(default=None, ge=1)


class SavingRule(ProcessStep):
    """How many clips of a klippekort may be saved, and how far ahead their use is planned (Herning 2022)."""

    delydelse: Id
    minutes: int = Field(ge=1, description="minutes a clip")
    saved: int = Field(ge=1, description="the most clips that can be saved; one is earned a week")
    notice: Duration | None = Field(default=None, description="typical notice for using saved clips")


class YearlyLimit(StepFor):
    """How long a stay may be in all in a calendar year, and at a time; it is warned of, not refused (p. 46)."""

    most: Duration
    at_a_time: Duration | None = None


class TalkPoint(Model):
    """What a preventive home visit looks for; its notes are kept under the id."""

    id: Id
    name: str = Field(description="in Danish, as it stands over the field")


class TalkGuide(ProcessStep):
    """What the talk at a preventive home visit looks for (p. 80)."""

    points: tuple[TalkPoint, ...] = Field(min_length=1)


_DELAY = ProcessStep(law="retssikkerhedsloven § 3, stk. 2")
_REASSESSMENT = ProcessStep(
    law="retssikkerhedsloven § 66; bekendtgørelse 861/2025 § 11", within=Duration(amount=4, unit="weeks")
)


class Process(Model):
    """The steps of a course that a standard states (page numbers below are Helsingør 2017's)."""

    hospital_agreement: ProcessStep | None = Field(
        default=None, description="the agreement with the hospital at discharge (p. 15)"
    )
    triage: ProcessStep | None = Field(default=None, description="acute or not (p. 15)")
    appointment: ProcessStep | None = Field(default=None, description="the talk's time is agreed (p. 15)")
    order: ProcessStep | None = Field(default=None, description="help is ordered of the supplier (p. 25)")
    information: ProcessStep | None = Field(
        default=None, description="written information on suppliers (p. 25)"
    )
    coordination: Coordination | None = None
    transfer_form: StepFor | None = Field(
        default=None,
        description="help that needs a forflytningsskema, which says whether two staff come (p. 35)",
    )
    two_staff: StepFor | None = Field(
        default=None, description="the only other help that two staff may be ordered for (p. 35)"
    )
    supplier_change: tuple[StepFor, ...] = Field(
        default=(), description="notice; the first entry that covers the help"
    )
    change_reason: ProcessStep | None = Field(
        default=None, description="why the citizen wants another (p. 25)"
    )
    absence_told: ProcessStep | None = Field(
        default=None, description="the supplier is told of absence (p. 30)"
    )
    absence_ended: ProcessStep | None = Field(default=None, description="absence is ended (p. 33)")
    admission_confirmed: ProcessStep | None = Field(
        default=None, description="help goes on until the hospital confirms (p. 30)"
    )
    review_after_stay: StepFor | None = Field(default=None, description="reviewed at discharge (p. 60)")
    yearly_limits: tuple[YearlyLimit, ...] = Field(
        default=(), description="stays that are given for so long in a calendar year (p. 46)"
    )
    acute_help: ProcessStep | None = Field(default=None, description="how long unassessed help may last")
    acute_help_not_granted: ProcessStep | None = Field(
        default=None, description="acute need of a citizen without personal care (p. 28)"
    )
    reports: dict[ReportKind, ProcessStep] = Field(
        default={}, description="what is to be looked into when it is reported (pp. 29-33)"
    )
    one_per_plan: StepFor | None = Field(
        default=None, description="one course for each genoptræningsplan (p. 83)"
    )
    no_shows: NoShows | None = None
    evaluation: StepFor | None = Field(default=None, description="a course's end is evaluated")
    decision_after_course: ProcessStep | None = Field(
        default=None, description="help is finally judged after the course (p. 132)"
    )
    planned_review: ProcessStep | None = Field(default=None, description="what a review looks at (p. 38)")
    periodic: tuple[Periodic, ...] = ()
    guarantee: StepFor | None = Field(default=None, description="a home within two months (p. 56)")
    waiting_list: WaitingListRule | None = None
    asked_back: ProcessStep | None = Field(
        default=None, description="whether an approval still holds (p. 55)"
    )
    saving: SavingRule | None = None
    preventive_talk: TalkGuide | None = Field(default=None, description="at a preventive home visit (p. 80)")
    delay_notice: ProcessStep = _DELAY
    reassessment: ProcessStep = Field(default=_REASSESSMENT, description="of a complaint, with forwarding")


def named_help(process: Process) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Every delydelse and ydelse the steps name: its path, ``ydelser`` or ``delydelser``, its id."""
    for key in Process.model_fields:
        value = getattr(process, key)
        steps = enumerate(value) if isinstance(value, tuple) else ((None, value),)
        for number, step in steps:
            loc = (key,) if number is None else (key, number)
            for part in ("ydelser", "delydelser"):
                for at, one in enumerate(getattr(step, part, ())):
                    yield (*loc, part, at), part, one
    if process.saving is not None:
        yield ("saving", "delydelse"), "delydelser", process.saving.delydelse


def covers(step: StepFor, delydelse: str, ydelse: str | None) -> bool:
    """Whether a step is for this help."""
    return not (step.ydelser or step.delydelser) or delydelse in step.delydelser or ydelse in step.ydelser

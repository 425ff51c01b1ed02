"""A kvalitetsstandard as data: areas, activities, ydelser, delydelser, criteria, deadlines, routes.

Everything that differs by municipality or year is an instance of these models, read from a dated
catalogue file. Each rule carries its place in the source (``page``, or ``line`` where the source has
no pages). Nothing in the program knows a single delydelse by name.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from .base import Duration, Extent, Level, Model
from .criteria import CriterionTerm, Id
from .law import LawRef
from .rules import Rule
from .standard_flaws import FlawedStandardError, flaws
from .standard_process import Process, RuleId

CatalogueId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class Located(Model):
    """Something with a place in the catalogue's source: a page, or a line where there are no pages."""

    page: int | None = Field(default=None, ge=1)
    line: int | None = Field(default=None, ge=1)


class Fact(Located):
    """A statement of the standard in our own words, with its place."""

    text: str


class SourceFile(Model):
    """The document a catalogue was made from and how places in it are given."""

    file: str
    locator: Literal["page", "line", "none"] = "page"
    title: str = ""


class FunctionLevel(Located):
    """What a level 0-4 means in general (Helsingør pp. 19-20)."""

    level: Level
    name: str
    meaning: str


class Goal(Located):
    """A retningsgivende mål: Udrede, Udvikle, Fastholde, Lindre/Understøtte (p. 22)."""

    id: Id
    name: str
    meaning: str


class Activity(Located):
    """An activity that is scored; ``graded: false`` means yes/no (Har arbejde, p. 19).

    ``cues`` are five short guiding cues, one per level. They are our own, not the source's.
    """

    id: Id
    label: str
    graded: bool = True
    cues: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _five_cues(self) -> Activity:
        if self.cues and len(self.cues) != 5:
            raise ValueError("cues skal være fem korte tekster, en for hvert niveau 0-4")
        return self


class Area(Located):
    """One of the hverdagsliv areas (pp. 18-19). ``ours`` marks an area the source does not name."""

    id: Id
    name: str
    activities: tuple[Activity, ...] = ()
    ours: bool = False
    note: str | None = None


CountsFrom = Literal["enquiry", "decision", "plan_received", "arrival", "order"]
"""The event a deadline runs from: a plan is a genoptræningsplan, an arrival the one at a stay (p. 85)."""


class ServiceDeadline(Located):
    """The municipality's deadline for a decision and for the start of the help (pp. 15-16 and 26).

    ``acute`` says that it is only for acute need, or only for other need.
    """

    id: Id
    name: str
    acute: bool | None = None
    decision: Duration | None = None
    decision_counts_from: CountsFrom = "enquiry"
    decision_rule: RuleId | None = None
    start: Duration | None = None
    start_counts_from: CountsFrom = "decision"
    start_rule: RuleId | None = None
    note: str | None = None


class ComplaintRoute(Located):
    """Where and how a decision can be appealed; ``text`` is the complaint guidance in our own words.

    ``text`` may use ``{unit}``, ``{municipality}``, ``{contact}`` and ``{items}``. ``origin`` says whether
    the standard names the route or the general law was used because it does not.
    """

    id: Id
    name: str
    body: str
    deadline: Duration | None = None
    text: tuple[str, ...] = Field(min_length=1)
    law: tuple[LawRef, ...] = ()
    origin: Literal["standard", "law"]
    shuts_out_appeal: bool = False
    note: str | None = None


class Criterion(Located):
    """A visitationskriterium as a question; *yes* always means that the criterion is met.

    A ``gate`` asks for a fact without which the delydelse is not worth offering (a genoptræningsplan,
    a diagnosis). A criterion shared by several delydelser has one id and is asked once.

    ``depends_on_service``, ``excludes_group`` and ``leans_on_household`` mark what appeal bodies have
    found doubtful in a standard; ``standard_lints`` says why. They change no verdict.
    """

    id: Id
    question: str
    gate: bool = False
    depends_on_service: str | None = Field(
        default=None, description="other help that the citizen must have, or must not have, in words"
    )
    excludes_group: str | None = Field(
        default=None, description="whom the criterion shuts out as a group, in words"
    )
    leans_on_household: bool = Field(
        default=False, description="the answer depends on what somebody in the household can do"
    )
    note: str | None = None


class LevelRule(Located):
    """When the levels speak for a delydelse.

    ``indicative`` rules are shown as guidance and are never a condition. ``origin: name`` marks a rule
    that we derived from the delydelse's name because the source does not describe it.
    """

    when: Rule
    indicative: bool = False
    origin: Literal["standard", "name"] = "standard"
    note: str | None = None

    @model_validator(mode="after")
    def _derived_is_indicative(self) -> LevelRule:
        if self.origin == "name" and not self.indicative:
            raise ValueError(
                "en regel udledt af navnet (origin: name) skal være vejledende (indicative: true)"
            )
        return self


class Remark(Located):
    """What the visitator is told when the levels match (E Rehab's supplementary help, p. 129)."""

    when: Rule | None = None
    text: str


class Price(Located):
    """What the citizen pays, in kroner, at a year's level."""

    amount: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    per: str = ""
    what: str = ""
    year: int | None = None


class Variant(Located):
    """A numbered variant of a delydelse (Lokalt dagcenter 3.2 = twice a week)."""

    id: str
    name: str
    extent: Extent


HelpKind = Literal["practical", "personal_care"]
"""What appeal bodies ask different things of (3-19): the home's tasks, or care of the citizen's body."""


class Service(Located):
    """What a ydelse and a delydelse can both state."""

    id: Id
    name: str
    help_kind: HelpKind | None = None
    law: tuple[LawRef, ...] = ()
    law_note: str | None = None
    purpose: tuple[str, ...] = ()
    criteria: tuple[CriterionTerm, ...] = ()
    content: tuple[str, ...] = ()
    excluded: tuple[Fact, ...] = ()
    extent: Extent | None = None
    price: tuple[Price, ...] = ()
    supplier: tuple[Fact, ...] = ()
    delivery_reliability: tuple[Fact, ...] = ()
    citizen_duties: tuple[Fact, ...] = ()
    review: tuple[Fact, ...] = ()
    deadlines: tuple[Id, ...] = ()
    complaint_routes: tuple[Id, ...] = ()
    notes: tuple[Fact, ...] = ()


class Delydelse(Service):
    """An item that can be granted.

    ``described: false`` marks one the source names without describing. ``granted_by_visitator: false``
    marks one that somebody else grants; ``granted_by`` says who.
    """

    level_rule: LevelRule | None = None
    variants: tuple[Variant, ...] = ()
    remarks: tuple[Remark, ...] = ()
    described: bool = True
    granted_by_visitator: bool = True
    granted_by: Fact | None = None
    not_with: tuple[Id, ...] = Field(default=(), description="delydelser that exclude this one")
    only_with: tuple[Id, ...] = Field(
        default=(), description="delydelser without which the standard does not give this one"
    )
    keywords: tuple[str, ...] = ()


class Ydelse(Service):
    """A type of service with the delydelser that are granted under it."""

    module: str | None = None
    delydelser: tuple[Delydelse, ...] = ()


class Outcome(Model):
    """One possible answer to a consideration. ``ends`` says that help may then be decided."""

    id: Id
    label: str
    allows_help: bool = True
    note: str | None = None


class Consideration(Located):
    """Something the law wants weighed before certain help is decided (§ 83 a before § 83, p. 132).

    ``instead_of`` is the consideration it takes the place of where help that one is asked before is given
    under the rules of ``before`` (help under § 83 that ældreloven § 10 has taken over).
    """

    id: Id
    name: str
    question: str
    before: tuple[LawRef, ...]
    instead_of: Id | None = None
    outcomes: tuple[Outcome, ...] = Field(min_length=2)
    law: tuple[LawRef, ...] = ()


class Standard(Model):
    """One municipality's kvalitetsstandard with its dates: a whole catalogue file."""

    format: Literal["visitator-catalogue/1"]
    id: CatalogueId
    municipality: Id
    municipality_name: str
    unit: str = Field(description="the unit that decides, as letters name it")
    title: str
    classification: str = "Fælles Sprog II"
    approved: str | None = None
    valid_from: date
    valid_to: date | None = None
    complete: bool = Field(default=True, description="false for a stub that holds only part of a standard")
    source: SourceFile
    notes: tuple[Fact, ...] = ()
    levels: tuple[FunctionLevel, ...] = Field(min_length=5, max_length=5)
    goals: tuple[Goal, ...] = Field(min_length=1)
    areas: tuple[Area, ...] = Field(min_length=1)
    deadlines: tuple[ServiceDeadline, ...] = ()
    process: Process = Process()
    delivery_reliability: tuple[Fact, ...] = ()
    supplier_choice: tuple[Fact, ...] = ()
    citizen_duties: tuple[Fact, ...] = ()
    complaint_routes: tuple[ComplaintRoute, ...] = Field(min_length=1)
    considerations: tuple[Consideration, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    ydelser: tuple[Ydelse, ...] = ()

    # -- lookups ---------------------------------------------------------------------------------

    @cached_property
    def activity_by_id(self) -> dict[str, Activity]:
        """Every activity by id, in the order of the areas."""
        return {activity.id: activity for area in self.areas for activity in area.activities}

    @cached_property
    def area_by_id(self) -> dict[str, Area]:
        """Every area by id."""
        return {area.id: area for area in self.areas}

    @cached_property
    def area_of_activity(self) -> dict[str, Area]:
        """The area each activity belongs to."""
        return {activity.id: area for area in self.areas for activity in area.activities}

    @cached_property
    def criterion_by_id(self) -> dict[str, Criterion]:
        """Every criterion by id."""
        return {criterion.id: criterion for criterion in self.criteria}

    @cached_property
    def delydelse_by_id(self) -> dict[str, Delydelse]:
        """Every delydelse by id, in the order of the standard."""
        return {item.id: item for ydelse in self.ydelser for item in ydelse.delydelser}

    @cached_property
    def ydelse_by_id(self) -> dict[str, Ydelse]:
        """Every ydelse by id."""
        return {ydelse.id: ydelse for ydelse in self.ydelser}

    @cached_property
    def ydelse_of(self) -> dict[str, Ydelse]:
        """The ydelse each delydelse belongs to."""
        return {item.id: ydelse for ydelse in self.ydelser for item in ydelse.delydelser}

    @cached_property
    def route_by_id(self) -> dict[str, ComplaintRoute]:
        """Every complaint route by id."""
        return {route.id: route for route in self.complaint_routes}

    @cached_property
    def deadline_by_id(self) -> dict[str, ServiceDeadline]:
        """Every service deadline by id."""
        return {deadline.id: deadline for deadline in self.deadlines}

    @cached_property
    def goal_by_id(self) -> dict[str, Goal]:
        """Every retningsgivende mål by id."""
        return {goal.id: goal for goal in self.goals}

    def criteria_of(self, delydelse_id: str) -> tuple[CriterionTerm, ...]:
        """The criteria of a delydelse: its ydelse's first (p. 57, p. 121, p. 132), then its own."""
        item = self.delydelse_by_id[delydelse_id]
        own, shared = item.criteria, self.ydelse_of[delydelse_id].criteria
        return shared + tuple(term for term in own if term not in shared)

    def law_of(self, delydelse_id: str) -> tuple[LawRef, ...]:
        """The legal basis of a delydelse; its ydelse's where it names none itself."""
        return self.delydelse_by_id[delydelse_id].law or self.ydelse_of[delydelse_id].law

    def help_kind_of(self, delydelse_id: str) -> HelpKind | None:
        """Whether a delydelse is practical help or personal care; its ydelse's kind where it has none itself."""
        return self.delydelse_by_id[delydelse_id].help_kind or self.ydelse_of[delydelse_id].help_kind

    def routes_of(self, delydelse_id: str) -> tuple[ComplaintRoute, ...]:
        """The complaint routes of a delydelse; its ydelse's where it names none itself."""
        ids = (
            self.delydelse_by_id[delydelse_id].complaint_routes
            or self.ydelse_of[delydelse_id].complaint_routes
        )
        return tuple(self.route_by_id[route_id] for route_id in ids)

    def reliability_of(self, delydelse_id: str) -> tuple[Fact, ...]:
        """The delivery reliability promised: the delydelse's, else the ydelse's, else the general one."""
        return (
            self.delydelse_by_id[delydelse_id].delivery_reliability
            or self.ydelse_of[delydelse_id].delivery_reliability
            or self.delivery_reliability
        )

    def deadlines_of(self, delydelse_id: str) -> tuple[ServiceDeadline, ...]:
        """The deadlines of a delydelse: its own, else its ydelse's."""
        ids = self.delydelse_by_id[delydelse_id].deadlines or self.ydelse_of[delydelse_id].deadlines
        return tuple(self.deadline_by_id[one] for one in ids)

    # -- checks across the file --------------------------------------------------------------------

    @model_validator(mode="after")
    def _holds_together(self) -> Standard:
        found = tuple(flaws(self))
        if found:
            raise FlawedStandardError(found)
        return self

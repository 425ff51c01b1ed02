"""A task: something that has to be done in a case, by when, by which rule, and where it is mended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Final, Literal

from visitator_tui.domain.base import Model
from visitator_tui.domain.case import Case, Decision, DecisionItem
from visitator_tui.domain.completeness import item_name
from visitator_tui.domain.course_complaint import Complaint
from visitator_tui.domain.course_supply import Order, ydelse_id
from visitator_tui.domain.course_waiting import WaitingState, standing_after
from visitator_tui.domain.deadlines import Due, due
from visitator_tui.domain.running_help import granted_help, granted_on
from visitator_tui.domain.standard import ComplaintRoute, ServiceDeadline, Standard
from visitator_tui.domain.standard_process import ProcessStep, StepFor, covers
from visitator_tui.domain.steps import Step
from visitator_tui.domain.wording import day_and_date, joined
from visitator_tui.domain.workdays import Calendar

TaskStep = Step | Literal["forloeb"]
"""A step of the visit, or the course (forløb) of the case."""

TaskKind = Literal[
    "no_standard", "not_reckoned", "no_date", "made_apart",
    "triage", "hospital", "appointment", "visit", "decision", "delay_notice", "hearing",
    "order", "information", "coordination", "transfer_form", "two_staff", "start", "order_end",
    "supplier_change", "change_reason", "absence_told", "admission", "absence_end", "absence_last_day",
    "acute_help", "report", "no_shows", "one_per_plan", "guarantee", "waiting_list",
    "evaluation", "decision_after_course", "periodic", "review",
    "complaint", "complaint_forward", "complaint_change", "complaint_papers", "appeal",
]  # fmt: skip

_WAITS: Final = frozenset((
    "no_standard", "not_reckoned", "no_date", "made_apart", "appointment", "visit", "decision", "delay_notice", "order",
    "start", "supplier_change", "admission", "absence_end", "absence_last_day", "acute_help", "guarantee",
    "decision_after_course", "complaint", "complaint_forward", "complaint_change", "appeal",
))  # fmt: skip
"""Tasks for which somebody waits: for an answer or for help. The others keep the case in order."""


SOON: Final = timedelta(days=7)
"""How far ahead of its day a task is shown."""


TASK: Final = "task:"
"""What the focus of a task of the course begins with."""


class Task(Model):
    """One task. ``key`` tells it from the case's other tasks and stays the same while it is open.

    ``due`` None means that no day can be given; ``why`` then says so. ``show_from`` is the first day on
    which it is any use to see it; None: a week ahead of its day. ``where`` is a path in the case.
    """

    kind: TaskKind
    key: str
    title: str
    why: str = ""
    due: date | None = None
    counted_from: date | None = None
    show_from: date | None = None
    acute: bool = False
    rule: str = ""
    place: str = ""
    step: TaskStep = "forloeb"
    where: str = ""

    @property
    def seen_from(self) -> date | None:
        """The first day on which Min dag shows it; None for a task without a day: always."""
        if self.due is None:
            return self.show_from
        return max(self.due - SOON, self.show_from or date.min)

    @property
    def focus(self) -> str:
        """Where to stand in its step: its key where several tasks are done at the same path, else the path."""
        if self.step == "forloeb":
            return f"{TASK}{self.key}"
        return self.key if self.kind == "decision" and self.step == "afgoerelse" else self.where

    @property
    def weight(self) -> int:
        """How hard it bites: 0 acute need, 1 somebody waits, 2 the case is to be kept in order."""
        return 0 if self.acute else 1 if self.kind in _WAITS else 2


@dataclass(frozen=True)
class Desk:
    """What tasks are made from: a case, its standard, and the calendar.

    ``case`` has the decision that counts as its decision (``desk_of``); ``draft`` is the one that is being
    prepared. Only a made decision gives help, refuses it or starts a deadline.
    """

    case: Case
    standard: Standard
    calendar: Calendar
    draft: Decision | None = None

    @property
    def decided_on(self) -> date | None:
        """The day of the decision that was made last; None while none is made."""
        return self.case.decision.decided_on if self.case.made else None

    @cached_property
    def helped_with(self) -> tuple[DecisionItem, ...]:
        """The help that is granted: each delydelse as the last decision about it gives it."""
        return tuple(item for _, item in granted_help(self.case))

    @property
    def not_by_day(self) -> frozenset[str]:
        """The help that is granted for the evening or the night only."""
        times = {one.delydelse: one.extent.time_of_day for one in self.helped_with if one.extent}
        return frozenset(one for one, when in times.items() if when and "day" not in when)

    def granted_on(self, *items: str) -> date | None:
        """The day of the decision that grants this help, of several the first; None where none grants it."""
        return min((day for one in items if (day := self._granted.get(one))), default=None)

    @cached_property
    def _granted(self) -> dict[str, date | None]:
        """Asked for by nearly every task, and the same for all of them."""
        return {one.delydelse: granted_on(self.case, one.delydelse) for one in self.helped_with}

    def given_under(self, step: StepFor) -> tuple[str, ...]:
        """The granted delydelser that a step is for."""
        ids = (item.delydelse for item in self.helped_with)
        return tuple(one for one in ids if covers(step, one, ydelse_id(one, self.standard)))

    def waiting_state(self, delydelse: str) -> WaitingState:
        """Where the citizen stands on the list for a home, by the rule that is for that home, if one is."""
        rule = self.standard.process.waiting_list
        ours = rule if rule and covers(rule, delydelse, ydelse_id(delydelse, self.standard)) else None
        events = self.case.course.waiting_list
        return standing_after(tuple(one for one in events if one.delydelse in ("", delydelse)), ours)

    def route_of(self, complaint: Complaint) -> ComplaintRoute | None:
        """The route of what is complained of; the first where there are several, None where none is known."""
        items = complaint.items or tuple(item.delydelse for item in self.case.decision.items)
        known = [one for one in items if one in self.standard.delydelse_by_id]
        return next((route for one in known for route in self.standard.routes_of(one)), None)

    def names(self, items: tuple[str, ...]) -> str:
        """Delydelser by name, in a sentence."""
        return joined([item_name(DecisionItem(delydelse=one), self.standard) for one in items])

    def order_of(self, delydelse: str) -> Order | None:
        """The latest order of a delydelse; one that was ended before the help was granted anew is none of it."""
        order = next((one for one in reversed(self.case.course.orders) if delydelse in one.items), None)
        granted = self.granted_on(delydelse)
        return None if order and order.ended_on and granted and order.ended_on < granted else order

    def place(self, page: int | None, line: int | None, law: str | None = None) -> str:
        """A place as a person reads it: ``Helsingør 2017, s. 15``."""
        name = self.standard.municipality_name.removesuffix(" Kommune")
        where = f"s. {page}" if page else f"linje {line}" if line else ""
        parts = [f"{name} {self.standard.valid_from.year}, {where}"] if where else []
        return "; ".join(parts + ([law] if law else []))

    def place_of(self, step: ProcessStep) -> str:
        """The place of a step."""
        return self.place(step.page, step.line, step.law)

    def place_of_deadline(self, deadline: ServiceDeadline, page: int | None) -> str:
        """The place of a deadline: the page of its length, else its own."""
        return self.place(page or deadline.page, deadline.line)

    def after(self, step: ProcessStep, day: date) -> Due:
        """When a step is due, counted from a day; without a length of its own, no day is given."""
        if step.within is None:
            return Due(counted_from=day, day=None, why=f"ingen frist i kilden; fra {day_and_date(day)}")
        return due(step.within, day, self.calendar)

    def task(
        self, kind: TaskKind, title: str, step: ProcessStep, reckoned: Due, where: str, *,
        key: str = "", at: TaskStep = "forloeb", acute: bool = False, show_from: date | None = None,
    ) -> Task:  # fmt: skip
        """A task of one of the standard's steps."""
        return Task(
            kind=kind,
            key=f"{kind}:{key}" if key else kind,
            title=title,
            why=reckoned.why,
            due=reckoned.day,
            counted_from=reckoned.counted_from,
            show_from=show_from,
            acute=acute,
            rule=step.rule or "",
            place=self.place_of(step),
            step=at,
            where=where,
        )


def desk_of(case: Case, standard: Standard, calendar: Calendar) -> Desk:
    """The desk of a case. While a new decision is being prepared, the one that was made last counts."""
    draft = None if case.decision_is_made else case.decision
    if case.made and draft is not None:
        case = case.model_copy(update={"decision": case.standing_decision})
    return Desk(case, standard, calendar, draft)


def on_day(day: date, why: str) -> Due:
    """A task's day that no deadline gives: an appointment, the end of an absence."""
    return Due(counted_from=day, day=day, why=why)


def undated(since: date, why: str) -> Due:
    """A task without a day."""
    return Due(counted_from=since, day=None, why=why)

"""What is known already when an event of the course is begun, so that nobody has to write it again.

Nothing is written that would make the program think something was done: a day is filled in only where the
event itself happens as it is written down.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from visitator_tui.domain.case import DecisionItem
from visitator_tui.domain.course_supply import Order, ydelse_id
from visitator_tui.domain.rules import activities
from visitator_tui.domain.running_help import running_help
from visitator_tui.domain.standard_process import covers

from .my_day_task import Desk, Task


@dataclass(frozen=True)
class Beginning:
    """What an event is begun from: the case at hand, the day, and the task that asked for it, if one did."""

    desk: Desk
    today: date
    task: Task | None = None

    @property
    def named(self) -> str:
        """The last part of the task's key: the delydelse it is about, where it is about one."""
        return self.task.key.rpartition(":")[2] if self.task else ""

    @property
    def items(self) -> list[str]:
        """The help the task names, else none."""
        return [one.delydelse for one in self.desk.helped_with if one.delydelse == self.named]


def begin(path: str, given: Beginning) -> dict[str, Any]:
    """A new event of a list of the course, as JSON, with what is known filled in."""
    return _BEGINNINGS[path](given)


def _appointment(given: Beginning) -> dict[str, Any]:
    asked = given.desk.case.enquiry.from_.strip()
    with_whom = (
        ["Borgeren", asked] if asked and asked.casefold() not in ("borger", "borgeren") else ["Borgeren"]
    )
    return {"purpose": _purpose(given), "agreed_on": given.today.isoformat(), "participants": with_whom}


def _purpose(given: Beginning) -> str:
    """The first visit until help is given; then a review, or the evaluation of a course that has none yet."""
    asked = bool(given.task and given.task.kind == "appointment")
    if asked or not given.desk.helped_with:
        return "visit"
    return "evaluation" if _not_evaluated(given.desk) else "review"


def _consent(given: Beginning) -> dict[str, Any]:
    return {"asked_on": given.today.isoformat()}


def _way_in(given: Beginning) -> dict[str, Any]:
    received = given.desk.case.enquiry.received_on if not given.desk.case.course.ways_in else None
    return {"kind": "rehabilitation_plan", "received_on": (received or given.today).isoformat()}


def _delay_notice(given: Beginning) -> dict[str, Any]:
    about = given.task.key.removeprefix("delay_notice:") if given.task else ""
    return {"about": about, "given_on": given.today.isoformat()}


def _order(given: Beginning) -> dict[str, Any]:
    """The help that has no order yet; of several suppliers named in the decision, the first one's."""
    ordered = {item for order in given.desk.case.course.orders if not order.ended_on for item in order.items}
    waiting = [one for one in given.desk.helped_with if one.delydelse not in ordered]
    supplier = waiting[0].supplier.strip() if waiting else ""
    ours = [one.delydelse for one in waiting if one.supplier.strip() == supplier]
    return {"items": ours, "supplier": supplier, "channel": "advis"}


def _running(given: Beginning) -> Order | None:
    orders = given.desk.case.course.orders
    return next((one for one in reversed(orders) if one.ended_on is None and one.supplier.strip()), None)


def _supplier_change(given: Beginning) -> dict[str, Any]:
    order = _running(given)
    given_on = {"requested_on": given.today.isoformat()}
    return given_on | ({"items": list(order.items), "from_supplier": order.supplier} if order else {})


def _absence(given: Beginning) -> dict[str, Any]:
    return {"why": "admission", "from": given.today.isoformat()}


def _acute_help(given: Beginning) -> dict[str, Any]:
    standard = given.desk.standard
    now = running_help(given.desk.case, given.today)
    known = [one.delydelse for one in now if one.delydelse in standard.delydelse_by_id]
    care = any(standard.help_kind_of(one) == "personal_care" for one in known)
    return {"started_on": given.today.isoformat(), "care_granted": care}


def _report(given: Beginning) -> dict[str, Any]:
    return {"about": "condition", "reported_on": given.today.isoformat()}


def _no_show(given: Beginning) -> dict[str, Any]:
    return {"kind": "stayed_away", "on": given.today.isoformat()}


def _review(given: Beginning) -> dict[str, Any]:
    rule = given.task.key.split(":")[1] if given.task and given.task.kind == "periodic" else ""
    return {"held_on": given.today.isoformat(), "items": given.items, "rule": rule}


def _evaluation(given: Beginning) -> dict[str, Any]:
    """The course that has no evaluation, with its goal and the level of the activity it is about."""
    desk = given.desk
    meant = [one for one in _courses(desk) if one.delydelse == given.named] or _not_evaluated(desk)
    return {
        "held_on": given.today.isoformat(),
        "items": [one.delydelse for one in meant],
        "goals": [_goal(desk, one) for one in meant],
    }


def _courses(desk: Desk) -> list[DecisionItem]:
    """The granted help that is a course, which ends with an evaluation."""
    step = desk.standard.process.evaluation
    return [
        one
        for one in desk.helped_with
        if step and covers(step, one.delydelse, ydelse_id(one.delydelse, desk.standard))
    ]


def _not_evaluated(desk: Desk) -> list[DecisionItem]:
    held = {item for one in desk.case.course.evaluations for item in one.items}
    return [one for one in _courses(desk) if one.delydelse not in held]


def _goal(desk: Desk, item: DecisionItem) -> dict[str, Any]:
    """The item's goal; of the activities its level rule looks at, the one with the highest level."""
    known = desk.standard.delydelse_by_id.get(item.delydelse)
    rule = known.level_rule.when if known and known.level_rule else None
    scored = (
        {one: desk.case.scores[one] for one in activities(rule) if one in desk.case.scores} if rule else {}
    )
    activity = max(scored, key=lambda one: scored[one], default="")
    label = desk.standard.activity_by_id[activity].label if activity else ""
    return {"goal": item.aim, "activity": label, "before": scored.get(activity)}


def _complaint(given: Beginning) -> dict[str, Any]:
    return {"received_on": given.today.isoformat()}


def _waiting(given: Beginning) -> dict[str, Any]:
    desk, process = given.desk, given.desk.standard.process
    steps = [one for one in (process.waiting_list, process.guarantee) if one]
    homes = [
        one.delydelse
        for one in desk.helped_with
        if any(covers(step, one.delydelse, ydelse_id(one.delydelse, desk.standard)) for step in steps)
    ]
    home = next(iter(given.items or homes), "")
    kind = (
        "offer_refused" if any(one.delydelse == home for one in desk.case.course.waiting_list) else "listed"
    )
    if given.task and given.task.kind == "waiting_list":
        kind = "approval_kept"
    return {"on": given.today.isoformat(), "kind": kind, "delydelse": home}


def _clip_use(given: Beginning) -> dict[str, Any]:
    return {"used_on": given.today.isoformat(), "planned_on": given.today.isoformat(), "clips": 1}


_BEGINNINGS: dict[str, Callable[[Beginning], dict[str, Any]]] = {
    "appointments": _appointment, "consents": _consent, "ways_in": _way_in, "delay_notices": _delay_notice,
    "orders": _order, "supplier_changes": _supplier_change, "absences": _absence, "acute_help": _acute_help,
    "reports": _report, "no_shows": _no_show, "reviews": _review, "evaluations": _evaluation,
    "complaints": _complaint, "waiting_list": _waiting, "clip_uses": _clip_use,
}  # fmt: skip

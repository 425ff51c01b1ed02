"""Where a task of a case is done: another step, a field of an event, a new event, or a new decision."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from visitator_tui.domain.course_supply import ydelse_id
from visitator_tui.domain.steps import Step

from .my_day_task import Desk, Task

if TYPE_CHECKING:
    from .session import CaseSession

_DECIDING: Final = {"complaint_change": "correct", "decision_after_course": "anew"}
"""Tasks that are done by deciding again: in place of the old decision, or beside it."""

_LAST_DAYS: Final = frozenset(("absence_last_day", "order_end"))
"""Tasks that ask for the last day of something, which need not be the day on which it is told."""


@dataclass(frozen=True)
class Goal:
    """The place where a task is done. ``number`` None: the event is still to be written.

    ``decides`` says that a decision is to be made there: ``correct`` takes the place of the last one.
    ``by_today``: where a day is asked for, it is the day on which it is done; today's date is an answer.
    """

    step: Step
    where: str
    path: str = ""
    number: int | None = None
    decides: str = ""
    by_today: bool = True

    def decide(self, session: CaseSession) -> str:
        """Begin the decision, where the last one is made; what there is to say about it."""
        from .deciding import correct, decide_anew

        if session.case.decision_is_made:
            (correct if self.decides == "correct" else decide_anew)(session)
            return "Ny afgørelse: tag stilling her, skriv brevet, og skriv dens dato under Forløb."
        if session.case.made:
            return (
                "Den nye afgørelse er begyndt: tag stilling, skriv brevet, og skriv dens dato under Forløb."
            )
        return "Skriv først brevet om den første afgørelse (F4, 7): så kan den næste træffes."


def goal_of(task: Task, desk: Desk) -> Goal:
    """Where a task is done."""
    parts = task.where.split(".")
    if parts[0] != "course":
        return Goal(task.step, task.focus)
    path = parts[1]
    if task.kind == "no_shows" and (order := _training_order(desk)) is not None:
        return Goal("forloeb", f"course.orders.{order}.ended_on", "orders", order)
    number = int(parts[2]) if len(parts) > 2 else None
    if number is not None and number >= len(getattr(desk.case.course, path)):
        number = None
    decides = _DECIDING.get(task.kind, "") if parts[-1] in ("changed_on", "decided_on") else ""
    return Goal("forloeb", task.where, path, number, decides, by_today=task.kind not in _LAST_DAYS)


def in_order(tasks: Iterable[Task], today: date) -> tuple[Task, ...]:
    """The tasks of a case by the day due, what bites hardest first, undated ones last.

    A notice of delay is left out until its deadline is there: it stands beside the task it is for.
    """
    seen = [one for one in tasks if one.kind != "delay_notice" or not one.show_from or one.show_from <= today]
    return tuple(sorted(seen, key=lambda one: (one.due is None, one.due or today, one.weight)))


def _training_order(desk: Desk) -> int | None:
    """The running order of help that the rule of no-shows is for; None when there is none."""
    step = desk.standard.process.no_shows
    for number, order in enumerate(desk.case.course.orders):
        ydelser = {ydelse_id(one, desk.standard) for one in order.items}
        if step and order.ended_on is None and ydelser & set(step.ydelser):
            return number
    return None

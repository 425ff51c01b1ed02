"""Min dag: what is due and overdue in all cases, what bites first at the top.

Reckoning a case's tasks needs the whole case; a day's list only needs to know when each is due and how
hard it bites. So tasks do not depend on the day: they are worked out when a case is saved (``tasks_for``)
and kept beside it (``keep``: a few columns and the task as JSON), and ``my_day`` puts the kept tasks of
all cases in order for today. A task is read from its JSON only when somebody looks at it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache, partial
from typing import Final, Literal, NamedTuple

from visitator_tui.domain.case import Case
from visitator_tui.domain.standard import Standard
from visitator_tui.domain.workdays import Calendar

from .made_apart import apart_tasks
from .my_day_enquiry import enquiry_tasks
from .my_day_followup import follow_up_tasks
from .my_day_running import running_tasks
from .my_day_supply import supply_tasks
from .my_day_task import Task, TaskKind, TaskStep, desk_of
from .ports import NoStandardError
from .task_ports import KeptTask

__all__ = [
    "DayTask", "KeptTask", "Task", "TaskKind", "TaskStep", "keep", "my_day", "my_day_of_cases", "tasks_for",
    "tasks_of",
]  # fmt: skip

StandardFor = Callable[[str, date], Standard]
"""A municipality's standard on a date; raises NoStandardError (``Catalogues.in_force``)."""

State = Literal["overdue", "today", "soon", "undated"]


class DayTask(NamedTuple):
    """A task on a day: whose, how it stands, and in how many days it is due (negative: overdue)."""

    case_id: str
    name: str
    state: State
    days: int | None
    kind: str
    title: str
    place: str
    body: str

    @property
    def task(self) -> Task:
        """The task. Raises pydantic's ValidationError for what a newer program kept."""
        return Task.model_validate_json(self.body)


def tasks_of(case: Case, standard: Standard, calendar: Calendar) -> tuple[Task, ...]:
    """Every open task of a case, whatever today is.

    Of a closed case only that two decisions were made apart: whoever closed it need not have known of both.
    """
    if case.course.closed_on is not None:
        return apart_tasks(case)
    desk = desk_of(case, standard, calendar)
    return (
        *apart_tasks(case), *enquiry_tasks(desk), *supply_tasks(desk), *running_tasks(desk), *follow_up_tasks(desk)
    )  # fmt: skip


def tasks_for(case: Case, standard_for: StandardFor, calendar: Calendar, today: date) -> tuple[Task, ...]:
    """The tasks of a case under the standard of its date; without a standard, one task that says so."""
    try:
        standard = standard_for(case.municipality, case.matched_on or today)
    except NoStandardError:
        return apart_tasks(case) if case.course.closed_on else (_NO_STANDARD,)
    return tasks_of(case, standard, calendar)


def keep(case_id: str, name: str, tasks: Sequence[Task]) -> tuple[KeptTask, ...]:
    """Tasks as they are kept beside their case, in the order they came."""
    return tuple(
        KeptTask(
            case_id,
            name,
            task.seen_from.isoformat() if task.seen_from else "",
            task.due.isoformat() if task.due else "",
            task.weight,
            task.kind,
            task.title,
            task.place,
            task.model_dump_json(exclude_defaults=True),
        )
        for task in tasks
    )


def my_day(kept: Iterable[KeptTask], today: date) -> tuple[DayTask, ...]:
    """The tasks to see today: overdue, due, due within a week, and those without a day.

    What is overdue or due stands first, acute need before those who wait before the rest, the oldest
    first; then what is due soon, by day; then what has no day. Nothing that is overdue is left out.
    """
    now = today.isoformat()
    seen = sorted((one for one in kept if one.seen_from <= now), key=lambda one: _bites(one, now))
    stands = cache(partial(_stands, today=today))
    return tuple(
        DayTask(one.case_id, one.name, *stands(one.due), one.kind, one.title, one.place, one.body)
        for one in seen
    )


def my_day_of_cases(
    cases: Iterable[tuple[str, Case]], standard_for: StandardFor, calendar: Calendar, today: date
) -> tuple[DayTask, ...]:
    """Min dag from whole cases (id, case), where no tasks are kept beside them."""
    return my_day(
        (
            kept
            for case_id, case in cases
            for kept in keep(case_id, case.citizen.name, tasks_for(case, standard_for, calendar, today))
        ),
        today,
    )


_NO_STANDARD: Final = Task(
    kind="no_standard",
    key="no_standard",
    title="Ingen kvalitetsstandard gælder for sagen",
    why="fristerne kan ikke regnes",
    step="henvendelse",
    where="enquiry.received_on",
)


def _stands(due: str, today: date) -> tuple[State, int | None]:
    if not due:
        return "undated", None
    days = (date.fromisoformat(due) - today).days
    return ("overdue" if days < 0 else "today" if days == 0 else "soon"), days


def _bites(one: KeptTask, now: str) -> tuple[int, int, str, int, str]:
    if not one.due:
        return 2, one.weight, "", 0, one.name
    if one.due <= now:
        return 0, one.weight, one.due, 0, one.name
    return 1, 0, one.due, one.weight, one.name

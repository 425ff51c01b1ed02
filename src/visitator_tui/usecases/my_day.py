"""Min dag: what is due and overdue in all cases, what bites first at the top.

Reckoning a case's tasks needs the whole case; the list for a day only needs the tasks. So tasks do not
depend on the day: ``tasks_of`` a case is worked out when the case is saved and kept beside it
(``tasks_to_json``), and ``my_day`` puts the kept tasks of all cases in order for today.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from pydantic import TypeAdapter

from visitator_tui.domain.case import Case
from visitator_tui.domain.standard import Standard
from visitator_tui.domain.workdays import Calendar

from .my_day_enquiry import enquiry_tasks
from .my_day_followup import follow_up_tasks
from .my_day_supply import supply_tasks
from .my_day_task import Desk, Task, TaskKind, TaskStep
from .ports import NoStandardError

__all__ = [
    "CaseTasks", "DayTask", "Task", "TaskKind", "TaskStep", "my_day", "my_day_of_cases", "tasks_for",
    "tasks_from_json", "tasks_of", "tasks_to_json",
]  # fmt: skip

StandardFor = Callable[[str, date], Standard]
"""A municipality's standard on a date; raises NoStandardError (``Catalogues.in_force``)."""

State = Literal["overdue", "today", "soon", "undated"]


@dataclass(frozen=True, slots=True)
class CaseTasks:
    """The open tasks of one case, as they are kept beside it; ``name`` is what the list calls the case."""

    case_id: str
    name: str
    tasks: Sequence[Task]


@dataclass(frozen=True, slots=True)
class DayTask:
    """A task on a day: whose, how it stands, and in how many days it is due (negative: overdue)."""

    case_id: str
    name: str
    task: Task
    state: State
    days: int | None


def tasks_of(case: Case, standard: Standard, calendar: Calendar) -> tuple[Task, ...]:
    """Every open task of a case, whatever today is; none for a case that is closed."""
    if case.course.closed_on is not None:
        return ()
    desk = Desk(case, standard, calendar)
    return (*enquiry_tasks(desk), *supply_tasks(desk), *follow_up_tasks(desk))


def my_day(cases: Iterable[CaseTasks], today: date) -> tuple[DayTask, ...]:
    """The tasks to see today: overdue, due, due within a week, and those without a day.

    A store that keeps ``Task.seen_from`` beside each task need only hand over those it has come to.

    What is overdue or due stands first, acute need before those who wait before the rest, the oldest
    first; then what is due soon, by day; then what has no day. Nothing that is overdue is left out.
    """
    found = [
        DayTask(one.case_id, one.name, task, *_stands(task.due, today))
        for one in cases
        for task in one.tasks
        if (task.seen_from or today) <= today
    ]
    return tuple(sorted(found, key=_bites))


def tasks_for(case: Case, standard_for: StandardFor, calendar: Calendar, today: date) -> tuple[Task, ...]:
    """The tasks of a case under the standard of its date; without a standard, one task that says so."""
    try:
        standard = standard_for(case.municipality, case.matched_on or today)
    except NoStandardError:
        return () if case.course.closed_on else (_NO_STANDARD,)
    return tasks_of(case, standard, calendar)


def my_day_of_cases(
    cases: Iterable[tuple[str, Case]], standard_for: StandardFor, calendar: Calendar, today: date
) -> tuple[DayTask, ...]:
    """Min dag from whole cases (id, case), where no tasks are kept beside them."""
    return my_day(
        (
            CaseTasks(case_id, case.citizen.name, tasks_for(case, standard_for, calendar, today))
            for case_id, case in cases
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
_ADAPTER: Final = TypeAdapter(tuple[Task, ...])


def tasks_to_json(tasks: Sequence[Task]) -> str:
    """Tasks as they are kept; what is empty is left out."""
    return _ADAPTER.dump_json(tuple(tasks), exclude_defaults=True).decode()


def tasks_from_json(text: str) -> tuple[Task, ...]:
    """Kept tasks. Raises pydantic's ValidationError for what another version of the program kept."""
    return _ADAPTER.validate_json(text)


def _stands(due: date | None, today: date) -> tuple[State, int | None]:
    if due is None:
        return "undated", None
    days = (due - today).days
    return ("overdue" if days < 0 else "today" if days == 0 else "soon"), days


def _bites(one: DayTask) -> tuple[int, int, int, str, str]:
    task = one.task
    day = task.due.toordinal() if task.due else 0
    match one.state:
        case "overdue" | "today":
            return 0, task.weight, day, one.name, task.key
        case "soon":
            return 1, day, task.weight, one.name, task.key
        case _:
            return 2, task.weight, day, one.name, task.key

"""What stands at the right: the course at a glance, a task, or an event with everything written of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from typing import Any

from visitator_tui.domain.course import Course
from visitator_tui.domain.standard import Standard
from visitator_tui.domain.standard_process import ProcessStep
from visitator_tui.domain.steps import STEP_NAMES
from visitator_tui.domain.wording import day_and_date, joined, long_date
from visitator_tui.usecases.course_overview import overview
from visitator_tui.usecases.course_tasks import Goal
from visitator_tui.usecases.my_day import Task
from visitator_tui.usecases.my_day_task import Desk

from .kind import EventField, items_named
from .register import CLOSING, KIND_OF

_EMPTY = (
    "Her står, hvad der er sket i sagen, og hvad der skal ske.\n\n"
    "N   skriv noget nyt: aftale, samtykke, bestilling, fravær, klage …\n"
    "Pil op og ned: se en opgave eller noget, der er skrevet. Enter åbner.\n"
    "F1  fortæller om alt, hvad du kan her."
)


def overview_text(desk: Desk, today: date) -> str:
    """How the course stands; for a case in which nothing runs, what can be done here."""
    parts = overview(desk, today)
    if not parts:
        return _EMPTY
    return "\n\n".join(f"{heading}\n" + "\n".join(f"  {line}" for line in lines) for heading, lines in parts)


def task_text(task: Task, goal: Goal, today: date) -> str:
    """A task: what, by when, why, whose rule, and how it is mended."""
    lines = [task.title, ""]
    if task.due:
        days = (task.due - today).days
        how = "i dag" if days == 0 else f"{-days} dage over fristen" if days < 0 else f"om {days} dage"
        how = how.replace(" 1 dage", " 1 dag") if abs(days) == 1 else how
        how = "1 dag over fristen" if days == -1 else how
        lines.append(f"Senest {day_and_date(task.due)} ({how})")
    else:
        lines.append("Uden dag")
    if task.why:
        lines.append(f"Regnet: {task.why}")
    if task.place or task.rule:
        lines.append("Regel: " + ", ".join(part for part in (task.place, task.rule) if part))
    return "\n".join([*lines, "", *_ways(goal)])


def done_text(field: EventField, goal: Goal, day: date, desk: Desk) -> str:
    """What D wrote; a start is of all help in the order, so that each is named."""
    if goal.path == "orders" and field.name == "started_on" and goal.number is not None:
        return f"Begyndt i dag: {desk.names(desk.case.course.orders[goal.number].items)}."
    return f"{field.label}: {f'{day:%d-%m-%Y}' if field.kind == 'date' else 'ja'}."


def _ways(goal: Goal) -> Iterator[str]:
    """How a task is mended, by key."""
    kind = KIND_OF.get(goal.path)
    if goal.decides:
        yield "Enter: træf den nye afgørelse under Afgørelse."
        yield "D: den er truffet i dag."
    elif goal.step != "forloeb" or kind is None:
        yield f"Enter: gå til {STEP_NAMES[goal.step]}."
    elif goal.number is None:
        yield f"Enter: skriv det nu ({kind.name})."
    else:
        yield f"Enter: gå til {kind.name}."
        name = goal.where.removeprefix(f"course.{goal.path}.{goal.number}.")
        field = next((one for one in kind.fields if one.name == name), None)
        if field is not None and goal.by_today and field.kind in ("date", "yes_no"):
            yield (
                f"D: det er gjort i dag ({field.label})."
                if field.kind == "date"
                else f"D: ja ({field.label})."
            )


def reading(key: str, event: Any, desk: Desk, facts: tuple[str, ...]) -> str:
    """An event: what follows from it, then every field that is written."""
    name, _, number = key.rpartition(".")
    kind = KIND_OF[name] if number.isdigit() and name in KIND_OF else None
    fields = kind.fields if kind else CLOSING
    written = [
        f"{field.label.strip()}: {said}"
        for field in fields
        if field.when(event) and (said := _said(field, _value(event, field.name), desk.standard))
    ]
    head = [f"{kind.name}. {kind.help}" if kind else _closed(event), ""]
    return "\n".join([*head, *facts, *([""] if facts and written else []), *written])


def _closed(course: Course) -> str:
    if course.closed_on:
        return "Sagen er afsluttet. Enter retter datoen; tom dato åbner sagen igen."
    return (
        "Afslut sagen: Enter, og skriv datoen og hvorfor. En afsluttet sag minder ikke om noget mere; alt, der er "
        "skrevet, bliver stående."
    )


def _value(event: Any, name: str) -> Any:
    for part in name.split("."):
        if isinstance(event, tuple):
            event = event[int(part)] if int(part) < len(event) else None
        else:
            event = getattr(event, "from_" if part == "from" else part, None)
    return event


def _said(field: EventField, value: Any, standard: Standard) -> str:
    """A value as it is read; empty for none."""
    if value in (None, "", ()):
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, date):
        return long_date(value)
    if isinstance(value, time):
        return f"kl. {value:%H.%M}"
    if field.choices:
        return next((label for one, label in field.choices if one == value), str(value))
    if field.kind in ("items", "choice"):
        return items_named(value if isinstance(value, tuple) else (value,), standard)
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def field_help(field: EventField, desk: Desk) -> str:
    """What a field is for, with the places of the rules that ask for it where the standard states any."""
    steps = sorted(_steps(field.step, desk.standard), key=lambda one: (one.page or 0, one.line or 0))
    places = list(dict.fromkeys(place for step in steps if (place := desk.place_of(step))))
    if not places:
        return field.help
    source = places[0].rpartition(", ")[0]
    place = joined([places[0], *(one.removeprefix(f"{source}, ") for one in places[1:])])
    return f"{field.help.removesuffix('.')} ({place})." if field.help else f"{place}."


def _steps(name: str, standard: Standard) -> Iterator[ProcessStep]:
    """The steps of a name; of a rule that differs from help to help, each."""
    found = getattr(standard.process, name) if name else None
    for one in found if isinstance(found, tuple) else (found,):
        if isinstance(one, ProcessStep):
            yield one

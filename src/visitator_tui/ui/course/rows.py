"""The rows of the list: what is to be done, then every event by kind and day, then the end of the case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from visitator_tui.domain.case import Case
from visitator_tui.domain.course_supply import Order
from visitator_tui.domain.running_help import stops_on
from visitator_tui.domain.standard import Standard
from visitator_tui.domain.wording import long_date
from visitator_tui.usecases.my_day import Task

from ..widgets.line_list import Row
from .kind import EventKind
from .register import KIND_OF, KINDS
from .supply import stopping

ABOUT, CLOSE = "_about", "_close"


def place_of_key(key: str) -> tuple[str, int] | None:
    """``orders.0`` -> its list and place; None for every other row."""
    name, _, number = key.rpartition(".")
    return (name, int(number)) if name in KIND_OF and number.isdigit() else None


def offered(kind: EventKind, standard: Standard) -> bool:
    """Whether a kind of event can be begun under a standard: some are about help that not every one has."""
    process = standard.process
    match kind.path:
        case "clip_uses":
            return process.saving is not None
        case "waiting_list":
            return process.waiting_list is not None or process.guarantee is not None
        case "no_shows":
            return process.no_shows is not None
        case _:
            return True


def course_rows(case: Case, standard: Standard, tasks: tuple[Task, ...], today: date) -> list[Row]:
    """Every row of the list."""
    rows = [Row(ABOUT, "  Overblik")]
    if tasks:
        rows.append(Row(None, "Skal gøres"))
        rows += [_task(one, today) for one in tasks]
    elif case.course.closed_on is None:
        rows.append(Row(None, "  Intet skal gøres nu.", "dim"))
    for kind in KINDS:
        rows += _of_kind(kind, case, standard, today)
    closed = case.course.closed_on
    rows.append(Row(None, "Sagen"))
    rows.append(Row(CLOSE, f"  Afsluttet {long_date(closed)}" if closed else "  Afslut sagen"))
    return rows


def _task(task: Task, today: date) -> Row:
    late = task.due is not None and task.due < today
    mark = "!" if late else "·" if task.due == today else " "
    day = f"{task.due:%d-%m-%y}" if task.due else "uden dag"
    return Row(f"t:{task.key}", f"{mark} {day} {task.title}", "bad" if late else "")


def _line(kind: EventKind, one: Any, case: Case, standard: Standard, today: date) -> str:
    """What an event's row says; of an order that its help is stopped, which the order itself does not know."""
    if isinstance(one, Order) and one.ended_on is None and (last := stops_on(case, one.items)):
        return stopping(one, last, standard, today)
    return kind.line(one, standard)


def _of_kind(kind: EventKind, case: Case, standard: Standard, today: date) -> Iterator[Row]:
    written = list(enumerate(getattr(case.course, kind.path)))
    if written:
        yield Row(None, kind.heading)
    for number, one in sorted(written, key=lambda each: kind.day(each[1]) or date.max):
        day = kind.day(one)
        yield Row(
            f"{kind.path}.{number}",
            f"  {f'{day:%d-%m-%y}' if day else '        '} {_line(kind, one, case, standard, today)}",
        )

"""How Min dag reads: its groups in order, when each task is due in words, and why, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from visitator_tui.domain.steps import STEP_NAMES
from visitator_tui.domain.wording import day_and_date

from .my_day import DayTask, Task

_PAGE: Final = re.compile(r"\b(s\.|linje) (\d+)|§+ ?\d+ ?[a-z]?\b")


@dataclass(frozen=True)
class Group:
    """Tasks under one heading, in the order they are to be done."""

    heading: str
    tasks: Sequence[DayTask]


def groups(day: Iterable[DayTask], search: str = "") -> list[Group]:
    """A day's tasks by what bites first: today's visits, what is overdue or due, what is soon, what has no day.

    With ``search`` only those in whose citizen, task or place every word of it occurs. The order within a
    group is that of ``my_day``; visits are in the order of their hour.
    """
    words = search.casefold().split()
    visits: list[DayTask] = []
    now: list[DayTask] = []
    soon: list[DayTask] = []
    undated: list[DayTask] = []
    by_state = {"overdue": now, "today": now, "soon": soon, "undated": undated}
    for one in day:
        if words and not _fits(one, words):
            continue
        (visits if one.kind == "visit" and one.days == 0 else by_state[one.state]).append(one)
    visits.sort(key=_hour)
    named = (
        ("Besøg og samtaler i dag", visits),
        ("Overskredet og i dag", now),
        ("Inden for en uge", soon),
        ("Uden dato", undated),
    )
    return [Group(f"{heading} ({len(tasks)})", tasks) for heading, tasks in named if tasks]


def _fits(one: DayTask, words: Sequence[str]) -> bool:
    text = f"{one.name} {one.title} {one.place}".casefold()
    return all(word in text for word in words)


def _hour(one: DayTask) -> tuple[bool, str]:
    """Those without an hour last."""
    _, said, hour = one.title.partition(" kl. ")
    return not said, hour


def when(one: DayTask) -> str:
    """``3 dage over``, ``i dag``, ``i morgen``, ``om 4 dage``, ``uden dato``."""
    days = one.days
    if days is None:
        return "uden dato"
    if days < 0:
        return "1 dag over" if days == -1 else f"{-days} dage over"
    return ("i dag", "i morgen")[days] if days < 2 else f"om {days} dage"


def short_place(place: str) -> str:
    """A place where there is little room: ``s. 15``, ``linje 119``, ``§ 66``."""
    found = _PAGE.search(place)
    return found[0] if found else ""


def explained(one: DayTask, task: Task) -> list[str]:
    """Why a task is due: the day, what it is counted from and how, the source and rule, where it is done."""
    return [line for line in (_due(one, task), _counted(task), _source(task), _leads_to(task)) if line]


def _due(one: DayTask, task: Task) -> str:
    if task.due is None or one.days is None:
        return "Der er ingen frist."
    late = f"{-one.days} {'dag' if one.days == -1 else 'dage'} overskredet"
    return (
        f"{'Dag' if one.kind == 'visit' else 'Frist'}: {day_and_date(task.due)} "
        f"({late if one.days < 0 else when(one)})."
    )


def _counted(task: Task) -> str:
    """How the day was found; the day counted from is named unless the sentence has it already."""
    if not task.why:
        return ""
    start = day_and_date(task.counted_from) if task.counted_from and task.counted_from != date.min else ""
    named = not start or start in task.why or task.counted_from == task.due
    return f"Hvorfor: {task.why}{'' if named else f'; regnet fra {start}'}."


def _source(task: Task) -> str:
    rule = f" (regel {task.rule})" if task.rule else ""
    return f"Kilde: {task.place}{rule}." if task.place else ""


def _leads_to(task: Task) -> str:
    letter = "; brevet skrives under Brev" if task.kind == "delay_notice" else ""
    return f"Enter åbner sagen under {STEP_NAMES[task.step]}{letter}."

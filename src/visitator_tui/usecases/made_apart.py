"""Decisions that two made in one case without knowing of each other: told until one takes their place."""

from __future__ import annotations

from visitator_tui.domain.case import Case
from visitator_tui.domain.made_decision import made_apart
from visitator_tui.domain.wording import joined, long_date

from .my_day_task import Task


def apart_title(case: Case) -> str:
    """``To afgørelser er truffet hver for sig``; empty where each decision leads to the next."""
    number = len(made_apart(case))
    return f"{'To' if number == 2 else number} afgørelser er truffet hver for sig" if number else ""


def apart_told(case: Case) -> str:
    """What that means and what to do, in whole sentences; empty where there is nothing to tell."""
    apart = made_apart(case)
    if not apart:
        return ""
    return (
        f"{apart_title(case)}: {_days(case)}. Begge gælder, og brevene ligger under Brev. Ret dem med én (R)."
    )


def apart_tasks(case: Case) -> tuple[Task, ...]:
    """The task of saying which decision holds, due at once."""
    apart = made_apart(case)
    if not apart:
        return ()
    task = Task(
        kind="made_apart",
        key="made_apart",
        title=apart_title(case),
        why=f"{_days(case)}, uden at den ene kendte den anden; ret dem med én afgørelse",
        due=apart[-1].decided_on,
        counted_from=apart[-1].decided_on,
        step="afgoerelse",
        where="decision.decided_on",
    )
    return (task,)


def _days(case: Case) -> str:
    return joined([long_date(one.decided_on) for one in made_apart(case)])

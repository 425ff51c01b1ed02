"""A citizen of the simulated year: her case, what is done in it, and the reminders the oracle expects."""

from __future__ import annotations

import random
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from year_oracle import AHEAD, Municipality

from visitator_tui.usecases.ports import CaseRecord

Patch = dict[str, Any]

OF_HELP = frozenset(
    (
        "order information coordination transfer_form two_staff start one_per_plan no_shows "
        "evaluation periodic review guarantee waiting_list"
    ).split()
)
"""Kinds of reminder that only help which is still granted gives."""


@dataclass
class Act:
    """Something done on the first day it can be: by the visitator when she has time, or by others on the day."""

    not_before: date
    patch: Callable[[date], Patch]
    by_others: bool = False


def on_day(where: str, field: str, **more: Any) -> Callable[[date], Patch]:
    """An event whose one day is the day it is written."""
    return lambda day: {where: {**more, field: day.isoformat()}}


Strand = Generator[Act, date, None]
Part = Generator[Act, date, date]
"""A part of a strand; it ends on the day it gives."""


@dataclass
class Reminder:
    """What the oracle expects to see: from the morning after it arose until the day it was mended."""

    kind: str
    due: date | None
    seen: date
    arose: date
    mended: date | None = None
    counts_from: date = date.min
    """What is done before this day does not mend it."""

    def stands(self, morning: date) -> bool:
        """Whether it is to be seen on a morning."""
        return (
            self.arose < morning and self.seen <= morning and (self.mended is None or morning <= self.mended)
        )


@dataclass
class Person:
    """A citizen, her case and what the oracle knows of it."""

    name: str
    rng: random.Random
    visitator: int
    place: Municipality
    lively: float = 1
    """How many times as much happens to her as on average."""
    record: CaseRecord | None = None
    received: date = date.min
    """The day she, or the hospital's plan for her, came."""
    ordered: date = date.min
    """The day her help was ordered."""
    reminders: list[Reminder] = field(default_factory=list)
    strands: list[Strand] = field(default_factory=list)
    stopped: bool = False
    """Whether a decision has stopped her help."""
    closed: bool = False

    def opens(self, kind: str, due: date | None, arose: date, seen: date | None = None) -> Reminder:
        """A reminder arises, where the standard asks for it."""
        shown = max(due - AHEAD, seen or date.min) if due else date.min
        arisen = Reminder(kind, due, shown, arose)
        needless = self.stopped and kind in OF_HELP
        self.reminders += [arisen] if kind in self.place.asks and not needless else []
        return arisen

    def ends(self, day: date, *kinds: str) -> None:
        """Reminders are mended."""
        for one in self.reminders:
            if one.kind in kinds and one.mended is None and day >= one.counts_from:
                one.mended = day

    def happens(self, share: float) -> bool:
        """Whether something happens that happens to this share of citizens."""
        return self.rng.random() < share * self.lively

"""A citizen of the simulated year: her case, what is done in it, and the reminders the oracle expects."""

from __future__ import annotations

import random
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from year_oracle import AHEAD

from visitator_tui.usecases.ports import CaseRecord

Patch = dict[str, Any]


@dataclass
class Act:
    """Something done on the first day it can be: by the visitator when she has time, or by others on the day."""

    not_before: date
    patch: Callable[[date], Patch]
    by_others: bool = False


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
    record: CaseRecord | None = None
    reminders: list[Reminder] = field(default_factory=list)
    strands: list[Strand] = field(default_factory=list)
    closed: bool = False

    def opens(self, kind: str, due: date | None, arose: date, seen: date | None = None) -> Reminder:
        """A reminder arises."""
        shown = max(due - AHEAD, seen or date.min) if due else date.min
        self.reminders.append(Reminder(kind, due, shown, arose))
        return self.reminders[-1]

    def ends(self, day: date, *kinds: str) -> None:
        """Reminders are mended."""
        for one in self.reminders:
            if one.kind in kinds and one.mended is None and day >= one.counts_from:
                one.mended = day

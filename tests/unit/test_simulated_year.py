"""A small municipality's year, day by day: Min dag shows what an independent oracle expects, every morning.

The large one (2,000 citizens, 12 visitators) is ``benchmarks/my_day.py``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import get_args

import pytest
from simulated_year import Year
from year_oracle import CANNOT, HELSINGOR, HERNING, Municipality, hverdage, works

from visitator_tui.catalogue import CatalogueFolder
from visitator_tui.domain.case import Case
from visitator_tui.domain.workdays import DanishCalendar, is_weekday, weekdays_after
from visitator_tui.store import open_throwaway
from visitator_tui.store.store import SqlCipherStore
from visitator_tui.usecases.my_day_reckoning import CaseReckoning
from visitator_tui.usecases.my_day_task import TaskKind
from visitator_tui.usecases.task_ports import KeptTask


class Forgetful(CaseReckoning):
    """A reckoning in which one rule has been lost."""

    lost = ""

    def kept(self, case_id: str, case: Case) -> Sequence[KeptTask]:
        return [one for one in super().kept(case_id, case) if one.kind != self.lost]


@contextmanager
def store_of(
    folder: Path, shipped: CatalogueFolder, place: Municipality, lost: str = ""
) -> Iterator[SqlCipherStore]:
    """A store on the first morning; nothing is written through to the disk: no power will be cut."""
    morning = datetime.combine(place.first, time(8), UTC)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, "fsync", lambda _: None)
        store = open_throwaway(folder, morning)
        store.reckoning = reckoning = Forgetful(shipped, DanishCalendar(), lambda: morning)
        reckoning.lost = lost
        yield store
        store.close()


def test_the_oracles_tables_name_every_kind_of_reminder() -> None:
    assert HELSINGOR.asks | HERNING.asks | CANNOT.keys() == set(get_args(TaskKind))


@pytest.mark.parametrize(
    ("place", "citizens", "seed", "late"),
    [(HELSINGOR, 22, 156, 100), (HERNING, 8, 124, 20)],
    ids=lambda given: getattr(given, "id", ""),
)
def test_every_morning_of_a_year_shows_each_reminder_once_and_nothing_else(
    tmp_path: Path, shipped: CatalogueFolder, place: Municipality, citizens: int, seed: int, late: int
) -> None:
    """Every kind of reminder of the standard arises in it, so that none can be lost without this test's failing."""
    with store_of(tmp_path, shipped, place) as store:
        year = Year(store, citizens, 1, seed, place, lively=3)
        overdue, seen = 0, set[str]()
        for morning in year.mornings():
            assert morning.shown == morning.expected, morning.day
            overdue += morning.overdue
            seen |= {kind for _, kind, _ in morning.shown}
    assert seen == place.asks
    assert overdue > late, "a year in which nobody is ever late shows little"


@pytest.mark.parametrize("lost", ["decision", "visit"])
def test_the_year_notices_a_rule_that_is_lost(tmp_path: Path, shipped: CatalogueFolder, lost: str) -> None:
    with store_of(tmp_path, shipped, HELSINGOR, lost) as store:
        lacking = (
            morning.expected - morning.shown
            for morning in Year(store, citizens=15, visitators=1, seed=1).mornings()
            if morning.expected != morning.shown
        )
        assert {kind for _, kind, _ in next(lacking)} == {lost}


def test_the_oracle_and_the_program_know_the_same_hverdage() -> None:
    """Two ways of knowing the holidays: computed from Easter, and from the kept library."""
    calendar, day = DanishCalendar(), date(2017, 1, 1)
    while day < date(2024, 12, 1):
        assert works(day) == is_weekday(day, calendar), day
        day += timedelta(days=1)
    for day in (date(2017, 1, 1) + timedelta(days=number) for number in range(700)):
        assert hverdage(day, 5) == weekdays_after(day, 5, calendar), day

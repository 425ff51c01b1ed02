"""A small municipality's year, day by day: Min dag shows what an independent oracle expects, every morning.

The large one (2,000 citizens, 12 visitators) is ``benchmarks/my_day.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from simulated_year import Year
from year_oracle import hverdage, works

from visitator_tui.catalogue import CatalogueFolder
from visitator_tui.domain.case import Case
from visitator_tui.domain.workdays import DanishCalendar, is_weekday, weekdays_after
from visitator_tui.store import open_throwaway
from visitator_tui.store.store import SqlCipherStore
from visitator_tui.usecases.my_day_reckoning import CaseReckoning
from visitator_tui.usecases.task_ports import KeptTask

NEW_YEAR = datetime(2017, 1, 2, 8, tzinfo=UTC)


class Forgetful(CaseReckoning):
    """A reckoning in which one rule has been lost."""

    lost = ""

    def kept(self, case_id: str, case: Case) -> Sequence[KeptTask]:
        return [one for one in super().kept(case_id, case) if one.kind != self.lost]


@contextmanager
def store_of(folder: Path, reckoning: CaseReckoning) -> Iterator[SqlCipherStore]:
    store = open_throwaway(folder, NEW_YEAR)
    store.reckoning = reckoning
    yield store
    store.close()


def test_every_morning_of_a_year_shows_each_reminder_once_and_nothing_else(
    tmp_path: Path, shipped: CatalogueFolder
) -> None:
    reckoning = CaseReckoning(shipped, DanishCalendar(), lambda: NEW_YEAR)
    with store_of(tmp_path, reckoning) as store:
        year = Year(store, citizens=25, visitators=1, seed=2017)
        overdue = 0
        for morning in year.mornings():
            assert morning.shown == morning.expected, morning.day
            overdue += morning.overdue
    kinds = {one.kind for citizen in year.citizens for one in citizen.reminders}
    assert kinds >= {"triage", "appointment", "visit", "decision", "delay_notice", "order", "start", "review"}
    assert overdue > 20, "a year in which nobody is ever late shows little"


@pytest.mark.parametrize("lost", ["appointment", "decision", "order", "visit"])
def test_the_year_notices_a_rule_that_is_lost(tmp_path: Path, shipped: CatalogueFolder, lost: str) -> None:
    reckoning = Forgetful(shipped, DanishCalendar(), lambda: NEW_YEAR)
    reckoning.lost = lost
    with store_of(tmp_path, reckoning) as store:
        lacking = (
            morning.expected - morning.shown
            for morning in Year(store, citizens=15, visitators=1, seed=1).mornings()
            if morning.expected != morning.shown
        )
        assert {kind for _, kind, _ in next(lacking)} == {lost}


def test_the_oracle_and_the_program_know_the_same_hverdage() -> None:
    """Two ways of knowing the holidays: computed from Easter, and from the kept library."""
    calendar, day = DanishCalendar(), date(2017, 1, 1)
    while day < date(2018, 12, 1):
        assert works(day) == is_weekday(day, calendar), day
        assert hverdage(day, 5) == weekdays_after(day, 5, calendar), day
        day += timedelta(days=1)

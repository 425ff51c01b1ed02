"""Min dag in a municipality of 2,000 citizens and 12 visitators: is it right every morning, and how fast does it open?

    python benchmarks/my_day.py [citizens] [seed]

First a smaller municipality with the other standard (Herning 2022: 300 citizens, 2 visitators, 16 months) is lived
and held against its oracle. A simulated year (``tests/unit/simulated_year.py``) is lived in the encrypted store;
every morning the list is held against an oracle that calls none of the program's code for deadlines. Then Min dag is
opened, side by side with what one would otherwise do: read all cases and reckon their tasks anew. Takes some
minutes: each of the year's some 20,000 acts is saved to disk.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from visitator_tui import composition
from visitator_tui.domain.workdays import DanishCalendar
from visitator_tui.settings import Settings
from visitator_tui.store import open_throwaway
from visitator_tui.store.store import SqlCipherStore
from visitator_tui.ui.app import VisitatorApp
from visitator_tui.ui.screens.my_day import MyDayScreen
from visitator_tui.usecases.my_day import my_day, my_day_of_cases
from visitator_tui.usecases.my_day_list import groups, short_place, when
from visitator_tui.usecases.my_day_reckoning import CaseReckoning

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "unit"))

from simulated_year import Year  # beside the test that lives a small year
from year_oracle import HELSINGOR, HERNING, Municipality

VISITATORS, TIMES = 12, 9
FIRST, LAST = HELSINGOR.first, HELSINGOR.last


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 8, tzinfo=UTC)


def live(
    store: SqlCipherStore,
    citizens: int,
    seed: int,
    place: Municipality = HELSINGOR,
    visitators: int = VISITATORS,
) -> None:
    """The whole year."""
    year, fired = Year(store, citizens, visitators, seed, place), Counter[str]()
    wrong = most_overdue = most = mornings = 0
    for morning in year.mornings():
        mornings += 1
        wrong += sum(((morning.shown - morning.expected) + (morning.expected - morning.shown)).values())
        most_overdue = max(most_overdue, morning.overdue)
        most = max(most, morning.shown.total())
    for citizen in year.citizens:
        fired.update(one.kind for one in citizen.reminders)
    what = f"{place.id}: {citizens} citizens, {visitators} visitators, seed {seed}"
    print(f"{what}: {year.acts} acts saved, {mornings} mornings")
    print(f"  reminders that arose: {fired.total()} of {len(fired)} kinds: {dict(fired.most_common())}")
    print(f"  kinds the standard asks for that never arose: {sorted(place.asks - fired.keys())}")
    print(f"  shown but not expected, or expected but not shown, over all mornings: {wrong}")
    print(f"  most shown on one morning: {most}; most overdue: {most_overdue}")


def median_ms(work: Callable[[], object], times: int = TIMES) -> float:
    work()
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def opened(store: SqlCipherStore, today: date) -> list[str]:
    """What opening Min dag takes beside drawing: read, put in order, lay out every line."""
    day = my_day(store.kept_tasks(today), today)
    return [
        f"{when(one):13} {one.name:18} {one.title:36} {short_place(one.place)}"
        for group in groups(day)
        for one in group.tasks
    ]


def anew(store: SqlCipherStore, today: date) -> int:
    """The same list from all cases, without kept tasks."""
    cases = [(row.id, store.load(row.id).case) for row in store.rows()]
    return len(my_day_of_cases(cases, composition.catalogues().in_force, DanishCalendar(), today))


def on_screen(store: SqlCipherStore, today: date) -> float:
    """Milliseconds from asking for the list to its lines on the screen, in the app itself (120x40)."""
    services = composition._services(Settings(), start=lambda: store, clock=lambda: at(today))

    async def measured() -> float:
        app = VisitatorApp(services)
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            await app.workers.wait_for_complete()
            await pilot.pause()
            screen = app.screen
            assert isinstance(screen, MyDayScreen)
            taken = []
            for _ in range(TIMES):
                began = time.perf_counter()
                screen.reload()
                await app.workers.wait_for_complete()
                taken.append((time.perf_counter() - began) * 1000)
                await pilot.pause()
            return statistics.median(taken)

    return asyncio.run(measured())


def store_for(folder: str, first: date) -> SqlCipherStore:
    store = open_throwaway(Path(folder), at(first))
    store.reckoning = CaseReckoning(composition.catalogues(), DanishCalendar(), lambda: at(first))
    return store


def main() -> None:
    citizens = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 2017
    with tempfile.TemporaryDirectory() as folder:
        store = store_for(folder, HERNING.first)
        live(store, max(1, citizens * 3 // 20), seed, HERNING, 2)
        store.close()
    with tempfile.TemporaryDirectory() as folder:
        store = store_for(folder, FIRST)
        live(store, citizens, seed)
        print("opening Min dag on the database as the year left it:")
        for name, today in (
            ("New Year's Eve", LAST),
            ("had nobody worked for half a year", date(2018, 7, 1)),
        ):
            kept = median_ms(partial(opened, store, today))
            print(f"  {name}: {len(opened(store, today))} tasks")
            print(f"    kept tasks: read, order, lay out {kept:9.1f} ms")
            print(f"    the same on the screen           {on_screen(store, today):9.1f} ms")
            base = median_ms(partial(anew, store, today), 3)
            print(f"    reckoning all cases anew         {base:9.1f} ms   x {base / kept:.0f}")
        store.close()


if __name__ == "__main__":
    main()

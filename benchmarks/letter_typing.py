"""From key to paint in the app, at rest and while the PDF of a decision with 30 items is made in a thread.

    python benchmarks/letter_typing.py [--keys 60]

The real app on an encrypted database (its screen drawn for a terminal of 120x40 that is not there): a
letter is typed into the reason of an item, at a fast typist's pace. Measured is from the key's arrival to
the first paint in which the field holds it. "made" counts the letters that were finished meanwhile.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "ui"))

from sample_case import changed, whole_case
from visit_kit import LARGE, Desk, Visit

from visitator_tui.domain.case import Case

ITEMS = 30
PACE = 0.12
"""Seconds between two keys: a hundred words a minute."""


def big_case() -> Case:
    """The sample case with 30 items."""
    case = whole_case()
    items = [item.model_dump(mode="json") for item in case.decision.items]
    granted = next(item for item in case.decision.items if item.gives_help).model_dump(mode="json")
    return changed(case, decision__items=items + [granted] * (ITEMS - len(items)))


async def delays(visit: Visit, keys: int) -> list[float]:
    """Seconds from key to paint, for each key."""
    painted: list[tuple[float, str]] = []
    app: Any = visit.app
    display = app._display

    def noting(*given: Any) -> None:
        display(*given)
        painted.append((time.perf_counter(), visit.field))

    app._display = noting
    found = []
    for number in range(keys):
        painted.clear()
        before, at = len(visit.field), time.perf_counter()
        visit.burst("abcdefgh"[number % 8])
        while not (seen := [when for when, text in painted if len(text) > before]):
            await asyncio.sleep(0.001)
        found.append(seen[0] - at)
        await asyncio.sleep(max(0.0, PACE - found[-1]))
    app._display = display
    return found


async def measured(keys: int) -> None:
    """Print both series."""
    case = big_case()
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder) / "a", Path(folder) / "b")
        async with desk.visiting(case, "afgoerelse", "decision.items.0.reason", size=LARGE) as visit:
            services: Any = visit.app.services
            standard = visit.screen.session.standard
            press, head = services.letter_press(), services.letterhead(standard)
            stop, made = threading.Event(), [0]

            def letters() -> None:
                while not stop.is_set():
                    press.pdf(case, standard, head)
                    made[0] += 1

            press.pdf(case, standard, head)
            tell("at rest", await delays(visit, keys), 0)
            thread = threading.Thread(target=letters)
            thread.start()
            found = await delays(visit, keys)
            stop.set()
            thread.join()
            tell("while letters are made", found, made[0])


def tell(what: str, found: list[float], made: int) -> None:
    """One line."""
    worst = sorted(found)[int(len(found) * 0.95)]
    middle = statistics.median(found)
    print(f"{what:24} median {middle * 1000:4.0f} ms, 95 % {worst * 1000:4.0f} ms, made {made}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keys", type=int, default=60)
    asyncio.run(measured(parser.parse_args().keys))

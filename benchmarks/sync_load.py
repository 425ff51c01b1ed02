"""The sync service under load, beside Kinto, pouchdb-server and PostgreSQL alone, in one run on one machine.

    python benchmarks/sync_load.py [--records 10000] [--kinto VENV] [--pouch FOLDER]

Measured: one laptop pushes 10,000 records of 4 KB in batches of 100; 20 laptops push as many between them at
once; one pulls 10,000; one asks for 10 changes among 100,000. CPU is the service's and PostgreSQL's (the
client's is not counted), memory the service's processes at their largest. PostgreSQL is a cluster of its
own that waits for the disk at every commit, the same for all.
How push stands beside INSERT is measured in turn, a tenth of the records each: a shared machine changes pace.

Kinto: ``python -m venv VENV && VENV/bin/pip install 'kinto[postgresql]==26.5' waitress``. It is given a
tenth of the records to push, and the rate is what is compared. pouchdb-server: ``npm install
pouchdb-server`` in FOLDER. One that is not named is left out. Linux only.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "servers"))

import httpx
from postgres import PostgresServer, postgres_server
from sync_contestants import PEOPLE, Contestant, Kinto, Ours, Pouch
from sync_figures import BATCH, Row, cpu, docs, peak, postmaster
from sync_raw import Raw, alone, in_turn

AMONG, CHANGED, TIMES = 100_000, 10, 30


# -- the services --------------------------------------------------------------------------------------


class Measure:
    """Measures one contestant."""

    def __init__(self, contestant: Contestant, postgres: PostgresServer, pushed: int) -> None:
        self.contestant = contestant
        self.postgres = postgres
        self.pushed = pushed
        self.rows: list[Row] = []

    def _took(self, what: str, count: int, work: Callable[[], list[float]]) -> None:
        pids = (self.contestant.pid, postmaster(self.postgres))
        before, began = sum(map(cpu, pids)), time.perf_counter()
        each = work()
        seconds = time.perf_counter() - began
        used = sum(map(cpu, pids)) - before
        row = Row(self.contestant.name, what, count, seconds, each, used, peak(self.contestant.pid))
        self.rows.append(row)
        print(row.line(), flush=True)

    def _requests(self, laptop: int, count: int, seed: int) -> list[bytes]:
        new = docs(count, seed)
        return [self.contestant.request(new[n : n + BATCH], laptop) for n in range(0, count, BATCH)]

    def _send(self, laptop: int, requests: Sequence[bytes]) -> list[float]:
        each = []
        with self.contestant.client(laptop) as client:
            for request in requests:
                began = time.perf_counter()
                self.contestant.push(client, request)
                each.append(time.perf_counter() - began)
        return each

    def run(self) -> list[Row]:
        """All four."""
        self._send(0, self._requests(0, 200, 1))  # everything once before it counts
        one = self._requests(0, self.pushed, 2)
        self._took("push, 1 laptop", self.pushed, lambda: self._send(0, one))
        many = [self._requests(n, self.pushed // PEOPLE, 100 + n) for n in range(PEOPLE)]
        with ThreadPoolExecutor(PEOPLE) as pool:
            self._took(
                f"push, {PEOPLE} laptops at once",
                self.pushed,
                lambda: [took for taken in pool.map(self._send, range(PEOPLE), many) for took in taken],
            )
        there = self.contestant.fill(10_000)
        with self.contestant.client(0) as client:
            self._took(f"pull of {there:,}", there, lambda: self._pull(client, there))
        there = self.contestant.fill(AMONG)
        with self.contestant.client(0) as client:
            place = self.contestant.place(client)
            self._send(0, [self.contestant.request(docs(CHANGED, 3), 0)])
            self._took(
                f"{CHANGED} changes among {there:,}", TIMES * CHANGED, lambda: self._find(client, place)
            )
        return self.rows

    def _pull(self, client: httpx.Client, there: int) -> list[float]:
        began = time.perf_counter()
        found = self.contestant.pull(client)
        assert found == there, (found, there)
        return [time.perf_counter() - began]

    def _find(self, client: httpx.Client, place: str) -> list[float]:
        each = []
        for _ in range(TIMES):
            began = time.perf_counter()
            assert self.contestant.since(client, place) == CHANGED
            each.append(time.perf_counter() - began)
        return each


def main() -> None:
    """Run it and print the table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("--records", type=int, default=10_000)
    asked.add_argument("--workers", type=int, default=1)
    asked.add_argument("--kinto", type=Path)
    asked.add_argument("--pouch", type=Path)
    told = asked.parse_args()
    print("| who | what | records/s | p50 ms | p99 ms | CPU ms a record | memory MB |")
    print("|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name, postgres_server(durable=True) as postgres:
        folder = Path(name)
        raw = Raw(postgres, told.records)
        limit = alone(raw, postgres)
        beside = Ours(folder, postgres, told.workers)
        try:
            in_turn(raw, beside, PEOPLE)  # everything once before it counts
            times = {people: in_turn(raw, beside, people) for people in (1, PEOPLE)}
        finally:
            beside.stop()
        made: list[tuple[Callable[[], Contestant], int]] = [
            (lambda: Ours(folder, postgres, told.workers), told.records)
        ]
        if told.kinto:
            made.append((lambda: Kinto(folder, postgres, told.kinto / "bin"), told.records // 10))
        if told.pouch:
            program = told.pouch / "node_modules/.bin/pouchdb-server"
            made.append((lambda: Pouch(folder, program), told.records))
        rates = {}
        for make, pushed in made:
            contestant = make()
            try:
                rows = Measure(contestant, postgres, pushed).run()
            finally:
                contestant.stop()
            rates[contestant.name] = rows[0].count / rows[0].seconds
    ours, *others = rates.items()
    print()
    for other, rate in others:
        print(f"push beside {other}: {ours[1] / rate:.1f} times")
    for one in limit[:3]:
        print(f"push beside {one.what}: 1/{one.count / one.seconds / ours[1]:.1f}")
    for people, longer in times.items():
        print(f"push of {people} beside as many writers of INSERT, 100 a commit, in turn: 1/{longer:.1f}")


if __name__ == "__main__":
    main()

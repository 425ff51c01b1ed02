"""The sync service under load, beside Kinto, pouchdb-server and PostgreSQL alone, in one run on one machine.

    python benchmarks/sync_load.py [--records 10000] [--kinto VENV] [--pouch FOLDER] [--out FILE]

Measured: one laptop pushes 10,000 records of 4 KB in batches of 100; 20 laptops push as many between them at
once; one pulls 10,000; one asks for 10 changes among 100,000. CPU is the service's and PostgreSQL's (the
client's is not counted), memory the service's processes at their largest. PostgreSQL is a cluster of its
own that waits for the disk at every commit, the same for all.

Kinto: ``python -m venv VENV && VENV/bin/pip install 'kinto[postgresql]==26.5' waitress``. It is given a
tenth of the records to push, and the rate is what is compared. pouchdb-server: ``npm install
pouchdb-server`` in FOLDER. One that is not named is left out. Linux only.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "servers"))

import httpx
from postgres import PostgresServer, TestDatabase, postgres_server
from sync_contestants import PEOPLE, Contestant, Doc, Kinto, Ours, Pouch, a_doc
from sync_kit import prepare

BATCH = 100
AMONG, CHANGED, TIMES = 100_000, 10, 30
WORDS = (
    "borgeren bor alene og klarer selv morgenmaden men har brug for hjælp til bad støvsugning indkøb og "
    "medicin efter indlæggelsen datteren kommer hver søndag målet er at hun igen kan gå i haven"
).split()


@dataclass
class Row:
    """One measurement."""

    who: str
    what: str
    count: int
    seconds: float
    each: list[float] = field(default_factory=list)
    cpu: float = 0
    memory: float = 0

    def line(self) -> str:
        """The row of the table."""
        cuts = [statistics.quantiles(self.each, n=100)[n] for n in (49, 98)] if self.each[1:] else []
        p50, p99 = (f"{cut * 1000:,.0f}" for cut in cuts) if cuts else ("", "")
        rate, used = self.count / self.seconds, self.cpu / self.count * 1000
        memory = f"{self.memory:.0f}" if self.memory else ""
        return f"| {self.who} | {self.what} | {rate:,.0f} | {p50} | {p99} | {used:.2f} | {memory} |"


def text(rng: random.Random) -> str:
    """About 3.8 KB that compress as a case does."""
    return " ".join(rng.choice(WORDS) + str(rng.randint(0, 99)) for _ in range(530))


def docs(count: int, seed: int) -> list[Doc]:
    """New records."""
    rng = random.Random(seed)
    return [a_doc(text(rng)) for _ in range(count)]


# -- what a process and all below it used --------------------------------------------------------------


def tree(pid: int) -> list[int]:
    """A process and its descendants."""
    found = [pid]
    with contextlib.suppress(ProcessLookupError, FileNotFoundError):
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            for child in task.read_text().split():
                found += tree(int(child))
    return found


def cpu(pid: int) -> float:
    """Seconds of CPU of a process, its descendants, and those of them that have ended."""
    ticks = 0
    for one in tree(pid):
        with contextlib.suppress(ProcessLookupError, FileNotFoundError):  # ended; its parent has its time
            fields = Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
            ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def peak(pid: int) -> float:
    """MB of memory at the most, added up."""
    lines = [line for one in tree(pid) for line in Path(f"/proc/{one}/status").read_text().splitlines()]
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def postmaster(postgres: PostgresServer) -> int:
    """PostgreSQL's first process."""
    return int((postgres.data / "postmaster.pid").read_text().split()[0])


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


# -- PostgreSQL alone ----------------------------------------------------------------------------------


def raw(postgres: PostgresServer, count: int) -> list[Row]:
    """The limit: the same rows into the same table with its indexes, by COPY and by INSERT."""
    from visitator_tui.server.columns import row
    from visitator_tui.server.incoming import read_batch
    from visitator_tui.server.ledger import as_text

    database = postgres.new_database()
    prepare(database.owner_url)
    bodies = docs(count, 4)
    rows = [
        list(as_text(row(sent, "provby", "anna", number, "2026-03-02")).values())
        for first in range(0, count, BATCH)
        for number, sent in enumerate(read_batch(_request(bodies[first : first + BATCH])).records, first + 1)
    ]
    names = ", ".join(row(read_batch(_request(bodies[:1])).records[0], "", "", 0, ""))
    marks = ", ".join(["%s"] * (names.count(",") + 1))
    found = []
    with postgres.connect(database.name) as connection:
        connection.autocommit = False

        def copy(some: Sequence[list[object]]) -> None:
            with connection.cursor() as cursor, cursor.copy(f"COPY records ({names}) FROM STDIN") as into:
                for one in some:
                    into.write_row(one)

        def insert(some: Sequence[list[object]]) -> None:
            with connection.cursor() as cursor:
                cursor.executemany(f"INSERT INTO records ({names}) VALUES ({marks})", some)

        for what, size, write in (
            ("COPY, 100 a commit", BATCH, copy),
            ("INSERT, 100 a commit", BATCH, insert),
            ("INSERT, 1 a commit", 1, insert),
        ):
            connection.execute("TRUNCATE records")
            connection.commit()
            used, began, each = cpu(postmaster(postgres)), time.perf_counter(), []
            for first in range(0, count if size > 1 else count // 10, size):
                start = time.perf_counter()
                write(rows[first : first + size])
                connection.commit()
                each.append(time.perf_counter() - start)
            seconds = time.perf_counter() - began
            total = count if size > 1 else count // 10
            found.append(
                Row("PostgreSQL alone", what, total, seconds, each, cpu(postmaster(postgres)) - used)
            )
            print(found[-1].line(), flush=True)
        connection.execute("TRUNCATE records")
        connection.commit()
    statement = f"INSERT INTO records ({names}) VALUES ({marks})"
    found.append(_at_once(postgres, database, statement, rows))
    print(found[-1].line(), flush=True)
    return found


def _at_once(
    postgres: PostgresServer, database: TestDatabase, statement: str, rows: Sequence[list[object]]
) -> Row:
    """As many writers as there are laptops at once, each with a connection of its own."""

    def write(mine: Sequence[list[object]]) -> list[float]:
        each = []
        with postgres.connect(database.name) as connection:
            connection.autocommit = False
            for first in range(0, len(mine), BATCH):
                start = time.perf_counter()
                with connection.cursor() as cursor:
                    cursor.executemany(statement, mine[first : first + BATCH])
                connection.commit()
                each.append(time.perf_counter() - start)
        return each

    share = len(rows) // PEOPLE
    parts = [rows[n * share : (n + 1) * share] for n in range(PEOPLE)]
    used, began = cpu(postmaster(postgres)), time.perf_counter()
    with ThreadPoolExecutor(PEOPLE) as pool:
        each = [took for taken in pool.map(write, parts) for took in taken]
    seconds = time.perf_counter() - began
    what = f"INSERT, 100 a commit, {PEOPLE} at once"
    used = cpu(postmaster(postgres)) - used
    return Row("PostgreSQL alone", what, share * PEOPLE, seconds, each, used)


def _request(some: Sequence[Doc]) -> bytes:
    return Ours.request(None, some, 0)  # type: ignore[arg-type]


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
        limit = raw(postgres, told.records)
        made: list[tuple[Callable[[], Contestant], int]] = [
            (lambda: Ours(folder, postgres, told.workers), told.records)
        ]
        if told.kinto:
            made.append((lambda: Kinto(folder, postgres, told.kinto / "bin"), told.records // 10))
        if told.pouch:
            program = told.pouch / "node_modules/.bin/pouchdb-server"
            made.append((lambda: Pouch(folder, program), told.records))
        rates, together = {}, {}
        for make, pushed in made:
            contestant = make()
            try:
                rows = Measure(contestant, postgres, pushed).run()
            finally:
                contestant.stop()
            rates[contestant.name] = rows[0].count / rows[0].seconds
            together[contestant.name] = rows[1].count / rows[1].seconds
    ours, *others = rates.items()
    print()
    for other, rate in others:
        print(f"push beside {other}: {ours[1] / rate:.1f} times")
    for one in limit[:-1]:
        print(f"push beside {one.what}: 1/{one.count / one.seconds / ours[1]:.1f}")
    most = limit[-1]
    print(f"push of {PEOPLE} beside {most.what}: 1/{most.count / most.seconds / together[ours[0]]:.1f}")


if __name__ == "__main__":
    main()

"""A day of one municipality: 300 laptops, the real service, a real PostgreSQL; the hours are compressed.

    python benchmarks/sync_day.py --laptops 300 --seconds 1000

Every laptop signs in with its own device token. From 07.30 to 15.30 it looks for changes every five minutes,
as the program does, and pushes what was typed in between; it makes letters, finds cases of colleagues and
hands some over. The seconds that the day is given are the load: 1000 seconds are 29 times as fast as life.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import json
import os
import random
import sys
import tempfile
import time
import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "servers"))

from guarded import GuardedProcess
from postgres import PostgresServer, TestDatabase, postgres_server
from service import TENANT
from sync_kit import a_case, batch, opened, prepare, record

from visitator_tui.server import devices
from visitator_tui.server.incoming import read_batch
from visitator_tui.server.ledger import Ledger
from visitator_tui.server.principal import Principal
from visitator_tui.server.push import Push

HOURS = 8.0
CASES_EACH = 40
LOOKS = 96  # every five minutes
PUSHES = 40  # one for every twelve minutes of typing
LETTERS = 4
SEARCHES = 3
HANDOVERS = 1
CASE_BYTES, LETTER_BYTES = 8_000, 60_000

Sample = tuple[str, float, int]


@dataclass
class Laptop:
    """One laptop: its connection and what it knows of the service."""

    user: str
    token: str
    cases: list[str]
    port: int
    revisions: dict[str, int] = field(default_factory=dict)
    since: int = 0
    epoch: str | None = None
    streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, told: Any = None) -> tuple[int, bytes]:
        """One request on the laptop's own connection."""
        body = b"" if told is None else json.dumps(told).encode()
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {self.token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        for attempt in (0, 1):
            if self.streams is None:
                self.streams = await asyncio.open_connection("127.0.0.1", self.port, limit=2**24)
            reader, writer = self.streams
            try:
                writer.write(head.encode() + body)
                await writer.drain()
                answer = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                length = next(
                    line for line in answer.lower().split("\r\n") if line.startswith("content-length")
                )
                return int(answer.split(" ", 2)[1]), await reader.readexactly(int(length.split(":")[1]))
            except (ConnectionError, asyncio.IncompleteReadError):  # the idle connection was closed
                self.streams = None
                if attempt:
                    raise
        raise AssertionError


class Day:
    """The day's plan, and what came of it."""

    def __init__(self, laptops: list[Laptop], seconds: float, seed: int) -> None:
        self.laptops = laptops
        self.seconds = seconds
        self.random = random.Random(seed)
        self.samples: list[Sample] = []
        self.conflicts = 0
        self.late = 0.0

    async def run(self) -> float:
        """Live through it; the seconds it took."""
        began = time.perf_counter()
        await asyncio.gather(*(self._one(laptop, began) for laptop in self.laptops))
        return time.perf_counter() - began

    def _plan(self) -> list[tuple[float, str]]:
        """(when in the day, 0-1; what). Everybody begins within the first half hour, and looks evenly."""
        start = self.random.random() * 0.5 / HOURS
        plan = [(start, "start"), *((start + n / LOOKS * (1 - start), "look") for n in range(1, LOOKS))]
        for what, count in (
            ("push", PUSHES),
            ("letter", LETTERS),
            ("search", SEARCHES),
            ("handover", HANDOVERS),
        ):
            plan += [(start + self.random.random() * (1 - start), what) for _ in range(count)]
        return sorted(plan)

    async def _one(self, laptop: Laptop, began: float) -> None:
        for when, what in self._plan():
            wait = began + when * self.seconds - time.perf_counter()
            if wait > 0:
                await asyncio.sleep(wait)
            else:
                self.late = max(self.late, -wait)
            await getattr(self, f"_{what}")(laptop)

    async def _timed(self, kind: str, laptop: Laptop, method: str, path: str, told: Any = None) -> Any:
        began = time.perf_counter()
        status, body = await laptop.ask(method, path, told)
        self.samples.append((kind, time.perf_counter() - began, status))
        return json.loads(body) if status < 300 and body else None

    async def _start(self, laptop: Laptop) -> None:
        await self._look(laptop)
        await self._timed("files", laptop, "GET", "/v1/files")

    async def _look(self, laptop: Laptop) -> None:
        """As the laptop does: ask where the municipality is, and what is new if it has moved."""
        standing = await self._timed("standing", laptop, "GET", "/v1/standing")
        laptop.epoch = standing["epoch"]
        if standing["seq"] > laptop.since:
            await self._pull(laptop)

    async def _pull(self, laptop: Laptop) -> None:
        while True:
            path = f"/v1/changes?since={laptop.since}&limit=200&epoch={laptop.epoch}"
            page = await self._timed("pull", laptop, "GET", path)
            for one in page["changes"]:
                if "gone" in one:
                    laptop.revisions.pop(one["id"], None)
                elif one["kind"] == "case":
                    laptop.revisions[one["id"]] = one["revision"]
            laptop.since = page["upto"]
            if not page["more"]:
                return

    async def _push(self, laptop: Laptop) -> None:
        mine = list(laptop.revisions)
        if mine:
            chosen = self.random.sample(mine, min(len(mine), self.random.choice((1, 1, 2, 3))))
            sent = [record(one, laptop.revisions[one], _case(self.random), laptop.user) for one in chosen]
            await self._sent("push", laptop, sent)

    async def _letter(self, laptop: Laptop) -> None:
        mine = list(laptop.revisions)
        if mine:
            pdf = base64.b64encode(self.random.randbytes(LETTER_BYTES)).decode()
            sent = record(
                _id(self.random),
                0,
                {"pdf": pdf},
                laptop.user,
                kind="letter",
                case_id=self.random.choice(mine),
            )
            await self._sent("letter", laptop, [sent])

    async def _handover(self, laptop: Laptop) -> None:
        mine = list(laptop.revisions)
        if mine:
            one, to = self.random.choice(mine), self.random.choice(self.laptops).user
            await self._sent("push", laptop, [record(one, laptop.revisions[one], _case(self.random), to)])

    async def _search(self, laptop: Laptop) -> None:
        await self._timed("search", laptop, "GET", f"/v1/cases?search=navn{self.random.randrange(2000)}")

    async def _sent(self, kind: str, laptop: Laptop, sent: list[dict[str, Any]]) -> None:
        await self._look(laptop)  # pull before push, and again after it, for others wrote meanwhile
        sent = [one for one in sent if one["kind"] == "letter" or one["id"] in laptop.revisions]
        for one in sent:
            one["base"] = laptop.revisions.get(one["id"], 0)
        if sent:
            told = await self._timed(kind, laptop, "POST", "/v1/push", batch(sent, laptop.epoch))
            for one in told["results"] if told else ():
                self.conflicts += one["status"] == "conflict"
                if one["status"] == "stored" and one["id"] in laptop.revisions:
                    laptop.revisions[one["id"]] = one["revision"]
            await self._pull(laptop)


def _case(rng: random.Random) -> dict[str, Any]:
    return a_case(
        "Går med rollator, klarer trapper langsomt. " * (CASE_BYTES // 43), f"Navn{rng.randrange(2000)} Prøve"
    )


def _id(rng: random.Random) -> str:
    return str(uuid.UUID(int=rng.getrandbits(128), version=4))


def fill(database: TestDatabase, port: int, count: int, rng: random.Random) -> list[Laptop]:
    """The municipality as it was last night: every laptop enrolled, every visitator with her cases."""
    owner = opened(database.owner_url)
    desk, now = Push(Ledger(owner), lambda: datetime.now(UTC), 14), datetime.now(UTC)
    laptops = []
    for number in range(count):
        user = f"user{number}"
        with owner.engine.begin() as connection:
            code = devices.make_code(connection, TENANT, devices.Holder(user), "benchmark", now)
            made = devices.enrol(connection, code.text, f"pc-{number}", now)
        cases = [_id(rng) for _ in range(CASES_EACH)]
        who = Principal(TENANT, user, user, made.device, frozenset({"visitator"}))
        sent = batch([record(one, 0, _case(rng), user) for one in cases])
        answer = json.loads(desk.take(who, read_batch(json.dumps(sent).encode())))
        laptops.append(Laptop(user, made.token, cases, port, dict.fromkeys(cases, 1)))
    for laptop in laptops:
        laptop.since = answer["seq"]
    owner.close()
    return laptops


def cpu_and_memory(parent: int) -> tuple[float, float]:
    """CPU seconds and MB (proportional) of a process and its children, also of those that have ended."""
    tick, cpu, memory = os.sysconf("SC_CLK_TCK"), 0.0, 0.0
    family = {parent}
    for _ in range(3):
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[1]) in family:
                family.add(int(stat.parent.name))
    for pid in family:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            cpu += sum(int(one) for one in fields[11:15]) / tick
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
            memory += (
                next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) / 1024
            )
        except OSError:
            continue
    return cpu, memory


def report(
    day: Day, took: float, before: dict[str, tuple[float, float]], after: dict[str, tuple[float, float]]
) -> None:
    """Print the figures."""
    by_kind: dict[str, list[float]] = defaultdict(list)
    for kind, seconds, _ in day.samples:
        by_kind[kind].append(seconds * 1000)
    failed = sum(status >= 300 and kind != "files" for kind, _, status in day.samples)
    print(
        f"{len(day.laptops)} laptops, {HOURS:g} h in {took:.0f} s ({HOURS * 3600 / took:.0f} times as fast as life)"
    )
    print(
        f"{len(day.samples)} requests ({len(day.samples) / took:.0f}/s), {failed} failed, {day.conflicts} conflicts"
    )
    print(f"largest delay behind the plan {day.late * 1000:.0f} ms")
    print(f"{'':10}{'requests':>10}{'p50 ms':>9}{'p99 ms':>9}{'max ms':>9}")
    for kind, found in [
        *sorted(by_kind.items()),
        ("all", [one for some in by_kind.values() for one in some]),
    ]:
        found.sort()
        p50, p99 = found[len(found) // 2], found[min(len(found) - 1, int(len(found) * 0.99))]
        print(f"{kind:10}{len(found):10}{p50:9.1f}{p99:9.1f}{found[-1]:9.1f}")
    for name in before:
        cpu = after[name][0] - before[name][0]
        share = f"{cpu / took * 100:.0f} % of a core, {cpu / len(day.samples) * 1000:.2f} ms a request"
        print(f"{name:11} CPU {cpu:.1f} s ({share}), memory {after[name][1]:.0f} MB")


def measure(postgres: PostgresServer, arguments: argparse.Namespace, folder: Path) -> None:
    """One day."""
    database = postgres.new_database()
    prepare(database.owner_url)
    service = GuardedProcess(folder, database.service_url, arguments.workers)
    rng = random.Random(arguments.seed)
    laptops = fill(database, service.port, arguments.laptops, rng)
    service.start()
    try:
        parents = {
            "service": service.pid,
            "PostgreSQL": int((postgres.data / "postmaster.pid").read_text().split()[0]),
        }
        with postgres.connect(database.name) as connection:
            connection.execute("ANALYZE")
            size = "SELECT pg_database_size(current_database()), pg_current_wal_lsn()::text"
            was = connection.execute(size).fetchone()
            before = {name: cpu_and_memory(pid) for name, pid in parents.items()}
            day = Day(laptops, arguments.seconds, arguments.seed)
            took = asyncio.run(day.run())
            after = {name: cpu_and_memory(pid) for name, pid in parents.items()}
            report(day, took, before, after)
            row = connection.execute(
                f"SELECT pg_database_size(current_database()), pg_current_wal_lsn() - '{was[1] if was else '0/0'}'"
            ).fetchone()
            assert was and row
            print(
                f"database {was[0] / 1e6:.0f} -> {row[0] / 1e6:.0f} MB, write-ahead log {float(row[1]) / 1e6:.0f} MB"
            )
    finally:
        service.kill()


def main() -> None:
    """Measure with the arguments of the command line."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--laptops", type=int, default=300)
    asked.add_argument("--seconds", type=float, default=1000, help="what the day is compressed to")
    asked.add_argument("--workers", type=int, default=1)
    asked.add_argument("--seed", type=int, default=1)
    arguments = asked.parse_args()
    with postgres_server(durable=True) as postgres, tempfile.TemporaryDirectory() as folder:
        measure(postgres, arguments, Path(folder))


if __name__ == "__main__":
    main()

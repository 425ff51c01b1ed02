"""What the benchmarks of sync measure with: records of a case's size, a row of the table, what a process has used."""

from __future__ import annotations

import contextlib
import os
import random
import statistics
from dataclasses import dataclass, field
from pathlib import Path

from postgres import PostgresServer
from sync_contestants import Doc, a_doc

BATCH = 100
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

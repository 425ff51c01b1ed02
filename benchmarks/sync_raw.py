"""PostgreSQL alone: the same rows into the same table with its indexes, by COPY and by INSERT.

It is measured by itself, and in turn with the service: a shared machine is half as fast again from one second
to the next, so what is compared is written within the same second, and the turns are added up.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from itertools import chain
from typing import TypeVar

import httpx
import psycopg
from postgres import PostgresServer
from sync_contestants import PEOPLE, Doc, Ours
from sync_figures import BATCH, Row, cpu, docs, postmaster
from sync_kit import prepare

from visitator_tui.server.columns import row
from visitator_tui.server.incoming import read_batch
from visitator_tui.server.ledger import as_text

TURNS = 10
Rows = Sequence[Sequence[object]]
_T = TypeVar("_T")
_R = TypeVar("_R")


class Raw:
    """A table as the service has it, and rows to fill it with."""

    def __init__(self, postgres: PostgresServer, count: int) -> None:
        self._postgres, self._database = postgres, postgres.new_database()
        prepare(self._database.owner_url)
        bodies = docs(count, 4)
        whole = [
            as_text(row(sent, "provby", "anna", number, "2026-03-02"))
            for first in range(0, count, BATCH)
            for number, sent in enumerate(
                read_batch(_request(bodies[first : first + BATCH])).records, first + 1
            )
        ]
        self.rows: Rows = [list(one.values()) for one in whole]
        self._names = ", ".join(whole[0])
        self._insert = f"INSERT INTO records ({self._names}) VALUES ({', '.join(['%s'] * len(whole[0]))})"

    @contextmanager
    def connected(self) -> Iterator[psycopg.Connection]:
        """A connection to the table."""
        with self._postgres.connect(self._database.name) as connection:
            connection.autocommit = False
            yield connection

    def clear(self) -> None:
        """Empty the table."""
        with self.connected() as connection:
            connection.execute("TRUNCATE records")

    def copy(self, connection: psycopg.Connection, some: Rows) -> None:
        """Write by COPY, in one transaction."""
        with connection.cursor() as cursor, cursor.copy(f"COPY records ({self._names}) FROM STDIN") as into:
            for one in some:
                into.write_row(one)
        connection.commit()

    def insert(self, connection: psycopg.Connection, some: Rows) -> None:
        """Write by INSERT, in one transaction."""
        with connection.cursor() as cursor:
            cursor.executemany(self._insert, some)
        connection.commit()


Write = Callable[[psycopg.Connection, Rows], None]


def alone(raw: Raw, postgres: PostgresServer) -> list[Row]:
    """The limit by itself."""
    found = []
    for what, size, write, people in (
        ("COPY, 100 a commit", BATCH, raw.copy, 1),
        ("INSERT, 100 a commit", BATCH, raw.insert, 1),
        ("INSERT, 1 a commit", 1, raw.insert, 1),
        (f"INSERT, 100 a commit, {PEOPLE} at once", BATCH, raw.insert, PEOPLE),
    ):
        raw.clear()
        rows = raw.rows if size > 1 else raw.rows[: len(raw.rows) // 10]
        used = cpu(postmaster(postgres))
        with ExitStack() as stack:
            connections = [stack.enter_context(raw.connected()) for _ in range(people)]
            seconds, made = _at_once([_writing(one, write, size) for one in connections], rows)
        used = cpu(postmaster(postgres)) - used
        found.append(Row("PostgreSQL alone", what, len(rows), seconds, [*chain(*made)], used))
        print(found[-1].line(), flush=True)
    raw.clear()
    return found


def _writing(connection: psycopg.Connection, write: Write, size: int) -> Callable[[Rows], list[float]]:
    def work(rows: Rows) -> list[float]:
        each = []
        for first in range(0, len(rows), size):
            start = time.perf_counter()
            write(connection, rows[first : first + size])
            each.append(time.perf_counter() - start)
        return each

    return work


def _at_once(works: Sequence[Callable[[Sequence[_T]], _R]], whole: Sequence[_T]) -> tuple[float, list[_R]]:
    """Seconds, and what each made of an equal part."""
    share = len(whole) // len(works)
    parts = [whole[n * share : (n + 1) * share] for n in range(len(works))]
    with ThreadPoolExecutor(len(works)) as pool:
        began = time.perf_counter()
        made = list(pool.map(lambda work, part: work(part), works, parts))
        return time.perf_counter() - began, made


def in_turn(raw: Raw, ours: Ours, people: int) -> float:
    """How many times as long the service takes for as many laptops' pushes as PostgreSQL alone for their rows."""
    count = max(len(raw.rows) // TURNS // BATCH, 2 * people) * BATCH
    raw.clear()
    alone = service = 0.0
    with ExitStack() as stack:
        writers = [_writing(stack.enter_context(raw.connected()), raw.insert, BATCH) for _ in range(people)]
        laptops = [_pushing(ours, stack.enter_context(ours.client(n))) for n in range(people)]
        for first in range(0, len(raw.rows) - count + 1, count):
            new = docs(count, 1000 * people + first)
            requests = [_request(new[n : n + BATCH]) for n in range(0, count, BATCH)]
            alone += _at_once(writers, raw.rows[first : first + count])[0]
            service += _at_once(laptops, requests)[0]
    raw.clear()
    return service / alone


def _pushing(ours: Ours, client: httpx.Client) -> Callable[[Sequence[bytes]], None]:
    def work(requests: Sequence[bytes]) -> None:
        for one in requests:
            ours.push(client, one)

    return work


def _request(some: Sequence[Doc]) -> bytes:
    return Ours.request(None, some, 0)  # type: ignore[arg-type]

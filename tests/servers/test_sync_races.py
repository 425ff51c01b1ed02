"""No edit is overwritten and no change is missed, however many write at once.

Two things see to it: compare-and-set in one statement, and numbers allotted under a lock that is held to
commit. Each is taken out here once, to show that these tests would notice.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from postgres import TestDatabase
from sqlalchemy import Connection, insert, update
from sync_kit import Desk, a_case, new_id, opened, record

from visitator_tui.server import push
from visitator_tui.server.database import Database
from visitator_tui.server.ledger import Head, Ledger, as_text
from visitator_tui.server.push import Result
from visitator_tui.server.tables import records

WRITERS, ROUNDS = 4, 200
WRITES = 2_000


class Unlocked(Ledger):
    """The lock is taken out: numbers are allotted, and free for others to overtake, before what they number."""

    def lock(self, connection: Connection, tenant: str) -> Head:
        return self.head(connection, tenant)

    def allot(self, connection: Connection, tenant: str, count: int) -> range:
        with self.database.writing(tenant) as short:
            return super().allot(short, tenant, count)


class Overwriting(Ledger):
    """The compare-and-set is taken out: what is sent is written."""

    def store(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> set[str]:
        for row in map(as_text, rows):
            there = (records.c.tenant == row["tenant"], records.c.id == row["id"])
            if not connection.execute(update(records).where(*there).values(**row)).rowcount:
                connection.execute(insert(records).values(**row))
        return {str(row["id"]) for row in rows}


class OverwritingUnlocked(Overwriting, Unlocked):
    """Both are taken out."""


@pytest.fixture
def database(test_database: TestDatabase) -> Iterator[Database]:
    """Enough connections for all writers, twice."""
    wide = opened(test_database.service_url, 20)
    yield wide
    wide.close()


def winners(desk: Desk, rounds: int) -> Iterator[int]:
    """For each round, how many of four simultaneous writers with the same base were told »stored«."""
    id_, base = new_id(), 1
    desk.push("anna", [record(id_, 0, a_case())])
    start = threading.Barrier(WRITERS)

    def write(text: str) -> str:
        start.wait()
        return str(desk.push("anna", [record(id_, base, a_case(text))])[0]["status"])

    with ThreadPoolExecutor(WRITERS) as pool:
        for number in range(rounds):
            told = list(pool.map(write, [f"runde {number}, skriver {one}" for one in range(WRITERS)]))
            yield told.count("stored")
            base += 1


def missed(desk: Desk) -> int:
    """How many of 2,000 writes, in long and short transactions at once, a steady poller never sees."""
    done = threading.Event()

    def write(size: int) -> list[str]:
        ids = [new_id() for _ in range(WRITES // 8)]
        for first in range(0, len(ids), size):
            desk.push("anna", [record(one, 0, a_case("x" * 2000)) for one in ids[first : first + size]])
        return ids

    def poll() -> set[str]:
        seen: set[str] = set()
        since, last = 0, False
        while True:
            last = done.is_set()
            page = desk.changes("lea", since)
            seen.update(one["id"] for one in page["changes"])
            since = page["upto"]
            if last and not page["more"]:
                return seen

    with ThreadPoolExecutor(9) as pool:
        poller = pool.submit(poll)
        try:
            written = {one for ids in pool.map(write, [50, 5, 50, 5, 50, 5, 50, 5]) for one in ids}
        finally:
            done.set()
        seen = poller.result()
    assert len(written) == WRITES
    return len(written - seen)


def test_of_four_with_the_same_base_exactly_one_wins_each_round(database: Database) -> None:
    assert set(winners(Desk(database), ROUNDS)) == {1}


def test_the_compare_and_set_holds_without_the_lock(database: Database) -> None:
    assert set(winners(Desk(database, Unlocked(database)), 20)) == {1}


def test_without_compare_and_set_edits_are_overwritten(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge: Callable[..., Result] = push._judge

    def lenient(*told: Any) -> Result:
        result = judge(*told)
        return Result(result.id, "stored", result.revision) if result.status == "conflict" else result

    monkeypatch.setattr(push, "_judge", lenient)
    assert any(count > 1 for count in winners(Desk(database, Overwriting(database)), 20))


def test_with_neither_edits_are_overwritten(database: Database) -> None:
    assert any(count > 1 for count in winners(Desk(database, OverwritingUnlocked(database)), ROUNDS))


def test_a_poller_misses_none_of_2000_simultaneous_writes(database: Database) -> None:
    assert missed(Desk(database)) == 0


def test_without_the_lock_a_poller_misses_writes(database: Database) -> None:
    assert missed(Desk(database, Unlocked(database))) > 0

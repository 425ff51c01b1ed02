"""The two things that keep edits from being lost: the numbers of a municipality, and compare-and-set.

A number is allotted while the municipality's row is locked, and the lock is held to commit. So what has a
lower number was committed before, and a reader who has seen number n has nothing below n still to come.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Delete, Insert, Select, bindparam, select, update
from sqlalchemy.dialects.sqlite import insert

from .arrays import form_of
from .database import Database, short_hash
from .refusal import Refusal
from .schema import new_epoch
from .tables import records, tenants
from .times import utc

EPOCH_REST: Final = timedelta(minutes=10)


class HistoryLostError(Exception):
    """A laptop has what this server once had and has no more: it was restored from a backup."""


@dataclass(frozen=True)
class Head:
    """Where a municipality is: its last number, and the name of its history."""

    seq: int
    epoch: str


class Ledger:
    """Head, numbers and the write of records."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def head(self, connection: Connection, tenant: str) -> Head:
        """Where the municipality is. Raises Refusal if there is none of this name."""
        return self._told(connection, _HEAD, tenant)

    def lock(self, connection: Connection, tenant: str) -> Head:
        """The same, and nobody else of this municipality writes before this transaction ends."""
        return self._told(connection, _LOCKED, tenant)

    def head_after(self, connection: Connection, tenant: str, changes: Iterable[Insert | Delete]) -> Head:
        """The same after these changes of other tables; on PostgreSQL all of it is one statement."""
        if self.database.is_postgresql:
            ctes = [change.cte(f"change_{number}") for number, change in enumerate(changes)]
            return self._told(connection, _HEAD.add_cte(*ctes), tenant)
        for change in changes:
            connection.execute(change)
        return self.head(connection, tenant)

    def _told(self, connection: Connection, query: Select[int, str], tenant: str) -> Head:
        row = connection.execute(query, {"municipality": tenant}).first()
        if row is None:
            raise Refusal(403, "forbidden")
        return Head(row.seq, short_hash(row.epoch, self.database.fingerprint(connection)))

    def allot(self, connection: Connection, tenant: str, count: int) -> range:
        """The next ``count`` numbers. The caller holds the lock."""
        last: int = connection.execute(_ALLOT, {"municipality": tenant, "count": count}).scalar_one()
        return range(last - count + 1, last + 1)

    def store(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> set[str]:
        """Write each row if the stored revision is the one just below its own; the ids of those written.

        Comparing and setting are one statement, so of two writers with the same base one is too late,
        whatever else is locked.
        """
        if not rows:
            return set()
        write = _store_arrays if self.database.is_postgresql else _store_rows
        return write(connection, rows)

    def new_history(self, tenant: str, now: datetime) -> str:
        """Give the municipality a new epoch, so that its laptops compare what they have with what is here.

        At most one in ten minutes: of many laptops that notice the same restore, the first is enough. Returns
        the epoch that holds.
        """
        with self.database.writing(tenant) as connection:
            connection.execute(
                update(tenants)
                .where(tenants.c.id == tenant, tenants.c.epoch_at < utc(now - EPOCH_REST))
                .values(epoch=new_epoch(), epoch_at=utc(now))
            )
            return self.head(connection, tenant).epoch


_THIS: Final = tenants.c.id == bindparam("municipality")
_HEAD: Final = select(tenants.c.seq, tenants.c.epoch).where(_THIS)
_LOCKED: Final = _HEAD.with_for_update()
_ALLOT: Final = (
    update(tenants).where(_THIS).values(seq=tenants.c.seq + bindparam("count")).returning(tenants.c.seq)
)


def _store_rows(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> set[str]:
    sent = insert(records)
    upsert = sent.on_conflict_do_update(
        index_elements=[records.c.tenant, records.c.id],
        set_={name: sent.excluded[name] for name in _SET},
        where=records.c.revision == sent.excluded.revision - 1,
    ).returning(records.c.id)
    return set(connection.execute(upsert, [dict(row) for row in rows]).scalars())


def _store_arrays(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> set[str]:
    """The same statement with an array for each column: a batch of any size is the same prepared statement."""
    columns = {name: form.array([row[name] for row in rows]) for name, form in _FORMS.items()}
    return {str(id_) for (id_,) in connection.exec_driver_sql(_UPSERT_ARRAYS, columns)}


_SET: Final = tuple(column.name for column in records.c if not column.primary_key)
_FORMS: Final = {column.name: form_of(column) for column in records.c}
_UPSERT_ARRAYS: Final = " ".join(
    (
        f"INSERT INTO records ({', '.join(_FORMS)})",
        f"SELECT * FROM unnest({', '.join(f'%({name})b' for name in _FORMS)})",  # noqa: S608 (our own names)
        f"ON CONFLICT (tenant, id) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in _SET)}",
        "WHERE records.revision = excluded.revision - 1 RETURNING id",
    )
)

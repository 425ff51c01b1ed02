"""The two things that keep edits from being lost: the numbers of a municipality, and compare-and-set.

A number is allotted while the municipality's row is locked, and the lock is held to commit. So what has a
lower number was committed before, and a reader who has seen number n has nothing below n still to come.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Connection, Insert, Select, bindparam, select, update
from sqlalchemy.dialects.sqlite import insert

from .arrays import UTF8, form_of
from .database import Database, short_hash
from .refusal import Refusal
from .schema import new_epoch
from .tables import records, tenants
from .times import utc

_NONE: Final[Mapping[str, object]] = MappingProxyType({})
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

    def head_after(
        self, connection: Connection, tenant: str, notes: Mapping[Insert, Mapping[str, object]]
    ) -> Head:
        """The same after rows of other tables were written; on PostgreSQL all of it is one statement.

        A note is a statement that was built once, with what it is given under names that no other note uses.
        """
        if self.database.is_postgresql:
            given = {name: value for values in notes.values() for name, value in values.items()}
            return self._told(connection, _head_after(tuple(notes)), tenant, given)
        for note, values in notes.items():
            connection.execute(note, values)
        return self.head(connection, tenant)

    def _told(
        self,
        connection: Connection,
        query: Select[int, str],
        tenant: str,
        given: Mapping[str, object] = _NONE,
    ) -> Head:
        row = connection.execute(query, {"municipality": tenant, **given}).first()
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


@cache
def _head_after(notes: tuple[Insert, ...]) -> Select[int, str]:
    """Built once: building it takes as long as PostgreSQL takes to carry it out."""
    return _HEAD.add_cte(*(note.cte(f"note_{number}") for number, note in enumerate(notes)))


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
    return set(connection.execute(upsert, [*map(as_text, rows)]).scalars())


def as_text(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row whose body is text, as SQLAlchemy writes it."""
    return {**row, "body": row["body"] and row["body"].decode()}


def _store_arrays(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> set[str]:
    """The same statement with an array for each column: a batch of any size is the same prepared statement."""
    columns = {name: form.array([row[name] for row in rows]) for name, form in _FORMS.items()}
    written = {seq for (seq,) in connection.exec_driver_sql(_UPSERT_ARRAYS, columns)}
    return {row["id"] for row in rows if row["seq"] in written}


_SET: Final = tuple(column.name for column in records.c if not column.primary_key)
_FORMS: Final = {column.name: form_of(column) for column in records.c} | {"body": UTF8}
_UPSERT_ARRAYS: Final = " ".join(
    (
        f"INSERT INTO records ({', '.join(_FORMS)})",
        # Among what is selected each array is read as it goes; after FROM it would be written out as a table first.
        f"SELECT {', '.join(f'unnest(%({name})b)' for name in _FORMS)}",
        f"ON CONFLICT (tenant, id) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in _SET)}",
        "WHERE records.revision = excluded.revision - 1 RETURNING seq",
    )
)

"""Which records somebody may see: her own, those of cases she follows, and for a leader all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    ARRAY,
    Column,
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    and_,
    any_,
    bindparam,
    func,
    literal,
    or_,
    select,
    true,
)

from .principal import Principal
from .tables import follows, records


def own(principal: Principal) -> ColumnElement[bool]:
    """The rows of ``records`` that she may see."""
    mine = records.c.tenant == principal.tenant
    if principal.sees_all:
        return mine
    followed = select(follows.c.case_id).where(
        follows.c.tenant == principal.tenant, follows.c.user_id == principal.user
    )
    case = func.coalesce(records.c.case_id, records.c.id)
    return and_(mine, or_(records.c.assigned_to == principal.user, case.in_(followed)))


def among(connection: Connection, column: ColumnElement[str], ids: Iterable[str]) -> ColumnElement[bool]:
    """Whether a column is one of ``ids``. On PostgreSQL one array: any number of ids is the same statement."""
    if connection.dialect.name == "postgresql":
        return column == any_(literal(list(ids), ARRAY(column.type)))
    return column.in_(list(ids))


def found(connection: Connection, tenant: str, ids: Iterable[str]) -> Sequence[RowMapping]:
    """The municipality's records with these ids, with their bodies; those that are not there are missing."""
    query = _by_id(connection.dialect.name, _WHOLE)
    return connection.execute(query, {"municipality": tenant, "ids": list(ids)}).mappings().all()


@cache
def _by_id(dialect: str, columns: tuple[Column[Any], ...]) -> Select[Any]:
    """Built once: building a statement of many columns takes longer than PostgreSQL takes to answer it.

    On PostgreSQL each id is looked up in the primary key, whatever the statistics say: of a table that was
    never analysed the planner would rather read all records of the municipality.
    """
    theirs = records.c.tenant == bindparam("municipality")
    if dialect != "postgresql":
        return select(*columns).where(theirs, records.c.id.in_(bindparam("ids", expanding=True)))
    listed = bindparam("ids", type_=ARRAY(records.c.id.type))
    asked = func.unnest(listed).table_valued("id").render_derived("asked")
    one = select(*columns).where(theirs, records.c.id == asked.c.id).limit(1).lateral("one")
    return select(*one.c).select_from(asked).join(one, true())


@dataclass(frozen=True)
class Current:
    """What the server has of a record, without its body."""

    kind: str
    case_id: str | None
    revision: int
    digest: bytes
    assigned_to: str
    deleted: bool


def currents(connection: Connection, tenant: str, ids: Iterable[str]) -> Mapping[str, Current]:
    """What the server has of these records; those it has nothing of are missing."""
    query = _by_id(connection.dialect.name, _SMALL)
    rows = connection.execute(query, {"municipality": tenant, "ids": list(ids)})
    return {row[0]: Current(*row[1:]) for row in rows}


_WHOLE: Final = tuple(records.c)
_SMALL: Final = (
    records.c.id,
    records.c.kind,
    records.c.case_id,
    records.c.revision,
    records.c.digest,
    records.c.assigned_to,
    records.c.deleted,
)


def followed_cases(connection: Connection, principal: Principal, ids: Iterable[str]) -> frozenset[str]:
    """Which of these cases she follows; a leader needs to follow none."""
    ids = list(ids)
    if principal.sees_all or not ids:
        return frozenset()
    query = select(follows.c.case_id).where(
        follows.c.tenant == principal.tenant,
        follows.c.user_id == principal.user,
        among(connection, follows.c.case_id, ids),
    )
    return frozenset(connection.execute(query).scalars())


def change(row: RowMapping) -> dict[str, Any]:
    """A row of ``records`` as the laptops know it, but for its body, which is JSON already."""
    return {
        "kind": row["kind"],
        "id": row["id"],
        "revision": row["revision"],
        "seq": row["seq"],
        "deleted": row["deleted"],
        "assigned_to": row["assigned_to"],
        "case_id": row["case_id"],
        "changed_at": row["changed_at"],
        "changed_by": row["changed_by"],
        "stored_at": row["stored_at"],
    }

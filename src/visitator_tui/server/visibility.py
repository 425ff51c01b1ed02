"""Which records somebody may see: her own, those of cases she follows, and for a leader all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Connection, RowMapping, and_, any_, func, literal, or_, select

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
    query = select(
        records.c.id,
        records.c.kind,
        records.c.case_id,
        records.c.revision,
        records.c.digest,
        records.c.assigned_to,
        records.c.deleted,
    ).where(records.c.tenant == tenant, among(connection, records.c.id, ids))
    return {row[0]: Current(*row[1:]) for row in connection.execute(query)}


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

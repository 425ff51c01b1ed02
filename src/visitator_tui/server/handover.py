"""When a case changes hands: what belongs to it goes along, and the laptop that had it is told so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, or_, select, update

from .ledger import Ledger
from .tables import departures, follows, records
from .visibility import Current, among


class _Left(NamedTuple):
    id: str
    kind: str
    case: str
    user: str


def follow_up(
    ledger: Ledger,
    connection: Connection,
    tenant: str,
    rows: Sequence[Mapping[str, Any]],
    before: Mapping[str, Current],
) -> None:
    """After ``rows`` (no record of a case among them) were stored: move what belongs to them, note who lost what."""
    owners = {row["id"]: row["assigned_to"] for row in rows}
    left = [
        _Left(row["id"], row["kind"], row["id"], before[row["id"]].assigned_to)
        for row in rows
        if row["id"] in before and before[row["id"]].assigned_to != row["assigned_to"]
    ]
    # A new case may find letters that came before it, sent with another owner.
    unsettled = [row["id"] for row in rows if row["id"] not in before] + [one.id for one in left]
    if unsettled:
        left += _move(ledger, connection, tenant, unsettled, owners)
    if left:
        _note_departures(ledger, connection, tenant, left)
        _take_back(connection, tenant, left, owners)


def _move(
    ledger: Ledger, connection: Connection, tenant: str, cases: Sequence[str], owners: Mapping[str, str]
) -> list[_Left]:
    """Give what belongs to these cases the owner of its case, and a new number, so that she is sent it."""
    found = connection.execute(
        select(records.c.id, records.c.kind, records.c.case_id, records.c.assigned_to).where(
            records.c.tenant == tenant, among(connection, records.c.case_id, cases)
        )
    )
    moving = [one for one in map(_Left._make, found) if one.user != owners[one.case]]
    _renumber(ledger, connection, tenant, [(one.id, owners[one.case]) for one in moving])
    return moving


def _renumber(ledger: Ledger, connection: Connection, tenant: str, moved: Sequence[tuple[str, str]]) -> None:
    if moved:
        numbers = ledger.allot(connection, tenant, len(moved))
        connection.execute(
            update(records)
            .where(records.c.tenant == tenant, records.c.id == bindparam("which"))
            .values(assigned_to=bindparam("owner"), seq=bindparam("number")),
            [
                {"which": id_, "owner": owner, "number": number}
                for (id_, owner), number in zip(moved, numbers, strict=True)
            ],
        )


def _note_departures(ledger: Ledger, connection: Connection, tenant: str, left: Iterable[_Left]) -> None:
    left = list(left)
    found = connection.execute(
        select(follows.c.user_id, follows.c.case_id).where(
            follows.c.tenant == tenant, follows.c.case_id.in_({one.case for one in left})
        )
    )
    still = {(row.user_id, row.case_id) for row in found}
    gone = [one for one in left if (one.user, one.case) not in still]
    depart(ledger, connection, tenant, [(one.id, one.kind, one.user) for one in gone])


def depart(ledger: Ledger, connection: Connection, tenant: str, gone: Sequence[tuple[str, str, str]]) -> None:
    """Note that each of these (id, kind, user) is that user's no more. The caller holds the lock."""
    if not gone:
        return
    for user in {user for _, _, user in gone}:
        returned(connection, tenant, user, [id_ for id_, _, whose in gone if whose == user])
    numbers = ledger.allot(connection, tenant, len(gone))
    connection.execute(
        insert(departures),
        [
            {"tenant": tenant, "user_id": user, "id": id_, "kind": kind, "seq": number}
            for (id_, kind, user), number in zip(gone, numbers, strict=True)
        ],
    )


def _take_back(connection: Connection, tenant: str, left: Iterable[_Left], owners: Mapping[str, str]) -> None:
    """What is somebody's again has not left her."""
    for owner in {owners[one.case] for one in left}:
        returned(connection, tenant, owner, [one.id for one in left if owners[one.case] == owner])


def returned(connection: Connection, tenant: str, user: str, ids: Sequence[str]) -> None:
    """Forget that these left ``user``: they are hers (again)."""
    connection.execute(
        delete(departures).where(
            departures.c.tenant == tenant, departures.c.user_id == user, departures.c.id.in_(ids)
        )
    )


def of_case(connection: Connection, tenant: str, case_id: str) -> list[tuple[str, str, str]]:
    """A case and what belongs to it, in the order of their numbers: (id, kind, owner) of each."""
    found = connection.execute(
        select(records.c.id, records.c.kind, records.c.assigned_to)
        .where(records.c.tenant == tenant, or_(records.c.id == case_id, records.c.case_id == case_id))
        .order_by(records.c.seq)
    )
    return [(row.id, row.kind, row.assigned_to) for row in found]


def touch_case(ledger: Ledger, connection: Connection, tenant: str, case_id: str) -> list[str]:
    """Number a case and what belongs to it anew, so that a follower is sent them; their ids."""
    found = of_case(connection, tenant, case_id)
    _renumber(ledger, connection, tenant, [(id_, owner) for id_, _, owner in found])
    return [id_ for id_, _, _ in found]

"""When a case changes hands: what belongs to it goes along, and the laptop that had it is told so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, or_, select, update

from .before import Belonging
from .ledger import Ledger
from .tables import departures, follows, records
from .visibility import Current


def follow_up(
    ledger: Ledger,
    connection: Connection,
    tenant: str,
    rows: Sequence[Mapping[str, Any]],
    before: Mapping[str, Current],
    belonging: Sequence[Belonging],
) -> None:
    """After ``rows`` (no record of a case among them) were stored: move what belongs to them, note who lost what.

    ``belonging`` has what belongs to them and was not stored with them; a new case too may find letters that came
    before it, sent with another owner.
    """
    owners = {row["id"]: row["assigned_to"] for row in rows}
    left = [
        Belonging(row["id"], row["kind"], row["id"], before[row["id"]].assigned_to)
        for row in rows
        if row["id"] in before and before[row["id"]].assigned_to != row["assigned_to"]
    ]
    unsettled = {row["id"] for row in rows if row["id"] not in before} | {one.id for one in left}
    moving = [one for one in belonging if one.case in unsettled]
    _renumber(ledger, connection, tenant, [(one.id, owners[one.case]) for one in moving])
    left += moving
    if left:
        _note_departures(ledger, connection, tenant, left)
        _take_back(connection, tenant, left, owners)


def _renumber(ledger: Ledger, connection: Connection, tenant: str, moved: Sequence[tuple[str, str]]) -> None:
    """Give these the owners of their cases, and new numbers, so that they are sent to them."""
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


def _note_departures(ledger: Ledger, connection: Connection, tenant: str, left: Iterable[Belonging]) -> None:
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


def _take_back(
    connection: Connection, tenant: str, left: Iterable[Belonging], owners: Mapping[str, str]
) -> None:
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

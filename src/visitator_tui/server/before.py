"""What the server has before it takes a batch in: asked once, while the municipality is locked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from sqlalchemy import Connection, bindparam, select

from .arrays import TEXT, UUID
from .incoming import Batch
from .principal import Principal
from .tables import batches, records
from .visibility import Current, currents


class Answered(NamedTuple):
    """A batch that came before: the digest of its request, and what it was answered."""

    digest: bytes
    answer: str


class Belonging(NamedTuple):
    """A record of a case, and whose it is."""

    id: str
    kind: str
    case: str
    user: str


@dataclass(frozen=True)
class Before:
    """The batch's answer if it came before, its records and their cases, and what belongs to these cases.

    ``belonging`` has what is another person's than the case as it was sent.
    """

    answered: Answered | None
    there: Mapping[str, Current]
    belonging: tuple[Belonging, ...]


def before(connection: Connection, principal: Principal, batch: Batch) -> Before:
    """Ask for all of it. The caller holds the lock."""
    ids = {one.id for one in batch.records}
    ids.update(one.case_id for one in batch.records if one.case_id)
    owners = {one.id: one.assigned_to for one in batch.records if one.case_id is None}
    ask = _in_one if connection.dialect.name == "postgresql" else _one_by_one
    return ask(connection, principal, batch.id, [*ids], owners)


def _in_one(
    connection: Connection, principal: Principal, batch: str, ids: list[str], owners: Mapping[str, str]
) -> Before:
    asked = {
        "tenant": principal.tenant,
        "device": principal.device,
        "batch": batch,
        "ids": UUID.array(ids),
        "cases": UUID.array([*owners]),
        "owners": TEXT.array([*owners.values()]),
    }
    answered, there, belonging = None, {}, []
    for what, *row in connection.exec_driver_sql(_ALL, asked):
        id_, kind, case_id, revision, digest, assigned_to, deleted, answer = row
        if what == _ANSWER:
            answered = Answered(digest, answer)
        elif what == _THERE:
            there[id_] = Current(kind, case_id, revision, digest, assigned_to, deleted)
        else:
            belonging.append(Belonging(id_, kind, case_id, assigned_to))
    return Before(answered, there, tuple(belonging))


def _one_by_one(
    connection: Connection, principal: Principal, batch: str, ids: list[str], owners: Mapping[str, str]
) -> Before:
    asked = {"municipality": principal.tenant, "laptop": principal.device, "asked": batch}
    row = connection.execute(_ANSWERED, asked).first()
    found = connection.execute(_BELONGING, {"municipality": principal.tenant, "cases": [*owners]})
    belonging = map(Belonging._make, found)
    return Before(
        Answered(*row) if row else None,
        currents(connection, principal.tenant, ids),
        tuple(one for one in belonging if one.user != owners[one.case]),
    )


_ANSWERED: Final = select(batches.c.digest, batches.c.answer).where(
    batches.c.tenant == bindparam("municipality"),
    batches.c.device == bindparam("laptop"),
    batches.c.batch == bindparam("asked"),
)
_BELONGING: Final = select(records.c.id, records.c.kind, records.c.case_id, records.c.assigned_to).where(
    records.c.tenant == bindparam("municipality"), records.c.case_id.in_(bindparam("cases", expanding=True))
)
_ANSWER, _THERE, _BELONGS = range(3)
# Each record is looked up in the primary key, whatever the statistics say: of a table that was never analysed the
# planner would rather read all records of the municipality.
_ALL: Final = f"""
    SELECT {_ANSWER}, NULL, NULL, NULL, NULL::integer, digest, NULL, NULL::boolean, answer
    FROM batches WHERE tenant = %(tenant)s AND device = %(device)s AND batch = %(batch)s
    UNION ALL
    SELECT {_THERE}, one.* FROM unnest(%(ids)b) AS asked (id), LATERAL (
        SELECT id::text, kind, case_id::text, revision, digest, assigned_to, deleted, NULL
        FROM records WHERE tenant = %(tenant)s AND records.id = asked.id LIMIT 1
    ) AS one
    UNION ALL
    SELECT {_BELONGS}, records.id::text, kind, case_id::text, NULL, NULL, assigned_to, NULL, NULL
    FROM records JOIN unnest(%(cases)b, %(owners)b) AS asked (id, owner)
    ON case_id = asked.id AND assigned_to <> owner
    WHERE tenant = %(tenant)s AND case_id = ANY (%(cases)b)
"""  # noqa: S608 (our own numbers)

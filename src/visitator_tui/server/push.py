"""Taking in a batch: each record stored, acknowledged, in conflict or refused; all of it in one transaction."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from sqlalchemy import Connection, Insert, RowMapping, bindparam, delete, insert, select

from . import audit, columns, handover
from .before import Answered, Before, before
from .incoming import LETTER, Batch, Sent
from .ledger import Head, HistoryLostError, Ledger
from .metrics import PUSHED
from .principal import Principal
from .refusal import Refusal
from .tables import batches, records
from .times import Clock, utc
from .visibility import Current, among, change, followed_cases, found, own

FORGET_EVERY: Final = timedelta(hours=1)
"""How often a process removes a municipality's batches that are too old to be asked about again."""

Status = Literal["stored", "same", "conflict", "refused"]


@dataclass(frozen=True)
class Result:
    """What became of one record. ``revision`` is the server's; 0 if it has none, or she may not know."""

    id: str
    status: Status
    revision: int
    reason: str | None = None


class Push:
    """Takes in batches."""

    def __init__(self, ledger: Ledger, clock: Clock, batch_days: int) -> None:
        self.ledger = ledger
        self.clock = clock
        self.batch_days = batch_days
        self._forget_at: dict[str, datetime] = {}

    def take(self, principal: Principal, batch: Batch) -> str:
        """Store the batch; the answer's JSON. A batch that came before gets the answer it got then.

        Raises Refusal 409 when the laptop knows another history of this server, and HistoryLostError when
        it has what this server had in the same history and has no more.
        """
        with self.ledger.database.writing(principal.tenant) as connection:
            head = self.ledger.lock(connection, principal.tenant)
            if batch.epoch is not None and batch.epoch != head.epoch:
                raise Refusal(409, "epoch", {"epoch": head.epoch})
            known, doubt = before(connection, principal, batch), None
            if known.answered:
                results = _as_answered(batch, known.answered)
            else:
                results = self._store(connection, principal, batch, known)
                doubt = self._anchor(connection, principal, batch)
                head = self._note(connection, principal, batch, results)
            bodies = _theirs(connection, principal, results)
        for status, count in Counter(one.status for one in results).items():
            PUSHED.labels(status).inc(count)
        return _answer(head.epoch, head.seq, results, bodies, doubt)

    def _anchor(self, connection: Connection, principal: Principal, batch: Batch) -> audit.Doubt | None:
        if batch.audit_head is None:
            return None
        return audit.anchor(connection, principal, batch.audit_head, utc(self.clock()))

    def _note(
        self, connection: Connection, principal: Principal, batch: Batch, results: Sequence[Result]
    ) -> Head:
        """Write what the batch was answered and who wrote which records; where the municipality is then."""
        now = self.clock()
        if now >= self._forget_at.get(principal.tenant, now):
            self._forget_at[principal.tenant] = now + FORGET_EVERY
            too_old = utc(now - timedelta(days=self.batch_days))
            theirs = (batches.c.tenant == principal.tenant, batches.c.at < too_old)
            connection.execute(delete(batches).where(*theirs))
        told = json.dumps([(one.id, one.status, one.revision, one.reason) for one in results])
        notes: dict[Insert, Mapping[str, object]] = {
            _NOTE: {
                "batch_tenant": principal.tenant,
                "batch_device": principal.device,
                "batch_batch": batch.id,
                "batch_digest": batch.digest,
                "batch_at": utc(now),
                "batch_answer": told,
            }
        }
        if stored := [one.id for one in results if one.status == "stored"]:
            notes[audit.ENTRY] = audit.entry(principal, "push", stored, utc(now))
        return self.ledger.head_after(connection, principal.tenant, notes)

    def _store(
        self, connection: Connection, principal: Principal, batch: Batch, known: Before
    ) -> list[Result]:
        now = utc(self.clock())
        there = known.there
        others = {one.case_id or id_ for id_, one in there.items() if one.assigned_to != principal.user}
        followed = followed_cases(connection, principal, others)
        judged = {one.id: _judge(principal, one, there, followed) for one in batch.records}
        storing = [one for one in batch.records if judged[one.id].status == "stored"]
        if storing:
            numbers = self.ledger.allot(connection, principal.tenant, len(storing))
            owners = {one.id: one.assigned_to for one in storing if one.case_id is None}
            rows = [
                columns.row(one, principal.tenant, _owner(one, owners, there), seq, now)
                for one, seq in zip(storing, numbers, strict=True)
            ]
            stored = self.ledger.store(connection, rows)
            # The lock lets nobody in between; without it the compare-and-set would still have said no.
            for one in storing:
                if one.id not in stored:
                    judged[one.id] = Result(one.id, "conflict", one.base)
            moved = [row for row in rows if row["id"] in stored and row["case_id"] is None]
            belonging = [one for one in known.belonging if one.id not in stored]
            handover.follow_up(self.ledger, connection, principal.tenant, moved, there, belonging)
        return [judged[one.id] for one in batch.records]


_NOTE: Final = insert(batches).values({one.name: bindparam(f"batch_{one.name}") for one in batches.c})


def _as_answered(batch: Batch, answered: Answered) -> list[Result]:
    if answered.digest != batch.digest:
        raise Refusal(409, "batch")
    return [Result(*told) for told in json.loads(answered.answer)]


def _judge(
    principal: Principal, sent: Sent, there: Mapping[str, Current], followed: frozenset[str]
) -> Result:
    current = there.get(sent.id)
    if current is not None and not _may(principal, current, current.case_id or sent.id, followed):
        return Result(sent.id, "refused", 0, "not_yours")
    if sent.flaw:
        return Result(sent.id, "refused", current.revision if current else 0, sent.flaw)
    if current is None:
        return _judge_new(principal, sent, there, followed)
    if (current.kind, current.case_id) != (sent.kind, sent.case_id):
        return Result(sent.id, "refused", current.revision, "kind")
    if sent.base > current.revision:
        raise HistoryLostError
    if current.digest == sent.digest:
        return Result(sent.id, "same", current.revision)
    if sent.kind == LETTER:
        return Result(sent.id, "refused", current.revision, "immutable")
    if sent.base != current.revision:
        return Result(sent.id, "conflict", current.revision)
    return Result(sent.id, "stored", sent.base + 1)


def _judge_new(
    principal: Principal, sent: Sent, there: Mapping[str, Current], followed: frozenset[str]
) -> Result:
    if sent.base > 0:
        raise HistoryLostError
    case = there.get(sent.case_id) if sent.case_id else None
    if case is not None and not _may(principal, case, sent.case_id or "", followed):
        return Result(sent.id, "refused", 0, "not_yours")
    return Result(sent.id, "stored", 1)


def _may(principal: Principal, current: Current, case_id: str, followed: frozenset[str]) -> bool:
    return principal.sees_all or current.assigned_to == principal.user or case_id in followed


def _owner(sent: Sent, owners: Mapping[str, str], there: Mapping[str, Current]) -> str:
    """Whose the record is: what belongs to a case is its case's."""
    if sent.case_id is None:
        return sent.assigned_to
    case = there.get(sent.case_id)
    return owners.get(sent.case_id) or (case.assigned_to if case else sent.assigned_to)


def _theirs(connection: Connection, principal: Principal, results: Iterable[Result]) -> Mapping[str, str]:
    """The server's record, as JSON, for each conflict; none of those that are no longer hers to see."""
    ids = [one.id for one in results if one.status == "conflict"]
    if not ids:
        return {}
    # An answer may be asked for again after the case was given away.
    hers = connection.execute(
        select(records.c.id).where(own(principal), among(connection, records.c.id, ids))
    )
    return {row["id"]: with_body(row) for row in found(connection, principal.tenant, hers.scalars())}


def with_body(row: RowMapping) -> str:
    """A row as the laptops know it, as JSON; the stored text of the body goes in as it is."""
    head = json.dumps(change(row), ensure_ascii=False, separators=(",", ":"))
    return f'{head[:-1]},"body":{"null" if row["body"] is None else row["body"]}}}'


def _answer(
    epoch: str, seq: int, results: Iterable[Result], bodies: Mapping[str, str], doubt: audit.Doubt | None
) -> str:
    told = ",".join(
        f'{{"id":"{one.id}","status":"{one.status}","revision":{one.revision},'
        f'"reason":{json.dumps(one.reason) if one.reason else "null"},"current":{bodies.get(one.id, "null")}}}'
        for one in results
    )
    return f'{{"epoch":"{epoch}","seq":{seq},"results":[{told}],"audit_doubt":{json.dumps(doubt)}}}'

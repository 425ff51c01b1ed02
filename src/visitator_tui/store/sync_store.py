"""Sync's part of the open database: each method one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection, select, update

from visitator_tui.domain.edit import MISSING, EditError, validated
from visitator_tui.domain.merge import Conflict, value_at
from visitator_tui.usecases.ports import Actor, CaseRecord, StoreError
from visitator_tui.usecases.sync_ports import Applied, ConflictRow, Side, StoredSync, UnsentRow
from visitator_tui.usecases.sync_wire import (
    AuditHead,
    Batch,
    Cursor,
    Incoming,
    Outgoing,
    PushAnswer,
    Revisions,
    Seen,
    SyncError,
)
from visitator_tui.usecases.task_ports import Reckoning

from . import sync_conflicts, sync_outbox, sync_position, sync_unsent, tasks
from .audit import AuditLog, Writing, utc
from .cases import load
from .sync_conflicts import Mine, Theirs
from .sync_documents import CASE, WHOLE, columns, disputed, held, moment
from .sync_incoming import Taking, drafts_text_moved, flag
from .tables import documents


class _Open(Protocol):
    reckoning: Reckoning | None
    _log: AuditLog

    def writing(self) -> AbstractContextManager[Writing]: ...
    def _reading(self) -> AbstractContextManager[Connection]: ...


class SyncPart:
    """The SyncStore of an open database."""

    def outbox(self: _Open, most: int, most_bytes: int, user: str) -> list[Outgoing]:
        """What may be sent now."""
        records: list[Outgoing] = []
        size = 0
        with self.writing() as work:
            for one in sync_outbox.waiting(work.connection, user):
                size += sync_outbox.sized(one)
                if records and (len(records) == most or size > most_bytes):
                    break
                records.append(one)
        return records

    def set_out(self: _Open, batch: Batch, audited: bool = False) -> Batch | None:
        """Keep a batch before it is sent; None while another is on its way."""
        with self.writing() as work:
            if sync_position.under_way(work.connection) is not None:
                return None
            if audited:
                last = self._log.last(work.connection)
                batch = replace(batch, audit_head=AuditHead(last.seq, last.mac.hex()))
            sync_position.set_out(work.connection, batch)
        return batch

    def under_way(self: _Open) -> Batch | None:
        """The batch whose answer is not here yet."""
        with self._reading() as connection:
            return sync_position.under_way(connection)

    def answered(
        self: _Open, batch: Batch, answer: PushAnswer | None, actor: Actor, now: datetime
    ) -> Applied:
        """Take in the answer to a batch. That of one sent again must come with ``seq`` 0: the head is later."""
        with self.writing() as work:
            taking = _taking(self, work, actor, now)
            here = sync_position.under_way(work.connection)
            if here is None or here.id != batch.id:  # another program has had the same answer
                return _applied(taking)
            if answer is not None:
                cursor = sync_position.cursor(work.connection)
                stored = [result.id for result in answer.results if result.verdict == "stored"]
                # Nobody else wrote since the last pull: what comes next there is what we just sent.
                alone = answer.epoch == cursor.epoch and answer.seq == cursor.seq + len(stored)
                numbers = {id_: cursor.seq + place for place, id_ in enumerate(stored, 1)} if alone else {}
                results = {result.id: result for result in answer.results}
                for sent in batch.records:
                    if result := results.get(sent.id):
                        sync_outbox.take_result(taking, sent, result, numbers.get(sent.id, answer.seq))
                if alone:
                    sync_position.write(work.connection, seq=answer.seq)
                sync_position.note_answer(work.connection, batch.id, answer, now)
            sync_position.set_out(work.connection, None)
        return _applied(taking)

    def apply_pulled(
        self: _Open, changes: Sequence[Incoming], cursor: Cursor | None, actor: Actor, now: datetime
    ) -> Applied:
        """Merge what the service sent and move the cursor."""
        with self.writing() as work:
            taking = _taking(self, work, actor, now)
            taking.all(changes)
            if cursor is not None:
                sync_position.write(work.connection, epoch=cursor.epoch, seq=cursor.seq)
        return _applied(taking)

    def conflicts(self: _Open, case_id: str | None = None, *, settled: bool = False) -> list[ConflictRow]:
        """Fields that wait for a person, oldest first."""
        with self._reading() as connection:
            return sync_conflicts.rows(connection, case_id, settled)

    def settle(self: _Open, conflict: ConflictRow, side: Side, actor: Actor, now: datetime) -> None:
        """Choose one version of a field."""
        with self.writing() as work:
            document, document_id = sync_conflicts.settle(work.connection, conflict, side, actor, now)
            here = held(work.connection, document_id)
            if document is None and conflict.kind == CASE:
                _must_be_deletable(work.connection, document_id)
            if here is not None and document != here.mine:
                try:
                    values = {} if document is None else columns(conflict.kind, document)
                    if document is not None:
                        values["drafts"] = drafts_text_moved(here.row.drafts, here.mine, document)
                except EditError:
                    raise StoreError(sync_conflicts.CLOSED) from None
                work.connection.execute(
                    update(documents)
                    .where(documents.c.id == document_id)
                    .values(
                        deleted=document is None,
                        revision=here.row.revision + 1,
                        changed_at=utc(now),
                        changed_by=actor.user,
                        **values,
                    )
                )
                if document is not None and conflict.kind == CASE:
                    tasks.reckon(work.connection, document_id, validated(document), self.reckoning)
            work.connection.execute(update(documents).where(documents.c.id == document_id).values(refused=""))
            flag(work, document_id)
            work.note(now, actor, "conflict.settled", conflict.kind, document_id, side=side)

    def seen(self: _Open) -> Seen:
        """How far the feed was read, and the last batch that was answered."""
        with self._reading() as connection:
            return sync_position.seen(connection)

    def stored_sync(self: _Open) -> StoredSync:
        """Cursor, last success and last error, and how much waits."""
        with self._reading() as connection:
            return sync_position.stored(connection)

    def unsent(self: _Open, limit: int | None = None) -> list[UnsentRow]:
        """What the service does not have yet, oldest change first."""
        with self._reading() as connection:
            return sync_unsent.unsent(connection, limit)

    def note_sync(self: _Open, now: datetime, error: SyncError | None, user: str = "") -> None:
        """Keep when a sync came to its end, or why it did not."""
        with self.writing() as work:
            sync_position.note(work.connection, now, error, user)

    def start_over(self: _Open, epoch: str, there: Revisions) -> None:
        """The service has a new epoch: read it from the beginning, and send again what it lacks."""
        with self.writing() as work:
            sync_position.start_over(work.connection, epoch, there)

    def see_as(self: _Open, who: str, now: datetime, epoch: str = "", there: Revisions | None = None) -> None:
        """Keep as whom the service shows us what it has; with ``there``, what it shows to another than before."""
        with self.writing() as work:
            sync_position.see_as(work.connection, who)
            if there is not None:
                sync_position.see_anew(work.connection, epoch, there, now)

    def assign(self: _Open, case_id: str, user: str, actor: Actor, now: datetime) -> None:
        """Hand a case over to a colleague."""
        with self.writing() as work:
            _must_be_there(work.connection, case_id)
            work.connection.execute(
                update(documents)
                .where(documents.c.id == case_id)
                .values(assigned_to=user, changed=True, refused="")
            )
            work.note(now, actor, "case.assigned", "case", case_id)

    def delete_case(self: _Open, case_id: str, actor: Actor, now: datetime, reason: str = "") -> None:
        """Delete a case that was made by mistake, here and with the next sync there."""
        with self.writing() as work:
            _must_be_there(work.connection, case_id)
            record = _must_be_deletable(work.connection, case_id)
            work.connection.execute(
                update(documents)
                .where(documents.c.id == case_id)
                .values(
                    deleted=True,
                    revision=record.revision + 1,
                    changed_at=utc(now),
                    changed_by=actor.user,
                    refused="",
                )
            )
            flag(work, case_id)
            work.note(now, actor, "case.deleted", "case", case_id, reason=reason)

    def leave_expired(self: _Open, before: datetime, actor: Actor, now: datetime) -> tuple[str, ...]:
        """Take from this laptop what has been somebody else's, or closed, since before a moment."""
        with self._reading() as connection:
            if not sync_position.expired(connection, before):
                return ()
        with self.writing() as work:
            left = sync_position.expired(work.connection, before)
            for case_id in left:
                sync_position.leave(work.connection, case_id)
                work.note(now, actor, "case.left", "case", case_id)
        return tuple(left)


def keep_disputed(
    work: Writing, case_id: str, found: Sequence[Conflict], actor: Actor, now: datetime
) -> None:
    """Keep as conflicts what was typed over something that had just come from the service."""
    here = held(work.connection, case_id)
    if here is None or here.base is None:
        return
    theirs = [one for one in found if value_at(here.base, one.path) == one.theirs]
    whose = Theirs(here.base, "", moment(here.row.changed_at, now))
    sync_conflicts.dispute(work.connection, here.row, Mine(here.mine, actor.user, now), whose, theirs)
    flag(work, case_id)


@contextmanager
def kept_if_deleted(work: Writing, case_id: str, actor: Actor, now: datetime) -> Iterator[None]:
    """Bring a deleted case back when something is written in it; if a colleague deleted it, it is asked about."""
    there = select(
        documents.c.body, documents.c.drafts, documents.c.changed_by, documents.c.changed_at
    ).where(documents.c.id == case_id)
    gone = work.connection.execute(there.where(documents.c.deleted.is_(True))).first()
    yield
    if gone is None:
        return
    now_there = work.connection.execute(there).one()
    if now_there[:2] == gone[:2] and not load(work.connection, case_id).letters:
        return
    work.connection.execute(update(documents).where(documents.c.id == case_id).values(deleted=False))
    here = held(work.connection, case_id)
    if here is not None and here.base is None and here.row.server_revision:
        theirs = Theirs(None, gone.changed_by, moment(gone.changed_at, now))
        whole = Conflict(WHOLE, MISSING, here.mine, MISSING)
        sync_conflicts.dispute(work.connection, here.row, Mine(here.mine, actor.user, now), theirs, [whole])
    flag(work, case_id)


def _must_be_deletable(connection: Connection, case_id: str) -> CaseRecord:
    record = load(connection, case_id)
    if record.letters or record.case.made:
        raise StoreError("Sagen kan ikke slettes: der er truffet afgørelse eller gemt et brev i den.")
    return record


def nothing_disputed(connection: Connection, case_id: str) -> None:
    """Raise StoreError while two versions of the decision wait for a choice: it cannot be made then."""
    if any(path[:1] in ((), ("decision",), ("considerations",)) for path in disputed(connection, case_id)):
        raise StoreError(
            "En kollega har skrevet noget andet i afgørelsen end du. Vælg først, hvad der skal stå, "
            "og træf så afgørelsen."
        )


def _taking(store: _Open, work: Writing, actor: Actor, now: datetime) -> Taking:
    return Taking(work, actor, now, store.reckoning)


def _applied(taking: Taking) -> Applied:
    return Applied(changed=tuple(taking.changed), conflicts=taking.conflicts)


def _must_be_there(connection: Connection, case_id: str) -> int:
    revision = connection.execute(
        select(documents.c.revision).where(documents.c.id == case_id, documents.c.deleted.is_(False))
    ).scalar()
    if revision is None:
        raise StoreError("Sagen findes ikke i databasen. Gå til listen, og vælg den igen.")
    return int(revision)

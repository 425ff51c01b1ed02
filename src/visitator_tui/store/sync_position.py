"""Where the feed was read to, how the last sync ended, what a restored service may lack, and what leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from visitator_tui.usecases.ports import QueueState
from visitator_tui.usecases.sync_ports import StoredSync
from visitator_tui.usecases.sync_wire import Batch, Cursor, PushAnswer, Revisions, Seen, SyncError, Trouble

from .audit import utc
from .sync_documents import CASE
from .sync_outbox import batch_of, batch_text
from .sync_tables import conflicts, leaving, parked, sent_letters, state
from .sync_unsent import count_unsent
from .tables import documents, letters, print_queue, session, settings

_SEEN_AS: Final = "sync.seen_as"
_AUDIT_DOUBTED: Final = "sync.audit_doubted"
_ANSWERED: Final = "sync.answered"
"""The last batch that the service answered, and when."""

_NEVER: Final[dict[str, Any]] = {
    "epoch": None, "seq": 0, "user": "", "last_success": "", "last_error": "",
    "last_trouble": "", "batch": "",
}  # fmt: skip


def _row(connection: Connection) -> Row[*tuple[Any, ...]] | None:
    return connection.execute(select(state)).first()


def write(connection: Connection, **values: Any) -> None:
    """Change some of what is remembered."""
    connection.execute(
        upsert(state)
        .values(id=1, **(_NEVER | values))
        .on_conflict_do_update(index_elements=[state.c.id], set_=values)
    )


def stored(connection: Connection) -> StoredSync:
    """All that is remembered, and how much waits."""
    row = _row(connection)
    open_ = select(func.count()).select_from(conflicts).where(conflicts.c.settled == "")
    known = StoredSync(
        unsent=count_unsent(connection),
        conflicts=int(connection.execute(open_).scalar_one()),
        parked=int(connection.execute(select(func.count()).select_from(parked)).scalar_one()),
    )
    if row is None:
        return known
    doubted = _kept(connection, _AUDIT_DOUBTED)
    return replace(
        known,
        seen_as=_kept(connection, _SEEN_AS),
        audit_doubted=datetime.fromisoformat(doubted) if doubted else None,
        cursor=Cursor(row.epoch, row.seq),
        user=row.user,
        last_success=datetime.fromisoformat(row.last_success) if row.last_success else None,
        last_error=row.last_error,
        last_trouble=Trouble(row.last_trouble) if row.last_trouble else None,
    )


def cursor(connection: Connection) -> Cursor:
    """How far the feed was read."""
    row = _row(connection)
    return Cursor(row.epoch, row.seq) if row else Cursor()


def note(connection: Connection, now: datetime, error: SyncError | None, user: str) -> None:
    """Keep how a sync ended."""
    told: dict[str, Any] = {"user": user} if user else {}
    if error is None:
        told |= {"last_success": utc(now), "last_error": "", "last_trouble": ""}
    else:
        told |= {"last_error": str(error), "last_trouble": error.trouble.value}
    write(connection, **told)


def set_out(connection: Connection, batch: Batch | None) -> None:
    """Keep the batch that is on its way; None when it is answered."""
    write(connection, batch=batch_text(batch) if batch else "")


def under_way(connection: Connection) -> Batch | None:
    """The batch that is on its way."""
    row = _row(connection)
    return batch_of(row.batch) if row and row.batch else None


def start_over(connection: Connection, epoch: str, there: Revisions) -> None:
    """After a restore: what the service has no more is sent again, what it may have otherwise is compared.

    Numbers show nothing: after a restore they are given out again. Nor does it show whether it has a case that
    has gone to somebody else, who may never have got it: it is offered (``doubt`` where ``gone_at`` is set).
    """
    shown = (
        documents.c[name] for name in ("number", "kind", "id", "server_revision", "server_at", "gone_at")
    )
    rows = connection.execute(select(*shown).where(documents.c.server_revision > 0)).all()
    for row in rows:
        one = documents.c.number == row.number
        known = there.get((row.kind, row.id))
        if known is not None and known != (row.server_revision, row.server_at):
            connection.execute(update(documents).where(one).values(doubt=True))
        elif known is None and row.gone_at:
            connection.execute(
                update(documents).where(one, documents.c.deleted.is_(False)).values(doubt=True)
            )
        elif known is None:
            connection.execute(
                update(documents)
                .where(one)
                # A tombstone that it lacks needs no sending: it lacks the document as well.
                .values(server_revision=0, base=None, doubt=False, changed=documents.c.deleted.is_(False))
            )
    have = {id_ for _, id_ in there}
    for letter_id in _ours(connection, select(sent_letters.c.letter_id).join(letters), letters.c.case_id):
        if letter_id not in have:
            connection.execute(delete(sent_letters).where(sent_letters.c.letter_id == letter_id))
    told = select(conflicts.c.id).where(conflicts.c.server_revision > 0)
    for conflict_id in _ours(connection, told, conflicts.c.case_id):
        if conflict_id not in have:
            connection.execute(
                update(conflicts).where(conflicts.c.id == conflict_id).values(server_revision=0)
            )
    _keep(connection, _ANSWERED, "")
    write(connection, epoch=epoch, seq=0, batch="")


def see_as(connection: Connection, who: str) -> None:
    """Keep as whom, with which roles, the service shows us what it has."""
    _keep(connection, _SEEN_AS, who)


def note_answer(connection: Connection, batch_id: str, answer: PushAnswer, now: datetime) -> None:
    """Keep which batch the service answered last, and when it did not know this laptop's audit again."""
    if answer.epoch:
        _keep(connection, _ANSWERED, f"{batch_id} {utc(now)}")
    if answer.audit_doubted:
        _keep(connection, _AUDIT_DOUBTED, utc(now))


def seen(connection: Connection) -> Seen:
    """How far the feed was read, and the last batch that was answered."""
    batch, _, at = _kept(connection, _ANSWERED).partition(" ")
    return Seen(cursor(connection), batch, datetime.fromisoformat(at) if at else None)


def _kept(connection: Connection, key: str) -> str:
    return connection.execute(select(settings.c.value).where(settings.c.key == key)).scalar() or ""


def _keep(connection: Connection, key: str, value: str) -> None:
    connection.execute(
        upsert(settings)
        .values(key=key, value=value)
        .on_conflict_do_update(index_elements=[settings.c.key], set_={"value": value})
    )


def see_anew(connection: Connection, epoch: str, there: Revisions, now: datetime) -> None:
    """Somebody else asks, or with other roles: what is not shown has gone, and the feed begins anew."""
    known = select(documents.c.number, documents.c.kind, documents.c.id).where(
        documents.c.server_revision > 0, documents.c.gone_at == ""
    )
    for row in connection.execute(known).all():
        if (row.kind, row.id) not in there:
            connection.execute(
                update(documents).where(documents.c.number == row.number).values(gone_at=utc(now))
            )
    write(connection, epoch=epoch, seq=0)


def _ours(connection: Connection, found: Select[Any], case_id: ColumnElement[str]) -> Sequence[str]:
    """Of what hangs on cases, the ids of what hangs on those that have not gone."""
    gone = exists().where(documents.c.id == case_id, documents.c.gone_at != "")
    return connection.execute(found.where(~gone)).scalars().all()


# -- leaving -----------------------------------------------------------------------------------------------


def expired(connection: Connection, before: datetime) -> list[str]:
    """The cases that have been somebody else's, deleted or closed since before a moment, and hang on nothing."""
    moment = utc(before)
    of_case = letters.c.case_id == documents.c.id
    closed = func.json_extract(documents.c.body, "$.course.closed_on").is_not(None)
    busy = (
        exists().where(conflicts.c.case_id == documents.c.id, conflicts.c.settled == ""),
        exists().where(
            conflicts.c.case_id == documents.c.id, conflicts.c.settled != "", conflicts.c.server_revision <= 0
        ),
        exists().where(of_case, ~exists().where(sent_letters.c.letter_id == letters.c.id)),
        exists().where(sent_letters.c.letter_id == letters.c.id, of_case, sent_letters.c.revision == 0),
        exists().where(
            of_case,
            print_queue.c.letter_id == letters.c.id,
            print_queue.c.state.not_in((QueueState.PRINTED, QueueState.REMOVED)),
        ),
        exists().where(session.c.case_id == documents.c.id),
    )
    query = select(documents.c.id).where(
        documents.c.kind == CASE,
        documents.c.changed.is_(False),
        documents.c.doubt.is_(False),
        documents.c.refused == "",
        documents.c.drafts == "{}",  # half-typed, so never sent
        or_(documents.c.server_revision > 0, documents.c.deleted.is_(True)),
        *(~one for one in busy),
        or_(
            and_(documents.c.gone_at != "", documents.c.gone_at < moment),
            and_(documents.c.changed_at < moment, or_(documents.c.deleted.is_(True), closed)),
        ),
    )
    return list(connection.execute(query).scalars())


def leave(connection: Connection, case_id: str) -> None:
    """Take a case off this laptop, with everything that hangs on it."""
    connection.execute(insert(leaving).values(case_id=case_id))
    of_case = select(letters.c.id).where(letters.c.case_id == case_id)
    connection.execute(delete(print_queue).where(print_queue.c.letter_id.in_(of_case)))
    connection.execute(delete(letters).where(letters.c.case_id == case_id))
    for table in (conflicts, parked):
        connection.execute(delete(table).where(table.c.case_id == case_id))
    connection.execute(delete(documents).where(documents.c.id == case_id))
    connection.execute(delete(leaving).where(leaving.c.case_id == case_id))

"""What is to be sent, what is on its way, and what its answer means."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from visitator_tui.usecases.ports import StoreError
from visitator_tui.usecases.sync_wire import AuditHead, Batch, Outgoing, Pushed

from .audit import utc
from .sync_conflicts import body_of
from .sync_documents import LETTER, REFUSED, SETTLEMENT, held_row, read, written
from .sync_incoming import Taking, flag
from .sync_tables import conflicts, parked, sent_letters, state
from .sync_unsent import LETTER_UNSENT, REASONS, UNKNOWN
from .tables import documents, letters

_LONGEST_NAME: Final = 200

_OFFERED: Final = and_(documents.c.doubt.is_(True), documents.c.gone_at != "")
"""A restored service may lack what had gone to somebody else: it is sent as new and ours, and handed over again."""

_SETTLED_UNSENT: Final = and_(conflicts.c.settled != "", conflicts.c.server_revision == 0)


def waiting(connection: Connection, user: str) -> Iterator[Outgoing]:
    """What may be sent now: cases, what hangs on them, and last the cases that are handed over with it."""
    # A record whose newer version cannot be read here would only come back as a conflict.
    sendable = and_(
        documents.c.changed.is_(True),
        documents.c.refused == "",
        ~exists().where(parked.c.id == documents.c.id),
    )
    # What is another's once it is there can be given no letters any more.
    given_away = and_(
        documents.c.assigned_to.not_in(("", user)), documents.c.assigned_to != documents.c.base_assigned_to
    )
    offered = select(documents).where(_OFFERED).order_by(documents.c.number)
    for row in connection.execute(offered).all():
        with suppress(StoreError):
            body = held_row(connection, row).to_send
            yield Outgoing(row.kind, row.id, 0, body, None, user, row.changed_at, _name(row.changed_by))
    yield from _documents(connection, and_(sendable, ~given_away, ~_OFFERED), user)
    listed = select(letters.c.number).where(LETTER_UNSENT, _case_is_there(letters.c.case_id))
    for number in connection.execute(listed.order_by(letters.c.number)).scalars().all():
        yield _letter(connection, number)
    settled = select(conflicts).where(_SETTLED_UNSENT, _case_is_there(conflicts.c.case_id))
    for row in connection.execute(settled.order_by(conflicts.c.number)).all():
        yield Outgoing(
            SETTLEMENT, row.id, 0, body_of(row), row.case_id, "", row.settled_at, _name(row.settled_by)
        )
    yield from _documents(connection, and_(sendable, given_away, ~_OFFERED), user)


def _documents(connection: Connection, which: ColumnElement[bool], user: str) -> Iterator[Outgoing]:
    numbers = connection.execute(select(documents.c.number).where(which).order_by(documents.c.number))
    for number in numbers.scalars().all():
        one = _document(connection, number, user)
        if one is not None:
            yield one


def _case_is_there(case_id: ColumnElement[str]) -> ColumnElement[bool]:
    return exists().where(documents.c.id == case_id, documents.c.refused == "", documents.c.gone_at == "")


def _document(connection: Connection, number: int, user: str) -> Outgoing | None:
    row = connection.execute(select(documents).where(documents.c.number == number)).one()
    try:
        here = held_row(connection, row)
    except StoreError:  # of a newer program: it stays as it is until that is installed
        return None
    if not here.changed:  # only what is in conflict was typed in
        connection.execute(update(documents).where(documents.c.number == number).values(changed=False))
        return None
    return Outgoing(
        kind=row.kind,
        id=row.id,
        base=row.server_revision,
        body=here.to_send,
        assigned_to=row.assigned_to or user,
        changed_at=row.changed_at,
        changed_by=_name(row.changed_by),
    )


def _name(of: str) -> str:
    """Who wrote it, as the service takes it: it is only told to others, and must hold nothing up."""
    return "".join(one if one.isprintable() else " " for one in of[:_LONGEST_NAME])


def _letter(connection: Connection, number: int) -> Outgoing:
    row = connection.execute(select(letters).where(letters.c.number == number)).one()
    body = {name: getattr(row, name) for name in ("kind", "made_at", "sha256", "size")}
    body["pdf"] = base64.b64encode(bytes(row.pdf)).decode("ascii")
    return Outgoing(LETTER, row.id, 0, body, row.case_id, "", row.made_at, "")


def sized(one: Outgoing) -> int:
    """About how many bytes a record is on the wire."""
    return len(json.dumps(one.body, ensure_ascii=False).encode("utf-8", "replace")) + 500


def take_result(taking: Taking, sent: Outgoing, result: Pushed, seq: int) -> None:
    """What became of one record that was sent; ``seq`` is its number in the feed, or a later one."""
    asked = select(documents.c.number).where(documents.c.id == sent.id, _OFFERED)
    offered = result.verdict != "conflict" and taking.work.connection.execute(asked).first() is not None
    if offered:
        _offered(taking.work.connection, sent, result)
    if result.verdict == "conflict" and result.current is not None:
        taking.all([result.current])
    elif result.verdict in ("stored", "same"):
        _has(taking.work.connection, sent, result.revision, seq, taking.now)
        if sent.kind not in (LETTER, SETTLEMENT):
            flag(taking.work, sent.id)
    elif result.verdict == "refused" and not offered:
        _refused(taking.work.connection, sent, REASONS.get(result.reason, UNKNOWN))


def _offered(connection: Connection, sent: Outgoing, result: Pushed) -> None:
    """The service has what had gone to somebody else (refused: with whoever has it), or has it from us now."""
    here = documents.c.id == sent.id
    connection.execute(update(documents).where(here).values(doubt=False))
    if result.verdict == "refused":
        return
    # Whatever number it had before the restore: this is the first of a new history.
    connection.execute(
        update(documents).where(here).values(server_revision=0, gone_at="", refused="", base=None)
    )
    of_case = select(letters.c.id).where(letters.c.case_id == sent.id)
    connection.execute(delete(sent_letters).where(sent_letters.c.letter_id.in_(of_case)))
    connection.execute(
        update(conflicts)
        .where(conflicts.c.case_id == sent.id, conflicts.c.settled != "")
        .values(server_revision=0)
    )


def _has(connection: Connection, sent: Outgoing, revision: int, seq: int, now: datetime) -> None:
    """The service has what was sent."""
    if sent.kind == LETTER:
        row = {"revision": revision, "refused": ""}
        connection.execute(
            upsert(sent_letters)
            .values(letter_id=sent.id, **row)
            .on_conflict_do_update(index_elements=[sent_letters.c.letter_id], set_=row)
        )
    elif sent.kind == SETTLEMENT:
        connection.execute(
            update(conflicts).where(conflicts.c.id == sent.id).values(server_revision=revision)
        )
    else:
        if sent.assigned_to != connection.execute(select(state.c.user)).scalar():
            connection.execute(
                update(documents)
                .where(documents.c.id == sent.id, documents.c.server_revision < revision)
                .where(documents.c.assigned_to != "", documents.c.base_assigned_to != sent.assigned_to)
                .values(gone_at=utc(now))  # we handed it over
            )
        connection.execute(
            update(documents)
            # Another window may have pulled a later one meanwhile.
            .where(documents.c.id == sent.id, documents.c.server_revision < revision)
            .values(
                base=None if sent.body is None else written(read(sent.kind, sent.body)),
                server_revision=revision,
                server_seq=seq,
                server_at=utc(now),
                base_assigned_to=sent.assigned_to,
                doubt=False,
            )
        )
        connection.execute(
            update(documents)
            .where(documents.c.id == sent.id, documents.c.assigned_to == "")
            .values(assigned_to=sent.assigned_to)
        )


def _refused(connection: Connection, sent: Outgoing, reason: str) -> None:
    if sent.kind == LETTER:
        row = {"revision": 0, "refused": reason}
        connection.execute(
            upsert(sent_letters)
            .values(letter_id=sent.id, **row)
            .on_conflict_do_update(index_elements=[sent_letters.c.letter_id], set_=row)
        )
    elif sent.kind == SETTLEMENT:
        connection.execute(update(conflicts).where(conflicts.c.id == sent.id).values(server_revision=REFUSED))
    else:
        connection.execute(update(documents).where(documents.c.id == sent.id).values(refused=reason))


def batch_text(batch: Batch) -> str:
    """A batch as it is kept until its answer is here."""
    return json.dumps(asdict(batch), ensure_ascii=False, separators=(",", ":"))


def batch_of(text: str) -> Batch:
    """The batch that was kept."""
    told = json.loads(text)
    head = told["audit_head"]
    records = tuple(Outgoing(**one) for one in told["records"])
    return Batch(told["id"], told["epoch"], records, AuditHead(**head) if head else None)

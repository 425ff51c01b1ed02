"""What is to be sent, what is on its way, and what its answer means."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, and_, exists, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from visitator_tui.usecases.ports import StoreError
from visitator_tui.usecases.sync_ports import UnsentRow
from visitator_tui.usecases.sync_wire import AuditHead, Batch, Outgoing, Pushed

from .audit import utc
from .sync_conflicts import body_of
from .sync_documents import LETTER, REFUSED, SETTLEMENT, held_row, read, written
from .sync_incoming import Taking, flag
from .sync_tables import conflicts, parked, sent_letters, state
from .tables import documents, letters

_REASONS: Final = {
    "too_large": "Den fylder for meget til at blive sendt.",
    "nul": "Den indeholder et tegn, der ikke kan sendes. Skriv teksten om.",
    "text": "Den indeholder et tegn, der ikke kan sendes. Skriv teksten om.",
    "assigned_to": "Den er givet til et navn, der ikke kan sendes. Giv den til en kollega igen.",
    "changed_by": "Dit navn i programmet kan ikke sendes. Sig det til it-afdelingen.",
    "changed_at": "Tidspunktet på den kan ikke sendes. Ret noget i den, så den får et nyt.",
    "immutable": "Serveren har et andet brev med samme nummer. Sig det til it-afdelingen.",
    "not_yours": "Sagen er ikke længere din. Aftal med den, der har den nu, hvad der skal med.",
}
_UNKNOWN: Final = "Serveren tager ikke imod den. Opdatér programmet, eller sig det til it-afdelingen."

_CHOICE_REFUSED: Final = (
    "Den udgave, der ikke blev valgt, kan ikke sendes og er kun på denne maskine. "
    "Skriv det ind i sagen, som de andre skal have."
)
_SETTLED: Final = (
    select(
        conflicts.c.case_id,
        documents.c.name,
        conflicts.c.settled_at,
        conflicts.c.server_revision,
        documents.c.gone_at,
    )
    .join(documents, documents.c.id == conflicts.c.case_id)
    .where(conflicts.c.settled != "", conflicts.c.server_revision <= 0)
)
_LONGEST_NAME: Final = 200

_LETTER_UNSENT: Final = ~exists().where(sent_letters.c.letter_id == letters.c.id)
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
    yield from _documents(connection, and_(sendable, ~given_away), user)
    listed = select(letters.c.number).where(_LETTER_UNSENT, _case_is_there(letters.c.case_id))
    for number in connection.execute(listed.order_by(letters.c.number)).scalars().all():
        yield _letter(connection, number)
    settled = select(conflicts).where(_SETTLED_UNSENT, _case_is_there(conflicts.c.case_id))
    for row in connection.execute(settled.order_by(conflicts.c.number)).all():
        yield Outgoing(
            SETTLEMENT, row.id, 0, body_of(row), row.case_id, "", row.settled_at, _name(row.settled_by)
        )
    yield from _documents(connection, and_(sendable, given_away), user)


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
    if result.verdict == "conflict" and result.current is not None:
        taking.all([result.current])
    elif result.verdict in ("stored", "same"):
        _has(taking.work.connection, sent, result.revision, seq, taking.now)
        if sent.kind not in (LETTER, SETTLEMENT):
            flag(taking.work, sent.id)
    elif result.verdict == "refused":
        _refused(taking.work.connection, sent, _REASONS.get(result.reason, _UNKNOWN))


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


def unsent(connection: Connection, limit: int | None) -> list[UnsentRow]:
    """What the service does not have, oldest change first."""
    in_conflict = exists().where(conflicts.c.case_id == documents.c.id, conflicts.c.settled == "")
    query = select(
        documents.c.id,
        documents.c.kind,
        documents.c.name,
        documents.c.changed_at,
        documents.c.refused,
        in_conflict,
    ).where(or_(documents.c.changed.is_(True), in_conflict))
    found: list[Any] = [tuple(row) for row in connection.execute(query)]
    of_letters = (
        select(
            letters.c.case_id,
            documents.c.name,
            letters.c.made_at,
            sent_letters.c.refused,
            documents.c.gone_at,
        )
        .join(documents, documents.c.id == letters.c.case_id)
        .join(sent_letters, sent_letters.c.letter_id == letters.c.id, isouter=True)
        .where(or_(sent_letters.c.letter_id.is_(None), sent_letters.c.refused != ""))
    )
    found += [
        (
            row.case_id,
            LETTER,
            row.name,
            row.made_at,
            row.refused or (_REASONS["not_yours"] if row.gone_at else ""),
            False,
        )
        for row in connection.execute(of_letters)
    ]
    found += [
        (row.case_id, SETTLEMENT, row.name, row.settled_at, _why_settled(row), False)
        for row in connection.execute(_SETTLED)
    ]
    listed = [
        UnsentRow(id_, kind, name, datetime.fromisoformat(at), bool(reason) or disputed, reason)
        for id_, kind, name, at, reason, disputed in sorted(found, key=lambda row: row[3])
    ]
    return listed[:limit]


def _why_settled(row: Row[*tuple[Any, ...]]) -> str:
    if row.server_revision == REFUSED:
        return _CHOICE_REFUSED
    return _REASONS["not_yours"] if row.gone_at else ""


def count_unsent(connection: Connection) -> int:
    """How many records the service lacks."""
    counted = 0
    for query in (
        select(documents.c.number).where(documents.c.changed.is_(True)),
        select(letters.c.number).where(_LETTER_UNSENT),
        select(sent_letters.c.letter_id).where(sent_letters.c.refused != ""),
        _SETTLED,
    ):
        counted += len(connection.execute(query).all())
    return counted

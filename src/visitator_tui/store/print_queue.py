"""The letters that wait for a printer, read and written inside the caller's transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, insert, select, update

from visitator_tui.usecases.ports import QueuedLetter, QueueState, StaleError, StoreError

from .audit import utc
from .tables import documents, letters, print_queue

_ENDED: Final = (QueueState.PRINTED, QueueState.REMOVED)


def add(
    connection: Connection, letter_id: str, copies: int, two_sided: bool, now: datetime
) -> tuple[QueuedLetter, bool]:
    """The letter's entry, and whether it is new: a letter that is not on paper yet is queued once.

    Raises StoreError when there is no such letter.
    """
    if there := _entries(connection, _open().where(print_queue.c.letter_id == letter_id)):
        return there[0], False
    if connection.execute(select(letters.c.id).where(letters.c.id == letter_id)).first() is None:
        raise StoreError("Brevet findes ikke i databasen. Gå til sagen, og vælg det igen.")
    connection.execute(
        insert(print_queue).values(
            letter_id=letter_id,
            revision=1,
            added_at=utc(now),
            changed_at=utc(now),
            copies=copies,
            two_sided=two_sided,
            state=QueueState.WAITING,
            printer="",
            job="",
            reason="",
        )
    )
    return _entries(connection, _open().where(print_queue.c.letter_id == letter_id))[0], True


def entries(connection: Connection, done: bool) -> list[QueuedLetter]:
    """The queue in its order; with ``done`` also what has left it."""
    return _entries(connection, _listed() if done else _open())


def mark(connection: Connection, entry: QueuedLetter, now: datetime) -> QueuedLetter:
    """Write the entry if nobody has since ``entry.revision``; else StaleError."""
    written = connection.execute(
        update(print_queue)
        .where(print_queue.c.number == entry.number, print_queue.c.revision == entry.revision)
        .values(
            revision=entry.revision + 1,
            changed_at=utc(now),
            state=entry.state,
            printer=entry.printer,
            job=entry.job,
            reason=entry.reason,
        )
    )
    if written.rowcount != 1:
        raise StaleError("Brevet i printkøen er ændret et andet sted. Se køen igen, før du fortsætter.")
    return replace(entry, revision=entry.revision + 1, changed_at=now)


def _listed() -> Select[*tuple[Any, ...]]:
    return (
        select(print_queue, letters.c.case_id, letters.c.kind, letters.c.made_at, documents.c.name)
        .join(letters, letters.c.id == print_queue.c.letter_id)
        .join(documents, documents.c.id == letters.c.case_id)
        .order_by(print_queue.c.number)
    )


def _open() -> Select[*tuple[Any, ...]]:
    return _listed().where(print_queue.c.state.not_in(_ENDED))


def _entries(connection: Connection, query: Select[*tuple[Any, ...]]) -> list[QueuedLetter]:
    return [_entry(row) for row in connection.execute(query)]


def _entry(row: Row[*tuple[Any, ...]]) -> QueuedLetter:
    return QueuedLetter(
        number=row.number,
        revision=row.revision,
        letter_id=row.letter_id,
        case_id=row.case_id,
        name=row.name,
        kind=row.kind,
        made_at=datetime.fromisoformat(row.made_at),
        copies=row.copies,
        two_sided=row.two_sided,
        state=QueueState(row.state),
        printer=row.printer,
        job=row.job,
        reason=row.reason,
        changed_at=datetime.fromisoformat(row.changed_at),
    )

"""Made letters: bytes that are kept for good."""

from __future__ import annotations

import hashlib
import uuid
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, cast, insert, select

from visitator_tui.usecases.ports import (
    Actor,
    DamagedLetterError,
    ExportKind,
    LetterRow,
    StoreError,
)

from .audit import AuditError, AuditLog, Writing, utc
from .tables import Bytes, letters

_LISTED = (
    letters.c.id,
    letters.c.case_id,
    letters.c.kind,
    letters.c.made_at,
    letters.c.sha256,
    letters.c.size,
)

EXPORTED: Final = "letter.exported"
"""The audit's word for a letter that was given to another system."""


def add(work: Writing, case_id: str, kind: str, pdf: bytes, actor: Actor, now: datetime) -> LetterRow:
    """Insert a letter of a case that is there, with its audit entry."""
    letter = LetterRow(str(uuid.uuid4()), case_id, kind, now, hashlib.sha256(pdf).hexdigest(), len(pdf))
    work.connection.execute(
        insert(letters).values(
            id=letter.id,
            case_id=case_id,
            kind=kind,
            made_at=utc(now),
            sha256=letter.sha256,
            size=letter.size,
            pdf=pdf,
        )
    )
    work.note(now, actor, "letter.made", "letter", letter.id, case=case_id, kind=kind, sha256=letter.sha256)
    return letter


def of_case(connection: Connection, case_id: str) -> list[LetterRow]:
    """The letters of a case, oldest first."""
    query = select(*_LISTED).where(letters.c.case_id == case_id).order_by(letters.c.number)
    return [
        LetterRow(**{**row._mapping, "made_at": datetime.fromisoformat(row.made_at)})
        for row in connection.execute(query)
    ]


def pdf(connection: Connection, log: AuditLog, letter_id: str) -> bytes:
    """The bytes of a letter. Raises StoreError if it is not there, DamagedLetterError if not as it was made.

    The audit vouches for the SHA-256: who swaps bytes and sum together is found out as well.
    """
    # As bytes whatever it is stored as: text that is not UTF-8 would stop the driver, not the check.
    content_of = cast(letters.c.pdf, Bytes).label("pdf")
    row = connection.execute(select(content_of, letters.c.sha256).where(letters.c.id == letter_id)).first()
    if row is None:
        raise StoreError("Brevet findes ikke i databasen. Gå til sagen, og vælg det igen.")
    content = row.pdf
    if (
        not isinstance(content, bytes)
        or hashlib.sha256(content).hexdigest() != row.sha256
        or _made_with(connection, log, letter_id) != {row.sha256}
    ):
        raise _damaged()
    return content


def exports(connection: Connection, log: AuditLog, letter_id: str) -> list[ExportKind]:
    """To what a letter was exported, as the audit has it; an entry that was altered counts for nothing."""
    try:
        return [entry["to"] for entry in log.details(connection, EXPORTED, letter_id)]
    except AuditError:
        return []


def _made_with(connection: Connection, log: AuditLog, letter_id: str) -> set[object]:
    """The sums that the audit has for a letter, made here or received: one, unless somebody has been there."""
    try:
        return {
            entry.get("sha256")
            for action in ("letter.made", "letter.received")
            for entry in log.details(connection, action, letter_id)
        }
    except AuditError:
        raise _damaged() from None


def _damaged() -> DamagedLetterError:
    return DamagedLetterError(
        "Brevet er ikke længere, som det blev lavet, og kan ikke bruges. "
        "Hent databasen fra en sikkerhedskopi, og sig det til it-afdelingen."
    )

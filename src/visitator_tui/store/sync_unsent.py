"""What the service does not have yet, and why, for the screens."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, case, exists, or_, select

from visitator_tui.usecases.sync_ports import UnsentRow

from .sync_documents import LETTER, REFUSED, SETTLEMENT
from .sync_tables import conflicts, parked, sent_letters
from .tables import documents, letters

REASONS: Final = {
    "too_large": "Den fylder for meget til at blive sendt.",
    "nul": "Den indeholder et tegn, der ikke kan sendes. Skriv teksten om.",
    "text": "Den indeholder et tegn, der ikke kan sendes. Skriv teksten om.",
    "assigned_to": "Den er givet til et navn, der ikke kan sendes. Giv den til en kollega igen.",
    "changed_by": "Dit navn i programmet kan ikke sendes. Sig det til it-afdelingen.",
    "changed_at": "Tidspunktet på den kan ikke sendes. Ret noget i den, så den får et nyt.",
    "immutable": "Serveren har et andet brev med samme nummer. Sig det til it-afdelingen.",
    "not_yours": "Sagen er ikke længere din. Aftal med den, der har den nu, hvad der skal med.",
}
UNKNOWN: Final = "Serveren tager ikke imod den. Opdatér programmet, eller sig det til it-afdelingen."

_NEWER: Final = (
    "En nyere udgave af programmet har også skrevet i den. Installer den nyeste udgave, så sendes den."
)

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
LETTER_UNSENT: Final = ~exists().where(sent_letters.c.letter_id == letters.c.id)


def unsent(connection: Connection, limit: int | None) -> list[UnsentRow]:
    """What the service does not have, oldest change first."""
    newer = exists().where(parked.c.id == documents.c.id)
    in_conflict = exists().where(conflicts.c.case_id == documents.c.id, conflicts.c.settled == "")
    query = select(
        documents.c.id,
        documents.c.kind,
        documents.c.name,
        documents.c.changed_at,
        case((documents.c.refused != "", documents.c.refused), (newer, _NEWER), else_=""),
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
            row.refused or (REASONS["not_yours"] if row.gone_at else ""),
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
    return REASONS["not_yours"] if row.gone_at else ""


def count_unsent(connection: Connection) -> int:
    """How many records the service lacks."""
    counted = 0
    for query in (
        select(documents.c.number).where(documents.c.changed.is_(True)),
        select(letters.c.number).where(LETTER_UNSENT),
        select(sent_letters.c.letter_id).where(sent_letters.c.refused != ""),
        _SETTLED,
    ):
        counted += len(connection.execute(query).all())
    return counted

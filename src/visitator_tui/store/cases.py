"""Cases in the database: one row each, read and written inside the caller's transaction."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from pydantic import ValidationError
from sqlalchemy import Connection, Row, column, func, insert, select, table, update

from visitator_tui.domain.case import Case, MadeDecision
from visitator_tui.domain.edit import Change
from visitator_tui.domain.made_decision import with_made
from visitator_tui.usecases.case_state import case_state
from visitator_tui.usecases.ports import CaseRecord, CaseRow, Place, StaleError, StoreError

from .audit import utc
from .search import match_expression, searchable
from .tables import documents, letters

_KIND: Final = "case"
_SEARCH: Final = table("document_search", column("rowid"), column("document_search"))
_DECIDED: Final = ("decision", "considerations", "made")
"""The parts of a case that stand still while its decision is made."""
_OURS: Final = re.compile(r"[a-z0-9_]{1,60}")


_LETTERS: Final = (
    select(func.count()).select_from(letters).where(letters.c.case_id == documents.c.id).scalar_subquery()
)
# In the order of CaseRow's fields: a long list is built by position.
_LISTED: Final = (
    documents.c.id,
    documents.c.name,
    documents.c.birth_date,
    documents.c.municipality,
    documents.c.received_on,
    documents.c.decided_on,
    documents.c.state,
    _LETTERS,
    documents.c.changed_at,
)


@dataclass(frozen=True)
class Saved:
    """What a save wrote: the record as it now is, and the paths that differ (empty: only drafts)."""

    record: CaseRecord
    paths: tuple[str, ...]


def rows(connection: Connection, search: str, limit: int | None) -> list[CaseRow]:
    """The list of cases, newest change first."""
    query = (
        select(*_LISTED)
        .where(documents.c.kind == _KIND, documents.c.deleted.is_(False))
        .order_by(documents.c.changed_at.desc(), documents.c.number.desc())
        .limit(limit)
    )
    expression = match_expression(search)
    if expression is not None:
        found = select(_SEARCH.c.rowid).where(_SEARCH.c.document_search.match(expression))
        query = query.where(documents.c.number.in_(found))
    return [
        CaseRow(*listed[:-1], changed_at=datetime.fromisoformat(listed[-1]))
        for listed in connection.execute(query)
    ]


def create(connection: Connection, case: Case, now: datetime, by: str = "") -> CaseRecord:
    """Insert a new case as revision 1."""
    record = CaseRecord(id=str(uuid.uuid4()), revision=1, case=case, changed_at=now, changed_by=by)
    connection.execute(
        insert(documents).values(
            id=record.id,
            kind=_KIND,
            revision=1,
            changed=True,
            changed_at=utc(now),
            changed_by=by,
            place=_dumped(asdict(record.place)),
            drafts="{}",
            **columns_of(case, 0),
        )
    )
    return record


def load(connection: Connection, case_id: str) -> CaseRecord:
    """Read one case. Raises StoreError if it is not there or is of a newer program."""
    row = _row(connection, case_id)
    return CaseRecord(
        id=row.id,
        revision=row.revision,
        case=case_of(row.body),
        drafts=json.loads(row.drafts),
        place=Place(**json.loads(row.place)),
        changed_at=datetime.fromisoformat(row.changed_at),
        letters=row.letters,
        changed_by=row.changed_by,
    )


def save(
    connection: Connection, record: CaseRecord, changes: Sequence[Change], now: datetime, by: str = ""
) -> Saved:
    """Write case, drafts and place if nobody has saved since ``record.revision``; else StaleError."""
    row = _row(connection, record.id)
    if row.revision == record.revision:  # else it is refused as stale
        _must_keep_made(row.body, record.case)
    return _written(connection, row, record, changes, now, by)


def decided(
    connection: Connection, record: CaseRecord, letter_id: str, now: datetime, by: str = ""
) -> CaseRecord:
    """Write the case's decision as made, told of in a letter that is inserted already.

    What else of the case was saved since ``record`` stays. Raises StaleError when the stored decision is
    not the record's, ValueError when it is made already.
    """
    row, stands = _row(connection, record.id), load(connection, record.id)
    if any(getattr(stands.case, part) != getattr(record.case, part) for part in _DECIDED):
        raise StaleError(
            "Afgørelsen er ændret et andet sted, mens brevet blev skrevet. Intet er gemt. "
            "Læs afgørelsen igen, og skriv så brevet."
        )
    made = with_made(record.case, letter_id, now).made
    decided = replace(stands, case=stands.case.model_copy(update={"made": made}))
    return _written(connection, row, decided, (), now, by).record


def _written(
    connection: Connection,
    row: Row[*tuple[Any, ...]],
    record: CaseRecord,
    changes: Sequence[Change],
    now: datetime,
    by: str,
) -> Saved:
    values = columns_of(record.case, row.letters)
    touched = row.body != values["body"]
    written = connection.execute(
        update(documents)
        .where(documents.c.id == record.id, documents.c.revision == record.revision)
        .values(
            revision=record.revision + 1,
            changed=documents.c.changed | touched,
            changed_at=utc(now),
            **({"changed_by": by, "refused": ""} if touched else {}),
            place=_dumped(asdict(record.place)),
            drafts=_dumped(record.drafts),
            **values,
        )
    )
    if written.rowcount != 1:
        raise StaleError(
            "Sagen er gemt et andet sted, siden den blev åbnet her, så denne ændring er ikke gemt. "
            "Åbn sagen igen, og skriv ændringen ind på ny."
        )
    saved = replace(
        record,
        revision=record.revision + 1,
        changed_at=now,
        letters=row.letters,
        changed_by=by if touched else row.changed_by,
    )
    return Saved(saved, _paths(changes, row.body, values["body"]) if touched else ())


def _must_keep_made(before: str, case: Case) -> None:
    """Made decisions are only added together with their letter, never by a save."""
    kept = json.loads(before).get("made", []) if '"made":[{' in before else []
    if [MadeDecision.model_validate(one) for one in kept] != list(case.made):
        raise StoreError("En truffet afgørelse kan ikke ændres. Ret den med en ny afgørelse.")


def set_place(connection: Connection, case_id: str, place: Place) -> None:
    """Keep the place. Raises StoreError if the case is not there."""
    written = connection.execute(
        update(documents).where(documents.c.id == case_id).values(place=_dumped(asdict(place)))
    )
    if written.rowcount != 1:
        raise _unknown()


def count_letter(connection: Connection, case_id: str, now: datetime | None = None) -> None:
    """Let the list show that one more letter is made (now; or elsewhere), before it is inserted.

    Raises StoreError if the case is not there.
    """
    row = _row(connection, case_id)
    state = {"state": case_state(case_of(row.body), row.letters + 1)}
    connection.execute(
        update(documents)
        .where(documents.c.id == case_id)
        .values(state | ({"changed_at": utc(now)} if now else {}))
    )


def _row(connection: Connection, case_id: str) -> Row[*tuple[Any, ...]]:
    row = connection.execute(
        select(
            documents.c.id,
            documents.c.revision,
            documents.c.changed_at,
            documents.c.changed_by,
            documents.c.place,
            documents.c.drafts,
            documents.c.body,
            _LETTERS.label("letters"),
        ).where(documents.c.id == case_id, documents.c.kind == _KIND)
    ).first()
    if row is None:
        raise _unknown()
    return row


def _unknown() -> StoreError:
    return StoreError("Sagen findes ikke i databasen. Gå til listen, og vælg den igen.")


def case_of(body: str) -> Case:
    """A kept document as a case. Raises StoreError if it is of a newer program."""
    try:
        return Case.model_validate_json(body)
    except ValidationError:  # its text would quote the case
        raise StoreError(
            "Sagen er gemt af en nyere udgave af programmet og kan ikke læses af denne. "
            "Den er ikke ændret. Installer den nyeste udgave."
        ) from None


def columns_of(case: Case, letter_count: int) -> dict[str, str]:
    """The document and what lists sort, show and search by."""
    return {
        "body": case.model_dump_json(by_alias=True),
        "search": searchable(case),
        "name": case.citizen.name,
        "birth_date": _iso(case.citizen.birth_date),
        "municipality": case.municipality,
        "received_on": _iso(case.enquiry.received_on),
        "decided_on": _iso(case.made[-1].decided_on if case.made else None),
        "state": case_state(case, letter_count),
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _dumped(value: Mapping[str, Any]) -> str:
    return json.dumps(dict(value), separators=(",", ":"))


def _paths(changes: Sequence[Change], before: str, after: str) -> tuple[str, ...]:
    """The changed paths for the audit; found by comparing where the caller names none."""
    named = [change.path for change in changes] or list(_differing(json.loads(before), json.loads(after)))
    return tuple(sorted({".".join(_harmless(part) for part in path) for path in named}))


def _differing(before: dict[str, Any], after: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for section in sorted(before.keys() | after.keys()):
        old, new = before.get(section), after.get(section)
        if isinstance(old, dict) and isinstance(new, dict):
            yield from (
                (section, field) for field in old.keys() | new.keys() if old.get(field) != new.get(field)
            )
        elif old != new:
            yield (section,)


def _harmless(part: str | int) -> str:
    """A key that is not an id may have come with an imported file and be anybody's name."""
    return str(part) if isinstance(part, int) or _OURS.fullmatch(part) else "*"

"""A document as sync sees it: what stands here, what the service has, and what of it may be sent now."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, select, update

from visitator_tui.domain.case import Case
from visitator_tui.domain.edit import MISSING, EditError, to_json, validated
from visitator_tui.domain.half_typed import half_typed
from visitator_tui.domain.half_typed import kept as kept_mine
from visitator_tui.domain.merge import (
    Conflict,
    MergePath,
    merge_cases,
    value_at,
    without_disputed,
)

from .cases import case_of, columns_of
from .sync_tables import conflicts, sent_letters
from .tables import documents, letters

CASE: Final = "case"
LETTER: Final = "letter"
SETTLEMENT: Final = "settlement"

REFUSED: Final = -1
"""The service's revision of a settled conflict that it would not take."""

WHOLE: Final[MergePath] = ()
"""The path of a conflict over the whole document."""

Document = dict[str, Any]


@dataclass(frozen=True)
class Held:
    """A row of ``documents`` with its texts read. ``mine`` and ``base`` are None where it is deleted."""

    row: Row[*tuple[Any, ...]]
    mine: Document | None
    base: Document | None
    disputed: tuple[MergePath, ...]

    @property
    def to_send(self) -> Document | None:
        """The document as it may be sent: with theirs in every field that is in conflict."""
        if WHOLE in self.disputed:
            return self.base
        if self.mine is None or self.base is None:
            return self.mine
        sent: Document = without_disputed(self.mine, self.base, self.disputed)
        return sent

    @property
    def changed(self) -> bool:
        """Whether the service lacks something that may be sent."""
        if self.row.server_revision == 0:
            return self.to_send is not None
        return self.to_send != self.base or self.row.assigned_to != self.row.base_assigned_to


def held(connection: Connection, document_id: str) -> Held | None:
    """What is here of a document; None if nothing. Raises StoreError if it is of a newer program."""
    row = connection.execute(select(documents).where(documents.c.id == document_id)).first()
    return None if row is None else held_row(connection, row)


def held_row(connection: Connection, row: Row[*tuple[Any, ...]]) -> Held:
    """The same for a row that is read already."""
    return Held(
        row,
        None if row.deleted else _read(row.kind, row.body, row.name),
        None if row.base is None else read(row.kind, json.loads(row.base)),
        disputed(connection, row.id),
    )


def disputed(connection: Connection, document_id: str) -> tuple[MergePath, ...]:
    """The paths of its fields that wait for a person."""
    found = connection.execute(
        select(conflicts.c.path).where(conflicts.c.case_id == document_id, conflicts.c.settled == "")
    )
    return tuple(tuple(json.loads(path)) for path in found.scalars())


def _read(kind: str, body: str, name: str) -> Document:
    if kind == CASE:
        return to_json(case_of(body))
    return {"name": name, "document": json.loads(body)}


def read(kind: str, body: Mapping[str, Any]) -> Document:
    """A body as it goes over the wire, in this program's form. Raises StoreError if it is of a newer one."""
    return to_json(case_of(written(body))) if kind == CASE else dict(body)


def written(document: Mapping[str, Any]) -> str:
    """A document as the columns keep it."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def merged(
    kind: str,
    base: Document | None,
    mine: Document | None,
    theirs: Document | None,
    *,
    kept: bool,
    drafts: Iterable[str] = (),
) -> tuple[Document | None, tuple[Conflict, ...]]:
    """Both versions brought together. ``kept``: there are letters here, with which it is not deleted unasked.

    ``drafts`` are the fields with a half-typed text: where the other changed one, it is asked about as well.
    """
    both, found = _together(kind, base, mine, theirs, kept)
    if base is None or mine is None or theirs is None:
        return both, found
    asked = half_typed(drafts, base, mine, theirs)
    document = kept_mine(both, mine, asked)
    try:
        return (document if document == both else to_json(validated(document))), (*found, *asked)
    except EditError:  # the decision is made by now, and closed
        return both, found


def _together(
    kind: str, base: Document | None, mine: Document | None, theirs: Document | None, kept: bool
) -> tuple[Document | None, tuple[Conflict, ...]]:
    if theirs in (mine, base):
        return mine, ()
    if mine == base and (theirs is not None or not kept):
        return theirs, ()
    if kind == CASE and mine is not None and theirs is not None:
        case = validated(mine)
        began = validated(base) if base else Case(municipality=case.municipality)
        both = merge_cases(began, case, validated(theirs))
        return to_json(both.case), both.conflicts
    was, ours, other = (MISSING if one is None else one for one in (base, mine, theirs))
    return mine, (Conflict(WHOLE, was, ours, other),)


def columns(kind: str, document: Document, letters: int = 0) -> dict[str, str]:
    """The columns of a document that is to stand here. Raises EditError if a case is none."""
    if kind == CASE:
        return columns_of(validated(document), letters)
    return {"name": str(document.get("name", "")), "body": written(document.get("document", {}))}


def refused_again(connection: Connection, row: Row[*tuple[Any, ...]]) -> None:
    """A case has come that was somebody else's, or refused: what hangs on it may be taken now."""
    if row.gone_at or row.refused:
        of_case = select(letters.c.id).where(letters.c.case_id == row.id)
        connection.execute(
            delete(sent_letters).where(sent_letters.c.refused != "", sent_letters.c.letter_id.in_(of_case))
        )
        connection.execute(
            update(conflicts)
            .where(conflicts.c.case_id == row.id, conflicts.c.server_revision == REFUSED)
            .values(server_revision=0)
        )


def at(document: Document | None, path: MergePath) -> Any:
    """The value at a path, MISSING where the document is deleted."""
    return MISSING if document is None else value_at(document, path)


def moment(text: str, otherwise: datetime) -> datetime:
    """A time that somebody else wrote."""
    try:
        told = datetime.fromisoformat(text)
    except ValueError:
        return otherwise
    return told if told.tzinfo else otherwise


def dumped(value: Any) -> str | None:
    """A value of a conflict as its column keeps it."""
    return None if value is MISSING else json.dumps(value, ensure_ascii=False)


def loaded(value: str | None) -> Any:
    """The value of a conflict's column."""
    return MISSING if value is None else json.loads(value)


def path_text(path: Iterable[str]) -> str:
    """A path as its column keeps it."""
    return json.dumps(list(path), ensure_ascii=False)

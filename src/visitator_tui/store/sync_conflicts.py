"""Fields that two people filled in two ways: kept with both versions, shown, settled, and sent to the others."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, insert, select, update

from visitator_tui.domain.merge import Conflict, reachable, with_value
from visitator_tui.usecases.ports import Actor, StaleError, StoreError
from visitator_tui.usecases.sync_ports import ConflictRow, Side

from .audit import utc
from .sync_documents import WHOLE, Document, at, dumped, held, loaded, moment, path_text
from .sync_tables import conflicts
from .tables import documents

_CHANGED: Final = "Feltet er ændret, siden det blev vist. Se det igen, før du vælger."
CLOSED: Final = (
    "Valget passer ikke til resten af sagen. Er afgørelsen truffet, rettes den med en ny afgørelse; "
    "er en liste ændret siden, så ret den først."
)


@dataclass(frozen=True)
class Theirs:
    """The other version of a document: what it says, whose it is, and when it was written."""

    document: Document | None
    by: str
    at: datetime


@dataclass(frozen=True)
class Mine:
    """Our version of a document after the merge."""

    document: Document | None
    by: str
    at: datetime


def dispute(
    connection: Connection, row: Row[*tuple[Any, ...]], mine: Mine, theirs: Theirs, found: Iterable[Conflict]
) -> int:
    """Keep the conflicts of a merge beside those that wait already; how many a person has to look at anew."""
    waiting = [_path(one) for one in _waiting(connection, row.id)]
    new = 0
    for one in found:
        if one.settled:
            _insert(connection, row, one, mine, theirs, settled=one.settled)
        elif not any(one.path[: len(path)] == path for path in waiting):
            inside = [path for path in waiting if path[: len(one.path)] == one.path]
            _drop(connection, row.id, inside)
            waiting = [path for path in waiting if path not in inside]
            _insert(connection, row, one, mine, theirs)
            new += 1
    for still in _waiting(connection, row.id):
        _follow(connection, still, mine.document, theirs)
    return new


def _waiting(connection: Connection, document_id: str) -> list[Row[*tuple[Any, ...]]]:
    query = select(conflicts).where(conflicts.c.case_id == document_id, conflicts.c.settled == "")
    return list(connection.execute(query.order_by(conflicts.c.number)))


def _path(row: Row[*tuple[Any, ...]]) -> tuple[str, ...]:
    return tuple(json.loads(row.path))


def _insert(
    connection: Connection,
    row: Row[*tuple[Any, ...]],
    one: Conflict,
    mine: Mine,
    theirs: Theirs,
    settled: str = "",
) -> None:
    # Where the making of the decision settled it, the version that came too late is as it was, not as merged.
    ours = one.mine if settled else at(mine.document, one.path)
    connection.execute(
        insert(conflicts).values(
            id=str(uuid.uuid4()),
            case_id=row.id,
            kind=row.kind,
            path=path_text(one.path),
            mine=dumped(ours),
            theirs=dumped(one.theirs),
            base=dumped(one.base),
            mine_by=mine.by,
            mine_at=utc(mine.at),
            theirs_by=theirs.by,
            theirs_at=utc(theirs.at),
            settled=settled,
            settled_by="",
            settled_at=utc(theirs.at) if settled else "",
            server_revision=0,
        )
    )


def _drop(connection: Connection, document_id: str, paths: Iterable[tuple[str, ...]]) -> None:
    connection.execute(
        delete(conflicts).where(
            conflicts.c.case_id == document_id,
            conflicts.c.settled == "",
            conflicts.c.path.in_([path_text(path) for path in paths]),
        )
    )


def _follow(
    connection: Connection, one: Row[*tuple[Any, ...]], mine: Document | None, theirs: Theirs
) -> None:
    """Bring a waiting conflict up to what the other has written since; it ends where both now say the same."""
    now = at(theirs.document, _path(one))
    here = conflicts.c.number == one.number
    if now == at(mine, _path(one)):
        connection.execute(delete(conflicts).where(here))
    elif now != loaded(one.theirs):
        connection.execute(
            update(conflicts)
            .where(here)
            .values(theirs=dumped(now), theirs_by=theirs.by, theirs_at=utc(theirs.at))
        )


def rows(connection: Connection, case_id: str | None, settled: bool) -> list[ConflictRow]:
    """The conflicts, oldest first; mine is what stands in the document now."""
    query = (
        select(conflicts, documents.c.name)
        .join_from(conflicts, documents, documents.c.id == conflicts.c.case_id, isouter=True)
        .order_by(conflicts.c.number)
    )
    if case_id is not None:
        query = query.where(conflicts.c.case_id == case_id)
    if not settled:
        query = query.where(conflicts.c.settled == "")
    found = list(connection.execute(query))
    ours = {one.case_id: held(connection, one.case_id) for one in found if one.settled == ""}
    listed = []
    for one in found:
        here = ours.get(one.case_id) if one.settled == "" else None
        mine = at(here.mine, _path(one)) if here else loaded(one.mine)
        listed.append(_told(one, mine, here.row if here else None))
    return listed


def _told(one: Row[*tuple[Any, ...]], mine: Any, document: Row[*tuple[Any, ...]] | None) -> ConflictRow:
    mine_at = datetime.fromisoformat(one.mine_at)
    return ConflictRow(
        id=one.id,
        case_id=one.case_id,
        kind=one.kind,
        name=one.name or "",
        path=_path(one),
        mine=mine,
        theirs=loaded(one.theirs),
        base=loaded(one.base),
        mine_by=one.mine_by,
        mine_at=datetime.fromisoformat(document.changed_at)
        if document and mine != loaded(one.mine)
        else mine_at,
        theirs_by=one.theirs_by,
        theirs_at=datetime.fromisoformat(one.theirs_at),
        settled=one.settled or None,
        settled_by=one.settled_by,
        settled_at=datetime.fromisoformat(one.settled_at) if one.settled_at else None,
    )


def settle(
    connection: Connection, shown: ConflictRow, side: Side, actor: Actor, now: datetime
) -> tuple[Document | None, str]:
    """Settle a conflict as it was shown; the document as it shall stand, and its id.

    Raises StaleError when either version is another by now.
    """
    row = connection.execute(select(conflicts).where(conflicts.c.id == shown.id)).first()
    here = held(connection, shown.case_id)
    if row is None or row.settled or here is None:
        raise StaleError(_CHANGED)
    mine, theirs = at(here.mine, _path(row)), loaded(row.theirs)
    if (mine, theirs) != (shown.mine, shown.theirs):
        raise StaleError(_CHANGED)
    document = here.mine
    if side == "theirs":
        document = _with_theirs(here.mine, here.base, _path(row), theirs)
    connection.execute(
        update(conflicts)
        .where(conflicts.c.number == row.number)
        .values(mine=dumped(mine), settled=side, settled_by=actor.user, settled_at=utc(now))
    )
    return document, row.case_id


def _with_theirs(
    mine: Document | None, base: Document | None, path: tuple[str, ...], theirs: Any
) -> Document | None:
    if path == WHOLE:
        return theirs if isinstance(theirs, dict) else None
    if mine is None or not reachable(mine, path):
        raise StoreError(CLOSED)
    chosen: Document = with_value(mine, path, theirs, base)
    return chosen


# -- settled ones, for the others who see the case -----------------------------------------------------------

_TOLD: Final = (
    "kind",
    "mine_by",
    "mine_at",
    "theirs_by",
    "theirs_at",
    "settled",
    "settled_by",
    "settled_at",
)
_VALUES: Final = ("mine", "theirs", "base")
LONG: Final = 1_800_000
"""Bytes that three versions of a field may have together to be sent; the service takes 2 MB."""


def body_of(row: Row[*tuple[Any, ...]]) -> dict[str, Any]:
    """A settled conflict as it goes over the wire. A value that is not there is left out."""
    told = {name: getattr(row, name) for name in _TOLD}
    # Long texts three times over are more than the service takes: what stood before both is in neither's words.
    names = _VALUES if sum(len(getattr(row, name) or "") for name in _VALUES) < LONG else _VALUES[:2]
    values = {name: json.loads(getattr(row, name)) for name in names if getattr(row, name) is not None}
    return {"path": json.loads(row.path), **told, **values}


def take(
    connection: Connection,
    conflict_id: str,
    case_id: str,
    revision: int,
    body: Mapping[str, Any],
    now: datetime,
) -> None:
    """Keep a conflict that somebody else settled."""
    there = select(conflicts.c.id).where(conflicts.c.id == conflict_id)
    if connection.execute(there).first() is not None:
        return
    times = {name: utc(moment(str(body.get(name, "")), now)) for name in _TOLD if name.endswith("_at")}
    texts = {name: str(body.get(name, "")) for name in _TOLD if not name.endswith("_at")}
    values = {name: dumped(body[name]) if name in body else None for name in _VALUES}
    connection.execute(
        insert(conflicts).values(
            id=conflict_id,
            case_id=case_id,
            path=path_text(str(part) for part in body.get("path", ())),
            server_revision=revision,
            **times,
            **(texts | {"settled": texts["settled"] or "mine"}),
            **values,
        )
    )

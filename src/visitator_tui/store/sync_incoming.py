"""What the service sent, taken in: new documents kept, changed ones merged, letters checked, the rest parked."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import and_, delete, exists, func, insert, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from visitator_tui.domain import half_typed
from visitator_tui.domain.edit import EditError, validated
from visitator_tui.usecases.ports import Actor, Place, StoreError
from visitator_tui.usecases.sync_wire import Incoming
from visitator_tui.usecases.task_ports import Reckoning

from . import cases, sync_conflicts, tasks
from .audit import Writing, utc
from .sync_conflicts import Mine, Theirs
from .sync_documents import (
    CASE,
    LETTER,
    SETTLEMENT,
    Document,
    Held,
    columns,
    held,
    merged,
    moment,
    read,
    refused_again,
    written,
)
from .sync_tables import parked, sent_letters
from .tables import documents, letters

_NEWER: Final = "newer"
_DAMAGED: Final = "damaged"
_EARLY: Final = "early"
_RETRIED_AT_ONCE: Final = 50
_NEVER: Final = datetime.min.replace(tzinfo=UTC)


@dataclass
class Taking:
    """One transaction that takes records in, and what came of it."""

    work: Writing
    actor: Actor
    now: datetime
    reckoning: Reckoning | None = None
    changed: dict[str, None] = field(default_factory=dict)
    conflicts: int = 0

    def all(self, records: Sequence[Incoming]) -> None:
        """Take records in, and those parked before whose time has come."""
        for one in records:
            self._one(one)
        tried: set[str] = set()
        while waiting := [id_ for id_ in self._waiting() if id_ not in tried][:_RETRIED_AT_ONCE]:
            tried.update(waiting)
            read = [self._again(id_) for id_ in waiting]
            if not any(read):  # nor will the rest be
                return

    def _waiting(self) -> Sequence[str]:
        """Letters whose case is here by now, and what a newer program has written."""
        case_is_here = exists().where(documents.c.id == parked.c.case_id)
        ready = or_(parked.c.why == _NEWER, and_(parked.c.why == _EARLY, case_is_here))
        return (
            self.work.connection.execute(select(parked.c.id).where(ready).order_by(parked.c.why))
            .scalars()
            .all()
        )

    def _again(self, id_: str) -> bool:
        text = self.work.connection.execute(select(parked.c.record).where(parked.c.id == id_)).scalar_one()
        return self._one(Incoming(**json.loads(text)))

    def _one(self, one: Incoming) -> bool:
        try:
            if one.gone:
                self._gone(one)
            elif one.kind == LETTER:
                self._letter(one)
            elif one.kind == SETTLEMENT:
                self._settlement(one)
            else:
                self._document(one)
        except (StoreError, EditError):  # it is not of a shape that this program knows
            self._park(one, _NEWER)
            return False
        self.work.connection.execute(
            delete(parked).where(
                parked.c.id == one.id, parked.c.record != _record(one), parked.c.why == _NEWER
            )
        )
        return True

    def _park(self, one: Incoming, why: str) -> None:
        row = {"kind": one.kind, "case_id": one.case_id or one.id, "why": why, "record": _record(one)}
        self.work.connection.execute(
            upsert(parked)
            .values(id=one.id, **row)
            .on_conflict_do_update(index_elements=[parked.c.id], set_=row)
        )

    def _unpark(self, one: Incoming) -> None:
        self.work.connection.execute(delete(parked).where(parked.c.id == one.id))

    # -- documents -------------------------------------------------------------------------------

    def _gone(self, one: Incoming) -> None:
        self.work.connection.execute(
            update(documents)
            .where(documents.c.id == one.id, documents.c.gone_at == "")
            .values(gone_at=utc(self.now))
        )

    def _document(self, one: Incoming) -> None:
        theirs = None if one.deleted or one.body is None else read(one.kind, one.body)
        here = held(self.work.connection, one.id)
        self._unpark(one)
        if here is None:
            if theirs is not None:
                self._new(one, theirs)
            return
        row = here.row
        if one.revision < row.server_revision and not row.doubt:
            return
        if one.revision == row.server_revision and not row.doubt:  # what we know, perhaps with a new number
            known = {"server_seq": one.seq or row.server_seq, "server_at": one.stored_at or row.server_at}
            known |= {"gone_at": "", "refused": ""}
            self.work.connection.execute(
                update(documents).where(documents.c.number == row.number).values(known)
            )
            refused_again(self.work.connection, row)
            return
        self._merge(one, here, theirs)

    def _new(self, one: Incoming, theirs: Document) -> None:
        self.work.connection.execute(
            insert(documents).values(
                id=one.id,
                kind=one.kind,
                revision=1,
                changed=False,
                changed_at=utc(moment(one.changed_at, self.now)),
                changed_by=one.changed_by,
                place=json.dumps(asdict(Place())),
                drafts="{}",
                **self._known(one, theirs),
                **(_NO_COLUMNS | columns(one.kind, theirs)),
            )
        )
        self._noted("received", one, theirs)

    def _known(self, one: Incoming, theirs: Document | None) -> dict[str, Any]:
        """What we now know the service to have."""
        return {
            "base": None if theirs is None else written(theirs),
            "server_revision": one.revision,
            "server_seq": one.seq,
            "server_at": one.stored_at,
            "doubt": False,
            "assigned_to": one.assigned_to,
            "base_assigned_to": one.assigned_to,
            "gone_at": "",
            "refused": "",
        }

    def _merge(self, one: Incoming, here: Held, theirs: Document | None) -> None:
        row, ours = here.row, here.mine
        base = self._base(one, here, theirs)
        mine, found = merged(
            one.kind, base, ours, theirs, kept=self._letters(row.id) > 0, drafts=json.loads(row.drafts)
        )
        known = self._known(one, theirs)
        if row.assigned_to not in ("", row.base_assigned_to) and one.assigned_to == row.base_assigned_to:
            known["assigned_to"] = row.assigned_to  # we handed it over, they did not
        values: dict[str, Any] = {"deleted": mine is None, "revision": row.revision + 1}
        if mine is not None and (mine != ours or row.deleted):
            values |= columns(row.kind, mine, self._letters(row.id))
            values["drafts"] = drafts_text_moved(row.drafts, ours, mine)
        if mine == theirs:
            values |= {"changed_at": utc(moment(one.changed_at, self.now)), "changed_by": one.changed_by}
        here_now = documents.c.number == row.number
        self.work.connection.execute(update(documents).where(here_now).values(**known, **values))
        refused_again(self.work.connection, row)
        self.conflicts += sync_conflicts.dispute(
            self.work.connection,
            row,
            Mine(mine, row.changed_by or self.actor.user, moment(row.changed_at, self.now)),
            Theirs(theirs, one.changed_by, moment(one.changed_at, self.now)),
            found,
        )
        flag(self.work, row.id)
        if mine != ours:
            self._noted("merged" if here.changed else "received", one, mine)

    def _base(self, one: Incoming, here: Held, theirs: Document | None) -> Document | None:
        """What both versions began from."""
        row = here.row
        if not row.doubt or theirs == here.base:
            return here.base
        # Before the restore there was one history: what was stored before ours is what ours went on from.
        if moment(one.stored_at, self.now) < moment(row.server_at, _NEVER):
            return theirs
        # It may lack what we know the service to have had: nothing that differs is taken over unasked.
        return None

    def _letters(self, case_id: str) -> int:
        count = select(func.count()).select_from(letters).where(letters.c.case_id == case_id)
        return int(self.work.connection.execute(count).scalar_one())

    def _noted(self, what: str, one: Incoming, document: Document | None) -> None:
        self.changed[one.id] = None
        self.work.note(self.now, self.actor, f"{one.kind}.{what}", one.kind, one.id, server=one.revision)
        if one.kind == CASE and document is not None:
            tasks.reckon(self.work.connection, one.id, validated(document), self.reckoning)

    # -- what hangs on a case ----------------------------------------------------------------------

    def _letter(self, one: Incoming) -> None:
        connection = self.work.connection
        self._unpark(one)
        if one.body is None or connection.execute(select(letters.c.id).where(letters.c.id == one.id)).first():
            return
        case_id = one.case_id or ""
        if connection.execute(select(documents.c.id).where(documents.c.id == case_id)).first() is None:
            self._park(one, _EARLY)
            return
        try:
            pdf = base64.b64decode(str(one.body["pdf"]), validate=True)
            told = {name: str(one.body[name]) for name in ("kind", "made_at", "sha256")}
        except (KeyError, binascii.Error, ValueError):
            self._park(one, _DAMAGED)
            return
        if hashlib.sha256(pdf).hexdigest() != told["sha256"] or one.body.get("size") != len(pdf):
            self._park(one, _DAMAGED)
            return
        cases.count_letter(connection, case_id)
        connection.execute(insert(letters).values(id=one.id, case_id=case_id, size=len(pdf), pdf=pdf, **told))
        connection.execute(insert(sent_letters).values(letter_id=one.id, revision=one.revision, refused=""))
        self.work.note(
            self.now, self.actor, "letter.received", "letter", one.id, case=case_id, sha256=told["sha256"]
        )
        self.changed[case_id] = None

    def _settlement(self, one: Incoming) -> None:
        if one.body is not None:
            sync_conflicts.take(
                self.work.connection, one.id, one.case_id or "", one.revision, one.body, self.now
            )


def flag(work: Writing, document_id: str) -> None:
    """Say anew whether a document has something to send."""
    here = held(work.connection, document_id)
    if here is not None:
        work.connection.execute(
            update(documents).where(documents.c.number == here.row.number).values(changed=here.changed)
        )


_NO_COLUMNS: Final = dict.fromkeys(
    ("name", "birth_date", "municipality", "received_on", "decided_on", "state", "search"), ""
)


def _record(one: Incoming) -> str:
    return written(asdict(one))


def drafts_text_moved(drafts: str, before: Document | None, after: Document) -> str:
    """Half-typed texts stay with their entries when a merge moves those in their lists."""
    return json.dumps(half_typed.drafts_moved(json.loads(drafts), before, after), separators=(",", ":"))

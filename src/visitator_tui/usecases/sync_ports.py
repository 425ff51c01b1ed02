"""Where sync meets the rest: what it needs of the store, and what the screens see of it.

The laptop keeps, beside its own document, the document and revision of the last exchange (the *base*); what
differs from the base is unsent. Every method may be called from any thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal, Protocol

from .ports import Actor
from .sync_wire import (
    Batch,
    Cursor,
    FoundCase,
    Incoming,
    Outgoing,
    PushAnswer,
    Revisions,
    Seen,
    SyncError,
    Trouble,
)

Side = Literal["mine", "theirs"]


@dataclass(frozen=True)
class ConflictRow:
    """One field that two people filled in two ways; the document holds ``mine`` until a person has chosen.

    ``path`` leads to the field: names of fields, and the identity of an entry where a list is passed; an
    empty path is the whole document. ``mine``, ``theirs`` and ``base`` (what stood there before both) are
    JSON values, or ``domain.edit.MISSING`` where the entry is not there. ``settled`` is None until somebody
    chose; a settled row stays, with both versions, and is shared with the others who see the case.
    """

    id: str
    case_id: str
    kind: str
    name: str
    path: tuple[str, ...]
    mine: Any
    theirs: Any
    base: Any
    mine_by: str
    mine_at: datetime
    theirs_by: str
    theirs_at: datetime
    settled: Side | None = None
    settled_by: str = ""
    settled_at: datetime | None = None


@dataclass(frozen=True)
class UnsentRow:
    """Something that the service does not have yet. ``name`` is the citizen's, for the screen only.

    ``held``: it waits for a person (a conflict, or the service refused it: ``reason`` says why, in Danish).
    """

    case_id: str
    kind: str
    name: str
    changed_at: datetime
    held: bool = False
    reason: str = ""


@dataclass(frozen=True)
class StoredSync:
    """What the store knows of sync between two runs of the program.

    ``seen_as`` is as whom, and with which roles, the service last showed us what it has (empty: not known).
    ``parked`` counts records that cannot be taken in: of a newer program, damaged, or a letter before its case.
    ``audit_doubted`` is when the service last said that it does not know this laptop's audit again.
    """

    cursor: Cursor = field(default_factory=Cursor)
    user: str = ""
    seen_as: str = ""
    last_success: datetime | None = None
    last_error: str = ""
    last_trouble: Trouble | None = None
    unsent: int = 0
    conflicts: int = 0
    parked: int = 0
    audit_doubted: datetime | None = None


@dataclass(frozen=True)
class Applied:
    """What a pull did: the cases that now read otherwise, those that left, and how many new conflicts."""

    changed: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    conflicts: int = 0


class SyncStore(Protocol):
    """The laptop's side of sync in the encrypted database; implemented by the open CaseStore. StoreError."""

    def outbox(self, most: int, most_bytes: int, user: str) -> list[Outgoing]:
        """What is unsent and may be sent now, cases before what hangs on them; at most so many and so large.

        One record is given even if it alone is larger. ``user`` owns the cases that nobody was given yet.
        """

    def set_out(self, batch: Batch, audited: bool = False) -> Batch | None:
        """Keep a batch before it is sent: if its answer is lost, the very same, as given back, is sent again.

        ``audited`` adds the end of the audit. None while another is on its way: two programs may be open."""

    def under_way(self) -> Batch | None:
        """The batch whose answer is not here yet."""

    def answered(self, batch: Batch, answer: PushAnswer | None, actor: Actor, now: datetime) -> Applied:
        """Take in the answer to the batch on its way (None: there is none to be had), in one transaction.

        What was sent is the new base; a record stays unsent if it was changed meanwhile; a conflict is merged.
        """

    def apply_pulled(
        self, changes: Sequence[Incoming], cursor: Cursor | None, actor: Actor, now: datetime
    ) -> Applied:
        """Merge what the service sent and move the cursor (None: leave it), in one transaction."""

    def conflicts(self, case_id: str | None = None, *, settled: bool = False) -> list[ConflictRow]:
        """Fields that wait for a person, oldest first; with ``settled`` also those somebody chose for."""

    def settle(self, conflict: ConflictRow, side: Side, actor: Actor, now: datetime) -> None:
        """Choose one version of a field. StaleError when either changed since it was shown, or it is settled."""

    def seen(self) -> Seen:
        """How far the feed was read, and the last batch that was answered."""

    def stored_sync(self) -> StoredSync:
        """Cursor, last success and last error, and how much waits."""

    def unsent(self, limit: int | None = None) -> list[UnsentRow]:
        """What the service does not have yet, oldest change first."""

    def note_sync(self, now: datetime, error: SyncError | None, user: str = "") -> None:
        """Keep when a sync came to its end, or why it did not."""

    def start_over(self, epoch: str, there: Revisions) -> None:
        """The service has a new epoch: read its feed from the beginning, and send again what it lacks."""

    def see_as(self, who: str, now: datetime, epoch: str = "", there: Revisions | None = None) -> None:
        """Keep as whom, with which roles, the service shows us what it has.

        ``there`` is what it shows to another than before: the rest has gone, and the feed is read anew.
        """

    def assign(self, case_id: str, user: str, actor: Actor, now: datetime) -> None:
        """Hand a case over to a colleague; it is sent with the next sync."""

    def delete_case(self, case_id: str, actor: Actor, now: datetime, reason: str = "") -> None:
        """Delete a case that was made by mistake, here and with the next sync there; the audit keeps why.

        StoreError when something in it is decided or kept as a letter.
        """

    def leave_expired(self, before: datetime, actor: Actor, now: datetime) -> tuple[str, ...]:
        """Take from this laptop what has been somebody else's, or closed, since before a moment.

        Never what has unsent changes, an unsettled conflict, or is open. The ids of what left.
        """


# -- what the screens see ------------------------------------------------------------------------------


class Phase(StrEnum):
    """What the loop is doing."""

    RESTING = "resting"
    PULLING = "pulling"
    PUSHING = "pushing"
    STOPPED = "stopped"


@dataclass(frozen=True)
class SyncState:
    """How sync stands. ``done`` of ``total`` records of the running phase (0: not known).

    ``synced`` is the only leave to say »synkroniseret«. ``error`` is Danish and stands until a sync succeeds.
    ``parked`` and ``audit_doubted`` are as in StoredSync, the latter for as long as it is to be told.
    """

    phase: Phase = Phase.RESTING
    done: int = 0
    total: int = 0
    unsent: int = 0
    conflicts: int = 0
    last_success: datetime | None = None
    error: str = ""
    trouble: Trouble | None = None
    next_try: datetime | None = None
    synced: bool = False
    user: str = ""
    audit_doubted: datetime | None = None
    parked: int = 0

    @property
    def running(self) -> bool:
        """Whether a sync is under way."""
        return self.phase in (Phase.PULLING, Phase.PUSHING)


class Listener(Protocol):
    """Told by the loop's thread; a screen hands it on to its own."""

    def __call__(self, state: SyncState, applied: Applied | None) -> None:
        """The state is now this; ``applied`` says which cases a pull has just changed."""


class Synchronising(Protocol):
    """Sync in the background, as the screens use it."""

    def start(self) -> None:
        """Begin, in a thread of its own. Safe to call twice."""

    def stop(self, wait: float = 5.0) -> None:
        """End after the step that is under way, at most ``wait`` seconds from now."""

    def state(self) -> SyncState:
        """How it stands; quick."""

    def listen(self, listener: Listener) -> None:
        """Be told of every change of the state."""

    def nudge(self) -> None:
        """Sync soon: something was saved, or the visitator asked for it."""

    def conflicts(self, case_id: str | None = None) -> list[ConflictRow]:
        """Fields that wait for a person."""

    def settle(self, conflict: ConflictRow, side: Side) -> None:
        """Choose one version of a field. Raises StoreError; StaleError when it changed meanwhile."""

    def unsent(self) -> list[UnsentRow]:
        """What the service does not have yet."""

    def search(self, text: str) -> tuple[FoundCase, ...]:
        """Cases at the service (seconds; not on the screen's thread). Raises SyncError."""

    def fetch(self, case_id: str) -> None:
        """Bring a found case to this laptop (seconds). Raises SyncError."""

    def assign(self, case_id: str, user: str) -> None:
        """Hand a case over. Raises StoreError."""

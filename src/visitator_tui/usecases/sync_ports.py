"""Where sync meets the rest: what it needs of the store, and what the screens see of it.

The laptop keeps, beside its own document, the document and revision of the last exchange (the *base*); what
differs from the base is unsent. Every method may be called from any thread.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal, Protocol

from .ports import Actor
from .sync_wire import AuditHead, FoundCase, Incoming, Outgoing, SyncError, Trouble

Side = Literal["mine", "theirs"]


@dataclass(frozen=True)
class Cursor:
    """How far this laptop has read the change feed. Without an epoch it has never met the service."""

    epoch: str | None = None
    seq: int = 0


@dataclass(frozen=True)
class Acknowledged:
    """The service has ``sent`` as ``revision``."""

    sent: Outgoing
    revision: int


@dataclass(frozen=True)
class Refused:
    """The service will not have ``sent``; ``reason`` is its word for why (Danish)."""

    sent: Outgoing
    reason: str


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
    """What the store knows of sync between two runs of the program."""

    cursor: Cursor = Cursor()
    user: str = ""
    last_success: datetime | None = None
    last_error: str = ""
    last_trouble: Trouble | None = None
    unsent: int = 0
    conflicts: int = 0


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

    def acknowledge(self, done: Sequence[Acknowledged], now: datetime) -> None:
        """Take the sent bodies as the new base; a record stays unsent if it was changed since it was read."""

    def refuse(self, refused: Sequence[Refused], now: datetime) -> None:
        """Hold records that the service will not have until they are changed."""

    def apply_pulled(
        self, changes: Sequence[Incoming], cursor: Cursor | None, actor: Actor, now: datetime
    ) -> Applied:
        """Merge what the service sent and move the cursor (None: leave it), in one transaction."""

    def conflicts(self, case_id: str | None = None, *, settled: bool = False) -> list[ConflictRow]:
        """Fields that wait for a person, oldest first; with ``settled`` also those somebody chose for."""

    def settle(self, conflict_id: str, side: Side, actor: Actor, now: datetime) -> None:
        """Choose one version of a field. StaleError when it changed since it was shown or is settled."""

    def stored_sync(self) -> StoredSync:
        """Cursor, last success and last error, and how much waits."""

    def unsent(self, limit: int | None = None) -> list[UnsentRow]:
        """What the service does not have yet, oldest change first."""

    def note_sync(self, now: datetime, error: SyncError | None, user: str = "") -> None:
        """Keep when a sync came to its end, or why it did not."""

    def known_revisions(self) -> Mapping[tuple[str, str], int]:
        """(kind, id) -> the service's revision that we have, of everything we hold."""

    def start_over(self, epoch: str, lacking: Mapping[tuple[str, str], int]) -> None:
        """The service has a new epoch: read its feed from the beginning, and send again what it lacks.

        ``lacking`` has what it has older or not at all, with the revision it has now (0: none).
        """

    def assign(self, case_id: str, user: str, actor: Actor, now: datetime) -> None:
        """Hand a case over to a colleague; it is sent with the next sync."""

    def leave_expired(self, before: datetime, user: str, actor: Actor, now: datetime) -> tuple[str, ...]:
        """Take from this laptop what has been somebody else's, or closed, since before a moment.

        Never what has unsent changes, an unsettled conflict, or is open. The ids of what left.
        """

    def sync_audit_head(self) -> AuditHead:
        """The end of the audit chain."""


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

    def settle(self, conflict_id: str, side: Side) -> None:
        """Choose one version of a field. Raises StoreError; StaleError when it changed meanwhile."""

    def unsent(self) -> list[UnsentRow]:
        """What the service does not have yet."""

    def search(self, text: str) -> tuple[FoundCase, ...]:
        """Cases at the service (seconds; not on the screen's thread). Raises SyncError."""

    def fetch(self, case_id: str) -> None:
        """Bring a found case to this laptop (seconds). Raises SyncError."""

    def assign(self, case_id: str, user: str) -> None:
        """Hand a case over. Raises StoreError."""

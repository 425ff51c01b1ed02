"""What goes between the laptop and the municipality's service, and what can go wrong on the way.

A *record* is one synced document (a case, a letter …) as the service knows it: kind, id, revision, body.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal, Protocol

Body = Mapping[str, Any]
"""A record's document as JSON; None in its place is a tombstone (the record was deleted)."""


class Trouble(StrEnum):
    """Why a sync did not come to its end; ``SyncError`` says it in Danish."""

    OFFLINE = "offline"
    PORTAL = "portal"
    CLOCK = "clock"
    EXPIRED = "expired"
    REVOKED = "revoked"
    DENIED = "denied"
    FULL = "full"
    VERSION = "version"
    BUSY = "busy"
    TOO_LARGE = "too_large"
    SERVICE = "service"
    STORE = "store"
    FAULT = "fault"


class SyncError(Exception):
    """A sync failed; the message is Danish, says what, where and how to mend it, and names nobody.

    ``wait`` is how many seconds the service asked to be left alone (None: it did not say).
    """

    def __init__(self, trouble: Trouble, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.trouble = trouble
        self.wait = wait


class ForgottenBatch(Exception):
    """The service knows another batch of this id: what was sent must be sent anew."""


class EpochChanged(Exception):
    """The service was restored from a backup: it may lack what this laptop knows it once had."""

    def __init__(self, epoch: str) -> None:
        super().__init__("epoch")
        self.epoch = epoch


@dataclass(frozen=True)
class Cursor:
    """How far this laptop has read the change feed. Without an epoch it has never met the service."""

    epoch: str | None = None
    seq: int = 0


@dataclass(frozen=True)
class Seen:
    """What this laptop has seen of the service, by which the service notices that it was put back.

    ``batch`` is the last one that it answered (empty: none), ``answered_at`` when, by this laptop's clock.
    """

    cursor: Cursor = field(default_factory=Cursor)
    batch: str = ""
    answered_at: datetime | None = None


@dataclass(frozen=True)
class Standing:
    """Who the service takes this laptop for, and its clock."""

    tenant: str
    epoch: str
    seq: int
    time: datetime
    user: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outgoing:
    """A record to send. ``base`` is the service's revision that it was made from (0: it is new there)."""

    kind: str
    id: str
    base: int
    body: Body | None
    case_id: str | None = None
    assigned_to: str = ""
    changed_at: str = ""
    changed_by: str = ""


@dataclass(frozen=True)
class Incoming:
    """A record as the service has it; ``gone`` is set for one that is no longer this user's to see.

    ``stored_at`` is when it was stored, by the service's clock; the other times are only what was told.
    """

    kind: str
    id: str
    revision: int
    seq: int
    body: Body | None
    deleted: bool = False
    case_id: str | None = None
    assigned_to: str = ""
    changed_at: str = ""
    changed_by: str = ""
    stored_at: str = ""
    gone: str = ""


Verdict = Literal["stored", "same", "conflict", "refused"]


@dataclass(frozen=True)
class AuditHead:
    """The end of the laptop's audit chain, to be anchored at the service."""

    seq: int
    mac: str


@dataclass(frozen=True)
class Batch:
    """Records that go together. Sent again as it was, it is not applied again, but answered alike.

    ``audit_head`` is the end of the laptop's audit chain, to be anchored there.
    """

    id: str
    epoch: str | None
    records: tuple[Outgoing, ...]
    audit_head: AuditHead | None = None


@dataclass(frozen=True)
class Pushed:
    """What became of one record of a push. ``current`` is the service's, when the two conflict."""

    id: str
    verdict: Verdict
    revision: int
    reason: str = ""
    current: Incoming | None = None


@dataclass(frozen=True)
class PushAnswer:
    """The results of a push in the order sent. Without an epoch it is not the service's, and nothing is there.

    ``audit_doubted``: this laptop's audit is not the one whose ends the service has kept.
    """

    epoch: str
    seq: int
    results: tuple[Pushed, ...]
    audit_doubted: bool = False


@dataclass(frozen=True)
class Page:
    """One page of the change feed. ``seq`` is the feed's head when it was read, ``upto`` the last row's."""

    epoch: str
    seq: int
    upto: int
    more: bool
    changes: tuple[Incoming, ...]


Revisions = Mapping[tuple[str, str], tuple[int, str]]
"""(kind, id) -> (revision, when it was stored there)."""


@dataclass(frozen=True)
class FoundCase:
    """A case that a search at the service found; it need not be on this laptop."""

    id: str
    name: str
    birth_date: str
    state: str
    assigned_to: str
    changed_at: str


class SyncServer(Protocol):
    """The municipality's service. Every method may take seconds and raises SyncError.

    ``push``, ``changes`` and ``revisions`` raise EpochChanged when the service has another epoch than named,
    ``standing`` when it lacks something seen.
    """

    def standing(self, seen: Seen | None = None) -> Standing:
        """Who we are there, and what time it is."""

    def push(self, batch: Batch) -> PushAnswer:
        """Send records. Raises ForgottenBatch when the service knows another batch of this id."""

    def changes(self, since: int, limit: int, epoch: str | None) -> Page:
        """What changed after ``since``."""

    def revisions(self, epoch: str | None) -> Revisions:
        """What this user may see there."""

    def search(self, text: str, limit: int = 20) -> tuple[FoundCase, ...]:
        """Cases of the municipality that hold the words."""

    def follow(self, case_id: str) -> None:
        """Ask for a case to come with the next pull."""

    def unfollow(self, case_id: str) -> None:
        """Take that back."""

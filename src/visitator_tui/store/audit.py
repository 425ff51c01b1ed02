"""The audit log: who did what and when, as a chain in which no entry can be changed, taken or moved.

Every entry carries a code (HMAC) over itself and the code before it; the key is derived from the data
key. Details name paths and revisions, never what was written there.
"""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, select

from visitator_tui.usecases.ports import Actor, StoreError

from .head import Head
from .tables import audit

_FIRST: Final = Head(0, bytes(32))
_SIGNED: Final = ("seq", "at", "actor", "device", "action", "entity", "entity_id", "detail")


class AuditError(StoreError):
    """The audit log has been tampered with; the Danish message names the entry."""


class AuditLog:
    """The chain in one database. Every method works inside the caller's transaction."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def append(
        self,
        connection: Connection,
        at: datetime,
        actor: Actor,
        action: str,
        entity: str,
        entity_id: str,
        **detail: Any,
    ) -> Head:
        """Add an entry; the transaction must hold the write lock. The new head."""
        last = self.last(connection)
        entry = {
            "seq": last.seq + 1,
            "at": utc(at),
            "actor": actor.user,
            "device": actor.device,
            "action": action,
            "entity": entity,
            "entity_id": entity_id,
            "detail": json.dumps(detail, sort_keys=True, separators=(",", ":")),
        }
        head = Head(last.seq + 1, self._code(entry, last.mac))
        connection.execute(insert(audit).values(**entry, prev=last.mac, mac=head.mac))
        return head

    def last(self, connection: Connection) -> Head:
        """The end of the chain; number 0 when it is empty."""
        row = connection.execute(
            select(audit.c.seq, audit.c.mac).order_by(audit.c.seq.desc()).limit(1)
        ).first()
        return Head(row.seq, row.mac) if row else _FIRST

    def holds(self, connection: Connection, head: Head) -> bool:
        """Whether the entry that ``head`` names is there, as it was."""
        mac = connection.execute(select(audit.c.mac).where(audit.c.seq == head.seq)).scalar()
        return bool(mac == head.mac)

    def details(self, connection: Connection, action: str, entity_id: str) -> list[dict[str, Any]]:
        """What the entries of one action on one thing say, oldest first. AuditError if one was altered."""
        found = select(audit).where(audit.c.entity_id == entity_id, audit.c.action == action)
        rows = connection.execute(found.order_by(audit.c.seq)).all()
        for row in rows:
            self._checked(row, Head(row.seq - 1, row.prev))
        return [json.loads(row.detail) for row in rows]

    def verify(self, connection: Connection, head: Head | None) -> int:
        """Recompute the whole chain up to at least ``head``; the number of entries. Raises AuditError."""
        last = _FIRST
        for row in connection.execute(select(audit).order_by(audit.c.seq)).yield_per(2000):
            last = self._checked(row, last)
        if head is not None and not self.holds(connection, head):
            raise AuditError(
                f"Logbogen er skåret af efter række {last.seq}: række {head.seq} har været skrevet. {_WHAT_NOW}"
            )
        return last.seq

    def _checked(self, row: Row[*tuple[Any, ...]], last: Head) -> Head:
        if row.seq != last.seq + 1:
            raise AuditError(f"I logbogen mangler række {last.seq + 1}. {_WHAT_NOW}")
        entry = {name: getattr(row, name) for name in _SIGNED}
        if row.prev != last.mac or row.mac != self._code(entry, last.mac):
            raise AuditError(f"Logbogens række {row.seq} er ændret, efter at den blev skrevet. {_WHAT_NOW}")
        return Head(row.seq, row.mac)

    def _code(self, entry: dict[str, Any], before: bytes) -> bytes:
        # default: a value of another type than was written must not stop the check, only fail it.
        signed = json.dumps([entry[name] for name in _SIGNED], separators=(",", ":"), default=repr)
        return hmac.digest(self._key, before + signed.encode("ascii"), "sha256")


_WHAT_NOW: Final = "Sagerne kan stadig læses. Gem en kopi af mappen, og sig det til it-afdelingen."


@dataclass
class Writing:
    """One write transaction: the connection, and the head its entries lead to."""

    connection: Connection
    log: AuditLog
    head: Head | None = field(default=None, init=False)

    def note(
        self, at: datetime, actor: Actor, action: str, entity: str, entity_id: str = "", **detail: Any
    ) -> None:
        """Add an audit entry to the transaction."""
        self.head = self.log.append(self.connection, at, actor, action, entity, entity_id, **detail)


def utc(moment: datetime) -> str:
    """A moment as text that sorts: ISO 8601 in UTC, to the microsecond."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")

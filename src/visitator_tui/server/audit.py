"""The service's audit: who read and wrote which records, and the anchored heads of the laptops' own audits."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Final, Literal

from sqlalchemy import Connection, bindparam, func, insert, select

from .incoming import AuditHead
from .metrics import AUDITS_DOUBTED
from .principal import Principal
from .tables import access_audit, audit_heads

Doubt = Literal["older", "rewritten"]
"""What is wrong with a laptop's audit: it ends before the last head, or has another entry at a head's place."""

_log = logging.getLogger("visitator.audit")


def note(connection: Connection, principal: Principal, action: str, ids: Iterable[str], now: str) -> None:
    """Write who did what to which records; nothing if there are none."""
    if named := list(ids):
        connection.execute(ENTRY, entry(principal, action, named, now))


_NOTED: Final = ("tenant", "at", "user_id", "device", "action", "ids")
ENTRY: Final = insert(access_audit).values({name: bindparam(f"audit_{name}") for name in _NOTED})
"""The statement that writes an entry, built once; ``entry`` has what it is given."""


def entry(principal: Principal, action: str, ids: Iterable[str], now: str) -> dict[str, str]:
    """Who did what to which records."""
    told = (principal.tenant, now, principal.user, principal.device, action, " ".join(ids))
    return {f"audit_{name}": value for name, value in zip(_NOTED, told, strict=True)}


def anchor(connection: Connection, principal: Principal, head: AuditHead, now: str) -> Doubt | None:
    """Keep the head of a laptop's audit; the doubt if it does not fit those that came before it.

    Then the laptop's audit was rewritten, or its database was put back. The heads that came first stay, and
    the log, the figures and the audit say so, and the laptop is told. Its edits are taken all the same: no
    edit is lost over a doubtful log.
    """
    if not principal.device:  # several laptops would be taken for one
        return None
    where = (audit_heads.c.tenant == principal.tenant, audit_heads.c.device == principal.device)
    last = connection.execute(select(func.max(audit_heads.c.seq)).where(*where)).scalar()
    query = select(audit_heads.c.mac).where(*where, audit_heads.c.seq == head.seq)
    anchored = connection.execute(query).scalar()
    if anchored is not None and anchored != head.mac:
        return _doubtful(connection, principal, "rewritten", head, now)
    if last is not None and head.seq < last:
        return _doubtful(connection, principal, "older", head, now)
    if anchored is None:
        row = {"tenant": principal.tenant, "device": principal.device, "seq": head.seq, "mac": head.mac}
        connection.execute(insert(audit_heads).values(**row, at=now))
    return None


def _doubtful(connection: Connection, principal: Principal, doubt: Doubt, head: AuditHead, now: str) -> Doubt:
    AUDITS_DOUBTED.labels(doubt).inc()
    _log.warning(f"audit_{doubt}", extra={"tenant": principal.tenant, "device": principal.device})
    note(connection, principal, f"audit_{doubt}", [str(head.seq)], now)
    return doubt

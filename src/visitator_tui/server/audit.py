"""The service's audit: who read and wrote which records, and the anchored heads of the laptops' own audits."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from sqlalchemy import Connection, Insert, func, insert, select

from .incoming import AuditHead
from .principal import Principal
from .tables import access_audit, audit_heads

_log = logging.getLogger("visitator.audit")


def note(connection: Connection, principal: Principal, action: str, ids: Iterable[str], now: str) -> None:
    """Write who did what to which records; nothing if there are none."""
    if named := list(ids):
        connection.execute(entry(principal, action, named, now))


def entry(principal: Principal, action: str, ids: Iterable[str], now: str) -> Insert:
    """The statement that writes who did what to which records."""
    return insert(access_audit).values(
        tenant=principal.tenant,
        at=now,
        user_id=principal.user,
        device=principal.device,
        action=action,
        ids=" ".join(ids),
    )


def anchor(connection: Connection, principal: Principal, head: AuditHead, now: str) -> bool:
    """Keep the head of a laptop's audit; False if it is behind the last one, or another stands at its place.

    Then the laptop's audit was rewritten, or its database was put back. The heads that came first stay, and
    the log and the audit say so. Its edits are taken all the same: no edit is lost over a doubtful log.
    """
    if not principal.device:  # several laptops would be taken for one
        return True
    where = (audit_heads.c.tenant == principal.tenant, audit_heads.c.device == principal.device)
    last = connection.execute(select(func.max(audit_heads.c.seq)).where(*where)).scalar()
    query = select(audit_heads.c.mac).where(*where, audit_heads.c.seq == head.seq)
    anchored = connection.execute(query).scalar()
    if anchored is not None and anchored != head.mac:
        return _doubtful(connection, principal, "audit_rewritten", head, now)
    if last is not None and head.seq < last:
        return _doubtful(connection, principal, "audit_older", head, now)
    if anchored is None:
        row = {"tenant": principal.tenant, "device": principal.device, "seq": head.seq, "mac": head.mac}
        connection.execute(insert(audit_heads).values(**row, at=now))
    return True


def _doubtful(connection: Connection, principal: Principal, what: str, head: AuditHead, now: str) -> bool:
    _log.warning(what, extra={"tenant": principal.tenant, "device": principal.device})
    note(connection, principal, what, [str(head.seq)], now)
    return False

"""The service's audit: who read and wrote which records, and the anchored heads of the laptops' own audits."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from sqlalchemy import Connection, insert, select

from .incoming import AuditHead
from .principal import Principal
from .tables import access_audit, audit_heads

_log = logging.getLogger("visitator.audit")


def note(connection: Connection, principal: Principal, action: str, ids: Iterable[str], now: str) -> None:
    """Write who did what to which records; nothing if there are none."""
    if named := " ".join(ids):
        connection.execute(
            insert(access_audit).values(
                tenant=principal.tenant,
                at=now,
                user_id=principal.user,
                device=principal.device,
                action=action,
                ids=named,
            )
        )


def anchor(connection: Connection, principal: Principal, head: AuditHead, now: str) -> bool:
    """Keep the head of a laptop's audit; False if another head was anchored at that place before.

    Then the laptop's audit was rewritten, or its database was restored: the first head stays, and it is logged.
    """
    where = (
        audit_heads.c.tenant == principal.tenant,
        audit_heads.c.device == principal.device,
        audit_heads.c.seq == head.seq,
    )
    anchored = connection.execute(select(audit_heads.c.mac).where(*where)).scalar()
    if anchored is None:
        connection.execute(
            insert(audit_heads).values(
                tenant=principal.tenant, device=principal.device, seq=head.seq, mac=head.mac, at=now
            )
        )
        return True
    if anchored != head.mac:
        _log.warning("audit_rewritten", extra={"tenant": principal.tenant, "device": principal.device})
    return bool(anchored == head.mac)

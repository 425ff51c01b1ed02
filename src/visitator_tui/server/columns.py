"""A record as a row: the few columns that a list shows and a search looks through, beside the document."""

from __future__ import annotations

from typing import Any

from .incoming import Sent


def row(sent: Sent, tenant: str, assigned_to: str, seq: int, now: str) -> dict[str, Any]:
    """The row that stores ``sent`` as the revision after its base; its body is UTF-8, as it was sent."""
    return {
        "tenant": tenant,
        "id": sent.id,
        "kind": sent.kind,
        "case_id": sent.case_id,
        "revision": sent.base + 1,
        "seq": seq,
        "assigned_to": assigned_to,
        "deleted": sent.body is None,
        "digest": sent.digest,
        "size": sent.size,
        "changed_at": sent.changed_at,
        "changed_by": sent.changed_by,
        "stored_at": now,
        "body": sent.body,
        "name": sent.listed.name,
        "birth_date": sent.listed.birth_date,
        "state": sent.listed.state,
        "search": sent.listed.search,
    }

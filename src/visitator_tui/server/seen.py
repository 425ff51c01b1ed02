"""What a laptop has seen of the service and the service has no more: its database was put back unnoticed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from .ledger import Head
from .principal import Principal
from .tables import batches


@dataclass(frozen=True)
class Seen:
    """What a laptop knows of us: a history and how far it went, the last batch that we answered, and when."""

    epoch: str | None = None
    seq: int = 0
    batch: str | None = None
    answered_at: datetime | None = None


def lacks(
    connection: Connection, principal: Principal, head: Head, seen: Seen, batches_since: datetime
) -> bool:
    """Whether this history, which the laptop has seen, had more: a number, or a batch of hers.

    By the batch it is noticed also when others have taken the feed past the number meanwhile. A batch from
    before ``batches_since`` proves nothing: it may have been removed.
    """
    if seen.epoch != head.epoch:
        return False
    if seen.seq > head.seq:
        return True
    if seen.batch is None or seen.answered_at is None or seen.answered_at < batches_since:
        return False
    hers = select(batches.c.batch).where(batches.c.tenant == principal.tenant, batches.c.batch == seen.batch)
    # First under the device it asks as, which the key begins with; a laptop enrolled anew had another name.
    as_now = hers.where(batches.c.device == principal.device)
    return not any(connection.execute(query.limit(1)).first() for query in (as_now, hers))

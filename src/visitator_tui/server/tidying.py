"""What the service need not keep any longer, removed by the owner of the tables, who alone may."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete

from .database import Database
from .tables import access_audit, batches
from .times import utc

LEAST_AUDIT_DAYS: Final = 183
MOST_AUDIT_DAYS: Final = 1826
"""Who read and wrote what is kept for half a year at least and five years at most."""


@dataclass(frozen=True)
class Tidied:
    """How many rows were removed."""

    audit: int
    batches: int


def tidy(database: Database, now: datetime, audit_days: int, batch_days: int) -> Tidied:
    """Remove, of every municipality, audit and answers of batches that are older than so many days.

    Raises ValueError if the audit would be kept for less than half a year or more than five years.
    """
    if not LEAST_AUDIT_DAYS <= audit_days <= MOST_AUDIT_DAYS:
        raise ValueError(audit_days)
    audited, answered = (utc(now - timedelta(days=days)) for days in (audit_days, batch_days))
    with database.engine.begin() as connection:
        return Tidied(
            connection.execute(delete(access_audit).where(access_audit.c.at < audited)).rowcount,
            connection.execute(delete(batches).where(batches.c.at < answered)).rowcount,
        )

"""The shape of the service's database: brought up to date, and checked before the service answers."""

from __future__ import annotations

import secrets
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, insert, inspect, select, text, update

from .database import Database
from .tables import tenants
from .times import utc

MIGRATIONS: Final = Path(__file__).parent / "migrations"
HEAD: Final = "0003"
"""The newest revision; a test compares it with the migrations."""

_ONE_AT_A_TIME: Final = 1_986_622_068  # an arbitrary number that only our migrations lock


def stored_revision(connection: Connection) -> str | None:
    """The revision of the database; None if it has no tables yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if revision is None else str(revision)


def migrate(database: Database) -> None:
    """Run the migrations that the database lacks, all or none; as the owner of the tables."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    engine = database.engine.execution_options(visitator_begin="IMMEDIATE")
    with engine.begin() as connection:
        if database.is_postgresql:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _ONE_AT_A_TIME})
        if stored_revision(connection) != HEAD:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def add_tenant(database: Database, tenant: str, name: str, now: datetime) -> bool:
    """Let a municipality in, with nothing yet; False if it is there already. As the owner of the tables."""
    with database.engine.begin() as connection:
        if connection.execute(select(tenants.c.id).where(tenants.c.id == tenant)).first():
            return False
        row = {"id": tenant, "name": name, "seq": 0, "epoch": new_epoch(), "epoch_at": utc(now)}
        connection.execute(insert(tenants).values(row))
    return True


def declare_restored(database: Database, now: datetime) -> int:
    """Tell every laptop of every municipality that the database was restored; how many municipalities.

    As the owner of the tables. Each laptop then compares what it has and sends what the server lacks.
    """
    with database.engine.begin() as connection:
        everybody = list(connection.execute(select(tenants.c.id)).scalars())
        for tenant in everybody:
            connection.execute(
                update(tenants).where(tenants.c.id == tenant).values(epoch=new_epoch(), epoch_at=utc(now))
            )
    return len(everybody)


def new_epoch() -> str:
    """A name for a history that nobody has used before."""
    return secrets.token_hex(8)

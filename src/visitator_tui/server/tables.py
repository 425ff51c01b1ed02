"""The service's tables. Every row has its municipality (tenant); a migration for every change.

Times are ISO 8601 in UTC. ``seq`` numbers what happened in a municipality, without gaps; a number is used
once, in ``records`` or in ``departures``.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

UUID: Final = Uuid(as_uuid=False)
NUMBER: Final = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up in INTEGER only

tenants = Table(
    "tenants",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("epoch", Text, nullable=False),
    Column("epoch_at", Text, nullable=False),
)

# The body is last: PostgreSQL and SQLite then read the small columns without following it.
records = Table(
    "records",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("id", UUID, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("case_id", UUID),
    Column("revision", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("assigned_to", Text, nullable=False),
    Column("deleted", Boolean, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("size", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("birth_date", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    Column("changed_by", Text, nullable=False),
    Column("stored_at", Text, nullable=False),
    Column("search", Text, nullable=False),
    Column("body", Text),
    UniqueConstraint("tenant", "seq"),
    Index(None, "tenant", "assigned_to", "seq"),
    Index(None, "tenant", "case_id"),
)

# A record that stopped being somebody's; the row goes when it becomes hers again.
departures = Table(
    "departures",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("user_id", Text, primary_key=True),
    Column("id", UUID, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Index(None, "tenant", "user_id", "seq"),
)

# Cases that somebody fetched by search: hers to read and write beside those assigned to her.
follows = Table(
    "follows",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("user_id", Text, primary_key=True),
    Column("case_id", UUID, primary_key=True),
    Column("at", Text, nullable=False),
)

# What a batch was answered, so that a laptop that lost the answer is told again. No bodies.
batches = Table(
    "batches",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("device", Text, primary_key=True),
    Column("batch", UUID, primary_key=True),
    Column("digest", LargeBinary, nullable=False),
    Column("at", Text, nullable=False),
    Column("answer", Text, nullable=False),
)

# Who read and wrote what, when; never content. ``ids`` are record ids, a blank between.
access_audit = Table(
    "access_audit",
    metadata,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("tenant", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("user_id", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("ids", Text, nullable=False),
    Index(None, "tenant", "at"),
)

# The head of a laptop's own audit chain, anchored where the laptop cannot rewrite it.
audit_heads = Table(
    "audit_heads",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("device", Text, primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("mac", Text, nullable=False),
    Column("at", Text, nullable=False),
)

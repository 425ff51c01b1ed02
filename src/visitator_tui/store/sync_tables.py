"""The tables of sync in the local database; what the service has of a document stands in ``documents``."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text

from .tables import metadata

# Fields that two people filled in two ways. A settled row stays, and is sent to the others.
conflicts = Table(
    "sync_conflicts",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("case_id", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("mine", Text),
    Column("theirs", Text),
    Column("base", Text),
    Column("mine_by", Text, nullable=False),
    Column("mine_at", Text, nullable=False),
    Column("theirs_by", Text, nullable=False),
    Column("theirs_at", Text, nullable=False),
    Column("settled", Text, nullable=False),
    Column("settled_by", Text, nullable=False),
    Column("settled_at", Text, nullable=False),
    Column("server_revision", Integer, nullable=False),
    Index("ix_sync_conflicts_settled", "settled", "server_revision"),
)

# Letters that the service has (or will not have: why). A letter's own row is never written again.
sent_letters = Table(
    "sync_letters",
    metadata,
    Column("letter_id", Text, ForeignKey("letters.id", ondelete="CASCADE"), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("refused", Text, nullable=False),
)

# Records that cannot be taken in yet: a letter before its case, a document of a newer program, a damaged one.
parked = Table(
    "sync_parked",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("case_id", Text, nullable=False, index=True),
    Column("why", Text, nullable=False),
    Column("record", Text, nullable=False),
)

# Where the feed was read to, how the last sync ended, and the batch whose answer is not here yet.
state = Table(
    "sync_state",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1", name="one_row"), primary_key=True),
    Column("epoch", Text),
    Column("seq", Integer, nullable=False),
    Column("user", Text, nullable=False),
    Column("last_success", Text, nullable=False),
    Column("last_error", Text, nullable=False),
    Column("last_trouble", Text, nullable=False),
    Column("batch", Text, nullable=False),
)

# Cases that are being taken off this laptop, letters and all: only theirs may be deleted.
leaving = Table("sync_leaving", metadata, Column("case_id", Text, primary_key=True))

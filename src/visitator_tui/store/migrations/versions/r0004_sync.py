"""What sync needs: what the service has of each document, conflicts, what is parked, where the feed was read to."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_FLAGS = ("deleted", "doubt")
_COUNTS = ("server_revision", "server_seq")
_TEXTS = ("server_at", "assigned_to", "base_assigned_to", "changed_by", "gone_at", "refused")


def upgrade() -> None:
    """Add columns before the large texts, and the tables; nothing that is there counts as sent."""
    _documents()
    _conflicts()
    _letters_and_parked()
    _state()


def _documents() -> None:
    columns: list[sa.Column[Any]] = [
        sa.Column(name, sa.Boolean, nullable=False, server_default="0") for name in _FLAGS
    ]
    columns += [sa.Column(name, sa.Integer, nullable=False, server_default="0") for name in _COUNTS]
    columns += [sa.Column(name, sa.Text, nullable=False, server_default="") for name in _TEXTS]
    with op.batch_alter_table("documents", recreate="always") as batch:
        for column in columns:
            batch.add_column(column, insert_after="state")
    op.create_index("ix_documents_changed_kind", "documents", ["changed", "kind"])


def _conflicts() -> None:
    op.create_table(
        "sync_conflicts",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("mine", sa.Text),
        sa.Column("theirs", sa.Text),
        sa.Column("base", sa.Text),
        sa.Column("mine_by", sa.Text, nullable=False),
        sa.Column("mine_at", sa.Text, nullable=False),
        sa.Column("theirs_by", sa.Text, nullable=False),
        sa.Column("theirs_at", sa.Text, nullable=False),
        sa.Column("settled", sa.Text, nullable=False),
        sa.Column("settled_by", sa.Text, nullable=False),
        sa.Column("settled_at", sa.Text, nullable=False),
        sa.Column("server_revision", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_sync_conflicts"),
        sa.UniqueConstraint("id", name="uq_sync_conflicts_id"),
    )
    op.create_index("ix_sync_conflicts_case_id", "sync_conflicts", ["case_id"])
    op.create_index("ix_sync_conflicts_settled", "sync_conflicts", ["settled", "server_revision"])


def _letters_and_parked() -> None:
    op.create_table(
        "sync_letters",
        sa.Column("letter_id", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("refused", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("letter_id", name="pk_sync_letters"),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name="fk_sync_letters_letter_id_letters", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "sync_parked",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sync_parked"),
    )
    op.create_index("ix_sync_parked_case_id", "sync_parked", ["case_id"])


def _state() -> None:
    op.create_table(
        "sync_state",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("epoch", sa.Text),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("user", sa.Text, nullable=False),
        sa.Column("last_success", sa.Text, nullable=False),
        sa.Column("last_error", sa.Text, nullable=False),
        sa.Column("last_trouble", sa.Text, nullable=False),
        sa.Column("batch", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sync_state"),
        sa.CheckConstraint("id = 1", name="ck_sync_state_one_row"),
    )
    op.create_table(
        "sync_leaving",
        sa.Column("case_id", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("case_id", name="pk_sync_leaving"),
    )

"""The letters that wait for a printer, and a quick way to a letter's audit entries."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the queue and the index."""
    op.create_table(
        "print_queue",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("letter_id", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("added_at", sa.Text, nullable=False),
        sa.Column("changed_at", sa.Text, nullable=False),
        sa.Column("copies", sa.Integer, nullable=False),
        sa.Column("two_sided", sa.Boolean, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("printer", sa.Text, nullable=False),
        sa.Column("job", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_print_queue"),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"], name="fk_print_queue_letter_id_letters"),
        sa.CheckConstraint("revision > 0", name="ck_print_queue_revision_counts"),
        sa.CheckConstraint("copies > 0", name="ck_print_queue_copies_count"),
    )
    op.create_index("ix_print_queue_letter_id", "print_queue", ["letter_id"])
    op.create_index("ix_audit_entity_id", "audit", ["entity_id"])

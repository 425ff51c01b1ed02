"""What has to happen in each case and when, kept beside it, and under what it was reckoned."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create both tables, empty: the cases count as not reckoned yet."""
    op.create_table(
        "tasks",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("seen_from", sa.Text, nullable=False),
        sa.Column("due", sa.Text, nullable=False),
        sa.Column("weight", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_tasks"),
        sa.ForeignKeyConstraint(
            ["case_id"], ["documents.id"], name="fk_tasks_case_id_documents", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_tasks_case_id", "tasks", ["case_id"])
    op.create_index("ix_tasks_seen_from", "tasks", ["seen_from"])
    op.create_table(
        "reckoned",
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("stamp", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("case_id", name="pk_reckoned"),
        sa.ForeignKeyConstraint(
            ["case_id"], ["documents.id"], name="fk_reckoned_case_id_documents", ondelete="CASCADE"
        ),
    )

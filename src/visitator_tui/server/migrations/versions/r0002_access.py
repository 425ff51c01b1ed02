"""Who gets in and what is handed out: sign-ins, devices, enrolments, published files."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from visitator_tui.server.migrations.security import keep_apart, on_postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create them, each municipality's rows apart; the service only reads what operations write."""
    _sign_ins()
    _devices()
    _published()
    keep_apart("devices", "SELECT, INSERT, UPDATE")
    keep_apart("enrolments", "SELECT, INSERT, UPDATE")
    keep_apart("published", "SELECT")
    keep_apart("published_files", "SELECT")
    if on_postgresql():
        op.execute("GRANT SELECT ON sign_ins TO visitator_service")


def _sign_ins() -> None:
    op.create_table(
        "sign_ins",
        sa.Column("tenant", sa.Text, nullable=False),
        sa.Column("issuer", sa.Text, nullable=False),
        sa.Column("settings", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("tenant", name="pk_sign_ins"),
    )
    op.create_index("ix_sign_ins_issuer", "sign_ins", ["issuer"])


def _devices() -> None:
    op.create_table(
        "devices",
        sa.Column("tenant", sa.Text, nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("token", sa.LargeBinary),
        sa.Column("user_id", sa.Text, nullable=False),
        sa.Column("user_name", sa.Text, nullable=False),
        sa.Column("roles", sa.Text, nullable=False),
        sa.Column("added_at", sa.Text, nullable=False),
        sa.Column("added_by", sa.Text, nullable=False),
        sa.Column("revoked_at", sa.Text),
        sa.Column("revoked_by", sa.Text),
        sa.PrimaryKeyConstraint("tenant", "id", name="pk_devices"),
    )
    op.create_table(
        "enrolments",
        sa.Column("tenant", sa.Text, nullable=False),
        sa.Column("code", sa.LargeBinary, nullable=False),
        sa.Column("user_id", sa.Text, nullable=False),
        sa.Column("user_name", sa.Text, nullable=False),
        sa.Column("roles", sa.Text, nullable=False),
        sa.Column("made_at", sa.Text, nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("expires_at", sa.Text, nullable=False),
        sa.Column("used_at", sa.Text),
        sa.Column("device", sa.Uuid(as_uuid=False)),
        sa.PrimaryKeyConstraint("tenant", "code", name="pk_enrolments"),
    )


def _published() -> None:
    op.create_table(
        "published",
        sa.Column("tenant", sa.Text, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("public_key", sa.Text, nullable=False),
        sa.Column("manifest", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("tenant", "version", name="pk_published"),
    )
    op.create_table(
        "published_files",
        sa.Column("tenant", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("tenant", "sha256", name="pk_published_files"),
    )

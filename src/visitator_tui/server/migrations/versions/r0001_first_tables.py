"""The first tables: municipalities, records, who follows and lost what, batches, audit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from visitator_tui.server.migrations.security import keep_apart, make_service_role, on_postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Create them, each municipality's rows apart."""
    make_service_role()
    _tenants()
    _records()
    _departures_and_follows()
    _batches()
    _audit()
    keep_apart("tenants", "SELECT, UPDATE", "id")
    for table in ("records", "departures", "follows", "batches"):
        keep_apart(table)
    for table in ("access_audit", "audit_heads"):
        keep_apart(table, "SELECT, INSERT")  # the service cannot change what it has written there
    if on_postgresql():
        op.execute("GRANT SELECT ON alembic_version TO visitator_service")


def _tenants() -> None:
    op.create_table(
        "tenants",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("epoch", sa.Text, nullable=False),
        sa.Column("epoch_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tenants"),
    )


def _records() -> None:
    op.create_table(
        "records",
        sa.Column("tenant", sa.Text, nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("case_id", sa.Uuid(as_uuid=False)),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("assigned_to", sa.Text, nullable=False),
        sa.Column("deleted", sa.Boolean, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("birth_date", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("changed_at", sa.Text, nullable=False),
        sa.Column("changed_by", sa.Text, nullable=False),
        sa.Column("stored_at", sa.Text, nullable=False),
        sa.Column("search", sa.Text, nullable=False),
        sa.Column("body", sa.Text),
        sa.PrimaryKeyConstraint("tenant", "id", name="pk_records"),
        sa.UniqueConstraint("tenant", "seq", name="uq_records_tenant_seq"),
    )
    if on_postgresql():  # half the work of the ordinary method; a server built without it keeps that one
        op.execute(
            "DO $$ BEGIN ALTER TABLE records ALTER body SET COMPRESSION lz4; "
            "EXCEPTION WHEN feature_not_supported THEN NULL; END $$"
        )
    op.create_index("ix_records_tenant_assigned_to_seq", "records", ["tenant", "assigned_to", "seq"])
    op.create_index("ix_records_tenant_case_id", "records", ["tenant", "case_id"])


def _departures_and_follows() -> None:
    op.create_table(
        "departures",
        sa.Column("tenant", sa.Text, nullable=False),
        sa.Column("user_id", sa.Text, nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("tenant", "user_id", "id", name="pk_departures"),
    )
    op.create_index("ix_departures_tenant_user_id_seq", "departures", ["tenant", "user_id", "seq"])
    op.create_table(
        "follows",
        sa.Column("tenant", sa.Text, nullable=False),
        sa.Column("user_id", sa.Text, nullable=False),
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("tenant", "user_id", "case_id", name="pk_follows"),
    )


def _batches() -> None:
    op.create_table(
        "batches",
        sa.Column("tenant", sa.Text, nullable=False),
        sa.Column("device", sa.Text, nullable=False),
        sa.Column("batch", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("tenant", "device", "batch", name="pk_batches"),
    )


def _audit() -> None:
    op.create_table(
        "access_audit",
        sa.Column("number", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("tenant", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("user_id", sa.Text, nullable=False),
        sa.Column("device", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("ids", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_access_audit"),
    )
    op.create_index("ix_access_audit_tenant_at", "access_audit", ["tenant", "at"])
    op.create_table(
        "audit_heads",
        sa.Column("tenant", sa.Text, nullable=False),
        sa.Column("device", sa.Text, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("mac", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("tenant", "device", "seq", name="pk_audit_heads"),
    )
    if on_postgresql():
        op.execute("GRANT USAGE ON SEQUENCE access_audit_number_seq TO visitator_service")

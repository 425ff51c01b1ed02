"""Row level security: what a migration says of a new table that holds rows of municipalities."""

from __future__ import annotations

from typing import Final

from alembic import op

SERVICE_ROLE: Final = "visitator_service"
"""The PostgreSQL role with the service's rights. The role it signs in with is a member; the owner is not."""

READ_WRITE: Final = "SELECT, INSERT, UPDATE, DELETE"


def on_postgresql() -> bool:
    """Whether the migration runs on PostgreSQL; SQLite has neither roles nor policies."""
    return op.get_bind().dialect.name == "postgresql"


def make_service_role() -> None:
    """Create the role of the service, unless the database system has it already."""
    if on_postgresql():
        op.execute(
            f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{SERVICE_ROLE}') "
            f"THEN CREATE ROLE {SERVICE_ROLE} NOLOGIN; END IF; END $$"
        )


def keep_apart(table: str, rights: str = READ_WRITE, column: str = "tenant") -> None:
    """Let the service see and write only the rows of the municipality that its transaction names.

    A transaction that names none sees nothing.
    """
    if on_postgresql():
        mine = f"{column} = current_setting('visitator.tenant', true)"
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY own_tenant ON {table} TO {SERVICE_ROLE} USING ({mine}) WITH CHECK ({mine})"
        )
        op.execute(f"GRANT {rights} ON {table} TO {SERVICE_ROLE}")

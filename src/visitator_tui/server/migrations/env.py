"""Alembic runs this: the revisions go over the open connection that ``schema.migrate`` hands in."""

from __future__ import annotations

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    render_as_batch=True,  # SQLite cannot alter most things; a batch rebuilds the table
    transactional_ddl=True,  # the caller's transaction holds the whole upgrade
)
context.run_migrations()

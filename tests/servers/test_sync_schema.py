"""The tables that the service thinks of are those that the migrations make."""

from __future__ import annotations

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from postgres import TestDatabase
from sync_kit import opened, prepare

from visitator_tui.server import tables_access
from visitator_tui.server.schema import HEAD, MIGRATIONS, stored_revision
from visitator_tui.server.tables import metadata


def expected(_object: object, name: str | None, *_: object) -> bool:
    """The index of the search is only where the server has pg_trgm, and the program does not name it."""
    return name != "ix_records_search"


def differences(url: str) -> list[object]:
    """What a migration would have to change."""
    database = opened(url)
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": expected})
        found = list(compare_metadata(context, metadata))
        assert stored_revision(connection) == HEAD
    database.close()
    return found


def test_the_newest_revision_is_the_one_the_service_asks_for() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == HEAD


def test_postgresql_has_the_tables_of_the_program(test_database: TestDatabase) -> None:
    assert tables_access.sign_ins.metadata is metadata
    assert differences(test_database.owner_url) == []


def test_sqlite_has_the_tables_of_the_program(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'trial.sqlite'}"
    prepare(url)
    assert differences(url) == []

"""The tables that the service thinks of are those that the migrations make."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from postgres import PostgresServer, TestDatabase
from service import TENANT
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sync_kit import opened, prepare

from visitator_tui.server import tables_access
from visitator_tui.server.database import IDLE_SECONDS, open_database
from visitator_tui.server.schema import HEAD, MIGRATIONS, stored_revision
from visitator_tui.server.settings import ServerSettings
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


def test_a_connection_that_broke_while_nobody_asked_fails_no_request(
    postgres: PostgresServer, test_database: TestDatabase
) -> None:
    now = [0.0]
    prepare(test_database.owner_url)
    database = open_database(
        ServerSettings(database=test_database.service_url).url, 1, seconds=lambda: now[0]
    )

    def ask_after(seconds: float) -> None:
        with postgres.connect(test_database.name) as server:
            server.execute(_END_OTHERS)
        now[0] += seconds
        with database.reading(TENANT) as connection:
            connection.execute(text("SELECT 1"))

    with database.reading(TENANT) as connection:
        connection.execute(text("SELECT 1"))
    ask_after(IDLE_SECONDS)
    with pytest.raises(OperationalError):  # one that was just used is not asked: its request is sent again
        ask_after(IDLE_SECONDS / 2)
    database.close()


_END_OTHERS = (
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)

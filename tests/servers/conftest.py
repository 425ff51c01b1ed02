"""What every test of the service may use: one PostgreSQL for all, an empty migrated database for each."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from postgres import AVAILABLE, PostgresServer, TestDatabase, postgres_server
from service import OTHER_TENANT, TENANT, ServiceProcess, service_process
from sqlalchemy import URL, make_url

from visitator_tui.server.database import Database, open_database
from visitator_tui.server.schema import add_tenant, migrate

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """The running cluster. Where PostgreSQL is not installed the tests are skipped, but not in CI."""
    if not AVAILABLE and not os.environ.get("CI"):
        pytest.skip("PostgreSQL is not installed (Debian: postgresql)")
    with postgres_server() as server:
        yield server


def prepare(database: Database) -> None:
    """Migrate, and let the two municipalities of the tests in."""
    migrate(database)
    add_tenant(database, TENANT, "Prøvby Kommune", NOW)
    add_tenant(database, OTHER_TENANT, "Naboby Kommune", NOW)
    database.close()


@pytest.fixture(scope="module")
def module_database(postgres: PostgresServer) -> Iterator[TestDatabase]:
    """A prepared database that the tests of a module share."""
    made = postgres.new_database()
    prepare(open_database(psycopg_url(made.owner_url), 1))
    yield made
    postgres.drop(made)


@pytest.fixture
def test_database(postgres: PostgresServer) -> Iterator[TestDatabase]:
    """A prepared database of one test's own."""
    made = postgres.new_database()
    prepare(open_database(psycopg_url(made.owner_url), 1))
    yield made
    postgres.drop(made)


@pytest.fixture(scope="module")
def service(
    module_database: TestDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ServiceProcess]:
    """A running service that the tests of a module share."""
    with service_process(tmp_path_factory.mktemp("service"), module_database.service_url) as running:
        yield running


@pytest.fixture
def sqlite_service(tmp_path: Path) -> Iterator[ServiceProcess]:
    """A running service on SQLite."""
    url = f"sqlite:///{tmp_path / 'server.sqlite'}"
    prepare(open_database(make_url(url), 1))
    with service_process(tmp_path, url) as running:
        yield running


def psycopg_url(url: str) -> URL:
    """The address with its driver."""
    return make_url(url).set(drivername="postgresql+psycopg")

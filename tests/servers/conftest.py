"""What every test of the service may use: one PostgreSQL for all, an empty migrated database for each."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from postgres import AVAILABLE, PostgresServer, TestDatabase, postgres_server
from service import ServiceProcess, service_process
from sync_kit import prepare


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """The running cluster. Where PostgreSQL is not installed the tests are skipped, but not in CI."""
    if not AVAILABLE and not os.environ.get("CI"):
        pytest.skip("PostgreSQL is not installed (Debian: postgresql)")
    with postgres_server() as server:
        yield server


@pytest.fixture(scope="module")
def module_database(postgres: PostgresServer) -> Iterator[TestDatabase]:
    """A prepared database that the tests of a module share."""
    made = postgres.new_database()
    prepare(made.owner_url)
    yield made
    postgres.drop(made)


@pytest.fixture
def test_database(postgres: PostgresServer) -> Iterator[TestDatabase]:
    """A prepared database of one test's own."""
    made = postgres.new_database()
    prepare(made.owner_url)
    yield made
    postgres.drop(made)


@pytest.fixture(scope="module")
def service(
    module_database: TestDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ServiceProcess]:
    """A running service that the tests of a module share."""
    with service_process(tmp_path_factory.mktemp("service"), module_database.service_url) as running:
        yield running


@pytest.fixture(scope="module")
def sqlite_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServiceProcess]:
    """A running service on SQLite that the tests of a module share."""
    folder = tmp_path_factory.mktemp("sqlite")
    url = f"sqlite:///{folder / 'server.sqlite'}"
    prepare(url)
    with service_process(folder, url) as running:
        yield running

"""Municipalities are kept apart by PostgreSQL itself: here the application's own filter is not in the way."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from postgres import OWNER, PostgresServer, TestDatabase
from service import OTHER_TENANT, TENANT
from sqlalchemy import Connection, Table, func, insert, select, text, update
from sqlalchemy.exc import ProgrammingError
from sync_kit import NOW, Desk, a_case, a_letter, new_id, opened, record, who

from visitator_tui.cli import main
from visitator_tui.server import tables_access
from visitator_tui.server.cases import Cases
from visitator_tui.server.database import Database
from visitator_tui.server.ledger import Ledger
from visitator_tui.server.tables import access_audit, batches, departures, follows, metadata, records, tenants
from visitator_tui.server.times import utc

FILLED = (records, batches, access_audit, departures, follows)
READ_BEFORE_SIGN_IN = {tables_access.sign_ins.name}
"""Which identity provider is whose must be read before it is known whose a token is."""


@pytest.fixture(scope="module")
def service_role(module_database: TestDatabase) -> Iterator[Database]:
    """The database as the service has it, with records of both municipalities."""
    database = opened(module_database.service_url, 2)
    desk, cases = Desk(database), Cases(Ledger(database), lambda: NOW)
    for token, other in (("anna", "bo"), ("nina", "nora")):
        case, handed_over = new_id(), new_id()
        desk.push(token, [record(one, 0, a_case(), token) for one in (case, handed_over)])
        desk.push(token, [a_letter(case, assigned_to=token), record(handed_over, 1, a_case(), other)])
        cases.follow(who(token), case)
    yield database
    database.close()


def seen(connection: Connection, table: Table) -> set[str]:
    """The municipalities of all rows that a query without any filter finds."""
    return set(connection.execute(select(table.c.id if table is tenants else table.c.tenant)).scalars())


@pytest.mark.parametrize("table", [tenants, *FILLED], ids=lambda table: str(table.name))
@pytest.mark.parametrize("tenant", [TENANT, OTHER_TENANT])
def test_a_query_without_a_filter_finds_one_municipality(
    service_role: Database, table: Table, tenant: str
) -> None:
    with service_role.reading(tenant) as connection:
        assert seen(connection, table) == {tenant}


@pytest.mark.parametrize("table", [tenants, *FILLED], ids=lambda table: str(table.name))
def test_a_transaction_that_names_no_municipality_finds_nothing(service_role: Database, table: Table) -> None:
    with service_role.reading(TENANT):
        pass
    with service_role.engine.begin() as connection:
        assert seen(connection, table) == set()


def test_a_write_without_a_filter_reaches_one_municipality(service_role: Database) -> None:
    with service_role.engine.connect() as connection:
        connection.execute(text("SELECT set_config('visitator.tenant', :tenant, true)"), {"tenant": TENANT})
        ours = connection.execute(select(func.count()).select_from(records)).scalar_one()
        assert connection.execute(update(records).values(name="overskrevet")).rowcount == ours
        connection.rollback()


def test_a_row_cannot_be_written_into_another_municipality(service_role: Database) -> None:
    row = {"tenant": OTHER_TENANT, "user_id": "anna", "case_id": new_id(), "at": utc(NOW)}
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        service_role.writing(TENANT) as connection,
    ):
        connection.execute(insert(follows).values(row))
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        service_role.writing(TENANT) as connection,
    ):
        connection.execute(update(follows).values(tenant=OTHER_TENANT))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE access_audit SET ids = ''",
        "DELETE FROM access_audit",
        "DELETE FROM audit_heads",
        "INSERT INTO tenants VALUES ('x', 'x', 0, 'x', 'x')",
        "DELETE FROM tenants",
        "ALTER TABLE records DISABLE ROW LEVEL SECURITY",
        "DROP POLICY own_tenant ON records",
        "TRUNCATE records",
        "DROP TABLE records",
        "SET ROLE visitator_owner",
        "CREATE TABLE mine (id int)",
    ],
)
def test_the_services_role_may_not(service_role: Database, statement: str) -> None:
    with pytest.raises(ProgrammingError), service_role.writing(TENANT) as connection:
        connection.exec_driver_sql(statement)


def test_every_table_with_a_municipality_is_kept_apart(
    service_role: Database, postgres: PostgresServer, module_database: TestDatabase
) -> None:
    holds = {table.name for table in metadata.sorted_tables if "tenant" in table.c} | {tenants.name}
    with postgres.connect(module_database.name) as connection:
        guarded = connection.execute(
            "SELECT relname FROM pg_class JOIN pg_policy ON polrelid = pg_class.oid WHERE relrowsecurity"
        ).fetchall()
    assert holds - READ_BEFORE_SIGN_IN == {name for (name,) in guarded}


@pytest.mark.parametrize("user", [OWNER, "postgres"])
def test_the_service_does_not_start_with_a_role_that_is_above_the_rules(
    module_database: TestDatabase, user: str, capsys: pytest.CaptureFixture[str]
) -> None:
    url = module_database.owner_url.replace(OWNER, user)
    assert main(["server", "run", "--database", url]) == 2
    assert "visitator_service" in capsys.readouterr().err


def test_the_owner_sees_all_so_the_tests_above_see_the_policy_at_work(module_database: TestDatabase) -> None:
    with psycopg.connect(module_database.owner_url) as connection:
        found = connection.execute("SELECT DISTINCT tenant FROM records ORDER BY tenant").fetchall()
    assert [name for (name,) in found] == sorted([TENANT, OTHER_TENANT])

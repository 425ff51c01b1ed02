"""A search reads what it finds and not all cases, and keeps municipalities apart though an index answers it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from postgres import PostgresServer, TestDatabase
from service import OTHER_TENANT
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import ProgrammingError
from sync_kit import NOW, Desk, a_case, new_id, opened, parsed, record, who

from visitator_tui.server.cases import Cases
from visitator_tui.server.columns import row
from visitator_tui.server.database import Database
from visitator_tui.server.ledger import Ledger

MANY = 5_000
_COPIES = """
    INSERT INTO records SELECT tenant, gen_random_uuid(), kind, case_id, revision, seq + n, assigned_to, deleted,
        digest, size, name, birth_date, state, changed_at, changed_by, stored_at, 'navn ' || md5(n::text), body
    FROM (SELECT * FROM records WHERE tenant = 'provby' LIMIT 1) AS one, generate_series(1, 5000) AS n
"""


@pytest.fixture
def filled(postgres: PostgresServer, test_database: TestDatabase) -> Iterator[Database]:
    """A municipality with 5,000 cases and one of Bodil's; one of Bodil's with the neighbour."""
    database = opened(test_database.service_url, 1)
    desk = Desk(database)
    desk.push("anna", [record(new_id(), 0, a_case(name="Bodil 50% \\ o_o"))])
    desk.push("nina", [record(new_id(), 0, a_case(name="Bodil Nabo"), "nina")])
    with postgres.connect(test_database.name) as connection:
        connection.execute(_COPIES)
        connection.execute("VACUUM ANALYZE records")  # as autovacuum does by and by
    yield database
    database.close()


def found(database: Database, token: str, typed: str) -> list[str]:
    """The names that somebody's search finds."""
    return [row["name"] for row in Cases(Ledger(database), lambda: NOW).search(who(token), typed, 20)]


def test_a_case_is_decided_when_its_decision_is_made_and_not_by_the_date_of_a_draft() -> None:
    def state(**parts: object) -> str:
        body = a_case() | {"decision": {"decided_on": "2026-03-02"}, **parts}
        sent = parsed([record(new_id(), 0, body)]).records[0]
        return str(row(sent, "provby", "anna", 1, "")["state"])

    assert (state(), state(made=[{"letter_id": "1"}])) == ("open", "decided")


# Rows read in this transaction, but for those that an index pointed to.
_READ = "SELECT pg_stat_get_xact_tuples_returned('records'::regclass)"


def test_a_rare_word_is_found_without_reading_every_case(filled: Database) -> None:
    read: list[int] = []

    @event.listens_for(filled.engine, "commit")
    def _count(connection: Connection) -> None:
        read.append(int(connection.exec_driver_sql(_READ).scalar_one()))

    assert found(filled, "anna", "bodil") == ["Bodil 50% \\ o_o"]
    assert sum(read) < 100 < MANY


@pytest.mark.parametrize("typed", ["50%", "o_o", "\\", "bodil o_o 50%"])
def test_signs_of_patterns_are_letters_like_others(filled: Database, typed: str) -> None:
    assert found(filled, "anna", typed) == ["Bodil 50% \\ o_o"]
    assert found(filled, "nina", typed) == []


def test_nobody_finds_the_neighbours_citizen(filled: Database) -> None:
    assert found(filled, "nina", "bodil") == ["Bodil Nabo"]
    assert found(filled, "nina", "navn") == []
    with filled.reading(OTHER_TENANT) as connection:  # the function itself, without the policy over it
        told = connection.execute(text("SELECT count(*) FROM found_cases('%', '{%}', 10000)")).scalar()
    assert told == 1


def test_the_function_finds_nothing_for_who_names_no_municipality_and_is_the_services_alone(
    filled: Database, postgres: PostgresServer, test_database: TestDatabase
) -> None:
    with filled.engine.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM found_cases('%', '{%}', 10000)")).scalar() == 0
    with postgres.connect(test_database.name) as connection:
        connection.execute("CREATE ROLE passer_by LOGIN")
    stranger = opened(test_database.owner_url.replace("visitator_owner", "passer_by"))
    with pytest.raises(ProgrammingError), stranger.engine.begin() as asked:
        asked.execute(text("SELECT found_cases('%', '{%}', 1)"))
    stranger.close()
    with postgres.connect(test_database.name) as connection:
        connection.execute("DROP ROLE passer_by")


def test_without_the_index_the_same_is_found(
    filled: Database, postgres: PostgresServer, test_database: TestDatabase
) -> None:
    with postgres.connect(test_database.name) as connection:
        connection.execute("DROP EXTENSION pg_trgm CASCADE")
    assert found(filled, "anna", "bodil") == ["Bodil 50% \\ o_o"]

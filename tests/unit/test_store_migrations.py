"""The database's shape: the migrations lead to the tables, and an upgrade loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect
from store_kit import (
    ANNA,
    NOW,
    PASSPHRASE,
    a_case,
    a_telling_case,
    by_hand,
    content,
    database_key,
    keep_as_first,
    new_store,
    opened,
    vault,
)

from visitator_tui.store import letters, schema, tables
from visitator_tui.store.connection import connect, make_engine
from visitator_tui.usecases.ports import StoreError

KEY = bytes(range(32))
CASE_ID = "6f1e2a74-0d0e-4c56-9a3e-0f4c1f0a2b11"


def shape(path: Path, make: Callable[[Any], None]) -> dict[str, Any]:
    """Tables, constraints, indexes and triggers of the database that ``make`` makes."""
    path.touch()
    engine = make_engine(path, KEY)
    make(engine)
    found = inspect(engine)
    described: dict[str, Any] = {
        name: (
            [str({**column, "type": str(column["type"])}) for column in found.get_columns(name)],
            found.get_pk_constraint(name),
            found.get_foreign_keys(name),
            found.get_unique_constraints(name),
            found.get_check_constraints(name),
            found.get_indexes(name),
        )
        for name in found.get_table_names()
        if name != "alembic_version"
    }
    with engine.connect() as connection:
        others = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' OR sql LIKE 'CREATE VIRTUAL%'"
        described.update(dict(row for row in connection.exec_driver_sql(others)))
    engine.dispose()
    return described


def test_the_migrations_lead_to_the_tables(tmp_path: Path) -> None:
    migrated = shape(tmp_path / "migrated", lambda engine: schema.create(engine, tmp_path / "migrated"))
    declared = shape(tmp_path / "declared", schema.create_current)
    assert migrated == declared
    assert {"documents", "letters", "settings", "session", "audit", "document_search"} <= migrated.keys()
    assert migrated.keys() >= tables.TRIGGERS.keys()


def test_alembic_finds_nothing_left_to_do(tmp_path: Path) -> None:
    path = tmp_path / "db"
    path.touch()
    engine = make_engine(path, KEY)
    schema.create(engine, path)

    def ours(thing: Any, name: str | None, kind: str, *_: Any) -> bool:
        return not (kind == "table" and str(name).startswith("document_search"))

    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": ours, "compare_type": True, "render_as_batch": True}
        )
        assert compare_metadata(context, tables.metadata) == []
    engine.dispose()


def test_the_known_revisions_are_those_of_the_migrations() -> None:
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS).replace("%", "%%"))
    scripts = ScriptDirectory.from_config(config)
    oldest_first = [script.revision for script in scripts.walk_revisions()][::-1]
    assert tuple(oldest_first) == schema.REVISIONS
    assert scripts.get_heads() == [schema.REVISIONS[-1]]


LAST = schema.REVISIONS[-1]
NEXT = """
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "next", "{last}", None, None
def upgrade():
    with op.batch_alter_table("documents", recreate="always") as batch:
        batch.add_column(sa.Column("handler", sa.Text, nullable=False, server_default=""))
    op.execute("UPDATE documents SET search = search || ' opgraderet'")
    op.execute("UPDATE letters SET kind = 'omdoebt'")
    {more}
"""


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """The program as it will be one migration later, in a folder with a name that is hard on ini files."""

    def release(more: str = "") -> None:
        scripts = tmp_path / "næste 100% udgave"
        (scripts / "versions").mkdir(parents=True)
        for part in (schema.MIGRATIONS / "env.py", *(schema.MIGRATIONS / "versions").glob("r*.py")):
            (scripts / part.relative_to(schema.MIGRATIONS)).write_bytes(part.read_bytes())
        (scripts / "versions" / "r9999_next.py").write_text(
            NEXT.format(more=more, last=LAST), encoding="utf-8"
        )
        monkeypatch.setattr(schema, "MIGRATIONS", scripts)
        monkeypatch.setattr(schema, "REVISIONS", (*schema.REVISIONS, "next"))

    return release


def test_an_upgrade_keeps_everything_and_a_copy_of_before(
    tmp_path: Path, next_version: Callable[[str], None]
) -> None:
    folder = tmp_path / "data"
    with new_store(folder) as store:
        record = store.create(a_telling_case(), ANNA, NOW)
        letter = store.add_letter(record.id, "afgoerelse", b"%PDF", ANNA, NOW)
        key = database_key(folder)
    next_version("")
    with opened(folder) as store:
        assert store.load(record.id).case == record.case
        assert store.letter_pdf(letter.id) == b"%PDF", "the letters hang on the rebuilt table"
        assert len(store.rows("opgraderet")) == len(store.rows("zinnoberrød")) == 1
        assert store.warnings == ()
        assert store.verify_audit() == 5
    with by_hand(folder, guards=True) as connection:
        triggers = connection.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").fetchone()
        assert triggers == (len(tables.TRIGGERS),), "a rebuild drops triggers: they must be back"
        assert connection.execute("SELECT handler FROM documents").fetchall() == [("",)]
        detail = connection.execute("SELECT detail FROM audit WHERE action = 'database.upgraded'").fetchall()
        assert detail == [(f'{{"after":"next","before":"{LAST}"}}',)]
        assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
    before = connect(folder / f"visitator.db.before-{LAST}", key)
    assert before.execute("SELECT version_num FROM alembic_version").fetchone() == (LAST,)
    assert before.execute("SELECT count(*), min(kind) FROM letters").fetchone() == (1, "afgoerelse")
    before.close()
    assert not list(folder.glob("*.tmp*"))
    assert b"innoberr" not in b"".join(content(folder).values())


def test_a_database_of_the_first_revision_gets_a_print_queue_and_keeps_its_letters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripts, folder = tmp_path / "first", tmp_path / "data"
    (scripts / "versions").mkdir(parents=True)
    for part in ("env.py", "versions/r0001_first_tables.py"):
        (scripts / part).write_bytes((schema.MIGRATIONS / part).read_bytes())
    monkeypatch.setattr(schema, "MIGRATIONS", scripts)
    monkeypatch.setattr(schema, "REVISIONS", ("0001",))
    case = a_telling_case()
    with new_store(folder) as store:
        keep_as_first(store, CASE_ID, case)
        with store.writing() as work:
            letter = letters.add(work, CASE_ID, "afgoerelse", b"%PDF", ANNA, NOW)
    monkeypatch.undo()
    with opened(folder) as store:
        assert store.queued_letters() == []
        assert store.queue_letter(letter.id, 1, True, ANNA, NOW).letter_id == letter.id
        assert store.letter_pdf(letter.id) == b"%PDF"
        assert store.load(CASE_ID).case == case
        assert len(store.rows("zinnoberrød")) == 1
        assert [one.id for one in store.outbox(10, 10**6, "anna")] == [CASE_ID, letter.id], (
            "nothing counts as sent"
        )
        store.verify_audit()


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ("op.execute('SELECT * FROM findes_ikke')", "uventet fejl"),
        ("op.execute('DELETE FROM documents')", "kunne ikke bringes på den nye udgaves form"),
    ],
)
def test_a_failed_upgrade_changes_nothing(
    tmp_path: Path, next_version: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, more: str, says: str
) -> None:
    folder = tmp_path / "data"
    with new_store(folder) as store:
        record = store.create(a_telling_case(), ANNA, NOW)
        letter = store.add_letter(record.id, "afgoerelse", b"%PDF", ANNA, NOW)
    next_version(more)
    for _ in range(2):
        with pytest.raises(StoreError, match=says):
            vault(folder).open(PASSPHRASE, NOW)
    monkeypatch.undo()
    with opened(folder) as store:
        assert store.load(record.id).case == record.case
        assert store.letters(record.id) == [letter]
        assert store.verify_audit() == 4
    with by_hand(folder, guards=True) as connection:
        triggers = connection.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").fetchone()
        assert triggers == (len(tables.TRIGGERS),)


def test_a_database_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        store.create(a_case(), ANNA, NOW)
    with by_hand(tmp_path, guards=True) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0999'")
    before = content(tmp_path)
    with pytest.raises(StoreError, match="nyere udgave af programmet"):
        vault(tmp_path).open(PASSPHRASE, NOW)
    assert content(tmp_path) == before


def test_a_case_of_a_newer_program_is_told_without_quoting_it(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        record = store.create(a_case(), ANNA, NOW)
    with by_hand(tmp_path) as connection:
        connection.execute("""UPDATE documents SET body = json_set(body, '$.ny', 'hyldeblomst')""")
    with opened(tmp_path) as store:
        with pytest.raises(StoreError, match="nyere udgave") as refused:
            store.load(record.id)
        assert "hyldeblomst" not in str(refused.value)
        assert len(store.rows()) == 1


def test_a_database_killed_before_its_first_tables_is_finished(tmp_path: Path) -> None:
    with new_store(tmp_path):
        key = database_key(tmp_path)
    for name in ("visitator.db", "visitator.head"):
        (tmp_path / name).unlink()
    (tmp_path / "visitator.db").touch()
    bare = connect(tmp_path / "visitator.db", key)
    bare.execute("CREATE TABLE x(y)")
    bare.execute("DROP TABLE x")
    bare.close()
    with opened(tmp_path) as store:
        record = store.create(a_case(), ANNA, NOW)
        assert (store.warnings, store.load(record.id)) == ((), record)

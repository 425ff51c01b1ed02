"""The database's shape over time: which revision it has, and how it is brought to the program's."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, text

from visitator_tui.usecases.ports import StoreError

from . import sync_tables  # noqa: F401 - its tables are part of the metadata
from .connection import connect, writing
from .errors import in_danish
from .files import create_private, flush_folder
from .tables import SEARCH_INDEX, create_triggers, drop_triggers, metadata

REVISIONS: Final = ("0001", "0002", "0003", "0004")
"""Every revision this program knows, oldest first. Kept here because importing Alembic takes as long as
all the rest of the store; a test compares it with the migrations."""

MIGRATIONS: Final = Path(__file__).parent / "migrations"


def stored_revision(engine: Engine) -> str | None:
    """The revision of the database; None if it has no tables yet."""
    with engine.connect() as connection:
        if not connection.execute(text("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'")).first():
            return None
        revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return None if revision is None else str(revision)


def bring_up_to_date(engine: Engine, path: Path, key: bytes) -> str | None:
    """Run the migrations the database lacks; the revision it was brought from, None if there was none.

    An existing database is copied to ``<path>.before-<revision>`` first. Raises StoreError, with the
    database untouched, when it is of a newer program or a migration fails.
    """
    found = stored_revision(engine)
    if found == REVISIONS[-1]:
        return None
    if found is not None and found not in REVISIONS:
        raise StoreError(
            f"Databasen {path} er lavet af en nyere udgave af programmet. Den er ikke ændret. "
            "Installer den nyeste udgave, og åbn den igen."
        )
    if found is not None:
        _back_up(engine, path.with_name(f"{path.name}.before-{found}"), key)
    _upgrade(engine, path)
    return found


def create(engine: Engine, path: Path) -> None:
    """Make the tables of a new database by running every migration."""
    _upgrade(engine, path)


def create_current(engine: Engine) -> None:
    """Make the current tables without Alembic, for a database that is thrown away and never upgraded."""
    with writing(engine).begin() as connection:
        metadata.create_all(connection)
        connection.exec_driver_sql(SEARCH_INDEX)
        create_triggers(connection)


def _upgrade(engine: Engine, path: Path) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with in_danish(path), _without_foreign_keys(engine) as connection:
        drop_triggers(connection)
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError:
            raise _failed(path) from None
        # A migration may have changed what is searched while the triggers were down.
        connection.exec_driver_sql("INSERT INTO document_search(document_search) VALUES ('rebuild')")
        create_triggers(connection)
        if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
            raise _failed(path)


@contextmanager
def _without_foreign_keys(engine: Engine) -> Iterator[Connection]:
    """A write transaction in which rebuilding a table does not delete the rows that point to it."""
    with writing(engine).connect() as connection:
        driver: Any = connection.connection.driver_connection
        # SQLite ignores this pragma inside a transaction: it goes to the driver, before BEGIN.
        driver.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                yield connection
        finally:
            driver.execute("PRAGMA foreign_keys = ON")


def _back_up(engine: Engine, target: Path, key: bytes) -> None:
    """Copy the database as it stands, log included, encrypted with the same key."""
    draft = target.with_name(f"{target.name}.{secrets.token_hex(4)}.tmp")
    with in_danish(target):
        create_private(draft)
        try:
            copy = connect(draft, key)
            try:
                with engine.connect() as connection:
                    driver: Any = connection.connection.driver_connection
                    driver.backup(copy)
                copy.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                copy.close()
            draft.replace(target)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        flush_folder(target.parent)


def _failed(path: Path) -> StoreError:
    return StoreError(
        f"Databasen {path} kunne ikke bringes på den nye udgaves form. Den er ikke ændret. "
        "Brug den forrige udgave af programmet, og sig det til it-afdelingen."
    )

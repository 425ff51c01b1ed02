"""Connections to the encrypted database: SQLCipher under SQLAlchemy Core."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, QueuePool, create_engine, event

from visitator_tui.usecases.ports import StoreError

BUSY_SECONDS: Final = 5.0

# FULL: with WAL and NORMAL a power cut loses commits that were acknowledged. The two fullfsync pragmas
# are what "on disk" means on macOS; secure_delete wipes what is replaced.
_PRAGMAS: Final = (
    "synchronous = FULL",
    "fullfsync = ON",
    "checkpoint_fullfsync = ON",
    "foreign_keys = ON",
    "secure_delete = ON",
    "temp_store = MEMORY",
    "trusted_schema = OFF",
    "cache_size = -16000",
)


def connect(path: Path, key: bytes, busy_seconds: float = BUSY_SECONDS) -> Any:
    """A DB-API connection with the raw 32-byte ``key``; the file must be there.

    Raises sqlcipher3 errors: the file is missing, locked, damaged or of another key.
    """
    # mode=rw: SQLite would otherwise make a missing database, in silence.
    uri = f"{path.absolute().as_uri()}?mode=rw"
    connection = sqlcipher.connect(
        uri, uri=True, timeout=busy_seconds, isolation_level=None, check_same_thread=False
    )
    try:
        # Otherwise SQLCipher writes its errors on the terminal, over the screen.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        (journal,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
        if journal != "wal":
            raise StoreError(f"Databasen {path} skal ligge på maskinens egen disk. Flyt mappen dertil.")
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def make_engine(path: Path, key: bytes, busy_seconds: float = BUSY_SECONDS) -> Engine:
    """An engine of a few pooled connections; parameters never appear in its errors."""
    engine = create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=lambda: connect(path, key, busy_seconds),
        poolclass=QueuePool,
        pool_size=4,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    return engine


def writing(engine: Engine) -> Engine:
    """The same engine, whose transactions take the write lock at once.

    A transaction that reads first and writes later fails when somebody else wrote in between.
    """
    return engine.execution_options(visitator_begin="IMMEDIATE")


def _begin(connection: Connection) -> None:
    how = connection.get_execution_options().get("visitator_begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {how}")

"""The database under the service: connections, transactions of one municipality, who the database is."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DisconnectionError

from .settings import ServerSettingsError
from .times import Seconds

POOL_WAIT_SECONDS: Final = 15
CONNECT_SECONDS: Final = 5
STATEMENT_SECONDS: Final = 30
IDLE_SECONDS: Final = 5.0
_IDLE_SINCE: Final = "visitator_idle_since"

_RIGHTS: Final = """
    SELECT rolsuper OR rolbypassrls OR EXISTS (
        SELECT FROM pg_class WHERE relname = 'records' AND relkind = 'r' AND pg_has_role(relowner, 'MEMBER')
    ) FROM pg_roles WHERE rolname = current_user
"""


class Database:
    """The engine with the transactions that the service uses."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.is_postgresql = engine.dialect.name == "postgresql"

    @contextmanager
    def reading(self, tenant: str) -> Iterator[Connection]:
        """A transaction that sees the rows of this municipality alone."""
        with self.engine.begin() as connection:
            self._only(connection, tenant)
            yield connection

    @contextmanager
    def writing(self, tenant: str) -> Iterator[Connection]:
        """The same, to write in. On SQLite there is one writer at a time."""
        engine = self.engine.execution_options(visitator_begin="IMMEDIATE")
        with engine.begin() as connection:
            self._only(connection, tenant)
            yield connection

    def _only(self, connection: Connection, tenant: str) -> None:
        if self.is_postgresql:
            connection.exec_driver_sql(_NAME_TENANT, {"tenant": tenant})

    def fingerprint(self, connection: Connection) -> str:
        """Which history this connection's database has: another after a restore or a fail-over.

        PostgreSQL's system identifier changes with a new cluster, its timeline with every recovery to a
        point in time and every promotion of a standby. SQLite has nothing like it.
        """
        if not self.is_postgresql:
            return "sqlite"
        history = connection.connection.info.get("visitator_history")
        if history is None:  # a restored or promoted server has closed every connection
            history = connection.execute(_HISTORY).scalar_one()
            connection.connection.info["visitator_history"] = history
        return str(history)

    def check_rights(self) -> None:
        """Raise ServerSettingsError if row level security would not hold for the role we sign in with."""
        if not self.is_postgresql:
            return
        with self.engine.connect() as connection:
            if connection.execute(text(_RIGHTS)).scalar():
                raise ServerSettingsError(
                    "Databasebrugeren ejer tabellerne eller er superbruger, så PostgreSQL holder ikke kommunerne "
                    "adskilt. Brug en bruger, der kun er medlem af rollen visitator_service."
                )

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


_NAME_TENANT: Final = "SELECT set_config('visitator.tenant', %(tenant)s, true)"
_HISTORY: Final = text(
    "SELECT system_identifier || '/' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) "
    "FROM pg_control_system()"
)


def open_database(url: URL, connections: int, seconds: Seconds = time.monotonic) -> Database:
    """The database at ``url``; nothing is connected yet. Parameters never appear in its errors."""
    if url.drivername == "sqlite":
        return Database(_sqlite(url, connections))
    engine = create_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=POOL_WAIT_SECONDS,
        pool_use_lifo=True,
        hide_parameters=True,
        connect_args={
            "connect_timeout": CONNECT_SECONDS,
            "application_name": "visitator-tui server",
            "options": f"-c statement_timeout={STATEMENT_SECONDS}s -c lock_timeout={STATEMENT_SECONDS}s "
            f"-c idle_in_transaction_session_timeout={STATEMENT_SECONDS}s",
        },
    )
    _ask_the_idle(engine, seconds)
    return Database(engine)


def _ask_the_idle(engine: Engine, seconds: Seconds) -> None:
    """Ask a connection that has been idle whether it still is one, and take another if not.

    Asking before every transaction (pool_pre_ping) costs more than the rest of its beginning. A connection
    that broke while in use fails one request, which the laptop sends again.
    """

    @event.listens_for(engine, "checkin")
    def _put_back(_connection: Any, record: Any) -> None:
        record.info[_IDLE_SINCE] = seconds()

    @event.listens_for(engine, "checkout")
    def _taken(connection: Any, record: Any, _proxy: Any) -> None:
        if seconds() - record.info.get(_IDLE_SINCE, seconds()) < IDLE_SECONDS:
            return
        try:
            connection.execute("SELECT 1")
            connection.rollback()
        except engine.dialect.loaded_dbapi.OperationalError:
            raise DisconnectionError from None  # the pool connects anew


def _sqlite(url: URL, connections: int) -> Engine:
    engine = create_engine(
        url, pool_size=connections, max_overflow=0, pool_timeout=POOL_WAIT_SECONDS, hide_parameters=True
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA busy_timeout = {STATEMENT_SECONDS * 1000}")
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        how = connection.get_execution_options().get("visitator_begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {how}")

    return engine


def short_hash(*parts: str) -> str:
    """A short name for these parts together."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]

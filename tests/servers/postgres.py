"""A real PostgreSQL of the tests' own: a cluster in a temporary folder, on a free port of loopback."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

_PLACES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
_PATH = os.pathsep.join([*map(str, _PLACES), os.environ.get("PATH", "")])
INITDB = shutil.which("initdb", path=_PATH)
AVAILABLE = INITDB is not None

OWNER, SERVICE = "visitator_owner", "visitator_login"

_SETTINGS = """
listen_addresses = '127.0.0.1'
max_connections = 120
shared_buffers = 64MB
log_min_messages = warning
log_statement = none
"""
# In tests nothing must survive the machine; what they kill is the process.
_HASTY = """
fsync = off
full_page_writes = off
"""


@dataclass(frozen=True)
class TestDatabase:
    """A database with an owner, who migrates, and the role that the service signs in with."""

    __test__ = False
    host: str
    port: int
    name: str

    @property
    def owner_url(self) -> str:
        """The address to migrate with."""
        return f"postgresql://{OWNER}@{self.host}:{self.port}/{self.name}"

    @property
    def service_url(self) -> str:
        """The address that the service runs with."""
        return f"postgresql://{SERVICE}@{self.host}:{self.port}/{self.name}"


class PostgresServer:
    """The running cluster. PostgreSQL refuses to be root, so root runs it as ``nobody``."""

    def __init__(self, root: Path, durable: bool = False) -> None:
        assert INITDB is not None
        self.bin = Path(INITDB).resolve().parent
        self.root, self.data = root, root / "data"
        self.port = free_port()
        if _is_root():
            shutil.chown(root, "nobody")
        self._run(
            "initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-N", "-E", "UTF8", "--locale=C"
        )
        with (self.data / "postgresql.conf").open("a") as file:
            file.write(
                f"{_SETTINGS}{'' if durable else _HASTY}port = {self.port}\nunix_socket_directories = '{root}'\n"
            )

    def _run(self, program: str, *arguments: str | Path) -> None:
        command = [*_as_ordinary_user(), str(self.bin / program), *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, cwd=self.root, check=False)
        assert done.returncode == 0, done.stderr.decode()

    def start(self) -> None:
        """Start the cluster (again, with what it kept); returns when it answers."""
        log = self.root / "server.log"
        self._run("pg_ctl", "-D", self.data, "-l", log, "-w", "-t", "60", "start")

    def stop(self, how: str = "immediate") -> None:
        """Stop the cluster; ``immediate`` is a crash for those connected."""
        self._run("pg_ctl", "-D", self.data, "-m", how, "-w", "stop")

    @property
    def running(self) -> bool:
        """Whether the cluster's first process lives."""
        return (self.data / "postmaster.pid").exists()

    def connect(self, database: str = "postgres", user: str = "postgres") -> psycopg.Connection:
        """A connection of the superuser, or another."""
        return psycopg.connect(host="127.0.0.1", port=self.port, dbname=database, user=user, autocommit=True)

    def new_database(self) -> TestDatabase:
        """An empty database of its own; the two roles are made once."""
        name = f"v_{uuid.uuid4().hex[:12]}"
        with self.connect() as connection:
            if connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [OWNER]).fetchone() is None:
                connection.execute("CREATE ROLE visitator_service NOLOGIN")
                connection.execute(f"CREATE ROLE {OWNER} LOGIN")
                connection.execute(f"CREATE ROLE {SERVICE} LOGIN IN ROLE visitator_service")
            connection.execute(f'CREATE DATABASE "{name}" OWNER {OWNER}')
        return TestDatabase("127.0.0.1", self.port, name)

    def drop(self, database: TestDatabase) -> None:
        """Remove a database, whoever is connected to it."""
        with self.connect() as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{database.name}" WITH (FORCE)')


@contextmanager
def postgres_server(durable: bool = False) -> Iterator[PostgresServer]:
    """A running cluster that leaves nothing behind; ``durable``: it waits for the disk.

    Its folder's name is short: a socket stands in it.
    """
    root = Path(tempfile.mkdtemp(prefix="vpg-"))
    server = PostgresServer(root, durable)
    try:
        server.start()
        yield server
    finally:
        if server.running:
            server.stop()
        shutil.rmtree(root, ignore_errors=True)


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def _as_ordinary_user() -> list[str]:
    return ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if _is_root() else []

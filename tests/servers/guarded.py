"""The service as a municipality runs it: sign-in at an identity provider, devices, and what operations type."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from idp_client import Idp, running_idp
from postgres import PostgresServer, TestDatabase
from service import OTHER_TENANT, TENANT, ServiceProcess
from sync_kit import Laptop

LOGS = ("access_audit",)
"""Tables in which a refusal may leave a line."""


class GuardedProcess(ServiceProcess):
    """A service process that knows people by their sign-in alone."""

    def __init__(self, folder: Path, database_url: str, workers: int = 1, **settings: str) -> None:
        super().__init__(folder, database_url, workers, **settings)
        del self._environ["VISITATOR_SERVER_TOKENS_FILE"]


@dataclass(frozen=True)
class Guarded:
    """A running service with two municipalities, each with an identity provider of its own."""

    service: GuardedProcess
    idp: Idp
    other_idp: Idp
    postgres: PostgresServer
    database: TestDatabase
    folder: Path

    def laptop(self, user: str, *roles: str, other: bool = False, **claims: Any) -> Laptop:
        """A laptop whose user has signed in."""
        token = (self.other_idp if other else self.idp).token(
            user, roles=list(roles or ("visitator",)), **claims
        )
        return self.with_token(token, device=str(uuid.uuid5(uuid.NAMESPACE_DNS, f"{user}.{other}")))

    def with_token(self, token: str, device: str = "") -> Laptop:
        """A laptop that shows this token."""
        client = self.service.client(token)
        if device:
            client.headers["Visitator-Device"] = device
        return Laptop(client)

    def nobody(self) -> Laptop:
        """A laptop that shows no token."""
        return Laptop(httpx.Client(base_url=self.service.url, timeout=60))

    def code(self, user: str, *roles: str) -> str:
        """A one-time code for a user, made by the administrator."""
        asked = {"user": user, "roles": list(roles or ("visitator",))}
        return str(self.laptop("ada", "admin").ask("POST", "/v1/admin/enrolments", json=asked)["code"])

    def enrolled(self, user: str, *roles: str) -> dict[str, Any]:
        """A device let in with a code: what it was told."""
        asked = {"code": self.code(user, *roles), "device": f"pc-{user}"}
        return dict(self.nobody().ask("POST", "/v1/enrol", json=asked))

    def operate(self, *words: str) -> str:
        """What operations type after ``visitator-tui server``, as the owner of the tables; what it says."""
        done = self.try_to_operate(*words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def try_to_operate(self, *words: str) -> subprocess.CompletedProcess[str]:
        """The same, when it may fail."""
        environ = {
            **os.environ,
            "VISITATOR_SERVER_DATABASE": self.database.owner_url,
            "PYTHONIOENCODING": "utf-8",
        }
        command = [sys.executable, "-m", "visitator_tui", "server", *words]
        return subprocess.run(
            command, env=environ, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False
        )

    def digest(self) -> dict[str, str]:
        """What every table holds, but those that are logs."""
        with self.postgres.connect(self.database.name) as connection:
            listed = connection.execute(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1"
            ).fetchall()
            return {
                table: str(
                    connection.execute(
                        f"SELECT count(*) || md5(coalesce(string_agg(t::text, '' ORDER BY t::text), '')) FROM {table} t"
                    ).fetchone()
                )
                for (table,) in listed
                if table not in LOGS
            }

    def logged(self) -> list[dict[str, Any]]:
        """The lines of the service's log."""
        return [json.loads(line) for line in self.service.log().splitlines() if line.startswith("{")]


@contextmanager
def guarded_service(postgres: PostgresServer, database: TestDatabase, folder: Path) -> Iterator[Guarded]:
    """A running service with sign-in set up by the commands that operations use."""
    with running_idp() as idp, running_idp() as other_idp:
        process = GuardedProcess(folder, database.service_url)
        made = Guarded(process, idp, other_idp, postgres, database, folder)
        for tenant, provider in ((TENANT, idp), (OTHER_TENANT, other_idp)):
            made.operate(
                *("sign-in", tenant, "--issuer", provider.issuer),
                *("--audience", "visitator", "--client-id", "visitator-laptop"),
            )
        try:
            process.start()
            yield made
        finally:
            process.kill()

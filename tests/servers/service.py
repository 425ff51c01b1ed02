"""A real service process (``visitator-tui server run``) on a free port, with people who may sign in to it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from postgres import free_port

TENANT, OTHER_TENANT = "provby", "naboby"


def person(user: str, *roles: str, tenant: str = TENANT, device: str = "") -> dict[str, Any]:
    """Somebody, as the token file tells of her."""
    return {
        "tenant": tenant,
        "user": user,
        "name": user.title(),
        "device": device or f"pc-{user}",
        "roles": list(roles or ("visitator",)),
    }


PEOPLE: Mapping[str, dict[str, Any]] = {
    "anna": person("anna"),
    "anna-2": person("anna", device="pc-anna-2"),
    "bo": person("bo"),
    "lea": person("lea", "visitator", "leader"),
    "ada": person("ada", "admin"),
    "nina": person("nina", tenant=OTHER_TENANT),
}
"""Token -> person."""


class ServiceProcess:
    """The process; ``client`` asks it as somebody."""

    def __init__(self, folder: Path, database_url: str, workers: int = 1, **settings: str) -> None:
        self.port = free_port()
        self.log_file = folder / f"service-{self.port}.log"
        tokens = folder / "tokens.json"
        tokens.write_text(json.dumps(PEOPLE), "utf-8")
        given = {
            "DATABASE": database_url,
            "PORT": str(self.port),
            "WORKERS": str(workers),
            "TOKENS_FILE": str(tokens),
            "REQUESTS_PER_MINUTE": "1000000",
            **{name.upper(): value for name, value in settings.items()},
        }
        self._environ = {**os.environ, **{f"VISITATOR_SERVER_{name}": value for name, value in given.items()}}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """The process that was started; with several workers their parent."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Start it (again, on the same port); returns when it is ready."""
        with self.log_file.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "visitator_tui", "server", "run"],
                env=self._environ,
                stdout=log,
                stderr=log,
                start_new_session=sys.platform != "win32",
            )
        self.wait_until_ready()

    def wait_until_ready(self, seconds: float = 60) -> None:
        """Ask until it can serve."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            assert self._process is not None and self._process.poll() is None, self.log()
            try:
                if httpx.get(f"{self.url}/ready", timeout=5).status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.02)
        raise AssertionError(f"never ready: {self.log()}")

    def stop(self) -> int:
        """Ask it to stop, and wait; its exit code."""
        assert self._process is not None
        self._process.terminate()
        return self._process.wait(60)

    def kill(self) -> None:
        """Kill it and its workers as a power cut would."""
        if self._process is not None and self._process.poll() is None:
            if sys.platform == "win32":
                self._process.kill()
            else:
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(60)

    def client(self, token: str) -> httpx.Client:
        """A client that is signed in with this token."""
        signed_in = {"Authorization": f"Bearer {token}"}
        # No TLS here: reading the system's certificates would be most of a test's time.
        return httpx.Client(base_url=self.url, headers=signed_in, timeout=60, verify=False)

    def log(self) -> str:
        """What it has written."""
        return self.log_file.read_text("utf-8", "replace")


@contextmanager
def service_process(
    folder: Path, database_url: str, workers: int = 1, **settings: str
) -> Iterator[ServiceProcess]:
    """A running service that is gone afterwards. ``settings`` are those of ServerSettings."""
    process = ServiceProcess(folder, database_url, workers, **settings)
    try:
        process.start()
        yield process
    finally:
        process.kill()

"""Starts the test's identity provider and asks it for things."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx


class Idp:
    """A running provider at ``issuer``."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self._client = httpx.Client(base_url=issuer, timeout=10)

    def token(self, user: str, *, fault: str = "", **claims: Any) -> str:
        """A token for a user; ``fault`` says what shall be wrong with it."""
        return str(self._post("/order", {"claims": {"sub": user, **claims}, "fault": fault})["token"])

    def approve(self, user_code: str, user: str, **claims: Any) -> None:
        """The user signs in in her browser."""
        self._post("/person", {"user_code": user_code, "claims": {"sub": user, **claims}})

    def deny(self, user_code: str) -> None:
        """The user says no in her browser."""
        self._post("/person", {"user_code": user_code})

    def rotate(self) -> None:
        """The provider signs with a new key."""
        self._post("/rotate", {})

    def quiet(self, quiet: bool) -> None:
        """The provider stops answering for its keys, or begins again."""
        self._post("/quiet", {"quiet": quiet})

    def lifetime(self, seconds: int) -> None:
        """How long tokens last from now on."""
        self._post("/lifetime", {"seconds": seconds})

    def key_fetches(self) -> int:
        """How often the keys have been fetched."""
        return int(self._client.get("/fetches").json()["keys"])

    def _post(self, path: str, document: dict[str, Any]) -> dict[str, Any]:
        answer = self._client.post(path, json=document)
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found


@contextmanager
def running_idp() -> Iterator[Idp]:
    """A provider process for the length of the block."""
    command = [sys.executable, str(Path(__file__).with_name("idp.py"))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield Idp(process.stdout.readline().strip())
        finally:
            process.kill()

"""How far each municipality had come, kept in a file beside an SQLite database: an older copy put back is noticed.

PostgreSQL tells by itself that it was restored (``Database.fingerprint``); an SQLite file looks the same. If
the file beside it is put back as well, what the laptops have seen tells it (``seen``).
"""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import URL


class Reached:
    """The highest number that each municipality is known to have had. Does nothing without a file."""

    def __init__(self, url: URL) -> None:
        on_disk = url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")
        self._file = Path(f"{url.database}.reached") if on_disk else None
        self._lock = threading.Lock()

    def fell_back(self, tenant: str, seq: Callable[[], int], told: Callable[[], bool]) -> None:
        """Note where a municipality is; if it was further before, tell, and note it once that is told."""
        if self._file is None:
            return
        with self._lock:
            # First the file: what it says was committed before, so only an older copy can have less.
            known = self._read(self._file)
            before, now = known.get(tenant, 0), seq()
            if now > before or (now < before and told()):
                self._write(self._file, known | {tenant: now})

    def _read(self, file: Path) -> dict[str, int]:
        with contextlib.suppress(OSError, ValueError):
            told = json.loads(file.read_text("utf-8"))
            return {str(tenant): int(seq) for tenant, seq in told.items()}
        return {}

    def _write(self, file: Path, known: dict[str, int]) -> None:
        new = file.with_name(f"{file.name}.new")
        with contextlib.suppress(OSError):  # a full disk is told of where it matters
            new.write_text(json.dumps(known), "utf-8")
            new.replace(file)

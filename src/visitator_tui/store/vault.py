"""The locked database as the rest of the program sees it.

This module is light: what opening needs is imported when it is opened, or by ``preload`` in a thread
while the passphrase is typed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from .files import StoreFiles

if TYPE_CHECKING:
    from visitator_tui.usecases.task_ports import Reckoning

    from .keyfile import KdfCost
    from .store import SqlCipherStore

_BUSY_SECONDS = 5.0


def preload() -> None:
    """Import what opening takes (about half a second), so that it is there when the passphrase is."""
    from . import opening  # noqa: F401


class SqlCipherVault:
    """The Vault on one folder: a key file, the SQLCipher database, and the audit's head.

    ``device`` names this machine in the audit. ``cost`` is what new passphrase slots cost to open
    (default: Argon2id, 64 MiB, 3 passes, 4 lanes). ``busy_seconds`` is how long another process that
    writes is waited for. ``reckoning`` works out the tasks kept beside the cases (called when it is opened).
    """

    def __init__(
        self,
        folder: Path,
        device: str = "",
        *,
        cost: KdfCost | None = None,
        busy_seconds: float = _BUSY_SECONDS,
        reckoning: Callable[[], Reckoning] | None = None,
    ) -> None:
        self._files = StoreFiles(folder)
        self._device = device
        self._cost = cost
        self._busy_seconds = busy_seconds
        self._reckoning = reckoning

    def exists(self) -> bool:
        """Whether there is a database, or half of one: then ``open`` says what to do about it."""
        return self._files.key_file.exists() or self._files.database.exists()

    def create(self, passphrase: str, now: datetime) -> SqlCipherStore:
        """Create the folder, the key file and the database, and open it. Raises StoreError."""
        from . import opening

        return self._with_tasks(
            opening.create(self._files, passphrase, now, self._device, self._chosen(), self._busy_seconds)
        )

    def open(self, passphrase: str, now: datetime) -> SqlCipherStore:
        """Open the database. Raises WrongPassphraseError or StoreError; look at ``store.warnings``."""
        from . import opening

        return self._with_tasks(
            opening.open_existing(self._files, passphrase, now, self._device, self._busy_seconds)
        )

    def _with_tasks(self, store: SqlCipherStore) -> SqlCipherStore:
        store.reckoning = self._reckoning() if self._reckoning else None
        return store

    def change_passphrase(self, old: str, new: str) -> None:
        """Let ``new`` open the database from now on. Raises WrongPassphraseError or StoreError."""
        from . import keyfile

        keyfile.change_passphrase(self._files.key_file, old, new, self._chosen())

    def _chosen(self) -> KdfCost:
        from .keyfile import KdfCost

        return self._cost or KdfCost()


def open_throwaway(folder: Path, now: datetime, device: str = "") -> SqlCipherStore:
    """A new database in ``folder`` whose key is never written: nobody can open it again. Raises StoreError."""
    from . import opening

    return opening.create_throwaway(StoreFiles(folder), now, device, _BUSY_SECONDS)

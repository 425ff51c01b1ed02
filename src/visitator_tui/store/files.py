"""Files that only their owner may read, replaced whole: a power cut leaves the old one or the new one."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

_POSIX = os.name == "posix"
# Without O_BINARY Windows would turn every line feed into two characters.
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True)
class StoreFiles:
    """Where the parts of one store lie, all in one folder."""

    folder: Path

    @property
    def database(self) -> Path:
        """The encrypted database; its write-ahead log lies beside it."""
        return self.folder / "visitator.db"

    @property
    def key_file(self) -> Path:
        """The wrapped data key, without which the database is noise."""
        return self.folder / "visitator.key"

    @property
    def head_file(self) -> Path:
        """The number and code of the last audit entry."""
        return self.folder / "visitator.head"


def private_folder(folder: Path) -> None:
    """Make the folder, closed to other users (POSIX; on Windows the profile folder already is)."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if _POSIX:
        folder.chmod(0o700)


def create_private(path: Path) -> None:
    """Make an empty file for the owner alone; FileExistsError if there is one already."""
    os.close(os.open(path, _NEW, 0o600))


def write_private(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path`` in one step, flushed to disk. Raises OSError; the old file then stands."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with os.fdopen(os.open(draft, _NEW, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Make names in the folder survive a power cut (POSIX; Windows does so itself)."""
    if _POSIX:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

"""Files that come in and go out: read with a limit, written whole or not at all, with Danish errors."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path


class FileError(Exception):
    """A file cannot be read or written; the message is Danish and says what to do."""


def read_limited(path: Path, limit: int) -> bytes:
    """The bytes of a file of at most ``limit`` bytes. Raises FileError."""
    try:
        if path.is_dir():
            raise FileError(f"{path} er en mappe. Angiv en fil.")
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except FileNotFoundError:
        raise FileError(f"Filen {path} findes ikke. Se efter, om navnet er skrevet rigtigt.") from None
    except PermissionError:
        raise FileError(f"Filen {path} må ikke læses. Se efter filens rettigheder.") from None
    except (OSError, ValueError) as problem:
        raise FileError(f"Filen {path} kan ikke læses{_code(problem)}.") from None
    return within(data, limit, str(path))


def within(data: bytes, limit: int, name: str) -> bytes:
    """The data, unless it is longer than ``limit`` bytes. Raises FileError."""
    if len(data) > limit:
        raise FileError(f"{name} fylder mere end {limit // 1_000_000} MB. Det er ikke en fil af den slags.")
    return data


def decode(data: bytes) -> str:
    """UTF-8 text, with or without a byte order mark. Raises EncodingError with the line."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise EncodingError(1, "filen er gemt som UTF-16. Gem den igen som UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise EncodingError(
            line, "filen er ikke gemt som UTF-8 (måske som Windows-1252). Gem den igen som UTF-8"
        ) from None


class EncodingError(ValueError):
    """Text that is not UTF-8: ``line`` counts from 1, the message is Danish and has no full stop."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def untaken(path: Path, data: bytes) -> Path:
    """``path``, or where a file with other content has that name, the first free one: ``brev-2.pdf``. OSError."""
    number, free = 1, path
    while free.exists() and not _holds(free, data):
        number += 1
        free = path.with_stem(f"{path.stem}-{number}")
    return free


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it stands there whole or, when anything fails, not at all.

    What stood at ``path`` before is kept until the new file is complete on the disk; the new one can be
    read by its owner only. Raises FileError.
    """
    try:
        path = Path(os.path.realpath(path))  # a link keeps pointing where it pointed
        _refuse(path)
        _replace(path, data)
    except (OSError, ValueError) as problem:
        raise _unwritable(path, problem) from None


def _refuse(path: Path) -> None:
    if path.is_dir():
        raise FileError(f"{path} er en mappe. Angiv navnet på den fil, der skal skrives.")
    if not path.parent.is_dir():
        raise FileError(f"Mappen {path.parent} findes ikke. Opret den først, eller vælg en anden.")
    if path.exists() and not path.is_file():
        raise FileError(f"{path} er ikke en almindelig fil. Angiv en anden.")
    if path.exists() and not os.access(path, os.W_OK):
        raise FileError(f"Filen {path} er skrivebeskyttet. Vælg et andet navn.")


def _replace(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=".visitator-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _unwritable(path: Path, problem: OSError | ValueError) -> FileError:
    match getattr(problem, "errno", None):
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return FileError(
                f"Der må ikke skrives i mappen {path.parent}, eller filen {path.name} er åben i et andet "
                "program. Luk filen, eller vælg en anden mappe."
            )
        case errno.ENOSPC | errno.EDQUOT:
            return FileError(f"Der er ikke plads på disken til {path}. Gør plads, og prøv igen.")
        case errno.ENAMETOOLONG:
            return FileError("Filens navn er for langt. Vælg et kortere.")
        case _:
            return FileError(f"Filen {path} kan ikke skrives{_code(problem)}.")


def _code(problem: OSError | ValueError) -> str:
    name = errno.errorcode.get(getattr(problem, "errno", None) or 0)
    return f" ({name})" if name else ""

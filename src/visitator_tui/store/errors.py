"""What can go wrong with files and database, said in Danish: what, where, and how to mend it.

No message carries a value from the database or the text of the library's own error.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from visitator_tui.usecases.ports import StoreError

_FULL, _DAMAGED, _BUSY, _REFUSED, _DISK = (13,), (11, 26), (5, 6), (3, 8, 14, 23), (10,)


@contextmanager
def in_danish(path: Path) -> Iterator[None]:
    """Turn the errors of database and file system inside the block into StoreError about ``path``."""
    try:
        yield
    except DBAPIError as problem:
        raise StoreError(_of_database(problem.orig, path)) from None
    except sqlcipher.Error as problem:
        raise StoreError(_of_database(problem, path)) from None
    except SQLAlchemyError:
        raise StoreError(_unexpected(path, None)) from None
    except OSError as problem:
        raise StoreError(of_file(problem, path)) from None


def damaged_database(path: Path) -> str:
    """The database has been changed by something else than this program."""
    return (
        f"Databasen {path} er beskadiget. Gem en kopi af filen, som den er nu, "
        "og hent databasen fra den seneste sikkerhedskopi."
    )


def of_file(problem: OSError, path: Path) -> str:
    """What an error of the file system means for the user."""
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return _full(path)
    if isinstance(problem, PermissionError) or problem.errno == errno.EROFS:
        return _refused(path)
    if isinstance(problem, FileNotFoundError):
        return f"{path} findes ikke. Se efter, om mappen er flyttet eller slettet."
    if isinstance(problem, (NotADirectoryError, FileExistsError, IsADirectoryError)):
        return f"{path} kan ikke bruges: der ligger noget andet på stedet. Flyt det, og prøv igen."
    return f"{path} kan ikke læses eller skrives. Se efter, at disken er tilsluttet, og prøv igen."


def _of_database(problem: BaseException | None, path: Path) -> str:
    code = getattr(problem, "sqlite_errorcode", None)
    primary = code & 0xFF if isinstance(code, int) else None
    if primary in _FULL:
        return _full(path)
    if primary in _DAMAGED:
        return damaged_database(path)
    if primary in _BUSY:
        return (
            f"Databasen {path} er optaget af et andet program. "
            "Luk det andet program eller vindue, og prøv igen."
        )
    if primary in _REFUSED:
        return _refused(path)
    if primary in _DISK:
        return (
            f"Disken svarede ikke, som den skulle, da databasen {path} blev brugt. "
            "Se efter, at disken er tilsluttet og ikke er fuld, og prøv igen."
        )
    return _unexpected(path, code)


def _full(path: Path) -> str:
    return (
        f"Disken er fuld, så der kan ikke gemmes i {path}. "
        "Det, der er gemt før, er der stadig. Frigør plads på disken, og prøv igen."
    )


def _refused(path: Path) -> str:
    return (
        f"{path} kan ikke åbnes eller skrives. Se efter, at mappen findes, at du har ret til at "
        "skrive i den, og at intet andet program holder filen."
    )


def _unexpected(path: Path, code: object) -> str:
    known = f" (SQLite-kode {code})" if code is not None else ""
    return (
        f"Databasen {path} meldte en uventet fejl{known}. Luk programmet, åbn det igen, og prøv en gang til."
    )

"""A municipality moved from one service to another: everything of it in one file, and back, whole or not at all.

The file is lines of JSON: a head, the rows, and a foot with the SHA-256 of what stands before it. It holds
all that the database holds of the municipality, unencrypted.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final

from sqlalchemy import Connection, LargeBinary, Table, insert, select

from . import tables as core
from . import tables_access as access
from .schema import HEAD

FORMAT: Final = "visitator-tenant/1"
_TABLES: Final[tuple[Table, ...]] = (
    core.tenants,
    core.records,
    core.departures,
    core.follows,
    core.batches,
    core.access_audit,
    core.audit_heads,
    access.sign_ins,
    access.devices,
    access.enrolments,
    access.published,
    access.published_files,
)
_NOT_MOVED: Final = {("access_audit", "number")}  # the new service counts for itself
_AT_ONCE: Final = 200
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


class MovingError(Exception):
    """The municipality was not moved; the message is Danish."""


def export(connection: Connection, tenant: str, path: Path) -> int:
    """Write everything of a municipality to a new file for the owner alone; the number of rows.

    The connection is in one REPEATABLE READ transaction of the owner of the tables. Raises MovingError.
    """
    if connection.execute(select(core.tenants.c.id).where(core.tenants.c.id == tenant)).first() is None:
        raise MovingError(f"Kommunen »{tenant}« er ikke på denne tjeneste. Se efter, om id'et er rigtigt.")
    try:
        with os.fdopen(os.open(path, _NEW, 0o600), "wb") as file:
            count = _write(connection, tenant, file)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        raise MovingError(f"{path} findes allerede. Vælg et andet navn.") from None
    except OSError:
        path.unlink(missing_ok=True)
        raise MovingError(
            f"{path} kan ikke skrives. Se efter, om mappen findes, og om disken er fuld."
        ) from None
    return count


def bring_in(connection: Connection, path: Path) -> tuple[str, int]:
    """Read a municipality from a file; (its id, the number of rows). One transaction of the owner.

    Raises MovingError; the caller then rolls back.
    """
    try:
        with path.open("rb") as file:
            _check_whole(file, path)
            file.seek(0)
            return _read(connection, file, path)
    except OSError:
        raise MovingError(f"{path} kan ikke læses. Se efter filens navn og rettigheder.") from None
    except (ValueError, KeyError, TypeError):
        raise _broken(path) from None


def _write(connection: Connection, tenant: str, file: BinaryIO) -> int:
    told = hashlib.sha256()
    count = 0
    for line in _lines(connection, tenant):
        told.update(line)
        file.write(line)
        count += 1
    file.write(json.dumps({"rows": count - 1, "sha256": told.hexdigest()}).encode() + b"\n")
    return count - 1


def _lines(connection: Connection, tenant: str) -> Iterator[bytes]:
    yield _line({"format": FORMAT, "tenant": tenant, "schema": HEAD})
    for table in _TABLES:
        owner = table.c.id if table is core.tenants else table.c.tenant
        rows = connection.execution_options(yield_per=_AT_ONCE).execute(select(table).where(owner == tenant))
        for row in rows.mappings():
            told = {name: value for name, value in row.items() if (table.name, name) not in _NOT_MOVED}
            yield _line({"table": table.name, "row": told})


def _line(told: dict[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, default=_as_text).encode() + b"\n"


def _as_text(value: object) -> str:
    if isinstance(value, (bytes, memoryview)):
        return base64.b64encode(bytes(value)).decode()
    raise TypeError(type(value).__name__)


def _check_whole(file: BinaryIO, path: Path) -> None:
    told, last = hashlib.sha256(), b""
    for line in file:
        told.update(last)
        last = line
    foot = json.loads(last or b"null")
    if not isinstance(foot, dict) or foot.get("sha256") != told.hexdigest():
        raise _broken(path)


def _read(connection: Connection, file: BinaryIO, path: Path) -> tuple[str, int]:
    head = json.loads(file.readline())
    if head["format"] != FORMAT or head["schema"] != HEAD:
        raise MovingError(
            f"{path} er skrevet af en anden udgave af tjenesten. Brug samme udgave begge steder, og prøv igen."
        )
    tenant = str(head["tenant"])
    if connection.execute(select(core.tenants.c.id).where(core.tenants.c.id == tenant)).first():
        raise MovingError(f"Kommunen »{tenant}« er her allerede. Intet er ændret.")
    known = {table.name: table for table in _TABLES}
    waiting: list[dict[str, Any]] = []
    table: Table | None = None
    count = 0
    for line in file:
        told = json.loads(line)
        if "table" not in told:
            break
        if table is not None and (told["table"] != table.name or len(waiting) >= _AT_ONCE):
            connection.execute(insert(table), waiting)
            waiting = []
        table = known[told["table"]]
        waiting.append(_row(table, told["row"], tenant))
        count += 1
    if table is not None and waiting:
        connection.execute(insert(table), waiting)
    return tenant, count


def _row(table: Table, told: dict[str, Any], tenant: str) -> dict[str, Any]:
    """A row to insert. Raises ValueError for another municipality's: a file moves one alone."""
    if told["id" if table is core.tenants else "tenant"] != tenant:
        raise ValueError
    binary = {column.name for column in table.c if isinstance(column.type, LargeBinary)}
    return {
        name: base64.b64decode(value) if name in binary and value is not None else value
        for name, value in told.items()
    }


def _broken(path: Path) -> MovingError:
    return MovingError(f"{path} er ikke hel, eller den er ændret. Hent den igen. Intet er ændret her.")

"""What the tests of the store share: a case with words found nowhere else, and a hand with the key."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from visitator_tui.domain.case import Case
from visitator_tui.store import SqlCipherVault, keyfile
from visitator_tui.store.cases import columns_of
from visitator_tui.store.connection import connect
from visitator_tui.store.store import SqlCipherStore
from visitator_tui.usecases.ports import Actor

NOW = datetime(2017, 3, 8, 9, 30, tzinfo=UTC)
ANNA = Actor(user="anna", device="pc-1")
PASSPHRASE = "blå heste på række"
CHEAP = keyfile.KdfCost(memory_kib=8, iterations=1, lanes=1)

WORDS = ("Zinnoberrød", "Kvæsthusgade", "Ålekvabbe", "flagermuslys", "vindrosen", "hyldeblomst")


def later(minutes: int) -> datetime:
    """A moment after NOW."""
    return NOW + timedelta(minutes=minutes)


def a_case(name: str = "Åse Ærø Østergård", **parts: Any) -> Case:
    """A case; ``parts`` are further sections of the case file."""
    return Case.model_validate({"municipality": "helsingor", "citizen": {"name": name}, **parts})


def a_telling_case() -> Case:
    """A case full of WORDS."""
    name, street, text, cause, observed, reason = WORDS
    return Case.model_validate(
        {
            "municipality": "helsingor",
            "citizen": {"name": name, "address": {"street": street}, "birth_date": "1938-05-04"},
            "enquiry": {"received_on": "2017-03-01", "text": text},
            "assessment": {
                "areas": {"indkoeb": {"relevant": True, "observed": observed}},
                "activities": {"indkoeb_af_varer": {"level": 3, "cause": cause}},
            },
            "decision": {"items": [{"delydelse": "indkoebsordning", "outcome": "granted", "reason": reason}]},
        }
    )


def vault(folder: Path, busy_seconds: float = 5.0) -> SqlCipherVault:
    """The vault of a folder, quick to open."""
    return SqlCipherVault(folder, "pc-1", cost=CHEAP, busy_seconds=busy_seconds)


@contextmanager
def new_store(folder: Path) -> Iterator[SqlCipherStore]:
    """A new database, closed at the end."""
    store = vault(folder).create(PASSPHRASE, NOW)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def opened(folder: Path, at: datetime = NOW) -> Iterator[SqlCipherStore]:
    """The database of a folder, opened again and closed at the end."""
    store = vault(folder).open(PASSPHRASE, at)
    try:
        yield store
    finally:
        store.close()


def database_key(folder: Path) -> bytes:
    """The key as somebody who knows the passphrase and our source would find it."""
    data_key = keyfile.unlock(folder / "visitator.key", PASSPHRASE)
    return keyfile.derived_key(data_key, "database")


@contextmanager
def by_hand(folder: Path, guards: bool = False) -> Iterator[Any]:
    """The database, opened behind the program's back, with the guards taken down unless they are wanted."""
    connection = connect(folder / "visitator.db", database_key(folder))
    try:
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            if not guards and not name.startswith("documents_"):
                connection.execute(f"DROP TRIGGER {name}")
        yield connection
    finally:
        connection.close()


def content(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def keep_as_first(store: SqlCipherStore, case_id: str, case: Case) -> None:
    """Keep a case in a database of an old shape, with the columns that its first one had."""
    row = columns_of(case, 0) | {"id": case_id, "kind": "case", "place": "{}", "drafts": "{}"}
    row["changed_at"] = NOW.isoformat()
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    with store.writing() as work:
        work.connection.exec_driver_sql(
            f"INSERT INTO documents(revision, changed, {names}) VALUES (1, 1, {marks})", tuple(row.values())
        )

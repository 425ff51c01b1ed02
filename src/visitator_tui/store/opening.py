"""Creating and opening the database of a folder, and what is found out on the way.

Imported late: it takes SQLAlchemy and the cryptography along.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from visitator_tui.usecases.ports import Actor, StoreError

from . import keyfile, schema
from .audit import AuditLog
from .connection import make_engine
from .errors import in_danish
from .files import StoreFiles, create_private, flush_folder, private_folder
from .head import Head, HeadError, HeadFile
from .store import SqlCipherStore

_PROGRAM = "visitator-tui"


def create(
    files: StoreFiles,
    passphrase: str,
    now: datetime,
    device: str,
    cost: keyfile.KdfCost,
    busy_seconds: float,
) -> SqlCipherStore:
    """Make key file and database. Raises StoreError; what was begun is then taken away again."""
    with _making(files):
        data_key = keyfile.make_key_file(files.key_file, passphrase, cost)
        return _made(
            files, data_key, now, device, busy_seconds, lambda engine: schema.create(engine, files.database)
        )


def create_throwaway(files: StoreFiles, now: datetime, device: str, busy_seconds: float) -> SqlCipherStore:
    """Make a database whose key is nowhere but in memory."""
    with _making(files):
        data_key = secrets.token_bytes(keyfile.KEY_BYTES)
        return _made(files, data_key, now, device, busy_seconds, schema.create_current)


def open_existing(
    files: StoreFiles, passphrase: str, now: datetime, device: str, busy_seconds: float
) -> SqlCipherStore:
    """Open what is there. Raises WrongPassphraseError or StoreError."""
    with in_danish(files.folder):
        _refuse_half(files)
    data_key = keyfile.unlock(files.key_file, passphrase)
    key = keyfile.derived_key(data_key, "database")
    with (
        in_danish(files.database),
        _kept_if_it_opens(make_engine(files.database, key, busy_seconds)) as engine,
    ):
        before = schema.bring_up_to_date(engine, files.database, key)
        store = _store(files, engine, data_key)
        _note_opening(store, Actor(_PROGRAM, device), now, before)
        return store


@contextmanager
def _making(files: StoreFiles) -> Iterator[None]:
    """Hold the folder for making: the empty database file, made by one process only, is the lock."""
    with in_danish(files.folder):
        private_folder(files.folder)
        if files.key_file.exists() or files.database.exists():
            _refuse_half(files)
            raise _already(files)
        try:
            create_private(files.database)
        except FileExistsError:
            raise _already(files) from None
        try:
            yield
        except BaseException:
            for path in (files.key_file, files.head_file, files.database):
                path.unlink(missing_ok=True)
            for ending in ("-wal", "-shm"):
                files.database.with_name(files.database.name + ending).unlink(missing_ok=True)
            raise
        flush_folder(files.folder)


def _made(
    files: StoreFiles,
    data_key: bytes,
    now: datetime,
    device: str,
    busy_seconds: float,
    make_tables: Callable[[Engine], None],
) -> SqlCipherStore:
    key = keyfile.derived_key(data_key, "database")
    with (
        in_danish(files.database),
        _kept_if_it_opens(make_engine(files.database, key, busy_seconds)) as engine,
    ):
        make_tables(engine)
        store = _store(files, engine, data_key)
        with store.writing() as work:
            work.note(now, Actor(_PROGRAM, device), "database.created", "database")
        return store


@contextmanager
def _kept_if_it_opens(engine: Engine) -> Iterator[Engine]:
    try:
        yield engine
    except BaseException:
        engine.dispose()
        raise


def _store(files: StoreFiles, engine: Engine, data_key: bytes) -> SqlCipherStore:
    log = AuditLog(keyfile.derived_key(data_key, "audit"))
    head_file = HeadFile(files.head_file, keyfile.derived_key(data_key, "audit head"))
    return SqlCipherStore(engine, files.database, log, head_file)


def _note_opening(store: SqlCipherStore, actor: Actor, now: datetime, before: str | None) -> None:
    """Enter the opening in the audit, with the upgrade and the gap that were found."""
    # Read before the transaction: another process may write entries and head in between.
    head = store.read_head()
    with store.writing() as work:
        last = work.log.last(work.connection)
        whole = isinstance(head, Head) and work.log.holds(work.connection, head)
        # Without a head: killed between the first commit and the first head, if there is but one entry.
        if not whole and not (head is None and last.seq <= 1):
            known = head.seq if isinstance(head, Head) else None
            work.note(now, actor, "audit.gap", "database", known=known, found=last.seq)
            store.warnings = (_gap(head, last, store.head_path),)
        if before is not None:
            work.note(now, actor, "database.upgraded", "database", before=before, after=schema.REVISIONS[-1])
        work.note(now, actor, "database.opened", "database")


def _gap(head: Head | HeadError | None, last: Head, path: Path) -> str:
    """What the difference between the log and its head file means for the visitator."""
    if isinstance(head, Head):
        return (
            f"Databasen er ældre, end da den sidst blev brugt: logbogen havde {head.seq} rækker og har nu "
            f"{last.seq}. Det seneste, der blev skrevet, kan mangle. Er databasen hentet fra en "
            "sikkerhedskopi, er det som ventet; ellers gennemgå de seneste sager, og sig det til it-afdelingen."
        )
    wrong = "mangler" if head is None else "er ændret eller beskadiget"
    return (
        f"Logbogens kontrolfil {path} {wrong}. Det kan derfor ikke ses, om det seneste, der blev skrevet, "
        "er der. Gennemgå de seneste sager, og sig det til it-afdelingen."
    )


def _refuse_half(files: StoreFiles) -> None:
    """Raise StoreError, saying what to do, unless key file and database are both there."""
    key_file, database = files.key_file, files.database
    has_database = database.exists()
    is_empty = has_database and database.stat().st_size == 0
    if key_file.exists():
        if has_database and not is_empty:
            return
        raise StoreError(
            f"Nøglefilen {key_file} findes, men databasen {database} {'er tom' if is_empty else 'mangler'}. "
            "Har der været sager i den, så hent databasen fra sikkerhedskopien. Blev oprettelsen afbrudt, "
            f"så flyt alle filer, der begynder med »{database.stem}.«, væk fra mappen, og start forfra."
        )
    if is_empty:
        raise StoreError(
            f"Oprettelsen af databasen blev afbrudt, før der stod noget i den. Slet {database}, og start forfra."
        )
    if has_database:
        raise StoreError(
            f"Databasen {database} findes, men nøglefilen {key_file} mangler, og uden den kan databasen ikke "
            "åbnes. Databasen er ikke ændret. Hent nøglefilen fra sikkerhedskopien."
        )
    raise StoreError(f"Der er ingen database i {files.folder}. Opret den først.")


def _already(files: StoreFiles) -> StoreError:
    return StoreError(f"Der er allerede en database i {files.folder}. Den er ikke ændret. Åbn den i stedet.")

"""The open database: every write and its audit entry in one transaction."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, delete, select
from sqlalchemy.dialects.sqlite import insert

from visitator_tui.domain.case import Case
from visitator_tui.domain.edit import Change
from visitator_tui.domain.merge import Conflict
from visitator_tui.usecases.ports import (
    Actor,
    CaseRecord,
    CaseRow,
    ExportKind,
    LetterRow,
    Place,
    QueuedLetter,
    StoreError,
)
from visitator_tui.usecases.task_ports import KeptTask, Reckoning

from . import cases, letters, print_queue, tasks
from .audit import AuditError, AuditLog, Writing
from .connection import writing
from .errors import in_danish
from .head import Head, HeadError, HeadFile
from .sync_store import SyncPart, keep_disputed, kept_if_deleted, nothing_disputed
from .tables import session, settings


class SqlCipherStore(SyncPart):
    """The CaseStore, LetterQueue and TaskStore on SQLCipher. Its methods may be called from any thread.

    ``warnings`` holds Danish sentences about what was found at opening and has to be told to the user.
    ``reckoning`` works out the tasks of a case; without it none are kept.
    """

    def __init__(self, engine: Engine, path: Path, log: AuditLog, head_file: HeadFile) -> None:
        self.warnings: tuple[str, ...] = ()
        self.reckoning: Reckoning | None = None
        self._reader = engine
        self._writer = writing(engine)
        self._path = path
        self._log = log
        self._head_file = head_file
        self._lock = threading.Lock()
        self._closed = False

    def rows(self, search: str = "", limit: int | None = None) -> list[CaseRow]:
        """Cases that hold every word of ``search`` as the beginning of a word, newest change first."""
        with self._reading() as connection:
            return cases.rows(connection, search, limit)

    def create(self, case: Case, actor: Actor, now: datetime) -> CaseRecord:
        """Store a new case."""
        with self.writing() as work:
            record = cases.create(work.connection, case, now, actor.user)
            tasks.reckon(work.connection, record.id, case, self.reckoning)
            work.note(now, actor, "case.created", "case", record.id, revision=record.revision)
        return record

    def load(self, case_id: str) -> CaseRecord:
        """Read one case."""
        with self._reading() as connection:
            return cases.load(connection, case_id)

    def save(
        self,
        record: CaseRecord,
        changes: Sequence[Change],
        actor: Actor,
        now: datetime,
        disputed: Sequence[Conflict] = (),
    ) -> CaseRecord:
        """Write case, drafts and place; the audit names the changed paths of the case, nothing of the others."""
        with self.writing() as work, kept_if_deleted(work, record.id, actor, now):
            saved = self._save(work, record, changes, actor, now)
            if disputed:
                keep_disputed(work, record.id, disputed, actor, now)
        return saved

    def _save(
        self, work: Writing, record: CaseRecord, changes: Sequence[Change], actor: Actor, now: datetime
    ) -> CaseRecord:
        saved = cases.save(work.connection, record, changes, now, actor.user)
        if saved.paths:
            tasks.reckon(work.connection, record.id, record.case, self.reckoning)
            revision = saved.record.revision
            work.note(now, actor, "case.saved", "case", record.id, revision=revision, paths=saved.paths)
        return saved.record

    def remember_place(self, case_id: str, place: Place) -> None:
        """Keep where the visitator is in the case, and that this is the open one."""
        with self.writing() as work:
            cases.set_place(work.connection, case_id, place)
            work.connection.execute(
                insert(session)
                .values(id=1, case_id=case_id)
                .on_conflict_do_update(index_elements=[session.c.id], set_={"case_id": case_id})
            )

    def last_open(self) -> str | None:
        """The case that was open when the program ended."""
        with self._reading() as connection:
            return connection.execute(select(session.c.case_id)).scalar()

    def leave(self) -> None:
        """No case is open."""
        with self.writing() as work:
            work.connection.execute(delete(session))

    def add_letter(
        self,
        case_id: str,
        kind: str,
        pdf: bytes,
        actor: Actor,
        now: datetime,
        tells: Callable[[Case], Case] | None = None,
    ) -> LetterRow:
        """Keep a made letter for good, and what it changes in its case."""
        with self.writing() as work, kept_if_deleted(work, case_id, actor, now):
            cases.count_letter(work.connection, case_id, now)
            letter = letters.add(work, case_id, kind, pdf, actor, now)
            if tells is not None:
                stands = cases.load(work.connection, case_id)
                told = replace(stands, case=tells(stands.case))
                if told.case != stands.case:
                    self._save(work, told, (), actor, now)
        return letter

    def make_decision(
        self, record: CaseRecord, pdf: bytes, actor: Actor, now: datetime, kind: str = "afgoerelse"
    ) -> tuple[CaseRecord, LetterRow]:
        """Keep a decision's letter and the decision as made: one transaction, so a crash leaves both or neither."""
        with self.writing() as work, kept_if_deleted(work, record.id, actor, now):
            nothing_disputed(work.connection, record.id)
            letter = letters.add(work, record.id, kind, pdf, actor, now)
            made = cases.decided(work.connection, record, letter.id, now, actor.user)
            tasks.reckon(work.connection, record.id, made.case, self.reckoning)
            work.note(now, actor, "case.decided", "case", record.id, revision=made.revision, letter=letter.id)
        return made, letter

    def letters(self, case_id: str) -> list[LetterRow]:
        """The letters of a case, oldest first."""
        with self._reading() as connection:
            return letters.of_case(connection, case_id)

    def letter_pdf(self, letter_id: str) -> bytes:
        """The bytes of a letter, checked against their SHA-256."""
        with self._reading() as connection:
            return letters.pdf(connection, self._log, letter_id)

    def letter_exported(self, letter_id: str, to: ExportKind, actor: Actor, now: datetime) -> None:
        """Note that a letter was exported; the audit has to what, not where."""
        with self.writing() as work:
            work.note(now, actor, letters.EXPORTED, "letter", letter_id, to=to)

    def exports(self, letter_id: str) -> list[ExportKind]:
        """To what a letter was exported from here."""
        with self._reading() as connection:
            return letters.exports(connection, self._log, letter_id)

    def queue_letter(
        self, letter_id: str, copies: int, two_sided: bool, actor: Actor, now: datetime
    ) -> QueuedLetter:
        """Put a kept letter in the print queue, once."""
        with self.writing() as work:
            entry, new = print_queue.add(work.connection, letter_id, copies, two_sided, now)
            if new:
                work.note(now, actor, "letter.queued", "letter", letter_id, queue=entry.number, copies=copies)
        return entry

    def queued_letters(self, *, done: bool = False) -> list[QueuedLetter]:
        """The print queue, oldest first."""
        with self._reading() as connection:
            return print_queue.entries(connection, done)

    def mark_queued(self, entry: QueuedLetter, actor: Actor, now: datetime) -> QueuedLetter:
        """Write an entry of the print queue; the audit has state, printer and job, not the reason's words."""
        with self.writing() as work:
            marked = print_queue.mark(work.connection, entry, now)
            work.note(
                now,
                actor,
                f"letter.print.{marked.state}",
                "letter",
                marked.letter_id,
                queue=marked.number,
                printer=marked.printer,
                job=marked.job,
            )
        return marked

    def kept_tasks(self, today: date) -> list[KeptTask]:
        """Every task whose day to be shown has come."""
        with self._reading() as connection:
            return tasks.seen(connection, today)

    def stale_tasks(self) -> int:
        """How many cases have tasks of another catalogue or program, or none at all."""
        with self._reading() as connection:
            return tasks.count_stale(connection, self.reckoning)

    def reckon_stale(self, after: int = 0, limit: int = 25) -> int | None:
        """Reckon some of them again; where to go on."""
        with self.writing() as work:
            return tasks.reckon_stale(work.connection, self.reckoning, after, limit)

    def setting(self, key: str) -> str | None:
        """A setting of this database (JSON text)."""
        with self._reading() as connection:
            return connection.execute(select(settings.c.value).where(settings.c.key == key)).scalar()

    def set_setting(self, key: str, value: str, actor: Actor, now: datetime) -> None:
        """Write a setting; the audit has its name, not its value."""
        with self.writing() as work:
            work.connection.execute(
                insert(settings)
                .values(key=key, value=value)
                .on_conflict_do_update(index_elements=[settings.c.key], set_={"value": value})
            )
            work.note(now, actor, "setting.changed", "setting", key)

    def verify_audit(self) -> int:
        """Check the whole audit log; the number of its entries. Raises AuditError naming the row."""
        # The head is read first: it may fall behind the database meanwhile, never run ahead of it.
        head = self.read_head()
        if isinstance(head, HeadError):
            raise AuditError(
                f"Logbogens kontrolfil {self.head_path} er ændret eller beskadiget. "
                "Gem en kopi af mappen, og sig det til it-afdelingen."
            )
        with self._reading() as connection:
            return self._log.verify(connection, head)

    @property
    def head_path(self) -> Path:
        """Where the audit's head is kept."""
        return self._head_file.path

    def read_head(self) -> Head | HeadError | None:
        """The audit's head as last written; None if its file is gone, HeadError if it was altered."""
        with in_danish(self.head_path):
            try:
                return self._head_file.read()
            except HeadError as damage:
                return damage

    def close(self) -> None:
        """Bring the write-ahead log into the database and close; safe to call twice."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            # Whoever else has the database open checks the log in later: nothing is lost by failing here.
            with contextlib.suppress(StoreError), in_danish(self._path), self._reader.connect() as connection:
                driver: Any = connection.connection.driver_connection
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._reader.dispose()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        self._must_be_open()
        with in_danish(self._path), self._reader.connect() as connection:
            try:
                yield connection
            finally:
                if self._closed:  # closed meanwhile: the pool that would keep this connection is gone
                    connection.detach()

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """One write transaction; the audit's head outside the database follows its commit."""
        with self._lock:
            self._must_be_open()
            with in_danish(self._path), self._writer.begin() as connection:
                work = Writing(connection, self._log)
                yield work
            if work.head is not None:
                # The commit stands. A head that could not be written is behind, which opening allows for.
                with contextlib.suppress(OSError):
                    self._head_file.write(work.head)

    def _must_be_open(self) -> None:
        if self._closed:
            raise StoreError("Databasen er lukket. Lås den op, og prøv igen.")

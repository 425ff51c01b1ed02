"""What the use cases need from outside: storage, letters, time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:  # the unlock screen needs the errors and names here, not the models yet
    from visitator_tui.domain.case import Case
    from visitator_tui.domain.edit import Change
    from visitator_tui.domain.letter_facts import LetterFacts, LetterKind
    from visitator_tui.domain.merge import Conflict
    from visitator_tui.domain.readability import Lix
    from visitator_tui.domain.standard import Standard

Clock = Callable[[], datetime]
"""Gives the current time with its zone; injected, so that tests own it."""


@dataclass(frozen=True)
class Actor:
    """Who does something, as the audit log names her: a user id and the device, never a CPR number."""

    user: str
    device: str = ""


@dataclass(frozen=True)
class Place:
    """Where in a case the visitator was: the step and, within it, the field (a path) or area."""

    step: str = "henvendelse"
    focus: str = ""
    cursor: int = 0


@dataclass(frozen=True)
class CaseRecord:
    """A stored case: the document, what was typed that does not yet fit a field, and the place.

    ``drafts`` maps a field's path to the raw text as typed (a half-written date, say), so that not a
    keystroke is lost. ``revision`` counts the saves; a save with an older one is refused.
    """

    id: str
    revision: int
    case: Case
    drafts: Mapping[str, str] = field(default_factory=dict)
    place: Place = Place()
    changed_at: datetime | None = None
    letters: int = 0
    changed_by: str = ""


@dataclass(frozen=True)
class CaseRow:
    """A case as the list shows it. ``decided_on`` is the day of the decision made last, empty while none is."""

    id: str
    name: str
    birth_date: str
    municipality: str
    received_on: str
    decided_on: str
    state: str
    letters: int
    changed_at: datetime


@dataclass(frozen=True)
class LetterRow:
    """A made letter: immutable bytes with their SHA-256."""

    id: str
    case_id: str
    kind: str
    made_at: datetime
    sha256: str
    size: int


class StoreError(Exception):
    """Storage failed; the message is Danish and says what to do."""


class DamagedLetterError(StoreError):
    """A kept letter is not as it was made; it must not be used."""


class StaleError(StoreError):
    """Somebody else saved the case since it was read."""


VISITATOR_NAME = "visitator_name"
"""The setting that holds the visitator's name as it stands in letters."""


ExportKind = Literal["folder", "digital_post"]
"""What a letter is exported as: the PDF in a folder, or a message for Digital Post."""


class CaseStore(Protocol):
    """The open, encrypted database on this laptop."""

    def rows(self, search: str = "", limit: int | None = None) -> list[CaseRow]:
        """Cases whose name, address or texts match, newest change first."""

    def create(self, case: Case, actor: Actor, now: datetime) -> CaseRecord:
        """Store a new case, with its audit entry."""

    def load(self, case_id: str) -> CaseRecord:
        """Read one case; StoreError if it does not exist."""

    def save(
        self,
        record: CaseRecord,
        changes: Sequence[Change],
        actor: Actor,
        now: datetime,
        disputed: Sequence[Conflict] = (),
    ) -> CaseRecord:
        """Write a case with an audit entry of the changed paths, in one transaction.

        ``disputed`` are fields in which the record goes against what has just come from elsewhere. Returns
        the record with its new revision. Raises StaleError when ``record.revision`` is old.
        """

    def remember_place(self, case_id: str, place: Place) -> None:
        """Keep where in the case the visitator is (also which case was open last)."""

    def last_open(self) -> str | None:
        """The case that was open when the program ended, cleanly or not; None after the list."""

    def leave(self) -> None:
        """The visitator went back to the list: no case is open."""

    def add_letter(
        self,
        case_id: str,
        kind: str,
        pdf: bytes,
        actor: Actor,
        now: datetime,
        tells: Callable[[Case], Case] | None = None,
    ) -> LetterRow:
        """Keep a made letter for good, with an audit entry.

        ``tells`` is what the letter changes in its case, as the case stands; both are kept, or neither.
        """

    def make_decision(
        self, record: CaseRecord, pdf: bytes, actor: Actor, now: datetime, kind: str = "afgoerelse"
    ) -> tuple[CaseRecord, LetterRow]:
        """Keep the decision's letter and the decision as made, in one transaction: both or neither.

        ``record.case`` is the case the letter was written from. Raises StaleError when the stored case is
        another by now, ValueError (Danish) when its decision is made already.
        """

    def letters(self, case_id: str) -> list[LetterRow]:
        """The letters of a case, oldest first."""

    def letter_pdf(self, letter_id: str) -> bytes:
        """The bytes of a letter; StoreError if they no longer match their SHA-256."""

    def letter_exported(self, letter_id: str, to: ExportKind, actor: Actor, now: datetime) -> None:
        """Note for good that a letter has been given to another system as a file."""

    def exports(self, letter_id: str) -> list[ExportKind]:
        """To what a letter was exported from here, oldest first."""

    def setting(self, key: str) -> str | None:
        """A setting of this database (JSON text)."""

    def set_setting(self, key: str, value: str, actor: Actor, now: datetime) -> None:
        """Write a setting, with an audit entry."""

    def close(self) -> None:
        """Check the log in and close; safe to call twice."""


class Vault(Protocol):
    """The locked database: whether it is there, creating it, opening it."""

    def exists(self) -> bool:
        """Whether a database has been created on this machine."""

    def create(self, passphrase: str, now: datetime) -> CaseStore:
        """Create the key file and the database, and open it."""

    def open(self, passphrase: str, now: datetime) -> CaseStore:
        """Open it. Raises WrongPassphraseError or StoreError."""


class WrongPassphraseError(StoreError):
    """The passphrase does not open the key file."""


class Catalogues(Protocol):
    """The standards that are at hand."""

    def all(self) -> tuple[Standard, ...]:
        """Every catalogue, shipped and own."""

    def in_force(self, municipality: str, on: date) -> Standard:
        """The municipality's standard on a date; NoStandardError if there is none."""


class NoStandardError(Exception):
    """No catalogue covers the municipality on the date; the message is Danish."""


@dataclass(frozen=True)
class Letterhead:
    """How the municipality presents itself in a letter; empty parts are left out.

    ``show_cpr``: the municipality wants the citizen's CPR number in its letters.
    """

    municipality: str
    unit: str
    address: tuple[str, ...] = ()
    phone: str = ""
    hours: str = ""
    email: str = ""
    logo: Path | None = None
    show_cpr: bool = False

    @property
    def lack(self) -> str:
        """What keeps a citizen from calling or coming, and who mends it, in Danish; empty where a way is given."""
        if self.phone or self.address:
            return ""
        return "Brevhovedet mangler telefon og adresse. It-afdelingen skriver dem i visitator.toml."


class LetterError(Exception):
    """No letter can be made. The message is Danish; ``missing`` is the list to show under it, if any."""

    def __init__(self, message: str, missing: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.missing = missing


class LetterPress(Protocol):
    """Makes letters of every kind; without ``kind`` the decision letter.

    ``facts`` is what a letter says that the case does not hold. Every method raises LetterError, with what
    is missing, while the letter cannot be made.
    """

    def text(
        self,
        case: Case,
        standard: Standard,
        letterhead: Letterhead,
        width: int = 78,
        kind: LetterKind = "afgoerelse",
        facts: LetterFacts = ...,
    ) -> str:
        """The letter as plain text, for the terminal."""

    def readability(
        self,
        case: Case,
        standard: Standard,
        letterhead: Letterhead,
        kind: LetterKind = "afgoerelse",
        facts: LetterFacts = ...,
    ) -> Lix:
        """How hard the letter is to read, with the sentences that make it so."""

    def pdf(
        self,
        case: Case,
        standard: Standard,
        letterhead: Letterhead,
        kind: LetterKind = "afgoerelse",
        facts: LetterFacts = ...,
    ) -> bytes:
        """The letter as PDF."""


class QueueState(StrEnum):
    """Where a letter is on its way to paper; ``QUEUE_STATES`` names it in Danish.

    SENDING: the printer's job is known, its bytes may not all be there. UNCERTAIN: only a person who looks
    in the printer's tray can say whether it came out.
    """

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    PRINTED = "printed"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    REMOVED = "removed"


QUEUE_STATES: Mapping[QueueState, str] = {
    QueueState.WAITING: "venter",
    QueueState.SENDING: "sendes til printer",
    QueueState.SENT: "sendt til printer",
    QueueState.PRINTED: "printet",
    QueueState.UNCERTAIN: "uvist, om det er printet",
    QueueState.FAILED: "fejlet",
    QueueState.REMOVED: "taget ud",
}
"""What the screens call the states."""


@dataclass(frozen=True)
class QueuedLetter:
    """A kept letter in the queue »til print«.

    ``number`` counts up in the order of queueing. ``name`` is the citizen's, for the screen only. ``job`` is
    the printer's own id of the last attempt, ``reason`` why the letter waits or failed (Danish).
    """

    number: int
    revision: int
    letter_id: str
    case_id: str
    name: str
    kind: str
    made_at: datetime
    copies: int
    two_sided: bool
    state: QueueState
    printer: str
    job: str
    reason: str
    changed_at: datetime


class LetterQueue(Protocol):
    """The letters that wait for a printer; kept in the store, so that they survive restarts."""

    def queue_letter(
        self, letter_id: str, copies: int, two_sided: bool, actor: Actor, now: datetime
    ) -> QueuedLetter:
        """Put a kept letter at the end; the entry that is there already while it is not printed. StoreError."""

    def queued_letters(self, *, done: bool = False) -> list[QueuedLetter]:
        """What is not on paper yet, oldest first; with ``done`` also the printed and the removed."""

    def mark_queued(self, entry: QueuedLetter, actor: Actor, now: datetime) -> QueuedLetter:
        """Write the entry's state, printer, job and reason, with an audit entry.

        Raises StaleError when somebody else changed it since it was read: nothing is written then.
        """

    def letter_pdf(self, letter_id: str) -> bytes:
        """The bytes of a letter; DamagedLetterError if they are not those that were made."""


class PrinterError(Exception):
    """Nothing was printed; the message is Danish, says why and how to mend it."""


class UncertainPrintError(PrinterError):
    """It cannot be known whether the letter comes out; a person has to look."""


@dataclass(frozen=True)
class PrinterInfo:
    """A printer as the visitator chooses it. ``two_sided`` is None where the system does not say."""

    name: str
    about: str
    default: bool
    ready: bool
    state: str
    two_sided: bool | None = None


class JobState(StrEnum):
    """What became of a job. INCOMPLETE: the printer has not got all bytes. UNKNOWN: it knows no such job."""

    INCOMPLETE = "incomplete"
    UNDER_WAY = "under_way"
    PRINTED = "printed"
    CANCELLED = "cancelled"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class JobStatus:
    """A job's state and what to say of it (Danish)."""

    state: JobState
    text: str


class Printer(Protocol):
    """The system's printers. Every method may take seconds (never on the screen's thread) and raises PrinterError."""

    def printers(self) -> tuple[PrinterInfo, ...]:
        """All printers, the default first; empty when there is none."""

    def print(
        self,
        pdf: bytes,
        printer: str = "",
        *,
        copies: int = 1,
        two_sided: bool = False,
        title: str = "Brev",
        started: Callable[[str], None] = lambda _: None,
    ) -> str:
        """Hand the bytes over unchanged; the job's id. An empty ``printer`` is the system's default.

        ``title`` is seen by others in the printer's list: nothing personal. ``started`` gets the id before
        any byte is handed over; if it raises, nothing is printed.
        """

    def job(self, job: str) -> JobStatus:
        """What became of a job."""

    def cancel(self, job: str) -> None:
        """Stop a job, if it has not ended."""


class ExportError(Exception):
    """A letter cannot be exported; the message is Danish and says how to mend it."""


@dataclass(frozen=True)
class DigitalPost:
    """What a Digital Post message needs beside the letter: ``cvr`` and ``sender`` are the municipality's.

    ``cpr`` is the citizen's number as the case has it, ``title`` what she reads in her list of messages.
    """

    cvr: str
    sender: str
    cpr: str | None
    title: str


class LetterExport(Protocol):
    """Letters as files for other systems. Raises ExportError."""

    def to_folder(self, folder: Path, letter: LetterRow, pdf: bytes) -> Path:
        """Write the PDF under a name that tells nothing, and beside it its SHA-256 as JSON; the PDF's path."""

    def to_digital_post(self, folder: Path, letter: LetterRow, pdf: bytes, post: DigitalPost) -> Path:
        """Write a MeMo 1.2 message with the PDF in it; its path. Sending it is for another program."""

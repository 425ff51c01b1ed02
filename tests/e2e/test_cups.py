"""Letters on a real CUPS: byte for byte, or a message and the letter waits. And never twice."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cups_server import CUPSD, CupsServer, cups_server, until

from visitator_tui.cli import main
from visitator_tui.domain.case import Case
from visitator_tui.printing import system_printer
from visitator_tui.store import SqlCipherVault, keyfile
from visitator_tui.store.connection import connect
from visitator_tui.store.store import SqlCipherStore
from visitator_tui.usecases.letter_queue import LetterPrinting, PrintRun, queue_text
from visitator_tui.usecases.ports import (
    Actor,
    JobState,
    Printer,
    PrinterError,
    QueuedLetter,
    QueueState,
)

pytestmark = pytest.mark.skipif(
    CUPSD is None and not os.environ.get("CI"), reason="cupsd is not installed (Debian: cups-daemon)"
)

NOW = datetime(2017, 3, 8, 9, 30, tzinfo=UTC)
ANNA = Actor("anna", "pc-1")
PASSPHRASE = "blå heste på række"
CHEAP = keyfile.KdfCost(memory_kib=8, iterations=1, lanes=1)


def a_pdf(number: int = 0, size: int = 60_000) -> bytes:
    """Bytes that are a PDF to CUPS and hold every byte value, also those that text filters change."""
    return (
        b"%PDF-1.7\n" + number.to_bytes(4, "big") + bytes(range(256)) * (size // 256) + b"\r\n\x04\n%%EOF\n"
    )


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CupsServer]:
    """One server for tests that leave no trace in it."""
    with cups_server(tmp_path_factory.mktemp("cups")) as server:
        yield server


@pytest.fixture
def server(tmp_path: Path) -> Iterator[CupsServer]:
    """A server for one test."""
    (tmp_path / "cups").mkdir()
    with cups_server(tmp_path / "cups") as fresh:
        yield fresh


def settled(printer: Printer, job: str) -> JobState:
    """The state in which a job ends."""
    ended = (JobState.PRINTED, JobState.CANCELLED, JobState.FAILED, JobState.UNKNOWN)

    def probe() -> JobState | None:
        state = printer.job(job).state
        return state if state in ended else None

    state = until(probe, f"{job} ends")
    assert state is not None
    return state


# -- the printer itself ------------------------------------------------------------------------------


@pytest.mark.parametrize("over_socket", [False, True], ids=["loopback", "local socket"])
@pytest.mark.parametrize(("copies", "two_sided"), [(1, False), (3, True)])
def test_a_letter_arrives_byte_for_byte_with_copies_and_sides(
    shared: CupsServer, over_socket: bool, copies: int, two_sided: bool
) -> None:
    printer = shared.printer(over_socket=over_socket)
    pdf = a_pdf(copies)
    job = printer.print(pdf, "Kontor", copies=copies, two_sided=two_sided, title="Brev 7")
    number = shared.next_printed()
    assert job == f"Kontor-{number}"
    assert shared.received(number) == pdf
    options = shared.options(number)
    assert f"copies={copies}\n" in options
    assert ("sides=two-sided-long-edge" if two_sided else "sides=one-sided") in options
    assert ("Duplex=DuplexNoTumble" if two_sided else "Duplex=None") in options, "what the driver is told"
    assert "PageSize=A4" in options
    assert "print-scaling=none" in options, "or the address leaves the window"
    assert "title=Brev 7\n" in options
    assert settled(printer, job) is JobState.PRINTED


def test_a_large_letter_arrives_whole(shared: CupsServer) -> None:
    pdf = a_pdf(size=20_000_000)
    shared.printer(over_socket=True).print(pdf)
    assert hashlib.sha256(shared.received(shared.next_printed())).digest() == hashlib.sha256(pdf).digest()


def test_the_printers_are_listed_with_state_and_default_first(shared: CupsServer) -> None:
    listed = {one.name: one for one in shared.printer().printers()}
    assert next(iter(listed)) == "Kontor"
    assert [name for name, one in listed.items() if one.default] == ["Kontor"]
    assert listed["Kontor"].about == "Kontoret på 1. sal"
    assert (listed["Kontor"].state, listed["Kontor"].ready, listed["Kontor"].two_sided) == (
        "klar",
        True,
        True,
    )
    assert listed["Enkelt"].two_sided is False
    assert (listed["Slukket"].state, listed["Slukket"].ready) == ("sat på pause", False)
    assert (listed["Afviser"].state, listed["Afviser"].ready) == ("tager ikke imod udskrifter", False)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("Findes ikke", "»Findes ikke« findes ikke på denne maskine. Vælg en anden"),
        ("Slukket", "»Slukket« kan ikke bruges nu: sat på pause"),
        ("Afviser", "»Afviser« kan ikke bruges nu: tager ikke imod udskrifter"),
        ("Enkelt", "»Enkelt« kan ikke printe på begge sider"),
    ],
)
def test_a_printer_that_cannot_take_the_letter_is_told_before_any_job_is_made(
    shared: CupsServer, name: str, says: str
) -> None:
    jobs: list[str] = []
    with pytest.raises(PrinterError, match=says):
        shared.printer().print(a_pdf(), name, two_sided=True, started=jobs.append)
    assert jobs == []


def test_the_job_is_known_before_a_byte_is_sent_and_nothing_comes_out_if_it_cannot_be_written_down(
    shared: CupsServer,
) -> None:
    printer = shared.printer()
    seen: list[str] = []

    def started(job: str) -> None:
        seen.append(job)
        assert printer.job(job).state is JobState.INCOMPLETE
        raise RuntimeError("the disk is full")

    before = shared.all_received()
    with pytest.raises(RuntimeError):
        printer.print(a_pdf(), started=started)
    assert printer.job(seen[0]).state is JobState.CANCELLED
    assert shared.all_received() == before


def test_a_job_that_is_cancelled_or_given_up_says_so(shared: CupsServer) -> None:
    printer = shared.printer()
    job = printer.print(a_pdf(), "Langsom")
    until(lambda: printer.job(job).text == "Printer nu.", "it prints")
    printer.cancel(job)
    printer.cancel(job)
    assert settled(printer, job) is JobState.CANCELLED
    assert "annulleret" in printer.job(job).text
    refused = printer.print(a_pdf(), "Opgiver")
    assert settled(printer, refused) is JobState.FAILED


def test_jobs_that_are_not_ours_are_not_known_and_cannot_be_cancelled(shared: CupsServer) -> None:
    printer = shared.printer()
    assert printer.job("Kontor-9999").state is JobState.UNKNOWN
    printer.cancel("Kontor-9999")
    job = printer.print(a_pdf(), "Kontor")
    shared.next_printed()
    number = job.rpartition("-")[2]
    assert printer.job(f"Enkelt-{number}").state is JobState.UNKNOWN, "the same number at another printer"
    with pytest.raises(PrinterError, match="hører ikke til"):
        printer.job("brev12ab")
    slow = printer.print(a_pdf(), "Langsom")
    with pytest.raises(PrinterError, match="ikke ret til"):
        shared.printer(user="en anden").cancel(slow)
    printer.cancel(slow)


def test_the_users_own_default_goes_before_the_machines(shared: CupsServer, tmp_path: Path) -> None:
    (tmp_path / ".cups").mkdir()
    (tmp_path / ".cups" / "lpoptions").write_text("Dest Kontor x=1\nDefault Enkelt/udkast media=A4\n")
    printer = shared.printer()
    printer._home = tmp_path
    assert printer.printers()[0].name == "Enkelt"
    printer._environment = {"LPDEST": "Langsom"}
    assert printer.printers()[0].name == "Langsom"


def test_a_machine_without_printers_says_so(tmp_path: Path) -> None:
    bare = CupsServer(tmp_path, queues=())
    bare.start()
    try:
        assert bare.printer().printers() == ()
        with pytest.raises(PrinterError, match="Der er ingen printer på denne maskine"):
            bare.printer().print(a_pdf())
    finally:
        bare.close()


def test_a_machine_without_a_default_printer_names_those_there_are(tmp_path: Path) -> None:
    server = CupsServer(tmp_path, default="")
    server.start()
    try:
        with pytest.raises(PrinterError, match=r"ingen standardprinter.*Afviser, Enkelt, Kontor"):
            server.printer().print(a_pdf())
    finally:
        server.close()


# -- the queue on it ---------------------------------------------------------------------------------


@contextmanager
def opened(folder: Path) -> Iterator[SqlCipherStore]:
    """The database of a folder, as a new start of the program finds it."""
    vault = SqlCipherVault(folder, "pc-1", cost=CHEAP)
    store = vault.open(PASSPHRASE, NOW) if vault.exists() else vault.create(PASSPHRASE, NOW)
    try:
        yield store
    finally:
        store.close()


def with_letters(folder: Path, count: int, copies: int = 1, two_sided: bool = False) -> list[bytes]:
    """A database with a queue of letters; their bytes in order."""
    pdfs = [a_pdf(number) for number in range(count)]
    with opened(folder) as store:
        case_id = store.create(Case(municipality="helsingor"), ANNA, NOW).id
        for pdf in pdfs:
            letter = store.add_letter(case_id, "afgoerelse", pdf, ANNA, NOW)
            store.queue_letter(letter.id, copies, two_sided, ANNA, NOW)
    return pdfs


def desk(store: SqlCipherStore, printer: Printer) -> LetterPrinting:
    return LetterPrinting(store, printer, ANNA, lambda: NOW)


def states(folder: Path) -> list[QueueState]:
    with opened(folder) as store:
        return [entry.state for entry in store.queued_letters(done=True)]


def all_settled(printing: LetterPrinting) -> list[QueuedLetter]:
    """The queue, once the printer is done with what it was given."""

    def probe() -> bool:
        return all(entry.state is not QueueState.SENT for entry in printing.refresh())

    until(probe, "the printer is done")
    return printing.entries(done=True)


def test_the_letters_wait_through_a_restart_and_come_out_in_order_as_they_were_made(
    server: CupsServer, tmp_path: Path
) -> None:
    pdfs = with_letters(tmp_path / "data", 5, copies=2, two_sided=True)
    with opened(tmp_path / "data") as store:
        printing = desk(store, server.printer())
        assert queue_text(printing.entries()) == "5 breve venter på at blive printet."
        told: list[QueueState] = []
        run = printing.print_all(told=lambda entry: told.append(entry.state))
        assert run.text() == "5 breve er sendt til printeren."
        assert told == [QueueState.SENT] * 5
        numbers = [server.next_printed() for _ in pdfs]
        assert [server.received(number) for number in numbers] == pdfs
        assert all("copies=2\n" in server.options(number) for number in numbers)
        assert all("Duplex=DuplexNoTumble" in server.options(number) for number in numbers)
        assert {entry.state for entry in all_settled(printing)} == {QueueState.PRINTED}
        assert printing.entries() == []
        assert printing.print_all() == PrintRun(), "what is printed is not printed again"
    assert server.all_received() == pdfs


@pytest.mark.parametrize(
    ("name", "says"),
    [("Mangler", "findes ikke"), ("Slukket", "sat på pause"), ("Afviser", "tager ikke imod")],
)
def test_without_a_printer_there_is_a_message_and_the_letters_wait(
    shared: CupsServer, tmp_path: Path, name: str, says: str
) -> None:
    with_letters(tmp_path, 3)
    with opened(tmp_path) as store:
        run = desk(store, shared.printer()).print_all(name)
        assert says in run.stopped
        assert run.text() == run.stopped
    with opened(tmp_path) as store:
        waiting = store.queued_letters()
        assert [entry.state for entry in waiting] == [QueueState.WAITING] * 3
        assert says in waiting[0].reason, "the message is there after a restart too"


def test_when_cups_does_not_run_the_letters_wait_and_print_when_it_does(
    server: CupsServer, tmp_path: Path
) -> None:
    pdfs = with_letters(tmp_path / "data", 2)
    server.stop()
    with opened(tmp_path / "data") as store:
        printing = desk(store, server.printer())
        assert "CUPS) kører ikke på denne maskine" in printing.print_all().stopped
        server.start()
        assert printing.print_all().stopped == ""
        assert [server.received(server.next_printed()) for _ in pdfs] == pdfs


def test_a_job_cancelled_at_the_printer_is_told_and_the_letter_waits(
    server: CupsServer, tmp_path: Path
) -> None:
    (pdf,) = with_letters(tmp_path / "data", 1)
    with opened(tmp_path / "data") as store:
        printing = desk(store, server.printer())
        (sent,) = printing.print_all("Langsom").sent
        server.printer().cancel(sent.job)
        (waits,) = all_settled(printing)
        assert waits.state is QueueState.WAITING
        assert "annulleret" in waits.reason
        printing.print_all("Kontor")
        assert server.received(server.next_printed()) == pdf
    assert server.all_received() == [pdf]


def test_the_visitator_takes_a_letter_back_from_the_printer(server: CupsServer, tmp_path: Path) -> None:
    with_letters(tmp_path / "data", 1)
    with opened(tmp_path / "data") as store:
        printing = desk(store, server.printer())
        (sent,) = printing.print_all("Langsom").sent
        printing.cancel(sent)
        (waits,) = all_settled(printing)
        assert waits.state is QueueState.WAITING
        assert printing.remove(waits).state is QueueState.REMOVED
        assert printing.print_all("Kontor") == PrintRun()
    assert server.all_received() == []


def test_a_letter_the_printer_gave_up_is_failed_until_the_visitator_tries_again(
    server: CupsServer, tmp_path: Path
) -> None:
    (pdf,) = with_letters(tmp_path / "data", 1)
    with opened(tmp_path / "data") as store:
        printing = desk(store, server.printer())
        printing.print_all("Opgiver")
        (failed,) = all_settled(printing)
        assert failed.state is QueueState.FAILED
        assert "opgav" in failed.reason
        assert printing.print_all("Kontor") == PrintRun()
        printing.retry(failed)
        printing.print_all("Kontor")
        assert server.received(server.next_printed()) == pdf


class Killed(BaseException):
    """The program's end at a chosen moment: nothing catches it, nothing is written after it."""


class DyingStore:
    """The store until a mark of the chosen state: the program dies just before or just after it."""

    def __init__(self, store: SqlCipherStore, state: QueueState, after: bool) -> None:
        self._store, self._state, self._after = store, state, after
        self.queue_letter, self.queued_letters = store.queue_letter, store.queued_letters
        self.letter_pdf = store.letter_pdf

    def mark_queued(self, entry: QueuedLetter, actor: Actor, now: datetime) -> QueuedLetter:
        """Die at the moment."""
        if entry.state is self._state and not self._after:
            raise Killed
        marked = self._store.mark_queued(entry, actor, now)
        if entry.state is self._state:
            raise Killed
        return marked


@pytest.mark.parametrize(
    ("state", "after"),
    [
        (QueueState.SENDING, False),
        (QueueState.SENDING, True),
        (QueueState.SENT, False),
        (QueueState.SENT, True),
    ],
    ids=["before the id is kept", "before a byte is sent", "when all is sent", "when that is kept"],
)
def test_a_crash_at_any_moment_prints_every_letter_once(
    server: CupsServer, tmp_path: Path, state: QueueState, after: bool
) -> None:
    pdfs = with_letters(tmp_path / "data", 3)
    printer = server.printer()
    # The dead do not cancel their jobs: CUPS is left with the empty one.
    printer._cancel_quietly = lambda job: None  # type: ignore[method-assign]
    with opened(tmp_path / "data") as store, pytest.raises(Killed):
        LetterPrinting(DyingStore(store, state, after), printer, ANNA, lambda: NOW).print_all()
    with opened(tmp_path / "data") as store:
        printing = desk(store, server.printer())
        assert printing.print_all().stopped == ""
        assert {entry.state for entry in all_settled(printing)} == {QueueState.PRINTED}
        store.verify_audit()
    assert sorted(server.all_received()) == pdfs
    for _ in pdfs:
        server.next_printed()


def test_two_windows_that_print_at_once_print_every_letter_once(server: CupsServer, tmp_path: Path) -> None:
    pdfs = with_letters(tmp_path / "data", 4)
    with opened(tmp_path / "data") as one, opened(tmp_path / "data") as other:
        second = desk(other, server.printer())
        # Each time the first has a letter's job and has not yet written it down, the second prints all.
        first = desk(one, BeforeStarted(server.printer(), second.print_all))
        first.print_all()
        assert {entry.state for entry in all_settled(second)} == {QueueState.PRINTED}
    assert server.all_received() == pdfs


class BeforeStarted:
    """A printer with somebody else at work between its job and the note of it."""

    def __init__(self, printer: Printer, meanwhile: Callable[[], object]) -> None:
        self._printer, self._meanwhile = printer, meanwhile
        self.printers, self.job, self.cancel = printer.printers, printer.job, printer.cancel

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
        """Print, with the other one in between."""

        def told(job: str) -> None:
            self._meanwhile()
            started(job)

        return self._printer.print(
            pdf, printer, copies=copies, two_sided=two_sided, title=title, started=told
        )


def test_a_letter_that_was_tampered_with_is_noticed_and_not_printed(
    server: CupsServer, tmp_path: Path
) -> None:
    pdfs = with_letters(tmp_path / "data", 3)
    data_key = keyfile.unlock(tmp_path / "data" / "visitator.key", PASSPHRASE)
    hand = connect(tmp_path / "data" / "visitator.db", keyfile.derived_key(data_key, "database"))
    hand.execute("DROP TRIGGER letters_no_update")
    flipped = bytearray(pdfs[1])
    flipped[1000] ^= 1
    hand.execute("UPDATE letters SET pdf = ? WHERE number = 2", (bytes(flipped),))
    hand.close()
    with opened(tmp_path / "data") as store:
        printing = desk(store, server.printer())
        run = printing.print_all()
        assert (len(run.sent), len(run.failed)) == (2, 1)
        assert "ikke længere, som det blev lavet" in run.text()
        assert [entry.state for entry in all_settled(printing)] == [
            QueueState.PRINTED,
            QueueState.FAILED,
            QueueState.PRINTED,
        ]
    assert server.all_received() == [pdfs[0], pdfs[2]]


def test_nothing_of_the_citizen_stands_in_the_printers_list_or_log(
    server: CupsServer, tmp_path: Path
) -> None:
    with opened(tmp_path / "data") as store:
        case = Case.model_validate(
            {"municipality": "helsingor", "citizen": {"name": "Zinnoberrød Hansen", "cpr": "010203-1234"}}
        )
        letter = store.add_letter(store.create(case, ANNA, NOW).id, "afgoerelse", a_pdf(), ANNA, NOW)
        store.queue_letter(letter.id, 1, False, ANNA, NOW)
        desk(store, server.printer()).print_all()
        server.next_printed()
    server.stop()
    files = [file for file in (tmp_path / "cups").rglob("*") if file.is_file() and file.suffix != ".pdf"]
    assert any(b"Brev 1" in file.read_bytes() for file in files)
    assert not [file for file in files if b"innoberr" in file.read_bytes() or b"010203" in file.read_bytes()]


# -- the commands ------------------------------------------------------------------------------------


@pytest.fixture
def on_the_server(shared: CupsServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> CupsServer:
    """The commands' own way to CUPS, with the test's server in CUPS_SERVER."""
    for name in ("LPDEST", "PRINTER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CUPS_SERVER", f"127.0.0.1:{shared.port}")
    return shared


def test_the_command_lists_printers(on_the_server: CupsServer, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["printers"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "* Kontor - Kontoret på 1. sal: klar"
    assert "  Slukket - Slukket printer: sat på pause" in lines
    assert "  Enkelt - Kan kun én side: klar; kun én side" in lines


def test_the_command_prints_a_file_byte_for_byte(
    on_the_server: CupsServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "brev.pdf"
    file.write_bytes(a_pdf(9))
    assert main(["print", str(file), "--copies", "2", "--two-sided"]) == 0
    number = on_the_server.next_printed()
    assert f"udskrift Kontor-{number}" in capsys.readouterr().out
    assert on_the_server.received(number) == a_pdf(9)
    assert "copies=2\n" in on_the_server.options(number)
    assert "Duplex=DuplexNoTumble" in on_the_server.options(number)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["--printer", "Mangler"], "Printeren »Mangler« findes ikke"),
        (["--copies", "0"], "helt tal fra 1 til 99"),
        (["--copies", "to"], "helt tal fra 1 til 99"),
    ],
)
def test_the_command_says_in_danish_what_is_wrong(
    on_the_server: CupsServer, tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str], says: str
) -> None:
    file = tmp_path / "brev.pdf"
    file.write_bytes(a_pdf())
    assert main(["print", str(file), *more]) == 2
    assert says in capsys.readouterr().err


def test_only_a_pdf_is_printed(
    on_the_server: CupsServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "brev.pdf"
    file.write_bytes(b"PK\x03\x04")
    assert main(["print", str(file)]) == 2
    assert "er ikke en PDF" in capsys.readouterr().err


def test_the_system_printer_finds_the_server_by_its_socket(
    shared: CupsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUPS_SERVER", str(shared.socket))
    assert [one.name for one in system_printer().printers() if one.ready]

"""Windows printing, as far as it can be seen anywhere: the commands, what is read, and the private file."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from visitator_tui.printing.windows import WindowsPrinter, run_hidden
from visitator_tui.printing.windows_commands import (
    Command,
    cancel_command,
    job_command,
    read_job,
    read_printers,
    sumatra_command,
    sumatra_places,
    verb_for,
)
from visitator_tui.usecases.ports import JobState, PrinterError, UncertainPrintError

PDF = b"%PDF-1.7\n" + bytes(range(256))
SUMATRA = r"C:\Programmer\SumatraPDF.exe"


def a_printer(name: str = "Kontor", **more: Any) -> dict[str, Any]:
    """A printer as Windows describes one that is well."""
    return {
        "Name": name,
        "Comment": None,
        "Default": False,
        "WorkOffline": False,
        "PrinterStatus": 3,
        "PrinterState": 0,
        "DetectedErrorState": 0,
        "Capabilities": [2, 3, 4],
    } | more


def as_json(*printers: dict[str, Any]) -> bytes:
    return json.dumps(list(printers), ensure_ascii=False).encode()


# -- the commands ------------------------------------------------------------------------------------


def test_sumatra_is_told_printer_copies_and_sides_as_separate_arguments() -> None:
    assert sumatra_command(SUMATRA, "Åses printer", 3, True, r"C:\t\brev1.pdf") == (
        SUMATRA,
        "-print-to",
        "Åses printer",
        "-print-settings",
        "noscale,paper=A4,duplexlong,3x",
        "-silent",
        r"C:\t\brev1.pdf",
    )
    default = sumatra_command(SUMATRA, "", 1, False, "b.pdf")
    assert default[1:4] == ("-print-to-default", "-print-settings", "noscale,paper=A4,simplex,1x")


def test_sumatra_is_looked_for_where_its_installer_puts_it() -> None:
    found = sumatra_places(
        {"LOCALAPPDATA": r"C:\Users\anna\AppData\Local", "ProgramFiles": r"C:\Program Files"}
    )
    assert found == (
        r"C:\Users\anna\AppData\Local\SumatraPDF\SumatraPDF.exe",
        r"C:\Program Files\SumatraPDF\SumatraPDF.exe",
    )


def test_the_shell_prints_on_the_default_printer_or_on_a_named_one() -> None:
    assert verb_for("", "Kontor") == verb_for("Kontor", "Kontor") == ("print", "")
    assert verb_for("Stuen 2", "Kontor") == ("printto", '"Stuen 2"')


@pytest.mark.parametrize("make", [job_command, cancel_command])
def test_nothing_but_our_own_job_names_stands_in_a_command(make: Callable[[str], Command]) -> None:
    assert any("brev12ab" in part for part in make("brev12ab"))
    for other in ("Kontor-12", "brev*", "x'; Remove-Item C:\\", ""):
        with pytest.raises(PrinterError, match="hører ikke til"):
            make(other)


# -- what is read ------------------------------------------------------------------------------------


def test_printers_are_read_with_the_default_first() -> None:
    found = read_printers(
        b"\xef\xbb\xbf" + as_json(a_printer("A"), a_printer("Øst", Default=True, Comment="Stuen, øst"))
    )
    assert [one.name for one in found] == ["Øst", "A"]
    assert (found[0].about, found[0].default, found[0].two_sided) == ("Stuen, øst", True, True)
    assert (found[1].about, found[1].state, found[1].ready) == ("A", "klar", True)


@pytest.mark.parametrize(
    ("given", "state", "ready"),
    [
        ({"PrinterStatus": 4}, "printer", True),
        ({"PrinterStatus": 7}, "slukket eller uden forbindelse", False),
        ({"WorkOffline": True}, "slukket eller uden forbindelse", False),
        ({"PrinterState": 1}, "sat på pause", False),
        ({"PrinterStatus": 6}, "standset", False),
        ({"DetectedErrorState": 4}, "klar; mangler papir", True),
        ({"DetectedErrorState": 9, "PrinterStatus": 7}, "slukket eller uden forbindelse", False),
        ({"PrinterStatus": None, "PrinterState": None, "DetectedErrorState": None}, "klar", True),
    ],
)
def test_a_printers_state_is_danish(given: dict[str, Any], state: str, ready: bool) -> None:
    (found,) = read_printers(as_json(a_printer(**given)))
    assert (found.state, found.ready) == (state, ready)


def test_one_printer_is_read_as_well_as_none() -> None:
    assert [one.name for one in read_printers(json.dumps(a_printer()).encode())] == ["Kontor"]
    assert read_printers(b"") == read_printers(b"[]") == ()
    with pytest.raises(PrinterError, match="kan ikke læses"):
        read_printers(b"Get-CimInstance : Access denied")


def test_a_printer_that_says_nothing_of_sides_cannot_print_on_both() -> None:
    assert read_printers(as_json(a_printer(Capabilities=None)))[0].two_sided is False


@pytest.mark.parametrize(
    ("mask", "state", "says"),
    [
        (0, JobState.UNDER_WAY, "sin tur"),
        (0x10, JobState.UNDER_WAY, "sin tur"),
        (0x01, JobState.UNDER_WAY, "pause"),
        (0x02, JobState.UNDER_WAY, "fejl"),
        (0x20, JobState.UNDER_WAY, "slukket"),
        (0x40, JobState.UNDER_WAY, "papir"),
        (0x80, JobState.PRINTED, "printet"),
        (0x04, JobState.CANCELLED, "annulleret"),
        (0x100 | 0x80, JobState.CANCELLED, "annulleret"),
    ],
)
def test_a_jobs_state_is_danish(mask: int, state: JobState, says: str) -> None:
    status = read_job(json.dumps([{"JobId": 3, "StatusMask": mask}]).encode())
    assert status.state is state
    assert says in status.text


def test_a_job_that_windows_has_forgotten_is_for_a_person_to_answer() -> None:
    assert read_job(b"[]").state is JobState.UNKNOWN


# -- printing ----------------------------------------------------------------------------------------


class Machine:
    """What a Windows machine would do with our commands; remembers the files as they were read."""

    def __init__(self, *printers: dict[str, Any]) -> None:
        self.printers = as_json(*(printers or (a_printer(Default=True), a_printer("Stuen"))))
        self.ran: list[Command] = []
        self.opened: list[tuple[str, str, str]] = []
        self.read: list[bytes] = []
        self.code = 0
        self.problem: Exception | None = None

    def run(self, command: Command, seconds: float) -> tuple[int, bytes]:
        """Run it."""
        if command[0] == "powershell.exe":
            return 0, self.printers
        self.ran.append(command)
        self.read.append(Path(command[-1]).read_bytes())
        if self.problem:
            raise self.problem
        return self.code, b""

    def open_file(self, path: str, verb: str, arguments: str = "") -> None:
        """Open it; the program reads it later."""
        if self.problem:
            raise self.problem
        self.opened.append((path, verb, arguments))

    def printer(self, folder: Path, sumatra: str = SUMATRA) -> WindowsPrinter:
        """Our Printer on it."""
        return WindowsPrinter(sumatra, self.run, self.open_file, folder)


def left(folder: Path) -> list[Path]:
    """The letters that lie in clear text."""
    return [file for file in folder.rglob("*") if file.suffix == ".pdf"]


def test_sumatra_gets_the_bytes_in_a_private_file_that_is_gone_afterwards(tmp_path: Path) -> None:
    machine = Machine()
    started: list[str] = []
    job = machine.printer(tmp_path).print(
        PDF, "Stuen", copies=2, two_sided=True, title="Brev 7", started=started.append
    )
    assert machine.read == [PDF]
    assert machine.ran[0][1:3] == ("-print-to", "Stuen")
    assert "duplexlong,2x" in machine.ran[0][4]
    assert started == [job]
    assert job in machine.ran[0][-1], "Windows shows the file's name: the job is found by it"
    assert left(tmp_path) == []


def test_without_sumatra_the_shell_prints_and_the_file_stays_until_the_program_ends(tmp_path: Path) -> None:
    machine = Machine()
    printer = machine.printer(tmp_path, sumatra="")
    printer.print(PDF)
    printer.print(PDF, "Stuen")
    assert [(verb, arguments) for _, verb, arguments in machine.opened] == [
        ("print", ""),
        ("printto", '"Stuen"'),
    ]
    assert [Path(path).read_bytes() for path, _, _ in machine.opened] == [PDF, PDF]
    del printer
    gc.collect()
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_program_left_goes_at_the_next_start(tmp_path: Path) -> None:
    remains = tmp_path / "visitator-print-x1"
    remains.mkdir()
    (remains / "brev.pdf").write_bytes(PDF)
    (tmp_path / "noget andet.pdf").write_bytes(b"")
    printer = Machine().printer(tmp_path)
    assert left(tmp_path) == [tmp_path / "noget andet.pdf"]
    assert printer is not None


@pytest.mark.parametrize(("copies", "two_sided"), [(2, False), (1, True)], ids=["two copies", "both sides"])
def test_what_the_shell_cannot_do_is_told_before_anything_is_written(
    tmp_path: Path, copies: int, two_sided: bool
) -> None:
    machine = Machine()
    with pytest.raises(PrinterError, match="Uden SumatraPDF"):
        machine.printer(tmp_path, sumatra="").print(PDF, copies=copies, two_sided=two_sided)
    assert not machine.opened
    assert not left(tmp_path)


@pytest.mark.parametrize(
    ("printers", "name", "says"),
    [
        ([a_printer(Default=True)], "Mangler", "»Mangler« findes ikke"),
        ([a_printer("A"), a_printer("B")], "", "ingen standardprinter. Vælg en: A, B"),
        ([a_printer(Default=True, PrinterState=1)], "", "»Kontor« kan ikke bruges nu: sat på pause"),
        ([a_printer(Default=True, WorkOffline=True)], "", "slukket eller uden forbindelse"),
        ([a_printer(Default=True, Capabilities=[4])], "", "ikke printe på begge sider"),
    ],
)
def test_a_printer_that_cannot_take_the_letter_is_told(
    tmp_path: Path, printers: list[dict[str, Any]], name: str, says: str
) -> None:
    started: list[str] = []
    with pytest.raises(PrinterError) as refused:
        Machine(*printers).printer(tmp_path).print(PDF, name, two_sided=True, started=started.append)
    assert says in str(refused.value)
    assert not started
    assert not left(tmp_path)


def test_a_machine_without_printers_says_so(tmp_path: Path) -> None:
    machine = Machine()
    machine.printers = b"[]"
    with pytest.raises(PrinterError, match="Der er ingen printer"):
        machine.printer(tmp_path).print(PDF)


def test_nothing_is_handed_over_when_the_job_cannot_be_written_down(tmp_path: Path) -> None:
    def full(job: str) -> None:
        raise RuntimeError("disk full")

    machine = Machine()
    with pytest.raises(RuntimeError):
        machine.printer(tmp_path).print(PDF, started=full)
    assert not machine.ran
    assert not left(tmp_path)


class NoProgramError(OSError):
    """What Windows raises when nothing prints PDF."""

    winerror = 1155


@pytest.mark.parametrize(
    ("sumatra", "problem", "code", "kind", "says"),
    [
        (SUMATRA, None, 1, PrinterError, "SumatraPDF kunne ikke printe på »Kontor«"),
        (SUMATRA, FileNotFoundError(), 0, PrinterError, "SumatraPDF kan ikke startes"),
        (SUMATRA, TimeoutError(), 0, UncertainPrintError, "uvist, om brevet kommer ud"),
        ("", NoProgramError(), 0, PrinterError, "intet program, der kan printe PDF. Installer SumatraPDF"),
        ("", OSError(), 0, PrinterError, "Windows kunne ikke printe"),
    ],
)
def test_what_goes_wrong_is_told_and_no_file_stays(
    tmp_path: Path, sumatra: str, problem: Exception | None, code: int, kind: type[PrinterError], says: str
) -> None:
    machine = Machine()
    machine.problem, machine.code = problem, code
    with pytest.raises(PrinterError) as refused:
        machine.printer(tmp_path, sumatra).print(PDF)
    assert type(refused.value) is kind
    assert says in str(refused.value)
    assert left(tmp_path) == []


@pytest.mark.parametrize(
    ("problem", "says"),
    [
        (TimeoutError(), "svarer ikke om sine printere"),
        (FileNotFoundError(), "PowerShell kan ikke startes"),
        (None, "udskriftstjeneste svarer ikke"),
    ],
)
def test_a_silent_windows_is_told(tmp_path: Path, problem: Exception | None, says: str) -> None:
    def run(command: Command, seconds: float) -> tuple[int, bytes]:
        if problem:
            raise problem
        return 1, b""

    with pytest.raises(PrinterError, match=says):
        WindowsPrinter(SUMATRA, run, None, tmp_path).printers()


def test_jobs_are_asked_for_and_cancelled_by_name(tmp_path: Path) -> None:
    ran: list[Command] = []

    def run(command: Command, seconds: float) -> tuple[int, bytes]:
        ran.append(command)
        return 0, b'[{"JobId": 4, "StatusMask": 16}]'

    printer = WindowsPrinter(SUMATRA, run, None, tmp_path)
    assert printer.job("brev12ab").state is JobState.UNDER_WAY
    printer.cancel("brev12ab")
    assert ran == [job_command("brev12ab"), cancel_command("brev12ab")]


def test_commands_are_really_run_and_given_up_in_time() -> None:
    assert run_hidden((sys.executable, "-c", "import sys; print('æ'); sys.exit(3)"), 60)[0] == 3
    assert run_hidden((sys.executable, "-c", "print(7)"), 60)[1].strip() == b"7"
    with pytest.raises(TimeoutError):
        run_hidden((sys.executable, "-c", "import threading; threading.Event().wait()"), 0.3)
    with pytest.raises(OSError):
        run_hidden(("/findes/ikke",), 1)

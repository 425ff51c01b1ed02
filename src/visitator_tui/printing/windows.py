"""The system's printers on Windows: SumatraPDF where there is one, else whatever prints PDF for the shell."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import subprocess
import tempfile
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Final, Protocol

from visitator_tui.usecases.ports import JobStatus, PrinterError, PrinterInfo, UncertainPrintError

from .windows_commands import (
    Command,
    Runner,
    cancel_command,
    job_command,
    list_command,
    read_job,
    read_printers,
    sumatra_command,
    verb_for,
)

_FOLDER: Final = "visitator-print-"
_IN_USE: Final = "in-use"
_SILENT: Final = 0x08000000  # CREATE_NO_WINDOW: no black window over the app
_NO_PROGRAM: Final = 1155  # ERROR_NO_ASSOCIATION


class OpenFile(Protocol):
    """``os.startfile``, as far as it is used here."""

    def __call__(self, path: str, verb: str, arguments: str = "") -> None:
        """Let the shell do ``verb`` with a file, and return at once. Raises OSError."""


class WindowsPrinter:
    """The Printer on Windows.

    A job's id is the name of its file, which Windows shows in its queue: letters and digits that mean
    nothing. ``sumatra`` is the path of SumatraPDF, or empty. ``seconds`` is how long a command may take.
    Files lie in a folder that only this user can read, and go when the program ends; those that a crash
    left go at the next start.
    """

    def __init__(
        self,
        sumatra: str,
        run: Runner | None = None,
        open_file: OpenFile | None = None,
        folder: Path | None = None,
        seconds: float = 60.0,
    ) -> None:
        self._sumatra = sumatra
        self._run = run or run_hidden
        self._open = open_file or _start_file
        self._seconds = seconds
        parent = folder or Path(tempfile.gettempdir())
        sweep(parent)
        self._folder = Path(tempfile.mkdtemp(prefix=_FOLDER, dir=parent))
        in_use = (self._folder / _IN_USE).open("wb")
        weakref.finalize(self, _leave, self._folder, in_use)

    def printers(self) -> tuple[PrinterInfo, ...]:
        """All printers, the default first."""
        return read_printers(self._output(list_command()))

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
        """Put the bytes in a private file and have it printed; Windows shows the job's id instead of ``title``."""
        del title
        chosen = self._chosen(printer)
        if not self._sumatra and (two_sided or copies > 1):
            raise PrinterError(
                "Uden SumatraPDF kan der kun printes ét eksemplar på én side. "
                "Installer SumatraPDF, eller vælg ét eksemplar på én side."
            )
        if two_sided and chosen.two_sided is False:
            raise PrinterError(
                f"Printeren »{chosen.name}« kan ikke printe på begge sider. "
                "Vælg én side, eller vælg en anden printer."
            )
        job = f"brev{secrets.token_hex(6)}"
        started(job)
        file = self._folder / f"{job}.pdf"
        try:
            file.write_bytes(pdf)
        except OSError:
            raise PrinterError(
                "Brevet kan ikke lægges klar til printeren. Se efter, om disken er fuld."
            ) from None
        if self._sumatra:
            self._with_sumatra(chosen.name, copies, two_sided, file)
        else:
            self._with_shell(chosen, file)
        return job

    def job(self, job: str) -> JobStatus:
        """What became of a job, as long as Windows has it in its queue."""
        return read_job(self._output(job_command(job)))

    def cancel(self, job: str) -> None:
        """Take a job off the printer, if it is still there."""
        self._output(cancel_command(job))

    def _chosen(self, name: str) -> PrinterInfo:
        there = self.printers()
        if not there:
            raise PrinterError(
                "Der er ingen printer på denne maskine. Brevet kan vente i køen, til der er en."
            )
        found = next((one for one in there if one.name == name or (not name and one.default)), None)
        if found is None and name:
            raise PrinterError(f"Printeren »{name}« findes ikke på denne maskine. Vælg en anden printer.")
        if found is None:
            names = ", ".join(one.name for one in there)
            raise PrinterError(
                f"Der er ikke valgt nogen printer, og maskinen har ingen standardprinter. Vælg en: {names}."
            )
        if not found.ready:
            raise PrinterError(
                f"Printeren »{found.name}« kan ikke bruges nu: {found.state}. "
                "Gør den klar, eller vælg en anden printer."
            )
        return found

    def _with_sumatra(self, printer: str, copies: int, two_sided: bool, file: Path) -> None:
        try:
            code, _ = self._run(
                sumatra_command(self._sumatra, printer, copies, two_sided, str(file)), self._seconds
            )
        except TimeoutError:
            raise UncertainPrintError(
                "SumatraPDF blev ikke færdig. Det er uvist, om brevet kommer ud. Se efter ved printeren."
            ) from None
        except OSError:
            raise PrinterError(
                "SumatraPDF kan ikke startes. Installer programmet igen, eller sig det til it-afdelingen."
            ) from None
        finally:
            _forget(file)
        if code != 0:
            raise PrinterError(
                f"SumatraPDF kunne ikke printe på »{printer}«. Prøv igen, eller vælg en anden printer."
            )

    def _with_shell(self, printer: PrinterInfo, file: Path) -> None:
        """The program that prints reads the file later, so it lies there until this program ends."""
        verb, arguments = verb_for(printer.name, printer.name if printer.default else "")
        try:
            self._open(str(file), verb, arguments)
        except OSError as problem:
            _forget(file)
            if getattr(problem, "winerror", None) == _NO_PROGRAM:
                raise PrinterError(
                    "Maskinen har intet program, der kan printe PDF. Installer SumatraPDF, og prøv igen."
                ) from None
            raise PrinterError(
                "Windows kunne ikke printe brevet. Prøv igen, eller vælg en anden printer."
            ) from None

    def _output(self, command: Command) -> bytes:
        try:
            code, output = self._run(command, self._seconds)
        except TimeoutError:
            raise PrinterError("Windows svarer ikke om sine printere. Vent lidt, og prøv igen.") from None
        except OSError:
            raise PrinterError(
                "PowerShell kan ikke startes, så printerne kan ikke ses. Spørg it-afdelingen."
            ) from None
        if code != 0:
            raise PrinterError(
                "Windows' udskriftstjeneste svarer ikke. Genstart maskinen, eller spørg it-afdelingen."
            )
        return output


def run_hidden(command: Command, seconds: float) -> tuple[int, bytes]:
    """Run a command without a window; its exit code and output. Raises TimeoutError and OSError."""
    try:
        done = subprocess.run(  # noqa: S603 - our own command; names are arguments, never a shell's text
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
            creationflags=_SILENT if os.name == "nt" else 0,
        )
    except subprocess.TimeoutExpired:
        raise TimeoutError from None
    return done.returncode, done.stdout


def sweep(parent: Path) -> None:
    """Remove what earlier runs left because they were killed, and nothing of a run that still goes on."""
    for left in parent.glob(f"{_FOLDER}*"):
        try:
            (left / _IN_USE).unlink(missing_ok=True)  # Windows refuses while its program has it open
        except OSError:
            continue
        shutil.rmtree(left, ignore_errors=True)


def _leave(folder: Path, in_use: BinaryIO) -> None:
    in_use.close()
    shutil.rmtree(folder, ignore_errors=True)


def _forget(file: Path) -> None:
    with contextlib.suppress(OSError):
        file.unlink()


def _start_file(path: str, verb: str, arguments: str = "") -> None:
    os.startfile(path, verb, arguments)  # type: ignore[attr-defined]  # noqa: S606 - Windows only

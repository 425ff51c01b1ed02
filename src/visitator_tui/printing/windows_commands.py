"""Windows printing as commands: what is run and how its output is read. Pure, so that it is tested anywhere."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import PureWindowsPath
from typing import Any, Final

from visitator_tui.usecases.ports import JobState, JobStatus, PrinterError, PrinterInfo

Command = tuple[str, ...]

_POWERSHELL: Final = ("powershell.exe", "-NoProfile", "-NonInteractive", "-Command")
# The console's own code page would lose æøå in printers' names.
_UTF8: Final = "[Console]::OutputEncoding = [Text.Encoding]::UTF8; "

_DUPLEX: Final = 3  # Win32_Printer.Capabilities
_PAUSED: Final = 0x1  # Win32_Printer.PrinterState, a set of bits
_STATES: Final = {3: "klar", 4: "printer", 5: "varmer op", 6: "standset", 7: "slukket eller uden forbindelse"}
_ERRORS: Final = {
    3: "har snart ikke mere papir",
    4: "mangler papir",
    5: "har snart ikke mere toner",
    6: "mangler toner",
    7: "har en åben låge",
    8: "har papirstop",
    9: "slukket eller uden forbindelse",
    10: "skal ses efter",
    11: "har fuld udbakke",
}
_NOT_READY: Final = (6, 7)


def list_command() -> Command:
    """The command that prints every printer as JSON."""
    return (
        *_POWERSHELL,
        _UTF8 + "ConvertTo-Json -Compress @(Get-CimInstance Win32_Printer | Select-Object "
        "Name,Comment,Default,WorkOffline,PrinterStatus,PrinterState,DetectedErrorState,Capabilities)",
    )


def read_printers(output: bytes) -> tuple[PrinterInfo, ...]:
    """The printers in the list command's output, the default first. Raises PrinterError."""
    found = [_printer(one) for one in _objects(output)]
    return tuple(sorted(found, key=lambda one: (not one.default, one.name.casefold())))


def _printer(given: Mapping[str, Any]) -> PrinterInfo:
    status, error = given.get("PrinterStatus"), given.get("DetectedErrorState")
    paused = bool(int(given.get("PrinterState") or 0) & _PAUSED)
    offline = bool(given.get("WorkOffline")) or status == 7
    state = "sat på pause" if paused else _STATES[7] if offline else _STATES.get(status or 3, "klar")
    if (told := _ERRORS.get(error or 0)) and told != state:
        state = f"{state}; {told}"
    name = str(given.get("Name") or "")
    return PrinterInfo(
        name=name,
        about=str(given.get("Comment") or "") or name,
        default=bool(given.get("Default")),
        ready=not paused and not offline and status not in _NOT_READY,
        state=state,
        two_sided=_DUPLEX in (given.get("Capabilities") or ()),
    )


def sumatra_command(program: str, printer: str, copies: int, two_sided: bool, file: str) -> Command:
    """SumatraPDF printing one file and ending, without a window; an empty printer is the default one.

    The page is not scaled: the address must stay in the envelope's window.
    """
    target = ("-print-to", printer) if printer else ("-print-to-default",)
    sides = "duplexlong" if two_sided else "simplex"
    return (program, *target, "-print-settings", f"noscale,paper=A4,{sides},{copies}x", "-silent", file)


def sumatra_places(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Where SumatraPDF's installer puts it: for this user, then for all."""
    roots = (environment.get(name, "") for name in ("LOCALAPPDATA", "ProgramFiles", "ProgramFiles(x86)"))
    return tuple(str(PureWindowsPath(root, "SumatraPDF", "SumatraPDF.exe")) for root in roots if root)


def verb_for(printer: str, default: str) -> tuple[str, str]:
    """(shell verb, its argument) that print on a printer; the plain verb knows the default one only."""
    if not printer or printer == default:
        return "print", ""
    return "printto", f'"{printer}"'


def job_command(job: str) -> Command:
    """The command that prints the jobs whose document is ``job`` as JSON."""
    return (
        *_POWERSHELL,
        _UTF8 + f"ConvertTo-Json -Compress @({_jobs(job)} | Select-Object JobId,StatusMask)",
    )


def cancel_command(job: str) -> Command:
    """The command that takes the jobs whose document is ``job`` off the printer."""
    return (*_POWERSHELL, f"{_jobs(job)} | Remove-CimInstance")


def _jobs(job: str) -> str:
    if not job.isalnum():  # it stands in a command; ours are letters and digits
        raise PrinterError("Udskriften hører ikke til denne maskines printere.")
    return f"Get-CimInstance Win32_PrintJob | Where-Object Document -like '*{job}*'"


_JOB_TROUBLE: Final = (
    (
        0x0004 | 0x0100,
        JobState.CANCELLED,
        "Udskriften er annulleret. Se efter, om der ligger sider i printeren.",
    ),
    (0x0080, JobState.PRINTED, "Brevet er printet."),
    (0x0002, JobState.UNDER_WAY, "Printeren melder fejl. Se efter ved printeren."),
    (0x0020, JobState.UNDER_WAY, "Venter: printeren er slukket eller uden forbindelse."),
    (0x0040, JobState.UNDER_WAY, "Venter: printeren mangler papir."),
    (0x0001, JobState.UNDER_WAY, "Udskriften er sat på pause."),
)


def read_job(output: bytes) -> JobStatus:
    """What the job command's output says. Windows forgets a job when it ends: then nobody knows how."""
    found = _objects(output)
    if not found:
        return JobStatus(
            JobState.UNKNOWN, "Windows har ikke længere udskriften i køen. Se efter i printeren."
        )
    mask = int(found[0].get("StatusMask") or 0)
    for bits, state, words in _JOB_TROUBLE:
        if mask & bits:
            return JobStatus(state, words)
    return JobStatus(JobState.UNDER_WAY, "Venter på sin tur ved printeren.")


def _objects(output: bytes) -> Sequence[Mapping[str, Any]]:
    if not output.strip():
        return ()
    try:
        given = json.loads(output.decode("utf-8-sig"))
    except ValueError:
        raise PrinterError("Windows' liste over printere kan ikke læses. Prøv igen.") from None
    return [one for one in (given if isinstance(given, list) else [given]) if isinstance(one, dict)]


Runner = Callable[[Command, float], tuple[int, bytes]]
"""Runs a command for at most so many seconds: (exit code, standard output). TimeoutError, FileNotFoundError."""

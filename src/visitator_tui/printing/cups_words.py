"""What CUPS says of printers and jobs, in Danish."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from visitator_tui.usecases.ports import JobState, JobStatus

_ENDINGS: Final = ("-error", "-warning", "-report")

# The keywords of printer-state-reasons (RFC 8011, 5.4.12) that somebody at the printer can do something about.
_REASONS: Final = {
    "paused": "sat på pause",
    "moving-to-paused": "sat på pause",
    "offline": "slukket eller uden forbindelse",
    "shutdown": "slukket",
    "connecting-to-device": "svarer ikke endnu",
    "timed-out": "svarer ikke",
    "media-empty": "mangler papir",
    "media-needed": "mangler papir",
    "media-low": "har snart ikke mere papir",
    "media-jam": "har papirstop",
    "input-tray-missing": "mangler en papirskuffe",
    "output-area-full": "har fuld udbakke",
    "output-tray-missing": "mangler udbakken",
    "door-open": "har en åben låge",
    "cover-open": "har et åbent låg",
    "interlock-open": "har en åben låge",
    "toner-empty": "mangler toner",
    "toner-low": "har snart ikke mere toner",
    "marker-supply-empty": "mangler toner eller blæk",
    "marker-supply-low": "har snart ikke mere toner eller blæk",
    "spool-area-full": "har ikke plads til flere udskrifter",
}

_PRINTER_STATES: Final = {3: "klar", 4: "printer", 5: "slukket eller sat på pause"}
STOPPED: Final = 5


def printer_state(state: int, accepting: bool, reasons: Sequence[str]) -> str:
    """A printer's state as a visitator reads it: ``slukket eller sat på pause``, ``klar; mangler papir``."""
    word = _PRINTER_STATES.get(state, "ukendt tilstand")
    if not accepting:
        word = "tager ikke imod udskrifter"
    told = trouble(reasons)
    if state == STOPPED and told == ["sat på pause"]:
        return "sat på pause"
    return "; ".join((word, *told))


def trouble(reasons: Sequence[str]) -> list[str]:
    """What ails the printer, each thing once."""
    return list(dict.fromkeys(_REASONS[bare] for one in reasons if (bare := _bare(one)) in _REASONS))


def _bare(reason: str) -> str:
    for ending in _ENDINGS:
        reason = reason.removesuffix(ending)
    return reason


_SEE_THE_TRAY: Final = "Se efter, om der allerede ligger sider i printeren."
_ENDED: Final = {
    7: JobStatus(JobState.CANCELLED, f"Udskriften blev annulleret. {_SEE_THE_TRAY}"),
    8: JobStatus(JobState.FAILED, f"Printeren opgav udskriften. {_SEE_THE_TRAY}"),
    9: JobStatus(JobState.PRINTED, "Brevet er printet."),
}
_HELD: Final = {
    "job-hold-until-specified": "Udskriften er sat på hold.",
    "cups-held-for-authentication": "Printeren kræver, at du logger på. Gør det i maskinens printkø.",
    "printer-stopped": "Venter: printeren er slukket eller sat på pause.",
}


def job_status(state: int, reasons: Sequence[str]) -> JobStatus:
    """A job's state (RFC 8011, 5.3.7: 3 pending, 4 held, 5 processing, 6 stopped, 7-9 ended)."""
    if state in _ENDED:
        return _ENDED[state]
    if "job-incoming" in reasons:
        return JobStatus(JobState.INCOMPLETE, "Printeren har ikke fået hele brevet.")
    for reason, text in _HELD.items():
        if reason in reasons:
            return JobStatus(JobState.UNDER_WAY, text)
    words = {5: "Printer nu.", 4: "Udskriften er sat på hold.", 6: "Printeren er standset midt i brevet."}
    return JobStatus(JobState.UNDER_WAY, words.get(state, "Venter på sin tur ved printeren."))


UNKNOWN_JOB: Final = JobStatus(JobState.UNKNOWN, "Printeren kender ikke længere udskriften.")

"""What is read out of CUPS' answers: a printer, a text, a refusal."""

from __future__ import annotations

from typing import Final

from visitator_tui.usecases.ports import PrinterError, PrinterInfo

from .cups_words import STOPPED, printer_state
from .ipp import Answer, Attributes

LONG_EDGE: Final = "two-sided-long-edge"
_OK_BELOW: Final = 0x0100


def info(attributes: Attributes, default: str) -> PrinterInfo:
    """The printer that a group of attributes describes."""
    name = text(attributes, "printer-name")
    state = number(attributes, "printer-state")
    accepting = attributes.get("printer-is-accepting-jobs", (True,))[0] is not False
    sides = words(attributes, "sides-supported")
    return PrinterInfo(
        name=name,
        about=text(attributes, "printer-info") or name,
        default=name == default,
        ready=accepting and state != STOPPED,
        state=printer_state(state, accepting, words(attributes, "printer-state-reasons")),
        two_sided=LONG_EDGE in sides if sides else None,
    )


def must_be_well(answer: Answer) -> None:
    """Raise PrinterError unless the server did what it was asked."""
    if answer.status >= _OK_BELOW:
        raise PrinterError(
            _REFUSALS.get(answer.status, f"Printeren afviste brevet (IPP-kode {answer.status:#06x}).")
        )


_REFUSALS: Final = {
    0x0401: "Du har ikke ret til at bruge printeren. Spørg it-afdelingen.",
    0x0402: "Printeren kræver, at du logger på. Spørg it-afdelingen.",
    0x0403: "Du har ikke ret til at bruge printeren. Spørg it-afdelingen.",
    0x0406: "Printeren eller udskriften findes ikke længere. Vælg en printer, og prøv igen.",
    0x040A: "Printeren kan ikke printe PDF. Vælg en anden printer.",
    0x0502: "Printersystemet (CUPS) kan ikke tage imod udskrifter lige nu. Prøv igen om lidt.",
    0x0506: "Printeren tager ikke imod udskrifter. Vælg en anden, eller sig det til it-afdelingen.",
    0x0507: "Printeren er optaget. Prøv igen om lidt.",
}


def text(attributes: Attributes, name: str) -> str:
    """The first text of an attribute; empty if there is none."""
    return next((one for one in attributes.get(name, ()) if isinstance(one, str)), "")


def number(attributes: Attributes, name: str) -> int:
    """The first number of an attribute; 0 if there is none."""
    return next((one for one in attributes.get(name, ()) if isinstance(one, int)), 0)


def words(attributes: Attributes, name: str) -> list[str]:
    """All texts of an attribute."""
    return [one for one in attributes.get(name, ()) if isinstance(one, str)]

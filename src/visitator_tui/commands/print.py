"""``printers`` and ``print``: the system's printers, and a finished PDF on paper."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from visitator_tui.printing import system_printer
from visitator_tui.usecases.files import FileError, read_limited
from visitator_tui.usecases.ports import PrinterInfo

from .console import say

LARGEST = 100_000_000
MOST_COPIES = 99


def printers(arguments: Namespace) -> None:
    """Print every printer with its state; a star stands at the default."""
    del arguments
    found = system_printer().printers()
    if not found:
        say("Der er ingen printere på denne maskine.")
    for one in found:
        say(_line(one))


def run(arguments: Namespace) -> None:
    """Send a PDF to the printer, byte for byte. Raises FileError and PrinterError."""
    copies = _copies(arguments.copies)
    pdf = read_limited(Path(arguments.file), LARGEST)
    if not pdf.startswith(b"%PDF-"):
        raise FileError(f"{arguments.file} er ikke en PDF. Angiv et brev, der er skrevet som PDF.")
    job = system_printer().print(
        pdf, arguments.printer or "", copies=copies, two_sided=arguments.two_sided, title="Brev"
    )
    say(f"Brevet er sendt til printeren (udskrift {job}).")


def _copies(written: str) -> int:
    if written.isascii() and written.isdigit() and 1 <= int(written) <= MOST_COPIES:
        return int(written)
    raise FileError(f"Antal eksemplarer skal være et helt tal fra 1 til {MOST_COPIES}.")


def _line(one: PrinterInfo) -> str:
    mark = "*" if one.default else " "
    about = f" - {one.about}" if one.about != one.name else ""
    sides = "; kun én side" if one.two_sided is False else ""
    return f"{mark} {one.name}{about}: {one.state}{sides}"

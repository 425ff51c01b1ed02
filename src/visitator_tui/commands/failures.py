"""Which exceptions are the user's to mend, and how the rest is reported."""

from __future__ import annotations

import os
import traceback

from visitator_tui.catalogue import BrokenCatalogueError
from visitator_tui.settings import SettingsError
from visitator_tui.usecases.casefile import CaseFileError
from visitator_tui.usecases.explain import without_cpr
from visitator_tui.usecases.files import FileError
from visitator_tui.usecases.ports import ExportError, LetterError, NoStandardError, PrinterError, StoreError

MOST_LINES = 40

_MENDABLE = (
    BrokenCatalogueError,
    CaseFileError,
    ExportError,
    FileError,
    LetterError,
    NoStandardError,
    PrinterError,
    SettingsError,
    StoreError,
)


def message_of(problem: Exception) -> tuple[str, int]:
    """(message, exit code): 2 for what the user can mend, 1 for an error of the program itself.

    The program's own errors name their kind only: their text could hold parts of a case. A developer
    sets VISITATOR_DEBUG to see the whole.
    """
    if isinstance(problem, _MENDABLE):
        lines = str(problem).splitlines()
        if isinstance(problem, LetterError):
            lines += [f"- {one}" for one in problem.missing]
        if len(lines) > MOST_LINES:
            lines = [*lines[:MOST_LINES], f"… og {len(lines) - MOST_LINES} til."]
        return without_cpr("\n".join(lines)), 2
    if os.environ.get("VISITATOR_DEBUG"):
        return "".join(traceback.format_exception(problem)), 1
    kind = type(problem).__name__
    return f"Der er sket en uventet fejl i programmet ({kind}). Meld den til dem, der vedligeholder det.", 1

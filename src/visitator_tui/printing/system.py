"""Which printing system this machine has."""

from __future__ import annotations

import getpass
import os
import shutil
import sys
from pathlib import Path

from visitator_tui.usecases.ports import Printer


def system_printer(sumatra: Path | None = None, timeout: float = 20.0) -> Printer:
    """The Printer of this machine; nothing is asked of it yet.

    ``sumatra`` (Windows) is where SumatraPDF lies when it is not in its usual places. ``timeout`` is in
    seconds, for each thing that CUPS is asked.
    """
    if sys.platform == "win32":
        return _windows(sumatra)
    return _cups(timeout)


def _cups(timeout: float) -> Printer:
    from .cups import CupsPrinter
    from .ipp_http import find_server

    return CupsPrinter(lambda: find_server(os.environ), _user(), os.environ, Path.home(), timeout)


def _windows(sumatra: Path | None) -> Printer:
    from .windows import WindowsPrinter
    from .windows_commands import sumatra_places

    places = (str(sumatra or ""), shutil.which("SumatraPDF") or "", *sumatra_places(os.environ))
    return WindowsPrinter(next((one for one in places if one and Path(one).is_file()), ""))


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no such user in the password database (containers)
        return "visitator"

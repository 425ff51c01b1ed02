"""Text out and bytes in, on every console: UTF-8, a quiet end when nobody listens any more."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import re
import shutil
import sys
import textwrap
from pathlib import Path

from visitator_tui.usecases.casefile import LARGEST
from visitator_tui.usecases.files import FileError

_PLACE = re.compile(r"(\bs\.|§§?|\bstk\.|\bnr\.) ")
_HOLD = "\0"  # stands for a space that must not end a line

_GONE = (errno.EPIPE, errno.EINVAL)  # Windows reports a closed pipe as EINVAL


class OutputGoneError(Exception):
    """Whoever read the output has stopped (``visitator-tui … | head``)."""


def say(text: str = "") -> None:
    """Write a line to standard output. Raises OutputGoneError, or FileError when the disk is full."""
    _write(text + "\n")


def flush() -> None:
    """Make sure that what was said has arrived. Raises as ``say`` does."""
    _write("")


def _write(text: str) -> None:
    if sys.stdout is None:  # a Windows program without a console
        return
    try:
        sys.stdout.write(text)
        if not text:
            sys.stdout.flush()
    except OSError as problem:
        _silence()
        if problem.errno in _GONE:
            raise OutputGoneError from None
        raise FileError("Uddata kan ikke skrives. Se efter, om disken er fuld.") from None


def _silence() -> None:
    """Let the interpreter's own flush at exit go nowhere."""
    with contextlib.suppress(OSError, io.UnsupportedOperation):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(text: str) -> None:
    """Write a message to standard error."""
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            sys.stderr.write(text + "\n")


def source(file: str) -> Path | bytes:
    """The file named on the command line; ``-`` is standard input."""
    if file != "-":
        return Path(file)
    if sys.stdin is None:
        raise FileError("Der er intet standard input. Angiv en fil.")
    return sys.stdin.buffer.read(LARGEST + 1)


def wrapped(text: str, indent: int = 0, first: str = "") -> str:
    """The text broken to the console's width (60-100 columns); ``first`` stands before the first line.

    A number stays on the line of its ``s.``, ``§``, ``stk.`` or ``nr.``.
    """
    width = min(100, max(60, shutil.get_terminal_size((100, 24)).columns))
    held = _PLACE.sub(rf"\1{_HOLD}", text)
    return textwrap.fill(
        held,
        width,
        initial_indent=" " * indent + first,
        subsequent_indent=" " * (indent + len(first)),
        break_long_words=False,
        break_on_hyphens=False,
    ).replace(_HOLD, " ")

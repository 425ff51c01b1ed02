"""Rows of a list laid out in lines: a text that is too long goes on below, under where it began."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from rich.cells import cell_len

_NUMBERED = re.compile(r"(\bs\.|§|\bstk\.|\bnr\.) (?=\d)")
_LEAD = re.compile(r"\s*(?:(?:\[.{1,3}\]|[^\w\s]|\d+|[A-ZÆØÅ])\s+)*")
"""What a row begins with before its words: indent, marks, a box, a number."""

LEAST_TEXT = 12
"""So many columns are left for the words, whatever a row begins with."""


@dataclass(frozen=True)
class Row:
    """One row: a key (None for a heading, which the cursor passes over), text, and how it looks.

    ``tone`` names a component class of the list: heading, dim, good, bad, strong, plain.
    """

    key: str | None
    text: str
    tone: str = ""


def wrapped(text: str, width: int, hang: int = 0) -> list[str]:
    """A text in lines, at least one, all but the first indented by ``hang`` columns.

    A page or paragraph number is never parted from its sign.
    """
    return wrap(numbers_held(text), width, subsequent_indent=" " * hang) or [""]


def numbers_held(text: str) -> str:
    """A text in which a page or paragraph number is never parted from its sign, whoever wraps it."""
    return _NUMBERED.sub("\\1\u00a0", text)


class RowLines:
    """Which line of a list shows what of which row. Without a width, or in a table, a row is one line."""

    def __init__(self, rows: Sequence[Row], width: int = 0, height: int = 0) -> None:
        self.lines = _lay_out(rows, width)
        if len(self.lines) > height > 0:
            self.lines = _lay_out(rows, width - 1)  # the scroll bar takes a column
        self._first: list[int] = []
        for number, (row, _) in enumerate(self.lines):
            if row == len(self._first):
                self._first.append(number)

    def first(self, row: int) -> int:
        """The first line of a row."""
        return self._first[row]

    def last(self, row: int) -> int:
        """The last line of a row."""
        return self._first[row + 1] - 1 if row + 1 < len(self._first) else len(self.lines) - 1


def _lay_out(rows: Sequence[Row], width: int) -> list[tuple[int, str]]:
    """Each line as the number of its row and its text."""
    lines: list[tuple[int, str]] = []
    for number, row in enumerate(rows):
        if width <= 0 or cell_len(row.text) <= width:
            lines.append((number, row.text))
            continue
        lead = _LEAD.match(row.text)
        hang = min(lead.end() if lead else 0, max(0, width - LEAST_TEXT))
        lines += [(number, line) for line in wrapped(row.text, width, hang)]
    return lines

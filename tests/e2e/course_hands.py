"""A visitator's hands and eyes in Forløb, in a real terminal."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

from terminal import PATIENCE, Terminal

ROW = re.compile(r"[!· ] (\d\d-\d\d-\d\d|uden dag| {8}) ")
"""A row of Forløb that the cursor stops at, below Overblik."""


class Calendar:
    """The laptop's clock, which goes on when the test says so."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def to(self, day: str) -> None:
        """It is another day, ten o'clock."""
        new = self.file.with_suffix(".new")
        new.write_text(f"{day}T10:00:00+01:00")
        new.replace(self.file)


def _until(terminal: Terminal, fulfilled: Callable[[str], bool], what: str) -> str:
    """The screen once it is as wanted; AssertionError with the screen when it never is."""
    end = time.monotonic() + PATIENCE
    while not fulfilled(shown := terminal.screen()):
        assert time.monotonic() < end, f"never {what}:\n{shown}"
        time.sleep(0.03)
    return shown


def rows(shown: str) -> list[str]:
    """The rows of the list that the cursor stops at, below Overblik, each with the lines it is wrapped in."""
    found, inside = [], False
    for line in shown.splitlines():
        left = line.partition("▕")[0]
        if ROW.match(left):
            found.append(left)
            inside = True
        elif inside and left.startswith("  "):
            found[-1] = f"{found[-1].rstrip()} {left.strip()}"
        else:
            inside = False
    return found


def _listed(words: str, shown: str) -> int | None:
    return next((number for number, row in enumerate(rows(shown)) if words in row), None)


def wait_listed(terminal: Terminal, words: str) -> None:
    """Wait until a row of the list says this."""
    _until(terminal, lambda shown: _listed(words, shown) is not None, f"listed »{words}«")


def wait_right(terminal: Terminal, *texts: str) -> None:
    """Wait until the right side, read as one text, says this."""

    def said(shown: str) -> bool:
        right = " ".join(" ".join(line.partition("▕")[2] for line in shown.splitlines()).split())
        return all(text in right for text in texts)

    _until(terminal, said, f"{texts} at the right")


def to_row(terminal: Terminal, words: str) -> None:
    """Put the cursor on the row with these words, by the arrows; the right side tells of it."""
    terminal.press("Home")
    shown = _until(
        terminal,
        lambda shown: "  Overblik" in shown and _listed(words, shown) is not None,
        f"listed »{words}«",
    )
    terminal.press(*["Down"] * (1 + (_listed(words, shown) or 0)))
    wait_right(terminal, words)


def done_today(terminal: Terminal, *tasks: str) -> None:
    """Say of tasks, one after the other, that they are done today."""
    for words in tasks:
        to_row(terminal, words)
        terminal.wait_for("D: ")
        terminal.type("d")
        _until(terminal, lambda shown, words=words: _listed(words, shown) is None, f"done: »{words}«")  # type: ignore[misc]


def begin(terminal: Terminal, letters: str, field: str) -> None:
    """Begin an event by the letters of its name."""
    terminal.type("n")
    terminal.wait_for("Hvad er der sket?")
    terminal.type(letters)
    terminal.press("Enter")
    terminal.wait_for(field, "Esc Listen")


def to_list(terminal: Terminal) -> None:
    """Leave the form."""
    terminal.press("Escape")
    terminal.wait_for("N Nyt")


def open_case(terminal: Terminal, name: str) -> None:
    """From Min dag to the Forløb of a case that has nothing to be done."""
    terminal.press("F2")
    terminal.wait_for("Visitator", "Tilstand", name)
    terminal.type("s")
    terminal.type(name)
    terminal.wait_for("1 sag", name)
    terminal.press("Down", "Enter")
    terminal.wait_for("Henvendelse den")
    terminal.press("F4", "8")
    terminal.wait_for("  Overblik")

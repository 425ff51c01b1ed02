"""A program in a real terminal (tmux), driven by keys and read as a person reads it."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

TMUX = shutil.which("tmux")
PATIENCE = 30.0
"""Seconds something may take to be seen; only a failing test waits that long."""

_POLL = 0.03
_OURS = "visit"


def laptop(folder: Path) -> dict[str, str]:
    """The environment of a program whose every file is to lie in ``folder``; made if it is not there."""
    places = {"HOME": "home", "XDG_DATA_HOME": "data", "XDG_CONFIG_HOME": "config", "XDG_CACHE_HOME": "cache"}
    places["XDG_DOCUMENTS_DIR"] = "documents"
    for name in places.values():
        (folder / name).mkdir(parents=True, exist_ok=True)
    return {variable: str(folder / name) for variable, name in places.items()}


class Terminal:
    """One pane of a tmux server of its own."""

    def __init__(
        self, program: Sequence[str], environment: Mapping[str, str], size: tuple[int, int] = (80, 24)
    ) -> None:
        columns, rows = (str(number) for number in size)
        self._server = ["tmux", "-L", f"visitator-{uuid.uuid4().hex[:12]}", "-f", os.devnull]
        self._environment = {
            name: value for name, value in os.environ.items() if name not in ("TMUX", "TMUX_PANE")
        } | {"COLORTERM": "truecolor", "LANG": "C.UTF-8", **environment}
        # One call: between two, a program that ends at once would take the server with it.
        self._tmux(
            "start-server",
            ";", "set", "-g", "default-terminal", "tmux-256color",
            ";", "set", "-g", "status", "off",
            ";", "set", "-g", "remain-on-exit", "on",
            ";", "set", "-s", "escape-time", "0",
            ";", "new-session", "-d", "-s", _OURS, "-x", columns, "-y", rows, *program,
        )  # fmt: skip

    def _tmux(self, *words: str) -> str:
        ran = subprocess.run(
            [*self._server, *words],
            env=self._environment,
            check=True,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
        )
        return ran.stdout

    def _told(self, what: str) -> str:
        return self._tmux("display-message", "-p", "-t", _OURS, what).strip()

    @property
    def pid(self) -> int:
        """The program's process id."""
        return int(self._told("#{pane_pid}"))

    @property
    def ended(self) -> bool:
        """Whether the program has ended. (Its exit code is not asked of tmux, which may miss it: print it.)"""
        return self._told("#{pane_dead}") == "1"

    def press(self, *keys: str) -> None:
        """Press keys by tmux's names (``Enter``, ``F9``, ``C-s``, ``PPage``)."""
        self._tmux("send-keys", "-t", _OURS, *keys)

    def type(self, text: str) -> None:
        """Type a text, letter by letter."""
        self._tmux("send-keys", "-t", _OURS, "-l", "--", text)

    def screen(self) -> str:
        """What the terminal shows."""
        return self._tmux("capture-pane", "-p", "-t", _OURS)

    def scrollback(self) -> str:
        """All that the terminal shows and has kept, from its first line; both screens of an alternate one."""
        return self._tmux("capture-pane", "-p", "-S", "-", "-E", "-", "-t", _OURS)

    def wait_for(self, *texts: str) -> str:
        """The screen once it shows every text; AssertionError with the screen when it never does."""
        end = time.monotonic() + PATIENCE
        while True:
            ended = self.ended  # asked first: a program's last words may come between two looks
            shown = self.screen()
            if all(text in shown for text in texts):
                return shown
            missing = [text for text in texts if text not in shown]
            assert time.monotonic() < end, f"never saw {missing}:\n{shown}"
            assert not ended, f"the program ended before it showed {missing}:\n{shown}"
            time.sleep(_POLL)

    def wait_until_gone(self, text: str) -> str:
        """The screen once it no longer shows a text."""
        end = time.monotonic() + PATIENCE
        while text in (shown := self.screen()):
            assert time.monotonic() < end, f"still there: {text}\n{shown}"
            time.sleep(_POLL)
        return shown

    def wait_for_end(self) -> None:
        """Wait until the program has ended."""
        end = time.monotonic() + PATIENCE
        while not self.ended:
            assert time.monotonic() < end, f"it does not end:\n{self.screen()}"
            time.sleep(_POLL)

    def close(self) -> None:
        """End the terminal, and the program with it."""
        subprocess.run(
            [*self._server, "kill-server"], env=self._environment, check=False, capture_output=True
        )


@contextmanager
def in_terminal(
    program: Sequence[str], environment: Mapping[str, str], size: tuple[int, int] = (80, 24)
) -> Iterator[Terminal]:
    """A program in a terminal, ended afterwards."""
    terminal = Terminal(program, environment, size)
    try:
        yield terminal
    finally:
        terminal.close()

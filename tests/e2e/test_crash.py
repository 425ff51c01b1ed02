"""A fault of the program ends it with a Danish sentence, an exit code, and nothing of a citizen on the screen."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from terminal import TMUX, in_terminal, laptop

CRASHES = Path(__file__).with_name("app_that_crashes.py")


@pytest.mark.skipif(TMUX is None, reason="takes tmux")
def test_a_crash_tells_its_kind_and_nothing_of_the_citizen(tmp_path: Path) -> None:
    program = ("sh", "-c", '"$@"; echo "endte med $?"', "sh", sys.executable, str(CRASHES))
    with in_terminal(program, laptop(tmp_path)) as terminal:
        terminal.wait_for("over fristen")
        terminal.press("n")
        terminal.wait_for("endte med 1")
        left = terminal.scrollback()
    assert "Visitator stoppede på grund af en fejl" in left
    assert "RuntimeError" in left
    assert "Hemmelighed" not in left
    assert "Traceback" not in left

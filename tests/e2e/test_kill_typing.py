"""kill -9 while somebody types in a real terminal: at most the last second is lost, and the case reopens there."""

from __future__ import annotations

import itertools
import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from terminal import TMUX, Terminal, in_terminal, laptop

from visitator_tui.store import SqlCipherVault
from visitator_tui.store.store import SqlCipherStore

pytestmark = pytest.mark.skipif(TMUX is None or os.name != "posix", reason="takes tmux and SIGKILL")

KILLS = 20
SPEED = 30
"""Letters a second, as of a key that is held down; a fast typist has ten."""
BURST = 3
PROMISE = 1.2
"""Seconds after which a keystroke must have been saved: the second promised, and a little for the terminal."""

APP = (sys.executable, str(Path(__file__).with_name("app_with_cheap_vault.py")))
PASSPHRASE = "blå heste på række"
NAME = "Zinnoberrød Kvæsthus"
WORDS = ("flagermuslys", "ålekvabbe", "vindrosen", "hyldeblomst", "månestråle", "tordenskyer")


class Typist:
    """Types words without end, faster than anybody can, and remembers when which letters had been sent."""

    def __init__(self, chance: random.Random) -> None:
        words = (f"{chance.choice(WORDS)}{number} " for number in itertools.count())
        self._letters = itertools.chain.from_iterable(words)
        self.sent: list[tuple[float, str]] = []

    def type_until(self, terminal: Terminal, end: float) -> None:
        """Type until a moment of the monotonic clock."""
        self.sent.clear()
        while (now := time.monotonic()) < end:
            letters = "".join(itertools.islice(self._letters, BURST))
            terminal.type(letters)
            self.sent.append((time.monotonic(), letters))
            time.sleep(max(0.0, now + BURST / SPEED - time.monotonic()))

    def text(self, before: float = float("inf")) -> str:
        """What had been sent before a moment."""
        return "".join(part for at, part in self.sent if at < before)


def vault(folder: Path) -> SqlCipherVault:
    """The app's vault, opened past the app."""
    return SqlCipherVault(folder / "data" / "visitator")


@contextmanager
def opened(folder: Path) -> Iterator[SqlCipherStore]:
    """The store of a laptop on which the app does not run."""
    store = vault(folder).open(PASSPHRASE, datetime.now(UTC))
    try:
        yield store
    finally:
        store.close()


def begin_a_case(folder: Path) -> None:
    """The first start: make the database and a case, and leave while in the text that will be typed."""
    with in_terminal(APP, laptop(folder)) as terminal:
        terminal.wait_for("Adgangssætning igen")
        for line in (PASSPHRASE, PASSPHRASE, "Vivi Visse"):
            terminal.type(line)
            terminal.press("Enter")
        terminal.wait_for("Tryk N")
        terminal.type("n")
        terminal.wait_for("Fødselsdato")
        terminal.type(NAME)
        terminal.press("F9")
        terminal.wait_for("borgerens egne ord")
        terminal.press("F10")
        terminal.wait_for_end()


def readable_words(folder: Path) -> list[str]:
    """What a thief without the passphrase finds of the case in the laptop's files."""
    wanted = [*WORDS, *NAME.split()]
    found = []
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes().lower()
            found += [
                f"{word} in {path}"
                for word in wanted
                for encoding in ("utf-8", "utf-16-le", "utf-16-be", "latin-1")
                if word.lower().encode(encoding) in content
            ]
    return found


@pytest.mark.parametrize("seed", [20170308])
def test_twenty_kills_while_typing_lose_at_most_a_second(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    begin_a_case(tmp_path)
    with opened(tmp_path) as store:
        (row,) = store.rows()
    typist = Typist(chance)
    stored, rounds_saved = "", 0
    for _ in range(KILLS):
        with in_terminal(APP, laptop(tmp_path)) as terminal:
            terminal.wait_for("Adgangssætning")
            terminal.type(PASSPHRASE)
            terminal.press("Enter")
            # The case reopens at its step, with what was saved in view.
            terminal.wait_for("borgerens egne ord", NAME, "gemt", stored[-6:].strip())
            start = time.monotonic()
            typist.type_until(terminal, start + chance.uniform(0.1, 2.2))
            killed = time.monotonic()
            os.kill(terminal.pid, signal.SIGKILL)
            terminal.wait_for_end()
        assert readable_words(tmp_path) == []
        with opened(tmp_path) as store:
            assert store.warnings == ()
            store.verify_audit()
            record = store.load(row.id)
        now = record.case.own_view.text
        assert now.startswith(stored)
        fresh = now[len(stored) :]
        assert typist.text().startswith(fresh)
        assert len(fresh) >= len(typist.text(before=killed - PROMISE))
        assert record.place.step == "egen_vurdering"
        stored = now
        rounds_saved += bool(fresh)
    assert rounds_saved >= KILLS // 4, "too little was saved for the kills to mean anything"

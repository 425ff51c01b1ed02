"""From process start to the first usable screen, side by side with other Textual programs.

    python benchmarks/start.py [--runs 7]

Each program runs in a pseudo-terminal of 80x24. The clock stops when the text that makes its first screen
usable has been written. CPU is user + system time of the process until then; memory is its peak.
The floor is a Textual app with one label; ``posting`` is what a well-made Textual app of this size costs
(``pip install 'visitator-tui[bench]'`` brings it; left out if it is not there). Linux and macOS.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import select
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

MINIMAL = """
from textual.app import App
from textual.widgets import Label
class Minimal(App):
    def compose(self):
        yield Label("Klar")
Minimal().run()
"""


def one(program: list[str], ready: bytes, env: dict[str, str]) -> tuple[float, float, float]:
    """(milliseconds to ready, CPU milliseconds, peak MiB) of one run."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    began = time.perf_counter()
    process = subprocess.Popen(
        program, stdin=theirs, stdout=theirs, stderr=theirs, env=env, start_new_session=True
    )
    os.close(theirs)
    seen = b""
    try:
        while ready not in seen:
            readable, _, _ = select.select([ours], [], [], 30)
            if not readable:
                raise SystemExit(f"{program}: not ready within 30 s")
            try:
                seen += os.read(ours, 65536)
            except OSError:
                raise SystemExit(f"{program} ended early:\n{seen.decode(errors='replace')}") from None
        took = (time.perf_counter() - began) * 1000
        os.kill(process.pid, signal.SIGSTOP)  # nothing more is counted
    finally:
        os.kill(process.pid, signal.SIGKILL)
        _, _, used = os.wait4(process.pid, 0)
        os.close(ours)
    scale = 1024 if sys.platform != "darwin" else 1024 * 1024
    return took, (used.ru_utime + used.ru_stime) * 1000, used.ru_maxrss / scale


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        env |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "HOME": folder}
        env |= {f"XDG_{kind}_HOME": f"{folder}/{kind.lower()}" for kind in ("DATA", "CONFIG", "CACHE")}
        minimal = Path(folder, "minimal.py")
        minimal.write_text(MINIMAL, encoding="utf-8")
        programs = {
            "minimal Textual app": ([sys.executable, str(minimal)], b"Klar"),
            "visitator-tui (unlock)": ([sys.executable, "-m", "visitator_tui"], "Adgangssætning".encode()),
            "visitator-tui demo (Min dag)": (
                [sys.executable, "-m", "visitator_tui", "demo"],
                "Besøg og samtaler".encode(),
            ),
        }
        if shutil.which("posting"):
            programs["posting"] = ([shutil.which("posting") or "posting"], b"Collection")
        figures: dict[str, list[tuple[float, float, float]]] = {name: [] for name in programs}
        for turn in range(runs + 1):  # the first round warms the caches and is not counted
            for name, (program, ready) in programs.items():
                result = one(program, ready, env)
                if turn:
                    figures[name].append(result)
        floor = statistics.median(cpu for _, cpu, _ in figures["minimal Textual app"])
        print(
            f"{'program':28} {'ready ms':>9} {'CPU ms':>8} {'x floor':>8} {'peak MiB':>9}   (median of {runs})"
        )
        for name, results in figures.items():
            ready_ms, cpu, memory = (statistics.median(column) for column in zip(*results, strict=True))
            print(f"{name:28} {ready_ms:9.0f} {cpu:8.0f} {cpu / floor:8.2f} {memory:9.0f}")


if __name__ == "__main__":
    main()

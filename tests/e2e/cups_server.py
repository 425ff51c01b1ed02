"""A real cupsd on loopback, of the test's own, whose printers keep what they are given.

The backend takes the bytes as CUPS hands them to a device and tells through a named pipe that it has them.
The access rules are those that CUPS ships: the owner of a job sends its document and cancels it.
"""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from visitator_tui.printing.cups import CupsPrinter
from visitator_tui.printing.ipp_http import Server

_Answer = TypeVar("_Answer")
CUPSD = shutil.which("cupsd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
_PROGRAMS = next((one for one in ("/usr/lib/cups", "/usr/libexec/cups") if Path(one).is_dir()), "")

# What follows the scheme of the device is what the printer does: keep, or wait until the gate opens.
_BACKEND = """#!/bin/sh
[ $# -eq 0 ] && exit 0
out="{out}"
printf '%s\\n' "copies=$4" "title=$3" "$5" > "$out/$1.options"
cat "${{6:--}}" > "$out/$1.part"
case "$DEVICE_URI" in
  visitator:refuse) exit 1 ;;
  visitator:gate) read line < "{gate}" ;;
esac
mv "$out/$1.part" "$out/$1.pdf"
echo "$1" > "{bell}"
"""

_FILES = """ServerRoot {etc}
ServerBin {programs}
DataDir /usr/share/cups
RequestRoot {root}/spool
TempDir {root}/spool/tmp
CacheDir {root}/cache
StateDir {root}/state
DocumentRoot {root}/empty
AccessLog {root}/access.log
ErrorLog {root}/error.log
PageLog {root}/page.log
Sandboxing relaxed
"""

_SETTINGS = """LogLevel debug
Listen 127.0.0.1:{port}
Listen {socket}
Browsing Off
WebInterface No
DefaultAuthType None
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  JobPrivateAccess default
  JobPrivateValues default
  <Limit Create-Job Print-Job Print-URI Validate-Job>
    Order deny,allow
  </Limit>
  <Limit Send-Document Cancel-Job Hold-Job Release-Job>
    Require user @OWNER @SYSTEM
    Order deny,allow
  </Limit>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""

# Two printers with a description that can print on both sides, one that cannot, and no filter between.
_DESCRIPTION = """*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "VISIT.PPD"
*Manufacturer: "Visitator"
*Product: "(Visitator)"
*ModelName: "Visitator test"
*ShortNickName: "Visitator test"
*NickName: "Visitator test"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*ColorDevice: False
*DefaultColorSpace: Gray
*cupsFilter2: "application/pdf application/pdf 0 -"
*OpenUI *PageSize: PickOne
*DefaultPageSize: A4
*PageSize A4/A4: ""
*CloseUI: *PageSize
*OpenUI *PageRegion: PickOne
*DefaultPageRegion: A4
*PageRegion A4/A4: ""
*CloseUI: *PageRegion
*DefaultImageableArea: A4
*ImageableArea A4/A4: "0 0 595 842"
*DefaultPaperDimension: A4
*PaperDimension A4/A4: "595 842"
{duplex}"""

_DUPLEX = """*OpenUI *Duplex/2-Sided Printing: PickOne
*DefaultDuplex: None
*Duplex None/Off: ""
*Duplex DuplexNoTumble/LongEdge: ""
*Duplex DuplexTumble/ShortEdge: ""
*CloseUI: *Duplex
"""


@dataclass(frozen=True)
class Queue:
    """A printer of the test server."""

    name: str
    info: str
    device: str = "visitator:keep"
    stopped: bool = False
    accepting: bool = True
    duplex: bool = True


QUEUES = (
    Queue("Kontor", "Kontoret på 1. sal"),
    Queue("Enkelt", "Kan kun én side", duplex=False),
    Queue("Slukket", "Slukket printer", stopped=True),
    Queue("Afviser", "Tager ikke imod", accepting=False),
    Queue("Langsom", "Venter på porten", device="visitator:gate"),
    Queue("Opgiver", "Opgiver alt", device="visitator:refuse"),
)


class CupsServer:
    """The running server; ``printer`` is the program's own Printer on it."""

    def __init__(self, root: Path, queues: tuple[Queue, ...] = QUEUES, default: str = "Kontor") -> None:
        assert CUPSD is not None
        self.root = root
        self.out = root / "out"
        self.port = _free_port()
        self.socket = root / "s"
        self._bell, self._gate = root / "bell", root / "gate"
        self._lay_out(queues, default)
        # Open for reading and writing: neither the backend nor the test then waits in open().
        self._bell_end = os.open(self._bell, os.O_RDWR | os.O_NONBLOCK)
        self._gate_end = os.open(self._gate, os.O_RDWR | os.O_NONBLOCK)
        self._process: subprocess.Popen[bytes] | None = None

    def _lay_out(self, queues: tuple[Queue, ...], default: str) -> None:
        etc, programs = self.root / "etc", self.root / "programs"
        for folder in (etc / "ppd", programs / "backend", self.root / "spool/tmp", self.out):
            folder.mkdir(parents=True)
        for name in ("cache", "state", "empty"):
            (self.root / name).mkdir()
        for name in ("daemon", "notifier"):
            (programs / name).symlink_to(Path(_PROGRAMS) / name)
        os.mkfifo(self._bell)
        os.mkfifo(self._gate)
        backend = programs / "backend" / "visitator"
        backend.write_text(_BACKEND.format(out=self.out, bell=self._bell, gate=self._gate))
        # A backend that only its owner may run is run as the owner: it can write to the test's folder.
        backend.chmod(0o700)
        files = _FILES.format(etc=etc, programs=programs, root=self.root)
        (etc / "cups-files.conf").write_text(files)
        (etc / "cupsd.conf").write_text(_SETTINGS.format(port=self.port, socket=self.socket))
        (etc / "printers.conf").write_text("".join(_stanza(queue, default) for queue in queues), "utf-8")
        for queue in queues:
            described = _DESCRIPTION.format(duplex=_DUPLEX if queue.duplex else "")
            (etc / "ppd" / f"{queue.name}.ppd").write_text(described)

    def start(self) -> None:
        """Start the server (again, with what it kept) and wait until it answers."""
        assert CUPSD is not None
        # A copy: where AppArmor binds the system's cupsd to the system's folders, it does so by path.
        program = self.root / "cupsd"
        if not program.exists():
            shutil.copy2(CUPSD, program)
        etc = self.root / "etc"
        self._process = subprocess.Popen(
            [program, "-f", "-c", etc / "cupsd.conf", "-s", etc / "cups-files.conf"],
            stdout=subprocess.DEVNULL,
            stderr=(self.root / "start.log").open("wb"),
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"},
        )
        until(self._answers, "cupsd answers")

    def _answers(self) -> bool:
        assert self._process is not None and self._process.poll() is None, self.log()
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            return True
        return False

    def stop(self) -> None:
        """Stop the server."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(20)
            self._process = None

    def close(self) -> None:
        """Stop it for good."""
        self.open_gate()
        self.stop()
        os.close(self._bell_end)
        os.close(self._gate_end)

    def printer(
        self, *, over_socket: bool = False, user: str = "visitator", timeout: float = 20
    ) -> CupsPrinter:
        """Our client of this server."""
        server = Server(path=str(self.socket)) if over_socket else Server(host="127.0.0.1", port=self.port)
        return CupsPrinter(lambda: server, user, {}, self.root / "empty", timeout)

    def next_printed(self) -> int:
        """Wait until a device has a whole document; the number of its job."""
        told = b""
        while not told.endswith(b"\n"):
            ready, _, _ = select.select([self._bell_end], [], [], 20)
            assert ready, f"nothing came out\n{self.log()}"
            told += os.read(self._bell_end, 1)
        return int(told)

    def open_gate(self) -> None:
        """Let one document through the slow printer."""
        os.write(self._gate_end, b"\n")

    def received(self, job: int) -> bytes:
        """The bytes that the device got."""
        return (self.out / f"{job}.pdf").read_bytes()

    def options(self, job: int) -> str:
        """Copies, title and options as the device got them."""
        return (self.out / f"{job}.options").read_text()

    def all_received(self) -> list[bytes]:
        """Everything that any device got whole, in the order of the jobs."""
        files = sorted(self.out.glob("*.pdf"), key=lambda file: int(file.stem))
        return [file.read_bytes() for file in files]

    def log(self) -> str:
        """The end of the server's log."""
        there = [file for name in ("start.log", "error.log") if (file := self.root / name).exists()]
        return "\n".join(file.read_text(errors="replace")[-4000:] for file in there)


@contextmanager
def cups_server(root: Path) -> Iterator[CupsServer]:
    """A started server, stopped at the end."""
    server = CupsServer(root)
    server.start()
    try:
        yield server
    finally:
        server.close()


def until(probe: Callable[[], _Answer], what: str, seconds: float = 20) -> _Answer:
    """Ask until the answer is true; what it is. Every question is a round trip to the server."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := probe():
            return answer
        select.select([], [], [], 0.01)
    raise AssertionError(f"never: {what}")


def _stanza(queue: Queue, default: str) -> str:
    kind = "DefaultPrinter" if queue.name == default else "Printer"
    stopped = "State Stopped\nReason paused\n" if queue.stopped else "State Idle\n"
    return (
        f"<{kind} {queue.name}>\nInfo {queue.info}\nMakeModel Visitator test\nDeviceURI {queue.device}\n"
        f"{stopped}Accepting {'Yes' if queue.accepting else 'No'}\nShared No\nJobSheets none none\n"
        f"OpPolicy default\nErrorPolicy abort-job\n</{kind}>\n"
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

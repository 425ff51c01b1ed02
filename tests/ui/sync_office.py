"""The municipality's service as the screens reach it, in memory, and fields that two have filled in two ways."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from visit_kit import NOW

from visitator_tui.usecases.ports import StaleError
from visitator_tui.usecases.sync_ports import Applied, ConflictRow, Listener, Side, SyncState, UnsentRow
from visitator_tui.usecases.sync_wire import FoundCase, SyncError, Trouble

OFFLINE = "Kommunens tjeneste kan ikke nås. Det, du har skrevet, er gemt på maskinen."


class Office:
    """Synchronising in memory: what it says is given; what it is asked is kept."""

    def __init__(self) -> None:
        self.now = SyncState(synced=True, last_success=NOW, user="vivi")
        self.rows: list[UnsentRow] = []
        self.disputed: list[ConflictRow] = []
        self.settled: list[tuple[str, Side]] = []
        self.asked: list[str] = []
        self.stale = False
        self.gate = threading.Event()
        self.gate.set()
        self._listeners: list[Listener] = []

    def start(self) -> None:
        self.asked.append("start")

    def stop(self, wait: float = 5.0) -> None:
        self.asked.append("stop")

    def state(self) -> SyncState:
        return self.now

    def listen(self, listener: Listener) -> None:
        self._listeners.append(listener)

    def say(self, applied: Applied | None = None, **state: Any) -> None:
        """As the loop's thread does."""
        self.now = replace(self.now, **state)
        for listener in self._listeners:
            listener(self.now, applied)

    def nudge(self) -> None:
        self.asked.append("nudge")

    def conflicts(self, case_id: str | None = None) -> list[ConflictRow]:
        return [one for one in self.disputed if case_id in (None, one.case_id)]

    def settle(self, conflict: ConflictRow, side: Side) -> None:
        self.gate.wait(30)
        if self.stale:
            raise StaleError("Feltet er ændret, siden det blev vist. Se det igen, før du vælger.")
        self.settled.append((conflict.id, side))
        self.disputed = [one for one in self.disputed if one.id != conflict.id]

    def unsent(self) -> list[UnsentRow]:
        return list(self.rows)

    def search(self, text: str) -> tuple[FoundCase, ...]:
        self.gate.wait(30)
        if text == "nej":
            raise SyncError(Trouble.OFFLINE, OFFLINE)
        return (FoundCase("c-1", "Bodil Sø", "1941-05-06", "open", "anna", ""),)

    def fetch(self, case_id: str) -> None:
        self.asked.append(f"fetch {case_id}")

    def assign(self, case_id: str, user: str) -> None:
        self.asked.append(f"assign {user}")


def field(number: int, name: str, mine: str, theirs: str, case_id: str) -> ConflictRow:
    """A field that two have filled in two ways."""
    path = tuple(name.split("."))
    later = NOW - timedelta(hours=1)
    return ConflictRow(
        f"k{number}", case_id, "case", "Åse Ærø", path, mine, theirs, "", "vivi", NOW, "anna", later
    )


def two_fields(case_id: str) -> list[ConflictRow]:
    """Two conflicts of a case."""
    return [
        field(1, "assessment.areas.indkoeb.observed", "Datteren handler.", "Naboen handler.", case_id),
        field(2, "summary.text", "Klarer det selv.", "Har brug for hjælp.", case_id),
    ]


@dataclass(frozen=True)
class Known:
    """Who is signed in."""

    tenant: str = "provby"
    user: str = "vivi"
    name: str = "Vivi Visse"


@dataclass(frozen=True)
class Waiting:
    """A code to write in a browser."""

    code: str
    address: str = "https://login.provby.example/device"
    interval: float = 0.02


class Porch:
    """Signing in, in memory: ``answer`` is what the person in the browser does, ``looks`` how often it was asked."""

    code = "WDJB-MJHT"

    def __init__(self, known: Known | None = None) -> None:
        self.known, self.enrolled, self.looks = known, "", 0
        self.tenants: list[str] = []
        self.answer: bool | None = None

    def signed_in(self) -> Known | None:
        return self.known

    def enrol(self, code: str, device_name: str) -> Known:
        if code == "forkert":
            raise SyncError(Trouble.DENIED, "Koden kendes ikke. Få en ny hos it-afdelingen.")
        self.enrolled, self.known = f"{code} {device_name}", Known()
        return self.known

    def begin(self, tenant: str) -> Waiting:
        self.tenants.append(tenant)
        if tenant == "ukendt":
            raise SyncError(Trouble.DENIED, "Kommunen har ikke log ind på tjenesten.")
        return Waiting(self.code)

    def look(self, waiting: Waiting) -> Waiting | None:
        self.looks += 1
        if self.answer is False:
            raise SyncError(Trouble.DENIED, "Der blev sagt nej i browseren. Begynd forfra.")
        if self.answer is None:
            return waiting
        self.known = Known()
        return None

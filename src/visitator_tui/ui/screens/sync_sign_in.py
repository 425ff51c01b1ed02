"""Signing in to the municipality's service: by a code in a browser, or with a one-time code."""

from __future__ import annotations

import threading
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Label, Static

from visitator_tui.usecases.ports import StoreError
from visitator_tui.usecases.sign_in_ports import SigningIn
from visitator_tui.usecases.sync_wire import SyncError

from ..here import is_here
from ..in_thread import in_thread
from ..widgets.line import Line
from .dialog import Dialog

WAYS = (
    ("browser", "1  Med din konto hos kommunen: skriv en kode i en browser"),
    ("code", "2  Med en engangskode fra it-afdelingen"),
)
"""How one can sign in, as PickScreen asks."""


class BrowserSignIn(Dialog[bool]):
    """Shows address and code, and waits in a thread until she has signed in there; Esc gives up."""

    CSS = """
    BrowserSignIn #code { text-style: bold; height: auto; padding: 1 2; }
    BrowserSignIn #said { height: auto; min-height: 2; }
    """

    def __init__(self, sign_in: SigningIn[Any], tenant: str) -> None:
        super().__init__()
        self._sign_in, self._tenant = sign_in, tenant
        self._given_up = threading.Event()

    def compose(self) -> ComposeResult:
        """What to do, the code, how it goes."""
        with Vertical(classes="dialog"):
            yield Label("Log ind hos kommunen", classes="dialog-title")
            yield Static("", id="code", markup=False)
            yield Static("Beder kommunen om en kode …", id="said", markup=False)
            yield Label("Esc holder op med at vente; du kan arbejde videre uden.", classes="quiet")

    def on_mount(self) -> None:
        """Ask for a code."""
        self._wait()

    def on_unmount(self) -> None:
        """Nobody waits any more."""
        self._given_up.set()

    @in_thread()
    def _wait(self) -> None:
        try:
            waiting = self._sign_in.begin(self._tenant)
            self.app.call_later(self._show, waiting.address, waiting.code)
            while not self._given_up.wait(waiting.interval):
                looked = self._sign_in.look(waiting)
                if looked is None:
                    self.app.call_later(self._signed_in)
                    return
                waiting = looked
        except (SyncError, StoreError) as problem:
            self.app.call_later(self._say, f"! {problem}")

    def _show(self, address: str, code: str) -> None:
        if is_here(self):
            self.query_one("#code", Static).update(f"Åbn i en browser:  {address}\nSkriv koden dér:   {code}")
            self._say("Venter på, at du logger ind i browseren …")

    def _say(self, text: str) -> None:
        if is_here(self):
            self.query_one("#said", Static).update(text)

    def _signed_in(self) -> None:
        if is_here(self):
            self.answer(True)


class EnrolScreen(Dialog[bool]):
    """Makes this laptop known with a one-time code."""

    CSS = "EnrolScreen #said { height: auto; min-height: 2; }"

    def __init__(self, sign_in: SigningIn[Any], device: str) -> None:
        super().__init__()
        self._sign_in, self._device = sign_in, device
        self._busy = False

    def compose(self) -> ComposeResult:
        """The code, how it goes."""
        with Vertical(classes="dialog"):
            yield Label("Log ind med en engangskode", classes="dialog-title")
            yield Static("It-afdelingen giver dig koden. Den kan bruges én gang, på denne maskine.")
            yield Line(placeholder="engangskode")
            yield Static("", id="said", markup=False)
            yield Label("Enter logger ind. Esc lukker.", classes="quiet")

    def on_mount(self) -> None:
        """Write at once."""
        self.set_focus(self.query_one(Input))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if event.value.strip() and not self._busy:
            self._busy = True
            self.query_one("#said", Static).update("Spørger kommunens tjeneste …")
            self._enrol(event.value)

    @in_thread()
    def _enrol(self, code: str) -> None:
        try:
            self._sign_in.enrol(code, self._device)
        except (SyncError, StoreError) as problem:
            self.app.call_later(self._failed, str(problem))
            return
        self.app.call_later(self._done)

    def _failed(self, message: str) -> None:
        self._busy = False
        if is_here(self):
            self.query_one("#said", Static).update(f"! {message}")

    def _done(self) -> None:
        if is_here(self):
            self.answer(True)

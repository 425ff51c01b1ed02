"""Small dialogs of sync: whom a case goes to, and which case is fetched from the municipality's service."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Label, Static

from visitator_tui.usecases.ports import StoreError
from visitator_tui.usecases.sync_ports import Synchronising
from visitator_tui.usecases.sync_wire import FoundCase, SyncError
from visitator_tui.usecases.sync_words import found_text

from ..here import is_here
from ..in_thread import in_thread
from ..widgets.line import Line
from ..widgets.line_list import LineList, Row
from .dialog import Dialog


class AskScreen(Dialog[str]):
    """One line of text; Enter answers with it."""

    def __init__(self, title: str, text: str, hint: str = "") -> None:
        super().__init__()
        self._title, self._text, self._hint = title, text, hint

    def compose(self) -> ComposeResult:
        """Title, what is asked, the line."""
        with Vertical(classes="dialog"):
            yield Label(self._title, classes="dialog-title", markup=False)
            yield Static(self._text, markup=False)
            yield Line(placeholder=self._hint)
            yield Label("Enter går videre. Esc lukker, og intet sker.", classes="quiet")

    def on_mount(self) -> None:
        """Write at once."""
        self.set_focus(self.query_one(Input))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if text := event.value.strip():
            self.answer(text)


class FetchScreen(Dialog[str]):
    """Search among the municipality's cases, and fetch one; answers with its id once it is here."""

    CSS = """
    FetchScreen .dialog { height: 90%; width: 96%; }
    FetchScreen #said { height: auto; min-height: 2; }
    """

    def __init__(self, sync: Synchronising) -> None:
        super().__init__()
        self._sync = sync
        self._found: dict[str, FoundCase] = {}
        self._busy = False

    def compose(self) -> ComposeResult:
        """Search field, what was found, what happens."""
        with Vertical(classes="dialog"):
            yield Label("Hent en sag hos kommunen", classes="dialog-title")
            yield Line(placeholder="navn, CPR-nummer, adresse eller sagsnummer; Enter søger")
            yield LineList(empty=" Skriv, og tryk Enter for at søge.", table=True)
            yield Static("", id="said", markup=False)
            yield Label("Pil ned går til listen, Enter henter sagen. Esc lukker.", classes="quiet")

    def on_mount(self) -> None:
        """Write at once."""
        self.set_focus(self.query_one(Input))

    def _say(self, text: str) -> None:
        self.query_one("#said", Static).update(text)

    def on_key(self, event: events.Key) -> None:
        """Down goes to the list."""
        if event.key == "down" and isinstance(self.focused, Input):
            self.set_focus(self.query_one(LineList))
            event.stop()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if event.value.strip() and not self._busy:
            self._busy = True
            self._say("Søger …")
            self._search(event.value.strip())

    @in_thread()
    def _search(self, text: str) -> None:
        try:
            found = self._sync.search(text)
        except SyncError as problem:
            self.app.call_later(self._ended, f"! {problem}")
            return
        self.app.call_later(self._show, found)

    def _show(self, found: tuple[FoundCase, ...]) -> None:
        self._busy = False
        if not is_here(self):
            return
        self._found = {one.id: one for one in found}
        self.query_one(LineList).show([Row(one.id, f" {found_text(one)}") for one in found])
        self._say("" if found else "Ingen af kommunens sager passer på det.")
        if found:
            self.set_focus(self.query_one(LineList))

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        if not self._busy:
            self._busy = True
            self._say("Henter sagen …")
            self._fetch(event.key)

    @in_thread()
    def _fetch(self, case_id: str) -> None:
        try:
            self._sync.fetch(case_id)
        except (SyncError, StoreError) as problem:
            self.app.call_later(self._ended, f"! {problem}")
            return
        self.app.call_later(self._here, case_id)

    def _here(self, case_id: str) -> None:
        if is_here(self):
            self.answer(case_id)

    def _ended(self, said: str) -> None:
        self._busy = False
        if is_here(self):
            self._say(said)

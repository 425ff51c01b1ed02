"""F5 in a text field: put in a phrase kept earlier, or keep what stands in the field."""

from __future__ import annotations

from textwrap import shorten
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Label, Static

from visitator_tui.domain.case import Case
from visitator_tui.usecases.phrases import PhraseError, forget, keep, phrases
from visitator_tui.usecases.ports import CaseStore, StoreError

from ..services import Services
from ..widgets.line_list import LineList, Row
from .dialog import Dialog


class PhrasesScreen(Dialog[str]):
    """Enter puts the phrase in. G keeps what is marked in the field (or all of it). X takes a phrase away."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "keep", show=False, priority=True, id="phrases.keep"),
        Binding("x", "forget", show=False, priority=True, id="phrases.forget"),
    ]
    CSS = "PhrasesScreen .dialog { height: 80%; width: 78; } PhrasesScreen #whole { height: 5; }"

    def __init__(self, services: Services, store: CaseStore, case: Case, written: str) -> None:
        super().__init__()
        self._services, self._store, self._case, self._written = services, store, case, written

    def compose(self) -> ComposeResult:
        """The phrases, and the whole of the one under the cursor."""
        with Vertical(classes="dialog"):
            yield Label("Fraser", classes="dialog-title")
            yield LineList(
                empty=" Ingen fraser endnu. Skriv en sætning i feltet, og tryk F5 og G.", table=True
            )
            yield Static(id="whole", markup=False)
            yield Static(id="said", classes="problem", markup=False)
            yield Label("Enter sætter ind · G gemmer feltets tekst · X sletter · Esc lukker", classes="quiet")

    def on_mount(self) -> None:
        """Fill the list."""
        self._show()
        self.set_focus(self.query_one(LineList))

    def _show(self) -> None:
        kept = phrases(self._store)
        self.query_one(LineList).show([Row(one, f" {shorten(one, 72, placeholder=' …')}") for one in kept])
        self.query_one("#whole", Static).update(self.query_one(LineList).key or "")

    @on(LineList.Moved)
    def _moved(self, event: LineList.Moved) -> None:
        self.query_one("#whole", Static).update(event.key or "")

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        self.answer(event.key)

    def action_keep(self) -> None:
        """Keep what was written; what tells of the citizen is refused."""
        said = ""
        try:
            keep(self._store, self._written, self._case, self._services.actor, self._services.clock())
        except (PhraseError, StoreError) as problem:
            said = f"! {problem}"
        self.query_one("#said", Static).update(said)
        self._show()

    def action_forget(self) -> None:
        """Take the phrase under the cursor away."""
        if key := self.query_one(LineList).key:
            forget(self._store, key, self._services.actor, self._services.clock())
            self._show()

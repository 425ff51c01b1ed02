"""Unlocking the database, or creating it the first time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.screen import Screen
from textual.widgets import Input, Label, Static

from visitator_tui.usecases.ports import VISITATOR_NAME, CaseStore, StoreError

from ..actions import Context, bar
from ..in_thread import in_thread
from ..services import Services
from ..widgets.bars import KeyBar, TitleBar
from ..widgets.line import Line

if TYPE_CHECKING:
    from ..app import VisitatorApp

LEAST_PASSPHRASE = 12
"""Characters a new passphrase has at the least (it is the only thing between a thief and the cases)."""


class UnlockScreen(Screen[None]):
    """Asks for the passphrase; the first time it is chosen, twice."""

    help_contexts: ClassVar[tuple[Context, ...]] = ("app",)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "advance", id="unlock.advance", show=False, priority=True)
    ]
    CSS = """
    UnlockScreen #middle { align: center middle; height: 1fr; width: 1fr; }
    UnlockScreen Vertical { width: 64; height: auto; background: $surface; border: round $secondary; padding: 1 2; }
    UnlockScreen Input { margin-bottom: 1; }
    UnlockScreen #said { height: auto; min-height: 2; }
    """

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services
        self._vault = services.vault()
        self._new = not self._vault.exists()
        self._busy = False
        self._name = ""

    def compose(self) -> ComposeResult:
        """Title, one or two passphrases, what went wrong."""
        yield TitleBar()
        with Container(id="middle"), Vertical():
            yield Label("Visitator", classes="dialog-title")
            if self._new:
                yield Static(
                    "Første gang: vælg en adgangssætning til den krypterede database på denne computer. "
                    f"Mindst {LEAST_PASSPHRASE} tegn; gerne flere ord. Den kan ikke findes igen, hvis den glemmes.",
                    classes="quiet",
                )
            yield Label("Adgangssætning")
            yield Line(password=True, id="passphrase")
            if self._new:
                yield Label("Adgangssætning igen")
                yield Line(password=True, id="again")
                yield Label("Dit navn, som det skal stå i brevene")
                yield Line(self.services.visitator, id="name")
            yield Static("", id="said")
        yield KeyBar()

    def on_mount(self) -> None:
        """Focus, and import what comes next while the passphrase is typed."""
        self.query_one(KeyBar).keys = f"Enter {'Videre' if self._new else 'Lås op'}  " + bar("app")
        self.set_focus(self.query_one("#passphrase", Input))
        self._prepare()

    @in_thread()
    def _prepare(self) -> None:
        self.services.prepare()

    def _say(self, text: str, *, problem: bool = True) -> None:
        said = self.query_one("#said", Static)
        said.set_class(problem, "problem")
        said.update(("! " if problem else "") + text)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter goes to the next field while there is one; in the last it is the field's own."""
        del parameters
        return action != "advance" or self.focused is not self.query(Input).last()

    def action_advance(self) -> None:
        """The next field, before the next key is handed out."""
        self.focus_next()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        if self._busy:
            return
        passphrase = self.query_one("#passphrase", Input).value
        if self._new:
            wrong = ""
            if len(passphrase) < LEAST_PASSPHRASE:
                wrong = f"Adgangssætningen skal have mindst {LEAST_PASSPHRASE} tegn."
            elif self.query_one("#again", Input).value != passphrase:
                wrong = "De to adgangssætninger er ikke ens. Skriv den samme begge steder."
            if wrong:
                self._say(wrong)
                self.set_focus(self.query_one("#passphrase"))
                return
        elif not passphrase:
            self._say("Skriv adgangssætningen, og tryk Enter.")
            return
        self._busy = True
        self._name = self.query_one("#name", Input).value.strip() if self._new else ""
        self._say("Opretter databasen …" if self._new else "Åbner …", problem=False)
        self._open(passphrase)

    @in_thread()
    def _open(self, passphrase: str) -> None:
        try:
            do = self._vault.create if self._new else self._vault.open
            store = do(passphrase, self.services.clock())
            if self._new:
                name = json.dumps(self._name, ensure_ascii=False)
                store.set_setting(VISITATOR_NAME, name, self.services.actor, self.services.clock())
        except StoreError as problem:
            self.app.call_from_thread(self._failed, str(problem))
            return
        self.app.call_from_thread(self._opened, store)

    def _failed(self, message: str) -> None:
        self._busy = False
        self._say(message)
        if not self._new:
            field = self.query_one("#passphrase", Input)
            field.value = ""
            self.set_focus(field)

    def _opened(self, store: CaseStore) -> None:
        app: VisitatorApp = self.app  # type: ignore[assignment]
        app.unlocked(store)

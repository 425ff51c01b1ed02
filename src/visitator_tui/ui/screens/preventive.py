"""Preventive home visits: who is to be offered one, by which rule, and what came of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Input, Label, Static

from visitator_tui.domain.preventive import OUTCOMES, PreventiveVisit, VisitOutcome
from visitator_tui.domain.preventive_due import VisitRules
from visitator_tui.usecases.files import FileError, read_limited
from visitator_tui.usecases.ports import CaseStore, StoreError
from visitator_tui.usecases.preventive import DueEntry, Entry, PreventiveBook
from visitator_tui.usecases.preventive_file import COLUMNS, LARGEST

from ..actions import Context, bar, bindings
from ..here import is_here
from ..in_thread import in_thread
from ..panel import PlainKeys
from ..services import Services
from ..widgets.bars import KeyBar, TitleBar
from ..widgets.line import Line
from ..widgets.line_list import LineList, Row, wrapped
from .dialog import Dialog


class FileScreen(Dialog[str]):
    """Asks for the register's file."""

    def __init__(self, proposed: str) -> None:
        super().__init__()
        self._proposed = proposed

    def compose(self) -> ComposeResult:
        """A field for the path."""
        with Vertical(classes="dialog"):
            yield Label("Hent registret over borgere", classes="dialog-title")
            yield Static(
                f"Første linje i filen: {';'.join(COLUMNS)}. CPR-numre skal ikke med.", classes="quiet"
            )
            yield Line(self._proposed)
            yield Label("Skriv filens sti. Enter henter. Esc lukker.", classes="quiet")

    def on_mount(self) -> None:
        """To the field."""
        self.set_focus(self.query_one(Input))

    @on(Input.Submitted)
    def _given(self, event: Input.Submitted) -> None:
        self.answer(event.value.strip())


class PreventiveScreen(PlainKeys, Screen[None]):
    """Those who are due today, what ends first at the top; or everybody in the register."""

    context: Context = "preventive"
    help_contexts: ClassVar[tuple[Context, ...]] = ("preventive", "app")
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("preventive")]
    CSS = """
    PreventiveScreen #heading { width: 1fr; color: $secondary; text-style: bold; }
    PreventiveScreen #about { height: auto; max-height: 8; border-top: solid $panel; padding: 0 1; }
    """

    def __init__(self, services: Services, store: CaseStore) -> None:
        super().__init__()
        self.services, self._store = services, store
        self._book: PreventiveBook = services.preventive(store)
        self._one_at_a_time = threading.Lock()
        self._all, self._said = False, ""
        self._due: dict[str, DueEntry] = {}
        self._entries: dict[str, Entry] = {}
        self._rules: VisitRules | None = None

    def compose(self) -> ComposeResult:
        """List and what there is to say of the one under the cursor."""
        yield TitleBar()
        yield Label("", id="heading")
        yield LineList(
            id="citizens",
            table=True,
            empty=" Ingen skal have et tilbud i dag. H henter et register, A viser alle.",
        )
        yield Static("", id="about", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """The keys and the list."""
        self.query_one(TitleBar).left = "Forebyggende hjemmebesøg"
        self.query_one(KeyBar).keys = bar("preventive") + "  F1 Hjælp"
        self.set_focus(self.query_one(LineList))

    def on_screen_resume(self) -> None:
        """Opened, or back from a visit."""
        self.reload()

    def on_resize(self) -> None:
        """Columns follow the width."""
        self._draw()

    def reload(self) -> None:
        """Read the register again."""
        self._do(lambda: "")

    @in_thread()
    def _do(self, action: Callable[[], str]) -> None:
        """Do something in a thread, then read the register; one after the other, so that the last is shown."""
        with self._one_at_a_time:
            self._done(action)

    def _done(self, action: Callable[[], str]) -> None:
        said = ""
        try:
            said = action()
        except (StoreError, FileError) as problem:
            said = f"! {problem}"
        try:
            today = self.services.clock().date()
            due, entries, rules = self._book.due(today), self._book.entries(), self._book.rules(today)
        except StoreError as problem:
            self.app.call_from_thread(self.notify, str(problem), severity="error")
            return
        self.app.call_from_thread(self._show, due, entries, rules, said)

    def _show(self, due: Sequence[DueEntry], entries: Sequence[Entry], rules: VisitRules, said: str) -> None:
        if not is_here(self):
            return
        self._due = {one.entry.kept.id: one for one in due}
        self._entries = {one.kept.id: one for one in entries}
        self._rules = rules
        self.query_one(TitleBar).right = f"{len(due)} skal have tilbud · {len(entries)} i registret"
        self._said = said or self._said
        self._draw()

    # -- showing -------------------------------------------------------------------------------------

    def _draw(self) -> None:
        name = max(18, self.size.width - 62)

        def line(*parts: str) -> str:
            who, born, since, until, last = parts
            short = who if len(who) <= name else f"{who[: name - 1]}…"
            return f" {short:{name}} {born:10} {since:10} {until:10} {last}"

        heading = line("Navn", "Født", "Fra", "Senest", "Sidst")
        self.query_one("#heading", Label).update(heading)
        shown = list(self._entries) if self._all else list(self._due)
        rows = []
        for key in shown:
            citizen, due = self._entries[key].citizen, self._due.get(key)
            last = citizen.last
            since, until = (due.due.since, due.due.until) if due else (None, None)
            rows.append(
                Row(key, line(citizen.name, f"{citizen.birth_date:%d-%m-%Y}", f"{since:%d-%m-%Y}" if since else "",
                              f"{until:%d-%m-%Y}" if until else "",
                              f"{last.on:%d-%m-%Y} {OUTCOMES[last.outcome].removesuffix(' besøg')}" if last else ""),
                    "plain" if due else "dim")
            )  # fmt: skip
        self.query_one(LineList).show(rows)
        self._about()

    def _about(self) -> None:
        key = self.query_one(LineList).key
        told = self._said.splitlines()
        if key in self._entries:
            citizen, due = self._entries[key].citizen, self._due.get(key)
            address = citizen.address
            town = f"{address.postal_code} {address.town}".strip()
            told.append(
                ", ".join(part for part in (address.street, town) if part) or "Adressen er ikke kendt"
            )
            told.append(due.due.why if due else _not_due(self._entries[key]))
        if self._rules and self._rules.warning:
            told.append(f"! {self._rules.warning}")
        width = max(30, self.size.width - 4)
        lines = [line for text in told for line in wrapped(text, width)]
        self.query_one("#about", Static).update("\n".join(lines))

    @on(LineList.Moved)
    def _moved(self) -> None:
        self._said = ""
        self._about()

    # -- doing ---------------------------------------------------------------------------------------

    def _marked(self) -> Entry | None:
        return self._entries.get(self.query_one(LineList).key or "")

    @on(LineList.Chosen)
    def _chosen(self) -> None:
        self.action_visit()

    def action_visit(self) -> None:
        """Write up a visit: today's if there is one, else a new one."""
        from .preventive_visit import VisitScreen

        entry = self._marked()
        if entry is not None and self.app.screen is self:
            self.app.push_screen(VisitScreen(self.services, self._store, self._book, entry))

    def action_offer(self, outcome: VisitOutcome) -> None:
        """Not at home, or not wanted."""
        entry = self._marked()
        if entry is None:
            return
        visits = entry.citizen.visits
        last = entry.citizen.last
        visit = PreventiveVisit(
            on=self.services.clock().date(), outcome=outcome, by=self.services.visitator,
            next_form=last.next_form if last else "visit",
        )  # fmt: skip

        def write() -> str:
            self._book.write(entry, len(visits), visit)
            return f"Skrevet: {OUTCOMES[outcome].lower()}. Der er et nyt tilbud om et år, hvor reglerne giver et."

        self._do(write)

    def action_bring_in(self) -> None:
        """Ask for the file, and take it over."""
        self.app.push_screen(FileScreen(str(self.services.documents / "register.csv")), self._given)

    def _given(self, path: str | None) -> None:
        if path:
            self._do(lambda: self._book.bring_in(read_limited(Path(path).expanduser(), LARGEST)).text())

    def action_everybody(self) -> None:
        """Those who are due, or all."""
        self._all = not self._all
        self._draw()

    def action_back(self) -> None:
        """Back to where it was opened. A second key that is under way closes nothing more."""
        if self.is_current:
            self.dismiss()


def _not_due(entry: Entry) -> str:
    citizen = entry.citizen
    if citizen.left_on:
        return f"Ikke længere i registret siden {citizen.left_on:%d-%m-%Y}"
    if citizen.gets_both:
        return "Får varigt både personlig pleje og praktisk hjælp; derfor intet tilbud (s. 77)"
    return "Skal ikke have et tilbud i dag"

"""Print one letter: which printer, how many, one side or two; or let it wait for the office."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Label, Static

from visitator_tui.usecases.letter_queue import LetterPrinting, WrongStateError
from visitator_tui.usecases.ports import LetterRow, PrinterError, PrinterInfo, StoreError

from ...here import is_here
from ...in_thread import in_thread
from ...services import Services
from ...widgets.line_list import LineList, Row
from ..dialog import Dialog

WAIT = "_wait"
MOST_COPIES = 5


class PrintScreen(Dialog[str]):
    """Its answer is what was done, to be told."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("2", "sides", id="print.sides", show=False, priority=True),
        Binding("k", "copies", id="print.copies", show=False, priority=True),
    ]
    CSS = "PrintScreen LineList { height: 8; } PrintScreen #said { height: auto; min-height: 2; }"

    def __init__(self, services: Services, printing: LetterPrinting, letter: LetterRow, name: str) -> None:
        super().__init__()
        self._services, self._printing = services, printing
        self._letter, self._name = letter, name
        self._copies, self._two_sided = 1, False
        self._busy = False

    def compose(self) -> ComposeResult:
        """Printers, copies and sides, what is going on."""
        with Vertical(classes="dialog"):
            yield Label(f"Print: {self._name}", classes="dialog-title", markup=False)
            yield LineList()
            yield Static(id="how", markup=False)
            yield Static("Leder efter printere …", id="said", markup=False)
            yield Label("Enter printer   2 én eller to sider   K eksemplarer   Esc lukker", classes="quiet")

    def on_mount(self) -> None:
        """The queue can be chosen at once; the printers come when the system has told of them."""
        self._offer(())
        self.set_focus(self.query_one(LineList))
        self._tell_how()
        self._find()

    @in_thread()
    def _find(self) -> None:
        try:
            found: Sequence[PrinterInfo] = self._services.printer().printers()
            said = "" if found else "Der er ingen printer her. Brevet kan vente i køen, til der er en."
        except PrinterError as problem:
            found, said = (), f"! {problem}"
        self.call_later(self._found, found, said)

    def _found(self, found: Sequence[PrinterInfo], said: str) -> None:
        if is_here(self) and not self._busy:
            self._offer(found)
            self.query_one("#said", Static).update(said)

    def _offer(self, found: Sequence[PrinterInfo]) -> None:
        rows = [Row(one.name, f" {one.about or one.name}: {one.state}") for one in found]
        first = next((one.name for one in found if one.name == self._services.first_printer), None)
        rows.append(Row(WAIT, " Vent i køen »til print« (T på sagslisten)"))
        printers = self.query_one(LineList)
        printers.show(rows, first or (found[0].name if found else None))

    def _tell_how(self) -> None:
        sides = "to sider af arket" if self._two_sided else "én side af arket"
        copies = "1 eksemplar" if self._copies == 1 else f"{self._copies} eksemplarer"
        self.query_one("#how", Static).update(f" {copies}, {sides}")

    def action_sides(self) -> None:
        """One side or two."""
        self._two_sided = not self._two_sided
        self._tell_how()

    def action_copies(self) -> None:
        """One more copy, and round."""
        self._copies = self._copies % MOST_COPIES + 1
        self._tell_how()

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        if not self._busy:
            self._busy = True
            self.query_one("#said", Static).update("Sender til printeren …")
            self._print("" if event.key == WAIT else event.key, event.key == WAIT)

    @in_thread()
    def _print(self, printer: str, wait: bool) -> None:
        try:
            entry = self._printing.put(self._letter.id, self._copies, self._two_sided)
            if wait:
                self.call_later(
                    self.answer, "Brevet venter på print. På sagslisten: T viser køen og printer."
                )
                return
            run = self._printing.print_all(printer, only=[entry.number])
        except (StoreError, PrinterError, WrongStateError) as problem:
            self.call_later(self._failed, str(problem))
            return
        if run.sent:
            self.call_later(self.answer, run.text())
        else:
            self.call_later(self._failed, f"{run.text()} Brevet ligger i køen »til print«.")

    def _failed(self, why: str) -> None:
        self._busy = False
        if is_here(self):
            self.query_one("#said", Static).update(f"! {why}")

"""Letters waiting for print: they survive restarts, and go to the printer in one go at the office."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Label, Static

from visitator_tui.usecases.letter_names import kind_name
from visitator_tui.usecases.letter_queue import CAME_OUT_QUESTION, LetterPrinting, WrongStateError
from visitator_tui.usecases.ports import (
    QUEUE_STATES,
    PrinterError,
    PrinterInfo,
    QueuedLetter,
    QueueState,
    StoreError,
)

from ..actions import Context, bar, bindings
from ..here import is_here
from ..in_thread import in_thread
from ..services import Services
from ..widgets.line_list import LineList, Row
from .dialog import Dialog
from .dialogs import PickScreen


class QueueScreen(Dialog[None]):
    """Print all, choose printer, copies and two sides; say whether a doubtful letter came out."""

    context: ClassVar[Context] = "queue"
    help_contexts: ClassVar[tuple[Context, ...]] = ("queue", "app")
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("queue")]
    CSS = """
    QueueScreen .dialog { height: 90%; width: 96%; }
    QueueScreen #said { height: auto; min-height: 2; }
    """

    def __init__(self, services: Services, printing: LetterPrinting) -> None:
        super().__init__()
        self._services, self._printing = services, printing
        self._entries: Sequence[QueuedLetter] = ()
        self._printer = ""

    def compose(self) -> ComposeResult:
        """The queue, what was said last, the keys."""
        with Vertical(classes="dialog"):
            yield Label("Breve, der venter på at blive printet", classes="dialog-title")
            yield LineList(empty=" Der er ingen breve i køen.", table=True)
            yield Static("", id="said", markup=False)
            yield Static("Esc Luk  " + bar("queue"), classes="quiet")

    def on_mount(self) -> None:
        """Ask the printer what became of what it got."""
        self.set_focus(self.query_one(LineList))
        self._do(self._printing.refresh)

    # -- showing -------------------------------------------------------------------------------------

    def _show(self, said: str = "") -> None:
        self._entries = self._printing.entries()
        rows = []
        for entry in self._entries:
            bad = entry.state in (QueueState.FAILED, QueueState.UNCERTAIN)
            rows.append(Row(str(entry.number), _line(entry), "bad" if bad else "plain"))
        self.query_one(LineList).show(rows)
        if not said and any(entry.state is QueueState.UNCERTAIN for entry in self._entries):
            said = f"{CAME_OUT_QUESTION} Svar J eller N på hvert brev, der er uvist."
        self.query_one("#said", Static).update(said)

    def _entry(self) -> QueuedLetter | None:
        key = self.query_one(LineList).key
        return next((entry for entry in self._entries if str(entry.number) == key), None)

    @in_thread()
    def _do(self, action: Callable[[], object], said: str = "") -> None:
        """Do something with the queue in a thread, then show it; what went wrong is said."""
        told = said
        try:
            result = action()
            text = getattr(result, "text", None)
            told = text() if callable(text) else said
        except (StoreError, PrinterError, WrongStateError) as problem:
            told = f"! {problem}"
        self.app.call_from_thread(self._ended, told)

    def _ended(self, said: str) -> None:
        if is_here(self):
            self._show(said)

    # -- doing ---------------------------------------------------------------------------------------

    def action_print_all(self) -> None:
        """Print what waits."""
        self.query_one("#said", Static).update("Sender til printeren …")
        self._do(lambda: self._printing.print_all(self._printer))

    def action_printer(self) -> None:
        """Choose the printer."""
        self._find_printers()

    @in_thread()
    def _find_printers(self) -> None:
        try:
            found = self._services.printer().printers()
        except PrinterError as problem:
            self.app.call_from_thread(self._ended, f"! {problem}")
            return
        self.app.call_from_thread(self._offer_printers, found)

    def _offer_printers(self, found: Sequence[PrinterInfo]) -> None:
        if not found:
            self._show("! Der er ingen printer på denne computer. Brevene venter her, til der er en.")
            return
        choices = [(one.name, f"{one.about or one.name}: {one.state}") for one in found]
        self.app.push_screen(PickScreen("Vælg printer", choices, self._printer), self._printer_chosen)

    def _printer_chosen(self, name: str | None) -> None:
        if name:
            self._printer = name
            self._show(f"Printer: {name}")

    def _requeue(self, *, copies: int | None = None, two_sided: bool | None = None) -> None:
        entry = self._entry()
        if entry is None or entry.state is not QueueState.WAITING:
            self._show("! Kun et brev, der venter, kan ændres.")
            return
        many = entry.copies if copies is None else copies
        both = entry.two_sided if two_sided is None else two_sided

        def again() -> object:
            self._printing.remove(entry)
            return self._printing.add(entry.letter_id, many, both)

        self._do(again)

    def action_sides(self) -> None:
        """One side or two."""
        if entry := self._entry():
            self._requeue(two_sided=not entry.two_sided)

    def action_copies(self) -> None:
        """One more copy, from one to five and round."""
        if entry := self._entry():
            self._requeue(copies=entry.copies % 5 + 1)

    def action_came_out(self, came_out: bool) -> None:
        """Say whether a letter came out of the printer."""
        if entry := self._entry():
            self._do(lambda: self._printing.answer([entry], came_out))

    def action_retry(self) -> None:
        """Let a failed letter wait again."""
        if entry := self._entry():
            self._do(lambda: self._printing.retry(entry), "Brevet venter igen.")

    def action_remove(self) -> None:
        """Take a letter out of the queue, or cancel it at the printer; it stays in its case."""
        entry = self._entry()
        if entry is None:
            return
        if entry.state in (QueueState.SENDING, QueueState.SENT):
            self._do(lambda: self._printing.cancel(entry), "Printeren er bedt om at stoppe.")
        else:
            self._do(
                lambda: self._printing.remove(entry), "Brevet er taget ud af køen. Det ligger stadig i sagen."
            )


def _line(entry: QueuedLetter) -> str:
    """Whose letter, which (kind, day and time: one citizen may have two), how it is printed, how far it is."""
    at = entry.made_at.astimezone()
    sides = "to sider" if entry.two_sided else "én side "
    copies = f" {entry.copies} stk." if entry.copies > 1 else ""
    reason = f": {entry.reason}" if entry.reason else ""
    letter = f"{kind_name(entry.kind)[:12]:12} {at:%d-%m %H.%M}"
    return (
        f"{entry.number:>4} {entry.name[:16]:16} {letter} {sides}{copies} {QUEUE_STATES[entry.state]}{reason}"
    )

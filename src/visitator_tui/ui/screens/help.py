"""F1: what can be done here, searchable; made from the one table of actions."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Label

from ..actions import CONTEXT_NAMES, Context, of
from ..widgets.line import Line
from ..widgets.line_list import LineList, Row, wrapped
from .dialog import Dialog

WAY: Context = "way"
"""The way through a case is told everywhere, after what can be done here."""

WIDTH = 58
"""Columns of a help text at 80 columns."""


class HelpScreen(Dialog[None]):
    """The keys that work where F1 was pressed, then the rest."""

    CSS = "HelpScreen .dialog { height: 90%; width: 78; }"

    def __init__(self, contexts: tuple[Context, ...]) -> None:
        super().__init__()
        rest = tuple(context for context in CONTEXT_NAMES if context not in (*contexts, WAY))
        self._here: tuple[Context, ...] = (*contexts, WAY)
        self._order = self._here + rest
        self._on_the_way = False

    def compose(self) -> ComposeResult:
        """Search field and list."""
        with Vertical(classes="dialog"):
            yield Label("Hjælp: det kan du gøre her", classes="dialog-title")
            yield Line(placeholder="skriv for at søge")
            yield LineList(empty=" Intet passer på det, du søger.")
            yield Label("Pil ned går til listen. F1 igen: vejen gennem en sag. Esc lukker.", classes="quiet")

    def on_mount(self) -> None:
        """Fill the list."""
        self.set_focus(self.query_one(Input))
        self._show("")

    def again(self) -> None:
        """F1 once more: from what can be done here to the whole way; from there it closes."""
        if self._on_the_way:
            self.action_close()
            return
        self._on_the_way = True
        self.query_one(Input).value = ""
        self._show("")
        rows = self.query_one(LineList)
        self.set_focus(rows)
        rows.action_edge(1)  # so that the way comes to stand at the top
        rows.go(f"{WAY}.way_1")

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        self._show(event.value)

    def on_key(self, event: events.Key) -> None:
        """Down goes to the list."""
        if event.key == "down" and isinstance(self.focused, Input):
            self.set_focus(self.query_one(LineList))
            event.stop()

    def _show(self, search: str) -> None:
        words = search.lower().split()
        rows: list[Row] = []
        for context in self._order:
            found = [
                one for one in of(context)
                if all(word in f"{one.shown} {one.label} {one.help}".lower() for word in words)
            ]  # fmt: skip
            if found:
                here = "" if context in self._here else " (et andet sted)"
                rows.append(Row(None, f"{CONTEXT_NAMES[context]}{here}"))
                for one in found:
                    first, *more = wrapped(one.help, WIDTH)
                    rows.append(Row(f"{context}.{one.id}", f" {one.shown:10} {first}"))
                    rows += [Row(None, f" {'':10} {line}", "plain") for line in more]
        self.query_one(LineList).show(rows)

"""Search the standard: any delydelse by name, word or paragraph."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input, Label

from visitator_tui.domain.decision_items import named_by
from visitator_tui.domain.standard import Standard
from visitator_tui.usecases.grouping import search

from ..widgets.line import Line
from ..widgets.line_list import LineList, Row
from .dialog import Dialog


class SearchScreen(Dialog[str]):
    """Type, arrow down, Enter. With ``ydelse`` the delydelser of one ydelse are shown to begin with.

    With ``asked`` an application (``name`` in words) is to be answered: what it may mean stands first, and with
    ``may_stand`` its own words can be the answer.
    """

    BINDINGS = [
        Binding("enter", "take", id="search.take", show=False, priority=True),
        Binding("f4", "card", id="search.card", show=False, priority=True),
    ]
    CSS = "SearchScreen .dialog { height: 90%; width: 96%; max-width: 110; }"

    def __init__(
        self,
        standard: Standard,
        ydelse: str = "",
        *,
        asked: str = "",
        name: str = "",
        may_stand: bool = False,
    ) -> None:
        super().__init__()
        self._standard, self._ydelse = standard, ydelse
        self._asked, self._name, self._may_stand = asked, name or asked, may_stand

    def compose(self) -> ComposeResult:
        """Field and list."""
        within = self._standard.ydelse_by_id[self._ydelse].name if self._ydelse else self._standard.title
        with Vertical(classes="dialog"):
            title = f"Hvad svarer på »{self._name}«? Søg i {within}" if self._asked else f"Søg i {within}"
            yield Label(title, classes="dialog-title", markup=False)
            yield Line(placeholder="navn, ord eller paragraf, fx »hofte« eller »86«")
            yield LineList(empty=" Intet fundet. Prøv et andet ord.")
            yield Label("Pil op/ned · Enter tager den · F4 viser kortet · Esc lukker", classes="quiet")

    def on_mount(self) -> None:
        """Focus and first list."""
        self.set_focus(self.query_one(Input))
        self._show("")

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        self._show(event.value)

    def on_key(self, event: events.Key) -> None:
        """Arrows move in the list while the field keeps the focus."""
        if event.key in ("down", "up"):
            self.query_one(LineList).action_move(1 if event.key == "down" else -1)
            event.stop()

    def _show(self, words: str) -> None:
        standard = self._standard
        found = search(standard, words) if words.strip() else tuple(standard.delydelse_by_id)
        rows: list[Row] = []
        if self._asked and not words.strip():
            likely = named_by(self._asked, standard)
            found = tuple(one for one in found if one not in likely)
            rows = [Row(None, "Det, ansøgningen ligner"), *self._rows(likely)] if likely else []
        if self._may_stand and words.strip():  # what was found stands first
            rows = self._rows(found)
            found = ()
        if self._may_stand:
            rows += [
                Row(None, "Intet i standarden"),
                Row(self._asked, f" Ansøgningens egne ord: {self._name}"),
            ]
        if rows and found:
            rows.append(Row(None, "Hele standarden"))
        rows += self._rows(found)
        self.query_one(LineList).show(
            rows, next((row.key for row in rows if row.key), None)
        )  # the best is first

    def _rows(self, found: Iterable[str]) -> list[Row]:
        standard, rows = self._standard, []
        for item_id in found:
            item, ydelse = standard.delydelse_by_id[item_id], standard.ydelse_of[item_id]
            if not self._ydelse or ydelse.id == self._ydelse:
                page = f" (s. {item.page})" if item.page else ""
                rows.append(Row(item_id, f" {item.name}{page} · {ydelse.name}"))
        return rows

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        self.answer(event.key)

    def action_take(self) -> None:
        """Take the delydelse under the cursor."""
        if key := self.query_one(LineList).key:
            self.answer(key)

    def action_card(self) -> None:
        """The full card."""
        from visitator_tui.usecases.card import card

        from .dialogs import ReadScreen

        key = self.query_one(LineList).key
        if key in self._standard.delydelse_by_id:
            self.app.push_screen(
                ReadScreen(self._standard.delydelse_by_id[key].name, card(self._standard, key))
            )

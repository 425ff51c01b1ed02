"""A list drawn line by line: thousands of rows cost what the visible ones cost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from .row_lines import Row, RowLines, wrapped

__all__ = ["LineList", "Row", "wrapped"]


class LineList(ScrollView, can_focus=True):
    """Rows with a cursor. Arrows, PgUp/PgDn, Home/End move; Enter or a click chooses.

    A text that is too long goes on in the next line; in a ``table``, whose rows are columns, it is cut.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line-list--cursor", "line-list--cursor-blurred", "line-list--heading",
        "line-list--dim", "line-list--good", "line-list--bad", "line-list--strong",
        "line-list--plain",
    }  # fmt: skip
    DEFAULT_CSS = """
    LineList { height: 1fr; background: $surface; color: $foreground; scrollbar-size-vertical: 1; overflow-x: hidden; }
    LineList > .line-list--cursor { background: $accent; color: $background; text-style: bold; }
    LineList > .line-list--cursor-blurred { background: $panel; text-style: bold; }
    LineList > .line-list--heading { color: $secondary; text-style: bold; }
    LineList > .line-list--dim { color: $text-muted; }
    LineList > .line-list--good { color: $success; }
    LineList > .line-list--bad { color: $warning; }
    LineList > .line-list--strong { text-style: bold; }
    LineList > .line-list--plain { color: $foreground; }
    """
    # Priority: a cursor key must act before the next key is handed out, or V chooses the row above.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", id="rows.up", show=False, priority=True),
        Binding("down", "move(1)", id="rows.down", show=False, priority=True),
        Binding("pageup", "page(-1)", id="rows.page_up", show=False, priority=True),
        Binding("pagedown", "page(1)", id="rows.page_down", show=False, priority=True),
        Binding("home", "edge(-1)", id="rows.first", show=False, priority=True),
        Binding("end", "edge(1)", id="rows.last", show=False, priority=True),
        Binding("enter", "choose", id="rows.choose", show=False, priority=True),
    ]

    class Moved(Message):
        """The cursor stands on another row."""

        def __init__(self, sender: LineList, key: str | None) -> None:
            self.list, self.key = sender, key
            super().__init__()

        @property
        def control(self) -> LineList:
            """The list that sent the message."""
            return self.list

    class Chosen(Message):
        """A row was chosen by Enter or a click."""

        def __init__(self, sender: LineList, key: str) -> None:
            self.list, self.key = sender, key
            super().__init__()

        @property
        def control(self) -> LineList:
            """The list that sent the message."""
            return self.list

    def __init__(
        self, *, id: str | None = None, empty: str = "", classes: str | None = None, table: bool = False
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._rows: list[Row] = []
        self._table = table
        self._laid = RowLines(())
        self._empty = empty
        self._cursor = -1

    # -- rows and cursor -----------------------------------------------------------------------

    @property
    def key(self) -> str | None:
        """The key of the row under the cursor."""
        return self._rows[self._cursor].key if 0 <= self._cursor < len(self._rows) else None

    @property
    def rows(self) -> Sequence[Row]:
        """The rows as they stand."""
        return self._rows

    def show(self, rows: Sequence[Row], key: str | None = None) -> None:
        """Replace the rows; the cursor goes to ``key``, or stays on its key, or near where it was."""
        wanted = key if key is not None else self.key
        before = self._cursor
        self._rows = list(rows)
        places = [n for n, row in enumerate(self._rows) if row.key is not None]
        same = next((n for n in places if self._rows[n].key == wanted), None)
        if same is None and places:
            same = min(places, key=lambda n: abs(n - max(before, 0)))
        self._cursor = -1 if same is None else same
        self._lay_out()
        self.refresh()

    def _lay_out(self) -> None:
        width = 0 if self._table else self.size.width
        self._laid = RowLines(self._rows, width, self.size.height)
        self.virtual_size = Size(self.size.width, len(self._laid.lines))
        self._into_view()

    def go(self, key: str) -> None:
        """Put the cursor on a row."""
        for number, row in enumerate(self._rows):
            if row.key == key:
                self._to(number)
                return

    def _to(self, number: int) -> None:
        if number == self._cursor:
            return
        self._cursor = number
        self._into_view()
        self.refresh()
        self.post_message(self.Moved(self, self.key))

    def _into_view(self) -> None:
        if self._cursor < 0 or not self.size.height:
            return
        top, last = self._cursor, self._cursor
        while last + 1 < len(self._rows) and self._rows[last + 1].key is None and self._rows[last + 1].tone:
            last += 1  # the rest of a wrapped row
        end = self._laid.last(last)
        while top > 0 and self._rows[top - 1].key is None:
            if end - self._laid.first(top - 1) + 1 > self.size.height:
                break
            top -= 1  # the heading of a group, as far as there is room
        start = self._laid.first(top)
        region = Region(0, start, 1, end - start + 1)
        self.scroll_to_region(region, animate=False, force=True, immediate=True)

    def on_resize(self) -> None:
        """Keep the lines to the width, and the cursor in view."""
        self._lay_out()

    def _step(self, start: int, direction: int) -> int | None:
        number = start + direction
        while 0 <= number < len(self._rows):
            if self._rows[number].key is not None:
                return number
            number += direction
        return None

    def action_move(self, direction: int) -> None:
        """Move the cursor one selectable row."""
        number = self._step(self._cursor, direction)
        if number is not None:
            self._to(number)
        elif direction < 0:
            self.scroll_to(y=0, animate=False)

    def action_page(self, direction: int) -> None:
        """Move the cursor a screenful."""
        if not self._rows:
            return
        line = self._laid.first(max(0, self._cursor)) + direction * max(1, self.size.height - 1)
        goal = self._laid.lines[max(0, min(len(self._laid.lines) - 1, line))][0]
        near = goal if self._rows[goal].key is not None else None
        number = near if near is not None else self._step(goal, direction) or self._step(goal, -direction)
        if number is not None:
            self._to(number)

    def action_edge(self, direction: int) -> None:
        """Move the cursor to the first or last row."""
        number = self._step(-1, 1) if direction < 0 else self._step(len(self._rows), -1)
        if number is not None:
            self._to(number)

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        if self.key is not None:
            self.post_message(self.Chosen(self, self.key))

    async def _on_click(self, event: events.Click) -> None:
        line = event.y + int(self.scroll_offset.y)
        if not 0 <= line < len(self._laid.lines):
            return
        number = self._laid.lines[line][0]
        if self._rows[number].key is not None:
            again = number == self._cursor
            self._to(number)
            if again or event.chain > 1:
                self.action_choose()

    # -- drawing ---------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """Draw one visible line."""
        line = y + int(self.scroll_offset.y)
        width = self.scrollable_content_region.width
        base = self.rich_style
        if line >= len(self._laid.lines):
            told = wrapped(self._empty, max(1, width)) if not self._rows else []
            text = told[line] if line < len(told) else ""
            dim = self.get_component_rich_style("line-list--dim")
            return Strip([Segment(text.ljust(width)[:width], base + dim)], width)
        number, text = self._laid.lines[line]
        row = self._rows[number]
        style: Style = base
        tone = "heading" if row.key is None and not row.tone else row.tone
        if tone:
            style += self._ink(f"line-list--{tone}")
        if number == self._cursor:
            cursor = f"line-list--{'cursor' if self.has_focus else 'cursor-blurred'}"
            style += self.get_component_rich_style(cursor, partial=True)
        if cell_len(text) > width:
            text = f"{set_cell_size(text, width - 1)}…"
        return Strip([Segment(text, style)]).adjust_cell_length(width, style)

    def _ink(self, component: str) -> Style:
        """Colour and weight of a component class, without its background (rows share the list's)."""
        full = self.get_component_rich_style(component)
        return Style(color=full.color, bold=full.bold or None)

    def watch_has_focus(self, value: bool) -> None:
        """The cursor looks different with focus."""
        super().watch_has_focus(value)
        self.refresh()

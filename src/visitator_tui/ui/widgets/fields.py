"""Fields bound to a path of the case: they show what the session says and tell it what is typed."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Label, TextArea

from visitator_tui.domain.edit import EditError
from visitator_tui.usecases.fields import Kind, read

from ..in_order import edit_in_turn
from .line import Line

SHORT: frozenset[Kind] = frozenset({"date", "time", "number", "minutes"})
"""Kinds that are typed anew rather than edited: what stands there is selected when the field is entered."""


class Typed(Message):
    """Something was typed in a field. (What the field is bound to may be another path by the time it is read.)"""

    def __init__(self, field: BoundInput | BoundText, raw: str) -> None:
        self.field, self.raw = field, raw
        self.where, self.kind = field.where, field.kind
        super().__init__()

    def mark(self, complaint: str | None) -> None:
        """Show at the field whether what was typed fits."""
        whole = self.field.parent
        if isinstance(whole, LineField | TextField) and self.field.where == self.where:
            whole.mark(complaint)


# Priority: a key that moves the focus must act before the next key is handed out.
FORM_KEYS: tuple[Binding, ...] = (
    Binding("enter,down", "app.next_field", id="form.next", show=False, priority=True),
    Binding("up", "app.previous_field", id="form.previous", show=False, priority=True),
    Binding("pagedown", "app.scroll_form(1)", id="form.page_down", show=False, priority=True),
    Binding("pageup", "app.scroll_form(-1)", id="form.page_up", show=False, priority=True),
)
"""Enter and the arrows go through the one-line fields, as on paper; PgDn and PgUp turn it."""


def moved_cursor(before: str, after: str, cursor: int) -> int:
    """Where a cursor stands when somebody else has changed the text around it: by the same letters."""
    least = min(len(before), len(after))
    same = next((n for n in range(least) if before[n] != after[n]), least)
    if cursor <= same:
        return cursor
    from_end = next((n for n in range(least - same) if before[-1 - n] != after[-1 - n]), least - same)
    return max(same, len(after) - min(len(before) - cursor, from_end))


class BoundInput(Line):
    """A one-line field of a path. A whole date, time or number in it gives way to the first digit typed."""

    BINDINGS: ClassVar[list[BindingType]] = [*FORM_KEYS]

    def __init__(self, where: str, kind: Kind, *, hint: str = "") -> None:
        super().__init__(placeholder=hint)
        self.where, self.kind = where, kind

    def present(self, raw: str) -> None:
        """Show what the session has, without telling it again."""
        if self.value != raw:
            cursor = len(raw)
            if self.has_focus and self.value:
                cursor = moved_cursor(self.value, raw, self.cursor_position)
            with self.prevent(Input.Changed):
                self.value = raw
                self.cursor_position = cursor
            if not self.has_focus:
                self.show_beginning()

    def on_focus(self, event: events.Focus) -> None:
        """Entered by the visitator, and not by her terminal coming to the front."""
        if not event.from_app_focus:
            self.offer()

    def offer(self) -> None:
        """Select a short content, to be typed anew; a half-written one is to be finished."""
        if self.kind in SHORT and self._is_whole():
            self.action_select_all()

    def _is_whole(self) -> bool:
        try:
            return read(self.kind, self.value) is not None
        except EditError:
            return False

    @on(Input.Changed)
    def _tell(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(Typed(self, self.value))


class BoundText(TextArea):
    """A field of several lines of a path. It grows with what is written, as far as the screen has room."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "turn(1)", id="text.page_down", show=False),
        Binding("pageup", "turn(-1)", id="text.page_up", show=False),
    ]

    def __init__(self, where: str, *, kind: Kind = "text", hint: str = "") -> None:
        super().__init__(
            soft_wrap=True, compact=True, tab_behavior="focus", placeholder=hint,
            highlight_cursor_line=False, show_line_numbers=False,
        )  # fmt: skip
        self.where, self.kind = where, kind

    def present(self, raw: str) -> None:
        """Show what the session has, without telling it again."""
        if self.text != raw:
            cursor = len(raw)
            if self.has_focus and self.text:
                row, column = self.cursor_location
                here = sum(len(line) + 1 for line in self.text.split("\n")[:row]) + column
                cursor = moved_cursor(self.text, raw, here)
            with self.prevent(TextArea.Changed):
                self.load_text(raw)
                above = raw[:cursor]
                self.move_cursor((above.count("\n"), cursor - above.rfind("\n") - 1))
            if not self.has_focus:
                self.scroll_to(y=0, animate=False)

    def on_focus(self) -> None:
        """Go on where the cursor was left."""
        self.scroll_cursor_visible()

    def on_blur(self) -> None:
        """Show the beginning; the cursor stays where it is, for whoever comes back."""
        self.scroll_to(y=0, animate=False)

    def on_resize(self) -> None:
        """Stay in view with its label where it grows while it is written in."""
        whole = self.parent if isinstance(self.parent, TextField) else self
        if self.has_focus:
            self.call_after_refresh(whole.scroll_visible, animate=False, immediate=True)

    async def action_turn(self, direction: int) -> None:
        """A page on in the text; where all of it is in view, in the form."""
        if not self.max_scroll_y:
            await self.run_action(f"app.scroll_form({direction})")
        elif direction > 0:
            self.action_cursor_page_down()
        else:
            self.action_cursor_page_up()

    async def _on_key(self, event: events.Key) -> None:
        await edit_in_turn(self, event)

    @on(TextArea.Changed)
    def _tell(self, event: TextArea.Changed) -> None:
        event.stop()
        self.post_message(Typed(self, self.text))


class LineField(Horizontal):
    """A label and a one-line field in one row."""

    DEFAULT_CSS = """
    LineField { height: 1; margin-bottom: 0; }
    LineField Label { width: 20; color: $text-muted; }
    LineField.-wrong Label { color: $warning; text-style: bold; }
    LineField BoundInput { width: 1fr; background: $panel; color: $foreground; }
    LineField BoundInput:focus { background: $primary-background; }
    """

    def __init__(self, label: str, where: str, kind: Kind = "text", *, hint: str = "") -> None:
        super().__init__()
        self._label = label
        self.field = BoundInput(where, kind, hint=hint)

    def compose(self) -> ComposeResult:
        """Label, then field."""
        yield Label(self._label)
        yield self.field

    def mark(self, complaint: str | None) -> None:
        """Show by a sign, not only by colour, that the text does not fit yet."""
        self.set_class(complaint is not None, "-wrong")
        self.query_one(Label).update(f"! {self._label}" if complaint else self._label)


class TextField(Vertical):
    """A label over a field of several lines."""

    DEFAULT_CSS = """
    TextField { height: auto; }
    TextField Label { width: 1fr; color: $text-muted; }
    TextField BoundText {
        height: auto; min-height: 3; max-height: 75vh;
        background: $panel; color: $foreground; border: none; padding: 0;
    }
    TextField BoundText:focus { background: $primary-background; border: none; }
    TextField.-tall BoundText { min-height: 6; }
    """

    def __init__(
        self, label: str, where: str, *, kind: Kind = "text", hint: str = "", tall: bool = False
    ) -> None:
        super().__init__(classes="-tall" if tall else "")
        self._label = label
        self.field = BoundText(where, kind=kind, hint=hint)

    def compose(self) -> ComposeResult:
        """Label, then field."""
        yield Label(self._label)
        yield self.field

    def mark(self, complaint: str | None) -> None:
        """Show that the text does not fit yet."""
        self.query_one(Label).update(f"! {self._label}" if complaint else self._label)

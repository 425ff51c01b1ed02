"""One of a few values of a path of the case, all of them in view."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult, RenderResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Label

from .fields import FORM_KEYS

YES_NO = ((True, "Ja"), (False, "Nej"))


class Picked(Message):
    """A value was picked in a choice."""

    def __init__(self, where: str, value: object) -> None:
        self.where, self.value = where, value
        super().__init__()


class Choice(Widget, can_focus=True):
    """One of a few values, on one line: arrows or the number of the value pick it."""

    DEFAULT_CSS = """
    Choice { height: auto; width: 1fr; background: $surface; }
    Choice:focus { background: $primary-background; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", id="choice.previous", show=False),
        Binding("right,space", "step(1)", id="choice.next", show=False),
        *FORM_KEYS,
    ]
    value: reactive[object] = reactive(None)

    def __init__(self, where: str, options: Sequence[tuple[object, str]]) -> None:
        super().__init__()
        self.where = where
        self.options = list(options)

    def present(self, value: object) -> None:
        """Show what the session has."""
        self.value = value

    def _index(self) -> int:
        return next((n for n, (value, _) in enumerate(self.options) if value == self.value), -1)

    def action_step(self, direction: int) -> None:
        """The next or previous value."""
        index = self._index()
        new = 0 if index < 0 else (index + direction) % len(self.options)
        self._pick(new)

    def _pick(self, number: int) -> None:
        self.value = self.options[number][0]
        self.post_message(Picked(self.where, self.value))

    def on_key(self, event: events.Key) -> None:
        """A digit picks the value it names (a level), else by number; a letter by the value's first letter."""
        wanted: int | None = None
        if event.character and event.character.isdigit():
            named = next((n for n, (_, text) in enumerate(self.options) if text == event.character), None)
            wanted = int(event.character) - 1 if named is None else named
        elif event.character and event.character.isalpha():
            wanted = next(
                (n for n, (_, t) in enumerate(self.options) if t.lower().startswith(event.character.lower())),
                None,
            )
        if wanted is not None and 0 <= wanted < len(self.options):
            event.stop()
            event.prevent_default()
            self._pick(wanted)

    def _lines(self, width: int) -> list[list[tuple[int, str]]]:
        """What each line holds, as (option, text), so that all are in view however narrow the field is."""
        picked = self._index()
        lines: list[list[tuple[int, str]]] = [[]]
        used = 0
        for number, (_, label) in enumerate(self.options):
            first, *more = wrap(label, max(8, width - 4)) or [""]
            shown = f"{'(x)' if number == picked else '( )'} {first}"
            if lines[-1] and (used + len(shown) > width or more):
                lines.append([])
                used = 0
            lines[-1].append((number, f"{shown}  "))
            used += len(shown) + 2
            for rest in more:
                lines.append([(number, f"    {rest}  ")])
                used = width
        return lines

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the options need."""
        return len(self._lines(width))

    def on_click(self, event: events.Click) -> None:
        """A click picks the value under the mouse."""
        lines = self._lines(self.size.width)
        x = 0
        for number, shown in lines[event.y] if event.y < len(lines) else []:
            if x <= event.x < x + len(shown):
                self._pick(number)
                return
            x += len(shown)

    def render(self) -> RenderResult:
        """``(x) Ja   ( ) Nej``."""
        text = Text(no_wrap=True, overflow="ellipsis")
        picked = self._index()
        for row, line in enumerate(self._lines(self.size.width)):
            if row:
                text.append("\n")
            for number, shown in line:
                text.append(shown, style="bold" if number == picked else "")
        return text


class ChoiceField(Horizontal):
    """A label and a choice in one row."""

    DEFAULT_CSS = """
    ChoiceField { height: auto; }
    ChoiceField Label { width: 20; color: $text-muted; }
    """

    def __init__(self, label: str, where: str, options: Sequence[tuple[object, str]]) -> None:
        super().__init__()
        self._label = label
        self.field = Choice(where, options)

    def compose(self) -> ComposeResult:
        """Label, then choice."""
        yield Label(self._label)
        yield self.field

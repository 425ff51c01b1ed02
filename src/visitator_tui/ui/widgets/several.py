"""Some of a few values, and one of a few that may be taken away again."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult, RenderResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import Size
from textual.reactive import reactive
from textual.widgets import Label

from .choice import Choice, Picked
from .fields import FORM_KEYS


class Clearable(Choice):
    """A choice whose answer can be taken away."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("delete", "clear", id="choice.clear", show=False),
    ]

    def action_clear(self) -> None:
        """No answer."""
        if self.value is not None:
            self.value = None
            self.post_message(Picked(self.where, None))


class Several(Choice):
    """Some of a few values, one on each line: a number or Space picks one or leaves it out."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "point(-1)", id="several.previous", show=False),
        Binding("right", "point(1)", id="several.next", show=False),
        Binding("space", "mark", id="several.toggle", show=False),
        *FORM_KEYS,
    ]
    at: reactive[int] = reactive(0)

    def __init__(self, where: str, options: Sequence[tuple[object, str]]) -> None:
        super().__init__(where, options)

    @property
    def picked(self) -> list[object]:
        """The values picked, in the order of the options; those that are no option any more stay last."""
        held = list(self.value) if isinstance(self.value, list | tuple) else []
        known = [value for value, _ in self.options]
        return [one for one in known if one in held] + [one for one in held if one not in known]

    def action_point(self, direction: int) -> None:
        """Point at another value."""
        if self.options:
            self.at = (self.at + direction) % len(self.options)

    def action_mark(self) -> None:
        """Pick the value pointed at, or leave it out."""
        if self.options:
            self._pick(self.at)

    def _pick(self, number: int) -> None:
        self.at, value, held = number, self.options[number][0], self.picked
        self.value = [one for one in held if one != value] if value in held else [*held, value]
        self.value = self.picked
        self.post_message(Picked(self.where, self.value))

    def _lines(self, width: int) -> list[list[tuple[int, str]]]:
        lines: list[list[tuple[int, str]]] = []
        held = self.picked
        for number, (value, label) in enumerate(self.options):
            first, *more = wrap(label, max(8, width - 4)) or [""]
            lines.append([(number, f"{'[x]' if value in held else '[ ]'} {first}")])
            lines += [[(number, f"    {rest}")] for rest in more]
        return lines or [[]]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the options need."""
        return len(self._lines(width))

    def on_click(self, event: events.Click) -> None:
        """A click picks the value under the mouse."""
        lines = self._lines(self.size.width)
        if event.y < len(lines) and lines[event.y]:
            self._pick(lines[event.y][0][0])

    def render(self) -> RenderResult:
        """``[x] Bad 3``; the value pointed at underlined while the field has the focus."""
        text = Text(no_wrap=True, overflow="ellipsis")
        for row, line in enumerate(self._lines(self.size.width)):
            text.append("\n" if row else "")
            for number, shown in line:
                pointed = self.has_focus and number == self.at and len(self.options) > 1
                text.append(shown, style="bold underline" if pointed else "")
        if not self.options:
            text.append("(ingen bevilget hjælp)")
        return text


class SeveralField(Vertical):
    """A label over the values, one on each line."""

    DEFAULT_CSS = """
    SeveralField { height: auto; }
    SeveralField Label { width: 1fr; color: $text-muted; }
    SeveralField Several { margin-left: 2; }
    """

    def __init__(self, label: str, where: str, options: Sequence[tuple[object, str]]) -> None:
        super().__init__()
        self._label = label
        self.field = Several(where, options)

    def compose(self) -> ComposeResult:
        """Label, then values."""
        yield Label(self._label)
        yield self.field

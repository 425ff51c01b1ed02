"""The form of one event of the course, made from the register of kinds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Label, Static

from ..course.kind import EventField
from .fields import YES_NO, ChoiceField, LineField, TextField
from .several import Clearable, SeveralField

_HINTS = {"date": "dd-mm-åååå", "time": "tt.mm"}


class ClearableField(Horizontal):
    """A label and a choice that can be taken away, in one row."""

    DEFAULT_CSS = """
    ClearableField { height: auto; }
    ClearableField Label { width: 20; color: $text-muted; }
    """

    def __init__(self, label: str, where: str, options: Sequence[tuple[object, str]]) -> None:
        super().__init__()
        self._label = label
        self.field = Clearable(where, options)

    def compose(self) -> ComposeResult:
        """Label, then choice."""
        yield Label(self._label)
        yield self.field


class EventForm(Vertical):
    """What is reckoned of an event, then its fields. ``where`` is the event's path in the case."""

    DEFAULT_CSS = """
    EventForm { height: auto; }
    EventForm #facts { height: auto; margin-bottom: 1; }
    EventForm LineField Label, EventForm ClearableField Label, EventForm ChoiceField Label { width: 21; }
    """

    def __init__(self, where: str, fields: Sequence[EventField], items: Sequence[tuple[object, str]]) -> None:
        super().__init__()
        self.where = where
        self._fields, self._items = fields, list(items)
        self._shown: dict[str, Widget] = {}

    def compose(self) -> ComposeResult:
        """The facts, then a field for each of the kind's."""
        yield Static(id="facts", markup=False)
        for field in self._fields:
            self._shown[field.name] = self._made(field)
            yield self._shown[field.name]

    def _made(self, field: EventField) -> Widget:
        where = f"{self.where}.{field.name}"
        match field.kind:
            case "long":
                return TextField(field.label, where)
            case "lines":
                return TextField(field.label, where, kind="lines")
            case "yes_no":
                return ClearableField(field.label, where, YES_NO)
            case "choice":
                options = field.choices or self._items
                make = ChoiceField if field.required else ClearableField
                return make(field.label, where, options)
            case "items":
                return SeveralField(field.label, where, self._items)
            case "date" | "time" | "number" | "text" as kind:
                return LineField(field.label, where, kind, hint=field.hint or _HINTS.get(kind, ""))

    def bind(self, event: Any, facts: Sequence[str]) -> None:
        """Show the facts, and the fields that the event needs as it stands."""
        self.query_one("#facts", Static).update("\n".join(facts))
        for field in self._fields:
            self._shown[field.name].display = field.when(event)

    def field_of(self, where: str) -> EventField | None:
        """The field of a path."""
        name = where.removeprefix(f"{self.where}.")
        return next((field for field in self._fields if field.name == name), None)

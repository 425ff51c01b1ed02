"""The form of one event of the course, made from the register of kinds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Label

from ..course.kind import EventField
from .choice import YES_NO, ChoiceField
from .fields import LineField, TextField
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
    """The fields of one event.

    ``where`` is the event's path in the case; ``choices`` has the granted help and its modules.
    """

    DEFAULT_CSS = """
    EventForm { height: auto; }
    EventForm LineField Label, EventForm ClearableField Label, EventForm ChoiceField Label { width: 21; }
    """

    def __init__(
        self, where: str, fields: Sequence[EventField], choices: Mapping[str, Sequence[tuple[object, str]]]
    ) -> None:
        super().__init__()
        self.where = where
        self._fields, self._choices = fields, choices
        self._shown: dict[str, Widget] = {}

    def compose(self) -> ComposeResult:
        """A field for each of the kind's."""
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
                options = field.choices or self._choices.get(field.name) or self._choices["items"]
                make = ChoiceField if field.required else ClearableField
                return make(field.label, where, options)
            case "items" | "modules" as kind:
                return SeveralField(field.label, where, self._choices[kind])
            case "date" | "time" | "number" | "text" as kind:
                return LineField(field.label, where, kind, hint=field.hint or _HINTS.get(kind, ""))

    def bind(self, event: Any) -> None:
        """Show the fields that the event needs as it stands."""
        for field in self._fields:
            self._shown[field.name].display = field.when(event)

    def field_of(self, where: str) -> EventField | None:
        """The field of a path."""
        name = where.removeprefix(f"{self.where}.")
        return next((field for field in self._fields if field.name == name), None)

"""What a kind of event is: its name, its fields, and its line in the list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from visitator_tui.domain.standard import Standard

FieldKind = Literal["text", "long", "lines", "date", "time", "number", "yes_no", "choice", "items", "modules"]
"""``long`` is a text of several lines; ``items`` are some of the granted delydelser, ``modules`` some of
their modules in the journal."""

Choices = tuple[tuple[object, str], ...]


def always(event: Any) -> bool:
    """A field that is shown whatever else is written."""
    del event
    return True


@dataclass(frozen=True)
class EventField:
    """One field: its path within the event, its label and what it is for.

    ``step`` names the step of the standard's process that asks for it: its page is told with the help.
    ``when`` says, from the event, whether the field is shown; a ``required`` choice cannot be taken away.
    A new event is begun in the first empty of the fields that ``begins``, else in the last of them.
    """

    name: str
    label: str
    kind: FieldKind = "text"
    help: str = ""
    step: str = ""
    choices: Choices = ()
    hint: str = ""
    when: Callable[[Any], bool] = always
    required: bool = False
    begins: bool = False


@dataclass(frozen=True)
class EventKind:
    """A kind of event. ``path`` is its list in the case's course; ``day`` and ``line`` make its row."""

    path: str
    name: str
    heading: str
    help: str
    fields: tuple[EventField, ...]
    line: Callable[[Any, Standard], str]
    day: Callable[[Any], date | None]
    step: str = ""


def first_day(*names: str) -> Callable[[Any], date | None]:
    """The first of some days of an event that is known."""

    def day(event: Any) -> date | None:
        return next((found for name in names if (found := getattr(event, name)) is not None), None)

    return day


def called(choices: Choices, value: object, otherwise: str = "") -> str:
    """What a value of a choice is called, with a small first letter for use in a line."""
    name = next((label for one, label in choices if one == value), otherwise)
    return name[:1].lower() + name[1:]


def sentence(*parts: str) -> str:
    """The parts that say something, with a capital first letter."""
    text = ", ".join(part for part in parts if part.strip())
    return text[:1].upper() + text[1:]


def items_named(items: tuple[str, ...], standard: Standard) -> str:
    """Delydelser by name."""
    known = standard.delydelse_by_id
    return ", ".join(known[one].name if one in known else one for one in items)

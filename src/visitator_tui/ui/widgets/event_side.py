"""The right side of Forløb: a text to read, or the form of one event with help for the field in focus."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from visitator_tui.usecases.my_day_task import Desk
from visitator_tui.usecases.session import CaseSession

from ..course.kind import EventField
from ..course.reading import field_help
from ..panel import present_fields
from .event_form import EventForm
from .row_lines import numbers_held


class EventSide(Vertical):
    """Shows one thing at a time; a form is made when it is opened and taken away when it is left."""

    DEFAULT_CSS = """
    EventSide { width: 1fr; }
    EventSide #event { height: 1fr; padding: 0 1; }
    EventSide #told { height: auto; max-height: 4; padding: 0 1; background: $panel; color: $text-muted; }
    EventSide #facts { height: auto; max-height: 6; padding: 0 1; }
    EventSide #read { height: auto; }
    EventSide TextField BoundText { max-height: 35vh; }
    """

    def __init__(self, session: CaseSession) -> None:
        super().__init__(id="right")
        self._session = session
        self.form: EventForm | None = None

    def compose(self) -> ComposeResult:
        """What is reckoned of the open event, what is read or written, and what a field is for."""
        yield Static(id="facts", markup=False)
        with VerticalScroll(id="event", can_focus=False):
            yield Static(id="read", markup=False)
        yield Static(id="told", markup=False)

    def read(self, text: str) -> None:
        """Show a text."""
        self.query_one("#facts").display = False
        shown = self.query_one("#read", Static)
        shown.display = True
        shown.update(numbers_held(text))

    def home(self) -> None:
        """To the top."""
        self.query_one("#event", VerticalScroll).scroll_home(animate=False)

    async def open(
        self, where: str, fields: Sequence[EventField], choices: Mapping[str, Sequence[tuple[object, str]]]
    ) -> None:
        """Show the form of the event at a path."""
        self.shut()
        form = EventForm(where, fields, choices)
        await self.query_one("#event", VerticalScroll).mount(form)
        self.query_one("#read", Static).display = False
        self.form = form
        self.home()
        present_fields(form, self._session)

    def bind(self, event: Any, facts: Sequence[str]) -> None:
        """Bring the open form up to date, and what follows from it; what is wrong stands first."""
        if self.form is not None:
            self.form.bind(event)
            shown = self.query_one("#facts", Static)
            shown.display = bool(facts)
            shown.update(numbers_held("\n".join(sorted(facts, key=lambda one: not one.startswith("!")))))

    def shut(self) -> bool:
        """Take the form away; whether it had the focus."""
        if self.form is None:
            return False
        form, self.form = self.form, None
        held = form in getattr(self.app.focused, "ancestors", ())
        form.display = False
        form.remove()
        return held

    def tell(self, desk: Desk) -> None:
        """What the field with the focus is for."""
        told, where = self.query_one("#told", Static), str(getattr(self.app.focused, "where", ""))
        field = self.form.field_of(where) if self.form is not None and where else None
        text = field_help(field, desk) if field else ""
        told.display = bool(text)
        told.update(numbers_held(text))

    def first_field(self, empty: bool = False) -> str:
        """The path of the form's first field; ``empty``: of the one where a new event is begun."""
        if self.form is None:
            return ""
        fields = [
            one
            for one in self.form.query("BoundInput, BoundText, Choice").results()
            if all(around.display for around in (one, *one.ancestors) if around is not self.app)
        ]
        begins = [
            one
            for one in fields
            if (known := self.form.field_of(str(getattr(one, "where", "")))) and known.begins
        ]
        blank = [
            one for one in begins or fields if not getattr(one, "value", "") and not getattr(one, "text", "")
        ]
        blank = blank or begins[-1:]
        return str(getattr((blank if empty and blank else fields)[0], "where", ""))

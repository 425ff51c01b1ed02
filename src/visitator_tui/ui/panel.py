"""What every step of a case has in common: fields bound to the session, and keys that mind typing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.containers import Container
from textual.widget import Widget
from textual.widgets import Input, TextArea

from visitator_tui.domain.finding import Finding
from visitator_tui.domain.letter_words import stands_in
from visitator_tui.usecases.session import CaseSession

from .actions import Context, bar, of
from .widgets.choice import Choice, ChoiceField
from .widgets.fields import BoundInput, BoundText, LineField, TextField
from .widgets.several import Several

if TYPE_CHECKING:
    from .screens.case import CaseScreen


def into_view(field: Widget) -> None:
    """Scroll a field into view together with its label."""
    whole = field.parent if isinstance(field.parent, TextField | LineField | ChoiceField) else field
    whole.scroll_visible(animate=False, immediate=True)


def typing(widget: Widget | None) -> bool:
    """Whether a widget takes letters and digits as text."""
    return isinstance(widget, Input | TextArea)


class PlainKeys(Widget):
    """Letters and digits act only when no text field has focus (a priority binding would eat them)."""

    context: Context = "case"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Refuse plain-key actions while somebody types."""
        del parameters
        plain = {one.action.split("(")[0] for one in of(self.context) if one.plain}
        return not (self.in_field() and action in plain)

    def in_field(self) -> bool:
        """Whether the visitator is in a field, where letters and digits belong to it."""
        return typing(self.app.focused) or isinstance(self.app.focused, Choice)


class Panel(PlainKeys, Container):
    """One step of the case. It shows what the session says and never keeps a copy."""

    DEFAULT_CSS = "Panel { height: 1fr; width: 1fr; }"
    bar_contexts: tuple[Context, ...] = ()

    def __init__(self, session: CaseSession, *, id: str) -> None:
        super().__init__(id=id)
        self.session = session

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In a step, "back" goes from a field to the list, so it acts in a field alone."""
        return self.in_field() if action == "back" else super().check_action(action, parameters)

    @property
    def case_screen(self) -> CaseScreen:
        """The screen this panel is part of."""
        from .screens.case import CaseScreen

        screen = self.screen
        assert isinstance(screen, CaseScreen)  # noqa: S101 - panels live nowhere else
        return screen

    def present(self) -> None:
        """Show the session's state in every field."""
        present_fields(self, self.session)

    def settle(self) -> None:
        """Something changed elsewhere in this step: bring lists and counts up to date, fields alone."""

    async def prepare(self, where: str) -> None:
        """Make what ``enter`` is to find for a path, where a step does not have it from the start."""

    def lacks(self) -> tuple[Finding, ...] | None:
        """What F3 shows in this step, where it is another thing than all that the decision lacks."""
        return None

    def enter(self, where: str = "") -> None:
        """Give focus to a field (by path), or to the first place of the step."""
        if where and self.focus_field(where):
            return
        first = next(iter(self.query("BoundInput, BoundText, Choice, LineList")), None)
        if first is not None:
            self.app.set_focus(first)

    def focus_field(self, where: str) -> bool:
        """Focus the field of a path; False if this step has none."""
        for field in self.query("BoundInput, BoundText, Choice").results():
            if getattr(field, "where", None) == where and field.display:
                if field.has_focus and isinstance(field, BoundInput):
                    field.offer()  # sent where she stands already
                self.app.set_focus(field)
                self.call_after_refresh(into_view, field)
                return True
        return False

    def place(self) -> tuple[str, int]:
        """Where in the step the visitator is: a path or key, and the cursor in its text."""
        focused = self.app.focused
        return str(getattr(focused, "where", "")), 0

    def keys_here(self) -> str:
        """The keys for the hint bar: letters act on the step only when no field has the focus.

        In a field whose words others read, that is told before them.
        """
        if self.in_field():
            read_in = stands_in(str(getattr(self.app.focused, "where", "")))
            keys = bar(*self.bar_contexts, "form", in_field=True)
            if isinstance(self.app.focused, Several):
                keys = f"Tal eller Mellemrum sætter kryds  {keys}"
            return f"{read_in}  {keys}" if read_in else keys
        return bar(*self.bar_contexts)

    def changed(self) -> None:
        """Tell the screen that the case changed here."""
        self.case_screen.case_changed()

    def set(self, where: str, value: Any) -> None:
        """Change the case and tell the screen."""
        self.session.set(where, value)
        self.changed()


def present_fields(root: Widget, session: CaseSession) -> None:
    """Show the session's values in all bound fields under a widget."""
    for field in root.query(LineField):
        field.field.present(session.shown(field.field.where, field.field.kind))
        field.mark(session.complaint(field.field.where, field.field.kind))
    for text in root.query(TextField):
        text.field.present(session.shown(text.field.where, text.field.kind))
        text.mark(session.complaint(text.field.where, text.field.kind))
    for choice in root.query(Choice):
        choice.present(session.value(choice.where))


__all__ = ["BoundInput", "BoundText", "Panel", "PlainKeys", "present_fields", "typing"]

"""The form of a letter's kind: what the case does not hold already."""

from __future__ import annotations

import re
from collections.abc import Container

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Static

from visitator_tui.domain.case import Case
from visitator_tui.domain.completeness import application_name
from visitator_tui.domain.letter_facts import LetterKind
from visitator_tui.domain.letter_needs import last_place
from visitator_tui.usecases.session import CaseSession

from ...widgets.choice import ChoiceField
from ...widgets.fields import LineField, TextField
from .asked import ABOUT, FIELDS, Asked

_ROW = re.compile(r"(letter\.(?:hearing\.information|suppliers))\.(\d+)\.")


def path_of(one: Asked, case: Case) -> str:
    """The field's path in this case."""
    course = case.course
    return one.path.format(delay=last_place(course.delay_notices), complaint=last_place(course.complaints))


def kind_asking(where: str, case: Case) -> LetterKind | None:
    """The first kind whose form has a field of this path."""
    return next((one.kinds[0] for one in FIELDS if path_of(one, case) == where), None)


def asks(kind: LetterKind, where: str, case: Case) -> bool:
    """Whether the form of a kind has a field of this path."""
    return any(kind in one.kinds and path_of(one, case) == where for one in FIELDS)


class FactsForm(Vertical):
    """All fields of all kinds, of which one kind's are shown: nothing has to be mounted when it changes."""

    DEFAULT_CSS = "FactsForm { height: auto; } FactsForm #about-letter { height: auto; margin-bottom: 1; }"

    def compose(self) -> ComposeResult:
        """The fields."""
        yield Static(id="about-letter", classes="quiet", markup=False)
        for one in FIELDS:
            path = one.path.format(delay=0, complaint=0)
            match one.shape:
                case "choice":
                    yield ChoiceField(one.label, path, one.options)
                case "text":
                    yield TextField(one.label, path, kind=one.kind, hint=one.hint)
                case _:
                    yield LineField(one.label, path, one.kind, hint=one.hint)

    def bind(self, session: CaseSession, kind: LetterKind) -> None:
        """Show the fields of a kind, each bound to its place in the case."""
        self.query_one("#about-letter", Static).update(ABOUT[kind])
        shown = self.query("LineField, TextField, ChoiceField").results()
        for one, field in zip(FIELDS, shown, strict=True):
            where = path_of(one, session.case)
            field.field.where = where  # type: ignore[attr-defined]
            field.display = kind in one.kinds and self._due(session, where)
            if isinstance(field, ChoiceField) and not one.options:
                self._offer_deadlines(session, field)

    def first(self, lacking: Container[str]) -> Widget:
        """The first field shown that lacks something, or the first of all."""
        fields = self.query("BoundInput, BoundText, Choice").results()
        shown = [one for one in fields if isinstance(one.parent, Widget) and one.parent.display]
        return next((one for one in shown if getattr(one, "where", "") in lacking), shown[0])

    def open_after(self, where: str) -> None:
        """Something was typed in a row: the next is there before the next key."""
        if row := _ROW.match(where):
            following = f"{row[1]}.{int(row[2]) + 1}."
            for field in self.query("LineField, TextField").results():
                if field.field.where.startswith(following):  # type: ignore[attr-defined]
                    field.display = True

    def _due(self, session: CaseSession, where: str) -> bool:
        """Of rows that repeat: those that are written, and one more."""
        row = _ROW.match(where)
        return row is None or int(row[2]) <= len(session.value(row[1]) or ())

    def _offer_deadlines(self, session: CaseSession, field: ChoiceField) -> None:
        """The deadlines that may be late: of every application, or of one."""
        asked = session.case.enquiry.applied_for
        one_each = [(f"decision:{one}", application_name(one, session.standard)) for one in asked]
        options: list[tuple[object, str]] = [("", "alt, der er søgt om"), *one_each]
        if field.field.options != options:
            field.field.options = options
            field.field.refresh(layout=True)
        field.display = field.display and len(asked) > 1

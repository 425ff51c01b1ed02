"""The people who live with the citizen: one line each, and one empty line to add the next."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from visitator_tui.usecases.session import CaseSession

from .choice import Choice
from .fields import BoundInput

ROWS = 4
"""So many people can be written here; a case file may hold more, which are kept and shown in the letter."""


class Household(Vertical):
    """Relation, name, whether she can take a share, and a note (appeal decision 3-19)."""

    DEFAULT_CSS = """
    Household { height: auto; }
    Household Horizontal { height: 1; }
    Household BoundInput { background: $panel; }
    Household .relation { width: 14; margin-right: 1; }
    Household .name { width: 1fr; margin-right: 1; }
    Household Choice { width: 34; }
    Household .note { width: 1fr; }
    """

    def __init__(self, session: CaseSession) -> None:
        super().__init__()
        self._session = session

    def compose(self) -> ComposeResult:
        """A line a person."""
        for number in range(ROWS):
            with Horizontal(classes=f"person-{number}"):
                base = f"citizen.household.{number}"
                relation = BoundInput(f"{base}.relation", "text", hint="fx ægtefælle")
                relation.add_class("relation")
                yield relation
                name = BoundInput(f"{base}.name", "text", hint="navn")
                name.add_class("name")
                yield name
                yield Choice(f"{base}.can_share_tasks", ((True, "kan hjælpe"), (False, "kan ikke")))

    def make_room(self) -> None:
        """One line more than there are people. What is being typed in a line is left alone."""
        people = len(self._session.case.citizen.household)
        for number in range(ROWS):
            self.query_one(f".person-{number}").display = number <= people

    def present(self) -> None:
        """Show the people, and one line more."""
        self.make_room()
        for field in self.query(BoundInput):
            field.present(self._session.shown(field.where, field.kind))
        for choice in self.query(Choice):
            choice.present(self._session.value(choice.where))

"""Step 2: the citizen's own view, what matters most, motivation (p. 16)."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from visitator_tui.usecases.ports import CaseStore
from visitator_tui.usecases.session import CaseSession

from ...panel import Panel
from ...services import Services
from ...widgets.fields import TextField


class OwnView(Panel):
    """Three texts, in the citizen's words."""

    def compose(self) -> ComposeResult:
        """The texts."""
        with VerticalScroll(can_focus=False):
            yield Static(
                "Skriv med borgerens egne ord. Se også efter faldrisiko, løse ledninger og brandfare.",
                classes="quiet",
            )
            yield TextField(
                "Sådan oplever borgeren sin situation, sine ressourcer og begrænsninger", "own_view.text",
                tall=True,
            )  # fmt: skip
            yield TextField("Det er særligt vigtigt for borgeren", "own_view.matters_most")
            yield TextField("Motivation: hvad vil borgeren gerne blive bedre til?", "own_view.motivation")


def panel(session: CaseSession, services: Services, store: CaseStore) -> Panel:
    """The step's panel."""
    del services, store
    return OwnView(session, id="egen_vurdering")

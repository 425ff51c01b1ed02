"""Before a case is closed: what is still open in it. The visitator decides."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Label

from visitator_tui.usecases.course_closing import StillOpen

from ..widgets.line_list import LineList, Row
from .dialog import Dialog

CLOSE = "close"


class StillOpenScreen(Dialog[str]):
    """Answers CLOSE, or the number of the thing to go to."""

    CSS = "StillOpenScreen .dialog { height: 90%; width: 96%; max-width: 100; }"

    def __init__(self, things: Sequence[StillOpen]) -> None:
        super().__init__()
        self._things = things

    def compose(self) -> ComposeResult:
        """Title and list."""
        with Vertical(classes="dialog"):
            yield Label("Afslut sagen? Det her er stadig åbent", classes="dialog-title")
            yield LineList()
            yield Label("Enter på en linje går derhen. Esc lukker, og sagen går videre.", classes="quiet")

    def on_mount(self) -> None:
        """Fill the list; the cursor stands on what is open, not on the closing."""
        rows = [Row(str(number), f" ! {one.text}") for number, one in enumerate(self._things)]
        rows += [Row(None, ""), Row(CLOSE, " Afslut sagen alligevel")]
        self.query_one(LineList).show(rows)
        self.set_focus(self.query_one(LineList))

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        self.answer(event.key)

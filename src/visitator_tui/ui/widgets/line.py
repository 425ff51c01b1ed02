"""A line of text to be typed: the only one-line field of the app."""

from __future__ import annotations

from textual import events
from textual.geometry import Region
from textual.widgets import Input

from ..in_order import edit_in_turn


class Line(Input):
    """One line; what stands in it is not wiped by the first letter, and keys act in the order pressed.

    Of a text that is longer than the line, the beginning is seen, and around the cursor while it is written.
    """

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        password: bool = False,
        id: str | None = None,
    ) -> None:
        super().__init__(
            value, placeholder=placeholder, password=password, id=id, compact=True, select_on_focus=False
        )

    async def _on_key(self, event: events.Key) -> None:
        await edit_in_turn(self, event)

    def on_focus(self, event: events.Focus) -> None:
        """Go on where the cursor was left."""
        del event
        here = Region(self.cursor_position, 0, width=1, height=1)
        self.scroll_to_region(here, force=True, animate=False)

    def on_blur(self) -> None:
        """Show the beginning; the cursor stays where it is, for whoever comes back."""
        self.show_beginning()

    def show_beginning(self) -> None:
        """Show the beginning, once what was written before is drawn."""
        self.scroll_to(x=0, animate=False, force=True)

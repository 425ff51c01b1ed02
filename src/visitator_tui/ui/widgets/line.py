"""A line of text to be typed: the only one-line field of the app."""

from __future__ import annotations

from textual import events
from textual.widgets import Input

from ..in_order import edit_in_turn


class Line(Input):
    """One line; what stands in it is not wiped by the first letter, and keys act in the order pressed."""

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

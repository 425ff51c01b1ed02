"""Keys act in the order they were pressed, however fast they come.

Textual hands a letter to the field that has the focus, where it waits its turn, but runs a priority key
at once. A key that leaves a field would so overtake the letters typed before it, and those would land in
whatever the field shows by then. Here a key waits until what was pressed before it has had its effect.
"""

from __future__ import annotations

import asyncio

from textual import events
from textual.app import App
from textual.dom import DOMNode
from textual.message_pump import MessagePump
from textual.widget import Widget
from textual.widgets import Input, TextArea

LONGEST_WAIT = 0.5
"""Seconds a key waits for those before it; a screen that is stuck must not lock the keyboard."""


class InOrder(App[int]):
    """An app whose keys wait for one another."""

    _before: tuple[DOMNode, ...] = ()
    """Where the last key's effect may still be under way."""

    async def on_event(self, event: events.Event) -> None:
        """Handle a key or a paste after what came before it; everything else at once."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        was = self.focused or self.screen
        if self._before and not (was in self._before and _adds_text(event, was)):
            await self._arrived()
            was = self.focused or self.screen
        await super().on_event(event)
        self._before = (was, self.focused or self.screen)

    async def _arrived(self) -> None:
        """Wait until what is on its way from widgets to their screens is there."""
        for source in dict.fromkeys((*self._before, self.screen)):
            # A letter becomes a change of the field, and that a message which climbs to the screen.
            for node in (source, *source.ancestors_with_self):
                if node is not self:
                    await _quiet(node)
        await self._flush_next_callbacks()  # the answer of a dialog that was closed meanwhile


def _adds_text(event: events.Key | events.Paste, widget: DOMNode) -> bool:
    """Whether a field takes it as text: letters stay in order by themselves."""
    printable = isinstance(event, events.Paste) or event.is_printable
    return printable and isinstance(widget, Input | TextArea)


async def _quiet(node: MessagePump) -> None:
    """Wait until a widget has handled what is in its queue now."""
    handled = asyncio.Event()
    if node.call_later(handled.set):
        try:
            await asyncio.wait_for(handled.wait(), LONGEST_WAIT)
        except TimeoutError:
            return


async def edit_in_turn(field: Widget, event: events.Key) -> None:
    """Let a field act on an editing key in its own turn.

    Otherwise a backspace goes by way of the app, and takes away the letter that was typed after it.
    """
    for binding in field._bindings.key_to_bindings.get(event.key, ()):
        if not binding.priority and await field.app.run_action(binding.action, field):
            event.stop()
            event.prevent_default()
            return

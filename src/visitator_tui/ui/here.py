"""Whether a widget is still on the screen, for what arrives late: from a thread, a timer, another program."""

from __future__ import annotations

from textual.widget import Widget


def is_leaving(widget: Widget) -> bool:
    """Whether it, or the screen it stands on, is being taken down.

    Some widgets of such a screen are gone before others, which still answer what was on its way to them.
    """
    return not (widget.is_attached and widget.screen.display)


def is_here(widget: Widget) -> bool:
    """Whether it can be drawn: built up, and not leaving (Textual's ``is_mounted`` stays true then)."""
    return widget.is_mounted and not is_leaving(widget)

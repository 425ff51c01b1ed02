"""Slow results for the screen: made in a thread, one at a time, and only the newest is shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Generic, TypeVar

from textual.widget import Widget

from .here import is_here
from .in_thread import tell_fault

Asked = TypeVar("Asked")
Made = TypeVar("Made")


class Latest(Generic[Asked, Made]):
    """Makes what was asked for last.

    While one is being made, the newest wish waits and those between are forgotten. A result that was
    overtaken is dropped unseen. ``make`` runs in a thread, and a fault in it is told; ``show`` at home.
    """

    def __init__(self, owner: Widget, make: Callable[[Asked], Made], show: Callable[[Made], None]) -> None:
        self._owner, self._make, self._show = owner, make, show
        self._waiting: Asked | None = None
        self._busy = self._stale = False

    def ask(self, asked: Asked) -> None:
        """Make this, as soon as what is being made is done."""
        self._waiting = asked
        if not self._busy:
            self._begin()

    def forget(self) -> None:
        """Nothing is wanted any more: what is being made is dropped."""
        self._waiting, self._stale = None, self._busy

    def _begin(self) -> None:
        asked, self._waiting = self._waiting, None
        if asked is not None:
            self._busy = True
            self._owner.run_worker(partial(self._work, asked), thread=True)

    def _work(self, asked: Asked) -> None:
        try:
            made = self._make(asked)
        except Exception as fault:
            tell_fault(self._owner, fault)
            self._owner.call_later(self._arrived)
            return
        self._owner.call_later(self._arrived, made)

    def _arrived(self, *made: Made) -> None:
        stale, self._busy, self._stale = self._stale, False, False
        if self._waiting is not None:
            self._begin()
        elif is_here(self._owner) and not stale:
            for one in made:
                self._show(one)

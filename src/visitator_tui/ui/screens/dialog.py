"""What every dialog has in common: Esc closes it, and it answers once."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer | None], Generic[Answer]):
    """A dialog over a screen. Its answer is None when it was closed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", id="dialog.close", show=False, priority=True)
    ]

    def answer(self, answer: Answer | None = None) -> None:
        """Close with an answer. A second Enter or click that is under way must not close what lies below."""
        if self.is_current:
            self.dismiss(answer)

    def action_close(self) -> None:
        """Close without an answer."""
        self.answer()

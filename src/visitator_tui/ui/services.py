"""What the screens are given: the outside as the use cases know it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from visitator_tui.domain.law_rules import LawRegister
    from visitator_tui.domain.standard import Standard
    from visitator_tui.usecases.letter_queue import LetterPrinting
    from visitator_tui.usecases.ports import (
        Actor,
        CaseStore,
        Catalogues,
        Clock,
        Letterhead,
        LetterPress,
        Printer,
        Vault,
    )


@dataclass(frozen=True)
class Services:
    """Everything a screen may call. The composition root fills it in; tests fill it with their own.

    ``municipality`` and ``visitator`` are the defaults for a new case. ``start`` opens the throw-away
    store of the demo; without it the vault asks for a passphrase. ``write_file`` puts bytes in a file
    in one step. ``prepare`` imports what the first screens will need (called in a thread).
    """

    vault: Callable[[], Vault]
    catalogues: Callable[[], Catalogues]
    law: Callable[[], LawRegister]
    letter_press: Callable[[], LetterPress]
    letterhead: Callable[[Standard], Letterhead]
    printer: Callable[[], Printer]
    printing: Callable[[CaseStore], LetterPrinting]
    actor: Actor
    clock: Clock
    documents: Path
    write_file: Callable[[Path, bytes], None]
    municipality: str = "helsingor"
    visitator: str = ""
    visitator_title: str = "visitator"
    theme: str = "visitator-moerk"
    start: Callable[[], CaseStore] | None = None
    prepare: Callable[[], None] = lambda: None

    @property
    def demo(self) -> bool:
        """Whether this is the demo, whose database is thrown away."""
        return self.start is not None

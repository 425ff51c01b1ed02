"""What the screens are given: the outside as the use cases know it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from visitator_tui.domain.workdays import Calendar, DanishCalendar

if TYPE_CHECKING:
    from visitator_tui.domain.law_rules import LawRegister
    from visitator_tui.domain.published import User
    from visitator_tui.domain.quality import YearFigures
    from visitator_tui.domain.standard import Standard
    from visitator_tui.usecases.letter_queue import LetterPrinting
    from visitator_tui.usecases.ports import (
        Actor,
        CaseStore,
        Catalogues,
        Clock,
        LetterExport,
        Letterhead,
        LetterPress,
        Printer,
        Vault,
    )
    from visitator_tui.usecases.preventive import PreventiveBook
    from visitator_tui.usecases.quality import QualityBook
    from visitator_tui.usecases.sign_in_ports import SigningIn
    from visitator_tui.usecases.sync_ports import Synchronising


@dataclass(frozen=True)
class Services:
    """Everything a screen may call. The composition root fills it in; tests fill it with their own.

    ``municipality`` and ``visitator`` are the defaults for a new case. ``start`` opens the throw-away
    store of the demo; without it the vault asks for a passphrase. ``write_file`` puts bytes in a file
    in one step. ``cvr`` is the municipality's number as a sender, ``first_printer`` the printer offered first;
    both may be empty. ``prepare`` imports what the first screens will need (called in a thread).
    ``sync`` makes what synchronises an open store with the municipality's service (called in a thread once;
    None: no service is set up), ``sign_in`` what signs in to it; ``sync_setup`` tells in Danish where the
    service's address is written, ``sync_tenant`` is the municipality's id there,
    ``users`` the users it has published (none: no list).
    """

    vault: Callable[[], Vault]
    catalogues: Callable[[], Catalogues]
    law: Callable[[], LawRegister]
    letter_press: Callable[[], LetterPress]
    letterhead: Callable[[Standard], Letterhead]
    printer: Callable[[], Printer]
    printing: Callable[[CaseStore], LetterPrinting]
    preventive: Callable[[CaseStore], PreventiveBook]
    quality: Callable[[CaseStore], QualityBook]
    quality_pdf: Callable[[YearFigures], bytes]
    letter_export: Callable[[], LetterExport]
    actor: Actor
    clock: Clock
    documents: Path
    write_file: Callable[[Path, bytes], None]
    municipality: str = "helsingor"
    visitator: str = ""
    visitator_title: str = "visitator"
    theme: str = "visitator-moerk"
    cvr: str = ""
    first_printer: str = ""
    start: Callable[[], CaseStore] | None = None
    prepare: Callable[[], None] = lambda: None
    unsynced: Callable[[CaseStore], str] = lambda _: ""
    catalogue_warnings: Callable[[], Sequence[str]] = tuple
    sync: Callable[[CaseStore], Synchronising | None] = lambda _: None
    sign_in: Callable[[CaseStore], SigningIn[Any] | None] = lambda _: None
    sync_setup: str = ""
    sync_tenant: str = ""
    users: Callable[[], Sequence[User]] = tuple
    calendar: Calendar = field(default_factory=DanishCalendar)

    @property
    def demo(self) -> bool:
        """Whether this is the demo, whose database is thrown away."""
        return self.start is not None

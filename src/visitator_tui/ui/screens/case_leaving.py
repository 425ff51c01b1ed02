"""Cases that leave the list: handed over to a colleague, or deleted because they were made by mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from visitator_tui.usecases.colleagues import unknown_colleague
from visitator_tui.usecases.ports import CaseRow
from visitator_tui.usecases.sync_ports import Synchronising, SyncStore

from .dialogs import PickScreen
from .sync_dialogs import AskScreen

if TYPE_CHECKING:
    from .cases import CasesScreen

DELETE_REASONS = (
    ("mistake", "1  Sagen er oprettet ved en fejl"),
    ("double", "2  Borgeren har allerede en sag"),
    ("wrong_citizen", "3  Sagen er oprettet på en forkert borger"),
    ("trial", "4  Det var en prøve"),
    ("keep", "5  Slet ikke"),
)
"""Why a case is deleted, for the audit: words that name nobody."""


def hand_over(screen: CasesScreen, sync: Synchronising | None, row: CaseRow) -> None:
    """Ask for the colleague, and give her the case."""
    if sync is None:
        screen.notify("Synkronisering er ikke sat op på denne maskine, så sagen kan ikke gives videre.")
        return

    def named(user: str | None) -> None:
        if not user:
            return
        if problem := unknown_colleague(user, screen.services.users()):
            screen.notify(problem, severity="warning")
        else:
            said = f"Sagen gives til {user} ved næste synkronisering."
            screen.change(lambda: sync.assign(row.id, user), said)

    text = (
        "Skriv kollegaens bruger-id, som kommunens tjeneste kender det. Sagen går over til kollegaen ved næste "
        "synkronisering og forlader denne maskine efter en tid."
    )
    screen.app.push_screen(AskScreen(f"Overdrag: {row.name or '(uden navn)'}", text, "bruger-id"), named)


def delete_case(screen: CasesScreen, row: CaseRow) -> None:
    """Ask why, and delete a case that nothing is decided in."""
    if row.letters or row.decided_on:
        screen.notify(
            "Sagen kan ikke slettes: der er truffet afgørelse eller gemt et brev i den. "
            "Afslut den under Forløb i stedet.",
            severity="warning",
        )
        return
    store, services = screen.store, screen.services

    def chosen(reason: str | None) -> None:
        if reason and reason != "keep":
            kept = cast("SyncStore", store)  # the open database keeps both
            screen.change(
                lambda: kept.delete_case(row.id, services.actor, services.clock(), reason),
                "Sagen er slettet.",
            )

    title = f"Slet sagen: {row.name or '(uden navn)'}? Den kan ikke hentes frem igen. Hvorfor?"
    screen.app.push_screen(PickScreen(title, DELETE_REASONS, "keep"), chosen)

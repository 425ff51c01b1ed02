"""An order as advis: asks for the folder, and writes the file for the supplier's system."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Label, Static

from visitator_tui.usecases.advis import AdvisError, advis_of, write_advis
from visitator_tui.usecases.session import CaseSession

from ..here import is_here
from ..in_thread import in_thread
from ..services import Services
from ..widgets.line import Line
from .case import CaseScreen
from .dialog import Dialog


class AdvisScreen(Dialog[str]):
    """Its answer is where the advis is, to be told. What went wrong is told here, and the folder stays."""

    CSS = "AdvisScreen #said { height: auto; }"

    def __init__(self, services: Services, session: CaseSession, number: int) -> None:
        super().__init__()
        self._services, self._session, self._number = services, session, number
        self._busy = False

    def compose(self) -> ComposeResult:
        """What is in the file, where to, what happened."""
        with Vertical(classes="dialog"):
            yield Label("Bestillingen som advis", classes="dialog-title")
            yield Static(
                "Filen har borgerens navn, fødselsdag og adresse og den bevilgede hjælp. Den har ikke CPR-nummer "
                "og ikke vurderingen.",
                classes="quiet",
            )
            yield Line(str(self._services.documents))
            yield Static(id="said", classes="problem", markup=False)
            yield Label("Skriv mappen. Enter gemmer. Esc lukker.", classes="quiet")

    def on_mount(self) -> None:
        """To the field."""
        self.set_focus(self.query_one(Line))

    @on(Line.Submitted)
    def _given(self, event: Line.Submitted) -> None:
        folder = event.value.strip()
        if not folder:
            self._failed("Skriv, hvilken mappe filen skal gemmes i.")
        elif not self._busy:
            self._busy = True
            self._write(Path(folder).expanduser())

    @in_thread()
    def _write(self, folder: Path) -> None:
        session = self._session
        try:
            if (
                folder == self._services.documents
            ):  # ours; another must be there, or a slip of the hand makes one
                with suppress(OSError):  # the writing tells what is wrong
                    folder.mkdir(parents=True, exist_ok=True)
            advis = advis_of(session.case, self._number, session.standard, self._services.clock())
            file = write_advis(folder, session.id, advis)
        except AdvisError as problem:
            self.call_later(self._failed, str(problem))
            return
        self.call_later(self.answer, f"Advis er gemt som {file}")

    def _failed(self, why: str) -> None:
        self._busy = False
        if is_here(self):
            self.query_one("#said", Static).update(f"! {why}")


def ask_for_advis(screen: CaseScreen, services: Services, number: int) -> None:
    """Ask where the order with this number (from 0) is to be written as advis, write it, and say where it is."""

    def told(said: str | None) -> None:
        if said:
            screen.hint(said)
            screen.notify(said, timeout=10)

    screen.app.push_screen(AdvisScreen(services, screen.session, number), told)

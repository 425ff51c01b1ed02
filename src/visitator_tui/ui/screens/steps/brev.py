"""Step 7: the letter's text on the screen, and the PDF."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input, Label, Static

from visitator_tui.domain.completeness import blocking
from visitator_tui.usecases.ports import CaseStore, LetterError, LetterRow, StoreError
from visitator_tui.usecases.session import CaseSession

from ...actions import Context, bindings
from ...letter_preview import READY, letter_preview
from ...panel import Panel
from ...services import Services
from ...widgets.line import Line


class LetterPanel(Panel):
    """What the citizen will read; P writes it."""

    context: Context = "letter"
    bar_contexts = ("letter",)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("letter")]
    DEFAULT_CSS = """
    LetterPanel #letter { height: 1fr; padding: 0 1; }
    LetterPanel #letter:focus { background: $surface; }
    LetterPanel #file { height: 1; }
    LetterPanel #file Label { width: 20; color: $text-muted; }
    LetterPanel #file Input { width: 1fr; }
    LetterPanel #state { height: auto; max-height: 4; padding: 0 1; text-style: bold; }
    """

    def __init__(self, session: CaseSession, services: Services, store: CaseStore) -> None:
        super().__init__(session, id="brev")
        self._services, self._store = services, store
        self._writing = False

    def compose(self) -> ComposeResult:
        """State, text, where the file goes."""
        yield Static(id="state", markup=False)
        with VerticalScroll(id="letter"):
            yield Static(id="text", markup=False)
        with Horizontal(id="file"):
            yield Label(" Gemmes som")
            yield Line(str(self._proposal()))

    def _proposal(self) -> Path:
        """A file name that tells nothing of the citizen."""
        number = "".join(c if c.isalnum() else "-" for c in self.session.case.case_number).strip("-")
        return self._services.documents / f"Afgoerelse-{number or self.session.id[:8]}.pdf"

    def present(self) -> None:
        """The letter as it stands, or what it lacks."""
        letters = self._store.letters(self.session.id)
        width = max(40, min(90, self.app.size.width - 4))
        found = self.case_screen.findings()
        state, text = letter_preview(self.session, self._services, found, width)
        if state == READY:
            state += " P skriver PDF'en."
        if letters:
            last = letters[-1].made_at.astimezone()
            state += f" Seneste brev: {last:%d-%m-%Y kl. %H.%M} ({len(letters)} i alt)."
        self.query_one("#state", Static).update(state)
        self.query_one("#text", Static).update(text)

    def settle(self) -> None:
        """What was typed just before may have come in after the step was shown."""
        self.present()

    def on_resize(self) -> None:
        """The letter's lines follow the width."""
        if self.display:
            self.present()

    def enter(self, where: str = "") -> None:
        """Scrolling needs focus."""
        del where
        self.app.set_focus(self.query_one("#letter", VerticalScroll))

    def action_queue(self) -> None:
        """Put the newest letter in the queue »til print«."""
        letters = self._store.letters(self.session.id)
        if not letters:
            self.case_screen.hint("Skriv brevet med P først.", wrong=True)
            return
        try:
            self._services.printing(self._store).add(letters[-1].id)
        except StoreError as problem:
            self.case_screen.hint(str(problem), wrong=True)
            return
        self.case_screen.hint("Brevet venter på print. På sagslisten: T viser køen og printer.")

    def action_pdf(self) -> None:
        """Write the PDF and keep it in the case; never while something is missing."""
        if self._writing:
            return
        lacks = blocking(self.case_screen.findings())
        if lacks:
            self.case_screen.hint(f"Brevet mangler {len(lacks)} ting. F3 viser dem.", wrong=True)
            return
        self._writing = True
        self.case_screen.flush()
        self.case_screen.hint("Skriver brevet …")
        self._write(Path(self.query_one(Input).value).expanduser())

    @work(thread=True, exit_on_error=False)
    def _write(self, path: Path) -> None:
        services, session = self._services, self.session
        done = self.app.call_from_thread
        try:
            standard = session.standard
            pdf = services.letter_press().pdf(session.case, standard, services.letterhead(standard))
            kept = self._store.add_letter(session.id, "afgoerelse", pdf, services.actor, services.clock())
        except StoreError as problem:
            done(self._ended, None, f"Brevet kunne ikke gemmes i sagen: {problem}")
            return
        except LetterError as problem:
            done(self._ended, None, "\n".join([str(problem), *problem.missing]))
            return
        try:
            services.write_file(path, pdf)
        except OSError as problem:
            reason = problem.strerror or "ukendt fejl"
            done(
                self._ended, kept, f"Brevet ligger i sagen, men ikke i mappen ({reason}). Vælg en anden fil."
            )
            return
        done(self._ended, kept, "")

    def _ended(self, kept: LetterRow | None, trouble: str) -> None:
        self._writing = False
        if trouble:
            self.case_screen.hint(trouble.partition("\n")[0], wrong=True)
            self.notify(trouble, severity="error", timeout=15)
        else:
            self.case_screen.hint("Brevet er skrevet som PDF og gemt i sagen.")
        if kept is not None:
            self.present()


def panel(session: CaseSession, services: Services, store: CaseStore) -> Panel:
    """The step's panel."""
    return LetterPanel(session, services, store)

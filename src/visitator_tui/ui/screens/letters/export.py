"""A made letter as a file for another system: the PDF in a folder, or a message for Digital Post."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Label, Static

from visitator_tui.domain.case import Case
from visitator_tui.usecases.digital_post import digital_post
from visitator_tui.usecases.ports import CaseStore, ExportError, ExportKind, LetterRow, StoreError

from ...here import is_here
from ...in_thread import in_thread
from ...services import Services
from ...widgets.line import Line
from ...widgets.line_list import LineList, Row
from ..dialog import Dialog

FOLDER: Final = "folder"
POST: Final = "digital_post"


class ExportScreen(Dialog[str]):
    """Its answer is what was done, to be told. What went wrong is told here, and nothing is lost."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "folder", id="export.folder", show=False, priority=True),
    ]
    CSS = """
    ExportScreen LineList { height: 2; }
    ExportScreen Horizontal { height: 1; margin-bottom: 1; }
    ExportScreen Horizontal Label { width: 8; color: $text-muted; }
    ExportScreen Line { width: 1fr; }
    ExportScreen #sender { height: auto; }
    ExportScreen #said { height: auto; min-height: 3; }
    """

    def __init__(
        self, services: Services, store: CaseStore, case: Case, letter: LetterRow, sender: str, name: str
    ) -> None:
        super().__init__()
        self._services, self._store, self._case = services, store, case
        self._letter, self._sender, self._name = letter, sender, name
        self._busy = False

    def compose(self) -> ComposeResult:
        """How, where to, who sends, what happened."""
        with Vertical(classes="dialog"):
            yield Label(f"Eksport: {self._name}", classes="dialog-title", markup=False)
            yield LineList()
            with Horizontal():
                yield Label("Mappe")
                yield Line(str(self._services.documents))
            yield Static(self._about_sender(), id="sender", classes="quiet", markup=False)
            yield Static(id="said", classes="problem", markup=False)
            yield Label("Enter gemmer   F3 retter mappen   Esc lukker", classes="quiet")

    def _about_sender(self) -> str:
        if self._services.cvr.strip():
            return (
                f"Digital Post: afsender {self._sender}, CVR {self._services.cvr}. Et andet program sender."
            )
        return 'Digital Post: kommunens CVR-nummer mangler. Skriv cvr = "12345678" i visitator.toml.'

    def on_mount(self) -> None:
        """Fill the list."""
        rows = self.query_one(LineList)
        rows.show([
            Row(FOLDER, " Brevet som PDF, med en fil, der viser, at det er helt"),
            Row(POST, " Besked til Digital Post (MeMo 1.2) med brevet i"),
        ])  # fmt: skip
        self.set_focus(rows)

    def action_folder(self) -> None:
        """To the folder's field, and back."""
        field = self.query_one(Line)
        self.set_focus(self.query_one(LineList) if field.has_focus else field)

    @on(Line.Submitted)
    def _folder_written(self) -> None:
        self.set_focus(self.query_one(LineList))

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        written = self.query_one(Line).value.strip()
        if not written:
            self._failed("Skriv, hvilken mappe brevet skal gemmes i.")
        elif not self._busy:
            self._busy = True
            self._export(event.key, Path(written).expanduser())

    @in_thread()
    def _export(self, how: str, folder: Path) -> None:
        letter = self._letter
        try:
            pdf = self._store.letter_pdf(letter.id)
            export = self._services.letter_export()
            if how == FOLDER:
                file = export.to_folder(folder, letter, pdf)
            else:
                post = digital_post(self._case, letter, self._services.cvr, self._sender)
                file = export.to_digital_post(folder, letter, pdf, post)
            to: ExportKind = FOLDER if how == FOLDER else POST
            self._store.letter_exported(letter.id, to, self._services.actor, self._services.clock())
        except (StoreError, ExportError) as problem:
            self.call_later(self._failed, str(problem))
            return
        what = "Brevet er gemt som" if how == FOLDER else "Beskeden til Digital Post er gemt som"
        self.call_later(self.answer, f"{what} {file}")

    def _failed(self, why: str) -> None:
        self._busy = False
        if is_here(self):
            self.query_one("#said", Static).update(f"! {why}")

"""The letter press: content, layout and PDF put together for the use cases."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from visitator_tui.domain.case import Case
from visitator_tui.domain.standard import Standard
from visitator_tui.resources import asset
from visitator_tui.usecases.ports import Letterhead

from .content import decision_letter
from .model import Letter
from .plain import as_text
from .texts import Texts, load_texts


class ReportlabPress:
    """Makes decision letters (``ports.LetterPress``). reportlab is imported when the first PDF is made.

    ``own_texts`` is a municipality's own text file, if it has one.
    """

    def __init__(self, own_texts: Path | None = None) -> None:
        self._own_texts = own_texts

    @cached_property
    def _texts(self) -> Texts:
        return load_texts(asset("letters", "da.yaml"), self._own_texts)

    def letter(self, case: Case, standard: Standard, letterhead: Letterhead) -> Letter:
        """The letter's content. Raises LetterError while the decision is incomplete."""
        return decision_letter(case, standard, letterhead, texts=self._texts)

    def text(self, case: Case, standard: Standard, letterhead: Letterhead, width: int = 78) -> str:
        """The letter as plain text. Raises LetterError while the decision is incomplete."""
        return as_text(self.letter(case, standard, letterhead), width)

    def pdf(self, case: Case, standard: Standard, letterhead: Letterhead) -> bytes:
        """The letter as a tagged PDF (PDF/UA-1 and PDF/A-2a); the same decision gives the same bytes.

        Raises LetterError while the decision is incomplete, or where a text cannot be printed.
        """
        from .layout import letter_pdf

        return letter_pdf(self.letter(case, standard, letterhead), letterhead.logo)

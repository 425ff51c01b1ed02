"""The letter press: content, layout and PDF put together for the use cases."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from visitator_tui.domain.case import Case
from visitator_tui.domain.law_rules import LawRegister
from visitator_tui.domain.letter_facts import NO_FACTS, LetterFacts, LetterKind
from visitator_tui.domain.readability import Lix, readability
from visitator_tui.domain.standard import Standard
from visitator_tui.domain.workdays import DanishCalendar
from visitator_tui.resources import asset
from visitator_tui.usecases.ports import Letterhead

from .draft import Draft
from .kinds import letter_of
from .model import Letter
from .plain import as_text
from .texts import Texts, load_texts


class ReportlabPress:
    """Makes letters (``ports.LetterPress``). reportlab is imported when the first PDF is made.

    ``own_texts`` is a municipality's own text file, if it has one. With ``law`` a letter cites what applies
    to the citizen on the date, and is refused where nothing does. Every method raises LetterError, in
    Danish and with what is missing, while the letter cannot be made.
    """

    def __init__(self, own_texts: Path | None = None, law: LawRegister | None = None) -> None:
        self._own_texts, self._law = own_texts, law
        self._calendar = DanishCalendar()

    @cached_property
    def _texts(self) -> Texts:
        return load_texts(asset("letters", "da.yaml"), self._own_texts)

    def letter(
        self,
        case: Case,
        standard: Standard,
        letterhead: Letterhead,
        kind: LetterKind = "afgoerelse",
        facts: LetterFacts = NO_FACTS,
    ) -> Letter:
        """The letter's content."""
        return letter_of(
            kind, Draft(case, standard, letterhead, self._texts, facts, self._calendar, self._law)
        )

    def text(
        self,
        case: Case,
        standard: Standard,
        letterhead: Letterhead,
        width: int = 78,
        kind: LetterKind = "afgoerelse",
        facts: LetterFacts = NO_FACTS,
    ) -> str:
        """The letter as plain text, wrapped at ``width`` columns."""
        return as_text(self.letter(case, standard, letterhead, kind, facts), width)

    def readability(
        self,
        case: Case,
        standard: Standard,
        letterhead: Letterhead,
        kind: LetterKind = "afgoerelse",
        facts: LetterFacts = NO_FACTS,
    ) -> Lix:
        """How hard the letter's running text is to read, with the sentences that make it so."""
        return readability(self.letter(case, standard, letterhead, kind, facts).running_text)

    def pdf(
        self,
        case: Case,
        standard: Standard,
        letterhead: Letterhead,
        kind: LetterKind = "afgoerelse",
        facts: LetterFacts = NO_FACTS,
    ) -> bytes:
        """The letter as a tagged PDF (PDF/UA-1 and PDF/A-2a); the same decision gives the same bytes.

        LetterError also where a text cannot be printed.
        """
        from .layout import letter_pdf

        return letter_pdf(self.letter(case, standard, letterhead, kind, facts), letterhead.logo)

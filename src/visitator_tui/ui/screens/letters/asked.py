"""What is asked for a letter of each kind, beside what the case holds already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from visitator_tui.domain.letter_facts import LETTER_KINDS, LetterKind
from visitator_tui.usecases.fields import Kind

Shape = Literal["line", "text", "choice"]

INFORMATION_ROWS: Final = 4
SUPPLIER_ROWS: Final = 6
"""So many can be written here; a case file may hold more, which stand in the letter too."""

_TO_ALL: Final = tuple(kind for kind in LETTER_KINDS if kind != "afgoerelse")
_COMPLAINED: Final[tuple[LetterKind, ...]] = ("genvurdering", "oversendelse")


@dataclass(frozen=True)
class Asked:
    """A field: its label, its path in the case, and the kinds that ask for it.

    In ``path``, ``{delay}`` and ``{complaint}`` stand for the place of the last such event of the course.
    """

    label: str
    path: str
    kinds: tuple[LetterKind, ...]
    kind: Kind = "text"
    shape: Shape = "line"
    hint: str = ""
    options: tuple[tuple[object, str], ...] = ()


def _rows() -> tuple[Asked, ...]:
    hearing = tuple(
        one
        for n in range(INFORMATION_ROWS)
        for one in (
            Asked(
                "Oplyst af", f"letter.hearing.information.{n}.source", ("partshoering",), hint="fx egen læge"
            ),
            Asked("Oplysningen", f"letter.hearing.information.{n}.text", ("partshoering",), shape="text"),
        )
    )
    suppliers = tuple(
        one
        for n in range(SUPPLIER_ROWS)
        for one in (
            Asked(f"Leverandør {n + 1}", f"letter.suppliers.{n}.name", ("leverandoervalg",)),
            Asked("  giver", f"letter.suppliers.{n}.gives", ("leverandoervalg",), hint="fx rengøring"),
            Asked(
                "  kontakt", f"letter.suppliers.{n}.contact", ("leverandoervalg",), hint="telefon eller mail"
            ),
        )
    )
    return (*hearing, *suppliers)


_OUTCOMES: Final = (
    ("upheld", "Medhold"), ("partly_upheld", "Delvist medhold"), ("not_upheld", "Ikke medhold"),
    ("withdrawn", "Trukket tilbage"),
)  # fmt: skip

FIELDS: Final[tuple[Asked, ...]] = (
    Asked("Svar senest", "letter.answer_by", ("kvittering",), "date", hint="uden frist i standarden"),
    Asked("Ny dato for svar", "course.delay_notices.{delay}.expected_on", ("forsinkelse",), "date", hint="dd-mm-åååå"),
    Asked(
        "Hvorfor fristen ikke bliver holdt", "course.delay_notices.{delay}.reason", ("forsinkelse",), shape="text"
    ),
    Asked("Fristen for", "course.delay_notices.{delay}.about", ("forsinkelse",), shape="choice"),
    Asked("Svar senest", "decision.hearing.answer_by", ("partshoering",), "date", hint="dd-mm-åååå"),
    *_rows()[: INFORMATION_ROWS * 2],
    Asked("Det overvejer vi at afgøre (kan være tomt)", "letter.hearing.considering", ("partshoering",), shape="text"),
    Asked("Klage modtaget", "course.complaints.{complaint}.received_on", _COMPLAINED, "date", hint="dd-mm-åååå"),
    Asked("Hvad der klages over", "course.complaints.{complaint}.text", _COMPLAINED, shape="text"),
    Asked("Genvurdering", "course.complaints.{complaint}.outcome", _COMPLAINED, shape="choice", options=_OUTCOMES),
    Asked("Begrundelse for genvurderingen", "course.complaints.{complaint}.reason", _COMPLAINED, shape="text"),
    Asked("Klaget af", "course.complaints.{complaint}.by", _COMPLAINED, hint="hvis en anden klager"),
    Asked(
        "Fik afgørelsen den", "course.complaints.{complaint}.decision_received_on", ("oversendelse",), "date",
        hint="dd-mm-åååå",
    ),
    Asked("Sendt videre den", "course.complaints.{complaint}.forwarded_on", ("genvurdering",), "date",
          hint="dd-mm-åååå"),
    Asked("Bilag (ét pr. linje; tomt: de sædvanlige)", "course.complaints.{complaint}.papers", ("oversendelse",),
          "lines", "text"),
    Asked("Leverandør", "letter.order.supplier", ("bestilling",), hint="tom: den i afgørelsen"),
    Asked("Adresse (linje for linje)", "letter.order.address", ("bestilling",), "lines", "text"),
    Asked("Bekræft senest", "letter.order.confirm_by", ("bestilling",), "date", hint="dd-mm-åååå"),
    Asked("Det skal hjælperen vide", "letter.order.note", ("bestilling",), shape="text", hint="nøgle, hund, trapper"),
    *_rows()[INFORMATION_ROWS * 2 :],
    Asked(
        "I Digital Post den", "letter.digital_post_on", ("afgoerelse", "genvurdering"), "date",
        hint="giver sidste klagedag",
    ),
    Asked("Brevets dato", "letter.written_on", _TO_ALL, "date", hint="tom: i dag"),
    Asked("Underskrives af", "letter.by.name", _TO_ALL, hint="tom: sagens visitator"),
    Asked("Titel", "letter.by.title", _TO_ALL),
)  # fmt: skip
"""In the order in which they are asked."""

ABOUT: Final[dict[LetterKind, str]] = {
    "afgoerelse": "Brevet skrives af afgørelsen. Her er kun det, der hører til brevet selv.",
    "kvittering": "Brevet bruger henvendelsen og standardens frister. Et aftalt besøg kommer med.",
    "forsinkelse": "Det, du skriver her, står også i sagens forløb.",
    "partshoering": "Uden oplysninger her viser brevet det, andre har sagt om områderne i Hverdagsliv.",
    "genvurdering": "Klagen står også i sagens forløb. Ved medhold fortæller brevet hele den nye afgørelse.",
    "oversendelse": "Brevet går til Ankestyrelsen. Klagen står også i sagens forløb.",
    "bestilling": "Til en leverandør uden elektronisk journal. En bestilling i forløbet bliver brugt.",
    "leverandoervalg": "Uden leverandører her viser brevet det, standarden siger om hver hjælp.",
}
"""Where the rest of a letter comes from."""

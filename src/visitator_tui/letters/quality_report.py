"""The year's figures as a tagged PDF, laid out as the letters are."""

from __future__ import annotations

from datetime import date

from visitator_tui.domain.quality import ServiceFigures, YearFigures, percent
from visitator_tui.usecases.ports import Letterhead

from .model import Detail, Facts, Heading, Letter, Paragraph, Section, Table

_HEADER = ("Ydelse", "Afgjort", "Afslag", "Undtagelser", "Inden fristen")


def quality_report(figures: YearFigures, letterhead: Letterhead, on: date) -> Letter:
    """The report's content: a table by service, then reviews and complaints."""
    rows = tuple(_row(one) for one in (*figures.services, figures.total))
    told = [
        ("Afgørelser", str(figures.decisions)),
        ("Revurderinger", str(figures.reviews)),
        ("Klager", str(figures.complaints)),
        *((f"Genvurderet: {name}", str(number)) for name, number in figures.complaint_outcomes.items()),
        *((f"Ankestyrelsen: {name}", str(number)) for name, number in figures.appeal_outcomes.items()),
    ]
    sections = (
        Section("information", (
            Heading("Afgørelser efter ydelse"),
            Paragraph("Hvert punkt i en afgørelse tæller for sig. Andelen regnes af de punkter, der har en frist."),
            Table(_HEADER, rows, (6, 2, 2, 3, 4), "Antal afgjorte punkter, afslag, undtagelser og andel inden fristen"),
        )),
        Section("information", (
            Heading("Revurderinger og klager"),
            Facts(tuple(told), "Årets revurderinger, klager og deres udfald", long_labels=True),
        )),
    )  # fmt: skip
    title = f"Kvalitet {figures.year}"
    return Letter(
        kind="afgoerelse", title=title, subject=title, municipality=letterhead.municipality, unit=letterhead.unit,
        case_number="", dated_on=on, recipient=(letterhead.municipality,),
        details=(Detail("Dato", (f"{on:%d-%m-%Y}",)),), greeting="", sections=sections,
        footer=f"{letterhead.municipality} · {title}",
    )  # fmt: skip


def quality_pdf(figures: YearFigures, letterhead: Letterhead, on: date) -> bytes:
    """The report as PDF/UA-1 and PDF/A-2a. LetterError where a text cannot be printed."""
    from .layout import letter_pdf

    return letter_pdf(quality_report(figures, letterhead, on), letterhead.logo)


def _row(one: ServiceFigures) -> tuple[str, ...]:
    share = f"{percent(one.share_in_time)} ({one.in_time} af {one.timed})" if one.timed else "ingen frist"
    return (one.name, str(one.decided), str(one.refused), str(one.exceptions), share)

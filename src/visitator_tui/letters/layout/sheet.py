"""The whole letter on paper: letterhead, address behind the window, text, footer with the page's number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from visitator_tui.usecases.ports import LetterError

from ..model import Heading, Letter, Paragraph, pieces
from ..pdf import A4, REGULAR, Element, Metadata, TaggedPdf, opaque, unprintable, width_of
from .blocks import block_boxes, heading, section_boxes, text_box
from .boxes import Piece, TextBox
from .flow import paginate
from .style import (
    ACCENT,
    ADDRESS,
    BOTTOM,
    DETAILS_LEFT,
    DETAILS_WIDTH,
    FIRST_TEXT_TOP,
    FOOTER,
    FOOTER_STYLE,
    LEFT,
    LETTERHEAD,
    LETTERHEAD_TOP,
    LETTERHEAD_UNIT,
    MM,
    RECIPIENT_TOP,
    RECIPIENT_WIDTH,
    RIGHT,
    SMALL,
    TOP,
)

LOGO_HEIGHT = 15 * MM
LOGO_WIDTH = 45 * MM
LETTERHEAD_WIDTH = 100 * MM
DETAIL_GAP = 6.0


def letter_pdf(letter: Letter, logo: Path | None) -> bytes:
    """The letter as a PDF. Raises LetterError when a character or the logo cannot be printed."""
    _check_printable(letter)
    pdf = TaggedPdf(Metadata(letter.title, letter.municipality, letter.subject, letter.dated_on))
    front = _front(letter, logo, pdf.root)
    flow = list(_flow(letter, pdf.root))
    first_top = max(FIRST_TEXT_TOP, front.bottom + 8 * MM)
    pages = paginate(flow, LEFT, first_top, TOP, A4[1] - BOTTOM)
    for number, page in enumerate(pages, start=1):
        if number == 1:
            front.draw(pdf)
        for placed in page.placed:
            placed.box.draw(pdf, placed.x, placed.y)
        _footer(pdf, letter, number, len(pages))
        pdf.end_page()
    return pdf.finish()


def _flow(letter: Letter, root: Element) -> Iterator[Piece]:
    width = A4[0] - LEFT - RIGHT
    yield heading(Heading(letter.title, 1), root, width)
    yield from block_boxes(Paragraph(letter.greeting), root, width)
    for section in letter.sections:
        yield from section_boxes(section, root, width)


def _footer(pdf: TaggedPdf, letter: Letter, number: int, total: int) -> None:
    y, size = A4[1] - FOOTER, FOOTER_STYLE.size
    page = f"Side {number} af {total}"
    right = A4[0] - RIGHT - width_of(page, REGULAR, size)
    with pdf.artifact("Footer"):
        pdf.text(LEFT, y, [(REGULAR, letter.footer)], size, FOOTER_STYLE.colour)
        pdf.text(right, y, [(REGULAR, page)], size, FOOTER_STYLE.colour)


@dataclass(frozen=True)
class _Logo:
    picture: Image.Image
    element: Element
    x: float
    y: float
    width: float
    height: float

    def draw(self, pdf: TaggedPdf) -> None:
        top = A4[1] - self.y
        box = (self.x, top - self.height, self.x + self.width, top)
        self.element.attributes = {"O": "Layout", "BBox": box}
        with pdf.part_of(self.element):
            pdf.picture(self.picture, self.x, self.y, self.width, self.height)


@dataclass(frozen=True)
class _Front:
    """What stands above the text of the first page, each at its place."""

    logo: _Logo | None
    texts: tuple[tuple[TextBox, float, float], ...]
    details: tuple[tuple[TextBox, float, float], ...]

    @property
    def bottom(self) -> float:
        """Where the lowest of it ends."""
        return max(y + box.height for box, _, y in (*self.texts, *self.details))

    def draw(self, pdf: TaggedPdf) -> None:
        if self.logo:
            self.logo.draw(pdf)
        for box, x, y in (*self.texts, *self.details):
            box.draw(pdf, x, y)
        last, x, y = self.details[-1]
        with pdf.artifact():
            pdf.line(x - 8, LETTERHEAD_TOP + 1, x - 8, y + last.height, ACCENT, 1.2)


def _front(letter: Letter, logo: Path | None, root: Element) -> _Front:
    pictured = _logo(letter, logo, root) if logo else None
    x = pictured.x + pictured.width + 4 * MM if pictured else LEFT
    width = LETTERHEAD_WIDTH - (x - LEFT)
    name = text_box(letter.municipality, LETTERHEAD, Element("P", root), width)
    unit = text_box(letter.unit, LETTERHEAD_UNIT, Element("P", root), width)
    recipient = text_box("\n".join(letter.recipient), ADDRESS, Element("P", root), RECIPIENT_WIDTH)
    texts = (
        (name, x, LETTERHEAD_TOP),
        (unit, x, LETTERHEAD_TOP + name.height),
        (recipient, LEFT, RECIPIENT_TOP),
    )
    details, y = [], LETTERHEAD_TOP
    for detail in letter.details:
        said = "\n".join(detail.lines)
        box = text_box(said, SMALL, Element("P", root), DETAILS_WIDTH, f"{detail.label}\n")
        details.append((box, DETAILS_LEFT, y))
        y += box.height + DETAIL_GAP
    return _Front(pictured, texts, tuple(details))


def _logo(letter: Letter, path: Path, root: Element) -> _Logo:
    try:
        picture = opaque(path)
    except OSError:
        raise LetterError(
            f"Logoet i {path} kan ikke læses. Ret stien i indstillingerne, eller gem logoet som PNG."
        ) from None
    scale = min(LOGO_HEIGHT / picture.height, LOGO_WIDTH / picture.width)
    element = Element("Figure", root, alt=f"Logo for {letter.municipality}")
    top = LETTERHEAD_TOP - 1 * MM
    return _Logo(picture, element, LEFT, top, picture.width * scale, picture.height * scale)


def _check_printable(letter: Letter) -> None:
    """Refuse a letter with a character that the font lacks, rather than print a hole."""
    said = [("brevhovedet", "\n".join((letter.municipality, letter.unit, *letter.recipient, letter.footer)))]
    said += [("brevhovedet", "\n".join((detail.label, *detail.lines))) for detail in letter.details]
    said += [("overskriften", letter.title + letter.greeting)]
    place = ""
    for section in letter.sections:
        for block in section.blocks:
            if isinstance(block, Heading):
                place = f"afsnittet »{block.text}«"
            said += [(place, piece) for piece in pieces(block)]
    for where, text in said:
        if lacking := unprintable(text):
            signs = ", ".join(f"»{sign}« (U+{ord(sign):04X})" for sign in lacking)
            raise LetterError(
                f"Brevet kan ikke skrives: brevets skrift har ikke tegnet {signs} i {where}. "
                "Slet det, eller skriv det med almindelige bogstaver."
            )

"""A tagged PDF being drawn: pages, marked content, artifacts, and the finishing of the file."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from PIL import Image
from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from .fonts import REGULAR, load_fonts
from .metadata import LANGUAGE, Metadata, Stamp, output_intent, xmp
from .structure import Element, Marks, write_tree

A4 = (595.28, 841.89)
"""Width and height in points."""

Artifact = Literal["Layout", "Footer", "Repeated"]
_ARTIFACTS: dict[Artifact, str] = {
    "Layout": "/Artifact <</Type /Layout>> BDC",
    "Footer": "/Artifact <</Type /Pagination /Subtype /Footer>> BDC",
    "Repeated": "/Artifact <</Type /Pagination>> BDC",
}


class _ArchivableDocument(pdfdoc.PDFDocument):  # type: ignore[misc] # reportlab has no types
    """reportlab 5.1 writes no line end before ``endstream``, which PDF/A demands (6.1.7.1).

    It is CR LF, so that the last byte of a stream is never taken for a part of it: with LF alone, one
    stream in 256 ends in CR and would seem a byte shorter than its Length.
    """

    def Reference(self, obj: Any, name: str | None = None) -> Any:  # noqa: N802 - reportlab's name
        stream = isinstance(obj, (pdfdoc.PDFStream, pdfdoc.PDFImageXObject))
        if stream and "format" not in vars(obj):
            obj.format = _with_line_end(obj.format)
        return super().Reference(obj, name)


def _with_line_end(write: Any) -> Any:
    def written(document: Any) -> bytes:
        stream: bytes = write(document)
        end = b"endstream\n"
        return stream.removesuffix(end) + b"\r\n" + end if stream.endswith(end) else stream

    return written


class TaggedPdf:
    """A PDF with a structure tree. Everything drawn belongs to an element or is an artifact.

    Measures are points; ``y`` counts from the top of the page. ``root`` is the Document element, under
    which the tree is built before drawing.
    """

    def __init__(self, metadata: Metadata) -> None:
        load_fonts()
        self._metadata = metadata
        self._stamp = Stamp(metadata.made_on)
        self._marks = Marks()
        self._page = 0
        self._bookmarks = 0
        self.root = Element("Document")
        self._canvas: Any = Canvas(
            io.BytesIO(),
            pagesize=A4,
            pageCompression=1,
            invariant=1,
            pdfVersion=(1, 7),
            lang=LANGUAGE,
            initialFontName=REGULAR,
        )
        document: Any = self._canvas._doc
        document.__class__ = _ArchivableDocument
        document._timeStamp = self._stamp
        self._canvas.setTitle(metadata.title)
        self._canvas.setAuthor(metadata.author)
        self._canvas.setSubject(metadata.subject)
        self._canvas.setCreator(metadata.creator)
        self._canvas.setViewerPreference("DisplayDocTitle", "true")

    # -- marking -----------------------------------------------------------------------------------

    @contextmanager
    def part_of(self, element: Element) -> Iterator[None]:
        """What is drawn inside belongs to a structure element."""
        mcid = self._marks.add(self._page, element)
        self._canvas._code.append(f"/{element.tag} <</MCID {mcid}>> BDC")
        yield
        self._canvas._code.append("EMC")

    @contextmanager
    def artifact(self, kind: Artifact = "Layout") -> Iterator[None]:
        """What is drawn inside is decoration or repetition, passed over when the letter is read aloud."""
        self._canvas._code.append(_ARTIFACTS[kind])
        yield
        self._canvas._code.append("EMC")

    # -- drawing -----------------------------------------------------------------------------------

    def text(
        self, x: float, baseline: float, runs: Sequence[tuple[str, str]], size: float, colour: str
    ) -> None:
        """One line of text from runs of (font, text)."""
        line = self._canvas.beginText(x, A4[1] - baseline)
        line.setFillColor(HexColor(colour))
        for font, said in runs:
            line.setFont(font, size)
            line.textOut(said)
        self._canvas.drawText(line)

    def rectangle(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str | None = None,
        stroke: str | None = None,
    ) -> None:
        """A rectangle with its upper left corner at (x, y)."""
        if fill:
            self._canvas.setFillColor(HexColor(fill))
        if stroke:
            self._canvas.setStrokeColor(HexColor(stroke))
            self._canvas.setLineWidth(0.6)
        self._canvas.rect(x, A4[1] - y - height, width, height, stroke=bool(stroke), fill=bool(fill))

    def line(self, x: float, y: float, to_x: float, to_y: float, colour: str, thickness: float) -> None:
        """A straight line."""
        self._canvas.setStrokeColor(HexColor(colour))
        self._canvas.setLineWidth(thickness)
        self._canvas.line(x, A4[1] - y, to_x, A4[1] - to_y)

    def picture(self, picture: Image.Image, x: float, y: float, width: float, height: float) -> None:
        """A picture with its upper left corner at (x, y)."""
        self._canvas.drawImage(ImageReader(picture), x, A4[1] - y - height, width, height)

    def bookmark(self, text: str, y: float, level: int) -> None:
        """An entry in the reader's table of contents, leading to this page at ``y``."""
        self._bookmarks += 1
        key = f"place-{self._bookmarks}"
        self._canvas.bookmarkHorizontal(key, 0, A4[1] - y)
        self._canvas.addOutlineEntry(text, key, level, 0)

    def end_page(self) -> None:
        """The page is full; what follows is drawn on the next."""
        self._canvas.showPage()
        self._page += 1

    # -- finishing ---------------------------------------------------------------------------------

    def finish(self) -> bytes:
        """The bytes of the file. Nothing more can be drawn."""
        document: Any = self._canvas._doc
        # The file's id comes from what it says, not from reportlab's clock or the environment.
        document.signature = hashlib.md5(self._stamp.iso.encode(), usedforsecurity=False)
        for number, page in enumerate(document.Pages.pages):
            document.updateSignature(page.stream)
            # reportlab would write the page as base 85 text, a quarter larger.
            page.Contents = pdfdoc.PDFStream(content=page.stream, filters=[pdfdoc.PDFZCompress])
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
            page.StructParents = number
            page.Tabs = pdfdoc.PDFName("S")
        catalog = document.Catalog
        catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
        catalog.StructTreeRoot = write_tree(document, self.root, self._marks, self._page)
        catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
        catalog.OutputIntents = output_intent(document)
        catalog.Metadata = xmp(self._metadata, self._stamp)
        return bytes(self._canvas.getpdfdata())


def opaque(path: Path) -> Image.Image:
    """A picture from a file on white: PDF/A wants no transparency without need.

    Raises OSError when the file is no picture.
    """
    with Image.open(path) as found:
        pictured = found.convert("RGBA")
    paper = Image.new("RGBA", pictured.size, "white")
    paper.alpha_composite(pictured)
    return paper.convert("RGB")

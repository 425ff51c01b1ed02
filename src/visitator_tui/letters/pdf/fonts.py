"""Source Sans 3, embedded; measuring text with it."""

from __future__ import annotations

from functools import cache
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from visitator_tui.resources import asset

REGULAR = "SourceSans3"
BOLD = "SourceSans3-Bold"
FILES = {REGULAR: "SourceSans3-Regular.ttf", BOLD: "SourceSans3-Bold.ttf"}

_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /{name} def
/CMapType 2 def
1 begincodespacerange
<00> <FF>
endcodespacerange
{ranges}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""
_CMAP_BLOCK = 100
"""So many characters one block of a CMap may hold."""


class EmbeddedFont(TTFont):  # type: ignore[misc] # reportlab has no types
    """A font whose ToUnicode map follows PDF/A and PDF/UA.

    reportlab 5.1 maps code 0 to U+0000 (forbidden) and writes all characters in one block.
    """

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - reportlab's name
        """Embed the subsets used, as reportlab does, and replace their ToUnicode maps."""
        subsets = [list(subset) for subset in self.state[doc].subsets]
        super().addObjects(doc)
        for internal, subset in zip(self._internal_names(doc, len(subsets)), subsets, strict=True):
            base = doc.idToObject["BasicFonts"].dict[internal].BaseFont
            doc.idToObject[f"toUnicodeCMap:{base}"].content = to_unicode(base, subset)

    def _internal_names(self, doc: Any, count: int) -> list[str]:
        stem = doc.fontMapping[self.fontName][1:]
        return [f"{stem}+{number}" for number in range(count)]


def to_unicode(name: str, subset: list[int]) -> str:
    """The ToUnicode map of a subset: the character each code stands for; unused codes (0) left out."""
    pairs = [f"<{code:02X}> <{_utf16(char)}>" for code, char in enumerate(subset) if char]
    blocks = [pairs[at : at + _CMAP_BLOCK] for at in range(0, len(pairs), _CMAP_BLOCK)]
    ranges = "\n".join("\n".join((f"{len(block)} beginbfchar", *block, "endbfchar")) for block in blocks)
    return _CMAP.format(name=name, ranges=ranges)


def _utf16(char: int) -> str:
    return chr(char).encode("utf-16-be").hex().upper()


@cache
def load_fonts() -> None:
    """Read the font files and make them known to reportlab, once."""
    for name, file in FILES.items():
        pdfmetrics.registerFont(EmbeddedFont(name, str(asset("fonts", file))))


class _Widths(dict[str, float]):
    """The width of each character of a font in thousandths of its size; reportlab asks afresh each time."""

    def __init__(self, font: str) -> None:
        load_fonts()
        face = pdfmetrics.getFont(font).face
        super().__init__({chr(code): width for code, width in face.charWidths.items()})
        self._other: float = face.defaultWidth

    def __missing__(self, char: str) -> float:
        return self._other


_widths = cache(_Widths)


def width_of(text: str, font: str, size: float) -> float:
    """How wide a text is, in points."""
    return 0.001 * size * sum(map(_widths(font).__getitem__, text))


def unprintable(text: str) -> tuple[str, ...]:
    """The characters of a text that the letter's font does not have, each once."""
    load_fonts()
    glyphs = pdfmetrics.getFont(REGULAR).face.charToGlyph
    return tuple(dict.fromkeys(char for char in text if ord(char) not in glyphs and char != "\n"))

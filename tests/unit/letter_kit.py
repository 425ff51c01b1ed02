"""What the tests of letters share: made letters, and the poppler tools that read them back."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path

from letter_cases import cases, letterhead, standard

from visitator_tui.letters import ReportlabPress
from visitator_tui.letters.model import Letter, LevelProfile, pieces

KINDS = tuple(cases())
PRESS = ReportlabPress()
FOOTER = re.compile(r"Lindholm Kommune · Sag 27\.36\.00-G01-1234-24\s+Side \d+ af \d+\s")


@cache
def pdf_of(kind: str) -> bytes:
    """The PDF of one of the sample decisions."""
    return PRESS.pdf(cases()[kind], standard(), letterhead())


@cache
def letter_of(kind: str) -> Letter:
    """The content of one of the sample decisions."""
    return PRESS.letter(cases()[kind], standard(), letterhead())


def tool(name: str, pdf: bytes, folder: Path, *arguments: str) -> str:
    """What a poppler tool or qpdf prints about a PDF; it must succeed."""
    file = folder / "brev.pdf"
    file.write_bytes(pdf)
    words = [name, *(str(file) if one == "FILE" else one for one in arguments)]
    done = subprocess.run(words, capture_output=True, check=True)
    return done.stdout.decode("utf-8", errors="replace")


def printed_text(pdf: bytes, folder: Path) -> str:
    """What is printed, in the order in which it is drawn, in one line and without the footers."""
    found = tool("pdftotext", pdf, folder, "-raw", "-enc", "UTF-8", "FILE", "-")
    return one_line(FOOTER.sub(" ", found))


def spoken_text(pdf: bytes, folder: Path) -> str:
    """What the tags say in their order: what a screen reader reads aloud. Slow: seconds per letter."""
    found = tool("pdfinfo", pdf, folder, "-struct-text", "FILE")
    lines = (line.strip() for line in found.splitlines())
    return one_line(" ".join(line[1:-1] for line in lines if line.startswith('"')))


def one_line(text: str) -> str:
    """Text without its line breaks, as it is compared."""
    return re.sub(r"\s+", " ", text).strip()


def content_in_order(letter: Letter) -> list[str]:
    """Everything the letter says, in its reading order; of a chart, the labels of its bars."""
    said = [letter.municipality, letter.unit, *letter.recipient]
    for detail in letter.details:
        said += [detail.label, *detail.lines]
    said += [letter.title, letter.greeting]
    for section in letter.sections:
        for block in section.blocks:
            if isinstance(block, LevelProfile):
                said += [bar.label for bar in block.bars]
            else:
                said += pieces(block)
    return [one_line(text) for text in said]

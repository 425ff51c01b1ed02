"""The letter's measures, colours and text styles. Millimetres are turned into points here."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..pdf import BOLD, REGULAR

MM = 72 / 25.4
"""One millimetre in points."""

INK = "#1a1a1a"
ACCENT = "#14467c"
RULE = "#9fb3c8"
SHADE = "#eef3f8"
WHITE = "#ffffff"

LEFT = 22 * MM
RIGHT = 20 * MM
TOP = 18 * MM
BOTTOM = 20 * MM
FOOTER = 12 * MM
"""The footer's baseline above the lower edge."""
READING_WIDTH = 150 * MM
"""Running text is no wider than this: about 80 characters."""

RECIPIENT_TOP = 50 * MM
RECIPIENT_WIDTH = 85 * MM
"""The address behind the window: 22 mm from the left, 50 mm from the top."""
DETAILS_LEFT = 130 * MM
DETAILS_WIDTH = 60 * MM
LETTERHEAD_TOP = 15 * MM
FIRST_TEXT_TOP = 86 * MM
"""Where the letter itself begins on its first page, unless the column beside the address is longer."""


@dataclass(frozen=True)
class Style:
    """A text style; measures in points. ``before`` and ``after`` are the space around a block."""

    size: float
    leading: float
    font: str = REGULAR
    colour: str = INK
    before: float = 0
    after: float = 0
    keep: bool = False

    @property
    def baseline(self) -> float:
        """From the top of a line to its baseline, so that capitals stand in the middle."""
        return (self.leading + 0.66 * self.size) / 2


BODY = Style(11.5, 15, after=6)
PART = 16.0
"""Space above a part that has no heading (the signature)."""
TITLE = Style(19, 23, BOLD, ACCENT, after=10, keep=True)
SECTION = Style(14, 18, BOLD, ACCENT, before=14, after=4, keep=True)
ITEM = Style(12, 15.5, BOLD, INK, before=9, after=3, keep=True)
AREA = Style(11.5, 15, BOLD, ACCENT, before=11, after=2, keep=True)
HEADINGS = {1: TITLE, 2: SECTION, 3: ITEM, 4: AREA}

BULLET = replace(BODY, after=3)
BULLET_INDENT = 13.0
FACT = Style(11.5, 15)
FACT_LABEL = replace(FACT, font=BOLD)
CELL = Style(10.5, 13.5)
CELL_BOLD = replace(CELL, font=BOLD)
CELL_PADDING = 3.0
CHART = Style(10, 13)
SMALL = Style(9.5, 12.5)
SMALL_BOLD = replace(SMALL, font=BOLD)
ADDRESS = replace(BODY, leading=14.5, after=0)
LETTERHEAD = Style(12, 15.5, BOLD, ACCENT)
LETTERHEAD_UNIT = Style(10.5, 14)
FOOTER_STYLE = Style(8.5, 11)

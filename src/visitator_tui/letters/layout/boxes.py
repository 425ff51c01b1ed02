"""What stands on a page: boxes that know their height, can be divided, and draw themselves.

Parts of a divided box share their structure element, so that a paragraph that runs over a page is
still read as one.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Protocol

from ..model import Bar
from ..pdf import A4, BOLD, Element, TaggedPdf, width_of
from .lines import Line
from .style import ACCENT, BULLET_INDENT, CELL_PADDING, CHART, INK, RULE, SHADE, WHITE, Style


class Box(Protocol):
    """Something of a fixed width that is placed on a page; measures in points."""

    @property
    def height(self) -> float:
        """How high it is."""

    @property
    def least(self) -> float:
        """How much of it must at least stand where it begins."""

    @property
    def before(self) -> float:
        """Space wanted above, unless the page begins here."""

    @property
    def after(self) -> float:
        """Space wanted below."""

    @property
    def keep(self) -> bool:
        """Whether it must not be the last on a page while more follows."""

    @property
    def repeat(self) -> Box | None:
        """What is shown again above it when it begins a page (the head of its table)."""

    def divide(self, room: float, forced: bool) -> tuple[Box, Box] | None:
        """A first part of at most ``room``, and the rest; None if that would look bad.

        ``forced`` when the whole page was empty: then it must be divided however it looks.
        """

    def draw(self, pdf: TaggedPdf, x: float, y: float) -> None:
        """Draw it with its upper left corner at (x, y)."""


@dataclass(frozen=True)
class TextBox:
    """Lines of text. ``label`` is the element of a bullet in front of the first line."""

    lines: tuple[Line, ...]
    style: Style
    element: Element
    label: Element | None = None
    indent: float = 0
    keep: bool = False
    before: float = 0
    after: float = 0
    bookmark: tuple[str, int] | None = None
    repeat: None = None

    @property
    def height(self) -> float:
        """How high all its lines are."""
        return len(self.lines) * self.style.leading

    @property
    def least(self) -> float:
        """Two lines, or all of it when a single one would be left over."""
        return self.height if len(self.lines) <= 3 else 2 * self.style.leading

    def divide(self, room: float, forced: bool) -> tuple[TextBox, TextBox] | None:
        """At least two lines on either side."""
        fit = int(room / self.style.leading + 1e-6)
        if not forced:
            fit = min(fit, len(self.lines) - 2)
        if fit < (1 if forced else 2) or fit >= len(self.lines):
            return None
        first = replace(self, lines=self.lines[:fit], after=0, keep=False)
        return first, replace(self, lines=self.lines[fit:], label=None, bookmark=None, before=0)

    def draw(self, pdf: TaggedPdf, x: float, y: float) -> None:
        """The bullet, then the lines."""
        if not self.lines:
            return
        style = self.style
        if self.bookmark:
            pdf.bookmark(self.bookmark[0], y, self.bookmark[1])
        if self.label:
            with pdf.part_of(self.label):
                pdf.text(x + 2, y + style.baseline, [(style.font, "•")], style.size, ACCENT)
        with pdf.part_of(self.element):
            self.draw_lines(pdf, x, y)

    def draw_lines(self, pdf: TaggedPdf, x: float, y: float) -> None:
        """The lines alone, without saying what they belong to."""
        style = self.style
        for number, line in enumerate(self.lines):
            runs = [(run.font, run.text) for run in line]
            baseline = y + number * style.leading + style.baseline
            pdf.text(x + self.indent, baseline, runs, style.size, style.colour)


def bullet(box: TextBox, label: Element) -> TextBox:
    """The text as an item of a list."""
    return replace(box, label=label, indent=BULLET_INDENT)


LONGEST_WHOLE_ROW = 110.0
"""A row higher than this (points) may run over a page; a lower one is kept whole."""


@dataclass(frozen=True)
class RowBox:
    """A row of a table. ``offsets`` are the left edges of its cells; ``head`` is the row of its heads."""

    cells: tuple[TextBox, ...]
    offsets: tuple[float, ...]
    width: float
    is_head: bool = False
    artifact: bool = False
    open_below: bool = False
    keep: bool = False
    before: float = 0
    after: float = 0
    repeat: RowBox | None = None

    @property
    def height(self) -> float:
        """Its highest cell with the padding."""
        return max(cell.height for cell in self.cells) + 2 * CELL_PADDING

    @property
    def least(self) -> float:
        """The whole row unless it is a high one."""
        return min(self.height, LONGEST_WHOLE_ROW)

    def divide(self, room: float, forced: bool) -> tuple[RowBox, RowBox] | None:
        """Every cell divided at the same height."""
        if self.height <= LONGEST_WHOLE_ROW and not forced:
            return None
        inner = room - 2 * CELL_PADDING
        parts = [self._cell(cell, inner, forced) for cell in self.cells]
        if not any(first.lines for first, _ in parts) or not any(rest.lines for _, rest in parts):
            return None
        cells = tuple(part for part, _ in parts)
        first = replace(self, cells=cells, after=0, keep=False, open_below=True)
        return first, replace(self, cells=tuple(rest for _, rest in parts), before=0)

    @staticmethod
    def _cell(cell: TextBox, room: float, forced: bool) -> tuple[TextBox, TextBox]:
        if cell.height <= room:
            return cell, replace(cell, lines=())
        return cell.divide(room, forced) or (replace(cell, lines=()), cell)

    def draw(self, pdf: TaggedPdf, x: float, y: float) -> None:
        """Shade and rule as decoration; the cells as what they are, or as repetition."""
        height = self.height
        with pdf.artifact():
            if self.is_head:
                pdf.rectangle(x, y, self.width, height, fill=SHADE)
            if not self.open_below:
                colour, thickness = (ACCENT, 1.2) if self.is_head else (RULE, 0.5)
                pdf.line(x, y + height, x + self.width, y + height, colour, thickness)
        for cell, offset in zip(self.cells, self.offsets, strict=True):
            if self.artifact:
                with pdf.artifact("Repeated"):
                    cell.draw_lines(pdf, x + offset, y + CELL_PADDING)
            else:
                cell.draw(pdf, x + offset, y + CELL_PADDING)


CHART_LABELS = 280.0
"""The labels of a chart are at most so wide; a wider one is set smaller."""
CHART_GAP = 10.0
CHART_STEP = 44.0
CHART_ROW = 15.5
CHART_BAR = 9.5
LEVELS = 4


@dataclass(frozen=True)
class ChartBox:
    """The level profile: a bar of 0-4 steps per activity, its level also as a number."""

    bars: tuple[Bar, ...]
    labels: tuple[str, ...]
    element: Element
    keep: bool = False
    before: float = 4
    after: float = 8
    repeat: None = None

    @property
    def height(self) -> float:
        """A row for the scale and one per bar."""
        return CHART_ROW * (len(self.bars) + 1)

    @property
    def least(self) -> float:
        """A figure is one: it is never divided."""
        return self.height

    def divide(self, room: float, forced: bool) -> None:
        """Never."""
        del room, forced

    @property
    def label_width(self) -> float:
        """How much room the labels take with the gap after them."""
        widest = max((width_of(label, CHART.font, CHART.size) for label in self.labels), default=0.0)
        return min(widest, CHART_LABELS) + CHART_GAP

    def draw(self, pdf: TaggedPdf, x: float, y: float) -> None:
        """One figure with its words as alternative text."""
        labels = self.label_width
        wide = labels + LEVELS * CHART_STEP + 20
        top = A4[1] - y
        self.element.attributes = {"O": "Layout", "BBox": (x, top - self.height, x + wide, top)}
        with pdf.part_of(self.element):
            self._scale(pdf, x + labels, y)
            for number, (bar, label) in enumerate(zip(self.bars, self.labels, strict=True)):
                self._bar(pdf, x, y + CHART_ROW * (number + 1), bar, label)

    def _scale(self, pdf: TaggedPdf, x: float, y: float) -> None:
        for level in range(LEVELS + 1):
            at = x + level * CHART_STEP
            pdf.text(at - 2.5, y + CHART.baseline - 2, [(CHART.font, str(level))], CHART.size, INK)
            pdf.line(at, y + CHART_ROW - 3, at, y + self.height, RULE, 0.5)

    def _bar(self, pdf: TaggedPdf, x: float, y: float, bar: Bar, label: str) -> None:
        wide = width_of(label, CHART.font, CHART.size)
        size = CHART.size * min(1.0, CHART_LABELS / wide) if wide else CHART.size
        pdf.text(x, y + CHART.baseline, [(CHART.font, label)], size, INK)
        level = bar.level or 0
        left, above = x + self.label_width, y + (CHART_ROW - CHART_BAR) / 2
        for step in range(level):
            pdf.rectangle(left + step * CHART_STEP, above, CHART_STEP, CHART_BAR, fill=ACCENT, stroke=WHITE)
        if bar.before is not None:
            at = left + bar.before * CHART_STEP
            pdf.line(at, above - 2, at, above + CHART_BAR + 2, INK, 2)
        number = [(BOLD, str(level))]
        pdf.text(left + level * CHART_STEP + 5, y + CHART.baseline, number, CHART.size, INK)


@dataclass(frozen=True)
class PageBreak:
    """What follows begins a new page."""


@dataclass(frozen=True)
class Gap:
    """Space of at least this height, unless a page begins here."""

    height: float


Piece = Box | PageBreak | Gap
"""What flows over pages."""


@dataclass(frozen=True)
class Placed:
    """A box at its place on a page."""

    box: Box
    x: float
    y: float


@dataclass
class Page:
    """The boxes of one page."""

    placed: list[Placed] = field(default_factory=list)

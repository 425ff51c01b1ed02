"""From the letter's blocks to boxes, and with them the structure tree in the same order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate

from ..model import Block, Bullets, Facts, Heading, LevelProfile, Paragraph, Section, Table
from ..pdf import Element
from .boxes import Box, ChartBox, Gap, PageBreak, Piece, RowBox, TextBox, bullet
from .lines import break_lines
from .style import (
    BODY,
    BULLET,
    BULLET_INDENT,
    CELL,
    CELL_BOLD,
    FACT,
    FACT_LABEL,
    HEADINGS,
    MM,
    PART,
    READING_WIDTH,
    Style,
)

FACT_LABELS = 43 * MM
LONG_FACT_LABELS = 66 * MM
CELL_GAP = 6.0
TOGETHER = 3
"""So many rows of facts stand together at least, before and after a page's end."""
BARS_PER_CHART = 24
"""A chart is never divided, so one with more bars becomes several."""


def section_boxes(section: Section, parent: Element, width: float) -> Iterator[Piece]:
    """The boxes of a section, ``width`` points wide at most; its elements are added under ``parent``."""
    if section.new_page:
        yield PageBreak()
    element = Element("Sect", parent)
    if not isinstance(section.blocks[0], Heading):
        yield Gap(PART)
    for block in section.blocks:
        yield from block_boxes(block, element, width)


def block_boxes(block: Block, parent: Element, width: float) -> Iterator[Box]:
    """The boxes of one block."""
    match block:
        case Heading():
            yield heading(block, parent, width)
        case Paragraph(text=text, lead=lead, keep=keep, tight=tight):
            box = text_box(text, BODY, Element("P", parent), READING_WIDTH, lead, keep=keep)
            yield replace(box, after=BULLET.after) if tight else box
        case Bullets(items=items):
            yield from _bullets(items, parent)
        case Facts():
            yield from _facts(block, parent, width)
        case Table():
            yield from _table(block, parent, width)
        case LevelProfile():
            yield from _charts(block, parent)


def text_box(
    text: str, style: Style, element: Element, width: float, lead: str = "", *, keep: bool = False
) -> TextBox:
    """A text in a style, broken to a width."""
    lines = break_lines(text, style, width, lead)
    return TextBox(lines, style, element, keep=keep or style.keep, before=style.before, after=style.after)


def heading(block: Heading, parent: Element, width: float) -> TextBox:
    """A heading, which is also an entry in the reader's table of contents down to the third level."""
    box = text_box(block.text, HEADINGS[block.level], Element(f"H{block.level}", parent), width)
    return replace(box, bookmark=(block.text, block.level - 1)) if block.level <= 3 else box


def _bullets(items: tuple[str, ...], parent: Element) -> Iterator[Box]:
    listed = Element("L", parent, attributes={"O": "List", "ListNumbering": "Disc"})
    for number, item in enumerate(items):
        entry = Element("LI", listed)
        label = Element("Lbl", entry)
        box = text_box(item, BULLET, Element("LBody", entry), READING_WIDTH - BULLET_INDENT)
        after = BODY.after if number == len(items) - 1 else BULLET.after
        yield bullet(replace(box, after=after), label)


def _facts(facts: Facts, parent: Element, width: float) -> Iterator[Box]:
    body = Element("TBody", _table_element(facts.summary, parent))
    labels = LONG_FACT_LABELS if facts.long_labels else FACT_LABELS
    rows = []
    for label, value in facts.rows:
        row = Element("TR", body)
        cells = (
            text_box(label, FACT_LABEL, _row_head(row), labels - CELL_GAP),
            text_box(value, FACT, Element("TD", row), width - labels),
        )
        rows.append(RowBox(cells, (0.0, labels), width))
    for number, row_box in enumerate(rows[:-1], start=1):
        yield replace(row_box, keep=number < TOGETHER or number > len(rows) - TOGETHER)
    yield replace(rows[-1], after=10.0)


def _table(table: Table, parent: Element, width: float) -> Iterator[Box]:
    element = _table_element(table.summary, parent)
    widths = [width * share / sum(table.shares) for share in table.shares]
    offsets = tuple(accumulate([CELL_GAP, *widths[:-1]]))
    inner = [one - CELL_GAP for one in widths]
    inner[-1] -= CELL_GAP
    row = Element("TR", Element("THead", element))
    heads = tuple(
        text_box(text, CELL_BOLD, _column_head(row), wide)
        for text, wide in zip(table.header, inner, strict=True)
    )
    head = RowBox(heads, offsets, width, is_head=True, keep=True, before=4)
    again = replace(head, artifact=True)
    yield head
    body = Element("TBody", element)
    for number, texts in enumerate(table.rows):
        row = Element("TR", body)
        cells = tuple(
            text_box(text, CELL_BOLD, _row_head(row), wide)
            if column < table.row_heads
            else text_box(text, CELL, Element("TD", row), wide)
            for column, (text, wide) in enumerate(zip(texts, inner, strict=True))
        )
        after = 10.0 if number == len(table.rows) - 1 else 0.0
        yield RowBox(cells, offsets, width, repeat=again, after=after)


def _table_element(summary: str, parent: Element) -> Element:
    return Element("Table", parent, attributes={"O": "Table", "Summary": summary})


def _row_head(row: Element) -> Element:
    return Element("TH", row, attributes={"O": "Table", "Scope": "Row"})


def _column_head(row: Element) -> Element:
    return Element("TH", row, attributes={"O": "Table", "Scope": "Column"})


def _charts(profile: LevelProfile, parent: Element) -> Iterator[Box]:
    for start in range(0, len(profile.bars), BARS_PER_CHART):
        bars = profile.bars[start : start + BARS_PER_CHART]
        labels = tuple(" ".join(bar.label.split()) for bar in bars)
        # The words of the whole profile stand once; a continued chart only says that it goes on.
        element = Element("Figure", parent, alt=profile.alt)
        yield ChartBox(bars, labels, element)

"""The letter as plain text, for the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from .model import Block, Bullets, Facts, Heading, Letter, LevelProfile, Paragraph, Table

RULES = {1: "=", 2: "-"}


def as_text(letter: Letter, width: int = 78) -> str:
    """The whole letter in its reading order, wrapped at ``width`` columns."""
    lines = [letter.municipality, letter.unit, "", *letter.recipient, ""]
    for detail in letter.details:
        lines += _wrapped(", ".join(detail.lines), width, f"{detail.label}: ")
    lines += ["", *_heading(letter.title, 1, width), "", letter.greeting]
    for section in letter.sections:
        for block in section.blocks:
            lines += ["", *_block(block, width)]
    return "\n".join(lines) + "\n"


def _block(block: Block, width: int) -> Iterator[str]:
    match block:
        case Heading(text=text, level=level):
            yield from _heading(text, level, width)
        case Paragraph(text=text, lead=lead):
            yield from _wrapped(f"{lead} {text}" if lead and not lead.endswith("\n") else lead + text, width)
        case Bullets(items=items):
            for item in items:
                yield from _wrapped(item, width, "• ")
        case Facts(rows=rows):
            indent = min(max((len(label) for label, _ in rows), default=0) + 2, width // 3)
            for label, value in rows:
                yield from _wrapped(value, width, f"{label}: ".ljust(indent), indent)
        case Table():
            yield from _table(block, width)
        case LevelProfile(bars=bars):
            room = max((len(bar.label) for bar in bars), default=0)
            for bar in bars:
                filled = bar.level or 0
                yield f"{bar.label.ljust(room)}  {'█' * 4 * filled}{'·' * 4 * (4 - filled)}  {filled}"[:width]


def _heading(text: str, level: int, width: int) -> Iterator[str]:
    lines = textwrap.wrap(text, width)
    yield from lines
    if level in RULES:
        yield RULES[level] * max(len(line) for line in lines)


def _table(table: Table, width: int) -> Iterator[str]:
    """Each row as an entry: what it is about, and under it the columns that say something."""
    for number, row in enumerate(table.rows):
        if number:
            yield ""
        yield from _wrapped(" – ".join(cell for cell in row[: table.row_heads] if cell != "–"), width)
        for label, cell in zip(table.header[table.row_heads :], row[table.row_heads :], strict=True):
            if cell != "–":
                yield from _wrapped(cell, width, f"  {label}: ", 4)


def _wrapped(text: str, width: int, first: str = "", indent: int | None = None) -> Iterator[str]:
    """Lines of at most ``width`` columns, the first with a mark, the others indented under it."""
    hanging = " " * (len(first) if indent is None else indent)
    for number, line in enumerate(text.split("\n")):
        opening = first if number == 0 else hanging
        longest = max(map(len, line.split()), default=0)
        if len(hanging) + longest <= width < len(opening) + longest:
            yield opening.rstrip()  # a long label leaves no room for a whole word beside it
            opening = hanging
        yield from textwrap.wrap(
            line, width, initial_indent=opening, subsequent_indent=hanging, break_on_hyphens=False
        ) or [opening.rstrip()]

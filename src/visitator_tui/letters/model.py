"""A letter as it is said: sections of headings, paragraphs, lists and tables. No layout, no PDF.

The order of sections and blocks is the reading order; every rendering keeps it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from visitator_tui.domain.letter_facts import LetterKind

Role = Literal[
    # the decision
    "result",
    "granted",
    "partly",
    "changed",
    "stopped",
    "refused",
    "own_view",
    "facts",
    "considerations",
    "rules",
    "reliability",
    "supplier",
    "duties",
    "complaint",
    "assessment",
    # the other kinds
    "opening",
    "deadline",
    "next",
    "information",
    "considering",
    "answering",
    "complained",
    "reassessed",
    "forwarded",
    "enclosures",
    "master_data",
    "services",
    "decided",
    "choosing",
    # all of them
    "rights",
    "signature",
]
"""What a section is for, so that a letter can be asked whether it holds what it must."""


@dataclass(frozen=True)
class Heading:
    """A heading; the letter's title is level 1, sections are 2."""

    text: str
    level: Literal[1, 2, 3, 4] = 2


@dataclass(frozen=True)
class Paragraph:
    """Running text. ``lead`` is a short emphasised opening; a newline in either breaks the line.

    ``keep`` holds the paragraph together with what follows it; ``tight`` sets it close to that.
    """

    text: str
    lead: str = ""
    keep: bool = False
    tight: bool = False


@dataclass(frozen=True)
class Bullets:
    """A list without order."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """Labels with their values (Formål: ..., Start: ...), a table whose rows are named.

    ``summary`` tells those who cannot see it what it holds; ``long_labels`` asks for room for them.
    """

    rows: tuple[tuple[str, str], ...]
    summary: str
    long_labels: bool = False

    def value(self, label: str) -> str:
        """The value of a label; empty when it is not there."""
        return next((value for name, value in self.rows if name == label), "")


@dataclass(frozen=True)
class Table:
    """A table; ``header`` names the columns, the first ``row_heads`` columns name the rows.

    ``shares`` are the widths of the columns in relation to one another. ``summary`` tells those who
    cannot see the table what it holds.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...]
    summary: str
    row_heads: int = 1


@dataclass(frozen=True)
class Bar:
    """One activity of the level profile; a level None is one that has not been scored.

    ``before`` is the level of an earlier assessment, where there is one.
    """

    label: str
    level: int | None
    before: int | None = None


@dataclass(frozen=True)
class LevelProfile:
    """The function levels 0-4 as a bar chart. ``alt`` says the same in words."""

    bars: tuple[Bar, ...]
    alt: str


Block = Heading | Paragraph | Bullets | Facts | Table | LevelProfile


@dataclass(frozen=True)
class Section:
    """A part of the letter. ``about`` is the number of the decision's item it is about, if one."""

    role: Role
    blocks: tuple[Block, ...]
    about: int | None = None
    new_page: bool = False

    @property
    def text(self) -> str:
        """Everything the section says, one line per piece of text."""
        return "\n".join(piece for block in self.blocks for piece in pieces(block))


@dataclass(frozen=True)
class Detail:
    """An entry of the column beside the address: date, case number, contact."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Letter:
    """A whole letter to one recipient."""

    kind: LetterKind
    title: str
    subject: str
    municipality: str
    unit: str
    case_number: str
    dated_on: date
    recipient: tuple[str, ...]
    details: tuple[Detail, ...]
    greeting: str
    sections: tuple[Section, ...]
    footer: str

    @property
    def running_text(self) -> str:
        """What is read as sentences, a line per piece: no headings, signature, names of rows."""
        return "\n".join(
            said
            for section in self.sections
            if section.role != "signature"
            for block in section.blocks
            for said in _sentences(block)
        )

    def having(self, role: Role) -> tuple[Section, ...]:
        """The sections with a role, in order."""
        return tuple(section for section in self.sections if section.role == role)

    def said(self, *roles: Role) -> str:
        """Everything said in the sections with these roles."""
        return "\n".join(section.text for role in roles for section in self.having(role))


def pieces(block: Block) -> Iterator[str]:
    """The texts of a block in reading order."""
    match block:
        case Heading(text=text):
            yield text
        case Paragraph(text=text, lead=lead):
            yield f"{lead} {text}" if lead else text
        case Bullets(items=items):
            yield from items
        case Facts(rows=rows):
            for row in rows:
                yield from row
        case Table(header=header, rows=table_rows):
            yield from header
            for cells in table_rows:
                yield from cells
        case LevelProfile(alt=alt):
            yield alt


def _sentences(block: Block) -> Iterator[str]:
    match block:
        case Heading() | LevelProfile():
            return
        case Facts(rows=rows):
            yield from (value for _, value in rows)
        case Table(rows=rows, row_heads=heads):
            yield from (cell for row in rows for cell in row[heads:])
        case Paragraph(text=text):
            yield text
        case _:
            yield from pieces(block)

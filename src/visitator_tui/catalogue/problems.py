"""What is wrong with a catalogue file, said so that the person who maintains it can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class CatalogueProblem:
    """One problem: the file, the line (from 1; None when it is the file itself), the field, and the mend."""

    file: str
    line: int | None
    field: str
    message: str
    mend: str = ""

    def __str__(self) -> str:
        line = f"linje {self.line}" if self.line else ""
        place = ", ".join(part for part in (self.file, line, self.field and f"felt »{self.field}«") if part)
        return f"{place + ': ' if place else ''}{self.message.rstrip('.')}. {self.mend}".rstrip()


class BrokenCatalogueError(Exception):
    """A catalogue file cannot be used; ``problems`` says why, in the order of the lines."""

    def __init__(self, problems: Iterable[CatalogueProblem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda one: one.line or 0))
        super().__init__("\n".join(map(str, self.problems)))

"""Breaking text into lines: ragged right, long Danish compounds divided when nothing else fits."""

from __future__ import annotations

import re
from dataclasses import dataclass

from visitator_tui.domain.wording import MONTHS

from ..pdf import BOLD, REGULAR, width_of
from .style import Style

SOFT_HYPHEN = "\u00ad"
_VOWELS = frozenset("aeiouyæøåéèüöäAEIOUYÆØÅ")
_MONTHS = "|".join(MONTHS)
_TOGETHER = re.compile(
    rf"((?:§§?|stk\.|nr\.|kl\.|jf\.) |\d\. (?={_MONTHS})|(?:{_MONTHS}) (?=\d{{4}})|\b\d – )(?=\S)"
)
"""Places where a line must not end: between § and its number, a day, its month and year, a level and its name."""


@dataclass(frozen=True)
class Run:
    """Text in one font."""

    font: str
    text: str


Line = tuple[Run, ...]


def break_lines(text: str, style: Style, width: float, lead: str = "") -> tuple[Line, ...]:
    """The lines of a paragraph at most ``width`` points wide.

    ``lead`` opens it in bold. A newline ends a line. Every line but the last ends in the space that
    separated it from the next word, so that the text read aloud or copied keeps its words apart.
    """
    pieces = [(BOLD, lead), (style.font, text)] if lead else [(style.font, text)]
    lines: list[list[Run]] = [[]]
    used = 0.0
    space = width_of(" ", REGULAR, style.size)
    for font, word, ends_line in _words(pieces):
        for number, part in enumerate(_fitting(word, font, style.size, width)):
            wide = width_of(part, font, style.size)
            gap = space if lines[-1] else 0.0
            if lines[-1] and (number or used + gap + wide > width):
                lines.append([])
                used, gap = 0.0, 0.0
            lines[-1].append(Run(font, part))
            used += gap + wide
        if ends_line:
            lines.append([])
            used = 0.0
    full = [_joined(line) for line in lines if line]
    return tuple(_with_space(line) for line in full[:-1]) + tuple(full[-1:])


def _words(pieces: list[tuple[str, str]]) -> list[tuple[str, str, bool]]:
    """(font, word, whether the line ends after it), in order."""
    found: list[tuple[str, str, bool]] = []
    for font, text in pieces:
        lines = _TOGETHER.sub(lambda found: found[1].replace(" ", "\u00a0"), text).split("\n")
        for number, line in enumerate(lines):
            words = [word for word in line.split(" ") if word]
            found += [(font, word, False) for word in words]
            if found and number < len(lines) - 1:
                found[-1] = (found[-1][0], found[-1][1], True)
    return found


def _joined(words: list[Run]) -> Line:
    """Words with the spaces between them, those of one font in one run."""
    runs: list[Run] = []
    for word in words:
        if runs and runs[-1].font == word.font:
            runs[-1] = Run(word.font, f"{runs[-1].text} {word.text}")
        else:
            if runs:
                runs[-1] = Run(runs[-1].font, f"{runs[-1].text} ")
            runs.append(word)
    return tuple(runs)


def _with_space(line: Line) -> Line:
    *rest, last = line
    return line if last.text.endswith(SOFT_HYPHEN) else (*rest, Run(last.font, f"{last.text} "))


def _fitting(word: str, font: str, size: float, width: float) -> list[str]:
    """The word, or, where it is wider than a whole line, its parts, each ending in a soft hyphen."""
    parts = []
    while width_of(word, font, size) > width:
        cut = _cut(word, font, size, width)
        if cut == 0:
            break
        part, word = word[:cut], word[cut:]
        parts.append(part if part[-1] in "-/@._" else part + SOFT_HYPHEN)
    return [*parts, word]


def _cut(word: str, font: str, size: float, width: float) -> int:
    """Where to divide a word: the last good place whose first part fits; 0 if none does."""
    fitting = [at for at in range(1, len(word)) if width_of(word[:at] + "-", font, size) <= width]
    good = [at for at in fitting if _good(word, at)]
    return (good or fitting or [0])[-1]


def _good(word: str, at: int) -> bool:
    """After a sign, or before a consonant that begins a syllable, with three letters on either side."""
    if word[at - 1] in "-/@._":
        return True
    inside = 3 <= at <= len(word) - 3
    return inside and word[at].isalpha() and word[at] not in _VOWELS and word[at + 1] in _VOWELS

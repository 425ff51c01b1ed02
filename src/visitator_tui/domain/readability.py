"""How hard a text is to read: LIX (Björnsson 1968), and the sentences that make it so.

LIX is the words per sentence plus the share of words of more than six letters, in percent. A sentence
ends at a stop, a colon or a line's end. Abbreviations and ordinals ("kl. 9", "8. marts") end none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

LONG_WORD: Final = 7
"""A word of so many letters is a long one."""

_LABELS: Final = ((25, "meget let"), (35, "let"), (45, "middel"), (55, "svær"))
_HARDEST: Final = "meget svær"

HEAVY: Final = 45
"""From this figure on (``svær``) a sentence counts as one that raises the text's, if it lies above it."""
LEAST_WORDS: Final = 5
"""A shorter sentence is not hard to read, however long its words are."""

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_SHORT_FORMS = "kl|nr|stk|jf|ca|dvs|evt|tlf|ekskl|inkl|pkt|tv|th|mv|fx|bl|a|f|eks|s|o|lign|pga|mht"
_NO_END = re.compile(rf"\b(?:{_SHORT_FORMS})\.(?=\s)", re.IGNORECASE)
_END = re.compile(r"(?<=[.!?:])[»«\"')]*\s+(?=[»\"'(]?[^\W\d_a-zæøå]|[»\"'(]?\d)")
_HELD = "\x00"


@dataclass(frozen=True)
class Sentence:
    """A sentence with its number of words, how many of them are long, and its own LIX."""

    text: str
    words: int
    long_words: int

    @property
    def lix(self) -> int:
        """The sentence's own figure, rounded."""
        return round(_lix(self.words, self.long_words, 1))


@dataclass(frozen=True)
class Lix:
    """A text's LIX with what that means in Danish, and the sentences that raise it, the worst first."""

    value: int
    label: str
    heavy_sentences: tuple[Sentence, ...] = ()


def readability(text: str, most: int = 5) -> Lix:
    """The LIX of a text; at most ``most`` heavy sentences. A text without words has LIX 0."""
    found = sentences(text)
    words, long_words = sum(one.words for one in found), sum(one.long_words for one in found)
    if not words:
        return Lix(0, label(0))
    value = _lix(words, long_words, len(found))

    def raised(one: Sentence) -> float:
        """How much lower the figure would be without the sentence."""
        rest = words - one.words
        return value - _lix(rest, long_words - one.long_words, len(found) - 1) if rest else value

    heavy = [one for one in found if one.words >= LEAST_WORDS and one.lix >= max(HEAVY, value)]
    return Lix(round(value), label(value), tuple(sorted(heavy, key=raised, reverse=True)[:most]))


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text that have words, in order."""
    found = []
    for line in text.split("\n"):
        held = _NO_END.sub(lambda match: match[0][:-1] + _HELD, line)
        for said in _END.split(held):
            words = _WORD.findall(said)
            if words:
                long_words = sum(len(word) >= LONG_WORD for word in words)
                found.append(Sentence(said.replace(_HELD, ".").strip(), len(words), long_words))
    return tuple(found)


def label(value: float) -> str:
    """What a figure means: ``meget let`` to ``meget svær``."""
    return next((name for below, name in _LABELS if value < below), _HARDEST)


def _lix(words: int, long_words: int, count: int) -> float:
    return words / count + 100 * long_words / words

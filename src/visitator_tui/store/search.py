"""What a search looks through, and how what is typed becomes a question to the index."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from visitator_tui.domain.case import Case
from visitator_tui.domain.edit import texts, to_json

# Fields that hold a code of ours, not a word anybody wrote.
_CODES: Final = {"format", "municipality", "outcome", "goal", "per", "unit", "time_of_day"}
_WORD: Final = re.compile(r"[^\W_]+")
_MOST_WORDS: Final = 20


def searchable(case: Case) -> str:
    """Everything written in a case, for the index; the CPR number also without its hyphen."""
    written = [text for path, text in texts(to_json(case)) if not _CODES.intersection(map(str, path))]
    if case.citizen.cpr:
        written.append(case.citizen.cpr.replace("-", ""))
    return unicodedata.normalize("NFC", "\n".join(written))


def match_expression(typed: str) -> str | None:
    """What was typed as an FTS5 question: every word must begin a word of the case. None: no word, so no limit.

    Words are quoted and hold letters and digits only, so nothing typed is read as syntax.
    """
    words = _WORD.findall(unicodedata.normalize("NFC", typed))[:_MOST_WORDS]
    return " ".join(f'"{word}"*' for word in words) or None

"""The few fields of a document that a list shows and a search looks through."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

CASE: Final = "case"
_LONGEST: Final = 400


@dataclass(frozen=True)
class Listed:
    """What is kept beside a case's document; empty for any other record."""

    name: str = ""
    birth_date: str = ""
    state: str = ""
    search: str = ""


NOTHING: Final = Listed()


def listed(kind: str, content: Mapping[str, Any] | None) -> Listed:
    """Read from the case file's format, without demanding that it is whole: a newer laptop may know more."""
    if kind != CASE or content is None:
        return NOTHING
    case = _part(content, "case") or content
    citizen = _part(case, "citizen")
    name, cpr, birth_date = _text(citizen, "name"), _text(citizen, "cpr"), _text(citizen, "birth_date")
    words = [name, cpr, cpr.replace("-", ""), birth_date, _text(case, "case_number")]
    if address := _part(citizen, "address"):
        words += (_text(address, field) for field in ("street", "postal_code", "town"))
    state = _text(content, "state") or ("decided" if case.get("made") else "open")
    return Listed(name, birth_date, state, folded(" ".join(filter(None, words))))


def folded(text: str) -> str:
    """Text as a search compares it: case does not count, æ, ø and å do."""
    return unicodedata.normalize("NFC", text).casefold()


def _part(content: Mapping[str, Any], field: str) -> Mapping[str, Any]:
    value = content.get(field)
    return value if isinstance(value, dict) else {}


def _text(content: Mapping[str, Any], field: str) -> str:
    value = content.get(field)
    return value[:_LONGEST].replace("\0", "") if isinstance(value, str) else ""

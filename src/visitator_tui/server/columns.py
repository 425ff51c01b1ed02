"""A record as a row: the few columns that a list shows and a search looks through, beside the document."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any, Final

from .incoming import Sent

CASE: Final = "case"
_WORDS: Final = 400


def row(sent: Sent, tenant: str, assigned_to: str, seq: int, now: str) -> dict[str, Any]:
    """The row that stores ``sent`` as the revision after its base."""
    listed = _listed(sent.content) if sent.kind == CASE else _NOTHING
    return {
        "tenant": tenant,
        "id": sent.id,
        "kind": sent.kind,
        "case_id": sent.case_id,
        "revision": sent.base + 1,
        "seq": seq,
        "assigned_to": assigned_to,
        "deleted": sent.body is None,
        "digest": sent.digest,
        "size": sent.size,
        "changed_at": sent.changed_at,
        "changed_by": sent.changed_by,
        "stored_at": now,
        "body": sent.body,
        **listed,
    }


_NOTHING: Final = {"name": "", "birth_date": "", "state": "", "search": ""}


def _listed(content: Mapping[str, Any]) -> dict[str, str]:
    """Read from the case file's format, without demanding that it is whole: a newer laptop may know more."""
    case = _part(content, "case") or content
    citizen = _part(case, "citizen")
    address = _part(citizen, "address")
    words = [
        _text(citizen, "name"),
        _text(citizen, "cpr"),
        _text(citizen, "cpr").replace("-", ""),
        _text(citizen, "birth_date"),
        _text(case, "case_number"),
        *(_text(address, field) for field in ("street", "postal_code", "town")),
    ]
    return {
        "name": _text(citizen, "name"),
        "birth_date": _text(citizen, "birth_date"),
        "state": _text(content, "state") or ("decided" if case.get("made") else "open"),
        "search": folded(" ".join(word for word in words if word)),
    }


def folded(text: str) -> str:
    """Text as a search compares it: case does not count, æ, ø and å do."""
    return unicodedata.normalize("NFC", text).casefold()


def _part(content: Mapping[str, Any], field: str) -> Mapping[str, Any]:
    value = content.get(field)
    return value if isinstance(value, dict) else {}


def _text(content: Mapping[str, Any], field: str) -> str:
    value = content.get(field)
    return value[:_WORDS].replace("\0", "") if isinstance(value, str) else ""

"""Reading what was typed into a field: dates, whole numbers, lists; and writing it back for the field."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any, Literal

from visitator_tui.domain.edit import MISSING, EditError

Kind = Literal["text", "optional", "date", "number", "lines"]
"""``optional`` is a text whose absence is null; ``lines`` is a list with one entry a line."""

_DATE = re.compile(r"^(\d{1,2})[-./ ]+(\d{1,2})[-./ ]+(\d{4})$")
_DENSE = re.compile(r"^(\d{2})(\d{2})(\d{4})$")
_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")


def read_date(raw: str) -> date:
    """A date as Danes type it: 1-3-2017, 01.03.2017, 1/3/2017, 01032017; also 2017-03-01.

    Raises EditError, in Danish, when it is no date that exists.
    """
    text = raw.strip()
    if iso := _ISO.match(text):
        year, month, day = (int(part) for part in iso.groups())
    elif plain := _DATE.match(text) or _DENSE.match(text):
        day, month, year = (int(part) for part in plain.groups())
    else:
        raise EditError("skriv datoen som dd-mm-åååå, fx 01-03-2017")
    if year < 1900:
        raise EditError("årstallet ligger for langt tilbage; skriv fire cifre, fx 1938")
    try:
        return date(year, month, day)
    except ValueError:
        raise EditError("den dato findes ikke i kalenderen") from None


def _read_number(raw: str) -> int:
    if not re.fullmatch(r"\d{1,4}", raw.strip()):
        raise EditError("skriv et helt tal")
    return int(raw)


_READERS: dict[Kind, Callable[[str], Any]] = {
    "text": str,
    "optional": lambda raw: raw.strip() or None,
    "date": lambda raw: read_date(raw).isoformat() if raw.strip() else None,
    "number": lambda raw: _read_number(raw) if raw.strip() else None,
    "lines": lambda raw: [line.strip() for line in raw.splitlines() if line.strip()],
}


def read(kind: Kind, raw: str) -> Any:
    """The JSON value that ``raw`` stands for. Raises EditError with a Danish message."""
    return _READERS[kind](raw)


def show(kind: Kind, value: Any) -> str:
    """The JSON value as a field shows it."""
    if value is None or value is MISSING:
        return ""
    if kind == "date":
        day = date.fromisoformat(value)
        return f"{day.day:02d}-{day.month:02d}-{day.year}"
    if kind == "lines":
        return "\n".join(value)
    return str(value)

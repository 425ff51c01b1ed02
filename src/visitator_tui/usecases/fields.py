"""Reading what was typed into a field: dates, times, whole numbers, lists; and writing it back for the field."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time
from typing import Any, Literal

from visitator_tui.domain.edit import MISSING, EditError

Kind = Literal["text", "optional", "date", "time", "number", "minutes", "lines"]
"""``optional`` is a text whose absence is null; ``lines`` is a list with one entry a line."""

_DATE = re.compile(r"^(\d{1,2})[-./ ]+(\d{1,2})[-./ ]+(\d{4})$")
_DENSE = re.compile(r"^(\d{2})(\d{2})(\d{4})$")
_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")
_TIME = re.compile(r"^(?:kl\.? *)?(\d{1,2})(?:[.: ]?(\d{2}))?$", re.IGNORECASE)
_MINUTES = re.compile(
    r"^(?:(\d{1,2}) *t(?:imer?)?\.?)? *(?:(\d{1,4}) *(?:m(?:in(?:utter)?)?\.?)?)?$", re.IGNORECASE
)


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


def read_time(raw: str) -> time:
    """A time of day as Danes type it: 9, 9.30, 9:30, 0930, kl. 9.30.

    Raises EditError, in Danish, when it is no time of day.
    """
    found = _TIME.match(raw.strip())
    if found is None:
        raise EditError("skriv klokkeslættet som tt.mm, fx 9.30")
    hour, minute = int(found[1]), int(found[2] or 0)
    if hour > 23 or minute > 59:
        raise EditError("det klokkeslæt findes ikke")
    return time(hour, minute)


def read_minutes(raw: str) -> int:
    """A length in minutes: 45, 45 min, 1 t 30, 2 timer. Raises EditError, in Danish."""
    found = _MINUTES.match(raw.strip())
    if found is None or not any(found.groups()):
        raise EditError("skriv minutterne som et helt tal, fx 45, eller 1 t 30 min")
    return int(found[1] or 0) * 60 + int(found[2] or 0)


def _read_number(raw: str) -> int:
    if not re.fullmatch(r"\d{1,4}", raw.strip()):
        raise EditError("skriv et helt tal")
    return int(raw)


_READERS: dict[Kind, Callable[[str], Any]] = {
    "text": str,
    "optional": lambda raw: raw.strip() or None,
    "date": lambda raw: read_date(raw).isoformat() if raw.strip() else None,
    "time": lambda raw: read_time(raw).isoformat() if raw.strip() else None,
    "minutes": lambda raw: read_minutes(raw) if raw.strip() else None,
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
    if kind == "time":
        return f"{time.fromisoformat(value):%H.%M}"
    if kind == "lines":
        return "\n".join(value)
    return str(value)

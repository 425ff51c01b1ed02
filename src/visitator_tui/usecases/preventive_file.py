"""The register of citizens for preventive home visits as a file: CSV, a citizen a line, no CPR numbers.

The first line names the columns. Needed are ``navn`` and ``født``; known are besides ``vej``, ``postnummer``,
``by``, ``bor alene``, ``pleje og praktisk`` and ``særlig risiko`` (ja or nej). Other columns are left out.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from visitator_tui.domain.case import Address
from visitator_tui.domain.preventive import PreventiveCitizen

from .files import EncodingError, FileError, decode, within

LARGEST: Final = 20_000_000
"""The largest file that is read, in bytes."""

COLUMNS: Final = (
    "navn", "født", "vej", "postnummer", "by", "bor alene", "pleje og praktisk", "særlig risiko",
)  # fmt: skip
_NEEDED: Final = ("navn", "født")
_CPR: Final = re.compile(r"\b\d{6}-?\d{4}\b")
_SAID: Final = {"": None, "ja": True, "j": True, "1": True, "x": True, "nej": False, "n": False, "0": False}
_SHOWN: Final = 8


class RegisterError(FileError):
    """The file is no register that can be used; the Danish message names the lines, never a citizen."""


def read_register(data: bytes) -> tuple[PreventiveCitizen, ...]:
    """The citizens in a file, in its order. Raises RegisterError naming the first lines that are wrong."""
    within(data, LARGEST, "Filen")
    try:
        text = decode(data)
    except EncodingError as problem:
        raise RegisterError(f"Linje {problem.line}: {problem}.") from None
    if not text.strip():
        raise RegisterError(f"Filen er tom. Første linje skal være: {';'.join(COLUMNS)}.")
    if _CPR.search(text):
        raise RegisterError(
            "Filen har noget, der ligner CPR-numre. De skal ikke bruges her: tag kolonnen ud, og prøv igen."
        )
    rows = list(_rows(text))
    found, wrong = [], []
    for line, row in rows:
        try:
            found.append(_citizen(row))
        except ValueError as problem:
            wrong.append(f"Linje {line}: {problem}.")
    if wrong:
        more = [f"… og {len(wrong) - _SHOWN} linjer til."] if len(wrong) > _SHOWN else []
        raise RegisterError("\n".join([*wrong[:_SHOWN], *more]))
    return tuple(found)


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    head = text.splitlines()[0]
    between = ";" if head.count(";") >= head.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=between)
    try:
        names = [name.strip().casefold() for name in next(reader)]
        if missing := [name for name in _NEEDED if name not in names]:
            raise RegisterError(
                f"Kolonnen {' og '.join(missing)} mangler. Første linje skal være: {';'.join(COLUMNS)}."
            )
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, {name: cell.strip() for name, cell in zip(names, row, strict=False)}
    except csv.Error:
        raise RegisterError(
            f"Linje {reader.line_num}: linjen kan ikke læses. Se efter anførselstegn."
        ) from None


def _citizen(row: dict[str, str]) -> PreventiveCitizen:
    """A line as a citizen. Raises ValueError with what is wrong, without the words of the line."""
    if not row.get("navn"):
        raise ValueError("navnet mangler")
    return PreventiveCitizen(
        name=row["navn"],
        birth_date=_day(row.get("født", "")),
        address=Address(
            street=row.get("vej", ""), postal_code=row.get("postnummer", ""), town=row.get("by", "")
        ),
        lives_alone=_said(row, "bor alene"),
        gets_both=_said(row, "pleje og praktisk"),
        at_risk=_said(row, "særlig risiko"),
    )


def _day(text: str) -> date:
    try:
        if match := re.fullmatch(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})", text):
            day, month, year = map(int, match.groups())
            return date(year, month, day)
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("fødselsdatoen skal skrives dd-mm-åååå") from None


def _said(row: dict[str, str], column: str) -> bool | None:
    word = row.get(column, "").casefold()
    if word not in _SAID:
        raise ValueError(f"i kolonnen »{column}« skal der stå ja eller nej")
    return _SAID[word]

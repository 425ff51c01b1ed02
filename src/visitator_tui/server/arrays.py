"""A column of a batch as one parameter: an array in PostgreSQL's binary form, in which nothing is escaped."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, Final

import psycopg
from psycopg.adapt import Buffer, Dumper
from psycopg.pq import Format
from sqlalchemy import Column
from sqlalchemy.dialects.postgresql import dialect as postgresql_dialect

_HEAD: Final = struct.Struct(
    "!iiIii"
)  # dimensions, whether any is null, type of the elements, how many, the first
_LENGTH: Final = struct.Struct("!i")
_NULL: Final = _LENGTH.pack(-1)


@dataclass(frozen=True)
class _Written:
    value: bytes


class _AsItIs(Dumper):
    """Sends what has PostgreSQL's binary form already."""

    format = Format.BINARY

    def dump(self, obj: _Written) -> Buffer:
        return obj.value


@dataclass(frozen=True)
class ArrayForm:
    """How values of a column's type are sent. ``parameter`` is a class that psycopg knows the array's type by."""

    name: str
    element_oid: int
    encode: Callable[[Any], bytes]
    parameter: type[_Written]

    def array(self, values: Sequence[Any]) -> _Written:
        """These values, None among them, as one parameter."""
        parts = [_HEAD.pack(1, None in values, self.element_oid, len(values), 1)]
        if values and values.count(values[0]) == len(values):  # as the municipality is in every row
            parts.append(self._element(values[0]) * len(values))
        elif None in values:
            parts += map(self._element, values)
        else:
            written = [*map(self.encode, values)]
            lengths = map(_LENGTH.pack, map(len, written))
            parts += chain.from_iterable(zip(lengths, written, strict=True))
        return self.parameter(b"".join(parts))

    def _element(self, value: Any) -> bytes:
        if value is None:
            return _NULL
        written = self.encode(value)
        return _LENGTH.pack(len(written)) + written


def _form(name: str, element_oid: int, array_oid: int, encode: Callable[[Any], bytes]) -> ArrayForm:
    parameter = type(f"ArrayOf{name}", (_Written,), {})
    psycopg.adapters.register_dumper(parameter, type(f"Send{name}", (_AsItIs,), {"oid": array_oid}))
    return ArrayForm(name, element_oid, encode, parameter)


# The numbers are PostgreSQL's own names of its types, the same in every database (pg_type.dat).
_FORMS: Final = {
    one.name: one
    for one in (
        _form("BOOLEAN", 16, 1000, struct.Struct("!?").pack),
        _form("BYTEA", 17, 1001, bytes),
        _form("BIGINT", 20, 1016, struct.Struct("!q").pack),
        _form("INTEGER", 23, 1007, struct.Struct("!i").pack),
        _form("TEXT", 25, 1009, str.encode),
        _form("UUID", 2950, 2951, lambda text: bytes.fromhex(text.replace("-", ""))),
    )
}

TEXT: Final = _FORMS["TEXT"]
UUID: Final = _FORMS["UUID"]
UTF8: Final = replace(TEXT, encode=bytes)
"""For texts that are written in UTF-8 already."""


def form_of(column: Column[Any]) -> ArrayForm:
    """How the values of this column are sent."""
    compiler = postgresql_dialect()  # type: ignore[no-untyped-call]
    return _FORMS[str(column.type.compile(dialect=compiler))]

"""Messages of the Internet Printing Protocol (RFC 8010), as much of it as a letter needs.

Written here because no maintained Python client prints (pyipp and its fork only watch printers), and
because ``lp`` tells the job's id only after the bytes are sent: too late to record it first.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final


class Operation(IntEnum):
    """What is asked of the server (RFC 8011, 5.4.15; CUPS' own from 0x4001)."""

    CREATE_JOB = 0x0005
    SEND_DOCUMENT = 0x0006
    CANCEL_JOB = 0x0008
    GET_JOB_ATTRIBUTES = 0x0009
    GET_PRINTER_ATTRIBUTES = 0x000B
    CUPS_GET_DEFAULT = 0x4001
    CUPS_GET_PRINTERS = 0x4002


class Group(IntEnum):
    """What a run of attributes is about (RFC 8010, 3.5.1)."""

    OPERATION = 0x01
    JOB = 0x02
    END = 0x03
    PRINTER = 0x04


class Tag(IntEnum):
    """The type of a value (RFC 8010, 3.5.2)."""

    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    BEGIN_COLLECTION = 0x34
    TEXT_WITH_LANGUAGE = 0x35
    NAME_WITH_LANGUAGE = 0x36
    END_COLLECTION = 0x37
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME_TYPE = 0x49


_STRINGS: Final = range(0x40, 0x50)
_OUT_OF_BAND: Final = range(0x10, 0x20)

Value = int | bool | str | bytes
Attribute = tuple[Tag, str, int | bool | str | Sequence[str]]
Attributes = dict[str, tuple[Value, ...]]


class IppError(Exception):
    """The bytes are not an IPP message."""


@dataclass(frozen=True)
class Answer:
    """What the server said: a status (under 0x100 is well) and groups of attributes, in their order."""

    status: int
    groups: tuple[tuple[int, Attributes], ...]

    def of(self, group: Group) -> list[Attributes]:
        """The groups of one kind."""
        return [attributes for kind, attributes in self.groups if kind == group]


def encode(
    operation: Operation, request: int, attributes: Sequence[Attribute], job: Sequence[Attribute] = ()
) -> bytes:
    """A request up to where a document would follow; ``job`` is the group of the job's own attributes."""
    parts = [struct.pack(">BBHI", 2, 0, operation, request), bytes([Group.OPERATION])]
    first: list[Attribute] = [
        (Tag.CHARSET, "attributes-charset", "utf-8"),
        (Tag.LANGUAGE, "attributes-natural-language", "en"),
    ]
    parts += [_attribute(one) for one in (*first, *attributes)]
    if job:
        parts += [bytes([Group.JOB]), *(_attribute(one) for one in job)]
    return b"".join((*parts, bytes([Group.END])))


def _attribute(attribute: Attribute) -> bytes:
    tag, name, value = attribute
    values = [value] if isinstance(value, (str, int)) else list(value)
    # Every further value of an attribute has an empty name.
    names = [name, *[""] * (len(values) - 1)]
    return b"".join(
        struct.pack(">B", tag) + _counted(one.encode()) + _counted(_value(tag, given))
        for one, given in zip(names, values, strict=True)
    )


def _value(tag: Tag, value: int | bool | str) -> bytes:
    if tag is Tag.BOOLEAN:
        return bytes([bool(value)])
    if tag in (Tag.INTEGER, Tag.ENUM):
        return struct.pack(">i", value)
    return str(value).encode("utf-8")


def _counted(content: bytes) -> bytes:
    return struct.pack(">H", len(content)) + content


def decode(data: bytes) -> Answer:
    """Read an answer. Raises IppError."""
    try:
        _, _, status, _ = struct.unpack_from(">BBHI", data)
        return Answer(status, tuple(_groups(_Reader(data, 8))))
    except (struct.error, IndexError, UnicodeDecodeError) as problem:
        raise IppError from problem


class _Reader:
    def __init__(self, data: bytes, at: int) -> None:
        self._data, self._at = data, at

    def byte(self) -> int:
        self._at += 1
        return self._data[self._at - 1]

    def counted(self) -> bytes:
        (length,) = struct.unpack_from(">H", self._data, self._at)
        start = self._at + 2
        self._at = start + length
        if self._at > len(self._data):
            raise IppError
        return self._data[start : self._at]


def _groups(reader: _Reader) -> Iterator[tuple[int, Attributes]]:
    kind = reader.byte()
    while kind != Group.END:
        attributes: Attributes = {}
        name, depth = "", 0
        while (tag := reader.byte()) > 0x0F:
            given = reader.counted().decode("utf-8")
            content = reader.counted()
            if tag == Tag.END_COLLECTION:
                depth -= 1
            elif tag == Tag.BEGIN_COLLECTION:
                depth += 1
            elif depth == 0 and tag not in _OUT_OF_BAND:  # nothing we ask for is a collection
                name = given or name
                attributes[name] = (*attributes.get(name, ()), _read(tag, content))
        yield kind, attributes
        kind = tag


def _read(tag: int, content: bytes) -> Value:
    if tag in (Tag.INTEGER, Tag.ENUM):
        (number,) = struct.unpack(">i", content)
        return int(number)
    if tag == Tag.BOOLEAN:
        return content != b"\0"
    if tag in _STRINGS:
        return content.decode("utf-8", "replace")
    if tag in (Tag.TEXT_WITH_LANGUAGE, Tag.NAME_WITH_LANGUAGE):
        language = _Reader(content, 0)
        language.counted()
        return language.counted().decode("utf-8", "replace")
    return content

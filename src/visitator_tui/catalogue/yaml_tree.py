"""YAML to plain values that remember their lines, within limits.

Built from the reader's events rather than its objects: no tag ever makes an object, depth and size are
known while reading, and words stay words (``nej``, ``7:00`` and ``2017-03-08`` are text: only true,
false, null and decimal numbers are anything else).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from .yaml_words import in_danish

DEEPEST = 40
MOST_NODES = 200_000

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # not every build of PyYAML has libyaml
_INT = re.compile(r"[-+]?[0-9]{1,15}")
_FLOAT = re.compile(r"[-+]?[0-9]{1,15}\.[0-9]{0,15}")
_WORDS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_STRING_TAGS = ("!", "tag:yaml.org,2002:str")

Loc = tuple[str | int, ...]


@dataclass
class Node:
    """A value with the line where it stands (from 1), and its parts by key or position.

    ``lines`` has the line of each key, which is where one looks for a field.
    """

    value: Any
    line: int
    parts: dict[str | int, Node] = field(default_factory=dict)
    lines: dict[str | int, int] = field(default_factory=dict)
    size: int = 1
    depth: int = 1

    def line_of(self, path: Loc) -> int:
        """The line of what stands at ``path``, or of the nearest thing around it that exists."""
        line, node = self.line, self
        for part in path:
            if part not in node.parts:
                break
            line, node = node.lines[part], node.parts[part]
        return line


@dataclass(frozen=True)
class YamlFlaw:
    """Something in the YAML that the reader lets pass and a catalogue does not."""

    line: int
    path: Loc
    message: str
    mend: str


class UnreadableYamlError(Exception):
    """The text is not YAML, or not of a kind that is read at all."""

    def __init__(self, line: int, message: str, mend: str, path: Loc = ()) -> None:
        super().__init__(message)
        self.flaw = YamlFlaw(line, path, message, mend)


@dataclass
class _Open:
    """A collection that is still being read."""

    node: Node
    anchor: str | None
    key: str | None = None
    key_line: int = 0

    @property
    def place(self) -> str | int | None:
        return self.key if isinstance(self.node.value, dict) else len(self.node.value)


def read_tree(text: str) -> tuple[Node | None, tuple[YamlFlaw, ...]]:
    """The document (None when there is none) and its flaws. Raises UnreadableYamlError."""
    if bad := _FORBIDDEN.search(text):
        line = text.count("\n", 0, bad.start()) + 1
        raise UnreadableYamlError(line, "linjen indeholder et usynligt styretegn", "Slet tegnet.")
    builder, last_line = _Builder(), text.rstrip().count("\n") + 1
    try:
        for event in yaml.parse(text, _LOADER):
            builder.take(event)
    except yaml.YAMLError as problem:
        raise UnreadableYamlError(*in_danish(problem, last_line)) from None
    return builder.top, tuple(builder.flaws)


class _Builder:
    def __init__(self) -> None:
        self.top: Node | None = None
        self.flaws: list[YamlFlaw] = []
        self.open: list[_Open] = []
        self.anchors: dict[str, Node | None] = {}
        self.documents = 0

    def take(self, event: Any) -> None:
        match event:
            case yaml.ScalarEvent():
                self._scalar(event)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._begin(event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                ended = self.open.pop()
                self._put(ended.node, ended.anchor)
            case yaml.AliasEvent():
                self._alias(event)
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    raise UnreadableYamlError(
                        _line(event), "filen indeholder flere dokumenter", "Slet linjen med ---."
                    )

    def _scalar(self, event: Any) -> None:
        line = _line(event)
        if self._awaits_key():
            self._key(event.value, line)
            return
        if event.tag not in (None, *_STRING_TAGS):
            self._tagged(event)
        plain = not event.style and event.tag is None
        self._put(Node(_plain_value(event.value) if plain else event.value, line), event.anchor)

    def _begin(self, event: Any) -> None:
        if self._awaits_key():
            raise UnreadableYamlError(
                _line(event), "navnet på et felt skal være tekst", "Skriv navn: værdi.", self._path()
            )
        if len(self.open) >= DEEPEST:
            raise UnreadableYamlError(
                _line(event), f"der er mere end {DEEPEST} lag i hinanden", "Gør filen fladere.", self._path()
            )
        if event.tag not in (None, "!"):
            self._tagged(event)
        if event.anchor:
            self.anchors[event.anchor] = None  # until it is complete it cannot be pointed at
        empty: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        self.open.append(_Open(Node(empty, _line(event)), event.anchor))

    def _alias(self, event: Any) -> None:
        line, target = _line(event), self.anchors.get(event.anchor)
        if self._awaits_key():
            raise UnreadableYamlError(
                line, "en henvisning (*) kan ikke være navnet på et felt", "Skriv navnet."
            )
        if target is None:
            message = f"henvisningen *{event.anchor} peger på noget, der ikke er skrevet færdigt før linjen"
            raise UnreadableYamlError(
                line, message, f"Skriv &{event.anchor} tidligere i filen.", self._path()
            )
        self._put(target, None)

    def _key(self, key: str, line: int) -> None:
        here = self.open[-1]
        if key == "<<":
            self._flaw(line, "sammenfletning med << bruges ikke her", "Skriv felterne ud.")
        elif key in here.node.parts:
            first = here.node.lines[key]
            self._flaw(line, f"feltet »{key}« står også i linje {first}", "Slet det ene.", key)
        here.key, here.key_line = key, line

    def _put(self, node: Node, anchor: str | None) -> None:
        if anchor:
            self.anchors[anchor] = node
        if not self.open:
            self.top = node
            return
        here = self.open[-1]
        place = here.place
        if place is None:  # a collection as key was refused before
            return
        if isinstance(here.node.value, dict):
            here.node.value[place] = node.value
            here.node.lines[place] = here.key_line
            here.key = None
        else:
            here.node.value.append(node.value)
            here.node.lines[place] = node.line
        here.node.parts[place] = node
        here.node.size += node.size
        here.node.depth = max(here.node.depth, node.depth + 1)
        if here.node.size > MOST_NODES or len(self.open) + node.depth > DEEPEST:
            message = "indholdet bliver for stort eller for dybt, når henvisningerne (*) er foldet ud"
            raise UnreadableYamlError(node.line, message, "Skriv færre henvisninger.", self._path())

    def _awaits_key(self) -> bool:
        return bool(self.open) and isinstance(self.open[-1].node.value, dict) and self.open[-1].key is None

    def _path(self, *last: str) -> Loc:
        return (*(one.place for one in self.open if one.place is not None), *last)

    def _flaw(self, line: int, message: str, mend: str, key: str = "") -> None:
        self.flaws.append(YamlFlaw(line, self._path(*([key] if key else [])), message, mend))

    def _tagged(self, event: Any) -> None:
        self._flaw(_line(event), "YAML-mærker (ord, der begynder med !) bruges ikke her", "Slet mærket.")


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _plain_value(text: str) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text

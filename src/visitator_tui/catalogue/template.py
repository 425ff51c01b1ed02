"""A new catalogue file: from the template, or as a copy of another standard with a new head."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from visitator_tui.usecases.files import FileError, decode

from .reader import UNFILLED
from .schema import FIRST_LINE
from .yaml_tree import Node, UnreadableYamlError, read_tree

_REVIEW: Final = (
    "# Kopi af {id}. Gå hele filen igennem med den nye standard i hånden: sider, tal, priser og tekster er endnu\n"
    "# den gamles. »visitator-tui catalogue diff {id} FIL« viser, hvad I har ændret."
)

_PLAIN: Final = ("id", "municipality", "valid_from", "valid_to", "locator")


@dataclass(frozen=True)
class Head:
    """What a new standard begins with: whose it is and when it applies."""

    id: str
    municipality: str
    municipality_name: str
    valid_from: date
    valid_to: date


def from_template(template: str, head: Head) -> str:
    """The template for a municipality; what it must fill in itself is marked UDFYLD."""
    for key, value in _values(head).items():
        template = template.replace(f"{{{{{key}}}}}", value)
    return template


def from_copy(data: bytes, head: Head) -> str:
    """The text of a sound catalogue file with another head, comments and all.

    Title, approval and source are marked UDFYLD with what stood there. Raises FileError when the file is
    written in a way that cannot be changed line by line.
    """
    text = decode(data)
    top = read_tree(text)[0] or Node({}, 1)
    wanted = {**_values(head), **_marked(top.value)}
    lines = text.splitlines()
    for key in sorted(wanted.keys() & top.lines.keys(), key=lambda key: top.lines[key], reverse=True):
        begin, end = _span(top, key, lines)
        lines[begin:end] = _field(key, wanted[key])
    if "valid_to" not in top.value:
        begun = [number for number, line in enumerate(lines) if line.startswith("valid_from:")]
        lines[begun[0] + 1 : begun[0] + 1] = _field("valid_to", wanted["valid_to"])
    copied = "\n".join(_begun(lines, top.value["id"])) + "\n"
    if _read(copied) != {**top.value, **wanted}:
        raise FileError(
            "Standarden er skrevet på en måde, der ikke kan kopieres linje for linje. Kopiér filen selv, og ret "
            "id, municipality og datoer."
        )
    return copied


def _values(head: Head) -> dict[str, str]:
    return {
        "id": head.id,
        "municipality": head.municipality,
        "municipality_name": head.municipality_name,
        "valid_from": head.valid_from.isoformat(),
        "valid_to": head.valid_to.isoformat(),
    }


def _marked(old: dict[str, Any]) -> dict[str, Any]:
    """The fields of the head that nobody but the maintainer knows."""
    marked: dict[str, Any] = {"title": f"{UNFILLED} standardens titel (før: {old['title']})"}
    if old.get("approved"):
        marked["approved"] = f"{UNFILLED} hvem der har vedtaget den, og hvornår (før: {old['approved']})"
    file = f"{UNFILLED} navnet på den fil, standarden er skrevet af efter (før: {old['source']['file']})"
    return {**marked, "source": {**old["source"], "file": file}}


def _span(top: Node, key: str | int, lines: list[str]) -> tuple[int, int]:
    """The lines of a field of the head, without the blank lines and comments before the next."""
    begin = top.lines[key] - 1
    later = [line - 1 for line in top.lines.values() if line - 1 > begin]
    end = min(later, default=len(lines))
    while end > begin + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return begin, end


def _field(key: str, value: Any) -> list[str]:
    if isinstance(value, dict):
        return [f"{key}:", *(f"  {name}: {_written(name, inner)}" for name, inner in value.items())]
    return [f"{key}: {_written(key, value)}"]


def _written(key: str, value: str | None) -> str:
    if value is None:
        return "null"
    return value if key in _PLAIN else "'" + value.replace("'", "''") + "'"


def _begun(lines: list[str], old_id: str) -> list[str]:
    """The file with the line that names the schema, and a word of what it is a copy of."""
    has_schema = bool(lines) and lines[0].startswith("# yaml-language-server:")
    first, rest = (lines[0], lines[1:]) if has_schema else (FIRST_LINE, lines)
    return [first, *_REVIEW.format(id=old_id).splitlines(), *rest]


def _read(text: str) -> Any:
    try:
        top, flaws = read_tree(text)
    except UnreadableYamlError:
        return None
    return None if top is None or flaws else top.value

"""From the bytes of a catalogue file to a Standard, or to everything that is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from visitator_tui.domain.standard import Standard
from visitator_tui.domain.standard_flaws import FlawedStandardError
from visitator_tui.usecases.explain import did_you_mean, explain, without_cpr
from visitator_tui.usecases.files import EncodingError, decode

from .periods import overlap, period
from .problems import BrokenCatalogueError, CatalogueProblem
from .source import read_bytes
from .yaml_tree import Loc, Node, UnreadableYamlError, YamlFlaw, read_tree

_A_LIST = "Skriv en liste: ét punkt pr. linje med bindestreg foran."


UNFILLED = "UDFYLD"
"""Begins the texts that ``catalogue new`` leaves to be filled in."""


class Parsed(NamedTuple):
    """A catalogue file understood: the standard, its content as JSON (what a cache keeps), and its lines."""

    standard: Standard
    content: str
    top: Node


def check_catalogue(path: Path, others: Iterable[Standard] = ()) -> Parsed:
    """The standard in a file that shall stand beside ``others``. Raises BrokenCatalogueError."""
    data = read_bytes(path)
    parsed = parse_catalogue(data, str(path))
    refuse_overlap(parsed.standard, others, data, str(path))
    return parsed


def parse_catalogue(data: bytes, file: str) -> Parsed:
    """The catalogue in ``data``; ``file`` names it in problems. Raises BrokenCatalogueError."""
    top = _tree(data, file)
    content = json.dumps(top.value, ensure_ascii=False)
    problems = list(_unfilled(top, (), top, file))
    try:
        standard = Standard.model_validate_json(content, strict=True)
    except ValidationError as problem:
        told = {one.field for one in problems}
        problems += [one for one in _problems(problem, top, file) if one.field not in told]
    if problems:
        raise BrokenCatalogueError(problems)
    return Parsed(standard, content, top)


def _unfilled(node: Node, path: Loc, top: Node, file: str) -> Iterator[CatalogueProblem]:
    """The places of a template that nobody has filled in yet."""
    for key, part in node.parts.items():
        where = (*path, key)
        if isinstance(part.value, str) and part.value.startswith(UNFILLED):
            wanted = part.value.removeprefix(UNFILLED).strip(" :.")
            mend = f"Skriv {wanted}." if wanted else "Skriv det, der skal stå."
            yield CatalogueProblem(
                file, node.lines[key], field_name(top.value, where), "stedet er ikke udfyldt", mend
            )
        yield from _unfilled(part, where, top, file)


def refuse_overlap(standard: Standard, others: Iterable[Standard], data: bytes, file: str) -> None:
    """Raise BrokenCatalogueError when another catalogue of the municipality claims the same dates."""
    for other in others:
        if overlap(standard, other):
            message = f"perioden overlapper {other.id} ({period(other)})"
            mend = "Ret valid_from eller valid_to, så hver dag kun har én standard."
            raise BrokenCatalogueError([located(data, file, ("valid_from",), message, mend)])


def located(data: bytes, file: str, path: Loc, message: str, mend: str) -> CatalogueProblem:
    """A problem of a file that could be read, with the line of the field."""
    top = _tree(data, file)
    return CatalogueProblem(file, top.line_of(path), field_name(top.value, path), message, mend)


def _tree(data: bytes, file: str) -> Node:
    def broken(flaw: YamlFlaw) -> CatalogueProblem:
        return CatalogueProblem(file, flaw.line, "/".join(map(_part, flaw.path)), flaw.message, flaw.mend)

    def not_fields(line: int, message: str) -> BrokenCatalogueError:
        mend = "Begynd med format: visitator-catalogue/1."
        return BrokenCatalogueError([CatalogueProblem(file, line, "", message, mend)])

    try:
        top, flaws = read_tree(decode(data))
    except EncodingError as problem:
        raise BrokenCatalogueError([CatalogueProblem(file, problem.line, "", str(problem))]) from None
    except UnreadableYamlError as problem:
        raise BrokenCatalogueError([broken(problem.flaw)]) from None
    if flaws:
        raise BrokenCatalogueError(map(broken, flaws))
    if top is None or top.value is None:
        raise not_fields(1, "filen er tom")
    if not isinstance(top.value, dict):
        raise not_fields(top.line, "filen skal bestå af felter med navn og værdi")
    return top


def _problems(problem: ValidationError, top: Node, file: str) -> Iterator[CatalogueProblem]:
    def at(path: Loc, message: str, mend: str) -> CatalogueProblem:
        return CatalogueProblem(
            file, top.line_of(path), field_name(top.value, path), without_cpr(message), without_cpr(mend)
        )

    for one in explain(problem, Standard, top.value, _A_LIST):
        if isinstance(one.error, FlawedStandardError):
            for flaw in one.error.flaws:
                meant = did_you_mean(flaw.value, flaw.known) if flaw.value else ""
                yield at(flaw.loc, flaw.message, flaw.mend or meant)
        else:
            yield at(one.path, one.message, one.mend)


def field_name(document: Any, path: Loc) -> str:
    """A path as a person reads it: ids where list items have them, else their number from 1."""
    parts: list[str] = []
    for part in path:
        inside = isinstance(document, dict) or (isinstance(part, int) and part < len(document or ()))
        document = (document.get(part) if isinstance(document, dict) else document[part]) if inside else None
        name = document.get("id") if isinstance(part, int) and isinstance(document, dict) else None
        parts.append(name if isinstance(name, str) else _part(part))
    return "/".join(parts)


def _part(part: str | int) -> str:
    return f"nr. {part + 1}" if isinstance(part, int) else part

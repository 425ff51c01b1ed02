"""From the law register's file to a LawRegister, or to everything that is wrong with it."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from visitator_tui.domain.law_flaws import FlawedLawError
from visitator_tui.domain.law_rules import LawRegister
from visitator_tui.usecases.explain import did_you_mean, explain
from visitator_tui.usecases.files import EncodingError, decode

from .cache import CatalogueCache
from .problems import BrokenCatalogueError, CatalogueProblem
from .source import read_bytes

if TYPE_CHECKING:
    from .yaml_tree import Loc, Node, YamlFlaw

_A_LIST = "Skriv en liste: ét punkt pr. linje med bindestreg foran."


class BrokenLawError(BrokenCatalogueError):
    """The law register's file cannot be used; ``problems`` says why, in the order of the lines."""


def read_law(path: Path, cache: Path | None = None) -> LawRegister:
    """The register in a file; ``cache`` is the folder where the parsed form is kept.

    Raises BrokenLawError when the file is missing or wrong.
    """
    try:
        data = read_bytes(path)
    except BrokenCatalogueError as problem:
        raise BrokenLawError(problem.problems) from None
    kept = CatalogueCache(cache)
    if content := kept.get(path, data):
        with contextlib.suppress(ValidationError):  # made by a program with other rules
            return LawRegister.model_validate_json(content, strict=True)
    register, content = parse_law(data, str(path))
    kept.put(path, data, content)
    return register


def parse_law(data: bytes, file: str) -> tuple[LawRegister, str]:
    """The register in ``data`` and its content as JSON; ``file`` names it. Raises BrokenLawError."""
    top = _tree(data, file)
    content = json.dumps(top.value, ensure_ascii=False)
    try:
        return LawRegister.model_validate_json(content, strict=True), content
    except ValidationError as problem:
        raise BrokenLawError(_problems(problem, top, file)) from None


def _tree(data: bytes, file: str) -> Node:
    from .yaml_tree import UnreadableYamlError, read_tree  # YAML is slow to import and rarely needed

    def broken(flaw: YamlFlaw) -> CatalogueProblem:
        return CatalogueProblem(file, flaw.line, _field(None, flaw.path), flaw.message, flaw.mend)

    try:
        top, flaws = read_tree(decode(data))
    except EncodingError as problem:
        raise BrokenLawError([CatalogueProblem(file, problem.line, "", str(problem))]) from None
    except UnreadableYamlError as problem:
        raise BrokenLawError([broken(problem.flaw)]) from None
    if flaws:
        raise BrokenLawError(map(broken, flaws))
    if top is None or not isinstance(top.value, dict):
        message = "filen er tom" if top is None or top.value is None else "filen skal bestå af felter"
        line = top.line if top else 1
        raise BrokenLawError(
            [CatalogueProblem(file, line, "", message, "Begynd med format: visitator-law/1.")]
        )
    return top


def _problems(problem: ValidationError, top: Node, file: str) -> Iterator[CatalogueProblem]:
    for one in explain(problem, LawRegister, top.value, _A_LIST):
        if isinstance(one.error, FlawedLawError):
            for flaw in one.error.flaws:
                mend = flaw.mend or did_you_mean(flaw.value, flaw.known)
                yield CatalogueProblem(
                    file, top.line_of(flaw.loc), _field(top.value, flaw.loc), flaw.message, mend
                )
        else:
            yield CatalogueProblem(
                file, top.line_of(one.path), _field(top.value, one.path), one.message, one.mend
            )


def _field(document: object, path: Loc) -> str:
    """A path as a person reads it: a rule by its act and paragraph, other points by id or number."""
    parts: list[str] = []
    for part in path:
        if isinstance(document, dict):
            document = document.get(part)
        elif isinstance(document, list) and isinstance(part, int) and part < len(document):
            document = document[part]
        else:
            document = None
        parts.append(_point(document, part) if isinstance(part, int) else part)
    return "/".join(parts)


def _point(value: object, number: int) -> str:
    if isinstance(value, dict):
        if isinstance(value.get("id"), str):
            return str(value["id"])
        if isinstance(value.get("act"), str):
            paragraph = value.get("paragraph")
            return f"{value['act']} § {paragraph}" if paragraph else str(value["act"])
    return f"nr. {number + 1}"

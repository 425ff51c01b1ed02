"""Validation errors in words a person can act on: where, what is wrong, and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from visitator_tui.domain.edit import danish

Loc = tuple[str | int, ...]

_CPR = re.compile(r"(?<!\d)\d{6}[-\s]?\d{4}(?!\d)")
_FOLD = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "-": "_", " ": "_"})


@dataclass(frozen=True)
class Explained:
    """One error: its path in the document, what is wrong, how to mend it, and what pydantic calls it."""

    path: Loc
    message: str
    mend: str
    kind: str
    error: object = None


def without_cpr(text: str) -> str:
    """The text with anything that looks like a CPR number taken out."""
    return _CPR.sub("(CPR-nummer)", text)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like ``word``; æ, ø, å count as ae, oe, aa. None if nothing is like it."""
    folded = {one.lower().translate(_FOLD): one for one in known}
    likeness = 0.5 if len(word) <= 5 else 0.6  # one wrong letter is much of a short word
    found = get_close_matches(word.lower().translate(_FOLD), folded, n=1, cutoff=likeness)
    return folded[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str], what: str = "Kendte") -> str:
    """``Mente du »x«?``; where nothing is near and the list is short, the list."""
    known = tuple(known)
    if near := nearest(word, known):
        return f"Mente du »{near}«?"
    return f"{what}: {', '.join(known)}." if 0 < len(known) <= 12 else ""


def explain(problem: ValidationError, model: type[BaseModel], document: Any, a_list: str) -> list[Explained]:
    """Every error of validating ``document`` as ``model``, in Danish.

    ``a_list`` says how a list is written in the format at hand. No value of the document is repeated
    in a message: it could be a CPR number.
    """
    found = [_explained(one, model, document, a_list) for one in problem.errors(include_url=False)]
    renamed = {
        (*one.path[:-1], nearest(str(one.path[-1]), known_keys(model, one.path)))
        for one in found
        if one.kind == "extra_forbidden"
    }
    return [
        one
        for one in found
        if not (one.kind == "missing" and one.path in renamed)
        and not (one.kind == "too_short" and any(_inside(other.path, one.path) for other in found))
    ]


def _inside(path: Loc, outer: Loc) -> bool:
    """Whether ``path`` lies deeper than ``outer``: pydantic calls a list with a faulty item too short."""
    return len(path) > len(outer) and path[: len(outer)] == outer


def _explained(error: Any, model: type[BaseModel], document: Any, a_list: str) -> Explained:
    kind, loc, context = error["type"], tuple(error["loc"]), dict(error.get("ctx", {}))
    path = document_path(document, loc)
    if kind == "missing" and loc:
        path = (*document_path(document, loc[:-1]), loc[-1])
    value = _value(document, path)
    if isinstance(error["input"], dict) and not isinstance(value, dict) and kind == "value_error":
        path = path[:-1]  # the last part named the branch of a union; the group around it is meant
    return Explained(
        path=path,
        message=danish(kind, context, error["msg"]),
        mend=_mend(kind, path, value, context, known_keys(model, loc), a_list),
        kind=kind,
        error=context.get("error"),
    )


def _mend(
    kind: str, path: Loc, value: Any, context: dict[str, Any], known: tuple[str, ...], a_list: str
) -> str:
    match kind:
        case "extra_forbidden" if path:
            near = nearest(str(path[-1]), known)
            if near:
                return f"Mente du »{near}«?"
            return f"Her kan stå: {', '.join(known)}." if known else "Slet feltet."
        case "missing":
            return "Skriv feltet."
        case "literal_error" if isinstance(value, str):
            near = nearest(value, re.findall(r"'([^']*)'", str(context.get("expected", ""))))
            return f"Mente du »{near}«?" if near else ""
        case "string_type" if isinstance(value, int | float):
            return "Sæt citationstegn om værdien."
        case "int_type" | "float_type" if isinstance(value, str):
            return "Skriv tallet uden citationstegn, med punktum som decimaltegn."
        case "bool_type":
            return "Skriv true for ja og false for nej."
        case "tuple_type":
            return a_list
        case _:
            return ""


def document_path(document: Any, loc: Loc) -> Loc:
    """The longest path in the document that an error's ``loc`` can mean.

    pydantic names the branch of a union in ``loc`` as if it were a key; what the document does not
    hold is passed over.
    """
    if not loc:
        return ()
    head, rest = loc[0], loc[1:]
    passed_over = document_path(document, rest)
    if not _holds(document, head):
        return passed_over
    taken = (head, *document_path(document[head], rest))
    return taken if len(taken) > len(passed_over) else passed_over


def _holds(document: Any, key: str | int) -> bool:
    if isinstance(document, dict):
        return key in document
    return isinstance(document, list) and isinstance(key, int) and key < len(document)


def _value(document: Any, path: Loc) -> Any:
    for part in path:
        if not _holds(document, part):
            return None
        document = document[part]
    return document


def known_keys(model: type[BaseModel], loc: Loc) -> tuple[str, ...]:
    """The keys that could stand where the last part of ``loc`` stands; empty where any key may."""
    models = {model}
    for part in loc[:-1]:
        holders = {one for one in models if part in _keys(one)}
        deeper = {inner for one in holders for inner in _models(_keys(one)[str(part)])}
        models = deeper or holders or models
    return tuple(dict.fromkeys(key for one in sorted(models, key=lambda m: m.__name__) for key in _keys(one)))


def _keys(model: type[BaseModel]) -> dict[str, Any]:
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)

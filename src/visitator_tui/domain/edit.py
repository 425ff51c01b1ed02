"""Changes to a case as values: a path, what stood there, what stands there now.

The same value serves the audit log (its path), undo (its inverse) and, later, the merge of two
people's work (its path and both texts).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from typing import Any, Final

from pydantic import ValidationError

from .base import Model
from .case import Case

Path = tuple[str | int, ...]


class _Missing:
    """Nothing stood at the path."""

    def __repr__(self) -> str:
        return "MISSING"

    def __copy__(self) -> _Missing:
        return self

    def __deepcopy__(self, memo: object) -> _Missing:
        return self


MISSING: Final = _Missing()


class Change(Model):
    """One change: at ``path``, ``before`` became ``after`` (JSON values, or MISSING)."""

    path: Path
    before: Any
    after: Any

    @property
    def inverse(self) -> Change:
        """The change that takes this one back."""
        return Change(path=self.path, before=self.after, after=self.before)

    @property
    def where(self) -> str:
        """The path with dots, as findings, drafts and the audit name it."""
        return ".".join(str(part) for part in self.path)


class EditError(ValueError):
    """The value does not fit the field; the message is Danish and fit to be shown."""


def parse_path(where: str) -> Path:
    """``"decision.items.0.reason"`` -> ``("decision", "items", 0, "reason")``."""
    return tuple(int(part) if part.isdigit() else part for part in where.split("."))


def get_at(document: Any, path: Path) -> Any:
    """The JSON value at ``path``, or MISSING."""
    for part in path:
        known = part in document if isinstance(document, dict) else _has_place(document, part)
        if not known:
            return MISSING
        document = document[part]
    return document


def _has_place(document: Any, part: str | int) -> bool:
    return isinstance(document, list) and isinstance(part, int) and part < len(document)


def _changed(document: Any, one: Change) -> Any:
    """The document after a change; what the change does not touch is shared, not copied."""

    def down(here: Any, path: Path) -> Any:
        if len(path) == 1:
            return _in_list(here, path[0], one) if isinstance(here, list) else _in_dict(here, path[0], one)
        copy: Any = list(here) if isinstance(here, list) else dict(here) if isinstance(here, dict) else {}
        if isinstance(copy, list):
            copy[_place(copy, path[0])] = down(copy[_place(copy, path[0])], path[1:])
        else:
            copy[path[0]] = down(copy.get(path[0], {}), path[1:])
        return copy

    return down(document, one.path)


def _place(here: list[Any], head: str | int) -> int:
    if not isinstance(head, int) or head >= len(here):
        raise EditError(f"der er ingen plads nr. {head} her")
    return head


def _in_list(here: list[Any], head: str | int, one: Change) -> list[Any]:
    """What is put where nothing stood pushes the rest down; what is taken out must be what stood there.

    Somebody else may have added or taken out entries meanwhile: nobody's entry is written over.
    """
    copy = list(here)
    if one.after is MISSING:
        there = isinstance(head, int) and head < len(copy) and copy[head] == one.before
        if there or one.before in copy:
            del copy[head if there else copy.index(one.before)]  # type: ignore[arg-type]
    elif one.before is MISSING and isinstance(head, int):
        copy.insert(head, one.after)
    else:
        copy[_place(copy, head)] = one.after
    return copy


def _in_dict(here: Any, head: str | int, one: Change) -> dict[str | int, Any]:
    copy = dict(here) if isinstance(here, dict) else {}
    if one.after is MISSING:
        copy.pop(head, None)
    else:
        copy[head] = one.after
    return copy


def to_json(case: Case) -> dict[str, Any]:
    """The case as the JSON document of the case file."""
    return case.model_dump(mode="json", by_alias=True, exclude_none=False)


def change(case: Case, path: Path, value: Any) -> tuple[Case, Change]:
    """The case with ``value`` at ``path``, and the change that was made.

    Where a part of the path is not there yet, the change is the making of that part, so that its inverse
    leaves nothing behind. Raises EditError, with a Danish message, when the value does not fit.
    """
    document = to_json(case)
    made = _wanted(document, path, value)
    after = validated(_changed(document, made))
    if made.after is not MISSING:  # as the case holds it: with defaults, without what is never kept
        made = made.model_copy(update={"after": get_at(to_json(after), made.path)})
    return after, made


def _wanted(document: Any, path: Path, value: Any) -> Change:
    """The change to make: at ``path``, or at the first part of it where nothing stands."""
    for end in range(1, len(path)):
        here = get_at(document, path[:end])
        if here is MISSING or here is None:
            _next_in_list(document, path[:end])
            nested = reduce(lambda inner, part: {part: inner}, reversed(path[end:]), value)
            return Change(path=path[:end], before=here, after=here if value is MISSING else nested)
    if value is not MISSING:
        _next_in_list(document, path)
    return Change(path=path, before=get_at(document, path), after=value)


def _next_in_list(document: Any, path: Path) -> None:
    siblings, head = get_at(document, path[:-1]), path[-1]
    if isinstance(siblings, list) and isinstance(head, int) and head > len(siblings):
        raise EditError(f"der er ingen plads nr. {head} her")


def apply(case: Case, changes: Sequence[Change]) -> Case:
    """The case after the changes, in order."""
    return validated(reduce(_changed, changes, to_json(case)))


def validated(document: Any) -> Case:
    """The case that a JSON document is. Raises EditError, with a Danish message, when it is none."""
    try:
        return Case.model_validate(document)
    except ValidationError as problem:
        first = problem.errors(include_input=False, include_url=False)[0]
        raise EditError(danish(first["type"], dict(first.get("ctx", {})), first["msg"])) from None


_MESSAGES = {
    "date_from_datetime_parsing": "det er ikke en dato; skriv åååå-mm-dd",
    "date_parsing": "det er ikke en dato; skriv åååå-mm-dd",
    "date_type": "det skal være en dato, skrevet åååå-mm-dd",
    "date_from_datetime_inexact": "det skal være en dato uden klokkeslæt",
    "time_parsing": "det er ikke et klokkeslæt; skriv tt:mm",
    "time_type": "det skal være et klokkeslæt, skrevet tt:mm",
    "int_parsing_size": "tallet er for stort",
    "finite_number": "det skal være et endeligt tal",
    "none_required": "feltet skal være tomt",
    "string_unicode": "teksten indeholder tegn, der ikke kan gemmes",
    "invalid_key": "navnet på feltet skal være tekst",
    "json_type": "det skal være JSON",
    "json_invalid": "det er ikke gyldig JSON",
    "int_parsing": "det skal være et helt tal",
    "int_type": "det skal være et helt tal",
    "int_from_float": "det skal være et helt tal",
    "float_parsing": "det skal være et tal",
    "float_type": "det skal være et tal",
    "bool_parsing": "det skal være ja eller nej (true eller false)",
    "bool_type": "det skal være ja eller nej (true eller false)",
    "string_type": "det skal være tekst",
    "tuple_type": "det skal være en liste",
    "list_type": "det skal være en liste",
    "dict_type": "det skal være en gruppe af felter",
    "model_type": "det skal være en gruppe af felter",
    "model_attributes_type": "det skal være en gruppe af felter",
    "missing": "feltet mangler",
    "extra_forbidden": "feltet kendes ikke",
}


def danish(kind: str, context: dict[str, Any], fallback: str) -> str:
    """A validation error of pydantic in plain Danish."""
    if kind == "value_error":
        return str(context.get("error", fallback))
    if kind in _MESSAGES:
        return _MESSAGES[kind]
    match kind:
        case "greater_than_equal":
            return f"tallet må ikke være under {context.get('ge')}"
        case "less_than_equal":
            return f"tallet må ikke være over {context.get('le')}"
        case "literal_error" | "enum":
            return f"det skal være {str(context.get('expected', '')).replace(' or ', ' eller ')}"
        case "string_pattern_mismatch":
            mark = "bindestreg" if "-[" in str(context.get("pattern")) else "understregning"
            return f"kun små bogstaver a-z og tal, delt af {mark}, er tilladt her"
        case "greater_than":
            return f"tallet skal være over {context.get('gt')}"
        case "less_than":
            return f"tallet skal være under {context.get('lt')}"
        case "too_short" | "string_too_short":
            return f"der skal være mindst {context.get('min_length')}"
        case "too_long" | "string_too_long":
            return f"der må højst være {context.get('max_length')}"
        case _:
            return fallback


def texts(document: Any, prefix: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every text in a JSON document with its path (what a visitator has written)."""
    if isinstance(document, dict):
        for key, value in document.items():
            yield from texts(value, (*prefix, key))
    elif isinstance(document, list):
        for index, value in enumerate(document):
            yield from texts(value, (*prefix, index))
    elif isinstance(document, str) and document:
        yield prefix, document

"""Whether the files that a municipality publishes can be used; asked at publishing and at taking."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from pydantic import BaseModel, ValidationError

from visitator_tui.domain.published import SUPPLIERS, USERS, Suppliers, Users

_LISTS: dict[str, type[BaseModel]] = {SUPPLIERS: Suppliers, USERS: Users}


class FileCheck(Protocol):
    """Looks at all files of a version together, by name."""

    def __call__(self, files: Mapping[str, bytes]) -> tuple[str, ...]:
        """What is wrong with them, in Danish sentences; empty when they can be used."""


def check_lists(files: Mapping[str, bytes]) -> tuple[str, ...]:
    """What is wrong with the lists of suppliers and users. A FileCheck."""
    return tuple(
        problem
        for name, kind in _LISTS.items()
        if name in files
        for problem in _check(name, kind, files[name])
    )


def _check(name: str, kind: type[BaseModel], data: bytes) -> tuple[str, ...]:
    try:
        kind.model_validate_json(data, strict=True)
    except ValidationError as problem:
        first = problem.errors(include_input=False, include_url=False, include_context=False)[0]
        place = "/".join(str(part + 1) if isinstance(part, int) else part for part in first["loc"])
        where = f"{name}, felt »{place}«" if place else name
        return (f"{where}: indholdet kan ikke bruges. Ret filen, så den følger beskrivelsen.",)
    return ()

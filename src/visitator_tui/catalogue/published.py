"""Catalogues as a municipality publishes them: checked together, before they replace those at hand."""

from __future__ import annotations

from collections.abc import Mapping

from visitator_tui.domain.published import CATALOGUES
from visitator_tui.domain.standard import Standard

from .problems import BrokenCatalogueError
from .reader import located, parse_catalogue, refuse_overlap


def check_catalogues(files: Mapping[str, bytes]) -> tuple[str, ...]:
    """What is wrong with the catalogues among ``files``, in Danish; empty when all can be used. A FileCheck."""
    problems: list[str] = []
    taken: dict[str, Standard] = {}
    for name, data in sorted(files.items()):
        if not name.startswith(CATALOGUES):
            continue
        try:
            standard = parse_catalogue(data, name).standard
            if standard.id in taken:
                message = f"id »{standard.id}« bruges også i en anden fil"
                raise BrokenCatalogueError(
                    [located(data, name, ("id",), message, "Giv den ene fil et andet id.")]
                )
            refuse_overlap(standard, taken.values(), data, name)
        except BrokenCatalogueError as broken:
            problems.extend(map(str, broken.problems))
        else:
            taken[standard.id] = standard
    return tuple(problems)

"""``catalogue list`` and ``catalogue check``."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from visitator_tui import composition
from visitator_tui.catalogue.linting import warnings
from visitator_tui.catalogue.periods import period
from visitator_tui.catalogue.reader import check_catalogue
from visitator_tui.domain.matching import place_of
from visitator_tui.domain.standard import Standard
from visitator_tui.domain.wording import joined

from .console import complain, say


def listing(arguments: Namespace) -> None:
    """Print every catalogue at hand with its delydelser; files that were left out go to standard error."""
    catalogues = composition.catalogues()
    standards = catalogues.all()
    for problem in catalogues.problems():
        complain(f"Udeladt: {problem}")
    if arguments.json:
        say(json.dumps({"catalogues": [_document(one) for one in standards]}, ensure_ascii=False, indent=2))
        return
    if not standards:
        say("Der er ingen standarder.")
    for standard in standards:
        for line in _lines(standard):
            say(line)


def check(arguments: Namespace) -> None:
    """Check a catalogue file, also against the others at hand; print what is doubtful in it.

    Raises BrokenCatalogueError.
    """
    file = Path(arguments.file)
    parsed = check_catalogue(file, composition.catalogues().all())
    standard = parsed.standard
    counts = _counts(standard)
    say(
        f"{standard.id} er i orden: {standard.title}, {period(standard)}. Ydelser: {counts['ydelser']}, "
        f"delydelser: {counts['delydelser']}, kriterier: {counts['criteria']}, "
        f"niveauregler: {counts['level_rules']}."
    )
    found = warnings(parsed, str(file), composition.now().date())
    for one in found:
        say(f"Advarsel: {one}")
    if found:
        say(f"Advarsler: {len(found)}. De forhindrer ikke, at standarden bruges.")


def _counts(standard: Standard) -> dict[str, int]:
    items = standard.delydelse_by_id.values()
    return {
        "ydelser": len(standard.ydelser),
        "delydelser": len(items),
        "criteria": len(standard.criteria),
        "level_rules": sum(item.level_rule is not None for item in items),
    }


def _document(standard: Standard) -> dict[str, Any]:
    return {
        "id": standard.id,
        "title": standard.title,
        "municipality": standard.municipality,
        "municipality_name": standard.municipality_name,
        "valid_from": standard.valid_from.isoformat(),
        "valid_to": standard.valid_to.isoformat() if standard.valid_to else None,
        "complete": standard.complete,
        "source": standard.source.model_dump(mode="json"),
        "counts": _counts(standard),
        "ydelser": [
            {"id": ydelse.id, "name": ydelse.name, "delydelser": len(ydelse.delydelser)}
            for ydelse in standard.ydelser
        ],
        "delydelser": [
            {
                "id": item.id,
                "name": item.name,
                "ydelse": standard.ydelse_of[item.id].id,
                "law": [str(ref) for ref in standard.law_of(item.id)],
                "page": item.page,
                "line": item.line,
                "described": item.described,
                "granted_by_visitator": item.granted_by_visitator,
            }
            for item in standard.delydelse_by_id.values()
        ],
    }


def _lines(standard: Standard) -> Iterator[str]:
    counts = _counts(standard)
    part = "" if standard.complete else " (kun en del af standarden)"
    yield f"{standard.id}: {standard.municipality_name}, {standard.title}{part}"
    yield f"  gælder {period(standard)}; kilde: {standard.source.file}"
    yield (
        f"  {counts['ydelser']} ydelser, {counts['delydelser']} delydelser, "
        f"{counts['criteria']} kriterier, {counts['level_rules']} niveauregler"
    )
    for ydelse in standard.ydelser:
        yield f"  {ydelse.name} ({len(ydelse.delydelser)})"
        for item in ydelse.delydelser:
            law = joined([str(ref) for ref in standard.law_of(item.id)])
            place = str(place_of(standard, item))
            yield f"    {item.id}: {item.name}, {law}" + (f", {place}" if place else "")
    yield ""

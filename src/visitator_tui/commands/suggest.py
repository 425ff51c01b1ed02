"""``suggest``: what the standard says of every delydelse for a case."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from visitator_tui import composition
from visitator_tui.domain.case import Case
from visitator_tui.domain.matching import Suggestion, suggest
from visitator_tui.domain.standard import Standard
from visitator_tui.domain.standard_age import age_warning
from visitator_tui.usecases.grouping import GROUP_NAMES, group

from .console import say, wrapped
from .inputs import case_and_standard


def run(arguments: Namespace) -> None:
    """Print the suggestions, for a person or as JSON."""
    case, standard = case_and_standard(arguments.file, arguments.catalogue)
    suggestions = suggest(case, standard)
    if arguments.json:
        say(json.dumps(_document(suggestions, standard), ensure_ascii=False, indent=2))
        return
    for line in _lines(case, standard, suggestions):
        say(line)


def _document(suggestions: tuple[Suggestion, ...], standard: Standard) -> dict[str, Any]:
    return {
        "catalogue": standard.id,
        "suggestions": [one.model_dump(mode="json") for one in suggestions],
    }


def _lines(case: Case, standard: Standard, suggestions: tuple[Suggestion, ...]) -> Iterator[str]:
    yield f"{standard.municipality_name}: {standard.title} ({standard.id})"
    if warning := age_warning(standard, case.matched_on or composition.now().date()):
        yield wrapped(warning)
    yield wrapped(
        "Det er forslag ud fra standarden. Visitator afgør, og et niveau alene er ingen begrundelse."
    )
    grouped = group(suggestions, standard)
    for name, ones in grouped.groups.items():
        yield from _heading(GROUP_NAMES[name], len(ones))
        for one in ones:
            yield from _suggestion(one, standard)
    if grouped.gates:
        yield from _heading("Kræver en oplysning først", sum(gate.opens for gate in grouped.gates))
        for gate in grouped.gates:
            named = f" [{gate.criterion}]" if gate.criterion else ""
            yield wrapped(f"{gate.text}{named}: {_delydelser(gate.opens)}", 2, "? ")
    if grouped.silent:
        yield from _heading(
            "Vejledende: niveauet taler ikke for, eller kilden siger intet", len(grouped.silent)
        )
        yield wrapped(", ".join(one.name for one in grouped.silent), 2)


def _heading(name: str, count: int) -> Iterator[str]:
    yield ""
    yield f"{name.upper()} ({count})"


def _delydelser(count: int) -> str:
    return "1 delydelse" if count == 1 else f"{count} delydelser"


def _suggestion(one: Suggestion, standard: Standard) -> Iterator[str]:
    under = f" - {one.ydelse}" if one.ydelse != one.name else ""
    place = str(one.source)
    yield wrapped(f"{one.name}{under}" + (f" ({place})" if place else ""), 2)
    for reason in one.because:
        yield wrapped(reason, 6)
    for step in one.near_steps:
        yield wrapped(f"Niveauet passer, hvis {step.label} er {step.level}.", 6)
    for criterion in one.open_criteria:
        yield wrapped(f"{standard.criterion_by_id[criterion].question} [{criterion}]", 6, "? ")
    for remark in one.remarks:
        yield wrapped(remark, 6, "Bemærk: ")
    if not one.granted_by_visitator:
        yield wrapped("Bevilges ikke af visitator.", 6)

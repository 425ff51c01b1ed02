"""A suggestion in full: its verdict, where it stands, why, and the criteria with their answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from visitator_tui.domain.criteria import criterion_ids
from visitator_tui.domain.matching import Suggestion
from visitator_tui.domain.standard import Standard

from ...widgets.line_list import Row, wrapped

VERDICTS = {
    "fits": "Passer",
    "open": "Niveauet passer; kriterier mangler svar",
    "ruled_out": "Passer ikke",
    "undetermined": "Et niveau mangler vurdering",
    "indicative": "Vejledende",
}


def detail_rows(
    one: Suggestion, standard: Standard, answers: Mapping[str, bool | None], law: str, width: int
) -> list[Row]:
    """The rows; only a criterion has a key, its id. ``law`` is the legal basis; ``width`` the text's, in characters."""
    said = [
        Row(None, f" {line}", "strong") for line in wrapped(f"{one.name}: {VERDICTS[one.verdict]}", width)
    ]
    said += [Row(None, f" {line}", "dim") for line in wrapped(f"{one.ydelse} · {law} · {one.source}", width)]
    return [*said, *_why(one, standard, width), *_criteria(one, standard, answers, width)]


def _why(one: Suggestion, standard: Standard, width: int) -> Iterator[Row]:
    rule = standard.delydelse_by_id[one.delydelse].level_rule
    if rule and rule.indicative:
        origin = "udledt af navnet" if rule.origin == "name" else "typisk niveau i standarden"
        yield Row(None, f" Vejledende ({origin}); aldrig en betingelse.", "plain")
    steps = [f"{step.label} {step.level}" for step in one.near_steps]
    for reason in (*one.because, *(f"Ét niveau fra: {step}" for step in steps), *one.remarks):
        first, *more = wrapped(reason, width - 2)
        yield Row(None, f" - {first}", "plain")
        yield from (Row(None, f"   {line}", "plain") for line in more)


def _criteria(
    one: Suggestion, standard: Standard, answers: Mapping[str, bool | None], width: int
) -> Iterator[Row]:
    for criterion_id in criterion_ids(standard.criteria_of(one.delydelse)):
        criterion, answer = standard.criterion_by_id[criterion_id], answers.get(criterion_id)
        mark = "ja " if answer else "nej" if answer is False else "?  " if criterion_id in answers else "   "
        page = f" (s. {criterion.page})" if criterion.page else ""
        first, *more = wrapped(criterion.question + page, width - 7)
        yield Row(criterion_id, f" [{mark}] {first}", "plain" if answer is not None else "bad")
        yield from (Row(None, f"       {line}", "plain") for line in more)

"""Terms of criteria: one criterion by id, one of several, or several together.

Evaluated in three values, like level rules: what has not been answered is unknown, never "no".
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Discriminator, Field, StringConstraints, Tag

from .base import Model
from .rules import Truth

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$")]
"""Identifiers: lower-case ASCII with underscores; æ, ø, å written ae, oe, aa."""


class AnyCriterion(Model):
    """One of several criteria is enough."""

    any: tuple[CriterionTerm, ...] = Field(min_length=2)


class AllCriteria(Model):
    """Several criteria together (inside an ``any``)."""

    all: tuple[CriterionTerm, ...] = Field(min_length=1)


def _kind(value: Any) -> str | None:
    if isinstance(value, str):
        return "id"
    keys = value.keys() if isinstance(value, dict) else getattr(type(value), "model_fields", {}).keys()
    return next((kind for kind in ("any", "all") if kind in keys), None)


CriterionTerm = Annotated[
    Annotated[Id, Tag("id")] | Annotated[AnyCriterion, Tag("any")] | Annotated[AllCriteria, Tag("all")],
    Discriminator(
        _kind,
        custom_error_type="criterion_kind",
        custom_error_message="her skal stå et kriteries id, eller en gruppe med nøglen any eller all",
    ),
]
AnyCriterion.model_rebuild()
AllCriteria.model_rebuild()


def criterion_ids(terms: tuple[CriterionTerm, ...]) -> tuple[str, ...]:
    """The criteria named in terms, in reading order, each once."""
    found: list[str] = []
    for term in terms:
        match term:
            case AnyCriterion(any=parts) | AllCriteria(all=parts):
                found.extend(criterion_ids(parts))
            case str():
                found.append(term)
    return tuple(dict.fromkeys(found))


def answer_value(term: CriterionTerm, answers: dict[str, bool | None]) -> Truth:
    """A criterion term under the answers given: unanswered and "not known" are both unknown."""
    match term:
        case AnyCriterion(any=parts):
            return max((answer_value(part, answers) for part in parts), key=lambda t: t.value)
        case AllCriteria(all=parts):
            return min((answer_value(part, answers) for part in parts), key=lambda t: t.value)
        case _:
            answer = answers.get(term)
            return Truth.UNKNOWN if answer is None else Truth.YES if answer else Truth.NO

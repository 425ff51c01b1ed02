"""Level rules: a small declarative expression over function levels, evaluated in three values.

A rule is data in a catalogue. An activity that has not been scored makes a rule *undetermined*,
never "not met", unless the rest of the rule settles it (Kleene's strong logic).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag, model_validator

from .base import Level, Model

Scores = Mapping[str, int]
"""Activity id -> level 0-4; only what has been scored."""


class Truth(Enum):
    """A rule's value; ``UNKNOWN`` until enough activities are scored."""

    NO = 0
    UNKNOWN = 1
    YES = 2


class ActivityRange(Model):
    """The level of one activity lies in ``min``-``max``, both included."""

    activity: str
    min: Level = 0
    max: Level = 4

    @model_validator(mode="after")
    def _ordered(self) -> ActivityRange:
        if self.min > self.max:
            raise ValueError(f"min {self.min} er større end max {self.max}")
        return self

    def value(self, scores: Scores, overall: int | None) -> Truth:
        """Whether the scored level is in the range."""
        del overall
        return _in_range(scores.get(self.activity), self.min, self.max)


class Range(Model):
    """A range of levels."""

    min: Level = 0
    max: Level = 4

    @model_validator(mode="after")
    def _ordered(self) -> Range:
        if self.min > self.max:
            raise ValueError(f"min {self.min} er større end max {self.max}")
        return self


class OverallRange(Model):
    """The overall level, which the visitator sets, lies in a range (e.g. Ældrebolig, p. 54)."""

    overall: Range

    def value(self, scores: Scores, overall: int | None) -> Truth:
        """Whether the overall level is in the range."""
        del scores
        return _in_range(overall, self.overall.min, self.overall.max)


class AllOf(Model):
    """Every part is met."""

    all: tuple[Rule, ...] = Field(min_length=1)

    def value(self, scores: Scores, overall: int | None) -> Truth:
        """The least of the parts."""
        return min((part.value(scores, overall) for part in self.all), key=lambda t: t.value)


class AnyOf(Model):
    """At least one part is met."""

    any: tuple[Rule, ...] = Field(min_length=1)

    def value(self, scores: Scores, overall: int | None) -> Truth:
        """The greatest of the parts."""
        return max((part.value(scores, overall) for part in self.any), key=lambda t: t.value)


class AtLeast(Model):
    """At least ``at_least`` of the parts in ``of`` are met (e.g. Lokalt dagcenter 3, p. 61)."""

    at_least: int = Field(ge=1)
    of: tuple[Rule, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _reachable(self) -> AtLeast:
        if self.at_least > len(self.of):
            raise ValueError(f"at_least {self.at_least} er flere end de {len(self.of)} dele")
        return self

    def value(self, scores: Scores, overall: int | None) -> Truth:
        """Met when enough parts are; not met when too few still can be."""
        values = [part.value(scores, overall) for part in self.of]
        if values.count(Truth.YES) >= self.at_least:
            return Truth.YES
        if values.count(Truth.YES) + values.count(Truth.UNKNOWN) < self.at_least:
            return Truth.NO
        return Truth.UNKNOWN


def _in_range(level: int | None, low: int, high: int) -> Truth:
    if level is None:
        return Truth.UNKNOWN
    return Truth.YES if low <= level <= high else Truth.NO


_KINDS = ("activity", "overall", "all", "any", "at_least")


def _kind(value: Any) -> str | None:
    keys = value.keys() if isinstance(value, dict) else getattr(type(value), "model_fields", {}).keys()
    return next((kind for kind in _KINDS if kind in keys), None)


Rule = Annotated[
    Annotated[ActivityRange, Tag("activity")]
    | Annotated[OverallRange, Tag("overall")]
    | Annotated[AllOf, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[AtLeast, Tag("at_least")],
    Discriminator(
        _kind,
        custom_error_type="rule_kind",
        custom_error_message="en niveauregel skal have en af nøglerne activity, overall, all, any, at_least",
    ),
]

for _model in (AllOf, AnyOf, AtLeast):
    _model.model_rebuild()


def leaves(rule: Rule) -> Iterator[ActivityRange | OverallRange]:
    """The ranges of a rule, in reading order, a repeated one once."""
    seen: set[ActivityRange | OverallRange] = set()
    for leaf in _walk(rule):
        if leaf not in seen:
            seen.add(leaf)
            yield leaf


def _walk(rule: Rule) -> Iterator[ActivityRange | OverallRange]:
    match rule:
        case ActivityRange() | OverallRange():
            yield rule
        case AllOf(all=parts) | AnyOf(any=parts) | AtLeast(of=parts):
            for part in parts:
                yield from _walk(part)


def activities(rule: Rule) -> tuple[str, ...]:
    """The activities a rule reads, in order, once each."""
    return tuple(dict.fromkeys(leaf.activity for leaf in leaves(rule) if isinstance(leaf, ActivityRange)))


def near(rule: Rule, scores: Scores, overall: int | None) -> tuple[tuple[str, int], ...]:
    """The single steps (activity, new level) that would turn a rule from not met to met.

    Only scored activities, one level up or down (case file contract, "near").
    """
    if rule.value(scores, overall) is not Truth.NO:
        return ()
    steps: list[tuple[str, int]] = []
    for activity in activities(rule):
        level = scores.get(activity)
        if level is None:
            continue
        for other in (level - 1, level + 1):
            if 0 <= other <= 4 and rule.value({**scores, activity: other}, overall) is Truth.YES:
                steps.append((activity, other))
    return tuple(steps)

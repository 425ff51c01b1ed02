"""Level rules in the second reader's short form: ``(spise 0-1 or drikke 0-1) and overall 2-4``."""

from __future__ import annotations

import re
from itertools import product

from visitator_tui.domain.rules import (
    ActivityRange,
    AllOf,
    AnyOf,
    AtLeast,
    OverallRange,
    Range,
    Rule,
    activities,
)

_TOKEN = re.compile(r"\(|\)|,|and\b|or\b|(?P<count>\d+) of\b|(?P<name>\w+) (?P<low>\d)-(?P<high>\d)")


def parse_rule(text: str) -> Rule:
    """The rule a short form means. Raises ValueError for what is not one."""
    tokens = list(_TOKEN.finditer(text))
    rule, rest = _either(tokens)
    if rest or "".join(found.group() for found in tokens).replace(" ", "") != text.replace(" ", ""):
        raise ValueError(text)
    return rule


def same_rule(one: Rule, other: Rule) -> bool:
    """Whether two rules give the same answer for every set of levels, also outside the ranges."""
    names = sorted({*activities(one), *activities(other)})
    for levels in product(range(5), repeat=len(names)):
        scores = dict(zip(names, levels, strict=True))
        if any(one.value(scores, overall) is not other.value(scores, overall) for overall in range(5)):
            return False
    return True


def _either(tokens: list[re.Match[str]]) -> tuple[Rule, list[re.Match[str]]]:
    part, tokens = _both(tokens)
    parts = [part]
    while tokens and tokens[0].group() == "or":
        part, tokens = _both(tokens[1:])
        parts.append(part)
    return (parts[0] if len(parts) == 1 else AnyOf(any=tuple(parts))), tokens


def _both(tokens: list[re.Match[str]]) -> tuple[Rule, list[re.Match[str]]]:
    part, tokens = _one(tokens)
    parts = [part]
    while tokens and tokens[0].group() == "and":
        part, tokens = _one(tokens[1:])
        parts.append(part)
    return (parts[0] if len(parts) == 1 else AllOf(all=tuple(parts))), tokens


def _one(tokens: list[re.Match[str]]) -> tuple[Rule, list[re.Match[str]]]:
    first, rest = tokens[0], tokens[1:]
    if first.group() == "(":
        rule, rest = _either(rest)
        return rule, rest[1:]
    if first["count"]:
        parts = []
        while rest[0].group() != ")":
            part, rest = _one(rest[1:])
            parts.append(part)
        return AtLeast(at_least=int(first["count"]), of=tuple(parts)), rest[1:]
    low, high = int(first["low"]), int(first["high"])
    if first["name"] == "overall":
        return OverallRange(overall=Range(min=low, max=high)), rest
    return ActivityRange(activity=first["name"], min=low, max=high), rest

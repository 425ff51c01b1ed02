"""Level rules in three values: what is not scored is unknown, never "not met", unless the rest settles it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from visitator_tui.domain.rules import Rule, Truth, activities, leaves, near

YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN
_RULE: TypeAdapter[Rule] = TypeAdapter(Rule)

NAMES = ("bade", "spise", "flytte_sig", "drikke")
AS_LEVEL = {YES: 4, NO: 0}


def rule(document: Any) -> Rule:
    return _RULE.validate_python(document)


def part(activity: str, low: int = 2, high: int = 4) -> dict[str, Any]:
    return {"activity": activity, "min": low, "max": high}


def scored(truths: tuple[Truth, ...]) -> dict[str, int]:
    """Scores under which the first parts (range 2-4) have these values."""
    return {name: AS_LEVEL[truth] for name, truth in zip(NAMES, truths, strict=False) if truth is not UNKNOWN}


@pytest.mark.parametrize(
    ("first", "second", "both", "either"),
    [
        (YES, YES, YES, YES),
        (YES, UNKNOWN, UNKNOWN, YES),
        (YES, NO, NO, YES),
        (UNKNOWN, YES, UNKNOWN, YES),
        (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
        (UNKNOWN, NO, NO, UNKNOWN),
        (NO, YES, NO, YES),
        (NO, UNKNOWN, NO, UNKNOWN),
        (NO, NO, NO, NO),
    ],
)
def test_and_and_or_follow_kleene(first: Truth, second: Truth, both: Truth, either: Truth) -> None:
    parts, scores = [part(name) for name in NAMES[:2]], scored((first, second))
    assert rule({"all": parts}).value(scores, None) is both
    assert rule({"any": parts}).value(scores, None) is either


@pytest.mark.parametrize(
    ("truths", "two_of_three"),
    [
        ((YES, YES, NO), YES),
        ((YES, YES, UNKNOWN), YES),
        ((YES, NO, UNKNOWN), UNKNOWN),
        ((YES, UNKNOWN, UNKNOWN), UNKNOWN),
        ((UNKNOWN, UNKNOWN, UNKNOWN), UNKNOWN),
        ((NO, UNKNOWN, UNKNOWN), UNKNOWN),
        ((NO, NO, UNKNOWN), NO),
        ((YES, NO, NO), NO),
    ],
)
def test_at_least_two_of_three_waits_until_it_is_settled(
    truths: tuple[Truth, ...], two_of_three: Truth
) -> None:
    found = rule({"at_least": 2, "of": [part(name) for name in NAMES[:3]]})
    assert found.value(scored(truths), None) is two_of_three


@pytest.mark.parametrize(("level", "expected"), [(None, UNKNOWN), (0, NO), (1, NO), (2, YES), (4, YES)])
def test_the_overall_level_is_asked_of_the_visitator(level: int | None, expected: Truth) -> None:
    found = rule({"overall": {"min": 2, "max": 4}})
    assert found.value({"bade": 4}, level) is expected


@pytest.mark.parametrize(
    ("document", "says"),
    [
        (part("bade", 3, 2), "større end max"),
        ({"overall": {"min": 4, "max": 1}}, "større end max"),
        ({"at_least": 3, "of": [part("bade"), part("spise")]}, "flere end de 2 dele"),
        ({"all": []}, "at least 1 item"),
        ({"niveau": 3}, "niveauregel skal have en af nøglerne"),
        (part("bade", 0, 5), "less than or equal to 4"),
    ],
)
def test_a_rule_that_cannot_be_meant_is_refused(document: Any, says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        rule(document)


def test_a_range_that_stands_twice_is_explained_once() -> None:
    twice = rule({"all": [part("bade"), {"any": [part("spise"), part("bade")]}]})
    assert [getattr(leaf, "activity", "") for leaf in leaves(twice)] == ["bade", "spise"]
    assert activities(twice) == ("bade", "spise")


# -- any rule at all ---------------------------------------------------------------------------------


def rules(names: tuple[str, ...] = NAMES) -> st.SearchStrategy[Any]:
    """Rules over some activities and the overall level, nested."""
    low_high = st.tuples(st.integers(0, 4), st.integers(0, 4)).map(sorted)
    leaf = st.one_of(
        st.builds(lambda name, span: part(name, *span), st.sampled_from(names), low_high),
        low_high.map(lambda span: {"overall": {"min": span[0], "max": span[1]}}),
    )

    def nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        several = st.lists(inner, min_size=1, max_size=3)
        return st.one_of(
            several.map(lambda parts: {"all": parts}),
            several.map(lambda parts: {"any": parts}),
            several.flatmap(
                lambda parts: st.integers(1, len(parts)).map(lambda n: {"at_least": n, "of": parts})
            ),
        )

    return st.recursive(leaf, nested, max_leaves=6)


LEVELS = st.none() | st.integers(0, 4)
SCORES = st.fixed_dictionaries(dict.fromkeys(NAMES, LEVELS))


def known(scores: Mapping[str, int | None]) -> dict[str, int]:
    return {name: level for name, level in scores.items() if level is not None}


def completions(
    scores: Mapping[str, int | None], overall: int | None
) -> Iterator[tuple[dict[str, int], int]]:
    """Every way the visitator could score what is not scored yet."""
    names = tuple(scores)
    choices = [range(5) if scores[name] is None else (scores[name],) for name in names]
    for levels in product(*choices):
        for total in range(5) if overall is None else (overall,):
            yield dict(zip(names, levels, strict=True)), total  # type: ignore[arg-type]


@given(rules(), SCORES, LEVELS)
def test_what_is_settled_stays_settled_however_the_rest_is_scored(
    document: Any, scores: dict[str, int | None], overall: int | None
) -> None:
    found = rule(document)
    now = found.value(known(scores), overall)
    if now is not UNKNOWN:
        assert {found.value(*one) for one in completions(scores, overall)} == {now}


@given(rules(), SCORES, LEVELS)
def test_near_is_every_single_step_that_turns_not_met_into_met(
    document: Any, scores: dict[str, int | None], overall: int | None
) -> None:
    found, have = rule(document), known(scores)
    steps = {
        (name, other)
        for name, level in have.items()
        for other in range(5)
        if abs(other - level) == 1 and found.value({**have, name: other}, overall) is YES
    }
    expected = steps if found.value(have, overall) is NO else set()
    assert set(near(found, have, overall)) == expected
    assert len(near(found, have, overall)) == len(expected)

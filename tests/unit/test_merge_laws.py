"""What holds of the merge for any base and any two edits of it."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from visitator_tui.domain.case import Case
from visitator_tui.domain.edit import MISSING, to_json
from visitator_tui.domain.merge import Conflict, merge_cases, value_at, with_value, without_disputed
from visitator_tui.domain.merge_lists import IDENTITY

WORD = st.sampled_from(["", "a", "b"])
MAYBE = st.sampled_from([None, True, False])
# Few values, so that two edits often meet; names that are empty or there twice, so that lists lose their keys.
ITEM = st.fixed_dictionaries(
    {"delydelse": st.sampled_from(["bad", "toej", "mad", "bad"]), "reason": WORD},
    optional={"extent": st.fixed_dictionaries({"times": st.sampled_from([1, 2])})},
)
MEMBER = st.fixed_dictionaries({"name": st.sampled_from(["Ole", "Eva", "Ib", "Bo"]), "note": WORD})
NAMELESS = st.fixed_dictionaries({"name": st.sampled_from(["", "Ole"]), "note": WORD})
VISIT = st.fixed_dictionaries({"note": WORD, "held": MAYBE})
SECTIONS = {
    "case_number": WORD,
    "citizen": st.fixed_dictionaries(
        {"phone": WORD, "household": st.lists(st.one_of(MEMBER, MEMBER, NAMELESS), max_size=3)}
    ),
    "enquiry": st.fixed_dictionaries(
        {"text": WORD, "applied_for": st.lists(st.sampled_from("abcd"), max_size=3)}
    ),
    "assessment": st.fixed_dictionaries(
        {
            "activities": st.dictionaries(
                st.sampled_from(["gaa", "bad"]), st.fixed_dictionaries({"cause": WORD})
            )
        }
    ),
    "answers": st.dictionaries(st.sampled_from("xyz"), MAYBE, max_size=3),
    "decision": st.fixed_dictionaries({"items": st.lists(ITEM, max_size=4)}),
    "course": st.fixed_dictionaries({"appointments": st.lists(VISIT, max_size=3), "closed_because": WORD}),
}
CASE = st.fixed_dictionaries({"municipality": st.just("helsingor"), **SECTIONS})


@st.composite
def three(draw: st.DrawFn) -> tuple[Case, Case, Case]:
    """A base and two edits of it: each leaves some sections as they were."""
    base = draw(CASE)
    edits = []
    for _ in range(2):
        untouched = draw(st.sets(st.sampled_from(sorted(SECTIONS))))
        fresh = draw(CASE)
        edits.append({**fresh, **{name: base[name] for name in untouched}})
    return tuple(Case.model_validate(one) for one in (base, *edits))  # type: ignore[return-value]


Fields = dict[tuple[str, ...], Any]
Cases = tuple[Case, Case, Case]


def listed(path: tuple[str, ...], every: list[list[Any]]) -> list[dict[str, Any]] | None:
    """The versions of a list by identity, where each entry of each of them has one of its own."""
    field = IDENTITY.get(path)
    keys = [[entry[field] for entry in one] for one in every] if field else []
    if not field or any("" in one or len(set(one)) != len(one) for one in keys):
        return None
    return [dict(zip(names, one, strict=True)) for names, one in zip(keys, every, strict=True)]


def fields(path: tuple[str, ...], every: list[Any]) -> list[Fields]:
    """The versions of a document, each as its fields by path; written without the merge's own code."""
    there = [one for one in every if one is not MISSING]
    keyed: list[Any] | None = None
    if path[-1:] != ("extent",) and all(isinstance(one, dict) for one in there):
        keyed = [{} if one is MISSING else one for one in every]
    elif there and all(isinstance(one, list) for one in there):
        keyed = listed(path, [[] if one is MISSING else one for one in every])
    if keyed is None:
        return [{} if one is MISSING else {path: one} for one in every]
    result: list[Fields] = [{} for _ in every]
    for key in sorted({key for one in keyed for key in one}):
        below = fields((*path, key), [one.get(key, MISSING) for one in keyed])
        for into, part in zip(result, below, strict=True):
            into.update(part)
    return result


def counted(value: Any) -> Counter[str] | None:
    return Counter(json.dumps(one, sort_keys=True) for one in value) if isinstance(value, list) else None


def holds(result: Any, base: Any, edit: Any) -> bool:
    """Whether a field of the result has the edit's change in it."""
    now, was, then = counted(result), counted(base), counted(edit)
    if now is None or was is None or then is None:
        return bool(result == edit)
    added, taken = then - was, was - then
    return all(now[key] >= then[key] for key in added) and all(
        now[key] <= was[key] - n for key, n in taken.items()
    )


def within(path: tuple[str, ...], conflict: Conflict) -> bool:
    return path[: len(conflict.path)] == conflict.path


@given(three())
@settings(max_examples=80)
def test_every_changed_field_of_both_is_in_the_result_or_in_a_conflict(cases: Cases) -> None:
    merged = merge_cases(*cases)
    result, base, mine, theirs = fields((), [to_json(one) for one in (merged.case, *cases)])
    for side, edit in (("mine", mine), ("theirs", theirs)):
        for path in base.keys() | edit.keys():
            was, now = base.get(path, MISSING), edit.get(path, MISSING)
            if was == now:
                continue
            disputed = [one for one in merged.conflicts if within(path, one)]
            if disputed:
                document = to_json(cases[1] if side == "mine" else cases[2])
                assert value_at(document, disputed[0].path) == getattr(disputed[0], side)
            else:
                assert holds(result.get(path, MISSING), was, now), (side, path)


@given(three())
@settings(max_examples=80)
def test_nothing_appears_that_nobody_wrote(cases: Cases) -> None:
    merged = merge_cases(*cases)
    result, *versions = fields((), [to_json(one) for one in (merged.case, *cases)])
    for path, value in result.items():
        written = [one.get(path, MISSING) for one in versions]
        now, every = counted(value), [counted(one) for one in written]
        if now is None:
            assert value in written
        else:
            most = Counter[str]()
            for one in every:
                most |= one or Counter()
            assert now <= most


@given(three())
@settings(max_examples=80)
def test_who_is_mine_and_who_theirs_makes_no_difference_but_in_conflicts(cases: Cases) -> None:
    base, mine, theirs = cases
    one, other = merge_cases(base, mine, theirs), merge_cases(base, theirs, mine)
    assert [(c.path, c.base, c.mine, c.theirs) for c in sorted(one.conflicts, key=lambda c: c.path)] == [
        (c.path, c.base, c.theirs, c.mine) for c in sorted(other.conflicts, key=lambda c: c.path)
    ]
    settled = without_disputed(to_json(one.case), to_json(theirs), [c.path for c in one.conflicts])
    again = without_disputed(to_json(other.case), to_json(theirs), [c.path for c in other.conflicts])
    assert as_sets(settled) == as_sets(again)
    if not one.conflicts:
        assert one.case == other.case


def as_sets(document: Any) -> Any:
    """A document without the order of its lists: an entry taken back into one has no place of its own."""
    if isinstance(document, dict):
        return {key: as_sets(value) for key, value in document.items()}
    if isinstance(document, list):
        return sorted((as_sets(one) for one in document), key=lambda one: json.dumps(one, sort_keys=True))
    return document


@given(three())
@settings(max_examples=80)
def test_merging_again_changes_nothing(cases: Cases) -> None:
    base, mine, theirs = cases
    once = merge_cases(base, mine, theirs)
    twice = merge_cases(base, once.case, theirs)
    assert twice.case == once.case
    assert {c.path for c in twice.conflicts} <= {c.path for c in once.conflicts}
    assert merge_cases(base, mine, mine).case == mine
    assert merge_cases(base, mine, mine).conflicts == ()


@given(three())
@settings(max_examples=80)
def test_an_edit_against_nothing_is_the_edit(cases: Cases) -> None:
    base, mine, _ = cases
    for merged in (merge_cases(base, mine, base), merge_cases(base, base, mine)):
        assert merged.case == mine
        assert merged.conflicts == ()


@given(three())
@settings(max_examples=80)
def test_two_laptops_that_meet_at_the_service_come_to_the_same(cases: Cases) -> None:
    """First pushes; second merges, settles what is disputed, pushes; first pulls: both read the same."""
    base, first, second = cases
    at_service = first
    merged = merge_cases(base, second, at_service)
    sent = without_disputed(to_json(merged.case), to_json(at_service), [c.path for c in merged.conflicts])
    at_service_now = Case.model_validate(sent)
    assert merge_cases(first, first, at_service_now).case == at_service_now
    settled = sent
    for conflict in merged.conflicts:
        settled = with_value(settled, conflict.path, conflict.mine, to_json(merged.case))
        assert value_at(settled, conflict.path) == conflict.mine
    final = Case.model_validate(settled)
    assert as_sets(to_json(final)) == as_sets(to_json(merged.case)), "choosing mine everywhere is what I see"
    after = merge_cases(at_service_now, at_service_now, final)
    assert (after.case, after.conflicts) == (final, ())

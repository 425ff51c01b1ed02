"""The level rules of Helsingør 2017 against truth functions written by hand from the source's pages.

The functions read levels 0-4 and say yes or no. What a rule must say of a half-scored assessment follows
from them: met when every way to score the rest gives yes, not met when every way gives no.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visitator_tui.domain.case import ActivityScore, Assessment, Case
from visitator_tui.domain.matching import suggest
from visitator_tui.domain.rules import Truth, near
from visitator_tui.domain.standard import LevelRule, Standard

Levels = Mapping[str, int]
OVERALL = "overall"

TRUTH: dict[str, tuple[int, tuple[str, ...], Callable[[Levels], bool]]] = {
    "aeldrebolig": (54, (OVERALL,), lambda s: s[OVERALL] >= 2),
    "plejebolig": (
        56,
        ("flytte_sig", "sammenhaeng_i_hverdagen"),
        lambda s: s["flytte_sig"] >= 3 or s["sammenhaeng_i_hverdagen"] >= 3,
    ),
    "lokalt_dagcenter_2": (
        60,
        ("toiletbesoeg", "spise", "kollektiv_transport"),
        lambda s: (s["toiletbesoeg"] <= 1 or s["spise"] <= 1) and s["kollektiv_transport"] >= 3,
    ),
    "lokalt_dagcenter_3": (
        61,
        ("toiletbesoeg", "spise", "flytte_sig", "sammenhaeng_i_hverdagen"),
        lambda s: sum(level >= 2 for level in s.values()) >= 2,
    ),
    "dagcenter_demens": (62, ("sammenhaeng_i_hverdagen",), lambda s: s["sammenhaeng_i_hverdagen"] >= 2),
    "moedestedet_montebello": (
        63, ("sammenhaeng_i_hverdagen",), lambda s: s["sammenhaeng_i_hverdagen"] in (1, 2),
    ),
    "doegngenoptraening_serviceloven": (
        70,
        ("vaske_sig", "flytte_sig", "sammenhaeng_i_hverdagen"),
        lambda s: (s["vaske_sig"] in (2, 3) or s["flytte_sig"] >= 2) and s["sammenhaeng_i_hverdagen"] != 4,
    ),
    "doegnvurdering": (
        72,
        ("sammenhaeng_i_hverdagen", "vaske_sig", "flytte_sig"),
        lambda s: s["sammenhaeng_i_hverdagen"] >= 3 and max(s["vaske_sig"], s["flytte_sig"]) >= 3,
    ),
    "e_rehab_praktiske_opgaver": (
        129,
        ("goere_rent", "vaske_toej", "indkoeb_af_varer"),
        lambda s: max(s.values()) >= 2,
    ),
    "indkoebsordning": (136, ("indkoeb_af_varer",), lambda s: s["indkoeb_af_varer"] >= 2),
    "indkoebsordning_med_paapladssaetning": (
        137, ("indkoeb_af_varer",), lambda s: s["indkoeb_af_varer"] >= 3,
    ),
}  # fmt: skip
"""Delydelse -> page, what its rule reads, and the rule in Python."""

EACH = pytest.mark.parametrize(
    "delydelse", [pytest.param(one, id=f"{one}-s{TRUTH[one][0]}") for one in TRUTH]
)


def level_rule(standard: Standard, delydelse: str) -> LevelRule:
    found = standard.delydelse_by_id[delydelse].level_rule
    assert found is not None
    return found


def value(standard: Standard, delydelse: str, levels: Mapping[str, int | None]) -> Truth:
    scores = {name: level for name, level in levels.items() if level is not None and name != OVERALL}
    return level_rule(standard, delydelse).when.value(scores, levels.get(OVERALL))


def by_hand(delydelse: str, levels: Mapping[str, int | None]) -> Truth:
    """What the truth function says of every way to score what is missing."""
    _, reads, met = TRUTH[delydelse]
    choices = [range(5) if levels.get(name) is None else (levels[name],) for name in reads]
    said = {met(dict(zip(reads, one, strict=True))) for one in product(*choices)}  # type: ignore[arg-type]
    return Truth.UNKNOWN if len(said) == 2 else Truth.YES if said == {True} else Truth.NO


def every_scoring(delydelse: str) -> Iterator[dict[str, int | None]]:
    reads = TRUTH[delydelse][1]
    for levels in product((None, 0, 1, 2, 3, 4), repeat=len(reads)):
        yield dict(zip(reads, levels, strict=True))


def test_no_rule_of_the_source_is_without_a_truth_function(helsingor: Standard) -> None:
    binding = {
        item.id: item.level_rule.page
        for item in helsingor.delydelse_by_id.values()
        if item.level_rule and not item.level_rule.indicative
    }
    assert binding == {delydelse: page for delydelse, (page, _, _) in TRUTH.items()}


@EACH
def test_every_scoring_gives_what_the_page_says(helsingor: Standard, delydelse: str) -> None:
    wrong = [
        (levels, value(helsingor, delydelse, levels))
        for levels in every_scoring(delydelse)
        if value(helsingor, delydelse, levels) is not by_hand(delydelse, levels)
    ]
    assert wrong == []


@EACH
def test_near_is_one_level_on_one_activity(helsingor: Standard, delydelse: str) -> None:
    rule = level_rule(helsingor, delydelse).when
    for levels in every_scoring(delydelse):
        scores = {name: level for name, level in levels.items() if level is not None and name != OVERALL}
        steps = {
            (name, level + step)
            for name, level in scores.items()
            for step in (-1, 1)
            if 0 <= level + step <= 4 and by_hand(delydelse, {**levels, name: level + step}) is Truth.YES
        }
        expected = steps if by_hand(delydelse, levels) is Truth.NO else set()
        assert set(near(rule, scores, levels.get(OVERALL))) == expected, levels


ACTIVITIES = sorted({name for _, reads, _ in TRUTH.values() for name in reads} - {OVERALL})
LEVEL = st.none() | st.integers(0, 4)


@settings(max_examples=60)
@given(
    levels=st.fixed_dictionaries(dict.fromkeys(ACTIVITIES, LEVEL)),
    overall=LEVEL,
    answers=st.dictionaries(st.sampled_from(["demens_diagnose", "har_genoptraeningsplan"]), st.booleans()),
)
def test_the_suggestions_say_what_the_pages_say_whatever_is_scored(
    helsingor: Standard, levels: dict[str, int | None], overall: int | None, answers: dict[str, bool | None]
) -> None:
    case = Case(
        municipality="helsingor",
        assessment=Assessment(
            overall_level=overall,
            activities={name: ActivityScore(level=level) for name, level in levels.items()},
        ),
        answers=answers,
    )
    words = {Truth.YES: "met", Truth.NO: "not_met", Truth.UNKNOWN: "undetermined"}
    said = {one.delydelse: one.level_rule for one in suggest(case, helsingor)}
    for delydelse in TRUTH:
        assert said[delydelse] == words[by_hand(delydelse, {**levels, OVERALL: overall})], delydelse


# -- the edges, and one step outside -------------------------------------------------------------------

EDGES: list[tuple[str, str, int, int, dict[str, int]]] = [
    ("aeldrebolig", OVERALL, 2, 4, {}),
    ("plejebolig", "flytte_sig", 3, 4, {"sammenhaeng_i_hverdagen": 2}),
    ("plejebolig", "sammenhaeng_i_hverdagen", 3, 4, {"flytte_sig": 2}),
    ("lokalt_dagcenter_2", "toiletbesoeg", 0, 1, {"spise": 2, "kollektiv_transport": 3}),
    ("lokalt_dagcenter_2", "spise", 0, 1, {"toiletbesoeg": 2, "kollektiv_transport": 4}),
    ("lokalt_dagcenter_2", "kollektiv_transport", 3, 4, {"toiletbesoeg": 1, "spise": 2}),
    ("lokalt_dagcenter_3", "toiletbesoeg", 2, 4, {"spise": 2, "flytte_sig": 1, "sammenhaeng_i_hverdagen": 1}),
    ("lokalt_dagcenter_3", "spise", 2, 4, {"toiletbesoeg": 1, "flytte_sig": 2, "sammenhaeng_i_hverdagen": 1}),
    ("lokalt_dagcenter_3", "flytte_sig", 2, 4, {"toiletbesoeg": 4, "spise": 1, "sammenhaeng_i_hverdagen": 1}),
    ("lokalt_dagcenter_3", "sammenhaeng_i_hverdagen", 2, 4, {"toiletbesoeg": 1, "spise": 4, "flytte_sig": 0}),
    ("dagcenter_demens", "sammenhaeng_i_hverdagen", 2, 4, {}),
    ("moedestedet_montebello", "sammenhaeng_i_hverdagen", 1, 2, {}),
    ("doegngenoptraening_serviceloven", "vaske_sig", 2, 3, {"flytte_sig": 1, "sammenhaeng_i_hverdagen": 3}),
    ("doegngenoptraening_serviceloven", "flytte_sig", 2, 4, {"vaske_sig": 4, "sammenhaeng_i_hverdagen": 0}),
    ("doegngenoptraening_serviceloven", "sammenhaeng_i_hverdagen", 0, 3, {"vaske_sig": 2, "flytte_sig": 0}),
    ("doegnvurdering", "sammenhaeng_i_hverdagen", 3, 4, {"vaske_sig": 3, "flytte_sig": 0}),
    ("doegnvurdering", "vaske_sig", 3, 4, {"sammenhaeng_i_hverdagen": 3, "flytte_sig": 2}),
    ("doegnvurdering", "flytte_sig", 3, 4, {"sammenhaeng_i_hverdagen": 4, "vaske_sig": 2}),
    ("e_rehab_praktiske_opgaver", "goere_rent", 2, 4, {"vaske_toej": 1, "indkoeb_af_varer": 1}),
    ("e_rehab_praktiske_opgaver", "vaske_toej", 2, 4, {"goere_rent": 1, "indkoeb_af_varer": 1}),
    ("e_rehab_praktiske_opgaver", "indkoeb_af_varer", 2, 4, {"goere_rent": 0, "vaske_toej": 0}),
    ("indkoebsordning", "indkoeb_af_varer", 2, 4, {}),
    ("indkoebsordning_med_paapladssaetning", "indkoeb_af_varer", 3, 4, {}),
]
"""Delydelse, activity, lowest and highest level that the page names, and the others so that it decides."""


def _edges() -> Iterator[object]:
    for delydelse, activity, low, high, others in EDGES:
        for level in sorted({low - 1, low, high, high + 1}):
            if 0 <= level <= 4:
                met = low <= level <= high
                name = f"s{TRUTH[delydelse][0]}-{delydelse}-{activity}-{level}-{'met' if met else 'not_met'}"
                yield pytest.param(delydelse, {**others, activity: level}, met, id=name)


@pytest.mark.parametrize(("delydelse", "levels", "met"), _edges())
def test_the_edge_of_a_range_is_in_and_one_step_outside_is_out(
    helsingor: Standard, delydelse: str, levels: dict[str, int], met: bool
) -> None:
    assert value(helsingor, delydelse, levels) is (Truth.YES if met else Truth.NO)


@pytest.mark.parametrize(
    ("delydelse", "levels", "expected"),
    [
        pytest.param("lokalt_dagcenter_2", {"toiletbesoeg": 0, "spise": 0, "kollektiv_transport": 2}, Truth.NO,
                     id="s60-both-alternatives-do-not-replace-the-transport"),
        pytest.param("lokalt_dagcenter_2", {"toiletbesoeg": 2, "spise": 2, "kollektiv_transport": 4}, Truth.NO,
                     id="s60-the-transport-alone-is-not-enough"),
        pytest.param("lokalt_dagcenter_2", {"spise": 1, "kollektiv_transport": 3}, Truth.YES,
                     id="s60-one-alternative-is-enough-though-the-other-is-not-scored"),
        pytest.param("lokalt_dagcenter_3", {"toiletbesoeg": 4, "spise": 1, "flytte_sig": 1,
                     "sammenhaeng_i_hverdagen": 1}, Truth.NO, id="s61-one-of-four-is-not-two"),
        pytest.param("lokalt_dagcenter_3", {"flytte_sig": 2, "sammenhaeng_i_hverdagen": 2}, Truth.YES,
                     id="s61-two-of-four-are-enough-before-the-rest-is-scored"),
        pytest.param("doegngenoptraening_serviceloven",
                     {"vaske_sig": 4, "flytte_sig": 1, "sammenhaeng_i_hverdagen": 0}, Truth.NO,
                     id="s70-washing-at-4-is-outside"),
        pytest.param("doegngenoptraening_serviceloven", {"sammenhaeng_i_hverdagen": 4}, Truth.NO,
                     id="s70-coherence-at-4-settles-it-alone"),
        pytest.param("doegnvurdering", {"vaske_sig": 4, "flytte_sig": 4, "sammenhaeng_i_hverdagen": 2}, Truth.NO,
                     id="s72-the-body-alone-is-not-enough"),
        pytest.param("doegnvurdering", {"sammenhaeng_i_hverdagen": 4, "vaske_sig": 3}, Truth.YES,
                     id="s72-either-of-the-two-beside-coherence"),
        pytest.param("e_rehab_praktiske_opgaver", {"indkoeb_af_varer": 2}, Truth.YES,
                     id="s129-one-practical-task-is-enough"),
        pytest.param("plejebolig", {"flytte_sig": 2}, Truth.UNKNOWN,
                     id="s56-the-other-alternative-is-not-scored"),
        pytest.param("aeldrebolig", {}, Truth.UNKNOWN, id="s54-the-visitator-has-not-set-the-overall-level"),
    ],
)  # fmt: skip
def test_and_or_and_at_least_are_read_as_the_domain_page_says(
    helsingor: Standard, delydelse: str, levels: dict[str, int], expected: Truth
) -> None:
    assert value(helsingor, delydelse, levels) is expected


@pytest.mark.parametrize("activity", ["goere_rent", "indkoeb_af_varer"])
@pytest.mark.parametrize("level", range(5))
def test_course_e_gives_supplementary_help_from_level_3_p129(
    helsingor: Standard, activity: str, level: int
) -> None:
    case = Case(
        municipality="helsingor", assessment=Assessment(activities={activity: ActivityScore(level=level)})
    )
    told = next(
        one for one in suggest(case, helsingor) if one.delydelse == "e_rehab_praktiske_opgaver"
    ).remarks
    yes = [remark for remark in told if "niveau 3-4" in remark and "visiteres til" in remark]
    no = [remark for remark in told if "niveau 0-2" in remark and "visiteres ikke" in remark]
    assert (len(yes), len(no)) == ((1, 0) if level >= 3 else (0, 1))


# -- rules that only guide -----------------------------------------------------------------------------


def test_an_item_known_by_name_is_guided_by_the_number_in_its_name(helsingor: Standard) -> None:
    numbered = [
        item
        for item in helsingor.delydelse_by_id.values()
        if item.level_rule and item.level_rule.origin == "name" and item.name[-1].isdigit()
    ]
    assert len(numbered) == 24, "Bad 2-4, Personlig hygiejne 2-4, Forflytning, Mad og drikke, Rengøring 3-4"
    for item in numbered:
        assert item.level_rule is not None
        read = {getattr(leaf, "activity", "") for leaf in _leaves(item.level_rule)}
        hits = {n for n in range(5) if item.level_rule.when.value(dict.fromkeys(read, n), n) is Truth.YES}
        assert hits == {int(item.name[-1])}, item.name


def _leaves(rule: LevelRule) -> tuple[object, ...]:
    from visitator_tui.domain.rules import leaves

    return tuple(leaves(rule.when))


@pytest.mark.parametrize(
    ("delydelse", "line", "low"),
    [
        ("rehabilitering_83a", 35, 2),
        ("vedligeholdelsestraening_dv", 99, 3),
        ("vedligeholdelsestraening_dva", 149, 3),
        ("klippekort", 213, 3),
    ],
)
def test_herning_levels_are_typical_and_never_a_condition(
    herning: Standard, delydelse: str, line: int, low: int
) -> None:
    assert level_rule(herning, delydelse).line == line
    for level in range(5):
        case = Case(municipality="herning", assessment=Assessment(overall_level=level))
        said = next(one for one in suggest(case, herning) if one.delydelse == delydelse)
        assert said.level_rule == ("indicative_met" if level >= low else "indicative_not_met")
        assert said.verdict == "indicative"
        assert not said.near

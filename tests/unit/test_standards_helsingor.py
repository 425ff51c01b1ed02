"""Helsingør's standards against the headings of the source: nothing lacks, nothing dropped is offered."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from visitator_tui.catalogue import CatalogueFolder
from visitator_tui.domain.case import ActivityScore, Assessment, Case
from visitator_tui.domain.criteria import criterion_ids
from visitator_tui.domain.matching import suggest
from visitator_tui.domain.standard import Delydelse, Standard
from visitator_tui.resources import sample_data
from visitator_tui.ui.screens.steps.forslag import FEW, FOLDED
from visitator_tui.usecases.casefile import read_case
from visitator_tui.usecases.grouping import Grouped, group

HEADINGS = Path(__file__).parents[1] / "fixtures" / "headings.csv"
"""What the source names, with its page; made from the source, not from the catalogue."""

ONE_SCREEN = 17
HIP_FRACTURE = "t12_hoftenaer_fraktur"

COUNTS = {
    "Afløsning og aflastning": 3,
    "Aktiviteter": 2,
    "Borgerstyret Personlig Assistance (BPA)": 3,
    "Boligtilbud": 3,
    "Dagcenter": 4,
    "Døgnrehabilitering efter sundheds- og servicelov": 5,
    "Forebyggende hjemmebesøg": 3,
    "Genoptræning efter sundhedsloven": 34,
    "Indkøbsordning": 2,
    "Hverdagsrehabilitering": 5,
    "Personlig hjælp og pleje": 19,
    "Praktisk hjælp og støtte": 12,
    "Madservice": 1,
    "Tøjvaskeordning": 1,
    "Træning": 1,
    "Rehab-ydelser": 35,
    "Sygepleje": 32,
}
"""Pp. 41-145: delydelser of each ydelse; 31 + 4 of the 36 rehab services, one of which is dropped (p. 9)."""


def rows(kind: str) -> list[tuple[int, str]]:
    with HEADINGS.open(encoding="utf-8", newline="") as file:
        return [(int(row["page"]), row["name"]) for row in csv.DictReader(file) if row["kind"] == kind]


def plain(name: str) -> str:
    """A name without case, spaces and signs, in which list and heading of the source differ."""
    return re.sub(r"[^a-zæøå0-9]", "", name.lower())


def named(standard: Standard, page: int, name: str) -> list[Delydelse]:
    return [
        item
        for item in standard.delydelse_by_id.values()
        if item.page == page and plain(item.name) == plain(name)
    ]


def test_the_source_has_62_headings_and_36_rehab_services() -> None:
    kinds = ("heading", "rehab_83a", "rehab_138", "nursing_area", "nursing_level_2", "nursing_level_3")
    assert [len(rows(kind)) for kind in kinds] == [62, 32, 4, 14, 13, 1]


@pytest.mark.parametrize(("page", "name"), rows("heading"), ids=lambda value: str(value))
def test_every_heading_of_the_source_has_its_delydelse(helsingor: Standard, page: int, name: str) -> None:
    if name == "Rehab-ydelser":
        [ydelse] = [one for one in helsingor.ydelser if plain(one.name) == plain(name)]
        assert ydelse.page == page and len(ydelse.delydelser) == 35
    else:
        assert len(named(helsingor, page, name)) == 1


def test_every_delydelse_of_the_described_pages_has_a_heading(helsingor: Standard) -> None:
    headings = {(page, plain(name)) for page, name in rows("heading")}
    described = {
        (item.page, plain(item.name))
        for item in helsingor.delydelse_by_id.values()
        if item.described and not item.id.startswith("bpa_")
    }
    assert described == headings - {(130, plain("Rehab-ydelser"))}
    assert [one.page for one in helsingor.ydelse_by_id["bpa"].delydelser] == [52, 52, 52]


def test_the_counts_per_ydelse_are_those_of_the_pages(helsingor: Standard) -> None:
    found = {one.name: len(one.delydelser) for one in helsingor.ydelser if one.delydelser}
    assert found == COUNTS
    assert sum(found.values()) == len(helsingor.delydelse_by_id) == 165


@pytest.mark.parametrize("kind", ["rehab_83a", "rehab_138"])
def test_every_rehab_service_of_pp130_131_is_there_with_its_counterpart(
    helsingor: Standard, kind: str
) -> None:
    law = {"rehab_83a": "serviceloven § 83 a", "rehab_138": "sundhedsloven § 138"}[kind]
    plain_law = {"rehab_83a": "serviceloven § 83", "rehab_138": "sundhedsloven § 138"}[kind]
    for page, name in rows(kind):
        found = named(helsingor, page, f"Rehab - {name}")
        if name == "Personlig ledsagelse":  # dropped on p. 9 though the list on p. 131 has it
            assert found == []
            continue
        assert [str(ref) for ref in helsingor.law_of(found[0].id)] == [law]
        counterpart = [item for item in helsingor.delydelse_by_id.values() if plain(item.name) == plain(name)]
        laws = {str(ref) for item in counterpart for ref in helsingor.law_of(item.id)}
        assert plain_law in laws, name


def test_the_nursing_areas_0_to_13_and_what_is_named_below_them_are_there(helsingor: Standard) -> None:
    nursing = helsingor.ydelse_by_id["sygepleje"].delydelser
    for page, name in rows("nursing_area"):
        number, area = name.split(" ", 1)
        found = [item for item in nursing if item.name.startswith(f"Sygepleje {number}: {area}")]
        assert [item.page for item in found] == [page], name
    for kind in ("nursing_level_2", "nursing_level_3"):
        for page, name in rows(kind):
            assert [item.page for item in nursing if plain(item.name) == plain(name)] == [page], name


# -- time ------------------------------------------------------------------------------------------------


def offered(standard: Standard) -> set[str]:
    return {plain(item.name) for item in standard.delydelse_by_id.values()}


@pytest.mark.parametrize("name", sorted({plain(name) for _, name in rows("dropped")}))
def test_what_was_dropped_at_new_year_2017_is_in_the_old_standard_only(
    helsingor: Standard, helsingor_2016: Standard, name: str
) -> None:
    assert name in offered(helsingor_2016)
    assert name not in offered(helsingor)


def test_dropped_services_do_not_return_as_rehab_services_either(helsingor: Standard) -> None:
    gone = {plain(name).removeprefix("rehab") for _, name in rows("dropped")}
    assert {name for name in offered(helsingor) if name.removeprefix("rehab") in gone} == set()


def test_herning_offers_the_klippekort_that_helsingor_dropped(helsingor: Standard, herning: Standard) -> None:
    assert "klippekort" in herning.delydelse_by_id
    assert not any("klip" in name for name in offered(helsingor))
    assert Counter(len(one.delydelser) for one in herning.ydelser) == {1: 2, 2: 1}


@pytest.mark.parametrize(
    ("day", "wanted"), [(date(2016, 12, 31), "helsingor-2016"), (date(2017, 1, 1), "helsingor-2017")]
)
def test_a_case_is_matched_against_the_standard_of_its_day(
    shipped: CatalogueFolder, day: date, wanted: str
) -> None:
    assert shipped.in_force("helsingor", day).id == wanted


# -- what spares the visitator ---------------------------------------------------------------------------


def test_what_has_no_level_rule_waits_for_a_fact(helsingor: Standard) -> None:
    without = [
        item.id
        for item in helsingor.delydelse_by_id.values()
        if item.level_rule is None
        and not any(
            helsingor.criterion_by_id[one].gate for one in criterion_ids(helsingor.criteria_of(item.id))
        )
    ]
    assert without == []


def screen(found: Grouped) -> Iterator[str]:
    """The lines of the list as the step Forslag opens: headings, and what is not folded."""
    for name, ones in found.groups.items():
        yield name
        if name == "indicative" and len(ones) > FEW:
            yield from dict.fromkeys(one.ydelse for one in ones)
        elif name not in FOLDED:
            yield from (one.delydelse for one in ones)
    if found.gates:
        yield "questions"
    if found.silent:
        yield "silent"


def scored(standard: Standard, level: int | None) -> Case:
    graded = [one.id for one in standard.activity_by_id.values() if one.graded]
    activities = {} if level is None else {one: ActivityScore(level=level) for one in graded}
    return Case(
        municipality=standard.municipality,
        assessment=Assessment(activities=activities, overall_level=level),
    )


@pytest.mark.parametrize("level", [None, 0, 1, 2, 3, 4])
@pytest.mark.parametrize("municipality", ["helsingor", "herning"])
def test_a_citizen_without_a_gate_fact_sees_a_list_that_fits_one_screen(
    municipality: str, level: int | None, helsingor: Standard, herning: Standard
) -> None:
    standard = {"helsingor": helsingor, "herning": herning}[municipality]
    found = group(suggest(scored(standard, level), standard), standard)
    lines = list(screen(found))
    assert len(lines) <= ONE_SCREEN, lines
    gated = {one.delydelse for one in suggest(scored(standard, level), standard) if one.gated}
    open_now = {one.delydelse for one in (*found.groups.get("fits", ()), *found.groups.get("open", ()))}
    assert not gated & open_now


@pytest.mark.parametrize("file", sorted(sample_data().glob("helsingor-*.json")), ids=lambda file: file.stem)
def test_the_samples_without_their_answers_fit_one_screen(file: Path, helsingor: Standard) -> None:
    case = read_case(file).model_copy(update={"answers": {}})
    lines = list(screen(group(suggest(case, helsingor), helsingor)))
    assert len(lines) <= ONE_SCREEN, lines


def after_hip_fracture() -> Case:
    return Case(municipality="helsingor", answers={"har_genoptraeningsplan": True, "hoftenaer_fraktur": True})


def test_after_a_hip_fracture_t12_stands_first_and_the_other_33_are_not_listed(helsingor: Standard) -> None:
    found = group(suggest(after_hip_fracture(), helsingor), helsingor)
    assert next(iter(found.groups)) == "fits"
    assert [one.delydelse for one in found.groups["fits"]] == [HIP_FRACTURE]
    training = {one.id for one in helsingor.ydelse_by_id["genoptraening_sundhedsloven"].delydelser}
    listed = {one.delydelse for ones in found.groups.values() for one in ones} | {
        one.delydelse for one in found.silent
    }
    assert listed & training == {HIP_FRACTURE}
    assert len(training) == 34
    [rest] = [gate for gate in found.gates if gate.ydelse == "genoptraening_sundhedsloven"]
    assert (rest.criterion, rest.opens) == (None, 33)


def test_a_plan_without_a_diagnosis_opens_no_training_yet(helsingor: Standard) -> None:
    with_plan = Case(municipality="helsingor", answers={"har_genoptraeningsplan": True})
    found = group(suggest(with_plan, helsingor), helsingor)
    training = {one.id for one in helsingor.ydelse_by_id["genoptraening_sundhedsloven"].delydelser}
    assert not training & {one.delydelse for ones in found.groups.values() for one in ones}


def test_no_plan_rules_out_all_34_at_one_answer(helsingor: Standard) -> None:
    without = Case(municipality="helsingor", answers={"har_genoptraeningsplan": False})
    ruled_out = {one.delydelse for one in suggest(without, helsingor) if one.verdict == "ruled_out"}
    assert {one.id for one in helsingor.ydelse_by_id["genoptraening_sundhedsloven"].delydelser} <= ruled_out


@pytest.mark.parametrize(
    "delydelse", ["aflastningsophold", "individuel_samtale_om_aktivitetstilbud", "gruppeaktiviteter"]
)
def test_what_others_grant_says_who_pp46_50_51(helsingor: Standard, delydelse: str) -> None:
    item = helsingor.delydelse_by_id[delydelse]
    assert not item.granted_by_visitator
    assert item.granted_by is not None and item.granted_by.page == item.page


def test_a_remembered_criterion_is_written_once_and_every_criterion_is_used(
    helsingor: Standard, herning: Standard, helsingor_2016: Standard
) -> None:
    for standard in (helsingor, herning, helsingor_2016):
        questions = Counter(plain(one.question) for one in standard.criteria)
        assert [question for question, count in questions.items() if count > 1] == []
        used = {one for item in standard.delydelse_by_id for one in criterion_ids(standard.criteria_of(item))}
        assert set(standard.criterion_by_id) - used == set(), standard.id

"""Every item of every shipped standard, on the dates and at the ages where the law changes.

What a letter may cite is held against truth functions written by hand here, not against the register.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from law_kit import aged, law, ref, shorts

from visitator_tui.catalogue import CatalogueFolder
from visitator_tui.domain.case import Case
from visitator_tui.domain.law import LawRef
from visitator_tui.domain.law_case import cited_for_item, facts_of, law_of_item
from visitator_tui.domain.standard import Standard

AELDRELOV = date(2025, 7, 1)
DATES = (
    date(2016, 5, 2), date(2017, 3, 8), date(2018, 12, 14), date(2019, 6, 30), date(2019, 7, 1),
    date(2025, 6, 30), date(2025, 7, 1), date(2026, 3, 1), date(2027, 3, 1),
)  # fmt: skip
AGES = (59, 64, 66, 67, 68, 74, 75, 79, 80, 81, 82)
HERNING_FROM = date(2022, 6, 15)
PLACES = [
    *(("helsingor", on) for on in DATES),
    *(("herning", on) for on in DATES if on >= HERNING_FROM),
]


def case_of(on: date, birth: date | None, delydelse: str, outcome: str = "granted") -> Case:
    return Case.model_validate({
        "municipality": "helsingor", "citizen": {"name": "Bo", "birth_date": birth},
        "decision": {"decided_on": on, "items": [{"delydelse": delydelse, "outcome": outcome}]},
    })  # fmt: skip


def old_enough(birth: date, on: date) -> bool:
    """Folkepensionsalderen at the ages of this table in 2025-2027: it is 67 for all who are near it."""
    return (birth.year + 67, birth.month, birth.day) <= (on.year, on.month, on.day)


def in_order(cited: LawRef, birth: date, on: date) -> bool:
    """Whether a letter may cite a rule for a citizen on a date."""
    new, elder = on >= AELDRELOV, on >= AELDRELOV and old_enough(birth, on)
    match cited.act, cited.paragraph:
        case "serviceloven", "83" | "83 a" | "84" | "86" | "88":
            return not elder
        case "serviceloven", "79 a":
            return not new and birth <= on.replace(year=on.year - 65)
        case "serviceloven", "122" | "192":
            return not new
        case "serviceloven", "83 b":
            return new and not elder
        case "serviceloven", "79" | "95":
            return True
        case "aeldreloven", "10" | "13" | "16" | "17":
            return elder
        case "aeldreloven", "4" | "26" | "47":
            return new
        case "sundhedsloven", "138" | "140":
            return True
        case "almenboligloven", "54" | None:
            return True
    return False


@pytest.mark.parametrize(("municipality", "on"), PLACES, ids=str)
@pytest.mark.parametrize("age", AGES)
def test_no_letter_cites_a_rule_that_does_not_apply(
    shipped: CatalogueFolder, municipality: str, age: int, on: date
) -> None:
    standard = shipped.in_force(municipality, on)
    for birth in (aged(age, on), aged(age, on) + timedelta(days=1)):
        for delydelse in standard.delydelse_by_id:
            case = case_of(on, birth, delydelse)
            found = cited_for_item(case, case.decision.items[0], standard, law())
            wrong = [str(one) for one in found if not in_order(one, birth, on)]
            assert not wrong, (delydelse, wrong)
            too_young = standard.law_of(delydelse) == (ref("sel 79 a"),) and on < AELDRELOV
            too_young = too_young and birth > on.replace(year=on.year - 65)
            has_law = bool(standard.law_of(delydelse))
            assert bool(found) == (has_law and not too_young), delydelse


@pytest.mark.parametrize(("municipality", "on"), [one for one in PLACES if one[1] < AELDRELOV], ids=str)
def test_before_aeldreloven_the_standards_own_paragraphs_stand(
    shipped: CatalogueFolder, municipality: str, on: date
) -> None:
    standard = shipped.in_force(municipality, on)
    for delydelse in standard.delydelse_by_id:
        case = case_of(on, aged(80, on), delydelse)
        assert cited_for_item(case, case.decision.items[0], standard, law()) == standard.law_of(delydelse)


@pytest.mark.parametrize(
    ("municipality", "delydelse", "at_60", "at_80"),
    [
        ("helsingor", "indkoebsordning", ["sel 83,1,2"], ["æl 10"]),
        ("helsingor", "bad_2", ["sel 83"], ["æl 10"]),
        ("helsingor", "b_rehab_hjemmeplejeindsats", ["sel 83 a"], ["æl 10"]),
        ("helsingor", "traening_efter_serviceloven", ["sel 86"], ["æl 10"]),
        ("helsingor", "afloesning", ["sel 84"], ["æl 16"]),
        ("helsingor", "aflastningsophold", ["sel 84"], ["æl 17"]),
        ("helsingor", "madservice", ["sel 83 b"], ["æl 13"]),
        ("helsingor", "dagcenter_demens", ["sel 79", "sel 83", "sel 86"], ["sel 79", "æl 10"]),
        ("helsingor", "doegnvurdering", ["sel 83", "sel 86", "sul 138"], ["æl 10", "sul 138"]),
        ("helsingor", "terminalt_forloeb", ["sel 83", "æl 26", "sul 138"], ["æl 10", "æl 26", "sul 138"]),
        ("helsingor", "plejebolig", ["æl 47", "abl"], ["æl 47", "abl"]),
        ("helsingor", "aeldrebolig", ["abl 54"], ["abl 54"]),
        ("helsingor", "t12_hoftenaer_fraktur", ["sul 140"], ["sul 140"]),
        ("helsingor", "forebyggende_hjemmebesoeg_alder", ["æl 4"], ["æl 4"]),
        ("herning", "rehabilitering", ["sel 83 a"], ["æl 10"]),
        ("herning", "klippekort", ["sel 83", "sel 83 a", "sel 88,2"], ["æl 10"]),
    ],
)
def test_2026_at_60_and_at_80(
    shipped: CatalogueFolder, municipality: str, delydelse: str, at_60: list[str], at_80: list[str]
) -> None:
    on = date(2026, 3, 1)
    standard = shipped.in_force(municipality, on)
    one = next(item for item in standard.delydelse_by_id if item.startswith(delydelse))
    for age, wanted in ((60, at_60), (80, at_80)):
        case = case_of(on, aged(age, on), one)
        assert shorts(cited_for_item(case, case.decision.items[0], standard, law())) == wanted


def test_bpa_keeps_an_elder_under_serviceloven(helsingor: Standard) -> None:
    on = date(2026, 3, 1)
    case = Case.model_validate({
        "municipality": "helsingor", "citizen": {"name": "Bo", "birth_date": "1946-01-01"},
        "decision": {"decided_on": on, "items": [
            {"delydelse": "bpa_kontant_tilskud", "outcome": "granted"},
            {"delydelse": "bad_2", "outcome": "granted"},
        ]},
    })  # fmt: skip
    items = case.decision.items
    assert facts_of(case, helsingor, law())["hjaelp_efter_95_96"] is True
    assert shorts(cited_for_item(case, items[1], helsingor, law())) == ["sel 83"]

    refused = items[0].model_copy(update={"outcome": "refused"})
    decision = case.decision.model_copy(update={"items": (refused, items[1])})
    without = case.model_copy(update={"decision": decision})
    assert shorts(cited_for_item(without, items[1], helsingor, law())) == ["æl 10"]


def test_the_visitators_answers_in_the_case_decide(helsingor: Standard) -> None:
    case = case_of(date(2026, 3, 1), date(1946, 1, 1), "bad_2")
    case = case.model_copy(update={"answers": {"behov_efter_aeldreloven": False}})
    assert shorts(cited_for_item(case, case.decision.items[0], helsingor, law())) == ["sel 83"]


def test_a_cpr_number_is_birth_date_enough(helsingor: Standard) -> None:
    case = case_of(date(2026, 3, 1), None, "bad_2")
    assert cited_for_item(case, case.decision.items[0], helsingor, law()) == ()
    citizen = case.citizen.model_copy(update={"cpr": "010146-1234"})
    case = case.model_copy(update={"citizen": citizen})
    assert shorts(cited_for_item(case, case.decision.items[0], helsingor, law())) == ["æl 10"]


def test_a_case_without_a_date_has_no_law_yet(helsingor: Standard) -> None:
    case = Case.model_validate({"municipality": "helsingor", "decision": {"items": [{"delydelse": "bad_2"}]}})
    assert law_of_item(case, case.decision.items[0], helsingor, law()).judged == ()

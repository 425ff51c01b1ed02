"""What the visitator is told about the law of her case, and what keeps the letter back."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from law_kit import law

from visitator_tui.domain.case import Case
from visitator_tui.domain.completeness import Finding, findings
from visitator_tui.domain.law_findings import all_findings, law_findings
from visitator_tui.domain.standard import Standard

IN_2017, IN_2026 = date(2017, 3, 8), date(2026, 3, 2)


def case(on: date, born: str | None, *items: dict[str, Any], **answers: bool) -> Case:
    return Case.model_validate({
        "municipality": "helsingor", "citizen": {"name": "Åse", "birth_date": born}, "answers": answers,
        "decision": {"decided_on": on, "items": [{"outcome": "granted", **item} for item in items]},
    })  # fmt: skip


def found(case: Case, standard: Standard, code: str, today: date | None = None) -> list[Finding]:
    return [one for one in law_findings(case, standard, law(), today) if one.code == code]


def codes(case: Case, standard: Standard, today: date | None = None) -> dict[str, str]:
    return {one.code: one.severity for one in law_findings(case, standard, law(), today)}


BAD, CLEANING = {"delydelse": "bad_2"}, {"delydelse": "rengoering_3"}


def test_in_2017_the_law_says_nothing(helsingor: Standard) -> None:
    assert codes(case(IN_2017, "1937-01-01", BAD, CLEANING), helsingor) == {}


def test_at_60_in_2026_only_the_old_standard_is_remarked(helsingor: Standard) -> None:
    assert codes(case(IN_2026, "1966-01-01", BAD), helsingor) == {"standard_age": "warn"}


def test_at_80_in_2026_the_change_of_law_is_told_once_for_all_items(helsingor: Standard) -> None:
    old = case(IN_2026, "1946-01-01", BAD, CLEANING)
    assert codes(old, helsingor) == {
        "standard_age": "warn", "law_replaced": "warn", "law_presumed": "warn",
    }  # fmt: skip
    (told,) = found(old, helsingor, "law_replaced")
    for part in ("Bad 2", "Rengøring 3", "ældreloven § 10", "serviceloven § 83", "folkepensionsalderen"):
        assert part in told.message
    assert "ældreloven" in told.source.lower()
    assert told.step == "afgoerelse"


def test_the_presumption_goes_when_the_visitator_has_answered(helsingor: Standard) -> None:
    (told,) = found(case(IN_2026, "1946-01-01", BAD), helsingor, "law_presumed")
    assert told.where == "answers.behov_efter_aeldreloven"
    assert "§§ 95-96" in told.message
    for answer, replaced in ((True, 1), (False, 0)):
        answered = case(IN_2026, "1946-01-01", BAD, behov_efter_aeldreloven=answer)
        assert found(answered, helsingor, "law_presumed") == []
        assert len(found(answered, helsingor, "law_replaced")) == replaced


def test_without_a_birth_date_the_letter_waits_when_the_age_decides_the_law(helsingor: Standard) -> None:
    (told,) = found(case(IN_2026, None, BAD), helsingor, "law_age")
    assert (told.severity, told.where) == ("stop", "citizen.birth_date")
    assert "Bad 2" in told.message
    assert found(case(IN_2017, None, BAD), helsingor, "law_age") == []
    assert found(case(IN_2026, None, {"delydelse": "t12_hoftenaer_fraktur"}), helsingor, "law_age") == []


def test_without_a_birth_date_an_age_limit_is_remarked(helsingor: Standard) -> None:
    visit = {"delydelse": "forebyggende_hjemmebesoeg_alder"}
    assert codes(case(IN_2017, None, visit), helsingor) == {"law_age_unknown": "warn"}


@pytest.mark.parametrize(
    ("born", "outcome", "stopped"),
    [("1952-03-09", "granted", True), ("1952-03-08", "granted", False), ("1952-03-09", "refused", False)],
)
def test_help_cannot_be_granted_at_an_age_the_rule_is_not_for(
    helsingor: Standard, born: str, outcome: str, stopped: bool
) -> None:
    visit = {"delydelse": "forebyggende_hjemmebesoeg_alder", "outcome": outcome}
    told = found(case(IN_2017, born, visit), helsingor, "law_not_applicable")
    assert len(told) == stopped
    for one in told:
        assert one.severity == "stop"
        assert "fra 65 år" in one.message
        assert "64 år" in one.message


def test_an_age_limit_that_refuses_help_is_not_remarked(helsingor: Standard) -> None:
    refused = {"delydelse": "forebyggende_hjemmebesoeg_alder", "outcome": "refused"}
    assert codes(case(IN_2017, "1958-01-01", refused), helsingor) == {}


@pytest.mark.parametrize(
    ("on", "born", "written", "code", "says"),
    [
        (IN_2026, "1946-01-01", "Serviceloven § 83, stk. 1, nr. 2", "law_written", "ældreloven § 10"),
        (IN_2026, "1966-01-01", "Serviceloven § 83, stk. 1, nr. 2", None, ""),
        (IN_2026, "1966-01-01", "Ældreloven § 10", "law_written", "serviceloven § 83"),
        (IN_2017, "1937-01-01", "Ældreloven § 10", "law_written", "først fra den 1. juli 2025"),
        (IN_2026, "1946-01-01", "Ældreloven § 10", None, ""),
        (IN_2026, "1946-01-01", "§ 79 a i serviceloven", "law_written", "30. juni 2025"),
        (IN_2026, None, "Serviceloven § 83", "law_age", "fødselsdatoen"),
        (IN_2026, "1946-01-01", "Kommunens egen ordning", None, ""),
    ],
)
def test_what_the_visitator_writes_is_held_against_the_law(
    helsingor: Standard, on: date, born: str | None, written: str, code: str | None, says: str
) -> None:
    told = law_findings(case(on, born, {"delydelse": "Snerydning", "law": written}), helsingor, law())
    stops = [one for one in told if one.severity == "stop"]
    assert [one.code for one in stops] == ([code] if code else [])
    assert all(says in one.message for one in stops)
    assert all(one.where in ("decision.items.0.law", "citizen.birth_date") for one in stops)


def test_a_refusal_is_held_against_the_law_too(helsingor: Standard) -> None:
    refused = case(IN_2026, "1946-01-01", {**BAD, "outcome": "refused"})
    assert codes(refused, helsingor).keys() >= {"law_replaced"}
    written = {"delydelse": "Snerydning", "law": "Serviceloven § 83", "outcome": "refused"}
    assert codes(case(IN_2026, "1946-01-01", written), helsingor)["law_written"] == "stop"


@pytest.mark.parametrize(
    ("on", "born", "item", "says"),
    [
        (
            IN_2026,
            "1946-01-01",
            {"delydelse": "forebyggende_hjemmebesoeg_alder"},
            "Slå ældreloven § 4 op i loven",
        ),
        (IN_2026, "1946-01-01", {"delydelse": "Andet", "law": "Serviceloven § 999"}, "kender ikke"),
        (date(2027, 1, 1), "1946-01-01", {"delydelse": "t12_hoftenaer_fraktur"}, "1. januar 2027"),
    ],
)
def test_the_register_says_where_it_is_not_sure(
    helsingor: Standard, on: date, born: str, item: dict[str, Any], says: str
) -> None:
    (told,) = found(case(on, born, item, item), helsingor, "law_unverified")
    assert told.severity == "warn"
    assert says in told.message
    assert not re.search("Lovregist|udkast|ikke læst|not_verified|seen", told.message), "a note of our own"


def test_before_the_change_of_2027_nothing_is_said_of_it(helsingor: Standard) -> None:
    item = {"delydelse": "t12_hoftenaer_fraktur"}
    assert found(case(date(2026, 12, 31), "1946-01-01", item), helsingor, "law_unverified") == []


def test_klippekort_rests_on_a_reading_that_is_marked(herning: Standard) -> None:
    klippekort = next(one for one in herning.delydelse_by_id if "klippekort" in one)
    assert found(case(IN_2026, "1966-01-01", {"delydelse": klippekort}), herning, "law_unverified") == []
    (told,) = found(case(IN_2026, "1946-01-01", {"delydelse": klippekort}), herning, "law_unverified")
    assert "§ 88" in told.message


def test_a_register_that_was_not_gone_through_for_a_year_says_so(helsingor: Standard) -> None:
    day = law().checked_on + timedelta(days=365)
    assert found(case(day, "1966-01-01", BAD), helsingor, "law_register_age") == []
    late = case(day + timedelta(days=1), "1966-01-01", BAD)
    assert len(found(late, helsingor, "law_register_age")) == 1


@pytest.mark.parametrize(
    ("on", "born", "today", "says"),
    [
        (IN_2017, "1937-01-01", IN_2026, "senest den 1. juli 2027"),
        (IN_2017, "1937-01-01", date(2027, 7, 1), "faldt den bort den 1. juli 2027"),
        (IN_2017, "1937-01-01", date(2024, 12, 29), None),
        (IN_2017, "1937-01-01", None, None),
        (IN_2017, "1966-01-01", IN_2026, None),
        (IN_2026, "1946-01-01", IN_2026, None),
    ],
)
def test_running_help_under_the_old_rules_lapses(
    helsingor: Standard, on: date, born: str, today: date | None, says: str | None
) -> None:
    told = found(case(on, born, BAD, CLEANING), helsingor, "law_lapses", today)
    assert [one.severity for one in told] == ["warn"] * bool(says)
    for one in told:
        assert str(says) in one.message
        assert "Bad 2 og Rengøring 3" in one.message
        assert one.source == "Ældreloven § 46"


def test_refused_help_does_not_lapse(helsingor: Standard) -> None:
    refused = case(IN_2017, "1937-01-01", {**BAD, "outcome": "refused"})
    assert found(refused, helsingor, "law_lapses", IN_2026) == []


def test_a_case_without_a_date_is_left_alone(helsingor: Standard) -> None:
    empty = Case.model_validate({"municipality": "helsingor", "decision": {"items": [BAD]}})
    assert law_findings(empty, helsingor, law(), IN_2026) == ()


def test_all_findings_come_in_the_order_of_the_visit(helsingor: Standard) -> None:
    old = case(IN_2026, "1946-01-01", BAD)
    everything = all_findings(old, helsingor, IN_2026, law())
    assert set(everything) == {
        *findings(old, helsingor, IN_2026, law()),
        *law_findings(old, helsingor, law(), IN_2026),
    }
    steps = [
        "henvendelse",
        "egen_vurdering",
        "hverdagsliv",
        "samlet_vurdering",
        "forslag",
        "afgoerelse",
        "brev",
    ]
    places = [steps.index(one.step) for one in everything]
    assert places == sorted(places)


def test_no_finding_repeats_who_the_citizen_is(helsingor: Standard) -> None:
    told = law_findings(case(IN_2026, "1946-01-01", BAD), helsingor, law(), IN_2026)
    assert not any("Åse" in one.message or "1946" in one.message for one in told)

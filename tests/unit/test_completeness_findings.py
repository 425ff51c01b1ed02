"""What is missing before the decision: every finding, once with the flaw and once mended.

The mended version is a sample case that lacks nothing. Each row takes one thing away (or puts one wrong
thing in), and exactly that is found, at its place.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from test_decision_checks import TRIED

from visitator_tui.catalogue import CatalogueFolder
from visitator_tui.domain.case import Case
from visitator_tui.domain.checks import CHECKS
from visitator_tui.domain.completeness import Finding, blocking, findings
from visitator_tui.domain.edit import MISSING, change, parse_path
from visitator_tui.domain.standard import Standard
from visitator_tui.resources import sample_data
from visitator_tui.usecases.casefile import read_case

TODAY = date(2026, 3, 2)
SHOPPING, BATH, REHAB, EXCEPTION, DAYCARE, HIP = (
    "helsingor-03-indkoeb-alternativ",
    "helsingor-04-bad-og-rengoering",
    "helsingor-05-rehabilitering-foerst",
    "helsingor-06-uden-for-kriterierne",
    "helsingor-07-dagcenter-demens",
    "helsingor-10-hoftebrud",
)


@dataclass(frozen=True)
class Flaw:
    """``value`` put at ``path`` of a sample makes the finding ``code`` at ``where`` (else at ``path``)."""

    code: str
    path: str
    value: Any
    says: str
    sample: str = SHOPPING
    where: str = ""
    warns: bool = False


AREAS = "assessment.areas"
ITEM = "decision.items.0"
FLAWS = [
    Flaw("citizen_name", "citizen.name", "  ", "navn mangler"),
    Flaw("birth_date", "citizen.birth_date", None, "Fødselsdato mangler", warns=True),
    Flaw("address", "citizen.address.postal_code", "", "ikke fuldstændig"),
    Flaw("cpr_birth_date", "citizen.cpr", "050538-0000", "passer ikke med fødselsdatoen"),
    Flaw("received_on", "enquiry.received_on", None, "Datoen for henvendelsen mangler"),
    Flaw("applied_for", "enquiry.applied_for", [], "ikke, hvad borgeren har søgt om", warns=True),
    Flaw("acute", "enquiry.acute", None, "om behovet er akut", warns=True),
    Flaw("own_view", "own_view.text", "", "egen vurdering mangler"),
    Flaw("matters_most", "own_view.matters_most", "\n", "særligt vigtigt", warns=True),
    Flaw("assessed_on", "assessment.assessed_on", None, "Datoen for vurderingen mangler"),
    Flaw("justification", f"{AREAS}.maaltider.justification", " ", "Måltider: skriv, hvorfor"),
    Flaw("area_open", f"{AREAS}.maaltider", MISSING, "Måltider: tag stilling"),
    Flaw("unscored", "assessment.activities.bade", MISSING, "mangler vurdering af At bade",
         where=f"{AREAS}.personlig_hygiejne"),
    Flaw("undescribed", f"{AREAS}.oevrige_forhold", {"relevant": True}, "Øvrige forhold: området er ikke",
         where=f"{AREAS}.oevrige_forhold.from_citizen", warns=True),
    Flaw("consent", "assessment.consent_to_obtain", None, "kræver borgerens tilladelse", warns=True),
    Flaw("summary", "summary.text", "", "samlede vurdering mangler"),
    Flaw("unanswered", "enquiry.applied_for", ["indkoebsordning", "madservice"],
         "»Madservice« er ikke besvaret", where="decision.items"),
    Flaw("unanswered", "enquiry.applied_for", ["indkoebsordning", "hjælp til haven"],
         "»hjælp til haven« er ikke besvaret", where="decision.items"),
    Flaw("decided_on", "decision.decided_on", None, "Datoen for afgørelsen mangler"),
    Flaw("decided_by", "decision.by.name", "", "hvem der træffer afgørelsen"),
    Flaw("outcome", f"{ITEM}.outcome", None, "vælg bevilling eller afslag"),
    Flaw("reason", f"{ITEM}.reason", "", "begrundelse mangler"),
    Flaw("reason", "decision.items.1.reason", "  ", "Indkøbsordning: begrundelse mangler"),
    Flaw("reason_not_individual", "decision.items.1.reason", "Du er vurderet til niveau 1.",
         "et niveau, standarden eller økonomien er ikke nok"),
    Flaw("reason_not_individual", "decision.items.1.reason", "Det er ikke i kommunens standard.",
         "Skriv, hvad der konkret gælder"),
    Flaw("household_share", "citizen.household.0.can_share_tasks", None, "Karen Æblehave: tag stilling"),
    Flaw("household", "citizen.housing", "", "om borgeren bor alene", sample="helsingor-01-ingen-behov",
         where="citizen.household.0.relation"),
    Flaw("purpose", f"{ITEM}.purpose", "", "formålet med hjælpen mangler"),
    Flaw("extent", f"{ITEM}.extent", None, "omfang mangler", where=f"{ITEM}.extent.times"),
    Flaw("extent", f"{ITEM}.extent", {}, "omfang mangler", where=f"{ITEM}.extent.times"),
    Flaw("frequency", f"{ITEM}.extent.times", None, "hvor mange gange", where=f"{ITEM}.extent.times", warns=True),
    Flaw("time_of_day", f"{ITEM}.extent.time_of_day", [], "om dagen, om aftenen eller om natten", warns=True),
    Flaw("start_on", f"{ITEM}.start_on", None, "startdato mangler"),
    Flaw("granted_by", "decision.items.1",
         {"delydelse": "aflastningsophold", "answers": "afloesning", "outcome": "granted", "purpose": "Hvile",
          "reason": "Grethe skal opereres", "extent": {"text": "1 uge"}, "start_on": "2017-10-02",
          "professional_reason": "Grethe skal opereres i knæet"},
         "Aflastningsophold bevilges ikke af visitator", sample=DAYCARE),
    Flaw("professional_reason", f"{ITEM}.professional_reason", "", "gives uden for kriterierne",
         sample=EXCEPTION),
    Flaw("criteria_open", "answers.kan_faa_bestilt_varer", None, "kriterierne er ikke afklaret: »Kan borgeren",
         warns=True),
    Flaw("consideration", "considerations", {}, "Rehabilitering først: Kan et rehabiliteringsforløb",
         where="considerations.rehabilitering_foerst.outcome"),
    Flaw("consideration", "considerations.rehabilitering_foerst.outcome", "maaske", "Rehabilitering først"),
    Flaw("consideration_reason", "considerations.rehabilitering_foerst.reason", "",
         "skriv, hvad vurderingen bygger på"),
    Flaw("consideration_pending", "considerations.rehabilitering_foerst.outcome", "tilbydes",
         "Indkøbsordning med på-pladssætning: gives kun som nødvendig hjælp", warns=True),
    Flaw("future_date", "citizen.birth_date", "2026-03-03", "Fødselsdatoen, 3. marts 2026, ligger i fremtiden"),
    Flaw("date_order", "enquiry.received_on", "2017-03-28", "Vurderingen ligger før henvendelsen",
         where="assessment.assessed_on"),
    Flaw("date_order", "assessment.assessed_on", "2017-03-31", "Afgørelsen ligger før vurderingen",
         where="decision.decided_on"),
    Flaw("start_before", f"{ITEM}.start_on", "2017-03-29", "starter, før afgørelsen", warns=True),
    Flaw("review_before", f"{ITEM}.review_on", "2017-04-03", "Revurderingen ligger før hjælpens start"),
]  # fmt: skip


@pytest.fixture(scope="module")
def samples(shipped: CatalogueFolder) -> Callable[[str], tuple[Case, Standard]]:
    def read(name: str) -> tuple[Case, Standard]:
        case = read_case(sample_data() / f"{name}.json")
        assert case.matched_on is not None
        return case, shipped.in_force(case.municipality, case.matched_on)

    return read


def put(case: Case, path: str, value: Any) -> Case:
    return change(case, parse_path(path), value)[0]


def codes(found: tuple[Finding, ...]) -> set[str]:
    return {one.code for one in found}


@pytest.mark.parametrize("flaw", FLAWS, ids=lambda flaw: f"{flaw.code}-{flaw.path}-{flaw.value!r:.12}")
def test_one_flaw_is_one_finding_and_mended_it_is_none(
    samples: Callable[[str], tuple[Case, Standard]], flaw: Flaw
) -> None:
    mended, standard = samples(flaw.sample)
    assert findings(mended, standard, TODAY) == ()
    found = findings(put(mended, flaw.path, flaw.value), standard, TODAY)
    assert [one.code for one in found] == [flaw.code]
    assert found[0].where == (flaw.where or flaw.path)
    assert flaw.says in found[0].message
    assert blocking(found) == (() if flaw.warns else found)


def test_without_an_overall_goal_the_grant_lacks_one_too(
    samples: Callable[[str], tuple[Case, Standard]],
) -> None:
    case, standard = samples(SHOPPING)
    without = put(case, "summary.goal", None)
    assert [one.code for one in findings(without, standard, TODAY)] == ["goal", "item_goal"]
    mended = put(without, f"{ITEM}.goal", "fastholde")
    assert codes(findings(mended, standard, TODAY)) == {"goal"}


def test_a_decision_without_items_leaves_the_application_unanswered(
    samples: Callable[[str], tuple[Case, Standard]],
) -> None:
    case, standard = samples(SHOPPING)
    empty = put(case, "decision.items", [])
    assert codes(findings(empty, standard, TODAY)) == {"no_items", "unanswered"}


def test_help_that_the_standard_does_not_know_needs_a_paragraph_and_a_professional_reason(
    samples: Callable[[str], tuple[Case, Standard]],
) -> None:
    case, standard = samples(HIP)
    own = put(case, f"{ITEM}.delydelse", "en ergonomisk stol til køkkenet")
    assert [one.code for one in findings(own, standard, TODAY)] == ["law", "professional_reason"]
    lawful = put(own, f"{ITEM}.law", "serviceloven § 112")
    assert codes(findings(lawful, standard, TODAY)) == {"professional_reason"}
    told = put(lawful, f"{ITEM}.professional_reason", "Du må ikke sidde lavt, før hoften er helet")
    assert findings(told, standard, TODAY) == ()


def test_every_finding_the_program_knows_is_tried_here() -> None:
    tried = {flaw.code for flaw in FLAWS} | {one.code for one in TRIED}
    assert set(CHECKS) == tried | {"goal", "item_goal", "no_items", "law"}


# -- particular cases ------------------------------------------------------------------------------


def test_an_area_judged_relevant_is_scored_in_full(samples: Callable[[str], tuple[Case, Standard]]) -> None:
    case, standard = samples(SHOPPING)
    relevant = put(case, f"{AREAS}.maaltider", {"relevant": True, "from_citizen": "Maden smager godt"})
    [found] = findings(relevant, standard, TODAY)
    assert found.message == "Måltider: mangler vurdering af At spise, At drikke og At lave mad."


def test_work_is_answered_yes_or_no_and_not_scored(samples: Callable[[str], tuple[Case, Standard]]) -> None:
    case, standard = samples(EXCEPTION)
    unanswered = put(case, "assessment.activities.har_arbejde", MISSING)
    assert codes(findings(unanswered, standard, TODAY)) == {"unscored"}
    for answer in (True, False):
        answered = put(case, "assessment.activities.har_arbejde", {"answer": answer})
        assert findings(answered, standard, TODAY) == ()


@pytest.mark.parametrize("answers", ["indkoebsordning", "indkoeb", "Indkøb og lignende"])
def test_an_application_is_answered_by_an_item_of_its_ydelse_or_one_that_names_it(
    samples: Callable[[str], tuple[Case, Standard]], answers: str
) -> None:
    case, standard = samples(SHOPPING)
    asked = put(put(case, "enquiry.applied_for", [answers]), f"{ITEM}.answers", answers)
    assert findings(asked, standard, TODAY) == ()


def test_an_answer_to_something_else_does_not_answer_it(
    samples: Callable[[str], tuple[Case, Standard]],
) -> None:
    case, standard = samples(BATH)
    other = put(case, "decision.items.1.answers", "hjælp til vinduespudsning")
    assert [one.code for one in findings(other, standard, TODAY)] == ["unanswered"]


@pytest.mark.parametrize("shares", [True, False])
def test_a_refusal_may_stand_once_it_is_known_whether_the_household_can_share(
    samples: Callable[[str], tuple[Case, Standard]], shares: bool
) -> None:
    case, standard = samples(SHOPPING)
    assert findings(put(case, "citizen.household.0.can_share_tasks", shares), standard, TODAY) == ()


def test_a_grant_does_not_ask_what_the_household_can_share(
    samples: Callable[[str], tuple[Case, Standard]],
) -> None:
    case, standard = samples(SHOPPING)
    granted = put(case, "decision.items.1", MISSING)
    unknown = put(granted, "citizen.household.0.can_share_tasks", None)
    assert findings(unknown, standard, TODAY) == ()


def test_training_under_the_health_act_needs_no_rehabilitation_considered(
    samples: Callable[[str], tuple[Case, Standard]],
) -> None:
    case, standard = samples(HIP)
    assert case.considerations == {}
    assert findings(case, standard, TODAY) == ()


def test_a_rehabilitation_course_is_not_itself_held_back_by_the_consideration(
    samples: Callable[[str], tuple[Case, Standard]],
) -> None:
    case, standard = samples(REHAB)
    assert findings(put(case, "considerations", {}), standard, TODAY) == ()


def test_a_refusal_of_home_help_considers_rehabilitation_too(
    samples: Callable[[str], tuple[Case, Standard]],
) -> None:
    case, standard = samples("helsingor-01-ingen-behov")
    assert codes(findings(put(case, "considerations", {}), standard, TODAY)) == {"consideration"}


def test_a_dayplace_names_the_open_criterion_and_leads_to_it(
    samples: Callable[[str], tuple[Case, Standard]],
) -> None:
    case, standard = samples(DAYCARE)
    [found] = findings(put(case, "answers.demens_diagnose", MISSING), standard, TODAY)
    assert (found.code, found.step, found.where) == ("criteria_open", "forslag", "answers.demens_diagnose")
    assert "Har borgeren fået diagnosen demens?" in found.message
    assert found.source == "s. 62"


def test_findings_come_in_the_order_of_the_visit(samples: Callable[[str], tuple[Case, Standard]]) -> None:
    case, standard = samples(SHOPPING)
    for path, value in (
        ("decision.by.name", ""),
        ("citizen.name", ""),
        ("summary.text", ""),
        ("own_view.text", ""),
    ):
        case = put(case, path, value)
    found = findings(case, standard, TODAY)
    assert [one.step for one in found] == ["henvendelse", "egen_vurdering", "samlet_vurdering", "afgoerelse"]


def test_a_date_is_in_the_future_from_tomorrow(samples: Callable[[str], tuple[Case, Standard]]) -> None:
    case, standard = samples(SHOPPING)
    assert findings(case, standard, date(2017, 3, 30)) == ()
    found = findings(case, standard, date(2017, 3, 29))
    assert [(one.code, one.where) for one in found] == [("future_date", "decision.decided_on")]

"""Every check of the decision before it is made: the same decision accepted, and rejected at its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from letter_cases import case, changed, granted, partly, refused, standard, stopped

from visitator_tui.domain.base import Extent, gives_more
from visitator_tui.domain.case import Case, Decision, HouseholdMember
from visitator_tui.domain.checks import CHECKS
from visitator_tui.domain.completeness import Finding, blocking, findings
from visitator_tui.domain.decision_checks_against import lives_alone
from visitator_tui.domain.edit import change, parse_path
from visitator_tui.domain.leaning import leans_on_household, ties_to_care
from visitator_tui.domain.reasons import is_individual, own_words

TODAY = date(2024, 6, 1)
HOUSEHOLD = "citizen.household"
REASON = "decision.items.0.reason"
HEARING = "decision.hearing"

OWN = "Du tørrer støv af i brysthøjde, og robotstøvsugeren klarer gulvene hver nat"
NEPHEW = [{"relation": "nevø", "name": "Per Kjær", "can_share_tasks": True, "note": "Rask, støvsuger gerne"}]


@dataclass(frozen=True)
class Tried:
    """A decision of ``item`` with ``accepted`` put into the case, and with ``rejected`` instead."""

    code: str
    item: Mapping[str, Any]
    rejected: Mapping[str, Any]
    says: str
    where: str
    accepted: Mapping[str, Any] = field(default_factory=dict)


TRIED = [
    Tried("household", refused("rengoering_3", reason=OWN), {HOUSEHOLD: []}, "om borgeren bor alene",
          f"{HOUSEHOLD}.0.relation", accepted={HOUSEHOLD: [], "citizen.lives_alone": True}),
    Tried("household", stopped("rengoering_3"), {HOUSEHOLD: [], "citizen.lives_alone": False}, "bor alene",
          f"{HOUSEHOLD}.0.relation", accepted={HOUSEHOLD: [], "citizen.housing": "Bor alene i rækkehus"}),
    Tried("household_share", partly("rengoering_3"), {f"{HOUSEHOLD}.0.can_share_tasks": None},
          "Bo Østergård: tag stilling", f"{HOUSEHOLD}.0.can_share_tasks"),
    Tried("household_load", refused("rengoering_3", reason=OWN), {f"{HOUSEHOLD}.0.can_share_tasks": True},
          "hvordan det belaster", f"{HOUSEHOLD}.0.note",
          accepted={f"{HOUSEHOLD}.0": {"name": "Bo", "can_share_tasks": True, "note": "Rask, har fri hver fredag"}}),
    Tried("hearing", refused("indkoebsordning"), {HEARING: {}}, "Daglig husførelse. Tag stilling til partshøring",
          f"{HEARING}.needed", accepted={HEARING: {"needed": True, "held_on": "2024-05-07", "answer": "Ja"}}),
    Tried("hearing_reason", stopped("rengoering_3"), {HEARING: {"needed": False}},
          "hvorfor partshøring ikke er nødvendig", f"{HEARING}.reason"),
    Tried("hearing_held", changed("bad_2"), {HEARING: {"needed": True}}, "hvornår oplysningerne er sendt",
          f"{HEARING}.held_on"),
    Tried("hearing_early", partly("rengoering_3"),
          {HEARING: {"needed": True, "held_on": "2024-05-07", "answer_by": "2024-05-14"}},
          "kan svare til og med 14. maj 2024", f"{HEARING}.answer_by",
          accepted={HEARING: {"needed": True, "held_on": "2024-05-02", "answer_by": "2024-05-12"}}),
    Tried("hearing_early", partly("rengoering_3"), {HEARING: {"needed": True, "held_on": "2024-05-07"}},
          "hvornår fristen for at svare er gået", f"{HEARING}.answer_by",
          accepted={HEARING: {"needed": True, "held_on": "2024-05-07", "answer": "Det passer"}}),
    Tried("date_order", partly("rengoering_3"),
          {HEARING: {"needed": True, "held_on": "2024-05-14", "answer": "Det passer"}},
          "ligger efter afgørelsen", f"{HEARING}.held_on"),
    Tried("future_date", partly("rengoering_3"),
          {HEARING: {"needed": True, "held_on": "2024-06-02", "answer": "Det passer"}, "decision.decided_on": None},
          "Datoen for partshøringen", f"{HEARING}.held_on"),
    Tried("corrects_date", granted("bad_2"), {"decision.corrects": {"id": "brev-1", "why": "Datoen var forkert"}},
          "datoen for den afgørelse", "decision.corrects.decided_on",
          accepted={"decision.corrects": {"decided_on": "2024-05-08", "why": "Datoen var forkert"}}),
    Tried("corrects_why", granted("bad_2"), {"decision.corrects": {"decided_on": "2024-05-08", "why": " "}},
          "hvorfor den tidligere afgørelse", "decision.corrects.why",
          accepted={"decision.corrects": {"decided_on": "2024-05-08", "why": "Du sendte en ny oplysning"}}),
    Tried("date_order", granted("bad_2"), {"decision.corrects": {"decided_on": "2024-05-20", "why": "Fejl"}},
          "ligger efter den nye", "decision.corrects.decided_on"),
    Tried("appeal_shut_out", refused("klippekort_1"), {}, "Det kan der efter loven", "decision.items.0",
          accepted={"decision.items.0.delydelse": "rehab_a", "enquiry.applied_for": ["rehab_a"]}),
    Tried("reason_not_individual", refused("rengoering_3", reason=OWN),
          {REASON: "Du er vurderet til niveau 2, og hjælpen gives fra niveau 3"}, "et niveau", REASON),
    Tried("reason_not_individual", partly("rengoering_3"), {REASON: "Kommunens standard omfatter ikke vinduer"},
          "standarden", REASON),
    Tried("reason_not_individual", stopped("rengoering_3", changed_because="Kommunen skal spare"),
          {REASON: "Der er ikke penge på budgettet til hjælpen"}, "økonomien", REASON),
    Tried("reason_not_individual", changed("bad_2", changed_because="Der er kommet en ny kvalitetsstandard"),
          {REASON: "Det følger af den nye standard"}, "standarden", REASON),
    Tried("reason_not_individual", refused("rengoering_3", reason="Du bor sammen med din søn, som kan gøre rent"),
          {REASON: "Du bor sammen med andre, som kan gøre rent"}, "hvem der ellers gør hvad", REASON),
    Tried("care_by_spouse", refused("bad_2"), {REASON: "Din mand er rask og kan hjælpe dig i bad hver morgen"},
          "Personlig pleje kan ikke overlades", REASON,
          accepted={REASON: "Du bader selv på badebænken hver morgen. Din mand hjælper dig ikke"}),
    Tried("care_by_spouse", stopped("bad_2"), {REASON: "Bo vasker dig nu selv på ryggen og under fødderne"},
          "ægtefælle", REASON, accepted={REASON: "Du vasker selv ryggen med børsten, mens Bo er på arbejde"}),
    Tried("share_not_recorded", refused("rengoering_3", reason=OWN),
          {REASON: "Din mand støvsuger og vasker gulvet hver fredag formiddag"}, "det er ikke vurderet", REASON),
    Tried("share_not_recorded", refused("rengoering_3", reason="Per støvsuger og vasker gulvet hver fredag"),
          {HOUSEHOLD: [{**NEPHEW[0], "can_share_tasks": False}]}, "Ret det ene", REASON,
          accepted={HOUSEHOLD: NEPHEW}),
    Tried("tied_to_care", refused("rengoering_3", reason=OWN),
          {REASON: f"{OWN}. Du har ikke brug for personlig pleje"}, "må ikke afhænge af", REASON),
    Tried("refused_part", partly("rengoering_3"), {"decision.items.0.refused_part": " "},
          "hvad af ansøgningen", "decision.items.0.refused_part"),
    Tried("former_extent", changed("bad_2"), {"decision.items.0.former_extent": None}, "hidtil har fået",
          "decision.items.0.former_extent"),
    Tried("former_extent", stopped("rengoering_3"), {"decision.items.0.former_extent": None}, "hidtil har fået",
          "decision.items.0.former_extent"),
    Tried("changed_because", stopped("rengoering_3"), {"decision.items.0.changed_because": ""},
          "hvad der er anderledes", "decision.items.0.changed_because"),
    Tried("ends_on", stopped("rengoering_3"), {"decision.items.0.ends_on": None}, "hvilken dag hjælpen stopper",
          "decision.items.0.ends_on"),
    Tried("ends_early", stopped("rengoering_3"), {"decision.items.0.ends_on": "2024-05-12"},
          "kan ikke stoppe 12. maj 2024, før afgørelsen", "decision.items.0.ends_on"),
    Tried("time_frame", granted("rehab_a", ends_on="2024-07-01"), {"decision.items.0.ends_on": None},
          "hvor længe forløbet varer", "decision.items.0.extent.course"),
    Tried("time_frame", granted("rehab_a", extent={"course": {"amount": 6, "unit": "weeks"}}),
          {"decision.items.0.extent": {"times": 2, "per": "week"}}, "forløbets længde eller slutdato",
          "decision.items.0.extent.course"),
    Tried("own_goal", granted("rehab_a", ends_on="2024-07-01"), {"decision.items.0.aim": ""},
          "borgerens egne mål", "decision.items.0.aim"),
]  # fmt: skip


def with_(one: Case, changes: Mapping[str, Any]) -> Case:
    for path, value in changes.items():
        one, _ = change(one, parse_path(path), value)
    return one


def found_in(one: Case) -> tuple[Finding, ...]:
    return findings(one, standard(), TODAY)


@pytest.mark.parametrize("tried", TRIED, ids=lambda tried: f"{tried.code}-{tried.item['outcome']}")
def test_a_decision_is_stopped_or_warned_of_at_its_place_and_passes_when_mended(tried: Tried) -> None:
    one = case(dict(tried.item))
    assert found_in(with_(one, tried.accepted)) == ()
    rejected = found_in(with_(one, tried.rejected))
    found = next(finding for finding in rejected if finding.code == tried.code)
    assert found.where == tried.where
    assert tried.says in found.message
    assert blocking((found,)) == ((found,) if CHECKS[tried.code].severity == "stop" else ())
    assert {finding.code for finding in rejected} <= {tried.code, "decided_on"}


def test_every_check_has_a_demand_in_danish_and_its_source_where_there_is_one() -> None:
    for check in CHECKS.values():
        assert check.demands[0].isupper()
        assert not check.demands.endswith(".")
        assert not check.source or any(
            word in check.source for word in ("Helsingør", "§", "Ankestyrelsen", "Standarden")
        )


def test_a_stop_needs_no_application_and_no_rehabilitation_considered_first() -> None:
    one = with_(case(stopped("rengoering_3")), {"enquiry.applied_for": [], "considerations": {}})
    assert found_in(one) == ()


def test_an_item_can_be_more_help_than_before_and_then_needs_no_hearing() -> None:
    more = changed("bad_2", former_extent={"times": 1, "per": "two_weeks", "minutes": 45}, reason="Niveau 3.")
    one = with_(case(more), {HEARING: {}})
    assert found_in(one) == ()


def test_information_from_others_in_an_area_that_is_not_relevant_needs_no_hearing() -> None:
    one = with_(
        case(refused("indkoebsordning")),
        {
            HEARING: {},
            "assessment.areas.daglig_husfoerelse": {
                "relevant": False,
                "justification": "Klarer det",
                "from_others": "Noget",
            },
        },
    )
    assert found_in(one) == ()


def test_a_rehabilitation_course_frames_the_services_within_it() -> None:
    course = granted("rehab_a", extent={"course": {"amount": 6, "unit": "weeks"}})
    assert found_in(case(course, {**granted("rehab_a"), "aim": ""})) == ()


def test_a_refusal_in_the_citizens_words_asks_who_shares_the_home_as_the_help_it_means_does() -> None:
    words = refused("hjælp til rengøring", reason=OWN, law="serviceloven § 83")
    assert found_in(case(words)) == ()
    (finding,) = found_in(with_(case(words), {HOUSEHOLD: []}))
    assert finding.code == "household"


def test_a_refusal_of_personal_care_does_not_ask_who_shares_the_home() -> None:
    one = with_(
        case(refused("bad_2", reason="Du vasker dig selv hver morgen på badebænken")), {HOUSEHOLD: []}
    )
    assert found_in(one) == ()


LEANING = """
Din mand kan klare det
Din ægtefælle er rask og hjemme hele dagen
Bo vasker dig hver morgen, og det går fint
Du bor sammen med din kone, som tager sig af dit bad
Din samlever sørger for, at du kommer i bad to gange om ugen efter jeres vane
Hustruen støtter dig, når du træder op i badekarret
Din kæreste tager sig af dit bad om aftenen
Din partner vil gerne overtage plejen
Du bor sammen med Bo, som kan løfte dig
"""
NOT_LEANING = """
Du bader selv på badebænken hver morgen og når fødderne med svampen
Du bader selv hver morgen på bænken. Din mand hjælper dig ikke
Din mand er på arbejde hele dagen, men du når selv både ryg og fødder med den lange børste
Din nabo kommer med avisen, og du går selv i bad om aftenen
Hverken du eller Bo kan løfte armene, og derfor får du en badebænk og en bruser med langt skaft
Bo arbejder på skift, men du vasker selv både ryg og fødder på badebænken
Din søn i Aarhus ringer hver aften, og du klæder dig selv på, når strømpepåtageren er ved sengen
Din kone er død, og du har siden foråret badet selv hver anden morgen
"""


@pytest.mark.parametrize("reason", LEANING.strip().splitlines())
def test_a_reason_that_leans_on_the_household_is_seen(reason: str) -> None:
    assert leans_on_household(reason, [HouseholdMember(name="Bo Østergård")], ["Bad 2"])


@pytest.mark.parametrize("reason", NOT_LEANING.strip().splitlines())
def test_a_reason_that_only_mentions_somebody_does_not_lean(reason: str) -> None:
    assert not leans_on_household(reason, [HouseholdMember(name="Bo Østergård")], ["Bad 2"])


GENERAL = """
Byrådet har vedtaget et budget, hvor der skal findes tre millioner kroner på hjemmeplejen, så du kan ikke få hjælp.
Kommunen er nødt til at prioritere dem med de største behov.
Kvalitetsstandarden blev ændret den 1. januar, og vinduer, hovedrengøring og havearbejde er taget ud af kataloget.
I Fælles Sprog II svarer dit resultat til kolonne to i skemaet, og grænsen for at få ydelsen ligger ved kolonne tre.
Du har scoret 1 i seks ud af otte aktiviteter og 2 i resten.
Standarden for rengøring omfatter støvsugning, gulvvask, badeværelse og sengetøj, men ikke vinduer.
Det er kommunens praksis, at hjælp til rengøring først bevilges efter det fyldte 80. år.
Din mand er 70 år og frisk og kan derfor gøre rent.
Ægtefæller har pligt til at hjælpe hinanden med husarbejdet.
Raske ægtefæller forventes at støvsuge, vaske gulv og skifte sengetøj.
Kommunens økonomi er stram efter vinterens mange influenzaindlæggelser og ekstra vagter.
Du bor sammen med andre, som kan købe ind for husstanden.
Du bor sammen med din mand, som kan købe ind for husstanden.
Andre i husstanden kan gøre rent.
Voksne børn i husstanden skal købe ind.
Efter kommunens standard, skal din søn købe ind.
Din søn forventes at støvsuge.
Dine børn har pligt til at gøre rent.
Din datter er rask.
Din søn kan hjælpe dig.
Familien kan købe ind.
Du kan selv gøre rent.
Dine pårørende kan varetage opgaven.
"""
HER_OWN = """
Du har svære begrænsninger, niveau 3, i at bade, men du løfter selv armen over skulderen efter træningen i marts.
Efter kvalitetsstandarden er vinduer ikke med. Du pudser selv vinduerne i stuen, og din søn tager resten hver påske.
Din økonomi ordner din datter hver måned, og hun betaler regningerne på nettet for dig.
Standarden giver hjælp fra niveau 3, men du støvsuger selv to gange om ugen og flytter stolene uden besvær.
Du bor sammen med din søn, som kan købe ind for husstanden
Din datter gør rent hos dig.
Din niece handler for dig.
Jeres voksne søn laver mad.
Din nabo bærer varerne op.
Dine to børn støvsuger og vasker gulv.
Efter standarden gives hjælp fra niveau 3, men din svigerdatter vasker tøj.
Din bror rydder op.
"""
NAMES = ("Rengøring 3", "Indkøbsordning", "Praktisk hjælp og støtte", "At gøre rent", "At bade")


@pytest.mark.parametrize("reason", GENERAL.strip().splitlines())
def test_what_is_said_at_length_about_standard_level_money_or_spouses_is_no_reason(reason: str) -> None:
    assert not is_individual(reason, NAMES), own_words(reason, NAMES)


@pytest.mark.parametrize("reason", HER_OWN.strip().splitlines())
def test_a_reason_may_name_the_standard_when_it_also_tells_of_the_citizen(reason: str) -> None:
    assert is_individual(reason, NAMES), own_words(reason, NAMES)


def test_only_what_is_missing_of_care_ties_practical_help_to_it() -> None:
    assert ties_to_care("Du får ikke personlig pleje, og derfor heller ikke rengøring")
    assert ties_to_care("Da du ingen pleje får, gives rengøring ikke")
    assert not ties_to_care("Du får personlig pleje hver morgen. Du støvsuger ikke selv")
    assert not ties_to_care("Plejehjemmet ligger tæt på. Du støvsuger ikke selv")


def test_a_housing_text_can_say_that_the_citizen_lives_alone() -> None:
    one = case(granted("bad_2")).citizen
    assert not lives_alone(one)
    assert lives_alone(one.model_copy(update={"housing": "Enke. Bor alene i stuelejlighed"}))
    assert lives_alone(one.model_copy(update={"lives_alone": True}))


@pytest.mark.parametrize(
    ("now", "before", "more"),
    [
        ({"times": 2, "per": "week"}, {"times": 1, "per": "week"}, True),
        ({"times": 1, "per": "week"}, {"times": 1, "per": "two_weeks"}, True),
        ({"times": 2, "per": "week", "minutes": 30}, {"times": 1, "per": "week", "minutes": 45}, False),
        ({"times": 1, "per": "week", "minutes": 45}, {"times": 1, "per": "week", "minutes": 30}, True),
        ({"times": 1, "per": "week"}, {"times": 1, "per": "week"}, False),
        ({"times": 2, "per": "week"}, {"text": "efter aftale"}, False),
        ({"times": 2, "per": "week"}, {"times": 1, "per": "week", "minutes": 20}, False),
    ],
)
def test_more_help_is_only_what_is_clearly_more(now: Any, before: Any, more: bool) -> None:
    assert gives_more(Extent(**now), Extent(**before)) is more


def test_without_an_extent_nothing_can_be_compared() -> None:
    assert not gives_more(None, Extent(times=1, per="week"))
    assert not gives_more(Extent(times=1, per="week"), None)


def test_a_decision_that_takes_the_place_of_another_names_it_and_begins_undecided() -> None:
    old = case(granted("bad_2")).decision
    new = old.corrected("brev-17")
    assert (new.corrects.id, new.corrects.decided_on, new.decided_on) == ("brev-17", old.decided_on, None)
    assert new.items == old.items
    assert new.hearing == Decision().hearing

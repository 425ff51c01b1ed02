"""Rules of the process that are kept before the decision is made; those of Min dag are in test_my_day.py.

One row per rule, so that the register (assets/rules/process-rules.yaml) can name the row that shows it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from visitator_tui.catalogue import CatalogueFolder
from visitator_tui.domain.case import ActivityScore, Case
from visitator_tui.domain.completeness import Finding, findings
from visitator_tui.domain.edit import MISSING, EditError, change, parse_path
from visitator_tui.domain.matching import Suggestion, suggest
from visitator_tui.domain.standard import Standard
from visitator_tui.domain.standard_age import age_warning
from visitator_tui.letters import ReportlabPress
from visitator_tui.resources import sample_data
from visitator_tui.usecases.card import card
from visitator_tui.usecases.casefile import read_case
from visitator_tui.usecases.ports import Letterhead

TODAY = date(2026, 3, 2)
SHOPPING, EXCEPTION, DAYCARE = (
    "helsingor-03-indkoeb-alternativ",
    "helsingor-06-uden-for-kriterierne",
    "helsingor-07-dagcenter-demens",
)
HERNING_COURSE, HERNING_TRAINING = "herning-01-rehabilitering", "herning-02-vedligeholdelsestraening"
AREAS, ITEM = "assessment.areas", "decision.items.0"
FIRST = "considerations.rehabilitering_foerst.outcome"


@pytest.fixture(scope="module")
def sample(shipped: CatalogueFolder) -> Callable[[str], tuple[Case, Standard]]:
    def read(name: str) -> tuple[Case, Standard]:
        case = read_case(sample_data() / f"{name}.json")
        assert case.matched_on is not None
        return case, shipped.in_force(case.municipality, case.matched_on)

    return read


@pytest.fixture
def standards(helsingor: Standard, herning: Standard) -> dict[str, Standard]:
    return {"H": helsingor, "N": herning}


def with_(case: Case, path: str, value: Any) -> Case:
    return change(case, parse_path(path), value)[0]


# -- what a decision lacks -------------------------------------------------------------------------------------

LACKS: list[tuple[Any, ...]] = [
    # rule, sample, what is put where, the finding, whether it stops the letter
    ("H-01", SHOPPING, f"{AREAS}.maaltider", MISSING, "area_open", True),
    ("H-05", SHOPPING, "enquiry.acute", None, "acute", False),
    ("H-09", SHOPPING, "own_view.text", "", "own_view", True),
    ("H-10", SHOPPING, f"{AREAS}.oevrige_forhold", MISSING, "area_open", True),
    ("H-12", SHOPPING, "assessment.consent_to_obtain", None, "consent", False),
    ("H-13", SHOPPING, f"{AREAS}.maaltider.justification", " ", "justification", True),
    ("H-14", SHOPPING, f"{AREAS}.oevrige_forhold", {"relevant": True}, "undescribed", False),
    ("H-15", SHOPPING, "assessment.activities.goere_rent", MISSING, "unscored", True),
    ("H-17", SHOPPING, "summary.text", "", "summary", True),
    ("H-17", SHOPPING, "summary.goal", None, "goal", True),
    ("H-19", EXCEPTION, f"{ITEM}.professional_reason", "", "professional_reason", True),
    ("H-21", SHOPPING, "decision.items.1.reason", "", "reason", True),
    ("H-21", SHOPPING, "decision.items.1.reason", "Du er på niveau 1.", "reason_not_individual", True),
    ("H-22", SHOPPING, f"{ITEM}.purpose", "", "purpose", True),
    ("H-24", SHOPPING, "summary.goal", None, "item_goal", True),
    ("H-25", SHOPPING, "considerations", {}, "consideration", True),
    ("H-26", SHOPPING, f"{ITEM}.extent.times", None, "frequency", False),
    ("H-26", SHOPPING, f"{ITEM}.extent.time_of_day", [], "time_of_day", False),
    ("H-56", SHOPPING, f"{ITEM}.reason", "", "reason", True),
    ("H-78", DAYCARE, "decision.items.1.delydelse", "aflastningsophold", "granted_by", True),
    ("H-79", DAYCARE, "decision.items.1.delydelse", "gruppeaktiviteter", "granted_by", True),
    ("H-92", SHOPPING, "considerations", {}, "consideration", True),
    ("H-93", SHOPPING, FIRST, "tilbydes", "consideration_pending", False),
    ("H-96", SHOPPING, FIRST, None, "consideration", True),
    ("N-01", HERNING_TRAINING, "considerations", {}, "consideration", True),
    ("N-04", HERNING_TRAINING, FIRST, "tilbydes", "consideration_pending", False),
    ("N-14", HERNING_COURSE, f"{ITEM}.aim", "", "own_goal", True),
]


@pytest.mark.parametrize(
    ("rule", "name", "path", "value", "code", "stops"), LACKS, ids=[one[0] for one in LACKS]
)
def test_the_decision_lacks_it(
    sample: Callable[[str], tuple[Case, Standard]],
    rule: str, name: str, path: str, value: Any, code: str, stops: bool,
) -> None:  # fmt: skip
    case, standard = sample(name)
    if code == "granted_by":
        case = with_(case, "decision.items.1.outcome", "granted")

    def found(one: Case) -> list[Finding]:
        return [finding for finding in findings(one, standard, TODAY) if finding.code == code]

    assert found(case) == []
    (finding, *_) = found(with_(case, path, value))
    assert (finding.severity == "stop") is stops


def test_leave_given_for_one_source_is_leave(sample: Callable[[str], tuple[Case, Standard]]) -> None:
    case, standard = sample(SHOPPING)
    case = with_(case, "assessment.consent_to_obtain", None)
    for allowed in (True, False):
        asked = with_(case, "course.consents.0", {"source": "datter", "allowed": allowed})
        assert ("consent" in {one.code for one in findings(asked, standard, TODAY)}) is not allowed


# -- criteria that must be met ------------------------------------------------------------------------------------

CRITERIA = [
    ("H-80", "aeldrebolig", "betydelig_varig_nedsat_funktionsevne"),
    ("H-83", "plejebolig", "mere_end_8_gange_i_doegnet"),
    ("H-83", "doegngenoptraening_sundhedsloven", "mere_end_8_gange_i_doegnet"),
    ("H-83", "midlertidigt_forloeb", "mere_end_8_gange_i_doegnet"),
    ("H-84", "terminalt_forloeb", "kort_levetid_skriftligt_fra_laege"),
    ("H-101", "kateterpleje", "samtykke_til_sygepleje"),
    ("H-114", "afloesning", "kan_ikke_vaere_alene"),
    ("H-114", "indkoebsordning", "ingen_i_husstanden_kan_koebe_ind"),
    ("H-115", "rehab_bad_3", "visiteret_til_rehab_forloeb"),
    ("N-07", "vedligeholdelsestraening_dv", "aktivitetscenter_ikke_relevant"),
    ("N-07", "vedligeholdelsestraening_dva", "traening_kan_ikke_ligge_om_dagen"),
    ("N-09", "klippekort", "personlig_pleje_under_fritvalg"),
    ("N-09", "klippekort", "ingen_socialpaedagogisk_stoette"),
    ("N-09", "klippekort", "ingen_ledsageordning"),
    ("N-09", "klippekort", "ingen_kontaktperson_for_doevblinde"),
    ("N-15", "vedligeholdelsestraening_dv", "traeningsplan_fra_terapeut"),
    ("N-15", "vedligeholdelsestraening_dva", "traeningsplan_fra_terapeut"),
]


def about(case: Case, standard: Standard, delydelse: str) -> Suggestion:
    return next(one for one in suggest(case, standard) if one.delydelse == delydelse)


def granting(standard: Standard, delydelse: str, answers: dict[str, bool | None]) -> Case:
    return Case.model_validate(
        {
            "municipality": standard.municipality,
            "answers": answers,
            "decision": {"items": [{"delydelse": delydelse, "outcome": "granted"}]},
        }
    )


@pytest.mark.parametrize(
    ("rule", "delydelse", "criterion"), CRITERIA, ids=[f"{rule}-{item}" for rule, item, _ in CRITERIA]
)
def test_without_it_the_grant_is_outside_the_criteria(
    standards: dict[str, Standard], rule: str, delydelse: str, criterion: str
) -> None:
    standard = standards[rule[0]]
    case = granting(standard, delydelse, {criterion: False})
    suggestion = about(case, standard, delydelse)
    assert (suggestion.verdict, criterion in suggestion.failed_criteria) == ("ruled_out", True)
    assert "professional_reason" in {
        one.code for one in findings(case, standard, TODAY) if one.severity == "stop"
    }
    asked = about(granting(standard, delydelse, {}), standard, delydelse)
    assert criterion in asked.open_criteria, "and it is asked"


def test_nine_times_or_more_is_asked_for_p56(helsingor: Standard) -> None:
    assert "9 eller flere gange" in helsingor.criterion_by_id["mere_end_8_gange_i_doegnet"].question


def test_respite_at_home_is_not_given_beside_daycare_2_or_3_p44(helsingor: Standard) -> None:
    for daycare in ("lokalt_dagcenter_2", "lokalt_dagcenter_3"):
        case = with_(granting(helsingor, "afloesning", {}), "decision.items.1", {"delydelse": daycare})
        assert about(case, helsingor, "afloesning").verdict != "ruled_out"
        case = with_(case, "decision.items.1.outcome", "granted")
        assert about(case, helsingor, "afloesning").verdict == "ruled_out"
        assert "professional_reason" in {one.code for one in findings(case, helsingor, TODAY)}


# -- levels, standards, catalogue ----------------------------------------------------------------------------------


def test_an_activity_is_scored_0_to_4_p19() -> None:
    assert [ActivityScore(level=level).level for level in range(5)] == [0, 1, 2, 3, 4]
    with pytest.raises(EditError, match="ikke være over 4"):
        with_(Case(municipality="helsingor"), "assessment.activities.bade.level", 5)


def test_the_decision_starts_from_the_levels_and_the_standard_p21(helsingor: Standard) -> None:
    def verdict(level: int) -> str:
        case = Case.model_validate(
            {
                "municipality": "helsingor",
                "assessment": {"activities": {"indkoeb_af_varer": {"level": level}}},
            }
        )
        return about(case, helsingor, "indkoebsordning").verdict

    assert [verdict(level) for level in range(5)] == ["ruled_out", "ruled_out", "open", "open", "open"]


@pytest.mark.parametrize(
    "name",
    ["Tilsyn", "Psykisk hjælp og støtte 3", "Psykisk hjælp og støtte 4", "Personlig ledsagelse", "Klippekort",
     "Rehab - Personlig ledsagelse"],
)  # fmt: skip
def test_what_was_dropped_in_2017_cannot_be_chosen_p8(helsingor: Standard, name: str) -> None:
    assert name not in {item.name for item in helsingor.delydelse_by_id.values()}


def test_nursing_is_offered_on_level_2_and_only_medicine_on_level_3_p144(helsingor: Standard) -> None:
    nursing = helsingor.ydelse_by_id["sygepleje"]
    numbered = [item.name for item in nursing.delydelser if item.name[:2].isdigit()]
    assert numbered == ["13.4 Medicinadministration"]
    assert {"sondeernaering", "iv_vaeskebehandling", "ernaeringsindsats"} <= {
        one.id for one in nursing.delydelser
    }


def test_a_standard_older_than_a_year_is_warned_about_p6(helsingor: Standard) -> None:
    assert age_warning(helsingor, date(2018, 1, 1)) is None
    assert "mere end et år" in (age_warning(helsingor, date(2018, 1, 2)) or "")


def test_course_e_gives_supplementary_cleaning_from_level_3_only_p129(helsingor: Standard) -> None:
    def remarks(level: int) -> str:
        scored = {"goere_rent": {"level": level}, "indkoeb_af_varer": {"level": level}}
        case = Case.model_validate({"municipality": "helsingor", "assessment": {"activities": scored}})
        return " ".join(about(case, helsingor, "e_rehab_praktiske_opgaver").remarks)

    for task in ("rengøring", "indkøb"):
        assert f"visiteres ikke til supplerende {task}" in remarks(2)
        assert f"visiteres til supplerende {task}" in remarks(3)


def test_the_healthy_spouse_is_assessed_on_her_own_p56(helsingor: Standard) -> None:
    case = Case(municipality="helsingor")
    remarks = " ".join(about(case, helsingor, "boligtilbud_for_aegtefaelle").remarks)
    assert "visiteres den særskilt til den raske ægtefælle" in remarks


# -- what the card tells ---------------------------------------------------------------------------------------------

TOLD = [
    ("H-82", "lokalt_dagcenter_2", "afsluttes ved længere fravær", "s. 60"),
    ("H-85", "doegnvurdering", "i denne rækkefølge: hjem i egen bolig", "s. 72"),
    ("H-91", "t12_hoftenaer_fraktur", "kørslen ville være i egen kommune", "s. 86"),
    ("H-94", "b_rehab_hjemmeplejeindsats", "Kan forløbet ikke begynde med det samme", "s. 123"),
    ("H-97", "indkoebsordning", "mindst 48 timer før leveringen", "s. 133"),
    ("H-97", "indkoebsordning", "senest 2 dage før", "s. 133"),
    ("H-103", "sondeernaering", "udredning, opfølgning, evaluering, sundhedspædagogisk indsats", "s. 145"),
    ("H-104", "psykiatrisk_sygepleje", "14 minutter", ""),
    ("H-108", "afloesning", "væsentlige ændringer", "s. 42"),
    ("H-109", "dagcenter_demens", "senest dagen før", "s. 58"),
    ("H-111", "afloesning", "halv time før eller efter det aftalte tidspunkt", "s. 42"),
    ("H-118", "afloesning", "fleksibel hjemmehjælp) gælder ikke her", "s. 42"),
    ("H-118", "dagcenter_demens", "fleksibel hjemmehjælp) gælder ikke her", "s. 59"),
    ("H-123", "sygeplejefaglig_udredning", "vurdere behovet for rehabilitering efter § 83 a", "s. 8"),
    ("N-08", "vedligeholdelsestraening_dv", "7.00-17.00", ""),
    ("N-08", "vedligeholdelsestraening_dva", "16.00-23.30", ""),
    ("N-13", "klippekort", "Snerydning", "linje 240"),
    ("N-13", "klippekort", "betaler udgifterne", "linje 242"),
]


@pytest.mark.parametrize(
    ("rule", "delydelse", "text", "place"), TOLD, ids=[f"{rule}-{item}" for rule, item, *_ in TOLD]
)
def test_the_card_tells_it_with_its_place(
    standards: dict[str, Standard], rule: str, delydelse: str, text: str, place: str
) -> None:
    shown = card(standards[rule[0]], delydelse).replace("\n  ", " ")
    line = next((one for one in shown.splitlines() if text in one), None)
    assert line is not None
    assert place in line


DUTIES = [
    ("H-20", "tager selv del i opgaverne", 21),
    ("H-49", "være hjemme, mens hjælperen er hos dig", 29),
    ("H-50", "nøgleboks", 29),
    ("H-55", "betaler du selv", 31),
]


@pytest.mark.parametrize(("rule", "text", "page"), DUTIES, ids=[one[0] for one in DUTIES])
def test_the_letter_tells_it_to_everybody_who_gets_help(
    sample: Callable[[str], tuple[Case, Standard]], rule: str, text: str, page: int
) -> None:
    case, standard = sample(SHOPPING)
    assert [fact.page for fact in standard.citizen_duties if text in fact.text] == [page]
    letter = ReportlabPress().text(
        case, standard, Letterhead(municipality="Helsingør Kommune", unit="Visitation")
    )
    assert text in " ".join(letter.split())


def test_the_considered_course_says_what_is_given_meanwhile_p122_p123(helsingor: Standard) -> None:
    first, _ = helsingor.considerations
    offered = next(one for one in first.outcomes if one.id == "tilbydes")
    assert not offered.allows_help
    assert "s. 122" in (offered.note or "") and "s. 123" in (offered.note or "")


def test_each_help_of_herning_has_its_own_way_to_complain(
    sample: Callable[[str], tuple[Case, Standard]], herning: Standard
) -> None:
    """Lines 69, 118 and 261; a standard that shuts an appeal out is warned about where it refuses."""
    help_ = (
        "rehabilitering_83a",
        "vedligeholdelsestraening_dv",
        "vedligeholdelsestraening_dva",
        "klippekort",
    )
    routes = [[route.line for route in herning.routes_of(one)] for one in help_]
    assert routes == [[69], [118], [118], [261]]
    case, standard = sample("herning-04-klippekort-afslag")
    assert "appeal_shut_out" in {one.code for one in findings(case, standard, TODAY)}

"""What a check says of a standard that is in order and doubtful all the same, with line and reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from command_kit import FIXTURES, Run, run

from visitator_tui.catalogue.linting import warnings
from visitator_tui.catalogue.problems import CatalogueProblem
from visitator_tui.catalogue.reader import parse_catalogue
from visitator_tui.domain.standard_lints import lints
from visitator_tui.resources import asset

__all__ = ["run"]

GOOD = (FIXTURES / "provby-2020.yaml").read_text("utf-8").replace("        not_with: [toejvask]\n", "")
IN_FORCE = date(2020, 6, 1)


def warned(text: str, on: date = IN_FORCE) -> tuple[CatalogueProblem, ...]:
    return warnings(parse_catalogue(text.encode(), "min.yaml"), "min.yaml", on)


def shipped(name: str, on: date) -> list[tuple[str, str]]:
    data = asset("catalogues", f"{name}.yaml").read_bytes()
    return [(one.field, one.message) for one in warnings(parse_catalogue(data, name), name, on)]


HERNING = [
    ("complaint_routes/klippekort/shuts_out_appeal", "klageadgangen lukker for klage"),
    (
        "criteria/personlig_pleje_under_fritvalg/depends_on_service",
        "kriteriet gør hjælpen afhængig af anden hjælp: personlig pleje efter § 83",
    ),
    (
        "criteria/ingen_kontaktperson_for_doevblinde/excludes_group",
        "kriteriet lukker en hel gruppe ude: borgere med kontaktperson for døvblinde (§ 98)",
    ),
    (
        "criteria/ingen_ledsageordning/excludes_group",
        "kriteriet lukker en hel gruppe ude: borgere med ledsageordning (§ 97)",
    ),
    (
        "criteria/ingen_socialpaedagogisk_stoette/excludes_group",
        "kriteriet lukker en hel gruppe ude: borgere med socialpædagogisk støtte (§ 85)",
    ),
]
HOUSEHOLD = "kriteriet regner med, hvad andre i husstanden eller pårørende kan"
HELSINGOER = [
    ("criteria/bor_i_eget_hjem/excludes_group", "kriteriet lukker en hel gruppe ude: borgere på plejehjem"),
    (
        "criteria/ikke_visiteret_til_dagcenter_2_eller_3/depends_on_service",
        "kriteriet gør hjælpen afhængig af anden hjælp: Lokalt dagcenter 2 og 3",
    ),
    (
        "criteria/ingen_anden_offentlig_afloesning/depends_on_service",
        "kriteriet gør hjælpen afhængig af anden hjælp: andre offentlige tilbud, der kan afløse den pårørende",
    ),
    (
        "criteria/hjaelpemidler_kraever_saerlig_bolig/depends_on_service",
        "kriteriet gør hjælpen afhængig af anden hjælp: hjælpemidler",
    ),
    ("criteria/paaroerende_kan_ikke_mellem_besoeg/leans_on_household", HOUSEHOLD),
    ("criteria/ingen_aegtefaelle_til_omsorg_mellem_besoeg/leans_on_household", HOUSEHOLD),
    (
        "criteria/ikke_middelsvaer_eller_svaer_demens/excludes_group",
        "kriteriet lukker en hel gruppe ude: borgere med demens i middelsvær eller svær grad",
    ),
    ("criteria/ingen_i_husstanden_kan_koebe_ind/leans_on_household", HOUSEHOLD),
    ("criteria/kan_ikke_selv_bestille_varer/leans_on_household", HOUSEHOLD),
    ("criteria/kan_ikke_selv_saette_varer_paa_plads/leans_on_household", HOUSEHOLD),
    ("criteria/ikke_terminal/excludes_group", "kriteriet lukker en hel gruppe ude: borgere, der er døende"),
    (
        "ydelser/afloesning_og_aflastning/delydelser/afloesning/not_with",
        "delydelsen gives ikke sammen med Lokalt dagcenter 2 eller Lokalt dagcenter 3",
    ),
    (
        "ydelser/afloesning_og_aflastning/delydelser/aflastende_rengoering/not_with",
        "delydelsen gives ikke sammen med Lokalt dagcenter 2 eller Lokalt dagcenter 3",
    ),
    (
        "ydelser/afloesning_og_aflastning/delydelser/aflastende_rengoering/only_with",
        "delydelsen gives kun sammen med Afløsning",
    ),
    (
        "ydelser/doegnrehabilitering/delydelser/doegngenoptraening_serviceloven/excluded/nr. 1/text",
        "teksten lukker ude efter alder, diagnose eller bolig alene",
    ),
    (
        "ydelser/hverdagsrehabilitering/delydelser/e_rehab_praktiske_opgaver/remarks/nr. 2/text",
        "teksten afviser efter niveau",
    ),
    (
        "ydelser/hverdagsrehabilitering/delydelser/e_rehab_praktiske_opgaver/remarks/nr. 4/text",
        "teksten afviser efter niveau",
    ),
    *(
        (f"ydelser/rehab_ydelser/delydelser/rehab_{name}/remarks/nr. 1/text", "teksten afviser efter niveau")
        for name in ("rengoering_3", "rengoering_4", "rengoering_oprydning", "indkoeb", "aerinder_i_bank")
    ),
    (
        "ydelser/sygepleje/delydelser/misbrugsindsats/not_with",
        "delydelsen gives ikke sammen med Psykiatrisk sygepleje eller Psykisk pleje og støtte",
    ),
    (
        "ydelser/sygepleje/delydelser/psykiatrisk_sygepleje/not_with",
        "delydelsen gives ikke sammen med Misbrugsindsats eller Psykisk pleje og støtte",
    ),
    (
        "ydelser/sygepleje/delydelser/psykisk_pleje_og_stoette/not_with",
        "delydelsen gives ikke sammen med Misbrugsindsats eller Psykiatrisk sygepleje",
    ),
]
ENDLESS = ("valid_to", "standarden har ingen slutdato (valid_to)")


@pytest.mark.parametrize(
    ("name", "first_year", "wanted"),
    [
        ("helsingor-2016", date(2016, 6, 1), []),
        ("helsingor-2017", date(2017, 6, 1), [ENDLESS, *HELSINGOER]),
        ("herning-2022", date(2022, 9, 1), [ENDLESS, *HERNING]),
    ],
)
def test_the_shipped_standards_are_warned_about_where_the_source_invites_it(
    name: str, first_year: date, wanted: list[tuple[str, str]]
) -> None:
    assert shipped(name, first_year) == wanted


@pytest.mark.parametrize("name", ["helsingor-2017", "herning-2022"])
def test_a_standard_of_years_ago_is_told_to_be_old(name: str) -> None:
    field, message = shipped(name, date(2026, 3, 1))[0]
    assert field == "valid_from"
    assert "mere end et år gammel" in message


def test_a_warning_has_file_line_and_reason() -> None:
    data = asset("catalogues", "herning-2022.yaml").read_bytes()
    appeal = warnings(parse_catalogue(data, "h.yaml"), "h.yaml", date(2022, 9, 1))[1]
    line = data.decode().split("shuts_out_appeal: true")[0].count("\n") + 1
    assert str(appeal).startswith(
        f"h.yaml, linje {line}, felt »complaint_routes/klippekort/shuts_out_appeal«"
    )
    assert "kan efter loven påklages alligevel" in str(appeal)


@dataclass(frozen=True)
class Doubtful:
    name: str
    old: str
    new: str
    at: str
    says: str


EXCLUDED = "        price:\n          - {amount: 12.50"
TABLE = [
    Doubtful("no end", "valid_to: 2022-12-31\n", "valid_to: null\n", "valid_to", "ingen slutdato"),
    Doubtful("no appeal", "    origin: law", "    origin: law\n    shuts_out_appeal: true", "shuts_out",
             "kan efter loven påklages"),
    Doubtful("tied by a criterion", "har_plan, question", "har_plan, depends_on_service: bad, question",
             "depends_on", "praktisk hjælp kan fx ikke kræve et behov for personlig pleje"),
    Doubtful("a group by a criterion", "har_plan, question", "har_plan, excludes_group: de unge, question",
             "excludes_group", "de unge. En standard kan ikke på forhånd udelukke"),
    Doubtful("the household", "ingen_i_hjemmet, q", "ingen_i_hjemmet, leans_on_household: true, q", "leans_on",
             "rask ægtefælle er ikke i sig selv"),
    Doubtful("a level as a criterion", "Har borgeren en plan?", "Er niveauet mindst niveau 2?", "mindst niveau",
             "kriteriet kræver et niveau"),
    Doubtful("not with another", "        price:\n", "        not_with: [toejvask]\n        price:\n",
             "not_with", "gives ikke sammen med Tøjvask"),
    Doubtful("only with another", "        price:\n", "        only_with: [toejvask, traening]\n        price:\n",
             "only_with", "gives kun sammen med Tøjvask eller Træning"),
    Doubtful("refused by level in a text", EXCLUDED,
             "        excluded: [{text: 'Borgere på niveau 0-1', page: 8}]\n" + EXCLUDED, "niveau 0-1",
             "Et niveau er aldrig i sig selv en grund"),
    Doubtful("refused by level in a remark", "text: Tilbyd vaskeordning.",
             "text: 'På niveau 4 bevilges tøjvask ikke.'", "På niveau 4", "afviser efter niveau"),
    Doubtful("refused by level in the content", EXCLUDED,
             "        content: ['Gulvvask, men ikke på niveau 1']\n" + EXCLUDED, "Gulvvask", "efter niveau"),
    Doubtful("refused by age", EXCLUDED, "        excluded: [{text: Borgere under 65 år, page: 8}]\n" + EXCLUDED,
             "under 65", "efter alder, diagnose eller bolig"),
    Doubtful("refused by diagnosis", EXCLUDED,
             "        excluded: [{text: Borgere med demens, page: 8}]\n" + EXCLUDED, "med demens", "(Ankestyrelsen"),
    Doubtful("refused by housing", EXCLUDED,
             "        excluded: [{text: Beboere i plejebolig, page: 8}]\n" + EXCLUDED, "plejebolig", "31-18"),
    Doubtful("refused for a spouse", EXCLUDED,
             "        excluded: [{text: Borgere med rask ægtefælle, page: 8}]\n" + EXCLUDED, "rask ægtefælle",
             "3-19"),
    Doubtful("open to all", "        level_rule:\n          page: 9\n"
             "          when: {activity: vaske_toej, min: 3, max: 4}\n", "", "id: toejvask",
             "hverken niveauregel eller et kriterium, der åbner den"),
    Doubtful("a gate with a way round it", "criteria: [har_plan]\n",
             "criteria: [{any: [har_plan, ingen_i_hjemmet]}]\n", "id: traening", "foreslået til alle"),
    Doubtful("a criterion nobody uses", "  - {id: har_plan,",
             "  - {id: glemt, question: Er det glemt?, page: 7}\n  - {id: har_plan,", "id: glemt",
             "kriteriet bruges ikke"),
]  # fmt: skip


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_a_doubtful_place_is_named_at_its_line_and_alone(row: Doubtful) -> None:
    assert row.old in GOOD
    text = GOOD.replace(row.old, row.new, 1)
    (found,) = warned(text)
    assert found.line == text[: text.index(row.at)].count("\n") + 1
    assert row.says in str(found)


def test_a_standard_without_doubts_has_no_warnings() -> None:
    assert warned(GOOD) == ()


@pytest.mark.parametrize(
    "harmless",
    [
        "excluded: [{text: 'Havearbejde', page: 8}]",
        "content: ['Gulvvask på niveau 2-4', 'Vinduer ikke']",
        "content: ['Gives på niveau 2. Vinduer vaskes ikke']",
    ],
)
def test_plain_texts_are_left_alone(harmless: str) -> None:
    assert warned(GOOD.replace(EXCLUDED, f"        {harmless}\n{EXCLUDED}")) == ()


def test_a_level_rule_as_a_condition_is_no_reason_to_warn() -> None:
    standard = parse_catalogue(GOOD.encode(), "x").standard
    assert any(
        item.level_rule and not item.level_rule.indicative for item in standard.delydelse_by_id.values()
    )
    assert list(lints(standard, IN_FORCE)) == []


def test_a_gate_on_every_way_keeps_a_delydelse_from_the_list() -> None:
    every_way = GOOD.replace(
        "criteria: [har_plan]\n", "criteria: [{any: [har_plan, {all: [har_plan, kan_ikke_selv]}]}]\n"
    )
    assert warned(every_way) == ()


def test_the_command_warns_and_still_says_that_the_file_is_in_order(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "min.yaml"
    text = GOOD.replace("    origin: law", "    origin: law\n    shuts_out_appeal: true")
    file.write_text(text, "utf-8")
    line = text.split("shuts_out_appeal")[0].count("\n") + 1
    said = run("catalogue", "check", file)
    assert (said.code, said.err) == (0, "")
    assert "provby-2020 er i orden" in said.out
    assert (
        f"Advarsel: {file}, linje {line}, felt »complaint_routes/almindelig/shuts_out_appeal«: " in said.out
    )
    assert "Advarsler: 1. De forhindrer ikke, at standarden bruges." in said.out


def test_the_command_is_silent_about_doubts_when_there_are_none(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "min.yaml"
    file.write_text(GOOD, "utf-8")
    assert "Advars" not in run("catalogue", "check", file).out

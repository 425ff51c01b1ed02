"""From one year's standard to the next: what was added, dropped and changed, in words."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from command_kit import FIXTURES, Run, run

from visitator_tui.catalogue.reader import parse_catalogue
from visitator_tui.domain.standard import Delydelse, Standard, Ydelse
from visitator_tui.domain.standard_diff import PartDiff, StandardDiff, compare
from visitator_tui.domain.standard_process import Process, ReportKind
from visitator_tui.domain.standard_process_wording import REPORT_NAMES, STEP_NAMES

__all__ = ["run"]

Loc = tuple[str | int, ...]
YDELSE: Loc = ("ydelser", 0)
RENGOERING: Loc = (*YDELSE, "delydelser", 0)
TOEJVASK: Loc = (*YDELSE, "delydelser", 1)
TRAENING: Loc = (*YDELSE, "delydelser", 2)


def document(year: int = 2020) -> dict[str, Any]:
    """The invented standard, in force for a year."""
    data = (FIXTURES / "provby-2020.yaml").read_bytes()
    made: dict[str, Any] = json.loads(parse_catalogue(data, "provby").content)
    return made | {"id": f"provby-{year}", "valid_from": f"{year}-01-01", "valid_to": f"{year}-12-31"}


def standard(made: dict[str, Any]) -> Standard:
    return Standard.model_validate_json(json.dumps(made), strict=True)


def put(made: dict[str, Any], loc: Loc, value: object) -> None:
    at: Any = made
    for part in loc[:-1]:
        at = at[part]
    at[loc[-1]] = value


def old_and_new(*edits: tuple[Loc, object]) -> tuple[Standard, Standard]:
    """The standard of 2020, and that of 2021 with the edits."""
    later = document(2021)
    for loc, value in edits:
        put(later, loc, value)
    return standard(document()), standard(later)


def diff(*edits: tuple[Loc, object]) -> StandardDiff:
    return compare(*old_and_new(*edits))


def lines(parts: tuple[PartDiff, ...], part_id: str) -> list[str]:
    return [line for part in parts if part.id == part_id for line in part.lines]


def test_the_same_standard_a_year_later_has_no_differences() -> None:
    same = diff()
    assert (same.general, same.ydelser, same.delydelser) == ((), (), ())


@dataclass(frozen=True)
class Edit:
    field: str
    loc: Loc
    value: object
    says: list[str]


OF_A_DELYDELSE = [
    Edit("name", (*TRAENING, "name"), "Genoptræning", ["Navn: Træning -> Genoptræning"]),
    Edit("law", (*TRAENING, "law", 0, "stk"), "2",
         ["Lovgrundlag: sundhedsloven § 140 -> sundhedsloven § 140, stk. 2"]),
    Edit("purpose", (*TRAENING, "purpose"), ["At komme op igen"], ["Formål: nyt: At komme op igen"]),
    Edit("criteria", (*TRAENING, "criteria"), ["ingen_i_hjemmet"],
         ["Kriterier: Har borgeren en plan? -> Kan ingen i hjemmet?"]),
    Edit("criteria", (*RENGOERING, "criteria", 0, "any"), ["ingen_i_hjemmet", "har_plan"],
         ["Kriterier: mindst ét af: Kan ingen i hjemmet?; (Har borgeren en plan? og Kan borgeren ikke selv?)"
          " -> Kan ingen i hjemmet?; Har borgeren en plan?"]),
    Edit("content", (*TRAENING, "content"), ["Øvelser"], ["Indhold: nyt: Øvelser"]),
    Edit("excluded", (*TRAENING, "excluded"), [{"text": "Svømning", "page": 9}], ["Gives ikke: nyt: Svømning"]),
    Edit("extent", (*RENGOERING, "extent", "times_max"), 3,
         ["Omfang: 1-2 gange hver anden uge, 45 minutter ad gangen -> "
          "1-3 gange hver anden uge, 45 minutter ad gangen"]),
    Edit("price", (*RENGOERING, "price"), [{"amount": 1250, "per": "gang", "what": "Sæbe", "year": 2020}],
         ["Pris: Sæbe: 12,50 kr. pr. gang (2020) -> 1.250,00 kr. pr. gang (2020)"]),
    Edit("supplier", (*TRAENING, "supplier"), [{"text": "Kommunen", "page": 9}], ["Leverandør: nyt: Kommunen"]),
    Edit("delivery_reliability", (*TRAENING, "delivery_reliability"), [{"text": "Til tiden", "page": 9}],
         ["Leverancesikkerhed: nyt: Til tiden"]),
    Edit("citizen_duties", (*TRAENING, "citizen_duties"), [{"text": "Du møder", "page": 9}],
         ["Borgeren skal: nyt: Du møder"]),
    Edit("review", (*TRAENING, "review"), [{"text": "Hvert år", "page": 9}], ["Opfølgning: nyt: Hvert år"]),
    Edit("deadlines", ("deadlines", 0, "decision", "amount"), 3,
         ["Frister: Praktisk hjælp: afgørelse 4 uger, start 10 hverdage -> afgørelse 3 uger, start 10 hverdage"]),
    Edit("deadlines", ("deadlines", 0, "start_counts_from"), "order",
         ["Frister: Praktisk hjælp: afgørelse 4 uger, start 10 hverdage -> "
          "afgørelse 4 uger, start 10 hverdage fra bestillingen"]),
    Edit("complaint_routes", ("complaint_routes", 0, "shuts_out_appeal"), True,
         ["Klageadgang: Klage til kommunen: Ankestyrelsen, frist 4 uger -> "
          "Ankestyrelsen, frist 4 uger, lukker for klage"]),
    Edit("level_rule", (*TOEJVASK, "level_rule", "when", "min"), 2, ["Niveauregel: at vaske tøj: 3-4 -> 2-4"]),
    Edit("level_rule", (*RENGOERING, "level_rule", "when", "all", 1, "any", 1, "overall", "max"), 2,
         ["Niveauregel: Samlet funktionsniveau: 2-4 -> 2"]),
    Edit("level_rule", (*RENGOERING, "level_rule", "when", "all", 1),
         {"at_least": 1, "of": [{"activity": "vaske_toej", "min": 1}, {"overall": {"min": 2}}]},
         ["Niveauregel: at gøre rent: 2-4 og (at vaske tøj: 1-4 eller Samlet funktionsniveau: 2-4) -> "
          "at gøre rent: 2-4 og (mindst 1 af: at vaske tøj: 1-4 og Samlet funktionsniveau: 2-4)"]),
    Edit("level_rule", (*TOEJVASK, "level_rule", "indicative"), True,
         ["Niveauregel: at vaske tøj: 3-4 -> vejledende, at vaske tøj: 3-4"]),
    Edit("level_rule", (*TOEJVASK, "level_rule"), None, ["Niveauregel: udgår: at vaske tøj: 3-4"]),
    Edit("variants", (*RENGOERING, "variants", 1, "extent", "times"), 3,
         ["Varianter: Stor: 2 gange om ugen -> 3 gange om ugen"]),
    Edit("remarks", (*TOEJVASK, "remarks", 0, "when", "min"), 3,
         ["Til visitator: ved at vaske tøj: 4: Tilbyd vaskeordning. -> ved at vaske tøj: 3-4: Tilbyd vaskeordning."]),
    Edit("described", (*TRAENING, "described"), False, ["Beskrivelse: beskrevet -> kun navnet"]),
    Edit("granted_by_visitator", (*TRAENING, "granted_by_visitator"), False,
         ["Bevilges af: visitator -> andre end visitator"]),
    Edit("granted_by", (*TRAENING, "granted_by"), {"text": "Sygehuset", "page": 9},
         ["Bevilges af: visitator -> Sygehuset"]),
    Edit("not_with", (*TRAENING, "not_with"), ["toejvask"], ["Gives ikke sammen med: nyt: Tøjvask"]),
    Edit("help_kind", (*TRAENING, "help_kind"), "practical", ["Slags hjælp: nyt: praktisk hjælp"]),
    Edit("only_with", (*TRAENING, "only_with"), ["toejvask"], ["Gives kun sammen med: nyt: Tøjvask"]),
]  # fmt: skip


@pytest.mark.parametrize("edit", OF_A_DELYDELSE, ids=lambda edit: f"{edit.field} {edit.loc[-1]}")
def test_a_change_of_a_delydelse_is_said_in_words(edit: Edit) -> None:
    found = {line for part in diff((edit.loc, edit.value)).delydelser for line in part.lines}
    assert found == set(edit.says)


OF_THE_WHOLE = [
    Edit("unit", ("unit",), "Visitationen", ["Enhed: Visitationen i Prøvby -> Visitationen"]),
    Edit("classification", ("classification",), "Fælles Sprog III",
         ["Klassifikation: Fælles Sprog II -> Fælles Sprog III"]),
    Edit("levels", ("levels", 2, "meaning"), "Klarer noget.",
         ["Niveauer: 2 Moderate begrænsninger: Klarer en del. -> Klarer noget."]),
    Edit("goals", ("goals", 1), {"id": "lindre", "name": "Lindre", "meaning": "Et godt liv.", "page": 3},
         ["Mål: Fastholde: Borgeren beholder evnen. -> Lindre: Et godt liv."]),
    Edit("areas", ("areas", 1, "activities"), [], ["Områder: Arbejde: har arbejde (ja/nej) -> ingen aktiviteter"]),
    Edit("considerations", ("considerations", 0, "outcomes", 1, "label"), "Nej, ikke nu",
         ["Skal overvejes først: Kan evnen genvindes?: Kan borgeren få hjælp til at klare det selv igen? "
          "Ja, et forløb; Nej -> Kan borgeren få hjælp til at klare det selv igen? Ja, et forløb; Nej, ikke nu"]),
    Edit("process", ("process",),
         {"appointment": {"page": 15, "within": {"amount": 5, "unit": "weekdays"}}, "reports": {"other": {"page": 33}},
          "no_shows": {"page": 85, "limit": 2, "delydelser": ["traening"]}},
         ["Skridt i sagen: nyt: Aftale om samtalen: 5 hverdage",
          "Skridt i sagen: nyt: Henvendelse fra leverandøren, andet: skal ske",
          "Skridt i sagen: nyt: Udeblivelser: højst 2 udeblivelser, for traening"]),
    Edit("supplier_choice", ("supplier_choice",), [{"text": "Du vælger"}], ["Valg af leverandør: nyt: Du vælger"]),
    Edit("delivery_reliability", ("delivery_reliability",), [{"text": "Til tiden"}],
         ["Leverancesikkerhed: nyt: Til tiden"]),
    Edit("citizen_duties", ("citizen_duties",), [{"text": "Du er hjemme"}], ["Borgeren skal: nyt: Du er hjemme"]),
    Edit("complaint_routes", ("complaint_routes", 0, "text"), ["Du kan klage til {unit} inden seks uger."],
         ["Klagevejledning, Klage til kommunen: Du kan klage til {unit} inden fire uger. -> "
          "Du kan klage til {unit} inden seks uger."]),
]  # fmt: skip


@pytest.mark.parametrize("edit", OF_THE_WHOLE, ids=lambda edit: edit.field)
def test_a_change_for_all_help_is_said_once(edit: Edit) -> None:
    found = diff((edit.loc, edit.value))
    said = [f"{one.field}: {difference}" for one in found.general for difference in one.differences]
    assert said == edit.says


def test_a_deadline_of_no_help_is_among_what_is_for_all() -> None:
    more = {"id": "bil", "name": "Bil", "decision": {"amount": 5, "unit": "months"}, "page": 5}
    found = diff((("deadlines",), [*document()["deadlines"], more]))
    assert [str(one.differences[0]) for one in found.general] == ["nyt: Bil: afgørelse 5 måneder"]


NOT_COMPARED = {
    Delydelse: {"id", "page", "line", "law_note", "notes", "keywords"},
    Standard: {
        "format", "id", "municipality", "municipality_name", "title", "approved", "valid_from", "valid_to",
        "complete", "source", "notes", "criteria", "ydelser", "deadlines",
    },
}  # fmt: skip
"""Places, notes on the transcription, the head; and what is compared at the delydelser."""


def test_no_field_is_forgotten_by_the_comparison() -> None:
    assert set(Delydelse.model_fields) - NOT_COMPARED[Delydelse] == {one.field for one in OF_A_DELYDELSE}
    assert set(Standard.model_fields) - NOT_COMPARED[Standard] == {one.field for one in OF_THE_WHOLE}
    assert set(STEP_NAMES) == set(Process.model_fields)
    assert set(REPORT_NAMES) == set(get_args(ReportKind))
    assert set(Ydelse.model_fields) - set(Delydelse.model_fields) == {"module", "delydelser"}


def test_what_was_added_and_what_was_dropped_has_its_page() -> None:
    items = document(2021)["ydelser"][0]["delydelser"]
    other = {**items[2], "id": "loebetraening", "name": "Løbetræning", "page": 14}
    found = diff(((*YDELSE, "delydelser"), [*items[:2], other]))
    statuses = {(part.status, part.name, part.old_place, part.new_place) for part in found.delydelser}
    assert ("dropped", "Træning", "s. 10", "") in statuses
    assert ("added", "Løbetræning", "", "s. 14") in statuses
    assert set(found.touched) == {"traening"}


def test_both_pages_of_a_change_are_given() -> None:
    (part,) = (
        one
        for one in diff(((*TRAENING, "name"), "Genoptræning"), ((*TRAENING, "page"), 12)).delydelser
        if one.id == "traening"
    )
    assert (part.old_place, part.new_place) == ("s. 10", "s. 12")


def test_new_pages_alone_are_no_change() -> None:
    found = diff(((*TRAENING, "page"), 12), (("criteria", 0, "page"), 40), ((*YDELSE, "page"), 7))
    assert found.delydelser == ()


def test_a_name_that_got_another_id_is_not_dropped_and_added() -> None:
    found = diff(((*TRAENING, "id"), "traening_140"))
    (part,) = (one for one in found.delydelser if one.name == "Træning")
    assert (part.status, part.id, part.new_id) == ("changed", "traening", "traening_140")
    assert part.lines == ("Id: traening -> traening_140",)


def test_a_criterion_that_only_got_another_id_is_no_change() -> None:
    found = diff((("criteria", 2, "id"), "plan"), ((*TRAENING, "criteria"), ["plan"]),
                 ((*RENGOERING, "criteria", 0, "any", 1, "all"), ["plan", "kan_ikke_selv"]))  # fmt: skip
    assert found.delydelser == ()


def test_a_change_of_the_ydelse_reaches_the_delydelser_that_take_it_from_there() -> None:
    found = diff(((*YDELSE, "law"), [{"act": "serviceloven", "paragraph": "83 b"}]))
    wanted = "Lovgrundlag: serviceloven § 83, stk. 1, nr. 2 -> serviceloven § 83 b"
    assert lines(found.ydelser, "praktisk_hjaelp") == [wanted]
    assert wanted in lines(found.delydelser, "rengoering")
    assert lines(found.delydelser, "toejvask") == [wanted]
    assert lines(found.delydelser, "traening") == []  # it has a law of its own


def stub(*kept: int, complete: bool = False) -> Standard:
    made = document()
    items = made["ydelser"][0]["delydelser"]
    made["complete"] = complete
    made["ydelser"][0]["delydelser"] = [items[at] for at in kept]
    return standard(made)


def test_what_a_stub_leaves_out_is_not_reported_as_new() -> None:
    new = standard(document(2021))
    found = compare(stub(1), new)
    assert found.incomplete == ("provby-2020",)
    assert found.delydelser == ()
    whole = compare(stub(1, complete=True), new)
    assert [part.status for part in whole.delydelser] == ["added", "added"]


def test_what_a_stub_leaves_out_at_the_end_is_not_reported_as_dropped() -> None:
    found = compare(standard(document(2019)), stub(1))
    assert found.delydelser == ()


def test_of_a_part_known_by_name_the_notes_are_told() -> None:
    made = document()
    made["complete"] = False
    made["ydelser"][0]["delydelser"][2] |= {
        "described": False,
        "notes": [{"text": "Blev kortere.", "page": 3}],
    }
    found = compare(standard(made), standard(document(2021)))
    (part,) = (one for one in found.delydelser if one.id == "traening")
    assert (part.status, part.changes, part.said) == ("changed", (), ("Blev kortere.",))


# -- the shipped ones ------------------------------------------------------------------------------

DROPPED_IN_2017 = [
    "Tilsyn", "Psykisk hjælp og støtte 3", "Psykisk hjælp og støtte 4", "Personlig ledsagelse", "Klippekort",
    "Rehab - Psykisk hjælp og støtte 3", "Rehab - Psykisk hjælp og støtte 4", "Rehab - Tilsyn",
]  # fmt: skip


def test_what_helsingoer_dropped_in_2017_and_nothing_that_the_stub_does_not_hold(run: Run) -> None:
    said = run("catalogue", "diff", "helsingor-2016", "helsingor-2017", "--json")
    found = json.loads(said.out)
    assert [one["name"] for one in found["delydelser"] if one["status"] == "dropped"] == DROPPED_IN_2017
    assert [one["status"] for one in found["delydelser"] + found["ydelser"]].count("added") == 0
    assert found["incomplete"] == ["helsingor-2016"]
    changed = {one["id"] for one in found["delydelser"] if one["status"] == "changed"}
    assert {"rengoering_oprydning", "aflastningsophold", "doegngenoptraening_sundhedsloven"} <= changed


def test_the_command_says_that_it_compared_only_a_part_and_why_things_were_dropped(run: Run) -> None:
    said = run("catalogue", "diff", "helsingor-2016", "helsingor-2017")
    assert (said.code, said.err) == (0, "")
    text = " ".join(said.out.split())
    assert (
        "helsingor-2016 er kun en del af en standard. Det, der ikke står i den, er ikke sammenlignet." in text
    )
    assert "UDGÅR (8)" in text
    assert "NYT" not in text
    assert "Klippekort - Personlig hjælp og pleje (s. 9) Udgik fra 2017 efter et budgetforlig." in text


def test_a_standard_compared_with_itself(run: Run) -> None:
    assert "Der er ingen forskelle." in run("catalogue", "diff", "herning-2022", "herning-2022").out


def test_standards_the_wrong_way_round_or_of_two_municipalities_are_remarked_on(run: Run) -> None:
    swapped = run("catalogue", "diff", "helsingor-2017", "helsingor-2016").out
    assert "Er de byttet om?" in " ".join(swapped.split())
    strangers = run("catalogue", "diff", "helsingor-2017", "herning-2022").out
    assert "en anden kommunes" in " ".join(strangers.split())


@pytest.fixture
def next_year(tmp_path: Path) -> Path:
    text = (FIXTURES / "provby-2020.yaml").read_text("utf-8")
    text = text.replace("provby-2020", "provby-2023").replace("2020-01-01", "2023-01-01")
    text = text.replace("2022-12-31", "2023-12-31").replace("min: 3, max: 4", "min: 2, max: 4")
    text = text.replace("decision: {amount: 4", "decision: {amount: 3").replace(
        "      - id: traening\n", "      - id: ridning\n"
    )
    file = tmp_path / "provby-2023.yaml"
    file.write_text(text.replace("name: Træning", "name: Ridning"), "utf-8")
    return file


def test_a_file_can_be_compared_with_a_catalogue_at_hand(run: Run, next_year: Path) -> None:
    said = run("catalogue", "diff", "provby-2020", next_year)
    assert (said.code, said.err) == (0, "")
    text = " ".join(said.out.split())
    assert "UDGÅR (1) Træning - Praktisk hjælp (s. 10)" in text
    assert "NYT (1) Ridning - Praktisk hjælp (s. 10)" in text
    assert "Tøjvask - Praktisk hjælp (s. 9, før s. 9) Niveauregel: at vaske tøj: 3-4 -> 2-4" in text


def test_what_is_changed_for_a_whole_ydelse_is_told_once(run: Run, next_year: Path) -> None:
    text = " ".join(run("catalogue", "diff", "provby-2020", next_year).out.split())
    assert "Praktisk hjælp, hele ydelsen (s. 8, før s. 8)" in text
    assert text.count("afgørelse 3 uger") == 1
    assert "Rengøring" not in text


def test_a_broken_file_and_an_unknown_id_are_named(run: Run, tmp_path: Path) -> None:
    broken = tmp_path / "ny.yaml"
    broken.write_text("format: [", "utf-8")
    assert "ny.yaml, linje 1" in run("catalogue", "diff", "provby-2020", broken).err
    unknown = run("catalogue", "diff", "provby-2021", "provby-2020")
    assert (unknown.code, "»provby-2020«" in unknown.err) == (2, True)
    assert "findes ikke" in run("catalogue", "diff", "provby-2020", tmp_path / "x.yaml").err


def test_the_day_it_starts_is_the_new_standards() -> None:
    assert diff().starts == date(2021, 1, 1)


def test_comparing_changes_neither_standard() -> None:
    old, new = old_and_new()
    kept = copy.deepcopy((old, new))
    compare(old, new)
    assert (old, new) == kept

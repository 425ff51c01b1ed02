"""``case`` and ``suggest``: what a script or a visitator gets on standard output, and what stops her."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_kit import DONE, Run, case_file, run, without

__all__ = ["run"]


def test_the_schema_is_json(run: Run) -> None:
    said = run("case", "schema")
    assert (said.code, said.err) == (0, "")
    assert json.loads(said.out)["title"] == "visitator-case/1"


def test_a_finished_case_lacks_nothing(run: Run, tmp_path: Path) -> None:
    said = run("case", "check", case_file(tmp_path))
    assert (said.code, said.err) == (0, "")
    assert "Intet mangler før afgørelsen." in said.out


def test_what_is_missing_is_listed_by_step_with_its_source_and_is_no_error(run: Run, tmp_path: Path) -> None:
    document = without("own_view")
    del document["decision"]["by"]
    said = run("case", "check", case_file(tmp_path, document))
    assert said.code == 0
    lines = said.out.splitlines()
    view, decision = lines.index("Egen vurdering"), lines.index("Afgørelse")
    assert view < decision
    assert "mangler: Borgerens egen vurdering mangler. (Helsingør 2017, s. 16)" in lines[view + 1]
    assert "Der står ikke, hvem der træffer afgørelsen." in lines[decision + 1]
    assert "Mangler før afgørelsen: 2." in lines[-1]


def test_a_case_without_a_date_is_checked_against_the_standard_of_today(run: Run, tmp_path: Path) -> None:
    said = run("case", "check", case_file(tmp_path, {"municipality": "provby"}))
    assert said.code == 0
    assert "Sagen har ingen dato endnu" in said.out
    assert "provby-2020" in said.out


def test_a_case_comes_in_on_standard_input(run: Run) -> None:
    said = run("case", "check", "-", stdin=json.dumps(DONE, ensure_ascii=False).encode())
    assert said.code == 0
    assert run("suggest", "-", stdin=b"").code == 2


def test_suggestions_as_json_keep_the_contract(run: Run, tmp_path: Path) -> None:
    said = run("suggest", case_file(tmp_path), "--json")
    document = json.loads(said.out)
    assert (said.code, document["catalogue"]) == (0, "provby-2020")
    by_id = {one["delydelse"]: one for one in document["suggestions"]}
    assert list(by_id) == ["rengoering", "toejvask", "traening"]
    assert by_id["rengoering"]["verdict"] == "fits"
    assert by_id["rengoering"]["level_rule"] == "met"
    assert by_id["rengoering"]["because"][0] == "at gøre rent: 3 (kriterium 2-4)"
    assert by_id["rengoering"]["source"]["file"] == "provby.pdf"
    assert by_id["rengoering"]["source"]["page"] == 8
    assert by_id["toejvask"]["verdict"] == "ruled_out"
    assert by_id["traening"]["verdict"] == "open"
    assert by_id["traening"]["open_criteria"] == ["har_plan"]
    contract = {
        "delydelse", "name", "ydelse", "verdict", "level_rule", "near", "because", "open_criteria",
        "failed_criteria", "granted_by_visitator", "source",
    }  # fmt: skip
    assert all(contract <= set(one) for one in document["suggestions"])


def test_suggestions_for_a_person_are_grouped_with_reasons_and_page(run: Run, tmp_path: Path) -> None:
    said = run("suggest", case_file(tmp_path))
    assert said.code == 0
    assert "Visitator afgør" in said.out
    fits, ruled_out = said.out.index("PASSER (1)"), said.out.index("PASSER IKKE (1)")
    assert fits < said.out.index("Rengøring - Praktisk hjælp (s. 8)") < ruled_out
    assert ruled_out < said.out.index("Tøjvask - Praktisk hjælp (s. 9)")
    assert "at vaske tøj: 1 (kriterium 3-4)" in said.out
    assert "Har borgeren en plan? [har_plan]: 1 delydelse" in said.out


def test_a_step_from_fitting_is_told(run: Run, tmp_path: Path) -> None:
    document = json.loads(json.dumps(DONE))
    document["assessment"]["activities"]["vaske_toej"]["level"] = 2
    document["decision"]["items"] = []
    said = run("suggest", case_file(tmp_path, document))
    assert "Niveauet passer, hvis at vaske tøj er 3." in said.out


def test_an_old_standard_is_warned_about(run: Run, tmp_path: Path) -> None:
    document = json.loads(json.dumps(DONE))
    document["decision"]["decided_on"] = "2022-06-01"
    assert "har været gældende siden" in run("suggest", case_file(tmp_path, document)).out
    assert "mere end et år gammel" not in run("suggest", case_file(tmp_path)).out


def test_another_standard_can_be_asked_for(run: Run, tmp_path: Path) -> None:
    file = case_file(tmp_path, {"municipality": "helsingor"})
    said = run("suggest", file, "--json", "--catalogue", "herning-2022")
    assert json.loads(said.out)["catalogue"] == "herning-2022"
    said = run("suggest", file, "--catalogue", "herning-2002")
    assert (said.code, said.out) == (2, "")
    assert "Mente du »herning-2022«?" in said.err


@pytest.mark.parametrize("command", [["case", "check"], ["suggest"], ["suggest", "--json"]])
@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "filen er tom"),
        ("{", "linje 1, kolonne 2"),
        ('{"municipality": "provby", "citzen": {}}', "Mente du »citizen«?"),
        ('{"municipality": "provby", "assessment": {"activities": {"goere_rent": {"level": 5}}}}', "over 4"),
        ('{"municipality": "provby", "assessment": {"activities": {"gore_rent": {}}}}', "»goere_rent«"),
        ('{"municipality": "prøvby"}', "Mente du »provby«?"),
        ('{"municipality": "provby", "enquiry": {"received_on": "2019-12-31"}}', "31. december 2019"),
        ('{"municipality": "provby", "citizen": {"cpr": "991399-1234"}}', "de første seks cifre"),
    ],
)
def test_bad_input_is_one_danish_message_and_code_two(
    run: Run, tmp_path: Path, command: list[str], content: str, says: str
) -> None:
    file = tmp_path / "sag.json"
    file.write_text(content, "utf-8")
    said = run(*command, file)
    assert (said.code, said.out) == (2, "")
    assert says in said.err
    assert "Traceback" not in said.err
    assert "991399" not in said.err


def test_a_missing_file_is_named_without_a_cpr_number(run: Run, tmp_path: Path) -> None:
    said = run("suggest", tmp_path / "040538-1234.json")
    assert said.code == 2
    assert "findes ikke" in said.err
    assert "040538" not in said.err

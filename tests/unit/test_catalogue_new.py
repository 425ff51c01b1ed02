"""A municipality's own standard: from nothing, from another year, and into the program."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from command_kit import FIXTURES, Run, run

from visitator_tui import composition
from visitator_tui.catalogue import CatalogueFolder
from visitator_tui.catalogue.reader import parse_catalogue
from visitator_tui.catalogue.schema import SCHEMA_FILE

__all__ = ["run"]


def filled(text: str) -> str:
    """The file as it stands when somebody has written something at every marked place."""
    text = re.sub(r"'UDFYLD[^\n]*'", "Skrevet", text)
    return re.sub(r"(page|amount): UDFYLD[^\n]*", r"\1: 4", text).replace("UDFYLD", "Skrevet")


def marked_lines(text: str) -> list[int]:
    lines = text.splitlines()
    return [at for at, line in enumerate(lines, 1) if "UDFYLD" in line and not line.startswith("#")]


# -- from the template -----------------------------------------------------------------------------


@pytest.fixture
def template(run: Run, tmp_path: Path) -> Path:
    file = tmp_path / "soeby.yaml"
    assert run("catalogue", "new", "soeby", "--name", "Søby Kommune", "-o", file).code == 0
    return file


def test_the_template_begins_with_the_municipality_next_year_and_the_schema(template: Path) -> None:
    text = template.read_text("utf-8")
    assert text.startswith(f"# yaml-language-server: $schema={SCHEMA_FILE}\n")
    assert "id: soeby-2021\nmunicipality: soeby\nmunicipality_name: Søby Kommune\n" in text
    assert "valid_from: 2021-01-01\nvalid_to: 2021-12-31\n" in text
    assert "{{" not in text


def test_until_the_marked_places_are_filled_in_each_is_named_at_its_line(run: Run, template: Path) -> None:
    said = run("catalogue", "check", template)
    assert (said.code, said.out) == (2, "")
    named = [
        int(line) for line in re.findall(r"linje (\d+), felt .*: stedet er ikke udfyldt\. Skriv ", said.err)
    ]
    assert named == marked_lines(template.read_text("utf-8"))
    assert len(named) == len(said.err.splitlines())


def test_with_the_marked_places_filled_in_it_passes_without_a_warning(run: Run, template: Path) -> None:
    template.write_text(filled(template.read_text("utf-8")), "utf-8")
    said = run("catalogue", "check", template)
    assert (said.code, said.err) == (0, "")
    assert said.out == (
        "soeby-2021 er i orden: Skrevet standardens titel, 1. januar 2021 til 31. december 2021. Ydelser: 1, "
        "delydelser: 1, kriterier: 1, niveauregler: 1.\n"
    )


def test_what_is_commented_out_in_the_template_can_be_used(template: Path) -> None:
    _, _, fields = filled(template.read_text("utf-8")).partition("format:")
    assert "UDFYLD" not in fields
    used = "format:" + re.sub(r"^( *)# (?=[a-z_]+:( |$)|- |  )", r"\1", fields, flags=re.M)
    standard = parse_catalogue(used.encode(), "soeby").standard
    assert {one.id for one in standard.criteria} == {"kan_ikke_selv_goere_rent", "har_genoptraeningsplan"}
    item = standard.delydelse_by_id["rengoering"]
    assert item.variants
    assert item.price
    assert item.excluded
    assert item.level_rule
    assert item.level_rule.indicative
    assert standard.process.appointment
    assert standard.notes
    assert standard.areas[0].activities[0].cues


def test_a_file_is_never_written_over(run: Run, template: Path) -> None:
    before = template.read_bytes()
    said = run("catalogue", "new", "soeby", "--name", "Søby Kommune", "-o", template)
    assert (said.code, said.out) == (2, "")
    assert "findes allerede og bliver ikke skrevet over" in said.err
    assert template.read_bytes() == before


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["Søby", "--name", "Søby Kommune"], "Mente du »soeby«?"),
        (["Ny By-Nord", "--name", "x"], "Mente du »ny_by_nord«?"),
        (["!!!", "--name", "x"], "små bogstaver"),
        (["soeby"], "Skriv kommunens navn: --name"),
        (["soeby", "--name", "Søby: # Kommune"], "må kun have bogstaver"),
        (["soeby", "--name", "Søby", "--from", "provby-2021"], "Mente du »provby-2020«?"),
    ],
)
def test_what_cannot_be_begun_is_told_and_nothing_is_written(
    run: Run, tmp_path: Path, argv: list[str], says: str
) -> None:
    file = tmp_path / "ny.yaml"
    said = run("catalogue", "new", *argv, "-o", file)
    assert (said.code, says in said.err) == (2, True), said.err
    assert not file.exists()


def test_a_folder_that_is_not_there_is_named(run: Run, tmp_path: Path) -> None:
    said = run("catalogue", "new", "soeby", "--name", "Søby Kommune", "-o", tmp_path / "mappe" / "ny.yaml")
    assert said.code == 2
    assert "Se efter, om mappen findes" in said.err


# -- as a copy -------------------------------------------------------------------------------------


@pytest.mark.parametrize("source", ["helsingor-2017", "herning-2022", "helsingor-2016", "provby-2020"])
def test_a_copy_has_all_of_the_standard_and_another_head(run: Run, tmp_path: Path, source: str) -> None:
    file = tmp_path / "kopi.yaml"
    said = run("catalogue", "new", "soeby", "--name", "Søby Kommune", "--from", source, "-o", file)
    assert (said.code, said.err) == (0, "")
    copied = parse_catalogue(filled(file.read_text("utf-8")).encode(), "kopi").standard
    old = composition.catalogues().by_id(source)
    head = {
        "id",
        "municipality",
        "municipality_name",
        "title",
        "approved",
        "valid_from",
        "valid_to",
        "source",
    }
    assert copied.model_dump(exclude=head) == old.model_dump(exclude=head)
    assert (copied.id, copied.municipality, copied.municipality_name) == (
        "soeby-2021",
        "soeby",
        "Søby Kommune",
    )
    assert (copied.valid_from, copied.valid_to) == (date(2021, 1, 1), date(2021, 12, 31))
    assert copied.source.locator == old.source.locator


def test_a_copy_keeps_the_comments_and_marks_what_only_the_maintainer_knows(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "kopi.yaml"
    run("catalogue", "new", "helsingor", "--from", "helsingor-2017", "-o", file)
    text = file.read_text("utf-8")
    assert "id: helsingor-2021\n" in text  # the year after the last, or next year
    assert "municipality_name: 'Helsingør Kommune'\n" in text
    assert "# Kopi af helsingor-2017." in text
    assert "  # Fælles for flere ydelser\n" in text
    said = run("catalogue", "check", file)
    assert [line.split("felt »")[1].split("«")[0] for line in said.err.splitlines()] == [
        "title", "approved", "source/file",
    ]  # fmt: skip
    assert "(før: Socialudvalget den 1. december 2016)" in said.err


def test_the_copy_of_a_coming_standard_is_for_the_year_after_it(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "kopi.yaml"
    run("catalogue", "new", "herning", "--from", "herning-2022", "-o", file)
    assert "id: herning-2023\n" in file.read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Kvalitetsstandarder 2020", "title: >-\n  Kvalitetsstandarder\n  2020"),
        ("valid_to: 2022-12-31\n", ""),
        ("valid_to: 2022-12-31\n", "valid_to: null\n\n# et ord om kilden\n\n"),
        ("format: visitator-catalogue/1", '"format": visitator-catalogue/1'),
        ("unit: Visi", "approved: 'Byrådet: i går'\nunit: Visi"),
        ("\n", "\r\n"),
        ("source:\n  file: provby.pdf\n  locator: page", "source: {file: provby.pdf, locator: page}"),
        ("municipality_name: Prøvby Kommune", "municipality_name: &navn Prøvby Kommune"),
    ],
)
def test_a_copy_manages_other_ways_of_writing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    text = (FIXTURES / "provby-2020.yaml").read_text("utf-8")
    (own / "provby.yaml").write_bytes(text.replace(old, new).encode())
    catalogues = CatalogueFolder((own,), None)
    monkeypatch.setattr(composition, "catalogues", lambda: catalogues)
    file = tmp_path / "kopi.yaml"
    said = run("catalogue", "new", "provby", "--from", "provby-2020", "-o", file)
    assert (said.code, said.err) == (0, "")
    copied = parse_catalogue(filled(file.read_text("utf-8")).encode(), "kopi").standard
    assert (copied.id, copied.valid_to) == ("provby-2021", date(2021, 12, 31))


def test_a_file_on_one_line_is_not_copied_wrongly(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "en.yaml").write_text(
        parse_catalogue((FIXTURES / "provby-2020.yaml").read_bytes(), "x").content, "utf-8"
    )
    catalogues = CatalogueFolder((tmp_path,), None)
    monkeypatch.setattr(composition, "catalogues", lambda: catalogues)
    said = run("catalogue", "new", "provby", "--from", "provby-2020", "-o", tmp_path / "kopi.yml")
    assert said.code == 2
    assert "ikke kan kopieres linje for linje" in said.err
    assert not (tmp_path / "kopi.yml").exists()


# -- into the program ------------------------------------------------------------------------------


def program(home: Path, *argv: str) -> subprocess.CompletedProcess[str]:
    """The program itself, at home in a folder of its own."""
    places = {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("DATA", "CONFIG", "CACHE")}
    environment = {**os.environ, **places, "HOME": str(home), "USERPROFILE": str(home), "PYTHONUTF8": "1"}
    environment |= {"APPDATA": str(home / "data"), "LOCALAPPDATA": str(home / "data")}
    environment["WIN_PD_OVERRIDE_LOCAL_APPDATA"] = str(home / "data")
    return subprocess.run(
        [sys.executable, *argv],
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_an_own_standard_goes_from_new_to_the_list_and_into_force(tmp_path: Path) -> None:
    asked = "from visitator_tui.settings import own_catalogues; print(own_catalogues())"
    own = Path(program(tmp_path, "-c", asked).stdout.strip())
    if tmp_path not in own.parents:
        pytest.skip("this system does not let the data folder be moved")
    own.mkdir(parents=True)
    file = own / "soeby.yaml"
    made = program(
        tmp_path,
        "-m",
        "visitator_tui",
        "catalogue",
        "new",
        "soeby",
        "--name",
        "Søby Kommune",
        "-o",
        str(file),
    )
    assert made.returncode == 0, made.stderr
    assert str(own) in made.stdout

    listed = program(tmp_path, "-m", "visitator_tui", "catalogue", "list")
    assert "soeby" not in listed.stdout  # not filled in: left out and named, the rest stays
    assert f"Udeladt: {file}, linje" in listed.stderr
    assert "herning-2022" in listed.stdout

    text = filled(file.read_text("utf-8"))
    year = re.search(r"valid_from: (\d{4})", text)
    assert year is not None
    file.write_text(text, "utf-8")
    listed = program(tmp_path, "-m", "visitator_tui", "catalogue", "list")
    assert listed.stderr == ""
    assert "Søby Kommune" in listed.stdout
    assert "rengoering: Rengøring, serviceloven § 83, stk. 1, nr. 2, s. 4" in listed.stdout
    assert "helsingor-2017" in listed.stdout

    case = tmp_path / "sag.json"
    case.write_text(
        json.dumps({"municipality": "soeby", "enquiry": {"received_on": f"{year[1]}-03-01"}}), "utf-8"
    )
    said = program(tmp_path, "-m", "visitator_tui", "suggest", str(case), "--json")
    assert json.loads(said.stdout)["catalogue"] == f"soeby-{year[1]}"


def test_a_start_with_read_catalogues_needs_neither_yaml_nor_cpr_rules(tmp_path: Path) -> None:
    asked = (
        "import sys; from visitator_tui import composition; composition.catalogues().all(); "
        "print([name for name in ('yaml', 'stdnum') if name in sys.modules])"
    )
    program(tmp_path, "-c", asked)
    assert program(tmp_path, "-c", asked).stdout.strip() == "[]"

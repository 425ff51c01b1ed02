"""``letter``: a PDF when the decision is whole, the reasons when it is not, and never half a file."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pypdf
import pytest
from command_kit import DONE, Run, case_file, run, without

__all__ = ["run"]


def test_a_finished_decision_becomes_a_letter(run: Run, tmp_path: Path) -> None:
    said = run("letter", case_file(tmp_path), "-o", tmp_path / "brev.pdf")
    assert (said.code, said.err) == (0, "")
    assert "brev.pdf" in said.out
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "brev.pdf").pages)
    assert "Åse Ærø Østergård" in text
    assert "Rengøring" in text


def test_a_new_letter_takes_the_place_of_an_old_one(run: Run, tmp_path: Path) -> None:
    old = tmp_path / "brev.pdf"
    old.write_bytes(b"gammel")
    assert run("letter", case_file(tmp_path), "-o", old).code == 0
    assert old.read_bytes().startswith(b"%PDF")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["brev.pdf", "sag.json"]


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("citizen.name", "Henvendelse: Borgerens navn mangler."),
        ("own_view", "Egen vurdering: Borgerens egen vurdering mangler."),
        ("assessment.areas.arbejde", "Hverdagsliv: Arbejde: tag stilling"),
        ("decision.decided_on", "Afgørelse: Datoen for afgørelsen mangler."),
        ("decision.items.0.reason", "Rengøring: begrundelse mangler."),
        ("considerations", "Kan evnen genvindes?"),
    ],
)
def test_an_unfinished_decision_is_refused_with_its_reasons(
    run: Run, tmp_path: Path, path: str, says: str
) -> None:
    old = tmp_path / "brev.pdf"
    old.write_bytes(b"gammel")
    said = run("letter", case_file(tmp_path, without(path)), "-o", old)
    assert (said.code, said.out) == (2, "")
    assert "Brevet kan ikke skrives, for afgørelsen er ikke færdig." in said.err
    assert says in said.err
    assert old.read_bytes() == b"gammel"


def test_what_may_be_passed_is_remarked_and_the_letter_written(run: Run, tmp_path: Path) -> None:
    said = run("letter", case_file(tmp_path, without("own_view.matters_most")), "-o", tmp_path / "brev.pdf")
    assert said.code == 0
    assert "Bemærk: Egen vurdering: Der står ikke, hvad der er særligt vigtigt" in said.err


def test_places_that_cannot_be_written_are_named(run: Run, tmp_path: Path) -> None:
    file = case_file(tmp_path)
    for output, says in (
        (tmp_path, "er en mappe"),
        (tmp_path / "ingen" / "brev.pdf", "findes ikke"),
        (file / "brev.pdf", "findes ikke"),
        (tmp_path / ("x" * 300), "for langt"),
    ):
        said = run("letter", file, "-o", output)
        assert (said.code, said.out) == (2, ""), output
        assert says in said.err
    assert [one.name for one in tmp_path.iterdir()] == ["sag.json"]


def test_the_letter_never_overwrites_the_case(run: Run, tmp_path: Path) -> None:
    file = case_file(tmp_path)
    said = run("letter", file, "-o", file)
    assert said.code == 2
    assert "oven i sagsfilen" in said.err
    assert json.loads(file.read_text("utf-8")) == DONE


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a folder that refuses this user")
def test_a_read_only_folder_is_named(run: Run, tmp_path: Path) -> None:
    file, locked = case_file(tmp_path), tmp_path / "låst"
    locked.mkdir(mode=0o555)
    said = run("letter", file, "-o", locked / "brev.pdf")
    assert said.code == 2
    assert "må ikke skrives" in said.err


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="a folder that refuses everybody")
def test_a_folder_that_refuses_everybody_is_named(run: Run, tmp_path: Path) -> None:
    said = run("letter", case_file(tmp_path), "-o", "/proc/self/brev.pdf")
    assert (said.code, said.out) == (2, "")
    assert "/proc" in said.err
    assert "Traceback" not in said.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_device_is_no_place_for_a_letter(run: Run, tmp_path: Path) -> None:
    said = run("letter", case_file(tmp_path), "-o", "/dev/full")
    assert said.code == 2
    assert "ikke en almindelig fil" in said.err
    assert Path("/dev/full").is_char_device()

"""``letter``: a PDF when the decision is whole, the reasons when it is not, and never half a file."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pypdf
import pytest
from command_kit import DONE, Run, case_file, run, without

from visitator_tui import composition
from visitator_tui.settings import Settings

__all__ = ["run"]

NO_WAY = "Brevhovedet mangler telefon og adresse. It-afdelingen skriver dem i visitator.toml."


def test_a_finished_decision_becomes_a_letter(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = run("letter", case_file(tmp_path), "-o", tmp_path / "brev.pdf")
    assert (said.code, said.err) == (0, f"Bemærk: {NO_WAY}\n")
    assert "brev.pdf" in said.out
    monkeypatch.setattr(
        composition, "read_settings", lambda: Settings(municipality="provby", phone="99 99 10 10")
    )
    assert run("letter", case_file(tmp_path), "-o", tmp_path / "brev.pdf").err == ""
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


def test_every_other_kind_is_written_with_what_a_file_tells(run: Run, tmp_path: Path) -> None:
    facts = tmp_path / "brev.json"
    complaint = {"received_on": "2020-03-09", "text": "Jeg vil have mere", "reason": "Du støver selv af",
                 "outcome": "not_upheld"}  # fmt: skip
    told = {
        "answer_by": "2020-03-20",
        "delay": {"expected_on": "2020-03-27", "reason": "Vi venter på lægen"},
        "hearing": {"information": [{"source": "Lægen", "text": "Gigten er uændret"}]},
        "complaint": complaint,
        "order": {"address": ["Vejen 1", "3000 Prøvby"]},
    }
    facts.write_text(json.dumps(told), encoding="utf-8")
    heard = json.loads(json.dumps(DONE))
    heard["decision"]["hearing"] = {"answer_by": "2020-03-17"}
    kinds = {
        "kvittering": "Vi har fået din henvendelse",
        "forsinkelse": "Vi venter på lægen",
        "partshoering": "Gigten er uændret",
        "genvurdering": "Vi holder fast i afgørelsen",
        "oversendelse": "Ankestyrelsen",
        "bestilling": "Kommunens hjemmepleje",
        "leverandoervalg": "Du kan vælge, hvem der hjælper dig",
    }
    for kind, says in kinds.items():
        out = tmp_path / f"{kind}.pdf"
        done = run("letter", case_file(tmp_path, heard), "-o", out, "--kind", kind, "--facts", facts)
        assert (done.code, done.err) == (0, f"Bemærk: {NO_WAY}\n"), kind
        text = "\n".join(page.extract_text() for page in pypdf.PdfReader(out).pages)
        assert says in text, kind
        assert "10. marts 2020" in text, "brevets dato er i dag"


def test_a_kind_that_is_not_known_is_named_with_the_nearest(run: Run, tmp_path: Path) -> None:
    done = run("letter", case_file(tmp_path), "-o", tmp_path / "brev.pdf", "--kind", "kvitering")
    assert done.code == 2
    assert "Der er ingen breve af slagsen »kvitering«. Mente du »kvittering«?" in done.err


def test_facts_that_cannot_be_used_are_named_at_their_key(run: Run, tmp_path: Path) -> None:
    facts = tmp_path / "brev.json"
    facts.write_text('{"writen_on": "2020-03-01"}', encoding="utf-8")
    done = run("letter", case_file(tmp_path), "-o", tmp_path / "brev.pdf", "--facts", facts)
    assert done.code == 2
    assert "»writen_on«: feltet kendes ikke. Mente du »written_on«?" in done.err


def test_a_letter_that_lacks_something_says_what(run: Run, tmp_path: Path) -> None:
    done = run("letter", case_file(tmp_path), "-o", tmp_path / "brev.pdf", "--kind", "forsinkelse")
    assert done.code == 2
    assert "Skriv, hvorfor fristen ikke bliver holdt." in done.err
    assert not (tmp_path / "brev.pdf").exists()


@pytest.fixture
def own_texts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    file = tmp_path / "da.yaml"
    monkeypatch.setattr(composition, "own_letter_texts", lambda: file)
    monkeypatch.setattr(composition, "letter_press", composition.letter_press.__wrapped__)
    return file


def test_a_municipality_s_own_texts_are_used_and_checked(run: Run, tmp_path: Path, own_texts: Path) -> None:
    own_texts.write_text(
        'format: visitator-letter-texts/1\ntexts: {greeting: "Hej {name}"}\n', encoding="utf-8"
    )
    assert run("letter", case_file(tmp_path), "-o", tmp_path / "brev.pdf").code == 0
    assert "Hej Åse Ærø Østergård" in pypdf.PdfReader(tmp_path / "brev.pdf").pages[0].extract_text()
    own_texts.write_text(
        'format: visitator-letter-texts/1\ntexts: {greeting: "Hej {navn}"}\n', encoding="utf-8"
    )
    said = run("letter", case_file(tmp_path), "-o", tmp_path / "andet.pdf")
    assert said.code == 2
    assert "»greeting« bruger {navn}" in said.err

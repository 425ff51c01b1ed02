"""``catalogue``: everything a municipality can grant with its page, and a check of a file of one's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_kit import FIXTURES, Run, run

from visitator_tui import composition
from visitator_tui.catalogue import CatalogueFolder

__all__ = ["run"]

GOOD = FIXTURES / "provby-2020.yaml"


def test_every_delydelse_is_listed_with_law_and_page(run: Run) -> None:
    said = run("catalogue", "list")
    assert (said.code, said.err) == (0, "")
    assert "provby-2020: Prøvby Kommune, Kvalitetsstandarder 2020" in said.out
    assert "1 ydelser, 3 delydelser, 3 kriterier, 2 niveauregler" in said.out
    assert "Praktisk hjælp (3)" in said.out
    assert "rengoering: Rengøring, serviceloven § 83, stk. 1, nr. 2, s. 8" in said.out
    assert "indkoebsordning: Indkøbsordning, serviceloven § 83" in said.out


def test_the_list_as_json_has_counts_and_places(run: Run) -> None:
    document = json.loads(run("catalogue", "list", "--json").out)
    by_id = {one["id"]: one for one in document["catalogues"]}
    own = by_id["provby-2020"]
    assert own["counts"] == {"ydelser": 1, "delydelser": 3, "criteria": 3, "level_rules": 2}
    assert own["ydelser"] == [{"id": "praktisk_hjaelp", "name": "Praktisk hjælp", "delydelser": 3}]
    assert own["delydelser"][2] == {
        "id": "traening",
        "name": "Træning",
        "ydelse": "praktisk_hjaelp",
        "law": ["sundhedsloven § 140"],
        "page": 10,
        "line": None,
        "described": True,
        "granted_by_visitator": True,
    }
    for standard in by_id.values():
        assert standard["counts"]["delydelser"] == len(standard["delydelser"])
        assert all(item["page"] or item["line"] for item in standard["delydelser"])


def test_files_that_were_left_out_are_named_beside_the_list(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "min.yaml").write_text("format: [\n", "utf-8")
    catalogues = CatalogueFolder((FIXTURES, tmp_path), None)
    monkeypatch.setattr(composition, "catalogues", lambda: catalogues)
    said = run("catalogue", "list")
    assert said.code == 0
    assert "provby-2020" in said.out
    assert "Udeladt: " in said.err
    assert "min.yaml, linje 1" in said.err


def test_a_good_file_is_in_order(run: Run) -> None:
    said = run("catalogue", "check", GOOD)
    assert (said.code, said.err) == (0, "")
    assert "provby-2020 er i orden" in said.out


def test_a_broken_file_is_told_line_by_line(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "min.yaml"
    file.write_text(GOOD.read_text("utf-8").replace("not_with: [toejvask]", "not_with: [toejvaks]"), "utf-8")
    said = run("catalogue", "check", file)
    assert (said.code, said.out) == (2, "")
    assert (
        f"{file}, linje 90, felt »ydelser/praktisk_hjaelp/delydelser/rengoering/not_with/nr. 1«: " in said.err
    )
    assert "Mente du »toejvask«?" in said.err


def test_a_file_that_claims_the_dates_of_another_is_refused(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "min.yaml"
    file.write_text(GOOD.read_text("utf-8").replace("id: provby-2020", "id: provby-ny"), "utf-8")
    said = run("catalogue", "check", file)
    assert said.code == 2
    assert "overlapper provby-2020" in said.err


def test_a_flood_of_problems_is_cut_short(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "min.yaml"
    file.write_text(GOOD.read_text("utf-8").replace("page:", "side:"), "utf-8")
    said = run("catalogue", "check", file)
    assert said.code == 2
    assert len(said.err.splitlines()) <= 41


def test_no_file_is_named(run: Run, tmp_path: Path) -> None:
    said = run("catalogue", "check", tmp_path / "ingen.yaml")
    assert said.code == 2
    assert "ingen.yaml findes ikke" in said.err

"""The schema of a catalogue file says in Danish what each field holds, and agrees with the check."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from command_kit import FIXTURES, Run, run
from jsonschema import Draft202012Validator

from visitator_tui.catalogue.reader import parse_catalogue
from visitator_tui.catalogue.schema import SCHEMA_FILE, catalogue_schema
from visitator_tui.catalogue.schema_words import DESCRIPTIONS
from visitator_tui.catalogue.yaml_tree import read_tree
from visitator_tui.domain.standard import Standard
from visitator_tui.resources import asset

__all__ = ["run"]


def described(schema: dict[str, Any]) -> dict[str, str]:
    models = [*schema["$defs"].items(), ("Standard", schema)]
    found = {name: model["description"] for name, model in models}
    return found | {
        f"{name}.{key}": held["description"]
        for name, model in models
        for key, held in model["properties"].items()
    }


def test_every_field_has_a_danish_description_and_none_is_left_over() -> None:
    found = described(catalogue_schema())
    assert [key for key, text in found.items() if not text] == []
    shared = {key.split(".")[-1] for key in found}
    assert {key for key in DESCRIPTIONS if key not in found and key not in shared} == set()


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    Draft202012Validator.check_schema(catalogue_schema())
    return Draft202012Validator(catalogue_schema())


SHIPPED = sorted(asset("catalogues").glob("*.yaml")) + sorted(FIXTURES.glob("*.yaml"))


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_an_editor_finds_nothing_wrong_with_a_sound_file(validator: Draft202012Validator, file: Path) -> None:
    content = json.loads(parse_catalogue(file.read_bytes(), file.name).content)
    assert [error.message for error in validator.iter_errors(content)] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("not_with: [toejvask]", "ikke_med: [toejvask]"),
        ("level: 4,", "level: 5,"),
        ("per: two_weeks", "per: fortnight"),
        ("when: {activity: vaske_toej, min: 3, max: 4}", "when: {aktivitet: vaske_toej}"),
        ("criteria: [har_plan]", "criteria: [Har plan]"),
        ("page: 8", "page: otte"),
    ],
)
def test_an_editor_marks_what_the_check_refuses(validator: Draft202012Validator, old: str, new: str) -> None:
    content = json.loads(parse_catalogue((FIXTURES / "provby-2020.yaml").read_bytes(), "x").content)
    assert validator.is_valid(content)
    text = (FIXTURES / "provby-2020.yaml").read_text("utf-8")
    top, _ = read_tree(text.replace(old, new, 1))
    assert top is not None
    assert not validator.is_valid(top.value)


def test_the_schema_is_printed_or_written_beside_the_standard(run: Run, tmp_path: Path) -> None:
    printed = run("catalogue", "schema")
    assert json.loads(printed.out) == catalogue_schema()
    file = tmp_path / SCHEMA_FILE
    assert run("catalogue", "schema", "-o", file).out == f"Skemaet er skrevet til {file}\n"
    assert json.loads(file.read_text("utf-8")) == catalogue_schema()


def test_the_schema_knows_every_model_of_a_standard() -> None:
    assert set(catalogue_schema()["properties"]) == set(Standard.model_fields)

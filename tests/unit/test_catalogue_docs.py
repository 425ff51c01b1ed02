"""The page on maintaining a standard: its examples pass the check, and it names every field as the schema does."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from visitator_tui.catalogue.reader import parse_catalogue
from visitator_tui.catalogue.schema import SCHEMA_FILE, catalogue_schema
from visitator_tui.catalogue.schema_words import described
from visitator_tui.commands.arguments import parser
from visitator_tui.domain.standard import Standard
from visitator_tui.resources import asset
from visitator_tui.settings import own_catalogues

PAGE = asset("docs", "vedligehold-af-standarden.md").read_text("utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```$", PAGE, flags=re.M | re.S)
TABLES = re.findall(
    r"^<!-- felter: ([^>]*) -->\n\| felt \| hvad det er \|\n\|---\|---\|\n((?:\|.*\n)*)", PAGE, flags=re.M
)

OUR_OWN = {"line", "rule", "decision_rule", "start_rule"}
"""Not in the example: another way to say ``page``, and ids of the program's own list of rules."""


def fields() -> Iterator[tuple[str, str]]:
    schema = catalogue_schema()
    for name, model in [*schema["$defs"].items(), ("Standard", schema)]:
        yield from ((name, key) for key in model["properties"])


def example() -> Standard:
    return parse_catalogue("".join(BLOCKS).encode(), "vedligehold-af-standarden.md").standard


def used(value: Any) -> Iterator[tuple[str, str]]:
    """The fields that a value states, and those of what it holds."""
    if isinstance(value, BaseModel):
        for key in value.model_fields_set:
            yield type(value).__name__, key
            yield from used(getattr(value, key))
    elif isinstance(value, dict):
        for part in value.values():
            yield from used(part)
    elif isinstance(value, tuple):
        for part in value:
            yield from used(part)


def test_the_examples_one_after_the_other_are_a_file_that_passes_the_check() -> None:
    assert len(BLOCKS) == 8
    assert example().id == "provby-2027"


def test_the_examples_show_every_field_there_is() -> None:
    shown = {(key, described(model, key)) for model, key in used(example())}
    wanted = {(key, described(model, key)) for model, key in fields() if key not in OUR_OWN}
    assert wanted - shown == set()


def test_every_field_stands_in_a_table_with_the_words_of_the_schema() -> None:
    told = {
        (model.strip(), row[0]): row[1]
        for models, rows in TABLES
        for model in models.split(",")
        for row in re.findall(r"^\| `(\w+)` \| (.*) \|$", rows, flags=re.M)
    }
    wanted = {(model, key): described(model, key) for model, key in fields()}
    assert told == wanted


COMMANDS = sorted(set(re.findall(r"`(visitator-tui [^`]*)`", PAGE)))


@pytest.mark.parametrize("command", COMMANDS)
def test_the_commands_it_names_are_understood(command: str) -> None:
    assert parser().parse_args(shlex.split(command)[1:]).run


def test_it_shows_each_command_for_standards() -> None:
    named = {shlex.split(command)[2] for command in COMMANDS}
    assert named == {"new", "check", "diff", "schema", "list"}


def test_it_says_where_own_standards_lie_and_what_the_schema_is_called() -> None:
    assert "/".join(own_catalogues().parts[-2:]) in PAGE
    assert SCHEMA_FILE in PAGE


def test_the_template_points_to_the_page() -> None:
    template = asset("docs", "skabelon-standard.yaml").read_text("utf-8")
    assert "vedligehold-af-standarden.md" in template
    assert SCHEMA_FILE in template

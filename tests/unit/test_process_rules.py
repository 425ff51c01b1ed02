"""The register of process rules: whole, classified, and true to the code, the catalogues and the tests."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from my_day_rows import ROWS

from visitator_tui.domain.process_rules import STANDINGS, ProcessRule, ProcessRules, as_markdown, read_rules
from visitator_tui.domain.standard import Standard
from visitator_tui.resources import asset

ROOT = Path(__file__).parents[2]
NODE = re.compile(r"(tests/[\w/]+\.py)::(\w+)(\[.+\])?")


@cache
def register() -> ProcessRules:
    return read_rules(yaml.safe_load(asset("rules", "process-rules.yaml").read_text("utf-8")))


def test_all_139_rules_are_there_and_each_is_classified() -> None:
    ids = [rule.id for rule in register().all]
    assert sorted(ids) == sorted([f"H-{n:02d}" for n in range(1, 125)] + [f"N-{n:02d}" for n in range(1, 16)])
    assert len(ids) == 139 == sum(register().counts().values())
    assert set(register().counts()) == set(STANDINGS)


def test_no_rule_is_open() -> None:
    """A rule that the program ought to keep and does not yet is an issue that is not resolved."""
    assert [rule.id for rule in register().all if rule.standing == "open"] == []


def test_only_others_duties_and_none_of_the_visitators_are_left_out() -> None:
    left_out = {rule.id: rule.actor for rule in register().all if rule.standing == "left_out"}
    assert "visitator" not in left_out.values()


@pytest.mark.parametrize("rule", register().all, ids=lambda rule: rule.id)
def test_the_place_in_code_or_data_exists(rule: ProcessRule) -> None:
    if rule.where:
        base = ROOT if rule.where.startswith("assets/") else ROOT / "src" / "visitator_tui"
        assert (base / rule.where).is_file(), rule.where


def test_every_test_that_is_named_exists() -> None:
    """By name in the file, and its row by asking pytest what it collects."""
    named = {test for rule in register().all for test in rule.tests}
    parsed = {test: NODE.fullmatch(test) for test in named}
    assert [test for test, found in parsed.items() if found is None] == []
    files = {found[1] for found in parsed.values() if found}
    for file in files:
        tree = ast.parse((ROOT / file).read_text("utf-8"))
        functions = {one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)}
        assert {found[2] for found in parsed.values() if found and found[1] == file} <= functions
    collected = _collected(sorted(files))
    assert {test for test in named if test.endswith("]")} <= collected


def _collected(files: list[str]) -> set[str]:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-o",
        "addopts=",
        "-p",
        "no:cacheprovider",
        "--collect-only",
        "-q",
    ]
    done = subprocess.run([*command, *files], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    return set(done.stdout.splitlines())


def test_every_rule_a_catalogue_names_stands_in_the_register_with_that_place(
    helsingor: Standard, herning: Standard
) -> None:
    known = {rule.id: rule for rule in register().all}
    for standard in (helsingor, herning):
        named = list(_named(standard.model_dump(include={"process", "deadlines"})))
        assert len(named) > 10
        for rule, place in named:
            assert place in (*known[rule].pages, *known[rule].lines), rule


def _named(value: Any, inherited: int | None = None) -> Any:
    """(rule, page or line) of every step and deadline that names its rule."""
    if isinstance(value, dict):
        own = value.get("page") or value.get("line") or inherited
        if value.get("rule"):
            yield value["rule"], own
        for part in ("decision", "start"):
            if rule := value.get(f"{part}_rule"):
                yield rule, (value[part] or {}).get("page") or own
        for inner in value.values():
            yield from _named(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _named(inner)


def test_what_min_dag_reminds_of_is_registered_as_kept() -> None:
    standing = {rule.id: rule.standing for rule in register().all}
    shown = {row.shows or row.rule for row in ROWS} - {""}
    assert {rule: standing[rule] for rule in shown if standing[rule] not in ("reminded", "enforced")} == {}


def test_the_table_can_be_read() -> None:
    table = as_markdown(register())
    rows = [line for line in table.splitlines() if re.match(r"\| [HN]-\d", line)]
    assert len(rows) == 139
    assert all(line.count(" | ") == 6 for line in rows)
    assert rows[3] == (
        "| H-04 | s. 15 | visitator | Tidspunktet for samtalen aftales inden 5 hverdage efter henvendelsen. "
        "| mindet om | `usecases/my_day_enquiry.py` "
        "| `test_my_day.py::test_a_rule_reminds_until_it_is_mended[H-04-appointment]` |"
    )
    assert table.startswith("# Regler for sagens forløb\n\n139 regler: ")
    assert "s. 41, 47, 57, 64, 121 og 132" in table


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ({"standing": "enforced", "tests": ["t"]}, "hvor reglen er"),
        ({"standing": "reminded", "where": "x.py"}, "hvilken prøve"),
        ({"standing": "left_out"}, "hvorfor"),
        ({"standing": "open"}, "hvorfor"),
        ({"standing": "left_out", "note": "x", "pages": []}, "sted i kilden"),
        ({"standing": "maybe"}, "standing"),
    ],
)
def test_a_rule_that_says_too_little_is_refused(rule: dict[str, Any], says: str) -> None:
    whole = {"id": "H-01", "pages": [15], "actor": "visitator", "demands": "Noget skal gøres.", **rule}
    with pytest.raises(ValueError, match=says):
        ProcessRule.model_validate(whole)


def test_a_rule_cannot_stand_twice() -> None:
    content = register().model_dump(mode="json")
    content["sources"][1]["rules"].append(content["sources"][0]["rules"][0])
    with pytest.raises(ValueError, match="H-01 står flere gange"):
        read_rules(content)


def test_the_page_of_the_rules_is_as_the_register_says() -> None:
    """To write it anew: python tests/unit/rules_page.py"""
    assert asset("docs", "regler.md").read_text("utf-8") == as_markdown(register())

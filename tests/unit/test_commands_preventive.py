"""``preventive``: the list of a day from a register file."""

from __future__ import annotations

import json
from pathlib import Path

from command_kit import Run, run

__all__ = ["run"]

REGISTER = "navn;født;bor alene\nÅse Ærø;04-05-1938;ja\nBo Bøg;10-02-1949;nej\nCurt Dal;10-02-1980;nej\n"


def test_the_list_of_a_day_names_rule_and_days(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "register.csv"
    file.write_text(REGISTER, "utf-8")
    said = run("preventive", file, "--on", "2024-03-01")
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines()[:2] == [
        "2 af 3 borgere skal have tilbud den 1. marts 2024.",
        "Bo Bøg, født 10-02-1949: fra 10-02-2024, senest 09-02-2025",
    ]
    assert "(serviceloven § 79 a, stk. 1)" in said.out


def test_the_list_as_json_and_the_doubt_after_the_last_rule(run: Run) -> None:
    said = run("preventive", "-", "--on", "2026-03-01", "--json", stdin=REGISTER.encode())
    listed = json.loads(said.out)
    assert (listed["on"], listed["citizens"]) == ("2026-03-01", 3)
    assert [(one["name"], one["since"], one["until"]) for one in listed["due"]] == [
        ("Åse Ærø", "2020-05-04", None)
    ]
    assert "ophævet" in said.err


def test_today_is_the_day_when_none_is_given(run: Run) -> None:
    said = run("preventive", "-", stdin=REGISTER.encode())
    assert said.out.startswith("0 af 3 borgere skal have tilbud den 10. marts 2020.")


def test_bad_input_is_answered_in_danish(run: Run, tmp_path: Path) -> None:
    for argv, says in (
        (("preventive", tmp_path / "ingen.csv"), "findes ikke"),
        (("preventive", "-", "--on", "i går"), "åååå-mm-dd"),
    ):
        said = run(*argv, stdin=REGISTER.encode())
        assert (said.code, said.out) == (2, "")
        assert says in said.err

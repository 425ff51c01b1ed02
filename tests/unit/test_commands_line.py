"""The command line itself: Danish throughout, quick to help, quiet when nobody listens."""

from __future__ import annotations

import argparse
import json
import os
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_kit import DONE, Run, case_file, run

from visitator_tui import composition
from visitator_tui.cli import main
from visitator_tui.commands.arguments import Parser, parser

__all__ = ["run"]

ENGLISH = {"usage", "options", "optional", "positional", "arguments", "show", "help", "exit", "error", "required",
           "the", "following", "invalid", "choice", "choose", "from", "unrecognized", "expected",
           "argument"}  # fmt: skip


def parsers(top: Parser) -> Iterator[Parser]:
    yield top
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                yield from parsers(inner)


def english(text: str) -> set[str]:
    words = {word.strip(".,:;()[]»«'\"").lower() for word in text.replace("--help", "").split()}
    return words & ENGLISH


def test_every_command_is_there_and_can_be_found() -> None:
    runs = {one.get_default("run") for one in parsers(parser())} - {None}
    assert len(runs) == 27
    assert all(callable(pkgutil.resolve_name(run)) for run in runs)


def test_all_help_is_danish() -> None:
    for one in parsers(parser()):
        assert one.format_help().startswith("Brug: visitator-tui")
        assert english(one.format_help()) == set(), one.prog


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["sugest"], "Kommandoen »sugest« kendes ikke. Mente du »suggest«?"),
        (["xyz"], "Kommandoen »xyz« kendes ikke."),
        (["case"], "Der mangler: KOMMANDO."),
        (["case", "chek"], "Mente du »check«?"),
        (["suggest"], "Der mangler: FIL."),
        (["letter", "sag.json"], "Der mangler: -o/--output."),
        (["letter", "sag.json", "-o"], "Efter -o/--output mangler en værdi."),
        (["suggest", "a", "b"], "Det kendes ikke: b."),
        (["suggest", "a", "--jsn"], "Det kendes ikke: --jsn."),
        (["suggest", "a", "--json=1"], "--json skal ikke have en værdi."),
    ],
)
def test_a_wrong_command_line_is_told_in_danish(run: Run, argv: list[str], says: str) -> None:
    said = run(*argv)
    assert (said.code, said.out) == (2, "")
    assert says in said.err
    assert "--help" in said.err
    assert english(said.err) == set()


def test_help_and_version_end_well(run: Run) -> None:
    assert run("--help").code == 0
    assert run("letter", "-h").out.startswith("Brug: visitator-tui letter")
    assert run("--version").out.startswith("visitator-tui ")


def test_without_a_command_the_app_opens_and_demo_opens_the_demo(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(composition, "run_app", lambda: 70)  # the codes tell which was opened
    monkeypatch.setattr(composition, "run_demo", lambda: 71)
    assert (run().code, run("demo").code) == (70, 71)


def test_an_error_of_the_program_shows_neither_traceback_nor_content(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise RuntimeError("Åse Ærø Østergård")

    monkeypatch.setattr(composition, "catalogues", broken)
    monkeypatch.delenv("VISITATOR_DEBUG", raising=False)
    said = run("suggest", case_file(tmp_path))
    assert said.code == 1
    assert "uventet fejl i programmet (RuntimeError)" in said.err
    assert "Åse" not in said.err
    monkeypatch.setenv("VISITATOR_DEBUG", "1")
    assert "Traceback" in run("suggest", case_file(tmp_path)).err


# -- real processes --------------------------------------------------------------------------------


def process(*argv: str | Path, home: Path, **more: object) -> subprocess.CompletedProcess[bytes]:
    env = {
        key: value for key, value in os.environ.items() if not key.startswith(("PYTHONUTF8", "PYTHONIOENC"))
    }
    env |= {"HOME": str(home), "XDG_CACHE_HOME": str(home / "c"), "XDG_DATA_HOME": str(home / "d"),
            "XDG_CONFIG_HOME": str(home / "k"), "LOCALAPPDATA": str(home), "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0",
            "PYTHONUTF8": "0"}  # fmt: skip
    command = [sys.executable, "-m", "visitator_tui", *map(str, argv)]
    return subprocess.run(command, env=env, capture_output=True, timeout=60, check=False, **more)  # type: ignore[call-overload,no-any-return]


HELSINGOR = {**DONE, "municipality": "helsingor", "assessment": {}, "answers": {}, "considerations": {}}
HELSINGOR = {**HELSINGOR, "enquiry": {"received_on": "2017-03-01"}, "decision": {}}


def test_danish_letters_survive_a_console_that_is_not_utf8(tmp_path: Path) -> None:
    ended = process("suggest", case_file(tmp_path, HELSINGOR), home=tmp_path)
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert "Helsingør Kommune" in ended.stdout.decode("utf-8")


def test_standard_input_is_utf8_and_the_second_start_uses_the_cache(tmp_path: Path) -> None:
    data = json.dumps(HELSINGOR, ensure_ascii=False).encode()
    first = process("suggest", "-", "--json", home=tmp_path, input=data)
    second = process("suggest", "-", "--json", home=tmp_path, input=data)
    assert (first.returncode, first.stderr) == (0, b"")
    assert json.loads(first.stdout)["catalogue"] == "helsingor-2017"
    assert second.stdout == first.stdout


def test_a_closed_pipe_is_a_quiet_end(tmp_path: Path) -> None:
    env = {
        **os.environ,
        "HOME": str(tmp_path),
        "XDG_CACHE_HOME": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path),
    }
    command = [sys.executable, "-m", "visitator_tui", "catalogue", "list", "--json"]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.read(10)
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(60) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_behind_standard_output_is_told(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        env = {**os.environ, "HOME": str(tmp_path)}
        command = [sys.executable, "-m", "visitator_tui", "case", "schema"]
        ended = subprocess.run(command, env=env, stdout=full, stderr=subprocess.PIPE, timeout=60, check=False)
    assert ended.returncode == 2
    assert ended.stderr.decode() == "Uddata kan ikke skrives. Se efter, om disken er fuld.\n"


@pytest.mark.parametrize(
    ("argv", "forbidden"),
    [
        (["--help"], {"pydantic", "yaml", "textual", "reportlab", "sqlalchemy"}),
        (["case", "schema"], {"textual", "reportlab", "sqlalchemy", "yaml"}),
    ],
)
def test_a_command_imports_only_what_it_needs(argv: list[str], forbidden: set[str]) -> None:
    script = (
        "import sys, json, contextlib, io\nfrom visitator_tui.cli import main\n"
        f"with contextlib.redirect_stdout(io.StringIO()): main({argv!r})\n"
        "print(json.dumps([name for name in sys.modules]))"
    )
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, timeout=60).stdout
    assert set(json.loads(out)) & forbidden == set()


def test_main_returns_a_code_and_never_ends_the_interpreter(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert main(["ingen-kommando"]) == 2
    assert capsys.readouterr().err

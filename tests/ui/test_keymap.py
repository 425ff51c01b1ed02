"""The keyboard: keys every terminal passes on, none that needs AltGr, and letters that leave text alone."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sample_case import whole_case
from textual.binding import Binding
from textual.dom import DOMNode
from textual.widgets import Input, TextArea
from visit_kit import SMALL, Desk

import visitator_tui.ui
from visitator_tui.domain.letter_words import STANDS
from visitator_tui.ui.actions import ACTIONS, CONTEXT_NAMES, Context, bar, of

ALLOWED = re.compile(
    r"f[1-5]|f8|f9|f10|up|down|left|right|pageup|pagedown|home|end|enter|escape|tab|shift\+tab|space|delete"
    r"|[a-zæøå0-9]|ctrl\+[glnoprstzq]"
)
"""What style.md allows; the rest is taken by terminals or text fields, or needs AltGr on a Danish keyboard."""

ENGLISH = re.compile(
    r"\b(search|quit|close|palette|press|cancel|copy|paste|help|select|focus|scroll|maximize|screenshot|theme|"
    r"invalid|must|command|keys|error|loading|submit|yes|no|next|previous|back|the|and|of|with)\b",
    re.IGNORECASE,
)
DANISH_TOO = {"and"}
"""Words of the list that are Danish as well: »and« is a duck."""


STEPS: tuple[Context, ...] = ("areas", "summary", "suggestions", "decision", "letter", "course")
"""The steps of a case that have keys of their own."""


def bound() -> Iterator[tuple[str, Binding]]:
    """Every binding that a class of ours brings, by the name of the class."""
    for module in pkgutil.walk_packages(visitator_tui.ui.__path__, "visitator_tui.ui."):
        for one in vars(importlib.import_module(module.name)).values():
            ours = isinstance(one, type) and issubclass(one, DOMNode) and one.__module__ == module.name
            if ours and "BINDINGS" in vars(one):
                for binding in Binding.make_bindings(one.BINDINGS):
                    yield one.__name__, binding


BOUND = list(bound())


def test_the_bindings_of_app_screens_panels_and_dialogs_are_all_looked_at() -> None:
    owners = {owner for owner, _ in BOUND}
    assert owners >= {
        "VisitatorApp", "UnlockScreen", "CasesScreen", "CaseScreen", "Areas", "Suggestions", "DecisionPanel",
        "LetterPanel", "SearchScreen", "FindingsScreen", "ReadScreen", "Dialog", "LineList",
        "Choice", "BoundInput",
    }  # fmt: skip


@pytest.mark.parametrize(("owner", "binding"), BOUND, ids=[f"{owner}-{one.key}" for owner, one in BOUND])
def test_a_binding_has_an_id_and_a_key_that_arrives(owner: str, binding: Binding) -> None:
    assert binding.id, f"{owner} binds {binding.key} without an id"
    assert ALLOWED.fullmatch(binding.key), f"{owner} binds {binding.key}"


def test_no_key_means_two_things_in_one_place() -> None:
    for context in CONTEXT_NAMES:
        around: tuple[Context, ...] = () if context in ("app", "case", "form") else ("app", "form")
        around += ("case",) if context in STEPS else ()
        keys = [
            key for one in (context, *around) for action in of(one) for key in action.keys.split(",") if key
        ]
        assert len(keys) == len(set(keys)), f"{context}: {sorted(keys)}"


def test_every_action_tells_what_it_does_in_danish() -> None:
    for one in ACTIONS:
        assert one.label and one.help.endswith("."), one.id
        assert not [word for word in ENGLISH.findall(one.help) if word.lower() not in DANISH_TOO], one.help


@pytest.mark.parametrize("in_field", [False, True], ids=["i lister", "i felter"])
def test_the_key_bars_fit_eighty_columns(in_field: bool) -> None:
    bars = [bar(one, "app") for one in ("case", "list", "day", "sync", "conflicts")]
    bars += [f"{bar(one)}  F1 Hjælp" for one in ("quality", "preventive")]
    bars += [
        "Enter Lås op  " + bar("app"),
        f"{bar('talk', in_field=True)}  Tab Næste felt  F1 Hjælp  F10 Luk",
    ]
    bars += [bar(step, *(("form",) if in_field else ()), in_field=in_field) for step in STEPS]
    longest = max(STANDS.values(), key=len)
    bars += [f"{longest}  {bar(step, 'form', in_field=True)}" for step in STEPS]
    for text in bars:
        assert len(f" {text}") <= SMALL[0], text


PLAIN = [key for one in ACTIONS if one.plain for key in one.keys.split(",") if len(key) == 1]
FIELDS = {
    "sagslistens søgefelt": (None, ("s",)),
    "en linje i henvendelsen": ("henvendelse", ()),
    "borgerens ord": ("egen_vurdering", ()),
    "en note i hverdagsliv": ("hverdagsliv", ("b",)),
    "en begrundelse": ("afgoerelse", ("end", "enter", "tab")),
    "brevets fil": ("brev", ("tab",)),
    "en aftale": ("forloeb", ("n", "1", "tab")),
    "søgningen i standarden": ("forslag", ("s",)),
    "hjælpens søgefelt": ("henvendelse", ("f1",)),
}


@pytest.mark.parametrize("field", FIELDS)
async def test_letters_and_digits_are_text_while_a_text_field_has_the_focus(desk: Desk, field: str) -> None:
    step, way = FIELDS[field]
    typed = "".join(dict.fromkeys(PLAIN)) + "jn"
    entered = desk.visiting(whole_case(), step) if step else desk.unlocked()
    async with entered as visit:
        await visit.press(*way)
        before = visit.app.screen
        assert isinstance(visit.focused, Input | TextArea)
        was = visit.field
        await visit.type(typed)
        assert visit.field == was + typed
        assert visit.app.screen is before


async def test_no_screen_speaks_english_and_no_key_of_the_framework_shows_through(desk: Desk) -> None:
    seen: list[str] = []
    foreign: set[str] = set()
    async with desk.visiting(whole_case(), documents=Path("/home/vivi/Dokumenter")) as visit:
        ways: list[tuple[str, ...]] = [("f4", step) for step in "12345678"]
        ways += [("f1",), ("escape", "f3"), ("escape", "f4", "5", "s"), ("f4",), ("escape", "escape", "f2")]
        for way in ways:
            await visit.press(*way, "ctrl+c", "ctrl+p", "ctrl+backslash")
            seen += visit.text().splitlines()
            seen += [f"{one.title} {one.message}" for one in visit.app._notifications]
            foreign |= {
                key
                for key, active in visit.app.screen.active_bindings.items()
                if active.binding.id is None and not isinstance(active.node, Input | TextArea)
            }
    assert not [line for line in seen if set(map(str.lower, ENGLISH.findall(line))) - DANISH_TOO]
    assert foreign <= HARMLESS


HARMLESS = {
    "up", "down", "left", "right", "home", "end", "pageup", "pagedown", "ctrl+pageup", "ctrl+pagedown",
    "tab", "shift+tab", "ctrl+c", "super+c",
}  # fmt: skip
"""Keys by which Textual scrolls, moves the focus, and copies."""

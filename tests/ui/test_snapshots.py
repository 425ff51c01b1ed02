"""Every screen as it stands, at the size of the smallest terminal and at a large one.

A tour walks through the screens and keeps a picture of each. Accept a change only after looking at it:
``pytest tests/ui/test_snapshots.py --snapshot-update``, then the SVG files. At 80x24 nothing may be cut
off but the cells of lists.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_textual_snapshot import SVGImageExtension  # type: ignore[import-untyped]
from sample_case import changed, whole_case
from syrupy.assertion import SnapshotAssertion
from visit_kit import ACTOR, LARGE, NOW, SMALL, Desk, Visit, vault

from visitator_tui.domain.case import Case
from visitator_tui.domain.made_decision import with_made
from visitator_tui.domain.preventive import KIND as PREVENTIVE
from visitator_tui.resources import sample_data
from visitator_tui.store.kinds import KindStore
from visitator_tui.ui.screens.case import CaseScreen
from visitator_tui.usecases.casefile import read_case
from visitator_tui.usecases.demo import as_if_today
from visitator_tui.usecases.demo_register import demo_register

pytestmark = [
    pytest.mark.painted,
    pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"]),
]

DOCUMENTS = Path("/home/vivi/Dokumenter")
NEW = Case.model_validate(
    {"municipality": "helsingor", "case_number": "2017-0042", "enquiry": {"received_on": "2017-03-06"}}
)


class Album:
    """Compares pictures with the accepted ones, all of a tour before it fails."""

    def __init__(self, accepted: SnapshotAssertion) -> None:
        self._accepted = accepted.use_extension(SVGImageExtension)
        self.different: list[str] = []

    async def take(self, visit: Visit, name: str, *keys: str) -> None:
        """Press keys, and compare what the screen then shows."""
        await visit.press(*keys)
        if any(isinstance(one, CaseScreen) for one in visit.app.screen_stack):
            await visit.until(lambda: visit.saving == "gemt")
        await visit.pilot.pause(0.25)  # longer than the quiet after which counts are made again
        await visit.settle()
        if visit.app.export_screenshot(title="Visitator") != self._accepted(name=name):
            self.different.append(name)


@pytest.fixture
def album(snapshot: SnapshotAssertion) -> Callable[[], Album]:
    """An empty album of this test."""
    return lambda: Album(snapshot)


async def test_the_door(desk: Desk, album: Callable[[], Album], size: tuple[int, int]) -> None:
    pictures = album()
    async with desk.locked(size) as visit:
        await pictures.take(visit, "unlock", *"forkert", "enter")
    async with desk.locked(size, vault=lambda: vault(desk.folder / "ny")) as visit:
        keys = [*"kort", "enter", *"kort", "enter", *"Vivi", "enter"]
        await pictures.take(visit, "first_time", *keys)
    assert pictures.different == []


async def test_min_dag(desk: Desk, album: Callable[[], Album], size: tuple[int, int]) -> None:
    pictures = album()
    for file in sorted(sample_data().glob("helsingor-*.json")):
        desk.put(as_if_today(read_case(file), file.stem, NOW.date()))
    told = {"unsynced": lambda _: "2 sager er ikke synkroniseret.", "catalogue_warnings": tuple}
    async with desk.opened(size, **told) as visit:
        await pictures.take(visit, "my_day", "down", "down")
        await pictures.take(visit, "my_day_search", "s", *"bestil")
    assert pictures.different == []


async def test_the_rounds(desk: Desk, album: Callable[[], Album], size: tuple[int, int]) -> None:
    store = desk.store()
    citizens = [(one.name, one.model_dump_json()) for one in demo_register(NOW.date())]
    KindStore(store).add_documents(PREVENTIVE, citizens, ACTOR, NOW)
    store.close()
    desk.put(with_made(whole_case(), "brev-1", NOW))
    tour: list[tuple[str, tuple[str, ...]]] = [
        ("my_day_visits", ()),
        ("preventive", ("f",)),
        ("preventive_everybody", ("a", "end")),
        ("preventive_visit", ("home", "enter")),
    ]
    pictures = album()
    async with desk.opened(size, catalogue_warnings=tuple) as visit:
        await visit.until(lambda: "forebyggende besøg" in visit.text())
        for name, keys in tour:
            await pictures.take(visit, name, *keys)
    assert pictures.different == []


async def test_the_list(desk: Desk, album: Callable[[], Album], size: tuple[int, int]) -> None:
    pictures = album()
    async with desk.unlocked(size) as visit:
        await pictures.take(visit, "list_empty")
        await pictures.take(visit, "print_queue_empty", "t")
    item = {"delydelse": "tilsyn", "outcome": "granted", "start_on": "2016-05-01"}
    old = changed(whole_case(), decision__items=[item], decision__decided_on="2016-04-01")
    old = changed(old, assessment__assessed_on="2016-03-20", enquiry__received_on="2016-03-01")
    desk.put(with_made(old, "brev-1", NOW))
    desk.put(NEW)
    long = "Karl Gustav Emanuel von der Lippe-Østergård Ærøskøbing"
    desk.put(changed(NEW, citizen__name=long, municipality="herning"))
    for number in range(30):
        desk.put(changed(NEW, citizen__name=f"Borger nr. {number}", citizen__birth_date="1940-01-02"))
    async with desk.unlocked(size) as visit:
        await pictures.take(visit, "list_filled", "down")
        await pictures.take(visit, "list_search", "s", *"karl")
        await pictures.take(visit, "reviews", "escape", "r")
    assert pictures.different == []


async def test_a_new_case(desk: Desk, album: Callable[[], Album], size: tuple[int, int]) -> None:
    pictures = album()
    async with desk.visiting(NEW, size=size, documents=DOCUMENTS) as visit:
        await pictures.take(visit, "henvendelse_new")
        await pictures.take(visit, "henvendelse_half_a_date", "tab", *"4-5")
        await pictures.take(visit, "findings", "f3")
        await pictures.take(visit, "brev_lacking", "escape", "f4", "7")
        await pictures.take(visit, "no_standard", "f4", "1", *["down"] * 10, *"6-3-2010", "f9")
    assert pictures.different == []


async def test_a_whole_case(desk: Desk, album: Callable[[], Album], size: tuple[int, int]) -> None:
    tour: list[tuple[str, tuple[str, ...]]] = [
        ("henvendelse", ()),
        ("egen_vurdering", ("f9",)),
        ("phrases", ("f5", "g")),
        ("pick_step", ("escape", "f4")),
        ("hverdagsliv_longest_label", ("3", "down", "down")),
        ("hverdagsliv_note", ("b",)),
        ("hverdagsliv", ("escape", "pagedown", "3")),
        ("help", ("f1",)),
        ("hverdagsliv_light", ("escape", "ctrl+t")),
        ("hverdagsliv_contrast", ("ctrl+t",)),
        ("hverdagsliv_not_relevant", ("ctrl+t", *["pagedown"] * 3)),
        ("hverdagsliv_without_levels", ("pagedown",) * 5),
        ("hverdagsliv_about", ("pagedown",)),
        ("samlet_vurdering", ("f9",)),
        ("samlet_vurdering_profile", ("tab", "pagedown")),
        ("forslag", ("f9", "down")),
        ("card", ("k",)),
        ("forslag_criterion", ("escape", "down", "enter")),
        ("search", ("escape", "s", *"hofte")),
        ("afgoerelse", ("escape", "f9")),
        ("afgoerelse_consideration", ("down", "enter")),
        ("afgoerelse_grant", ("escape", "down", "enter", "tab")),
        ("afgoerelse_refusal", ("escape", "end", "enter", "tab")),
        ("afgoerelse_unanswered", ("f4", "1", *["tab"] * 14, *"\nhjælp til at komme i bad to gange om ugen",
                                   "f4", "6", "end")),
    ]  # fmt: skip
    pictures = album()
    async with desk.visiting(whole_case(), size=size, documents=DOCUMENTS) as visit:
        for name, keys in tour:
            await pictures.take(visit, name, *("enter" if key == "\n" else key for key in keys))
    assert pictures.different == []


async def test_the_letter(desk: Desk, album: Callable[[], Album], size: tuple[int, int]) -> None:
    pictures = album()
    async with desk.visiting(whole_case(), "brev", size=size, documents=DOCUMENTS) as visit:
        await pictures.take(visit, "brev")
    assert pictures.different == []


COURSE = {
    "appointments": [{"agreed_on": "2017-03-02", "on": "2017-03-03", "at": "09:30", "held": True}],
    "consents": [{"source": "egen læge", "allowed": True, "asked_on": "2017-03-03"}],
    "orders": [
        {"items": ["indkoebsordning_med_paapladssaetning"], "supplier": "Kommunens leverandør", "channel": "advis",
         "ordered_on": "2017-03-06"}
    ],
    "complaints": [{"received_on": "2017-03-06", "how": "orally", "items": ["rengoering_3"]}],
}  # fmt: skip


async def test_the_course(desk: Desk, album: Callable[[], Album], size: tuple[int, int]) -> None:
    tour: list[tuple[str, tuple[str, ...]]] = [
        ("forloeb", ()),
        ("forloeb_task", ("down",)),
        ("forloeb_order", ("enter",)),
        ("forloeb_complaint", ("escape", "end", "up", "enter")),
        ("forloeb_new", ("escape", "n")),
        ("forloeb_help", ("escape", "f1")),
    ]
    pictures = album()
    case = with_made(changed(whole_case(), course=COURSE), "brev-1", NOW)
    async with desk.visiting(case, "forloeb", size=size, documents=DOCUMENTS) as visit:
        for name, keys in tour:
            await pictures.take(visit, name, *keys)
    assert pictures.different == []

"""The screens of sync as they stand, at the size of the smallest terminal and at a large one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from pytest_textual_snapshot import SVGImageExtension  # type: ignore[import-untyped]
from sample_case import changed, whole_case
from sync_office import OFFLINE, Known, Office, Porch, field, two_fields
from syrupy.assertion import SnapshotAssertion
from test_snapshots import Album
from visit_kit import LARGE, NOW, SMALL, Desk

from visitator_tui.usecases.sync_ports import SyncState, UnsentRow
from visitator_tui.usecases.sync_wire import Trouble

pytestmark = [
    pytest.mark.painted,
    pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"]),
]

MINE = (
    "Datteren handler ind om lørdagen og bærer varerne op på 2. sal. Borgeren skriver selv sedlen.\n"
    "Hun kan ikke bære mere end en liter mælk ad gangen og går med rollator til den nærmeste butik."
)
THEIRS = (
    "Naboen handler ind om lørdagen og bærer varerne op på 2. sal. Borgeren skriver selv sedlen.\n"
    "Hun kan ikke bære mere end et franskbrød ad gangen og går med stok til den nærmeste butik."
)
HELD = "Teksten fylder mere, end tjenesten tager imod. Gør den kortere, eller læg det lange i et bilag."


async def test_synkronisering(desk: Desk, snapshot: SnapshotAssertion, size: tuple[int, int]) -> None:
    pictures, office = Album(snapshot), Office()
    case_id = desk.put(whole_case())
    office.now = SyncState(
        unsent=3,
        conflicts=2,
        error=OFFLINE,
        trouble=Trouble.OFFLINE,
        last_success=NOW - timedelta(days=1),
        next_try=NOW + timedelta(minutes=5),
        user="vivi",
    )
    office.disputed = two_fields(case_id)
    office.rows = [
        UnsentRow(case_id, "case", "Åse Ærø Østergård", NOW, held=True),
        UnsentRow("x", "case", "Karl Gustav Emanuel von der Lippe-Østergård Ærøskøbing", NOW, True, HELD),
        UnsentRow("y", "letter", "Bodil Sø", NOW),
    ]
    async with desk.opened(size, sync=lambda _: office, sign_in=lambda _: Porch(Known())) as visit:
        await visit.until(lambda: "konflikt" in visit.text())
        await pictures.take(visit, "my_day_not_sent")
        await pictures.take(visit, "sync", "y")
        await pictures.take(visit, "sync_help", "f1")
        await pictures.take(visit, "sync_fetch", "escape", "h", *"sø", "enter")
        await pictures.take(visit, "sync_fetch_offline", "escape", "h", *"nej", "enter")
        await pictures.take(visit, "sync_sign_in", "escape", "l")
    async with desk.opened(size, sync_setup="Adressen skrives i visitator.toml som sync_server.") as visit:
        await pictures.take(visit, "sync_not_set_up", "y")
    assert pictures.different == []


async def test_conflicts(desk: Desk, snapshot: SnapshotAssertion, size: tuple[int, int]) -> None:
    pictures, office = Album(snapshot), Office()
    case_id = desk.put(whole_case())
    long = field(1, "assessment.areas.indkoeb.observed", MINE, THEIRS, case_id)
    item = replace(
        field(3, "decision.items.afloesning", "", "", case_id),
        mine={"delydelse": "afloesning", "outcome": "granted", "start_on": "2017-03-20"},
        theirs={
            "delydelse": "afloesning",
            "outcome": "refused",
            "reason": "Datteren ser til hende hver dag.",
        },
        base={"delydelse": "afloesning"},
    )
    office.disputed = [long, two_fields(case_id)[1], item]
    async with desk.opened(size, sync=lambda _: office) as visit:
        await visit.press("y", "k")
        await visit.until(lambda: "felt 1 af 3" in visit.text())
        await pictures.take(visit, "conflict")
        await pictures.take(visit, "conflict_base", "g")
        await pictures.take(visit, "conflict_item", "g", "n", "n")
        await pictures.take(visit, "conflicts_settled", "m", "m", "m")
    assert pictures.different == []


async def test_signing_in(desk: Desk, snapshot: SnapshotAssertion, size: tuple[int, int]) -> None:
    pictures, office, porch = Album(snapshot), Office(), Porch()
    given: dict[str, Any] = {"sync": lambda _: office, "sign_in": lambda _: porch, "sync_tenant": "provby"}
    async with desk.opened(size, **given) as visit:
        await visit.press("y", "l")
        visit.burst("1")
        await visit.until(lambda: porch.code in visit.text())
        picture = visit.app.export_screenshot(title="Visitator")  # the app is not quiet: it waits for her
        if picture != snapshot.use_extension(SVGImageExtension)(name="sign_in_browser"):
            pictures.different.append("sign_in_browser")
        await visit.press("escape")
        await pictures.take(visit, "sign_in_code", "l", "2", *"forkert", "enter")
    assert pictures.different == []


async def test_leaving_the_list(desk: Desk, snapshot: SnapshotAssertion, size: tuple[int, int]) -> None:
    pictures, office = Album(snapshot), Office()
    desk.put(changed(whole_case(), decision__items=[]))
    async with desk.unlocked(size, sync=lambda _: office) as visit:
        await pictures.take(visit, "hand_over", "o", *"anna")
        await pictures.take(visit, "delete_case", "escape", "x")
    assert pictures.different == []

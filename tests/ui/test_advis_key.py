"""A in Forløb writes the order under the cursor as advis, and says where the file is."""

from __future__ import annotations

import json

from sample_case import changed, whole_case
from visit_kit import NOW, Desk, Visit

from visitator_tui.domain.case import Case
from visitator_tui.domain.made_decision import with_made

PLACE = "orders.0"


def ordered(made: bool = True) -> Case:
    case = whole_case()
    case = with_made(case, "brev-1", NOW) if made else case
    item = case.decision.items[0].delydelse
    return changed(case, course__orders=[{"items": [item], "supplier": "Omsorg ApS", "channel": "advis"}])


async def write(visit: Visit) -> None:
    await visit.press("a")
    assert "Bestillingen som advis" in visit.text()
    await visit.press("enter")


async def test_the_order_is_written_to_the_folder_and_the_screen_says_where(desk: Desk) -> None:
    async with desk.visiting(ordered(), "forloeb", PLACE) as visit:
        await write(visit)
        assert visit.app.screen is visit.screen, visit.text()
        [file] = desk.letters_folder.glob("advis-*.json")
        assert visit.hint == f"Advis er gemt som {file}"
        assert json.loads(file.read_text("utf-8"))["supplier"] == "Omsorg ApS"


async def test_an_order_of_help_that_is_not_granted_says_so_and_writes_nothing(desk: Desk) -> None:
    async with desk.visiting(ordered(made=False), "forloeb", PLACE) as visit:
        await write(visit)
        assert "er ikke bevilget i en afgørelse" in " ".join(visit.text().split())
        await visit.press("escape")
        assert visit.app.screen is visit.screen
    assert not list(desk.letters_folder.glob("advis-*"))


async def test_elsewhere_than_on_an_order_the_key_says_where_it_belongs(desk: Desk) -> None:
    async with desk.visiting(ordered(), "forloeb") as visit:
        await visit.press("home", "a")
        assert visit.app.screen is visit.screen
        assert "Stil markøren på en bestilling" in visit.hint
        await visit.press("f1")
        await visit.type("advis")
        assert "leverandørens system" in " ".join(visit.text().split())

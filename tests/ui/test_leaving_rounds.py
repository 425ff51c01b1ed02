"""The list of preventive visits, and a visit, are left by F2 and by Esc, wherever they were opened."""

from __future__ import annotations

import pytest
from visit_kit import ACTOR, NOW, Desk

from visitator_tui.domain.preventive import KIND
from visitator_tui.store.kinds import KindStore
from visitator_tui.ui.screens.cases import CasesScreen
from visitator_tui.ui.screens.my_day import MyDayScreen
from visitator_tui.ui.screens.preventive import PreventiveScreen
from visitator_tui.ui.screens.preventive_visit import VisitScreen
from visitator_tui.usecases.demo_register import demo_register


@pytest.mark.parametrize("key", ["f2", "escape"])
async def test_the_list_and_a_visit_are_left_as_they_were_entered(desk: Desk, key: str) -> None:
    store = desk.store()
    citizens = [(one.name, one.model_dump_json()) for one in demo_register(NOW.date())]
    KindStore(store).add_documents(KIND, citizens, ACTOR, NOW)
    store.close()
    async with desk.opened() as visit:
        await visit.until(lambda: isinstance(visit.app.screen, MyDayScreen))
        for opened_from in (MyDayScreen, CasesScreen):
            assert isinstance(visit.app.screen, opened_from)
            await visit.press("f")
            assert isinstance(visit.app.screen, PreventiveScreen)
            await visit.press("enter")
            assert isinstance(visit.app.screen, VisitScreen)
            await visit.press("tab")
            await visit.type("Svømmer")
            await visit.press(key)
            assert isinstance(visit.app.screen, PreventiveScreen)
            await visit.press(key)
            assert isinstance(visit.app.screen, opened_from)
            if opened_from is MyDayScreen:
                await visit.press("f2")
    store = desk.store()
    written = KindStore(store).documents(KIND)
    store.close()
    assert sum("Svømmer" in one.body for one in written) == 2, "each visit kept its note"


async def test_a_second_key_under_way_leaves_nothing_more_than_the_list(desk: Desk) -> None:
    async with desk.unlocked() as visit:
        await visit.press("f")
        assert isinstance(visit.app.screen, PreventiveScreen)
        await visit.press("escape", "escape")
        assert isinstance(visit.app.screen, CasesScreen)

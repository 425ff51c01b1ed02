"""Preventive visits and quality are reached from Min dag, which tells how many visits are due."""

from __future__ import annotations

import threading
from datetime import date
from typing import cast

from visit_kit import ACTOR, NOW, Desk, law

from visitator_tui.domain.preventive import KIND
from visitator_tui.store.kinds import KindStore
from visitator_tui.store.store import SqlCipherStore
from visitator_tui.ui.screens.my_day import MyDayScreen
from visitator_tui.ui.screens.preventive import PreventiveScreen
from visitator_tui.ui.screens.quality import QualityScreen
from visitator_tui.usecases.demo_register import demo_register
from visitator_tui.usecases.ports import CaseStore
from visitator_tui.usecases.preventive import DueEntry, PreventiveBook


async def test_visits_that_are_due_have_a_row_that_opens_the_list(desk: Desk) -> None:
    store = desk.store()
    citizens = [(one.name, one.model_dump_json()) for one in demo_register(NOW.date())]
    KindStore(store).add_documents(KIND, citizens, ACTOR, NOW)
    store.close()
    async with desk.opened() as visit:
        await visit.until(lambda: "forebyggende besøg skal tilbydes" in visit.text())
        [row] = [row for row in visit.rows("tasks") if "forebyggende besøg" in row]
        await visit.press("home", "enter")
        assert isinstance(visit.app.screen, PreventiveScreen)
        due = len(visit.rows("citizens"))
        assert f" {due} forebyggende" in row


async def test_nothing_is_said_of_visits_when_none_is_due_and_both_screens_have_their_key(desk: Desk) -> None:
    async with desk.opened() as visit:
        await visit.until(lambda: isinstance(visit.app.screen, MyDayScreen))
        assert "forebyggende besøg skal" not in visit.text()
        await visit.press("k")
        assert isinstance(visit.app.screen, QualityScreen)
        await visit.press("f2")
        await visit.press("f")
        assert isinstance(visit.app.screen, PreventiveScreen)


async def test_the_register_is_read_again_only_when_it_has_changed(desk: Desk) -> None:
    store = desk.store()
    citizens = [(one.name, one.model_dump_json()) for one in demo_register(NOW.date())]
    KindStore(store).add_documents(KIND, citizens, ACTOR, NOW)
    store.close()
    read: list[threading.Thread] = []

    class Watched(PreventiveBook):
        def due(self, on: date) -> list[DueEntry]:
            read.append(threading.current_thread())
            return super().due(on)

    def book(store: CaseStore) -> PreventiveBook:
        return Watched(KindStore(cast("SqlCipherStore", store)), store, law(), ACTOR, lambda: NOW)

    async with desk.opened(preventive=book) as visit:
        await visit.until(lambda: "forebyggende besøg skal tilbydes" in visit.text())
        await visit.press("k")
        await visit.press("f2")
        assert len(read) == 1, "coming back to Min dag reads nothing that is known"
        await visit.press("f")
        await visit.until(lambda: len(read) == 2)
        await visit.press("u")
        before = len(read)
        await visit.press("f2")
        await visit.until(lambda: len(read) > before)
        assert threading.main_thread() not in read

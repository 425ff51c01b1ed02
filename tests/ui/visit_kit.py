"""What the tests of the screens share: the real rooms wired together, a visitator's hands, and sample cases."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any

from textual import events
from textual.keys import REPLACED_KEYS, _character_to_key
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Input, TextArea
from textual.worker import WorkerCancelled

from visitator_tui import composition
from visitator_tui.catalogue import CatalogueFolder
from visitator_tui.catalogue.law_file import read_law
from visitator_tui.domain.case import Case
from visitator_tui.domain.law_rules import LawRegister
from visitator_tui.domain.workdays import DanishCalendar
from visitator_tui.resources import asset
from visitator_tui.settings import Settings
from visitator_tui.store import SqlCipherVault, keyfile
from visitator_tui.store.store import SqlCipherStore
from visitator_tui.ui.app import VisitatorApp
from visitator_tui.ui.screens.case import CaseScreen
from visitator_tui.ui.screens.my_day import MyDayScreen
from visitator_tui.ui.services import Services
from visitator_tui.ui.widgets.bars import HintBar, StepBar, TitleBar
from visitator_tui.ui.widgets.line_list import LineList
from visitator_tui.usecases.my_day_reckoning import CaseReckoning
from visitator_tui.usecases.ports import VISITATOR_NAME, Actor, CaseStore, Place

NOW = datetime(2017, 3, 6, 10, 0, tzinfo=timezone(timedelta(hours=1)))
ACTOR = Actor("vivi", "pc-1")
PASSPHRASE = "blå heste på række"
CHEAP = keyfile.KdfCost(memory_kib=8, iterations=1, lanes=1)
A_PICTURE = 0.02
"""Seconds within which the framework's own timers have painted what changed."""
SMALL, LARGE = (80, 24), (120, 40)


@cache
def catalogues() -> CatalogueFolder:
    """The shipped standards, read once."""
    return CatalogueFolder((asset("catalogues"),), None)


@cache
def law() -> LawRegister:
    """The shipped register of the law, read once."""
    return read_law(asset("law", "laws.yaml"), None)


@cache
def reckoning() -> CaseReckoning:
    """How Min dag's tasks are worked out, by the clock that stands still."""
    return CaseReckoning(catalogues(), DanishCalendar(), lambda: NOW)


def vault(folder: Path) -> SqlCipherVault:
    """The real vault of a folder, quick to open."""
    return SqlCipherVault(folder, ACTOR.device, cost=CHEAP, reckoning=reckoning)


def services(folder: Path, **given: Any) -> Services:
    """The program's own wiring on one folder, with a clock that stands still; ``given`` replaces parts."""
    return composition._services(
        Settings(),
        **{
            "vault": lambda: vault(folder / "data"),
            "catalogues": catalogues,
            "law": law,
            "actor": ACTOR,
            "clock": lambda: NOW,
            "documents": folder / "breve",
            "prepare": lambda: None,
            "catalogue_warnings": tuple,
            **given,
        },
    )


@cache
def _empty_database(folder: Path) -> Path:
    store = vault(folder).create(PASSPHRASE, NOW)
    store.set_setting(VISITATOR_NAME, json.dumps("Vivi Visse"), ACTOR, NOW)
    store.close()
    return folder


class Desk:
    """A laptop with an encrypted database, and whoever sits down at it."""

    def __init__(self, folder: Path, template: Path) -> None:
        self.folder = folder
        shutil.copytree(_empty_database(template), folder / "data")

    @property
    def letters_folder(self) -> Path:
        """Where the app proposes to put letters."""
        return self.folder / "breve"

    def store(self) -> SqlCipherStore:
        """The database, opened outside the app."""
        return vault(self.folder / "data").open(PASSPHRASE, NOW)

    def put(self, case: Case, place: Place | None = None) -> str:
        """Store a case; with a place, it is the one that was open last. Returns its id."""
        store = self.store()
        record = store.create(case, ACTOR, NOW)
        if place is not None:
            store.remember_place(record.id, place)
        store.close()
        return record.id

    def saved(self, case_id: str) -> Case:
        """A case as the database has it."""
        store = self.store()
        try:
            return store.load(case_id).case
        finally:
            store.close()

    def app(self, **given: Any) -> VisitatorApp:
        """The app on this laptop."""
        return VisitatorApp(services(self.folder, **given))

    @asynccontextmanager
    async def locked(self, size: tuple[int, int] = SMALL, **given: Any) -> AsyncIterator[Visit]:
        """The app as it starts."""
        app = self.app(**given)
        async with app.run_test(size=size, notifications=True) as pilot:
            visit = Visit(self, app, pilot)
            await visit.settle()
            yield visit

    @asynccontextmanager
    async def opened(self, size: tuple[int, int] = SMALL, **given: Any) -> AsyncIterator[Visit]:
        """The app after the passphrase: Min dag, or the case that was open last."""
        async with self.locked(size, **given) as visit:
            await visit.type(PASSPHRASE)
            await visit.press("enter")
            yield visit

    @asynccontextmanager
    async def unlocked(self, size: tuple[int, int] = SMALL, **given: Any) -> AsyncIterator[Visit]:
        """The app in the list of cases, or in the case that was open last."""
        async with self.opened(size, **given) as visit:
            await visit.until(lambda: isinstance(visit.app.screen, MyDayScreen | CaseScreen))
            if isinstance(visit.app.screen, MyDayScreen):
                await visit.press("f2")
            yield visit

    @asynccontextmanager
    async def visiting(
        self,
        case: Case,
        step: str = "henvendelse",
        focus: str = "",
        size: tuple[int, int] = SMALL,
        **given: Any,
    ) -> AsyncIterator[Visit]:
        """The app in a case, at a step."""
        case_id = self.put(case, Place(step, focus))
        async with self.opened(size, **given) as visit:
            await visit.until(lambda: isinstance(visit.app.screen, CaseScreen))
            await visit.settle()
            visit.case_id = case_id
            yield visit


class Visit:
    """The visitator's hands and eyes. Keys are pressed without waiting between them."""

    def __init__(self, desk: Desk, app: VisitatorApp, pilot: Pilot[int]) -> None:
        self.desk, self.app, self.pilot = desk, app, pilot
        self.case_id = ""

    # -- hands -----------------------------------------------------------------------------------

    async def press(self, *keys: str) -> None:
        """Press keys as fast as a burst, then wait until the app is quiet."""
        self.burst(*keys)
        await self.settle()

    async def type(self, text: str) -> None:
        """Type a text in one burst."""
        await self.press(*("enter" if character == "\n" else character for character in text))

    def burst(self, *keys: str) -> None:
        """Hand keys to the app at once, as a fast typist's terminal does."""
        driver = self.app._driver
        assert driver is not None
        for one in keys:
            key = _character_to_key(one) if len(one) == 1 and not one.isalnum() else one
            character = one if len(one) == 1 else None
            event = events.Key(REPLACED_KEYS.get(key, key), character)
            event.set_sender(self.app)
            driver.send_message(event)

    async def settle(self) -> None:
        """Wait until nothing is under way: messages, threads, what they send, and the picture after it."""
        await self._picture()
        with suppress(WorkerCancelled):  # the list was asked for again before it was read
            await self.app.workers.wait_for_complete()
        await self._picture()

    async def _picture(self) -> None:
        """The next picture of the screen, and what it sets off.

        (The pilot's own pause sends a message through each of hundreds of widgets: half the time of the tests.)
        """
        await self._idle()
        await asyncio.sleep(A_PICTURE)
        await self._idle()
        self.app.screen._on_timer_update()
        await self._idle()

    async def _idle(self) -> None:
        """Wait until every task waits for a thread, a timer or a key."""
        loop: Any = asyncio.get_running_loop()
        await asyncio.sleep(0)
        while loop._ready:
            await asyncio.sleep(0)

    async def until(self, fulfilled: Callable[[], Any], rounds: int = 1000) -> None:
        """Wait for something that a timer or a thread brings about."""
        for _ in range(rounds):
            if fulfilled():
                return
            await self._picture()
        raise AssertionError(f"it never happened; the screen shows:\n{self.text()}")

    # -- eyes ------------------------------------------------------------------------------------

    def text(self) -> str:
        """The whole screen as text, line by line."""
        return "\n".join(
            "".join(segment.text for segment in strip).rstrip()
            for strip in self.app.screen._compositor.render_strips()
        )

    @property
    def store(self) -> CaseStore:
        """The app's open database."""
        assert self.app.store is not None
        return self.app.store

    @property
    def screen(self) -> CaseScreen:
        """The case's screen, wherever a dialog may lie over it."""
        return next(one for one in reversed(self.app.screen_stack) if isinstance(one, CaseScreen))

    @property
    def case(self) -> Case:
        """The case as it stands in the app."""
        return self.screen.session.case

    @property
    def focused(self) -> Widget | None:
        """What has the focus."""
        return self.app.focused

    @property
    def where(self) -> str:
        """The path of the field that has the focus; a list's id; or nothing."""
        focused = self.app.focused
        return str(getattr(focused, "where", None) or (focused.id if focused else "") or "")

    @property
    def field(self) -> str:
        """What stands in the field that has the focus."""
        focused = self.app.focused
        assert isinstance(focused, Input | TextArea), focused
        return focused.value if isinstance(focused, Input) else focused.text

    @property
    def hint(self) -> str:
        """The line under the step."""
        bar = self.screen.query_one(HintBar)
        return bar.text or bar.keys

    @property
    def saving(self) -> str:
        """What the title says of saving."""
        return self.screen.query_one(TitleBar).right

    def missing(self, step: str) -> int:
        """How much the step bar says that a step lacks."""
        return self.screen.query_one(StepBar).missing.get(step, 0)

    def rows(self, list_id: str = "") -> list[str]:
        """The texts of a list's rows."""
        lists = self.app.screen.query(f"#{list_id}" if list_id else "LineList").results(LineList)
        return [row.text for row in next(iter(lists)).rows]

    async def to_finding(self, place: int) -> None:
        """Go to the place of a finding, by F3."""
        await self.press("f3", *["down"] * place, "enter")

    async def saved(self) -> Case:
        """The case as it comes to stand in the database."""
        await self.until(lambda: self.saving == "gemt")
        return self.store.load(self.screen.session.id).case

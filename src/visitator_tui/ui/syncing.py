"""The app's part in sync: it starts and stops with the open database, and every screen hears how it stands."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from visitator_tui.usecases.ports import CaseStore, StoreError
from visitator_tui.usecases.sync_ports import Applied, Synchronising, SyncState, UnsentRow
from visitator_tui.usecases.sync_words import short

from .here import is_here
from .in_order import InOrder
from .in_thread import in_thread
from .services import Services

LONGEST_STOP = 3.0
"""Seconds that leaving the program waits for a sync under way; what is not sent goes next time."""


@dataclass(frozen=True)
class SyncNews:
    """How sync stands, as the screens show it. ``known`` is False in the demo and before it has begun."""

    known: bool = False
    state: SyncState | None = None
    unsent: tuple[UnsentRow, ...] = ()
    marks: Mapping[str, str] = field(default_factory=dict)

    def title(self, now: datetime) -> str:
        """For a title bar; empty where there is nothing to say."""
        if not self.known:
            return ""
        told = short(self.state, self.unsent, now)
        return told if self.state else f"synk {told}"

    def mark(self, case_id: str) -> str:
        """``konflikt``, ``ikke sendt`` or nothing, for a case."""
        return self.marks.get(case_id, "")


class SyncingApp(InOrder):
    """An app that synchronises its open database while it runs."""

    services: Services
    sync: Synchronising | None = None
    news = SyncNews()

    @in_thread("sync")
    def begin_sync(self, store: CaseStore) -> None:
        """Make what synchronises the store, and start it; the screens hear when that is done."""
        if self.services.demo:
            return
        sync = self.services.sync(store)
        self.sync = sync
        if sync is not None:
            sync.listen(self._told)
            sync.start()
        self.call_later(self._show, self._read(), None)

    def end_sync(self) -> None:
        """Stop it, in not more than LONGEST_STOP seconds (not on the screen's thread)."""
        if self.sync is not None:
            self.sync.stop(LONGEST_STOP)

    @in_thread("sync-news", exclusive=True)
    def read_sync(self) -> None:
        """Something was saved: what is unsent now?"""
        if self.sync is not None:
            self.call_later(self._show, self._read(), None)

    def _told(self, state: SyncState, applied: Applied | None) -> None:
        """In the loop's thread: hand on what it says."""
        news = self._read(state) if applied or not state.running else self._counted(state)
        self.call_later(self._show, news, applied)

    def _counted(self, state: SyncState) -> SyncNews:
        """The state alone: while records come and go the rest is not read again for each."""
        return SyncNews(True, state, self.news.unsent, self.news.marks)

    def _read(self, state: SyncState | None = None) -> SyncNews:
        sync = self.sync
        if sync is None:
            return SyncNews(known=True)
        with suppress(StoreError):
            state = state or sync.state()
            unsent = tuple(sync.unsent())
            marks = {row.case_id: "ikke sendt" for row in unsent}
            marks |= {one.case_id: "konflikt" for one in sync.conflicts()}
            return SyncNews(True, state, unsent, marks)
        return self.news  # the database is closed: the program ends

    def _show(self, news: SyncNews, applied: Applied | None) -> None:
        self.news = news
        for screen in self.screen_stack:
            hear = getattr(screen, "sync_changed", None)
            if hear is not None and is_here(screen):
                hear(applied)

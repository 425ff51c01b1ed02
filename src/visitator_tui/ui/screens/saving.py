"""What keeps a case saved while it is typed: a timer, a thread, and a look at the clock.

The timer serves ordinary typing. Where keys come faster than they can be handled (a paste as keys, a
barcode reader), the event loop never gets to its timers; every change therefore looks at the clock too, and
the thread that writes needs nothing from the loop.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor, wait
from time import monotonic

from textual.screen import Screen
from textual.timer import Timer

from visitator_tui.domain.case import Case
from visitator_tui.usecases.ports import CaseRecord, StoreError
from visitator_tui.usecases.session import CaseSession, SaveJob

from ..here import is_here

AUTOSAVE_AFTER = 0.4
"""Seconds from the first unsaved keystroke to its save; the promise is one second."""

AGAIN_AFTER = 5
"""Seconds until a save that failed is tried again."""


class SavingScreen(Screen[None]):
    """A screen that saves its session by itself. The subclass shows the state in ``_state``."""

    def __init__(self, session: CaseSession) -> None:
        super().__init__()
        self.session = session
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="gem")
        self._saving: tuple[SaveJob, Future[CaseRecord]] | None = None
        self._save_timer: Timer | None = None
        self._save_at: float | None = None
        self._trouble = ""

    def _state(self) -> None:
        """Show whether everything is saved."""
        raise NotImplementedError

    def _remember(self) -> None:
        """Tell the session where the visitator is."""
        raise NotImplementedError

    def take_typing(self) -> None:
        """Let the session know what stands in the field with the focus."""
        raise NotImplementedError

    def merged(self, before: Case, saved: CaseRecord) -> None:
        """A save met what somebody else had saved, and the case now reads otherwise."""
        raise NotImplementedError

    def saved(self) -> None:
        """A save has ended well."""
        raise NotImplementedError

    def save_soon(self) -> None:
        """Something changed: save it within AUTOSAVE_AFTER, also if the timer never gets its turn."""
        if not self.session.unsaved:
            return
        if self._save_at is None:
            self._save_in(AUTOSAVE_AFTER)
        elif monotonic() >= self._save_at:
            self._look()
            self.flush()

    def _save_in(self, seconds: float) -> None:
        self._save_at = monotonic() + seconds
        self._save_timer = self.set_timer(seconds, self.flush)

    def flush(self) -> None:
        """Save what is unsaved, in a thread; one save at a time."""
        if self._save_timer is not None:
            self._save_timer.stop()
            self._save_timer = None
        if self._saving is None:
            self._save_at = None
            if job := self.session.take():
                future = self._writer.submit(self.session.store, job)
                self._saving = job, future
                future.add_done_callback(lambda _: self.call_later(self._look))
        if is_here(self):
            self._state()

    def _look(self) -> None:
        """Take note of a save that has ended."""
        if self._saving is None or not self._saving[1].done():
            return
        job, future = self._saving
        self._saving = None
        try:
            saved = future.result()
        except StoreError as problem:
            self._not_written(job, str(problem))
        except BaseException:
            self.session.failed(job)
            raise
        else:
            self.take_typing()
            before = self.session.case
            self.session.done(job, saved)
            self._trouble = ""
            if is_here(self):
                if self.session.case is not before:
                    self.merged(before, saved)
                self.saved()
            if self.session.unsaved and self._save_timer is None:
                self._save_in(AUTOSAVE_AFTER)
        if is_here(self):
            self._state()

    def _not_written(self, job: SaveJob, message: str) -> None:
        self.session.failed(job)
        if message != self._trouble:
            self._trouble = message
            self.notify(message, title="Ikke gemt", severity="error", timeout=20)
        self._save_in(AGAIN_AFTER)

    def save_everything(self) -> bool:
        """Save here and now; False (and a message) when it cannot be done."""
        self._remember()
        try:
            if self._saving is not None:
                wait([self._saving[1]])
                self._look()
            self.session.save()
        except StoreError as problem:
            self.notify(str(problem), title="Ikke gemt", severity="error", timeout=20)
            return False
        return True

    def on_unmount(self) -> None:
        """Let the writing thread end."""
        self._writer.shutdown(wait=False)

"""Sync in the background: when to try, what the screens are told, and what leaves the laptop."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from visitator_tui.usecases.ports import Actor, Clock, StoreError
from visitator_tui.usecases.sync_ports import (
    Applied,
    ConflictRow,
    Listener,
    Phase,
    Side,
    SyncState,
    SyncStore,
    UnsentRow,
)
from visitator_tui.usecases.sync_wire import FoundCase, SyncError, SyncServer, Trouble

from . import words
from .round import Round, Stopped, store_trouble

EVERY: Final = 300.0
"""Seconds between two syncs when nothing happens here."""

SOON: Final = 2.0
"""Seconds from a nudge to its sync, so that a paragraph goes in one piece."""

DOUBT_TOLD: Final = timedelta(days=14)
"""How long it is told that the service does not know this laptop's audit again, after it last said so."""

_FIRST_WAIT: Final = 5.0
_LONGEST_WAIT: Final = 600.0
_LEAVING_EVERY: Final = timedelta(hours=1)
_FILES_EVERY: Final = timedelta(hours=1)
_NOT_BY_WAITING: Final = {Trouble.EXPIRED, Trouble.REVOKED, Trouble.DENIED, Trouble.VERSION}


class SyncLoop:
    """Synchronising in a thread of its own. ``chance`` gives numbers from 0 to 1; ``retention`` is how long
    a case that is closed, or somebody else's, stays on this laptop. ``take_files`` takes what the municipality
    has published, or raises SyncError; it is asked at the first sync and then every hour.
    """

    def __init__(
        self,
        store: SyncStore,
        server: SyncServer,
        actor: Actor,
        clock: Clock,
        chance: Callable[[], float],
        retention: timedelta = timedelta(days=30),
        take_files: Callable[[], None] = lambda: None,
    ) -> None:
        self._store, self._server = store, server
        self._actor, self._clock, self._chance = actor, clock, chance
        self._retention = retention
        self._take_files = take_files
        self._looked_for_files: datetime | None = None
        self._lock = threading.Lock()
        self._one_at_a_time = threading.Lock()
        self._wake = threading.Event()
        self._ending = threading.Event()
        self._thread: threading.Thread | None = None
        self._listeners: list[Listener] = []
        self._failures = 0
        self._looked_for_leaving: datetime | None = None
        kept = store.stored_sync()
        self._state = SyncState(
            last_success=kept.last_success, error=kept.last_error, trouble=kept.last_trouble, user=kept.user
        )
        self._reached_head = False

    # -- the thread --------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin, in a thread of its own."""
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="sync", daemon=True)
                self._thread.start()

    def stop(self, wait: float = 5.0) -> None:
        """End after the step that is under way."""
        self._ending.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(wait)
        self._say(phase=Phase.STOPPED)

    def _run(self) -> None:
        pause = 0.0
        while not self._ending.is_set():
            if self._wake.wait(pause):
                self._wake.clear()
                if self._ending.wait(SOON):
                    return
                self._wake.clear()
            # What went wrong is told by then; whatever it was, the next try comes.
            with contextlib.suppress(Exception):
                self.sync_once()
            pause = self.pause()
            with contextlib.suppress(Exception):
                if not self._ending.is_set():
                    self._say(next_try=self._clock() + timedelta(seconds=pause))

    def pause(self) -> float:
        """Seconds to wait now: longer after each failure, and never in step with other laptops."""
        jitter = 0.5 + self._chance()
        if not self._failures:
            return EVERY * jitter
        if self._state.trouble in _NOT_BY_WAITING:
            return _LONGEST_WAIT * jitter
        return float(
            min(_FIRST_WAIT * 2 ** min(self._failures - 1, 10), _LONGEST_WAIT) * jitter + self._asked_for
        )

    _asked_for = 0.0
    """Seconds the service asked to be left alone for."""

    def sync_once(self) -> None:
        """Sync now, here. Raises SyncError when it did not come to its end, Stopped when the program ends."""
        with self._one_at_a_time:
            try:
                self._synced()
            except SyncError as problem:
                self._failed(problem)
                raise
            except StoreError as problem:
                trouble = store_trouble(problem)
                self._failed(trouble)
                raise trouble from None
            except Stopped:
                raise
            except Exception as problem:
                trouble = words.fault(problem)
                self._failed(trouble)
                raise trouble from problem

    def _synced(self) -> None:
        self._reached_head = False
        self._say(phase=Phase.PULLING, done=0, total=0, next_try=None)
        doing = Round(self._store, self._server, self._actor, self._clock, self._told, self._ending.is_set)
        standing = doing.run()
        now = self._clock()
        left = self._leave(now)
        self._look_for_files(now)
        self._store.note_sync(now, None, standing.user)
        self._failures, self._asked_for = 0, 0.0
        self._reached_head = True
        self._say(
            Applied(left=left) if left else None,
            phase=Phase.RESTING,
            last_success=now,
            error="",
            trouble=None,
            user=standing.user,
        )

    def _leave(self, now: datetime) -> tuple[str, ...]:
        if self._looked_for_leaving and now - self._looked_for_leaving < _LEAVING_EVERY:
            return ()
        self._looked_for_leaving = now
        return self._store.leave_expired(now - self._retention, self._actor, now)

    def _look_for_files(self, now: datetime) -> None:
        if self._looked_for_files is None or now - self._looked_for_files >= _FILES_EVERY:
            self._take_files()
            self._looked_for_files = now

    def _failed(self, problem: SyncError) -> None:
        self._failures += 1
        self._asked_for = problem.wait or 0.0
        with contextlib.suppress(StoreError):
            self._store.note_sync(self._clock(), problem)
        self._say(phase=Phase.RESTING, error=str(problem), trouble=problem.trouble)

    # -- what the screens see ------------------------------------------------------------------------

    def state(self) -> SyncState:
        """How it stands, with what is unsent now."""
        try:
            kept = self._store.stored_sync()
        except StoreError:  # the database is closed: the program ends
            return self._state
        with self._lock:
            waiting = kept.unsent + kept.conflicts + kept.parked
            resting = self._state.phase is Phase.RESTING and not self._state.error
            return replace(
                self._state,
                unsent=kept.unsent,
                conflicts=kept.conflicts,
                parked=kept.parked,
                audit_doubted=self._to_tell(kept.audit_doubted),
                synced=resting and self._reached_head and not waiting,
            )

    def _to_tell(self, doubted: datetime | None) -> datetime | None:
        return doubted if doubted and self._clock() - doubted < DOUBT_TOLD else None

    def listen(self, listener: Listener) -> None:
        """Be told of every change of the state."""
        self._listeners.append(listener)

    def nudge(self) -> None:
        """Sync soon."""
        self._wake.set()

    def _told(self, phase: Phase, done: int, total: int, applied: Applied | None) -> None:
        self._say(applied, phase=phase, done=done, total=total)

    def _say(self, applied: Applied | None = None, **changes: object) -> None:
        with self._lock:
            self._state = replace(self._state, **changes)  # type: ignore[arg-type]
        now = self.state()
        for listener in tuple(self._listeners):
            listener(now, applied)

    def conflicts(self, case_id: str | None = None) -> list[ConflictRow]:
        """Fields that wait for a person."""
        return self._store.conflicts(case_id)

    def settle(self, conflict: ConflictRow, side: Side) -> None:
        """Choose one version of a field."""
        self._store.settle(conflict, side, self._actor, self._clock())
        self._say(Applied(changed=(conflict.case_id,)))
        self.nudge()

    def unsent(self) -> list[UnsentRow]:
        """What the service does not have yet."""
        return self._store.unsent()

    def search(self, text: str) -> tuple[FoundCase, ...]:
        """Cases at the service."""
        return self._server.search(text)

    def fetch(self, case_id: str) -> None:
        """Bring a found case to this laptop."""
        self._server.follow(case_id)
        self.sync_once()

    def assign(self, case_id: str, user: str) -> None:
        """Hand a case over."""
        self._store.assign(case_id, user, self._actor, self._clock())
        self.nudge()

"""One sync from end to end: settle what is on its way, pull, push, and pull what others did meanwhile."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from visitator_tui.usecases.ports import Actor, Clock, StoreError
from visitator_tui.usecases.sync_ports import Applied, Phase, SyncStore
from visitator_tui.usecases.sync_wire import (
    Batch,
    Cursor,
    EpochChanged,
    ForgottenBatch,
    PushAnswer,
    Pushed,
    Standing,
    SyncError,
    SyncServer,
    Trouble,
)

BATCH_RECORDS: Final = 100
BATCH_BYTES: Final = 2_000_000
PAGE_ROWS: Final = 500
_MOST_ROUNDS: Final = 20
"""Pushes and pulls in one sync before it rests: others may be writing all the time."""

Told = Callable[[Phase, int, int, Applied | None], None]
"""Is told what goes on: the phase, how many of how many records, and what a pull has changed."""


class Stopped(Exception):
    """The program ends; what is done is done, and what is not waits for the next time."""


class Round:
    """Syncs once. Every step is whole by itself: whatever ends it between two steps loses nothing."""

    def __init__(
        self,
        store: SyncStore,
        server: SyncServer,
        actor: Actor,
        clock: Clock,
        told: Told = lambda *_: None,
        stopping: Callable[[], bool] = lambda: False,
    ) -> None:
        self._store, self._server = store, server
        self._actor, self._clock = actor, clock
        self._told, self._stopping = told, stopping

    def run(self) -> Standing:
        """Sync until nothing is left to do. Raises SyncError, Stopped or StoreError."""
        epoch: str | None = None
        for _ in range(3):
            try:
                if epoch is not None:
                    self._start_over(epoch)
                standing = self._server.standing(self._store.seen())
                self._exchange(standing)
            except EpochChanged as problem:  # while starting over too: others notice the same restore
                epoch = problem.epoch
            else:
                return standing
        raise SyncError(
            Trouble.SERVICE, "Kommunens server bliver gendannet lige nu. Programmet prøver selv igen om lidt."
        )

    def _exchange(self, standing: Standing) -> None:
        self._finish()
        stored = self._store.stored_sync()
        known = stored.cursor
        if known.epoch is not None and known.epoch != standing.epoch:
            raise EpochChanged(standing.epoch)
        seen_as = " ".join((standing.user, *sorted(standing.roles)))
        if stored.user not in ("", standing.user) or stored.seen_as not in ("", seen_as):
            there = self._server.revisions(standing.epoch)
            self._store.see_as(seen_as, self._clock(), standing.epoch, there)
            known = Cursor(standing.epoch, 0)
        elif not stored.seen_as:
            self._store.see_as(seen_as, self._clock())
        if known.epoch is None or known.seq != standing.seq or stored.parked:
            self._pull(standing.epoch, standing.seq)
        for _ in range(_MOST_ROUNDS):
            head = self._push(standing)
            if head is None:
                return
            if self._store.stored_sync().cursor.seq < head:
                self._pull(standing.epoch, head)

    def _finish(self) -> None:
        """Ask again for the answer that was lost, before anything else is known: it tells what is ours there."""
        batch = self._store.under_way()
        if batch is None:
            return
        answer: PushAnswer | None = None
        try:
            answer = replace(self._sent(batch), seq=0)
        except ForgottenBatch:
            pass
        except EpochChanged:
            self._store.answered(batch, None, self._actor, self._clock())
            raise
        self._note(Phase.PUSHING, self._store.answered(batch, answer, self._actor, self._clock()))

    def _pull(self, epoch: str, head: int) -> None:
        since = self._store.stored_sync().cursor
        began = since.seq
        while True:
            self._go_on()
            page = self._server.changes(since.seq, PAGE_ROWS, epoch)
            since = Cursor(page.epoch, page.upto)
            # The feed is in the order of its numbers, and a page has all up to its last: so the cursor may
            # move with each page, in the same transaction.
            applied = self._store.apply_pulled(page.changes, since, self._actor, self._clock())
            self._told(Phase.PULLING, since.seq - began, max(head, page.seq) - began, applied)
            if not page.more:
                return

    def _push(self, standing: Standing) -> int | None:
        """Send what is unsent; the feed's head after it, None if there was nothing."""
        head, done = None, 0
        total = self._store.stored_sync().unsent
        while True:
            self._go_on()
            records = self._store.outbox(BATCH_RECORDS, BATCH_BYTES, standing.user)
            if not records:
                return head
            made = Batch(str(uuid.uuid4()), standing.epoch, tuple(records))
            batch = self._store.set_out(made, audited=not done)
            if batch is None:
                return head  # another program on this database is sending: its answer comes first
            self._told(Phase.PUSHING, done, max(total, len(records)), None)
            try:
                answer = self._sent(batch)
            except EpochChanged:
                self._store.answered(batch, None, self._actor, self._clock())
                raise
            applied = self._store.answered(batch, answer, self._actor, self._clock())
            done += len(records)
            head = max(head or 0, answer.seq)
            self._told(Phase.PUSHING, done, max(total, done), applied)
            if any(result.verdict == "conflict" for result in answer.results):
                return head  # others are writing: see first what they have done

    def _sent(self, batch: Batch) -> PushAnswer:
        try:
            return self._server.push(batch)
        except SyncError as problem:
            if problem.trouble is not Trouble.TOO_LARGE:
                raise
            # One record is more than the service takes in at all: it is held, and the rest goes on.
            held = tuple(Pushed(one.id, "refused", 0, "too_large") for one in batch.records)
            return PushAnswer("", 0, held)

    def _start_over(self, epoch: str) -> None:
        """The service was restored from a backup."""
        there = self._server.revisions(epoch or None)
        self._store.start_over(epoch or self._server.standing().epoch, there)

    def _note(self, phase: Phase, applied: Applied) -> None:
        if applied.changed or applied.left:
            self._told(phase, 0, 0, applied)

    def _go_on(self) -> None:
        if self._stopping():
            raise Stopped


def store_trouble(problem: StoreError) -> SyncError:
    """A failure of this laptop's database, as a sync's."""
    return SyncError(Trouble.STORE, str(problem))

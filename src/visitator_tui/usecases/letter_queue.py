"""The queue »til print«: letters wait in the store, and go to the printer in one go at the office.

How often is a letter printed? Once, unless a person says that it did not come out. The printer's job id is
written down before the first byte goes to the printer, so whatever happens afterwards (a crash, a power
cut), the next start can ask the printer what became of that job:

- killed before the id is written: the printer has no byte; the letter still waits;
- killed later: the job was printed, is under way, never got all its bytes (it is then taken back), or was
  cancelled, and the letter's state follows;
- the printer no longer knows the job (Windows forgets what it has ended): the letter is marked uncertain,
  and only the person's answer prints it again.

Two running programs cannot print the same letter: the id is written on condition that nobody else has
touched the entry, and the loser's job is cancelled before it got a byte.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from .ports import (
    Actor,
    Clock,
    DamagedLetterError,
    JobState,
    LetterQueue,
    Printer,
    PrinterError,
    QueuedLetter,
    QueueState,
    StaleError,
    UncertainPrintError,
)

CAME_OUT_QUESTION: Final = "Kom brevet ud af printeren?"
"""What is asked of an uncertain letter."""

_HANDED_OVER: Final = (QueueState.SENDING, QueueState.SENT)
_ANSWERABLE: Final = (QueueState.SENDING, QueueState.SENT, QueueState.UNCERTAIN)
_INTERRUPTED: Final = "Programmet blev afbrudt, før printeren havde fået brevet. Der er ikke printet noget."
_DID_NOT_COME: Final = "Brevet kom ikke ud og venter på at blive printet igen."


class WrongStateError(Exception):
    """The letter is not where this can be done with it; the message is Danish."""


@dataclass(frozen=True)
class PrintRun:
    """What one go did. ``stopped`` says in Danish why the rest still waits; empty if nothing stopped it."""

    sent: tuple[QueuedLetter, ...] = ()
    failed: tuple[QueuedLetter, ...] = ()
    uncertain: tuple[QueuedLetter, ...] = ()
    stopped: str = ""

    def text(self) -> str:
        """What to tell the visitator."""
        parts = []
        if self.sent:
            parts.append(f"{_letters(len(self.sent))} er sendt til printeren.")
        parts += [f"Et brev er fejlet: {one.reason}" for one in self.failed]
        if self.stopped:
            parts.append(self.stopped)
        return " ".join(parts) or "Der er ingen breve, der venter på at blive printet."


class LetterPrinting:
    """Everything a visitator does with the queue. Methods may take seconds: call them in a thread.

    They raise StoreError, and PrinterError where nothing else is said.
    """

    def __init__(self, queue: LetterQueue, printer: Printer, actor: Actor, clock: Clock) -> None:
        self._queue, self._printer = queue, printer
        self._actor, self._clock = actor, clock
        self._running = threading.Lock()

    def add(self, letter_id: str, copies: int = 1, two_sided: bool = False) -> QueuedLetter:
        """Put a kept letter in the queue; one that waits already is not put there twice."""
        return self._queue.queue_letter(letter_id, copies, two_sided, self._actor, self._clock())

    def put(self, letter_id: str, copies: int, two_sided: bool) -> QueuedLetter:
        """Have a letter wait with these copies and sides, also when it waits already with others."""
        entry = self.add(letter_id, copies, two_sided)
        if (entry.copies, entry.two_sided) == (copies, two_sided):
            return entry
        self.remove(entry)
        return self.add(letter_id, copies, two_sided)

    def entries(self, *, done: bool = False) -> list[QueuedLetter]:
        """The queue in its order; with ``done`` also what is printed or taken out."""
        return self._queue.queued_letters(done=done)

    def print_all(
        self,
        printer: str = "",
        told: Callable[[QueuedLetter], None] = lambda _: None,
        only: Collection[int] | None = None,
    ) -> PrintRun:
        """Print the waiting letters in their order, on the default printer if none is named.

        What an interrupted run left is settled first. ``only`` limits it to those entry numbers. ``told``
        hears of every letter as its state changes. A printer that cannot be used stops the run with every
        other letter still waiting; a damaged letter is marked failed and the run goes on.
        """
        with self._running:
            with suppress(PrinterError):  # the run itself will say what is wrong with the printer
                self._settle(QueueState.SENDING)
            sent: list[QueuedLetter] = []
            failed: list[QueuedLetter] = []
            for entry in self.entries():
                if entry.state is not QueueState.WAITING or (only is not None and entry.number not in only):
                    continue
                try:
                    after = self._print(entry, printer)
                except _StoppedError as stop:
                    told(stop.entry)
                    uncertain = (stop.entry,) if stop.entry.state is QueueState.UNCERTAIN else ()
                    return PrintRun(tuple(sent), tuple(failed), uncertain, stop.entry.reason)
                except StaleError:  # somebody else has just taken this letter
                    continue
                told(after)
                (failed if after.state is QueueState.FAILED else sent).append(after)
            return PrintRun(tuple(sent), tuple(failed))

    def _print(self, entry: QueuedLetter, printer: str) -> QueuedLetter:
        try:
            pdf = self._queue.letter_pdf(entry.letter_id)
        except DamagedLetterError as problem:
            return self._mark(entry, QueueState.FAILED, str(problem))
        latest = entry

        def started(job: str) -> None:
            nonlocal latest
            latest = self._mark(replace(entry, printer=printer, job=job), QueueState.SENDING)

        try:
            self._printer.print(
                pdf,
                printer,
                copies=entry.copies,
                two_sided=entry.two_sided,
                title=f"Brev {entry.number}",
                started=started,
            )
        except UncertainPrintError as problem:
            raise _StoppedError(self._mark(latest, QueueState.UNCERTAIN, str(problem))) from None
        except PrinterError as problem:
            raise _StoppedError(self._mark(latest, QueueState.WAITING, str(problem))) from None
        try:
            return self._mark(latest, QueueState.SENT)
        except StaleError:  # another window has asked the printer and written it already
            return replace(latest, state=QueueState.SENT)

    def refresh(self) -> list[QueuedLetter]:
        """Ask the printer what became of the letters it was given; the queue as it then is.

        Does nothing while a run is under way.
        """
        if self._running.acquire(blocking=False):
            try:
                self._settle(*_ANSWERABLE)
            finally:
                self._running.release()
        return self.entries()

    def _settle(self, *states: QueueState) -> None:
        for entry in self.entries():
            if entry.state in states:
                with suppress(StaleError):
                    self._settle_one(entry)

    def _settle_one(self, entry: QueuedLetter) -> None:
        status = self._printer.job(entry.job)
        match status.state:
            case JobState.PRINTED:
                self._mark(entry, QueueState.PRINTED)
            case JobState.CANCELLED:
                self._mark(entry, QueueState.WAITING, status.text)
            case JobState.FAILED:
                self._mark(entry, QueueState.FAILED, status.text)
            case JobState.UNKNOWN if entry.state is not QueueState.UNCERTAIN:
                self._mark(entry, QueueState.UNCERTAIN, status.text)
            case JobState.INCOMPLETE:
                self._printer.cancel(entry.job)
                self._mark(entry, QueueState.WAITING, _INTERRUPTED)
            case JobState.UNDER_WAY if (entry.state, entry.reason) != (QueueState.SENT, status.text):
                self._mark(entry, QueueState.SENT, status.text)

    def answer(self, entries: Sequence[QueuedLetter], came_out: bool) -> None:
        """The person has looked in the printer: these came out, or are to be printed again."""
        for entry in entries:
            _must_be(entry, _ANSWERABLE)
            if came_out:
                self._mark(entry, QueueState.PRINTED)
            else:
                with suppress(PrinterError):  # gone or out of reach: the person has seen that nothing came
                    self._printer.cancel(entry.job)
                self._mark(entry, QueueState.WAITING, _DID_NOT_COME)

    def retry(self, entry: QueuedLetter) -> QueuedLetter:
        """Let a failed letter wait again."""
        _must_be(entry, (QueueState.FAILED,))
        return self._mark(entry, QueueState.WAITING)

    def cancel(self, entry: QueuedLetter) -> None:
        """Take a letter back from the printer; it waits again, unless it was printed meanwhile."""
        _must_be(entry, _HANDED_OVER)
        self._printer.cancel(entry.job)
        self.refresh()

    def remove(self, entry: QueuedLetter) -> QueuedLetter:
        """Take a letter out of the queue unprinted; it stays in its case."""
        _must_be(entry, (QueueState.WAITING, QueueState.FAILED, QueueState.UNCERTAIN))
        return self._mark(entry, QueueState.REMOVED)

    def _mark(self, entry: QueuedLetter, state: QueueState, reason: str = "") -> QueuedLetter:
        return self._queue.mark_queued(replace(entry, state=state, reason=reason), self._actor, self._clock())


class _StoppedError(Exception):
    def __init__(self, entry: QueuedLetter) -> None:
        super().__init__(entry.reason)
        self.entry = entry


def _must_be(entry: QueuedLetter, states: Collection[QueueState]) -> None:
    if entry.state not in states:
        raise WrongStateError("Det kan ikke gøres med brevet, som det er nu. Se køen igen.")


def queue_text(entries: Sequence[QueuedLetter]) -> str:
    """The queue in one line, for the day's overview; empty when nothing is to be done."""
    counts = {state: sum(entry.state is state for entry in entries) for state in QueueState}
    waiting, uncertain = counts[QueueState.WAITING], counts[QueueState.UNCERTAIN]
    parts = []
    if waiting:
        parts.append(f"{_letters(waiting)} venter på at blive printet.")
    if uncertain:
        parts.append(f"{_letters(uncertain)} er måske ikke kommet ud af printeren.")
    if counts[QueueState.FAILED]:
        parts.append(f"{_letters(counts[QueueState.FAILED])} kunne ikke printes.")
    return " ".join(parts)


def _letters(count: int) -> str:
    return "1 brev" if count == 1 else f"{count} breve"

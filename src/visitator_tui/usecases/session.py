"""A visitator at work on one case: every change, its undo, what is half-typed, and the saving of it.

The session is the only place where an open case changes. Screens read from it and tell it what was
typed; they hold no copy of their own. Saving is split so that the slow part can run in a thread:
``take()`` what is unsaved, ``store(job)`` it (any thread), ``done(job, record)`` back at home.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from visitator_tui.domain.case import Case, DecisionItem
from visitator_tui.domain.decision import Decision
from visitator_tui.domain.decision_items import application_for
from visitator_tui.domain.edit import (
    MISSING,
    Change,
    EditError,
    apply,
    change,
    parse_path,
    to_json,
)
from visitator_tui.domain.half_typed import drafts_moved, merge_with_drafts
from visitator_tui.domain.merge import Conflict, merge_cases
from visitator_tui.domain.merge_lists import moved_path

from .drafts import moved_along
from .fields import Kind, read
from .open_case import OpenCase
from .ports import CaseRecord, Place, StaleError

_MOST_MERGES = 10
"""Saves of others that one save of ours meets before it gives up."""

_APART = (
    "Sagen er ændret et andet sted, så det, du har skrevet, ikke kan lægges oven i. "
    "Skriv det ned, som ikke må gå tabt, og åbn sagen igen."
)


@dataclass(frozen=True)
class SaveJob:
    """What one save writes: the record as it shall stand, and the changes since the last one.

    ``mended`` names the half-typed texts that were in the database and are done with. ``base`` is the case
    as it was last read or saved; ``disputed`` is where it goes against what has come from elsewhere.
    """

    record: CaseRecord
    changes: tuple[Change, ...]
    base: Case
    mended: frozenset[str] = frozenset()
    disputed: tuple[Conflict, ...] = ()


class CaseSession(OpenCase):
    """One open case. Not thread-safe but for ``store``, which touches nothing of the session."""

    _saving = False
    """Whether a job is on its way to the database."""

    # -- changing --------------------------------------------------------------------------------

    def type(self, where: str, raw: str, kind: Kind = "text") -> str | None:
        """Take what stands in a field now. Returns why it does not fit (Danish), or None.

        What does not fit is kept as a draft, so that no keystroke is lost.
        """
        if raw == self.shown(where, kind):
            return self.complaint(where, kind)
        if closed := self.closed(where):
            return closed
        try:
            self._change(where, read(kind, raw), typing=True)
        except EditError as problem:
            self._drafts[where] = raw
            self._touched = True
            return str(problem)
        if self._drafts.pop(where, None) is not None:
            self._touched = True
        return None

    def set(self, where: str, value: Any) -> None:
        """Put a value at a path. Raises EditError with a Danish message."""
        self._change(where, value, typing=False)
        self._drafts.pop(where, None)

    def remove(self, where: str) -> None:
        """Take away what stands at a path."""
        self._change(where, MISSING, typing=False)

    def _change(self, where: str, value: Any, *, typing: bool) -> None:
        if closed := self.closed(where):
            raise EditError(closed)
        self._put(where, value, typing=typing)

    def _put(self, where: str, value: Any, *, typing: bool) -> None:
        path = parse_path(where)
        case, made = change(self._case, path, value)
        if made.before == made.after:
            return
        self._case = case
        self._unsaved.append(made)
        self._drafts = moved_along(self._drafts, made)
        last = self._undo[-1] if self._undo else None
        if typing and self._typing == where and last and path[: len(last.path)] == last.path:
            self._undo[-1] = last.model_copy(update={"after": self._at(last.path)})
        else:
            self._undo.append(made)
        self._typing = where if typing else None

    def pause(self) -> None:
        """The visitator left a field: the next typing is a change of its own for undo."""
        self._typing = None

    def undo(self) -> Change | None:
        """Take the last change back; returns it, or None when there is none."""
        self._typing = None
        while self._undo and not (self.being_made and self.closed(self._undo[-1].where)):
            last = self._undo.pop()
            if last.after is not MISSING and self._at(last.path) != last.after:
                continue  # somebody else has written there since
            back = last.inverse
            try:
                self._case = apply(self._case, [back])
            except EditError:  # somebody else took away what it changed
                continue
            self._drafts = moved_along(self._drafts, back)
            self._drafts.pop(last.where, None)
            self._unsaved.append(back)
            return last
        return None

    # -- the decision ------------------------------------------------------------------------------

    def begin_decision(self, beginning: Decision) -> None:
        """Open the closed decision for the next one, which names it. Raises EditError.

        The days of the former letter are emptied first, so that undo goes back before the beginning at once.
        """
        for day in ("digital_post_on", "written_on"):
            self._put(f"letter.{day}", None, typing=False)
        self._put("decision", beginning.model_dump(mode="json"), typing=False)
        if beginning.follows and not beginning.corrects.named and self._case.considerations:
            self._put("considerations", {}, typing=False)  # what the law demands is weighed anew

    def decided(self, saved: CaseRecord) -> None:
        """The decision is made and in the database: nothing before it can be undone.

        What was typed into the decision meanwhile came too late and is left out.
        """
        self.being_made = False
        if saved.revision > self._record.revision:  # else a later save has brought it home
            self._case = merge_cases(self._record.case, self._case, saved.case).case
            self._record = saved
        self._unsaved = [one for one in self._unsaved if not self.closed(one.where)]
        self._undo, self._typing = [], None
        self._drafts = {where: raw for where, raw in self._drafts.items() if not self.closed(where)}

    # -- its items ----------------------------------------------------------------------

    def item_index(self, delydelse: str) -> int | None:
        """The place of an item in the decision, or None."""
        for number, item in enumerate(self._case.decision.items):
            if item.delydelse == delydelse:
                return number
        return None

    def choose(self, delydelse: str, answers: str | None = None) -> int:
        """Carry a delydelse (or the words of an application) to the decision; returns its place.

        Purpose and extent are filled in from the standard, to be edited; the reason never is. An application
        that plainly asks for it is answered by it.
        """
        known = self.standard.delydelse_by_id.get(delydelse)
        place = self.item_index(delydelse)
        if place is not None:
            return place
        purpose = known.purpose or self.standard.ydelse_of[delydelse].purpose if known else ()
        item = DecisionItem(
            delydelse=delydelse,
            answers=answers or application_for(delydelse, self._case, self.standard),
            purpose=" ".join(purpose),
            extent=known.extent if known else None,
        )
        place = len(self._case.decision.items)
        self.set(f"decision.items.{place}", item.model_dump(mode="json"))
        return place

    def drop(self, delydelse: str) -> None:
        """Take an item out of the decision."""
        place = self.item_index(delydelse)
        if place is not None:
            self.remove(f"decision.items.{place}")

    # -- saving ------------------------------------------------------------------------------------

    def go(self, place: Place) -> None:
        """Remember where the visitator is now."""
        if place != self._place:
            self._place = place
            self._touched = True

    @property
    def unsaved(self) -> bool:
        """Whether something is not in the database yet."""
        return bool(self._unsaved) or self._touched

    def take(self) -> SaveJob | None:
        """What is to be saved now, or None. The session counts it as on its way."""
        if not self.unsaved:
            return None
        record = replace(self._record, case=self._case, drafts=dict(self._drafts), place=self._place)
        mended = frozenset(self._record.drafts) - frozenset(self._drafts)
        job = SaveJob(record, tuple(self._unsaved), self._record.case, mended, tuple(self._disputed))
        self._unsaved, self._touched, self._disputed = [], False, []
        self._saving = True
        return job

    def store(self, job: SaveJob) -> CaseRecord:
        """Write a job (any thread). If somebody else saved meanwhile, both people's changes are merged.

        Raises StoreError with a Danish message.
        """
        record, disputed = job.record, job.disputed
        for _ in range(_MOST_MERGES):
            try:
                return self._store.save(record, job.changes, self._actor, self._clock(), disputed=disputed)
            except StaleError:
                theirs = self._store.load(job.record.id)
            ours = job.record
            merged = merge_with_drafts(job.base, ours.case, theirs.case, ours.drafts)
            if any(not conflict.path for conflict in merged.conflicts):
                break
            still_theirs = {where: raw for where, raw in theirs.drafts.items() if where not in job.mended}
            after = to_json(merged.case)
            drafts = drafts_moved(still_theirs, to_json(theirs.case), after)
            drafts |= drafts_moved(ours.drafts, to_json(ours.case), after)
            record = replace(theirs, case=merged.case, drafts=drafts, place=ours.place)
            disputed = (*job.disputed, *merged.conflicts)
        raise StaleError(_APART)

    def done(self, job: SaveJob, saved: CaseRecord) -> None:
        """A job is in the database."""
        self._saving = False
        if saved.revision < self._record.revision:
            return  # the decision was made on top of it, and is at home already
        if saved.case != job.record.case and not self._merge(job.record.case, saved.case):
            return  # what was typed since does not fit theirs: the next save says so
        theirs = {where: raw for where, raw in saved.drafts.items() if where not in job.record.drafts}
        self._drafts = {**theirs, **self._drafts}
        self._record = saved

    def take_in(self, stored: CaseRecord) -> bool:
        """Take in what a sync has just put into the database; whether the case now reads otherwise.

        Nothing typed is lost: where both wrote in one field, ours stays and the next save tells of it. While
        a save is on its way this does nothing, for the save will find out by itself.
        """
        if self._saving or stored.revision <= self._record.revision:
            return False
        before = self._case
        if not self._merge(self._record.case, stored.case):
            return False
        self._record = stored
        return self._case != before

    def _merge(self, base: Case, theirs: Case) -> bool:
        """Bring theirs together with what stands here; False where that cannot be done."""
        merged = merge_with_drafts(base, self._case, theirs, self._drafts)
        if any(not conflict.path for conflict in merged.conflicts):
            return False
        before, after = to_json(self._case), to_json(merged.case)
        moved = [(one, moved_path(one.where, before, after)) for one in self._undo]
        self._undo = [one.model_copy(update={"path": parse_path(where)}) for one, where in moved if where]
        self._drafts = drafts_moved(self._drafts, before, after)
        self._disputed += merged.conflicts
        self._case = merged.case
        return True

    def failed(self, job: SaveJob) -> None:
        """A job could not be written: its changes are unsaved again."""
        self._saving = False
        self._disputed[:0] = job.disputed
        self._unsaved[:0] = job.changes
        self._touched = True

    def save(self) -> None:
        """Save now, here (when leaving). Raises StoreError."""
        while job := self.take():
            try:
                saved = self.store(job)
            except Exception:
                self.failed(job)
                raise
            self.done(job, saved)

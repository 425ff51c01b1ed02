"""A visitator at work on one case: every change, its undo, what is half-typed, and the saving of it.

The session is the only place where an open case changes. Screens read from it and tell it what was
typed; they hold no copy of their own. Saving is split so that the slow part can run in a thread:
``take()`` what is unsaved, ``store(job)`` it (any thread), ``done(job, record)`` back at home.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from visitator_tui.domain.case import Case, DecisionItem
from visitator_tui.domain.completeness import Finding, findings
from visitator_tui.domain.edit import (
    MISSING,
    Change,
    EditError,
    Path,
    apply,
    change,
    get_at,
    parse_path,
    to_json,
)
from visitator_tui.domain.law_findings import all_findings
from visitator_tui.domain.law_rules import LawRegister
from visitator_tui.domain.matching import Suggestion, suggest
from visitator_tui.domain.standard import Standard

from .drafts import draft_finding, moved_along
from .fields import Kind, read, show
from .ports import Actor, CaseRecord, CaseStore, Catalogues, Clock, Place, StaleError

_APART = (
    "Sagen er ændret et andet sted, så det, du har skrevet, ikke kan lægges oven i. "
    "Skriv det ned, som ikke må gå tabt, og åbn sagen igen."
)


@dataclass(frozen=True)
class SaveJob:
    """What one save writes: the record as it shall stand, and the changes since the last one.

    ``mended`` names the half-typed texts that were in the database and are done with.
    """

    record: CaseRecord
    changes: tuple[Change, ...]
    mended: frozenset[str] = frozenset()


class CaseSession:
    """One open case. Not thread-safe but for ``store``, which touches nothing of the session."""

    def __init__(
        self,
        record: CaseRecord,
        store: CaseStore,
        catalogues: Catalogues,
        actor: Actor,
        clock: Clock,
        law: LawRegister | None = None,
    ) -> None:
        self._record = record
        self._case = record.case
        self._drafts = dict(record.drafts)
        self._place = record.place
        self._store, self._catalogues, self._actor, self._clock = store, catalogues, actor, clock
        self._law = law
        self._unsaved: list[Change] = []
        self._touched = False
        self._undo: list[Change] = []
        self._typing: str | None = None
        self._standard_key: tuple[str, date] | None = None
        self._standard: Standard | None = None
        self._findings: tuple[tuple[object, ...], tuple[Finding, ...]] | None = None
        self._document: tuple[Case, dict[str, Any]] | None = None
        self._suggestions: tuple[Case, tuple[Suggestion, ...]] | None = None

    # -- reading ---------------------------------------------------------------------------------

    @property
    def id(self) -> str:
        """The case's id in the store."""
        return self._record.id

    @property
    def case(self) -> Case:
        """The case as it stands now, saved or not."""
        return self._case

    @property
    def place(self) -> Place:
        """Where the visitator is."""
        return self._place

    @property
    def today(self) -> date:
        """Today's date by the injected clock."""
        return self._clock().date()

    @property
    def standard(self) -> Standard:
        """The standard in force on the case's date. Raises NoStandardError when there is none."""
        key = (self._case.municipality, self._case.matched_on or self.today)
        if self._standard is None or key != self._standard_key:
            self._standard = self._catalogues.in_force(*key)
            self._standard_key = key
        return self._standard

    def value(self, where: str) -> Any:
        """The JSON value at a path with dots, or None."""
        found = self._at(parse_path(where))
        return None if found is MISSING else found

    def _at(self, path: Path) -> Any:
        if self._document is None or self._document[0] is not self._case:
            self._document = (self._case, to_json(self._case))
        return get_at(self._document[1], path)

    def shown(self, where: str, kind: Kind) -> str:
        """What a field shows: the half-typed text if there is one, else the value."""
        draft = self._drafts.get(where)
        return draft if draft is not None else show(kind, self.value(where))

    def complaint(self, where: str, kind: Kind) -> str | None:
        """Why the half-typed text of a field does not fit, or None."""
        draft = self._drafts.get(where)
        if draft is None:
            return None
        try:
            change(self._case, parse_path(where), read(kind, draft))
        except EditError as problem:
            return str(problem)
        return None

    def findings(self) -> tuple[Finding, ...]:
        """What is missing, drafts that do not fit included."""
        key = (self._case, tuple(self._drafts.items()))
        if self._findings is None or self._findings[0] != key:
            found = list(self._found())
            found += [draft_finding(where) for where in self._drafts]
            self._findings = (key, tuple(found))
        return self._findings[1]

    def _found(self) -> tuple[Finding, ...]:
        if self._law is None:
            return findings(self._case, self.standard, self.today)
        return all_findings(self._case, self.standard, self.today, self._law)

    def suggestions(self) -> tuple[Suggestion, ...]:
        """The suggestions for the case as it stands."""
        if self._suggestions is None or self._suggestions[0] is not self._case:
            self._suggestions = (self._case, suggest(self._case, self.standard))
        return self._suggestions[1]

    # -- changing --------------------------------------------------------------------------------

    def type(self, where: str, raw: str, kind: Kind = "text") -> str | None:
        """Take what stands in a field now. Returns why it does not fit (Danish), or None.

        What does not fit is kept as a draft, so that no keystroke is lost.
        """
        if raw == self.shown(where, kind):
            return self.complaint(where, kind)
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
        while self._undo:
            last = self._undo.pop()
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

    # -- the decision's items ----------------------------------------------------------------------

    def item_index(self, delydelse: str) -> int | None:
        """The place of an item in the decision, or None."""
        for number, item in enumerate(self._case.decision.items):
            if item.delydelse == delydelse:
                return number
        return None

    def choose(self, delydelse: str, answers: str | None = None) -> int:
        """Carry a delydelse (or the words of an application) to the decision; returns its place.

        Purpose and extent are filled in from the standard, to be edited; the reason never is.
        """
        known = self.standard.delydelse_by_id.get(delydelse)
        place = self.item_index(delydelse)
        if place is not None:
            return place
        purpose = known.purpose or self.standard.ydelse_of[delydelse].purpose if known else ()
        item = DecisionItem(
            delydelse=delydelse,
            answers=answers,
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
        job = SaveJob(record, tuple(self._unsaved), frozenset(self._record.drafts) - frozenset(self._drafts))
        self._unsaved, self._touched = [], False
        return job

    def store(self, job: SaveJob) -> CaseRecord:
        """Write a job (any thread). If somebody else saved meanwhile, our changes go on top of theirs.

        Raises StoreError with a Danish message.
        """
        try:
            return self._store.save(job.record, job.changes, self._actor, self._clock())
        except StaleError:
            theirs = self._store.load(job.record.id)
            try:
                both = apply(theirs.case, job.changes)
            except EditError:
                raise StaleError(_APART) from None
            still_theirs = {where: raw for where, raw in theirs.drafts.items() if where not in job.mended}
            merged = replace(
                theirs, case=both, drafts={**still_theirs, **job.record.drafts}, place=job.record.place
            )
            return self._store.save(merged, job.changes, self._actor, self._clock())

    def done(self, job: SaveJob, saved: CaseRecord) -> None:
        """A job is in the database."""
        if saved.case != job.record.case:
            try:
                self._case = apply(saved.case, self._unsaved)
            except EditError:
                return  # what was typed since does not fit theirs: the next save says so
        theirs = {where: raw for where, raw in saved.drafts.items() if where not in job.record.drafts}
        self._drafts = {**theirs, **self._drafts}
        self._record = saved

    def failed(self, job: SaveJob) -> None:
        """A job could not be written: its changes are unsaved again."""
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

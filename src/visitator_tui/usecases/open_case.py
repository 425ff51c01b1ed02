"""An open case as it is read: the session's values, what is half-typed, what is missing, what fits."""

from __future__ import annotations

from datetime import date
from typing import Any

from visitator_tui.domain.case import Case, DecisionItem
from visitator_tui.domain.completeness import Finding, findings
from visitator_tui.domain.considerations import considerations_of
from visitator_tui.domain.decision_items import item_law
from visitator_tui.domain.edit import (
    MISSING,
    Change,
    EditError,
    Path,
    change,
    get_at,
    parse_path,
    to_json,
)
from visitator_tui.domain.law_case import letter_law
from visitator_tui.domain.law_findings import all_findings
from visitator_tui.domain.law_rules import LawRegister
from visitator_tui.domain.made_decision import closed
from visitator_tui.domain.matching import Suggestion, suggest
from visitator_tui.domain.merge import Conflict
from visitator_tui.domain.standard import Consideration, Standard
from visitator_tui.domain.wording import joined

from .drafts import draft_finding
from .fields import Kind, read, show
from .ports import Actor, CaseRecord, CaseStore, Catalogues, Clock, Place


class OpenCase:
    """What can be seen of an open case: its values, half-typed texts, findings, suggestions."""

    being_made = False
    """Whether the letter that makes the decision is being written: what it decides stands still."""

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
        self._disputed: list[Conflict] = []
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
    def record(self) -> CaseRecord:
        """The case as it was last saved."""
        return self._record

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

    def considerations(self, item: DecisionItem) -> tuple[Consideration, ...]:
        """What must be weighed before an item is decided, by the law of this citizen and date."""
        return considerations_of(self._case, item, self.standard, self._law)

    def legal_basis(self, item: DecisionItem) -> str:
        """The rules of an item in words as the letter will name them, and the standard's where they are others.

        Empty for help that the standard does not know.
        """
        named = joined([str(ref) for ref in item_law(item, self.standard)])
        told = joined([str(ref) for ref in letter_law(self._case, item, self.standard, self._law)])
        if told == named:
            return told
        return f"{told} (i standarden: {named})" if told else f"{named} (i standarden)"

    def suggestions(self) -> tuple[Suggestion, ...]:
        """The suggestions for the case as it stands."""
        if self._suggestions is None or self._suggestions[0] is not self._case:
            self._suggestions = (self._case, suggest(self._case, self.standard))
        return self._suggestions[1]

    def closed(self, where: str) -> str:
        """Why the field at a path cannot be changed (Danish), or empty: what a made decision rests on is kept."""
        return closed(self._case, where, being_made=self.being_made)

"""A new standard: which running grants and open cases it affects.

Citizens who are directly affected are told, and their help is assessed anew (Helsingør 2017, p. 10).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from visitator_tui.domain.case import Case, DecisionItem
from visitator_tui.domain.running_help import granted_help
from visitator_tui.domain.standard import Standard
from visitator_tui.domain.standard_diff import PartDiff, StandardDiff, compare
from visitator_tui.domain.wording import joined, long_date

from .ports import CaseStore

Cause = Literal["granted", "chosen", "applied"]

# At the most so many days: a course is never taken to have ended too early.
_DAYS = {"days": 1, "weekdays": 2, "weeks": 7, "months": 31}


@dataclass(frozen=True)
class Affected:
    """A case that a change of standard affects, and by what: one entry for each help.

    ``case`` is the case's id in the store, or its file. ``parts`` are the delydelser that were dropped or
    changed: one, or several where a whole ydelse was applied for. ``since`` is the date of the decision.
    """

    case: str
    cause: Cause
    parts: tuple[PartDiff, ...]
    since: date | None = None

    @property
    def name(self) -> str:
        """The help as the standard names it."""
        return joined([part.name for part in self.parts])

    @property
    def why(self) -> str:
        """Why the case is affected, in Danish."""
        match self.cause:
            case "granted" if self.since:
                return f"bevilget den {long_date(self.since)}"
            case "granted":
                return "bevilget"
            case "chosen":
                return "valgt i en sag, der ikke er afgjort"
            case "applied":
                return "søgt om i en sag, der ikke er afgjort"


@dataclass(frozen=True)
class ReviewRow:
    """A line of the review list. ``citizen`` is for the screen only: it is never logged or printed."""

    case_id: str
    citizen: str
    help: str
    dropped: bool
    changes: tuple[str, ...]
    why: str


def affected(diff: StandardDiff, cases: Iterable[tuple[str, Case]]) -> tuple[Affected, ...]:
    """The running grants and undecided applications under something that was dropped or changed.

    ``cases`` are pairs of an id and a case. Only a made decision grants; what a draft holds is chosen in a case that
    is not decided. Left out is what another municipality decided, what was decided or begun under the new
    standard already, help that had ended by then, and a closed case.
    """
    return tuple(one for case_id, case in cases for one in _affected(diff, case_id, case))


def _affected(diff: StandardDiff, case_id: str, case: Case) -> Iterator[Affected]:
    if case.municipality != diff.municipality or case.course.closed_on:
        return
    told: set[str] = set()
    for one in (*_running(diff, case_id, case), *_undecided(diff, case_id, case)):
        parts = tuple(part for part in one.parts if part.id not in told)
        if parts:
            told.update(part.id for part in parts)
            yield replace(one, parts=parts)


def _running(diff: StandardDiff, case_id: str, case: Case) -> Iterator[Affected]:
    for made, item in granted_help(case):
        if made.decided_on < diff.starts and not _ended(item, made.decided_on, diff.starts):
            yield Affected(case_id, "granted", _touched(diff, item.delydelse), made.decided_on)


def _undecided(diff: StandardDiff, case_id: str, case: Case) -> Iterator[Affected]:
    """What is chosen in the decision that is being prepared; before any is made, also what was applied for."""
    on = case.matched_on
    if case.decision_is_made or (on is not None and on >= diff.starts):
        return
    for item in case.decision.items:
        yield Affected(case_id, "chosen", _touched(diff, item.delydelse))
    for asked in case.enquiry.applied_for if not case.made else ():
        yield Affected(case_id, "applied", _touched(diff, asked))


def _touched(diff: StandardDiff, asked: str) -> tuple[PartDiff, ...]:
    """What an id, or the name in somebody's own words, of a delydelse or ydelse means in the diff."""
    if asked in diff.touched:
        return (diff.touched[asked],)
    parts = tuple(diff.touched.values())
    words = asked.strip().casefold()
    named = tuple(part for part in parts if part.name.casefold() == words)
    return named or tuple(part for part in parts if words in (part.ydelse, part.ydelse_name.casefold()))


def _ended(item: DecisionItem, decided_on: date, day: date) -> bool:
    """Whether help is over by a day: its last day is past, or its course is; without a length it runs on."""
    if item.ends_on is not None:
        return item.ends_on < day
    course, first = item.extent.course if item.extent else None, item.start_on or decided_on
    if course is None or course.unit not in _DAYS or course.amount is None:
        return False
    longest = max(course.amount, course.amount_max or 0)
    return first + timedelta(days=longest * _DAYS[course.unit]) < day


def review_list(cases: Iterable[tuple[str, Case]], old: Standard, new: Standard) -> tuple[ReviewRow, ...]:
    """The cases to take up when ``new`` follows ``old``; what is dropped stands first.

    ``cases`` are read one at a time (``cases_of`` gives those of a store).
    """
    diff = compare(old, new)
    rows = [
        ReviewRow(
            case_id=one.case,
            citizen=case.citizen.name,
            help=one.name,
            dropped=all(part.status == "dropped" for part in one.parts),
            changes=tuple(_changes(one)),
            why=one.why,
        )
        for case_id, case in cases
        for one in _affected(diff, case_id, case)
    ]
    return tuple(sorted(rows, key=lambda row: not row.dropped))


def _changes(affected_by: Affected) -> Iterator[str]:
    several = len(affected_by.parts) > 1
    for part in affected_by.parts:
        lines = ("udgår", *part.said) if part.status == "dropped" else part.lines
        yield from (f"{part.name}: {line}" if several else line for line in lines)


def cases_of(store: CaseStore, municipality: str) -> Iterator[tuple[str, Case]]:
    """The municipality's cases in the store, one at a time, with their ids. Raises StoreError."""
    for row in store.rows():
        if row.municipality == municipality:
            yield row.id, store.load(row.id).case


def successions(standards: Iterable[Standard]) -> tuple[tuple[Standard, Standard], ...]:
    """Each standard with the one that followed it in the same municipality, the newest change first."""
    ordered = sorted(standards, key=lambda one: (one.municipality, one.valid_from))
    pairs = [(old, new) for old, new in pairwise(ordered) if old.municipality == new.municipality]
    return tuple(sorted(pairs, key=lambda pair: pair[1].valid_from, reverse=True))

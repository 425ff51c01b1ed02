"""What help a citizen has on a day, and from which decision: granted, changed, stopped, ended, corrected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from .base import Extent
from .case import Case, MadeDecision
from .decision import DecisionItem


@dataclass(frozen=True)
class RunningItem:
    """Help that the citizen has, from the decision that gave it its present form.

    ``started_on``: the first day in this form. ``ends_on``: the last day as far as it is decided, else None.
    """

    item: DecisionItem
    letter_id: str
    decided_on: date
    started_on: date
    ends_on: date | None = None

    @property
    def delydelse(self) -> str:
        """The delydelse's id, or the words of an application."""
        return self.item.delydelse

    @property
    def extent(self) -> Extent | None:
        """How much."""
        return self.item.extent


def running_help(case: Case, on: date) -> tuple[RunningItem, ...]:
    """The help the citizen has on a day, in the order it was given; only made decisions count.

    A day at which help starts or has its last day is a day with help. A decision counts from its date, a
    corrected one until the date of its correction: then what it gave or took is as if it had not been, but
    help that the correction gives from a later day goes on until then. A refusal takes nothing away. When
    the case is closed, no help is left.
    """
    closed = case.course.closed_on
    if closed is not None and on > closed:
        return ()
    known = [one for one in case.made if one.decided_on <= on]
    corrected = {old: one for one in known for old in one.decision.replaces}
    running: dict[str, RunningItem] = {}
    for made in known:
        if made.letter_id in corrected:
            _until_corrected(made, _last(made, corrected), running, on)
            continue
        for item in made.decision.items:
            _take(made, item, running, on)
    _announce(known, set(corrected), running, on)
    return tuple(one for one in running.values() if one.ends_on is None or one.ends_on >= on)


def granted_help(case: Case) -> tuple[tuple[MadeDecision, DecisionItem], ...]:
    """The help that is granted, whenever it starts or ends: each delydelse as the last decision about it gives it.

    Only made decisions count, and of those only the ones that no correction takes the place of.
    """
    return tuple((made, item) for made, item in _last_said(case) if item.gives_help)


def granted_on(case: Case, delydelse: str) -> date | None:
    """The day of the decision that grants help in its present form, whatever is decided later about other help.

    Of a correction it is the day of the decision that it corrects, where that gave the help too.
    """
    by = next((made for made, item in granted_help(case) if item.delydelse == delydelse), None)
    for made in reversed(case.made):
        if by is not None and made.letter_id in by.decision.replaces:
            gave = any(item.gives_help for item in made.decision.items if item.delydelse == delydelse)
            by = made if gave else by
    return by.decided_on if by else None


def helped_since(case: Case, delydelse: str) -> date | None:
    """The first day of help that has been given without a break since, through every decision about it."""
    since: date | None = None
    last: date | None = None
    for made in case.made:
        for item in made.decision.items:
            if item.delydelse != delydelse:
                continue
            if item.outcome == "stopped":
                since = None
            elif item.gives_help:
                starts, put_right = _starts(made, item), bool(made.decision.replaces and item.start_on)
                anew = since is None or put_right or (last is not None and last < starts)
                since, last = starts if anew else since, item.ends_on
    return since


def stopped_help(case: Case) -> tuple[tuple[MadeDecision, DecisionItem], ...]:
    """The help that the last decision about it stops, with that decision; also when its last day is to come."""
    return tuple((made, item) for made, item in _last_said(case) if item.outcome == "stopped")


def stops_on(case: Case, delydelser: Sequence[str]) -> date | None:
    """The last day of help that is stopped altogether; None while some of it goes on."""
    days = {item.delydelse: item.ends_on or made.decided_on for made, item in stopped_help(case)}
    return max(days[one] for one in delydelser) if delydelser and days.keys() >= set(delydelser) else None


def _last_said(case: Case) -> Iterable[tuple[MadeDecision, DecisionItem]]:
    """Each delydelse with the last decision, not corrected since, that gives or stops it."""
    corrected = {old for one in case.made for old in one.decision.replaces}
    found: dict[str, tuple[MadeDecision, DecisionItem]] = {}
    for made in case.made:
        for item in made.decision.items if made.letter_id not in corrected else ():
            if item.outcome == "stopped":
                found.pop(item.delydelse, None)
            if item.gives_help or item.outcome == "stopped":
                found[item.delydelse] = (made, item)
    return found.values()


def _starts(made: MadeDecision, item: DecisionItem) -> date:
    return item.start_on or made.decided_on


def _take(made: MadeDecision, item: DecisionItem, running: dict[str, RunningItem], on: date) -> None:
    """What one item of a decision that stands has done by a day."""
    if item.gives_help and (starts := _starts(made, item)) <= on:
        running.pop(item.delydelse, None)  # it stands in the order of its present form
        running[item.delydelse] = RunningItem(item, made.letter_id, made.decided_on, starts, item.ends_on)
    elif item.outcome == "stopped" and (item.ends_on or made.decided_on) < on:
        running.pop(item.delydelse, None)


def _until_corrected(
    old: MadeDecision, correction: MadeDecision, running: dict[str, RunningItem], on: date
) -> None:
    """Help of a corrected decision that its correction gives too, but from a later day."""
    later = {i.delydelse for i in correction.decision.items if i.gives_help and _starts(correction, i) > on}
    for item in old.decision.items:
        if item.gives_help and item.delydelse in later:
            _take(old, item, running, on)


def _last(made: MadeDecision, corrected: dict[str, MadeDecision]) -> MadeDecision:
    """The end of a chain of corrections."""
    seen = {made.letter_id}
    while made.letter_id in corrected and corrected[made.letter_id].letter_id not in seen:
        made = corrected[made.letter_id]
        seen.add(made.letter_id)
    return made


def _announce(
    known: Sequence[MadeDecision], corrected: set[str], running: dict[str, RunningItem], on: date
) -> None:
    """Give what runs the last day that is decided already: by a later decision's stop, or its other form."""
    place = {made.letter_id: number for number, made in enumerate(known)}
    for number, made in enumerate(known):
        if made.letter_id in corrected:
            continue
        for item in made.decision.items:
            now, last = running.get(item.delydelse), _last_day(made, item, on)
            if now is None or last is None or place[now.letter_id] >= number:
                continue
            if now.ends_on is None or last < now.ends_on:
                running[item.delydelse] = replace(now, ends_on=last)


def _last_day(made: MadeDecision, item: DecisionItem, on: date) -> date | None:
    """The last day of the help until now, when an item ends it on ``on`` or later."""
    last = None
    if item.outcome == "stopped":
        last = item.ends_on or made.decided_on
    elif item.gives_help:
        last = _starts(made, item) - timedelta(days=1)
    return last if last is not None and last >= on else None

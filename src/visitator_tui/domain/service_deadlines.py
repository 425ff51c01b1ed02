"""Which of a standard's deadlines holds for what was applied for or granted, and when it is up in a case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Final, Literal

from .base import Model
from .case import Case
from .course import arrived_on, plan_received_on
from .deadlines import Due, due
from .running_help import granted_on
from .standard import CountsFrom, ServiceDeadline, Standard
from .workdays import Calendar

Which = Literal["decision", "start"]

_COMMON: Final = frozenset(
    (
        "hjælp hjælpe hjælpen støtte efter behov akut ikke eget hjem hjemme kommunen serviceloven "
        "til hver med fra ved for den det der som eller ordning"
    ).split()
)
_EVENTS: Final[dict[CountsFrom, str]] = {
    "enquiry": "henvendelsen",
    "decision": "afgørelsen",
    "plan_received": "genoptræningsplanen",
    "arrival": "ankomsten til opholdet",
    "order": "bestillingen",
}


class Reckoned(Model):
    """A deadline of the standard, and when it is up; ``due`` is None while its event has no date."""

    deadline: ServiceDeadline
    due: Due | None
    missing: str = ""

    @property
    def day(self) -> date | None:
        """The day due, or None."""
        return self.due.day if self.due else None


def decision_due(asked: str, case: Case, standard: Standard, calendar: Calendar) -> Reckoned | None:
    """When an application has to be decided: of several deadlines that may hold, the first to be up.

    None when the standard has no deadline for it.
    """
    deadlines = [one for one in _deadlines(asked, standard) if one.decision]
    return _first(_for_need(deadlines, case.enquiry.acute), "decision", case, calendar)


def start_due(
    delydelse: str, case: Case, standard: Standard, calendar: Calendar, ordered_on: date | None = None
) -> Reckoned | None:
    """When granted help has to begin; None when the standard has no deadline for it.

    ``ordered_on`` is the day the help was ordered, for deadlines that run from there. A deadline that runs from
    the decision runs from the one that grants this help, and not from a later one about other help.
    """
    if delydelse not in standard.delydelse_by_id:
        return None
    deadlines = [one for one in standard.deadlines_of(delydelse) if one.start]
    days: dict[CountsFrom, date | None] = {"order": ordered_on, "decision": granted_on(case, delydelse)}
    return _first(_for_need(deadlines, case.enquiry.acute), "start", case, calendar, days)


def _deadlines(asked: str, standard: Standard) -> tuple[ServiceDeadline, ...]:
    """The deadlines that may hold for an application, as it is written."""
    if asked in standard.delydelse_by_id:
        return standard.deadlines_of(asked)
    if ydelse := standard.ydelse_by_id.get(asked):
        ids = ydelse.deadlines or tuple(one for item in ydelse.delydelser for one in item.deadlines)
        return tuple(standard.deadline_by_id[one] for one in dict.fromkeys(ids))
    named = [one for one in standard.deadlines if asked.strip().casefold() in (one.id, one.name.casefold())]
    return tuple(named) or _by_words(asked, standard)


def _by_words(asked: str, standard: Standard) -> tuple[ServiceDeadline, ...]:
    """The deadlines of the services whose name shares a word with a free text, when they agree.

    They agree when they are one deadline, or an acute one with its other: else nothing is guessed.
    """
    wanted = _words(asked)
    found: dict[str, ServiceDeadline] = {}
    for name, deadlines in _named(standard):
        if wanted & _words(name):
            found |= {one.id: one for one in deadlines if one.decision}
    stems = {one.id.removesuffix("_akut") for one in found.values()}
    return tuple(found.values()) if len(stems) == 1 else ()


def _named(standard: Standard) -> Iterator[tuple[str, tuple[ServiceDeadline, ...]]]:
    for item in standard.delydelse_by_id.values():
        yield f"{item.name} {' '.join(item.keywords)}", standard.deadlines_of(item.id)
    for deadline in standard.deadlines:
        yield deadline.name, (deadline,)


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"[^\W\d_]{3,}", text.casefold()) if word not in _COMMON)


def _for_need(deadlines: list[ServiceDeadline], acute: bool | None) -> list[ServiceDeadline]:
    """Those for acute need, or those for other need; all where that leaves none."""
    fitting = [one for one in deadlines if one.acute is None or one.acute is bool(acute)]
    return fitting or deadlines


def _first(
    deadlines: list[ServiceDeadline],
    which: Which,
    case: Case,
    calendar: Calendar,
    known: Mapping[CountsFrom, date | None] = MappingProxyType({}),
) -> Reckoned | None:
    reckoned = [_reckon(one, which, case, calendar, known) for one in deadlines]
    return min(reckoned, key=lambda one: one.day or date.max, default=None)


def _reckon(
    deadline: ServiceDeadline,
    which: Which,
    case: Case,
    calendar: Calendar,
    known: Mapping[CountsFrom, date | None],
) -> Reckoned:
    is_decision = which == "decision"
    length = deadline.decision if is_decision else deadline.start
    event = deadline.decision_counts_from if is_decision else deadline.start_counts_from
    days: dict[CountsFrom, date | None] = {
        "enquiry": case.enquiry.received_on,
        "decision": known.get("decision") or case.decision.decided_on,
        "plan_received": plan_received_on(case.course),
        "arrival": arrived_on(case.course),
        "order": known.get("order"),
    }
    missing = ""
    day = days[event]
    if day is None and event in ("plan_received", "order"):
        # Rather too early than never: the plan came at the latest with the enquiry, an order follows a decision.
        day = days["enquiry" if is_decision else "decision"]
        missing = f"datoen for {_EVENTS[event]} mangler"
    if length is None or day is None:
        return Reckoned(deadline=deadline, due=None, missing=f"datoen for {_EVENTS[event]} mangler")
    found = due(length, day, calendar)
    if missing:
        found = found.model_copy(update={"why": f"{found.why}; {missing}"})
    return Reckoned(deadline=deadline, due=found, missing=missing)

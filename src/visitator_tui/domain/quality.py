"""A year in figures: decisions within their deadline, refusals, exceptions, reviews and complaints (p. 38)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from textwrap import wrap
from typing import Final

from .base import Model
from .case import Case, MadeDecision
from .decision import DecisionItem
from .decision_items import unanswered
from .service_deadlines import decision_due
from .standard import Standard
from .workdays import Calendar

UNKNOWN: Final = "Uden for standarden"
COMPLAINT_OUTCOMES: Final = {
    "upheld": "fuldt medhold", "partly_upheld": "delvist medhold", "not_upheld": "ikke medhold",
    "withdrawn": "trukket tilbage", None: "endnu ikke genvurderet",
}  # fmt: skip
APPEAL_OUTCOMES: Final = {
    "confirmed": "stadfæstet", "changed": "ændret", "sent_back": "hjemvist", "dismissed": "afvist",
}  # fmt: skip


class ServiceFigures(Model):
    """The items decided under one ydelse in the year; ``timed`` are those that have a deadline."""

    name: str
    decided: int = 0
    granted: int = 0
    refused: int = 0
    partly: int = 0
    changed: int = 0
    stopped: int = 0
    exceptions: int = 0
    timed: int = 0
    in_time: int = 0

    @property
    def share_in_time(self) -> float | None:
        """How much of what has a deadline was decided in time, 0-1; None where nothing has one."""
        return self.in_time / self.timed if self.timed else None


class YearFigures(Model):
    """A year's figures; ``services`` by name, ``total`` their sum. Outcomes are in Danish, with their number."""

    year: int
    services: tuple[ServiceFigures, ...]
    total: ServiceFigures
    decisions: int
    reviews: int
    complaints: int
    complaint_outcomes: dict[str, int]
    appeal_outcomes: dict[str, int]


def year_figures(cases: Iterable[tuple[Case, Standard]], year: int, calendar: Calendar) -> YearFigures:
    """The figures of a year over cases, each with the standard it was matched against.

    A decision counts once it is made, in the year of its date; a draft does not. A review counts when it was held,
    a complaint when it was received.
    """
    found: dict[str, Counter[str]] = {}
    complaints: Counter[str] = Counter()
    appeals: Counter[str] = Counter()
    decisions = reviews = received = 0
    for case, standard in cases:
        for made in case.made:
            if _in(made.decided_on, year):
                decisions += 1
                for item in made.decision.items:
                    if item.outcome is not None:
                        counted = found.setdefault(_service(item, standard), Counter())
                        counted.update(_counted(item, made, case, standard, calendar))
        reviews += sum(_in(one.held_on, year) for one in case.course.reviews)
        for complaint in case.course.complaints:
            if _in(complaint.received_on, year):
                received += 1
                complaints[COMPLAINT_OUTCOMES[complaint.outcome]] += 1
                if complaint.appeal_outcome:
                    appeals[APPEAL_OUTCOMES[complaint.appeal_outcome]] += 1
    services = tuple(ServiceFigures(name=name, **found[name]) for name in sorted(found))
    total: Counter[str] = sum(found.values(), Counter())
    return YearFigures(
        year=year, services=services, total=ServiceFigures(name="I alt", **total), decisions=decisions,
        reviews=reviews, complaints=received, complaint_outcomes=dict(complaints), appeal_outcomes=dict(appeals),
    )  # fmt: skip


def _counted(
    item: DecisionItem, made: MadeDecision, case: Case, standard: Standard, calendar: Calendar
) -> Iterator[str]:
    yield "decided"
    yield str(item.outcome)
    if item.gives_help and item.professional_reason.strip():
        yield "exceptions"
    asked = item.answers or item.delydelse
    due = decision_due(asked, case, standard, calendar)
    if due and due.day and _answers_first(asked, made, case, standard):
        yield "timed"
        if made.decided_on <= due.day:
            yield "in_time"


def _answers_first(asked: str, made: MadeDecision, case: Case, standard: Standard) -> bool:
    """Whether a decision is the first answer to an application: not a correction, nor decided anew later."""
    if made.decision.corrects.named or not made.decision.follows:
        return not made.decision.corrects.named
    earlier = case.made[: case.made.index(made)]
    if not earlier:
        return True
    before = case.model_copy(update={"made": earlier, "decision": earlier[-1].decision})
    return asked in unanswered(before, standard)


def _service(item: DecisionItem, standard: Standard) -> str:
    known = standard.ydelse_of.get(item.delydelse)
    return known.name if known else UNKNOWN


def _in(day: date | None, year: int) -> bool:
    return day is not None and day.year == year


def bars(figures: YearFigures, width: int) -> tuple[str, ...]:
    """The share decided in time as a chart of plain characters, a line per service with a deadline.

    ``width`` is that of a whole line; the bar has what name and figures leave.
    """
    shown = [one for one in (*figures.services, figures.total) if one.share_in_time is not None]
    name = min(24, max((len(one.name) for one in shown), default=0))
    room = max(5, width - name - 18)
    lines = []
    for one in shown:
        share = one.share_in_time or 0.0
        full = int(share * room)
        count = f"{one.in_time}/{one.timed}"
        first, *more = in_column(one.name, name)
        lines.append(f"{first:{name}} {'#' * full}{'.' * (room - full)} {percent(share):>5} {count:>9}")
        lines += more
    return tuple(lines)


def in_column(name: str, width: int) -> list[str]:
    """A name in as many lines as a column needs, all but the first indented."""
    return wrap(name, width, subsequent_indent="  ") or [""]


def percent(share: float | None) -> str:
    """``83 %``; a dash where there is no share. Rounded down, so that 100 % means all."""
    return "-" if share is None else f"{int(share * 100)} %"

"""A year in a municipality, day by day, and beside it an oracle that knows by itself which reminder is due when.

Citizens enquire, visitators agree on talks, hold them, decide, order, review and answer complaints, as fast as
their hours and their holidays allow, so some are late. What happens is written into cases in the real encrypted
store. The oracle counts days with its own calendar and its own table of deadlines (Helsingør 2017, pages
beside them) and calls none of the program's code for deadlines or tasks. Every morning the list of Min dag has
to be exactly what the oracle expects: each reminder once, with its day; nothing more and nothing less.
"""

from __future__ import annotations

import heapq
import random
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any

from visitator_tui.domain.case import Case
from visitator_tui.domain.edit import change, parse_path
from visitator_tui.store.store import SqlCipherStore
from visitator_tui.usecases.my_day import my_day
from visitator_tui.usecases.ports import Actor, CaseRecord

YEAR = 2017
FIRST, LAST = date(YEAR, 1, 2), date(YEAR, 12, 31)
DAY = timedelta(days=1)
AHEAD = 7 * DAY
"""How long before its day a reminder is shown."""

# -- the oracle's own calendar ---------------------------------------------------------------------------------


def easter(year: int) -> date:
    """Easter Sunday (the anonymous Gregorian rule)."""
    a, b, c = year % 19, *divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def holidays(year: int) -> set[date]:
    """The Danish public holidays; store bededag until 2023."""
    sunday = easter(year)
    moving = {-3, -2, 0, 1, 39, 49, 50} | ({26} if year < 2024 else set())
    fixed = {date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)}
    return fixed | {sunday + timedelta(days=number) for number in moving}


FREE = holidays(YEAR) | holidays(YEAR + 1)


def works(day: date) -> bool:
    """Whether it is a hverdag."""
    return day.isoweekday() <= 5 and day not in FREE


def hverdage(day: date, number: int) -> date:
    """So many hverdage after a day."""
    while number:
        day += DAY
        number -= works(day)
    return day


def months(day: date, number: int) -> date:
    """The same day some months later; the month's last where it has no such day."""
    month = day.month + number
    year, month = day.year + (month - 1) // 12, (month - 1) % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    raise AssertionError


# -- the oracle's own table of deadlines (pages of Helsingør 2017) -----------------------------------------------


@dataclass(frozen=True)
class Service:
    """A delydelse: when it is to be decided and to begin; None: as soon as there is room."""

    decide: Callable[[date], date]
    begin: Callable[[date], date | None]
    change: Callable[[date], date]
    acute_decide: Callable[[date], date] | None = None
    acute_begin: Callable[[date], date] | None = None
    ordered: bool = True


def days(number: int) -> Callable[[date], date]:
    """So many calendar days later."""
    return lambda day: day + timedelta(days=number)


SERVICES = {
    "rengoering_3": Service(days(28), lambda day: hverdage(day, 10), days(14)),  # pp. 15, 26, 25
    "bad_3": Service(days(14), lambda day: hverdage(day, 1), days(1), days(0), days(0)),
    "madservice": Service(
        days(14), days(4), days(1), lambda day: hverdage(day, 1), lambda day: hverdage(day, 1)
    ),
    "lokalt_dagcenter_2": Service(days(28), lambda _: None, days(1)),
    "plejebolig": Service(days(21), lambda day: months(day, 2), days(1), ordered=False),  # p. 56
}
WEIGHTS = (8, 6, 4, 2, 2)

# -- what happens -----------------------------------------------------------------------------------------------

Patch = dict[str, Any]


@dataclass
class Act:
    """Something done on the first day it can be: by the visitator when she has time, or by others on the day."""

    not_before: date
    patch: Callable[[date], Patch]
    by_others: bool = False


Strand = Generator[Act, date, None]
Part = Generator[Act, date, date]
"""A part of a strand; it ends on the day it gives."""


@dataclass
class Reminder:
    """What the oracle expects to see: from the morning after it arose until the day it was mended."""

    kind: str
    due: date | None
    seen: date
    arose: date
    mended: date | None = None

    def stands(self, morning: date) -> bool:
        """Whether it is to be seen on a morning."""
        return (
            self.arose < morning and self.seen <= morning and (self.mended is None or morning <= self.mended)
        )


@dataclass
class Citizen:
    """A citizen, her case and what the oracle knows of it."""

    name: str
    rng: random.Random
    visitator: int
    record: CaseRecord | None = None
    reminders: list[Reminder] = field(default_factory=list)
    strands: list[Strand] = field(default_factory=list)
    closed: bool = False

    def opens(self, kind: str, due: date | None, arose: date, seen: date | None = None) -> Reminder:
        """A reminder arises."""
        shown = max(due - AHEAD, seen or date.min) if due else date.min
        self.reminders.append(Reminder(kind, due, shown, arose))
        return self.reminders[-1]

    def ends(self, day: date, *kinds: str) -> None:
        """Reminders are mended."""
        for one in self.reminders:
            if one.kind in kinds and one.mended is None:
                one.mended = day

    # -- the course ----------------------------------------------------------------------------------------

    def enquiry(self, received: date) -> Strand:
        """From the enquiry to the decision, and what follows from it."""
        rng, (name,) = self.rng, self.rng.choices(list(SERVICES), WEIGHTS)
        service = SERVICES[name]
        acute = service.acute_decide is not None and rng.random() < 0.2
        day = yield Act(
            received,
            lambda day: {"enquiry.received_on": iso(day), "enquiry.applied_for": [name]},
            by_others=True,
        )
        self.opens("triage", received, day)
        self.opens("appointment", hverdage(received, 5), day)
        due = self._decision_due(service.decide(received), day)
        day = yield Act(received + DAY * rng.choice((0, 0, 0, 1)), lambda _: {"enquiry.acute": acute})
        self.ends(day, "triage")
        if acute and service.acute_decide:
            self.ends(day, "decision", "delay_notice")
            due = self._decision_due(service.acute_decide(received), day)
        day = yield from self._talk(day)
        if rng.random() < 0.1:
            day = yield from self._hearing(day)
        if rng.random() < 0.15:
            due, day = yield from self._delayed(name, due)
        yield from self._decide(name, service, due, day, acute)

    def _decision_due(self, due: date, arose: date) -> date:
        self.opens("decision", due, arose)
        self.opens("delay_notice", due, arose, due)
        return due

    def _talk(self, day: date) -> Part:
        visit = day

        def agreed(day: date) -> Patch:
            nonlocal visit
            visit = hverdage(day, self.rng.randint(1, 8))
            at = time(self.rng.randint(8, 14), self.rng.choice((0, 30)))
            return {"course.appointments.0": {"agreed_on": iso(day), "on": iso(visit), "at": at.isoformat()}}

        day = yield Act(day + DAY * self.rng.choice((0, 1, 1, 2, 4, 9)), agreed)
        self.ends(day, "appointment")
        self.opens("visit", visit, day, visit)
        day = yield Act(
            visit, lambda _: {"course.appointments.0.held": True, "assessment.assessed_on": iso(visit)}
        )
        self.ends(day, "visit")
        return day

    def _hearing(self, day: date) -> Part:
        by = day

        def asked(day: date) -> Patch:
            nonlocal by
            by = day + 14 * DAY
            return {"decision.hearing": {"needed": True, "held_on": iso(day), "answer_by": iso(by)}}

        day = yield Act(day, asked)
        self.opens("hearing", by, day, by)
        answered = by + DAY * self.rng.randint(-5, 3)
        day = yield Act(answered, lambda _: {"decision.hearing.answer": "Set"}, by_others=True)
        self.ends(day, "hearing")
        return day

    def _delayed(self, name: str, due: date) -> Generator[Act, date, tuple[date, date]]:
        expected = due

        def told(day: date) -> Patch:
            nonlocal expected
            expected = day + 14 * DAY
            notice = {"about": f"decision:{name}", "given_on": iso(day), "expected_on": iso(expected)}
            return {"course.delay_notices.0": notice}

        day = yield Act(due, told)
        self.ends(day, "decision", "delay_notice")
        return self._decision_due(expected, day), day

    def _decide(self, name: str, service: Service, due: date, day: date, acute: bool) -> Strand:
        granted = self.rng.random() < 0.85
        review = date.max

        def made(day: date) -> Patch:
            nonlocal review
            review = day + DAY * self.rng.randint(30, 200)
            item: Patch = {"delydelse": name, "outcome": "granted" if granted else "refused"}
            if granted:
                item["review_on"] = iso(review)
            listed = {"course.waiting_list.0": {"on": iso(day), "kind": "listed", "general": True}}
            more = listed if granted and name == "plejebolig" else {}
            return {"decision.items": [item], "decision.decided_on": iso(day), **more}

        day = yield Act(max(day, due - DAY * self.rng.randint(0, 6)), made)
        self.ends(day, "decision", "delay_notice", "hearing", "triage")
        if self.rng.random() < 0.1:
            self.strands.append(self._complaint(day + DAY * self.rng.randint(3, 28)))
        if not granted:
            return
        self.opens("review", review, day)
        self.strands.append(self._review(review))
        if service.ordered:
            self.strands.append(self._order(name, service, day, acute))
        else:
            self.opens("guarantee", service.begin(day), day)
            self.strands.append(self._home(day))

    # -- help on its way -----------------------------------------------------------------------------------

    def _home(self, decided: date) -> Strand:
        accepted = decided + DAY * self.rng.randint(20, 75)
        day = yield Act(
            accepted,
            lambda day: {"course.waiting_list.1": {"on": iso(day), "kind": "offer_accepted"}},
            by_others=True,
        )
        self.ends(day, "guarantee")

    def _order(self, name: str, service: Service, decided: date, acute: bool) -> Strand:
        begin = (service.acute_begin if acute and service.acute_begin else service.begin)(decided)
        self.opens("order", decided, decided)
        self.opens("start", begin, decided)
        informed = self.rng.random() < 0.9

        def ordered(day: date) -> Patch:
            order = {"items": [name], "supplier": "Ahorn", "ordered_on": iso(day)}
            return {"course.orders.0": {**order, "information_on": iso(day) if informed else None}}

        day = yield Act(decided + DAY * self.rng.choice((0, 0, 0, 1, 3)), ordered)
        self.ends(day, "order")
        if not informed:
            self.opens("information", day, day)
            day = yield Act(
                day + DAY * self.rng.randint(1, 5), lambda day: {"course.orders.0.information_on": iso(day)}
            )
            self.ends(day, "information")
        begins = max(day, (begin or day + 20 * DAY) + DAY * self.rng.randint(-2, 1))
        day = yield Act(begins, lambda day: {"course.orders.0.started_on": iso(day)}, by_others=True)
        self.ends(day, "start")
        running = (self._away, self._changes_supplier, self._reported, self._acutely_ill, self._closed)
        for strand, share in zip(running, (0.3, 0.1, 0.2, 0.1, 0.08), strict=True):
            if self.rng.random() < share:
                self.strands.append(strand(name, service, day + DAY * self.rng.randint(2, 150)))

    def _away(self, name: str, service: Service, begins: date) -> Strand:
        del name, service
        why = self.rng.choice(("holiday", "admission"))
        day = yield Act(
            begins, lambda day: {"course.absences.0": {"from": iso(day), "why": why}}, by_others=True
        )
        begins = day
        self.opens("absence_told", begins, day)
        if why == "admission":
            self.opens("admission", begins, day)
        day = yield Act(day, lambda day: {"course.absences.0.supplier_told_on": iso(day)})
        self.ends(day, "absence_told")
        if why == "admission":
            day = yield Act(
                day + DAY, lambda day: {"course.absences.0.confirmed_on": iso(day)}, by_others=True
            )
            self.ends(day, "admission")
        last = day + DAY * self.rng.randint(2, 25)
        day = yield Act(day + DAY, lambda _: {"course.absences.0.to": iso(last)}, by_others=True)
        self.opens("absence_end", last + DAY, day, last)
        day = yield Act(last + DAY, lambda day: {"course.absences.0.ended_on": iso(day)})
        self.ends(day, "absence_end")

    def _changes_supplier(self, name: str, service: Service, asked: date) -> Strand:
        why = self.rng.choice(("", "kemien"))
        day = yield Act(
            asked,
            lambda day: {
                "course.supplier_changes.0": {"items": [name], "requested_on": iso(day), "reason": why}
            },
            by_others=True,
        )
        effective = service.change(day)
        self.opens("supplier_change", effective, day)
        if not why:
            self.opens("change_reason", day, day)
            day = yield Act(day, lambda _: {"course.supplier_changes.0.reason": "kemien"})
            self.ends(day, "change_reason")
        day = yield Act(effective, lambda day: {"course.supplier_changes.0.done_on": iso(day)})
        self.ends(day, "supplier_change")

    def _reported(self, name: str, service: Service, on: date) -> Strand:
        del name, service
        about = self.rng.choice(("condition", "household", "swaps", "locked_door", "other"))
        day = yield Act(
            on, lambda day: {"course.reports.0": {"reported_on": iso(day), "about": about}}, by_others=True
        )
        self.opens("report", day if about == "locked_door" else None, day)
        day = yield Act(
            day + DAY * self.rng.randint(0, 3), lambda day: {"course.reports.0.handled_on": iso(day)}
        )
        self.ends(day, "report")

    def _acutely_ill(self, name: str, service: Service, on: date) -> Strand:
        del name, service
        day = yield Act(
            on,
            lambda day: {"course.acute_help.0": {"started_on": iso(day), "care_granted": True}},
            by_others=True,
        )
        week = day + 7 * DAY
        self.opens("acute_help", week, day, week)
        if self.rng.random() < 0.6:
            ended = day + DAY * self.rng.randint(1, 6)
            day = yield Act(ended, lambda day: {"course.acute_help.0.ended_on": iso(day)}, by_others=True)
        else:
            day = yield Act(week, lambda day: {"course.acute_help.0.assessed_on": iso(day)})
        self.ends(day, "acute_help")

    def _closed(self, name: str, service: Service, on: date) -> Strand:
        del name, service
        day = yield Act(on, lambda day: {"course.closed_on": iso(day)}, by_others=True)
        self.closed = True
        self.ends(day, *{one.kind for one in self.reminders})

    # -- follow-up -----------------------------------------------------------------------------------------

    def _review(self, planned: date) -> Strand:
        for number in range(3):
            again = date.max

            def held(day: date, number: int = number) -> Patch:
                nonlocal again
                again = day + 90 * DAY
                return {f"course.reviews.{number}": {"held_on": iso(day), "next_on": iso(again)}}

            day = yield Act(planned + DAY * self.rng.choice((-3, 0, 0, 5)), held)
            self.ends(day, "review")
            planned = again
            self.opens("review", planned, day)

    def _complaint(self, on: date) -> Strand:
        day = yield Act(on, lambda day: {"course.complaints.0": {"received_on": iso(day)}}, by_others=True)
        due = day + 28 * DAY
        self.opens("complaint", due, day)
        outcome = self.rng.choice(("upheld", "not_upheld", "withdrawn"))
        day = yield Act(
            due - DAY * self.rng.randint(-1, 12), lambda _: {"course.complaints.0.outcome": outcome}
        )
        self.ends(day, "complaint")
        if outcome == "upheld":
            self.opens("complaint_change", due, day)
            day = yield Act(
                day + DAY * self.rng.randint(0, 20), lambda day: {"course.complaints.0.changed_on": iso(day)}
            )
            self.ends(day, "complaint_change")
        elif outcome == "not_upheld":
            self.opens("complaint_forward", due, day)
            sent = {"course.complaints.0.papers": ["klagen"]}
            day = yield Act(
                day + DAY * self.rng.randint(0, 9),
                lambda day: {"course.complaints.0.forwarded_on": iso(day), **sent},
            )
            self.ends(day, "complaint_forward")


def iso(day: date) -> str:
    """A day as the case file has it."""
    return day.isoformat()


# -- the year -----------------------------------------------------------------------------------------------------

Seen = Counter[tuple[str, str, str]]
"""Reminders on a morning: (case, kind, day due)."""


@dataclass(frozen=True)
class Morning:
    """What Min dag showed and what the oracle expected."""

    day: date
    shown: Seen
    expected: Seen
    overdue: int


class Year:
    """The municipality's year in a store; the same for the same seed."""

    def __init__(self, store: SqlCipherStore, citizens: int, visitators: int, seed: int) -> None:
        self.store, self.rng = store, random.Random(seed)
        self.acts = 0
        self._order = count()
        self._by_others: list[tuple[date, int, Citizen, Strand, Act]] = []
        self._desks: list[list[tuple[date, int, Citizen, Strand, Act]]] = [[] for _ in range(visitators)]
        self._hours = max(4, 9 * citizens // 2000)
        """Acts a visitator has time for in a day, so that a month's work is now and then late."""
        self._away = [FIRST + timedelta(weeks=self.rng.randint(1, 48)) for _ in range(visitators)]
        self.citizens = []
        for number in range(citizens):
            citizen = Citizen(f"Borger {number}", random.Random(self.rng.random()), number % visitators)
            received = FIRST + timedelta(days=self.rng.randint(0, 330))
            while not works(received):
                received += DAY
            self.citizens.append(citizen)
            self._goes_on(citizen, citizen.enquiry(received), None)

    def mornings(self) -> Iterator[Morning]:
        """Every day of the year: what is shown in the morning; then the day's work is done."""
        day = FIRST
        while day <= LAST:
            yield self._morning(day)
            self._work(day)
            day += DAY

    def _morning(self, day: date) -> Morning:
        listed = my_day(self.store.kept_tasks(day), day)
        shown = Counter((one.case_id, one.kind, _due(day, one.days)) for one in listed)
        expected = Counter(
            (one.record.id, reminder.kind, iso(reminder.due) if reminder.due else "")
            for one in self.citizens
            if one.record
            for reminder in one.reminders
            if reminder.stands(day) and not (one.closed and reminder.mended != day)
        )
        return Morning(day, shown, expected, sum(one.state == "overdue" for one in listed))

    def _work(self, day: date) -> None:
        self._drain(self._by_others, day, None)
        for desk, away in zip(self._desks, self._away, strict=True):
            if works(day) and not away <= day < away + timedelta(weeks=3):
                self._drain(desk, day, self._hours)

    def _drain(
        self, queue: list[tuple[date, int, Citizen, Strand, Act]], day: date, hours: int | None
    ) -> None:
        while queue and queue[0][0] <= day and hours != 0:
            _, _, citizen, strand, act = heapq.heappop(queue)
            if citizen.closed:
                continue
            self._write(citizen, act.patch(day), day)
            self._goes_on(citizen, strand, day)
            hours = None if hours is None else hours - 1

    def _write(self, citizen: Citizen, patch: Patch, day: date) -> None:
        now, actor = datetime.combine(day, time(9), UTC), Actor(f"visitator {citizen.visitator}")
        self.acts += 1
        case = citizen.record.case if citizen.record else Case(municipality="helsingor")
        if citizen.record is None:
            case, _ = change(case, parse_path("citizen.name"), citizen.name)
        for where, value in patch.items():
            case, _ = change(case, parse_path(where), value)
        if citizen.record is None:
            citizen.record = self.store.create(case, actor, now)
        else:
            citizen.record = self.store.save(replace(citizen.record, case=case), (), actor, now)

    def _goes_on(self, citizen: Citizen, strand: Strand, day: date | None) -> None:
        """Ask a strand, and those it began, for what they do next."""
        waiting = [(strand, day)]
        while waiting:
            one, done = waiting.pop()
            try:
                act = next(one) if done is None else one.send(done)
            except StopIteration:
                act = None
            if act is not None:
                queue = self._by_others if act.by_others else self._desks[citizen.visitator]
                heapq.heappush(queue, (act.not_before, next(self._order), citizen, one, act))
            waiting += [(new, None) for new in citizen.strands]
            citizen.strands.clear()


def _due(today: date, in_days: int | None) -> str:
    return "" if in_days is None else iso(today + timedelta(days=in_days))

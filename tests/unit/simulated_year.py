"""A year in a municipality, day by day, and beside it an oracle that knows by itself which reminder is due when.

Citizens enquire, visitators agree on talks, hold them, decide, order, review and answer complaints, as fast as
their hours and their holidays allow, so some are late. What happens is written into cases in the real encrypted
store. The oracle counts days with its own calendar and its own tables of what each standard asks for (Helsingør
2017, Herning 2022, pages beside them) and calls none of the program's code for deadlines or tasks. Every morning
the list of Min dag has to be exactly what the oracle expects: each reminder once, with its day; nothing more and
nothing less.
"""

from __future__ import annotations

import heapq
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count

from year_citizen import Citizen
from year_oracle import DAY, HELSINGOR, Municipality, iso, works
from year_person import Act, Patch, Strand

from visitator_tui.domain.case import Case
from visitator_tui.domain.edit import change, parse_path
from visitator_tui.store.store import SqlCipherStore
from visitator_tui.usecases.my_day import my_day
from visitator_tui.usecases.ports import Actor

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

    def __init__(
        self, store: SqlCipherStore, citizens: int, visitators: int, seed: int,
        place: Municipality = HELSINGOR, lively: float = 1,
    ) -> None:  # fmt: skip
        """``lively``: how many times as much happens to each citizen as on average; every help is sought."""
        self.store, self.rng, self.place = store, random.Random(seed), place
        self.acts = 0
        self._order = count()
        self._by_others: list[tuple[date, int, Citizen, Strand, Act]] = []
        self._desks: list[list[tuple[date, int, Citizen, Strand, Act]]] = [[] for _ in range(visitators)]
        self._hours = max(4, 9 * citizens // 2000)
        """Acts a visitator has time for in a day, so that a month's work is now and then late."""
        self._away = [place.first + timedelta(weeks=self.rng.randint(1, 48)) for _ in range(visitators)]
        self.citizens = []
        names = list(place.services)
        for number in range(citizens):
            citizen = Citizen(
                f"Borger {number}", random.Random(self.rng.random()), number % visitators, place, lively
            )
            received = place.first + timedelta(days=self.rng.randint(0, (place.last - place.first).days - 34))
            while not works(received):
                received += DAY
            (name,) = self.rng.choices(names, place.weights)
            self.citizens.append(citizen)
            sought = names[number % len(names)] if lively > 1 else name
            self._goes_on(citizen, citizen.enquiry(received, sought), None)

    def mornings(self) -> Iterator[Morning]:
        """Every day of the year: what is shown in the morning; then the day's work is done."""
        day = self.place.first
        while day <= self.place.last:
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
        case = citizen.record.case if citizen.record else Case(municipality=self.place.id)
        if citizen.record is None:
            case, _ = change(case, parse_path("citizen.name"), citizen.name)
        for where, value in patch.items():
            case, _ = change(case, parse_path(where), value)
        if citizen.record is None:
            citizen.record = self.store.create(case, actor, now)
        else:
            citizen.record = self.store.save(replace(citizen.record, case=case), (), actor, now)
        if "decision.decided_on" in patch:  # nothing is decided before its letter is written
            citizen.record, _ = self.store.make_decision(citizen.record, b"%PDF-1.7", actor, now)

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

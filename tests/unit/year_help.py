"""What happens in the simulated year once help is granted: orders, absence, changes, reports, training."""

from __future__ import annotations

import random
from datetime import date, timedelta

from year_oracle import DAY, Service, iso
from year_person import OF_HELP, Act, Patch, Person, Strand, on_day


class Helped(Person):
    """A citizen who has been granted help."""

    def _order(self, names: tuple[str, ...], service: Service, decided: date, acute: bool) -> Strand:
        when = service.acute_begin if acute and service.acute_begin else service.begin
        begin = when(decided if not service.plan else self.received) if when else None
        self.opens("order", decided, decided)
        if when:
            self.opens("start", begin, decided)
        informed, two = self.rng.random() < 0.9, self.happens(0.1)

        def ordered(day: date) -> Patch:
            self.ordered = day
            order = {"items": list(names), "supplier": "Ahorn", "ordered_on": iso(day)}
            more = {"two_staff": [names[0]]} if two else {}
            return {"course.orders.0": {**order, **more, "information_on": iso(day) if informed else None}}

        day = yield Act(decided + DAY * self.rng.choice((0, 0, 0, 1, 3)), ordered)
        self.ends(day, "order")
        if not informed:
            self._lacks("information", "information_on", day)
        if service.transfer_form:
            self._lacks("transfer_form", "transfer_form_on", day)
        if two and not service.two_may_come:
            self._lacks("two_staff", "two_staff_reason", day)
        begins = max(day, (begin or day + 20 * DAY) + DAY * self.rng.randint(-2, 1))
        day = yield Act(begins, lambda day: {"course.orders.0.started_on": iso(day)}, by_others=True)
        self.ends(day, "start")
        if service.account:
            self.strands.append(self._account(service, day))
        self._runs(names[0], service, day)

    def _runs(self, name: str, service: Service, day: date) -> None:
        """What may happen while help is given."""
        running = [
            (self._away, 0.3), (self._changes_supplier, 0.1), (self._reported, 0.2), (self._acutely_ill, 0.1),
            (self._closed, 0.08 / self.lively),
        ]  # fmt: skip
        running += [(self._second_supplier, 0.15)] if service.leads else []
        running += [(self._stays_away, 0.3)] if service.plan else []
        own = random.Random(f"stop {self.name}")  # of its own, so that the rest of the year stays as it was
        if not service.leads and not service.plan and own.random() < 0.15 * self.lively:
            self.strands.append(
                self._stopped(name, day + DAY * own.randint(20, 150), DAY * own.randint(0, 20))
            )
        for strand, share in running:
            if self.happens(share):
                self.strands.append(strand(name, service, day + DAY * self.rng.randint(2, 150)))

    def _lacks(self, kind: str, field: str, day: date) -> None:
        """The order lacks something, which is mended some days later."""
        self.opens(kind, day, day)
        self.strands.append(self._mended(kind, field, day))

    def _mended(self, kind: str, field: str, day: date) -> Strand:
        day = yield Act(
            day + DAY * self.rng.randint(1, 5),
            lambda day: {f"course.orders.0.{field}": "smal trappe" if field.endswith("reason") else iso(day)},
        )
        self.ends(day, kind)

    def _account(self, service: Service, day: date) -> Strand:
        """What comes again, counted from the start; an account that has no day comes once."""
        due = service.account(day) if service.account else None
        if due:
            self.ends(day, "periodic")
            self.opens("periodic", due, day)
        for number in range(4 if due else 1):
            held = due + DAY * self.rng.choice((-3, 0, 4)) if due else day + DAY * self.rng.randint(10, 40)
            day = yield Act(held, on_day(f"course.reviews.{number}", "held_on"))
            self.ends(day, "periodic")
            if due and service.account:
                due = service.account(day)
                self.opens("periodic", due, day)

    def _second_supplier(self, name: str, service: Service, on: date) -> Strand:
        """Another supplier comes too, so that one has to coordinate (p. 27)."""
        order = {
            "items": [name],
            "supplier": "Birk",
            "transfer_form_on": "2017-01-02" if service.transfer_form else None,
        }
        day = yield Act(
            on,
            lambda day: {
                "course.orders.1": {
                    **order, "ordered_on": iso(day), "information_on": iso(day), "started_on": iso(day)
                }
            },
        )  # fmt: skip
        self.opens("coordination", self.ordered, day)
        day = yield Act(day + DAY * self.rng.randint(0, 4), lambda _: {"course.orders.0.coordinates": True})
        self.ends(day, "coordination")

    def _stays_away(self, name: str, service: Service, on: date) -> Strand:
        """Training ends when she has stayed away twice without reasonable ground (p. 85)."""
        del name, service
        reasonable = self.rng.random() < 0.3
        for number in range(2):
            stayed = {"kind": "stayed_away", "reasonable": reasonable and number == 1}
            day = yield Act(on, on_day(f"course.no_shows.{number}", "on", **stayed), by_others=True)
            on = day + 7 * DAY
        if not reasonable:
            self.opens("no_shows", day, day)
            day = yield Act(
                day + DAY * self.rng.randint(0, 5), lambda day: {"course.orders.0.ended_on": iso(day)}
            )
            self.ends(day, "no_shows")

    def _away(self, name: str, service: Service, begins: date) -> Strand:
        del service
        why = self.rng.choice(("holiday", "admission"))
        day = yield Act(
            begins, lambda day: {"course.absences.0": {"from": iso(day), "why": why}}, by_others=True
        )
        begins = day
        self.opens("absence_told", begins, day)
        if why == "admission":
            self.opens("admission", begins, day)
        else:
            self.opens("absence_last_day", None, day)
        day = yield Act(day, lambda day: {"course.absences.0.supplier_told_on": iso(day)})
        self.ends(day, "absence_told")
        if why == "admission":
            day = yield Act(
                day + DAY, lambda day: {"course.absences.0.confirmed_on": iso(day)}, by_others=True
            )
            self.ends(day, "admission")
            self.opens("absence_last_day", None, day)
        last = day + DAY * self.rng.randint(2, 25)
        day = yield Act(day + DAY, lambda _: {"course.absences.0.to": iso(last)}, by_others=True)
        self.ends(day, "absence_last_day")
        self.opens("absence_end", last + DAY, day, last)
        if why == "admission" and name == "lokalt_dagcenter_2":  # assessed again after a stay (p. 60)
            self.opens("review", last, day, last).counts_from = last
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
        self.opens("report", day if about in self.place.at_once else None, day)
        day = yield Act(
            day + DAY * self.rng.randint(0, 3), lambda day: {"course.reports.0.handled_on": iso(day)}
        )
        self.ends(day, "report")

    def _acutely_ill(self, name: str, service: Service, on: date) -> Strand:
        """Who has care already gets more of it for a week; who has none is assessed at once (pp. 28-29)."""
        del name
        care = service.leads
        day = yield Act(
            on,
            lambda day: {"course.acute_help.0": {"started_on": iso(day), "care_granted": care}},
            by_others=True,
        )
        week = day + 7 * DAY
        self.opens("acute_help", week if care else day, day, week if care else day)
        if care and self.rng.random() < 0.6:
            ended = day + DAY * self.rng.randint(1, 6)
            day = yield Act(ended, lambda day: {"course.acute_help.0.ended_on": iso(day)}, by_others=True)
        else:
            when = week if care else day + DAY * self.rng.randint(0, 2)
            day = yield Act(when, lambda day: {"course.acute_help.0.assessed_on": iso(day)})
        self.ends(day, "acute_help")

    def _stopped(self, name: str, on: date, notice: timedelta) -> Strand:
        """A new decision stops her help; later the supplier is told."""

        def decided(day: date) -> Patch:
            assert self.record is not None
            item = {"delydelse": name, "outcome": "stopped", "ends_on": iso(day + notice)}
            new = {"items": [item], "follows": self.record.case.made[-1].letter_id}
            return {"decision": new, "decision.decided_on": iso(day)}

        day = yield Act(on, decided)
        self.stopped, last = True, day + notice
        self.ends(day, *OF_HELP)
        self.opens("order_end", last, day)
        day = yield Act(last + DAY, lambda _: {"course.orders.0.ended_on": iso(last)})
        self.ends(day, "order_end")

    def _closed(self, name: str, service: Service, on: date) -> Strand:
        del name, service
        day = yield Act(on, lambda day: {"course.closed_on": iso(day)}, by_others=True)
        self.closed = True
        self.ends(day, *{one.kind for one in self.reminders})

"""What happens in the simulated year once help is granted: orders, absence, changes, reviews, complaints."""

from __future__ import annotations

from datetime import date

from year_oracle import DAY, Service, iso
from year_person import Act, Patch, Person, Strand


class Helped(Person):
    """A citizen who has been granted help."""

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
        del service
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

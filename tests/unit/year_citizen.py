"""What happens in the simulated year from the enquiry to the decision."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date, time

from year_help import Helped
from year_oracle import DAY, SERVICES, WEIGHTS, Service, hverdage, iso
from year_person import Act, Part, Patch, Strand


class Citizen(Helped):
    """A citizen who asks for help."""

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

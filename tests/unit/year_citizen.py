"""What happens in the simulated year from the enquiry to the decision."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date, time

from year_course import Followed
from year_help import Helped
from year_oracle import DAY, Service, hverdage, iso
from year_person import Act, Part, Patch, Strand


class Citizen(Helped, Followed):
    """A citizen who asks for help."""

    def enquiry(self, received: date, name: str) -> Strand:
        """From the enquiry to the decision, and what follows from it."""
        rng, service = self.rng, self.place.services[name]
        self.received = received
        acute = service.acute_decide is not None and rng.random() < 0.2
        day = yield from self._written(received, name, service)
        self.opens("triage", received, day)
        self.opens("appointment", hverdage(received, 5), day)
        due = self._decision_due(service.decide(received) if service.decide else None, day)
        day = yield Act(received + DAY * rng.choice((0, 0, 0, 1)), lambda _: {"enquiry.acute": acute})
        self.ends(day, "triage")
        if acute and service.acute_decide:
            self.ends(day, "decision", "delay_notice")
            due = self._decision_due(service.acute_decide(received), day)
        day = yield from self._talk(day)
        if self.happens(0.1):
            day = yield from self._hearing(day)
        if due and self.happens(0.15):
            due, day = yield from self._delayed(name, due)
        yield from self._decide(name, service, due or day + DAY * rng.randint(3, 20), day, acute)

    def _written(self, received: date, name: str, service: Service) -> Part:
        """The enquiry is written down; now and then its day is forgotten, or gets a wrong century."""
        wrong = self.rng.choice((None, received.replace(year=received.year - 100)))
        slip = self.happens(0.08)
        first = wrong if slip else received
        patch: Patch = {"enquiry.received_on": iso(first) if first else None, "enquiry.applied_for": [name]}
        if service.plan:
            plan = {"kind": "rehabilitation_plan", "received_on": iso(received)}
            patch["course.ways_in.0"] = plan
        elif self.happens(0.1):
            patch["course.ways_in.0"] = {"kind": "discharge", "discharged_on": iso(received - DAY)}
        day = yield Act(received, lambda _: patch, by_others=True)
        if slip:
            kind = "no_standard" if first else "no_date"
            self.opens(kind, None, day)
            again = day + DAY * self.rng.randint(0, 3)
            day = yield Act(again, lambda _: {"enquiry.received_on": iso(received)})
            self.ends(day, kind)
        if "discharged_on" in patch.get("course.ways_in.0", ()):
            self.opens("hospital", None, day)
            self.strands.append(self._agreed_with_hospital(day))
        return day

    def _agreed_with_hospital(self, day: date) -> Strand:
        followed = "course.ways_in.0.agreement_followed_on"
        day = yield Act(day + DAY * self.rng.randint(0, 6), lambda day: {followed: iso(day)})
        self.ends(day, "hospital")

    def _decision_due(self, due: date | None, arose: date) -> date | None:
        """With its notice of delay, which only a deadline has."""
        self.opens("decision", due, arose)
        if due:
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
        self._decision_due(expected, day)
        return expected, day

    def _decide(self, name: str, service: Service, due: date, day: date, acute: bool) -> Strand:
        granted = self.rng.random() < 0.85
        also = service.also if granted and self.happens(0.3) else ""
        review = date.max

        def made(day: date) -> Patch:
            nonlocal review
            review = day + DAY * self.rng.randint(30, 200)
            item: Patch = {"delydelse": name, "outcome": "granted" if granted else "refused"}
            if granted and not service.account:
                ends = "ends_on" if service.evaluated and self.rng.random() < 0.5 else "review_on"
                item[ends] = iso(review)
            items = [item, *([{"delydelse": also, "outcome": "granted"}] if also else [])]
            listed = {"course.waiting_list.0": {"on": iso(day), "kind": "listed", "general": True}}
            more = listed if granted and service.home else {}
            return {"decision.items": items, "decision.decided_on": iso(day), **more}

        day = yield Act(max(day, due - DAY * self.rng.randint(0, 6)), made)
        self.ends(day, "decision", "delay_notice", "hearing", "triage")
        if self.happens(0.1):
            self.strands.append(self._complaint(day + DAY * self.rng.randint(3, 28)))
        if not granted:
            return
        if service.account:
            self.opens("periodic", service.account(day), day)
        elif service.evaluated:
            self.opens("evaluation", review, day)
            self.strands.append(self._course_ends(review))
        else:
            self.opens("review", review, day)
            self.strands.append(self._review(name, review))
        if also:
            self.opens("one_per_plan", day, day)
            self.strands.append(self._second_plan(day))
        if service.home == "guarantee":
            self.opens("guarantee", service.begin(day) if service.begin else None, day)
            self.strands.append(self._home(day))
        elif service.home:
            self.opens("start", None, day)
            self.strands.append(self._waits_for_a_home(day))
        else:
            self.strands.append(self._order((name, also) if also else (name,), service, day, acute))

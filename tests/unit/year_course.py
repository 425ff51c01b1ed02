"""What happens in the simulated year after help was decided: reviews, evaluations, waiting lists, complaints."""

from __future__ import annotations

from datetime import date

from year_oracle import DAY, iso
from year_person import Act, Patch, Person, Strand


class Followed(Person):
    """A citizen whose case is followed up."""

    # -- reviews and evaluations -------------------------------------------------------------------------------

    def _review(self, name: str, planned: date) -> Strand:
        for number in range(3):
            again = date.max

            def held(day: date, number: int = number) -> Patch:
                nonlocal again
                again = day + 90 * DAY
                review = {"held_on": iso(day), "items": [name], "next_on": iso(again)}
                return {f"course.reviews.{number}": review}

            day = yield Act(planned + DAY * self.rng.choice((-3, 0, 0, 5)), held)
            self.ends(day, "review")
            planned = again
            self.opens("review", planned, day)

    def _course_ends(self, planned: date) -> Strand:
        """A rehabilitation course is evaluated; help after it is decided on, or is not needed (pp. 123, 132)."""
        day = yield Act(
            planned + DAY * self.rng.choice((-2, 0, 0, 3)),
            lambda day: {"course.evaluations.0": {"held_on": iso(day)}},
        )
        self.ends(day, "evaluation")
        self.opens("decision_after_course", day, day)
        needs = self.rng.random() < 0.5
        day = yield Act(
            day + DAY * self.rng.randint(0, 3), lambda _: {"course.evaluations.0.needs_decision": needs}
        )
        if needs:
            day = yield Act(
                day + DAY * self.rng.randint(0, 9),
                lambda day: {"course.evaluations.0.decided_on": iso(day)},
            )
        self.ends(day, "decision_after_course")

    # -- homes and plans ---------------------------------------------------------------------------------------

    def _home(self, decided: date) -> Strand:
        accepted = decided + DAY * self.rng.randint(20, 75)
        day = yield Act(
            accepted,
            lambda day: {"course.waiting_list.1": {"on": iso(day), "kind": "offer_accepted"}},
            by_others=True,
        )
        self.ends(day, "guarantee")

    def _waits_for_a_home(self, day: date) -> Strand:
        """A home for the elderly: two refused offers make the wait passive, and she may ask to come back (p. 55)."""
        refused = ("offer_refused", "offer_refused", "asked_back") if self.happens(0.4) else ()
        for number, kind in enumerate(refused, 1):
            day = yield self._on_the_list(day, number, kind)
        if refused:
            self.opens("waiting_list", None, day)
            kept = {"kind": "approval_kept"}
            day = yield Act(
                day + DAY * self.rng.randint(0, 5),
                lambda day: {"course.waiting_list.4": {**kept, "on": iso(day)}},
            )
            self.ends(day, "waiting_list")
        day = yield self._on_the_list(day, len(refused) + 2 if refused else 1, "offer_accepted")
        self.ends(day, "start")

    def _on_the_list(self, day: date, number: int, kind: str) -> Act:
        later = day + DAY * self.rng.randint(8, 25)
        return Act(
            later,
            lambda day: {f"course.waiting_list.{number}": {"on": iso(day), "kind": kind}},
            by_others=True,
        )

    def _second_plan(self, day: date) -> Strand:
        """A second course takes a second plan (p. 83)."""
        plan = {"kind": "rehabilitation_plan", "reference": "2"}
        day = yield Act(
            day + DAY * self.rng.randint(0, 6),
            lambda day: {"course.ways_in.1": {**plan, "received_on": iso(day)}},
        )
        self.ends(day, "one_per_plan")

    # -- complaints --------------------------------------------------------------------------------------------

    def _complaint(self, on: date) -> Strand:
        where = "course.complaints.0"
        day = yield Act(on, lambda day: {where: {"received_on": iso(day)}}, by_others=True)
        due = day + 28 * DAY
        self.opens("complaint", due, day)
        outcome = self.rng.choice(("upheld", "partly_upheld", "not_upheld", "not_upheld", "withdrawn"))
        day = yield Act(due - DAY * self.rng.randint(-1, 12), lambda _: {f"{where}.outcome": outcome})
        self.ends(day, "complaint")
        if outcome in ("upheld", "partly_upheld"):
            self.opens("complaint_change", due, day)
            self.strands.append(self._decided_for_her(day))
        if outcome in ("partly_upheld", "not_upheld"):
            self.opens("complaint_forward", due, day)
            self.strands.append(self._sent_on(day))

    def _decided_for_her(self, day: date) -> Strand:
        day = yield Act(
            day + DAY * self.rng.randint(0, 20), lambda day: {"course.complaints.0.changed_on": iso(day)}
        )
        self.ends(day, "complaint_change")

    def _sent_on(self, day: date) -> Strand:
        """The complaint goes to the appeal body with its papers; what that decides is followed up."""
        where = "course.complaints.0"
        with_papers = self.rng.random() < 0.5
        papers = {f"{where}.papers": ["klagen"]}
        day = yield Act(
            day + DAY * self.rng.randint(0, 9),
            lambda day: {f"{where}.forwarded_on": iso(day), **(papers if with_papers else {})},
        )
        self.ends(day, "complaint_forward")
        if not with_papers:
            self.opens("complaint_papers", day, day)
            day = yield Act(day + DAY * self.rng.randint(0, 4), lambda _: papers)
            self.ends(day, "complaint_papers")
        said = self.rng.choice(("confirmed", "changed", "sent_back", "dismissed"))
        day = yield Act(
            day + DAY * self.rng.randint(10, 40),
            lambda day: {f"{where}.appeal_decided_on": iso(day), f"{where}.appeal_outcome": said},
            by_others=True,
        )
        if said in ("changed", "sent_back"):
            self.opens("appeal", day, day)
            day = yield Act(
                day + DAY * self.rng.randint(0, 6), lambda day: {f"{where}.appeal_followed_up_on": iso(day)}
            )
            self.ends(day, "appeal")

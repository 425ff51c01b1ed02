"""Tasks after the help has begun: evaluation, reviews, waiting lists, complaints."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from visitator_tui.domain.base import Duration
from visitator_tui.domain.case import DecisionItem
from visitator_tui.domain.completeness import item_name
from visitator_tui.domain.course import Evaluation, Review
from visitator_tui.domain.course_complaint import Complaint, in_time, last_day_to_complain
from visitator_tui.domain.course_supply import ydelse_id
from visitator_tui.domain.deadlines import Due, due
from visitator_tui.domain.standard import ComplaintRoute
from visitator_tui.domain.standard_process import Periodic, ProcessStep, covers
from visitator_tui.domain.wording import day_and_date, long_date

from .my_day_task import Desk, Task, on_day, undated


def follow_up_tasks(desk: Desk) -> Iterator[Task]:
    """Every task of follow-up."""
    yield from _evaluations(desk)
    yield from _periodic(desk)
    yield from _planned_reviews(desk)
    yield from _homes(desk)
    for number, one in enumerate(desk.case.course.complaints):
        if one.received_on is not None and not one.closed:
            yield from _complaint(desk, one, number)


def _begins(desk: Desk, item: DecisionItem, ended: date = date.min) -> date | None:
    """When help began, as far as it is known: the order's start, else the decision's day for it.

    ``ended`` is when it came to an end the last time: what began before then is not counted.
    """
    starts = (one.started_on for one in desk.case.course.orders if item.delydelse in one.items)
    first = next((day for day in starts if day and day > ended), None)
    return first or item.start_on or desk.granted_on(item.delydelse)


# -- evaluation and reviews ------------------------------------------------------------------------------


def _evaluations(desk: Desk) -> Iterator[Task]:
    step, after = desk.standard.process.evaluation, desk.standard.process.decision_after_course
    held = desk.case.course.evaluations
    for item in desk.helped_with:
        if step is None or not covers(step, item.delydelse, ydelse_id(item.delydelse, desk.standard)):
            continue
        ours = (one.held_on for one in held if not one.items or item.delydelse in one.items)
        last = max((day for day in ours if day), default=date.min)
        if last <= (
            desk.granted_on(item.delydelse) or date.min
        ):  # a course that is given again is evaluated again
            yield desk.task(
                "evaluation", f"Evaluér forløbet: {item_name(item, desk.standard)}", step,
                _course_end(desk, item, last), "course.evaluations", key=item.delydelse,
            )  # fmt: skip
    for number, one in enumerate(held):
        if after and one.held_on and one.decided_on is None and one.needs_decision is not False:
            yield _decision_after(desk, one, number, after, one.held_on)


def _decision_after(desk: Desk, one: Evaluation, number: int, step: ProcessStep, held: date) -> Task:
    asks = one.needs_decision is None
    title = (
        "Skal der træffes en ny afgørelse efter forløbet?" if asks else "Træf en ny afgørelse efter forløbet"
    )
    field = "needs_decision" if asks else "decided_on"
    return desk.task(
        "decision_after_course", title, step, on_day(held, f"evalueret {day_and_date(held)}"),
        f"course.evaluations.{number}.{field}", key=str(number),
    )  # fmt: skip


def _course_end(desk: Desk, item: DecisionItem, evaluated: date) -> Due:
    """When a course ends: the day agreed for it, else its length from its beginning after the last one's end."""
    last, begins = item.review_on or item.ends_on, _begins(desk, item, evaluated)
    if last is not None:
        return on_day(last, "aftalt dag")
    length = _course_length(desk, item)
    if begins is None or length is None:
        return undated(begins or date.min, "forløbets længde står ikke i afgørelsen; aftal en dag")
    found = due(length, begins, desk.calendar)
    return found.model_copy(update={"why": f"forløbet varer {found.why}"})


def _course_length(desk: Desk, item: DecisionItem) -> Duration | None:
    """What the decision says, else the variant or the standard."""
    if item.extent and item.extent.course:
        return item.extent.course
    known = desk.standard.delydelse_by_id.get(item.delydelse)
    if known is None:
        return None
    variant = next((one for one in known.variants if one.id == item.variant), None)
    extent = variant.extent if variant else known.extent
    return extent.course if extent else None


def _held(reviews: tuple[Review, ...], delydelse: str, rule: str) -> list[Review]:
    """The reviews of a delydelse that answer a periodic step (or any), in the order of their days."""
    found = [
        one
        for one in reviews
        if one.held_on and (not one.items or delydelse in one.items) and one.rule in ("", rule)
    ]
    return sorted(found, key=lambda one: one.held_on or date.min)


def _periodic(desk: Desk) -> Iterator[Task]:
    for step in desk.standard.process.periodic:
        for item in desk.helped_with:
            if covers(step, item.delydelse, ydelse_id(item.delydelse, desk.standard)):
                yield from _next_time(desk, step, item)


def _next_time(desk: Desk, step: Periodic, item: DecisionItem) -> Iterator[Task]:
    held = _held(desk.case.course.reviews, item.delydelse, step.id)
    last = (held[-1].held_on if held else None) or date.min
    granted, ended = desk.granted_on(item.delydelse), bool(held) and held[-1].outcome == "ended"
    begins = _begins(desk, item, last if ended else date.min)
    answered = granted is not None and last >= granted
    if begins is None or (answered and (ended or step.within is None)):
        return
    reckoned = desk.after(step, begins if ended or last == date.min else last)
    if item.ends_on and reckoned.day and reckoned.day > item.ends_on:
        return
    yield desk.task(
        "periodic", f"{step.name}: {item_name(item, desk.standard)}", step, reckoned, "course.reviews",
        key=f"{step.id}:{item.delydelse}",
    )  # fmt: skip


def _planned_reviews(desk: Desk) -> Iterator[Task]:
    """Reviews whose day was agreed: in the decision, or when the last review was held."""
    evaluated = desk.standard.process.evaluation
    step = desk.standard.process.planned_review or ProcessStep()
    for item in desk.helped_with:
        if evaluated and covers(evaluated, item.delydelse, ydelse_id(item.delydelse, desk.standard)):
            continue  # a course's day is that of its evaluation
        if day := _agreed_day(desk, item):
            yield desk.task(
                "review", f"Revurdér: {item_name(item, desk.standard)}", step,
                on_day(day, "aftalt dag"), "course.reviews", key=item.delydelse,
            )  # fmt: skip


def _agreed_day(desk: Desk, item: DecisionItem) -> date | None:
    """The day agreed for the next review: by the last review, else by the decision that was made since."""
    held = _held(desk.case.course.reviews, item.delydelse, "")
    last, granted = held[-1] if held else None, desk.granted_on(item.delydelse) or date.min
    if last is None or last.held_on is None or last.held_on <= granted:
        return item.review_on or (last.next_on if last and last.outcome != "ended" else None)
    return last.next_on if last.outcome != "ended" else None


# -- homes -----------------------------------------------------------------------------------------------


def _homes(desk: Desk) -> Iterator[Task]:
    process = desk.standard.process
    for item in desk.helped_with:
        state = desk.waiting_state(item.delydelse)
        name = item_name(item, desk.standard)
        guarantee, decided = process.guarantee, desk.granted_on(item.delydelse)
        if (
            guarantee
            and decided
            and covers(guarantee, item.delydelse, ydelse_id(item.delydelse, desk.standard))
        ):
            if state.standing in ("housed", "deleted") or (state.standing == "none" and state.since):
                continue
            where = "course.waiting_list"
            if state.general is False:
                reckoned = undated(decided, "garantien gælder ikke, når borgeren har ønsket et bestemt sted")
            else:
                reckoned = desk.after(guarantee, decided)
            yield desk.task(
                "guarantee", f"Tilbyd bolig: {name}", guarantee, reckoned, where, key=item.delydelse
            )
        if process.asked_back and state.standing == "returning" and state.since:
            yield desk.task(
                "waiting_list", f"Vurder, om godkendelsen stadig gælder: {name}", process.asked_back,
                desk.after(process.asked_back, state.since), "course.waiting_list", key=item.delydelse,
            )  # fmt: skip


# -- complaints ------------------------------------------------------------------------------------------


def _complaint(desk: Desk, one: Complaint, number: int) -> Iterator[Task]:
    received = one.received_on or date.min
    where, key = f"course.complaints.{number}", str(number)
    step, route = desk.standard.process.reassessment, desk.route_of(one)
    reckoned = desk.after(step, received)
    if one.outcome is None and not one.goes_on:
        reckoned = reckoned.model_copy(update={"why": reckoned.why + _lateness(desk, one, route)})
        title = "Vurder sagen igen efter klagen"
        yield desk.task("complaint", title, step, reckoned, f"{where}.outcome", key=key)
        return
    if one.outcome in ("upheld", "partly_upheld") and one.changed_on is None:
        title = "Træf den nye afgørelse efter medhold"
        yield desk.task("complaint_change", title, step, reckoned, f"{where}.changed_on", key=key)
    if one.goes_on:
        yield from _sent_on(desk, one, route, reckoned, where)


def _lateness(desk: Desk, one: Complaint, route: ComplaintRoute | None) -> str:
    length = route.deadline if route else None
    if one.accepted_late is not None or one.decision_received_on is None:
        return ""
    if in_time(one, length, desk.calendar) is not False:
        return ""
    last = last_day_to_complain(one.decision_received_on, length, desk.calendar).day
    return f"; klagen kom efter fristen ({long_date(last)}): tag stilling til det" if last else ""


def _sent_on(
    desk: Desk, one: Complaint, route: ComplaintRoute | None, reckoned: Due, where: str
) -> Iterator[Task]:
    step, key = desk.standard.process.reassessment, where
    if one.forwarded_on is None:
        body = route.body if route else "Ankestyrelsen"
        yield desk.task(
            "complaint_forward",
            f"Send klagen videre: {body}",
            step,
            reckoned,
            f"{where}.forwarded_on",
            key=key,
        )
    elif not one.papers:
        day = on_day(one.forwarded_on, "fra den dag, klagen blev sendt videre")
        yield desk.task(
            "complaint_papers",
            "Skriv, hvilke papirer der blev sendt med klagen",
            step,
            day,
            f"{where}.papers",
            key=key,
        )
    if one.appeal_outcome in ("changed", "sent_back") and one.appeal_followed_up_on is None:
        day = on_day(one.appeal_decided_on or reckoned.counted_from, "fra den dag, klagen blev afgjort")
        yield desk.task(
            "appeal",
            "Følg op på klageinstansens afgørelse",
            step,
            day,
            f"{where}.appeal_followed_up_on",
            key=key,
        )

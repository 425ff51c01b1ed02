"""What follows from an event of the course: its deadlines, whether they are kept, and what contradicts what.

Each fact is a line in Danish; one that asks for something to be mended begins with ``! ``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from visitator_tui.domain.completeness import item_name
from visitator_tui.domain.course import may_obtain
from visitator_tui.domain.course_klippekort import ClipError, notice_remark
from visitator_tui.domain.standard_process import ProcessStep
from visitator_tui.domain.wording import day_and_date, long_date

from .course_facts_complaint import complaint_facts
from .course_facts_supply import absence_facts, change_facts, order_facts
from .course_overview import account_line, clips_on, help_begins, waiting_line
from .my_day_task import Desk


def facts(path: str, number: int, desk: Desk, today: date) -> tuple[str, ...]:
    """The facts of one event, by its list in the course and its place there."""
    found = _FACTS.get(path)
    return tuple(found(desk, number, today)) if found else ()


def by(desk: Desk, step: ProcessStep | None, since: date | None, what: str) -> Iterator[str]:
    """``Aftales senest …: Helsingør 2017, s. 15``; nothing where the standard says nothing."""
    if step is None or since is None or step.within is None:
        return
    reckoned = desk.after(step, since)
    if reckoned.day:
        yield f"{what} senest {day_and_date(reckoned.day)}: {reckoned.why} ({desk.place_of(step)})."


def _appointment(desk: Desk, number: int, today: date) -> Iterator[str]:
    one, step = desk.case.course.appointments[number], desk.standard.process.appointment
    received = desk.case.enquiry.received_on
    if one.purpose != "visit" or step is None or received is None:
        return
    yield from by(desk, step, received, "Tidspunktet aftales")
    last = desk.after(step, received).day
    if last and (one.agreed_on or today) > last:
        yield "! Tidspunktet er aftalt efter fristen." if one.agreed_on else "! Fristen er overskredet."


def _consent(desk: Desk, number: int, today: date) -> Iterator[str]:
    del today
    one = desk.case.course.consents[number]
    if not one.source.strip():
        return
    said = may_obtain(desk.case.course, one.source)
    if said is True:
        yield "Borgeren har givet lov: det, de siger, kan skrives under Hverdagsliv (Fra andre)."
    elif said is False:
        yield "! Borgeren har sagt nej: der må ikke hentes oplysninger her."


def _delay(desk: Desk, number: int, today: date) -> Iterator[str]:
    del today
    about = desk.case.course.delay_notices[number].about
    if about:
        kind, _, named = about.partition(":")
        name = desk.standard.delydelse_by_id[named].name if named in desk.standard.delydelse_by_id else named
        what = "afgørelsen" if kind == "decision" else "starten"
        yield f"Gælder fristen for {what}: {name}" if name else f"Gælder fristen for {what}"


def _acute(desk: Desk, number: int, today: date) -> Iterator[str]:
    one, process = desk.case.course.acute_help[number], desk.standard.process
    if one.started_on is None:
        return
    if one.care_granted is False:
        yield from by(desk, process.acute_help_not_granted, one.started_on, "Behovet vurderes")
        return
    step = process.acute_help
    yield from by(desk, step, one.started_on, "Uden vurdering kan hjælpen vare til og med")
    last = desk.after(step, one.started_on).day if step else None
    if last and (one.ended_on or today) > last and one.assessed_on is None:
        yield "! Hjælpen har varet længere: vurder behovet, og træf en afgørelse om den."


def _no_show(desk: Desk, number: int, today: date) -> Iterator[str]:
    del today
    step, shows = desk.standard.process.no_shows, desk.case.course.no_shows
    counted = [one for one in shows if one.kind == shows[number].kind and one.reasonable is False and one.on]
    if step is None:
        return
    yield f"{len(counted)} uden rimelig grund; ved {step.limit} afsluttes træningen ({desk.place_of(step)})."
    if len(counted) >= step.limit:
        yield "! Afslut træningen: skriv sidste dag i bestillingen."


def _evaluation(desk: Desk, number: int, today: date) -> Iterator[str]:
    del today
    one = desk.case.course.evaluations[number]
    for goal in one.goals:
        if goal.before is not None and goal.after is not None:
            moved = goal.before - goal.after
            how = "bedre" if moved > 0 else "dårligere" if moved < 0 else "uændret"
            yield f"{goal.activity or goal.goal or 'Mål'}: niveau {goal.before} før, {goal.after} nu ({how})."
    step = desk.standard.process.decision_after_course
    if one.held_on and one.needs_decision and one.decided_on is None:
        place = f" ({desk.place_of(step)})" if step else ""
        yield f"! Der skal træffes en ny afgørelse om hjælp efter forløbet{place}: F4, 6."


def _waiting(desk: Desk, number: int, today: date) -> Iterator[str]:
    del today
    yield from waiting_line(desk, desk.case.course.waiting_list[number].delydelse)


def _clips(desk: Desk, number: int, today: date) -> Iterator[str]:
    del today
    one, rule = desk.case.course.clip_uses[number], desk.standard.process.saving
    if rule is None:
        yield "! Standarden har ingen regler om at spare klip op."
        return
    if help_begins(desk, rule.delydelse) is None:
        yield "! Borgeren har ikke klippekort i sagen: der er ingen konto."
        return
    try:
        account = clips_on(desk, one.used_on)
    except ClipError as problem:
        yield f"! {str(problem)[:1].upper()}{str(problem)[1:]}."
        return
    if account is not None:
        yield f"Efter {long_date(one.used_on)}: {account_line(desk, account)}"
    if remark := notice_remark(one, rule, desk.calendar):
        yield f"! {remark}"


def _review(desk: Desk, number: int, today: date) -> Iterator[str]:
    del today
    one = desk.case.course.reviews[number]
    if one.outcome in ("changed", "ended"):
        yield "! Hjælpen ændres eller ophører: træf den nye afgørelse under Afgørelse (F4, 6)."
    for item in one.items:
        known = next((each for each in desk.helped_with if each.delydelse == item), None)
        if known and known.review_on:
            yield f"{item_name(known, desk.standard)}: aftalt revurdering {long_date(known.review_on)}."


_FACTS: dict[str, Callable[[Desk, int, date], Iterator[str]]] = {
    "appointments": _appointment, "consents": _consent, "delay_notices": _delay, "orders": order_facts,
    "supplier_changes": change_facts, "absences": absence_facts, "acute_help": _acute, "no_shows": _no_show,
    "reviews": _review, "evaluations": _evaluation, "complaints": complaint_facts, "waiting_list": _waiting,
    "clip_uses": _clips,
}  # fmt: skip

"""Tasks from the enquiry to the decision: triage, the talk, decisions in time, notice of delay, hearing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from visitator_tui.domain.completeness import application_name, unanswered
from visitator_tui.domain.deadlines import Due
from visitator_tui.domain.decision import Hearing
from visitator_tui.domain.service_deadlines import Reckoned, decision_due
from visitator_tui.domain.standard import ServiceDeadline
from visitator_tui.domain.standard_process import ProcessStep
from visitator_tui.domain.wording import day_and_date

from .my_day_task import Desk, Task, on_day, undated


def enquiry_tasks(desk: Desk) -> Iterator[Task]:
    """Every task up to the decision."""
    received = desk.case.enquiry.received_on
    if received is None:
        yield Task(
            kind="no_date",
            key="no_date",
            title="Skriv, hvornår henvendelsen kom",
            why="uden datoen kan ingen frist regnes",
            step="henvendelse",
            where="enquiry.received_on",
        )
        return
    yield from _hospital(desk)
    if desk.decided_on is None:
        yield from _before_the_talk(desk, received)
    yield from _hearing(desk)
    yield from _visits(desk)
    yield from _decisions(desk, received)


def _hospital(desk: Desk) -> Iterator[Task]:
    step = desk.standard.process.hospital_agreement
    for number, way in enumerate(desk.case.course.ways_in):
        day = way.discharged_on or way.received_on
        if step and way.kind == "discharge" and day and way.agreement_followed_on is None:
            yield desk.task(
                "hospital", "Følg det, der er aftalt med sygehuset om udskrivningen", step,
                desk.after(step, day), f"course.ways_in.{number}.agreement_followed_on", key=str(number),
            )  # fmt: skip


def _before_the_talk(desk: Desk, received: date) -> Iterator[Task]:
    case, process = desk.case, desk.standard.process
    if process.triage and case.enquiry.acute is None:
        yield desk.task(
            "triage", "Vurder, om behovet er akut", process.triage, desk.after(process.triage, received),
            "enquiry.acute", at="henvendelse", acute=True,
        )  # fmt: skip
    agreed = any((one.agreed_on or one.on) and one.held is not False for one in case.course.appointments)
    if process.appointment and not agreed and case.assessment.assessed_on is None:
        yield desk.task(
            "appointment", "Aftal tidspunkt for samtalen", process.appointment,
            desk.after(process.appointment, received), "course.appointments",
        )  # fmt: skip


_PURPOSES = {"visit": "Samtale", "review": "Revurdering", "evaluation": "Evaluering", "other": "Aftale"}


def _visits(desk: Desk) -> Iterator[Task]:
    """Appointments whose outcome is not written down yet: today's visits, and those nobody has closed."""
    step = desk.standard.process.appointment or ProcessStep()
    for number, one in enumerate(desk.case.course.appointments):
        if one.on is None or one.held is not None:
            continue
        at = f" kl. {one.at:%H.%M}" if one.at else ""
        yield desk.task(
            "visit", f"{_PURPOSES[one.purpose]}{at}", step, on_day(one.on, f"aftalt til {day_and_date(one.on)}"),
            f"course.appointments.{number}.held", key=str(number), show_from=one.on,
        )  # fmt: skip


def _hearing(desk: Desk) -> Iterator[Task]:
    hearing = desk.draft.hearing if desk.draft else Hearing()
    if hearing.needed and hearing.held_on and hearing.answer_by and not hearing.answer.strip():
        step = ProcessStep(law="forvaltningsloven § 19")
        yield desk.task(
            "hearing", "Partshøring: borgerens frist for at svare", step,
            on_day(hearing.answer_by, f"svar ønsket senest {day_and_date(hearing.answer_by)}"),
            "decision.hearing.answer", at="afgoerelse", show_from=hearing.answer_by,
        )  # fmt: skip


def _decisions(desk: Desk, received: date) -> Iterator[Task]:
    """A task per application that has no answer yet; while no decision is made, all of them."""
    case = desk.case
    if desk.decided_on is None:
        asked = case.enquiry.applied_for or tuple(item.delydelse for item in case.decision.items)
        if not asked:
            why = "der står ikke, hvad der er søgt om, så fristen kan ikke regnes"
            yield _decision(desk, "", "Afgør henvendelsen", None, undated(received, why))
    else:
        asked = unanswered(case, desk.standard)
        if not asked and desk.draft is not None:
            why = "for en ny afgørelse, ingen har søgt om, er der ingen frist"
            title = "Gør den nye afgørelse færdig, og skriv brevet"
            yield _decision(desk, "", title, None, undated(desk.decided_on, why))
    for one in dict.fromkeys(asked):
        named = f"»{application_name(one, desk.standard)}«"
        written = _is_drafted(desk, one)
        title = f"Skriv brevet om {named}" if written else f"Afgør ansøgningen om {named}"
        reckoned = _reckoned(desk, one)
        if reckoned is None or reckoned.due is None:
            why = reckoned.missing if reckoned else "ingen frist i standarden passer entydigt; vælg ydelsen"
            task = _decision(desk, one, title, None, undated(received, why))
        else:
            task = _decision(desk, one, title, reckoned.deadline, reckoned.due)
        if written:
            task = task.model_copy(update={"step": "brev"})
        yield from _with_notice(desk, task, named)


def _is_drafted(desk: Desk, asked: str) -> bool:
    """Whether the decision that is being prepared answers an application: then its letter is what is left."""
    if desk.draft is None:
        return False
    chosen = tuple(item for item in desk.draft.items if item.outcome is not None)
    draft = desk.draft.model_copy(update={"items": chosen})
    answered = desk.case.model_copy(update={"decision": draft})
    if not desk.case.enquiry.applied_for:
        return any(item.delydelse == asked for item in chosen)
    return asked not in unanswered(answered, desk.standard)


def _reckoned(desk: Desk, asked: str) -> Reckoned | None:
    """The deadline of an application: by what it names, else by the item that answers it."""
    found = decision_due(asked, desk.case, desk.standard, desk.calendar)
    if found is None:
        items = desk.draft.items if desk.draft else ()
        chosen = [item.delydelse for item in items if item.answers == asked]
        others = [decision_due(one, desk.case, desk.standard, desk.calendar) for one in chosen]
        found = min((one for one in others if one), key=lambda one: one.day or date.max, default=None)
    return found


def _decision(desk: Desk, asked: str, title: str, deadline: ServiceDeadline | None, reckoned: Due) -> Task:
    page = deadline.decision.page if deadline and deadline.decision else None
    unit = deadline.decision.unit if deadline and deadline.decision else None
    return Task(
        kind="decision",
        key=f"decision:{asked}",
        title=title,
        why=reckoned.why,
        due=reckoned.day,
        counted_from=reckoned.counted_from,
        acute=bool(deadline and deadline.acute) or unit in ("immediately", "same_day"),
        rule=(deadline.decision_rule or "") if deadline else "",
        place=desk.place_of_deadline(deadline, page) if deadline else "",
        step="afgoerelse",
        where="decision.items",
    )


def _with_notice(desk: Desk, task: Task, named: str) -> Iterator[Task]:
    """The decision's task, and from its last day on the notice of delay, in case it cannot be kept.

    A notice that says when the answer can be expected moves both to that day; one that names no application
    is about all of them.
    """
    notices = desk.case.course.delay_notices
    given = [number for number, one in enumerate(notices) if one.about in ("", task.key) and one.given_on]
    expected = notices[given[-1]].expected_on if given else None
    if expected:
        why = f"ny dato er meddelt borgeren; fristen var {task.why}"
        task = task.model_copy(update={"due": expected, "why": why})
    yield task
    if task.due is None:
        return
    number = given[-1] if given and expected is None else len(notices)
    yield desk.task(
        "delay_notice", f"Giv besked, hvis svaret på {named} bliver forsinket", desk.standard.process.delay_notice,
        on_day(task.due, f"fristen er {task.why}"), f"course.delay_notices.{number}.expected_on",
        key=task.key, show_from=task.due,
    )  # fmt: skip

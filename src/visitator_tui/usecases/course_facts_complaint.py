"""What follows from a complaint: in time or not, when it is re-assessed, where it goes, what the answer changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from visitator_tui.domain.course_complaint import Complaint, in_time, last_day_to_complain
from visitator_tui.domain.wording import day_and_date

from .my_day_task import Desk

_CHANGES = {
    "confirmed": "Afgørelsen står ved magt. Klagen er slut.",
    "dismissed": "Klagen behandles ikke. Afgørelsen står ved magt.",
    "changed": "Klageinstansen har ændret afgørelsen: giv hjælpen efter den, og skriv, hvornår der er fulgt op.",
    "sent_back": "Sagen er sendt tilbage: oplys den bedre, træf en ny afgørelse, og skriv, hvornår der er fulgt op.",
}


def complaint_facts(desk: Desk, number: int, today: date) -> Iterator[str]:
    """The complaint's deadlines and what its outcomes lead to."""
    one = desk.case.course.complaints[number]
    yield from _time(desk, one)
    step = desk.standard.process.reassessment
    if one.received_on and one.outcome is None and not one.goes_on:
        reckoned = desk.after(step, one.received_on)
        late = "! " if reckoned.day and today > reckoned.day else ""
        if reckoned.day:
            end, place = day_and_date(reckoned.day), desk.place_of(step)
            yield f"{late}Vurder sagen igen senest {end}: {reckoned.why} ({place})."
    if one.outcome in ("upheld", "partly_upheld") and one.changed_on is None:
        yield "! Medhold: træf den nye afgørelse under Afgørelse (F4, 6), og skriv dens dato her."
    if one.goes_on and one.forwarded_on is None and one.received_on:
        last = desk.after(step, one.received_on).day
        route = desk.route_of(one)
        body = route.body if route else "Ankestyrelsen"
        when = f" senest {day_and_date(last)}" if last else ""
        yield f"! Send klagen videre{when}: {body}. Med begrundelsen og sagens papirer."
    if one.forwarded_on and not one.papers:
        yield "! Skriv, hvilke papirer der blev sendt med."
    if one.appeal_outcome:
        yield _CHANGES[one.appeal_outcome]


def _time(desk: Desk, one: Complaint) -> Iterator[str]:
    route = desk.route_of(one)
    length = route.deadline if route else None
    if one.decision_received_on is None:
        if one.received_on:
            yield "Skriv, hvornår borgeren fik afgørelsen; så regnes, om klagen kom i tide."
        return
    last = last_day_to_complain(one.decision_received_on, length, desk.calendar)
    timely = in_time(one, length, desk.calendar)
    if timely is None or last.day is None:
        return
    end = day_and_date(last.day)
    if timely:
        yield f"Klagen kom i tide: fristen er {end}."
    elif one.accepted_late is None:
        yield f"! Klagen kom efter fristen ({end}): tag stilling til, om du vurderer sagen igen alligevel."
    elif one.accepted_late:
        yield f"Klagen kom efter fristen ({end}) og vurderes alligevel."
    else:
        yield f"Klagen kom efter fristen ({end}). Kun klageinstansen kan afvise den eller se bort fra fristen."

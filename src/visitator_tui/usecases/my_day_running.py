"""Tasks of help that runs: absence, acute help, what suppliers report, training that is not attended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from visitator_tui.domain.course_supply import Absence
from visitator_tui.domain.deadlines import Due
from visitator_tui.domain.standard_process import ProcessStep
from visitator_tui.domain.wording import day_and_date

from .my_day_task import Desk, Task, on_day, undated


def running_tasks(desk: Desk) -> Iterator[Task]:
    """Every task that something which happened to running help asks for."""
    yield from _absences(desk)
    yield from _acute(desk)
    yield from _reports(desk)
    yield from _no_shows(desk)


def _absences(desk: Desk) -> Iterator[Task]:
    process = desk.standard.process
    for number, one in enumerate(desk.case.course.absences):
        where, key = f"course.absences.{number}", str(number)
        if one.from_ is None:
            continue
        if process.absence_told and one.supplier_told_on is None and one.ended_on is None:
            yield desk.task(
                "absence_told", "Giv leverandøren besked om fraværet", process.absence_told,
                desk.after(process.absence_told, one.from_), f"{where}.supplier_told_on", key=key,
            )  # fmt: skip
        unconfirmed = one.why == "admission" and one.confirmed_on is None and one.ended_on is None
        if process.admission_confirmed and unconfirmed:
            yield desk.task(
                "admission", "Indlæggelsen er ikke bekræftet: hjælpen fortsætter", process.admission_confirmed,
                on_day(one.from_, "indtil sygehuset har bekræftet indlæggelsen"), f"{where}.confirmed_on", key=key,
            )  # fmt: skip
        yield from _ends(desk, one, number)
        yield from _after_stay(desk, one, number)


def _ends(desk: Desk, absence: Absence, number: int) -> Iterator[Task]:
    """That an absence is to be ended; where nobody has said when, that its last day is to be asked for.

    Help must not be paused for ever because a day is missing, whatever the standard says of absence. It is asked
    for from the first day on which help is paused, and no source gives a day to have asked by.
    """
    step, where = desk.standard.process.absence_ended, f"course.absences.{number}"
    if absence.from_ is None or absence.ended_on is not None:
        return
    back = _home_again(desk, absence)
    if step and back is not None:
        yield desk.task(
            "absence_end", "Afslut fraværet, så hjælpen begynder igen", step, back,
            f"{where}.ended_on", key=str(number), show_from=back.counted_from - timedelta(days=1),
        )  # fmt: skip
    elif absence.to is None and absence.pauses(absence.from_):
        yield desk.task(
            "absence_last_day", "Fraværet har ingen sidste dag: spørg, hvornår hjælpen skal begynde igen",
            step or ProcessStep(), undated(absence.from_, f"hjælpen holder pause fra {day_and_date(absence.from_)}"),
            f"{where}.to", key=str(number), show_from=absence.from_,
        )  # fmt: skip


def _home_again(desk: Desk, absence: Absence) -> Due | None:
    """When help is to be given again: the day after the last day away, or the day the hospital let her go home."""
    days = []
    if absence.to is not None:
        days.append(on_day(absence.to + timedelta(days=1), "dagen efter sidste dag med fravær"))
    if absence.why == "admission" and absence.from_ is not None:
        sent = [one.discharged_on for one in desk.case.course.ways_in if one.kind == "discharge"]
        home = min((day for day in sent if day and day >= absence.from_), default=None)
        days += [on_day(home, "den dag, borgeren blev udskrevet")] if home else []
    return min(days, key=lambda one: one.counted_from, default=None)


def _after_stay(desk: Desk, absence: Absence, number: int) -> Iterator[Task]:
    """Help that ends with a long stay is reviewed when the citizen comes home (p. 60), also when that is early."""
    step = desk.standard.process.review_after_stay
    back = min((day for day in (absence.to, absence.ended_on) if day), default=None)
    if step is None or back is None or absence.why not in ("admission", "temporary_stay"):
        return
    items = desk.given_under(step)
    reviewed = any(one.held_on and one.held_on >= back for one in desk.case.course.reviews)
    if items and not reviewed:
        yield desk.task(
            "review", f"Vurder behovet igen efter opholdet: {desk.names(items)}", step,
            on_day(back, "når borgeren kommer hjem"), "course.reviews", key=f"stay:{number}", show_from=back,
        )  # fmt: skip


def _acute(desk: Desk) -> Iterator[Task]:
    process = desk.standard.process
    for number, one in enumerate(desk.case.course.acute_help):
        if one.started_on is None or one.assessed_on is not None:
            continue
        where = f"course.acute_help.{number}.assessed_on"
        if one.care_granted is False and process.acute_help_not_granted:
            yield desk.task(
                "acute_help", "Vurder den akutte hjælp: borgeren har ikke personlig hjælp i forvejen",
                process.acute_help_not_granted, desk.after(process.acute_help_not_granted, one.started_on),
                where, key=str(number), acute=True,
            )  # fmt: skip
        elif process.acute_help:
            last = desk.after(process.acute_help, one.started_on)
            if one.ended_on is None or (last.day is not None and one.ended_on > last.day):
                yield desk.task(
                    "acute_help", "Vurder den akutte hjælp, hvis behovet varer ved", process.acute_help,
                    last, where, key=str(number), show_from=last.day,
                )  # fmt: skip


_REPORTS = {
    "condition": "Borgerens tilstand er ændret: vurder, om hjælpen skal ændres",
    "household": "Husstanden er ændret: vurder den praktiske hjælp igen",
    "swaps": "Hjælpen byttes gentagne gange: vurder, om den passer",
    "locked_door": "Låst dør: tag stilling til, hvad der skal ske",
    "other": "En melding venter på svar",
}


def _reports(desk: Desk) -> Iterator[Task]:
    for number, one in enumerate(desk.case.course.reports):
        # Also where the standard has no rule for it: what is reported waits for an answer all the same.
        step = desk.standard.process.reports.get(one.about, ProcessStep())
        if one.reported_on and one.handled_on is None:
            yield desk.task(
                "report", _REPORTS[one.about], step, desk.after(step, one.reported_on),
                f"course.reports.{number}.handled_on", key=str(number), acute=one.about == "locked_door",
            )  # fmt: skip


def _no_shows(desk: Desk) -> Iterator[Task]:
    """Two of one kind without reasonable ground end the training, unless it has ended already."""
    step, shows = desk.standard.process.no_shows, desk.case.course.no_shows
    given = desk.given_under(step) if step else ()
    running = any((order := desk.order_of(item)) is None or order.ended_on is None for item in given)
    if step is None or not running:
        return
    since = desk.granted_on(*given) or date.min
    for kind in ("stayed_away", "cancelled_examination"):
        days = sorted(
            one.on
            for one in shows
            if one.kind == kind and one.reasonable is False and one.on and one.on >= since
        )
        if len(days) >= step.limit:
            yield desk.task(
                "no_shows", f"Træningen afsluttes: {desk.names(given)}", step,
                on_day(days[step.limit - 1], f"{step.limit} gange uden rimelig grund"), "course.no_shows", key=kind,
            )  # fmt: skip

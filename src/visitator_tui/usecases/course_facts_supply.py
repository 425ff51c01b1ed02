"""What follows from orders, changes of supplier and absence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from visitator_tui.domain.course_supply import (
    change_effective,
    change_rules,
    coordinator,
    lacks_transfer_form,
    taken_over,
    two_staff_refused,
)
from visitator_tui.domain.deadlines import due
from visitator_tui.domain.running_help import stopped_help
from visitator_tui.domain.service_deadlines import start_due
from visitator_tui.domain.wording import day_and_date, duration, joined, long_date

from .course_overview import year_lines
from .my_day_task import Desk


def order_facts(desk: Desk, number: int, today: date) -> Iterator[str]:
    """Start deadlines, who coordinates, what two staff and a forflytningsskema are given for."""
    one = desk.case.course.orders[number]
    process, orders = desk.standard.process, desk.case.course.orders
    stops = tuple(_stops(desk, number))
    yield from stops
    if not desk.helped_with and not stops:
        yield "! Ingen hjælp er bevilget i en afgørelse, der er truffet. Afgørelsen træffes med P under Brev (F4, 7)."
    starts: dict[str, list[str]] = {}
    for item in one.items:
        found = start_due(item, desk.case, desk.standard, desk.calendar, one.ordered_on)
        later = taken_over(item, one, desk.case.course, desk.standard, desk.calendar)
        found = found.model_copy(update={"due": later}) if found and later else found
        if found and found.due:
            day = day_and_date(found.day) if found.day else "ved ledig plads"
            late = (
                found.day
                and (one.started_on or today) > found.day
                and not (one.started and not one.started_on)
            )
            page = found.deadline.start.page if found.deadline.start else None
            place = desk.place_of_deadline(found.deadline, page)
            text = f"{'! ' if late else ''}Starter senest {day}: {found.due.why} ({place})"
            starts.setdefault(text, []).append(item)
    for text, items in starts.items():
        yield f"{text}." if len(one.items) == len(items) else f"{text}: {desk.names(tuple(items))}."
    leading = coordinator(orders, desk.standard, desk.not_by_day)
    if process.coordination and leading is not None:
        place = desk.place_of(process.coordination)
        if leading is one:
            yield f"Denne leverandør samordner hjælpen, fordi der er flere ({place})."
        elif one.coordinates:
            yield f"! {leading.supplier} samordner hjælpen, ikke denne leverandør ({place})."
    if process.two_staff and (refused := two_staff_refused(one, desk.standard)):
        yield (
            f"! To medarbejdere gives som udgangspunkt ikke til {desk.names(refused)} "
            f"({desk.place_of(process.two_staff)}): skriv hvorfor."
        )
    if process.transfer_form and (formless := lacks_transfer_form(one, desk.standard)):
        place = desk.place_of(process.transfer_form)
        yield f"! {desk.names(formless)} kræver forflytningsskema ({place})."


def _stops(desk: Desk, number: int) -> Iterator[str]:
    """The help of an order that a decision stops, its last day, and what is open until the order is ended."""
    one = desk.case.course.orders[number]
    ending: dict[tuple[date, date], list[str]] = {}
    for made, item in stopped_help(desk.case):
        if item.delydelse in one.items:
            days = (item.ends_on or made.decided_on, made.decided_on)
            ending.setdefault(days, []).append(item.delydelse)
    for (last, decided), items in ending.items():
        said = f"Sidste dag med {desk.names(tuple(items))} er {long_date(last)} (afgørelsen {long_date(decided)})."
        todo = "Giv leverandøren besked, og skriv dagen i »Afsluttet den«, når al hjælp her er stoppet."
        yield said if one.ended_on else f"! {said} {todo}"


def change_facts(desk: Desk, number: int, today: date) -> Iterator[str]:
    """The notice for each kind of help, the day the change holds from, and a day that comes too early."""
    del today
    one = desk.case.course.supplier_changes[number]
    holds = change_effective(one, desk.standard, desk.calendar)
    if holds and holds.day:
        yield f"Den nye leverandør begynder {day_and_date(holds.day)}."
    for rule in change_rules(one.items, desk.standard):
        if rule.within is None:
            continue
        ours = tuple(item for item in one.items if rule in change_rules((item,), desk.standard))
        what = desk.names(ours) or "Hjælpen"
        note = f" {rule.within.note}" if rule.within.note else ""
        text = f"{what}: varsel {duration(rule.within)} ({desk.place_of(rule)}).{note}"
        earliest = due(rule.within, one.requested_on, desk.calendar).day if one.requested_on else None
        yield f"{text} Tidligst {long_date(earliest)}." if earliest else text
        if earliest and one.effective_on and one.effective_on < earliest:
            yield f"! Den aftalte dag ({long_date(one.effective_on)}) ligger før varslet er gået."
    same = one.from_supplier.strip().casefold() == one.to_supplier.strip().casefold()
    if same and one.to_supplier.strip():
        yield "! Den nye leverandør er den samme som den gamle."


def absence_facts(desk: Desk, number: int, today: date) -> Iterator[str]:
    """Whether help is paused today, and what is still to be done about it."""
    one, process = desk.case.course.absences[number], desk.standard.process
    if one.from_ is None:
        return
    confirmed = process.admission_confirmed
    if one.why == "admission" and one.confirmed_on is None and one.ended_on is None:
        place = f" ({desk.place_of(confirmed)})" if confirmed else ""
        yield f"! Indlæggelsen er ikke bekræftet af sygehuset: hjælpen fortsætter{place}."
    elif one.pauses(today):
        what = joined(one.modules) if one.modules and one.why != "admission" else "Al hjælp"
        yield f"{what} holder pause i dag."
    elif one.ended_on and today >= one.ended_on:
        yield f"Fraværet er afsluttet: hjælpen gives igen fra {day_and_date(one.ended_on)}."
    if one.why == "temporary_stay":
        if process.yearly_limits and not one.delydelse:
            yield "Vælg, hvilket ophold det er, hvis dagene skal regnes med i årets højeste."
        years = sorted({one.from_.year, (one.ended_on or one.to or one.from_).year})
        for year in years:
            yield from year_lines(desk, one.delydelse, year, today)
    last = one.ended_on or one.to
    if last and last < one.from_:
        yield "! Fraværet slutter, før det begynder. Ret en af datoerne."
    stay = process.review_after_stay
    if stay and one.ended_on is not None and one.why in ("admission", "temporary_stay"):
        yield f"Nogen hjælp vurderes igen efter et ophold: se Skal gøres ({desk.place_of(stay)})."

"""How the course stands: help now, minutes a week, klippekort, waiting lists, stays this year, prices."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from visitator_tui.domain.case import DecisionItem
from visitator_tui.domain.completeness import item_name
from visitator_tui.domain.course_klippekort import ClipAccount, ClipError, account_on
from visitator_tui.domain.course_supply import supplier_of, ydelse_id
from visitator_tui.domain.running_help import granted_help, helped_since, running_help
from visitator_tui.domain.standard import Price
from visitator_tui.domain.standard_process import covers
from visitator_tui.domain.visit_minutes import as_sentences, by_time_of_day
from visitator_tui.domain.wording import day_and_date, duration, extent, long_date
from visitator_tui.domain.yearly_stays import YearlyUse, days_away, used_in

from .my_day_task import Desk

_STANDING = {
    "none": "står ikke på venteliste",
    "active": "står på den aktive venteliste",
    "passive": "står på den passive venteliste og skal selv bede om at komme tilbage",
    "deleted": "er slettet af ventelisten",
    "housed": "har fået bolig",
    "returning": "har bedt om at komme tilbage: vurder, om godkendelsen stadig gælder",
}


def overview(desk: Desk, today: date) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The headings with their lines; a heading without lines is left out."""
    parts = (
        ("Afgørelse", tuple(_draft(desk))),
        ("Hjælp nu", tuple(_help(desk, today))),
        ("Tid pr. uge", tuple(_minutes(desk, today))),
        ("Klippekort", tuple(_clips(desk, today))),
        (
            "Venteliste",
            tuple(line for item in desk.helped_with for line in waiting_line(desk, item.delydelse)),
        ),
        ("Ophold i år", tuple(_stays(desk, today))),
        ("Det betaler borgeren", tuple(_prices(desk))),
    )
    return tuple((heading, lines) for heading, lines in parts if lines)


def help_begins(desk: Desk, delydelse: str) -> date | None:
    """When granted help began as far as is known; None when it is not granted."""
    if not any(one.delydelse == delydelse for one in desk.helped_with):
        return None
    started = [one.started_on for one in desk.case.course.orders if delydelse in one.items and one.started_on]
    return started[0] if started else helped_since(desk.case, delydelse)


# -- help now --------------------------------------------------------------------------------------------


def given_on(desk: Desk, today: date) -> tuple[DecisionItem, ...]:
    """The help that is to be given on a day, paused or not."""
    return tuple(one for one in desk.helped_with if one.ends_on is None or one.ends_on >= today)


def module_of(desk: Desk, delydelse: str) -> str | None:
    """The module of the journal that help is kept in; None where the standard does not say."""
    known = desk.standard.ydelse_of.get(delydelse)
    return known.module if known else None


def _paused(desk: Desk, item: DecisionItem, today: date) -> bool:
    return any(one.pauses(today, module_of(desk, item.delydelse)) for one in desk.case.course.absences)


def _draft(desk: Desk) -> Iterator[str]:
    """A decision that somebody has begun gives nothing before its letter is written."""
    if desk.draft is not None and any(item.outcome for item in desk.draft.items):
        yield "Et udkast: den giver ingen hjælp, før den er truffet."
        yield "Den træffes, når du skriver brevet: P under Brev (F4, 7)."


def _given(desk: Desk, today: date) -> Iterator[tuple[date, DecisionItem, str]]:
    """The help of today, then what is still to begin: the day of its decision, and when it begins or ends."""
    for one in running_help(desk.case, today):
        yield one.decided_on, one.item, f", til og med {long_date(one.ends_on)}" if one.ends_on else ""
    for made, item in granted_help(desk.case) if desk.case.course.closed_on is None else ():
        starts = item.start_on or made.decided_on
        if starts > today:
            yield made.decided_on, item, f", fra {long_date(starts)}"


def _help(desk: Desk, today: date) -> Iterator[str]:
    for decided, given in groupby(_given(desk, today), key=lambda one: one[0]):
        yield from _of_decision(desk, [(item, lasts) for _, item, lasts in given], today)
        yield f"Efter afgørelsen {long_date(decided)}."


def _of_decision(desk: Desk, given: list[tuple[DecisionItem, str]], today: date) -> Iterator[str]:
    for item, lasts in given:
        order = desk.order_of(item.delydelse)
        if _paused(desk, item, today):
            state = "pause"
        elif order is None or order.ordered_on is None:
            state = "ikke bestilt"
        elif order.ended_on and order.ended_on < today:
            state = "afsluttet"
        else:
            state = f"hos {order.supplier}" if order.started else f"bestilt hos {order.supplier}"
        much = extent(item.extent) if item.extent else ""
        yield f"{item_name(item, desk.standard)}{f': {much}' if much else ''} ({state.strip()}{lasts})"


def _minutes(desk: Desk, today: date) -> Iterator[str]:
    items = {item.delydelse: item for _, item, _ in reversed([*_given(desk, today)])}  # today's form of each
    orders = desk.case.course.orders
    given = [one.model_copy(update={"supplier": supplier_of(one, orders, today)}) for one in items.values()]
    yield from as_sentences(by_time_of_day(reversed(given), desk.standard))


# -- accounts --------------------------------------------------------------------------------------------


def clips_on(desk: Desk, day: date) -> ClipAccount | None:
    """The klippekort's account at the end of a day; None without a klippekort. Raises ClipError."""
    rule = desk.standard.process.saving
    begins = help_begins(desk, rule.delydelse) if rule else None
    if rule is None or begins is None:
        return None
    return account_on(day, begins, desk.case.course.clip_uses, rule)


def account_line(desk: Desk, account: ClipAccount) -> str:
    """``5 klip på kontoen (150 minutter); 2 brugt, 0 bortfaldet.``"""
    rule = desk.standard.process.saving
    minutes = f" ({account.minutes(rule)} minutter)" if rule else ""
    return f"{len(account.saved)} klip på kontoen{minutes}; {account.used} brugt, {len(account.lapsed)} bortfaldet."


def _clips(desk: Desk, today: date) -> Iterator[str]:
    rule = desk.standard.process.saving
    try:
        account = clips_on(desk, today)
    except ClipError as problem:
        yield f"! {problem}."
        return
    if rule is None or account is None:
        return
    earned = len(account.saved) + account.used + len(account.lapsed)
    yield f"{earned} klip optjent (ét om ugen à {rule.minutes} minutter); {account_line(desk, account)}"
    if len(account.saved) >= rule.saved:
        lapses = account.saved[-1] + timedelta(weeks=1)
        yield f"! Der kan ikke spares mere op: det ældste klip bortfalder {day_and_date(lapses)}."
    elif account.saved:
        yield f"Der kan spares {rule.saved} op; det ældste er fra {long_date(account.saved[0])}."
    yield f"{desk.place_of(rule)}."


def waiting_line(desk: Desk, delydelse: str) -> Iterator[str]:
    """Where the citizen stands on the list for a home, and what the next refusal does."""
    rule, events = desk.standard.process.waiting_list, desk.case.course.waiting_list
    told = any(one.delydelse in ("", delydelse) for one in events)
    if not told or delydelse not in desk.standard.delydelse_by_id:
        return
    ours = rule if rule and covers(rule, delydelse, ydelse_id(delydelse, desk.standard)) else None
    state = desk.waiting_state(delydelse)
    name = desk.standard.delydelse_by_id[delydelse].name
    since = f" siden {long_date(state.since)}" if state.since else ""
    refused = f"; {state.refusals} afslået tilbud" if state.refusals else ""
    yield f"{name}: {_STANDING[state.standing]}{since}{refused}."
    if ours and state.standing == "active":
        left = (ours.refusals_to_passive or 0) - state.refusals
        if ours.refusals_to_passive:
            yield f"Nej til {left} tilbud mere flytter borgeren til den passive liste ({desk.place_of(ours)})."
        if ours.refusals_of_wished_to_deleted:
            yield "Nej til ét tilbud i den ønskede bebyggelse sletter borgeren af listen."
    guarantee = desk.standard.process.guarantee
    if guarantee and covers(guarantee, delydelse, ydelse_id(delydelse, desk.standard)):
        yield from _guarantee(desk, desk.granted_on(delydelse), state.general)


def _guarantee(desk: Desk, decided: date | None, general: bool | None) -> Iterator[str]:
    step = desk.standard.process.guarantee
    if step is None or decided is None:
        return
    if general is False:
        yield f"Ingen garanti: borgeren har ønsket et bestemt sted ({desk.place_of(step)})."
    elif day := desk.after(step, decided).day:
        yield f"Tilbud om bolig senest {day_and_date(day)} ({desk.place_of(step)})."


def _stays(desk: Desk, today: date) -> Iterator[str]:
    """Days away on temporary stays this year, and what is left of those a year has only so much of."""
    limited = [one for rule in desk.standard.process.yearly_limits for one in rule.delydelser]
    for delydelse in limited:
        yield from year_lines(desk, delydelse, today.year, today)
    first, last = date(today.year, 1, 1), date(today.year, 12, 31)
    others = [
        one
        for one in desk.case.course.absences
        if one.why == "temporary_stay" and one.delydelse not in limited
    ]
    if days := sum(days_away(one, today, first, last) for one in others):
        yield f"{_weeks(days)} på midlertidigt ophold i {today.year}."


def year_lines(desk: Desk, delydelse: str, year: int, today: date) -> Iterator[str]:
    """``Aflastningsophold i 2017: 1 uge og 2 dage af 3 uger``, and a warning past the limit; nothing if unused."""
    for rule in desk.standard.process.yearly_limits:
        used = used_in(year, desk.case.course.absences, delydelse, rule, today, desk.calendar)
        if delydelse not in rule.delydelser or not used.days:
            continue
        known = desk.standard.delydelse_by_id.get(delydelse)
        name, most = known.name if known else delydelse, duration(rule.most)
        yield f"{name} i {year}: {_weeks(used.days)} brugt eller aftalt af højst {most} ({desk.place_of(rule)})."
        yield from _beyond(used, most, duration(rule.at_a_time) if rule.at_a_time else "")


def _beyond(used: YearlyUse, most: str, at_a_time: str) -> Iterator[str]:
    if used.over:
        yield f"! Det er {_weeks(used.over)} mere end {most} i {used.year}. Skriv hvorfor i bemærkningen."
    elif used.too_long:
        yield f"! Ét ophold er på {_weeks(used.longest)}; det må højst være på {at_a_time} ad gangen."


def _weeks(days: int) -> str:
    """``2 uger og 1 dag``."""
    weeks, rest = divmod(days, 7)
    parts = [f"{weeks} {'uge' if weeks == 1 else 'uger'}"] if weeks else []
    parts += [f"{rest} {'dag' if rest == 1 else 'dage'}"] if rest else []
    return " og ".join(parts)


def _prices(desk: Desk) -> Iterator[str]:
    for item in desk.helped_with:
        known = desk.standard.delydelse_by_id.get(item.delydelse)
        if known is None:
            continue
        for one in known.price or desk.standard.ydelse_of[item.delydelse].price:
            yield f"{known.name}: {_price(one)} ({desk.place(one.page, one.line)})."


def _price(one: Price) -> str:
    if one.amount is None:
        return one.what
    kroner = f"{one.amount:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    per = f" pr. {one.per}" if one.per else ""
    year = f" ({one.year})" if one.year else ""
    return f"{kroner} kr.{per}{year}{f': {one.what}' if one.what else ''}"

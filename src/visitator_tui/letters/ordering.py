"""The order (bestilling) by letter, to a supplier who does not use the electronic journal (pp. 25 and 32).

It brings what the source names: Stamdata, Funktionsvurdering, Visiterede ydelser and Afgørelse; of the
assessment only levels, causes and remarks, not what the citizen and others have told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from visitator_tui.domain.case import Decision, DecisionItem, HouseholdMember
from visitator_tui.domain.course_supply import Order, taken_over
from visitator_tui.domain.letter_needs import Ordered, ordered_of, running_order, supplier_of
from visitator_tui.domain.service_deadlines import start_due
from visitator_tui.domain.visit_minutes import as_sentences, by_time_of_day
from visitator_tui.domain.wording import duration

from .assessment import areas
from .content import decided
from .deciding import goal_of, granted_extent, review_of
from .draft import Draft, capital, clean, day, sentence
from .frame import citizen_address, framed, lines_of, signature
from .model import Block, Facts, Heading, Letter, Paragraph, Section
from .needs import needed, written_on


def order(draft: Draft) -> Letter:
    """The order of the help that one supplier is to give.

    Raises LetterError while the decision is incomplete, or while it cannot be told whom to order of.
    """
    decided(draft)
    needed(draft, "bestilling")
    items, supplier = ordered_of(draft.case, draft.facts), clean(supplier_of(draft.case, draft.facts))
    sections = (
        _opening(draft),
        _master_data(draft),
        _services(draft, items),
        _assessment(draft),
        _decision(draft, items),
        signature(draft, draft.writer),
    )
    return framed(
        draft, "bestilling", written_on(draft), sections,
        title=draft.say("order.title"),
        recipient=lines_of(supplier, *draft.facts.order.address),
        greeting=draft.say("order.greeting", supplier=supplier),
    )  # fmt: skip


def _order(draft: Draft) -> Order | None:
    """The order of the course that the letter sends."""
    return running_order(draft.case, supplier_of(draft.case, draft.facts))


def _opening(draft: Draft) -> Section:
    order = draft.facts.order
    name = "order.confirm_by" if order.confirm_by else "order.confirm"
    when = day(order.confirm_by) if order.confirm_by else ""
    confirm = draft.say(name, unit=draft.unit, contact=draft.contact, date=when)
    blocks: list[Block] = [Paragraph(f"{draft.say('order.opening')} {confirm}")]
    ours = running_order(draft.case, supplier_of(draft.case, draft.facts))
    if ours and ours.coordinates:
        blocks.append(Paragraph(draft.say("order.coordinates")))
    if note := sentence(order.note):
        blocks.append(Paragraph(note, lead=draft.say("order.note")))
    return Section("opening", tuple(blocks))


def _master_data(draft: Draft) -> Section:
    citizen = draft.case.citizen
    rows = (
        ("citizen", "\n".join(citizen_address(draft))),
        ("birth_date", day(citizen.birth_date) if citizen.birth_date else ""),
        ("cpr", clean(citizen.cpr or "") if draft.letterhead.show_cpr else ""),
        ("phone", clean(citizen.phone)),
        ("housing", sentence(citizen.housing)),
        ("household", "\n".join(_member(one) for one in citizen.household)),
    )
    told = tuple((draft.say(f"order.{label}"), value) for label, value in rows if value)
    return Section(
        "master_data",
        (Heading(draft.say("order.master_data")), Facts(told, draft.say("order.master_data_summary"))),
    )


def _member(one: HouseholdMember) -> str:
    return ", ".join(part for part in (clean(one.name), clean(one.relation)) if part)


def _services(draft: Draft, items: Ordered) -> Section:
    blocks: list[Block] = [Heading(draft.say("order.services")), Paragraph(draft.say("order.worded"))]
    for _, item in items:
        told = tuple((draft.say(f"order.{label}"), value) for label, value in _rows(draft, item) if value)
        name = draft.name(item)
        blocks += [Heading(name, 3), Facts(told, draft.say("order.service_summary", item=name))]
    if said := as_sentences(by_time_of_day((item for _, item in items), draft.standard)):
        blocks += [Heading(draft.say("order.time"), 3), Paragraph(" ".join(said))]
    return Section("services", tuple(blocks))


def _rows(draft: Draft, item: DecisionItem) -> Iterator[tuple[str, str]]:
    yield "extent", sentence(granted_extent(draft, item))
    yield "start", capital(day(item.start_on)) if item.start_on else ""
    yield "start_by", _start_by(draft, item)
    yield "ends", day(item.ends_on) if item.ends_on else ""
    ours = running_order(draft.case, supplier_of(draft.case, draft.facts))
    yield "staff", draft.say("order.two_staff") if ours and item.delydelse in ours.two_staff else ""
    yield "purpose", sentence(item.purpose)
    yield "aim", sentence(item.aim)
    yield "goal", goal_of(draft, item)
    yield "review", review_of(draft, item)


def _start_by(draft: Draft, item: DecisionItem) -> str:
    """The standard's deadline for the start, which the supplier keeps (p. 26)."""
    ours, course = running_order(draft.case, supplier_of(draft.case, draft.facts)), draft.case.course
    later = taken_over(item.delydelse, ours, course, draft.standard, draft.calendar) if ours else None
    if later is not None and later.day is not None:
        return capital(day(later.day))
    found = start_due(item.delydelse, draft.case, draft.standard, draft.calendar, draft.facts.written_on)
    length = found.deadline.start if found else None
    if found is None or length is None:
        return ""
    if found.day is None:
        return sentence(duration(length))
    return draft.say("order.start_by_value", date=day(found.day), length=duration(length))


def _assessment(draft: Draft) -> Section:
    assessed_on = draft.case.assessment.assessed_on
    blocks: list[Block] = [Heading(draft.say("order.assessment"))]
    intro = draft.say("order.assessed", date=day(assessed_on)) if assessed_on else ""
    scale = ", ".join(
        draft.say("assessment.scored", level=level, name=name) for level, name in draft.level_names.items()
    )
    blocks.append(Paragraph(f"{intro} {draft.say('order.scale', levels=scale)}".strip()))
    if (overall := draft.case.assessment.overall_level) is not None:
        blocks.append(Paragraph(draft.say("order.overall", level=overall, name=draft.level_names[overall])))
    return Section("assessment", (*blocks, *areas(draft, described=False, level=3)))


def _decision(draft: Draft, items: Ordered) -> Section:
    """Who decided, when and why; help of several decisions under the one that gives it, by the law of its day."""
    rows: list[tuple[str, str]] = []
    told: Decision | None = None
    for decision, item in items:
        if decision != told:
            rows.append((draft.say("order.decided"), _decided_by(draft, decision)))
            told = decision
        then = replace(draft, case=draft.case.model_copy(update={"decision": decision}))
        rows.append((draft.name(item), " ".join((sentence(item.reason), sentence(then.law(item))))))
    blocks = (
        Heading(draft.say("order.decision")),
        Facts(tuple(rows), draft.say("order.decision_summary")),
    )
    return Section("decided", blocks)


def _decided_by(draft: Draft, decision: Decision) -> str:
    who = ", ".join(part for part in (clean(decision.by.name), clean(decision.by.title)) if part)
    on = day(decision.decided_on) if decision.decided_on else ""
    return draft.say("order.decided_value", date=on, who=who)

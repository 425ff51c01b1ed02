"""What a letter of each kind needs before it can be written, each with the place where it is mended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from .case import Case, Decision, DecisionItem
from .completeness import application_name, enquiry_findings
from .course import DelayNotice
from .course_complaint import COMPLAINT_TIME, Complaint, in_time
from .course_supply import Order
from .finding import Finding, blank
from .letter_facts import LetterFacts, LetterKind, OrderDetails
from .running_help import granted_help
from .service_deadlines import decision_due
from .standard import Standard
from .workdays import Calendar

Ordered = tuple[tuple[Decision, DecisionItem], ...]
"""Help to be ordered, each item with the decision that gives it."""

GIVES_RIGHT: Final = ("upheld", "partly_upheld")
"""The outcomes of a re-assessment that make a new decision."""

OF_A_WHOLE_DECISION: Final[tuple[LetterKind, ...]] = ("afgoerelse", "bestilling")
"""The kinds that tell of a finished decision: every check of the case holds for them."""

_CHECKS: Final[dict[LetterKind, tuple[str, ...]]] = {
    "afgoerelse": (),
    "kvittering": ("citizen_name", "address", "received_on", "applied_for"),
    "forsinkelse": ("citizen_name", "address", "received_on", "applied_for"),
    "partshoering": ("citizen_name", "address"),
    "genvurdering": ("citizen_name", "address"),
    "oversendelse": ("citizen_name", "address"),
    "bestilling": (),
    "leverandoervalg": ("citizen_name", "address"),
}
"""The checks of the case that a kind rests on; a whole decision is checked as such before."""


def letter_needs(
    kind: LetterKind, case: Case, standard: Standard, facts: LetterFacts, calendar: Calendar
) -> tuple[Finding, ...]:
    """Everything that the letter lacks beside a finished decision; empty when it can be written.

    ``where`` is a path in the case: what was typed for the letter, an event of the course, or a field of
    another step.
    """
    if kind == "afgoerelse":
        return ()
    checks = _CHECKS[kind]
    found = [one for one in enquiry_findings(case) if one.code in checks]
    if facts.written_on is None:
        found.append(_lack("letter.written_on", "Skriv brevets dato."))
    return (*found, *_own(kind, case, standard, facts, calendar))


def delay_of(case: Case, facts: LetterFacts) -> DelayNotice:
    """The notice that the facts bring, else the last of the case."""
    written = case.course.delay_notices
    return facts.delay or (written[-1] if written else DelayNotice())


def complaint_of(case: Case, facts: LetterFacts) -> Complaint:
    """The complaint that the facts bring, else the last of the case."""
    written = case.course.complaints
    return facts.complaint or (written[-1] if written else Complaint())


def complained_of(case: Case, complaint: Complaint) -> date | None:
    """The day of the decision that was complained of: the old one, where a new takes its place; never a draft's."""
    right = complaint.outcome in GIVES_RIGHT
    return case.decision.corrects.decided_on if right else case.standing_decision.decided_on


def case_complained_of(case: Case, complaint: Complaint) -> Case:
    """The case with the decision that was complained of, as it was when that was made.

    As it stands where that decision is not kept in the case.
    """
    old = case.decision.corrects.id
    for number, one in enumerate(case.made, start=1):
        if one.letter_id == old if complaint.outcome in GIVES_RIGHT else number == len(case.made):
            return case.model_copy(update={"made": case.made[:number], "decision": one.decision})
    return case


def order_of(case: Case, facts: LetterFacts) -> OrderDetails:
    """The order with what was typed for it; the rest from the last order of the course by letter."""
    typed = facts.order
    found = running_order(case, typed.supplier)
    if found is None:
        return typed
    return typed.model_copy(
        update={
            "supplier": typed.supplier.strip() or found.supplier,
            "items": typed.items or found.items,
            "note": typed.note.strip() or found.note,
        }
    )


def running_order(case: Case, supplier: str) -> Order | None:
    """The last order of the course that still runs and is not sent in the journal; of any supplier if none is named."""
    wanted = supplier.strip().casefold()
    running = [
        one
        for one in case.course.orders
        if one.ended_on is None and one.channel != "advis" and wanted in ("", one.supplier.strip().casefold())
    ]
    return running[-1] if running else None


def supplier_of(case: Case, facts: LetterFacts) -> str:
    """The supplier the order names, else the only one of the items; empty where there are more or none."""
    if named := order_of(case, facts).supplier.strip():
        return named
    found = {item.supplier.strip() for _, item in _to_order(case, facts)} - {""}
    return found.pop() if len(found) == 1 else ""


def ordered_of(case: Case, facts: LetterFacts) -> Ordered:
    """The help this supplier is to give: what the order names, else all to be ordered that names no other."""
    named, supplier = bool(order_of(case, facts).items), supplier_of(case, facts)
    return tuple(
        (decision, item)
        for decision, item in _to_order(case, facts)
        if named or item.supplier.strip() in ("", supplier)
    )


def _to_order(case: Case, facts: LetterFacts) -> Ordered:
    """What the order names; without names the help of this decision, and of those before it what nobody gives yet."""
    wanted = order_of(case, facts).items
    given = {one for order in case.course.orders if order.ended_on is None for one in order.items}
    return tuple(
        (decision, item)
        for decision, item in _help(case, facts.written_on or date.min)
        if (item.delydelse in wanted if wanted else decision == case.decision or item.delydelse not in given)
    )


def _help(case: Case, on: date) -> Ordered:
    """The help that is granted, each delydelse as the last decision about it gives it, with that decision.

    The decision that is being prepared counts as the last. Of those before it, help that has ended is left out.
    """
    last = case.decision
    told = {item.delydelse for item in last.items if item.gives_help or item.outcome == "stopped"}
    before = tuple(
        (made.decision.model_copy(update={"decided_on": made.decided_on}), item)
        for made, item in sorted(granted_help(case), key=lambda one: one[0].decided_on)
        if item.delydelse not in told
        and made.letter_id not in last.replaces
        and (item.ends_on is None or item.ends_on >= on)
    )
    return (*before, *((last, item) for item in last.items if item.gives_help))


def _lack(where: str, message: str) -> Finding:
    return Finding(code="letter", severity="stop", message=message, step="brev", where=where)


def _own(
    kind: LetterKind, case: Case, standard: Standard, facts: LetterFacts, calendar: Calendar
) -> Iterator[Finding]:
    match kind:
        case "kvittering":
            yield from _receipt(case, standard, facts, calendar)
        case "forsinkelse":
            yield from _delay(case, facts)
        case "partshoering":
            yield from _hearing(case, standard, facts)
        case "genvurdering":
            yield from _complaint(case, facts)
            yield from _reassessment(case, facts)
        case "oversendelse":
            yield from _complaint(case, facts)
            late = complaint_of(case, facts).left_as_late
            yield from _lateness(case, facts, calendar) if late else _reassessment(case, facts)
            if complaint_of(case, facts).outcome == "upheld":
                message = "Borgeren har fået fuldt medhold. Så skal klagen ikke sendes til Ankestyrelsen."
                yield _lack(f"{_last_complaint(case)}.outcome", message)
        case "bestilling":
            yield from _order(case, facts)
        case "leverandoervalg" if not any(item.gives_help for item in case.decision.items):
            message = "Afgørelsen giver ingen hjælp, så der er ingen leverandør at vælge."
            yield Finding(
                code="letter", severity="stop", message=message, step="afgoerelse", where="decision.items"
            )


def _receipt(case: Case, standard: Standard, facts: LetterFacts, calendar: Calendar) -> Iterator[Finding]:
    if facts.answer_by is not None:
        return
    for asked in case.enquiry.applied_for:
        found = decision_due(asked, case, standard, calendar)
        if found is None or found.deadline.decision is None:
            name = application_name(asked, standard)
            without = f"Standarden har ingen frist for »{name[:1].upper()}{name[1:]}«."
            yield _lack("letter.answer_by", f"{without} Skriv, hvornår borgeren senest får svar.")


def _delay(case: Case, facts: LetterFacts) -> Iterator[Finding]:
    notice, place = delay_of(case, facts), f"course.delay_notices.{last_place(case.course.delay_notices)}"
    if blank(notice.reason):
        yield _lack(f"{place}.reason", "Skriv, hvorfor fristen ikke bliver holdt.")
    if notice.expected_on is None:
        yield _lack(f"{place}.expected_on", "Skriv, hvornår borgeren nu kan vente svar.")


def _hearing(case: Case, standard: Standard, facts: LetterFacts) -> Iterator[Finding]:
    told = any(not blank(one.text) for one in facts.hearing.information)
    states = (case.assessment.areas.get(area.id) for area in standard.areas)
    by_others = any(one and one.relevant is not False and not blank(one.from_others) for one in states)
    if not told and (facts.hearing.information or not by_others):
        yield _lack("letter.hearing.information.0.text", "Skriv de oplysninger, borgeren skal se.")
    if case.decision.hearing.answer_by is None:
        yield _lack("decision.hearing.answer_by", "Skriv, hvornår borgeren senest skal svare.")


def _complaint(case: Case, facts: LetterFacts) -> Iterator[Finding]:
    complaint, place = complaint_of(case, facts), _last_complaint(case)
    if complaint.received_on is None:
        yield _lack(f"{place}.received_on", "Skriv, hvornår klagen er modtaget.")
    if blank(complaint.text):
        yield _lack(f"{place}.text", "Skriv, hvad borgeren klager over.")
    if complained_of(case, complaint) is None:
        old = "corrects." if complaint.outcome in GIVES_RIGHT else ""
        yield Finding(
            code="letter", severity="stop", step="afgoerelse", where=f"decision.{old}decided_on",
            message="Skriv datoen for den afgørelse, der er klaget over.",
        )  # fmt: skip


def _reassessment(case: Case, facts: LetterFacts) -> Iterator[Finding]:
    complaint, place = complaint_of(case, facts), _last_complaint(case)
    if complaint.outcome in (None, "withdrawn"):
        message = "Skriv, hvad genvurderingen førte til: medhold, delvist medhold eller ikke medhold."
        yield _lack(f"{place}.outcome", message)
    if blank(complaint.reason):
        yield _lack(f"{place}.reason", "Skriv begrundelsen for genvurderingen.")


def _lateness(case: Case, facts: LetterFacts, calendar: Calendar) -> Iterator[Finding]:
    """What is sent on without a new assessment must have come too late."""
    complaint, place = complaint_of(case, facts), _last_complaint(case)
    if complaint.decision_received_on is None:
        yield _lack(f"{place}.decision_received_on", "Skriv, hvornår borgeren fik afgørelsen.")
    elif in_time(complaint, COMPLAINT_TIME, calendar):
        yield _lack(f"{place}.outcome", "Klagen kom inden fristen. Vurder sagen igen, og skriv udfaldet.")


def _last_complaint(case: Case) -> str:
    return f"course.complaints.{last_place(case.course.complaints)}"


def _order(case: Case, facts: LetterFacts) -> Iterator[Finding]:
    supplier = supplier_of(case, facts)
    if not supplier:
        message = "Skriv, hvilken leverandør hjælpen bestilles hos. Der er flere, eller der er ingen."
        yield _lack("letter.order.supplier", message)
    elif not ordered_of(case, facts):
        yield _lack("letter.order.supplier", f"Ingen hjælp i afgørelsen skal leveres af {supplier}.")


def last_place(events: tuple[object, ...]) -> int:
    """Where the last of some events stands; where the first would stand, while there is none."""
    return max(0, len(events) - 1)

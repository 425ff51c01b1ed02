"""The receipt for an enquiry, with the deadline; and the notice that a deadline is not kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from visitator_tui.domain.course import Appointment, DelayNotice
from visitator_tui.domain.deadlines import due
from visitator_tui.domain.letter_needs import delay_of
from visitator_tui.domain.notice_given import DECISION_TASK
from visitator_tui.domain.service_deadlines import decision_due
from visitator_tui.domain.wording import day_and_date, duration

from .deciding import applications, is_own
from .draft import FEW, Draft, day, quoted, sentence
from .frame import framed, rights, signature
from .model import Block, Bullets, Facts, Heading, Letter, Paragraph, Section
from .needs import needed, written_on


def receipt(draft: Draft) -> Letter:
    """Kvittering for henvendelse: what it is about, when there is an answer, what happens now (p. 15).

    Raises LetterError with what is missing.
    """
    needed(draft, "kvittering")
    answers = tuple(_answers(draft))
    own = is_own(draft)
    sections = (
        _opening(draft, own),
        _deadline(draft, answers),
        _next(draft),
        rights(draft),
        signature(draft, draft.writer),
    )
    title = draft.say("receipt.title" if own else "receipt.title_for_you")
    return framed(draft, "kvittering", written_on(draft), sections, title=title)


def _opening(draft: Draft, own: bool) -> Section:
    received = draft.case.enquiry.received_on
    said = draft.say(
        "receipt.by_you" if own else "receipt.for_you", received=day(received) if received else ""
    )
    blocks: list[Block] = [Paragraph(said, keep=True), Bullets(tuple(applications(draft)))]
    if draft.case.enquiry.acute:
        blocks.append(Paragraph(draft.say("receipt.acute")))
    return Section("opening", tuple(blocks))


def _answers(draft: Draft) -> Iterator[tuple[str, str]]:
    """Every application with the day of its answer in words; empty where nothing says when."""
    case = draft.case
    for asked, name in zip(case.enquiry.applied_for, applications(draft), strict=True):
        found = decision_due(asked, case, draft.standard, draft.calendar)
        length = found.deadline.decision if found else None
        if draft.facts.answer_by:
            yield name, draft.say("receipt.answer_by", date=day(draft.facts.answer_by))
        elif found and found.day and length:
            words = duration(length)
            yield name, draft.say("receipt.answer_within", date=day(found.day), length=words)
        else:
            yield name, sentence(duration(length)) if length else ""


def _deadline(draft: Draft, answers: tuple[tuple[str, str], ...]) -> Section:
    table = Facts(answers, draft.say("receipt.deadline_summary"), long_labels=True)
    late = Paragraph(draft.say("receipt.late"))
    return Section("deadline", (Heading(draft.say("receipt.deadline_heading")), table, late))


def _next(draft: Draft) -> Section:
    """The talk: its day when one is agreed, else when the citizen hears of it."""
    blocks: list[Block] = [
        Heading(draft.say("receipt.next_heading")),
        Paragraph(_talk(draft)),
        Paragraph(draft.say("receipt.talk")),
        Paragraph(draft.say("receipt.consent")),
        Paragraph(draft.say("receipt.contact", unit=draft.unit, contact=draft.contact)),
    ]
    return Section("next", tuple(blocks))


def _talk(draft: Draft) -> str:
    agreed = next((one for one in draft.case.course.appointments if _is_coming(one)), None)
    if agreed and agreed.on:
        at = draft.say("receipt.talk_at", time=f"{agreed.at:%H.%M}") if agreed.at else ""
        return draft.say("receipt.talk_on", date=day_and_date(agreed.on), at=at)
    step, received = draft.standard.process.appointment, draft.case.enquiry.received_on
    if step and step.within and received:
        reckoned = due(step.within, received, draft.calendar)
        if reckoned.day:
            return draft.say("receipt.talk_by", date=day(reckoned.day))
    return draft.say("receipt.talk_open")


def _is_coming(one: Appointment) -> bool:
    return one.purpose == "visit" and one.on is not None and one.held is None


def delay(draft: Draft) -> Letter:
    """Besked om forsinkelse: which deadline is not kept, why, and the new one (Retssikkerhedsloven § 3).

    Raises LetterError with what is missing.
    """
    needed(draft, "forsinkelse")
    notice = delay_of(draft.case, draft.facts)
    told = _told(draft, notice)
    sections = (
        Section("opening", (Paragraph(told), Paragraph(draft.say("delay.sorry")))),
        Section(
            "deadline",
            (
                Heading(draft.say("delay.heading")),
                Paragraph(draft.say("delay.expected", date=_day(notice.expected_on)), keep=True),
                Paragraph(sentence(notice.reason), lead=draft.say("delay.reason")),
            ),
        ),
        Section(
            "next",
            (
                Heading(draft.say("delay.meanwhile_heading")),
                Paragraph(draft.say("delay.meanwhile", unit=draft.unit, contact=draft.contact)),
            ),
        ),
        rights(draft),
        signature(draft, draft.writer),
    )
    return framed(draft, "forsinkelse", written_on(draft), sections, title=draft.say("delay.title"))


def _told(draft: Draft, notice: DelayNotice) -> str:
    """What was applied for and when the answer was due, as far as the standard says."""
    asked = draft.case.enquiry.applied_for
    about = notice.about.removeprefix(DECISION_TASK)
    names = dict(zip(asked, applications(draft), strict=True))
    late = [about] if about in names else list(names)
    found = [decision_due(one, draft.case, draft.standard, draft.calendar) for one in late]
    days = [one.day for one in found if one and one.day]
    items = quoted(names[one] for one in late) if len(late) <= FEW else draft.say("delay.everything")
    if not days:
        return draft.say("delay.applied", items=items, received=_day(draft.case.enquiry.received_on))
    received = _day(draft.case.enquiry.received_on)
    return draft.say("delay.applied_due", items=items, received=received, due=day(min(days)))


def _day(when: date | None) -> str:
    return day(when) if when else ""

"""A complaint: the decision after the re-assessment, and the complaint sent on to Ankestyrelsen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from visitator_tui.domain.course_complaint import COMPLAINT_TIME, Complaint, in_time, last_day_to_complain
from visitator_tui.domain.decision import DecisionItem
from visitator_tui.domain.letter_needs import GIVES_RIGHT, case_complained_of, complained_of, complaint_of

from .content import decided, decision_sections
from .draft import Draft, capital, clean, day, quoted, sentence
from .frame import citizen_address, framed, lines_of, rights, signature
from .model import Block, Bullets, Facts, Heading, Letter, Paragraph, Section
from .needs import needed, written_on


def reassessed(draft: Draft) -> Letter:
    """Afgørelse efter genvurdering (Retssikkerhedsloven § 66): what the new look at the case came to.

    Where the citizen is found right, wholly or in part, the case's decision is the new one, which names
    the old in ``corrects``, and is told in full. Raises LetterError with what is missing.
    """
    needed(draft, "genvurdering")
    complaint = complaint_of(draft.case, draft.facts)
    sections = [_result(draft, complaint), _complained(draft, complaint), _reasons(draft, complaint)]
    writer, written = draft.writer, written_on(draft)
    if complaint.outcome in GIVES_RIGHT:
        sections += decision_sections(draft, decided(draft))
    else:
        sections += [rights(draft), signature(draft, writer)]
    return framed(draft, "genvurdering", written, sections, title=_title(draft, complaint))


def forwarding(draft: Draft) -> Letter:
    """Oversendelse til Ankestyrelsen (Retssikkerhedsloven § 66): the complaint, our view, the papers.

    A complaint that came too late may be sent on without a new assessment: then the letter says so.
    Raises LetterError with what is missing.
    """
    needed(draft, "oversendelse")
    complaint = complaint_of(draft.case, draft.facts)
    opening = "late" if complaint.left_as_late else complaint.outcome
    sections = (
        Section("opening", (Paragraph(draft.say(f"forwarding.opening_{opening}")),)),
        Section("master_data", (Heading(draft.say("forwarding.heading")), _parties(draft, complaint))),
        _complained(draft, complaint, "forwarding.complaint_heading"),
        _view(draft, complaint),
        Section(
            "enclosures",
            (Heading(draft.say("forwarding.papers_heading")), Bullets(_papers(draft, complaint))),
        ),
        signature(draft, draft.writer),
    )
    return framed(
        draft, "oversendelse", written_on(draft), sections,
        title=draft.say("forwarding.title"),
        recipient=lines_of(draft.say("forwarding.recipient")),
        greeting=draft.say("forwarding.greeting"),
    )  # fmt: skip


def _view(draft: Draft, complaint: Complaint) -> Section:
    """What we came to, in the words the citizen has got; or that the complaint came too late."""
    reason = sentence(complaint.reason)
    blocks: list[Block]
    if complaint.left_as_late:
        received, got = complaint.received_on, complaint.decision_received_on
        late = draft.say(
            "forwarding.came_late",
            got=day(got) if got else "",
            last=_last_day(draft, complaint),
            received=day(received) if received else "",
        )
        blocks = [Heading(draft.say("forwarding.late_heading")), Paragraph(late), Paragraph(reason)]
    else:
        told = Paragraph(draft.say("forwarding.reason_told"), keep=True)
        blocks = [Heading(draft.say("forwarding.reassessed_heading")), told, Paragraph(reason)]
    return Section("reassessed", tuple(blocks if reason else blocks[:-1]))


def _last_day(draft: Draft, complaint: Complaint) -> str:
    got = complaint.decision_received_on
    last = last_day_to_complain(got, COMPLAINT_TIME, draft.calendar).day if got else None
    return day(last) if last else ""


def _decided_on(draft: Draft, complaint: Complaint) -> str:
    when = complained_of(draft.case, complaint)
    return day(when) if when else ""


def _title(draft: Draft, complaint: Complaint) -> str:
    return draft.say(f"reassessment.title_{complaint.outcome}")


def _result(draft: Draft, complaint: Complaint) -> Section:
    received = day(complaint.received_on) if complaint.received_on else ""
    blocks: list[Block] = [
        Heading(draft.say("reassessment.heading")),
        Paragraph(draft.say("reassessment.again", received=received, decided=_decided_on(draft, complaint))),
    ]
    if about := tuple(_about(draft, complaint)):
        blocks += [Paragraph(draft.say("reassessment.about"), keep=True), Bullets(about)]
    blocks.append(Paragraph(draft.say(f"reassessment.{complaint.outcome}")))
    if complaint.outcome != "upheld":
        blocks.append(Paragraph(_sent_on(draft, complaint)))
        blocks.append(Paragraph(draft.say("reassessment.wait")))
    if complaint.outcome == "not_upheld":
        blocks.append(Paragraph(draft.say("complaint.stands")))
    return Section("reassessed", tuple(blocks))


def _sent_on(draft: Draft, complaint: Complaint) -> str:
    """That the complaint, or what is left of it, goes to Ankestyrelsen."""
    what = "rest" if complaint.outcome == "partly_upheld" else "sent"
    if sent := complaint.forwarded_on:
        return draft.say(f"reassessment.{what}_on", date=day(sent))
    return draft.say(f"reassessment.{what}")


def _complained(
    draft: Draft, complaint: Complaint, heading: str = "reassessment.complaint_heading"
) -> Section:
    return Section("complained", (Heading(draft.say(heading)), Paragraph(sentence(complaint.text))))


def _reasons(draft: Draft, complaint: Complaint) -> Section:
    return Section(
        "considering",
        (Heading(draft.say("reassessment.reason_heading")), Paragraph(sentence(complaint.reason))),
    )


def _parties(draft: Draft, complaint: Complaint) -> Facts:
    rows = (
        ("case_number", clean(draft.case.case_number)),
        ("citizen", "\n".join(citizen_address(draft))),
        ("birth_date", day(draft.case.citizen.birth_date) if draft.case.citizen.birth_date else ""),
        ("by", capital(clean(complaint.by))),
        ("decided", _decided_on(draft, complaint)),
        ("received", day(complaint.received_on) if complaint.received_on else ""),
        ("in_time", _in_time(draft, complaint)),
        ("about", "\n".join(_about(draft, complaint))),
    )
    told = tuple((draft.say(f"forwarding.{label}"), value) for label, value in rows if value)
    return Facts(told, draft.say("forwarding.summary"))


def _in_time(draft: Draft, complaint: Complaint) -> str:
    timely = in_time(complaint, COMPLAINT_TIME, draft.calendar)
    if timely is None:
        return ""
    return (
        draft.say("forwarding.timely")
        if timely
        else draft.say("forwarding.late", last=_last_day(draft, complaint))
    )


def _about(draft: Draft, complaint: Complaint) -> Iterator[str]:
    """The items complained of with the law of the decision's letter; all of the decision's where none is named."""
    then = replace(draft, case=case_complained_of(draft.case, complaint))
    decided = [item for _, item in then.items]
    if complaint.items:
        decided = [item for item in decided if item.delydelse in complaint.items]
        found = {item.delydelse for item in decided}
        decided += [DecisionItem(delydelse=one) for one in complaint.items if one not in found]
    for item in decided:
        law = then.law(item)
        yield f"{then.name(item)} ({law})" if law else then.name(item)


def _papers(draft: Draft, complaint: Complaint) -> tuple[str, ...]:
    if complaint.papers:
        return tuple(sentence(one) for one in complaint.papers)
    again = () if complaint.left_as_late else ("reassessment",)
    names = ("complaint", "decision", "assessment", *again, "standard")
    title = quoted([capital(clean(draft.standard.title))])
    return tuple(
        draft.say("forwarding.paper_standard", title=title)
        if one == "standard"
        else draft.say(f"forwarding.paper_{one}")
        for one in names
    )

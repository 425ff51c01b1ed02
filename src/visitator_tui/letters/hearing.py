"""Partshøring: the citizen sees what others have said before it weighs against her (Forvaltningsloven § 19)."""

from __future__ import annotations

from collections.abc import Iterator

from .deciding import applications
from .draft import FEW, Draft, capital, clean, day, quoted, sentence
from .frame import framed, rights, signature
from .model import Facts, Heading, Letter, Paragraph, Section
from .needs import needed, written_on


def hearing(draft: Draft) -> Letter:
    """What others have said, what it may mean, and until when the citizen can answer.

    Without information of its own, what others have said of her areas is shown. Raises LetterError with
    what is missing.
    """
    needed(draft, "partshoering")
    shown, answer_by = tuple(_information(draft)), draft.case.decision.hearing.answer_by
    sections = (
        Section("opening", (Paragraph(_about(draft)), Paragraph(draft.say("hearing.why")))),
        Section(
            "information",
            (Heading(draft.say("hearing.heading")), Facts(shown, draft.say("hearing.summary"))),
        ),
        *_considering(draft),
        _answering(draft, day(answer_by) if answer_by else ""),
        rights(draft),
        signature(draft, draft.writer),
    )
    return framed(draft, "partshoering", written_on(draft), sections, title=draft.say("hearing.title"))


def _about(draft: Draft) -> str:
    names = applications(draft) or [draft.name(item) for _, item in draft.items]
    if not names or len(names) > FEW:
        return draft.say("hearing.about_case")
    return draft.say("hearing.about", items=quoted(names))


def _information(draft: Draft) -> Iterator[tuple[str, str]]:
    if given := draft.facts.hearing.information:
        yield from ((capital(clean(one.source)), sentence(one.text)) for one in given if clean(one.text))
        return
    for area in draft.standard.areas:
        state = draft.case.assessment.areas.get(area.id)
        if state and state.relevant is not False and clean(state.from_others):
            yield capital(area.name), sentence(state.from_others)


def _considering(draft: Draft) -> Iterator[Section]:
    if considering := sentence(draft.facts.hearing.considering):
        heading = Heading(draft.say("hearing.considering_heading"))
        yield Section("considering", (heading, Paragraph(considering)))


def _answering(draft: Draft, answer_by: str) -> Section:
    how = draft.say("hearing.answer", unit=draft.unit, contact=draft.contact, date=answer_by)
    blocks = (
        Heading(draft.say("hearing.answer_heading")),
        Paragraph(how),
        Paragraph(draft.say("hearing.no_answer")),
    )
    return Section("answering", blocks)

"""What every kind of letter has around its text: sender, recipient, date, greeting, signature, footer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from visitator_tui.domain.decision_maker import DecisionMaker
from visitator_tui.domain.letter_facts import LetterKind

from .draft import Draft, capital, clean, day
from .model import Bullets, Detail, Heading, Letter, Paragraph, Section


def framed(
    draft: Draft,
    kind: LetterKind,
    dated_on: date,
    sections: Iterable[Section],
    *,
    title: str,
    recipient: tuple[str, ...] | None = None,
    greeting: str | None = None,
    writer: DecisionMaker | None = None,
) -> Letter:
    """A whole letter; to the citizen unless another recipient is given."""
    name = clean(draft.case.citizen.name)
    return Letter(
        kind=kind,
        title=title,
        subject=_with_case_number(draft, "subject", what=draft.say(f"kind.{kind}")),
        municipality=draft.municipality,
        unit=draft.unit,
        case_number=clean(draft.case.case_number),
        dated_on=dated_on,
        recipient=citizen_address(draft) if recipient is None else recipient,
        details=tuple(_details(draft, kind, dated_on, writer or draft.writer)),
        greeting=draft.say("greeting", name=name) if greeting is None else greeting,
        sections=tuple(sections),
        footer=_with_case_number(draft, "footer"),
    )


def _with_case_number(draft: Draft, name: str, **values: str) -> str:
    number = clean(draft.case.case_number)
    if number:
        return draft.say(f"{name}_case", municipality=draft.municipality, case_number=number, **values)
    return draft.say(name, municipality=draft.municipality, **values)


def citizen_address(draft: Draft) -> tuple[str, ...]:
    """The citizen's name and address, a line each."""
    address = draft.case.citizen.address
    town = f"{clean(address.postal_code)} {clean(address.town)}".strip()
    return lines_of(draft.case.citizen.name, address.street, town)


def lines_of(*texts: str) -> tuple[str, ...]:
    """The lines of some texts, cleaned, without empty ones."""
    return tuple(line for text in texts for line in clean(text).split("\n") if line)


def _details(draft: Draft, kind: LetterKind, dated_on: date, writer: DecisionMaker) -> Iterator[Detail]:
    """The column at the right of the address, outside the envelope's window.

    A CPR number stands here only when the municipality has said so. An authority does not write from borger.dk.
    """
    head, citizen = draft.letterhead, draft.case.citizen
    yield Detail(draft.say("details.date"), (day(dated_on),))
    if number := clean(draft.case.case_number):
        yield Detail(draft.say("details.case_number"), (number,))
    if head.show_cpr and citizen.cpr:
        yield Detail(draft.say("details.cpr"), (clean(citizen.cpr),))
    phone = draft.say("details.phone", phone=head.phone) if head.phone else ""
    who = ", ".join(part for part in (clean(writer.name), clean(writer.title)) if part)
    post = "" if kind == "oversendelse" else draft.say("details.digital_post")
    if lines := tuple(line for line in (who, phone, head.hours, head.email, post) if line):
        yield Detail(draft.say("details.contact"), lines)
    if head.address:
        yield Detail(draft.say("details.address"), (draft.unit, *head.address))


def signature(draft: Draft, writer: DecisionMaker, *more: str) -> Section:
    """The closing: who writes, and from where; ``more`` are lines under it, which stay on its page."""
    name, title = clean(writer.name), clean(writer.title)
    signed = ", ".join(part for part in (capital(title), draft.unit, draft.municipality) if part)
    blocks = [
        Paragraph(draft.say("signature.closing"), keep=True),
        Paragraph(signed, lead=f"{name}\n" if name else "", keep=bool(more)),
        *(Paragraph(line, keep=number < len(more)) for number, line in enumerate(more, start=1)),
    ]
    return Section("signature", tuple(blocks))


def rights(draft: Draft, *more: str) -> Section:
    """To see the papers, to be represented; ``more`` are texts of a kind of letter's own."""
    lines = (draft.say("rights.papers"), draft.say("rights.represented"), *more)
    return Section("rights", (Heading(draft.say("rights.heading")), Bullets(lines)))

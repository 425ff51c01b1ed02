"""The decision letter (afgørelse) as content: what is said, in which order. Pure; no layout, no PDF."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from visitator_tui.domain.case import Case
from visitator_tui.domain.completeness import blocking, findings
from visitator_tui.domain.standard import Standard
from visitator_tui.usecases.ports import LetterError, Letterhead

from .assessment import assessment
from .complaint import complaint, rights
from .deciding import items, result
from .draft import Draft, capital, clean, day
from .grounds import considerations, facts, own_view, rules
from .mandatory import missing_elements
from .model import Detail, Letter, Paragraph, Section
from .practical import duties, reliability, supplier
from .texts import Texts


def decision_letter(case: Case, standard: Standard, letterhead: Letterhead, *, texts: Texts) -> Letter:
    """The letter of a whole decision.

    Raises LetterError, naming everything that is missing, while the decision lacks what it must hold.
    """
    # Whether a date lies in the future is for those who know today's date; here every date has come.
    lacking = tuple(finding.message for finding in blocking(findings(case, standard, date.max)))
    decided_on = case.decision.decided_on
    if lacking or decided_on is None:
        raise _incomplete(lacking)
    draft = Draft(case, standard, letterhead, texts)
    letter = Letter(
        kind=draft.kind,
        title=draft.say(f"title.{draft.kind}"),
        subject=_with_case_number(draft, "subject"),
        municipality=draft.municipality,
        unit=draft.unit,
        case_number=clean(case.case_number),
        decided_on=decided_on,
        recipient=_recipient(case),
        details=tuple(_details(draft, decided_on)),
        greeting=draft.say("greeting", name=clean(case.citizen.name)),
        sections=tuple(_sections(draft)),
        footer=_with_case_number(draft, "footer"),
    )
    if absent := missing_elements(letter, draft):
        raise _incomplete(absent)
    return letter


def _incomplete(lacking: tuple[str, ...]) -> LetterError:
    return LetterError("Brevet kan ikke skrives endnu, for afgørelsen er ikke færdig. Det mangler:", lacking)


def _with_case_number(draft: Draft, name: str) -> str:
    number = clean(draft.case.case_number)
    if number:
        return draft.say(f"{name}_case", municipality=draft.municipality, case_number=number)
    return draft.say(name, municipality=draft.municipality)


def _recipient(case: Case) -> tuple[str, ...]:
    address = case.citizen.address
    town = f"{clean(address.postal_code)} {clean(address.town)}".strip()
    return tuple(
        line for line in (clean(case.citizen.name), *clean(address.street).split("\n"), town) if line
    )


def _details(draft: Draft, decided_on: date) -> Iterator[Detail]:
    """The column at the right: never a CPR number, which would show through the window."""
    head, by = draft.letterhead, draft.case.decision.by
    yield Detail(draft.say("details.date"), (day(decided_on),))
    if number := clean(draft.case.case_number):
        yield Detail(draft.say("details.case_number"), (number,))
    phone = draft.say("details.phone", phone=head.phone) if head.phone else ""
    who = ", ".join(part for part in (clean(by.name), clean(by.title)) if part)
    lines = (who, phone, head.hours, head.email, draft.say("details.digital_post"))
    yield Detail(draft.say("details.contact"), tuple(line for line in lines if line))
    if head.address:
        yield Detail(draft.say("details.address"), (draft.unit, *head.address))


def _sections(draft: Draft) -> Iterator[Section]:
    """The parts of the letter in the order in which the citizen reads them."""
    enclose = bool(draft.refused) or draft.case.decision.enclose_assessment
    yield result(draft)
    yield from items(draft)
    yield own_view(draft)
    yield facts(draft)
    for section in (considerations(draft), rules(draft), reliability(draft), supplier(draft), duties(draft)):
        if section is not None:
            yield section
    yield complaint(draft)
    yield rights(draft)
    yield _signature(draft, enclose)
    if enclose:
        yield assessment(draft)


def _signature(draft: Draft, enclose: bool) -> Section:
    decision = draft.case.decision
    name, title = clean(decision.by.name), clean(decision.by.title)
    signed = "\n".join(part for part in (capital(title), draft.unit, draft.municipality) if part)
    blocks = [
        Paragraph(draft.say("signature.closing"), keep=True),
        Paragraph(signed, lead=f"{name}\n", keep=True),
        Paragraph(
            draft.say(
                "signature.decided",
                date=day(decision.decided_on) if decision.decided_on else "",
                name=name,
                title=title,
                unit=draft.unit,
                municipality=draft.municipality,
            ),
            keep=enclose,
        ),
    ]
    if enclose:
        blocks.append(Paragraph(draft.say("signature.enclosure")))
    return Section("signature", tuple(blocks))

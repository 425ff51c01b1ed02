"""What every kind of letter needs beside a decided case, for any case."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from letter_cases import cases, letterhead, standard
from letter_kit import PRESS

from visitator_tui.domain.case import Case
from visitator_tui.domain.course import DelayNotice
from visitator_tui.domain.course_complaint import Complaint
from visitator_tui.domain.letter_facts import (
    Disclosure,
    HearingNotice,
    LetterFacts,
    LetterKind,
    OrderDetails,
    SupplierOffer,
)
from visitator_tui.letters.model import Facts, Letter
from visitator_tui.letters.plain import as_text

COMPLAINT: dict[str, Any] = {
    "received_on": "2024-06-03",
    "text": "Jeg kan ikke bære varerne ind, når det regner, og min nabo er væk i juli",
    "reason": "Købmanden bærer stadig varerne helt ind i køkkenet, og du bestiller selv hver fredag",
    "decision_received_on": "2024-05-14",
}
NEXT_TO_NOTHING = "Ingen har oplyst andet, end at borgeren selv har bestilt varer"


def ready(kind: LetterKind, one: Case, **changes: Any) -> tuple[Case, LetterFacts]:
    """The case and the facts from which a letter of the kind can be written; ``changes`` go to the facts."""
    decided_on = one.decision.decided_on or date(2024, 5, 13)
    facts: dict[str, Any] = {"written_on": decided_on}
    if kind == "kvittering":
        facts["answer_by"] = decided_on + timedelta(days=14)
    if kind == "forsinkelse":
        facts["delay"] = DelayNotice(
            expected_on=decided_on + timedelta(days=21),
            reason="Lægen har ikke svaret os endnu, og uden svaret kan vi ikke se, hvor meget du må løfte",
        )
    if kind == "partshoering":
        facts["hearing"] = HearingNotice(
            information=(Disclosure(source="Egen læge", text=NEXT_TO_NOTHING),),
            considering="At give dig hjælp til bad, men ikke til indkøb",
        )
        hearing = one.decision.hearing.model_copy(update={"answer_by": decided_on + timedelta(days=14)})
        one = one.model_copy(update={"decision": one.decision.model_copy(update={"hearing": hearing})})
    if kind in ("genvurdering", "oversendelse"):
        facts["complaint"] = Complaint(**{**COMPLAINT, "outcome": "not_upheld"})
    if kind == "bestilling":
        first = next((item.supplier for item in one.decision.items if item.supplier), "")
        facts["order"] = OrderDetails(
            supplier=first or "Hjemmeservice Lindholm ApS",
            address=("Industrivej 7", "9990 Lindholm"),
            items=tuple(item.delydelse for item in one.decision.items if item.gives_help),
            confirm_by=decided_on + timedelta(days=2),
            note="Nøglen ligger i nøgleboksen ved hoveddøren",
        )
    if kind == "leverandoervalg":
        facts["suppliers"] = (
            SupplierOffer(name="Hjemmeplejen", gives="Pleje og rengøring", contact="99 99 10 20"),
            SupplierOffer(name="Rent Hus ApS", gives="Rengøring", contact="99 99 30 40"),
        )
    return one, LetterFacts(**{**facts, **changes})


def made(
    kind: LetterKind, one: Case | None = None, head: dict[str, Any] | None = None, **facts: Any
) -> Letter:
    found, told = ready(kind, one or cases()["delvis"], **facts)
    return PRESS.letter(found, standard(), letterhead(**(head or {})), kind, told)


def said(letter: Letter) -> str:
    return as_text(letter, 10_000)


def value(letter: Letter, role: Any, label: str) -> str:
    blocks = [block for section in letter.having(role) for block in section.blocks]
    return next((b.value(label) for b in blocks if isinstance(b, Facts) and b.value(label)), "")


def complained(outcome: str, **changes: Any) -> Complaint:
    return Complaint.model_validate({**COMPLAINT, "outcome": outcome, **changes})

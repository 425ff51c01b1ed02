"""The kinds of letters, and what a letter says that the case does not hold."""

from __future__ import annotations

from datetime import date
from typing import Literal, get_args

from pydantic import Field

from .base import Model, Text
from .course import DelayNotice
from .course_complaint import Complaint
from .decision_maker import DecisionMaker

LetterKind = Literal[
    "afgoerelse",
    "kvittering",
    "forsinkelse",
    "partshoering",
    "genvurdering",
    "oversendelse",
    "bestilling",
    "leverandoervalg",
]

LETTER_KINDS: dict[LetterKind, str] = {
    "afgoerelse": "Afgørelse",
    "kvittering": "Kvittering for henvendelse",
    "forsinkelse": "Besked om forsinkelse",
    "partshoering": "Partshøring",
    "genvurdering": "Afgørelse efter genvurdering",
    "oversendelse": "Oversendelse til Ankestyrelsen",
    "bestilling": "Bestilling til leverandør",
    "leverandoervalg": "Valg af leverandør",
}
"""What the kinds are called on screens and in commands."""

assert tuple(LETTER_KINDS) == get_args(LetterKind)  # noqa: S101 - a kind without a name is a slip of ours


class Disclosure(Model):
    """Information that the citizen has not seen: who gave it, and what it says."""

    source: Text = ""
    text: Text = ""


class HearingNotice(Model):
    """What the citizen is heard about. Without information, what others have said of her areas is meant.

    The days it is sent and answered by stand in the decision's ``hearing``.
    """

    information: tuple[Disclosure, ...] = ()
    considering: Text = Field(default="", description="what the unit is inclined to decide")


class SupplierOffer(Model):
    """A supplier that the citizen can choose."""

    name: Text = ""
    gives: Text = ""
    contact: Text = ""


class OrderDetails(Model):
    """An order by letter to a supplier who does not use the electronic journal (pp. 25 and 32).

    ``supplier`` empty means the one supplier of the decision's items. No items means all of this supplier's.
    """

    supplier: Text = ""
    address: tuple[Text, ...] = ()
    items: tuple[Text, ...] = Field(default=(), description="delydelser, as the decision names them")
    confirm_by: date | None = None
    note: Text = Field(default="", description="what the helper must know: key, dog, stairs")


class LetterFacts(Model):
    """What a letter says beside the case. Everything is optional; each kind asks for what it needs.

    ``written_on`` is the day of every letter but the decision, which has its own. ``by`` is who writes, if
    another than who decides. ``digital_post_on`` is the day the letter is delivered by Digital Post: then
    the last day to complain can be reckoned. ``delay`` and ``complaint`` stand in for the last ones of
    the case's course.
    """

    written_on: date | None = None
    by: DecisionMaker = DecisionMaker()
    digital_post_on: date | None = None
    answer_by: date | None = Field(
        default=None, description="when the citizen has an answer, where the standard does not say"
    )
    delay: DelayNotice | None = None
    hearing: HearingNotice = HearingNotice()
    complaint: Complaint | None = None
    order: OrderDetails = OrderDetails()
    suppliers: tuple[SupplierOffer, ...] = ()


NO_FACTS = LetterFacts()
"""Nothing beside the case."""

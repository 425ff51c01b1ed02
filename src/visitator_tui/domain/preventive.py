"""Preventive home visits (forebyggende hjemmebesøg, pp. 77-82): the citizens of the register and their talks.

A citizen of the register is a document of her own, not a case. She has no CPR number here: the list needs
name, birth date and address. Pages are Helsingør 2017's; who is offered a visit is reckoned in
``preventive_due``.
"""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

from .base import Model, Text
from .case import Address, Case, Citizen, Decision, DecisionMaker, Enquiry, OwnView
from .course import Consent, Course
from .finding import blank
from .standard_process import TalkGuide, TalkPoint
from .wording import long_date

KIND: Final = "preventive"
"""What the documents of the register are called in the store."""

VisitOutcome = Literal["held", "by_phone", "not_home", "declined"]
NextForm = Literal["visit", "phone", "reminder"]

OUTCOMES: Final[dict[VisitOutcome, str]] = {
    "held": "Besøg holdt",
    "by_phone": "Talt i telefon",
    "not_home": "Ikke hjemme",
    "declined": "Ønskede ikke besøg",
}
NEXT_FORMS: Final[dict[NextForm, str]] = {
    "visit": "Besøg",
    "phone": "Telefon",
    "reminder": "Erindringsbrev",
}
"""What the citizen is offered the next time, as judged after the visit (pp. 80-82)."""

FREE_POINT: Final = TalkPoint(id="samtale", name="Det, I talte om")
"""What there is to write under where the standard names nothing that the talk looks for."""


class PreventiveVisit(Model):
    """One offer and what came of it. ``notes`` is what was said under a focus point."""

    on: date
    outcome: VisitOutcome = "held"
    by: Text = ""
    notes: dict[str, Text] = {}
    agreed: Text = ""
    partners: Text = ""
    consent_to_contact: bool | None = None
    next_form: NextForm = "visit"
    asks_for_help: bool | None = None
    applied_for: Text = ""
    own_view: Text = ""
    case_id: str = ""

    @property
    def talked(self) -> bool:
        """Whether there was a talk."""
        return self.outcome in ("held", "by_phone")


class PreventiveCitizen(Model):
    """A citizen of the register. ``left_on``: the first import in which she was no longer found."""

    format: Literal["visitator-preventive/1"] = "visitator-preventive/1"
    name: Text
    birth_date: date
    address: Address = Address()
    lives_alone: bool | None = None
    gets_both: bool | None = None
    at_risk: bool | None = None
    left_on: date | None = None
    visits: tuple[PreventiveVisit, ...] = ()

    @property
    def last(self) -> PreventiveVisit | None:
        """The last offer."""
        return max(self.visits, key=lambda one: one.on, default=None)

    def with_visit(self, number: int, visit: PreventiveVisit) -> PreventiveCitizen:
        """The citizen with a visit put at its place, or added when ``number`` is their count."""
        visits = (*self.visits[:number], visit, *self.visits[number + 1 :])
        return self.model_copy(update={"visits": visits})


def lacks(visit: PreventiveVisit) -> tuple[str, ...]:
    """What the record of a visit lacks, in Danish (pp. 78 and 81): what was agreed, and leave to contact others."""
    found = []
    if visit.talked and blank(visit.agreed):
        found.append("Skriv, hvad der blev aftalt, også når det er, at intet skal ske (s. 78).")
    if not blank(visit.partners) and visit.consent_to_contact is not True:
        found.append("Andre må kun kontaktes, når borgeren har givet lov. Spørg, og skriv svaret (s. 81).")
    if visit.asks_for_help and blank(visit.applied_for):
        found.append("Borgeren søger hjælp: skriv, hvad der søges om (s. 81).")
    return tuple(found)


def talk_points(guide: TalkGuide | None, visit: PreventiveVisit) -> tuple[TalkPoint, ...]:
    """The points of a visit's talk; also those with notes that the standard does not name any more."""
    named = guide.points if guide else (FREE_POINT,)
    known = {one.id for one in named}
    kept = [key for key, text in visit.notes.items() if key not in known and not blank(text)]
    return (*named, *(TalkPoint(id=key, name=key.replace("_", " ").capitalize()) for key in kept))


def case_of(
    citizen: PreventiveCitizen,
    visit: PreventiveVisit,
    municipality: str,
    decides: DecisionMaker,
    guide: TalkGuide | None,
) -> Case:
    """The case of a citizen who asks for help at the visit, with what was gathered there (p. 81).

    Partners are named only where the citizen gave leave to contact them; what they may tell is then still
    to be obtained.
    """
    talked = [
        f"{one.name}: {text}"
        for one in talk_points(guide, visit)
        if (text := visit.notes.get(one.id, "").strip())
    ]
    told = [f"Søgt ved forebyggende hjemmebesøg {long_date(visit.on)}.", *talked]
    if not blank(visit.agreed):
        told.append(f"Aftalt ved besøget: {visit.agreed.strip()}")
    consents: tuple[Consent, ...] = ()
    if visit.consent_to_contact and not blank(visit.partners):
        consents = (Consent(source=visit.partners.strip(), allowed=True, asked_on=visit.on),)
    return Case(
        municipality=municipality,
        citizen=Citizen(
            name=citizen.name, birth_date=citizen.birth_date, address=citizen.address,
            lives_alone=citizen.lives_alone,
        ),
        enquiry=Enquiry(
            received_on=visit.on,
            from_="borgeren selv",
            text="\n".join(told),
            applied_for=tuple(one.strip() for one in visit.applied_for.splitlines() if one.strip()),
        ),
        own_view=OwnView(text=visit.own_view),
        course=Course(consents=consents),
        decision=Decision(by=decides),
    )  # fmt: skip

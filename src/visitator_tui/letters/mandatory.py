"""What a decision letter must hold, where that is demanded, and whether a letter holds it.

The register is data: tests walk through it, and the documentation is written from it. That the hearing of
the party (Forvaltningsloven § 19) was held is checked before the letter; here, that it is told of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from visitator_tui.domain.case import DecisionItem

from .complaint import covered, deadline, routes_with_items
from .deciding import former_extent
from .draft import Draft, Numbered, capital, clean, day
from .model import Facts, Letter, LevelProfile, Section

Lacks = Callable[[Letter, Draft], Iterator[str]]


@dataclass(frozen=True)
class Element:
    """One mandatory element: its name in Danish, its source, and a check that tells what lacks."""

    id: str
    name: str
    source: str
    lacks: Lacks


def _section_of(letter: Letter, number: int) -> Section | None:
    return next((section for section in letter.sections if section.about == number), None)


def _said_of(letter: Letter, number: int) -> str:
    section = _section_of(letter, number)
    return section.text if section else ""


def holds(text: str, part: str) -> bool:
    """Whether a text that was typed stands in the letter, whatever stop was put after it."""
    wanted = clean(part).rstrip(".")
    return bool(wanted) and wanted[1:] in text


def _result(letter: Letter, draft: Draft) -> Iterator[str]:
    said = letter.said("result")
    for _, item in draft.items:
        if draft.name(item) not in said:
            yield f"»{draft.name(item)}« står ikke i afgørelsens resultat"


def _every_item(letter: Letter, draft: Draft) -> Iterator[str]:
    if not draft.items:
        yield "afgørelsen har ingen punkter"
    for number, item in draft.items:
        section = _section_of(letter, number)
        if section is None or section.role != item.outcome:
            yield f"»{draft.name(item)}« har intet udfald"


def _each(items: Numbered, letter: Letter, field: str) -> Iterator[DecisionItem]:
    """The items whose section does not hold the text of a field of the decision."""
    for number, item in items:
        if not holds(_said_of(letter, number), str(getattr(item, field))):
            yield item


def _reasons(letter: Letter, draft: Draft) -> Iterator[str]:
    for item in _each(draft.items, letter, "reason"):
        yield f"»{draft.name(item)}« mangler begrundelse"


def _exceptions(letter: Letter, draft: Draft) -> Iterator[str]:
    outside = tuple((number, item) for number, item in draft.given if clean(item.professional_reason))
    for item in _each(outside, letter, "professional_reason"):
        yield f"»{draft.name(item)}« mangler den faglige begrundelse"


def _refused_part(letter: Letter, draft: Draft) -> Iterator[str]:
    for item in _each(draft.decided("partly"), letter, "refused_part"):
        yield f"»{draft.name(item)}« mangler det, der er givet afslag på"


def _until_now(letter: Letter, draft: Draft) -> Iterator[str]:
    """A change or a stop tells the former extent, the day, and what is different now."""
    items = draft.decided("changed") + draft.decided("stopped")
    for item in _each(items, letter, "changed_because"):
        yield f"»{draft.name(item)}« mangler det, der er anderledes nu"
    for number, item in items:
        said = _said_of(letter, number)
        when = item.ends_on if item.outcome == "stopped" else item.start_on
        if not holds(said, former_extent(item)):
            yield f"»{draft.name(item)}« mangler det hidtidige omfang"
        if when is None or day(when) not in said:
            yield f"»{draft.name(item)}« mangler den dag, det sker"


def _heard(letter: Letter, draft: Draft) -> Iterator[str]:
    hearing = draft.case.decision.hearing
    if hearing.needed and hearing.held_on and day(hearing.held_on) not in letter.said("own_view"):
        yield "partshøringen mangler"


def _replaces(letter: Letter, draft: Draft) -> Iterator[str]:
    old = draft.case.decision.corrects.decided_on
    if old is not None and day(old) not in letter.said("result"):
        yield "den afgørelse, som denne træder i stedet for"


def _law(letter: Letter, draft: Draft) -> Iterator[str]:
    for number, item in draft.items:
        law = draft.law(item)
        if not law or law not in _said_of(letter, number):
            yield f"»{draft.name(item)}« mangler lovgrundlag"


def _considerations(letter: Letter, draft: Draft) -> Iterator[str]:
    if not holds(letter.said("facts"), draft.case.summary.text):
        yield "den samlede vurdering mangler"
    said = letter.said("facts")
    if not any(one.label in said for one in draft.standard.activity_by_id.values()):
        yield "de oplysninger, der er lagt vægt på, mangler"


def _own_words(letter: Letter, draft: Draft) -> Iterator[str]:
    if not holds(letter.said("own_view"), draft.case.own_view.text):
        yield "det, borgeren selv har fortalt, mangler"


def _purpose_and_goal(letter: Letter, draft: Draft) -> Iterator[str]:
    for item in _each(draft.given, letter, "purpose"):
        yield f"»{draft.name(item)}« mangler formål"
    for number, item in draft.given:
        goal = draft.standard.goal_by_id.get(item.goal or draft.case.summary.goal or "")
        if goal is None or goal.name not in _said_of(letter, number):
            yield f"»{draft.name(item)}« mangler retningsgivende mål"


def _extent_and_start(letter: Letter, draft: Draft) -> Iterator[str]:
    for number, item in draft.given:
        section = _section_of(letter, number)
        tables = [block for block in section.blocks if isinstance(block, Facts)] if section else []
        labels = (draft.say("item.extent"), draft.say("item.new_extent"))
        if not any(table.value(label) for table in tables for label in labels):
            yield f"»{draft.name(item)}« mangler omfang"
        if item.start_on is None or day(item.start_on) not in _said_of(letter, number):
            yield f"»{draft.name(item)}« mangler startdato"


def _whom_to_contact(letter: Letter, draft: Draft) -> Iterator[str]:
    said = letter.said("reliability")
    if draft.given and not (draft.unit in said and draft.contact in said):
        yield "hvem borgeren kan kontakte"


def _supplier(letter: Letter, draft: Draft) -> Iterator[str]:
    if draft.given and not letter.said("supplier"):
        yield "oplysning om valg af leverandør"


def _guidance(letter: Letter, draft: Draft) -> Iterator[str]:
    """Every route with its body, its deadline if it has one, and the items it is about."""
    tables = [
        block
        for section in letter.having("complaint")
        for block in section.blocks
        if isinstance(block, Facts) and block.value(draft.say("complaint.body"))
    ]
    only = len(routes_with_items(draft)) == 1
    for _, item in draft.items:
        name = draft.name(item)
        everything = covered(draft, (name,), only)
        own = [
            table for table in tables if everything in table.value(draft.say("complaint.covers")).split("\n")
        ]
        if not own:
            yield f"»{name}« mangler klageadgang"
        stated = {table.value(draft.say("complaint.deadline")) for table in own}
        for route in draft.routes(item):
            if deadline(draft, route) not in stated:
                yield f"klageadgangen »{route.name}« mangler sin frist"


def _stands(letter: Letter, draft: Draft) -> Iterator[str]:
    if draft.say("complaint.stands") not in letter.said("complaint"):
        yield "at afgørelsen gælder, mens en klage behandles"


def _sender(letter: Letter, draft: Draft) -> Iterator[str]:
    decision, said = draft.case.decision, letter.said("signature")
    if not holds(said, decision.by.name):
        yield "navnet på den, der har truffet afgørelsen"
    if decision.decided_on is None or day(decision.decided_on) not in said:
        yield "datoen for afgørelsen"
    if draft.unit not in said or draft.municipality not in said:
        yield "hvilken enhed i kommunen der har truffet afgørelsen"


def lacks_recipient(letter: Letter, draft: Draft) -> Iterator[str]:
    """Whether the citizen's name or address is not behind the window."""
    if not letter.recipient or clean(draft.case.citizen.name) not in letter.recipient[0]:
        yield "borgerens navn"
    if len(letter.recipient) < 3:
        yield "borgerens adresse"


def _enclosure(letter: Letter, draft: Draft) -> Iterator[str]:
    if not draft.goes_against:
        return
    enclosed = letter.having("assessment")
    said = letter.said("assessment")
    areas = all(capital(area.name) in said for area in draft.standard.areas if area.activities)
    charted = any(isinstance(block, LevelProfile) for section in enclosed for block in section.blocks)
    if not areas or not (charted or not draft.case.scores):
        yield "vurderingen af funktionsevnen skal lægges ved, når afgørelsen går borgeren imod"


ELEMENTS: tuple[Element, ...] = (
    Element("recipient", "Modtager", "Forvaltningsloven § 32 b", lacks_recipient),
    Element("result", "Skriftligt resultat", "Serviceloven § 89, ældreloven § 29", _result),
    Element("every_item", "Svar på hver ansøgning", "Serviceloven § 88", _every_item),
    Element("reasons", "Begrundelse", "Forvaltningsloven § 22, Helsingør 2017 s. 21", _reasons),
    Element("exceptions", "Begrundelse for undtagelse", "Helsingør 2017 s. 21", _exceptions),
    Element("refused_part", "Det, der er givet afslag på", "Serviceloven § 88", _refused_part),
    Element("until_now", "Hidtidig hjælp, dato og ændring", "Forvaltningsloven § 24", _until_now),
    Element("replaces", "Den tidligere afgørelse", "Forvaltningsloven § 24", _replaces),
    Element("heard", "Partshøring", "Forvaltningsloven § 19", _heard),
    Element("law", "Lovgrundlag", "Forvaltningsloven § 24, stk. 1", _law),
    Element("considerations", "Hovedhensyn og faktum", "Forvaltningsloven § 24, stk. 1-2", _considerations),
    Element("own_words", "Borgerens egne oplysninger", "Helsingør 2017 s. 16 og 21", _own_words),
    Element(
        "goals", "Formål og mål", "Serviceloven § 83, stk. 5, Helsingør 2017 s. 21-22", _purpose_and_goal
    ),
    Element("extent", "Omfang og start", "Serviceloven § 89, Helsingør 2017 s. 24 og 26", _extent_and_start),
    Element("contact", "Kontakt, hvis hjælpen udebliver", "Serviceloven § 90, stk. 2", _whom_to_contact),
    Element("supplier", "Valg af leverandør", "Serviceloven § 91, ældreloven § 18", _supplier),
    Element("complaint", "Klagevejledning", "Forvaltningsloven § 25, retssikkerhedsloven § 66", _guidance),
    Element("stands", "Klagens virkning", "Retssikkerhedsloven § 72", _stands),
    Element("sender", "Afsender", "Forvaltningsloven § 32 b", _sender),
    Element("enclosure", "Bilag", "Helsingør 2017 s. 21", _enclosure),
)
"""Every mandatory element (domain: "Mandatory elements of a decision letter")."""

"""What every kind of letter must hold, where that is demanded, and whether a letter holds it.

The decision's own register stands in ``mandatory``; an upheld complaint's letter holds a whole new decision.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from visitator_tui.domain.letter_facts import LetterKind
from visitator_tui.domain.letter_needs import ordered_of

from .deciding import applications, granted_extent
from .draft import Draft, clean, day
from .mandatory import ELEMENTS, Element, holds, lacks_recipient
from .model import Facts, Letter

_DEADLINE = "Retssikkerhedsloven § 3"
_COMPLAINT = "Retssikkerhedsloven § 66"
_HEARING = "Forvaltningsloven § 19"
_SENDER = "Forvaltningsloven § 32 b"
_ORDER = "Helsingør 2017 s. 32"
_CHOICE = "Helsingør 2017 s. 25, serviceloven § 91, ældreloven § 18"


def missing(letter: Letter, draft: Draft) -> tuple[str, ...]:
    """What the letter lacks of what its kind must hold, in Danish, with the source; empty when it is whole."""
    return tuple(
        f"{element.name}: {lack} ({element.source})"
        for element in elements_of(letter)
        for lack in element.lacks(letter, draft)
    )


def elements_of(letter: Letter) -> tuple[Element, ...]:
    """The elements a letter must hold."""
    decides = letter.kind == "genvurdering" and letter.having("result")
    return (*BY_KIND[letter.kind], *(ELEMENTS if decides else ()))


def _told(what: str, part: Callable[[Letter, Draft], bool]) -> Callable[[Letter, Draft], Iterator[str]]:
    """A check that one thing is told; ``what`` is said when it is not."""

    def lacks(letter: Letter, draft: Draft) -> Iterator[str]:
        if not part(letter, draft):
            yield what

    return lacks


def _sender(letter: Letter, draft: Draft) -> bool:
    said = letter.said("signature")
    return draft.unit in said and draft.municipality in said


def _applications(letter: Letter, draft: Draft) -> bool:
    return all(name in letter.said("opening") for name in applications(draft))


def _received(letter: Letter, draft: Draft) -> bool:
    received = draft.case.enquiry.received_on
    return received is not None and day(received) in letter.said("opening")


def _answer_by(letter: Letter, draft: Draft) -> bool:
    tables = [block for section in letter.having("deadline") for block in section.blocks]
    stated = [block for block in tables if isinstance(block, Facts)]
    return all(any(table.value(name) for table in stated) for name in applications(draft))


def _hearing_day(letter: Letter, draft: Draft) -> bool:
    answer_by = draft.case.decision.hearing.answer_by
    return answer_by is not None and day(answer_by) in letter.said("answering")


def _outcome(letter: Letter, draft: Draft) -> bool:
    outcomes = ("upheld", "partly_upheld", "not_upheld")
    return any(draft.say(f"reassessment.{outcome}") in letter.said("reassessed") for outcome in outcomes)


def _sent_on(letter: Letter, draft: Draft) -> bool:
    upheld = draft.say("reassessment.upheld") in letter.said("reassessed")
    return upheld or draft.say("reassessment.wait") in letter.said("reassessed")


def _master_data(letter: Letter, draft: Draft) -> bool:
    said = letter.said("master_data")
    citizen = draft.case.citizen
    return all(holds(said, part) for part in (citizen.name, citizen.address.street))


def _levels(letter: Letter, draft: Draft) -> bool:
    said = letter.said("assessment").lower()
    known, states = draft.standard.area_of_activity, draft.case.assessment.areas
    relevant = [
        one
        for one in draft.case.scores
        if one in known and not ((state := states.get(known[one].id)) and state.relevant is False)
    ]
    return all(draft.standard.activity_by_id[one].label.lower() in said for one in relevant)


def _ordered(letter: Letter, draft: Draft) -> bool:
    said = letter.said("services")
    named = [item for _, item in ordered_of(draft.case, draft.facts) if draft.name(item) in said]
    return bool(named) and all(holds(said, granted_extent(draft, item)) for item in named)


def _decided(letter: Letter, draft: Draft) -> bool:
    said = letter.said("decided")
    return all(
        one.decided_on is not None and day(one.decided_on) in said and clean(one.by.name) in said
        for one, _ in ordered_of(draft.case, draft.facts)
    )


def _given(letter: Letter, draft: Draft) -> bool:
    return all(draft.name(item) in letter.said("opening") for _, item in draft.given)


def _has(*roles: str) -> Callable[[Letter, Draft], bool]:
    """Whether sections with these roles say something below their heading."""

    def part(letter: Letter, draft: Draft) -> bool:
        del draft
        sections = [section for section in letter.sections if section.role in roles]
        return {section.role for section in sections} == set(roles) and all(
            len(s.blocks) > 1 for s in sections
        )

    return part


_TO_CITIZEN = Element("recipient", "Modtager", _SENDER, lacks_recipient)
_FROM = Element("sender", "Afsender", _SENDER, _told("hvilken enhed i kommunen der skriver", _sender))


def _element(
    identity: str, name: str, source: str, what: str, part: Callable[[Letter, Draft], bool]
) -> Element:
    return Element(identity, name, source, _told(what, part))


BY_KIND: dict[LetterKind, tuple[Element, ...]] = {
    "afgoerelse": ELEMENTS,
    "kvittering": (
        _TO_CITIZEN,
        _element("applications", "Det, der er søgt om", "Serviceloven § 88", "ansøgningerne", _applications),
        _element("received", "Modtaget", _DEADLINE, "datoen for henvendelsen", _received),
        _element("answer_by", "Frist", _DEADLINE, "hvornår hver ansøgning får svar", _answer_by),
        _element("next", "Det videre forløb", "Helsingør 2017 s. 15", "hvad der sker nu", _has("next")),
        _FROM,
    ),
    "forsinkelse": (
        _TO_CITIZEN,
        _element("new_day", "Ny dato og årsag", f"{_DEADLINE}, stk. 2", "hvornår der kommer svar", _has("deadline")),
        _FROM,
    ),
    "partshoering": (
        _TO_CITIZEN,
        _element("information", "Oplysningerne", _HEARING, "de oplysninger, borgeren skal se", _has("information")),
        _element("answer_day", "Frist for svar", f"{_HEARING}, stk. 1", "hvornår borgeren kan svare", _hearing_day),
        _FROM,
    ),
    "genvurdering": (
        _TO_CITIZEN,
        _element("outcome", "Resultat", _COMPLAINT, "hvad genvurderingen førte til", _outcome),
        _element("complained", "Klagen", _COMPLAINT, "hvad borgeren klagede over", _has("complained")),
        _element("grounds", "Begrundelse", "Forvaltningsloven § 22", "begrundelsen", _has("considering")),
        _element("sent_on", "Sendt videre", _COMPLAINT, "at klagen er sendt til Ankestyrelsen", _sent_on),
        _FROM,
    ),
    "oversendelse": (
        _element("parties", "Sagen", _COMPLAINT, "hvem der klager, og over hvad", _has("master_data")),
        _element("complaint", "Klagen", _COMPLAINT, "klagen", _has("complained")),
        _element("view", "Genvurderingen", _COMPLAINT, "kommunens begrundelse", _has("reassessed")),
        _element("papers", "Bilag", _COMPLAINT, "sagens papirer", _has("enclosures")),
        _FROM,
    ),
    "bestilling": (
        _element("master_data", "Stamdata", _ORDER, "borgerens navn og adresse", _master_data),
        _element("services", "Visiterede ydelser", _ORDER, "hjælpen og dens omfang", _ordered),
        _element("levels", "Funktionsvurdering", _ORDER, "funktionsniveauerne", _levels),
        _element("decision", "Afgørelse", _ORDER, "hvem der har truffet afgørelsen, og hvornår", _decided),
        _FROM,
    ),
    "leverandoervalg": (
        _TO_CITIZEN,
        _element("help", "Hjælpen", _CHOICE, "den hjælp, der kan vælges leverandør til", _given),
        _element("choice", "Valget", _CHOICE, "hvem der kan vælges", _has("choosing")),
        _element("change", "Skift af leverandør", "Helsingør 2017 s. 25", "hvordan man skifter", _has("next")),
        _FROM,
    ),
}  # fmt: skip
"""The elements of every kind."""

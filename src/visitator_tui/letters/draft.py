"""What every part of a letter is written from: the case, its standard, the letterhead and the texts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from visitator_tui.domain.case import Case, DecisionItem
from visitator_tui.domain.completeness import item_name
from visitator_tui.domain.decision_maker import DecisionMaker
from visitator_tui.domain.law_case import letter_law
from visitator_tui.domain.law_rules import LawRegister
from visitator_tui.domain.letter_facts import NO_FACTS, LetterFacts
from visitator_tui.domain.standard import ComplaintRoute, Goal, Standard
from visitator_tui.domain.wording import joined, long_date
from visitator_tui.domain.workdays import Calendar, DanishCalendar
from visitator_tui.usecases.ports import Letterhead

from .texts import Texts

Outcome = Literal["granted", "partly", "changed", "stopped", "refused"]
"""What was decided, of an item or of them all."""

OUTCOMES: tuple[Outcome, ...] = ("granted", "partly", "changed", "stopped", "refused")
"""In the order in which a letter tells of them."""

Numbered = tuple[tuple[int, DecisionItem], ...]
"""Items of the decision, each with its number there."""

FEW = 3
"""So many names still read well inside a sentence."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b\u2060\ufeff]")
_SPACES = re.compile(r"[ \t]+")


@dataclass(frozen=True)
class Draft:
    """The material of one letter, and the wordings that several parts share."""

    case: Case
    standard: Standard
    letterhead: Letterhead
    texts: Texts
    facts: LetterFacts = NO_FACTS
    calendar: Calendar = field(default_factory=DanishCalendar)
    register: LawRegister | None = None
    """The law as dated data; without it the standard's own references are printed."""

    def say(self, name: str, /, **values: object) -> str:
        """A text of the template file, filled in."""
        return self.texts.say(name, **values)

    @cached_property
    def outcome(self) -> Outcome:
        """What was decided of them all: the same of each, or ``partly``; ``changed`` where running help is in it."""
        found = {item.outcome for _, item in self.items}
        if len(found) == 1 and (only := next(iter(found))) is not None:
            return only
        return "changed" if found & {"changed", "stopped"} else "partly"

    @cached_property
    def items(self) -> Numbered:
        """The items of the decision with their numbers."""
        return tuple(enumerate(self.case.decision.items))

    def decided(self, outcome: Outcome) -> Numbered:
        """The items with this outcome, with their numbers in the decision."""
        return tuple((number, item) for number, item in self.items if item.outcome == outcome)

    @cached_property
    def given(self) -> Numbered:
        """The items that the citizen has help by from now on."""
        return tuple((number, item) for number, item in self.items if item.gives_help)

    @cached_property
    def goes_against(self) -> bool:
        """Whether any item goes against the citizen."""
        return any(item.goes_against for _, item in self.items)

    @cached_property
    def encloses(self) -> bool:
        """Whether the function assessment is enclosed (p. 21)."""
        return self.goes_against or self.case.decision.enclose_assessment

    @property
    def writer(self) -> DecisionMaker:
        """Who writes the letter: another than who decides where the facts name one."""
        return self.facts.by if clean(self.facts.by.name) else self.case.decision.by

    def name(self, item: DecisionItem) -> str:
        """What an item is called in the letter."""
        return capital(clean(item_name(item, self.standard)))

    def law(self, item: DecisionItem) -> str:
        """The legal basis of an item in words; for help the catalogue does not know, what was written."""
        refs = letter_law(self.case, item, self.standard, self.register)
        return capital(joined([str(ref) for ref in refs]) if refs else clean(item.law).rstrip("."))

    def routes(self, item: DecisionItem) -> tuple[ComplaintRoute, ...]:
        """Where a decision on the item can be appealed.

        Help that the catalogue does not know goes the law's general way: the first route that stands
        in the law, or the first of all where the standard names every route itself.
        """
        if item.delydelse in self.standard.delydelse_by_id:
            return self.standard.routes_of(item.delydelse)
        routes = self.standard.complaint_routes
        return (next((route for route in routes if route.origin == "law"), routes[0]),)

    @cached_property
    def contact(self) -> str:
        """How to reach the unit, as it follows the unit's name: ``på telefon ... eller i Digital Post``."""
        ways = []
        if self.letterhead.phone:
            ways.append(self.say("contact.phone", phone=self.letterhead.phone))
        if self.letterhead.email:
            ways.append(self.say("contact.email", email=self.letterhead.email))
        ways.append(self.say("contact.digital_post"))
        return joined(ways, "eller")

    def goal_meaning(self, goal: Goal) -> str:
        """What a retningsgivende mål means, said to the citizen."""
        return self.texts.known(f"goals.{goal.id}") or sentence(goal.meaning)

    @property
    def unit(self) -> str:
        """The unit that decides."""
        return self.letterhead.unit or self.standard.unit

    @property
    def municipality(self) -> str:
        """The municipality's name."""
        return self.letterhead.municipality or self.standard.municipality_name

    @cached_property
    def level_names(self) -> dict[int, str]:
        """Level -> what it is called, as it reads inside a sentence."""
        return {level.level: lower(level.name) for level in self.standard.levels}


def clean(text: str) -> str:
    """Text as it can be set: composed letters, no control characters, single spaces, no empty lines."""
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    lines = (_SPACES.sub(" ", _CONTROL.sub("", line)).strip() for line in composed.split("\n"))
    return "\n".join(line for line in lines if line)


def sentence(text: str) -> str:
    """Cleaned text that begins with a capital and ends with a stop."""
    found = capital(clean(text))
    return found if not found or found[-1] in ".!?:" else f"{found}."


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def lower(text: str) -> str:
    """The text with a small first letter, unless it begins with an abbreviation (``E Rehab``, ``T44``)."""
    return text if len(text) > 1 and not text[1].islower() else text[:1].lower() + text[1:]


def quoted(names: Iterable[str]) -> str:
    """``»a«, »b« og »c«``."""
    return joined([f"»{name}«" for name in names])


def day(when: date) -> str:
    """A date in the letter."""
    return long_date(when)

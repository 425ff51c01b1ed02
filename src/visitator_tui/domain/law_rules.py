"""The register of law references as data: rules with dates, ages and the people they are for.

The content is a dated file. Nothing in the program knows a paragraph by number: which rule gives way
to which, from when and for whom, all stands in the file.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from .base import Model
from .criteria import Id
from .law import LawRef
from .law_flaws import FlawedLawError, flaws

Verification = Literal["verified", "seen", "not_verified"]
"""Read in the act itself; read about elsewhere or in part; neither."""

PENSION_AGE = "folkepensionsalder"


def _age(value: object) -> object:
    if value != PENSION_AGE and (isinstance(value, bool) or not isinstance(value, int)):
        raise ValueError(f"det skal være et antal hele år eller ordet {PENSION_AGE}")
    if isinstance(value, int) and not 0 <= value <= 120:
        raise ValueError("alderen skal ligge mellem 0 og 120 år")
    return value


Age = Annotated[int | str, BeforeValidator(_age)]
"""Whole years, or the word for folkepensionsalderen, which depends on the birth date."""


class Sourced(Model):
    """A statement about the law with its source; ``doubt`` says what is still to be checked."""

    source: str = Field(min_length=1)
    verification: Verification
    doubt: str | None = None

    @model_validator(mode="after")
    def _says_what_is_unchecked(self) -> Sourced:
        if self.verification == "not_verified" and not self.doubt:
            raise ValueError("en regel, der ikke er kontrolleret, skal sige hvad der mangler (doubt)")
        return self


class PensionBand(Model):
    """The age for those born from a day on, until the next band; the first band has no day."""

    born_from: date | None = None
    years: int = Field(ge=50, le=90)
    months: int = Field(default=0, ge=0, le=11)


class PensionAge(Sourced):
    """Folkepensionsalderen by birth date."""

    bands: tuple[PensionBand, ...] = Field(min_length=1)

    def reached_on(self, birth_date: date) -> date:
        """The day on which somebody born on ``birth_date`` reaches folkepensionsalderen."""
        band = [one for one in self.bands if one.born_from is None or one.born_from <= birth_date][-1]
        return birthday(birth_date, band.years, band.months)


def birthday(birth_date: date, years: int, months: int = 0) -> date:
    """The day on which an age is reached; where the month has no such day, its last."""
    more, month = divmod(birth_date.month - 1 + months, 12)
    year, month = min(birth_date.year + years + more, date.max.year), month + 1
    return date(year, month, min(birth_date.day, monthrange(year, month)[1]))


class AgeWindow(Model):
    """From an age that is reached (``minimum``) to one that is not (``below``)."""

    minimum: Age | None = None
    below: Age | None = None

    @model_validator(mode="after")
    def _has_an_end(self) -> AgeWindow:
        if self.minimum is None and self.below is None:
            raise ValueError("skriv minimum, below eller begge")
        return self


class Question(Model):
    """A fact about the citizen that decides which law applies; answered yes, no or not yet.

    ``told_by`` are rules that tell it by themselves: help granted under one of them means yes.
    """

    id: Id
    text: str
    note: str | None = None
    told_by: tuple[LawRef, ...] = ()


class Group(Sourced):
    """People an act is for: from an age, unless an answer decides otherwise.

    ``decided_by`` settles it both ways, ``shut_out_by`` excludes. ``presumed`` is what the visitator
    is told while only the age speaks.
    """

    id: Id
    name: str
    valid_from: date
    minimum: Age
    decided_by: Id
    shut_out_by: Id
    presumed: str
    law: LawRef


class Lapse(Model):
    """When decisions made under the earlier rule end, and from when this was known."""

    lapses_on: date
    known_from: date
    what: str
    law: LawRef


class NotFor(Model):
    """A group the rule is not for from a day on, and what applies to it instead (the first by default)."""

    group: Id
    valid_from: date
    instead: tuple[LawRef, ...] = ()
    law: LawRef | None = None
    lapse: Lapse | None = None
    doubt: str | None = None


class LawChange(Sourced):
    """A change that does not end the rule but calls for a second look from that day on."""

    on: date
    what: str


class LawRule(Sourced):
    """One rule in one wording: what it is about, when it applies, and to whom.

    ``otherwise`` applies to those whom ``only_for`` leaves out, and before the rule came into force;
    ``replaced_by`` applies after its last day. ``items`` are words in the name of help that show
    that this part of the paragraph is meant where only the paragraph is named. ``offer`` marks a rule by
    which everybody of its ages is offered a preventive visit: every year, once, or where there is need.
    """

    act: str
    paragraph: str | None = None
    stk: str | None = None
    nr: str | None = None
    about: str
    valid_from: date
    valid_to: date | None = None
    ages: tuple[AgeWindow, ...] = ()
    requires: tuple[Id, ...] = ()
    only_for: Id | None = None
    otherwise: tuple[LawRef, ...] = ()
    not_for: tuple[NotFor, ...] = ()
    replaced_by: tuple[LawRef, ...] = ()
    items: tuple[str, ...] = ()
    offer: Literal["yearly", "once", "by_need"] | None = None
    changes: tuple[LawChange, ...] = ()
    transition: str | None = None
    note: str | None = None

    @cached_property
    def ref(self) -> LawRef:
        """What the rule is cited as."""
        return LawRef(act=self.act, paragraph=self.paragraph, stk=self.stk, nr=self.nr)

    def in_force(self, on: date) -> bool:
        """Whether the rule is in force on a day, for whomever it is for."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def names_one_of(self, names: tuple[str, ...]) -> bool:
        """Whether the help's names hold one of the rule's words."""
        return any(word.casefold() in name.casefold() for word in self.items for name in names)


class LawRegister(Model):
    """The whole register: a file of the format ``visitator-law/1``."""

    format: Literal["visitator-law/1"]
    checked_on: date
    pension_age: PensionAge
    questions: tuple[Question, ...] = ()
    groups: tuple[Group, ...] = ()
    rules: tuple[LawRule, ...] = Field(min_length=1)

    @cached_property
    def group_by_id(self) -> dict[str, Group]:
        """Every group by id."""
        return {group.id: group for group in self.groups}

    @cached_property
    def question_by_id(self) -> dict[str, Question]:
        """Every question by id; a case answers them under ``answers``."""
        return {question.id: question for question in self.questions}

    @cached_property
    def _rules_at(self) -> dict[tuple[str, str | None], tuple[LawRule, ...]]:
        places: dict[tuple[str, str | None], list[LawRule]] = {}
        for rule in self.rules:
            places.setdefault((rule.act, rule.paragraph), []).append(rule)
        return {place: tuple(rules) for place, rules in places.items()}

    def rules_at(self, ref: LawRef) -> tuple[LawRule, ...]:
        """The rules of a reference's paragraph, its parts and wordings, in the order of the file."""
        return self._rules_at.get((ref.act, ref.paragraph), ())

    @model_validator(mode="after")
    def _holds_together(self) -> LawRegister:
        found = tuple(flaws(self))
        if found:
            raise FlawedLawError(found)
        return self

"""Which law applies to this citizen on this date, which does not, and what applies instead.

Pure functions over a LawRegister. ``names`` are the names of the help: where a catalogue names only a
paragraph, they tell which part of it is meant (madservice in serviceloven § 83).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from .law import LawRef
from .law_judgement import NO_FACTS, Facts, Person, Status, judge, member_of, pick, rules_for
from .law_rules import Group, Lapse, LawRegister, LawRule


@dataclass(frozen=True)
class Applicability:
    """Whether a reference may be cited for a citizen on a date, why, and what to cite instead.

    ``rule`` is the rule behind what is to be cited (the reference's own or the other's), or the one
    that was judged where nothing can be cited. ``unmet``: it is the right rule, but the citizen does
    not meet its condition. ``presumed`` is the group that only the age speaks for.
    """

    ref: LawRef
    status: Status
    why: str
    instead: LawRef | None = None
    rule: LawRule | None = None
    presumed: Group | None = None
    doubts: tuple[str, ...] = ()
    unmet: bool = False

    @property
    def may_be_cited(self) -> bool:
        """Whether the reference itself may stand in a letter that grants help."""
        return self.status in ("applies", "age_missing", "unknown")

    @property
    def cited(self) -> LawRef | None:
        """What a letter that grants help cites for the reference; None where nothing is known to apply."""
        return self.ref if self.may_be_cited else self.instead

    @property
    def cited_in_refusal(self) -> LawRef | None:
        """The same for a letter that refuses: a condition the citizen does not meet is the reason."""
        return self.ref if self.unmet else self.cited

    @property
    def explanation(self) -> str:
        """Why, and what applies instead, in Danish."""
        return f"{self.why} I stedet gælder {self.instead}." if self.instead else self.why

    @property
    def source(self) -> str:
        """Where the register has it from."""
        return self.rule.source if self.rule else ""


@dataclass(frozen=True)
class ItemLaw:
    """The legal basis of one decision item, judged reference by reference."""

    judged: tuple[Applicability, ...]

    @property
    def may(self) -> tuple[LawRef, ...]:
        """The references that may be cited as they stand."""
        return tuple(one.ref for one in self.judged if one.may_be_cited)

    @property
    def must_not(self) -> tuple[Applicability, ...]:
        """Those that must not be cited, each with what applies instead."""
        return tuple(one for one in self.judged if not one.may_be_cited)

    def cited(self, refused: bool = False) -> tuple[LawRef, ...]:
        """What the letter prints, each rule once; empty when nothing is known to apply."""
        found = (one.cited_in_refusal if refused else one.cited for one in self.judged)
        return tuple(dict.fromkeys(ref for ref in found if ref))


class Lapsing(NamedTuple):
    """Help that was decided under a rule which has given way, and when it ends."""

    ref: LawRef
    lapse: Lapse


def applies(
    register: LawRegister,
    ref: LawRef,
    on: date,
    birth_date: date | None = None,
    facts: Facts = NO_FACTS,
    names: tuple[str, ...] = (),
) -> Applicability:
    """Whether ``ref`` applies to the citizen on a date; if not, what does."""
    person = Person(on, birth_date, facts)
    first = judge(register, ref, person, names)
    doubts = first.doubts
    instead, rule, presumed = None, first.rule, first.presumed
    tried, candidates = {ref}, first.candidates
    while candidates:
        picked = pick(register, candidates, names)
        if picked in tried:
            break
        tried.add(picked)
        then = judge(register, picked, person, names)
        doubts += then.doubts
        presumed = presumed or then.presumed
        if then.status == "applies":
            instead, rule = picked, then.rule
            break
        if then.status == "undetermined":
            return Applicability(ref, then.status, then.why, rule=then.rule)
        candidates = then.candidates
    return Applicability(ref, first.status, first.why, instead, rule, presumed, doubts, first.unmet)


def law_for_item(
    register: LawRegister,
    refs: tuple[LawRef, ...],
    on: date,
    birth_date: date | None = None,
    facts: Facts = NO_FACTS,
    names: tuple[str, ...] = (),
) -> ItemLaw:
    """Which references of an item may be cited for the citizen on the date, and which must not."""
    return ItemLaw(tuple(applies(register, ref, on, birth_date, facts, names) for ref in refs))


def cited(
    register: LawRegister,
    refs: tuple[LawRef, ...],
    on: date,
    birth_date: date | None = None,
    facts: Facts = NO_FACTS,
    names: tuple[str, ...] = (),
    refused: bool = False,
) -> tuple[LawRef, ...]:
    """The legal basis a letter prints: the standard's where it applies, else what applies instead.

    Empty when nothing is known to apply, or when it cannot be told without the birth date.
    """
    return law_for_item(register, refs, on, birth_date, facts, names).cited(refused)


def parts(
    register: LawRegister,
    ref: LawRef,
    on: date,
    birth_date: date | None = None,
    facts: Facts = NO_FACTS,
) -> tuple[LawRule, ...]:
    """The parts of ``ref`` with a condition of their own that the citizen meets on the date.

    For serviceloven § 79 a: which visits somebody of that age is to be offered. A part with a question
    that has not been answered is among them.
    """
    person = Person(on, birth_date, facts)
    return tuple(
        rule
        for rule in register.rules_at(ref)
        if rule.ref != ref and ref.covers(rule.ref) and rule.in_force(on)
        if (rule.ages or rule.requires) and judge(register, rule.ref, person, ()).status == "applies"
    )


def lapsing(
    register: LawRegister,
    refs: tuple[LawRef, ...],
    decided_on: date,
    today: date,
    birth_date: date | None = None,
    facts: Facts = NO_FACTS,
) -> tuple[Lapsing, ...]:
    """Which help decided under ``refs`` on a day lapses because another act has taken over.

    Empty before it was known, and for citizens whom the other act is not for.
    """
    found: dict[LawRef, Lapse] = {}
    for ref in refs:
        for rule in rules_for(register, ref, ()):
            if not rule.in_force(decided_on):
                continue
            for not_for in rule.not_for:
                lapse = not_for.lapse
                if lapse is None or today < lapse.known_from or decided_on >= not_for.valid_from:
                    continue
                then = Person(max(today, not_for.valid_from), birth_date, facts)
                if member_of(register, register.group_by_id[not_for.group], then).answer:
                    found.setdefault(ref, lapse)
    return tuple(Lapsing(ref, lapse) for ref, lapse in found.items())

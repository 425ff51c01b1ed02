"""One reference judged by itself: in force, for this citizen, at this age."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from .law import LawRef
from .law_rules import PENSION_AGE, Age, AgeWindow, Group, LawRegister, LawRule, birthday
from .wording import joined, long_date

Facts = Mapping[str, bool | None]
"""Answers to the register's questions by id; None or absent is not known."""

NO_FACTS: Facts = {}

Status = Literal[
    "applies",
    "not_yet",
    "no_longer",
    "not_for_age",
    "not_for_citizen",
    "age_missing",
    "undetermined",
    "unknown",
]
"""``age_missing``: the rule sets an age and the birth date is not known. ``undetermined``: without the
birth date it cannot be told which law applies at all. ``unknown``: the register does not have the rule."""


@dataclass(frozen=True)
class Person:
    """Who and when: what the applicability of a rule depends on."""

    on: date
    birth_date: date | None
    facts: Facts


class Verdict(NamedTuple):
    """The judgement of one reference; ``candidates`` may apply instead, the first by default.

    ``unmet``: the rule is the right one, but the citizen does not meet its condition.
    """

    status: Status
    why: str
    rule: LawRule | None = None
    candidates: tuple[LawRef, ...] = ()
    presumed: Group | None = None
    doubts: tuple[str, ...] = ()
    unmet: bool = False


class Membership(NamedTuple):
    """Whether a citizen belongs to a group (None: not known), why, and whether the age alone says so."""

    answer: bool | None
    why: str
    by_age: bool


def judge(register: LawRegister, ref: LawRef, person: Person, names: tuple[str, ...]) -> Verdict:
    """Whether a reference applies to a person, and what could apply instead."""
    rules = rules_for(register, ref, names)
    if not rules:
        return Verdict("unknown", f"Programmet kender ikke {ref}.")
    rule = next((one for one in rules if one.in_force(person.on)), None)
    name = _name(rules[0].ref if ref.covers(rules[0].ref) else ref)
    if rule is None:
        return _out_of_force(name, rules, person.on)
    for question in rule.requires:
        if person.facts.get(question) is False:
            why = f"{name} forudsætter noget andet. {_answered(register, question, False)}"
            return Verdict("not_for_citizen", why, rule, unmet=True)
    return (
        _displaced(register, name, rule, person)
        or _outside_group(register, name, rule, person)
        or _age_condition(register, name, rule, person)
        or Verdict("applies", f"{name} gælder den {long_date(person.on)}.", rule,
                    presumed=_presumed(register, rule, person))
    )  # fmt: skip


def _name(ref: LawRef) -> str:
    """The reference at the head of a sentence: ``Serviceloven § 83, stk. 1,``."""
    name = str(ref)
    return f"{name[:1].upper()}{name[1:]}{',' if ref.stk else ''}"


def rules_for(register: LawRegister, ref: LawRef, names: tuple[str, ...]) -> tuple[LawRule, ...]:
    """The wordings of the part that the names show is meant, else of the reference, else of what holds it."""
    rules = register.rules_at(ref)
    meant = [rule for rule in rules if rule.ref != ref and ref.covers(rule.ref) and rule.names_one_of(names)]
    exact = [rule for rule in rules if rule.ref == ref]
    around = [rule for rule in rules if rule.ref.covers(ref)]
    found = meant or exact or around
    if not found:
        return ()
    nearest = max(found, key=_depth).ref
    return tuple(rule for rule in found if rule.ref == nearest)


def _depth(rule: LawRule) -> int:
    return sum(part is not None for part in (rule.paragraph, rule.stk, rule.nr))


def pick(register: LawRegister, candidates: tuple[LawRef, ...], names: tuple[str, ...]) -> LawRef:
    """The candidate that the names of the help speak for; else the first."""
    for ref in candidates:
        rules = register.rules_at(ref)
        if any(rule.ref == ref and rule.names_one_of(names) for rule in rules):
            return ref
    return candidates[0]


def _out_of_force(name: str, rules: tuple[LawRule, ...], on: date) -> Verdict:
    over = [rule for rule in rules if rule.valid_to and rule.valid_to < on]
    if over:
        last = max(over, key=lambda rule: rule.valid_from)
        day = long_date(last.valid_to) if last.valid_to else ""
        return Verdict("no_longer", f"{name} gjaldt til og med den {day}.", last, last.replaced_by)
    first = min(rules, key=lambda rule: rule.valid_from)
    why = f"{name} gælder først fra den {long_date(first.valid_from)}."
    return Verdict("not_yet", why, first, first.otherwise)


def _displaced(register: LawRegister, name: str, rule: LawRule, person: Person) -> Verdict | None:
    for not_for in rule.not_for:
        if person.on < not_for.valid_from:
            continue
        group = register.group_by_id[not_for.group]
        member = member_of(register, group, person)
        doubts = (not_for.doubt,) if not_for.doubt else ()
        if member.answer is None:
            return Verdict("undetermined", _needs_age(name), rule)
        if member.answer:
            since = long_date(not_for.valid_from)
            why = f"{name} gælder fra den {since} ikke for {group.name}. {member.why}"
            status: Status = "not_for_age" if member.by_age else "not_for_citizen"
            presumed = group if member.by_age else None
            return Verdict(status, why, rule, not_for.instead, presumed, doubts)
    return None


def _outside_group(register: LawRegister, name: str, rule: LawRule, person: Person) -> Verdict | None:
    if rule.only_for is None:
        return None
    group = register.group_by_id[rule.only_for]
    member = member_of(register, group, person)
    if member.answer is None:
        return Verdict("undetermined", _needs_age(name), rule)
    if member.answer:
        return None
    status: Status = "not_for_age" if member.by_age else "not_for_citizen"
    return Verdict(status, f"{name} gælder kun for {group.name}. {member.why}", rule, rule.otherwise)


def _age_condition(register: LawRegister, name: str, rule: LawRule, person: Person) -> Verdict | None:
    if not rule.ages:
        return None
    windows = joined([_window(one) for one in rule.ages], "eller")
    if person.birth_date is None:
        why = f"{name} gælder for borgere {windows}, og fødselsdatoen mangler."
        return Verdict("age_missing", why, rule)
    birth, on = person.birth_date, person.on
    for one in rule.ages:
        old_enough = one.minimum is None or _reached(register, one.minimum, birth) <= on
        young_enough = one.below is None or on < _reached(register, one.below, birth)
        if old_enough and young_enough:
            return None
    why = f"{name} gælder for borgere {windows}. Borgeren er {age_on(birth, on)} år."
    return Verdict("not_for_age", why, rule, unmet=True)


def _presumed(register: LawRegister, rule: LawRule, person: Person) -> Group | None:
    if rule.only_for is None:
        return None
    group = register.group_by_id[rule.only_for]
    return group if member_of(register, group, person).by_age else None


def member_of(register: LawRegister, group: Group, person: Person) -> Membership:
    """Whether a person belongs to a group: by an answer, else by age."""
    if person.on < group.valid_from:
        return Membership(False, f"Det gælder først fra den {long_date(group.valid_from)}.", False)
    if person.facts.get(group.shut_out_by):
        return Membership(False, _answered(register, group.shut_out_by, True), False)
    decided = person.facts.get(group.decided_by)
    if decided is not None:
        return Membership(decided, _answered(register, group.decided_by, decided), False)
    if person.birth_date is None:
        return Membership(None, "", True)
    reached = _reached(register, group.minimum, person.birth_date) <= person.on
    limit = PENSION_AGE + "en" if group.minimum == PENSION_AGE else f"{group.minimum} år"
    return Membership(reached, f"Borgeren har {'' if reached else 'ikke '}nået {limit}.", True)


def _reached(register: LawRegister, age: Age, birth_date: date) -> date:
    if isinstance(age, int):
        return birthday(birth_date, age)
    return register.pension_age.reached_on(birth_date)


def _answered(register: LawRegister, question: str, answer: bool) -> str:
    return f"Svaret er {'ja' if answer else 'nej'} til: {register.question_by_id[question].text}"


def _needs_age(name: str) -> str:
    return f"Om {name[:1].lower()}{name[1:]} gælder, afhænger af borgerens alder. Skriv fødselsdatoen."


def _window(window: AgeWindow) -> str:
    minimum, below = window.minimum, window.below
    if isinstance(minimum, int) and isinstance(below, int):
        return f"på {minimum} år" if below == minimum + 1 else f"fra {minimum} til {below - 1} år"
    return " og ".join(_ends(minimum, below))


def _ends(minimum: Age | None, below: Age | None) -> Iterator[str]:
    for word, age in (("fra", minimum), ("under", below)):
        if age is not None:
            yield f"{word} {age} år" if isinstance(age, int) else f"{word} {PENSION_AGE}en"


def age_on(birth_date: date, on: date) -> int:
    """Whole years on a day."""
    years = on.year - birth_date.year
    return years if birthday(birth_date, years) <= on else years - 1

"""What is wrong with a law register as a whole: overlapping wordings, references that point nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from .law import ACT_NAMES, LawRef
from .standard_flaws import Flaw, Loc
from .wording import long_date

if TYPE_CHECKING:
    from .law_rules import LawRegister, LawRule


class FlawedLawError(ValueError):
    """The fields are right one by one, but the register does not hold together."""

    def __init__(self, found: tuple[Flaw, ...]) -> None:
        super().__init__("\n".join(f"{'.'.join(map(str, one.loc))}: {one.message}" for one in found))
        self.flaws = found


def flaws(register: LawRegister) -> Iterator[Flaw]:
    """Every flaw of a register, in the order of the file's parts."""
    yield from _bands(register)
    for part in ("questions", "groups"):
        yield from _repeated(register, part)
    yield from _questions(register)
    yield from _groups(register)
    for at, rule in enumerate(register.rules):
        yield from _rule(("rules", at), rule, register)
    yield from _overlaps(register)


def _bands(register: LawRegister) -> Iterator[Flaw]:
    days = [band.born_from for band in register.pension_age.bands]
    if days[0] is not None:
        message = "den første alder skal gælde alle, der er født før den næste"
        yield Flaw(("pension_age", "bands", 0, "born_from"), message, "Slet born_from i det første punkt.")
    for at, (earlier, later) in enumerate(pairwise(days), 1):
        if later is None or (earlier is not None and later <= earlier):
            message = "aldrene skal stå efter born_from, den tidligste først"
            yield Flaw(("pension_age", "bands", at, "born_from"), message, "Ret dato eller rækkefølge.")


def _repeated(register: LawRegister, part: str) -> Iterator[Flaw]:
    seen: set[str] = set()
    for at, one in enumerate(getattr(register, part)):
        if one.id in seen:
            yield Flaw((part, at, "id"), f"id »{one.id}« står flere gange i {part}", "Giv et andet id.")
        seen.add(one.id)


def _questions(register: LawRegister) -> Iterator[Flaw]:
    for at, question in enumerate(register.questions):
        for number, ref in enumerate(question.told_by):
            yield from _reference(("questions", at, "told_by", number), ref, register)


def _groups(register: LawRegister) -> Iterator[Flaw]:
    for at, group in enumerate(register.groups):
        yield from _reference(("groups", at, "law"), group.law, register)
        for key, one in (("decided_by", group.decided_by), ("shut_out_by", group.shut_out_by)):
            yield from _known(("groups", at, key), "spørgsmålet", one, tuple(register.question_by_id))


def _rule(loc: Loc, rule: LawRule, register: LawRegister) -> Iterator[Flaw]:
    yield from _known((*loc, "act"), "loven", rule.act, tuple(ACT_NAMES))
    if rule.paragraph is None and (rule.stk or rule.nr):
        yield Flaw((*loc, "paragraph"), "paragraffen mangler", "Skriv paragraph, eller slet stk og nr.")
    if rule.valid_to is not None and rule.valid_to < rule.valid_from:
        message = f"valid_to {rule.valid_to} ligger før valid_from {rule.valid_from}"
        yield Flaw((*loc, "valid_to"), message, "Ret en af de to datoer.")
    if rule.replaced_by and rule.valid_to is None:
        message = "reglen er afløst, men har ingen sidste dag"
        yield Flaw((*loc, "replaced_by"), message, "Skriv valid_to.")
    if rule.only_for is not None:
        yield from _known((*loc, "only_for"), "gruppen", rule.only_for, tuple(register.group_by_id))
    for at, one in enumerate(rule.requires):
        yield from _known((*loc, "requires", at), "spørgsmålet", one, tuple(register.question_by_id))
    for at, not_for in enumerate(rule.not_for):
        yield from _known(
            (*loc, "not_for", at, "group"), "gruppen", not_for.group, tuple(register.group_by_id)
        )
    for place, ref in _references(loc, rule):
        yield from _reference(place, ref, register)


def _references(loc: Loc, rule: LawRule) -> Iterator[tuple[Loc, LawRef]]:
    for key in ("otherwise", "replaced_by"):
        yield from (((*loc, key, at), ref) for at, ref in enumerate(getattr(rule, key)))
    for number, not_for in enumerate(rule.not_for):
        where = (*loc, "not_for", number)
        yield from (((*where, "instead", at), ref) for at, ref in enumerate(not_for.instead))
        if not_for.law:
            yield (*where, "law"), not_for.law
        if not_for.lapse:
            yield (*where, "lapse", "law"), not_for.lapse.law


def _reference(loc: Loc, ref: LawRef, register: LawRegister) -> Iterator[Flaw]:
    if not any(rule.ref == ref for rule in register.rules_at(ref)):
        yield Flaw(loc, f"{ref} står ikke i registret", "Skriv reglen i rules, eller ret henvisningen.")


def _known(loc: Loc, what: str, one: str, known: tuple[str, ...]) -> Iterator[Flaw]:
    if one not in known:
        yield Flaw(loc, f"{what} »{one}« kendes ikke", value=one, known=known)


def _overlaps(register: LawRegister) -> Iterator[Flaw]:
    last: dict[LawRef, LawRule] = {}
    order = sorted(enumerate(register.rules), key=lambda pair: (pair[1].valid_from, pair[0]))
    for at, rule in order:
        earlier = last.get(rule.ref)
        if earlier and (earlier.valid_to is None or earlier.valid_to >= rule.valid_from):
            ends = f"til og med den {long_date(earlier.valid_to)}" if earlier.valid_to else "uden sidste dag"
            message = (
                f"{rule.ref} gælder to gange den {long_date(rule.valid_from)}: en anden ordlyd gælder {ends}"
            )
            yield Flaw(("rules", at, "valid_from"), message, "Ret datoerne, så de ikke overlapper.")
        last[rule.ref] = rule

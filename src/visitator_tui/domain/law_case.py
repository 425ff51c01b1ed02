"""The law of a case: who the citizen is to the register, and the legal basis of each decision item."""

from __future__ import annotations

from datetime import date

from .case import Case, DecisionItem
from .cpr import birth_date_of
from .decision_items import item_law
from .law import LawRef, written_refs
from .law_judgement import Facts
from .law_register import ItemLaw, law_for_item
from .law_rules import LawRegister
from .standard import Standard


def birth_date(case: Case) -> date | None:
    """The citizen's birth date, or the one her CPR number states."""
    citizen = case.citizen
    return citizen.birth_date or (birth_date_of(citizen.cpr) if citizen.cpr else None)


def facts_of(case: Case, standard: Standard, register: LawRegister) -> Facts:
    """What is known of the register's questions: the case's answers, and what granted help tells."""
    granted = tuple(
        ref for item in case.decision.items if item.gives_help for ref in named_law(item, standard)
    )
    return {
        question.id: True
        if any(told.covers(ref) for told in question.told_by for ref in granted)
        else case.answers.get(question.id)
        for question in register.questions
    }


def named_law(item: DecisionItem, standard: Standard) -> tuple[LawRef, ...]:
    """The references an item comes with: the catalogue's, else those the visitator wrote."""
    if item.delydelse in standard.delydelse_by_id:
        return standard.law_of(item.delydelse)
    return written_refs(item.law)


def item_names(item: DecisionItem, standard: Standard) -> tuple[str, ...]:
    """The names that show what an item's help is: its own and its ydelse's."""
    known = standard.delydelse_by_id.get(item.delydelse)
    return (known.name, standard.ydelse_of[known.id].name) if known else (item.delydelse,)


def law_of_item(case: Case, item: DecisionItem, standard: Standard, register: LawRegister) -> ItemLaw:
    """The legal basis of an item, judged on the case's date; nothing while the case has no date.

    A new decision without a date is judged on the day of the last made one, which it cannot be older than.
    """
    on = case.matched_on or max((one.decided_on for one in case.made), default=None)
    if on is None:
        return ItemLaw(())
    facts, names = facts_of(case, standard, register), item_names(item, standard)
    return law_for_item(register, named_law(item, standard), on, birth_date(case), facts, names)


def cited_for_item(
    case: Case, item: DecisionItem, standard: Standard, register: LawRegister
) -> tuple[LawRef, ...]:
    """What the letter cites for an item of the catalogue; empty where it must not be sent as it is.

    For help the catalogue does not know the letter prints what the visitator wrote (``item.law``),
    which ``law_findings`` holds against the register.
    """
    return law_of_item(case, item, standard, register).cited(refused=item.outcome == "refused")


def letter_law(
    case: Case, item: DecisionItem, standard: Standard, register: LawRegister | None
) -> tuple[LawRef, ...]:
    """The rules that stand in the letter and on the screen for an item: those for this citizen on this date.

    Without a register the catalogue's own. Empty for help the catalogue does not know, where ``item.law`` is
    printed, and where nothing is known to apply, for instance because the birth date is missing.
    """
    if register is not None and item.delydelse in standard.delydelse_by_id:
        return cited_for_item(case, item, standard, register)
    return item_law(item, standard)

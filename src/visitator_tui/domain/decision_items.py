"""The decision's items against the standard: names, legal basis, what kind of help, what is answered."""

from __future__ import annotations

import re
from typing import Final

from .case import Case, DecisionItem
from .law import LawRef
from .standard import HelpKind, Standard

_WORD: Final = re.compile(r"[^\W_]+")


def item_name(item: DecisionItem, standard: Standard) -> str:
    """What an item is called: the catalogue's name, or the words of the application."""
    known = standard.delydelse_by_id.get(item.delydelse)
    return known.name if known else item.delydelse


def unanswered(case: Case, standard: Standard) -> tuple[str, ...]:
    """The applications (as written) that no item of the decision answers, nor one of a decision made before.

    What a correction takes the place of answers nothing any more.
    """
    answered: set[str] = set()
    taken_back = case.decision.replaces.union(*(one.decision.replaces for one in case.made))
    standing = [one.decision for one in case.made if one.letter_id not in taken_back]
    for item in (item for decision in (*standing, case.decision) for item in decision.items):
        answered.add(item.delydelse)
        if item.answers:
            answered.add(item.answers)
        if ydelse := standard.ydelse_of.get(item.delydelse):
            answered.add(ydelse.id)
    return tuple(asked for asked in case.enquiry.applied_for if asked not in answered)


def application_for(delydelse: str, case: Case, standard: Standard) -> str | None:
    """The one unanswered application in free words that plainly asks for a delydelse; None if none or several do.

    It does when each of its words begins a word of the delydelse's or its ydelse's name, as »rengøring« does.
    """
    if delydelse not in standard.delydelse_by_id:
        return None
    names = (standard.delydelse_by_id[delydelse].name, standard.ydelse_of[delydelse].name)
    heard = [word for name in names for word in _WORD.findall(name.casefold())]
    fitting = [
        asked
        for asked in unanswered(case, standard)
        if (words := _WORD.findall(asked.casefold()))
        and all(len(word) > 2 and any(one.startswith(word) for one in heard) for word in words)
    ]
    return fitting[0] if len(fitting) == 1 else None


_GENERAL: Final = frozenset(
    "hjælp hjælpe brug behov støtte til ved med efter fra over under hele mit min mine det den ikke kan rehab".split()
)
"""Words that say nothing of which help is meant."""


def named_by(asked: str, standard: Standard) -> tuple[str, ...]:
    """The delydelser that an application may mean, for somebody to choose from; those it names first stand first.

    Of a delydelse or ydelse that is asked for by its id: itself, or all of it. Else those with a word in their name
    or keywords that begins as one of the application's words does (»rengøring«, »badning«).
    """
    if asked in standard.delydelse_by_id:
        return (asked,)
    if asked in standard.ydelse_by_id:
        return tuple(one.id for one in standard.ydelse_by_id[asked].delydelser)
    said = _telling(asked)
    first = [id_ for id_, one in standard.delydelse_by_id.items() if _alike(said, _telling(one.name)[:1])]
    other = [
        id_
        for id_, one in standard.delydelse_by_id.items()
        if _alike(said, _telling(" ".join((one.name, *one.keywords))))
    ]
    return tuple(dict.fromkeys((*first, *other)))


def _telling(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.casefold()) if len(word) > 2 and word not in _GENERAL]


def _alike(said: list[str], heard: list[str]) -> bool:
    return any(one.startswith(word) or word.startswith(one) for word in said for one in heard)


def application_name(asked: str, standard: Standard) -> str:
    """An application in words: a delydelse's or ydelse's name, or what the citizen wrote."""
    known = standard.delydelse_by_id.get(asked) or standard.ydelse_by_id.get(asked)
    return known.name if known else asked


def item_law(item: DecisionItem, standard: Standard) -> tuple[LawRef, ...]:
    """The legal basis the catalogue gives for an item; empty for one it does not know."""
    return standard.law_of(item.delydelse) if item.delydelse in standard.delydelse_by_id else ()


def asked_kinds(item: DecisionItem, standard: Standard) -> frozenset[HelpKind]:
    """The kinds of help an item is about; for the words of an application, those of all that they may mean."""
    found = (standard.help_kind_of(one) for one in named_by(item.delydelse, standard))
    return frozenset(kind for kind in found if kind is not None)


def help_kind(item: DecisionItem, standard: Standard) -> HelpKind | None:
    """Whether an item is practical help or personal care; None where the catalogue does not say."""
    known = item.delydelse in standard.delydelse_by_id
    return standard.help_kind_of(item.delydelse) if known else None

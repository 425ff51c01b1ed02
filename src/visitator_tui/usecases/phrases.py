"""Phrases a visitator keeps for reuse: sentences of her own, never with anything of a citizen in them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import datetime

from visitator_tui.domain.case import Case

from .ports import Actor, CaseStore

PHRASES = "phrases"
"""The setting that holds them, as a JSON list in the order they were kept."""

LONGEST = 600
"""Characters a phrase has at the most: it is a sentence or two, not a letter."""

_NUMBERS = re.compile(r"\d{6}|\d{4,}|\d{1,2}[-./]\s?\d{1,2}")
_WORD = re.compile(r"[^\W\d_]+")


class PhraseError(ValueError):
    """The phrase cannot be kept; the message is Danish and says why."""


def phrases(store: CaseStore) -> tuple[str, ...]:
    """The phrases kept in this database."""
    kept = store.setting(PHRASES)
    return tuple(json.loads(kept)) if kept else ()


def keep(store: CaseStore, phrase: str, case: Case, actor: Actor, now: datetime) -> None:
    """Keep a phrase written in ``case``. Raises PhraseError where it tells of the citizen."""
    text = " ".join(phrase.split())
    _check(text, case)
    kept = [one for one in phrases(store) if one != text]
    _write(store, [*kept, text], actor, now)


def forget(store: CaseStore, phrase: str, actor: Actor, now: datetime) -> None:
    """Take a phrase away."""
    _write(store, [one for one in phrases(store) if one != phrase], actor, now)


def _write(store: CaseStore, kept: Iterable[str], actor: Actor, now: datetime) -> None:
    store.set_setting(PHRASES, json.dumps(list(kept), ensure_ascii=False), actor, now)


def _check(text: str, case: Case) -> None:
    if not text:
        raise PhraseError("Der er ingen tekst at gemme.")
    if len(text) > LONGEST:
        raise PhraseError(f"En frase må højst være {LONGEST} tegn. Gem en eller to sætninger.")
    if _NUMBERS.search(text):
        raise PhraseError(
            "Frasen har en dato eller et nummer i sig. Skriv den uden, så den kan bruges til alle."
        )
    named = {word.lower() for word in _names(case)}
    if found := next((word for word in _WORD.findall(text) if word.lower() in named), None):
        raise PhraseError(f"Ordet »{found}« er et navn eller en adresse i sagen. Skriv frasen uden det.")


def _names(case: Case) -> Iterable[str]:
    citizen = case.citizen
    written = [citizen.name, citizen.address.street, citizen.address.town]
    written += [member.name for member in citizen.household]
    written += [item.supplier for item in case.decision.items]
    for text in written:
        yield from (word for word in _WORD.findall(text) if len(word) > 2)

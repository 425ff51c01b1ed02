"""What the tests of the law share: the shipped register, and short ways to write references."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from visitator_tui.catalogue.law_file import read_law
from visitator_tui.domain.law import LawRef
from visitator_tui.domain.law_rules import LawRegister
from visitator_tui.resources import asset

ACTS = {
    "sel": "serviceloven",
    "sul": "sundhedsloven",
    "abl": "almenboligloven",
    "æl": "aeldreloven",
    "rsl": "retssikkerhedsloven",
}
_SHORT = re.compile(r"(\w+)(?: (\d+(?: [a-z])?)(?:,([\d-]+))?(?:,(\d+))?)?")


@cache
def law() -> LawRegister:
    """The register that is shipped."""
    return read_law(asset("law", "laws.yaml"))


def ref(short: str) -> LawRef:
    """``sel 83,1,2`` is serviceloven § 83, stk. 1, nr. 2."""
    match = _SHORT.fullmatch(short)
    assert match, short
    act, paragraph, stk, nr = match.groups()
    return LawRef(act=ACTS[act], paragraph=paragraph, stk=stk, nr=nr)


def shorts(refs: tuple[LawRef, ...]) -> list[str]:
    """References as the tests write them."""
    names = {act: short for short, act in ACTS.items()}
    return [
        names.get(one.act, one.act)
        + (f" {','.join(part for part in (one.paragraph, one.stk, one.nr) if part)}" if one.paragraph else "")
        for one in refs
    ]


def aged(years: int, on: date) -> date:
    """A birth date of somebody who turned ``years`` on the very day."""
    return date(on.year - years, on.month, on.day)

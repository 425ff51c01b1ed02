"""Does a reason lean on somebody who lives with the citizen?

Ankestyrelsen 3-19: in a shared household the citizen's own share counts, and a healthy spouse may be
expected to take part in the practical tasks, but never in personal care. The words are looked at clause
by clause; whether what they say is right is for a person to judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from .case import HouseholdMember
from .reasons import is_individual

_SPOUSE = r"ægtefælle\w*|mand|manden|mands|kone|konen|hustru\w*|samlever\w*|partner|partneren|kæreste\w*"
_DOES = re.compile(
    r"\b(hjælp\w*|klare\w*|bade\w*|vask\w*|støtte\w*|tage[rt]?|sørge\w*|ordne\w*|pleje\w*|passe[rt]?"
    r"|overtage\w*|varetage\w*|støvsuge\w*|gør|gøre|kan|løse\w*|udføre\w*|forventes?)\b"
)
_NOT = re.compile(r"\b(ikke|aldrig|hverken|ingen|uden|nej)\b")
_CLAUSE = re.compile(r"[.,;:!?\n–]+")
_CARE = re.compile(r"\bpersonlig(e|t)? (pleje|hjælp)\b|\bpleje\b")


def leans_on_household(reason: str, household: Iterable[HouseholdMember], names: Iterable[str] = ()) -> bool:
    """Whether a reason rests on a spouse or another in the household giving the help.

    So it is where a clause says that she does, can or will do something, or where nothing individual is
    left without the clauses about her. ``names`` are the help's own names, as for ``is_individual``.
    """
    person = _persons(household)
    clauses = _clauses(reason)
    about = [clause for clause in clauses if person.search(clause)]
    if any(_DOES.search(clause) and not _NOT.search(clause) for clause in about):
        return True
    rest = ". ".join(clause for clause in clauses if not person.search(clause))
    return bool(about) and not is_individual(rest, names)


def ties_to_care(reason: str) -> bool:
    """Whether a reason says that something is missing of personal care (which practical help may not need)."""
    return any(_CARE.search(clause) and _NOT.search(clause) for clause in _clauses(reason))


def _clauses(reason: str) -> list[str]:
    return [clause for clause in _CLAUSE.split(reason.lower()) if clause.strip()]


def _persons(household: Iterable[HouseholdMember]) -> re.Pattern[str]:
    named = [word for one in household for word in (*one.name.split()[:1], *one.relation.split()[-1:])]
    words = [re.escape(word.lower()) + "s?" for word in named if len(word) > 1]
    return re.compile(rf"\b({'|'.join([_SPOUSE, *words])})\b")

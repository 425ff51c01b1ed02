"""Who is to be offered a preventive home visit on a day, and by which dated rule.

The rules are those of the law register that have an ``offer``; nothing here knows a paragraph or an age. A
visit is offered

- ``yearly`` from an age: a year after the last offer;
- ``once`` in an age window: unless it was offered in it;
- ``by_need`` in an age window: to those at particular risk, a year after the last offer (p. 81).

Whoever was not at home is offered a new visit the year after (p. 78), also when her window is then over.
Whoever lastingly gets both personal care and practical help is not on the list (p. 77).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from .base import Model
from .law_rules import LawRegister, LawRule, birthday
from .preventive import NEXT_FORMS, NextForm, PreventiveCitizen, PreventiveVisit
from .wording import long_date

LIVES_ALONE: Final = "bor_alene"
"""The question of the law register that the register of citizens answers."""


class VisitRules(Model):
    """The rules for offering visits on a day. ``ended_on``: none is in force; these are the last that were."""

    on: date
    rules: tuple[LawRule, ...]
    ended_on: date | None = None

    @property
    def warning(self) -> str:
        """What has to be said with a list whose rules are no longer in force; empty otherwise."""
        if self.ended_on is None:
            return ""
        return (
            f"Reglerne om faste besøg er ophævet fra udgangen af den {long_date(self.ended_on)}. Listen viser, "
            "hvem de ville have givet et tilbud. Spørg din leder, hvem kommunen tilbyder besøg nu."
        )


class DueVisit(Model):
    """A citizen to be offered a visit: since when, until when the rule holds for her, and why.

    ``number`` is her place among the citizens given. ``until`` is None for an offer that comes every year.
    """

    number: int
    citizen: PreventiveCitizen
    since: date
    until: date | None
    form: NextForm
    rule: str
    source: str
    why: str


def visit_rules(register: LawRegister, on: date) -> VisitRules:
    """The offers in force on a day; after the last ones have ended, those, and that they have."""
    offers = [rule for rule in register.rules if rule.offer]
    now = tuple(rule for rule in offers if rule.in_force(on))
    ended = [rule.valid_to for rule in offers if rule.valid_to and rule.valid_to < on]
    if now or not ended:
        return VisitRules(on=on, rules=now)
    last = max(ended)
    rules = tuple(rule for rule in offers if rule.valid_to == last)
    return VisitRules(on=on, rules=rules, ended_on=last)


def due_visits(citizens: Iterable[PreventiveCitizen], rules: VisitRules) -> tuple[DueVisit, ...]:
    """Those who are to be offered a visit on the rules' day: what ends first, then what has waited longest."""
    found = [
        one
        for number, citizen in enumerate(citizens)
        if (one := due_visit(citizen, rules, number)) is not None
    ]
    return tuple(sorted(found, key=lambda one: (one.until or date.max, one.since, one.citizen.name)))


def due_visit(citizen: PreventiveCitizen, rules: VisitRules, number: int = 0) -> DueVisit | None:
    """Why a citizen is to be offered a visit on the rules' day, the rule that ends first; None if she is not."""
    if citizen.gets_both or citizen.left_on is not None:
        return None
    offers = [one for one in _offers(citizen, rules, number) if one.since <= rules.on]
    return min(offers, key=lambda one: (one.until or date.max, one.since), default=None)


def _offers(citizen: PreventiveCitizen, rules: VisitRules, number: int) -> Iterator[DueVisit]:
    last = citizen.last
    if last and last.outcome == "not_home":
        yield _due(citizen, number, _year_after(last.on), None, last,
                   "Nyt tilbud året efter, at borgeren ikke var hjemme", "Helsingør 2017, s. 78")  # fmt: skip
    for rule in rules.rules:
        if _is_for(citizen, rule):
            for first, after in _windows(citizen, rule):
                if (since := _since(citizen, rule, first, after)) is not None and rules.on < after:
                    until = after - timedelta(days=1) if rule.offer == "once" else None
                    yield _due(citizen, number, since, until, last, rule.about, str(rule.ref))


def _due(
    citizen: PreventiveCitizen,
    number: int,
    since: date,
    until: date | None,
    last: PreventiveVisit | None,
    why: str,
    source: str,
) -> DueVisit:
    form: NextForm = last.next_form if last else "visit"
    return DueVisit(
        number=number, citizen=citizen, since=since, until=until, form=form, rule=why, source=source,
        why=f"{NEXT_FORMS[form]}: {why[0].lower()}{why[1:].rstrip('.')} ({source})",
    )  # fmt: skip


def _is_for(citizen: PreventiveCitizen, rule: LawRule) -> bool:
    """Whether the rule is for citizens like her, her age aside."""
    if LIVES_ALONE in rule.requires and citizen.lives_alone is not True:
        return False
    return rule.offer != "by_need" or citizen.at_risk is True


def _windows(citizen: PreventiveCitizen, rule: LawRule) -> Iterator[tuple[date, date]]:
    """The first day of each of the rule's ages, and the first day after it."""
    for window in rule.ages:
        years, below = window.minimum, window.below
        first = birthday(citizen.birth_date, years) if isinstance(years, int) else citizen.birth_date
        yield first, birthday(citizen.birth_date, below) if isinstance(below, int) else date.max


def _since(citizen: PreventiveCitizen, rule: LawRule, first: date, after: date) -> date | None:
    """From when the offer is due; None where it was made."""
    start = max(first, rule.valid_from)
    if rule.offer == "once":
        made = any(first <= one.on < after for one in citizen.visits)
        return None if made else start
    return max(start, _year_after(citizen.last.on)) if citizen.last else start


def _year_after(day: date) -> date:
    return birthday(day, 1)

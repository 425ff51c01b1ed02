"""The parts of a standard in plain Danish: level rules, criteria, prices, deadlines, complaint routes."""

from __future__ import annotations

from typing import Final

from .criteria import AllCriteria, AnyCriterion, CriterionTerm
from .rules import ActivityRange, AllOf, AnyOf, AtLeast, OverallRange, Rule
from .standard import ComplaintRoute, CountsFrom, LevelRule, Located, Price, ServiceDeadline, Standard
from .wording import duration, joined

OVERALL = "Samlet funktionsniveau"

_EVENTS: Final[dict[CountsFrom, str]] = {
    "enquiry": "henvendelsen",
    "decision": "afgørelsen",
    "plan_received": "genoptræningsplanen",
    "arrival": "ankomsten",
    "order": "bestillingen",
}


def place(located: Located) -> str:
    """``s. 44`` or ``linje 199``; empty without a place."""
    if located.page is not None:
        return f"s. {located.page}"
    return f"linje {located.line}" if located.line is not None else ""


def range_words(leaf: ActivityRange | OverallRange, standard: Standard) -> str:
    """``At spise: 2-4``; an activity that the standard does not know is named by its id."""
    match leaf:
        case ActivityRange(activity=activity, min=low, max=high):
            known = standard.activity_by_id.get(activity)
            name = known.label if known else activity
        case OverallRange(overall=span):
            name, low, high = OVERALL, span.min, span.max
    return f"{name}: {low}" if low == high else f"{name}: {low}-{high}"


def rule_words(rule: Rule, standard: Standard) -> str:
    """``At bade: 2-3 og (At spise: 2-4 eller At drikke: 2-4)``."""
    match rule:
        case ActivityRange() | OverallRange():
            return range_words(rule, standard)
        case AllOf(all=parts):
            return " og ".join(_part(part, standard) for part in parts)
        case AnyOf(any=parts):
            return " eller ".join(_part(part, standard) for part in parts)
        case AtLeast(at_least=least, of=parts):
            return f"mindst {least} af: {joined([_part(part, standard) for part in parts])}"


def _part(rule: Rule, standard: Standard) -> str:
    words = rule_words(rule, standard)
    return words if isinstance(rule, ActivityRange | OverallRange) else f"({words})"


def level_rule_words(rule: LevelRule, standard: Standard) -> str:
    """The rule in words, with ``vejledende`` before one that is no condition."""
    return f"{'vejledende, ' if rule.indicative else ''}{rule_words(rule.when, standard)}"


def criterion_words(term: CriterionTerm, standard: Standard) -> str:
    """The question, or ``mindst ét af: …`` with the questions."""
    match term:
        case AnyCriterion(any=parts):
            return f"mindst ét af: {'; '.join(criterion_words(part, standard) for part in parts)}"
        case AllCriteria(all=parts):
            return f"({' og '.join(criterion_words(part, standard) for part in parts)})"
        case _:
            return standard.criterion_by_id[term].question


def price_words(price: Price) -> str:
    """``Kontingent: 112,00 kr. pr. måned (2017)``; what is paid for alone when no amount is stated."""
    if price.amount is None:
        return price.what
    kroner = f"{price.amount:,.2f}".translate(str.maketrans(",.", ".,"))
    words = f"{kroner} kr." + (f" pr. {price.per}" if price.per else "")
    year = f" ({price.year})" if price.year else ""
    return f"{price.what}: {words}{year}" if price.what else f"{words}{year}"


def deadline_words(deadline: ServiceDeadline) -> str:
    """``Praktisk hjælp: afgørelse 4 uger, start 10 hverdage``."""
    parts = []
    if deadline.decision:
        parts.append(
            f"afgørelse {duration(deadline.decision)}{_from(deadline.decision_counts_from, 'enquiry')}"
        )
    if deadline.start:
        parts.append(f"start {duration(deadline.start)}{_from(deadline.start_counts_from, 'decision')}")
    if deadline.acute is not None:
        parts.append("kun akut" if deadline.acute else "ikke akut")
    return f"{deadline.name}: {', '.join(parts)}" if parts else deadline.name


def _from(event: CountsFrom, usual: CountsFrom) -> str:
    return "" if event == usual else f" fra {_EVENTS[event]}"


def route_words(route: ComplaintRoute) -> str:
    """``Klage til kommunen: Ankestyrelsen, frist 4 uger``."""
    parts = [route.body]
    parts += [f"frist {duration(route.deadline)}"] if route.deadline else []
    parts += ["lukker for klage"] if route.shuts_out_appeal else []
    return f"{route.name}: {', '.join(parts)}"

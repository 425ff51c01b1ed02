"""Matching: every delydelse of a standard gets a verdict, with reasons, for a case.

A pure function, deterministic. It suggests; it never refuses: the decision is the visitator's
(Helsingør p. 21; appeal decision C-17-99: a level alone is no ground for refusal).
"""

from __future__ import annotations

from typing import Literal

from .base import Model
from .case import Case
from .criteria import AllCriteria, AnyCriterion, CriterionTerm, answer_value, criterion_ids
from .profile import counted_scores
from .rules import ActivityRange, OverallRange, Rule, Scores, Truth, leaves, near
from .standard import Criterion, Delydelse, Fact, Standard

Verdict = Literal["fits", "open", "ruled_out", "undetermined", "indicative"]
LevelVerdict = Literal["met", "not_met", "undetermined", "none", "indicative_met", "indicative_not_met"]


class SourcePlace(Model):
    """Where in which source a rule stands."""

    file: str
    page: int | None = None
    line: int | None = None

    def __str__(self) -> str:
        return f"s. {self.page}" if self.page is not None else f"linje {self.line}" if self.line else ""


class NearStep(Model):
    """One level on one activity that would make the level rule met."""

    activity: str
    label: str
    level: int


class Suggestion(Model):
    """What the standard says of one delydelse for this case."""

    delydelse: str
    name: str
    ydelse: str
    verdict: Verdict
    level_rule: LevelVerdict
    near: bool
    because: tuple[str, ...]
    open_criteria: tuple[str, ...]
    failed_criteria: tuple[str, ...]
    granted_by_visitator: bool
    source: SourcePlace
    near_steps: tuple[NearStep, ...] = ()
    gated: bool = False
    gates: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def suggest(case: Case, standard: Standard) -> tuple[Suggestion, ...]:
    """A suggestion for every delydelse, in the order of the standard."""
    scores, overall = counted_scores(case, standard), case.assessment.overall_level
    return tuple(
        _suggestion(case, standard, item, scores, overall) for item in standard.delydelse_by_id.values()
    )


def _suggestion(
    case: Case, standard: Standard, item: Delydelse, scores: Scores, overall: int | None
) -> Suggestion:
    rule = item.level_rule
    truth = rule.when.value(scores, overall) if rule else Truth.YES
    indicative = bool(rule and rule.indicative)
    failed, still_open, gates = _criteria(case, standard, item)
    steps = near(rule.when, scores, overall) if rule and not indicative else ()
    chosen = {d.delydelse for d in case.decision.items if d.gives_help}
    clash = [standard.delydelse_by_id[o].name for o in item.not_with if o in chosen]

    because = _level_reasons(standard, rule.when, scores, overall, indicative) if rule else []
    because += [f"Kriterium ikke opfyldt: {_question(standard, c)}" for c in failed]
    because += [f"Kan ikke gives sammen med {name}" for name in clash]
    if not rule and not item.described:
        because.append("Kilden nævner kun navnet: kriterier står ikke i den")
    if not because:
        because.append(
            "Standarden har intet niveaukrav" + ("" if still_open else ", og alle kriterier er opfyldt")
        )
    return Suggestion(
        delydelse=item.id,
        name=item.name,
        ydelse=standard.ydelse_of[item.id].name,
        verdict=_verdict(item, truth, indicative, bool(failed or clash), bool(still_open)),
        level_rule=_level_verdict(bool(rule), truth, indicative),
        near=bool(steps),
        because=tuple(because),
        open_criteria=still_open,
        failed_criteria=failed,
        granted_by_visitator=item.granted_by_visitator,
        source=SourcePlace(file=standard.source.file, page=item.page, line=item.line),
        near_steps=tuple(
            NearStep(activity=a, label=standard.activity_by_id[a].label, level=level) for a, level in steps
        ),
        gated=bool(gates),
        gates=gates,
        remarks=tuple(
            remark.text
            for remark in item.remarks
            if remark.when is None or remark.when.value(scores, overall) is Truth.YES
        ),
    )


def _verdict(item: Delydelse, truth: Truth, indicative: bool, failed: bool, still_open: bool) -> Verdict:
    if failed:
        return "ruled_out"
    if indicative or not (item.described or item.level_rule):
        # A typical level is never a condition: only answered criteria can make it fit.
        return "fits" if item.criteria and not still_open else "indicative"
    if truth is Truth.NO:
        return "ruled_out"
    if truth is Truth.UNKNOWN:
        return "undetermined"
    return "open" if still_open else "fits"


def _level_verdict(has_rule: bool, truth: Truth, indicative: bool) -> LevelVerdict:
    if not has_rule:
        return "none"
    if truth is Truth.UNKNOWN:
        return "undetermined"
    if indicative:
        return "indicative_met" if truth is Truth.YES else "indicative_not_met"
    return "met" if truth is Truth.YES else "not_met"


def _criteria(
    case: Case, standard: Standard, item: Delydelse
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """(failed, open, unanswered gates) of a delydelse, a criterion once each."""
    failed: list[str] = []
    still_open: list[str] = []
    for term in standard.criteria_of(item.id):
        if answer_value(term, case.answers) is Truth.NO:
            failed += [name for name in criterion_ids((term,)) if case.answers.get(name) is False]
        else:
            still_open += _unanswered(term, case)
    gates = [gate for term in standard.criteria_of(item.id) for gate in _gates(term, case, standard)]
    return tuple(dict.fromkeys(failed)), tuple(dict.fromkeys(still_open)), tuple(dict.fromkeys(gates))


def _unanswered(term: CriterionTerm, case: Case) -> tuple[str, ...]:
    """The criteria of a term that can still decide it: none of an alternative that is settled."""
    if answer_value(term, case.answers) is not Truth.UNKNOWN:
        return ()
    match term:
        case AnyCriterion(any=parts) | AllCriteria(all=parts):
            return tuple(name for part in parts for name in _unanswered(part, case))
        case _:
            return (term,)


def _gates(term: CriterionTerm, case: Case, standard: Standard) -> tuple[str, ...]:
    """The gates that still close a term: alternatives close it only if every one left is closed."""
    if answer_value(term, case.answers) is not Truth.UNKNOWN:
        return ()
    match term:
        case AnyCriterion(any=parts):
            left = [part for part in parts if answer_value(part, case.answers) is Truth.UNKNOWN]
            closed = [_gates(part, case, standard) for part in left]
            return tuple(gate for one in closed for gate in one) if all(closed) else ()
        case AllCriteria(all=parts):
            return tuple(gate for part in parts for gate in _gates(part, case, standard))
        case _:
            return (term,) if standard.criterion_by_id[term].gate else ()


def _question(standard: Standard, criterion_id: str) -> str:
    return standard.criterion_by_id[criterion_id].question


def _level_reasons(
    standard: Standard, rule: Rule, scores: Scores, overall: int | None, indicative: bool
) -> list[str]:
    word = "typisk" if indicative else "kriterium"
    reasons = []
    for leaf in leaves(rule):
        match leaf:
            case ActivityRange(activity=activity, min=low, max=high):
                label, level = standard.activity_by_id[activity].label, scores.get(activity)
            case OverallRange(overall=span):
                label, level, low, high = "Samlet funktionsniveau", overall, span.min, span.max
        shown = "ikke vurderet" if level is None else str(level)
        wanted = str(low) if low == high else f"{low}-{high}"
        reasons.append(f"{label}: {shown} ({word} {wanted})")
    return reasons


def place_of(standard: Standard, located: Delydelse | Criterion | Fact) -> SourcePlace:
    """The place of a rule in the standard's source."""
    return SourcePlace(file=standard.source.file, page=located.page, line=located.line)

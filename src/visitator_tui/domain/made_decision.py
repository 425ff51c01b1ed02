"""Making a decision, and what can follow: a correction of it, or a new one after a review."""

from __future__ import annotations

from datetime import date, datetime

from .case import DECISION_IS_MADE, Case, MadeDecision
from .decision import Decision, DecisionItem
from .running_help import running_help
from .wording import long_date

DECISION_IS_BEING_MADE = "afgørelsen bliver truffet lige nu; vent, til brevet er skrevet"


def with_made(case: Case, letter_id: str, at: datetime) -> Case:
    """The case with its decision made, told of in a letter; the grounds are kept as they stand.

    Raises ValueError (Danish) when there is nothing to make: no item, no date, or made already.
    """
    if case.decision_is_made:
        raise ValueError("afgørelsen er allerede truffet, og brevet ligger i sagen")
    if not case.decision.items or case.decision.decided_on is None:
        raise ValueError("afgørelsen mangler punkter eller dato")
    made = MadeDecision(
        letter_id=letter_id,
        made_at=at,
        decision=case.decision,
        assessment=case.assessment,
        summary=case.summary,
        own_view=case.own_view,
        considerations=case.considerations,
    )
    return case.model_copy(update={"made": (*case.made, made)})


def closed(case: Case, where: str, *, being_made: bool = False) -> str:
    """Why nothing at a path (with dots) can be changed, in Danish; empty when it can.

    Made decisions are kept for good. The last one stands in the decision's own fields until the next is begun.
    ``being_made``: its letter is being written, so that what it decides must stand still.
    """
    part = where.partition(".")[0]
    decides = part in ("decision", "considerations")
    if part == "made" or (decides and case.decision_is_made):
        return DECISION_IS_MADE
    return DECISION_IS_BEING_MADE if decides and being_made else ""


def made_apart(case: Case) -> tuple[MadeDecision, ...]:
    """The decisions that stand beside each other because each was made without knowing of the other.

    Two laptops without a network can do that; both letters exist. Empty when every decision but the last
    is named by a later one: then one leads to the next, as it should.
    """
    ends = tuple(
        one for one in case.made if not any(other.decision.comes_after(one.letter_id) for other in case.made)
    )
    return ends if len(ends) > 1 else ()


def correction(case: Case) -> Decision:
    """The beginning of a decision that takes the last made one's place: the same items, to be put right.

    Where another was made apart from it, it takes the place of both, with the items of both.
    """
    last = case.made[-1]
    begun = last.decision.corrected(last.letter_id)
    others = [one for one in made_apart(case) if one is not last]
    if not others:
        return begun
    other = others[-1]
    have = {item.delydelse for item in begun.items}
    items = (*begun.items, *(item for item in other.decision.items if item.delydelse not in have))
    why = (
        f"Den {long_date(other.decided_on)} blev der også truffet en afgørelse. "
        "Denne afgørelse træder i stedet for dem begge."
    )
    named = begun.corrects.model_copy(update={"why": why})
    return begun.model_copy(update={"items": items, "follows": other.letter_id, "corrects": named})


def next_decision(case: Case, on: date) -> Decision:
    """The beginning of a new decision after the last made one (a review, or changed needs).

    What the citizen has on ``on``, or is to have from a later day, stands as candidates with its former
    extent and no outcome: what goes on unchanged is taken out, the rest is changed or stopped.
    """
    last = case.made[-1]
    starts = {item.start_on for one in case.made for item in one.decision.items if item.start_on}
    days = [on, *sorted(day for day in starts if day > on)]
    helped = {one.delydelse: one.item for day in reversed(days) for one in reversed(running_help(case, day))}
    items = tuple(_candidate(item) for item in reversed(helped.values()))
    return Decision(by=last.decision.by, items=items, follows=last.letter_id)


def _candidate(item: DecisionItem) -> DecisionItem:
    return DecisionItem(
        delydelse=item.delydelse,
        purpose=item.purpose,
        aim=item.aim,
        goal=item.goal,
        former_extent=item.extent,
        extent=item.extent,
        variant=item.variant,
        supplier=item.supplier,
        law=item.law,
    )

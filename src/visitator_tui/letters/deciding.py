"""What was decided: the result first, then each item with its reasons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from visitator_tui.domain.base import Extent
from visitator_tui.domain.case import Decision, DecisionItem, MadeDecision
from visitator_tui.domain.completeness import application_name, unanswered
from visitator_tui.domain.wording import extent as extent_in_words

from .draft import FEW, OUTCOMES, Draft, capital, clean, day, quoted, sentence
from .levels import told_in_names
from .model import Block, Bullets, Facts, Heading, Paragraph, Section

_HERSELF = frozenset({"borger", "borgeren", "bruger", "brugeren", "hun", "han", "selv"})
_WORD = re.compile(r"\w+")


def result(draft: Draft) -> Section:
    """What the citizen gets and does not get, and what it is the answer to."""
    blocks: list[Block] = [Heading(draft.say("result.heading"))]
    if replaced := _replaced(draft):
        blocks.append(Paragraph(replaced))
    told = (
        ("granted", [*_granted_lines(draft, "granted"), *_granted_lines(draft, "partly")]),
        ("changed", [_changed_line(draft, item) for _, item in draft.decided("changed")]),
        ("stopped", [_stopped_line(draft, item) for _, item in draft.decided("stopped")]),
        ("refused", _refused_lines(draft)),
    )
    for name, lines in told:
        if lines:
            blocks += [Paragraph(draft.say(f"result.{name}"), keep=True), Bullets(tuple(lines))]
    if named := told_in_names(draft):
        blocks.append(Paragraph(named))
    if answer := applied(draft):
        blocks.append(Paragraph(answer))
    return Section("result", tuple(blocks))


def _replaced(draft: Draft) -> str:
    """The decision that this one takes the place of, and why."""
    old = draft.case.decision.corrects
    if old.decided_on is None:
        return ""
    return f"{draft.say('result.replaces', date=day(old.decided_on))} {sentence(old.why)}".strip()


def applied(draft: Draft) -> str:
    """What was asked and when; by name where it is little enough to be read in a sentence.

    A decision that follows others, and answers nothing that they have not, says what it comes after instead.
    """
    enquiry, asked = draft.case.enquiry, draft.case.enquiry.applied_for
    if before := _standing_before(draft):
        asked = _answered_now(draft)
        if not asked:
            return draft.say("result.reviewed", date=day(before[-1].decided_on))
    if not asked or enquiry.received_on is None:
        return ""
    whose = "by_you" if is_own(draft) else "for_you"
    received = day(enquiry.received_on)
    names = _names(draft, asked)
    if len(names) > FEW:
        return draft.say(f"result.applied_{whose}_much", received=received)
    return draft.say(f"result.applied_{whose}", received=received, items=quoted(names))


def is_own(draft: Draft) -> bool:
    """Whether the citizen herself made the enquiry: nobody is named, or nobody but her."""
    named = set(_WORD.findall(clean(draft.case.enquiry.from_).casefold())) - _HERSELF
    called = _WORD.findall(clean(draft.case.citizen.name).casefold())
    return not named or (named <= set(called) and called[0] in named)


def _standing_before(draft: Draft) -> tuple[MadeDecision, ...]:
    """The decisions made before this one that nothing has taken the place of."""
    decision = draft.case.decision
    before = tuple(one for one in draft.case.made if one.decision != decision)
    gone = decision.replaces.union(*(one.decision.replaces for one in before))
    return tuple(one for one in before if one.letter_id not in gone)


def _answered_now(draft: Draft) -> tuple[str, ...]:
    """The applications that this decision answers and no decision before it."""
    before = draft.case.model_copy(update={"made": _standing_before(draft), "decision": Decision()})
    after = before.model_copy(update={"decision": draft.case.decision})
    left = unanswered(after, draft.standard)
    return tuple(one for one in unanswered(before, draft.standard) if one not in left)


def applications(draft: Draft) -> list[str]:
    """What was applied for, by name."""
    return _names(draft, draft.case.enquiry.applied_for)


def _names(draft: Draft, asked: Iterable[str]) -> list[str]:
    return [capital(clean(application_name(one, draft.standard))) for one in asked]


def _granted_lines(draft: Draft, outcome: str) -> Iterator[str]:
    for _, item in draft.items:
        if item.outcome == outcome:
            start = day(item.start_on) if item.start_on else ""
            name, extent = draft.name(item), granted_extent(draft, item)
            yield draft.say("result.granted_line", item=name, extent=extent, start=start)


def _changed_line(draft: Draft, item: DecisionItem) -> str:
    return draft.say(
        "result.changed_line",
        item=draft.name(item),
        former=former_extent(item),
        extent=granted_extent(draft, item),
        start=day(item.start_on) if item.start_on else "",
    )


def _stopped_line(draft: Draft, item: DecisionItem) -> str:
    ends = day(item.ends_on) if item.ends_on else ""
    return draft.say("result.stopped_line", item=draft.name(item), former=former_extent(item), ends=ends)


def _refused_lines(draft: Draft) -> list[str]:
    parts = [
        draft.say("result.refused_part_line", item=draft.name(item), part=sentence(item.refused_part))
        for _, item in draft.decided("partly")
    ]
    return [*parts, *(draft.name(item) for _, item in draft.decided("refused"))]


def granted_extent(draft: Draft, item: DecisionItem) -> str:
    """The extent granted in words; with the name of the variant, where one was chosen."""
    known = draft.standard.delydelse_by_id.get(item.delydelse)
    variant = next((one for one in known.variants if one.id == item.variant), None) if known else None
    granted = item.extent or (variant.extent if variant else Extent())
    words = extent_in_words(granted)
    return clean(f"{variant.name}: {words}" if variant and words else variant.name if variant else words)


def former_extent(item: DecisionItem) -> str:
    """How much help there was until now, in words."""
    return clean(extent_in_words(item.former_extent or Extent()))


def items(draft: Draft) -> Iterator[Section]:
    """A section per item, in the order of ``OUTCOMES``; each outcome under a heading."""
    for outcome in OUTCOMES:
        for position, (number, item) in enumerate(draft.decided(outcome)):
            above: list[Block] = [Heading(draft.say(f"item.{outcome}_heading"))] if position == 0 else []
            name = draft.name(item)
            told = tuple((draft.say(f"item.{label}"), value) for label, value in _rows(draft, item) if value)
            facts = Facts(told, draft.say("item.summary", item=name))
            yield Section(outcome, (*above, Heading(name, 3), facts), about=number)


def _rows(draft: Draft, item: DecisionItem) -> Iterator[tuple[str, str]]:
    """The rows of an item: what is decided, then why. Rows without a value are left out later."""
    yield "applied", _asked(draft, item)
    if item.outcome in ("changed", "stopped"):
        yield "former", sentence(former_extent(item))
        yield "changed_because", sentence(item.changed_because)
    if item.outcome == "stopped":
        yield "stops", draft.say("item.stops_value", date=day(item.ends_on)) if item.ends_on else ""
    if item.gives_help:
        yield from _help_rows(draft, item)
    yield "citizen_said", sentence(item.citizen_said)
    yield "facts", sentence(item.facts)
    yield "reason", sentence(item.reason)
    if item.gives_help and (exception := sentence(item.professional_reason)):
        yield "professional_reason", draft.say("item.professional_reason_value", reason=exception)
    yield "law", draft.law(item)


def _help_rows(draft: Draft, item: DecisionItem) -> Iterator[tuple[str, str]]:
    yield "new_extent" if item.outcome == "changed" else "extent", sentence(granted_extent(draft, item))
    yield "refused_part", sentence(item.refused_part) if item.outcome == "partly" else ""
    start = capital(day(item.start_on)) if item.start_on else ""
    yield "holds_from" if item.outcome == "changed" else "start", start
    yield "ends", day(item.ends_on) if item.ends_on else ""
    yield "purpose", sentence(item.purpose)
    yield "aim", sentence(item.aim)
    yield "goal", goal_of(draft, item)
    yield "review", review_of(draft, item)
    yield "supplier", clean(item.supplier) or draft.say("item.supplier_open")


def _asked(draft: Draft, item: DecisionItem) -> str:
    """What was applied for, where the item answers something of another name."""
    asked = capital(clean(application_name(item.answers, draft.standard))) if item.answers else ""
    return "" if asked == draft.name(item) else asked


def goal_of(draft: Draft, item: DecisionItem) -> str:
    """The retningsgivende mål of an item; what it means only where it is not the case's, which is explained."""
    overall = draft.case.summary.goal
    goal = draft.standard.goal_by_id.get(item.goal or overall or "")
    if goal is None or goal.id == overall:
        return goal.name if goal else ""
    return draft.say("item.goal_value", goal=goal.name, meaning=draft.goal_meaning(goal))


def review_of(draft: Draft, item: DecisionItem) -> str:
    """When the help is looked at again."""
    if item.review_on is None:
        return draft.say("item.review_open")
    return draft.say("item.review_on", date=day(item.review_on))

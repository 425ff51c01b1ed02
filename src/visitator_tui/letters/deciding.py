"""What was decided: the result first, then each item with its reasons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from visitator_tui.domain.base import Extent
from visitator_tui.domain.case import DecisionItem
from visitator_tui.domain.completeness import application_name
from visitator_tui.domain.wording import extent as extent_in_words

from .draft import FEW, Draft, Numbered, capital, clean, day, quoted, sentence
from .model import Block, Bullets, Facts, Heading, Paragraph, Section

OWN_APPLICATION = frozenset({"", "borger", "borgeren", "bruger", "brugeren", "selv"})


def result(draft: Draft) -> Section:
    """What the citizen gets and does not get, and what it is the answer to."""
    blocks: list[Block] = [Heading(draft.say("result.heading"))]
    if draft.granted:
        lines = tuple(_granted_line(draft, item) for _, item in draft.granted)
        blocks += [Paragraph(draft.say("result.granted"), keep=True), Bullets(lines)]
    if draft.refused:
        names = tuple(draft.name(item) for _, item in draft.refused)
        blocks += [Paragraph(draft.say("result.refused"), keep=True), Bullets(names)]
    answer = f"{_applied(draft)} {draft.say('result.read_on')}".strip()
    return Section("result", (*blocks, Paragraph(answer)))


def _applied(draft: Draft) -> str:
    """What was asked and when; by name where it is little enough to be read in a sentence."""
    enquiry = draft.case.enquiry
    if not enquiry.applied_for or enquiry.received_on is None:
        return ""
    whose = "by_you" if clean(enquiry.from_).lower() in OWN_APPLICATION else "for_you"
    received = day(enquiry.received_on)
    names = [capital(clean(application_name(one, draft.standard))) for one in enquiry.applied_for]
    if len(names) > FEW:
        return draft.say(f"result.applied_{whose}_much", received=received)
    return draft.say(f"result.applied_{whose}", received=received, items=quoted(names))


def _granted_line(draft: Draft, item: DecisionItem) -> str:
    start = day(item.start_on) if item.start_on else ""
    return draft.say(
        "result.granted_line", item=draft.name(item), extent=granted_extent(draft, item), start=start
    )


def granted_extent(draft: Draft, item: DecisionItem) -> str:
    """The extent granted in words; with the name of the variant, where one was chosen."""
    known = draft.standard.delydelse_by_id.get(item.delydelse)
    variant = next((one for one in known.variants if one.id == item.variant), None) if known else None
    granted = item.extent or (variant.extent if variant else Extent())
    words = extent_in_words(granted)
    return clean(f"{variant.name}: {words}" if variant and words else variant.name if variant else words)


def items(draft: Draft) -> Iterator[Section]:
    """A section per item, the granted ones first."""
    decided: tuple[tuple[Literal["granted", "refused"], Numbered], ...] = (
        ("granted", draft.granted),
        ("refused", draft.refused),
    )
    for role, numbered in decided:
        for position, (number, item) in enumerate(numbered):
            above: list[Block] = [Heading(draft.say(f"item.{role}_heading"))] if position == 0 else []
            name = draft.name(item)
            rows = _granted_rows(draft, item) if role == "granted" else _refused_rows(draft, item)
            told = tuple((draft.say(f"item.{label}"), value) for label, value in rows if value)
            facts = Facts(told, draft.say("item.summary", item=name))
            yield Section(role, (*above, Heading(name, 3), facts), about=number)


def _granted_rows(draft: Draft, item: DecisionItem) -> list[tuple[str, str]]:
    exception = sentence(item.professional_reason)
    return [
        ("applied", _asked(draft, item)),
        ("purpose", sentence(item.purpose)),
        ("aim", sentence(item.aim)),
        ("goal", _goal(draft, item)),
        ("extent", sentence(granted_extent(draft, item))),
        ("start", capital(day(item.start_on)) if item.start_on else ""),
        ("review", _review(draft, item)),
        ("supplier", clean(item.supplier) or draft.say("item.supplier_open")),
        ("reason", sentence(item.reason)),
        (
            "professional_reason",
            draft.say("item.professional_reason_value", reason=exception) if exception else "",
        ),
        ("law", draft.law(item)),
    ]


def _refused_rows(draft: Draft, item: DecisionItem) -> list[tuple[str, str]]:
    return [
        ("applied", _asked(draft, item)),
        ("reason", sentence(item.reason)),
        ("law", draft.law(item)),
    ]


def _asked(draft: Draft, item: DecisionItem) -> str:
    """What was applied for, where the item answers something of another name."""
    asked = capital(clean(application_name(item.answers, draft.standard))) if item.answers else ""
    return "" if asked == draft.name(item) else asked


def _goal(draft: Draft, item: DecisionItem) -> str:
    goal = draft.standard.goal_by_id.get(item.goal or draft.case.summary.goal or "")
    return draft.say("item.goal_value", goal=goal.name, meaning=draft.goal_meaning(goal)) if goal else ""


def _review(draft: Draft, item: DecisionItem) -> str:
    if item.review_on is None:
        return draft.say("item.review_open")
    return draft.say("item.review_on", date=day(item.review_on))

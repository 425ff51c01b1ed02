"""What the decision rests on: the citizen's own words, the facts that weighed, and the rules."""

from __future__ import annotations

from collections.abc import Iterator

from visitator_tui.domain.case import ActivityScore, HouseholdMember
from visitator_tui.domain.considerations import considerations_of
from visitator_tui.domain.rules import activities
from visitator_tui.domain.standard import Activity

from .draft import Draft, capital, clean, day, sentence
from .levels import explained
from .model import Block, Bullets, Heading, Paragraph, Section


def own_view(draft: Draft) -> Section:
    """What the citizen said, and what matters most to her."""
    own = draft.case.own_view
    blocks: list[Block] = [Heading(draft.say("own_view.heading"))]
    if told := sentence(own.text):
        blocks.append(Paragraph(told))
    if most := sentence(own.matters_most):
        blocks.append(Paragraph(most, lead=draft.say("own_view.matters_most")))
    if motivation := sentence(own.motivation):
        blocks.append(Paragraph(motivation, lead=draft.say("own_view.motivation")))
    if heard := _heard(draft):
        blocks.append(Paragraph(heard, lead=draft.say("own_view.heard")))
    return Section("own_view", tuple(blocks))


def _heard(draft: Draft) -> str:
    """What the citizen answered when she was shown what others had said (Forvaltningsloven § 19)."""
    hearing = draft.case.decision.hearing
    if not hearing.needed or hearing.held_on is None:
        return ""
    answer = sentence(hearing.answer) or draft.say("own_view.no_answer")
    return f"{draft.say('own_view.heard_on', date=day(hearing.held_on))} {answer}"


def facts(draft: Draft) -> Section:
    """The main considerations and the facts that weighed (Forvaltningsloven § 24)."""
    case = draft.case
    blocks: list[Block] = [
        Heading(draft.say("facts.heading")),
        Paragraph(draft.say("facts.individual"), keep=True),
        Paragraph(sentence(case.summary.text)),
    ]
    if goal := draft.standard.goal_by_id.get(case.summary.goal or ""):
        blocks.append(Paragraph(f"{goal.name}. {draft.goal_meaning(goal)}", lead=draft.say("facts.goal")))
    blocks += [Paragraph(line) for line in _household(draft)]
    overall, mentioned = case.assessment.overall_level, set[int]()
    if (weighed := weighing(draft)) and case.assessment.assessed_on:
        assessed = draft.say("facts.assessed", date=day(case.assessment.assessed_on))
        lines = tuple(_activity_line(draft, one, score) for one, score in weighed)
        blocks += [Paragraph(assessed, keep=True), Bullets(lines)]
        mentioned = {score.level or 0 for _, score in weighed}
    blocks += explained(draft, mentioned | ({overall} if overall is not None else set()))
    if last := " ".join(_last(draft)):
        blocks.append(Paragraph(last))
    return Section("facts", tuple(blocks))


def _last(draft: Draft) -> Iterator[str]:
    """The overall level, and where the whole assessment stands."""
    if (overall := draft.case.assessment.overall_level) is not None:
        yield draft.say("facts.overall", level=overall, name=draft.level_names[overall])
    if draft.encloses:
        yield draft.say("facts.enclosed")


WEIGHTY = 2
"""A limitation from this level on (moderate) is a fact that weighs by itself."""
MOST = 6
"""So many activities are named in the letter at the most where the enclosure has them all."""


def weighing(draft: Draft) -> tuple[tuple[Activity, ActivityScore], ...]:
    """The scored activities that weighed: those well limited, and those the decided help's rules ask for.

    Where there are none, those with any limitation; where there are none of them either, all that are
    scored: then it is what the citizen can do that weighed. Where the assessment is enclosed, only the
    ones asked for and the most limited are named.
    """
    standard, scores = draft.standard, draft.case.assessment.activities
    asked = {
        activity
        for _, item in draft.items
        if (known := standard.delydelse_by_id.get(item.delydelse)) and known.level_rule
        for activity in activities(known.level_rule.when)
    }
    scored = tuple(
        (one, score)
        for one in standard.activity_by_id.values()
        if (score := scores.get(one.id)) and score.level is not None
    )
    weighed = tuple(pair for pair in scored if pair[0].id in asked or (pair[1].level or 0) >= WEIGHTY)
    found = weighed or tuple(pair for pair in scored if pair[1].level) or scored
    if not draft.encloses or len(found) <= MOST:
        return found
    first = sorted(found, key=lambda pair: (pair[0].id not in asked, -(pair[1].level or 0)))
    kept = {activity.id for activity, _ in first[:MOST]} | asked
    return tuple(pair for pair in found if pair[0].id in kept)


def _activity_line(draft: Draft, activity: Activity, score: ActivityScore) -> str:
    level = score.level or 0
    said = draft.say("facts.activity", activity=activity.label, level=level, name=draft.level_names[level])
    return f"{said} {sentence(score.cause)}".strip()


def _household(draft: Draft) -> Iterator[str]:
    """Who shares the home and whether they can share its tasks (Ankestyrelsen 3-19)."""
    for member in draft.case.citizen.household:
        person = _person(member)
        if member.can_share_tasks is not None and person:
            name = "facts.can_share" if member.can_share_tasks else "facts.cannot_share"
            yield draft.say(name, person=person)


def _person(member: HouseholdMember) -> str:
    name, relation = clean(member.name), clean(member.relation)
    return f"{name} ({relation})" if name and relation else name or relation


def considerations(draft: Draft) -> Section | None:
    """What the law wants weighed first (§ 83 a before § 83), and how it was answered."""
    weighed = {
        one.id: one
        for _, item in draft.items
        for one in considerations_of(draft.case, item, draft.standard, draft.register)
    }
    blocks: list[Block] = []
    for consideration in weighed.values():
        answer = draft.case.considerations.get(consideration.id)
        outcome = next((o for o in consideration.outcomes if answer and o.id == answer.outcome), None)
        if answer and outcome:
            came_to = draft.texts.known(f"considerations.outcomes.{outcome.id}") or sentence(outcome.label)
            said = f"{came_to} {sentence(answer.reason)}".strip()
            blocks.append(Paragraph(said, lead=f"{consideration.name}:"))
    if not blocks:
        return None
    return Section("considerations", (Heading(draft.say("considerations.heading")), *blocks))


def rules(draft: Draft) -> Section:
    """The standard that was used, and where the rules can be read; each item names its own law."""
    standard = draft.standard
    used = draft.say(
        "rules.standard", title=capital(clean(standard.title)), valid_from=day(standard.valid_from)
    )
    blocks = (Heading(draft.say("rules.heading")), Paragraph(f"{draft.say('rules.law')} {used}"))
    return Section("rules", (*blocks, Paragraph(draft.say("rules.read"))))

"""The enclosed function assessment: levels as a chart and a table, and what they rest on (p. 21)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from visitator_tui.domain.case import ActivityScore, AreaAssessment
from visitator_tui.domain.profile import before
from visitator_tui.domain.standard import Activity, Area

from .draft import Draft, capital, day, lower, sentence
from .model import Bar, Block, Facts, Heading, LevelProfile, Paragraph, Section, Table


def assessment(draft: Draft) -> Section:
    """The enclosure, on a page of its own."""
    found = draft.case.assessment
    blocks: list[Block] = [Heading(draft.say("assessment.heading"))]
    if found.assessed_on:
        blocks.append(Paragraph(draft.say("assessment.intro", date=day(found.assessed_on))))
    blocks += [Heading(draft.say("assessment.levels_heading"), 3), _levels(draft)]
    if bars := profile(draft):
        blocks.append(Heading(draft.say("assessment.profile_heading"), 3))
        if any(bar.before is not None for bar in bars):
            blocks.append(Paragraph(draft.say("assessment.profile_before")))
        blocks.append(_chart(draft, bars))
    if (overall := found.overall_level) is not None:
        said = draft.say("assessment.overall", level=overall, name=draft.level_names[overall])
        blocks.append(Paragraph(said))
    blocks += [Heading(draft.say("assessment.areas_heading"), 3), *areas(draft, described=True)]
    return Section("assessment", tuple(blocks), new_page=True)


def _levels(draft: Draft) -> Table:
    rows = tuple(
        (
            draft.say("assessment.scored", level=level.level, name=draft.level_names[level.level]),
            sentence(level.meaning),
        )
        for level in sorted(draft.standard.levels, key=lambda one: one.level)
    )
    return Table(
        (draft.say("assessment.level"), draft.say("assessment.meaning")),
        rows,
        (5, 8),
        draft.say("assessment.levels_summary"),
    )


def profile(draft: Draft) -> tuple[Bar, ...]:
    """A bar for each graded activity of the areas that are relevant, with its level before, if there is one."""
    scores = draft.case.assessment.activities
    earlier = before(draft.case, draft.standard)
    levels = earlier.levels if earlier else {}
    return tuple(
        _bar(draft, activity, scores[activity.id].level, levels.get(activity.id))
        for area in draft.standard.areas
        if not _not_relevant(draft, area)
        for activity in area.activities
        if activity.graded and activity.id in scores and scores[activity.id].level is not None
    )


def _bar(draft: Draft, activity: Activity, level: int | None, was: int | None) -> Bar:
    if was is None:
        return Bar(activity.label, level)
    said = draft.say("assessment.profile_label_before", activity=activity.label, before=was)
    return Bar(said, level, was)


def _chart(draft: Draft, bars: tuple[Bar, ...]) -> LevelProfile:
    told = "; ".join(draft.say("assessment.profile_bar", activity=bar.label, level=bar.level) for bar in bars)
    return LevelProfile(bars, draft.say("assessment.profile_alt", levels=told))


def areas(draft: Draft, *, described: bool, level: Literal[3, 4] = 4) -> Iterator[Block]:
    """Area by area: the levels with their causes.

    ``described``: also what the assessment rests on, and at the end the areas that are not relevant, each
    with its reason. ``level`` is that of the areas' headings.
    """
    for area in draft.standard.areas:
        state = draft.case.assessment.areas.get(area.id, AreaAssessment())
        if state.relevant is False:
            continue
        levels = tuple(_levels_of(draft, area))
        told = tuple(_described(draft, state)) if described else ()
        if levels or told:
            yield Heading(capital(area.name), level)
        if levels:
            yield Facts(levels, draft.say("assessment.area_summary", area=area.name), long_labels=True)
        yield from told
    if described and (left := tuple(_left_out(draft))):
        yield Heading(draft.say("assessment.not_relevant"), level)
        yield Facts(left, draft.say("assessment.not_relevant_summary"), long_labels=True)


def _left_out(draft: Draft) -> Iterator[tuple[str, str]]:
    for area in draft.standard.areas:
        if _not_relevant(draft, area):
            yield capital(area.name), sentence(draft.case.assessment.areas[area.id].justification)


def _levels_of(draft: Draft, area: Area) -> Iterator[tuple[str, str]]:
    """An activity with its level, cause and note; those of one level and no more to say in one row."""
    plain: dict[str, list[str]] = {}
    for activity in area.activities:
        score = draft.case.assessment.activities.get(activity.id, ActivityScore())
        scored = sentence(_scored(draft, activity, score))
        more = " ".join(part for part in (sentence(score.cause), sentence(score.note)) if part)
        if more:
            yield activity.label, f"{scored} {more}"
        else:
            plain.setdefault(scored, []).append(activity.label)
    for scored, labels in plain.items():
        yield ", ".join([labels[0], *map(lower, labels[1:])]), scored


def _scored(draft: Draft, activity: Activity, score: ActivityScore) -> str:
    if score.level is not None:
        return draft.say("assessment.scored", level=score.level, name=draft.level_names[score.level])
    if score.answer is not None and not activity.graded:
        return draft.say("assessment.yes" if score.answer else "assessment.no")
    return draft.say("assessment.not_scored")


def _not_relevant(draft: Draft, area: Area) -> bool:
    state = draft.case.assessment.areas.get(area.id)
    return state is not None and state.relevant is False


def _described(draft: Draft, state: AreaAssessment) -> Iterator[Block]:
    """The four kinds of information on an area (p. 18)."""
    told = (
        ("from_citizen", state.from_citizen),
        ("resources", state.resources),
        ("from_others", state.from_others),
        ("observed", state.observed),
    )
    said = [(kind, sentence(text)) for kind, text in told if sentence(text)]
    for number, (kind, text) in enumerate(said, start=1):
        yield Paragraph(text, lead=draft.say(f"assessment.{kind}"), tight=number < len(said))

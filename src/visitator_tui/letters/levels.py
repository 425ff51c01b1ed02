"""What the function levels mean that a letter to the citizen mentions; it is told once in the letter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from visitator_tui.domain.case import DecisionItem
from visitator_tui.domain.rules import ActivityRange, leaves
from visitator_tui.domain.wording import joined

from .draft import Draft, sentence
from .model import Block, Bullets, Paragraph


def level_in_name(draft: Draft, item: DecisionItem) -> int | None:
    """The level that the number after the help's name stands for (»Rengøring 4«), where the catalogue says so.

    It does by a level rule read from the name (``origin: name``) of that one level.
    """
    known = draft.standard.delydelse_by_id.get(item.delydelse)
    if known is None or known.level_rule is None or known.level_rule.origin != "name":
        return None
    ranges = [one for one in leaves(known.level_rule.when) if isinstance(one, ActivityRange)]
    levels = {level for one in ranges for level in (one.min, one.max)}
    level = levels.pop() if len(levels) == 1 else None
    return level if level is not None and known.name.endswith(f" {level}") else None


def _in_names(draft: Draft) -> frozenset[int]:
    """The levels that stand in names of the help decided on."""
    found = (level_in_name(draft, item) for _, item in draft.items)
    return frozenset(level for level in found if level is not None)


def told_in_names(draft: Draft) -> str:
    """That a number in a name is a level, and which; empty where there is none."""
    told = [
        draft.say("result.level_in_name", level=level, name=draft.level_names[level])
        for level in sorted(_in_names(draft))
    ]
    return draft.say("result.levels_in_names", levels=joined(told)) if told else ""


def explained(draft: Draft, mentioned: Iterable[int]) -> Iterator[Block]:
    """What each of the levels means; the enclosure tells it of them all."""
    told = sorted({*mentioned, *_in_names(draft)})
    if told and not draft.encloses:
        meanings = {one.level: sentence(one.meaning) for one in draft.standard.levels}
        yield Paragraph(draft.say("facts.levels"), keep=True)
        yield Bullets(
            tuple(
                draft.say("facts.level", level=level, name=draft.level_names[level], meaning=meanings[level])
                for level in told
            )
        )

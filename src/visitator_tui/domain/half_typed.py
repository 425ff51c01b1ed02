"""Half-typed texts in a merge: what is not yet a value has its field's place, and counts as somebody's work.

They are kept beside the document, by a path with places in lists (as ``Change.where``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .case import Case
from .edit import MISSING, EditError, to_json, validated
from .merge import Conflict, MergedCase, MergePath, merge_cases, value_at, with_value
from .merge_lists import by_identity, moved_path


def half_typed(drafts: Iterable[str], base: Any, mine: Any, theirs: Any) -> tuple[Conflict, ...]:
    """Where a half-typed text stands in what the other has changed or taken out: it counts as changed here too.

    ``drafts`` are paths in ``mine``. Where the list's entries cannot be told apart, the list is one conflict.
    """
    found = [one for where in drafts if (one := _disputed(where, base, mine, theirs))]
    paths = {one.path for one in found}
    outer = [one for one in found if not any(one.path[:n] in paths for n in range(len(one.path)))]
    return tuple({one.path: one for one in outer}.values())


def _disputed(where: str, base: Any, mine: Any, theirs: Any) -> Conflict | None:
    path, entry = _merge_path(mine, where)
    for length in range(1, len(path) + 1):
        part = path[:length]
        was, ours, other = (value_at(one, part) for one in (base, mine, theirs))
        if MISSING in (was, ours):
            return None
        if other is MISSING or length == len(path):
            taken_out = entry is MISSING or not isinstance(other, list) or entry not in other
            return Conflict(part, was, ours, other) if was == ours != other and taken_out else None
    return None


def _merge_path(document: Any, where: str) -> tuple[MergePath, Any]:
    """A path with places as one with identities, as far as entries have any; there also the entry it led to."""
    path: MergePath = ()
    here: Any = document
    for part in where.split("."):
        if isinstance(here, list):
            if not part.isdigit() or int(part) >= len(here):
                return (), MISSING
            keyed = by_identity(path, here)
            if keyed is None:
                return path, here[int(part)]
            key, here = list(keyed.items())[int(part)]
        else:
            key, here = part, here.get(part, MISSING) if isinstance(here, dict) else MISSING
        path = (*path, key)
    return path, MISSING


def merge_with_drafts(base: Case, mine: Case, theirs: Case, drafts: Iterable[str]) -> MergedCase:
    """As ``merge_cases``; where a half-typed text of mine stands, mine stays until a person has chosen."""
    merged = merge_cases(base, mine, theirs)
    if any(not one.path for one in merged.conflicts):
        return merged
    ours = to_json(mine)
    asked = half_typed(drafts, to_json(base), ours, to_json(theirs))
    try:
        document = kept(to_json(merged.case), ours, asked)
        return MergedCase(validated(document), (*merged.conflicts, *asked)) if asked else merged
    except EditError:  # the decision is made by now, and closed
        return merged


def kept(merged: Any, mine: Any, asked: Iterable[Conflict]) -> Any:
    """The merged document with mine in each of the conflicts."""
    for one in asked:
        merged = with_value(merged, one.path, one.mine, mine)
    return merged


def drafts_moved(drafts: Mapping[str, str], before: Any, after: Any) -> dict[str, str]:
    """Half-typed texts stay with their entries when those move in their lists, and go with those that went."""
    moved = {moved_path(where, before, after): raw for where, raw in drafts.items()}
    return {where: raw for where, raw in moved.items() if where}

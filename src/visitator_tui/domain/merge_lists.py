"""Lists in a merge: what tells entries apart, and the order of a list that two people have changed."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any, Final

IDENTITY: Final = {
    ("citizen", "household"): "name",
    ("decision", "items"): "delydelse",
    ("letter", "suppliers"): "name",
    ("made",): "letter_id",
}
"""Lists whose entries have a field that tells them apart."""


def by_identity(path: Sequence[str], entries_: list[Any]) -> dict[str, Any] | None:
    """The entries of a list by what tells them apart; None where nothing does, or two are called the same."""
    field = IDENTITY.get(tuple(path))
    if field is None:
        return None
    keyed = {}
    for entry in entries_:
        key = entry.get(field) if isinstance(entry, dict) else None
        if not isinstance(key, str) or not key or key in keyed:
            return None
        keyed[key] = entry
    return keyed


def entries(listed: list[Any]) -> dict[str, Any] | None:
    """The entries of a list by their whole content; None where two are alike."""
    keyed = {json.dumps(entry, sort_keys=True, ensure_ascii=False): entry for entry in listed}
    return keyed if len(keyed) == len(listed) else None


def in_order(
    base: list[str], mine: list[str], theirs: list[str], wanted: Collection[str]
) -> list[str] | None:
    """The wanted keys, in an order that keeps both people's; None when both moved entries apart.

    What only one of the two has stands behind the same entry as in hers; of two such groups in one place
    the one that sorts first comes first, so that both get the same list.
    """
    mine, theirs = [key for key in mine if key in wanted], [key for key in theirs if key in wanted]
    both = set(mine) & set(theirs)
    if _only(mine, both) == _only(theirs, both):
        return _chained(mine, theirs, both)
    was = _only(base, both)
    i_moved, they_moved = (_only(_only(one, both), set(was)) != was for one in (mine, theirs))
    if i_moved == they_moved:
        return None
    return _placed(mine, theirs, both) if i_moved else _placed(theirs, mine, both)


def _only(keys: Sequence[str], among: set[str]) -> list[str]:
    return [key for key in keys if key in among]


def _groups(keys: list[str], both: set[str]) -> dict[str, list[str]]:
    """What stands behind each common key (and, under "", before the first) until the next."""
    groups: dict[str, list[str]] = {"": []}
    behind = ""
    for key in keys:
        if key in both:
            behind = key
            groups[behind] = []
        else:
            groups[behind].append(key)
    return groups


def _chained(mine: list[str], theirs: list[str], both: set[str]) -> list[str]:
    first, second = _groups(mine, both), _groups(theirs, both)
    result: list[str] = []
    for behind, group in first.items():
        result += [behind] if behind else []
        for one in sorted((group, second[behind])):
            result += one
    return result


def _placed(leading: list[str], other: list[str], both: set[str]) -> list[str]:
    groups = _groups(other, both)
    result = list(groups[""])
    for key in leading:
        result += [key, *groups.get(key, ())]
    return result


def moved_path(where: str, before: Any, after: Any) -> str | None:
    """A path with dots and places in lists, after a merge has moved entries; None where its entry is gone."""
    parts: list[str] = []
    path: tuple[str, ...] = ()
    for part in where.split("."):
        if isinstance(before, list) and part.isdigit():
            place = _moved(path, int(part), before, after)
            if place is None:
                return None
            before = before[int(part)] if int(part) < len(before) else None
            after = after[place] if isinstance(after, list) and place < len(after) else None
            parts.append(str(place))
        else:
            before = before.get(part) if isinstance(before, dict) else None
            after = after.get(part) if isinstance(after, dict) else None
            path = (*path, part)
            parts.append(part)
    return ".".join(parts)


def _moved(path: tuple[str, ...], place: int, before: list[Any], after: Any) -> int | None:
    if not isinstance(after, list) or place >= len(before):
        return place
    keyed, now = by_identity(path, before), by_identity(path, after)
    if keyed is not None and now is not None:
        key = list(keyed)[place]
        return list(now).index(key) if key in now else None
    if before[place] in after:
        return after.index(before[place])
    return place if place < len(after) else None

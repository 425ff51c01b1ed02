"""Two people's work on one document, brought together over what both began from.

Fields that only one of the two changed are taken from her; fields that both changed alike are taken once; a
field that both changed in different ways is a conflict, and the result keeps *mine* there until a person has
chosen. Pure functions on JSON documents; ``merge_cases`` gives a valid case.

A path names fields, and the identity of an entry where it leads through a list whose entries have one. Other
lists merge by whole entries (what either added is there, what either took out is not); where both reworked
the same entry, or entries cannot be told apart, the list is one conflict.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, Literal

from .case import Case
from .edit import MISSING, EditError, to_json, validated
from .merge_lists import IDENTITY, by_identity, entries, in_order

MergePath = tuple[str, ...]

_WHOLE: Final = {"extent", "former_extent"}
"""Fields that only make sense together: two times a week and one a day must not become two a day."""

_KEPT: Final = {("made",)}
"""Lists whose entries are never changed or taken out: the result has all that either has."""

_CLOSED: Final = ("decision", "considerations")
"""What can no longer be changed once the decision is made."""


@dataclass(frozen=True)
class Conflict:
    """A field that two people filled in two ways: JSON values, or MISSING where there is nothing.

    ``settled``: there is nothing to choose, since the field was closed meanwhile by making the decision.
    """

    path: MergePath
    base: Any
    mine: Any
    theirs: Any
    settled: Literal["mine", "theirs"] | None = None

    @property
    def where(self) -> str:
        """The path with dots."""
        return ".".join(self.path)


@dataclass(frozen=True)
class Merged:
    """A merged JSON document, with mine wherever there is a conflict."""

    document: Any
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True)
class MergedCase:
    """A merged case, with mine wherever there is a conflict."""

    case: Case
    conflicts: tuple[Conflict, ...] = ()


def merge_cases(base: Case, mine: Case, theirs: Case) -> MergedCase:
    """Both people's changes to a case. What does not fit together is one conflict of the whole.

    Where one made the decision while the other worked on it, the made one stands as it was made, and the
    other's version is kept in a conflict that is settled.
    """
    documents = (to_json(base), to_json(mine), to_json(theirs))
    merged = merge(*documents)
    with suppress(EditError):
        case = validated(merged.document)
        if not (case.decision_is_made and _made_here(*documents, merged.document)):
            return MergedCase(case, merged.conflicts)
    merged = _with_decision_closed(merged, *documents)
    with suppress(EditError):
        return MergedCase(validated(merged.document), merged.conflicts)
    return MergedCase(mine, (Conflict((), *documents),))


def _made_here(base: Any, mine: Any, theirs: Any, merged: Any) -> bool:
    """Whether just one of the two has made the last decision since the base."""
    last = merged["made"][-1]
    return last not in base["made"] and (last in mine["made"]) is not (last in theirs["made"])


def _with_decision_closed(merged: Merged, base: Any, mine: Any, theirs: Any) -> Merged:
    """The decision as the one has it who made the last: it can no longer be worked on by the other."""
    made, ours = merged.document.get("made"), mine.get("made")
    if not made:
        return merged
    side: Literal["mine", "theirs"] = "mine" if ours and ours[-1] == made[-1] else "theirs"
    kept, other = (mine, theirs) if side == "mine" else (theirs, mine)
    document = {**merged.document, **{part: kept[part] for part in _CLOSED}}
    conflicts = [one for one in merged.conflicts if one.path[0] not in _CLOSED]
    conflicts += [
        Conflict((part,), base[part], mine[part], theirs[part], settled=side)
        for part in _CLOSED
        if other[part] not in (base[part], kept[part])
    ]
    return Merged(document, tuple(conflicts))


def merge(base: Any, mine: Any, theirs: Any) -> Merged:
    """Both people's changes to a JSON document."""
    conflicts: list[Conflict] = []
    return Merged(_merged((), base, mine, theirs, conflicts), tuple(conflicts))


def _merged(path: MergePath, base: Any, mine: Any, theirs: Any, found: list[Conflict]) -> Any:
    if theirs in (mine, base):
        return mine
    if mine == base:
        return theirs
    whole = bool(path) and path[-1] in _WHOLE
    if not whole and isinstance(mine, dict) and isinstance(theirs, dict):
        return _fields(path, base if isinstance(base, dict) else {}, mine, theirs, found)
    if not whole and isinstance(mine, list) and isinstance(theirs, list):
        return _list(path, base if isinstance(base, list) else [], mine, theirs, found)
    found.append(Conflict(path, base, mine, theirs))
    return mine


def _fields(
    path: MergePath, base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any], found: list[Conflict]
) -> dict[str, Any]:
    result = {}
    for name in dict.fromkeys((*mine, *theirs)):
        b, m, t = (one.get(name, MISSING) for one in (base, mine, theirs))
        value = _merged((*path, name), b, m, t, found)
        if value is not MISSING:
            result[name] = value
    return result


def _list(
    path: MergePath, base: list[Any], mine: list[Any], theirs: list[Any], found: list[Conflict]
) -> list[Any]:
    inner: list[Conflict] = []
    result: dict[str, Any] | None = None
    b, m, t = (by_identity(path, one) if path in IDENTITY else entries(one) for one in (base, mine, theirs))
    if b is not None and m is not None and t is not None:
        result = _by_identity(path, b, m, t, inner) if path in IDENTITY else _by_entry(b, m, t)
        order = None if result is None else in_order(list(b), list(m), list(t), result.keys())
        if result is not None and order is not None:
            found += inner
            return _oldest_first(result) if path in _KEPT else [result[key] for key in order]
    found.append(Conflict(path, base, mine, theirs))
    return mine


def _oldest_first(made: dict[str, Any]) -> list[Any]:
    return sorted(made.values(), key=lambda one: str(one.get("made_at", "")))


def _by_identity(
    path: MergePath, base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any], found: list[Conflict]
) -> dict[str, Any]:
    result = {}
    for key in dict.fromkeys((*mine, *theirs)):
        b, m, t = (one.get(key, MISSING) for one in (base, mine, theirs))
        if path in _KEPT and (m is MISSING or t is MISSING):
            value = m if t is MISSING else t
        else:
            value = _merged((*path, key), b, m, t, found)
        if value is not MISSING:
            result[key] = value
    return result


def _by_entry(base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any] | None:
    """What stays and what is new; None where both reworked the same entry in ways that cannot be told apart."""
    new, also_new = mine.keys() - base.keys(), theirs.keys() - base.keys()
    both_took_out = (base.keys() - mine.keys()) & (base.keys() - theirs.keys())
    if both_took_out and new - also_new and also_new - new:
        return None
    stays = (base.keys() & mine.keys() & theirs.keys()) | new | also_new
    return {key: value for key, value in {**base, **mine, **theirs}.items() if key in stays}


# -- one field of a document -----------------------------------------------------------------------------


def value_at(document: Any, path: Sequence[str]) -> Any:
    """What stands at a path of a conflict, or MISSING."""
    for number, part in enumerate(path):
        document = _below(tuple(path[:number]), document, part)
    return document


def reachable(document: Any, path: Sequence[str]) -> bool:
    """Whether a path can be followed: entries of the lists on the way can still be told apart."""
    for number, part in enumerate(path):
        if isinstance(document, list) and by_identity(path[:number], document) is None:
            return False
        document = _below(tuple(path[:number]), document, part)
    return True


def with_value(document: Any, path: MergePath, value: Any, like: Any) -> Any:
    """The document with ``value`` at a path (MISSING: with nothing there).

    What is not there on the way, and the place in a list, is taken from ``like``, another version of the
    document.
    """
    return _put((), document, path, value, like)


def _put(above: MergePath, here: Any, path: MergePath, value: Any, like: Any) -> Any:
    if not path:
        return value
    if here is MISSING or here is None:  # the whole branch was taken out meanwhile
        return _put(above, like, path, value, like) if isinstance(like, dict | list) else here
    part, inside = path[0], (*above, path[0])
    below = _below(above, like, part)
    if isinstance(here, list):
        found = by_identity(above, here)
        if found is None:  # entries can no longer be told apart: the list as it is in the other version
            return _put(above, like, path, value, like) if by_identity(above, like or []) else here
        keyed = dict(found)
        new = _put(inside, keyed.get(part, MISSING), path[1:], value, below)
        order = _places(list(keyed), part, list(by_identity(above, like) or {}))
        keyed[part] = new
        return [keyed[key] for key in order if keyed[key] is not MISSING]
    if not isinstance(here, dict):
        return here
    new = _put(inside, here.get(part, MISSING), path[1:], value, below)
    return {name: one for name, one in {**here, part: new}.items() if one is not MISSING}


def _below(above: MergePath, here: Any, part: str) -> Any:
    if isinstance(here, list):
        return (by_identity(above, here) or {}).get(part, MISSING)
    return here.get(part, MISSING) if isinstance(here, dict) else MISSING


def _places(keys: list[str], part: str, like: list[str]) -> list[str]:
    """The keys with ``part`` among them, behind the one it stands behind in the other version."""
    if part in keys:
        return keys
    before = like[: like.index(part)] if part in like else keys
    behind = next((keys.index(key) + 1 for key in reversed(before) if key in keys), 0)
    return [*keys[:behind], part, *keys[behind:]]


def without_disputed(mine: Any, theirs: Any, paths: Iterable[MergePath]) -> Any:
    """My document as it may be sent while fields are in conflict: with theirs in each of them."""
    for path in paths:
        mine = with_value(mine, path, value_at(theirs, path), theirs)
    return mine

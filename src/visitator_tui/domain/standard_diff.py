"""What became different from one standard to the next, in words: added, dropped, changed.

A delydelse is compared as it applies: what it states itself and, where it states nothing, what its ydelse
does. Pages are given and not compared: a new document has new ones. From a standard that holds only a part
(``complete: false``) nothing can be learned about what it leaves out, so that is not reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date
from functools import cached_property
from typing import Any, Literal, TypeVar

from .base import Model
from .rules import ActivityRange, AllOf, AnyOf, AtLeast, OverallRange, Rule
from .standard import Delydelse, LevelRule, Service, Standard
from .standard_statements import Lines, general_statements, guidance, statements
from .standard_wording import level_rule_words, place, range_words

Status = Literal["added", "dropped", "changed"]
_Part = TypeVar("_Part", bound=Service)
_Leaf = ActivityRange | OverallRange

LEVEL_RULE = "Niveauregel"


class Difference(Model):
    """One statement that came (``old`` empty), went (``new`` empty) or became another."""

    old: str = ""
    new: str = ""

    def __str__(self) -> str:
        if not self.new:
            return f"udgår: {self.old}"
        if not self.old:
            return f"nyt: {self.new}"
        label, _, was = self.old.partition(": ")
        same, _, now = self.new.partition(": ")
        if label == same and was and now and ": " not in was + now:
            return f"{label}: {was} -> {now}"
        return f"{self.old} -> {self.new}"


class FieldDiff(Model):
    """What became different in one field; ``field`` is its Danish name."""

    field: str
    differences: tuple[Difference, ...]


class PartDiff(Model):
    """A ydelse or delydelse that was added, dropped or changed.

    ``id`` is the old one where there is an old one, ``new_id`` the new one. ``ydelse`` is the id of the
    ydelse it belongs to (its own for a ydelse), in the same standard as ``id``. ``said`` is what the notes
    say of a part that a standard names without describing: there it is all that is known.
    """

    kind: Literal["ydelse", "delydelse"]
    id: str
    new_id: str | None
    name: str
    ydelse: str
    ydelse_name: str
    status: Status
    old_place: str = ""
    new_place: str = ""
    changes: tuple[FieldDiff, ...] = ()
    said: Lines = ()

    @property
    def lines(self) -> Lines:
        """The changes in words, a line each, and what the notes say."""
        fields = (f"{field.field}: {one}" for field in self.changes for one in field.differences)
        return (*fields, *self.said)


class StandardDiff(Model):
    """Everything that became different; ``incomplete`` names the standards that hold only a part."""

    old: str
    new: str
    municipality: str
    starts: date
    incomplete: tuple[str, ...] = ()
    general: tuple[FieldDiff, ...] = ()
    ydelser: tuple[PartDiff, ...] = ()
    delydelser: tuple[PartDiff, ...] = ()

    @cached_property
    def touched(self) -> dict[str, PartDiff]:
        """The dropped and changed delydelser by their id in the old standard."""
        return {one.id: one for one in self.delydelser if one.status != "added"}


def compare(old: Standard, new: Standard) -> StandardDiff:
    """What became different from ``old`` to ``new``; pure."""
    return StandardDiff(
        old=old.id,
        new=new.id,
        municipality=new.municipality,
        starts=new.valid_from,
        incomplete=tuple(one.id for one in (old, new) if not one.complete),
        general=tuple(_general(old, new)),
        ydelser=tuple(_parts(old.ydelse_by_id, new.ydelse_by_id, old, new)),
        delydelser=tuple(_parts(old.delydelse_by_id, new.delydelse_by_id, old, new)),
    )


def _general(old: Standard, new: Standard) -> Iterator[FieldDiff]:
    yield from _fields(general_statements(old), general_statements(new), old, new)
    before, after = guidance(old), guidance(new)
    kept = before.keys() & after.keys()  # a route that came or went is told with the help it is for
    yield from _fields(_only(kept, before), _only(kept, after), old, new)


def _only(keys: Set[str], lines: Mapping[str, Lines]) -> dict[str, Lines]:
    return {key: lines[key] for key in lines if key in keys}


def _parts(
    before: Mapping[str, _Part], after: Mapping[str, _Part], old: Standard, new: Standard
) -> Iterator[PartDiff]:
    renamed = _renamed(before, after)
    for old_id, part in before.items():
        successor = after.get(renamed.get(old_id, old_id))
        if successor is not None:
            yield from _changed(part, successor, old, new)
        elif new.complete:
            yield _part(
                part, old, "dropped", old_place=place(part), said=() if old.complete else _notes(part)
            )
    for part in after.values():
        if old.complete and part.id not in before and part.id not in renamed.values():
            yield _part(part, new, "added", new_place=place(part))


def _renamed(before: Mapping[str, _Part], after: Mapping[str, _Part]) -> dict[str, str]:
    """Old id -> new id of what kept its name and got another id; only where the name is clear."""
    gone = [part for part in before.values() if part.id not in after]
    come = [part for part in after.values() if part.id not in before]
    names = [part.name for part in (*gone, *come)]
    return {
        one.id: other.id
        for one in gone
        for other in come
        if one.name == other.name and names.count(one.name) == 2
    }


def _changed(before: _Part, after: _Part, old: Standard, new: Standard) -> Iterator[PartDiff]:
    said: Lines = ()
    if _name_only(before, old) or _name_only(after, new):
        said = _notes(before) if _name_only(before, old) else _notes(after)
        changes = tuple(_fields({"Navn": (before.name,)}, {"Navn": (after.name,)}, old, new))
    else:
        changes = tuple(_fields(statements(old, before), statements(new, after), old, new))
        if isinstance(before, Delydelse) and isinstance(after, Delydelse):
            changes += tuple(_level_rules(before.level_rule, after.level_rule, old, new))
    if before.id != after.id:
        changes += (FieldDiff(field="Id", differences=(Difference(old=before.id, new=after.id),)),)
    if changes or said:
        yield _part(
            after, new, "changed", id=before.id, ydelse=_owner(before, old).id,
            old_place=place(before), new_place=place(after), changes=changes, said=said,
        )  # fmt: skip


def _name_only(part: Service, standard: Standard) -> bool:
    """Whether a standard that holds only a part knows no more of ``part`` than its name."""
    if standard.complete:
        return False
    return not part.described if isinstance(part, Delydelse) else True


def _part(part: Service, standard: Standard, status: Status, **more: Any) -> PartDiff:
    """``part`` as its standard names it, in a diff."""
    owner = _owner(part, standard)
    about = {"id": part.id, "ydelse": owner.id, "new_id": None if status == "dropped" else part.id, **more}
    kind: Literal["ydelse", "delydelse"] = "ydelse" if owner is part else "delydelse"
    return PartDiff(kind=kind, name=part.name, ydelse_name=owner.name, status=status, **about)


def _owner(part: Service, standard: Standard) -> Service:
    return standard.ydelse_of[part.id] if isinstance(part, Delydelse) else part


def _notes(part: Service) -> Lines:
    return tuple(note.text for note in part.notes)


def _fields(
    before: Mapping[str, Lines], after: Mapping[str, Lines], old: Standard, new: Standard
) -> Iterator[FieldDiff]:
    for field in dict.fromkeys((*before, *after)):
        found = _differences(before.get(field, ()), after.get(field, ()))
        known = tuple(one for one in found if (one.old or old.complete) and (one.new or new.complete))
        if known:
            yield FieldDiff(field=field, differences=known)


def _differences(before: Lines, after: Lines) -> Iterator[Difference]:
    """The lines that went and came; two about the same thing (the words before a colon) are one change."""
    before, after = (tuple(" ".join(line.split()) for line in lines) for lines in (before, after))
    gone = [line for line in before if line not in after]
    come = [line for line in after if line not in before]
    if len(gone) == len(come) == 1:
        yield Difference(old=gone[0], new=come[0])
        return
    for line in gone:
        same = [one for one in come if ": " in line and one.split(": ")[0] == line.split(": ")[0]]
        if same:
            come.remove(same[0])
        yield Difference(old=line, new=same[0] if same else "")
    for line in come:
        yield Difference(new=line)


def _level_rules(
    before: LevelRule | None, after: LevelRule | None, old: Standard, new: Standard
) -> Iterator[FieldDiff]:
    moved = None
    if before is not None and after is not None and before.indicative == after.indicative:
        moved = _moved(before.when, after.when)
    if moved is None:
        yield from _fields({LEVEL_RULE: _words(before, old)}, {LEVEL_RULE: _words(after, new)}, old, new)
    elif moved:
        pairs = dict.fromkeys((range_words(was, new), range_words(now, new)) for was, now in moved)
        yield FieldDiff(
            field=LEVEL_RULE, differences=tuple(Difference(old=was, new=now) for was, now in pairs)
        )


def _words(rule: LevelRule | None, standard: Standard) -> Lines:
    return (level_rule_words(rule, standard),) if rule else ()


def _moved(before: Rule, after: Rule) -> list[tuple[_Leaf, _Leaf]] | None:
    """The ranges that are others now; None when the rules are not built alike."""
    match before, after:
        case (ActivityRange(activity=was), ActivityRange(activity=now)) if was == now:
            return [(before, after)] if before != after else []
        case OverallRange(), OverallRange():
            return [(before, after)] if before != after else []
        case (AllOf(all=parts), AllOf(all=others)) | (AnyOf(any=parts), AnyOf(any=others)):
            return _moved_in(parts, others)
        case (AtLeast(at_least=least), AtLeast(at_least=other)) if least == other:
            return _moved_in(before.of, after.of)
        case _:
            return None


def _moved_in(parts: Sequence[Rule], others: Sequence[Rule]) -> list[tuple[_Leaf, _Leaf]] | None:
    if len(parts) != len(others):
        return None
    moved: list[tuple[_Leaf, _Leaf]] = []
    for one, other in zip(parts, others, strict=True):
        here = _moved(one, other)
        if here is None:
            return None
        moved += here
    return moved

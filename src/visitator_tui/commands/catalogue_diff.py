"""``catalogue diff``: what became different from one standard to the next, and which cases it affects."""

from __future__ import annotations

import json
import re
from argparse import Namespace
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from visitator_tui import composition
from visitator_tui.catalogue.periods import period
from visitator_tui.catalogue.reader import check_catalogue
from visitator_tui.domain.case import Case
from visitator_tui.domain.standard import Standard
from visitator_tui.domain.standard_diff import Difference, FieldDiff, PartDiff, StandardDiff, Status, compare
from visitator_tui.usecases.casefile import CaseFileError, read_case
from visitator_tui.usecases.standard_change import Affected, affected

from .console import say, wrapped

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_HEADINGS: dict[Status, str] = {"dropped": "Udgår", "added": "Nyt", "changed": "Ændret"}


def run(arguments: Namespace) -> None:
    """Print the differences, for a person or as JSON. Raises BrokenCatalogueError, CaseFileError."""
    old, new = _standard(arguments.old), _standard(arguments.new)
    diff = compare(old, new)
    files = arguments.cases or []
    found = affected(diff, _cases(files))
    if arguments.json:
        say(json.dumps(_document(diff, found), ensure_ascii=False, indent=2))
        return
    for line in _lines(diff, old, new):
        say(line)
    if files:
        for line in _affected(found, len(files)):
            say(line)


def _standard(named: str) -> Standard:
    """The standard with an id, or in a file."""
    if _ID.fullmatch(named):
        return composition.catalogues().by_id(named)
    return check_catalogue(Path(named)).standard


def _cases(files: Iterable[str]) -> Iterator[tuple[str, Case]]:
    for file in files:
        try:
            yield file, read_case(Path(file))
        except CaseFileError as problem:
            named = (
                one if file in one.message else replace(one, where=f"{file} {one.where}".strip())
                for one in problem.problems
            )
            raise CaseFileError(*named) from None


def _document(diff: StandardDiff, found: tuple[Affected, ...]) -> dict[str, Any]:
    return {
        **diff.model_dump(mode="json"),
        "affected": [
            {
                "case": one.case,
                "cause": one.cause,
                "since": one.since.isoformat() if one.since else None,
                "delydelser": [part.id for part in one.parts],
            }
            for one in found
        ],
    }


def _lines(diff: StandardDiff, old: Standard, new: Standard) -> Iterator[str]:
    yield f"{new.municipality_name}: {new.title}"
    yield f"{old.id} ({period(old)}) -> {new.id} ({period(new)})"
    if old.municipality != new.municipality:
        yield wrapped(f"Bemærk: {old.id} er en anden kommunes, {old.municipality_name}.")
    if old.valid_from > new.valid_from:
        yield wrapped(f"Bemærk: {old.id} gælder fra en senere dag end {new.id}. Er de byttet om?")
    for one in diff.incomplete:
        yield wrapped(f"{one} er kun en del af en standard. Det, der ikke står i den, er ikke sammenlignet.")
    ydelser = {part.ydelse: part for part in diff.ydelser if part.status == "changed"}
    shown = 0
    for status, heading in _HEADINGS.items():
        texts = [_part(one, None) for one in diff.ydelser if one.status == status]
        texts += [_part(one, ydelser.get(one.ydelse)) for one in diff.delydelser if one.status == status]
        texts = [text for text in texts if text]
        yield from _section(heading, texts)
        shown += len(texts)
    if diff.general:
        yield "\nFOR AL HJÆLP"
        yield from _changes(diff.general, indent=2)
    if not (shown or diff.general):
        yield "\nDer er ingen forskelle."


def _section(heading: str, texts: list[str]) -> Iterator[str]:
    if texts:
        yield f"\n{heading.upper()} ({len(texts)})"
        yield from texts


def _part(part: PartDiff, ydelse: PartDiff | None) -> str:
    """A ydelse or delydelse with its changes; empty if its ydelse has told them all."""
    lines = [*_changes(part.changes, _told(ydelse)), *(wrapped(said, 6) for said in part.said)]
    if part.status == "changed" and not lines:
        return ""
    if part.kind == "ydelse":
        named = f"{part.name}, hele ydelsen"
    else:
        named = part.name if part.name == part.ydelse_name else f"{part.name} - {part.ydelse_name}"
    return "\n".join([wrapped(f"{named} ({_places(part)})", 2), *lines])


def _told(ydelse: PartDiff | None) -> set[tuple[str, Difference]]:
    fields = ydelse.changes if ydelse else ()
    return {(field.field, one) for field in fields for one in field.differences}


def _changes(
    fields: Iterable[FieldDiff], told: Container[tuple[str, Difference]] = (), indent: int = 6
) -> Iterator[str]:
    for field in fields:
        for one in field.differences:
            if (field.field, one) not in told:
                yield wrapped(f"{field.field}: {one}", indent)


def _places(part: PartDiff) -> str:
    if part.status != "changed":
        return part.old_place or part.new_place
    return f"{part.new_place}, før {part.old_place}"


def _affected(found: tuple[Affected, ...], cases: int) -> Iterator[str]:
    yield f"\nBERØRTE SAGER ({len({one.case for one in found})} af {cases})"
    for one in found:
        dropped = all(part.status == "dropped" for part in one.parts)
        yield wrapped(f"{one.case}: {one.name} {'udgår' if dropped else 'er ændret'}; {one.why}.", 2)
    if found:
        yield "Borgerne skal have besked, og deres hjælp skal vurderes igen."

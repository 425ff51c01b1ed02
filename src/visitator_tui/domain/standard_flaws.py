"""What is wrong with a standard as a whole: ids that point nowhere, repeated ids, facts without a place.

The checks of single fields stand in the models; these look across the file. Each flaw says where it
is, so that whoever reads the file from disk can name the line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .criteria import AllCriteria, AnyCriterion, CriterionTerm
from .rules import ActivityRange, AllOf, AnyOf, AtLeast, Rule
from .standard_process import named_help

if TYPE_CHECKING:
    from .base import Duration, Extent
    from .standard import Delydelse, Located, Service, Standard

Loc = tuple[str | int, ...]
"""Keys and list positions from the top of the document."""


Known = dict[str, dict[str, None]]
"""The ids of each part of the file, in its order."""


@dataclass(frozen=True)
class Flaw:
    """One flaw: where, what, how to mend it; for an id that is not known: the id and those that are."""

    loc: Loc
    message: str
    mend: str = ""
    value: str = ""
    known: tuple[str, ...] = ()


class FlawedStandardError(ValueError):
    """The fields are right one by one, but the standard does not hold together."""

    def __init__(self, found: tuple[Flaw, ...]) -> None:
        super().__init__("\n".join(f"{'.'.join(map(str, one.loc))}: {one.message}" for one in found))
        self.flaws = found


def flaws(standard: Standard) -> Iterator[Flaw]:
    """Every flaw of a standard, in the order of the file's parts."""
    if standard.valid_to is not None and standard.valid_to < standard.valid_from:
        message = f"valid_to {standard.valid_to} ligger før valid_from {standard.valid_from}"
        yield Flaw(("valid_to",), message, "Ret en af de to datoer.")
    if sorted(level.level for level in standard.levels) != [0, 1, 2, 3, 4]:
        message = "levels skal have hvert af niveauerne 0, 1, 2, 3 og 4 netop én gang"
        yield Flaw(("levels",), message, "Ret level i et af punkterne.")
    named = _named(standard)
    for what, ids in named.items():
        yield from _repeated(what, ids)
    known = {what: dict.fromkeys(one for _, one in ids) for what, ids in named.items()}
    for at, ydelse in enumerate(standard.ydelser):
        yield from _service(("ydelser", at), ydelse, known)
    for loc, item in _delydelser(standard):
        yield from _service(loc, item, known)
        yield from _delydelse(loc, item, standard, known)
    for at, one in enumerate(standard.considerations):
        if one.instead_of is not None:
            loc = ("considerations", at, "instead_of")
            yield from _unknown(loc, "overvejelsen", one.instead_of, "considerations", known)
    for at, deadline in enumerate(standard.deadlines):
        for key, length in (("decision", deadline.decision), ("start", deadline.start)):
            yield from _amounts(("deadlines", at, key), length)
    yield from _process(standard, known)
    yield from _missing_places(standard)


def _delydelser(standard: Standard) -> Iterator[tuple[Loc, Delydelse]]:
    for first, ydelse in enumerate(standard.ydelser):
        for second, item in enumerate(ydelse.delydelser):
            yield ("ydelser", first, "delydelser", second), item


def _named(standard: Standard) -> dict[str, list[tuple[Loc, str]]]:
    named: dict[str, list[tuple[Loc, str]]] = {
        what: [((what, at), one.id) for at, one in enumerate(getattr(standard, what))]
        for what in (
            "areas", "goals", "deadlines", "complaint_routes", "considerations", "criteria", "ydelser",
        )
    }  # fmt: skip
    named["activities"] = [
        (("areas", first, "activities", second), activity.id)
        for first, area in enumerate(standard.areas)
        for second, activity in enumerate(area.activities)
    ]
    named["delydelser"] = [(loc, item.id) for loc, item in _delydelser(standard)]
    return named


def _repeated(what: str, ids: Iterable[tuple[Loc, str]]) -> Iterator[Flaw]:
    seen: set[str] = set()
    for loc, one in ids:
        if one in seen:
            yield Flaw((*loc, "id"), f"id »{one}« står flere gange i {what}", "Giv et af dem et andet id.")
        seen.add(one)


def _unknown(loc: Loc, what: str, one: str, part: str, known: Known) -> Iterator[Flaw]:
    if one not in known[part]:
        yield Flaw(loc, f"{what} »{one}« findes ikke i {part}", value=one, known=tuple(known[part]))


def _service(loc: Loc, service: Service, known: Known) -> Iterator[Flaw]:
    for place, criterion in _criterion_places((*loc, "criteria"), service.criteria):
        yield from _unknown(place, "kriteriet", criterion, "criteria", known)
    for key, what in (("complaint_routes", "klageadgangen"), ("deadlines", "fristen")):
        for at, one in enumerate(getattr(service, key)):
            yield from _unknown((*loc, key, at), what, one, key, known)
    yield from _extent((*loc, "extent"), service.extent)


def _delydelse(loc: Loc, item: Delydelse, standard: Standard, known: Known) -> Iterator[Flaw]:
    rules = [((*loc, "level_rule", "when"), item.level_rule.when)] if item.level_rule else []
    rules += [((*loc, "remarks", at, "when"), one.when) for at, one in enumerate(item.remarks) if one.when]
    for where, rule in rules:
        for place, activity in _activity_places(where, rule):
            yield from _unknown(place, "aktiviteten", activity, "activities", known)
            if activity in known["activities"] and not standard.activity_by_id[activity].graded:
                message = f"aktiviteten »{activity}« har ingen niveauer"
                yield Flaw(place, message, "Brug en aktivitet, der har niveauer.")
    for key in ("not_with", "only_with"):
        for at, other in enumerate(getattr(item, key)):
            yield from _unknown((*loc, key, at), "delydelsen", other, "delydelser", known)
    for at, variant in enumerate(item.variants):
        yield from _extent((*loc, "variants", at, "extent"), variant.extent)
    yield from _repeated(
        "variants", [((*loc, "variants", at), variant.id) for at, variant in enumerate(item.variants)]
    )
    if not standard.law_of(item.id):
        yield Flaw((*loc, "law"), "lovgrundlag mangler, også på ydelsen", "Skriv law på en af dem.")
    if not (item.complaint_routes or standard.ydelse_of[item.id].complaint_routes):
        message = "klageadgang mangler, også på ydelsen"
        yield Flaw((*loc, "complaint_routes"), message, "Skriv complaint_routes på en af dem.")


def _criterion_places(loc: Loc, terms: tuple[CriterionTerm, ...]) -> Iterator[tuple[Loc, str]]:
    for at, term in enumerate(terms):
        match term:
            case AnyCriterion(any=parts):
                yield from _criterion_places((*loc, at, "any"), parts)
            case AllCriteria(all=parts):
                yield from _criterion_places((*loc, at, "all"), parts)
            case str():
                yield (*loc, at), term


def _activity_places(loc: Loc, rule: Rule) -> Iterator[tuple[Loc, str]]:
    parts: tuple[Rule, ...] = ()
    match rule:
        case ActivityRange(activity=activity):
            yield (*loc, "activity"), activity
        case AllOf(all=parts):
            loc = (*loc, "all")
        case AnyOf(any=parts):
            loc = (*loc, "any")
        case AtLeast(of=parts):
            loc = (*loc, "of")
    for at, part in enumerate(parts):
        yield from _activity_places((*loc, at), part)


def _extent(loc: Loc, extent: Extent | None) -> Iterator[Flaw]:
    if extent is None:
        return
    if extent.times_max is not None and extent.times_max < (extent.times or 0):
        message = f"times_max {extent.times_max} er mindre end times {extent.times}"
        yield Flaw((*loc, "times_max"), message, "Byt dem om.")
    yield from _amounts((*loc, "course"), extent.course)


def _process(standard: Standard, known: Known) -> Iterator[Flaw]:
    """The help that the steps of a course name."""
    for loc, part, one in named_help(standard.process):
        what = "ydelsen" if part == "ydelser" else "delydelsen"
        yield from _unknown(("process", *loc), what, one, part, known)


def _amounts(loc: Loc, length: Duration | None) -> Iterator[Flaw]:
    if length and length.amount_max is not None and length.amount_max < (length.amount or 0):
        message = f"amount_max {length.amount_max} er mindre end amount {length.amount}"
        yield Flaw((*loc, "amount_max"), message, "Byt dem om.")


def _missing_places(standard: Standard) -> Iterator[Flaw]:
    locator = standard.source.locator
    if locator == "none":
        return
    located: list[tuple[Loc, Located]] = [
        ((what, at), one)
        for what in ("deadlines", "criteria", "ydelser")
        for at, one in enumerate(getattr(standard, what))
    ]
    for loc, item in _delydelser(standard):
        located.append((loc, item))
        if item.level_rule and item.level_rule.origin == "standard":
            located.append(((*loc, "level_rule"), item.level_rule))
    for loc, one in located:
        if getattr(one, locator) is None:
            what = "siden" if locator == "page" else "linjen"
            yield Flaw((*loc, locator), f"{what} i kilden mangler", f"Skriv {locator}: og tallet.")

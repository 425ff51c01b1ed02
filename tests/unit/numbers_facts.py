"""Read from a catalogue, in the second reader's words, the numbers that its models hold as numbers."""

from __future__ import annotations

import re
from collections.abc import Callable

from numbers_rows import Row, deadline_of, entry_of, with_its_parts
from numbers_rules import parse_rule, same_rule
from numbers_texts import said_to_be_lost, stands_in_text

from visitator_tui.domain.base import Duration, Extent
from visitator_tui.domain.law import LawRef
from visitator_tui.domain.rules import ActivityRange
from visitator_tui.domain.standard import Delydelse, Price, Standard, Ydelse

OUTSIDE = {
    "supplier": "binds the supplier: reading of messages, invoices, emergency visits, hygiene of food",
    "audit": "the authority's yearly inspections, pp. 38-39",
    "authority": "binds the council: the standard is approved every year, p. 6",
}
"""Kinds of fact that a catalogue of what can be granted rightly leaves out, with the reason."""

Entry = Delydelse | Ydelse
_UNITS = {"day": "døgn", "month": "måned"}


def found(row: Row, standard: Standard) -> str:
    """What the catalogue says of a row's fact, in the form of the row's value."""
    if row.kind == "text":
        return row.value if stands_in_text(row, standard) else "no such number in a text with that place"
    if row.value == "lost":
        return _lost(row, standard)
    if row.kind in _OF_STANDARD:
        return _OF_STANDARD[row.kind](standard, row)
    entry = entry_of(standard, row.subject)
    if row.kind == "offered":
        return "no" if entry is None else "yes"
    if entry is None:
        return "no such entry"
    return _OF_ENTRY[row.kind](standard, entry, row)


def law_of(standard: Standard, subject: str) -> set[str]:
    """The whole legal basis of an entry, so that a paragraph too many is seen as well."""
    entry = entry_of(standard, subject)
    if entry is None:
        return set()
    return {_law(ref) for ref in (standard.law_of(entry.id) if isinstance(entry, Delydelse) else entry.law)}


def _lost(row: Row, standard: Standard) -> str:
    entry = entry_of(standard, row.subject)
    if row.kind == "clock" and entry and _extent(entry).clock:
        return str(_extent(entry).clock)
    return "lost" if said_to_be_lost(row, standard) else "nothing says that it is lost"


# -- facts of the whole standard -------------------------------------------------------------------------


def _count(standard: Standard, row: Row) -> str:
    entry = entry_of(standard, row.subject)
    counts = {
        "areas_stated": len(standard.areas),
        "areas_named": sum(not area.ours for area in standard.areas),
        "activities": len(standard.activity_by_id),
        "level_steps": len(standard.levels),
        "goals": len(standard.goals),
    }
    if isinstance(entry, Ydelse):
        counts["delydelser"] = len(entry.delydelser)
        counts["problem_areas"] = sum(
            bool(re.match(r"Sygepleje [1-9]\d?:", one.name)) for one in entry.delydelser
        )
    return str(counts[row.detail])


def _level_name(standard: Standard, row: Row) -> str:
    level = standard.levels[int(row.detail)]
    return level.name if level.page in (row.place, None) else f"page {level.page}"


def _deadline(standard: Standard, row: Row) -> str:
    deadline = deadline_of(standard, row)
    if deadline is None:
        return "no such deadline"
    duration = deadline.decision if row.kind == "decision_deadline" else deadline.start
    if duration and (duration.page or deadline.page or deadline.line) != row.place:
        return f"{_duration(duration)} at {duration.page or deadline.page or deadline.line}"
    return _duration(duration)


def _consideration(standard: Standard, row: Row) -> str:
    refs = [
        ref
        for one in standard.considerations
        for ref in (one.before if row.kind == "consideration_before" else one.law)
    ]
    return row.value if row.value in map(_law, refs) else str(refs)


_OF_STANDARD: dict[str, Callable[[Standard, Row], str]] = {
    "count": _count,
    "level_name": _level_name,
    "valid_from": lambda standard, row: str(standard.valid_from),
    "decision_deadline": _deadline,
    "start_deadline": _deadline,
    "consideration_before": _consideration,
    "consideration_law": _consideration,
}

# -- facts of one entry ----------------------------------------------------------------------------------


def _extent(entry: Entry) -> Extent:
    return entry.extent or Extent()


def _law(ref: LawRef) -> str:
    parts = [ref.act, ref.paragraph and f"§ {ref.paragraph}", ref.stk and f"stk {ref.stk}"]
    return " ".join(part for part in (*parts, ref.nr and f"nr {ref.nr}") if part)


def _law_row(standard: Standard, entry: Entry, row: Row) -> str:
    return row.value if row.value in law_of(standard, row.subject) else str(law_of(standard, row.subject))


def _duration(duration: Duration | None) -> str:
    if duration is None:
        return "none"
    if duration.amount is None:
        return duration.unit
    amount = f"{duration.amount}-{duration.amount_max}" if duration.amount_max else str(duration.amount)
    return f"{amount} {duration.unit}"


def _days(extent: Extent) -> str:
    return {True: "yes", False: "no", None: "none"}[extent.weekdays_only]


def _variant(standard: Standard, entry: Entry, row: Row) -> str:
    variants = entry.variants if isinstance(entry, Delydelse) else ()
    for one in variants:
        if one.id == row.detail and one.page == row.place:
            weekdays = " weekdays" if one.extent.weekdays_only else ""
            return f"{one.extent.times} per {one.extent.per}{weekdays} {' '.join(one.extent.time_of_day)}"
    return "no such variant"


def _course_variant(standard: Standard, entry: Entry, row: Row) -> str:
    variants = entry.variants if isinstance(entry, Delydelse) else ()
    return next(
        (_duration(one.extent.course) for one in variants if one.line == row.place), "no such variant"
    )


def _level_rule(standard: Standard, entry: Entry, row: Row) -> str:
    rule = entry.level_rule if isinstance(entry, Delydelse) else None
    if rule is None:
        return "no level rule"
    right = rule.indicative == (row.detail == "indicative") and (rule.page or rule.line) == row.place
    return row.value if right and same_rule(parse_rule(row.value), rule.when) else str(rule)


def _supplementary(standard: Standard, entry: Entry, row: Row) -> str:
    """The levels at which E Rehab gives supplementary help, or does not; the same for both activities."""
    refused = row.detail.startswith("ingen")
    ranges = set()
    for remark in entry.remarks if isinstance(entry, Delydelse) else ():
        says_no = bool(re.search(r"visiteres (der )?ikke", remark.text))
        if isinstance(remark.when, ActivityRange) and remark.page == row.place and says_no == refused:
            levels = f"{remark.when.min}-{remark.when.max}"
            ranges.add(levels if levels in remark.text else f"{levels}, but »{remark.text}«")
    return " and ".join(sorted(ranges))


def _price(standard: Standard, entry: Entry, row: Row) -> str:
    wanted: Callable[[Price], str] = {
        "price": lambda one: f"{one.amount:.2f}",
        "price_per": lambda one: next((en for en, da in _UNITS.items() if da == one.per), one.per),
        "price_year": lambda one: str(one.year),
    }[row.kind]
    prices = {
        wanted(one)
        for service in with_its_parts(standard, entry)
        for one in service.price
        if one.page == row.place and one.amount is not None
    }
    return row.value if row.value in prices else str(sorted(prices))


def _read(pattern: str, text: str | None) -> str:
    hit = re.search(pattern, text or "", re.IGNORECASE)
    return hit[1] if hit else "none"


def _training(pattern: str, entry: Entry) -> str:
    return _read(pattern, _extent(entry).text)


_GROUP, _ALONE = r"hold\w* (\d+) minutter", r"individuel\w*(?: træning)? (\d+) minutter"


def _minutes(standard: Standard, entry: Entry, row: Row) -> str:
    kinds = {"minutes_group": _training(_GROUP, entry), "minutes_individual": _training(_ALONE, entry)}
    stated = [minutes for minutes in kinds.values() if minutes != "none"]
    wanted = stated[0] if len(stated) == 1 and "uforklaret" not in (_extent(entry).text or "") else "None"
    if str(_extent(entry).minutes) != wanted:
        return f"text says {kinds}, extent.minutes {_extent(entry).minutes}"
    return kinds[row.kind]


def _complaint_deadline(standard: Standard, entry: Entry, row: Row) -> str:
    """The deadline of the entry's complaint routes: in the field, and in the words of the letter if there too."""
    ids = {route for service in with_its_parts(standard, entry) for route in service.complaint_routes}
    stated = set()
    for route in (standard.route_by_id[one] for one in ids):
        stated.add(_duration(route.deadline))
        if (weeks := _read(r"senest (\d+) uger", " ".join(route.text))) != "none":
            stated.add(f"{weeks} weeks")
    return " and ".join(sorted(stated))


def _complaint_stated(standard: Standard, entry: Entry, row: Row) -> str:
    routes = standard.routes_of(entry.id) if isinstance(entry, Delydelse) else ()
    shut = [one for one in routes if one.shuts_out_appeal and one.line == row.place and one.deadline]
    return (
        "none"
        if any("standarden har ingen frist" in (one.deadline.note or "") for one in shut if one.deadline)
        else "?"
    )


def _area(standard: Standard, entry: Entry, row: Row) -> str:
    for one in entry.delydelser if isinstance(entry, Ydelse) else ():
        if one.name.startswith(f"Sygepleje {row.detail}: ") and one.page == row.place:
            return one.name.split(": ")[1].removesuffix(" (anden indsats)")
    return "no such area"


_OF_ENTRY: dict[str, Callable[[Standard, Entry, Row], str]] = {
    "named": lambda standard, entry, row: "yes",
    "granted_by_visitator": lambda standard, entry, row: (
        "no" if isinstance(entry, Delydelse) and not entry.granted_by_visitator else "yes"
    ),
    "not_with": lambda standard, entry, row: (
        row.value
        if isinstance(entry, Delydelse)
        and (other := entry_of(standard, row.value))
        and other.id in entry.not_with
        else "not excluded"
    ),
    "law": _law_row,
    "level_rule": _level_rule,
    "level": _supplementary,
    "times": lambda standard, entry, row: str(_extent(entry).times),
    "times_max": lambda standard, entry, row: str(_extent(entry).times_max),
    "per": lambda standard, entry, row: str(_extent(entry).per),
    "minutes": lambda standard, entry, row: str(_extent(entry).minutes),
    "hours_each": lambda standard, entry, row: f"{(_extent(entry).minutes or 0) / 60:g}",
    "clock": lambda standard, entry, row: str(_extent(entry).clock),
    "weekdays_only": lambda standard, entry, row: _days(_extent(entry)),
    "time_of_day": lambda standard, entry, row: " ".join(
        _extent(standard.delydelse_by_id[row.detail] if row.detail else entry).time_of_day
    ),
    "course": lambda standard, entry, row: _duration(_extent(entry).course),
    "course_short": _course_variant,
    "course_long": _course_variant,
    "variant": _variant,
    "price": _price,
    "price_per": _price,
    "price_year": _price,
    "minutes_group": _minutes,
    "minutes_individual": _minutes,
    "minutes_group_short": lambda standard, entry, row: _training(r"uforklaret (\d+) minutter", entry),
    "minutes_planning_talk": lambda standard, entry, row: _training(
        r"planlægningssamtale[^.\d]* (\d+) minutter", entry
    ),
    "examinations_before": lambda standard, entry, row: _training(r"(\d+) forundersøgelse", entry),
    "examinations_midway": lambda standard, entry, row: _training(r"(\d+) midtvejsundersøgelse", entry),
    "examinations_after": lambda standard, entry, row: _training(
        r"(\d+) (?:afslutnings|slut)undersøgelse", entry
    ),
    "complaint_deadline": _complaint_deadline,
    "complaint_deadline_stated": _complaint_stated,
    "area": _area,
}

"""What can be picked in an event's fields: the granted help, and the journal's modules it is kept in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from visitator_tui.domain.course_complaint import Complaint
from visitator_tui.domain.course_supply import Absence
from visitator_tui.domain.standard import Delydelse
from visitator_tui.usecases.course_overview import module_of
from visitator_tui.usecases.my_day_task import Desk

Options = list[tuple[object, str]]


def choices_of(event: Any, desk: Desk) -> dict[str, Options]:
    """``items`` and ``modules``: of the granted help, and what the event names; of an absence, the year's stays."""
    known = desk.standard.delydelse_by_id
    ids = [one.delydelse for one in desk.helped_with]
    if isinstance(event, Complaint):  # it can be about what was refused or stopped
        ids += [item.delydelse for one in desk.case.made for item in one.decision.items]
    ids += [one for name in ("items", "two_staff") for one in getattr(event, name, ())]
    modules = [module for one in ids if (module := module_of(desk, one))]
    modules += getattr(event, "modules", ())
    stays = [one for rule in desk.standard.process.yearly_limits for one in rule.delydelser]
    stays += [one for one in (getattr(event, "delydelse", ""),) if one]
    return {
        **({"delydelse": _named(stays, known)} if isinstance(event, Absence) else {}),
        "items": _named(ids, known),
        "modules": [(one, one) for one in dict.fromkeys(modules)],
    }


def _named(ids: Iterable[str], known: Mapping[str, Delydelse]) -> Options:
    return [(one, known[one].name if one in known else one) for one in dict.fromkeys(ids)]

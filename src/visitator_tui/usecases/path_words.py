"""What the fields of a case are called in Danish, and how their values read: for conflicts and for what changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from visitator_tui.domain.base import Extent
from visitator_tui.domain.case import Case
from visitator_tui.domain.edit import MISSING, to_json
from visitator_tui.domain.merge import value_at
from visitator_tui.domain.standard import Standard
from visitator_tui.domain.steps import STEP_NAMES, Step
from visitator_tui.domain.wording import extent

from .casefile_schema import DESCRIPTIONS

NOTHING: Final = "(tomt)"
NOT_THERE: Final = "(står der ikke)"

_NAMES: Final = {
    "ActivityScore.level": "Funktionsniveau",
    "ActivityScore.answer": "Svar",
    "DecisionItem.outcome": "Udfald",
    "DecisionItem.reason": "Begrundelse",
    "DecisionItem.extent": "Omfang",
    "DecisionItem.former_extent": "Hidtidigt omfang",
    "DecisionItem.delydelse": "Hjælp",
    "Enquiry.applied_for": "Det, der søges om",
    "Summary.goal": "Retningsgivende mål",
    "DecisionMaker.name": "Afgjort af",
    "DecisionMaker.title": "Titel",
    "Appointment.purpose": "Formål",
    "Absence.why": "Årsag",
    "Absence.delydelse": "Ophold",
    "Case.answers": "Svar på kriterier",
    "Case.considerations": "Det, loven kræver overvejet",
    "Assessment.overall_level": "Samlet funktionsniveau",
}
"""Names where the case file's description tells of codes."""

_CODES: Final = {
    "DecisionItem.outcome": {
        "granted": "bevilling",
        "partly": "delvis bevilling",
        "refused": "afslag",
        "changed": "ændring",
        "stopped": "ophør",
    },
}

_STEP_OF: Final[Mapping[str, Step]] = {
    "citizen": "henvendelse", "enquiry": "henvendelse", "case_number": "henvendelse",
    "municipality": "henvendelse", "own_view": "egen_vurdering", "assessment": "hverdagsliv",
    "summary": "samlet_vurdering", "answers": "forslag", "decision": "afgoerelse", "made": "afgoerelse",
    "considerations": "afgoerelse", "course": "forloeb", "letter": "brev",
}  # fmt: skip

_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}))?")


def field_name(path: Sequence[str], standard: Standard | None, kind: str = "case") -> str:
    """The field at a path of a conflict: ``Indkøb: Egne observationer``, ``Borgerens navn``."""
    if not path:
        return "Hele sagen" if kind == "case" else "Det hele"
    if kind != "case":
        return " · ".join(path)
    entries, last = [], ""
    for part, key, above in _walk(path):
        if key:
            last = _named(key)
        else:
            entries.append(entry_name(above, part, standard))
            last = ""
    return ": ".join([one for one in (" · ".join(entries), last) if one])


def entry_name(listed: str, part: str, standard: Standard | None) -> str:
    """What an entry of a list is called: ``listed`` is the list (``Assessment.areas``), ``part`` its identity."""
    if standard is None:
        return part
    names: Mapping[str, str] = {
        "Assessment.areas": {one.id: one.name for one in standard.area_by_id.values()},
        "Assessment.activities": {one.id: one.label for one in standard.activity_by_id.values()},
        "Case.answers": {one.id: one.question for one in standard.criterion_by_id.values()},
        "Case.considerations": {one.id: one.name for one in standard.considerations},
        "Decision.items": {one.id: one.name for one in standard.delydelse_by_id.values()},
    }.get(listed, {})
    return names.get(part, part)


def value_text(path: Sequence[str], value: Any, standard: Standard | None = None) -> str:
    """A value as a person reads it, one thing a line."""
    places = list(_walk(path))
    _, key, above = places[-1] if places else ("", "", "")
    return "\n".join(_lines(key or (f"{above}[]" if above else ""), value, standard))


def _lines(key: str, value: Any, standard: Standard | None) -> list[str]:
    if value is MISSING:
        return [NOT_THERE]
    if value is None or value in ("", [], {}):
        return [NOTHING]
    if isinstance(value, bool):
        return ["Ja" if value else "Nej"]
    if isinstance(value, str):
        return _text(key, value, standard)
    if key.endswith("extent") and isinstance(value, dict):
        try:
            return [extent(Extent.model_validate(value)) or NOTHING]
        except ValidationError:
            pass
    if isinstance(value, list):
        return [line for one in value for line in _lines(f"{key}[]", one, standard)]
    if isinstance(value, dict):
        return _fields(key, value, standard)
    return [str(value)]


def _text(key: str, text: str, standard: Standard | None) -> list[str]:
    if day := _ISO_DAY.fullmatch(text):
        year, month, of_month, hour, minute = day.groups()
        return [f"{of_month}-{month}-{year}" + (f" kl. {hour}.{minute}" if hour else "")]
    if key in ("Enquiry.applied_for[]", "DecisionItem.delydelse"):
        return [entry_name("Decision.items", text, standard)]
    return _CODES.get(key, {}).get(text, text).splitlines() or [NOTHING]


def _fields(key: str, value: Mapping[str, Any], standard: Standard | None) -> list[str]:
    """What is filled in of a whole part of the case, each under its name."""
    model = _MODELS.get(key)
    lines = []
    for name, held in value.items():
        if held is None or held in ("", [], {}):
            continue
        inner = f"{model}.{name}" if model else ""
        named = _named(inner) if inner in DESCRIPTIONS else entry_name(key, name, standard)
        first, *more = _lines(inner or f"{key}[]", held, standard)
        lines += [f"{named}: {first}", *(f"  {line}" for line in more)]
    return lines or [NOTHING]


def changed_places(before: Case, after: Case, standard: Standard | None, most: int = 3) -> str:
    """Where two versions of a case differ, in a few words: ``Indkøb``, ``Henvendelse og Måltider``."""
    was, now = to_json(before), to_json(after)
    places: dict[str, None] = {}
    for head in now:
        if was.get(head) == now[head]:
            continue
        found = list(_areas(was, now, standard)) if head == "assessment" else []
        places |= dict.fromkeys(found or [STEP_NAMES[_STEP_OF[head]] if head in _STEP_OF else head])
    named = list(places)
    if len(named) > most:
        named = [*named[:most], "mere"]
    return " og ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)


def _areas(was: Any, now: Any, standard: Standard | None) -> Iterator[str]:
    for part in ("areas", "activities"):
        path = ("assessment", part)
        old, new = value_at(was, path), value_at(now, path)
        for one in dict.fromkeys([*old, *new]):
            if old.get(one) != new.get(one):
                area = standard.area_of_activity.get(one) if standard and part == "activities" else None
                yield area.name if area else entry_name(f"Assessment.{part}", one, standard)


def _named(key: str) -> str:
    told = _NAMES.get(key) or DESCRIPTIONS.get(key, key.rpartition(".")[2])
    return re.split(r"[;.(]", told, maxsplit=1)[0].strip()


# -- from a path to what stands there ------------------------------------------------------------------


def _walk(path: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Each part with its ``Model.field``, or empty for an entry; and the ``Model.field`` of the list it is in."""
    told: Any = Case
    above = ""
    for part in path:
        told = _bare(told)
        if isinstance(told, type) and issubclass(told, BaseModel):
            above = f"{told.__name__}.{part}"
            yield part, above, ""
            told = _field(told, part)
        else:
            yield part, "", above
            told = _entry(told)


def _field(model: type[BaseModel], name: str) -> Any:
    return next(
        (one.annotation for key, one in model.model_fields.items() if (one.alias or key) == name), NoneType
    )


def _bare(annotation: Any) -> Any:
    """An annotation without »or None«."""
    if get_origin(annotation) in (Union, UnionType):
        return next((one for one in get_args(annotation) if one is not NoneType), NoneType)
    return annotation


def _entry(annotation: Any) -> Any:
    """What a list or mapping holds."""
    inside = [one for one in get_args(annotation) if one is not Ellipsis]
    return inside[-1] if inside else NoneType


def _models() -> dict[str, str]:
    """The model of what stands in a field (``Model.field``) or in its entries (``Model.field[]``)."""
    found: dict[str, str] = {}
    todo: list[type[BaseModel]] = [Case]
    seen: set[type[BaseModel]] = set()
    while todo:
        model = todo.pop()
        if model in seen:
            continue
        seen.add(model)
        for name, one in model.model_fields.items():
            key, held = f"{model.__name__}.{one.alias or name}", _bare(one.annotation)
            if get_origin(held) in (tuple, list, dict):
                key, held = f"{key}[]", _bare(_entry(held))
            if isinstance(held, type) and issubclass(held, BaseModel):
                found[key] = held.__name__
                todo.append(held)
    return found


_MODELS: Final = {"": "Case", **_models()}

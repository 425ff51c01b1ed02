"""Whether a number stands in a catalogue's own words, at the right page or line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from numbers_rows import Row, entry_of
from pydantic import BaseModel

from visitator_tui.domain.criteria import criterion_ids
from visitator_tui.domain.standard import Delydelse, Fact, Standard, Ydelse

_WORDS = {"1": "en|et|én|ét", "2": "to", "3": "tre", "4": "fire", "5": "fem"}
_SAME = {"½ time": r"½ time|halv time|30 minutter"}
_SKIPPED = {"id", "per", "unit", "law", "clock", "keywords", "delydelser", "criteria", "variants"}
_LOST = {
    "age": "aldersgræns",
    "clock": "klokkeslæt",
    "clock_of_activity": "klokkeslæt",
    "phone": "telefonnummer",
    "principafgoerelse": "principafgørelse",
    "tolerance_minutes": "minutter",
}


def stands_in_text(row: Row, standard: Standard) -> bool:
    """Whether a text of the row's entry has the row's number and place."""
    pattern = _pattern(row.value)
    return any(pattern.search(text) for text in _at(row.place, _texts(standard, row.subject)))


def said_to_be_lost(row: Row, standard: Standard) -> bool:
    """Whether a note with the row's place says that the source lost just that."""
    return any(
        _LOST[row.kind] in text.casefold() and re.search(r"gået tabt|mangler", text)
        for text in _at(row.place, _texts(standard, row.subject))
    )


def _at(place: int, texts: list[tuple[int | None, str]]) -> Iterator[str]:
    """The texts with that place: their own, or one that they cite ("s. 44 og 46"), or none at all."""
    for own, text in texts:
        cited = re.findall(r"\d+", " ".join(re.findall(r"(?:s\.|linje) ([\d, og-]+)", text)))
        if own in (place, None) or str(place) in cited:
            yield text


def _texts(standard: Standard, subject: str) -> list[tuple[int | None, str]]:
    if subject.startswith(("Standarden", "Proces")):
        facts: list[Fact | str | None] = [
            *standard.notes,
            *standard.supplier_choice,
            *standard.delivery_reliability,
            *standard.citizen_duties,
            standard.approved,
        ]
        return [one for fact in facts if fact for one in _walk(fact, None, standard)]
    entry = entry_of(standard, subject)
    if entry is None:
        return []
    whole: list[Delydelse | Ydelse] = [entry]
    if isinstance(entry, Ydelse):
        whole += entry.delydelser
    return [one for service in whole for one in _of_service(service, standard)]


def _of_service(service: Delydelse | Ydelse, standard: Standard) -> Iterator[tuple[int | None, str]]:
    yield from _walk(service, None, standard)
    # A delydelse is also bound by what its ydelse asks for.
    terms = standard.criteria_of(service.id) if isinstance(service, Delydelse) else service.criteria
    for criterion_id in criterion_ids(terms):
        criterion = standard.criterion_by_id[criterion_id]
        # A shared criterion is asked once; its note names the other pages where it stands.
        yield criterion.page or criterion.line, f"{criterion.question} {criterion.note or ''}"


def _walk(value: Any, place: int | None, standard: Standard) -> Iterator[tuple[int | None, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, tuple):
        for part in value:
            yield from _walk(part, place, standard)
    elif isinstance(value, BaseModel):
        if not isinstance(value, Delydelse | Ydelse):
            place = getattr(value, "page", None) or getattr(value, "line", None) or place
        for name in type(value).model_fields:
            if name not in _SKIPPED:
                yield from _walk(getattr(value, name), place, standard)


def _pattern(value: str) -> re.Pattern[str]:
    """``10 hverdage`` as a pattern that allows a number word and a few words between number and unit."""
    if value in _SAME:
        return re.compile(_SAME[value], re.I)
    if paragraph := re.fullmatch(r"§ (\d+)( a)?", value):
        letter = r" ?a\b" if paragraph[2] else r"\b(?! ?a\b)"
        return re.compile(rf"§+ ?(?:\d+ og )?{paragraph[1]}{letter}")
    number, _, unit = value.partition(" ")
    if re.fullmatch(r"(stk\.|trin|niveau) \d+", value):
        return re.compile(rf"\b{re.escape(value)}\b", re.I)
    if not number[0].isdigit():
        return re.compile("".join(rf"(?=.*\b{re.escape(word)}\b)" for word in value.split()), re.I | re.S)
    if unit.startswith(("maj", "juni")):
        return re.compile(rf"\b{re.escape(value)}\b", re.I)
    word = rf"|\b(?:{_WORDS[number]})\b" if unit and number in _WORDS else ""
    between = rf"\.?[^.;\d]{{0,35}}?\b{re.escape(unit)}" if unit else ""
    return re.compile(rf"(?<![\d,.½-])(?:{re.escape(number)}{word})(?![\d,-]){between}", re.I)

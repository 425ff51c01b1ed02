"""The other way round: every number in a catalogue's own words was also found by the second reader."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from numbers_rows import Row, entry_of

from visitator_tui.domain.base import Extent
from visitator_tui.domain.standard import Delydelse, Fact, Standard, Ydelse

_UNITS = ("hverdag", "dag", "uge", "måned", "time", "minut", "gang", "år")
_DANISH = {"weekdays": "hverdage", "days": "dage", "weeks": "uger", "months": "måneder"}
_NUMBER = re.compile(
    rf"(?P<low>\d+(?:[.,]\d+)*)(?:-(?P<high>\d+))?(?:\.? (?P<unit>{'|'.join(_UNITS)}))?", re.IGNORECASE
)
_CITED = re.compile(r"(?:s\.|linje) [\d, og-]+")


def unheard_numbers(standard: Standard, rows: Iterable[Row]) -> list[str]:
    """What the catalogue says to visitator and citizen with a number that no row has at that place."""
    heard = _Heard(standard, rows)
    return [
        f"{where}, {place or 'no place'}: {number} in »{text}«"
        for where, place, entry, text in _spoken(standard)
        for number in _numbers(text)
        if number not in heard.at(place, entry, text)
    ]


class _Heard:
    """The numbers of the rows, by place and by entry."""

    def __init__(self, standard: Standard, rows: Iterable[Row]) -> None:
        self._by_place: dict[int, set[str]] = defaultdict(set)
        self._by_entry: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            heard = set(_row_numbers(row))
            self._by_place[row.place] |= heard
            if entry := entry_of(standard, row.subject):
                self._by_entry[entry.id] |= heard

    def at(self, place: int | None, entry: Delydelse | Ydelse | None, text: str) -> set[str]:
        """What was heard at a place and at those the text cites; without a place, what the entry has."""
        if place is None:
            return self._by_entry[entry.id] if entry else set()
        cited = [int(page) for pages in _CITED.findall(text) for page in re.findall(r"\d+", pages)]
        return set().union(*(self._by_place[page] for page in (place, *cited)))


def _row_numbers(row: Row) -> Iterator[str]:
    """Each number of a row alone and with its unit; a bare number fits every unit that its fact can have."""
    value = row.value
    for english, danish in _DANISH.items():
        value = value.replace(english, danish)
    for number in _numbers(f"{value}. {row.subject}. {row.detail}"):
        yield number
        yield number.split()[0]
    if _NUMBER.fullmatch(value):
        yield from (f"{value} {unit}" for unit in _UNITS)


def _numbers(text: str) -> Iterator[str]:
    """``højst 2 uger`` gives ``2 uge``; ``1-2 gange`` gives both; a number without a unit stands alone."""
    for found in _NUMBER.finditer(_CITED.sub("", text).replace("½ time", "30 minutter")):
        for number in (found["low"], found["high"]):
            if number:
                yield f"{number} {found['unit'].casefold()}" if found["unit"] else number


def _spoken(standard: Standard) -> Iterator[tuple[str, int | None, Delydelse | Ydelse | None, str]]:
    for criterion in standard.criteria:
        yield criterion.id, criterion.page or criterion.line, None, criterion.question
    for fact in (*standard.supplier_choice, *standard.delivery_reliability, *standard.citizen_duties):
        yield standard.id, fact.page or fact.line, None, fact.text
    for ydelse in standard.ydelser:
        entries: tuple[Delydelse | Ydelse, ...] = (ydelse, *ydelse.delydelser)
        for entry in entries:
            for place, text in _of_entry(entry):
                yield entry.id, place, entry, text


def _of_entry(entry: Delydelse | Ydelse) -> Iterator[tuple[int | None, str]]:
    facts: list[Fact] = [
        *entry.excluded,
        *entry.supplier,
        *entry.delivery_reliability,
        *entry.citizen_duties,
        *entry.review,
    ]
    extents: list[Extent | None] = [entry.extent]
    if isinstance(entry, Delydelse):
        facts += [Fact(text=remark.text, page=remark.page, line=remark.line) for remark in entry.remarks]
        facts += [entry.granted_by] if entry.granted_by else []
        extents += [variant.extent for variant in entry.variants]
    for fact in facts:
        yield fact.page or fact.line, fact.text
    for price in entry.price:
        yield price.page or price.line, price.what
    for text in (
        *entry.purpose,
        *entry.content,
        *(extent.text for extent in extents if extent and extent.text),
    ):
        yield None, text

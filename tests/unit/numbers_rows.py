"""The second, independent transcription of the standards, and the entry of a catalogue a row speaks of."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from visitator_tui.domain.standard import Delydelse, Service, ServiceDeadline, Standard, Ydelse

FIXTURES = Path(__file__).parent.parent / "fixtures"

# What the source's headings are called in the catalogue, where the names differ.
_YDELSER = {
    "borgerstyret personlig assistance": "bpa",
    "forebyggelse og sundhedsfremme": "forebyggende_hjemmebesoeg",
    "praktisk hjælp - indkøbsordning": "indkoebsordning",
    "sygeplejefaglige sundhedslovsydelser": "sygepleje",
    "tøjvask": "toejvaskeordning",
}
_DELYDELSER = {
    "genoptræningsforløb hjerte sygdomme (t32)": "t32_hjerte",
    "medicinadministration": "medicinadministration",
    "rehabilitering § 83 a": "rehabilitering_83a",
    "vedligeholdelsestræning dv - plejen": "vedligeholdelsestraening_dv",
    "vedligeholdelsestræning dva - plejen aften": "vedligeholdelsestraening_dva",
}
_DEADLINES = {
    "hjælpemidler akut behov": "hjaelpemidler_akut",
    "hjælpemidler ikke akut behov": "hjaelpemidler",
    "madservice akut behov": "madservice_akut",
    "madservice ikke akut behov": "madservice",
    "personlig hjælp og pleje akut behov": "personlig_hjaelp_akut",
    "personlig hjælp og pleje ikke akut behov": "personlig_hjaelp",
    "plejehjem ikke akut": "plejehjem",
    "træning serviceloven": "traening_serviceloven",
}


@dataclass(frozen=True)
class Row:
    """One fact as the second reader wrote it down; ``place`` is a page, or a line for Herning."""

    place: int
    subject: str
    fact: str
    value: str

    @property
    def kind(self) -> str:
        """The fact without what follows its colon."""
        return self.fact.split(":")[0]

    @property
    def detail(self) -> str:
        """What follows the fact's colon."""
        return self.fact.partition(":")[2]

    def __str__(self) -> str:
        return f"{self.place} {self.subject}: {self.fact} = {self.value}"


def read_rows(name: str) -> list[Row]:
    """The rows of a transcription, in the order of the source."""
    with (FIXTURES / name).open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        return [Row(int(place), subject, fact, value) for place, subject, fact, value in reader]


def entry_of(standard: Standard, subject: str) -> Delydelse | Ydelse | None:
    """The delydelse, else the ydelse, that the source's heading ``subject`` names."""
    wanted = _plain(subject)
    if wanted in _YDELSER:
        return standard.ydelse_by_id[_YDELSER[wanted]]
    for delydelse in standard.delydelse_by_id.values():
        if delydelse.id == _DELYDELSER.get(wanted) or _plain(delydelse.name) == wanted:
            return delydelse
    return next((ydelse for ydelse in standard.ydelser if _plain(ydelse.name) == wanted), None)


def with_its_parts(standard: Standard, entry: Delydelse | Ydelse) -> tuple[Service, ...]:
    """A ydelse with its delydelser, or a delydelse with its ydelse: where a fact of the page may stand."""
    if isinstance(entry, Ydelse):
        return (entry, *entry.delydelser)
    return (entry, standard.ydelse_of[entry.id])


def deadline_of(standard: Standard, row: Row) -> ServiceDeadline | None:
    """The deadline of that name; where the standard states it with the delydelse, the one it refers to."""
    wanted = _plain(row.subject)
    for deadline in standard.deadlines:
        if deadline.id == _DEADLINES.get(wanted) or _plain(deadline.name) == wanted:
            return deadline
    entry = entry_of(standard, row.subject)
    return standard.deadline_by_id[entry.deadlines[0]] if entry and entry.deadlines else None


@cache
def _plain(name: str) -> str:
    return re.sub(r"\s+", " ", name.casefold()).strip()

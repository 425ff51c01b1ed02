"""The catalogues say the same numbers as a second person read in the sources, page by page.

The rows in ``fixtures/numbers_*.csv`` were written from the sources alone by somebody who had not seen
the catalogues; ``numbers_facts`` and ``numbers_texts`` find what a catalogue says of each.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any

import pytest
import yaml
from numbers_facts import OUTSIDE, found, law_of
from numbers_rows import Row, read_rows
from numbers_spoken import unheard_numbers

from visitator_tui.domain.standard import Standard
from visitator_tui.resources import asset

# Dropped or replaced in 2017, so that it is the stub of 2016 that speaks of it.
OF_2016 = {"Standarden 2016", "Psykisk hjælp og støtte 3"}
HERNING = read_rows("numbers_herning_2022.csv")
ALL_HELSINGOER = read_rows("numbers_helsingor_2017.csv")
HELSINGOER_2016 = [row for row in ALL_HELSINGOER if row.subject in OF_2016 and row.kind != "offered"]
HELSINGOER = [row for row in ALL_HELSINGOER if row not in HELSINGOER_2016]
ROWS = {"helsingor-2017": HELSINGOER, "helsingor-2016": HELSINGOER_2016, "herning-2022": HERNING}


@cache
def document(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(
        (asset("catalogues") / f"{name}.yaml").read_text(encoding="utf-8")
    )
    return loaded


def disagreements(rows: Iterable[Row], standard: Standard) -> list[str]:
    """Every row that the catalogue does not bear out, and every paragraph or number that it has too much."""
    rows = [row for row in rows if row.kind not in OUTSIDE]
    said = [(row, found(row, standard)) for row in rows]
    wrong = [f"{row}; the catalogue: {text}" for row, text in said if text != row.value]
    laws: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.kind == "law":
            laws[row.subject].add(row.value)
    wrong += [
        f"{subject}: {', '.join(sorted(extra))} is not in the source"
        for subject, refs in laws.items()
        if (extra := law_of(standard, subject) - refs)
    ]
    return wrong


def test_the_transcriptions_are_whole() -> None:
    assert (len(ALL_HELSINGOER), len(HELSINGOER_2016), len(HERNING)) == (701, 2, 68)


@pytest.mark.parametrize("name", ROWS)
def test_every_number_of_the_source_stands_in_the_catalogue(name: str) -> None:
    assert disagreements(ROWS[name], Standard.model_validate(document(name))) == []


@pytest.mark.parametrize("name", ["helsingor-2017", "herning-2022"])
def test_no_number_is_told_to_visitator_or_citizen_that_the_source_does_not_have(name: str) -> None:
    assert unheard_numbers(Standard.model_validate(document(name)), ROWS[name]) == []


def _delydelse(name: str, delydelse_id: str) -> tuple[str | int, ...]:
    for number, ydelse in enumerate(document(name)["ydelser"]):
        for at, one in enumerate(ydelse.get("delydelser", ())):
            if one["id"] == delydelse_id:
                return ("ydelser", number, "delydelser", at)
    raise KeyError(delydelse_id)


def _with_id(name: str, key: str, wanted: str) -> tuple[str | int, ...]:
    return (key, [one["id"] for one in document(name)[key]].index(wanted))


HEL, HER = "helsingor-2017", "herning-2022"
CHANGES: dict[str, tuple[str, tuple[str | int, ...], object]] = {
    "hours of afløsning": (HEL, (*_delydelse(HEL, "afloesning"), "extent", "minutes"), 120),
    "how often relief cleaning": (HEL, (*_delydelse(HEL, "aflastende_rengoering"), "extent", "per"), "week"),
    "price of a stay": (HEL, (*_delydelse(HEL, "aflastningsophold"), "price", 0, "amount"), 154.0),
    "year of a price": (HEL, (*_with_id(HEL, "ydelser", "dagcenter"), "price", 0, "year"), 2016),
    "times of a variant": (
        HEL,
        (*_delydelse(HEL, "lokalt_dagcenter_3"), "variants", 1, "extent", "times"),
        3,
    ),
    "bound of a level": (HEL, (*_delydelse(HEL, "indkoebsordning"), "level_rule", "when", "min"), 1),
    "and for or": (HEL, (*_delydelse(HEL, "lokalt_dagcenter_3"), "level_rule", "when", "at_least"), 1),
    "overall level": (HEL, (*_delydelse(HEL, "aeldrebolig"), "level_rule", "when", "overall", "max"), 3),
    "minutes of training": (HEL, (*_delydelse(HEL, "t54_hjemme"), "extent", "minutes"), 45),
    "length of a course": (
        HEL,
        (*_delydelse(HEL, "b_rehab_hjemmeplejeindsats"), "extent", "course", "amount"),
        6,
    ),
    "law of a delydelse": (HEL, (*_delydelse(HEL, "terminalt_forloeb"), "law", 1, "paragraph"), "86"),
    "page of a level rule": (HEL, (*_delydelse(HEL, "dagcenter_demens"), "level_rule", "page"), 63),
    "deadline for a decision": (HEL, (*_with_id(HEL, "deadlines", "plejehjem"), "decision", "amount"), 4),
    "unit of a start": (HEL, (*_with_id(HEL, "deadlines", "madservice"), "start", "unit"), "weekdays"),
    "number in a question": (
        HEL,
        (*_with_id(HEL, "criteria", "mere_end_8_gange_i_doegnet"), "question"),
        "Har borgeren brug for hjælp 8 eller flere gange i døgnet?",
    ),
    "number in a promise": (
        HEL,
        (*_with_id(HEL, "ydelser", "afloesning_og_aflastning"), "delivery_reliability", 0, "text"),
        "Hjælpen kan begynde inden 14 hverdage efter visitationen.",
    ),
    "minutes of klippekort": (HER, (*_delydelse(HER, "klippekort"), "extent", "minutes"), 45),
    "a level made a condition": (HER, (*_delydelse(HER, "klippekort"), "level_rule", "indicative"), False),
    "clock times": (
        HER,
        (*_delydelse(HER, "vedligeholdelsestraening_dva"), "extent", "clock"),
        "16.00-23.00",
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_number_is_noticed(change: str) -> None:
    name, (*way, last), value = CHANGES[change]
    changed = copy.deepcopy(document(name))
    place: Any = changed
    for key in way:
        place = place[key]
    assert place[last] != value
    place[last] = value
    standard = Standard.model_validate(changed)
    assert disagreements(ROWS[name], standard) + unheard_numbers(standard, ROWS[name])

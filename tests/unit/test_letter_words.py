"""What is told beside a field of whose letter its words stand in is what the letters do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any

from letter_cases import (
    FREE_TEXT,
    HEARD,
    REPLACES,
    case,
    granted,
    letterhead,
    partly,
    refused,
    standard,
    stopped,
)
from letter_cases import changed as changed_item
from letter_kit import PRESS
from letter_others import COMPLAINT

from visitator_tui.domain.case import Case
from visitator_tui.domain.decision_maker import DecisionMaker
from visitator_tui.domain.edit import EditError, change, parse_path
from visitator_tui.domain.letter_facts import LETTER_KINDS
from visitator_tui.domain.letter_words import APPEAL, BOTH, ENCLOSURE, LETTER, PERHAPS, STANDS, stands_in
from visitator_tui.usecases.letter_facts_of import letter_facts_of

TODAY = date(2024, 6, 10)
ANNA = DecisionMaker(name="Anna Assistent")
TELL_THEMSELVES = re.compile(
    r"format|municipality|case_number|citizen\.(?!household).*|enquiry\.(from|applied_for).*|summary\.goal"
    r"|considerations\..*\.outcome|decision\.follows|decision\.(by|corrects\.id).*|decision\.items\.\d+\.(delydelse|answers|goal|variant)"
    r"|letter\.(by|order\.supplier).*|decision\.items\.[12]\.supplier"
)
"""Codes that are chosen; names, addresses and applications, which are written to be read."""


def whole() -> dict[str, Any]:
    """A case of which every letter can be written, with something in every field that takes words."""
    items = (
        granted("bad_2", professional_reason="x", facts="x", citizen_said="x", extent={"text": "x"}),
        partly("rengoering_3"),
        changed_item("indkoebsordning", former_extent={"text": "x"}),
        stopped("klippekort_1"),
        refused(FREE_TEXT, law="x"),
    )
    one = case(*items, **HEARD, **REPLACES).model_dump(mode="json", by_alias=True)
    complaint = {**COMPLAINT, "by": "x", "papers": ["x"], "outcome": "not_upheld"}
    delay = {"reason": "x", "expected_on": "2024-06-20"}
    one["course"] |= {"delay_notices": [delay], "complaints": [complaint]}
    one["letter"] |= {
        "answer_by": "2024-06-20",
        "hearing": {"information": [{"source": "x", "text": "x"}], "considering": "x"},
        "suppliers": [{"name": "x", "gives": "x", "contact": "x"}],
        "order": {"supplier": "Hjemmeplejen, Lindholm Kommune", "address": ["x"], "note": "x"},
    }
    return one


def texts(value: Any, path: str = "") -> Iterator[str]:
    """The paths of everything that is a text or nothing."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from texts(one, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from texts(one, f"{path}.{number}")
    elif isinstance(value, str | None) and not TELL_THEMSELVES.fullmatch(path):
        yield path


def form_of(path: str) -> str:
    """A path with ``*`` for what the case itself names."""
    named = re.sub(r"(activities|areas|considerations)\.\w+", r"\1.*", path)
    return re.sub(r"\.\d+(?=\.)", ".*", re.sub(r"\.\d+$", "", named))


def places() -> dict[str, set[str]]:
    """Where the words of each field come out: in letters by their kind, and in the decision's enclosure."""
    document, marked = whole(), list[str]()
    one = Case.model_validate(document)
    for path in texts(document):
        with suppress(EditError):  # a date, or one of a few codes
            more = ". Du går selv til købmanden hver fredag" if path.endswith(".reason") else ""
            one, _ = change(one, parse_path(path), f"ord{len(marked)}ord{more}")
            marked.append(path)
    found: dict[str, set[str]] = {form_of(path): set() for path in marked}
    for kind in LETTER_KINDS:
        letter = PRESS.letter(one, standard(), letterhead(), kind, letter_facts_of(one, TODAY, ANNA))
        for section in letter.sections:
            place = "bilag" if (kind, section.role) == ("afgoerelse", "assessment") else kind
            for number in re.findall(r"[Oo]rd(\d+)ord", f"{section.text} {letter.recipient}"):
                found[form_of(marked[int(number)])].add(place)
    return found


CITIZENS = {"afgoerelse", "kvittering", "forsinkelse", "genvurdering", "leverandoervalg"}
HEARING = {"partshoering"}


def test_what_is_told_beside_a_field_is_where_its_words_come_out() -> None:
    found = places()
    assert {form for form in found if stands_in(form)} == set(STANDS) - {"enquiry.applied_for"}
    for form, where in found.items():
        match stands_in(form):
            case "":
                assert not where, form
            case told if told in (LETTER, PERHAPS):
                assert where & (CITIZENS | HEARING), form
            case told if told == BOTH:
                assert where == {"genvurdering", "oversendelse"}, form
            case told if told == ENCLOSURE:
                assert "bilag" in where, form
                assert not where & CITIZENS, form
            case told:
                assert where == {"oversendelse" if told == APPEAL else "bestilling"}, form

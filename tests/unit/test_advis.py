"""An order as advis: what the supplier's system gets, what it never gets, and when there is no advis."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from visitator_tui.domain.case import Case
from visitator_tui.domain.made_decision import with_made
from visitator_tui.domain.standard import Standard
from visitator_tui.usecases.advis import Advis, AdvisError, advis_of, advis_schema, write_advis

AT = datetime(2017, 3, 9, 8, 30, tzinfo=UTC)
ORDER = {
    "items": ["rengoering_3"],
    "supplier": " Omsorg ApS ",
    "channel": "advis",
    "ordered_on": "2017-03-09",
}


def ordered(made: bool = True, **order: Any) -> Case:
    item = {
        "delydelse": "rengoering_3", "outcome": "granted", "purpose": "At der er rent.", "start_on": "2017-03-20",
        "extent": {"times": 1, "per": "week"}, "reason": "Kan ikke støvsuge på grund af hjertet.",
    }  # fmt: skip
    case = Case.model_validate({
        "municipality": "helsingor", "case_number": "2017-0042",
        "citizen": {"name": "Åse Ærø", "cpr": "040538-1235", "birth_date": "1938-05-04"},
        "summary": {"text": "Hjertesvigt.", "goal": "fastholde"},
        "decision": {"decided_on": "2017-03-08", "by": {"name": "Bo"}, "items": [item]},
        "course": {"orders": [{**ORDER, **order}]},
    })  # fmt: skip
    return with_made(case, "brev-1", AT) if made else case


def test_the_file_tells_what_was_granted_and_follows_its_schema(tmp_path: Path, helsingor: Standard) -> None:
    file = write_advis(tmp_path, "0123456789", advis_of(ordered(), 0, helsingor, AT))
    told = json.loads(file.read_text("utf-8"))
    jsonschema.validate(told, advis_schema())
    assert told["supplier"] == "Omsorg ApS"
    (item,) = told["items"]
    assert (item["name"], item["goal"], item["letter"]) == ("Rengøring 3", "Fastholde", "brev-1")
    assert (item["extent"]["times"], item["extent"]["per"], item["start_on"]) == (1, "week", "2017-03-20")
    assert Advis.model_validate_json(file.read_bytes()) == advis_of(ordered(), 0, helsingor, AT)


def test_neither_name_nor_file_has_the_cpr_number_or_the_assessment(
    tmp_path: Path, helsingor: Standard
) -> None:
    file = write_advis(tmp_path, "0123456789", advis_of(ordered(), 0, helsingor, AT))
    assert file.name == "advis-2017-03-09-01234567-1.json"
    text = file.read_text("utf-8")
    for secret in ("040538-1235", "0405381235", "hjerte", "Hjerte"):
        assert secret not in text


@pytest.mark.parametrize(
    ("case", "says"),
    [
        (ordered(made=False), "Rengøring 3 er ikke bevilget i en afgørelse, der er truffet"),
        (ordered(items=["bad_2"]), "Bad 2 er ikke bevilget"),
        (ordered(supplier=" "), "hvilken leverandør"),
        (ordered(channel="letter"), "sat til brev"),
        (ordered(items=[]), "hvilken hjælp"),
    ],
)
def test_an_order_that_cannot_be_sent_says_why(case: Case, says: str, helsingor: Standard) -> None:
    with pytest.raises(AdvisError, match=says):
        advis_of(case, 0, helsingor, AT)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, helsingor: Standard) -> None:
    (tmp_path / "fil").write_text("")
    with pytest.raises(AdvisError):
        write_advis(tmp_path / "fil" / "mappe", "0123456789", advis_of(ordered(), 0, helsingor, AT))

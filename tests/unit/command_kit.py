"""A finished case of an invented municipality, and the commands run against its standard."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from visitator_tui import composition
from visitator_tui.catalogue import CatalogueFolder
from visitator_tui.cli import main
from visitator_tui.resources import asset
from visitator_tui.settings import Settings

FIXTURES = Path(__file__).parents[1] / "fixtures" / "catalogues"
NOW = datetime(2020, 3, 10, 9, 0, tzinfo=ZoneInfo("Europe/Copenhagen"))

AREA = {"relevant": True, "from_citizen": "Borgeren fortæller.", "observed": "Der er støvet."}
DONE: dict[str, Any] = {
    "format": "visitator-case/1",
    "municipality": "provby",
    "citizen": {
        "name": "Åse Ærø Østergård",
        "birth_date": "1938-05-04",
        "address": {"street": "Blåbærvænget 12", "postal_code": "3000", "town": "Prøvby"},
    },
    "enquiry": {"received_on": "2020-03-01", "from": "borger", "acute": False, "applied_for": ["rengoering"]},
    "own_view": {"text": "Jeg kan ikke støvsuge.", "matters_most": "At der er rent."},
    "assessment": {
        "assessed_on": "2020-03-06",
        "areas": {"huset": AREA, "arbejde": {"relevant": False, "justification": "Folkepensionist."}},
        "activities": {"goere_rent": {"level": 3, "cause": "Gigt"}, "vaske_toej": {"level": 1}},
        "overall_level": 2,
    },
    "summary": {"text": "Borgeren kan ikke gøre rent.", "goal": "fastholde"},
    "answers": {"kan_ikke_selv": True, "ingen_i_hjemmet": True},
    "considerations": {"genvinde": {"outcome": "nej", "reason": "Gigten bliver ikke bedre af træning."}},
    "decision": {
        "decided_on": "2020-03-08",
        "by": {"name": "Vibeke Visitator", "title": "visitator"},
        "items": [
            {
                "delydelse": "rengoering",
                "outcome": "granted",
                "purpose": "At hjemmet er rent.",
                "reason": "Du kan ikke bære støvsugeren, og ingen andre i hjemmet kan.",
                "goal": "fastholde",
                "extent": {"times": 1, "per": "two_weeks", "time_of_day": ["day"]},
                "start_on": "2020-03-20",
                "supplier": "Kommunens hjemmepleje",
            }
        ],
    },
}


@dataclass(frozen=True)
class Said:
    """What a command gave back."""

    code: int
    out: str
    err: str


Run = Callable[..., Said]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line against the real catalogues and the invented one, on 10 March 2020."""
    catalogues = CatalogueFolder((asset("catalogues"), FIXTURES), None)
    monkeypatch.setattr(composition, "catalogues", lambda: catalogues)
    monkeypatch.setattr(composition, "now", lambda: NOW)
    monkeypatch.setattr(composition, "read_settings", lambda: Settings(municipality="provby"))

    def running(*argv: str | Path, stdin: bytes | None = None) -> Said:
        if stdin is not None:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = main([str(one) for one in argv])
        out, err = capsys.readouterr()
        return Said(code, out, err)

    return running


def case_file(folder: Path, document: Any = DONE, name: str = "sag.json") -> Path:
    """The case written to a file."""
    file = folder / name
    file.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    return file


def without(path: str) -> dict[str, Any]:
    """The finished case without what stands at a dotted path."""
    document: dict[str, Any] = json.loads(json.dumps(DONE))
    *parts, last = path.split(".")
    at: Any = document
    for part in parts:
        at = at[int(part)] if part.isdigit() else at[part]
    del at[last]
    return document

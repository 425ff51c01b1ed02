"""A small standard and cases under it, for the tests of matching and grouping."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from visitator_tui.domain.case import ActivityScore, Assessment, Case, Decision, DecisionItem
from visitator_tui.domain.standard import Standard

CRITERIA = ("bor_alene", "kan_ikke_bestille", "har_plan", "har_skade", "er_traet", "er_syg", "vil_gerne")
GATES = ("har_plan", "har_skade")


def _range(activity: str, low: int, high: int, **more: Any) -> dict[str, Any]:
    return {"when": {"activity": activity, "min": low, "max": high}, "page": 7, **more}


def _item(item_id: str, **more: Any) -> dict[str, Any]:
    return {"id": item_id, "name": item_id.replace("_", " ").capitalize(), "page": 7, **more}


def aalemose() -> Standard:
    """The standard of Ålemose Kommune, which exists in tests only: one delydelse of each kind."""
    return Standard.model_validate(
        {
            "format": "visitator-catalogue/1", "id": "aalemose-2020", "municipality": "aalemose",
            "municipality_name": "Ålemose Kommune", "unit": "Visitationen", "title": "Ålemoses standard",
            "valid_from": "2020-01-01", "source": {"file": "aalemose.txt"},
            "levels": [{"level": n, "name": f"niveau {n}", "meaning": "."} for n in range(5)],
            "goals": [{"id": "fastholde", "name": "Fastholde", "meaning": "."}],
            "areas": [{"id": "hverdag", "name": "Hverdag", "activities": [
                {"id": "indkoeb", "label": "At købe ind"}, {"id": "bade", "label": "At bade"}]}],
            "complaint_routes": [{"id": "klage", "name": "Klage", "body": "Ankestyrelsen", "text": ["Klag."],
                                  "origin": "law"}],
            "criteria": [{"id": one, "question": f"Gælder {one}?", "page": 6, "gate": one in GATES}
                         for one in CRITERIA],
            "ydelser": [
                {"id": "praktisk", "name": "Praktisk hjælp", "page": 5, "criteria": ["bor_alene"],
                 "law": [{"act": "serviceloven", "paragraph": "83"}], "complaint_routes": ["klage"],
                 "delydelser": [
                     _item("indkoeb", criteria=["kan_ikke_bestille"], level_rule=_range("indkoeb", 2, 4)),
                     _item("stor_indkoeb", criteria=["kan_ikke_bestille"], not_with=["indkoeb"],
                           level_rule={"when": {"all": [
                               {"activity": "indkoeb", "min": 3}, {"activity": "bade", "min": 3}]}, "page": 8}),
                     _item("besoeg", granted_by_visitator=False, granted_by={"text": "Lederen."}),
                 ]},
                {"id": "traening", "name": "Træning", "page": 9, "complaint_routes": ["klage"],
                 "law": [{"act": "sundhedsloven", "paragraph": "140"}],
                 "delydelser": [
                     _item("hofte", criteria=["har_plan", "har_skade"]),
                     _item("ophold", criteria=[{"any": [{"all": ["er_traet", "har_plan"]}, "er_syg"]}]),
                     _item("hold", criteria=[{"any": ["har_plan", {"all": ["har_skade", "vil_gerne"]}]}]),
                     _item("typisk", criteria=["vil_gerne"],
                           level_rule=_range("bade", 3, 4, indicative=True)),
                     _item("kun_navn", described=False,
                           level_rule=_range("bade", 2, 2, indicative=True, origin="name")),
                     _item("kun_navn_uden_niveau", described=False, criteria=["har_plan"]),
                     _item("fri"),
                 ]},
            ],
        }
    )  # fmt: skip


def case(
    answers: Mapping[str, bool | None] | None = None, granted: tuple[str, ...] = (), **levels: int | None
) -> Case:
    """A case in Ålemose with these answers, grants and levels."""
    return Case(
        municipality="aalemose",
        assessment=Assessment(activities={one: ActivityScore(level=level) for one, level in levels.items()}),
        answers=dict(answers or {}),
        decision=Decision(items=tuple(DecisionItem(delydelse=one, outcome="granted") for one in granted)),
    )

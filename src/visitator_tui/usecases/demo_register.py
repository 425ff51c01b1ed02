"""Invented citizens for the demo's register of preventive home visits. Ages follow today, so that some are due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

from visitator_tui.domain.case import Address
from visitator_tui.domain.law_rules import birthday
from visitator_tui.domain.preventive import PreventiveCitizen, PreventiveVisit, VisitOutcome


class _Invented(NamedTuple):
    """Whole years, days since the birthday, and the days since the last offer (None: never offered)."""

    name: str
    street: str
    years: int
    days: int
    offered: int | None = None
    outcome: VisitOutcome = "held"
    lives_alone: bool = False
    gets_both: bool = False
    at_risk: bool = False


_INVENTED: Final = (
    _Invented("Agnes Elmekrone", "Ahornstien 3", 84, 120, 400),
    _Invented("Bertil Havbris", "Bøgestien 14, 1. th.", 88, 31, 372, "not_home"),
    _Invented("Cæcilie Vindfløj", "Cikorievej 9", 82, 12),
    _Invented("Ditlev Ålegræs", "Duehøj 21", 91, 200, 90, lives_alone=True),
    _Invented("Ellinor Sandbanke", "Engblommen 5", 75, 330),
    _Invented("Folmer Rødkælk", "Fyrrelunden 2", 75, 40, 20),
    _Invented("Gudrun Mosebølle", "Gøgeurten 17", 80, 60),
    _Invented("Holger Strandskade", "Hybenvænget 8, st. tv.", 70, 90, lives_alone=True),
    _Invented("Ingrid Klitrose", "Irisgangen 11", 70, 90),
    _Invented("Julius Enebær", "Jasminvej 30", 67, 150, 500, at_risk=True),
    _Invented("Karoline Tjørnekrat", "Kløvermarken 4", 86, 15, gets_both=True),
    _Invented("Laurits Hyldeskov", "Lærkesporet 6", 83, 280, 367, "declined"),
)


def demo_register(today: date) -> Iterator[PreventiveCitizen]:
    """The register as it stands today, with the offers made before."""
    for one in _INVENTED:
        visits: tuple[PreventiveVisit, ...] = ()
        if one.offered is not None:
            agreed = "Går til bassin om tirsdagen." if one.outcome == "held" else ""
            day = today - timedelta(days=one.offered)
            visits = (PreventiveVisit(on=day, outcome=one.outcome, by="Vivi Visse", agreed=agreed),)
        yield PreventiveCitizen(
            name=one.name,
            birth_date=birthday(today - timedelta(days=one.days), -one.years),
            address=Address(street=one.street, postal_code="3000", town="Helsingør"),
            lives_alone=one.lives_alone,
            gets_both=one.gets_both,
            at_risk=one.at_risk,
            visits=visits,
        )

"""Which application a chosen delydelse answers, without being told."""

from __future__ import annotations

from datetime import date

import pytest

from visitator_tui.catalogue import CatalogueFolder
from visitator_tui.domain.case import Case
from visitator_tui.domain.decision_items import application_for, named_by


@pytest.mark.parametrize(
    ("asked", "chosen", "answered"),
    [
        (["rengøring"], "rengoering_3", "rengøring"),
        (["Indkøb", "rengøring"], "indkoebsordning", "Indkøb"),
        (["hjælp til rengøring"], "rengoering_3", None),  # says more than the name does
        (["rengøring", "Rengøring af vinduer"], "rengoering_3", "rengøring"),
        (["rengøring", "Rengøring"], "rengoering_3", None),  # two that ask for it
        (["bad"], "rengoering_3", None),
        (["i 3"], "rengoering_3", None),
    ],
)
def test_only_an_application_that_plainly_asks_for_it_is_answered(
    asked: list[str], chosen: str, answered: str | None, shipped: CatalogueFolder
) -> None:
    case = Case.model_validate({"municipality": "helsingor", "enquiry": {"applied_for": asked}})
    assert application_for(chosen, case, shipped.in_force("helsingor", date(2017, 3, 1))) == answered


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("hjælp til rengøring", ["rengoering_3", "rengoering_4"]),
        ("badning hver morgen", ["bad_2", "bad_3"]),
        ("indkoebsordning", ["indkoebsordning"]),
        ("boligtilbud", ["aeldrebolig", "plejebolig"]),
        ("en hund", []),
    ],
)
def test_what_an_application_may_mean_is_offered_what_it_names_first(
    asked: str, first: list[str], shipped: CatalogueFolder
) -> None:
    assert list(named_by(asked, shipped.in_force("helsingor", date(2017, 3, 1))))[:2] == first

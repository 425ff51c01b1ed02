"""Acute or not: the standard's own words for what cannot wait."""

from __future__ import annotations

from datetime import date

from visitator_tui.catalogue import CatalogueFolder
from visitator_tui.resources import asset
from visitator_tui.usecases.triage import triage_text

CATALOGUES = CatalogueFolder((asset("catalogues"),), None)


def test_what_is_acute_is_told_with_how_soon_it_is_decided_and_the_page() -> None:
    told = triage_text(CATALOGUES.in_force("helsingor", date(2017, 3, 6)))
    assert "(s. 15)" in told
    assert "1 hverdag: Standardhjælpemidler, Madservice" in told
    assert "samme dag: Personlig hjælp og pleje" in told


def test_a_standard_that_knows_no_acute_need_says_nothing() -> None:
    assert triage_text(CATALOGUES.in_force("herning", date(2022, 9, 6))) == ""

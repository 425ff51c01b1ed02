"""The shipped catalogues load, do not clash, and answer for their dates."""

from __future__ import annotations

from datetime import date

import pytest

from visitator_tui.catalogue import CatalogueFolder
from visitator_tui.resources import asset
from visitator_tui.usecases.ports import NoStandardError


@pytest.fixture(scope="module")
def catalogues() -> CatalogueFolder:
    return CatalogueFolder((asset("catalogues"),), None)


def test_every_shipped_file_is_usable(catalogues: CatalogueFolder) -> None:
    assert [str(problem) for problem in catalogues.problems()] == []
    assert [one.id for one in catalogues.all()] == ["helsingor-2016", "helsingor-2017", "herning-2022"]


@pytest.mark.parametrize(
    ("municipality", "day", "wanted"),
    [
        ("helsingor", date(2016, 12, 31), "helsingor-2016"),
        ("helsingor", date(2017, 1, 1), "helsingor-2017"),
        ("helsingor", date(2026, 3, 1), "helsingor-2017"),
        ("herning", date(2022, 6, 15), "herning-2022"),
        ("herning", date(2026, 3, 1), "herning-2022"),
    ],
)
def test_the_right_standard_on_the_right_day(
    catalogues: CatalogueFolder, municipality: str, day: date, wanted: str
) -> None:
    assert catalogues.in_force(municipality, day).id == wanted


@pytest.mark.parametrize(
    ("municipality", "day"), [("helsingor", date(2015, 12, 31)), ("herning", date(2022, 6, 14))]
)
def test_before_the_first_standard_there_is_none(
    catalogues: CatalogueFolder, municipality: str, day: date
) -> None:
    with pytest.raises(NoStandardError, match=f"{municipality}-20"):
        catalogues.in_force(municipality, day)

"""The catalogues at hand: shipped and own, which applies when, and a cache that can only help."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from visitator_tui.catalogue import CatalogueFolder
from visitator_tui.domain.standard_age import age_warning
from visitator_tui.usecases.ports import Catalogues, NoStandardError

GOOD = Path(__file__).parents[1] / "fixtures" / "catalogues" / "provby-2020.yaml"


def write(
    folder: Path, catalogue: str, first: str, last: str | None, title: str = "Kvalitetsstandarder"
) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    text = GOOD.read_text("utf-8").replace("id: provby-2020", f"id: {catalogue}").replace("2020-01-01", first)
    text = text.replace("valid_to: 2022-12-31", f"valid_to: {last}" if last else "")
    file = folder / f"{catalogue}.yaml"
    file.write_text(text.replace("Kvalitetsstandarder 2020", title), "utf-8")
    return file


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    write(tmp_path / "shipped", "provby-2018", "2018-01-01", "2019-12-31")
    write(tmp_path / "shipped", "provby-2020", "2020-01-01", None)
    return tmp_path / "shipped"


def test_the_standard_in_force_is_the_one_whose_dates_hold_the_day(shipped: Path) -> None:
    catalogues: Catalogues = CatalogueFolder((shipped,), None)
    days = {
        date(2018, 1, 1): "2018",
        date(2019, 12, 31): "2018",
        date(2020, 1, 1): "2020",
        date(2026, 5, 1): "2020",
    }
    for day, year in days.items():
        assert catalogues.in_force("provby", day).id == f"provby-{year}"


def test_a_newer_standard_ends_one_without_an_end(shipped: Path, tmp_path: Path) -> None:
    write(tmp_path / "own", "provby-2024", "2024-01-01", "2024-12-31")
    catalogues = CatalogueFolder((shipped, tmp_path / "own"), None)
    assert catalogues.problems() == ()
    assert catalogues.in_force("provby", date(2023, 12, 31)).id == "provby-2020"
    assert catalogues.in_force("provby", date(2024, 6, 1)).id == "provby-2024"
    with pytest.raises(NoStandardError):  # the old one does not come back when the new one ends
        catalogues.in_force("provby", date(2025, 1, 1))


def test_no_standard_on_the_day_says_which_there_are_and_when(shipped: Path) -> None:
    with pytest.raises(NoStandardError) as none:
        CatalogueFolder((shipped,), None).in_force("provby", date(2017, 12, 31))
    said = str(none.value)
    assert "Prøvby Kommune den 31. december 2017" in said
    assert "provby-2018 (1. januar 2018 til 31. december 2019) og provby-2020 (fra 1. januar 2020)" in said


@pytest.mark.parametrize(("asked", "says"), [("prøvby", "»provby«"), ("xx", "Der findes: provby.")])
def test_an_unknown_municipality_gets_the_nearest_or_the_list(shipped: Path, asked: str, says: str) -> None:
    with pytest.raises(NoStandardError, match=says):
        CatalogueFolder((shipped,), None).in_force(asked, date(2020, 1, 1))


def test_a_catalogue_is_found_by_id_and_a_wrong_id_gets_the_nearest(shipped: Path) -> None:
    catalogues = CatalogueFolder((shipped,), None)
    assert catalogues.by_id("provby-2018").valid_to == date(2019, 12, 31)
    assert catalogues.file_of("provby-2018") == shipped / "provby-2018.yaml"
    with pytest.raises(NoStandardError, match="provby-2018"):
        catalogues.by_id("provby-2081")


def test_a_broken_own_file_is_left_out_and_named(shipped: Path, tmp_path: Path) -> None:
    own = write(tmp_path / "own", "provby-2024", "2024-01-01", None)
    own.write_text(own.read_text("utf-8").replace("page: 8", "page: otte"), "utf-8")
    catalogues = CatalogueFolder((shipped, tmp_path / "own"), None)
    assert [one.id for one in catalogues.all()] == ["provby-2018", "provby-2020"]
    assert all(problem.file == str(own) and problem.line for problem in catalogues.problems())


def test_an_own_file_takes_the_place_of_the_shipped_one_with_its_id(shipped: Path, tmp_path: Path) -> None:
    write(tmp_path / "own", "provby-2020", "2020-01-01", None, title="Vores egen")
    catalogues = CatalogueFolder((shipped, tmp_path / "own"), None)
    assert catalogues.by_id("provby-2020").title == "Vores egen"
    assert catalogues.problems() == ()


def test_two_files_of_one_folder_cannot_share_an_id(shipped: Path) -> None:
    shutil.copy(shipped / "provby-2018.yaml", shipped / "kopi.yaml")
    catalogues = CatalogueFolder((shipped,), None)
    (problem,) = catalogues.problems()
    assert (problem.field, problem.line) == ("id", 3)
    assert "kopi.yaml" in problem.message
    assert len(catalogues.all()) == 2


def test_overlapping_dates_leave_the_later_read_file_out(shipped: Path, tmp_path: Path) -> None:
    own = write(tmp_path / "own", "provby-2019", "2019-07-01", "2019-12-31")
    catalogues = CatalogueFolder((shipped, tmp_path / "own"), None)
    (problem,) = catalogues.problems()
    assert (problem.file, problem.field, problem.line) == (str(own), "valid_from", 8)
    assert "provby-2018" in problem.message
    assert catalogues.in_force("provby", date(2019, 8, 1)).id == "provby-2018"


def test_what_is_no_catalogue_in_the_folder_is_passed_over(shipped: Path, tmp_path: Path) -> None:
    (shipped / "README.md").write_text("x")
    (shipped / ".gemt.yaml").write_text("x")
    assert CatalogueFolder((shipped, tmp_path / "findes-ikke"), None).problems() == ()
    (shipped / "mappe.yaml").mkdir()
    assert "er en mappe" in str(CatalogueFolder((shipped,), None).problems()[0])


# -- the cache -------------------------------------------------------------------------------------


def titles(folder: Path, cache: Path | None) -> list[str]:
    return [one.title for one in CatalogueFolder((folder,), cache).all()]


def test_the_cache_gives_the_same_standards(shipped: Path, tmp_path: Path) -> None:
    cold = CatalogueFolder((shipped,), tmp_path / "cache").all()
    assert len(list((tmp_path / "cache").iterdir())) == 2
    assert CatalogueFolder((shipped,), tmp_path / "cache").all() == cold


def test_a_changed_file_is_read_again_even_when_its_time_is_not_newer(shipped: Path, tmp_path: Path) -> None:
    cache, file = tmp_path / "cache", shipped / "provby-2018.yaml"
    stat = file.stat()
    titles(shipped, cache)
    write(shipped, "provby-2018", "2018-01-01", "2019-12-31", title="Rettet")
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert "Rettet" in titles(shipped, cache)
    assert len(list(cache.iterdir())) == 2


@pytest.mark.parametrize("damage", ["emptied", "cut", "flipped", "nonsense", "other content"])
def test_a_damaged_cache_is_ignored_and_written_anew(shipped: Path, tmp_path: Path, damage: str) -> None:
    cache = tmp_path / "cache"
    titles(shipped, cache)
    files = sorted(cache.iterdir())
    sound = [file.read_bytes() for file in files]
    for file, data in zip(files, sound, strict=True):
        file.write_bytes(
            {
                "emptied": b"",
                "cut": data[: len(data) // 2],
                "flipped": data.replace(b"Visitationen", b"Vigitationen"),
                "nonsense": b"\xff\xfe\x00",
                "other content": b"\n".join([*data.split(b"\n")[:2], b"{}"]),
            }[damage]
        )
    assert titles(shipped, cache) == ["Kvalitetsstandarder"] * 2
    assert CatalogueFolder((shipped,), cache).all()[0].unit == "Visitationen i Prøvby"
    assert [file.read_bytes() for file in files] == sound


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(shipped: Path, tmp_path: Path) -> None:
    in_the_way = tmp_path / "cache"
    in_the_way.write_text("en fil, hvor mappen skulle være")
    assert titles(shipped, in_the_way) == ["Kvalitetsstandarder"] * 2


# -- age -------------------------------------------------------------------------------------------


def test_a_standard_is_old_a_year_and_a_day_after_it_came_into_force(shipped: Path) -> None:
    standard = CatalogueFolder((shipped,), None).by_id("provby-2020")
    assert age_warning(standard, date(2020, 6, 1)) is None
    assert age_warning(standard, date(2021, 1, 1)) is None
    said = age_warning(standard, date(2021, 1, 2))
    assert said is not None
    assert "siden 1. januar 2020" in said


def test_a_standard_that_has_ended_is_used_on_purpose(shipped: Path) -> None:
    standard = CatalogueFolder((shipped,), None).by_id("provby-2018")
    assert age_warning(standard, date(2019, 12, 31)) is not None
    assert age_warning(standard, date(2020, 1, 1)) is None


def test_a_standard_from_a_leap_day_has_an_anniversary() -> None:
    standard = CatalogueFolder((GOOD.parent,), None).by_id("provby-2020")
    leap = standard.model_copy(update={"valid_from": date(2020, 2, 29), "valid_to": None})
    assert age_warning(leap, date(2021, 2, 28)) is None
    assert age_warning(leap, date(2021, 3, 1)) is not None

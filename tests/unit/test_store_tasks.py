"""Tasks kept beside their cases: replaced with every save, gone with the case, reckoned anew when stale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from store_kit import ANNA, NOW, a_case, by_hand, keep_as_first, later, new_store, opened

from visitator_tui.catalogue import CatalogueFolder
from visitator_tui.domain.case import Case
from visitator_tui.domain.edit import change, parse_path
from visitator_tui.domain.workdays import Calendar, DanishCalendar
from visitator_tui.store import schema
from visitator_tui.usecases.my_day import Task, keep, my_day
from visitator_tui.usecases.my_day_reckoning import CaseReckoning
from visitator_tui.usecases.ports import CaseRecord
from visitator_tui.usecases.task_ports import KeptTask

ASKED = {"enquiry": {"received_on": "2017-03-01", "acute": False, "applied_for": ["rengoering_3"]}}
DAY = date(2017, 3, 29)


@pytest.fixture
def reckoning(shipped: CatalogueFolder) -> CaseReckoning:
    return CaseReckoning(shipped, DanishCalendar(), lambda: NOW)


@dataclass(frozen=True)
class Plain:
    """A reckoning whose task says under what it was made."""

    stamp: str

    def kept(self, case_id: str, case: Case) -> Sequence[KeptTask]:
        return keep(case_id, case.citizen.name, [Task(kind="review", key="k", title=self.stamp)])


def titles(kept: Sequence[KeptTask]) -> list[str]:
    return sorted(one.task.title for one in my_day(kept, DAY))


def changed(record: CaseRecord, where: str, value: object) -> CaseRecord:
    case, _ = change(record.case, parse_path(where), value)
    return replace(record, case=case)


def test_a_case_has_its_tasks_from_the_moment_it_is_there(tmp_path: Path, reckoning: CaseReckoning) -> None:
    with new_store(tmp_path) as store:
        store.reckoning = reckoning
        record = store.create(a_case("Bo", **ASKED), ANNA, NOW)
        kept = store.kept_tasks(DAY)
        assert {(one.case_id, one.name) for one in kept} == {(record.id, "Bo")}
        assert {one.task.kind for one in my_day(kept, DAY)} == {"appointment", "decision", "delay_notice"}
        assert store.stale_tasks() == 0
    with opened(tmp_path) as store:
        assert store.kept_tasks(DAY) == kept


def test_a_save_replaces_the_tasks_of_that_case_alone(tmp_path: Path, reckoning: CaseReckoning) -> None:
    with new_store(tmp_path) as store:
        store.reckoning = reckoning
        one = store.create(a_case("Bo", **ASKED), ANNA, NOW)
        other = store.create(a_case("Åse", **ASKED), ANNA, NOW)
        before = [task for task in store.kept_tasks(DAY) if task.case_id == other.id]
        closed = changed(changed(one, "course.closed_on", "2017-03-10"), "citizen.name", "Bo B.")
        saved = store.save(closed, (), ANNA, later(1))
        assert store.kept_tasks(DAY) == before
        store.save(changed(saved, "course.closed_on", None), (), ANNA, later(2))
        assert {task.name for task in store.kept_tasks(DAY)} == {"Bo B.", "Åse"}


def test_what_is_not_to_be_shown_yet_is_not_handed_over(tmp_path: Path, reckoning: CaseReckoning) -> None:
    with new_store(tmp_path) as store:
        store.reckoning = reckoning
        store.create(a_case("Bo", **ASKED), ANNA, NOW)
        early = store.kept_tasks(date(2017, 3, 1))
        assert [one.task.kind for one in my_day(early, date(2017, 3, 1))] == ["appointment"]


def test_tasks_of_another_catalogue_are_reckoned_again_in_portions(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        store.reckoning = Plain("før")
        for number in range(5):
            store.create(a_case(f"Bo {number}"), ANNA, NOW)
        store.reckoning = Plain("nu")
        assert store.stale_tasks() == 5
        first = store.reckon_stale(limit=2)
        assert (titles(store.kept_tasks(DAY)), store.stale_tasks()) == (["før"] * 3 + ["nu"] * 2, 3)
        second = store.reckon_stale(first or 0, limit=2)
        assert second and store.reckon_stale(second, limit=2) is None
        assert (titles(store.kept_tasks(DAY)), store.stale_tasks()) == (["nu"] * 5, 0)
        assert store.verify_audit() == 6, "what is derived needs no audit entry of its own"


def test_tasks_do_not_survive_a_write_that_did_not_reckon(tmp_path: Path, reckoning: CaseReckoning) -> None:
    with new_store(tmp_path) as store:
        store.reckoning = reckoning
        record = store.create(a_case("Bo", **ASKED), ANNA, NOW)
    with opened(tmp_path) as store:  # without a reckoning
        store.save(changed(record, "course.closed_on", "2017-03-10"), (), ANNA, later(1))
        store.reckoning = reckoning
        assert store.stale_tasks() == 1
        assert store.reckon_stale() is None
        assert (store.kept_tasks(DAY), store.stale_tasks()) == ([], 0)


def test_tasks_go_with_their_case(tmp_path: Path, reckoning: CaseReckoning) -> None:
    with new_store(tmp_path) as store:
        store.reckoning = reckoning
        store.create(a_case("Bo", **ASKED), ANNA, NOW)
    with by_hand(tmp_path, guards=True) as connection:
        connection.execute("DELETE FROM documents")
        assert connection.execute("SELECT count(*) FROM reckoned").fetchone() == (0,)
    with opened(tmp_path) as store:
        assert store.kept_tasks(DAY) == []


def test_a_database_without_tasks_gets_them(
    tmp_path: Path, reckoning: CaseReckoning, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripts, folder = tmp_path / "second", tmp_path / "data"
    (scripts / "versions").mkdir(parents=True)
    for part in ("env.py", "versions/r0001_first_tables.py", "versions/r0002_print_queue.py"):
        (scripts / part).write_bytes((schema.MIGRATIONS / part).read_bytes())
    monkeypatch.setattr(schema, "MIGRATIONS", scripts)
    monkeypatch.setattr(schema, "REVISIONS", ("0001", "0002"))
    with new_store(folder) as store:
        keep_as_first(store, "6f1e2a74-0d0e-4c56-9a3e-0f4c1f0a2b11", a_case("Bo", **ASKED))
    monkeypatch.undo()
    with opened(folder) as store:
        store.reckoning = reckoning
        assert (store.kept_tasks(DAY), store.stale_tasks()) == ([], 1)
        store.reckon_stale()
        assert len(store.kept_tasks(DAY)) == 3


def test_a_case_of_a_newer_program_keeps_its_tasks_and_stops_nobody(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        store.reckoning = Plain("ny")
        store.create(a_case("Bo"), ANNA, NOW)
        store.create(a_case("Åse"), ANNA, NOW)
    with by_hand(tmp_path) as connection:
        connection.execute("UPDATE documents SET body = json_set(body, '$.ny', 1) WHERE name = 'Bo'")
    with opened(tmp_path) as store:
        store.reckoning = Plain("gammel")
        assert store.reckon_stale(limit=1) is not None
        assert store.reckon_stale() is None
        assert titles(store.kept_tasks(DAY)) == ["gammel", "ny"]


# -- how they are worked out -----------------------------------------------------------------------------------


class NoCalendar(Calendar):
    """A calendar that cannot be asked."""

    def holiday(self, day: date) -> str | None:
        raise RuntimeError(f"ingen kalender for {day}")


def test_a_case_is_saved_though_its_deadlines_cannot_be_reckoned(
    tmp_path: Path, shipped: CatalogueFolder
) -> None:
    with new_store(tmp_path) as store:
        store.reckoning = CaseReckoning(shipped, NoCalendar(), lambda: NOW)
        record = store.create(a_case("Bo", **ASKED), ANNA, NOW)
        assert store.load(record.id).case == record.case
        assert titles(store.kept_tasks(DAY)) == ["Sagens frister kunne ikke regnes; se dem efter selv"]


def test_the_stamp_follows_the_catalogues_and_the_standard_of_today(shipped: CatalogueFolder) -> None:
    class Fewer(CatalogueFolder):
        def all(self):  # type: ignore[no-untyped-def]
            return shipped.all()[:1]

    calendar = DanishCalendar()
    now = CaseReckoning(shipped, calendar, lambda: NOW).stamp
    assert CaseReckoning(shipped, calendar, lambda: NOW).stamp == now, "the same from start to start"
    assert CaseReckoning(shipped, calendar, lambda: NOW.replace(year=2010)).stamp != now
    assert CaseReckoning(Fewer((), None), calendar, lambda: NOW).stamp != now


def test_a_deleted_case_asks_for_nothing_more(tmp_path: Path, reckoning: CaseReckoning) -> None:
    with new_store(tmp_path) as store:
        store.reckoning = reckoning
        mistake = store.create(a_case("Bo", **ASKED), ANNA, NOW)
        other = store.create(a_case("Åse", **ASKED), ANNA, NOW)
        store.delete_case(mistake.id, ANNA, later(1))
        assert {one.case_id for one in store.kept_tasks(DAY)} == {other.id}

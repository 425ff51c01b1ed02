"""A letter of delay is the notice: it is kept together with the word in the course that the citizen was told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from store_kit import ANNA, NOW, a_case, later, new_store

from visitator_tui.catalogue import CatalogueFolder
from visitator_tui.domain.case import Case
from visitator_tui.domain.decision_maker import DecisionMaker
from visitator_tui.domain.edit import change, parse_path
from visitator_tui.domain.notice_given import with_notice_given
from visitator_tui.domain.workdays import DanishCalendar
from visitator_tui.store.store import SqlCipherStore
from visitator_tui.usecases.letter_facts_of import letter_facts_of
from visitator_tui.usecases.letter_keeping import keep_letter
from visitator_tui.usecases.my_day import my_day
from visitator_tui.usecases.my_day_reckoning import CaseReckoning
from visitator_tui.usecases.ports import CaseRecord

TODAY = date(2017, 3, 29)
NOTICE = {"expected_on": "2017-04-12", "reason": "Lægen har ikke svaret"}


def late(applied_for: tuple[str, ...] = ("rengoering_3",), **notice: Any) -> Case:
    asked = {"received_on": "2017-03-01", "acute": False, "applied_for": applied_for}
    return a_case("Bo", enquiry=asked, course={"delay_notices": [{**NOTICE, **notice}]})


def written(store: SqlCipherStore, record: CaseRecord) -> None:
    facts = letter_facts_of(record.case, TODAY, DecisionMaker(name="Anna"))
    keep_letter(record, "forsinkelse", b"%PDF", facts, store, ANNA, lambda: later(1))


def test_a_letter_of_delay_ends_the_reminder_of_the_notice_and_moves_the_deadline(
    tmp_path: Path, shipped: CatalogueFolder
) -> None:
    with new_store(tmp_path) as store:
        store.reckoning = CaseReckoning(shipped, DanishCalendar(), lambda: NOW)
        record = store.create(late(), ANNA, NOW)
        before = {one.task.kind for one in my_day(store.kept_tasks(TODAY), TODAY)}
        written(store, record)
        after = {one.task.kind for one in my_day(store.kept_tasks(TODAY), TODAY)}
        then = date(2017, 4, 12)
        promised = {one.task.kind: one.task.due for one in my_day(store.kept_tasks(then), then)}
        [notice] = store.load(record.id).case.course.delay_notices
    assert "delay_notice" in before
    assert "delay_notice" not in after
    assert promised["decision"] == then
    assert (notice.given_on, notice.about) == (TODAY, "decision:rengoering_3")


def test_what_the_citizen_was_told_is_kept_also_when_the_course_says_otherwise_by_now(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        record = store.create(late(), ANNA, NOW)
        other, _ = change(record.case, parse_path("course.delay_notices.0.expected_on"), "2017-05-02")
        store.save(replace(record, case=other), (), ANNA, NOW)
        written(store, record)
        notices = store.load(record.id).case.course.delay_notices
    assert [(str(one.expected_on), one.given_on) for one in notices] == [
        ("2017-05-02", None), ("2017-04-12", TODAY),
    ]  # fmt: skip


def test_a_notice_that_was_given_before_its_letter_keeps_its_day_and_two_applications_name_none() -> None:
    given = late(given_on="2017-03-28")
    assert with_notice_given(given, given.course.delay_notices[0], TODAY) == given
    two = late(("rengoering_3", "bad_3"))
    [notice] = with_notice_given(two, two.course.delay_notices[0], TODAY).course.delay_notices
    assert (notice.given_on, notice.about) == (TODAY, "")


def test_neither_letter_nor_notice_is_kept_when_the_course_cannot_be_written(tmp_path: Path) -> None:
    def fails(case: Case) -> Case:
        raise RuntimeError

    with new_store(tmp_path) as store:
        record = store.create(late(), ANNA, NOW)
        with pytest.raises(RuntimeError):
            store.add_letter(record.id, "forsinkelse", b"%PDF", ANNA, later(1), fails)
        assert store.letters(record.id) == []

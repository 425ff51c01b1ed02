"""What could be lost, or be called synchronised when it is not: the corners that a reviewer thought of."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from laptop_kit import NOW, laptops
from test_sync_laptop import Two, meet, pushes

from visitator_tui.domain.edit import MISSING, change, parse_path, to_json
from visitator_tui.domain.merge import value_at
from visitator_tui.server import incoming
from visitator_tui.store import sync_conflicts
from visitator_tui.store.kinds import KindStore
from visitator_tui.usecases.ports import StaleError
from visitator_tui.usecases.sync_wire import SyncError


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    """A service and two laptops of the same visitator."""
    with laptops(tmp_path, "anna", "anna-2") as (office, anna, other):
        yield office, anna, other


def test_a_new_laptop_gets_every_letter_however_many_come_before_their_cases(two: Two) -> None:
    _, anna, other = two
    case_id = anna.new()
    anna.sync()
    for number in range(60):
        anna.store.add_letter(case_id, "kvittering", b"%%PDF %d" % number, anna.actor, NOW)
    anna.sync()
    anna.write(case_id, "summary.text", "sagen er nyere end sine breve")
    anna.sync()
    other.sync()
    assert len(other.store.letters(case_id)) == 60
    assert other.waiting == {}


def test_a_letter_whose_answer_was_lost_and_is_too_large_holds_itself_alone(two: Two) -> None:
    _, anna, other = two
    case_id = anna.new()
    anna.sync()
    anna.store.add_letter(case_id, "kvittering", b"x" * 6_100_000, anna.actor, NOW)
    anna.net.lose = pushes
    with pytest.raises(SyncError):
        anna.sync()
    anna.net.lose = lambda _: False
    anna.write(case_id, "summary.text", "skal frem")
    meet(anna, other)
    assert other.case(case_id).summary.text == "skal frem"
    assert anna.waiting == {"unsent": 1}, "it does not count as synchronised"


def test_a_letter_that_was_refused_does_not_count_as_synchronised(two: Two) -> None:
    _, anna, _ = two
    case_id = anna.new()
    anna.store.add_letter(case_id, "kvittering", b"x" * 4_600_000, anna.actor, NOW)
    anna.sync()
    assert [row.held for row in anna.store.unsent()] == [True]
    assert anna.waiting == {"unsent": 1}


def test_what_is_typed_in_a_case_that_a_colleague_deleted_meanwhile_is_not_lost(two: Two) -> None:
    _, anna, other = two
    case_id = anna.new()
    meet(anna, other)
    opened = other.store.load(case_id)
    anna.store.delete_case(case_id, anna.actor, NOW)
    meet(anna, other)
    case, made = change(opened.case, parse_path("summary.text"), "vigtigt")
    with pytest.raises(StaleError):
        other.store.save(replace(opened, case=case), [made], other.actor, NOW)
    other.store.save(replace(other.store.load(case_id), case=case), [made], other.actor, NOW)
    assert other.waiting != {}, "it does not count as synchronised"
    other.sync()
    (conflict,) = other.store.conflicts()
    assert conflict.path == ()
    other.store.settle(conflict, "mine", other.actor, NOW)
    meet(other, anna)
    assert anna.case(case_id).summary.text == other.case(case_id).summary.text == "vigtigt"


def test_a_case_that_one_deletes_while_the_other_makes_a_letter_stays(two: Two) -> None:
    _, anna, other = two
    case_id = anna.new()
    meet(anna, other)
    anna.store.delete_case(case_id, anna.actor, NOW)
    letter = other.store.add_letter(case_id, "kvittering", b"%PDF", other.actor, NOW)
    meet(anna, other)
    assert [row.letters for row in other.store.rows()] == [1]
    meet(anna, other)
    for conflict in other.store.conflicts():
        other.store.settle(conflict, "mine", other.actor, NOW)
    meet(other, anna)
    assert anna.store.letter_pdf(letter.id) == b"%PDF"
    assert [row.letters for row in anna.store.rows()] == [1]
    assert anna.waiting == other.waiting == {}


def test_a_half_typed_field_keeps_its_case_here(two: Two) -> None:
    _, anna, _ = two
    case_id = anna.new(course={"closed_on": "2026-01-05"})
    record = anna.store.load(case_id)
    anna.store.save(replace(record, drafts={"enquiry.received_on": "12-"}), [], anna.actor, NOW)
    anna.sync()
    later = NOW + timedelta(days=40)
    assert anna.store.leave_expired(later, anna.actor, later) == ()


def test_a_closed_case_can_be_fetched_again_each_time_it_has_left(two: Two) -> None:
    _, anna, _ = two
    case_id = anna.new(course={"closed_on": "2026-01-05"})
    anna.sync()
    later = NOW + timedelta(days=40)
    for _ in range(3):
        assert anna.store.leave_expired(later, anna.actor, later) == (case_id,)
        anna.server.follow(case_id)
        anna.sync()
        assert [row.id for row in anna.store.rows()] == [case_id]


def test_another_kind_of_document_that_was_too_large_is_sent_when_it_is_mended(two: Two) -> None:
    _, anna, other = two
    kinds = KindStore(anna.store)
    kinds.add_documents("preventive", [("Åse", json.dumps({"x": "y" * 2_100_000}))], anna.actor, NOW)
    anna.sync()
    assert anna.waiting == {"unsent": 1}
    (kept,) = kinds.documents("preventive")
    kinds.save_documents("preventive", [replace(kept, body='{"x": "y"}')], anna.actor, NOW)
    meet(anna, other)
    assert [one.body for one in KindStore(other.store).documents("preventive")] == ['{"x":"y"}']
    assert anna.waiting == {}


@pytest.mark.parametrize(("length", "sent"), [(7_500, True), (12_000, False)])
def test_a_choice_between_long_texts_is_sent_or_told_of(
    two: Two, monkeypatch: pytest.MonkeyPatch, length: int, sent: bool
) -> None:
    _, anna, other = two
    monkeypatch.setattr(incoming, "RECORD_BYTES", 20_000)
    monkeypatch.setattr(sync_conflicts, "LONG", 18_000)
    case_id = anna.new(summary={"text": "0" * length})
    meet(anna, other)
    anna.write(case_id, "summary.text", "A" * length)
    other.write(case_id, "summary.text", "B" * length)
    meet(anna, other)
    other.store.settle(other.store.conflicts()[0], "theirs", other.actor, NOW)
    meet(other, anna)
    assert [row.mine[0] for row in anna.store.conflicts(settled=True)] == ["B"] * sent
    assert [(row.kind, row.held) for row in other.store.unsent()] == [("settlement", True)] * (not sent)
    assert other.waiting == ({} if sent else {"unsent": 1})


def test_another_user_on_the_same_laptop_gets_what_is_hers(tmp_path: Path) -> None:
    with laptops(tmp_path, "anna", "bo") as (_, anna, bo):
        theirs = bo.new(summary={"text": "Bos"})
        bo.sync()
        anna.sync()
        anna.store.note_sync(NOW, None, "anna")
        anna.server._token = lambda: "bo"
        anna.sync()
        assert anna.case(theirs).summary.text == "Bos"


def test_a_letter_and_its_case_that_waited_for_a_newer_program_come_together(two: Two) -> None:
    office, anna, other = two
    case_id = anna.new()
    letter = anna.store.add_letter(case_id, "kvittering", b"%PDF", anna.actor, NOW)
    anna.sync()
    with sqlite3.connect(office.file) as connection:
        connection.execute("UPDATE records SET body = json_set(body, '$.nyt', 1) WHERE kind = 'case'")
    other.sync()
    assert other.waiting == {"parked": 2}
    with other.store.writing() as work:  # as if the newer program were installed
        work.connection.exec_driver_sql("UPDATE sync_parked SET record = json_remove(record, '$.body.nyt')")
    other.sync()
    assert other.waiting == {}
    assert other.store.letter_pdf(letter.id) == b"%PDF"


def test_a_push_lost_and_repeated_is_stored_once(two: Two) -> None:
    office, anna, _ = two
    anna.new(summary={"text": "1"})
    sent: list[httpx.Request] = []

    def lost(request: httpx.Request) -> bool:
        sent.append(request)
        return pushes(request)

    anna.net.lose = lost
    with pytest.raises(SyncError):
        anna.sync()
    with sqlite3.connect(office.file) as connection:
        before = connection.execute("SELECT id, revision, seq FROM records").fetchall()
    anna.net.lose = lambda _: False
    anna.sync()
    with sqlite3.connect(office.file) as connection:
        assert connection.execute("SELECT id, revision, seq FROM records").fetchall() == before


def test_two_programs_on_one_database_do_not_forget_what_is_on_its_way(two: Two) -> None:
    _, anna, other = two
    case_id = anna.new(summary={"text": "0"})
    meet(anna, other)
    other.new()
    other.sync()
    anna.write(case_id, "summary.text", "1")

    def the_other_program(request: httpx.Request) -> bool:
        """While this one pulls, another sends the case, and its answer is lost."""
        if request.url.path == "/v1/changes":
            anna.net.lose = pushes
            with pytest.raises(SyncError):
                anna.sync()
            anna.net.lose = lambda _: False
            anna.write(case_id, "summary.text", "2")
        return False

    anna.net.lose = the_other_program
    anna.sync()
    assert anna.waiting == {"unsent": 1}
    anna.sync()
    other.sync()
    assert other.case(case_id).summary.text == "2"
    assert anna.store.conflicts() == [], "nobody is in conflict with herself"


def test_a_half_typed_field_that_a_colleague_filled_in_meanwhile_is_asked_about(two: Two) -> None:
    _, anna, other = two
    case_id = anna.new(enquiry={"received_on": "2026-01-01"})
    meet(anna, other)
    record = other.store.load(case_id)
    other.store.save(replace(record, drafts={"enquiry.received_on": "12-"}), [], other.actor, NOW)
    anna.write(case_id, "enquiry.received_on", "2026-02-02")
    meet(anna, other)
    other.write(case_id, "enquiry.received_on", "2026-03-12")
    meet(other, anna)
    (conflict,) = other.store.conflicts()
    assert (conflict.mine, conflict.theirs) == ("2026-03-12", "2026-02-02")
    assert str(anna.case(case_id).enquiry.received_on) == "2026-02-02", "hers is not written over unseen"


@pytest.mark.parametrize("side", ["mine", "theirs"])
@pytest.mark.parametrize(
    ("parts", "entries", "field"),
    [
        ({"decision": {"items": [{"delydelse": "bad"}, {"delydelse": "tur"}]}}, "decision.items", "start_on"),
        ({"course": {"appointments": [{"note": "1"}, {"note": "2"}]}}, "course.appointments", "on"),
    ],
    ids=["told apart", "not told apart"],
)
def test_a_half_typed_field_of_an_entry_that_a_colleague_took_out_is_asked_about(
    two: Two, parts: Any, entries: str, field: str, side: Any
) -> None:
    _, anna, other = two
    case_id = anna.new(**parts)
    meet(anna, other)
    record = other.store.load(case_id)
    half = {f"{entries}.1.{field}": "12-"}
    other.store.save(replace(record, drafts=half), [], other.actor, NOW)
    anna.write(case_id, f"{entries}.1", MISSING)
    meet(anna, other)
    (conflict,) = other.store.conflicts()
    assert other.store.load(case_id).drafts == half, "the entry and the text in it are still there"
    other.store.settle(conflict, side, other.actor, NOW)
    assert other.store.load(case_id).drafts == (half if side == "mine" else {})
    meet(other, anna)
    assert anna.case(case_id) == other.case(case_id)
    assert len(value_at(to_json(anna.case(case_id)), entries.split("."))) == (2 if side == "mine" else 1)


def test_three_who_write_in_one_field_and_choose_otherwise_agree_in_the_end(tmp_path: Path) -> None:
    with laptops(tmp_path, "anna", "anna-2", "lea") as (_, *three):
        anna, other, lea = three
        case_id = anna.new(summary={"text": "0"})
        meet(*three)
        for one, text in zip(three, "ABC", strict=True):
            one.write(case_id, "summary.text", text)
        for one in three:
            one.sync()
        for one in (other, lea):
            one.store.settle(one.store.conflicts()[0], "mine", one.actor, NOW)
            one.sync()
        lea.store.settle(lea.store.conflicts()[0], "theirs", lea.actor, NOW)
        meet(lea, *three)
        assert {one.case(case_id).summary.text for one in three} == {"B"}
        kept = {text for row in anna.store.conflicts(settled=True) for text in (row.mine, row.theirs)}
        assert kept == {"A", "B", "C"}
        assert [one.waiting for one in three] == [{}, {}, {}]

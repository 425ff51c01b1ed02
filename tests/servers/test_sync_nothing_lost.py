"""What could be lost, or be called synchronised when it is not: the corners that a reviewer thought of."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from laptop_kit import NOW, Office, laptops
from sync_kit import Laptop as Client
from sync_kit import record
from test_sync_laptop import Two, meet, pushes

from visitator_tui.store.kinds import KindStore
from visitator_tui.usecases.sync_wire import SyncError


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    """A service and two laptops of the same visitator."""
    with laptops(tmp_path, "anna", "anna-2") as (office, anna, other):
        yield office, anna, other


@pytest.fixture
def anna_and_bo(tmp_path: Path) -> Iterator[Two]:
    """A service and the laptops of two colleagues."""
    with laptops(tmp_path, "anna", "bo") as (office, anna, bo):
        yield office, anna, bo


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


def reassigned_to_bo(office: Office, case_id: str) -> None:
    """A leader gives the case to Bo."""
    office.client.headers["Authorization"] = "Bearer lea"
    lea = Client(office.client)
    (now,) = [one for one in lea.pull() if one["id"] == case_id]
    assert lea.status(record(case_id, now["revision"], now["body"], "bo")) == ["stored"]


def test_what_was_written_in_a_case_given_away_goes_on_once_it_is_followed(anna_and_bo: Two) -> None:
    office, anna, bo = anna_and_bo
    case_id = anna.new()
    anna.sync()
    reassigned_to_bo(office, case_id)
    anna.write(case_id, "summary.text", "skrevet uden net")
    letter = anna.store.add_letter(case_id, "kvittering", b"%PDF", anna.actor, NOW)
    anna.sync()
    bo.sync()
    assert anna.waiting["unsent"] == 2
    for _ in range(2):
        anna.server.follow(case_id)
        meet(anna, bo)
    assert bo.case(case_id).summary.text == "skrevet uden net"
    assert bo.store.letter_pdf(letter.id) == b"%PDF"
    assert anna.waiting == {}


def test_a_case_handed_over_brings_all_its_letters_however_large(anna_and_bo: Two) -> None:
    _, anna, bo = anna_and_bo
    case_id = anna.new()
    anna.sync()
    made = [
        anna.store.add_letter(case_id, "kvittering", b"%d" % n * 1_500_000, anna.actor, NOW) for n in (1, 2)
    ]
    anna.store.assign(case_id, "bo", anna.actor, NOW)
    meet(anna, bo)
    assert {row.id for row in bo.store.letters(case_id)} == {letter.id for letter in made}
    assert anna.waiting == {}


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

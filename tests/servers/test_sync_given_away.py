"""Cases that change hands while somebody still writes in them: every word and letter arrives or is told of."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import service
from laptop_kit import NOW, Office, laptops
from sync_kit import Laptop as Client
from sync_kit import record
from test_sync_laptop import Two, meet

from visitator_tui.usecases.sync_wire import SyncError


@pytest.fixture
def anna_and_bo(tmp_path: Path) -> Iterator[Two]:
    """A service and the laptops of two colleagues."""
    with laptops(tmp_path, "anna", "bo") as (office, anna, bo):
        yield office, anna, bo


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


def test_what_was_refused_as_not_hers_goes_on_though_nobody_changed_it_meanwhile(anna_and_bo: Two) -> None:
    _, anna, bo = anna_and_bo
    case_id = bo.new()
    bo.sync()
    anna.server.follow(case_id)
    anna.sync()
    anna.server.unfollow(case_id)
    anna.write(case_id, "summary.text", "skrevet for sent")
    letter = anna.store.add_letter(case_id, "kvittering", b"%PDF", anna.actor, NOW)
    anna.sync()
    assert anna.waiting["unsent"] == 2
    anna.server.follow(case_id)
    meet(anna, bo)
    assert bo.case(case_id).summary.text == "skrevet for sent"
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


def test_after_a_restore_a_case_that_was_handed_over_waits_for_nobody(anna_and_bo: Two) -> None:
    office, anna, bo = anna_and_bo
    case_id = anna.new()
    anna.store.add_letter(case_id, "kvittering", b"%PDF", anna.actor, NOW)
    anna.sync()
    anna.store.assign(case_id, "bo", anna.actor, NOW)
    meet(anna, bo)
    assert anna.waiting == bo.waiting == {}
    kept = office.backup()
    office.restore(kept)
    meet(anna, bo)
    assert anna.waiting == bo.waiting == {}


def test_after_a_restore_a_case_that_reached_nobody_reaches_whom_it_was_given_to(anna_and_bo: Two) -> None:
    office, anna, bo = anna_and_bo
    kept = office.backup()
    case_id = anna.new(summary={"text": "givet videre"})
    letter = anna.store.add_letter(case_id, "kvittering", b"%PDF", anna.actor, NOW)
    anna.sync()
    anna.store.assign(case_id, "bo", anna.actor, NOW)
    anna.sync()
    office.restore(kept)
    later = NOW + timedelta(days=40)
    with pytest.raises(SyncError):
        anna.net.lose = lambda request: request.url.path == "/v1/push"
        anna.sync()
    assert anna.store.leave_expired(later, anna.actor, later) == ()
    anna.net.lose = lambda _: False
    meet(anna, bo)
    assert bo.case(case_id).summary.text == "givet videre"
    assert bo.store.letter_pdf(letter.id) == b"%PDF"
    assert anna.waiting == bo.waiting == {}
    assert anna.store.leave_expired(later, anna.actor, later) == (case_id,)


def test_after_a_restore_to_before_a_handover_everybody_can_go_on(anna_and_bo: Two) -> None:
    office, anna, bo = anna_and_bo
    case_id = bo.new(summary={"text": "1"})
    bo.sync()
    kept = office.backup()
    bo.store.assign(case_id, "anna", bo.actor, NOW)
    meet(bo, anna)
    anna.write(case_id, "summary.text", "Annas, efter kopien")
    meet(anna, bo)
    office.restore(kept)
    bo.write(case_id, "own_view.text", "Bos, efter gendannelsen")
    meet(anna, bo)
    bo.write(bo.new(), "summary.text", "ny")
    meet(anna, bo)
    assert bo.case(case_id).own_view.text == "Bos, efter gendannelsen"
    with sqlite3.connect(office.file) as connection:
        assert connection.execute("SELECT count(*) FROM records WHERE kind = 'case'").fetchone() == (2,)
    assert anna.case(case_id).summary.text == "Annas, efter kopien"
    anna.server.follow(case_id)
    meet(anna, bo)
    for one in (anna, bo):
        for conflict in one.store.conflicts():
            one.store.settle(conflict, "mine" if one is anna else "theirs", one.actor, NOW)
        meet(anna, bo)
    assert bo.case(case_id).summary.text == "Annas, efter kopien"
    assert anna.case(case_id).own_view.text == "Bos, efter gendannelsen"


@pytest.mark.parametrize("offline", [False, True], ids=["synced", "unsent"])
def test_who_leads_no_more_loses_what_is_not_hers_and_gets_it_again_when_she_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, offline: bool
) -> None:
    later = NOW + timedelta(days=40)
    with laptops(tmp_path, "anna", "lea") as (_, anna, lea):
        of_anna, of_lea = anna.new(), lea.new()
        meet(anna, lea)
        assert lea.case(of_anna)
        monkeypatch.setitem(service.PEOPLE, "lea", service.person("lea"))
        if offline:
            lea.write(of_anna, "summary.text", "skrevet som leder")
        lea.sync()
        assert lea.store.leave_expired(later, lea.actor, later) == (() if offline else (of_anna,))
        assert [row.reason != "" for row in lea.store.unsent()] == [True] * offline
        monkeypatch.setitem(service.PEOPLE, "lea", service.person("lea", "leader"))
        meet(lea, anna)
        assert lea.case(of_lea) and lea.case(of_anna) == anna.case(of_anna)
        assert (anna.case(of_anna).summary.text == "skrevet som leder") is offline
        assert lea.waiting == {}


def test_a_letter_made_in_a_case_given_away_says_why_it_waits_and_goes_when_it_can(anna_and_bo: Two) -> None:
    _, anna, bo = anna_and_bo
    case_id = anna.new()
    anna.sync()
    anna.store.assign(case_id, "bo", anna.actor, NOW)
    meet(anna, bo)
    anna.store.add_letter(case_id, "kvittering", b"%PDF", anna.actor, NOW)
    anna.sync()
    assert [(row.held, row.reason != "") for row in anna.store.unsent()] == [(True, True)]
    bo.store.assign(case_id, "anna", bo.actor, NOW)
    meet(bo, anna)
    assert anna.waiting == {}

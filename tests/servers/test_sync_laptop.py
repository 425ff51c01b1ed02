"""What a laptop and the service make of each other: nothing lost, nothing twice, nothing said that is not so."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from laptop_kit import NOW, Laptop, Office, clock, laptops
from sqlalchemy import update

from visitator_tui.domain.edit import MISSING
from visitator_tui.server.tables import tenants
from visitator_tui.store.tables import create_triggers, drop_triggers
from visitator_tui.sync.loop import DOUBT_TOLD, SyncLoop
from visitator_tui.usecases.made_apart import apart_told
from visitator_tui.usecases.ports import Actor, StaleError, StoreError
from visitator_tui.usecases.sync_wire import SyncError, Trouble

Two = tuple[Office, Laptop, Laptop]


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    """A service and two laptops of the same visitator."""
    with laptops(tmp_path, "anna", "anna-2") as (office, anna, other):
        yield office, anna, other


def meet(*some: Laptop) -> None:
    """Everybody syncs, twice, so that what the last one brought reaches the first."""
    for _ in range(2):
        for one in some:
            one.sync()


def pushes(request: httpx.Request) -> bool:
    return request.url.path == "/v1/push"


def test_a_case_reaches_the_other_laptop_whole(two: Two) -> None:
    _, anna, other = two
    case_id = anna.new(citizen={"name": "Åse Ærø", "birth_date": "1938-05-04"})
    assert anna.waiting == {"unsent": 1}
    meet(anna, other)
    assert other.case(case_id) == anna.case(case_id)
    assert [row.name for row in other.store.rows("ærø")] == ["Åse Ærø"]
    assert anna.waiting == other.waiting == {}
    assert other.applied[0].changed == (case_id,)
    other.store.verify_audit()


def test_both_edit_different_areas_offline_and_both_win_without_a_question(two: Two) -> None:
    _, anna, other = two
    case_id = anna.new()
    meet(anna, other)
    anna.write(case_id, "own_view.text", "Annas ord")
    other.write(case_id, "summary.text", "Andres ord")
    meet(anna, other)
    for one in (anna, other):
        assert one.waiting == {}
        assert (one.case(case_id).own_view.text, one.case(case_id).summary.text) == (
            "Annas ord",
            "Andres ord",
        )


@pytest.mark.parametrize("side", ["mine", "theirs"])
def test_a_conflict_keeps_both_versions_until_a_person_has_chosen(two: Two, side: Any) -> None:
    _, anna, other = two
    case_id = anna.new(citizen={"name": "Bo"})
    meet(anna, other)
    anna.write(case_id, "summary.text", "Annas ord")
    other.write(case_id, "summary.text", "Andres ord")
    other.write(case_id, "own_view.text", "uden strid")
    meet(anna, other)
    (conflict,) = other.store.conflicts()
    assert (conflict.path, conflict.mine, conflict.theirs) == (("summary", "text"), "Andres ord", "Annas ord")
    assert (conflict.name, conflict.mine_by, conflict.theirs_by) == ("Bo", "anna-2", "anna")
    assert other.case(case_id).summary.text == "Andres ord", "what I wrote stands meanwhile"
    anna.sync()
    assert anna.case(case_id).summary.text == "Annas ord", "nothing is overwritten meanwhile"
    assert anna.case(case_id).own_view.text == "uden strid", "what is not in conflict is sent at once"
    assert other.waiting == {"conflicts": 1}
    assert [row.held for row in other.store.unsent()] == [True]
    other.store.settle(conflict, side, other.actor, NOW)
    meet(other, anna)
    for one in (anna, other):
        assert one.case(case_id).summary.text == ("Andres ord" if side == "mine" else "Annas ord")
        assert one.waiting == {}
        (kept,) = one.store.conflicts(settled=True)
        assert {kept.mine, kept.theirs} == {"Annas ord", "Andres ord"}, "the other version is kept for all"
        assert (kept.settled, kept.settled_by) == (side, "anna-2")


def test_a_conflict_that_changed_since_it_was_shown_is_shown_again(two: Two) -> None:
    _, anna, other = two
    case_id = anna.new()
    meet(anna, other)
    anna.write(case_id, "summary.text", "Annas ord")
    other.write(case_id, "summary.text", "Andres ord")
    meet(anna, other)
    (shown,) = other.store.conflicts()
    anna.write(case_id, "summary.text", "Annas nye ord")
    meet(anna, other)
    with pytest.raises(StaleError):
        other.store.settle(shown, "theirs", other.actor, NOW)
    (again,) = other.store.conflicts()
    assert again.theirs == "Annas nye ord"
    other.write(case_id, "summary.text", "Andres nye ord")
    with pytest.raises(StaleError):
        other.store.settle(again, "theirs", other.actor, NOW)
    other.store.settle(other.store.conflicts()[0], "theirs", other.actor, NOW)
    with pytest.raises(StaleError):
        other.store.settle(again, "mine", other.actor, NOW)
    assert other.case(case_id).summary.text == "Annas nye ord"


def test_a_lost_answer_is_no_conflict_with_oneself_however_much_was_typed_since(two: Two) -> None:
    _, anna, other = two
    case_id = anna.new(summary={"text": "1"})
    meet(anna, other)
    for text in ("2", "3", "4"):
        anna.net.lose = pushes
        anna.write(case_id, "summary.text", text)
        with pytest.raises(SyncError) as problem:
            anna.sync()
        assert problem.value.trouble is Trouble.OFFLINE
        anna.net.lose = lambda _: False
        anna.write(case_id, "summary.text", text + " og mere")
        anna.sync()
        assert anna.waiting == {}
        other.sync()
        assert other.case(case_id).summary.text == text + " og mere"
    assert anna.store.conflicts(settled=True) == []


def test_what_is_typed_between_reading_and_acknowledgement_stays_unsent(two: Two) -> None:
    _, anna, other = two
    case_id = anna.new(summary={"text": "1"})

    def typing(request: httpx.Request) -> bool:
        if pushes(request):
            anna.net.lose = lambda _: False
            anna.write(case_id, "summary.text", "2")
        return False

    anna.net.lose = typing
    anna.sync()
    other.sync()
    assert other.case(case_id).summary.text == "2"


def test_a_letter_comes_byte_for_byte_and_prints_there(two: Two) -> None:
    _, anna, other = two
    case_id = anna.new()
    pdf = bytes(range(256)) * 40
    letter = anna.store.add_letter(case_id, "kvittering", pdf, anna.actor, NOW)
    anna.write(case_id, "summary.text", "sagen er nyere end sit brev")
    meet(anna, other)
    (row,) = other.store.letters(case_id)
    assert (row.id, row.sha256, row.kind, row.made_at) == (letter.id, letter.sha256, letter.kind, NOW)
    assert other.store.letter_pdf(letter.id) == pdf
    assert other.store.rows()[0].letters == 1
    assert other.store.queue_letter(letter.id, 1, True, other.actor, NOW).letter_id == letter.id
    assert anna.waiting == other.waiting == {}
    anna.sync()
    assert len(anna.store.letters(case_id)) == 1


def test_a_letter_that_was_altered_on_the_way_is_not_taken(two: Two) -> None:
    office, anna, other = two
    case_id = anna.new()
    anna.store.add_letter(case_id, "kvittering", b"%PDF ja", anna.actor, NOW)
    anna.sync()
    with sqlite3.connect(office.file) as connection:
        (body,) = connection.execute("SELECT body FROM records WHERE kind = 'letter'").fetchone()
        altered = json.dumps(json.loads(body) | {"pdf": "JVBERiBuZWo="})
        connection.execute("UPDATE records SET body = ? WHERE kind = 'letter'", [altered])
    other.sync()
    assert other.store.letters(case_id) == []
    assert other.waiting == {"parked": 1}, "it does not count as synchronised"


def test_a_case_deleted_by_mistake_goes_everywhere_and_does_not_come_back(two: Two) -> None:
    _, anna, other = two
    case_id = anna.new()
    meet(anna, other)
    anna.store.delete_case(case_id, anna.actor, NOW)
    assert anna.store.rows() == []
    meet(anna, other)
    assert other.store.rows() == []
    assert anna.waiting == other.waiting == {}


@pytest.mark.parametrize("side", ["mine", "theirs"])
def test_a_case_that_one_deletes_while_the_other_writes_is_asked_about(two: Two, side: Any) -> None:
    _, anna, other = two
    case_id = anna.new()
    meet(anna, other)
    anna.store.delete_case(case_id, anna.actor, NOW)
    other.write(case_id, "summary.text", "vigtigt")
    meet(anna, other)
    (conflict,) = other.store.conflicts()
    assert (conflict.path, conflict.theirs) == ((), MISSING)
    assert other.case(case_id).summary.text == "vigtigt"
    other.store.settle(conflict, side, other.actor, NOW)
    meet(other, anna)
    assert [len(one.store.rows()) for one in (anna, other)] == ([1, 1] if side == "mine" else [0, 0])
    assert anna.waiting == other.waiting == {}


def test_a_case_of_a_newer_program_waits_and_nothing_else_does(two: Two) -> None:
    office, anna, other = two
    newer, plain = anna.new(), anna.new(summary={"text": "læses"})
    anna.sync()
    with sqlite3.connect(office.file) as connection:
        connection.execute(
            "UPDATE records SET body = json_set(body, '$.nyt', 1) WHERE id = ?", [newer.replace("-", "")]
        )
        connection.execute("UPDATE records SET body = json_set(body, '$.nyt', 1) WHERE id = ?", [newer])
    other.sync()
    assert other.case(plain).summary.text == "læses"
    assert other.waiting == {"parked": 1}
    with pytest.raises(StoreError):
        other.store.load(newer)


def test_what_was_written_in_a_case_that_a_newer_program_changed_says_why_it_waits(two: Two) -> None:
    office, anna, other = two
    case_id = anna.new()
    meet(anna, other)
    with sqlite3.connect(office.file) as connection:
        connection.execute("UPDATE tenants SET seq = seq + 1 WHERE id = 'provby'")
        newer = "body = json_set(body, '$.nyt', 1), revision = 2"
        connection.execute(f"UPDATE records SET {newer}, seq = (SELECT seq FROM tenants WHERE id = 'provby')")
    other.write(case_id, "summary.text", "skrevet i den gamle udgave")
    other.sync()
    (row,) = other.store.unsent()
    assert "nyere udgave af programmet" in row.reason
    loop = SyncLoop(other.store, other.server, other.actor, clock, lambda: 0.5)
    loop.sync_once()
    assert (loop.state().synced, loop.state().parked) == (False, 1)


def test_a_case_that_is_handed_over_leaves_after_the_time_and_no_sooner(tmp_path: Path) -> None:
    with laptops(tmp_path, "anna", "bo") as (_, anna, bo):
        case_id = anna.new(summary={"text": "til Bo"})
        letter = anna.store.add_letter(case_id, "kvittering", b"%PDF", anna.actor, NOW)
        anna.sync()
        anna.store.assign(case_id, "bo", anna.actor, NOW)
        meet(anna, bo)
        assert bo.case(case_id).summary.text == "til Bo"
        assert bo.store.letter_pdf(letter.id) == b"%PDF"
        assert anna.waiting == {}
        after = NOW + timedelta(days=40)
        assert anna.store.leave_expired(NOW - timedelta(days=1), anna.actor, after) == ()
        anna.write(case_id, "summary.text", "skrevet for sent")
        assert anna.store.leave_expired(after, anna.actor, after) == (), "never with something unsent"
        anna.sync()
        assert [row.reason != "" for row in anna.store.unsent()] == [True], "and it is told why"


def test_what_leaves_is_gone_and_can_come_back(tmp_path: Path) -> None:
    with laptops(tmp_path, "anna", "bo") as (_, anna, bo):
        case_id = anna.new(summary={"text": "til Bo"})
        letter = anna.store.add_letter(case_id, "kvittering", b"%PDF", anna.actor, NOW)
        stays = anna.new()
        anna.store.assign(case_id, "bo", anna.actor, NOW)
        meet(anna, bo)
        later = NOW + timedelta(days=40)
        assert anna.store.leave_expired(later, anna.actor, later) == (case_id,)
        assert [row.id for row in anna.store.rows()] == [stays]
        with pytest.raises(StoreError):
            anna.store.letter_pdf(letter.id)
        anna.store.verify_audit()
        anna.server.follow(case_id)
        anna.sync()
        assert anna.case(case_id).summary.text == "til Bo"
        assert anna.store.letter_pdf(letter.id) == b"%PDF"


def test_a_closed_case_leaves_once_everything_of_it_is_there(two: Two) -> None:
    _, anna, _ = two
    case_id = anna.new(course={"closed_on": "2026-01-05"})
    later = NOW + timedelta(days=31)
    assert anna.store.leave_expired(later, anna.actor, later) == ()
    anna.sync()
    anna.store.remember_place(case_id, anna.store.load(case_id).place)
    assert anna.store.leave_expired(later, anna.actor, later) == (), "it is open"
    anna.store.leave()
    assert anna.store.leave_expired(later, anna.actor, later) == (case_id,)


def test_a_service_that_was_restored_is_sent_what_it_lost(two: Two) -> None:
    office, anna, other = two
    first = anna.new(summary={"text": "i sikkerhedskopien"})
    meet(anna, other)
    kept = office.backup()
    lost = anna.new(summary={"text": "efter kopien"})
    letter = anna.store.add_letter(lost, "kvittering", b"%PDF", anna.actor, NOW)
    anna.write(first, "summary.text", "rettet efter kopien")
    meet(anna, other)
    office.restore(kept)
    other.write(first, "own_view.text", "skrevet uden net")
    meet(other, anna)
    for one in (anna, other):
        assert one.case(first).summary.text == "rettet efter kopien"
        assert one.case(first).own_view.text == "skrevet uden net"
        assert one.case(lost).summary.text == "efter kopien"
        assert one.store.letter_pdf(letter.id) == b"%PDF"
        assert one.waiting == {}
    with sqlite3.connect(office.file) as connection:
        assert connection.execute("SELECT count(*) FROM records").fetchone() == (3,)


@pytest.mark.parametrize(("side_file", "passed"), [(True, 3), (False, 3), (False, 0)])
def test_an_older_sqlite_file_put_back_is_noticed_also_when_nobody_tells(
    tmp_path: Path, side_file: bool, passed: int
) -> None:
    with laptops(tmp_path, "anna", "lea") as (office, anna, lea):
        lea.sync()
        with office.service.database.writing("provby") as connection:  # it was let in long ago
            connection.execute(update(tenants).values(epoch_at="2026-01-01T00:00:00+00:00"))
        kept = office.backup()
        lost = anna.new(summary={"text": "efter kopien"})
        anna.sync()
        office.restore(kept, declared=False, side_file=side_file)
        for _ in range(passed):
            lea.new()
        lea.sync()
        meet(anna, lea)
        assert lea.case(lost).summary.text == "efter kopien", "though the feed had passed where anna was"


def test_a_service_restored_again_while_a_laptop_compares_is_compared_with_again(two: Two) -> None:
    office, anna, other = two
    case_id = anna.new()
    anna.sync()
    office.service.ledger.new_history("provby", NOW.replace(year=2027))
    years = [2028]

    def restored_again(request: httpx.Request) -> bool:
        if request.url.path == "/v1/standing" and years:
            office.service.ledger.new_history("provby", NOW.replace(year=years.pop()))
        return False

    anna.net.lose = restored_again
    anna.sync()
    other.sync()
    assert not years
    assert anna.waiting == {}
    assert [row.id for row in other.store.rows()] == [case_id]


def test_a_laptop_whose_logbook_was_cut_off_syncs_all_the_same_and_is_told_for_a_fortnight(two: Two) -> None:
    _, anna, other = two
    case_id = anna.new(summary={"text": "før"})
    later = [timedelta()]
    loop = SyncLoop(anna.store, anna.server, anna.actor, lambda: clock() + later[0], lambda: 0.5)
    loop.sync_once()
    assert loop.state().audit_doubted is None
    with anna.store.writing() as work:
        drop_triggers(work.connection)  # as somebody who has the key would
        work.connection.exec_driver_sql("DELETE FROM audit WHERE seq > 1")
        create_triggers(work.connection)
    anna.write(case_id, "summary.text", "efter")
    loop.sync_once()
    assert loop.state().audit_doubted is not None
    assert loop.state().synced, "it holds nothing up"
    meet(other)
    assert other.case(case_id).summary.text == "efter"
    later[0] = DOUBT_TOLD
    assert loop.state().audit_doubted is None


def test_what_was_written_on_a_restored_service_is_not_overwritten(two: Two) -> None:
    office, anna, other = two
    case_id = anna.new(summary={"text": "kopien"})
    meet(anna, other)
    kept = office.backup()
    anna.write(case_id, "summary.text", "tabt på serveren")
    anna.sync()
    office.restore(kept)
    other.write(case_id, "summary.text", "skrevet på den gamle")
    other.sync()
    anna.sync()
    (conflict,) = anna.store.conflicts()
    assert {conflict.mine, conflict.theirs} == {"tabt på serveren", "skrevet på den gamle"}


def test_a_record_that_the_service_refuses_does_not_stop_the_others(two: Two) -> None:
    _, anna, other = two
    large, small = anna.new(summary={"text": "x" * 2_100_000}), anna.new(summary={"text": "lille"})
    meet(anna, other)
    assert other.case(small).summary.text == "lille"
    (row,) = anna.store.unsent()
    assert (row.case_id, row.held) == (large, True)
    assert "fylder for meget" in row.reason
    anna.write(large, "summary.text", "kort nok")
    meet(anna, other)
    assert other.case(large).summary.text == "kort nok"
    assert anna.waiting == {}


def test_a_name_that_cannot_be_sent_holds_one_case_alone_and_says_why(two: Two) -> None:
    _, anna, other = two
    anna.actor = Actor("Anna\u00a0Holm" + "m" * 300, "pc-anna")
    odd, good = anna.new(), anna.new(summary={"text": "sendes"})
    anna.store.assign(odd, "bo\u200b", anna.actor, NOW)
    meet(anna, other)
    assert other.case(good).summary.text == "sendes", "whatever its writer is called"
    (row,) = anna.store.unsent()
    assert (row.case_id, row.held) == (odd, True)
    assert "kollega" in row.reason


def test_a_decision_is_not_made_while_its_words_are_in_conflict(two: Two) -> None:
    _, anna, other = two
    item = {"delydelse": "bad", "outcome": "granted", "reason": "x"}
    case_id = anna.new(decision={"decided_on": "2026-03-02", "items": [item]})
    meet(anna, other)
    anna.write(case_id, "decision.items.0.reason", "Annas")
    other.write(case_id, "decision.items.0.reason", "Andres")
    meet(anna, other)
    with pytest.raises(StoreError, match="Vælg først"):
        other.store.make_decision(other.store.load(case_id), b"%PDF", other.actor, NOW)
    other.store.settle(other.store.conflicts()[0], "theirs", other.actor, NOW)
    other.store.make_decision(other.store.load(case_id), b"%PDF", other.actor, NOW)
    meet(other, anna)
    assert anna.case(case_id).decision_is_made
    assert len(anna.store.letters(case_id)) == 1


def test_two_decisions_made_apart_are_both_kept_with_their_letters_and_told_to_both(two: Two) -> None:
    _, anna, other = two
    item = {"delydelse": "bad", "outcome": "granted", "reason": "x"}
    case_id = anna.new(decision={"decided_on": "2026-03-02", "items": [item]})
    meet(anna, other)
    anna.write(case_id, "decision.items.0.reason", "Annas")
    other.write(case_id, "decision.items.0.reason", "Andres")
    made = [
        one.store.make_decision(one.store.load(case_id), b"%%PDF %d" % number, one.actor, clock())[1]
        for number, one in enumerate((anna, other))
    ]
    meet(anna, other)
    assert anna.case(case_id) == other.case(case_id)
    for one in (anna, other):
        assert [done.decision.items[0].reason for done in one.case(case_id).made] == ["Annas", "Andres"]
        assert [one.store.letter_pdf(letter.id) for letter in made] == [b"%PDF 0", b"%PDF 1"]
        assert apart_told(one.case(case_id)).startswith("To afgørelser er truffet hver for sig")
        assert one.waiting == {}


def test_another_kind_of_document_syncs_too(two: Two) -> None:
    from visitator_tui.store.kinds import KindStore

    _, anna, other = two
    (made,) = KindStore(anna.store).add_documents("preventive", [("Åse", '{"x": [1, "å"]}')], anna.actor, NOW)
    meet(anna, other)
    (there,) = KindStore(other.store).documents("preventive")
    assert (there.id, there.name, json.loads(there.body)) == (made.id, "Åse", {"x": [1, "å"]})
    assert anna.waiting == other.waiting == {}

"""The audit log: every change has its entry, and no entry can be changed, taken away or moved unseen."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from store_kit import (
    ANNA,
    NOW,
    WORDS,
    a_case,
    a_telling_case,
    by_hand,
    later,
    new_store,
    opened,
)

from visitator_tui.domain.edit import Change, change
from visitator_tui.store.audit import AuditError
from visitator_tui.usecases.ports import Actor, Place, StoreError


def entries(folder: Path) -> list[dict[str, Any]]:
    """The log as it stands, details read."""
    with by_hand(folder) as connection:
        names = ("seq", "at", "actor", "device", "action", "entity", "entity_id", "detail")
        rows = connection.execute(f"SELECT {', '.join(names)} FROM audit ORDER BY seq").fetchall()
    return [dict(zip(names, row, strict=True)) | {"detail": json.loads(row[-1])} for row in rows]


def actions(folder: Path) -> list[str]:
    return [entry["action"] for entry in entries(folder)]


def worked_on(folder: Path) -> str:
    """A database with a log of eight entries; the case's id."""
    with new_store(folder) as store:
        record = store.create(a_telling_case(), ANNA, later(1))
        for minute in range(2, 8):
            case, edit = change(record.case, ("summary", "text"), f"{WORDS[3]} {minute}")
            record = store.save(replace(record, case=case), [edit], ANNA, later(minute))
    return record.id


def test_every_change_has_an_entry_that_says_who_when_and_where(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        record = store.create(a_telling_case(), ANNA, later(1))
        edited, one = change(record.case, ("summary", "text"), "hemmelig")
        edited, two = change(edited, ("assessment", "activities", "bade"), {"level": 3})
        record = store.save(replace(record, case=edited), [one, two, one], Actor("bo", "pc-2"), later(2))
        letter = store.add_letter(record.id, "afgoerelse", b"%PDF", ANNA, later(3))
        store.set_setting("logo", '"x"', ANNA, later(4))
    with opened(tmp_path, later(5)):
        pass
    log = entries(tmp_path)
    assert [entry["action"] for entry in log] == [
        "database.created",
        "case.created",
        "case.saved",
        "letter.made",
        "setting.changed",
        "database.opened",
    ]
    assert log[2] == {
        "seq": 3,
        "at": "2017-03-08T09:32:00.000000+00:00",
        "actor": "bo",
        "device": "pc-2",
        "action": "case.saved",
        "entity": "case",
        "entity_id": record.id,
        "detail": {"revision": 2, "paths": ["assessment.activities.bade", "summary.text"]},
    }
    assert log[3]["detail"] == {"case": record.id, "kind": "afgoerelse", "sha256": letter.sha256}
    assert (log[4]["entity_id"], log[4]["detail"]) == ("logo", {})
    assert (log[5]["actor"], log[5]["device"]) == ("visitator-tui", "pc-1")


def test_an_entry_quotes_nothing_from_the_case_and_is_small(tmp_path: Path) -> None:
    worked_on(tmp_path)
    text = json.dumps(entries(tmp_path), ensure_ascii=False)
    assert not [word for word in WORDS if word in text]
    assert max(len(json.dumps(entry["detail"])) for entry in entries(tmp_path)) < 60


def test_a_key_that_is_not_an_id_is_not_quoted(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        record = store.create(a_case(), ANNA, NOW)
        case, edit = change(record.case, ("answers", "Karen Hansen 010203-1234"), True)
        store.save(replace(record, case=case), [edit], ANNA, NOW)
    assert entries(tmp_path)[-1]["detail"]["paths"] == ["answers.*"]


def test_a_change_the_caller_did_not_name_is_found(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        record = store.create(a_case(), ANNA, NOW)
        case, _ = change(record.case, ("decision", "decided_on"), "2017-03-08")
        store.save(replace(record, case=case), [], ANNA, NOW)
    assert entries(tmp_path)[-1]["detail"]["paths"] == ["decision.decided_on"]


def test_drafts_and_places_fill_no_log(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        record = store.create(a_case(), ANNA, NOW)
        record = store.save(replace(record, drafts={"enquiry.received_on": "1. m"}), [], ANNA, NOW)
        store.remember_place(record.id, Place("forslag"))
        store.leave()
        kept = store.load(record.id)
    assert (kept.drafts, kept.place) == ({"enquiry.received_on": "1. m"}, Place("forslag"))
    assert actions(tmp_path) == ["database.created", "case.created"]


def test_without_its_entry_no_change_is_made(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        record = store.create(a_case(), ANNA, NOW)
        with by_hand(tmp_path) as connection:
            connection.execute(
                "CREATE TRIGGER no_log BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no'); END"
            )
        case, edit = change(record.case, ("summary", "text"), "aldrig skrevet")
        with pytest.raises(StoreError, match="uventet fejl"):
            store.save(replace(record, case=case), [edit], ANNA, NOW)
        with pytest.raises(StoreError):
            store.add_letter(record.id, "afgoerelse", b"%PDF", ANNA, NOW)
        with pytest.raises(StoreError):
            store.create(a_case("Bo"), ANNA, NOW)
        assert store.load(record.id) == record
        assert [row.name for row in store.rows()] == [record.case.citizen.name]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET actor = 'ingen' WHERE seq = 2",
        "DELETE FROM audit WHERE seq = 2",
        "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE seq = 2",
        "INSERT INTO audit SELECT seq + 5, at, actor, device, action, entity, entity_id, detail, prev, mac "
        "FROM audit WHERE seq = 2",
    ],
)
def test_the_database_itself_refuses_to_touch_the_log(tmp_path: Path, statement: str) -> None:
    with new_store(tmp_path) as store:
        store.create(a_case(), ANNA, NOW)
        with (
            by_hand(tmp_path, guards=True) as connection,
            pytest.raises(sqlcipher.IntegrityError, match="the audit"),
        ):
            connection.execute(statement)
        assert store.verify_audit() == 2


SWAP = """UPDATE audit SET {0} = (SELECT {0} FROM audit AS other WHERE other.seq = 9 - audit.seq)
WHERE seq IN (4, 5)"""


@pytest.mark.parametrize(
    ("tamper", "says"),
    [
        (["UPDATE audit SET actor = 'bo' WHERE seq = 3"], "række 3 er ændret"),
        (["UPDATE audit SET at = replace(at, '2017', '2016') WHERE seq = 8"], "række 8 er ændret"),
        (["UPDATE audit SET detail = CAST(detail AS BLOB) WHERE seq = 4"], "række 4 er ændret"),
        (["UPDATE audit SET mac = 'tekst' WHERE seq = 4"], "række 4 er ændret"),
        (["UPDATE audit SET prev = zeroblob(32) WHERE seq = 4"], "række 4 er ændret"),
        (["UPDATE audit SET mac = zeroblob(32) WHERE seq = 1"], "række 1 er ændret"),
        (["DELETE FROM audit WHERE seq = 1"], "mangler række 1"),
        (["DELETE FROM audit WHERE seq = 5"], "mangler række 5"),
        (["DELETE FROM audit WHERE seq = 5", "UPDATE audit SET seq = seq - 1 WHERE seq > 5"], "række 5 er ændret"),
        ([SWAP.format("detail")], "række 4 er ændret"),
        (
            [
                "UPDATE audit SET seq = 99 WHERE seq = 4",
                "UPDATE audit SET seq = 4 WHERE seq = 5",
                "UPDATE audit SET seq = 5 WHERE seq = 99",
            ],
            "række 4 er ændret",
        ),
        (["INSERT INTO audit SELECT 9, at, 'bo', device, action, entity, entity_id, detail, mac, mac "
          "FROM audit WHERE seq = 8"], "række 9 er ændret"),
    ],
)  # fmt: skip
def test_tampering_is_found_and_the_row_named(tmp_path: Path, tamper: list[str], says: str) -> None:
    worked_on(tmp_path)
    with by_hand(tmp_path) as connection:
        for statement in tamper:
            connection.execute(statement)
    with opened(tmp_path) as store, pytest.raises(AuditError, match=says):
        store.verify_audit()


def test_a_tail_cut_while_the_database_is_open_is_found(tmp_path: Path) -> None:
    worked_on(tmp_path)
    with opened(tmp_path) as store:
        with by_hand(tmp_path) as connection:
            connection.execute("DELETE FROM audit WHERE seq > 6")
        with pytest.raises(AuditError, match="efter række 6: række 9 har været skrevet"):
            store.verify_audit()


@pytest.mark.parametrize("kept", [0, 1, 5, 7])
def test_a_tail_cut_while_it_was_closed_is_told_at_opening_and_entered(tmp_path: Path, kept: int) -> None:
    case_id = worked_on(tmp_path)
    with by_hand(tmp_path) as connection:
        connection.execute("DELETE FROM audit WHERE seq > ?", (kept,))
    with opened(tmp_path) as store:
        (warning,) = store.warnings
        assert f"havde 8 rækker og har nu {kept}" in warning
        store.load(case_id)
        store.verify_audit()
    assert actions(tmp_path)[kept:] == ["audit.gap", "database.opened"]
    assert entries(tmp_path)[kept]["detail"] == {"known": 8, "found": kept}
    with opened(tmp_path) as store:
        assert store.warnings == (), "told once; the log remembers it"


def damage_to_log(way: str) -> Callable[[Path], None]:
    def cut(folder: Path) -> None:
        wal = folder / "visitator.db-wal"
        held = bytearray(wal.read_bytes())
        if way == "deleted":
            wal.unlink()
            (folder / "visitator.db-shm").unlink()
            return
        if way == "cut":
            held = held[: len(held) // 2]
        else:
            held[len(held) // 2] ^= 1
        wal.write_bytes(held)

    return cut


@pytest.mark.parametrize("way", ["deleted", "cut", "one bit flipped"])
def test_a_write_ahead_log_that_lost_its_end_is_noticed(tmp_path: Path, way: str) -> None:
    here, stolen = tmp_path / "here", tmp_path / "stolen"
    worked_on(here)
    with opened(here) as store:
        record = store.create(a_case("Bo"), ANNA, NOW)
        for minute in range(20):
            case, edit = change(record.case, ("summary", "text"), "et langt ord " * 200 + str(minute))
            record = store.save(replace(record, case=case), [edit], ANNA, later(minute))
        shutil.copytree(here, stolen)  # as a power cut or a hand would leave it
    damage_to_log(way)(stolen)
    with opened(stolen) as store:
        assert "kan mangle" in store.warnings[0]
        store.verify_audit()
    assert "audit.gap" in actions(stolen)


def test_a_program_killed_between_commit_and_head_gives_no_alarm(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        record = store.create(a_case(), ANNA, NOW)
        behind = (tmp_path / "visitator.head").read_bytes()
        case, edit = change(record.case, ("summary", "text"), "x")
        store.save(replace(record, case=case), [edit], ANNA, NOW)
    (tmp_path / "visitator.head").write_bytes(behind)
    with opened(tmp_path) as store:
        assert store.warnings == ()
        assert store.verify_audit() == 4


def test_a_program_killed_before_the_first_head_gives_no_alarm(tmp_path: Path) -> None:
    with new_store(tmp_path):
        pass
    (tmp_path / "visitator.head").unlink()
    with opened(tmp_path) as store:
        assert store.warnings == ()


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda head: None, "mangler"),
        (lambda head: b"", "ændret eller beskadiget"),
        (lambda head: head[:-20], "ændret eller beskadiget"),
        (lambda head: b"[]", "ændret eller beskadiget"),
        (lambda head: head.replace(b'"seq": 8', b'"seq": 3'), "ændret eller beskadiget"),
    ],
)
def test_a_head_that_was_touched_is_told(
    tmp_path: Path, damage: Callable[[bytes], bytes | None], says: str
) -> None:
    case_id = worked_on(tmp_path)
    path = tmp_path / "visitator.head"
    touched = damage(path.read_bytes())
    path.unlink() if touched is None else path.write_bytes(touched)
    with opened(tmp_path) as store:
        assert says in store.warnings[0]
        assert store.load(case_id).revision == 7
        store.verify_audit()
        path.write_bytes(b"{}")
        with pytest.raises(AuditError, match="kontrolfil"):
            store.verify_audit()


def test_a_head_that_cannot_be_written_does_not_stop_the_work(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        head = tmp_path / "visitator.head"
        head.unlink()
        head.mkdir()
        record = store.create(a_case(), ANNA, NOW)
        assert store.load(record.id) == record
        head.rmdir()
        store.set_setting("x", "1", ANNA, NOW)
        assert store.verify_audit() == 3
        assert head.is_file()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "visitator.db",
        "visitator.head",
        "visitator.key",
    ]


def test_many_changes_make_one_entry(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        record = store.create(a_case(), ANNA, NOW)
        edits: list[Change] = []
        case = record.case
        for letter in "abc":
            case, edit = change(case, ("summary", "text"), letter)
            edits.append(edit)
        store.save(replace(record, case=case), edits, ANNA, NOW)
    assert entries(tmp_path)[-1]["detail"] == {"revision": 2, "paths": ["summary.text"]}

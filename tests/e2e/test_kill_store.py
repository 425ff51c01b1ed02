"""kill -9 in the middle of saving: what was acknowledged is there, whole, and the log verifies."""

from __future__ import annotations

import contextlib
import multiprocessing
import random
from pathlib import Path
from typing import Any

import pytest
from kill_writer import ANNA, PASSPHRASE, START, type_for_ever, written

from visitator_tui.domain.case import Case
from visitator_tui.store import SqlCipherVault, keyfile
from visitator_tui.store.connection import connect

KILLS = 20
CHEAP = keyfile.KdfCost(memory_kib=8, iterations=1, lanes=1)
# A fork server imports once and gives a clean process per kill; Windows starts each from nothing.
PROCESSES: Any
if "forkserver" in multiprocessing.get_all_start_methods():
    PROCESSES = multiprocessing.get_context("forkserver")
    PROCESSES.set_forkserver_preload(["__main__", "visitator_tui.store.opening"])
else:
    PROCESSES = multiprocessing.get_context("spawn")


def typed_until_killed(folder: Path, case_id: str, chance: random.Random) -> tuple[int, list[str]]:
    """The last revision and the letters that a writer acknowledged before it was killed."""
    ours, theirs = PROCESSES.Pipe(duplex=False)
    writer = PROCESSES.Process(target=type_for_ever, args=(folder, case_id, theirs))
    writer.start()
    theirs.close()
    acknowledged = [ours.recv() for _ in range(chance.randint(1, 25))]
    writer.join(chance.uniform(0, 0.02))
    writer.kill()
    writer.join()
    with contextlib.suppress(EOFError):
        while True:
            acknowledged.append(ours.recv())
    ours.close()
    revisions = [what for kind, what in acknowledged if kind == "saved"]
    return revisions[-1], [what for kind, what in acknowledged if kind == "letter"]


@pytest.mark.parametrize("seed", [20170308])
def test_twenty_kills_lose_nothing_that_was_acknowledged(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    vault = SqlCipherVault(tmp_path, cost=CHEAP)
    store = vault.create(PASSPHRASE, START)
    case_id = store.create(Case(municipality="helsingor"), ANNA, START).id
    store.close()
    letters: list[str] = []
    beyond = 0
    for _ in range(KILLS):
        revision, made = typed_until_killed(tmp_path, case_id, chance)
        letters += made
        store = vault.open(PASSPHRASE, START)
        assert store.warnings == ()
        record = store.load(case_id)
        assert record.revision >= revision
        beyond += record.revision - revision
        assert record.case.summary.text == written(record.revision)
        assert record.drafts == {"enquiry.received_on": str(record.revision)}
        assert record.place.cursor == record.revision
        kept = {letter.id for letter in store.letters(case_id)}
        assert kept >= set(letters)
        assert all(store.letter_pdf(letter) for letter in kept)
        assert store.last_open() in (None, case_id)
        assert len(store.rows(str(record.revision))) == 1
        store.verify_audit()
        store.close()
        assert integrity(tmp_path) == ([], [("ok",)])
    assert beyond <= KILLS, "at most the one save that was on its way"


def integrity(folder: Path) -> tuple[list[tuple[str]], list[tuple[str]]]:
    """What SQLCipher says of the pages' codes (nothing, if all is well) and SQLite of their content."""
    data_key = keyfile.unlock(folder / "visitator.key", PASSPHRASE)
    connection = connect(folder / "visitator.db", keyfile.derived_key(data_key, "database"))
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return (
            connection.execute("PRAGMA cipher_integrity_check").fetchall(),
            connection.execute("PRAGMA integrity_check").fetchall(),
        )
    finally:
        connection.close()

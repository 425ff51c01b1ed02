"""kill -9 in the middle of saving: what was acknowledged is there, whole, and the log verifies."""

from __future__ import annotations

import contextlib
import multiprocessing
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from kill_writer import (
    ANNA,
    PASSPHRASE,
    START,
    decide_for_ever,
    decided_case,
    letter_of,
    type_for_ever,
    written,
)

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
    acknowledged = killed(type_for_ever, folder, case_id, chance, chance.randint(1, 25))
    revisions = [what for kind, what in acknowledged if kind == "saved"]
    return revisions[-1], [what for kind, what in acknowledged if kind == "letter"]


def killed(
    work: Callable[..., None], folder: Path, case_id: str, chance: random.Random, after: int
) -> list[tuple[str, Any]]:
    """What a process acknowledged before it was killed, a moment after its first ``after`` answers."""
    ours, theirs = PROCESSES.Pipe(duplex=False)
    writer = PROCESSES.Process(target=work, args=(folder, case_id, theirs))
    writer.start()
    theirs.close()
    acknowledged = [ours.recv() for _ in range(after)]
    writer.join(chance.uniform(0, 0.02))
    writer.kill()
    writer.join()
    with contextlib.suppress(EOFError):
        while True:
            acknowledged.append(ours.recv())
    ours.close()
    return acknowledged


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


def test_a_kill_while_deciding_leaves_letter_and_made_decision_or_neither(tmp_path: Path) -> None:
    chance = random.Random(20170308)
    vault = SqlCipherVault(tmp_path, cost=CHEAP)
    store = vault.create(PASSPHRASE, START)
    case_id = store.create(decided_case(), ANNA, START).id
    store.close()
    acknowledged: set[str] = set()
    before = cut_short = 0
    for _ in range(KILLS // 2):
        told = killed(decide_for_ever, tmp_path, case_id, chance, chance.randint(1, 6))
        acknowledged |= {what for kind, what in told if kind == "made"}
        cut_short += told[-1][0] == "trying"
        store = vault.open(PASSPHRASE, START)
        assert store.warnings == ()
        record = store.load(case_id)
        made = [one.letter_id for one in record.case.made]
        assert {letter.id for letter in store.letters(case_id)} == set(made)
        assert acknowledged <= set(made)
        assert len(made) - before <= sum(kind == "trying" for kind, _ in told)
        for number, letter in enumerate(made):
            told_case = record.case.model_copy(update={"made": record.case.made[:number]})
            assert store.letter_pdf(letter) == letter_of(told_case), "the letter is its decision's, whole"
        before = len(made)
        store.verify_audit()
        store.close()
        assert integrity(tmp_path) == ([], [("ok",)])
    assert acknowledged and cut_short, "the kills came both after a decision and in the middle of one"


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

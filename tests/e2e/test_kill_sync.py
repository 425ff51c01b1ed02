"""kill -9 in the middle of pulling and of being answered: nothing is lost, nothing is there by half."""

from __future__ import annotations

import contextlib
import multiprocessing
import random
from pathlib import Path

from kill_syncer import PULLED, pulled_text, sync_for_ever
from kill_writer import ANNA, PASSPHRASE, START

from visitator_tui.domain.case import Case
from visitator_tui.domain.edit import to_json
from visitator_tui.store import SqlCipherVault, keyfile
from visitator_tui.usecases.ports import StoreError

KILLS = 5
CHEAP = keyfile.KdfCost(memory_kib=8, iterations=1, lanes=1)
PROCESSES = multiprocessing.get_context("spawn")  # from nothing, as on Windows


def killed(folder: Path, case_id: str, chance: random.Random) -> list[tuple[str, int]]:
    """What a laptop acknowledged before it was killed."""
    ours, theirs = PROCESSES.Pipe(duplex=False)
    syncer = PROCESSES.Process(target=sync_for_ever, args=(folder, case_id, theirs))
    syncer.start()
    theirs.close()
    acknowledged = [ours.recv() for _ in range(chance.randint(1, 12))]
    syncer.join(chance.uniform(0, 0.03))
    syncer.kill()
    syncer.join()
    with contextlib.suppress(EOFError):
        while True:
            acknowledged.append(ours.recv())
    ours.close()
    return acknowledged


def test_kills_in_the_middle_of_sync_lose_nothing_and_leave_nothing_half(tmp_path: Path) -> None:
    chance = random.Random(20170308)
    vault = SqlCipherVault(tmp_path, cost=CHEAP)
    store = vault.create(PASSPHRASE, START)
    case_id = store.create(Case(municipality="helsingor"), ANNA, START).id
    store.close()
    typed: list[int] = []
    for _ in range(KILLS):
        acknowledged = killed(tmp_path, case_id, chance)
        typed += [number for what, number in acknowledged if what == "typed"]
        pulled = max((number for what, number in acknowledged if what == "pulled"), default=0)
        sent = max((number for what, number in acknowledged if what == "sent"), default=0)
        store = vault.open(PASSPHRASE, START)
        assert store.warnings == ()
        seq = store.stored_sync().cursor.seq
        assert seq >= pulled
        for id_ in PULLED:
            with contextlib.suppress(StoreError):  # before the first page
                assert store.load(id_).case.summary.text == pulled_text(seq), (
                    "the rows are as far as the cursor"
                )
                assert seq
        words = store.load(case_id).case.summary.text.split()
        assert set(map(str, typed)) <= set(words), "every keystroke that was acknowledged is there"
        waiting = store.outbox(10, 10**7, "anna")
        on_its_way = store.under_way()
        for one in waiting:
            assert one.base >= sent
            assert one.body == to_json(store.load(case_id).case)
        assert waiting or on_its_way is None, "what is on its way is not acknowledged"
        store.verify_audit()
        store.close()

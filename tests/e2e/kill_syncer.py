"""A laptop that pulls and pushes without a pause, for the kill test: it acknowledges until it is killed."""

from __future__ import annotations

import uuid
from dataclasses import replace
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from kill_writer import ANNA, PASSPHRASE, START

from visitator_tui.domain.case import Case
from visitator_tui.domain.edit import change, to_json
from visitator_tui.store import SqlCipherVault
from visitator_tui.usecases.sync_wire import Batch, Cursor, Incoming, PushAnswer, Pushed

PULLED = [str(uuid.UUID(int=number)) for number in range(1, 6)]


def pulled_text(seq: int) -> str:
    """What every pulled case says after a page: long enough that a half-written one would show."""
    return f"{seq} " * 300


def page(seq: int) -> list[Incoming]:
    """A page of the feed that changes all five cases."""
    body: dict[str, Any] = to_json(
        Case.model_validate({"municipality": "provby", "summary": {"text": pulled_text(seq)}})
    )
    return [Incoming("case", id_, seq, seq, body, changed_by="bo") for id_ in PULLED]


def sync_for_ever(folder: Path, case_id: str, acknowledge: Connection) -> None:
    """Type, send, be answered, pull; every acknowledgement is what the database has said it has."""
    store = SqlCipherVault(folder).open(PASSPHRASE, START)
    if left := store.under_way():
        store.answered(left, None, ANNA, START)
    kept = store.stored_sync().cursor
    for seq in count(kept.seq + 1):
        record = store.load(case_id)
        case, edit = change(record.case, ("summary", "text"), f"{record.case.summary.text} {seq}")
        store.save(replace(record, case=case), [edit], ANNA, START)
        acknowledge.send(("typed", seq))
        sent = tuple(one for one in store.outbox(10, 10**7, "anna") if one.id == case_id)
        batch = Batch(str(uuid.uuid4()), "e", sent)
        store.set_out(batch)
        store.answered(batch, PushAnswer("e", 0, (Pushed(case_id, "stored", sent[0].base + 1),)), ANNA, START)
        acknowledge.send(("sent", sent[0].base + 1))
        store.apply_pulled(page(seq), Cursor("e", seq), ANNA, START)
        acknowledge.send(("pulled", seq))

"""A visitator who types without a pause, for the kill test: a process that acknowledges until it is killed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from visitator_tui.domain.edit import change
from visitator_tui.store import SqlCipherVault
from visitator_tui.usecases.ports import Actor, Place

PASSPHRASE = "blå heste på række"
START = datetime(2017, 3, 8, 9, 30, tzinfo=UTC)
ANNA = Actor("anna", "pc-1")


def written(revision: int) -> str:
    """What the summary of a revision says: long enough that a half-written one would show."""
    return f"{revision} " * 400


def type_for_ever(folder: Path, case_id: str, acknowledge: Connection) -> None:
    """Save, save, save; every acknowledgement is ("saved", revision) or ("letter", id)."""
    store = SqlCipherVault(folder).open(PASSPHRASE, START)
    record = store.load(case_id)
    while True:
        revision = record.revision + 1
        now = START + timedelta(seconds=revision)
        case, edit = change(record.case, ("summary", "text"), written(revision))
        drafts = {"enquiry.received_on": str(revision)}
        place = Place("samlet_vurdering", "summary.text", revision)
        record = store.save(replace(record, case=case, drafts=drafts, place=place), [edit], ANNA, now)
        acknowledge.send(("saved", record.revision))
        if revision % 5 == 0:
            store.remember_place(case_id, place)
            letter = store.add_letter(case_id, "afgoerelse", written(revision).encode(), ANNA, now)
            acknowledge.send(("letter", letter.id))

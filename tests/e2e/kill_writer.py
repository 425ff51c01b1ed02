"""A visitator who types without a pause, for the kill test: a process that acknowledges until it is killed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from visitator_tui.domain.case import Case
from visitator_tui.domain.edit import change
from visitator_tui.domain.made_decision import next_decision
from visitator_tui.store import SqlCipherVault
from visitator_tui.usecases.deciding import make_decision
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


def decided_case() -> Case:
    """A case whose decision can be made."""
    item = {"delydelse": "indkoebsordning", "outcome": "granted", "extent": {"times": 1, "per": "week"}}
    decision = {"decided_on": "2017-03-08", "by": {"name": "Bo"}, "items": [item]}
    return Case.model_validate({"municipality": "helsingor", "decision": decision})


def letter_of(case: Case) -> bytes:
    """A letter as large as real ones, which tells which of the case's decisions it is of."""
    return f"%PDF-1.7 afgørelse {len(case.made) + 1} ".encode() * 2000


def decide_for_ever(folder: Path, case_id: str, acknowledge: Connection) -> None:
    """Make the decision and begin the next; every acknowledgement is ("trying", 0), then ("made", letter id)."""
    store = SqlCipherVault(folder).open(PASSPHRASE, START)
    record = store.load(case_id)
    while True:
        now = START + timedelta(seconds=record.revision + 1)
        if record.case.decision_is_made:
            path, begun = ("decision",), next_decision(record.case, now.date()).model_dump(mode="json")
            begun |= {"decided_on": "2017-03-08", "by": {"name": "Bo"}}
            case, edit = change(record.case, path, begun)
            record = store.save(replace(record, case=case), [edit], ANNA, now)
        acknowledge.send(("trying", record.revision))
        record, letter = make_decision(record, letter_of, store, ANNA, lambda: now)  # noqa: B023
        acknowledge.send(("made", letter.id))

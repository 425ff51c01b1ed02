"""The course of a case in a real terminal: a stay in hospital, a change of supplier and a complaint, by keys alone."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from terminal import TMUX, Terminal, in_terminal, laptop

from visitator_tui.domain.case import Case
from visitator_tui.store import SqlCipherVault, keyfile
from visitator_tui.usecases.ports import Actor, Place

pytestmark = pytest.mark.skipif(TMUX is None or os.name != "posix", reason="takes tmux")

APP = (sys.executable, str(Path(__file__).with_name("app_with_cheap_vault.py")))
PASSPHRASE = "blå heste på række"
CASE = {
    "municipality": "helsingor",
    "citizen": {"name": "Åse Ærø", "birth_date": "1938-05-04"},
    "enquiry": {"received_on": "2017-03-01", "acute": False, "applied_for": ["rengoering_3"]},
    "decision": {"decided_on": "2017-03-06", "items": [{"delydelse": "rengoering_3", "outcome": "granted"}]},
    "course": {
        "orders": [
            {"items": ["rengoering_3"], "supplier": "Hjemmeplejen", "information_on": "2017-03-06",
             "ordered_on": "2017-03-06", "started_on": "2017-03-10"}
        ]
    },
}  # fmt: skip


def begin(terminal: Terminal, letters: str, field: str) -> None:
    """Begin an event by the letters of its name."""
    terminal.type("n")
    terminal.wait_for("Hvad er der sket?")
    terminal.type(letters)
    terminal.press("Enter")
    terminal.wait_for(field, "Esc Listen")


def to_list(terminal: Terminal) -> None:
    """Leave the form."""
    terminal.press("Escape")
    terminal.wait_for("N Nyt")


def first_task_done_today(terminal: Terminal) -> None:
    """Say of the task at the top that it is done today."""
    terminal.press("Home", "Down")
    terminal.wait_for("D: det er gjort i dag")
    terminal.type("d")
    terminal.wait_for("Ctrl+Z fortryder")


def stay_in_hospital(terminal: Terminal) -> None:
    begin(terminal, "f", "Bekræftet den")
    terminal.wait_for("hjælpen fortsætter")
    to_list(terminal)
    first_task_done_today(terminal)
    first_task_done_today(terminal)
    terminal.press("Home")
    terminal.wait_for("Rengøring 3 (pause)", "Intet skal gøres nu")


def change_of_supplier(terminal: Terminal) -> None:
    begin(terminal, "ss", "Aftalt dag")
    terminal.wait_for("varsel 14 dage")
    terminal.type("Kommer aldrig til tiden")
    terminal.press("Tab", "Tab")
    terminal.type("Omsorg ApS")
    to_list(terminal)
    terminal.wait_for("Skift leverandør")
    first_task_done_today(terminal)
    terminal.wait_for("Skift til Omsorg ApS", "Intet skal gøres nu")


def complaint(terminal: Terminal) -> None:
    begin(terminal, "k", "Klagen gælder")
    terminal.type("s")
    to_list(terminal)
    terminal.press("Home", "Down", "Enter")
    terminal.wait_for("(x) Skriftligt", "Udfald")
    terminal.type("i")
    terminal.wait_for("Send klagen videre")
    to_list(terminal)
    first_task_done_today(terminal)
    terminal.wait_for("Klage, ikke medhold", "papirer")


def test_hospital_supplier_and_complaint_by_the_keyboard(tmp_path: Path) -> None:
    places, now = laptop(tmp_path), datetime.now(UTC)
    vault = SqlCipherVault(
        tmp_path / "data" / "visitator", "pc-1", cost=keyfile.KdfCost(memory_kib=8, iterations=1, lanes=1)
    )
    store = vault.create(PASSPHRASE, now)
    record = store.create(Case.model_validate(CASE), Actor("vivi", "pc-1"), now)
    store.remember_place(record.id, Place("forloeb"))
    store.close()

    with in_terminal(APP, places) as terminal:
        terminal.wait_for("Lås op")
        terminal.type(PASSPHRASE)
        terminal.press("Enter")
        terminal.wait_for("Rengøring 3", "hos Hjemmeplejen")
        for walk in (stay_in_hospital, change_of_supplier, complaint):
            walk(terminal)
        terminal.wait_for("gemt")
        terminal.press("F10")
        terminal.wait_for_end()

    store = vault.open(PASSPHRASE, datetime.now(UTC))
    course = store.load(record.id).case.course
    store.close()
    (absence,), (change,), (complained,) = course.absences, course.supplier_changes, course.complaints
    assert absence.confirmed_on and absence.supplier_told_on
    assert (change.from_supplier, change.to_supplier) == ("Hjemmeplejen", "Omsorg ApS") and change.done_on
    assert (complained.how, complained.outcome) == ("in_writing", "not_upheld") and complained.forwarded_on

"""The course of a case in a real terminal, by keys alone, in one sitting of which months go by.

A stay in hospital, a change of supplier, a complaint; a rehabilitation course from the enquiry to the § 83
decision after it; a klippekort saved and used.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from course_hands import Calendar, begin, done_today, open_case, to_list, to_row, wait_listed, wait_right
from terminal import TMUX, Terminal, in_terminal, laptop

from visitator_tui.domain.case import Case
from visitator_tui.domain.made_decision import with_made
from visitator_tui.resources import sample_data
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

CLEANING = "hjælp til rengøring"


def sample(stem: str) -> dict[str, Any]:
    """A sample case."""
    return json.loads((sample_data() / f"{stem}.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def before_the_enquiry() -> dict[str, Any]:
    """Somebody who will ask for cleaning: talked to and assessed, but for every day on which something was done."""
    case = sample("helsingor-05-rehabilitering-foerst")
    case["enquiry"] |= {"received_on": None, "acute": None, "applied_for": [CLEANING]}
    case["assessment"]["assessed_on"] = case["decision"]["decided_on"] = None
    (course, *_) = case["decision"]["items"]
    case["decision"]["items"] = [{**course, "answers": CLEANING, "ends_on": "2017-05-07"}]
    return {**case, "course": {}}


def stay_in_hospital(terminal: Terminal) -> None:
    begin(terminal, "f", "Bekræftet den")
    terminal.wait_for("hjælpen fortsætter")
    to_list(terminal)
    done_today(terminal, "Indlæggelsen er ikke", "Giv leverandøren")
    terminal.press("Home")
    terminal.wait_for("Rengøring 3 (pause)")
    to_row(terminal, "Fraværet har ingen")
    terminal.press("Enter")
    terminal.wait_for("Esc Listen", "Sidste dag væk")
    terminal.type("13-03-2017")
    to_list(terminal)
    done_today(terminal, "Afslut fraværet")
    terminal.wait_for("Intet skal gøres nu")


def change_of_supplier(terminal: Terminal) -> None:
    begin(terminal, "ss", "Aftalt dag")
    terminal.wait_for("varsel 14 dage")
    terminal.type("Kommer aldrig til tiden")
    terminal.press("Tab", "Tab")
    terminal.type("Omsorg ApS")
    to_list(terminal)
    done_today(terminal, "Skift leverandør")
    wait_listed(terminal, "Skift til Omsorg ApS")
    terminal.wait_for("Intet skal gøres nu")


def complaint(terminal: Terminal) -> None:
    begin(terminal, "k", "Klagen gælder")
    terminal.type("s")
    terminal.wait_for("(x) Skriftligt")
    to_list(terminal)
    to_row(terminal, "Vurder sagen igen")
    terminal.press("Enter")
    terminal.wait_for("Esc Listen", "Udfald")
    terminal.type("i")
    wait_listed(terminal, "Send klagen videre")
    to_list(terminal)
    done_today(terminal, "Send klagen videre")
    wait_listed(terminal, "Klage, ikke medhold")


def enquiry_and_talk(terminal: Terminal, calendar: Calendar) -> None:
    terminal.wait_for("Henvendelse den")
    terminal.type("13-03-2017")
    terminal.press("Enter", "Enter")
    terminal.type("n")  # not urgent
    terminal.wait_for("Henvendelse √")
    terminal.press("F4", "8")
    to_row(terminal, "Aftal tidspunkt")
    terminal.press("Enter")
    terminal.wait_for("senest mandag den 20.", "Esc Listen")  # 5 hverdage
    terminal.type("14-03-2017")
    terminal.press("Tab")
    terminal.type("9.30")
    to_list(terminal)
    calendar.to("2017-03-14")
    to_row(terminal, "Samtale kl. 09.30")
    terminal.type("d")
    terminal.wait_for("Blev holdt: ja")


def letter(terminal: Terminal, day: str) -> None:
    terminal.press("F4", "7")
    terminal.wait_for("Brevet er klar", f"Dato: {day}")
    terminal.type("p")
    terminal.wait_for("Afgørelsen er truffet. Brevet ligger i sagen")
    terminal.press("F4", "8")
    terminal.wait_for("  Overblik")


def rehabilitation_is_granted(terminal: Terminal) -> None:
    terminal.press("F4", "6")
    terminal.wait_for("Afgørelse den", "B C Rehab")
    terminal.press("Home", "Enter")
    terminal.wait_for("Esc Listen")
    terminal.type("14-03-2017")
    terminal.wait_for("14-03-2017")
    terminal.press("F3")
    terminal.wait_for("Datoen for vurderingen mangler")
    terminal.press("Enter")
    terminal.wait_for("Vurderet den")
    terminal.type("14-03-2017")
    terminal.wait_for("Hverdagsliv √")
    terminal.press("Escape")
    letter(terminal, "14. marts 2017")


def course_is_evaluated(terminal: Terminal, calendar: Calendar) -> None:
    to_row(terminal, "Bestil hjælpen")
    terminal.press("Enter")
    terminal.wait_for("terne, Helsingør Kommune", "Esc Listen")  # the end of it: the cursor stands there
    to_list(terminal)
    done_today(terminal, "Bestil hjælpen", "Udlever")
    calendar.to("2017-05-08")
    to_row(terminal, "Evaluér forløbet")
    terminal.press("Enter")
    terminal.wait_for("Du bader", "Esc Listen")
    for text in ("Bade", "3", "1", "j"):  # activity, level before and after, reached
        terminal.type(text)
        terminal.press("Tab")
    wait_right(terminal, "Bade: niveau 3 før, 1 nu (bedre)")
    wait_listed(terminal, "1 af 1 mål")
    to_list(terminal)
    done_today(terminal, "Skal der træffes en ny")


def help_is_decided_anew(terminal: Terminal) -> None:
    to_row(terminal, "Træf en ny afgørelse")
    terminal.press("Enter")
    terminal.wait_for("Ny afgørelse: tag stilling her")
    terminal.type("t")
    terminal.wait_for("Søg i ")
    terminal.type("rengøring 3")
    terminal.wait_for("Rengøring 3 (s. 131)")
    terminal.press("Enter")
    terminal.wait_for("Rengøring 3 · serviceloven")
    terminal.type("b")
    terminal.wait_for("B Rengøring 3", "(x) Bevilling")
    terminal.type("Armen tåler endnu ikke støvsugeren.")
    terminal.press("Tab")
    terminal.type("At der er rent i hjemmet.")
    terminal.press("Tab", "Tab", "Tab")  # aim and goal
    terminal.type("1")
    terminal.press("Tab")
    terminal.type("2")  # a week
    terminal.press("Tab", "Tab", "Tab", "Tab")
    terminal.type("09-05-2017")
    terminal.wait_for("09-05-2017", "√ B Rengøring 3")
    terminal.press("Escape", "Home", "Enter")
    terminal.wait_for("Afgørelse den")
    terminal.type("08-05-2017")
    terminal.wait_for("08-05-2017", "√ Afgørelsen")
    terminal.press("Escape", "Down", "Enter")
    terminal.wait_for("Et forløb er gennemført")
    terminal.type("2")
    terminal.press("Tab")
    terminal.type("Seks uger med terapeut.")
    terminal.wait_for("√ Rehabilitering først", "Afgørelse √")
    terminal.press("Escape")
    letter(terminal, "8. maj 2017")


def rehabilitation(terminal: Terminal, calendar: Calendar) -> None:
    enquiry_and_talk(terminal, calendar)
    rehabilitation_is_granted(terminal)
    course_is_evaluated(terminal, calendar)
    help_is_decided_anew(terminal)
    done_today(terminal, "Træf en ny afgørelse")
    terminal.press("F2")
    terminal.wait_for("Min dag", "Bestil hjælpen")


def klippekort(terminal: Terminal, calendar: Calendar) -> None:
    calendar.to("2023-04-03")
    open_case(terminal, "Ragnhild")
    wait_right(terminal, "9 klip på kontoen", "0 brugt, 0 bortfaldet")  # one a week since 6 February
    begin(terminal, "bbb", "Antal klip")
    terminal.press("BTab", "BTab", "BTab", "End", "C-u")
    terminal.type("01-05-2023")
    terminal.press("Tab", "End", "C-u")
    terminal.type("14")
    wait_right(terminal, "der er kun 13 klip at bruge af")
    terminal.press("C-u")
    terminal.type("6")
    wait_right(terminal, "7 klip på kontoen (210 minutter); 6 brugt")
    to_list(terminal)
    calendar.to("2023-05-01")
    terminal.press("Home")
    wait_right(terminal, "7 klip på kontoen (210 minutter); 6 brugt, 0 bortfaldet")


def test_every_course_by_the_keyboard(tmp_path: Path) -> None:
    places, now = laptop(tmp_path), datetime.now(UTC)
    calendar = Calendar(tmp_path / "clock")
    calendar.to("2017-03-13")
    vault = SqlCipherVault(
        tmp_path / "data" / "visitator", "pc-1", cost=keyfile.KdfCost(memory_kib=8, iterations=1, lanes=1)
    )
    store = vault.create(PASSPHRASE, now)
    cases = (
        with_made(Case.model_validate(CASE), "brev-1", now),
        Case.model_validate(before_the_enquiry()),
        with_made(Case.model_validate(sample("herning-03-klippekort")), "brev-2", now),
    )
    helped, asking, saving = (store.create(one, Actor("vivi", "pc-1"), now).id for one in cases)
    store.remember_place(helped, Place("forloeb"))
    store.close()

    with in_terminal(APP, places | {"VISITATOR_TEST_CLOCK": str(calendar.file)}) as terminal:
        terminal.wait_for("Lås op")
        terminal.type(PASSPHRASE)
        terminal.press("Enter")
        terminal.wait_for("Rengøring 3", "hos Hjemmeplejen")
        for walk in (stay_in_hospital, change_of_supplier, complaint):
            walk(terminal)
        terminal.press("F2")
        terminal.wait_for("Min dag", "Skriv, hvornår henvendelsen kom")
        terminal.press("End", "Enter")
        rehabilitation(terminal, calendar)
        klippekort(terminal, calendar)
        terminal.wait_for("gemt")
        terminal.press("F10")
        terminal.wait_for_end()

    store = vault.open(PASSPHRASE, now)
    course, walked, used = (store.load(one).case for one in (helped, asking, saving))
    pdfs = [letter.id for letter in store.letters(asking)]
    store.close()
    (absence,), (change,) = course.course.absences, course.course.supplier_changes
    (complained,) = course.course.complaints
    assert absence.confirmed_on and absence.supplier_told_on
    assert (change.from_supplier, change.to_supplier) == ("Hjemmeplejen", "Omsorg ApS") and change.done_on
    assert (complained.how, complained.outcome) == ("in_writing", "not_upheld") and complained.forwarded_on
    given = [[item.delydelse for item in one.decision.items] for one in walked.made]
    assert given == [["c_rehab_terapeutisk_indsats"], ["rengoering_3"]]
    assert [one.letter_id for one in walked.made] == pdfs
    (evaluation,) = walked.course.evaluations
    assert (evaluation.held_on, evaluation.decided_on) == (date(2017, 5, 8), date(2017, 5, 8))
    (clips,) = used.course.clip_uses
    assert (clips.clips, clips.used_on, clips.planned_on) == (6, date(2023, 5, 1), date(2023, 4, 3))

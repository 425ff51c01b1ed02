"""Preventive home visits from the keyboard: the register, who is due, the talk, and a case of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from visit_kit import Desk, Visit

from visitator_tui.domain.preventive import PreventiveCitizen
from visitator_tui.store.kinds import KindStore
from visitator_tui.ui.screens.case import CaseScreen
from visitator_tui.ui.screens.preventive import PreventiveScreen
from visitator_tui.ui.screens.preventive_visit import VisitScreen

REGISTER = """navn;født;vej;postnummer;by;bor alene;pleje og praktisk;særlig risiko
Åse Ærø;04-05-1932;Strandvej 1;3000;Helsingør;ja;nej;nej
Bo Bøg;10-02-1942;Skovvej 2;3000;Helsingør;nej;nej;nej
Curt Dal;10-02-1980;Skovvej 3;3000;Helsingør;nej;nej;nej
"""


def kept(desk: Desk) -> list[PreventiveCitizen]:
    store = desk.store()
    try:
        found = KindStore(store).documents("preventive")
        return [PreventiveCitizen.model_validate_json(one.body) for one in found]
    finally:
        store.close()


async def bring_in(visit: Visit, file: Path) -> None:
    file.write_text(REGISTER, "utf-8")
    await visit.press("f", "h", "end", *["backspace"] * 200)
    await visit.type(f"{file}\n")
    await visit.until(lambda: len(visit.rows("citizens")) == 2)


async def test_the_register_is_brought_in_and_the_list_says_who_is_due(desk: Desk) -> None:
    async with desk.unlocked() as visit:
        await visit.press("f")
        assert isinstance(visit.app.screen, PreventiveScreen)
        await visit.press("escape")
        await bring_in(visit, desk.folder / "register.csv")
        first, second = visit.rows("citizens")
        assert "Bo Bøg" in first and "09-02-2018" in first, "what ends first stands first"
        assert "Åse Ærø" in second
        assert "serviceloven § 79 a, stk. 2" in visit.text().replace("\xa0", " ")
        await visit.press("a")
        assert len(visit.rows("citizens")) == 3
        await visit.press("a", "i")
        await visit.until(lambda: len(visit.rows("citizens")) == 1)
    bo = next(one for one in kept(desk) if one.name == "Bo Bøg")
    assert [(one.on, one.outcome) for one in bo.visits] == [(date(2017, 3, 6), "not_home")]


async def test_a_file_that_cannot_be_used_says_why_and_changes_nothing(desk: Desk) -> None:
    file = desk.folder / "register.csv"
    async with desk.unlocked() as visit:
        await bring_in(visit, file)
        file.write_text("navn;vej\nx;y\n", "utf-8")
        await visit.press("h", "end", *["backspace"] * 200)
        await visit.type(f"{file}\n")
        await visit.until(lambda: "! Kolonnen født mangler" in visit.text())
        assert len(visit.rows("citizens")) == 2


async def test_a_talk_is_kept_as_it_is_typed_and_becomes_a_case_when_help_is_asked_for(desk: Desk) -> None:
    async with desk.unlocked() as visit:
        await bring_in(visit, desk.folder / "register.csv")
        await visit.press("down", "enter")
        assert isinstance(visit.app.screen, VisitScreen)
        assert "mangler 1" in visit.text()
        await visit.press("1", "tab")
        await visit.type("Går tur hver dag")
        await visit.press(*["tab"] * 10)
        await visit.type("Ringer til rådgiveren om hjælp")
        assert visit.where == "agreed"
        await visit.press(*["tab"] * 4)
        assert visit.where == "asks_for_help"
        await visit.press("1", "f3")
        assert "hvad der søges om" in visit.text()
        await visit.press("escape", "f4")
        assert isinstance(visit.app.screen, VisitScreen), "no case while it is not said what is applied for"
        await visit.press("tab")
        await visit.type("hjælp til rengøring")
        await visit.press("f4")
        await visit.until(lambda: isinstance(visit.app.screen, CaseScreen))
        assert visit.case.citizen.name == "Åse Ærø"
        assert visit.case.enquiry.applied_for == ("hjælp til rengøring",)
        assert "Går tur hver dag" in visit.case.enquiry.text
        assert visit.case.decision.by.name == "Vivi Visse"
    ase = next(one for one in kept(desk) if one.name == "Åse Ærø")
    (talk,) = ase.visits
    assert (talk.notes["bevaegelse"], talk.agreed) == ("Går tur hver dag", "Ringer til rådgiveren om hjælp")
    assert talk.case_id


async def test_f10_in_a_talk_keeps_the_last_word(desk: Desk) -> None:
    async with desk.unlocked() as visit:
        await bring_in(visit, desk.folder / "register.csv")
        await visit.press("enter", "tab")
        await visit.type("Svømmer")
        await visit.press("f10")
    assert any(one.visits and one.visits[0].notes == {"bevaegelse": "Svømmer"} for one in kept(desk))

"""The door: the passphrase, and making the database the first time."""

from __future__ import annotations

import json

from test_hverdagsliv import NEW
from visit_kit import CHEAP, NOW, PASSPHRASE, Desk, vault

from visitator_tui.store import SqlCipherVault
from visitator_tui.ui.screens.my_day import MyDayScreen
from visitator_tui.ui.screens.unlock import UnlockScreen
from visitator_tui.usecases.ports import VISITATOR_NAME

NEW_PASSPHRASE = "tre gule cykler"


async def test_the_passphrase_opens_and_is_never_shown(desk: Desk) -> None:
    async with desk.locked() as visit:
        await visit.type(PASSPHRASE)
        assert PASSPHRASE not in visit.text()
        await visit.press("enter")
        await visit.until(lambda: isinstance(visit.app.screen, MyDayScreen))


async def test_a_wrong_passphrase_is_told_and_can_be_tried_again(desk: Desk) -> None:
    async with desk.locked() as visit:
        await visit.press(*"forkert sætning", "enter")
        await visit.until(lambda: "Adgangssætningen passer ikke" in visit.text())
        assert isinstance(visit.app.screen, UnlockScreen)
        assert visit.field == ""
        await visit.press(*PASSPHRASE, "enter")
        await visit.until(lambda: isinstance(visit.app.screen, MyDayScreen))


async def test_an_empty_passphrase_is_asked_for(desk: Desk) -> None:
    async with desk.locked() as visit:
        await visit.press("enter")
        assert "Skriv adgangssætningen" in visit.text()


async def test_a_typing_mistake_is_mended_with_backspace_however_fast(desk: Desk) -> None:
    async with desk.locked() as visit:
        await visit.press(*PASSPHRASE[:-1], "x", "backspace", PASSPHRASE[-1], "enter")
        await visit.until(lambda: isinstance(visit.app.screen, MyDayScreen))


async def test_the_first_time_a_passphrase_is_chosen_twice_and_a_name_given(desk: Desk) -> None:
    async with desk.locked(vault=lambda: vault(desk.folder / "ny")) as visit:
        await visit.press(*NEW_PASSPHRASE, "enter", *NEW_PASSPHRASE, "enter", *"Rita Rask", "enter")
        await visit.until(lambda: isinstance(visit.app.screen, MyDayScreen))
        await visit.press("n")
        assert visit.case.decision.by.name == "Rita Rask"
    store = SqlCipherVault(desk.folder / "ny", cost=CHEAP).open(NEW_PASSPHRASE, NOW)
    assert store.setting(VISITATOR_NAME) == json.dumps("Rita Rask")
    store.close()


async def test_two_passphrases_that_differ_make_no_database(desk: Desk) -> None:
    async with desk.locked(vault=lambda: vault(desk.folder / "ny")) as visit:
        await visit.press(*NEW_PASSPHRASE, "enter", *"tre røde cykler", "enter", *"Rita", "enter")
        assert "De to adgangssætninger er ikke ens" in visit.text()
        assert visit.where == "passphrase"
    assert not vault(desk.folder / "ny").exists()


async def test_a_short_passphrase_makes_no_database(desk: Desk) -> None:
    async with desk.locked(vault=lambda: vault(desk.folder / "ny")) as visit:
        await visit.press(*"kort", "enter", *"kort", "enter", *"Rita", "enter")
        assert "mindst 12 tegn" in visit.text()
        assert not vault(desk.folder / "ny").exists()


async def test_f10_at_the_door_makes_nothing(desk: Desk) -> None:
    async with desk.locked(vault=lambda: vault(desk.folder / "ny")) as visit:
        await visit.press(*NEW_PASSPHRASE, "f10")
    assert visit.app.return_value == 0
    assert not (desk.folder / "ny").exists()


async def test_a_folder_that_cannot_be_written_is_told_in_danish(desk: Desk) -> None:
    in_the_way = desk.folder / "fil"
    in_the_way.write_text("")
    async with desk.locked(vault=lambda: vault(in_the_way / "data")) as visit:
        await visit.press(*NEW_PASSPHRASE, "enter", *NEW_PASSPHRASE, "enter", *"Rita", "enter")
        await visit.until(lambda: "!" in visit.text())
        assert isinstance(visit.app.screen, UnlockScreen)
        assert "Errno" not in visit.text() and "fil" in visit.text()


async def test_the_database_of_a_case_that_was_open_opens_in_it(desk: Desk) -> None:
    desk.put(NEW)
    async with desk.unlocked() as visit:
        await visit.press("enter", "f9", *"Ord")
        await visit.saved()
    async with desk.unlocked() as visit:  # the first one never left the case, as after a crash
        await visit.until(lambda: visit.where == "own_view.text")
        assert visit.field == "Ord"

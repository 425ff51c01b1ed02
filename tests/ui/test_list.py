"""The list of cases, the help, and the colours."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

from sample_case import changed, whole_case
from test_hverdagsliv import NEW
from textual.widgets import Input
from visit_kit import LARGE, NOW, Desk

from visitator_tui.domain.steps import STEPS
from visitator_tui.ui.actions import ACTIONS
from visitator_tui.ui.screens.case import CaseScreen
from visitator_tui.ui.screens.cases import CasesScreen

BO = changed(NEW, citizen__name="Bo Ærø", citizen__address__street="Kongevejen 7")


async def test_a_new_case_is_received_today_and_decided_by_the_one_who_made_the_database(desk: Desk) -> None:
    async with desk.unlocked() as visit:
        await visit.press("n")
        assert str(visit.case.enquiry.received_on) == "2017-03-06"
        assert visit.case.decision.by.name == "Vivi Visse"
        assert visit.case.municipality == "helsingor"
        assert visit.where == "citizen.name"


async def test_the_list_shows_name_birth_place_day_and_state(desk: Desk) -> None:
    desk.put(whole_case())
    async with desk.unlocked() as visit:
        [row] = visit.rows("cases")
        assert row.split() == ["Åse", "Ærø", "Østergård", "04-05-1938", "Helsingør", "01-03-2017", "Udkast"]


async def test_search_in_the_list_finds_by_name_street_and_a_word_of_the_case(desk: Desk) -> None:
    desk.put(whole_case())
    desk.put(BO)
    async with desk.unlocked() as visit:
        assert len(visit.rows("cases")) == 2
        for words, name in (("bo kong", "Bo Ærø"), ("kongevej", "Bo Ærø"), ("slidgigt", "Åse Ærø")):
            await visit.press("s", *words)
            await visit.until(lambda: len(visit.rows("cases")) == 1)
            assert name in visit.rows("cases")[0]
            await visit.press("escape")
            await visit.until(lambda: len(visit.rows("cases")) == 2)
            assert not isinstance(visit.focused, Input)


async def test_search_then_down_and_enter_opens_what_was_found(desk: Desk) -> None:
    desk.put(BO)
    desk.put(whole_case())
    async with desk.unlocked() as visit:
        await visit.press("s", *"kongevejen")
        await visit.until(lambda: len(visit.rows("cases")) == 1)
        await visit.press("down", "enter")
        assert visit.case.citizen.name == "Bo Ærø"


async def test_what_was_changed_last_stands_first(desk: Desk) -> None:
    desk.put(BO)
    desk.put(whole_case())
    minutes = count()
    async with desk.unlocked(clock=lambda: NOW + timedelta(minutes=next(minutes))) as visit:
        await visit.press("down", "enter", *"rne", "f2")
        await visit.until(lambda: "rne" in visit.rows("cases")[0])


async def test_two_fast_enters_open_a_case_once(desk: Desk) -> None:
    desk.put(BO)
    async with desk.unlocked() as visit:
        await visit.press("enter", "enter")
        assert len([one for one in visit.app.screen_stack if isinstance(one, CaseScreen)]) == 1
        await visit.press("f2")
        assert isinstance(visit.app.screen, CasesScreen)


async def test_f1_tells_first_what_can_be_done_here(desk: Desk) -> None:
    async with desk.visiting(whole_case(), "hverdagsliv", size=LARGE) as visit:
        await visit.press("f1")
        rows = visit.rows()
        assert rows[0] == "Hverdagsliv"
        assert "Giv aktiviteten et funktionsniveau" in rows[1]
        assert any(row == "Sagslisten (et andet sted)" for row in rows)
        await visit.press("escape")
        assert visit.app.screen is visit.screen


async def test_f1_is_searchable(desk: Desk) -> None:
    async with desk.visiting(whole_case()) as visit:
        await visit.press("f1", *"fortryd")
        assert any("Ctrl+Z" in row for row in visit.rows())
        assert not any("PgDn" in row for row in visit.rows())
        await visit.press(*["backspace"] * 7, *"xyzzy")
        assert "Intet passer" in visit.text()
        await visit.press("f1", "f1", *"ord")
        assert visit.case.citizen.name.endswith("ord"), "after closing, typing goes on where one was"


async def test_every_action_stands_in_the_help(desk: Desk) -> None:
    async with desk.unlocked(size=LARGE) as visit:
        await visit.press("f1")
        text = " ".join(" ".join(visit.rows()).split())
        assert [one.id for one in ACTIONS if one.help not in text.replace("\u00a0", " ")] == []


async def test_ctrl_t_goes_through_the_three_themes(desk: Desk) -> None:
    async with desk.visiting(whole_case()) as visit:
        seen = [visit.app.theme]
        for _ in range(3):
            await visit.press("ctrl+t")
            seen.append(visit.app.theme)
        assert seen == ["visitator-moerk", "visitator-lys", "visitator-kontrast", "visitator-moerk"]


async def test_f4_goes_to_any_step_by_number_or_arrow(desk: Desk) -> None:
    async with desk.visiting(whole_case()) as visit:
        went = []
        for number in "12345678":
            await visit.press("f4", number)
            went.append(visit.screen.step)
        assert went == list(STEPS)
        await visit.press("f4", "up", "enter")
        went.append(visit.screen.step)
        await visit.press("f8", "f8", "f9")
        went.append(visit.screen.step)
        assert went[-2:] == ["brev", "afgoerelse"]


async def test_a_click_on_a_step_and_on_an_activity_goes_there(desk: Desk) -> None:
    async with desk.visiting(whole_case()) as visit:
        await visit.pilot.click("StepBar", offset=(30, 0))
        await visit.settle()
        assert visit.screen.step == "hverdagsliv"
        await visit.pilot.click("ScoreBoard", offset=(5, 2))
        await visit.press("4")
        assert visit.case.scores["vaske_toej"] == 4

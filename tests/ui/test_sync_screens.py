"""Sync on the screens: never in the way of typing, never said to be done when it is not, nothing overwritten."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

import pytest
from sample_case import whole_case
from sync_office import OFFLINE, Office, Porch, two_fields
from textual.widgets import TextArea
from visit_kit import ACTOR, LARGE, NOW, SMALL, Desk, Visit

from visitator_tui.domain.edit import change, parse_path
from visitator_tui.domain.made_decision import with_made
from visitator_tui.domain.published import User
from visitator_tui.store.store import SqlCipherStore
from visitator_tui.ui.screens.cases import CasesScreen
from visitator_tui.ui.screens.my_day import MyDayScreen
from visitator_tui.ui.widgets.bars import TitleBar
from visitator_tui.usecases.ports import Actor
from visitator_tui.usecases.sync_ports import Applied, Phase, SyncState, UnsentRow
from visitator_tui.usecases.sync_wire import Trouble

ANNA = Actor("anna", "pc-2")


@pytest.fixture
def office() -> Office:
    """The municipality's service, as the app reaches it."""
    return Office()


def title(visit: Visit) -> str:
    """The right side of the title."""
    return visit.app.screen.query_one(TitleBar).right


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
async def test_min_dag_and_the_list_say_how_sync_stands(
    desk: Desk, office: Office, size: tuple[int, int]
) -> None:
    case_id = desk.put(whole_case())
    async with desk.opened(size, sync=lambda _: office) as visit:
        await visit.until(lambda: "synkroniseret kl. 10.00" in visit.text())
        office.rows = [UnsentRow(case_id, "case", "Åse", NOW)]
        office.say(synced=False, unsent=1, error=OFFLINE, trouble=Trouble.OFFLINE)
        await visit.until(lambda: "1 sag ikke sendt · ingen forbindelse" in visit.text())
        assert "synkroniseret kl" not in visit.text()
        await visit.press("f2")
        await visit.until(lambda: "ikke sendt · " in "".join(visit.rows("cases")))
        office.say(phase=Phase.PULLING, done=120, total=400)
        await visit.until(lambda: "henter 120 af 400" in title(visit))
        office.disputed = two_fields(case_id)
        office.say(phase=Phase.RESTING, conflicts=2, error="", trouble=None)
        await visit.until(lambda: "konflikt · " in "".join(visit.rows("cases")))
        await visit.press("f10")
        assert office.asked == ["start", "stop"]


async def test_an_older_reading_of_min_dag_does_not_take_the_place_of_what_sync_has_told(
    desk: Desk, office: Office
) -> None:
    async with desk.opened(sync=lambda _: office) as visit:
        await visit.until(lambda: "synkroniseret" in visit.text())
        screen = cast(MyDayScreen, visit.app.screen)
        told, show = screen._told, screen._show
        held, release, shown = threading.Event(), threading.Event(), threading.Event()

        def first_is_slow() -> dict[str, str]:
            found = told()
            if not held.is_set():
                held.set()
                release.wait(10)
            return found

        def watched(*given: Any) -> None:
            show(*given)
            if release.is_set():
                shown.set()

        screen._told, screen._show = first_is_slow, watched  # type: ignore[method-assign, assignment]
        screen.reload()
        await visit.until(held.is_set)
        office.say(conflicts=2)
        await visit.until(lambda: "2 felter venter" in visit.text())
        release.set()
        await visit.until(shown.is_set)
        assert "2 felter venter" in visit.text()


async def test_without_a_service_nothing_is_said_to_be_synchronised(desk: Desk) -> None:
    async with desk.opened(sync_setup="Se visitator.toml.") as visit:
        await visit.until(lambda: "synk ikke sat op" in visit.text())
        await visit.press("y")
        assert "ikke sat op på denne maskine" in visit.text() and "Se visitator.toml." in visit.text()
        await visit.press("s")
        assert "ikke sat op" in visit.text()
        await visit.press("f2")
        assert "Min dag" in visit.text()


async def test_the_screen_tells_what_waits_and_why(desk: Desk, office: Office) -> None:
    office.rows = [
        UnsentRow("x", "case", "Åse Ærø", NOW, held=True, reason="Teksten er for stor."),
        UnsentRow("y", "letter", "Bodil Sø", NOW),
    ]
    office.now = SyncState(
        unsent=2, error=OFFLINE, trouble=Trouble.OFFLINE, next_try=NOW + timedelta(minutes=5)
    )
    async with desk.opened(sync=lambda _: office) as visit:
        await visit.press("y")
        await visit.until(lambda: "Ikke sendt (2)" in visit.text())
        text = visit.text()
        for told in (
            "kan ikke nås",
            "igen kl. 10.05",
            "Åse Ærø, sagen",
            "Teksten er for stor",
            "Bodil Sø, et brev",
        ):
            assert told in text, told
        await visit.press("s")
        assert office.asked[-1] == "nudge"


async def test_one_key_chooses_and_the_next_field_is_there_at_once(desk: Desk, office: Office) -> None:
    case_id = desk.put(whole_case())
    office.disputed = two_fields(case_id)
    async with desk.opened(sync=lambda _: office) as visit:
        await visit.press("y", "k")
        await visit.until(lambda: "felt 1 af 2" in visit.text())
        text = visit.text()
        for told in (
            "Indkøb: Egne observationer",
            "►Datteren◄ handler",
            "►Naboen◄ handler",
            "vivi",
            "anna, kl. 09.00",
        ):
            assert told in text, told
        office.gate.clear()  # the choice takes its time; the next field does not wait
        await visit.press("d")
        assert "felt 1 af 1" in visit.text() and "Klarer det selv." in visit.text()
        await visit.press("m")
        assert "Du har valgt i 2 felter" in visit.text()
        assert office.settled == []
        office.gate.set()
        await visit.until(lambda: office.settled == [("k1", "theirs"), ("k2", "mine")])


async def test_a_field_that_changed_meanwhile_is_shown_again_and_nothing_chosen(
    desk: Desk, office: Office
) -> None:
    case_id = desk.put(whole_case())
    office.disputed, office.stale = two_fields(case_id)[:1], True
    async with desk.opened(sync=lambda _: office) as visit:
        await visit.press("y", "k")
        await visit.until(lambda: "felt 1 af 1" in visit.text())
        await visit.press("m")
        await visit.until(lambda: "Se det igen" in visit.text() and "felt 1 af 1" in visit.text())
        assert office.settled == []


async def test_what_a_colleague_wrote_comes_into_the_open_case_without_moving_the_cursor(
    desk: Desk, office: Office
) -> None:
    async with desk.visiting(whole_case(), "egen_vurdering", "own_view.text", sync=lambda _: office) as visit:
        await visit.until(lambda: office.asked == ["start"])
        await visit.press("home")
        at_home = visit.field
        await visit.type("Ny: ")
        await visit.saved()
        store = visit.store
        assert isinstance(store, SqlCipherStore)
        record = store.load(visit.case_id)
        text, changes = record.case, []
        for where, words in (
            ("own_view.text", at_home_with(record.case.own_view.text)),
            ("own_view.motivation", "Annas"),
        ):
            text, made = change(text, parse_path(where), words)
            changes.append(made)
        store.save(replace(record, case=text), changes, ANNA, NOW)
        visit.burst(*"kun ")  # she types on while it comes
        office.say(Applied(changed=(visit.case_id,)))
        await visit.until(lambda: visit.case.own_view.motivation == "Annas")
        await visit.until(lambda: visit.hint.startswith("Anna har ændret sagen: Egen vurdering"))
        await visit.settle()
        focused = visit.focused
        assert isinstance(focused, TextArea) and focused.cursor_location == (0, len("Ny: kun "))
        assert visit.field.startswith("Ny: kun ") and visit.field == visit.case.own_view.text
        assert at_home[:10] in visit.field


def at_home_with(text: str) -> str:
    """The text with a colleague's words behind it."""
    return f"{text} Annas tilføjelse."


async def test_typing_goes_on_while_the_service_does_not_answer(desk: Desk, office: Office) -> None:
    async with desk.opened(sync=lambda _: office) as visit:
        office.gate.clear()
        await visit.press("y")
        visit.burst("h")
        await visit.settle()
        visit.burst(*"bodil", "enter", *" sø")
        await visit.until(lambda: "Søger" in visit.text() and "bodil sø" in visit.text())
        office.gate.set()
        await visit.until(lambda: "Bodil Sø" in visit.text())


async def test_a_case_is_handed_over_and_one_made_by_mistake_deleted_with_a_reason(
    desk: Desk, office: Office
) -> None:
    desk.put(with_made(whole_case(), "brev-1", NOW))
    mistake = desk.put(whole_case().model_copy(update={"decision": type(whole_case().decision)()}))
    users = (User(id="anna", name="Anna Holm"),)
    async with desk.unlocked(sync=lambda _: office, users=lambda: users) as visit:
        assert isinstance(visit.app.screen, CasesScreen)
        await visit.press("home", "o", *"ana", "enter")
        assert "Mente du anna (Anna Holm)?" in [one.message for one in visit.app._notifications][-1]
        assert not any(one.startswith("assign") for one in office.asked)
        await visit.press("o", *"anna", "enter")
        await visit.until(lambda: "assign anna" in office.asked)
        await visit.press("x")
        assert "Slet sagen: Åse Ærø Østergård" in visit.text() and "5  Slet ikke" in visit.text()
        await visit.press("enter")  # »do not delete« is where the cursor stands
        assert len(visit.rows("cases")) == 2
        await visit.press("x", "1")
        await visit.until(lambda: len(visit.rows("cases")) == 1)
        assert [row.id for row in visit.store.rows()] != [mistake]
        await visit.press("x")
        assert len(visit.rows("cases")) == 1, "nothing can be deleted that has a decision"
    assert ACTOR.user == "vivi"


async def test_she_signs_in_in_a_browser_and_may_give_up_waiting(desk: Desk, office: Office) -> None:
    porch = Porch()
    given: dict[str, Any] = {"sync": lambda _: office, "sign_in": lambda _: porch, "sync_tenant": "provby"}
    async with desk.opened(**given) as visit:
        await visit.press("y")
        await visit.until(lambda: "Du er ikke logget ind" in visit.text())
        visit.burst("l", "1")
        await visit.until(lambda: porch.code in visit.text() and porch.looks > 1)
        assert "https://login.provby.example/device" in visit.text()
        visit.burst("escape")
        await visit.settle()  # nobody waits any more, or this would not end
        looks = porch.looks
        assert "Du er ikke logget ind" in visit.text() and porch.code not in visit.text()
        visit.burst("l", "1")
        await visit.until(lambda: porch.looks > looks)
        porch.answer = True
        await visit.until(lambda: "Logget ind som Vivi Visse (provby)." in visit.text())
        assert "Synkroniserer om et øjeblik" in visit.text()
        assert office.asked[-1] == "nudge"
    assert porch.tenants == ["provby", "provby"]


async def test_a_no_in_the_browser_and_a_missing_tenant_are_told(desk: Desk, office: Office) -> None:
    porch = Porch()
    porch.answer = False
    given: dict[str, Any] = {"sync": lambda _: office, "sign_in": lambda _: porch}
    async with desk.opened(**given, sync_tenant="provby") as visit:
        await visit.press("y", "l", "1")
        await visit.until(lambda: "sagt nej i browseren" in visit.text())
        await visit.press("escape")
        assert "Du er ikke logget ind" in visit.text()
        await visit.press("l", "2", *"ABC-123", "enter")
        await visit.until(lambda: "Logget ind som Vivi Visse" in visit.text())
        assert porch.enrolled == f"ABC-123 {ACTOR.device}"
    async with desk.opened(**given) as visit:
        await visit.press("y", "l", "1")
        await visit.until(lambda: "sync_tenant" in visit.text())

"""The screen is never blocked by a letter, and what is typed while one is made is kept."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

from sample_case import changed, whole_case
from visit_kit import LARGE, Desk, Visit

from visitator_tui import composition
from visitator_tui.domain.case import Case
from visitator_tui.ui.letter_preview import LetterPreview
from visitator_tui.ui.screens.case import CaseScreen
from visitator_tui.ui.widgets.bars import HintBar


async def kept(visit: Visit) -> list[str]:
    await visit.until(lambda: visit.store.letters(visit.case_id))
    return [one.kind for one in visit.store.letters(visit.case_id)]


def told(visit: Visit) -> str:
    return " ".join(one.message for one in visit.app._notifications)


class SlowPress:
    """The real press, which waits until it is let go; it counts the texts it was asked for."""

    def __init__(self) -> None:
        self.real, self.go = composition.letter_press(), threading.Event()
        self.asked: list[str] = []
        self.go.set()

    def text(self, case: Case, *rest: Any) -> str:
        self.asked.append(case.decision.items[0].reason)
        assert self.go.wait(30)
        return self.real.text(case, *rest)

    def readability(self, *given: Any) -> Any:
        return self.real.readability(*given)

    def pdf(self, *given: Any) -> bytes:
        assert self.go.wait(30)
        return self.real.pdf(*given)


async def begin_the_pdf(visit: Visit, press: SlowPress) -> None:
    """Press P; the press waits."""
    await visit.until(lambda: "Brevet er klar" in visit.text())
    press.go.clear()
    visit.burst("p")
    await visit.until(lambda: "Skriver brevet" in visit.hint)


class BrokenPress(SlowPress):
    """A press with errors in it."""

    def text(self, case: Case, *rest: Any) -> str:
        raise KeyError(case.citizen.name)

    def pdf(self, *given: Any) -> bytes:
        raise ZeroDivisionError


async def test_errors_in_the_press_are_told_and_the_case_can_be_left(desk: Desk) -> None:
    async with desk.visiting(
        whole_case(), "brev", "leverandoervalg", letter_press=lambda: BrokenPress()
    ) as visit:
        await visit.until(lambda: "fejl i programmet (KeyError)" in told(visit))
        assert whole_case().citizen.name not in told(visit)
        visit.burst("p")
        await visit.until(lambda: "fejl i programmet (ZeroDivisionError)" in visit.hint)
        assert visit.store.letters(visit.case_id) == []
        visit.burst("f2")
        await visit.until(lambda: not isinstance(visit.app.screen, CaseScreen))


async def test_typing_goes_on_while_the_letter_beside_is_made_and_only_the_newest_is_shown(
    desk: Desk,
) -> None:
    press = SlowPress()
    case = changed(whole_case(), decision__items__0__reason="")
    try:
        async with desk.visiting(
            changed(case, decision__items__0__reason="Borgeren har gigt i begge hofter nu"),
            "afgoerelse", "decision.items.0.reason", size=LARGE, letter_press=lambda: press,
        ) as visit:  # fmt: skip
            preview = visit.screen.query_one("#preview", LetterPreview)
            await visit.until(lambda: "hofter nu" in preview.text)
            press.go.clear()
            press.asked.clear()
            visit.burst(*" x")
            await visit.until(lambda: press.asked)
            visit.burst(*" og falder")
            await visit.until(lambda: visit.case.decision.items[0].reason.endswith("og falder"))
            await visit.pilot.pause(0.3)  # longer than the quiet after which the letter is asked for
            visit.burst(*" tit.")
            await visit.until(lambda: visit.field.endswith("og falder tit."))
            await visit.pilot.pause(0.3)
            assert len(press.asked) == 1, "one at a time: what was typed meanwhile waits"
            assert "falder" not in preview.text
            press.go.set()
            await visit.until(lambda: "og falder tit." in preview.text)
            assert [one.rpartition(" ")[2] for one in press.asked] == ["x", "tit."], (
                "those between are forgotten"
            )
    finally:
        press.go.set()


async def test_the_screen_answers_while_the_pdf_is_made(desk: Desk) -> None:
    press = SlowPress()
    try:
        async with desk.visiting(
            whole_case(), "brev", "leverandoervalg", letter_press=lambda: press
        ) as visit:
            await begin_the_pdf(visit, press)
            visit.burst("home", "down", "down", "enter", *"20-03-2017")
            await visit.until(lambda: visit.case.course.delay_notices)
            await visit.until(lambda: str(visit.case.course.delay_notices[0].expected_on) == "2017-03-20")
            assert visit.store.letters(visit.case_id) == []
            visit.burst("f2")
            await visit.until(lambda: "Vent et øjeblik" in visit.hint)
            press.go.set()
            assert await kept(visit) == ["leverandoervalg"]
            await visit.until(lambda: "Brevet er skrevet" in visit.hint)
            visit.burst("f2")
            await visit.until(lambda: not isinstance(visit.app.screen, CaseScreen))
    finally:
        press.go.set()


async def test_a_letter_that_is_done_while_the_program_closes_is_kept_and_disturbs_nothing(
    desk: Desk,
) -> None:
    press, panel_goes_on = SlowPress(), asyncio.Event()
    try:
        async with desk.visiting(
            whole_case(), "brev", "leverandoervalg", letter_press=lambda: press
        ) as visit:
            await begin_the_pdf(visit, press)
            visit.screen.query_one("#brev").call_later(panel_goes_on.wait)
            press.go.set()
            await visit.app.workers.wait_for_complete()
            hint = visit.screen.query_one(HintBar)

            async def closed_but_for_the_panel() -> None:
                while hint.parent is not None:
                    await asyncio.sleep(0)
                panel_goes_on.set()

            waiting = asyncio.create_task(closed_but_for_the_panel())
        await waiting
        store = desk.store()
        assert [one.kind for one in store.letters(visit.case_id)] == ["leverandoervalg"]
        store.close()
    finally:
        press.go.set()


async def test_what_is_typed_while_the_decision_is_made_is_kept_and_the_decision_stands_still(
    desk: Desk,
) -> None:
    press = SlowPress()
    before = whole_case()
    try:
        async with desk.visiting(before, "brev", letter_press=lambda: press) as visit:
            await begin_the_pdf(visit, press)
            visit.burst("f4", "1")
            await visit.until(lambda: visit.where.startswith(("enquiry", "citizen")))
            where = visit.where
            visit.burst(*"x")
            await visit.until(lambda: visit.field.endswith("x") and visit.saving == "gemt")
            visit.burst("f4", "6")
            await visit.until(lambda: "Bevilg" in visit.text())
            visit.burst("end", "x")
            await visit.until(lambda: "bliver truffet lige nu" in visit.hint)
            press.go.set()
            assert await kept(visit) == ["afgoerelse"]
            await visit.until(lambda: visit.case.decision_is_made and "Truffet" in visit.text())
            assert visit.case.decision == before.decision
            assert str(visit.screen.session.value(where)).endswith("x")
            stored = visit.store.load(visit.case_id).case
            assert stored == visit.case
    finally:
        press.go.set()

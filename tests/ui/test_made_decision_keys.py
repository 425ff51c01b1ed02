"""A made decision on the screen: read, corrected or followed, never edited; and saving under a flood of keys."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from time import monotonic
from typing import Any, cast

from sample_case import changed, whole_case
from test_hverdagsliv import NEW
from visit_kit import LARGE, NOW, Desk

from visitator_tui.domain.case import Case
from visitator_tui.domain.edit import Change
from visitator_tui.domain.made_decision import with_made
from visitator_tui.usecases.ports import Actor, CaseRecord, CaseStore


def made() -> Case:
    """The whole case with its decision made."""
    return with_made(whole_case(), "brev-1", NOW - timedelta(days=1))


async def test_a_made_decision_is_read_and_no_key_edits_it(desk: Desk) -> None:
    async with desk.visiting(made(), "afgoerelse") as visit:
        assert "Truffet" in visit.text()
        assert "R Ret afgørelsen  N Ny afgørelse" in visit.hint
        before = visit.case
        await visit.press("down", "down", "a", "d", "x", "t", "enter", *"abc", "tab")
        assert visit.case == before
        assert "Afgørelsen er truffet" in visit.hint


async def test_one_key_begins_the_correction_and_asks_why(desk: Desk) -> None:
    async with desk.visiting(made(), "afgoerelse") as visit:
        await visit.press("r")
        assert visit.where == "decision.corrects.why"
        await visit.type("Omfanget var forkert.")
        new = (await visit.saved()).decision
        assert (new.corrects.id, new.corrects.why) == ("brev-1", "Omfanget var forkert.")
        assert new.items == whole_case().decision.items


async def test_one_key_begins_a_new_decision_on_the_help_the_citizen_has(desk: Desk) -> None:
    async with desk.visiting(made(), "afgoerelse") as visit:
        await visit.press("n")
        new = (await visit.saved()).decision
        given = [item for item in whole_case().decision.items if item.gives_help]
        assert [(one.delydelse, one.former_extent) for one in new.items] == [
            (one.delydelse, one.extent) for one in given
        ]
        await visit.press("ctrl+z", "ctrl+z")
        assert visit.case.decision_is_made


async def test_names_stand_beside_the_ids_that_a_case_file_applied_for(desk: Desk) -> None:
    case = changed(whole_case(), enquiry__applied_for=["indkoebsordning"])
    async with desk.visiting(case, "henvendelse", "enquiry.applied_for", size=LARGE) as visit:
        assert "indkoebsordning: Indkøbsordning" in visit.text()


class Watched:
    """A real database that remembers how long the enquiry was at each save."""

    def __init__(self, store: CaseStore) -> None:
        self.lengths: list[int] = []
        self._store = store

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def save(
        self, record: CaseRecord, changes: Sequence[Change], actor: Actor, now: Any, **more: Any
    ) -> CaseRecord:
        self.lengths.append(len(record.case.enquiry.text))
        return self._store.save(record, changes, actor, now, **more)


async def test_a_flood_of_changes_that_never_lets_a_timer_run_is_saved_meanwhile(desk: Desk) -> None:
    async with desk.visiting(NEW) as visit:
        watched = Watched(visit.store)
        visit.screen.session._store = cast(CaseStore, watched)
        began, typed = monotonic(), 0
        while monotonic() - began < 1.3:  # the loop gets no turn, as when keys come too fast for it
            typed += 1
            visit.screen.session.type("enquiry.text", "a" * typed)
            visit.screen.case_changed()
        assert watched.lengths, "nothing was saved while the keys came"
        assert watched.lengths[0] < typed
        assert len((await visit.saved()).enquiry.text) == typed

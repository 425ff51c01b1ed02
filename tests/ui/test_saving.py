"""Saving: by itself, at every move, and never told of before it is true."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sample_case import whole_case
from test_hverdagsliv import NEW
from visit_kit import Desk, Visit, vault

from visitator_tui.domain.edit import Change
from visitator_tui.ui.screens.cases import CasesScreen
from visitator_tui.ui.screens.my_day import MyDayScreen
from visitator_tui.usecases.ports import Actor, CaseRecord, CaseStore, StoreError


class FullDisk:
    """A real database on a disk that may be full."""

    def __init__(self, store: CaseStore) -> None:
        self.full = False
        self._store = store

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def save(
        self, record: CaseRecord, changes: Sequence[Change], actor: Actor, now: Any, **more: Any
    ) -> CaseRecord:
        if self.full:
            raise StoreError("Der er ikke plads på disken. Slet noget, og prøv igen.")
        return self._store.save(record, changes, actor, now, **more)


class FullDiskVault:
    """A vault whose database lies on such a disk."""

    def __init__(self, desk: Desk) -> None:
        self._vault = vault(desk.folder / "data")

    def exists(self) -> bool:
        return True

    def open(self, passphrase: str, now: Any) -> FullDisk:
        return FullDisk(self._vault.open(passphrase, now))


def disk(visit: Visit) -> FullDisk:
    """The disk of the app."""
    assert isinstance(visit.app.store, FullDisk)
    return visit.app.store


async def test_what_is_typed_is_in_the_database_by_itself(desk: Desk) -> None:
    async with desk.visiting(NEW) as visit:
        await visit.type("Åse")
        assert visit.saving == "gemmer …"
        assert (await visit.saved()).citizen.name == "Åse"


async def test_leaving_a_field_or_step_saves_at_once(desk: Desk) -> None:
    async with desk.visiting(NEW) as visit:
        await visit.press(*"Åse", "tab")
        assert visit.store.load(visit.case_id).case.citizen.name == "Åse"
        await visit.press("f9", *"Ord", "f9")
        assert visit.store.load(visit.case_id).case.own_view.text == "Ord"


async def test_f10_saves_what_was_typed_in_the_same_breath(desk: Desk) -> None:
    async with desk.visiting(NEW) as visit:
        await visit.press(*"Åse Ærø", "f10")
    assert visit.app.return_value == 0
    assert desk.saved(visit.case_id).citizen.name == "Åse Ærø"


async def test_f2_saves_and_the_case_is_left(desk: Desk) -> None:
    async with desk.visiting(NEW) as visit:
        await visit.press(*"Åse", "f2")
        assert isinstance(visit.app.screen, MyDayScreen)
        assert visit.store.load(visit.case_id).case.citizen.name == "Åse"
        assert visit.store.last_open() is None
        await visit.press("f10")
    async with desk.unlocked() as visit:
        assert isinstance(visit.app.screen, CasesScreen)
        assert "Åse" in visit.text()


async def test_the_case_opens_again_where_it_was_left(desk: Desk) -> None:
    async with desk.visiting(whole_case(), "hverdagsliv") as visit:
        await visit.press("pagedown", "pagedown", "down", "f2", "f2", "enter")
        assert "Måltider" in visit.text().splitlines()[2]
        await visit.press("f9", "tab", "f10")
    async with desk.unlocked() as visit:
        await visit.until(lambda: visit.where == "summary.goal")


async def test_a_full_disk_says_ikke_gemt_and_nothing_is_lost(desk: Desk) -> None:
    async with desk.visiting(NEW, vault=lambda: FullDiskVault(desk)) as visit:
        await visit.press(*"Åse", "tab")
        disk(visit).full = True
        await visit.press(*"4-5-1938", "tab")
        await visit.until(lambda: visit.saving == "IKKE GEMT")
        assert "Der er ikke plads på disken" in visit.text()
        await visit.press("f2")
        assert visit.screen.is_current, "a case that is not saved is not left"
        await visit.press("tab", *"Blåbærvej 7", "f10")
        assert visit.app.is_running
        disk(visit).full = False
        await visit.press("ctrl+s")
        saved = await visit.saved()
        assert str(saved.citizen.birth_date) == "1938-05-04"
        assert saved.citizen.address.street == "Blåbærvej 7"


async def test_somebody_elses_change_meanwhile_is_kept_beside_ours(desk: Desk) -> None:
    async with desk.visiting(NEW) as visit:
        await visit.press(*"Åse", "tab")
        await visit.saved()
        record = visit.store.load(visit.case_id)
        from visit_kit import ACTOR, NOW, catalogues, law

        from visitator_tui.usecases.session import CaseSession

        other = CaseSession(record, visit.store, catalogues(), ACTOR, lambda: NOW, law())
        other.set("citizen.phone", "49 00 00 00")
        other.save()
        await visit.press("tab", "tab", *"Blåbærvej 7", "tab")
        saved = await visit.saved()
        assert (saved.citizen.phone, saved.citizen.address.street) == ("49 00 00 00", "Blåbærvej 7")
        assert saved.citizen.name == "Åse"

"""Every screen as it stands, at the size of the smallest terminal and at a large one.

Accept a change only after looking at it: ``pytest tests/ui/test_snapshots.py --snapshot-update``, then
the SVG files. At 80x24 nothing may be cut off but the cells of lists.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sample_case import changed, whole_case
from textual.pilot import Pilot
from visit_kit import LARGE, PASSPHRASE, SMALL, Desk, Visit, vault

from visitator_tui.domain.case import Case
from visitator_tui.usecases.ports import Place

Compare = Callable[..., bool]
DOCUMENTS = Path("/home/vivi/Dokumenter")
NEW = Case.model_validate({"municipality": "helsingor", "enquiry": {"received_on": "2017-03-06"}})


@pytest.fixture(params=[SMALL, LARGE], ids=["80x24", "120x40"])
def looks(request: pytest.FixtureRequest, snap_compare: Compare, desk: Desk) -> Callable[..., bool]:
    """Compare what the screen shows after some keys with the accepted picture."""

    def compare(*keys: str, case: Case | None = None, step: str = "henvendelse", **given: Any) -> bool:
        if case is not None:
            desk.put(case, Place(step))
        app = desk.app(documents=DOCUMENTS, **given)

        async def before(pilot: Pilot[int]) -> None:
            visit = Visit(desk, app, pilot)
            await visit.settle()
            if "vault" not in given:
                await visit.type(PASSPHRASE)
                await visit.press("enter")
            await visit.press(*keys)
            if case is not None:
                await visit.until(lambda: visit.saving == "gemt")
            await visit.pilot.pause(0.3)

        return snap_compare(app, terminal_size=request.param, run_before=before)

    return compare


Looks = Callable[..., bool]


def test_unlock(looks: Looks, desk: Desk) -> None:
    assert looks(*"forkert", "enter", vault=lambda: vault(desk.folder / "data"))


def test_first_time(looks: Looks, desk: Desk) -> None:
    assert looks(
        *"kort", "enter", *"kort", "enter", *"Vivi", "enter", vault=lambda: vault(desk.folder / "ny")
    )


def test_list_empty(looks: Looks) -> None:
    assert looks()


def test_list_filled(looks: Looks, desk: Desk) -> None:
    desk.put(whole_case())
    desk.put(NEW)
    long = "Karl Gustav Emanuel von der Lippe-Østergård Ærøskøbing"
    desk.put(changed(NEW, citizen__name=long, municipality="herning"))
    for number in range(30):
        desk.put(changed(NEW, citizen__name=f"Borger nr. {number}", citizen__birth_date="1940-01-02"))
    assert looks("down")


def test_henvendelse_new(looks: Looks) -> None:
    assert looks(case=NEW)


def test_henvendelse(looks: Looks) -> None:
    assert looks(case=whole_case())


def test_henvendelse_half_a_date(looks: Looks) -> None:
    assert looks("tab", *"4-5", case=NEW)


def test_egen_vurdering(looks: Looks) -> None:
    assert looks(case=whole_case(), step="egen_vurdering")


def test_hverdagsliv(looks: Looks) -> None:
    assert looks("pagedown", "3", case=whole_case(), step="hverdagsliv")


def test_hverdagsliv_longest_label(looks: Looks) -> None:
    assert looks("down", "down", case=whole_case(), step="hverdagsliv")


def test_hverdagsliv_note(looks: Looks) -> None:
    assert looks("b", case=whole_case(), step="hverdagsliv")


def test_hverdagsliv_not_relevant(looks: Looks) -> None:
    assert looks(*["pagedown"] * 4, case=whole_case(), step="hverdagsliv")


def test_hverdagsliv_without_levels(looks: Looks) -> None:
    assert looks(*["pagedown"] * 9, case=whole_case(), step="hverdagsliv")


def test_hverdagsliv_about(looks: Looks) -> None:
    assert looks(*["pagedown"] * 10, case=whole_case(), step="hverdagsliv")


def test_samlet_vurdering(looks: Looks) -> None:
    assert looks(case=whole_case(), step="samlet_vurdering")


def test_forslag(looks: Looks) -> None:
    assert looks("down", case=whole_case(), step="forslag")


def test_forslag_criterion(looks: Looks) -> None:
    assert looks("down", "down", "enter", case=whole_case(), step="forslag")


def test_afgoerelse(looks: Looks) -> None:
    assert looks(case=whole_case(), step="afgoerelse")


def test_afgoerelse_consideration(looks: Looks) -> None:
    assert looks("down", "enter", case=whole_case(), step="afgoerelse")


def test_afgoerelse_grant(looks: Looks) -> None:
    assert looks("down", "down", "enter", "tab", case=whole_case(), step="afgoerelse")


def test_afgoerelse_refusal(looks: Looks) -> None:
    assert looks("end", "enter", "tab", case=whole_case(), step="afgoerelse")


def test_afgoerelse_unanswered(looks: Looks) -> None:
    case = changed(whole_case(), enquiry__applied_for=["hjælp til at komme i bad to gange om ugen"])
    assert looks("end", case=case, step="afgoerelse")


def test_brev(looks: Looks) -> None:
    assert looks(case=whole_case(), step="brev")


def test_brev_lacking(looks: Looks) -> None:
    assert looks(case=changed(NEW, case_number="2017-0042"), step="brev")


def test_search(looks: Looks) -> None:
    assert looks("s", *"hofte", case=whole_case(), step="forslag")


def test_card(looks: Looks) -> None:
    assert looks("down", "k", case=whole_case(), step="forslag")


def test_help(looks: Looks) -> None:
    assert looks("f1", case=whole_case(), step="hverdagsliv")


def test_findings(looks: Looks) -> None:
    assert looks("f3", case=NEW)


def test_pick_step(looks: Looks) -> None:
    assert looks("f4", case=whole_case(), step="egen_vurdering")


def test_phrases(looks: Looks) -> None:
    assert looks("f5", "g", case=whole_case(), step="egen_vurdering")


def test_print_queue_empty(looks: Looks) -> None:
    assert looks("t")


def test_reviews(looks: Looks, desk: Desk) -> None:
    item = {"delydelse": "tilsyn", "outcome": "granted", "start_on": "2016-05-01"}
    old = changed(whole_case(), decision__items=[item], decision__decided_on="2016-04-01")
    desk.put(changed(old, assessment__assessed_on="2016-03-20", enquiry__received_on="2016-03-01"))
    assert looks("r")


@pytest.mark.parametrize("theme", ["visitator-lys", "visitator-kontrast"])
def test_themes(looks: Looks, theme: str) -> None:
    assert looks("pagedown", case=whole_case(), step="hverdagsliv", theme=theme)

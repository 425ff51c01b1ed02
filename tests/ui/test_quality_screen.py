"""The year's quality from the keyboard: figures with a chart, a sample that is kept, the report as PDF."""

from __future__ import annotations

from sample_case import whole_case
from visit_kit import NOW, Desk

from visitator_tui.domain.made_decision import with_made
from visitator_tui.domain.quality_sample import InspectionSample
from visitator_tui.store.kinds import KindStore
from visitator_tui.ui.screens.cases import CasesScreen
from visitator_tui.ui.screens.quality import QualityScreen


async def test_the_years_figures_a_sample_and_the_report(desk: Desk) -> None:
    desk.put(with_made(whole_case(), "brev-1", NOW))
    async with desk.unlocked() as visit:
        await visit.press("k")
        assert isinstance(visit.app.screen, QualityScreen)
        await visit.until(lambda: "Afgørelser: 1" in visit.text())
        assert "Indkøbsordning" in visit.text()
        assert "#" in visit.text(), "the chart"
        await visit.press("left")
        await visit.until(lambda: "Afgørelser: 0" in visit.text())
        assert "Kvalitet 2016" in visit.text()
        await visit.press("right")
        await visit.until(lambda: "Afgørelser: 1" in visit.text())
        await visit.press("t")
        await visit.until(lambda: "Anmeldt tilsyn i eget hjem, 5 %" in visit.text())
        await visit.press("escape", "d")
        await visit.until(lambda: "Rapporten er skrevet" in visit.text())
        await visit.press("escape", "escape")
        assert isinstance(visit.app.screen, CasesScreen)
    assert (desk.letters_folder / "kvalitet-2017.pdf").read_bytes().startswith(b"%PDF-1.7")
    store = desk.store()
    (kept,) = KindStore(store).documents("inspection_sample")
    store.close()
    sample = InspectionSample.model_validate_json(kept.body)
    assert sample.again == sample


async def test_a_sample_is_drawn_though_another_year_is_asked_for_in_the_same_breath(desk: Desk) -> None:
    desk.put(whole_case())
    async with desk.unlocked() as visit:
        await visit.press("k")
        screen = visit.app.screen
        assert isinstance(screen, QualityScreen)
        screen.action_draw("home")
        screen.action_year(-1)  # before the thread of the first has begun
        await visit.until(lambda: "Anmeldt tilsyn i eget hjem, 5 %" in visit.text())
    store = desk.store()
    assert len(KindStore(store).documents("inspection_sample")) == 1
    store.close()

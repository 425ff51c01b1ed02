"""The year's quality: figures by service with a chart, samples for inspections, and the report as PDF."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from visitator_tui.domain.quality import ServiceFigures, YearFigures, bars, in_column, percent
from visitator_tui.domain.quality_sample import INSPECTIONS, Inspection, InspectionSample
from visitator_tui.domain.wording import long_date
from visitator_tui.usecases.ports import CaseStore, LetterError, NoStandardError, StoreError

from ..actions import Context, bar, bindings
from ..here import is_here
from ..in_thread import in_thread
from ..services import Services
from ..widgets.bars import KeyBar, TitleBar
from .dialogs import ReadScreen


class QualityScreen(Screen[None]):
    """A year at a time; the cases are read in a thread."""

    help_contexts: ClassVar[tuple[Context, ...]] = ("quality", "app")
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("quality")]
    CSS = "QualityScreen VerticalScroll { padding: 0 1; } QualityScreen #figures { height: auto; }"

    def __init__(self, services: Services, store: CaseStore) -> None:
        super().__init__()
        self._services, self._book = services, services.quality(store)
        self._year = services.clock().year
        self._figures: YearFigures | None = None

    def compose(self) -> ComposeResult:
        """The figures."""
        yield TitleBar()
        with VerticalScroll():
            yield Static("Regner …", id="figures", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Reckon this year."""
        self.query_one(KeyBar).keys = bar("quality") + "  F1 Hjælp"
        self.set_focus(self.query_one(VerticalScroll))
        self._reckon(self._year)

    def on_resize(self) -> None:
        """The chart follows the width."""
        self._draw()

    @in_thread("figures", exclusive=True)
    def _reckon(self, year: int) -> None:
        try:
            found = self._book.figures(self._services.municipality, year)
        except StoreError as problem:
            self.app.call_from_thread(self.notify, str(problem), severity="error")
            return
        self.app.call_from_thread(self._show, found)

    def _show(self, found: YearFigures) -> None:
        if is_here(self) and found.year == self._year:
            self._figures = found
            self._draw()

    def _draw(self) -> None:
        self.query_one(TitleBar).left = f"Kvalitet {self._year}   (pil til siden: andre år)"
        if self._figures is not None:
            width = max(60, self.size.width - 4)
            self.query_one("#figures", Static).update("\n".join(_lines(self._figures, width)))

    # -- doing ---------------------------------------------------------------------------------------

    def action_year(self, direction: int) -> None:
        """The year before or after."""
        self._year += direction
        self._figures = None
        self.query_one("#figures", Static).update("Regner …")
        self._draw()
        self._reckon(self._year)

    def action_draw(self, inspection: Inspection) -> None:
        """Draw a sample, and show whom it is."""

        def draw() -> str:
            return self._told(self._book.draw(self._services.municipality, inspection))

        self._read("Stikprøven er trukket og gemt", draw)

    def action_samples(self) -> None:
        """The samples that were drawn."""
        self._read(
            "Stikprøver",
            lambda: "\n\n".join(map(self._told, self._book.samples())) or "Ingen er trukket endnu.",
        )

    @in_thread()
    def _read(self, title: str, text: Callable[[], str]) -> None:
        try:
            told = text()
        except (StoreError, LetterError, NoStandardError, OSError) as problem:
            self.app.call_from_thread(self.notify, str(problem), severity="error")
            return
        self.app.call_from_thread(self.app.push_screen, ReadScreen(title, told))

    def _told(self, sample: InspectionSample) -> str:
        whole = "" if sample.again == sample else "\n! Stikprøven er ændret, siden den blev trukket."
        lines = [
            f"{INSPECTIONS[sample.inspection]}, {sample.percent} %, trukket {long_date(sample.drawn_on)} af "
            f"{sample.drawn_by} med tallet {sample.seed}{whole}"
        ]
        for group in sample.groups:
            lines.append(f"  {group.supplier}: {len(group.drawn)} af {len(group.citizens)}")
            lines += [f"    {self._book.name(case_id)}" for case_id in group.drawn]
        return "\n".join(lines if sample.groups else [*lines, "  Ingen borgere har hjælp i dag."])

    def action_pdf(self) -> None:
        """The year's report as PDF."""
        figures = self._figures
        if figures is None:
            return
        file = self._services.documents / f"kvalitet-{figures.year}.pdf"

        def write() -> str:
            self._services.write_file(file, self._services.quality_pdf(figures))
            return f"Årets tal er skrevet til {file}"

        self._read("Rapporten er skrevet", write)

    def action_back(self) -> None:
        """Back to where it was opened."""
        self.dismiss()


def _lines(figures: YearFigures, width: int) -> list[str]:
    name = width - 44
    lines = [f"{'Ydelse':{name}} {'Afgjort':>8} {'Afslag':>7} {'Undtagelser':>12} {'I tide':>7}"]
    lines += [line for one in (*figures.services, figures.total) for line in _row(one, name)]
    if chart := bars(figures, width):
        lines += ["", "Afgjort inden fristen (af det, der har en frist)", *chart]
    lines += ["", f"Afgørelser: {figures.decisions}   Revurderinger: {figures.reviews}"]
    lines.append(f"Klager: {figures.complaints}")
    lines += [f"  genvurderet, {name}: {number}" for name, number in figures.complaint_outcomes.items()]
    lines += [f"  Ankestyrelsen, {name}: {number}" for name, number in figures.appeal_outcomes.items()]
    return lines


def _row(one: ServiceFigures, name: int) -> list[str]:
    first, *more = in_column(one.name, name)
    figures = f"{one.decided:>8} {one.refused:>7} {one.exceptions:>12} {percent(one.share_in_time):>7}"
    return [f"{first:{name}} {figures}", *more]

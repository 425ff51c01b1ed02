"""The list of cases: search, state, open, new."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Input, Label

from visitator_tui.usecases.ports import CaseRow, CaseStore, StoreError
from visitator_tui.usecases.sync_ports import Applied

from ..actions import Context, bar, bindings
from ..in_thread import in_thread
from ..panel import PlainKeys
from ..services import Services
from ..widgets.bars import KeyBar, TitleBar
from ..widgets.line import Line
from ..widgets.line_list import LineList, Row
from .entering import new_case, open_case

if TYPE_CHECKING:
    from ..syncing import SyncingApp


class CasesScreen(PlainKeys, Screen[None]):
    """All cases on this laptop, newest change first."""

    context: Context = "list"
    help_contexts: ClassVar[tuple[Context, ...]] = ("list", "app")
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("list")]
    CSS = """
    CasesScreen #search { height: 1; background: $surface; }
    CasesScreen #search Label { width: 7; color: $text-muted; }
    CasesScreen #heading { width: 1fr; color: $secondary; text-style: bold; }
    """

    def __init__(self, services: Services, store: CaseStore) -> None:
        super().__init__()
        self.services, self.store = services, store
        self._rows: Sequence[CaseRow] = ()

    def compose(self) -> ComposeResult:
        """Search field, headings, the list."""
        yield TitleBar()
        with Horizontal(id="search"):
            yield Label(" Søg:")
            yield Line(placeholder="navn, adresse eller et ord fra sagen")
        yield Label("", id="heading")
        yield LineList(id="cases", empty=" Ingen sager. Tryk N for at oprette den første.", table=True)
        yield KeyBar()

    def on_mount(self) -> None:
        """Fill the list."""
        self.query_one(KeyBar).keys = bar("list", "app")
        self.set_focus(self.query_one(LineList))
        with suppress(StoreError):  # reading it all will tell; the next key may already be on its way
            self._rows = self.store.rows(limit=self.app.size.height)
            self._draw()
        self.reload()

    def on_screen_resume(self) -> None:
        """The visitator came back from a case."""
        title = self.query_one(TitleBar)
        title.left = "Visitator · DEMO: alt forsvinder, når du lukker" if self.services.demo else "Visitator"
        self.reload()

    def on_resize(self) -> None:
        """Columns follow the width."""
        self._draw()

    @in_thread("rows", exclusive=True)
    def _read(self, search: str) -> None:
        try:
            rows = self.store.rows(search)
        except StoreError as problem:
            self.app.call_from_thread(self.notify, str(problem), severity="error")
            return
        self.app.call_from_thread(self._show, rows)

    def reload(self) -> None:
        """Read the list again."""
        self._read(self.query_one(Input).value)

    def _show(self, rows: Sequence[CaseRow]) -> None:
        self._rows = rows
        self._count()
        self._draw()

    def _count(self) -> None:
        count = f"{len(self._rows)} {'sag' if len(self._rows) == 1 else 'sager'}"
        news = self._syncing.news.title(self.services.clock())
        self.query_one(TitleBar).right = " · ".join(filter(None, (count, news)))

    @property
    def _syncing(self) -> SyncingApp:
        return self.app  # type: ignore[return-value]

    def sync_changed(self, applied: Applied | None) -> None:
        """Marks and title follow; what a pull brought is read."""
        if applied is not None:
            self.reload()
        else:
            self._count()
            self._draw()

    def _draw(self) -> None:
        name = max(20, self.size.width - 52)

        def line(*parts: str) -> str:
            who, born, place, received, state = parts
            short = who if len(who) <= name else f"{who[: name - 1]}…"
            return f" {short:{name}} {born:10} {place[:11]:11} {received:10} {state}"

        names = {
            one.municipality: one.municipality_name.removesuffix(" Kommune")
            for one in self.services.catalogues().all()
        }
        self.query_one("#heading", Label).update(line("Navn", "Født", "Kommune", "Henvendt", "Tilstand"))
        self.query_one(LineList).show(
            [
                Row(
                    row.id,
                    line(row.name or "(uden navn)", _danish(row.birth_date),
                         names.get(row.municipality, row.municipality), _danish(row.received_on),
                         self._state_of(row)),
                )
                for row in self._rows
            ]
        )  # fmt: skip

    def _state_of(self, row: CaseRow) -> str:
        mark = self._syncing.news.mark(row.id)
        return f"{mark} · {row.state}" if mark else row.state

    @on(Input.Changed)
    def _searched(self) -> None:
        self.reload()

    @on(Input.Submitted)
    def _to_list(self) -> None:
        self.set_focus(self.query_one(LineList))

    def on_key(self, event: events.Key) -> None:
        """Down leaves the search field for the list; Esc clears it."""
        if isinstance(self.focused, Input) and event.key in ("down", "escape"):
            if event.key == "escape":
                self.query_one(Input).value = ""
            self.set_focus(self.query_one(LineList))
            event.stop()

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        if self.app.screen is self:  # a fast second Enter must not open the case twice
            self.open_case(event.key)

    def action_find(self) -> None:
        """To the search field."""
        self.set_focus(self.query_one(Input))

    def action_open_case(self) -> None:
        """Open the case under the cursor."""
        key = self.query_one(LineList).key
        if key:
            self.open_case(key)

    def action_reviews(self) -> None:
        """Cases that a change of standard touches."""
        from .reviews import ReviewsScreen

        self.app.push_screen(
            ReviewsScreen(self.services, self.store), lambda case: self.open_case(case) if case else None
        )

    def action_preventive(self) -> None:
        """Preventive home visits."""
        from .preventive import PreventiveScreen

        self.app.push_screen(PreventiveScreen(self.services, self.store))

    def action_quality(self) -> None:
        """The year's figures and samples."""
        from .quality import QualityScreen

        self.app.push_screen(QualityScreen(self.services, self.store))

    def action_print_queue(self) -> None:
        """Letters waiting for print."""
        from .queue import QueueScreen

        self.app.push_screen(QueueScreen(self.services, self.services.printing(self.store)))

    def action_sync(self) -> None:
        """How sync stands."""
        from .sync import SyncScreen

        self.app.push_screen(SyncScreen(self.services, self.store))

    def _under_cursor(self) -> CaseRow | None:
        key = self.query_one(LineList).key
        return next((row for row in self._rows if row.id == key), None)

    def action_hand_over(self) -> None:
        """Give the case under the cursor to a colleague."""
        from .case_leaving import hand_over

        if row := self._under_cursor():
            hand_over(self, self._syncing.sync, row)

    def action_delete_case(self) -> None:
        """Delete the case under the cursor, which was made by mistake."""
        from .case_leaving import delete_case

        if row := self._under_cursor():
            delete_case(self, row)

    @in_thread("change")  # reading the list again must not cancel it
    def change(self, action: Callable[[], None], said: str) -> None:
        """Do something with a case in a thread, tell of it, and show the list as it is then."""
        try:
            action()
        except StoreError as problem:
            self.app.call_later(self.notify, str(problem), severity="error")
            return
        self.app.call_later(self._changed, said)

    def _changed(self, said: str) -> None:
        self.notify(said)
        self.reload()
        self._syncing.read_sync()
        if self._syncing.sync is not None:
            self._syncing.sync.nudge()

    def action_my_day(self) -> None:
        """Back to Min dag."""
        self.app.pop_screen()

    def action_new_case(self) -> None:
        """A new case, received today, under this laptop's municipality."""
        new_case(self, self.services, self.store)

    def open_case(self, case_id: str) -> None:
        """Open a case where it was left."""
        open_case(self, self.services, self.store, case_id)


def _danish(iso: str) -> str:
    year, _, rest = iso.partition("-")
    month, _, day = rest.partition("-")
    return f"{day}-{month}-{year}" if day else iso

"""Min dag: what has to be done in all cases today, what bites first at the top, and why it is due."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING, ClassVar, cast

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widgets import Input, Label, Static
from textual.worker import Worker, get_current_worker

from visitator_tui.domain.wording import day_and_date
from visitator_tui.usecases.letter_queue import queue_text
from visitator_tui.usecases.my_day import DayTask, my_day
from visitator_tui.usecases.my_day_list import explained, groups, short_place, when
from visitator_tui.usecases.ports import CaseStore, LetterQueue, Place, StoreError
from visitator_tui.usecases.sync_ports import Applied
from visitator_tui.usecases.sync_words import waiting
from visitator_tui.usecases.task_ports import TaskStore

from ..actions import Context, bar, bindings
from ..in_thread import in_thread
from ..panel import PlainKeys
from ..services import Services
from ..widgets.bars import KeyBar, TitleBar
from ..widgets.line import Line
from ..widgets.line_list import LineList, Row
from .dialogs import ReadScreen
from .entering import new_case, open_case

if TYPE_CHECKING:
    from ..syncing import SyncingApp

READ_AGAIN = 300
"""Seconds after which the list is read again while nobody does anything: a day may have begun."""

_WHEN, _NAME, _SOURCE = 13, 18, 9
"""Columns of a task's day, its citizen and its source."""

_TONES = {"overdue": "bad", "today": "strong"}


class MyDayScreen(PlainKeys, Screen[None]):
    """The first screen after unlocking."""

    context: Context = "day"
    help_contexts: ClassVar[tuple[Context, ...]] = ("day", "app")
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("day")]
    CSS = """
    MyDayScreen #search { height: 1; background: $surface; }
    MyDayScreen #search Label { width: 7; color: $text-muted; }
    MyDayScreen #heading { width: 1fr; color: $secondary; text-style: bold; }
    MyDayScreen #both { height: 1fr; }
    MyDayScreen #list { height: 1fr; }
    MyDayScreen #why { height: 8; padding: 0 1; border-top: hkey $panel; }
    MyDayScreen.-wide #both { layout: horizontal; }
    MyDayScreen.-wide #list { width: 2fr; }
    MyDayScreen.-wide #why { width: 1fr; height: 1fr; border-top: none; border-left: vkey $panel; }
    """

    def __init__(self, services: Services, store: CaseStore) -> None:
        super().__init__()
        self.services, self.store = services, store
        self._kept = cast("TaskStore", store)  # the open database keeps both
        self._day: Sequence[DayTask] = ()
        self._shown: dict[str, DayTask] = {}
        self._notices: dict[str, str] = {}
        self._rounds, self._counted = "", ""
        self._counting = Lock()

    def compose(self) -> ComposeResult:
        """Search field, headings, the tasks, and why the one under the cursor is due."""
        yield TitleBar()
        with Horizontal(id="search"):
            yield Label(" Søg:")
            yield Line(placeholder="borger, opgave eller kilde")
        with Container(id="both"):
            with Vertical(id="list"):
                yield Label("", id="heading")
                yield LineList(id="tasks", empty=" Ingen opgave passer. Esc viser alle igen.", table=True)
            with VerticalScroll(id="why"):
                yield Static("", id="reasons", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Show what is to be done."""
        self.query_one(KeyBar).keys = bar("day", "app")
        self.set_focus(self.query_one(LineList))
        self.set_interval(READ_AGAIN, self.reload)

    def on_screen_resume(self) -> None:
        """It is the first screen, or the visitator came back from a case."""
        self.reload()

    def on_resize(self) -> None:
        """Columns follow the width, when the list has its own."""
        self.call_after_refresh(self._draw)

    @property
    def today(self) -> date:
        """Today's date by the injected clock."""
        return self.services.clock().date()

    # -- reading -------------------------------------------------------------------------------------

    @in_thread("tasks", exclusive=True)
    def reload(self) -> None:
        """Read tasks and notices again; then reckon what another catalogue or program has left behind."""
        try:
            self._read()
            self._count_visits()
            if not self._kept.stale_tasks():
                return
            worker, place = get_current_worker(), self._kept.reckon_stale()
            while place is not None and not worker.is_cancelled:
                place = self._kept.reckon_stale(place)
            self._read()
        except StoreError as problem:
            self.app.call_from_thread(self.notify, str(problem), severity="error")

    def _read(self) -> None:
        today = self.today
        day = my_day(self._kept.kept_tasks(today), today)
        told, stale = self._told(), self._kept.stale_tasks()
        self.app.call_from_thread(self._show, day, told, stale, get_current_worker())

    def _count_visits(self) -> None:
        """How many preventive home visits are due: they are no cases, and have a row together."""
        today, book = self.today, self.services.preventive(self.store)
        with self._counting:  # a reading that was taken over by the next one goes on in its thread
            seen = f"{today} {book.mark()}"
            if (
                seen == self._counted
            ):  # the register may be long: it is read once for each change of it or the day
                return
            due = len(book.due(today))
            self._counted = seen
        rounds = f"{due} forebyggende besøg skal tilbydes. Enter viser listen." if due else ""
        if rounds != self._rounds:
            self._rounds = rounds
            self.app.call_from_thread(self._draw)

    def _told(self) -> dict[str, str]:
        """What else waits, by what Enter does with it."""
        told = {
            "queue": queue_text(cast("LetterQueue", self.store).queued_letters()),
            "unsynced": self.services.unsynced(self.store),
            "sync": waiting(self._syncing.news.state),
            **{f"warning {n}": text for n, text in enumerate(self.services.catalogue_warnings())},
        }
        return {key: text for key, text in told.items() if text}

    def _show(
        self, day: Sequence[DayTask], notices: dict[str, str], stale: int, read_by: Worker[None]
    ) -> None:
        if read_by.is_cancelled:  # a later reading has begun, and may be drawn already
            return
        self._day, self._notices = day, notices
        title = self.query_one(TitleBar)
        if self.services.demo:
            title.left = f"Min dag {self.today:%d-%m-%Y} · DEMO: alt forsvinder, når du lukker"
        else:
            title.left = f"Min dag · {day_and_date(self.today)}"
            title.brief = f"Min dag {self.today:%d-%m-%Y}"
        over = sum(one.state == "overdue" for one in day)
        told = f"regner {stale} sager …" if stale else f"{over} af {len(day)} over fristen"
        title.right = " · ".join(filter(None, (told, self._syncing.news.title(self.services.clock()))))
        self._draw()

    @property
    def _syncing(self) -> SyncingApp:
        return self.app  # type: ignore[return-value]

    def sync_changed(self, applied: Applied | None) -> None:
        """How sync stands is part of the title; what it brought may be something to do."""
        del applied
        self.reload()

    # -- showing -------------------------------------------------------------------------------------

    def _draw(self) -> None:
        tasks = self.query_one(LineList)
        line = self._line()
        self.query_one("#heading", Label).update(line("Frist", "Borger", "Opgave", "Kilde"))
        search = self.query_one(Input).value
        rows: list[Row] = []
        self._shown = {}
        if self._notices and not search:
            rows.append(Row(None, "Beskeder"))
            rows += [Row(key, f" {text}", "bad") for key, text in self._notices.items()]
        if self._rounds and not search:
            rows += [Row(None, "Forebyggende hjemmebesøg"), Row("preventive", f" {self._rounds}")]
        for group in groups(self._day, search):
            rows.append(Row(None, group.heading))
            for one in group.tasks:
                key = f"{one.case_id} {one.body}"
                self._shown[key] = one
                text = line(when(one), one.name or "(uden navn)", one.title, short_place(one.place))
                rows.append(Row(key, text, _TONES.get(one.state, "")))
        if not self._shown and not search:
            rows.append(Row(None, " Intet at gøre i dag. Tryk N for en ny sag, F2 for alle sager.", "plain"))
        tasks.show(rows, tasks.key or next(iter(self._shown), None))
        self._explain()

    def _line(self) -> Callable[[str, str, str, str], str]:
        """Lays out a line of the list for its width."""
        width = self.query_one(LineList).size.width or self.size.width
        what = max(20, width - _WHEN - _NAME - _SOURCE - 6)

        def line(due: str, who: str, title: str, place: str) -> str:
            return (
                f" {due:{_WHEN}} {_cut(who, _NAME):{_NAME}} {_cut(title, what):{what}} {_cut(place, _SOURCE)}"
            )

        return line

    def _explain(self) -> None:
        """Why the task under the cursor is due; a notice in full."""
        key = self.query_one(LineList).key or ""
        said = Text(self._rounds if key == "preventive" else self._notices.get(key, ""))
        if one := self._shown.get(key):
            said.append(one.title, style="bold")
            said.append(f"\n{one.name or '(uden navn)'}")
            for sentence in explained(one, one.task):
                said.append(f"\n{sentence}")
        self.query_one("#reasons", Static).update(said)
        self.query_one("#why").scroll_home(animate=False)

    @on(LineList.Moved)
    def _moved(self) -> None:
        self._explain()

    # -- searching -----------------------------------------------------------------------------------

    def action_find(self) -> None:
        """To the search field."""
        self.set_focus(self.query_one(Input))

    @on(Input.Changed)
    def _searched(self) -> None:
        self._draw()

    @on(Input.Submitted)
    def _to_list(self) -> None:
        self.set_focus(self.query_one(LineList))

    def on_key(self, event: events.Key) -> None:
        """Down leaves the search field for the list; Esc clears it."""
        if event.key == "escape" or (event.key == "down" and isinstance(self.focused, Input)):
            if event.key == "escape":
                self.query_one(Input).value = ""
            self.set_focus(self.query_one(LineList))
            event.stop()

    # -- going ---------------------------------------------------------------------------------------

    @on(LineList.Chosen)
    def _chosen(self) -> None:
        self.action_open_task()

    def action_open_task(self) -> None:
        """Open the case where the task under the cursor is done, or see a notice."""
        key = self.query_one(LineList).key or ""
        if self.app.screen is not self:  # a fast second Enter must not open the case twice
            return
        if key == "queue":
            self.action_print_queue()
        elif key == "preventive":
            self.action_preventive()
        elif key == "sync":
            self.action_sync()
        elif key in self._notices:
            self.app.push_screen(ReadScreen("Besked", self._notices[key]))
        elif one := self._shown.get(key):
            task = one.task
            open_case(self, self.services, self.store, one.case_id, Place(task.step, task.focus))

    def action_cases(self) -> None:
        """All cases."""
        self.app.push_screen("cases")

    def action_preventive(self) -> None:
        """Preventive home visits."""
        from .preventive import PreventiveScreen

        self.app.push_screen(PreventiveScreen(self.services, self.store))

    def action_quality(self) -> None:
        """The year's figures and samples."""
        from .quality import QualityScreen

        self.app.push_screen(QualityScreen(self.services, self.store))

    def action_sync(self) -> None:
        """How sync stands."""
        from .sync import SyncScreen

        self.app.push_screen(SyncScreen(self.services, self.store))

    def action_new_case(self) -> None:
        """A new case."""
        new_case(self, self.services, self.store)

    def action_print_queue(self) -> None:
        """Letters waiting for print."""
        from .queue import QueueScreen

        self.app.push_screen(QueueScreen(self.services, self.services.printing(self.store)))


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"

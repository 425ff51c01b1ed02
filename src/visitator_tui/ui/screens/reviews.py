"""After a change of standard: the cases and running grants it touches, to be told and assessed again (p. 10)."""

from __future__ import annotations

from textwrap import wrap

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Label

from visitator_tui.usecases.ports import CaseStore, StoreError
from visitator_tui.usecases.standard_change import ReviewRow, cases_of, review_list, successions

from ..here import is_here
from ..in_thread import in_thread
from ..services import Services
from ..widgets.line_list import LineList, Row
from .dialog import Dialog


class ReviewsScreen(Dialog[str]):
    """The review list of every change of standard at hand; Enter opens the case."""

    CSS = "ReviewsScreen .dialog { height: 90%; width: 96%; }"

    def __init__(self, services: Services, store: CaseStore) -> None:
        super().__init__()
        self._services, self._store = services, store
        self._cases: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """Title and list."""
        with Vertical(classes="dialog"):
            yield Label("Skal vurderes igen, fordi standarden er ændret", classes="dialog-title")
            yield LineList(empty=" Ser sagerne igennem …", table=True)
            yield Label("Enter åbner sagen. Esc lukker.", classes="quiet")

    def on_mount(self) -> None:
        """Read the cases in a thread: each is looked through."""
        self.set_focus(self.query_one(LineList))
        self._read()

    @in_thread()
    def _read(self) -> None:
        found: list[tuple[str, tuple[ReviewRow, ...]]] = []
        try:
            for old, new in successions(self._services.catalogues().all()):
                rows = review_list(cases_of(self._store, new.municipality), old, new)
                found.append((f"{new.title} efter {old.title}", rows))
        except StoreError as problem:
            self.app.call_from_thread(self.notify, str(problem), severity="error")
            return
        self.app.call_from_thread(self._show, found)

    def _show(self, found: list[tuple[str, tuple[ReviewRow, ...]]]) -> None:
        if not is_here(self):
            return
        rows: list[Row] = []
        width = max(30, self.query_one(LineList).size.width - 6)
        for title, reviews in found:
            rows.append(Row(None, f"{title} ({len(reviews)})"))
            for review in reviews:
                key = str(len(self._cases))
                self._cases[key] = review.case_id
                what = "udgået" if review.dropped else "ændret"
                rows.append(Row(key, f" {review.citizen}: {review.help} ({what})"))
                for text in (review.why, *review.changes):
                    rows += [Row(None, f"     {line}", "plain") for line in wrap(text, width)]
        if not self._cases:
            rows.append(Row(None, " Ingen sager er berørt.", "plain"))
        self.query_one(LineList).show(rows)

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        self.answer(self._cases[event.key])

"""Synkronisering: how it stands, what is not sent and why, and what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from visitator_tui.usecases.ports import CaseStore, StoreError
from visitator_tui.usecases.sign_in_ports import SignedInAs, SigningIn
from visitator_tui.usecases.sync_ports import Applied
from visitator_tui.usecases.sync_words import count, kind_name, sentences, why_held

from ..actions import Context, bar, bindings
from ..here import is_here
from ..in_thread import in_thread
from ..services import Services
from ..widgets.bars import HintBar, KeyBar, TitleBar
from ..widgets.line_list import LineList, Row, wrapped
from .dialogs import PickScreen
from .entering import open_case

if TYPE_CHECKING:
    from ..syncing import SyncingApp

_CONFLICTS = "konflikter "


class SyncScreen(Screen[None]):
    """The state of sync and its keys. It shows what the app knows, and asks nobody on the screen's thread."""

    context: ClassVar[Context] = "sync"
    help_contexts: ClassVar[tuple[Context, ...]] = ("sync", "app")
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("sync")]

    def __init__(self, services: Services, store: CaseStore) -> None:
        super().__init__()
        self._services, self._store = services, store
        self._sign_in: SigningIn[Any] | None = None
        self._signed_in: SignedInAs | None = None

    def compose(self) -> ComposeResult:
        """Title, the list, a hint, the keys."""
        yield TitleBar()
        yield LineList(id="sync")
        yield HintBar()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show what is known, then read anew."""
        self.query_one(TitleBar).left = "Synkronisering"
        self.query_one(KeyBar).keys = bar("sync", "app")
        self.set_focus(self.query_one(LineList))

    def on_screen_resume(self) -> None:
        """It is opened, or the visitator came back to it, perhaps from signing in."""
        self._draw()
        self._who()
        self._syncing.read_sync()

    def on_resize(self) -> None:
        """The sentences follow the width."""
        self.call_after_refresh(self._draw)

    @property
    def _syncing(self) -> SyncingApp:
        return self.app  # type: ignore[return-value]

    def sync_changed(self, applied: Applied | None) -> None:
        """The state is another."""
        del applied
        self._draw()

    @in_thread()
    def _who(self) -> None:
        """Ask the database who is signed in."""
        if self._services.demo:
            return
        try:
            sign_in = self._services.sign_in(self._store)
            signed_in = sign_in.signed_in() if sign_in else None
        except StoreError as problem:
            self.app.call_later(self._say, str(problem))
            return
        self.app.call_later(self._known, sign_in, signed_in)

    def _known(self, sign_in: SigningIn[Any] | None, signed_in: SignedInAs | None) -> None:
        self._sign_in, self._signed_in = sign_in, signed_in
        if is_here(self):
            self._draw()

    # -- showing -------------------------------------------------------------------------------------

    def _draw(self) -> None:
        news, now = self._syncing.news, self._services.clock()
        self.query_one(TitleBar).right = news.title(now)
        width = max(30, self.size.width - 4)
        rows: list[Row] = []

        def told(text: str, tone: str = "plain", key: str | None = None) -> None:
            first, *more = wrapped(text, width)
            rows.append(Row(key, f" {first}", tone))
            rows.extend(Row(None, f"   {line}", tone) for line in more)

        rows.append(Row(None, "Tilstand"))
        if news.state is None:
            for text in self._not_set_up():
                told(text)
        else:
            told(self._as_whom(news.state.user))
            for text in sentences(news.state, now):
                told(text, "bad" if text.startswith("!") else "plain")
        disputed = {row.case_id: row.name for row in news.unsent if news.mark(row.case_id) == "konflikt"}
        if disputed:
            rows.append(
                Row(
                    None,
                    f"Konflikter: to har udfyldt det samme felt ({count(len(disputed), 'sag', 'sager')})",
                )
            )
            for case_id, name in disputed.items():
                told(f"{name or '(uden navn)'}: tryk Enter eller K, og vælg", "bad", f"{_CONFLICTS}{case_id}")
        if news.state is not None:
            rows.append(Row(None, f"Ikke sendt ({len(news.unsent)})"))
            if not news.unsent:
                told("Alt, hvad du har skrevet, er sendt.")
        for number, row in enumerate(news.unsent):
            what = f"{row.name or '(uden navn)'}, {kind_name(row.kind)}"
            told(what, "strong" if row.held else "", f"{number} {row.case_id}")
            for line in wrapped(why_held(row, now), width - 3):
                rows.append(Row(None, f"    {line}", "plain"))
        self.query_one(LineList).show(rows)

    def _not_set_up(self) -> tuple[str, ...]:
        if self._services.demo:
            return ("Demoen synkroniserer ikke: dens sager forsvinder, når du lukker.",)
        return (
            "Synkronisering er ikke sat op på denne maskine. Alt bliver på maskinen og virker uden.",
            self._services.sync_setup or "Bed it-afdelingen om adressen på kommunens tjeneste.",
        )

    def _as_whom(self, user: str) -> str:
        one = self._signed_in
        if one is None:
            return "Du er ikke logget ind hos kommunen. Tryk L."
        return f"Logget ind som {one.name or one.user or user or 'dig'} ({one.tenant})."

    def _say(self, text: str) -> None:
        if is_here(self):
            self.query_one(HintBar).text = text

    # -- doing ---------------------------------------------------------------------------------------

    @on(LineList.Chosen)
    def _row_chosen(self) -> None:
        self.action_open_row()

    def action_open_row(self) -> None:
        """Open the case of a row, or its conflicts."""
        key = self.query_one(LineList).key or ""
        if self.app.screen is not self:
            return
        if key.startswith(_CONFLICTS):
            self._choose(key.removeprefix(_CONFLICTS))
        elif key:
            open_case(self, self._services, self._store, key.partition(" ")[2])

    def action_sync_now(self) -> None:
        """Sync soon."""
        if self._ready():
            self._syncing.sync.nudge()  # type: ignore[union-attr]
            self._say("Synkroniserer om et øjeblik.")

    def action_conflicts(self) -> None:
        """Choose in all conflicts."""
        if self._ready():
            self._choose(None)

    def _choose(self, case_id: str | None) -> None:
        from .sync_conflicts import ConflictsScreen

        if (sync := self._syncing.sync) is not None:
            self.app.push_screen(ConflictsScreen(self._services, self._store, sync, case_id))

    def action_fetch(self) -> None:
        """Search at the service, and fetch a case."""
        from .sync_dialogs import FetchScreen

        if self._ready() and (sync := self._syncing.sync) is not None:
            self.app.push_screen(FetchScreen(sync), self._fetched)

    def _fetched(self, case_id: str | None) -> None:
        if case_id:
            open_case(self, self._services, self._store, case_id)

    def action_sign_in(self) -> None:
        """Sign in, one way or the other."""
        from .sync_sign_in import WAYS

        if self._ready():
            self.app.push_screen(PickScreen("Hvordan vil du logge ind?", WAYS), self._way_chosen)

    def _way_chosen(self, way: str | None) -> None:
        from .sync_sign_in import BrowserSignIn, EnrolScreen

        if self._sign_in is None or way is None:
            return
        if way == "code":
            self.app.push_screen(EnrolScreen(self._sign_in, self._services.actor.device), self._in)
        elif not self._services.sync_tenant:
            self._say("Kommunens id hos tjenesten mangler i indstillingerne: sync_tenant.")
        else:
            self.app.push_screen(BrowserSignIn(self._sign_in, self._services.sync_tenant), self._in)

    def _in(self, signed_in: bool | None) -> None:
        if signed_in:
            self._say("Du er logget ind. Synkroniserer om et øjeblik.")
            if self._syncing.sync is not None:
                self._syncing.sync.nudge()

    def _ready(self) -> bool:
        if self._syncing.sync is None:
            self._say("Synkronisering er ikke sat op på denne maskine.")
        return self._syncing.sync is not None

    def action_back(self) -> None:
        """Back to where the visitator was."""
        if self.is_current:
            self.dismiss()

"""Fields that two people filled in two ways: both versions, who and when, and one key to choose."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, VerticalScroll
from textual.screen import Screen
from textual.widgets import Label, Static

from visitator_tui.domain.standard import Standard
from visitator_tui.usecases.path_words import field_name, value_text
from visitator_tui.usecases.ports import CaseStore, NoStandardError, StoreError
from visitator_tui.usecases.sync_ports import Applied, ConflictRow, Side, Synchronising
from visitator_tui.usecases.sync_words import FROM, TO, at, compared, count

from ..actions import Context, bar, bindings
from ..here import is_here
from ..services import Services
from ..widgets.bars import HintBar, KeyBar, TitleBar

if TYPE_CHECKING:
    from ..syncing import SyncingApp


class ConflictsScreen(Screen[None]):
    """One field at a time, ours above (or left of) theirs; the choice is written in a thread."""

    context: ClassVar[Context] = "conflicts"
    help_contexts: ClassVar[tuple[Context, ...]] = ("conflicts", "app")
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("conflicts")]
    CSS = """
    ConflictsScreen #field { height: auto; padding: 0 1; text-style: bold; color: $secondary; }
    ConflictsScreen #both { height: 1fr; }
    ConflictsScreen .side { height: 1fr; padding: 0 1; border-top: hkey $panel; }
    ConflictsScreen .side:focus { background: $surface; }
    ConflictsScreen .who { text-style: bold; width: 1fr; }
    ConflictsScreen #before { display: none; height: 1fr; }
    ConflictsScreen.-wide #both { layout: horizontal; }
    ConflictsScreen.-wide .side { width: 1fr; }
    """

    def __init__(
        self, services: Services, store: CaseStore, sync: Synchronising, case_id: str | None = None
    ) -> None:
        super().__init__()
        self._services, self._store, self._sync, self._case_id = services, store, sync, case_id
        self._rows: Sequence[ConflictRow] = ()
        self._standards: dict[str, Standard | None] = {}
        self._chosen: set[str] = set()
        self._shown: ConflictRow | None = None
        self._choosing = ThreadPoolExecutor(max_workers=1, thread_name_prefix="valg")

    def compose(self) -> ComposeResult:
        """Title, the field, what stood before, both versions."""
        yield TitleBar()
        yield Label("", id="field", markup=False)
        with Container(id="both"):
            for side, name in (("mine", "M  Min udgave"), ("theirs", "D  Deres udgave"), ("before", "Før")):
                with VerticalScroll(id=side, classes="side"):
                    yield Label(name, classes="who", id=f"{side}-who", markup=False)
                    yield Static("", id=f"{side}-text", markup=False)
        yield HintBar()
        yield KeyBar()

    def on_mount(self) -> None:
        """Read what waits."""
        self.query_one(TitleBar).left = "Konflikter"
        self.query_one(KeyBar).keys = bar("conflicts", "app")
        self.query_one(HintBar).keys = f"{FROM}{TO} står om det, der er forskelligt. Tab og pil ruller."
        self.set_focus(self.query_one("#mine"))
        self._choosing.submit(self._read)

    def on_unmount(self) -> None:
        """Choices that are made are still written."""
        self._choosing.shutdown(wait=False)

    @property
    def _syncing(self) -> SyncingApp:
        return self.app  # type: ignore[return-value]

    def sync_changed(self, applied: Applied | None) -> None:
        """A sync may have brought other versions, or settled some."""
        if applied is not None and is_here(self):
            self._choosing.submit(self._read)

    # -- reading -------------------------------------------------------------------------------------

    def _read(self, said: str = "") -> None:
        try:
            rows = self._sync.conflicts(self._case_id)
            for one in rows:
                if one.case_id not in self._standards:
                    self._standards[one.case_id] = self._standard(one.case_id)
        except StoreError as problem:
            self.app.call_later(self._say, f"{problem}")
            return
        self.app.call_later(self._show, rows, said)

    def _standard(self, case_id: str) -> Standard | None:
        """The standard the case is judged by, for the names in it."""
        try:
            case = self._store.load(case_id).case
            on = case.matched_on or self._services.clock().date()
            return self._services.catalogues().in_force(case.municipality, on)
        except (StoreError, NoStandardError):
            return None

    def _show(self, rows: Sequence[ConflictRow], said: str) -> None:
        if not is_here(self):
            return
        self._rows = [one for one in rows if one.id not in self._chosen]
        here = self._shown.id if self._shown else ""
        self._turn_to(
            next((one for one in self._rows if one.id == here), self._rows[0] if self._rows else None)
        )
        if said:
            self._say(said)

    def _turn_to(self, one: ConflictRow | None) -> None:
        """Show a field; what is shown is what a key chooses for."""
        again = self._shown is not None and one is not None and self._shown.id == one.id
        changed = again and (self._shown.mine, self._shown.theirs) != (one.mine, one.theirs)  # type: ignore[union-attr]
        self._shown = one
        self._label()
        if one is None:
            for side in ("mine", "theirs", "before"):
                self.query_one(f"#{side}").display = False
            return
        standard, now = self._standards.get(one.case_id), self._services.clock()
        mine, theirs = (value_text(one.path, value, standard) for value in (one.mine, one.theirs))
        told = dict(zip(("mine", "theirs"), compared(mine, theirs), strict=True))
        told["before"] = value_text(one.path, one.base, standard)
        who = {
            "mine": f"M  Min udgave · {one.mine_by or 'mig'}, {at(one.mine_at, now)}",
            "theirs": f"D  Deres udgave · {one.theirs_by or 'en kollega'}, {at(one.theirs_at, now)}",
            "before": "Grundlag: det stod der, før I begge ændrede det",
        }
        for side, text in told.items():
            self.query_one(f"#{side}-text", Static).update(text)
            self.query_one(f"#{side}-who", Label).update(who[side])
            if not again:
                self.query_one(f"#{side}").scroll_home(animate=False)
        for side in ("mine", "theirs"):
            self.query_one(f"#{side}").display = True
        if changed:
            self._say("Feltet er ændret, mens du så på det. Læs det igen, før du vælger.")

    def _label(self) -> None:
        one, title = self._shown, self.query_one(TitleBar)
        if one is None:
            title.left, title.right = "Konflikter", "ingen"
            self.query_one("#field", Label).update(
                "Der er ingen felter at vælge i. F2 går tilbage."
                if not self._chosen
                else f"Du har valgt i {count(len(self._chosen), 'felt', 'felter')}. "
                "Det sendes ved næste synkronisering. F2 går tilbage."
            )
            return
        number = next(n for n, row in enumerate(self._rows, 1) if row.id == one.id)
        title.left, title.right = (
            f"Konflikter · {one.name or 'Ny sag'}",
            f"felt {number} af {len(self._rows)}",
        )
        standard = self._standards.get(one.case_id)
        self.query_one("#field", Label).update(field_name(one.path, standard, one.kind))

    def _say(self, text: str) -> None:
        if is_here(self):
            self.query_one(HintBar).text = text

    # -- choosing ------------------------------------------------------------------------------------

    def action_settle(self, side: Side) -> None:
        """Choose for the field that is shown, and show the next one at once."""
        one = self._shown
        if one is None:
            return
        place = next(n for n, row in enumerate(self._rows) if row.id == one.id)
        self._chosen.add(one.id)
        self._rows = [row for row in self._rows if row.id != one.id]
        self._say(f"Valgt: {'min' if side == 'mine' else 'deres'} udgave.")
        self._turn_to(self._rows[min(place, len(self._rows) - 1)] if self._rows else None)
        self._choosing.submit(self._settle, one, side)

    def _settle(self, one: ConflictRow, side: Side) -> None:
        try:
            self._sync.settle(one, side)
        except StoreError as problem:  # also when either version is another by now: it is shown again
            self._chosen.discard(one.id)
            self._read(f"{problem}")
            return
        self._syncing.read_sync()

    def action_turn(self, direction: int) -> None:
        """The next or previous field, without choosing."""
        if self._shown is not None:
            place = next(n for n, row in enumerate(self._rows) if row.id == self._shown.id)
            self._say("")
            self._turn_to(self._rows[(place + direction) % len(self._rows)])

    def action_base(self) -> None:
        """Show or hide what stood there before."""
        before = self.query_one("#before")
        before.display = not before.display and self._shown is not None

    def action_back(self) -> None:
        """Back; what was not chosen waits."""
        if self.is_current:
            self.dismiss()

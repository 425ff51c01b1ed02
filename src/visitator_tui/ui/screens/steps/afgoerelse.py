"""Step 6: the decision, item by item: granted or refused, with purpose, goal, reason, extent, start."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from visitator_tui.domain.completeness import application_name, unanswered
from visitator_tui.domain.edit import EditError
from visitator_tui.domain.wording import long_date
from visitator_tui.usecases.deciding import correct, decide_anew
from visitator_tui.usecases.made_apart import apart_told
from visitator_tui.usecases.ports import CaseStore
from visitator_tui.usecases.session import CaseSession

from ...actions import Context, bindings
from ...letter_preview import LetterPreview, wanted_letter
from ...panel import Panel, typing
from ...services import Services
from ...widgets.choice import Picked
from ...widgets.decision_forms import ConsiderationForm, DecisionForm, ItemForm
from ...widgets.line_list import LineList
from .afgoerelse_rows import ABOUT, decision_rows


class DecisionPanel(Panel):
    """Items, considerations and unanswered applications at the left; the form of one at the right."""

    context: Context = "decision"
    bar_contexts = ("decision",)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("decision")]
    DEFAULT_CSS = """
    DecisionPanel #items { width: 28; border-right: vkey $panel; }
    DecisionPanel #form { width: 1fr; padding: 0 1; }
    DecisionPanel #form:focus { background: $surface; }
    DecisionPanel #made { height: auto; text-style: bold; }
    DecisionPanel #preview { width: 1fr; padding: 0 1; border-left: vkey $panel; display: none; }
    """

    def __init__(self, session: CaseSession, services: Services) -> None:
        super().__init__(session, id="afgoerelse")
        self._services, self._law = services, services.law()
        self._key = ABOUT

    def compose(self) -> ComposeResult:
        """Both sides."""
        with Horizontal():
            yield LineList(id="items")
            with VerticalScroll(id="form", can_focus=False):
                yield Static(id="made", markup=False)
                yield DecisionForm(self._law)
                yield ConsiderationForm()
                yield ItemForm(self.session.standard)
            yield LetterPreview(self._services, id="preview", state_on_top=True)

    # -- showing -------------------------------------------------------------------------------------

    def present(self) -> None:
        """List and form; the forms are bound to what the cursor stands on."""
        self._draw()
        self._open_or_close()
        place = self._item_place()
        about = self.query_one(DecisionForm)
        about.display = self._key == ABOUT
        if about.display:
            about.bind(self.session)
        considering = self.query_one(ConsiderationForm)
        considering.display = self._key.startswith("_c:")
        item = self.query_one(ItemForm)
        item.display = place is not None or self._key.startswith("_a:")
        if considering.display:
            considering.bind(self.session, self._key.removeprefix("_c:"))
        if self._key.startswith("_a:"):
            item.ask(application_name(self._key.removeprefix("_a:"), self.session.standard))
        elif place is not None:
            item.bind(self.session, place)
        super().present()

    def _preview(self) -> None:
        """The letter beside the decision, where the terminal is wide enough (else on the next step)."""
        pane = self.query_one("#preview", LetterPreview)
        if pane.display:
            found = self.case_screen.findings()
            pane.ask(wanted_letter(self.session, self._services, found, "afgoerelse"))

    def on_resize(self) -> None:
        """A wider terminal shows the letter."""
        self.call_after_refresh(self._preview)

    def settle(self) -> None:
        """Marks in the list, and what depends on what was typed."""
        self._follow()  # the cursor may have moved since: it is not to be put back
        self._draw()
        self._preview()
        if self._key == ABOUT:
            self.query_one(DecisionForm).bind(self.session)
        place = self._item_place()
        if place is not None:
            self.query_one(ItemForm).bind(self.session, place)

    def _open_or_close(self) -> None:
        """A made decision is read, not edited: its fields take no keys, and the form scrolls instead."""
        closed = self.session.case.decision_is_made
        for form in (DecisionForm, ConsiderationForm, ItemForm):
            self.query_one(form).disabled = closed
        self.query_one("#form", VerticalScroll).can_focus = closed
        self.query_one("#made", Static).display = closed
        if closed:
            made = self.session.case.made[-1]
            self.query_one("#made", Static).update(
                f"Truffet {long_date(made.decided_on)}. Afgørelsen ændres ikke mere.\n"
                "R: ret den med en ny, der nævner den. N: ny afgørelse om den hjælp, borgeren har.\n"
                + (f"! {told}\n" if (told := apart_told(self.session.case)) else "")
            )

    def keys_here(self) -> str:
        """Of a made decision only what can follow it."""
        if self.session.case.decision_is_made:
            return "Enter Læs  Esc Listen  R Ret afgørelsen  N Ny afgørelse"
        return super().keys_here()

    def _refused(self) -> bool:
        """Say why nothing can be changed here, if so."""
        closed = self.session.closed("decision")
        if closed:
            keys = " (R eller N)" if self.session.case.decision_is_made else ""
            self.case_screen.hint(f"{closed[:1].upper()}{closed[1:]}{keys}.", wrong=True)
        return bool(closed)

    def _item_place(self) -> int | None:
        return None if self._key.startswith("_") else self.session.item_index(self._key)

    def _draw(self) -> None:
        rows, items = decision_rows(self.session), self.query_one("#items", LineList)
        there = self._key in {row.key for row in rows}
        items.show(rows, self._key if there else None)
        if not there:  # what it stood on was taken out: the next one has come in its place
            self._key = items.key or ABOUT

    # -- moving --------------------------------------------------------------------------------------

    def enter(self, where: str = "") -> None:
        """To the list, or to a field of an item by its path."""
        parts = where.split(".")
        items = self.session.case.decision.items
        if parts[0] == "considerations" and len(parts) > 1:
            self._go(f"_c:{parts[1]}")
        elif parts[:2] == ["decision", "items"] and len(parts) > 2 and int(parts[2]) < len(items):
            self._go(items[int(parts[2])].delydelse)
        elif where.startswith("decision:"):
            self._go(self._answering(where.removeprefix("decision:")))
        elif where == "decision.items" and (asked := unanswered(self.session.case, self.session.standard)):
            self._go(f"_a:{asked[0]}")
        elif where.startswith(("decision.", "answers.")):
            self._go(ABOUT)
        elif where:
            self._go(where)
        if not (where and self.focus_field(where)):
            self.app.set_focus(self.query_one("#items", LineList))

    def _answering(self, asked: str) -> str:
        """The row of an application, or of the item that answers it; without one, the first that has no answer."""
        waiting = unanswered(self.session.case, self.session.standard)
        if asked in waiting:
            return f"_a:{asked}"
        items = self.session.case.decision.items
        item = next((one for one in items if asked in (one.delydelse, one.answers)), None)
        return item.delydelse if item else f"_a:{waiting[0]}" if waiting else ABOUT

    def place(self) -> tuple[str, int]:
        """A field's path, or the row."""
        focused = self.app.focused
        return str(getattr(focused, "where", self._key)), 0

    def _go(self, key: str) -> None:
        self._key = key
        self.session.pause()
        self.present()
        self.query_one("#form", VerticalScroll).scroll_home(animate=False)

    @on(LineList.Moved, "#items")
    def _moved(self) -> None:
        self._follow()

    def _follow(self) -> None:
        """Show what the cursor stands on. Actions call it too: the list's message may still be under way."""
        key = self.query_one("#items", LineList).key
        if key and key != self._key:
            self._go(key)

    @on(LineList.Chosen, "#items")
    def _chosen(self, event: LineList.Chosen) -> None:
        self._follow()
        if self.session.case.decision_is_made:
            self.app.set_focus(self.query_one("#form", VerticalScroll))
        elif event.key.startswith("_a:"):
            self._answer_application(event.key.removeprefix("_a:"))
        else:
            first = next(
                (f for f in self.query("#form BoundInput, #form BoundText, #form Choice").results()
                 if f.display and all(a.display for a in f.ancestors if a is not self.app)), None,
            )  # fmt: skip
            if first is not None:
                self.app.set_focus(first)

    def action_back(self) -> None:
        """Leave the form for the list."""
        self.app.set_focus(self.query_one("#items", LineList))

    # -- doing ---------------------------------------------------------------------------------------

    def action_outcome(self, outcome: str) -> None:
        """Decide what the cursor stands on; an unanswered application becomes an item first."""
        self._follow()
        if self._refused():
            return
        if self._key.startswith("_a:"):
            self._answer_application(self._key.removeprefix("_a:"), outcome)
            return
        place = self._item_place()
        if place is None:
            self.case_screen.hint("Stil markøren på et punkt først.", wrong=True)
            return
        self._decide(place, outcome)
        self.present()
        self.focus_field(f"decision.items.{place}.reason")

    def _decide(self, place: int, outcome: str) -> None:
        if self.session.case.decision.decided_on is None:
            self.session.set("decision.decided_on", self.session.today.isoformat())
        self.session.set(f"decision.items.{place}.outcome", outcome)
        self.changed()

    @on(Picked)
    def _outcome_picked(self, event: Picked) -> None:
        if event.where == "decision.hearing.needed":
            event.stop()
            self.set(event.where, event.value)
            self.present()  # its fields are there before the next key
        if event.where.endswith(".variant"):
            event.stop()
            self._vary(int(event.where.split(".")[2]), str(event.value))
        if event.where.endswith(".outcome") and event.where.startswith("decision.items."):
            event.stop()
            self._decide(int(event.where.split(".")[2]), str(event.value))
            self.present()

    def _vary(self, place: int, variant: str) -> None:
        """A numbered variant brings its extent (Lokalt dagcenter 3.2: twice a week)."""
        item = self.session.standard.delydelse_by_id[self.session.case.decision.items[place].delydelse]
        chosen = next(one for one in item.variants if one.id == variant)
        self.session.set(f"decision.items.{place}.variant", variant)
        self.session.set(f"decision.items.{place}.extent", chosen.extent.model_dump(mode="json"))
        self.changed()
        self.present()

    def _answer_application(self, asked: str, outcome: str | None = None) -> None:
        """Answer an application: by a delydelse of the standard, or (a refusal) in its own words if none is meant."""
        standard = self.session.standard
        if asked in standard.delydelse_by_id:
            self._carried(asked, asked, outcome)
            return
        from ..search import SearchScreen

        name, ydelse = application_name(asked, standard), asked if asked in standard.ydelse_by_id else ""

        def found(delydelse: str | None) -> None:
            if delydelse:
                self._carried(delydelse, asked, outcome)

        search = SearchScreen(standard, ydelse, asked=asked, name=name, may_stand=outcome == "refused")
        self.app.push_screen(search, found)

    def _carried(self, delydelse: str, answers: str | None, outcome: str | None) -> None:
        existing = self.session.item_index(delydelse)
        place = self.session.choose(delydelse, None if answers == delydelse else answers)
        if existing is not None and answers and answers != delydelse:
            self.session.set(f"decision.items.{place}.answers", answers)
        if outcome:
            self._decide(place, outcome)
        self.changed()
        self._go(delydelse)
        self.app.set_focus(self.query_one("#items", LineList))
        if outcome:
            self.focus_field(f"decision.items.{place}.reason")

    def action_add(self) -> None:
        """Add a delydelse of the standard."""
        if self._refused():
            return
        from ..search import SearchScreen

        self.app.push_screen(
            SearchScreen(self.session.standard),
            lambda found: self._carried(found, None, None) if found else None,
        )

    def action_drop(self) -> None:
        """Take the item out. Ctrl+Z brings it back with every word."""
        self._follow()
        if self._refused():
            return
        if self._item_place() is not None and not typing(self.app.focused):
            self.session.drop(self._key)
            self.changed()
            self.present()
            self.case_screen.hint("Punktet er fjernet. Ctrl+Z henter det tilbage.")

    def action_correct(self) -> None:
        """Begin the decision that takes the made one's place; why is asked at once."""
        if self._begin(correct):
            self.focus_field("decision.corrects.why")
            self.case_screen.hint("Skriv, hvorfor afgørelsen rettes. Ret så punkterne. Ctrl+Z går tilbage.")

    def action_decide_anew(self) -> None:
        """Begin a new decision on the help the citizen has."""
        if self._begin(decide_anew):
            self.case_screen.hint("Hjælpen i dag står som punkter. X fjerner det, der fortsætter uændret.")

    def _begin(self, begin: Callable[[CaseSession], None]) -> bool:
        if not self.session.case.decision_is_made:
            self.case_screen.hint(
                "Den er ikke truffet endnu. Den træffes med brevet: P under Brev (F9).", wrong=True
            )
            return False
        try:
            begin(self.session)
        except EditError as problem:
            said = str(problem)
            self.case_screen.hint(f"{said[:1].upper()}{said[1:]}.", wrong=True)
            return False
        self.changed()
        self._go(ABOUT)
        self.app.set_focus(self.query_one("#items", LineList))
        return True


def panel(session: CaseSession, services: Services, store: CaseStore) -> Panel:
    """The step's panel."""
    del store
    return DecisionPanel(session, services)

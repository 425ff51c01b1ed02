"""One preventive home visit: the talk's focus points, what was agreed, and whether help is asked for."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Label

from visitator_tui.domain.decision_maker import DecisionMaker
from visitator_tui.domain.edit import EditError
from visitator_tui.domain.preventive import NEXT_FORMS, OUTCOMES, PreventiveVisit, lacks, talk_points
from visitator_tui.usecases.fields import read, show
from visitator_tui.usecases.ports import CaseStore, StoreError
from visitator_tui.usecases.preventive import Entry, PreventiveBook, VisitError, talk_guide
from visitator_tui.usecases.visitator import visitator_name

from ..actions import Context, bar, bindings
from ..services import Services
from ..widgets.bars import KeyBar, TitleBar
from ..widgets.choice import YES_NO, ChoiceField, Picked
from ..widgets.fields import LineField, TextField, Typed
from .dialogs import ReadScreen
from .entering import open_case

SAVED_AFTER: Final = 1.0
"""Seconds after the last letter until it is kept."""


class VisitScreen(Screen[None]):
    """Fields top to bottom; everything is kept by itself."""

    help_contexts: ClassVar[tuple[Context, ...]] = ("talk", "form", "app")
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("talk")]
    CSS = "VisitScreen VerticalScroll { padding: 0 1; } VisitScreen TextField BoundText { min-height: 2; }"

    def __init__(self, services: Services, store: CaseStore, book: PreventiveBook, entry: Entry) -> None:
        super().__init__()
        self._services, self._store, self._book, self._entry = services, store, book, entry
        today, visits = services.clock().date(), entry.citizen.visits
        last = len(visits) - 1
        self._number = last if visits and visits[last].on == today else len(visits)
        started = PreventiveVisit(on=today, by=services.visitator)
        self._visit = visits[self._number] if self._number < len(visits) else started
        self._guide = talk_guide(services.catalogues(), services.municipality, self._visit.on)
        self._dirty = self._wrong = False
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """The fields."""
        yield TitleBar()
        with VerticalScroll(can_focus=False):
            yield LineField("Dag", "on", "date", hint="dd-mm-åååå")
            yield ChoiceField("Hvad blev det til", "outcome", tuple(OUTCOMES.items()))
            page = f" (s. {self._guide.page})" if self._guide and self._guide.page else ""
            yield Label(f"Samtalen{page}. Skriv kun, hvor der er noget at skrive.", classes="quiet")
            for point in talk_points(self._guide, self._visit):
                yield TextField(point.name, f"notes.{point.id}")
            yield TextField("Det blev aftalt", "agreed")
            yield ChoiceField("Næste gang", "next_form", tuple(NEXT_FORMS.items()))
            yield LineField("Vil kontakte", "partners", hint="fx egen læge, demenskonsulent")
            yield ChoiceField("Borgeren giver lov", "consent_to_contact", YES_NO)
            yield ChoiceField("Søger hjælp", "asks_for_help", YES_NO)
            yield TextField("Det søges der om (en linje til hver ting)", "applied_for")
            yield TextField("Borgerens egne ord om behovet", "own_view")
        yield KeyBar()

    def on_mount(self) -> None:
        """Fill the fields."""
        citizen = self._entry.citizen
        self.query_one(TitleBar).left = f"Besøg hos {citizen.name}, født {citizen.birth_date:%d-%m-%Y}"
        self.query_one(KeyBar).keys = bar("talk", in_field=True) + "  Tab Næste felt  F1 Hjælp  F10 Luk"
        document = self._visit.model_dump(mode="json")
        for line in self.query(LineField):
            line.field.present(show(line.field.kind, document[line.field.where]))
        for text in self.query(TextField):
            text.field.present(_value(document, text.field.where) or "")
        for choice in self.query(ChoiceField):
            choice.field.present(document[choice.field.where])
        self._told()
        first = self.query(ChoiceField).first()
        self.set_focus(first.field)

    # -- typing and keeping -----------------------------------------------------------------------------

    @on(Typed)
    def _typed(self, event: Typed) -> None:
        event.stop()
        line = next((one for one in self.query(LineField) if one.field.where == event.where), None)
        try:
            value = read(event.kind, event.raw)
            if event.where == "on" and value is None:
                raise EditError("skriv dagen")
        except EditError as problem:
            self._wrong = True
            if line:
                line.mark(str(problem))
            self._told()
            return
        self._wrong = False if event.where == "on" else self._wrong
        if line:
            line.mark(None)
        self._put(event.where, value)

    @on(Picked)
    def _picked(self, event: Picked) -> None:
        event.stop()
        self._put(event.where, event.value)

    def _put(self, where: str, value: Any) -> None:
        document = self._visit.model_dump(mode="json")
        if where.startswith("notes."):
            document["notes"][where.removeprefix("notes.")] = value
        else:
            document[where] = value
        self._visit = PreventiveVisit.model_validate(document)
        self._dirty = True
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(SAVED_AFTER, self.action_save_now)
        self._told()

    def _told(self) -> None:
        lacking = len(lacks(self._visit))
        saved = "dagen er ikke rigtig" if self._wrong else "gemmes …" if self._dirty else "gemt"
        self.query_one(TitleBar).right = f"mangler {lacking} · {saved}" if lacking else saved

    def action_save_now(self) -> None:
        """Keep what was written."""
        self.save_everything()

    def save_everything(self) -> bool:
        """Keep what was written; False, having said why, when it cannot be kept."""
        if not self._dirty:
            return True
        visit = self._visit
        if not visit.by:
            visit = visit.model_copy(update={"by": visitator_name(self._store, "")})
        try:
            self._entry = self._book.write(self._entry, self._number, visit)
        except StoreError as problem:
            self.notify(str(problem), severity="error", timeout=12)
            return False
        self._visit, self._dirty = visit, False
        self._told()
        return True

    # -- doing ---------------------------------------------------------------------------------------

    def action_missing(self) -> None:
        """What the record lacks."""
        found = lacks(self._visit)
        text = "\n\n".join(f"! {one}" for one in found) or "Intet mangler."
        self.app.push_screen(ReadScreen("Det mangler om besøget", text))

    def action_make_case(self) -> None:
        """A case of what is asked for; it opens."""
        if not self.save_everything():
            return
        if self._number >= len(self._entry.citizen.visits):
            self.notify("Skriv først om besøget.", severity="warning")
            return
        try:
            self._entry, case_id = self._book.make_case(
                self._entry,
                self._number,
                self._services.municipality,
                DecisionMaker(
                    name=visitator_name(self._store, self._services.visitator),
                    title=self._services.visitator_title,
                ),
                self._guide,
            )
        except (VisitError, StoreError) as problem:
            self.notify(str(problem), severity="warning", timeout=12)
            return
        self._visit = self._entry.citizen.visits[self._number]
        open_case(self, self._services, self._store, case_id)

    def action_back(self) -> None:
        """Keep everything, and go to the list. A second key that is under way closes nothing more."""
        if self.is_current and self.save_everything():
            self.dismiss()


def _value(document: dict[str, Any], where: str) -> Any:
    if where.startswith("notes."):
        return document["notes"].get(where.removeprefix("notes."))
    return document[where]

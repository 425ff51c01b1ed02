"""Step 3: the ten areas of hverdagsliv; a digit scores, and the cursor moves on in the area (pp. 17-20)."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Static

from visitator_tui.domain.case import AreaAssessment
from visitator_tui.domain.standard import Area
from visitator_tui.usecases.ports import CaseStore
from visitator_tui.usecases.session import CaseSession

from ...actions import Context, bindings
from ...panel import Panel, typing
from ...services import Services
from ...widgets.choice import YES_NO, ChoiceField
from ...widgets.fields import LineField, TextField
from ...widgets.line_list import LineList
from ...widgets.scores import ScoreBoard, meanings
from .hverdagsliv_rows import ABOUT, NOTES, area_rows, assessed, cause_of_nothing, scored, whose_cause


class Areas(Panel):
    """Areas at the left with their state; the area's activities, meanings and notes at the right."""

    context: Context = "areas"
    bar_contexts = ("areas",)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("areas")]
    DEFAULT_CSS = """
    Areas #areas { width: 32; border-right: vkey $panel; }
    Areas #right { width: 1fr; }
    Areas #meanings { height: auto; color: $text-muted; margin-bottom: 1; }
    Areas #notes, Areas #about, Areas #why { height: auto; }
    Areas .whose { height: auto; text-style: bold; }
    """

    def __init__(self, session: CaseSession) -> None:
        super().__init__(session, id="hverdagsliv")
        self._area_id = session.standard.areas[0].id
        self._cursor = 0

    def compose(self) -> ComposeResult:
        """Both sides."""
        with Horizontal():
            areas = LineList(id="areas")
            areas.can_focus = False
            yield areas
            with VerticalScroll(id="right", can_focus=False):
                yield ScoreBoard()
                yield Static(id="meanings")
                with Vertical(id="why"):
                    yield TextField("Hvorfor er området ikke relevant?", "justification")
                with Vertical(id="notes"):
                    yield Static(id="of-activity", classes="whose", markup=False)
                    yield LineField("Årsag", "cause", hint="hvad begrænsningen skyldes")
                    yield Static(id="of-area", classes="whose", markup=False)
                    for key, label in NOTES:
                        yield TextField(label, key)
                with Vertical(id="about"):
                    yield LineField("Vurderet den", "assessment.assessed_on", "date", hint="dd-mm-åååå")
                    yield ChoiceField("Må hente oplysn.", "assessment.consent_to_obtain", YES_NO)
                    yield Static(
                        "Oplysninger fra pårørende, læge, sygehus og andre må kun hentes med borgerens "
                        "tilladelse (Helsingør 2017, s. 17).",
                        classes="quiet",
                    )

    # -- state ---------------------------------------------------------------------------------------

    @property
    def _area(self) -> Area | None:
        return self.session.standard.area_by_id.get(self._area_id)

    def _assessed(self, area: Area) -> AreaAssessment:
        return assessed(area, self.session.case.assessment)

    def present(self) -> None:
        """Everything for the current area; fields are bound to its paths."""
        area = self._area
        why, notes, about = (self.query_one(f"#{name}") for name in ("why", "notes", "about"))
        board, said = self.query_one(ScoreBoard), self.query_one("#meanings", Static)
        about.display = area is None
        board.display = said.display = area is not None
        irrelevant = area is not None and self._assessed(area).relevant is False
        why.display = irrelevant
        notes.display = area is not None and not irrelevant
        said.display = area is not None and bool(area.activities) and not irrelevant
        if area is not None:
            base = f"assessment.areas.{area.id}"
            for field in self.query(TextField):
                field.field.where = f"{base}.{field.field.where.rpartition('.')[2]}"
            cause = self.query_one("#notes LineField", LineField)
            whose = self.query_one("#of-activity", Static)
            cause.display = whose.display = bool(area.activities)
            self.query_one("#of-area", Static).update(f"Om hele området »{area.name}«")
            if area.activities:
                activity = area.activities[min(self._cursor, len(area.activities) - 1)]
                cause.field.where = f"assessment.activities.{activity.id}.cause"
                whose.update(whose_cause(activity, self.session.case.scores))
        super().present()
        self._draw()

    def settle(self) -> None:
        """States of the areas."""
        self._draw()

    def _draw(self) -> None:
        standard, case = self.session.standard, self.session.case
        levels = {level.level: level for level in standard.levels}
        rows = area_rows(standard, case.assessment)
        self.query_one("#areas", LineList).show(rows, self._area_id)
        area = self._area
        if area is None:
            return
        scores = dict(case.assessment.activities)
        self.query_one(ScoreBoard).show(area, self._assessed(area).relevant, scores, levels, self._cursor)
        if area.activities:
            activity = area.activities[self._cursor]
            self.query_one("#meanings", Static).update(
                meanings(activity, levels, case.scores.get(activity.id))
            )

    # -- moving --------------------------------------------------------------------------------------

    def enter(self, where: str = "") -> None:
        """Go to an area, an activity, or a note by its path."""
        parts = where.split(".")
        standard = self.session.standard
        if where in ("assessment.assessed_on", "assessment.consent_to_obtain"):
            self._go(ABOUT)
            self.focus_field(where)
            return
        if len(parts) >= 3 and parts[1] == "areas" and parts[2] in standard.area_by_id:
            self._go(parts[2], self._first_open(standard.area_by_id[parts[2]]))
            if len(parts) == 4 and self.focus_field(where):
                return
        elif len(parts) >= 3 and parts[1] == "activities" and parts[2] in standard.activity_by_id:
            area = standard.area_of_activity[parts[2]]
            self._go(area.id, [a.id for a in area.activities].index(parts[2]))
            if len(parts) == 4 and parts[3] == "cause" and self.focus_field(where):
                return
        self._to_board()

    def _first_open(self, area: Area) -> int:
        scores = self.session.case.scores
        return next((n for n, a in enumerate(area.activities) if a.id not in scores), 0)

    def _to_board(self) -> None:
        if self._area is None:
            self.focus_field("assessment.assessed_on")
        else:
            self.app.set_focus(self.query_one(ScoreBoard))
            self.query_one("#right", VerticalScroll).scroll_home(animate=False)

    def _go(self, area_id: str, cursor: int = 0) -> None:
        self._area_id, self._cursor = area_id, cursor
        self.case_screen.hint("")
        self.session.pause()
        self.present()
        self.case_screen._remember()
        self.case_screen._show_keys()

    def place(self) -> tuple[str, int]:
        """A note's path while in a note; else the activity or area."""
        focused = self.app.focused
        if typing(focused):
            return str(getattr(focused, "where", "")), 0
        area = self._area
        if area is None:
            return "assessment.assessed_on", 0
        if area.activities:
            return f"assessment.activities.{area.activities[self._cursor].id}.level", self._cursor
        return f"assessment.areas.{area.id}", 0

    def _order(self) -> list[str]:
        return [area.id for area in self.session.standard.areas] + [ABOUT]

    def action_area(self, direction: int) -> None:
        """The next or previous area."""
        order = self._order()
        number = order.index(self._area_id) + direction
        if 0 <= number < len(order):
            self._go(order[number])
        self._to_board()

    @on(LineList.Moved, "#areas")
    def _area_clicked(self, event: LineList.Moved) -> None:
        if event.key and event.key != self._area_id:
            self._go(event.key)
            self._to_board()

    @on(ScoreBoard.Clicked)
    def _activity_clicked(self, event: ScoreBoard.Clicked) -> None:
        self._cursor = event.number
        self.present()

    def action_back(self) -> None:
        """Leave a note."""
        self._to_board()

    def keys_here(self) -> str:
        """Without the digits where no activity has levels."""
        keys, area = super().keys_here(), self._area
        graded = area is not None and any(one.graded for one in area.activities)
        return keys if graded or self.in_field() else keys.removeprefix("0-4 Niveau  ")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Arrows move between activities only while the board has the focus."""
        if action == "row":
            return isinstance(self.app.focused, ScoreBoard)
        return super().check_action(action, parameters)

    def action_row(self, step: int) -> None:
        """The next or previous activity, across areas."""
        area = self._area
        if area and 0 <= self._cursor + step < len(area.activities):
            self._go(area.id, self._cursor + step)
            return
        self.action_area(step)
        if step < 0 and (area := self._area) and area.activities:
            self._go(area.id, len(area.activities) - 1)

    # -- doing ---------------------------------------------------------------------------------------

    def _date_it(self) -> None:
        if self.session.case.assessment.assessed_on is None:
            self.session.set("assessment.assessed_on", self.session.today.isoformat())

    def action_score(self, level: int) -> None:
        """Score the activity and move on to the area's next. After its last one the cursor stays.

        What is typed next, a note say, belongs to the area in view; Enter or Pil ned goes on.
        """
        area = self._area
        if area is None or not area.activities:
            return
        activity = area.activities[self._cursor]
        if not activity.graded:
            self.case_screen.hint("Denne aktivitet har ingen niveauer: svar J eller N.", wrong=True)
            return
        if self._assessed(area).relevant is False:
            self.case_screen.hint(
                "Området er sat til ikke relevant. Tryk R, hvis det er relevant.", wrong=True
            )
            return
        self._date_it()
        self.session.set(f"assessment.activities.{activity.id}.level", level)
        self._scored(area)

    def action_answer(self, yes: bool) -> None:
        """Answer an activity that is not graded."""
        area = self._area
        if area is None or not area.activities or area.activities[self._cursor].graded:
            return
        self._date_it()
        self.session.set(f"assessment.activities.{area.activities[self._cursor].id}.answer", yes)
        self._scored(area)

    def _scored(self, area: Area) -> None:
        if self._assessed(area).relevant is None:
            self.session.set(f"assessment.areas.{area.id}.relevant", True)
        self.changed()
        if self._cursor + 1 < len(area.activities):
            self._go(area.id, self._cursor + 1)
            return
        self.present()
        order = self._order()
        following = self.session.standard.area_by_id.get(order[order.index(area.id) + 1])
        name = following.name if following else "Om vurderingen"
        self.case_screen.hint(f"Enter går til {name}. B beskriver dette område.")

    def action_unscore(self) -> None:
        """Take the level away."""
        area = self._area
        if area and area.activities:
            where = f"assessment.activities.{area.activities[self._cursor].id}"
            if self.session.value(where) is not None:
                self.session.set(f"{where}.level", None)
                self.session.set(f"{where}.answer", None)
                self.changed()
                self.present()

    def action_relevant(self, relevant: bool) -> None:
        """Mark the area; not relevant asks for its justification at once (p. 18)."""
        area = self._area
        if area is None:
            return
        self.session.set(f"assessment.areas.{area.id}.relevant", relevant)
        self.changed()
        self.present()
        if relevant:
            self._to_board()
        else:
            self.focus_field(f"assessment.areas.{area.id}.justification")
            stays = (
                " Niveauerne bliver stående, men tæller ikke med."
                if scored(area, self.session.case.assessment)
                else ""
            )
            self.case_screen.hint(f"Skriv begrundelsen. PgDn går videre.{stays}")

    def action_describe(self) -> None:
        """To the notes."""
        area = self._area
        if area is None:
            return
        irrelevant = self._assessed(area).relevant is False
        self.focus_field(f"assessment.areas.{area.id}.{'justification' if irrelevant else 'from_citizen'}")
        if area.activities and not irrelevant:
            self.call_after_refresh(self._cause_into_view)
            if said := cause_of_nothing(area, self._cursor, self.session.case.scores):
                self.case_screen.hint(said)

    def _cause_into_view(self) -> None:
        """Show the notes from their first field on, for the cause is asked before what the citizen says."""
        self.query_one("#of-activity").scroll_visible(animate=False, immediate=True)


def panel(session: CaseSession, services: Services, store: CaseStore) -> Panel:
    """The step's panel."""
    del services, store
    return Areas(session)

"""Step 8: the course of the case. What has to be done, and every event, written and read in one place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from visitator_tui.usecases.course_begin import Beginning, begin
from visitator_tui.usecases.course_closing import StillOpen, still_open
from visitator_tui.usecases.course_facts import facts
from visitator_tui.usecases.course_tasks import Goal, goal_of, in_order
from visitator_tui.usecases.my_day import Task, tasks_of
from visitator_tui.usecases.my_day_task import TASK, Desk, desk_of
from visitator_tui.usecases.ports import CaseStore
from visitator_tui.usecases.session import CaseSession

from ...actions import Context, bindings
from ...course.choices import choices_of
from ...course.kind import EventField
from ...course.reading import done_text, overview_text, reading, task_text
from ...course.register import CLOSING, KIND_OF, KINDS, field_at
from ...course.rows import ABOUT, CLOSE, course_rows, offered, place_of_key
from ...panel import Panel, typing
from ...services import Services
from ...widgets.event_side import EventSide
from ...widgets.line_list import LineList


class CoursePanel(Panel):
    """Tasks and events at the left; at the right what the cursor stands on, or the form of one event."""

    context: Context = "course"
    bar_contexts = ("course",)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("course")]
    DEFAULT_CSS = """
    CoursePanel #events { width: 32; border-right: vkey $panel; }
    CoursePanel.-wide #events { width: 52; }
    """

    def __init__(self, session: CaseSession, services: Services, store: CaseStore) -> None:
        super().__init__(session, id="forloeb")
        self._services, self._store, self._calendar = services, store, services.calendar
        self._key = self._drawn = ABOUT
        self._known: tuple[object, tuple[Task, ...]] | None = None

    def compose(self) -> ComposeResult:
        """Both sides."""
        with Horizontal():
            yield LineList(id="events")
            yield EventSide(self.session)

    @property
    def side(self) -> EventSide:
        """The right side."""
        return self.query_one(EventSide)

    @property
    def list(self) -> LineList:
        """The left side."""
        return self.query_one("#events", LineList)

    # -- what is known -----------------------------------------------------------------------------

    @property
    def desk(self) -> Desk:
        """The case with its standard and calendar."""
        return desk_of(self.session.case, self.session.standard, self._calendar)

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The case's open tasks, in the order of the list."""
        case, today = self.session.case, self.session.today
        if self._known is None or self._known[0] != (id(case), today):
            found = tasks_of(case, self.session.standard, self._calendar)
            self._known = ((id(case), today), in_order(found, today))
        return self._known[1]

    def _asked(self) -> Task | None:
        """The task the cursor stands on."""
        return next((one for one in self.tasks if f"t:{one.key}" == self._key), None)

    def _event(self, key: str) -> Any:
        """The event of a row; the course itself for its end; None when there is none."""
        if key == CLOSE:
            return self.session.case.course
        place = place_of_key(key)
        if place is None:
            return None
        listed = getattr(self.session.case.course, place[0])
        return listed[place[1]] if place[1] < len(listed) else None

    # -- showing -------------------------------------------------------------------------------------

    def present(self) -> None:
        """List and right side. A form whose event is gone is closed."""
        self._keep_up()
        self._present()

    def _keep_up(self) -> None:
        """The cursor may have moved since the list was drawn, and its message be under way: it is not put back."""
        if self._key == self._drawn:
            self._follow()

    def _present(self) -> None:
        if self.side.form is not None and self._event(self._key) is None:
            self._shut()
        self._draw()
        self._show()
        super().present()

    def settle(self) -> None:
        """Something was typed: rows, facts and fields that depend on it."""
        self._keep_up()
        self._draw()
        self._show()

    def on_resize(self, event: events.Resize) -> None:
        """More room for the list where there is some."""
        self.set_class(event.size.width >= 110, "-wide")
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        rows = course_rows(self.session.case, self.session.standard, self.tasks, self.session.today)
        there = self._key in {row.key for row in rows}
        self.list.show(rows, self._key if there else None)
        if not there:  # what it stood on is done: the next one has come in its place
            self._key = self.list.key or ABOUT
        self._drawn = self._key

    def _show(self) -> None:
        side, desk, today = self.side, self.desk, self.session.today
        if side.form is not None:
            side.bind(self._event(self._key), self._facts())
        elif (task := self._asked()) is not None:
            side.read(task_text(task, goal_of(task, desk), today))
        elif (event := self._event(self._key)) is not None:
            side.read(reading(self._key, event, desk, self._facts()))
        else:
            side.read(overview_text(desk, today))
        side.tell(desk)
        self.case_screen._show_keys()

    def _still_open(self) -> tuple[StillOpen, ...]:
        """What is open in the case; nothing once it is closed."""
        if self.session.case.course.closed_on is not None:
            return ()
        letters, printing = self._store.letters(self.session.id), self._services.printing(self._store)
        exported = [one.id for one in letters if self._store.exports(one.id)]
        return still_open(self.desk, self.session.today, letters, printing.entries(done=True), exported)

    def _facts(self) -> tuple[str, ...]:
        if self._key == CLOSE:
            return tuple(f"! {one.text}" for one in self._still_open())
        place = place_of_key(self._key)
        return facts(*place, self.desk, self.session.today) if place else ()

    def on_descendant_focus(self) -> None:
        """The help follows the focus."""
        self.side.tell(self.desk)

    # -- the form --------------------------------------------------------------------------------------

    async def _open(self, key: str) -> None:
        """Put the form of a row's event at the right."""
        event, place = self._event(key), place_of_key(key)
        if event is None:
            return
        self._shut()
        self._key = key
        fields = KIND_OF[place[0]].fields if place else CLOSING
        where = f"course.{place[0]}.{place[1]}" if place else "course"
        await self.side.open(where, fields, choices_of(event, self.desk))
        self._draw()
        self._show()

    def _shut(self) -> None:
        """Take the form away."""
        if self.side.shut():
            self.app.set_focus(self.list)

    def _to_field(self, where: str = "", empty: bool = False) -> None:
        """Put the focus in a field of the form: this one, else the first, or the first empty line."""
        if not (where and self.focus_field(where)):
            self.focus_field(self.side.first_field(empty))

    # -- moving ----------------------------------------------------------------------------------------

    async def prepare(self, where: str) -> None:
        """The form of the event that a path leads into; for what is not written yet, the task that asks for it."""
        where = self._path_of(where)
        name, _, rest = where.removeprefix("course.").partition(".")
        number = rest.partition(".")[0]
        if not where.startswith("course."):
            return
        if name in KIND_OF and number.isdigit() and self._event(f"{name}.{number}") is not None:
            await self._open(f"{name}.{number}")
        elif name in ("closed_on", "closed_because"):
            await self._open(CLOSE)
        else:
            asking = next((one for one in self.tasks if one.where == where), None)
            self._go(f"t:{asking.key}" if asking else ABOUT)

    def _path_of(self, where: str) -> str:
        """The path of an event that a task asks for, by the task's focus; the task's row while there is none."""
        if not where.startswith(TASK):
            return where
        task = next((one for one in self.tasks if one.focus == where), None)
        if task is None:  # it is done meanwhile
            return ABOUT
        goal = goal_of(task, self.desk)
        return goal.where if goal.number is not None else f"t:{task.key}"

    def enter(self, where: str = "") -> None:
        """To a field or event by its path, to a row by its key, else to the list."""
        where = self._path_of(where)
        if self.side.form is not None and where.startswith("course."):
            self._to_field(where)
            return
        if where and not where.startswith("course."):
            self._go(where)
        self.app.set_focus(self.list)

    def place(self) -> tuple[str, int]:
        """A field's path, or the row."""
        return str(getattr(self.app.focused, "where", self._key)), 0

    def _go(self, key: str) -> None:
        self._shut()
        self._key = key
        self.session.pause()
        self._present()
        self.side.home()

    @on(LineList.Moved, "#events")
    def _moved(self) -> None:
        self._follow()

    def _follow(self) -> None:
        """Show what the cursor stands on. Actions call it too: the list's message may still be under way."""
        key = self.list.key
        if key and key != self._key:
            self._go(key)

    @on(LineList.Chosen, "#events")
    async def _chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        self._follow()
        task = self._asked()
        if task is not None:
            await self._mend(task, goal_of(task, self.desk))
        elif self._key == CLOSE and (things := self._still_open()):
            self._ask_before_closing(things)
        elif self._event(self._key) is not None:
            await self._open(self._key)
            self._to_field()

    def keys_here(self) -> str:
        """D stands among the keys where it acts: on a task that today's date alone does."""
        keys, task = super().keys_here(), self._asked()
        return keys if task and self._done_by(task) else keys.replace("  D Gjort i dag", "")

    def _done_by(self, task: Task) -> tuple[Goal, EventField] | None:
        """The field that D writes for a task; None when the task needs more than today's date or a yes."""
        goal = goal_of(task, self.desk)
        field = field_at(goal.path, goal.where) if goal.number is not None else None
        fits = field is not None and goal.by_today and field.kind in ("date", "yes_no")
        return (goal, field) if field is not None and fits else None

    def action_back(self) -> None:
        """Leave the form for the list."""
        self._shut()
        self.app.set_focus(self.list)
        self.present()

    # -- doing -----------------------------------------------------------------------------------------

    async def _mend(self, task: Task, goal: Goal) -> None:
        """Go where a task is done: to another step, to a field, to a new decision; else an event is begun."""
        if goal.decides:
            said = goal.decide(self.session)
            self.changed()
            await self.case_screen.show_step("afgoerelse", "")
            self.case_screen.hint(said)
        elif goal.step != "forloeb":
            await self.case_screen.show_step(goal.step, goal.where)
        elif goal.number is not None:
            await self._open(f"{goal.path}.{goal.number}")
            self._to_field(goal.where)
        else:
            await self._begin(goal.path, task)

    async def _begin(self, path: str, task: Task | None = None) -> None:
        """Write a new event with what is known already, and go to its first empty field."""
        number = len(getattr(self.session.case.course, path))
        self.set(f"course.{path}.{number}", begin(path, Beginning(self.desk, self.session.today, task)))
        await self._open(f"{path}.{number}")
        self._to_field(empty=True)

    def _ask_before_closing(self, things: Sequence[StillOpen]) -> None:
        """Tell what is open; then the visitator closes the case, mends one of the things, or lets it be."""
        from .. import closing

        async def answered(answer: str | None) -> None:
            if answer == closing.CLOSE:
                await self._open(CLOSE)
                self._to_field()
            elif answer is not None:
                one = things[int(answer)]
                await self.case_screen.show_step(one.step, one.where)
                if one.said:
                    self.case_screen.hint(one.said)

        self.app.push_screen(closing.StillOpenScreen(things), answered)

    def action_new_event(self) -> None:
        """Choose what has happened."""
        from ..dialogs import PickScreen

        kinds = [kind for kind in KINDS if offered(kind, self.session.standard)]
        choices = [(kind.path, f"{n if n < 10 else ' '}  {kind.name}") for n, kind in enumerate(kinds, 1)]
        self.app.push_screen(PickScreen("Hvad er der sket?", choices), self._kind_chosen)

    async def _kind_chosen(self, path: str | None) -> None:
        if path:
            await self._begin(path)

    def action_done_today(self) -> None:
        """Write today's date (or a yes) where the task asks for it."""
        self._follow()
        task = self._asked()
        done = self._done_by(task) if task else None
        if done is None:
            self.case_screen.hint("Den løses ikke med dags dato alene. Enter går derhen.", wrong=True)
            return
        (goal, field), day = done, self.session.today
        self.set(goal.where, day.isoformat() if field.kind == "date" else True)
        self.present()
        said = f"{done_text(field, goal, day, self.desk)} Ctrl+Z fortryder."
        self.case_screen.hint(said)
        if len(said) > self.size.width - 2:  # the line would cut a name off
            self.notify(said, timeout=10)

    def action_advis(self) -> None:
        """Write the order the cursor stands on as advis."""
        from ..advis import ask_for_advis

        self._follow()
        place = place_of_key(self._key)
        if place is None or place[0] != "orders" or self._event(self._key) is None:
            self.case_screen.hint("Stil markøren på en bestilling; A skriver den som advis.", wrong=True)
            return
        ask_for_advis(self.case_screen, self._services, place[1])

    def action_drop_event(self) -> None:
        """Take the event out. Ctrl+Z brings it back with every word."""
        self._follow()
        place = place_of_key(self._key)
        if place is None or typing(self.app.focused) or self._event(self._key) is None:
            return
        self._shut()
        self.session.remove(f"course.{self._key}")
        self.changed()
        self.present()
        self.case_screen.hint(f"{KIND_OF[place[0]].name} er fjernet. Ctrl+Z henter det tilbage.")


def panel(session: CaseSession, services: Services, store: CaseStore) -> Panel:
    """The step's panel."""
    return CoursePanel(session, services, store)

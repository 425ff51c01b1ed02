"""Step 8: the course of the case. What has to be done, and every event, written and read in one place."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Static

from visitator_tui.usecases.course_begin import Beginning, begin
from visitator_tui.usecases.course_facts import facts
from visitator_tui.usecases.my_day import Task, tasks_of
from visitator_tui.usecases.my_day_task import Desk, desk_of
from visitator_tui.usecases.ports import CaseStore
from visitator_tui.usecases.session import CaseSession

from ...actions import Context, bindings
from ...course.reading import field_help, overview_text, reading, task_text
from ...course.register import CLOSING, KIND_OF, KINDS
from ...course.rows import ABOUT, CLOSE, course_rows, offered, place_of_key
from ...panel import Panel, present_fields, typing
from ...services import Services
from ...widgets.event_form import EventForm
from ...widgets.line_list import LineList


class CoursePanel(Panel):
    """Tasks and events at the left; at the right what the cursor stands on, or the form of one event."""

    context: Context = "course"
    bar_contexts = ("course",)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("course")]
    DEFAULT_CSS = """
    CoursePanel #events { width: 36; border-right: vkey $panel; }
    CoursePanel.-wide #events { width: 52; }
    CoursePanel #event { width: 1fr; padding: 0 1; }
    CoursePanel #right { width: 1fr; }
    CoursePanel #told { height: auto; max-height: 4; padding: 0 1; background: $panel; color: $text-muted; }
    CoursePanel #read { height: auto; }
    """

    def __init__(self, session: CaseSession, services: Services) -> None:
        super().__init__(session, id="forloeb")
        self._calendar = services.calendar
        self._key = ABOUT
        self._form: EventForm | None = None
        self._known: tuple[object, tuple[Task, ...]] | None = None

    def compose(self) -> ComposeResult:
        """Both sides."""
        with Horizontal():
            yield LineList(id="events")
            with Vertical(id="right"):
                with VerticalScroll(id="event", can_focus=False):
                    yield Static(id="read", markup=False)
                yield Static(id="told", markup=False)

    # -- what is known -----------------------------------------------------------------------------

    @property
    def desk(self) -> Desk:
        """The case with its standard and calendar."""
        return desk_of(self.session.case, self.session.standard, self._calendar)

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The case's open tasks, those that are due first at the top."""
        case = self.session.case
        if self._known is None or self._known[0] is not case:
            found = tasks_of(case, self.session.standard, self._calendar)
            ordered = sorted(
                found, key=lambda one: (one.due is None, one.due or self.session.today, one.weight)
            )
            self._known = (case, tuple(ordered))
        return self._known[1]

    def _asked(self) -> Task | None:
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
        if self._form is not None and self._event(self._key) is None:
            self._shut()
        self._draw()
        self._show()
        super().present()

    def settle(self) -> None:
        """Something was typed: rows, facts and fields that depend on it."""
        self._draw()
        self._show()

    def on_resize(self, event: events.Resize) -> None:
        """More room for the list where there is some."""
        self.set_class(event.size.width >= 110, "-wide")
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        rows = course_rows(self.session.case, self.session.standard, self.tasks, self.session.today)
        keys = {row.key for row in rows}
        if self._key not in keys:
            self._key = ABOUT
        self.query_one("#events", LineList).show(rows, self._key)

    def _show(self) -> None:
        read, form = self.query_one("#read", Static), self._form
        read.display = form is None
        desk, today = self.desk, self.session.today
        if form is not None:
            form.bind(self._event(self._key), self._facts())
        elif (task := self._asked()) is not None:
            read.update(task_text(task, today))
        elif (event := self._event(self._key)) is not None:
            read.update(reading(self._key, event, desk, self._facts()))
        else:
            read.update(overview_text(desk, today))
        self._tell()

    def _facts(self) -> tuple[str, ...]:
        place = place_of_key(self._key)
        return facts(*place, self.desk, self.session.today) if place else ()

    def _tell(self) -> None:
        """What the field with the focus is for."""
        told, where = self.query_one("#told", Static), str(getattr(self.app.focused, "where", ""))
        field = self._form.field_of(where) if self._form is not None and where else None
        text = field_help(field, self.desk) if field else ""
        told.display = bool(text)
        told.update(text)

    def on_descendant_focus(self) -> None:
        """The help follows the focus."""
        self._tell()

    # -- the form --------------------------------------------------------------------------------------

    async def _open(self, key: str) -> None:
        """Put the form of a row's event at the right."""
        event = self._event(key)
        if event is None:
            return
        self._shut()
        self._key = key
        place = place_of_key(key)
        fields = KIND_OF[place[0]].fields if place else CLOSING
        where = f"course.{place[0]}.{place[1]}" if place else "course"
        form = EventForm(where, fields, self._choices(event))
        await self.query_one("#event", VerticalScroll).mount(form)
        self._form = form
        self.query_one("#event", VerticalScroll).scroll_home(animate=False)
        present_fields(form, self.session)
        self._draw()
        self._show()

    def _choices(self, event: Any) -> list[tuple[object, str]]:
        """The granted help, and what the event names besides."""
        known = self.session.standard.delydelse_by_id
        ids = [one.delydelse for one in self.desk.helped_with]
        ids += [one for name in ("items", "modules", "two_staff") for one in getattr(event, name, ())]
        return [(one, known[one].name if one in known else one) for one in dict.fromkeys(ids)]

    def _shut(self) -> None:
        """Take the form away."""
        if self._form is None:
            return
        if self._form in getattr(self.app.focused, "ancestors", ()):
            self.app.set_focus(self.query_one("#events", LineList))
        form, self._form = self._form, None
        form.display = False
        form.remove()

    def _first_field(self, empty: bool = False) -> None:
        """Put the focus in the form: in its first field, or the first line with nothing in it."""
        assert self._form is not None  # noqa: S101 - asked only with a form
        fields = [
            one
            for one in self._form.query("BoundInput, BoundText, Choice").results()
            if all(around.display for around in (one, *one.ancestors) if around is not self.app)
        ]
        blank = [one for one in fields if not getattr(one, "value", "") and not getattr(one, "text", "")]
        self.focus_field(str(getattr((blank if empty and blank else fields)[0], "where", "")))

    # -- moving ----------------------------------------------------------------------------------------

    async def prepare(self, where: str) -> None:
        """The form of the event that a path leads into."""
        name, _, rest = where.removeprefix("course.").partition(".")
        number = rest.partition(".")[0]
        if not where.startswith("course."):
            return
        if name in KIND_OF and number.isdigit() and self._event(f"{name}.{number}") is not None:
            await self._open(f"{name}.{number}")
        elif name in ("closed_on", "closed_because"):
            await self._open(CLOSE)
        elif asking := next((one for one in self.tasks if one.where == where), None):
            self._shut()
            self._key = f"t:{asking.key}"
            self.present()

    def enter(self, where: str = "") -> None:
        """To a field or event by its path, to a row by its key, else to the list."""
        if self._form is not None and where.startswith("course."):
            if not self.focus_field(where):
                self._first_field()
            return
        if where and not where.startswith("course."):
            self._go(where)
        self.app.set_focus(self.query_one("#events", LineList))

    def place(self) -> tuple[str, int]:
        """A field's path, or the row."""
        return str(getattr(self.app.focused, "where", self._key)), 0

    def _go(self, key: str) -> None:
        self._shut()
        self._key = key
        self.session.pause()
        self.present()
        self.query_one("#event", VerticalScroll).scroll_home(animate=False)

    @on(LineList.Moved, "#events")
    def _moved(self) -> None:
        self._follow()

    def _follow(self) -> None:
        """Show what the cursor stands on. Actions call it too: the list's message may still be under way."""
        key = self.query_one("#events", LineList).key
        if key and key != self._key:
            self._go(key)

    @on(LineList.Chosen, "#events")
    async def _chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        self._follow()
        task = self._asked()
        if task is not None:
            await self._mend(task)
        elif self._event(self._key) is not None:
            if self._form is None:
                await self._open(self._key)
            self._first_field()

    def action_back(self) -> None:
        """Leave the form for the list."""
        self._shut()
        self.app.set_focus(self.query_one("#events", LineList))
        self.present()

    # -- doing -----------------------------------------------------------------------------------------

    async def _mend(self, task: Task) -> None:
        """Go where a task is done; an event that is not written yet is begun."""
        parts = task.where.split(".")
        if parts[0] != "course":
            await self.case_screen.show_step(next(one for one in (task.step,) if one), task.where)
            return
        if task.kind == "no_shows" and (order := self._training_order()) is not None:
            await self._open(f"orders.{order}")
            self.focus_field(f"course.orders.{order}.ended_on")
            return
        place = f"{parts[1]}.{parts[2]}" if len(parts) > 2 else ""
        if place and self._event(place) is not None:
            await self._open(place)
            if not self.focus_field(task.where):
                self._first_field()
            return
        await self._begin(parts[1], task)

    def _training_order(self) -> int | None:
        """The running order of help that the rule of no-shows is for; else none."""
        step, standard = self.session.standard.process.no_shows, self.session.standard
        for number, order in enumerate(self.session.case.course.orders):
            ydelser = {standard.ydelse_of[one].id for one in order.items if one in standard.ydelse_of}
            if step and order.ended_on is None and ydelser & set(step.ydelser):
                return number
        return None

    async def _begin(self, path: str, task: Task | None = None) -> None:
        """Write a new event with what is known already, and go to its first empty field."""
        number = len(getattr(self.session.case.course, path))
        self.set(f"course.{path}.{number}", begin(path, Beginning(self.desk, self.session.today, task)))
        await self._open(f"{path}.{number}")
        self._first_field(empty=True)

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
        parts = task.where.split(".") if task else []
        field = None
        if len(parts) == 4 and parts[0] == "course" and self._event(f"{parts[1]}.{parts[2]}") is not None:
            field = next((one for one in KIND_OF[parts[1]].fields if one.name == parts[3]), None)
        if task is None or field is None or field.kind not in ("date", "yes_no"):
            self.case_screen.hint("Den løses ikke med en dato alene. Enter går derhen.", wrong=True)
            return
        self.set(task.where, self.session.today.isoformat() if field.kind == "date" else True)
        self.present()
        day = self.session.today
        said = f"{day:%d-%m-%Y}" if field.kind == "date" else "ja"
        self.case_screen.hint(f"{field.label}: {said}. Ctrl+Z fortryder.")

    def action_drop_event(self) -> None:
        """Take the event out. Ctrl+Z brings it back with every word."""
        self._follow()
        place = place_of_key(self._key)
        if place is None or typing(self.app.focused) or self._event(self._key) is None:
            return
        self._shut()
        self.session.remove(f"course.{self._key}")
        self._key = ABOUT
        self.changed()
        self.present()
        self.case_screen.hint(f"{KIND_OF[place[0]].name} er fjernet. Ctrl+Z henter det tilbage.")


def panel(session: CaseSession, services: Services, store: CaseStore) -> Panel:
    """The step's panel."""
    del store
    return CoursePanel(session, services)

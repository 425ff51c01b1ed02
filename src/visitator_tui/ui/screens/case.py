"""A case: its steps in any order, saved as it is typed, with what is missing always in view."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.timer import Timer
from textual.widget import Widget

from visitator_tui.domain.completeness import Finding, blocking
from visitator_tui.domain.steps import STEP_NAMES, STEPS, Step
from visitator_tui.usecases.my_day import tasks_of
from visitator_tui.usecases.ports import CaseStore, NoStandardError, Place
from visitator_tui.usecases.session import CaseSession

from ..actions import Context, bar, bindings
from ..here import is_here, is_leaving
from ..in_thread import in_thread
from ..panel import Panel, into_view, typing
from ..services import Services
from ..widgets.bars import HintBar, KeyBar, StepBar, TitleBar
from ..widgets.choice import Choice, Picked
from ..widgets.fields import BoundInput, BoundText, Typed
from .receiving import ReceivingScreen

SETTLE_AFTER = 0.15
"""Seconds of quiet before counts of missing things are made again."""

READY_AFTER = 0.2
"""Seconds between the making of two steps in the background."""

STEP_OF: dict[str, Step] = {
    "citizen": "henvendelse", "enquiry": "henvendelse", "case_number": "henvendelse",
    "municipality": "henvendelse", "own_view": "egen_vurdering", "assessment": "hverdagsliv",
    "summary": "samlet_vurdering", "answers": "forslag", "decision": "afgoerelse",
    "considerations": "afgoerelse", "course": "forloeb", "letter": "brev",
}  # fmt: skip
"""Where the parts of a case are worked on, for telling what was undone elsewhere."""

HINT_FOR = 8
"""Seconds a message stands before the keys of the step come back."""


def _panel(step: Step) -> Callable[[CaseSession, Services, CaseStore], Panel]:
    """The panel of a step; its module is imported when it is first shown."""
    from . import steps

    return steps.panel_for(step)


class CaseScreen(ReceivingScreen):
    """The open case."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("case")]
    CSS = """
    CaseScreen #steps { height: 1fr; }
    CaseScreen #no-standard { padding: 1 2; }
    """

    def __init__(self, services: Services, store: CaseStore, session: CaseSession) -> None:
        super().__init__(services, store, session)
        self.step: Step = "henvendelse"
        self._panels: dict[Step, Panel] = {}
        self._settle_timer: Timer | None = None
        self._hint_timer: Timer | None = None
        self._hint_stays = False
        self.writes_letter = False
        """Whether a letter is being written: until it is done, the case stays open."""

    @property
    def help_contexts(self) -> tuple[Context, ...]:
        """What F1 tells about here."""
        panel = self._panels.get(self.step)
        return (*(panel.bar_contexts if panel else ()), "form", "case", "app")

    def compose(self) -> ComposeResult:
        """Title, steps, the step itself, hints, keys."""
        yield TitleBar()
        yield StepBar()
        yield Container(id="steps")
        yield HintBar()
        yield KeyBar()

    async def on_mount(self) -> None:
        """Go where the visitator was."""
        self.query_one(KeyBar).keys = bar("case", "app")
        place = self.session.place
        step: Step = next((one for one in STEPS if one == place.step), "henvendelse")
        await self.show_step(step, place.focus)
        self._settle()
        self._opened()
        self.set_timer(READY_AFTER, self._make_ready)

    @in_thread()
    def _opened(self) -> None:
        # A crash reopens this case: which one is open is kept from the first moment on.
        self.store.remember_place(self.session.id, self.session.place)

    # -- steps -------------------------------------------------------------------------------------

    async def show_step(self, step: Step, where: str = "") -> None:
        """Show a step and put the focus in it."""
        self.session.pause()
        try:
            self.session.standard  # noqa: B018 - every step but the first needs it
        except NoStandardError as problem:
            if step != "henvendelse":
                self.notify(str(problem), severity="warning", timeout=12)
                step, where = "henvendelse", "enquiry.received_on"
        for other in self._panels.values():
            other.display = False
        self.step = step
        panel = await self._mounted(step)
        panel.display = True
        panel.present()
        await panel.prepare(where)
        if not self.query(StepBar):  # the case was left meanwhile
            return
        panel.enter(where)
        self.query_one(StepBar).current = step
        self._show_keys()
        self.hint("")
        self._remember()
        self.flush()
        self._settle()

    async def _mounted(self, step: Step) -> Panel:
        """A step's panel, made and mounted (hidden) if it is not there yet."""
        panel = self._panels.get(step)
        if panel is None:
            panel = _panel(step)(self.session, self.services, self.store)
            panel.display = False
            self._panels[step] = panel
            await self.query_one("#steps").mount(panel)
        return panel

    async def _make_ready(self) -> None:
        """Make the steps that are not there yet, one at a time while nothing happens: then F9 is at once."""
        waiting = [step for step in STEPS if step not in self._panels]
        try:
            self.session.standard  # noqa: B018 - a step cannot be made without it
        except NoStandardError:
            return
        if waiting and is_here(self):
            await self._mounted(waiting[0])
            self.set_timer(READY_AFTER, self._make_ready)

    async def action_step(self, direction: int) -> None:
        """The next or previous step."""
        number = STEPS.index(self.step) + direction
        if 0 <= number < len(STEPS):
            await self.show_step(STEPS[number])

    def action_steps(self) -> None:
        """Choose a step by number."""
        from .dialogs import PickScreen

        choices = [(step, f"{n}  {STEP_NAMES[step]}") for n, step in enumerate(STEPS, 1)]
        self.app.push_screen(PickScreen("Vælg trin", choices, self.step), self._step_picked)

    async def _step_picked(self, step: str | None) -> None:
        if step:
            await self.show_step(next(one for one in STEPS if one == step))

    @on(StepBar.Pressed)
    async def _step_pressed(self, event: StepBar.Pressed) -> None:
        await self.show_step(event.step)

    def action_missing(self) -> None:
        """What is missing; choosing a finding goes to its place."""
        from .dialogs import FindingsScreen

        panel = self._panels.get(self.step)
        lacks = panel.lacks() if panel else None
        self.app.push_screen(
            FindingsScreen(self.findings() if lacks is None else lacks), self._finding_chosen
        )

    async def _finding_chosen(self, finding: Finding | None) -> None:
        if finding:
            await self.show_step(finding.step, finding.where)
            self.hint(finding.message)

    def findings(self) -> tuple[Finding, ...]:
        """What is missing; a missing standard is the first thing."""
        try:
            return self.session.findings()
        except NoStandardError as problem:
            return (
                Finding(code="no_standard", severity="stop", message=str(problem), step="henvendelse",
                        where="enquiry.received_on"),
            )  # fmt: skip

    # -- fields ------------------------------------------------------------------------------------

    @on(Typed)
    def _typed(self, event: Typed) -> None:
        complaint = self.session.type(event.where, self.typed_now(event), event.kind)
        event.mark(complaint)
        if complaint or self._hint_stays:  # a colleague's changes are told to the end
            self._complain(complaint)
        self.case_changed()

    @on(Picked)
    def _picked(self, event: Picked) -> None:
        if closed := self.session.closed(event.where):
            self._complain(closed)
            return
        self.session.set(event.where, event.value)
        self.case_changed()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Leaving a field saves at once."""
        if typing(event.widget):
            self.session.pause()
            self.flush()

    def set_focus(
        self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False
    ) -> None:
        """Move the focus; where it went is brought into view together with its label, by ourselves."""
        super().set_focus(widget, False, from_app_focus)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Remember where the visitator is; show the field with its label, and what is wrong with it."""
        self._remember()
        self._show_keys()
        field = event.widget
        if isinstance(field, BoundInput | BoundText):
            complaint = self.session.complaint(field.where, field.kind)
            if complaint or self._hint_stays:
                self._complain(complaint)
        if isinstance(field, BoundInput | BoundText | Choice):
            self.call_after_refresh(into_view, field)

    def _complain(self, complaint: str | None) -> None:
        text = complaint or ""
        self.hint(text[:1].upper() + text[1:], wrong=complaint is not None, stays=True)

    def _show_keys(self) -> None:
        panel = self._panels.get(self.step)
        if panel is not None and not is_leaving(self):
            self.query_one(HintBar).keys = panel.keys_here()

    def hint(self, text: str, *, wrong: bool = False, stays: bool = False) -> None:
        """One line under the step, for a while; what is wrong with a field stays until it is mended or left."""
        if is_leaving(self):
            return
        bar_ = self.query_one(HintBar)
        bar_.text, bar_.wrong = text, wrong
        self._hint_stays = stays and bool(text)
        if self._hint_timer is not None:
            self._hint_timer.stop()
        self._hint_timer = self.set_timer(HINT_FOR, lambda: self.hint("")) if text and not stays else None

    # -- change and save -----------------------------------------------------------------------------

    def case_changed(self) -> None:
        """Something changed: save soon, count what is missing soon."""
        self.save_soon()
        if self._settle_timer is not None:
            self._settle_timer.stop()
        self._settle_timer = self.set_timer(SETTLE_AFTER, self._settle)
        self._state()

    def _settle(self) -> None:
        self._settle_timer = None
        if is_leaving(self):
            return
        found = self.findings()
        counts: Counter[str] = Counter(finding.step for finding in blocking(found))
        counts["forloeb"] += self._due_now()
        self.query_one(StepBar).missing = dict(counts)
        self.query_one(StepBar).judged = not any(finding.code == "no_standard" for finding in found)
        panel = self._panels.get(self.step)
        if panel is not None and is_here(panel):
            panel.settle()
        self._state()

    def _due_now(self) -> int:
        """How many of the case's tasks are due by now, for the mark of the step Forløb."""
        session = self.session
        try:
            tasks = tasks_of(session.case, session.standard, self.services.calendar)
        except NoStandardError:
            return 0
        return sum(one.due is not None and one.due <= session.today for one in tasks)

    def _state(self) -> None:
        if is_leaving(self):
            return
        title = self.query_one(TitleBar)
        citizen = self.session.case.citizen
        demo = "DEMO · " if self.services.demo else ""
        title.left = f"{demo}{citizen.name or 'Ny sag'}"
        if self._trouble:
            title.right = "IKKE GEMT"
        elif self.session.unsaved or self._saving is not None:
            title.right = "gemmer …"
        else:
            title.right = " · ".join(filter(None, ("gemt", self.syncing.news.mark(self.session.id))))

    def received(self, text: str) -> None:
        """A colleague's changes came in: show them where they belong; focus and cursor stay."""
        self._panels[self.step].present()
        self.hint(text)
        self._settle()

    def _remember(self) -> None:
        panel = self._panels.get(self.step)
        if panel is not None:
            where, cursor = panel.place()
            self.session.go(Place(self.step, where, cursor))

    def action_save_now(self) -> None:
        """Save now."""
        self.flush()
        self.hint("Gemt. Alt bliver også gemt af sig selv, mens du skriver.")

    def action_phrases(self) -> None:
        """Put a phrase into the field with the focus, or keep what is written there."""
        from .phrases import PhrasesScreen

        field = self.focused
        if not isinstance(field, BoundText | BoundInput):
            self.hint("Stil markøren i et tekstfelt først.", wrong=True)
            return
        whole = field.text if isinstance(field, BoundText) else field.value
        written = (field.selected_text if isinstance(field, BoundText) else "") or whole

        def put(phrase: str | None) -> None:
            if phrase and isinstance(field, BoundText):
                field.insert(phrase)
            elif phrase and isinstance(field, BoundInput):
                field.insert_text_at_cursor(phrase)

        self.app.push_screen(PhrasesScreen(self.services, self.store, self.session.case, written), put)

    def action_undo(self) -> None:
        """Take the last change to the case back."""
        undone = self.session.undo()
        if undone is None:
            self.hint("Der er ikke mere at fortryde.")
            return
        self._panels[self.step].present()
        step = STEP_OF.get(undone.where.partition(".")[0], self.step)
        self.hint("Fortrudt." if step == self.step else f"Fortrudt under {STEP_NAMES[step]}.")
        self.case_changed()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In a text field, undo belongs to the field."""
        del parameters
        return not (action == "undo" and typing(self.focused))

    def save_everything(self) -> bool:
        """Save here and now, before the case or the program is left; not while a letter is being written."""
        if self.writes_letter:
            self.hint("Brevet bliver skrevet. Vent et øjeblik, og tryk igen.", wrong=True)
            return False
        return super().save_everything()

    def action_cases(self) -> None:
        """Back to Min dag or the list, everything saved."""
        if self.save_everything():
            self.store.leave()
            self.app.pop_screen()
            if self.syncing.sync is not None:
                self.syncing.sync.nudge()

"""The app: themes, the global keys, and which screen comes first."""

from __future__ import annotations

import os
from typing import ClassVar

from rich.console import RenderableType
from rich.text import Text
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.notifications import SeverityLevel

from visitator_tui.usecases.ports import CaseStore, StoreError

from .actions import Context, bindings
from .in_thread import in_thread
from .services import Services
from .syncing import SyncingApp
from .themes import THEMES

STOPPED = (
    "Visitator stoppede på grund af en fejl i programmet. Det, du har skrevet, er gemt, på nær højst det "
    "sidste sekund. Start programmet igen: sagen åbner, hvor du var."
)


class VisitatorApp(SyncingApp, inherit_bindings=False):
    """Visitator in the terminal. Returns the exit code."""

    TITLE = "Visitator"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("app"), *bindings("form")]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services
        self.animation_level = "none"  # a gliding form would end after its field was brought into view
        self.store: CaseStore | None = None
        for theme in THEMES:
            self.register_theme(theme)
        known = {theme.name for theme in THEMES}
        self.theme = services.theme if services.theme in known else THEMES[0].name

    def panic(self, *renderables: RenderableType) -> None:
        """End after a fault of the program with its kind alone.

        The framework would print a traceback with every local variable, names and health data among them,
        into the terminal's scrollback. ``VISITATOR_DEBUG`` shows it to whoever mends the program.
        """
        if os.environ.get("VISITATOR_DEBUG"):
            super().panic(*renderables)
            return
        kind = type(self._exception).__name__ if self._exception else "ukendt"
        super().panic(Text(f"{STOPPED} (Fejlens art: {kind}.)"))

    def _fatal_error(self) -> None:
        if os.environ.get("VISITATOR_DEBUG"):
            super()._fatal_error()
        else:
            self.panic()

    def on_mount(self) -> None:
        """Ask for the passphrase; the demo opens at once."""
        if self.services.demo:
            self._open_demo()
        else:
            from .screens.unlock import UnlockScreen

            self.push_screen(UnlockScreen(self.services))

    @in_thread()
    def _open_demo(self) -> None:
        try:
            assert self.services.start is not None  # noqa: S101 - demo means start is there
            store = self.services.start()
        except StoreError as problem:
            self.call_from_thread(self.exit, 2, message=str(problem))
            return
        self.call_from_thread(self.unlocked, store)

    def unlocked(self, store: CaseStore) -> None:
        """The database is open: go where the visitator was, or to Min dag."""
        from .screens.cases import CasesScreen
        from .screens.entering import open_case
        from .screens.my_day import MyDayScreen

        self.store = store
        my_day = MyDayScreen(self.services, store)
        self.install_screen(CasesScreen(self.services, store), "cases")
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self.push_screen(my_day)
        self.begin_sync(store)
        for warning in getattr(store, "warnings", ()):
            self.notify(warning, severity="warning", timeout=20)
        if not self.services.demo and (last := store.last_open()):
            open_case(my_day, self.services, store, last, again=True)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Tell something for a while. A message may name a file: brackets in it are text, not markup."""
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=False)

    def action_next_theme(self) -> None:
        """The next of the three themes."""
        names = [theme.name for theme in THEMES]
        self.theme = names[(names.index(self.theme) + 1) % len(names)]

    def action_next_field(self) -> None:
        """Tab."""
        self.screen.focus_next()

    def action_previous_field(self) -> None:
        """Shift+Tab."""
        self.screen.focus_previous()

    def action_scroll_form(self, direction: int) -> None:
        """Scroll the form that the focused field is part of by a screenful."""
        around = self.focused.ancestors if self.focused else ()
        form = next((one for one in around if isinstance(one, VerticalScroll)), None)
        if form is not None:
            form.scroll_relative(y=direction * max(1, form.size.height - 2))

    def action_help(self) -> None:
        """What can be done here; once more shows the way through a case, and then closes it."""
        from .screens.help import HelpScreen

        if isinstance(self.screen, HelpScreen):
            self.screen.again()
            return
        contexts: tuple[Context, ...] = getattr(self.screen, "help_contexts", ("app",))
        self.push_screen(HelpScreen(contexts))

    def action_leave(self) -> None:
        """Save everything, then end."""
        for screen in reversed(self.screen_stack):
            save = getattr(screen, "save_everything", None)
            if save is not None and not save():
                return  # the screen has said why it could not be saved
        self._leave()

    @in_thread("leave", exclusive=True)
    def _leave(self) -> None:
        """Close the database when the sync under way has let go of it; the screen stays alive meanwhile."""
        self.end_sync()
        if self.store is not None:
            self.store.close()
        self.call_later(self.exit, 0)

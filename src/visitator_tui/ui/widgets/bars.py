"""The bars: title at the top, the steps of the case, keys at the bottom."""

from __future__ import annotations

from collections.abc import Mapping

from rich.text import Text
from textual import events
from textual.app import RenderResult
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from visitator_tui.domain.steps import STEP_NAMES, STEPS, Step

_SHORT: dict[Step, str] = {**STEP_NAMES, "egen_vurdering": "Egen", "samlet_vurdering": "Mål"}
"""Names so short that all steps with their numbers have room in 80 columns."""


class TitleBar(Widget):
    """Left: where we are, in ``brief`` where there is no room for it all. Right: whether everything is saved."""

    DEFAULT_CSS = "TitleBar { height: 1; background: $primary-background; color: $foreground; }"
    left: reactive[str] = reactive("Visitator")
    right: reactive[str] = reactive("")
    brief: reactive[str] = reactive("")

    def render(self) -> RenderResult:
        """One line; the right side is never cut."""
        room = max(0, self.size.width - len(self.right) - 2)
        left = self.left if len(self.left) < room else self.brief or self.left
        left = left if len(left) <= room else left[: max(0, room - 1)] + "…"
        return Text(f" {left.ljust(room)}{self.right} ", no_wrap=True, style="bold")


class KeyBar(Widget):
    """The keys that work here, on one line."""

    DEFAULT_CSS = "KeyBar { height: 1; background: $panel; color: $foreground; }"
    keys: reactive[str] = reactive("")

    def render(self) -> RenderResult:
        """One line."""
        return Text(" " + self.keys, no_wrap=True, overflow="ellipsis")


class HintBar(Widget):
    """The keys of the step; for a while what the last key did, or what is wrong with a field."""

    DEFAULT_CSS = "HintBar { height: 1; background: $surface; color: $foreground; }"
    keys: reactive[str] = reactive("")
    text: reactive[str] = reactive("")
    wrong: reactive[bool] = reactive(False)

    def render(self) -> RenderResult:
        """One line; a sign tells a problem from a message."""
        shown = f"{'! ' if self.wrong else ''}{self.text}" if self.text else self.keys
        return Text(f" {shown}", no_wrap=True, overflow="ellipsis", style="bold" if self.text else "")


class StepBar(Widget):
    """The steps with how much each still lacks: a number, or √ when nothing is missing.

    The letter has no mark of its own until every step before it is done; without a standard to judge by
    no step has. The course (Forløb) is never done: its number is what is due by now.
    """

    DEFAULT_CSS = "StepBar { height: 1; background: $surface; color: $foreground; }"
    current: reactive[str] = reactive("henvendelse")
    missing: reactive[Mapping[str, int]] = reactive(dict)
    judged: reactive[bool] = reactive(True)

    class Pressed(Message):
        """A step was clicked."""

        def __init__(self, step: Step) -> None:
            self.step = step
            super().__init__()

    @property
    def _unfinished(self) -> bool:
        """Whether a step before the letter lacks something; the course comes after it."""
        return any(number for step, number in self.missing.items() if step != "forloeb")

    def _labels(self) -> list[tuple[Step, str]]:
        names = STEP_NAMES if self.size.width >= 110 else _SHORT
        labels = []
        for step in STEPS:
            lacks = self.missing.get(step, 0)
            unknown = not self.judged or step == "forloeb" or (step == "brev" and self._unfinished)
            mark = str(lacks) if lacks else "" if unknown else "√"
            labels.append((step, f"{names[step]} {mark}".rstrip()))
        return labels

    def render(self) -> RenderResult:
        """``Henvendelse 2│Egen vurd. √│…``; the current one reversed."""
        line = Text(no_wrap=True, overflow="crop")
        for number, (step, label) in enumerate(self._labels()):
            if number:
                line.append("│", style="dim")
            line.append(label, style="reverse bold" if step == self.current else "")
        return line

    def on_click(self, event: events.Click) -> None:
        """Go to the step under the mouse."""
        x = 0
        for step, label in self._labels():
            if x <= event.x < x + len(label):
                self.post_message(self.Pressed(step))
                return
            x += len(label) + 1

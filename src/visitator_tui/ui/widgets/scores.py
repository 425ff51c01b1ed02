"""The activities of one area with their levels, and what each level means for the one under the cursor."""

from __future__ import annotations

from rich.text import Text
from textual import events
from textual.app import RenderResult
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from visitator_tui.domain.case import ActivityScore
from visitator_tui.domain.standard import Activity, Area, FunctionLevel


class ScoreBoard(Widget, can_focus=True):
    """Draws an area's activities; the panel owns the keys and the cursor."""

    DEFAULT_CSS = """
    ScoreBoard { height: auto; background: $surface; }
    ScoreBoard:focus { background: $panel; }
    """

    class Clicked(Message):
        """An activity was clicked."""

        def __init__(self, number: int) -> None:
            self.number = number
            super().__init__()

    def __init__(self) -> None:
        super().__init__()
        self._area: Area | None = None
        self._relevant: bool | None = None
        self._scores: dict[str, ActivityScore] = {}
        self._levels: dict[int, FunctionLevel] = {}
        self._cursor = 0

    def show(
        self,
        area: Area,
        relevant: bool | None,
        scores: dict[str, ActivityScore],
        levels: dict[int, FunctionLevel],
        cursor: int,
    ) -> None:
        """What to draw."""
        self._area, self._relevant, self._scores = area, relevant, scores
        self._levels, self._cursor = levels, cursor
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Title and a line an activity, or the one line that says there are none."""
        return 1 + max(1, len(self._area.activities) if self._area else 1)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on an activity."""
        if self._area and 1 <= event.y <= len(self._area.activities):
            self.post_message(self.Clicked(event.y - 1))

    def render(self) -> RenderResult:
        """``> At bade              3 Svære begrænsninger``."""
        if self._area is None:
            return Text()
        text = Text(no_wrap=True, overflow="ellipsis")
        state = " (ikke relevant)" if self._relevant is False else ""
        text.append(f"{self._area.name}{state}", style="bold underline")
        if not self._area.activities:
            text.append("\nIngen niveauer. B: beskriv. I: ikke relevant", style="italic")
        for number, activity in enumerate(self._area.activities):
            here = number == self._cursor
            style = "reverse" if here and self.has_focus else "bold" if here else ""
            line = f"{'>' if here else ' '}{self._value(activity)} {activity.label}"
            name = self._level_name(activity)
            if len(line) + len(name) + 2 <= self.size.width:
                line = f"{line}  {name}"
            text.append("\n")
            text.append(line.ljust(self.size.width), style=style)
        return text

    def _value(self, activity: Activity) -> str:
        score = self._scores.get(activity.id)
        if not activity.graded:
            answer = score.answer if score else None
            return "?" if answer is None else "Ja" if answer else "Nej"
        return "-" if score is None or score.level is None else str(score.level)

    def _level_name(self, activity: Activity) -> str:
        score = self._scores.get(activity.id)
        return self._levels[score.level].name if score and score.level is not None else ""


def meanings(activity: Activity, levels: dict[int, FunctionLevel], current: int | None) -> Text:
    """What each level means for an activity: our cue where there is one, else the general meaning."""
    text = Text()
    if not activity.graded:
        text.append("Svar J for ja eller N for nej.", style="italic")
        return text
    text.append("Vejledende: hvad der skal hjælpes med" if activity.cues else "Niveauerne", style="italic")
    for number in range(5):
        level = levels[number]
        short = level.name.replace(" begrænsninger", "")
        meaning = activity.cues[number] if activity.cues else level.meaning
        text.append("\n")
        text.append(f"{number} {short}: ", style="bold reverse" if number == current else "bold")
        text.append(meaning)
    return text

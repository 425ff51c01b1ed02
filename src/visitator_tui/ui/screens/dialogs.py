"""Small dialogs: pick one of a few, what is missing, a text to read."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Label, Static

from visitator_tui.domain.completeness import Finding
from visitator_tui.domain.steps import STEP_NAMES

from ..widgets.line_list import LineList, Row
from .dialog import Dialog


class PickScreen(Dialog[str]):
    """One of a few: arrows and Enter, its number, or its first letter and Enter."""

    def __init__(self, title: str, choices: Sequence[tuple[str, str]], current: str = "") -> None:
        super().__init__()
        self._title, self._choices, self._current = title, list(choices), current

    def compose(self) -> ComposeResult:
        """Title and list."""
        with Vertical(classes="dialog"):
            yield Label(self._title, classes="dialog-title")
            rows = LineList()
            rows.styles.height = len(self._choices)
            yield rows
            yield Label("Enter eller tal vælger. Esc lukker.", classes="quiet")

    def on_mount(self) -> None:
        """Fill the list."""
        rows = self.query_one(LineList)
        rows.show([Row(key, f" {text}") for key, text in self._choices], self._current)
        self.set_focus(rows)

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        self.answer(event.key)

    def key_number(self, number: int) -> None:
        """Pick by number."""
        if 0 < number <= len(self._choices):
            self.answer(self._choices[number - 1][0])

    def on_key(self, event: object) -> None:
        """Digits pick; a letter goes to the next choice that begins with it."""
        character = getattr(event, "character", None) or ""
        if character.isdigit():
            self.key_number(int(character))
        elif character.isalpha():
            self.key_letter(character.casefold())

    def key_letter(self, letter: str) -> None:
        """Go to the next choice whose name begins with a letter."""
        rows = self.query_one(LineList)
        keys = [key for key, _ in self._choices]
        here = keys.index(rows.key) + 1 if rows.key in keys else 0
        for key, text in self._choices[here:] + self._choices[:here]:
            if text.lstrip("0123456789 ").casefold().startswith(letter):
                rows.go(key)
                return


class FindingsScreen(Dialog[Finding]):
    """What is missing before the decision can be made: what stops it first. Enter goes to the place."""

    BINDINGS = [Binding("f3", "close", id="findings.close", show=False, priority=True)]
    CSS = "FindingsScreen .dialog { height: 90%; width: 96%; }"

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__()
        self._findings = sorted(findings, key=lambda finding: finding.severity != "stop")

    def compose(self) -> ComposeResult:
        """Title and list."""
        stops = sum(finding.severity == "stop" for finding in self._findings)
        with Vertical(classes="dialog"):
            title = f"Der mangler {stops} ting, før brevet kan skrives" if stops else "Intet mangler"
            yield Label(title, classes="dialog-title")
            yield LineList(empty=" Afgørelsen kan blive til et brev.")
            yield Label(
                "! skal rettes   · kan overvejes   Enter går til stedet. Esc lukker.", classes="quiet"
            )

    def on_mount(self) -> None:
        """Fill the list at once: the next key may already be on its way."""
        self._fill()
        self.set_focus(self.query_one(LineList))

    def _fill(self) -> None:
        rows: list[Row] = []
        heading = ""
        for number, finding in enumerate(self._findings):
            stops = finding.severity == "stop"
            group = STEP_NAMES[finding.step] if stops else f"Kan overvejes: {STEP_NAMES[finding.step]}"
            if group != heading:
                heading = group
                rows.append(Row(None, heading))
            source = f" ({finding.source})" if finding.source else ""
            rows.append(Row(str(number), f" {'!' if stops else '·'} {finding.message}{source}"))
        self.query_one(LineList).show(rows)

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        self.answer(self._findings[int(event.key)])


class ReadScreen(Dialog[None]):
    """A text to read and scroll."""

    BINDINGS = [Binding("enter,k,f4", "close", id="read.close", show=False, priority=True)]
    CSS = "ReadScreen .dialog { height: 90%; width: 96%; }"

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._title, self._text = title, text

    def compose(self) -> ComposeResult:
        """Title and text."""
        with Vertical(classes="dialog"):
            yield Label(self._title, classes="dialog-title", markup=False)
            with VerticalScroll():
                yield Static(self._text, markup=False)
            yield Label("Pil op og ned ruller. Esc lukker.", classes="quiet")

    def on_mount(self) -> None:
        """Scrolling needs focus."""
        self.set_focus(self.query_one(VerticalScroll))

"""Step 5: what the standard suggests, and why and why not. The visitator chooses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from visitator_tui.domain.case import DecisionItem
from visitator_tui.domain.matching import Suggestion
from visitator_tui.domain.wording import joined
from visitator_tui.usecases.grouping import GROUP_NAMES, Gate, Grouped, group, question_after
from visitator_tui.usecases.ports import CaseStore
from visitator_tui.usecases.session import CaseSession

from ...actions import Context, bindings
from ...panel import Panel
from ...services import Services
from ...widgets.line_list import LineList, Row, wrapped
from .forslag_detail import VERDICTS, detail_rows

FOLDED = ("near", "undetermined", "ruled_out")
"""Groups that show only their count until they are opened."""

FEW = 6
"""So many guiding suggestions stand open; more are folded by ydelse."""


class Suggestions(Panel):
    """Groups at the top (or left), the chosen one's reasons and criteria below (or right)."""

    context: Context = "suggestions"
    bar_contexts = ("suggestions",)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("suggestions")]
    DEFAULT_CSS = """
    Suggestions #both { layout: vertical; height: 1fr; }
    Suggestions #detail { height: 7; border-top: solid $panel; }
    Suggestions #detail:focus { height: 13; }
    """

    def __init__(self, session: CaseSession) -> None:
        super().__init__(session, id="forslag")
        self._open_groups: set[str] = set()
        self._searched: list[str] = []
        self._grouped = Grouped()
        self._detail_of = ""

    def compose(self) -> ComposeResult:
        """List and detail."""
        with Container(id="both"):
            yield LineList(id="suggestions")
            yield LineList(id="detail")

    # -- showing -------------------------------------------------------------------------------------

    def present(self) -> None:
        """List and detail anew; the detail once more when its width is known."""
        self._draw()
        self.call_after_refresh(self._draw_detail)

    def settle(self) -> None:
        """Nothing: answers redraw at once."""

    def enter(self, where: str = "") -> None:
        """To the list; ``answers.<criterion>`` goes to a delydelse that asks it."""
        self.app.set_focus(self.query_one("#suggestions", LineList))
        kind, _, criterion = where.partition(".")
        if kind == "answers" and criterion:
            chosen = {item.delydelse for item in self.session.case.decision.items}
            asking = [s.delydelse for s in self.session.suggestions() if criterion in s.open_criteria]
            best = next((one for one in asking if one in chosen), asking[0] if asking else None)
            if best:
                self._show_item(best)
        elif where in self._by_id:
            self.query_one("#suggestions", LineList).go(where)

    def place(self) -> tuple[str, int]:
        """The delydelse under the cursor."""
        return self.query_one("#suggestions", LineList).key or "", 0

    @property
    def _by_id(self) -> dict[str, Suggestion]:
        return {one.delydelse: one for one in self.session.suggestions()}

    def _draw(self, key: str | None = None) -> None:
        self._grouped = group(self.session.suggestions(), self.session.standard, self._searched)
        rows: list[Row] = []
        for name, found in self._grouped.groups.items():
            if name == "indicative":
                rows += self._indicative_rows(found)
                continue
            folded = name in FOLDED and name not in self._open_groups
            sign = "+" if folded else "-" if name in FOLDED else " "
            rows.append(Row(f"_group:{name}" if name in FOLDED else None,
                            f"{sign} {GROUP_NAMES[name]} ({len(found)})", "heading"))  # fmt: skip
            if not folded:
                rows += [self._row(one) for one in found]
        rows += self._gate_rows() + self._silent_rows()
        rows.append(Row(None, " Appen foreslår; du bestemmer.", "dim"))
        self.query_one("#suggestions", LineList).show(rows, key)
        self._draw_detail()

    def _indicative_rows(self, found: Sequence[Suggestion]) -> list[Row]:
        """Guidance by ydelse, folded when there is much of it: it must not bury what fits."""
        rows = [Row(None, f"  {GROUP_NAMES['indicative']} ({len(found)})", "heading")]
        if len(found) <= FEW:
            return rows + [self._row(one) for one in found]
        for name in dict.fromkeys(one.ydelse for one in found):
            of_ydelse = [one for one in found if one.ydelse == name]
            head, opened = self._fold(f"indicative {name}", f"{name} ({len(of_ydelse)})")
            rows.append(head)
            chosen = [one for one in of_ydelse if self.session.item_index(one.delydelse) is not None]
            rows += [self._row(one) for one in (of_ydelse if opened else chosen)]
        return rows

    def _fold(self, key: str, title: str) -> tuple[Row, bool]:
        opened = key in self._open_groups
        return Row(f"_group:{key}", f"{'-' if opened else '+'} {title}", "heading"), opened

    def _gate_rows(self) -> list[Row]:
        gates = self._grouped.gates
        if not gates:
            return []
        count = sum(gate.opens for gate in gates)
        head, opened = self._fold(
            "gates", f"Kræver en oplysning: {len(gates)} spørgsmål ({count} delydelser)"
        )
        if not opened:
            return [head]
        return [head] + [
            Row(f"_gate:{gate.criterion or gate.ydelse}", f"    {'?' if gate.criterion else '>'} {gate.text}")
            for gate in gates
        ]

    def _silent_rows(self) -> list[Row]:
        silent = self._grouped.silent
        if not silent:
            return []
        head, opened = self._fold("silent", f"Vejledende: niveauet taler ikke for ({len(silent)})")
        return [head] + ([self._row(one) for one in silent] if opened else [])

    def _row(self, one: Suggestion) -> Row:
        chosen = self.session.item_index(one.delydelse) is not None
        mark = "[x]" if chosen else "[ ]"
        lacks = len(one.open_criteria)
        note = f" · {lacks} svar mangler" if lacks and one.verdict in ("open", "indicative") else ""
        other = "" if one.granted_by_visitator else " · bevilges ikke af visitator"
        return Row(
            one.delydelse, f" {mark} {one.name} ({one.source}){note}{other}", "strong" if chosen else "plain"
        )

    def _gate(self, key: str) -> Gate | None:
        wanted = key.removeprefix("_gate:")
        return next((g for g in self._grouped.gates if wanted in (g.criterion, g.ydelse)), None)

    def _draw_detail(self) -> None:
        detail = self.query_one("#detail", LineList)
        key = self._detail_of = self.query_one("#suggestions", LineList).key or ""
        width = max(30, (detail.size.width or 78) - 3)
        if key.startswith("_gate:") and (gate := self._gate(key)):
            hint = "J: ja   N: nej   U: uafklaret" if gate.criterion else "Enter: søg"
            rows = [Row(None, f" {line}", "strong") for line in wrapped(gate.text, width)]
            rows += [Row(None, f" Ja åbner {gate.opens} delydelser.   {hint}", "plain")]
            detail.show(rows)
        elif one := self._by_id.get(key):
            law = self.session.legal_basis(DecisionItem(delydelse=key))
            rows = detail_rows(one, self.session.standard, self.session.case.answers, law, width)
            detail.show(rows, self._next_criterion(one))
        else:
            detail.show([Row(None, " Enter åbner eller lukker gruppen.", "dim")])

    def _next_criterion(self, one: Suggestion) -> str | None:
        current = self.query_one("#detail", LineList).key
        if current in one.open_criteria and self.session.case.answers.get(current or "", 0) == 0:
            return current
        return one.open_criteria[0] if one.open_criteria else None

    # -- moving and doing ------------------------------------------------------------------------------

    @on(LineList.Moved, "#suggestions")
    def _moved(self) -> None:
        self._draw_detail()

    @on(LineList.Chosen, "#suggestions")
    def _opened(self, event: LineList.Chosen) -> None:
        key = event.key
        if key.startswith("_group:"):
            self._open_groups ^= {key.removeprefix("_group:")}
            self._draw(key)
        elif key.startswith("_gate:"):
            gate = self._gate(key)
            if gate and gate.criterion is None:
                self._search(gate.ydelse)
        else:
            self.app.set_focus(self.query_one("#detail", LineList))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Esc leaves the criteria."""
        if action == "back":
            return self.query_one("#detail", LineList).has_focus
        return super().check_action(action, parameters)

    def action_back(self) -> None:
        """Leave the criteria for the list."""
        self.app.set_focus(self.query_one("#suggestions", LineList))

    def on_resize(self) -> None:
        """Text in the detail follows the width."""
        self.call_after_refresh(self._draw_detail)

    def action_criterion(self, answer: bool | None) -> None:
        """Answer the criterion in view; the groups follow at once."""
        key = self.query_one("#suggestions", LineList).key or ""
        if key != self._detail_of:
            self._draw_detail()  # the list's message may still be under way
        if key.startswith("_gate:") and (gate := self._gate(key)) and gate.criterion:
            self._answer_question(gate.criterion, answer)
            return
        criterion = self.query_one("#detail", LineList).key if key in self._by_id else None
        if criterion is None:
            self.case_screen.hint("Her er intet kriterium at svare på.", wrong=True)
            return
        before = self._by_id.get(key)
        self.set(f"answers.{criterion}", answer)
        after = self._by_id.get(key)
        if before and after and before.verdict != after.verdict:
            self.case_screen.hint(f"{after.name}: {VERDICTS[after.verdict]}.")
            if after.verdict == "ruled_out":
                self._open_groups.add("ruled_out")
        self._draw(key)

    def _answer_question(self, criterion: str, answer: bool | None) -> None:
        """Answer a gate question and go on to the next; what a yes brings into the list is told."""
        before, gated = self._grouped.questions, {s.delydelse for s in self.session.suggestions() if s.gated}
        self.set(f"answers.{criterion}", answer)
        found = group(self.session.suggestions(), self.session.standard, self._searched)
        following = question_after(before, criterion, found.questions)
        self._draw(f"_gate:{following}" if following else "_group:gates")
        opened = [one.name for one in self._by_id.values() if one.delydelse in gated and not one.gated]
        if answer and opened:
            new = joined(opened) if len(opened) < FEW // 2 else f"{len(opened)} delydelser"
            self.case_screen.hint(f"Med på listen nu: {new}.")

    def action_choose(self) -> None:
        """Carry to the decision, or take out again (only while nothing is decided on it)."""
        key = self.query_one("#suggestions", LineList).key or ""
        if key not in self._by_id:
            self.case_screen.hint("Stil markøren på en delydelse først. Enter åbner en gruppe.", wrong=True)
            return
        place = self.session.item_index(key)
        if closed := self.session.closed("decision"):
            self.case_screen.hint(f"{closed[:1].upper()}{closed[1:]}.", wrong=True)
            return
        if place is None:
            self.session.choose(key)
            self.case_screen.hint(f"{self._by_id[key].name} er med i afgørelsen (F9).")
        elif self.session.case.decision.items[place].reason.strip():
            self.case_screen.hint(
                "Punktet har en begrundelse. Fjern det under Afgørelse, hvis det skal ud.", wrong=True
            )
            return
        else:
            self.session.drop(key)
            self.case_screen.hint(f"{self._by_id[key].name} er taget ud af afgørelsen.")
        self.changed()
        self._draw(key)

    def action_search(self) -> None:
        """Search the whole standard."""
        self._search("")

    def _search(self, ydelse: str) -> None:
        from ..search import SearchScreen

        self.app.push_screen(SearchScreen(self.session.standard, ydelse), self._found)

    def _found(self, delydelse: str | None) -> None:
        if delydelse:
            self._show_item(delydelse)

    def _show_item(self, delydelse: str) -> None:
        one = self._by_id.get(delydelse)
        if one is None:
            return
        rows = self.query_one("#suggestions", LineList)
        if not any(row.key == delydelse for row in rows.rows):
            self._searched.append(delydelse)
        self._draw(delydelse)
        self.app.set_focus(rows)

    def action_card(self) -> None:
        """The delydelse's full card."""
        from visitator_tui.usecases.card import card

        from ..dialogs import ReadScreen

        key = self.query_one("#suggestions", LineList).key or ""
        if one := self._by_id.get(key):
            law = self.session.legal_basis(DecisionItem(delydelse=key))
            self.app.push_screen(ReadScreen(one.name, card(self.session.standard, key, law)))


def panel(session: CaseSession, services: Services, store: CaseStore) -> Panel:
    """The step's panel."""
    del services, store
    return Suggestions(session)

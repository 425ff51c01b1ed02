"""Step 4: the summary and the overall retningsgivende mål (pp. 20, 22)."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from visitator_tui.domain.profile import before, counted_scores
from visitator_tui.domain.wording import long_date
from visitator_tui.usecases.ports import CaseStore
from visitator_tui.usecases.session import CaseSession

from ...actions import Context
from ...panel import Panel
from ...services import Services
from ...widgets.choice import ChoiceField
from ...widgets.fields import TextField


class Summary(Panel):
    """Summary text, goal, overall level; and what was found in the areas, for reference."""

    context: Context = "summary"
    bar_contexts = ("summary",)

    def compose(self) -> ComposeResult:
        """The fields, then the meaning of the goals."""
        standard = self.session.standard
        with VerticalScroll(can_focus=False):
            yield TextField(
                "Samlet vurdering: borgerens oplevelse og din faglige vurdering i kort form",
                "summary.text", tall=True,
            )  # fmt: skip
            yield ChoiceField(
                "Overordnet mål", "summary.goal", [(goal.id, goal.name) for goal in standard.goals]
            )
            yield ChoiceField(
                "Samlet niveau", "assessment.overall_level",
                [*((level.level, str(level.level)) for level in standard.levels), (None, "ikke sat")],
            )  # fmt: skip
            yield Static(id="goals", classes="quiet")
            yield Static(id="found")

    def present(self) -> None:
        """Fields, meanings and the scores so far."""
        super().present()
        standard = self.session.standard
        self.query_one("#goals", Static).update(
            "\n".join(f"{goal.name}: {goal.meaning}" for goal in standard.goals)
        )
        self.query_one("#found", Static).update(self._profile())

    def _profile(self) -> str:
        """The function profile: a bar a scored activity, with its number (never told by length alone)."""
        standard, case = self.session.standard, self.session.case
        now, earlier = counted_scores(case, standard), before(case, standard)
        scored = [
            (area.name, [activity for activity in area.activities if activity.id in now])
            for area in standard.areas
        ]
        if not any(activities for _, activities in scored):
            return "Der er endnu ingen niveauer fra Hverdagsliv."
        lines = ["Funktionsprofil (0 = ingen begrænsninger, 4 = totale)"]
        if earlier:
            day = f" den {long_date(earlier.on)}" if earlier.on else ""
            lines.append(f"Tallet i parentes er niveauet før{day}.")
        for name, activities in scored:
            if activities:
                lines.append(name)
            for activity in activities:
                level = now[activity.id]
                was = f" ({earlier.levels.get(activity.id, '-')})" if earlier else ""
                lines.append(f"  {level}{was} {'█' * level * 3:12} {activity.label}")
        return "\n".join(lines)


def panel(session: CaseSession, services: Services, store: CaseStore) -> Panel:
    """The step's panel."""
    del services, store
    return Summary(session, id="samlet_vurdering")

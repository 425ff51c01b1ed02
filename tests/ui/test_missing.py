"""What is missing: told as it is, and one key away from where it is mended."""

from __future__ import annotations

from sample_case import changed, whole_case
from test_hverdagsliv import NEW
from visit_kit import LARGE, Desk, Visit

from visitator_tui.domain.case import Case
from visitator_tui.domain.completeness import Finding
from visitator_tui.ui.screens.steps.hverdagsliv import Areas
from visitator_tui.ui.widgets.choice import Choice
from visitator_tui.ui.widgets.fields import BoundInput, BoundText
from visitator_tui.ui.widgets.line_list import LineList
from visitator_tui.ui.widgets.scores import ScoreBoard


def stands_at(visit: Visit, finding: Finding) -> bool:
    """Whether the focus is where a finding is mended: its field, its area, or its row."""
    focused = visit.focused
    if isinstance(focused, BoundInput | BoundText | Choice):
        return focused.where == finding.where or focused.where.startswith(f"{finding.where}.")
    if isinstance(focused, ScoreBoard):
        area = visit.screen.query_one(Areas)._area
        return area is not None and finding.where.startswith(f"assessment.areas.{area.id}")
    return isinstance(focused, LineList) and finding.where.startswith(("decision.items", "answers"))


async def every_finding_leads_to_its_place(desk: Desk, case: Case) -> None:
    async with desk.visiting(case) as visit:
        found = visit.screen.findings()
        assert found
        lost = []
        for place, finding in enumerate(sorted(found, key=lambda one: one.severity != "stop")):
            await visit.to_finding(place)
            if not (visit.screen.step == finding.step and stands_at(visit, finding)):
                lost.append(f"{finding.code}: {finding.where} -> {visit.screen.step} {visit.where}")
        assert not lost


async def test_every_finding_of_a_new_case_leads_to_its_place(desk: Desk) -> None:
    await every_finding_leads_to_its_place(desk, NEW)


async def test_every_finding_of_a_spoilt_decision_leads_to_its_place(desk: Desk) -> None:
    grant = {"delydelse": "indkoebsordning_med_paapladssaetning", "outcome": "granted"}
    case = changed(
        whole_case(),
        enquiry__applied_for=["indkøb", "hjælp til bad"],
        answers={"kan_ikke_selv_koebe_ind": False},
        considerations={},
        assessment__consent_to_obtain=None,
        assessment__areas__indkoeb__from_others="Lægen siger det samme.",
        decision__items=[
            grant,
            {"delydelse": "rengoering_3", "outcome": "refused", "reason": "Niveau 2"},
            {"delydelse": "aeldrebolig"},
            {"delydelse": "hjælp til hunden", "outcome": "refused"},
        ],
        decision__decided_on=None,
        decision__by__name="",
    )
    await every_finding_leads_to_its_place(desk, case)


async def test_the_step_bar_counts_down_as_things_are_mended(desk: Desk) -> None:
    async with desk.visiting(NEW) as visit:
        await visit.until(lambda: visit.missing("henvendelse") == 2)
        await visit.press(*"Åse", "tab", "tab", "tab", *"Vej 1", "tab", *"3000", "tab", *"By")
        await visit.until(lambda: visit.missing("henvendelse") == 0)
        assert "Henvendelse √" in visit.text()
        assert "Brev √" not in visit.text()


async def test_the_letter_is_ready_only_when_every_step_is(desk: Desk) -> None:
    async with desk.visiting(whole_case()) as visit:
        await visit.until(lambda: "Brev √" in visit.text())
        await visit.press(*["backspace"] * 30)
        await visit.until(lambda: "Henvendelse 1" in visit.text())
        assert "Brev √" not in visit.text()


async def test_when_nothing_is_missing_the_list_says_so(desk: Desk) -> None:
    async with desk.visiting(whole_case()) as visit:
        await visit.press("f3")
        assert "Intet mangler" in visit.text()


async def test_what_must_be_mended_stands_first_and_what_may_be_passed_under_a_heading_of_its_own(
    desk: Desk,
) -> None:
    async with desk.visiting(changed(NEW, citizen__name="Åse"), size=LARGE) as visit:
        await visit.press("f3")
        rows = visit.rows()
        assert rows[0] == "Henvendelse"
        first = rows.index("Kan overvejes: Henvendelse")
        assert all(row.startswith(" !") for row in rows[:first] if row.startswith(" "))
        assert all(row.startswith(" ·") for row in rows[first:] if row.startswith(" "))
        assert " · Fødselsdato mangler." in rows[first:]
        await visit.press("enter")
        assert visit.where == "citizen.address.street"


async def test_escape_and_f3_again_close_the_list_where_one_was(desk: Desk) -> None:
    async with desk.visiting(NEW, "egen_vurdering") as visit:
        for key in ("escape", "f3"):
            await visit.press("f3", key, *"ord")
            assert visit.where == "own_view.text"
        assert visit.field == "ordord"

"""The decision: every application answered, grants and refusals that hold."""

from __future__ import annotations

import pytest
from sample_case import changed, whole_case
from textual.widgets import Input
from visit_kit import LARGE, Desk, Visit

from visitator_tui.ui.letter_preview import LetterPreview
from visitator_tui.ui.widgets.line_list import LineList

PLACED = "indkoebsordning_med_paapladssaetning"


async def blocked_by(visit: Visit) -> list[str]:
    """What the Brev step says is missing."""
    await visit.press("f4", "7")
    letter = visit.screen.query_one("#letter", LetterPreview).text
    return [line for line in letter.splitlines() if line.startswith("- ")]


async def test_a_case_where_nothing_is_missing_blocks_nothing(desk: Desk) -> None:
    async with desk.visiting(whole_case(), "afgoerelse", size=LARGE) as visit:
        assert await blocked_by(visit) == []
        assert "Brevet er klar" in visit.text()


@pytest.mark.parametrize(
    "reason",
    ["Niveauet er 2.", "Funktionsniveau 2 er for lavt til rengøring.", "Det er ikke i standarden.", ""],
)
async def test_a_refusal_whose_only_reason_is_level_or_standard_is_stopped_with_the_message(
    desk: Desk, reason: str
) -> None:
    case = changed(whole_case(), decision__items__1__reason="")
    async with desk.visiting(case, "afgoerelse", "decision.items.1.reason", size=LARGE) as visit:
        await visit.type(reason)
        assert visit.case.decision.items[1].reason == reason
        said = await blocked_by(visit)
        assert said and "Rengøring 3" in said[0]
        if reason:
            assert any(
                "Skriv, hvad der konkret gælder for denne borger" in one for one in await blocked_by(visit)
            )
        await visit.press("p")
        assert visit.store.letters(visit.case_id) == []


async def test_a_grant_outside_the_criteria_asks_for_the_professional_reason(desk: Desk) -> None:
    case = changed(whole_case(), answers={"ingen_i_husstanden_kan_koebe_ind": False})
    async with desk.visiting(case, "afgoerelse", "decision.items.0.reason", size=LARGE) as visit:
        assert "Faglig begrundelse" in visit.text()
        said = await blocked_by(visit)
        assert "Skriv den faglige begrundelse" in " ".join(said)
        await visit.to_finding(0)
        assert visit.where == "decision.items.0.professional_reason"
        await visit.type("Ægtefællen er selv blevet syg i denne uge.")
        assert await blocked_by(visit) == []


async def test_a_grant_within_the_criteria_does_not_ask_for_it(desk: Desk) -> None:
    async with desk.visiting(whole_case(), "afgoerelse", "decision.items.0.reason", size=LARGE) as visit:
        assert "Faglig begrundelse" not in visit.text()
        assert "to uger" in visit.text() and "( ) 2" not in visit.text(), "a digit picks by place"


async def test_an_application_must_be_answered_and_a_refusal_answers_it(desk: Desk) -> None:
    case = changed(whole_case(), enquiry__applied_for=[PLACED, "rengøring af hele lejligheden", "en hund"])
    async with desk.visiting(case, "afgoerelse", size=LARGE) as visit:
        assert "en hund" in visit.text()
        await visit.press("down", "down", "end")
        assert "I brevet: " not in visit.text(), "nothing is left of the item shown before"
        await visit.press("a", "enter", *"Borgeren kan ikke selv gå tur med en hund.")
        item = visit.case.decision.items[-1]
        assert (item.delydelse, item.outcome) == ("en hund", "refused")
        said = await blocked_by(visit)
        assert "lovgrundlag mangler" in " ".join(said), "a refusal in the citizen's words needs its paragraph"


async def test_a_refusal_is_of_what_the_standard_has_where_the_application_means_it(desk: Desk) -> None:
    case = changed(
        whole_case(), enquiry__applied_for=[PLACED, "hjælp til badning"], decision__items=[],
    )  # fmt: skip
    async with desk.visiting(case, "afgoerelse", size=LARGE) as visit:
        await visit.press("end", "a", "down", "enter", *"Borgeren bader selv på bænken hver morgen.")
        (item,) = visit.case.decision.items
        assert (item.delydelse, item.answers, item.outcome) == ("bad_3", "hjælp til badning", "refused")
        await visit.press("escape", "n")
        assert "P under Brev" in visit.hint


async def test_granting_an_application_lets_the_delydelse_be_searched(desk: Desk) -> None:
    case = changed(
        whole_case(), enquiry__applied_for=[PLACED, "rengøring af hele lejligheden", "hjælp til bad"]
    )
    async with desk.visiting(case, "afgoerelse", size=LARGE) as visit:
        await visit.press("end", "b")
        assert isinstance(visit.focused, Input)
        assert [row.strip().partition(" (")[0] for row in visit.rows()[:3]] == [
            "Det, ansøgningen ligner",
            "Bad 2",
            "Bad 3",
        ]
        await visit.press(*"bad 3", "enter", *"Borgeren kan ikke stå i badet.")
        item = visit.case.decision.items[-1]
        assert (item.answers, item.outcome) == ("hjælp til bad", "granted")
        assert item.delydelse.startswith("bad_3") and item.reason == "Borgeren kan ikke stå i badet."
        assert "hjælp til bad" not in "".join(visit.rows("items"))


async def test_help_in_the_home_asks_whether_rehabilitation_comes_first(desk: Desk) -> None:
    case = changed(whole_case(), considerations={})
    async with desk.visiting(case, "afgoerelse", size=LARGE) as visit:
        assert any(row.startswith("! Rehabilitering først") for row in visit.rows("items"))
        await visit.press("down", "enter", "1", "tab", *"Slidgigten kan ikke trænes væk.")
        answer = visit.case.considerations["rehabilitering_foerst"]
        assert (answer.outcome, answer.reason) == ("ikke_muligt", "Slidgigten kan ikke trænes væk.")
        await visit.until(
            lambda: any(row.startswith("√ Rehabilitering først") for row in visit.rows("items"))
        )


async def test_every_answer_to_the_consideration_is_in_view_at_eighty_columns(desk: Desk) -> None:
    async with desk.visiting(
        whole_case(), "afgoerelse", "considerations.rehabilitering_foerst.outcome"
    ) as visit:
        assert visit.text().count("( )") + visit.text().count("(x)") == 4


async def test_t_adds_and_x_drops_and_undo_brings_every_word_back(desk: Desk) -> None:
    async with desk.visiting(whole_case(), "afgoerelse", size=LARGE) as visit:
        before = visit.case.decision.items
        await visit.press("t", *"ældrebolig", "enter")
        assert visit.case.decision.items[-1].delydelse == "aeldrebolig"
        await visit.press("x")
        assert visit.case.decision.items == before
        await visit.press("up", "x")
        assert [item.delydelse for item in visit.case.decision.items] == ["rengoering_3"]
        assert visit.screen.query_one("#items", LineList).key == "rengoering_3", (
            "the cursor stays where it was"
        )
        await visit.press("ctrl+z")
        assert visit.case.decision.items == before
        assert (await visit.saved()).decision.items == before


async def test_undo_takes_back_an_outcome(desk: Desk) -> None:
    async with desk.visiting(whole_case(), "afgoerelse", size=LARGE) as visit:
        await visit.press("down", "down", "a", "escape")
        outcomes = [visit.case.decision.items[0].outcome]
        await visit.press("ctrl+z")
        outcomes.append(visit.case.decision.items[0].outcome)
        assert outcomes == ["refused", "granted"]
        assert any(" B Indkøbsordning" in row for row in visit.rows("items"))


async def test_the_first_outcome_dates_the_decision(desk: Desk) -> None:
    case = changed(whole_case(), decision__decided_on=None, decision__items__0__outcome=None)
    async with desk.visiting(case, "afgoerelse") as visit:
        await visit.press("down", "down", "b")
        assert str(visit.case.decision.decided_on) == "2017-03-06"


async def test_a_refusal_shows_only_what_a_refusal_needs(desk: Desk) -> None:
    async with desk.visiting(whole_case(), "afgoerelse", "decision.items.1.reason", size=LARGE) as visit:
        assert "Begrundelse" in visit.text()
        assert "Formål" not in visit.text() and "Starter" not in visit.text()


async def test_what_others_told_can_weigh_against_the_citizen_once_she_has_been_heard(desk: Desk) -> None:
    case = changed(
        whole_case(),
        assessment__areas__daglig_husfoerelse__from_others="Datteren siger, at moderen selv gør rent.",
        assessment__consent_to_obtain=True,
    )
    async with desk.visiting(case, "afgoerelse", size=LARGE) as visit:
        assert len(await blocked_by(visit)) == 1
        await visit.press("f3", "enter")
        assert visit.where == "decision.hearing.needed"
        await visit.press("2")
        assert "Hvorfor den ikke er nødvendig" in visit.text()
        await visit.press("tab")
        assert visit.where == "decision.hearing.reason"
        await visit.type("Borgeren hørte selv, hvad datteren sagde, og gav hende ret.")
        assert await blocked_by(visit) == []


@pytest.mark.parametrize(
    ("outcome", "asks"),
    [("partly", "Det, der ikke bevilges"), ("changed", "Hvad der har ændret sig"), ("stopped", "Sidste dag")],
)
async def test_every_outcome_can_be_chosen_and_asks_for_what_it_needs(
    desk: Desk, outcome: str, asks: str
) -> None:
    number = {"partly": "2", "changed": "4", "stopped": "5"}[outcome]
    async with desk.visiting(whole_case(), "afgoerelse", "decision.items.0.outcome", size=LARGE) as visit:
        await visit.press(number)
        assert visit.case.decision.items[0].outcome == outcome
        assert asks in visit.text()

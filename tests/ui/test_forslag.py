"""What the standard suggests: groups, reasons, questions; the visitator chooses."""

from __future__ import annotations

from sample_case import LEVELS, changed, whole_case
from textual.widgets import Input
from visit_kit import LARGE, Desk, Visit

from visitator_tui.ui.widgets.line_list import LineList

OPEN = changed(whole_case(), answers={}, decision__items=[], considerations={})
"""The sample case before anything was answered or chosen."""


def group_of(visit: Visit, name: str) -> str:
    """The heading of the group in which a delydelse stands."""
    heading = ""
    for row in visit.rows("suggestions"):
        if "[" not in row:
            heading = row.strip(" +-")
        elif name in row:
            return heading
    return ""


async def to(visit: Visit, name: str) -> None:
    """Move the cursor down to a row."""
    rows = visit.screen.query_one("#suggestions", LineList)
    for _ in range(len(rows.rows)):
        if any(row.key == rows.key and name in row.text for row in rows.rows):
            return
        await visit.press("down")
    raise AssertionError(f"{name} is not in the list:\n{visit.text()}")


async def test_answering_the_criteria_moves_a_delydelse_to_what_fits_at_once(desk: Desk) -> None:
    async with desk.visiting(OPEN, "forslag", size=LARGE) as visit:
        await to(visit, "Indkøbsordning med på-pladssætning")
        assert group_of(visit, "på-pladssætning").startswith("Niveauet passer, kriterier mangler svar")
        await visit.type("jjjj")
        assert group_of(visit, "på-pladssætning").startswith("Passer")
        assert set((await visit.saved()).answers.values()) == {True}


async def test_a_no_moves_a_delydelse_to_what_does_not_fit_and_says_so(desk: Desk) -> None:
    async with desk.visiting(OPEN, "forslag", size=LARGE) as visit:
        await to(visit, "Indkøbsordning med på-pladssætning")
        await visit.type("n")
        assert group_of(visit, "på-pladssætning").startswith("Passer ikke")
        assert "Passer ikke" in visit.hint
        assert "Kriterium ikke opfyldt" in visit.text()


async def test_a_shared_criterion_is_asked_once(desk: Desk) -> None:
    async with desk.visiting(OPEN, "forslag", size=LARGE) as visit:
        await to(visit, "Indkøbsordning (s. 136)")
        before = next(row for row in visit.rows("suggestions") if "på-pladssætning" in row)
        await visit.type("j")
        after = next(row for row in visit.rows("suggestions") if "på-pladssætning" in row)
        assert int(before.split("· ")[1][0]) == int(after.split("· ")[1][0]) + 1


async def test_an_answer_can_be_unclear_and_stays_open(desk: Desk) -> None:
    async with desk.visiting(OPEN, "forslag", size=LARGE) as visit:
        await to(visit, "Indkøbsordning med på-pladssætning")
        await visit.press("enter", "u", "escape")
        assert list(visit.case.answers.values()) == [None]
        assert "[?  ]" in visit.text()
        assert group_of(visit, "på-pladssætning").startswith("Niveauet passer")


async def test_v_chooses_and_v_again_takes_out_and_undo_brings_back(desk: Desk) -> None:
    async with desk.visiting(OPEN, "forslag") as visit:
        await to(visit, "Indkøbsordning med på-pladssætning")
        await visit.press("v")
        [item] = visit.case.decision.items
        assert item.delydelse == "indkoebsordning_med_paapladssaetning"
        assert item.purpose and item.reason == "", "the purpose is proposed, the reason never"
        assert "[x] Indkøbsordning med på-pladssætning" in visit.text()
        await visit.press("v")
        assert not visit.case.decision.items
        assert "[ ] Indkøbsordning med på-pladssætning" in visit.text()
        await visit.press("ctrl+z")
        assert list(visit.case.decision.items) == [item]
        assert "[x] Indkøbsordning med på-pladssætning" in visit.text()


async def test_what_has_a_reason_is_not_taken_out_by_a_slip(desk: Desk) -> None:
    async with desk.visiting(whole_case(), "forslag") as visit:
        await to(visit, "Indkøbsordning med på-pladssætning")
        await visit.press("v")
        assert len(visit.case.decision.items) == 2
        assert "begrundelse" in visit.hint


async def test_the_list_is_short_until_a_gate_question_opens_it(desk: Desk) -> None:
    async with desk.visiting(OPEN, "forslag", size=LARGE) as visit:
        assert not [row for row in visit.rows("suggestions") if "Genoptræningsforløb" in row]
        await to(visit, "Kræver en oplysning")
        await visit.press("enter")
        gates = [row for row in visit.rows("suggestions") if row.strip().startswith("?")]
        assert gates and not [row for row in visit.rows("suggestions") if "Aflastende rengøring" in row]
        await to(visit, "pårørende")
        await visit.press("j")
        assert [row for row in visit.rows("suggestions") if "Aflastende rengøring" in row]
        assert True in (await visit.saved()).answers.values()
        assert "Med på listen nu: " in visit.hint


async def test_the_gate_questions_are_answered_in_a_row(desk: Desk) -> None:
    async with desk.visiting(OPEN, "forslag") as visit:
        rows = visit.screen.query_one("#suggestions", LineList)
        await to(visit, "Kræver en oplysning")
        await visit.press("enter", "down")
        asked = [row.key for row in rows.rows if row.text.strip().startswith("?")]
        stood_on = []
        for key in ("j", "n", "u", "n"):
            stood_on.append(rows.key)
            await visit.press(key)
        new = "_gate:visiteret_til_dagcenter"  # asked in the place of the one before it
        assert stood_on == [*asked[:2], new, asked[2]]
        assert list(visit.case.answers.values()) == [True, False, None, False]
        rows.go(asked[-1] or "")
        await visit.press("n")
        assert (rows.key or "").startswith("_gate:"), "after the last question the cursor stays among them"


async def test_search_finds_by_name_word_and_paragraph(desk: Desk) -> None:
    async with desk.visiting(OPEN, "forslag", size=LARGE) as visit:
        await visit.press("s", *"hofte")
        assert all("hofte" in row.lower() for row in visit.rows())
        assert "(T12)" in visit.rows()[0] and "(s. 89)" in visit.rows()[0]
        await visit.press(*["backspace"] * 5, *"§ 54")
        assert any("Ældrebolig" in row for row in visit.rows())
        await visit.press(*["backspace"] * 4, *"findes slet ikke")
        assert visit.rows() == [] and "Intet fundet" in visit.text()


async def test_what_was_searched_for_comes_into_the_list(desk: Desk) -> None:
    async with desk.visiting(OPEN, "forslag", size=LARGE) as visit:
        await visit.press("s", *"hofte", "down", "up", "enter")
        assert group_of(visit, "(T12)").startswith("Søgt frem")
        await visit.press("v")
        [item] = visit.case.decision.items
        assert item.delydelse.startswith("t12")


async def test_the_card_shows_the_page_from_the_search_by_f4_and_from_the_list_by_k(desk: Desk) -> None:
    async with desk.visiting(OPEN, "forslag", size=LARGE) as visit:
        await visit.press("s", *"hoftenær", "f4")
        assert "KRITERIER" in visit.text() and "s. 89" in visit.text()
        await visit.press("escape")
        assert isinstance(visit.focused, Input) and visit.field == "hoftenær"
        await visit.press("escape")
        await to(visit, "Ældrebolig")
        await visit.press("k")
        assert "KRITERIER" in visit.text() and "s. 54" in visit.text()
        await visit.press("escape")
        assert visit.where == "suggestions"


async def test_every_suggestion_has_its_page_and_why(desk: Desk) -> None:
    async with desk.visiting(OPEN, "forslag", size=LARGE) as visit:
        rows = [row for row in visit.rows("suggestions") if row.startswith(" [")]
        assert rows and all("(s. " in row for row in rows)
        await to(visit, "Lokalt dagcenter 2")
        assert "At spise: 0 (kriterium 0-1)" in visit.text()
        assert "At anvende kollektive transportmidler: 3" in visit.text()


async def test_a_near_miss_says_which_level_is_one_away(desk: Desk) -> None:
    async with desk.visiting(changed(OPEN, assessment__overall_level=1), "forslag", size=LARGE) as visit:
        await to(visit, "Tæt på")
        await visit.press("enter", "down")
        assert "Ét niveau fra:" in visit.text()


async def test_a_group_cannot_be_chosen_and_the_screen_says_so(desk: Desk) -> None:
    async with desk.visiting(OPEN, "forslag", size=LARGE) as visit:
        await to(visit, "Passer ikke")
        await visit.press("v")
        assert not visit.case.decision.items
        assert "Stil markøren på en delydelse" in visit.hint


async def test_groups_open_and_close(desk: Desk) -> None:
    async with desk.visiting(OPEN, "forslag", size=LARGE) as visit:
        await to(visit, "Passer ikke")
        before = len(visit.rows("suggestions"))
        await visit.press("enter")
        assert len(visit.rows("suggestions")) > before
        await visit.press("enter")
        assert len(visit.rows("suggestions")) == before


async def test_a_citizen_without_needs_and_facts_sees_a_list_of_one_screen(desk: Desk) -> None:
    case = changed(
        OPEN, assessment__activities={one: {"level": 0} for one in LEVELS}, assessment__overall_level=0
    )
    async with desk.visiting(case, "forslag") as visit:
        assert len(visit.rows("suggestions")) <= 20

"""The visitator goes through the ten areas with the citizen."""

from __future__ import annotations

import re

import pytest
from sample_case import changed, whole_case
from visit_kit import Desk, catalogues

from visitator_tui.domain.case import Case

NEW = Case.model_validate({"municipality": "helsingor", "enquiry": {"received_on": "2017-03-06"}})
GRADED = [
    activity.id
    for area in catalogues().in_force("helsingor", NEW.enquiry.received_on).areas  # type: ignore[arg-type]
    for activity in area.activities
    if activity.graded
]


async def test_twenty_digits_score_the_twenty_graded_activities_with_enter_between_areas(desk: Desk) -> None:
    areas = ("012", "34012", "340", "1234", "01", "2", "3", "4")
    async with desk.visiting(NEW, "hverdagsliv") as visit:
        await visit.type("\n".join(areas) + "\n")
        assert len(GRADED) == 20
        digits = "".join(areas)
        assert visit.case.scores == {one: int(digit) for one, digit in zip(GRADED, digits, strict=True)}
        assert "Har arbejde" in visit.text()
        assert (await visit.saved()).scores == visit.case.scores


async def test_a_score_dates_the_assessment_and_makes_the_area_relevant(desk: Desk) -> None:
    async with desk.visiting(NEW, "hverdagsliv") as visit:
        await visit.press("2")
        assert str(visit.case.assessment.assessed_on) == "2017-03-06"
        assert visit.case.assessment.areas["daglig_husfoerelse"].relevant is True
        assert visit.case.assessment.areas.get("personlig_hygiejne") is None


async def test_the_cursor_stays_in_the_area_after_its_last_level_so_a_note_lands_there(desk: Desk) -> None:
    async with desk.visiting(NEW, "hverdagsliv") as visit:
        await visit.press("0", "1", "2")
        assert visit.hint == "Enter går til Personlig hygiejne. B beskriver dette område."
        await visit.press("3", "b", *"Støver selv af")
        assert list(visit.case.scores.values()) == [0, 1, 3]
        areas = visit.case.assessment.areas
        assert {name: one.from_citizen for name, one in areas.items()} == {
            "daglig_husfoerelse": "Støver selv af"
        }


async def test_the_cause_is_in_view_when_b_opens_the_notes(desk: Desk) -> None:
    async with desk.visiting(NEW, "hverdagsliv") as visit:
        visit.screen.query_one("#right").scroll_end(animate=False)
        await visit.press("b")
        assert "Årsag" in visit.text() and "Borgeren fortæller" in visit.text()


async def test_it_is_told_which_activity_the_cause_is_for(desk: Desk) -> None:
    async with desk.visiting(NEW, "hverdagsliv") as visit:
        await visit.press("4", "1", "0", "b")
        text = visit.text()
        order = ["Om »At sikre", "(niveau 0)", "Årsag", "Om hele området »Daglig", "Borgeren fortæller"]
        assert sorted(order, key=text.index) == order
        assert "aktiviteten med niveau 0" in visit.hint
        await visit.press("escape", "up", "b")
        assert "Om »At vaske tøj/linned« (niveau 1)" in visit.text() and "niveau 0" not in visit.hint


async def test_no_digits_are_offered_where_there_are_no_levels(desk: Desk) -> None:
    async with desk.visiting(NEW, "hverdagsliv") as visit:
        assert "0-4 Niveau" in visit.text()
        await visit.press(*["pagedown"] * 9)
        assert "Øvrige forhold" in visit.text() and "0-4 Niveau" not in visit.text()


async def test_every_area_that_lacks_something_is_marked(desk: Desk) -> None:
    """Also the one without activities, and the date of the assessment."""
    async with desk.visiting(NEW, "hverdagsliv") as visit:
        assert [row[0] for row in visit.rows("areas")] == list("35342111111")
        await visit.press("3", *["pagedown"] * 9, "r")
        assert [row[0] for row in visit.rows("areas")] == list("253421111√√")


async def test_no_other_digit_scores(desk: Desk) -> None:
    async with desk.visiting(NEW, "hverdagsliv") as visit:
        await visit.type("56789")
        assert visit.case.scores == {}


async def test_the_meaning_of_each_level_for_the_activity_is_in_view(desk: Desk) -> None:
    async with desk.visiting(NEW, "hverdagsliv") as visit:
        await visit.press("pagedown")
        assert "At bade" in visit.text() and "4 Totale:" in visit.text()
        assert "badebænk" in visit.text()
        await visit.press("down")
        assert "badebænk" not in visit.text()


async def test_x_takes_a_level_back(desk: Desk) -> None:
    async with desk.visiting(NEW, "hverdagsliv") as visit:
        await visit.press("3", "2", "up", "x")
        assert visit.case.scores == {"goere_rent": 3}
        assert (await visit.saved()).scores == {"goere_rent": 3}


async def test_i_asks_for_the_justification_at_once_and_page_down_goes_on(desk: Desk) -> None:
    async with desk.visiting(NEW, "hverdagsliv") as visit:
        await visit.press("i", *"Datteren ordner det hele", "pagedown", "4")
        areas = visit.case.assessment.areas
        assert areas["daglig_husfoerelse"].relevant is False
        assert areas["daglig_husfoerelse"].justification == "Datteren ordner det hele"
        assert visit.case.scores == {"bade": 4}
        assert visit.rows("areas")[0].startswith("-")


async def test_an_area_that_is_not_relevant_without_justification_is_missing(desk: Desk) -> None:
    async with desk.visiting(NEW, "hverdagsliv") as visit:
        before = visit.missing("hverdagsliv")
        await visit.press("i", "escape")
        await visit.until(lambda: visit.rows("areas")[0].startswith("!"))
        assert visit.missing("hverdagsliv") == before
        await visit.press("b", *"Bor på plejehjem")
        await visit.until(lambda: visit.missing("hverdagsliv") == before - 1)


async def test_an_area_that_is_not_relevant_takes_no_level_until_r_makes_it_relevant(desk: Desk) -> None:
    async with desk.visiting(NEW, "hverdagsliv") as visit:
        await visit.press("i", *"Ingen behov", "escape", "3")
        assert visit.case.scores == {}
        assert "R" in visit.hint and "ikke relevant" in visit.hint
        await visit.press("r", "3")
        assert visit.case.scores == {"goere_rent": 3}
        assert visit.case.assessment.areas["daglig_husfoerelse"].relevant is True


@pytest.mark.parametrize(("key", "answer"), [("j", True), ("n", False)])
async def test_work_is_answered_by_yes_or_no(desk: Desk, key: str, answer: bool) -> None:
    async with desk.visiting(NEW, "hverdagsliv") as visit:
        await visit.press(*["pagedown"] * 8, "2")
        assert "J eller N" in visit.hint
        await visit.press(key)
        assert visit.case.assessment.activities["har_arbejde"].answer is answer
        assert visit.case.assessment.activities["har_arbejde"].level is None
        await visit.press("enter")
        assert "Øvrige forhold" in visit.text().splitlines()[2]


async def test_notes_belong_to_the_area_they_were_written_in(desk: Desk) -> None:
    async with desk.visiting(NEW, "hverdagsliv") as visit:
        await visit.press(
            "b", *"Om rengøring", "pagedown", "b", *"Om badet", "tab", *"Kan bruge bænk", "pageup"
        )
        areas = visit.case.assessment.areas
        assert areas["daglig_husfoerelse"].from_citizen == "Om rengøring"
        assert areas["personlig_hygiejne"].from_citizen == "Om badet"
        assert areas["personlig_hygiejne"].resources == "Kan bruge bænk"
        assert "Om rengøring" in visit.text()


async def test_the_cause_belongs_to_the_activity(desk: Desk) -> None:
    async with desk.visiting(
        whole_case(), "hverdagsliv", "assessment.activities.indkoeb_af_varer.cause"
    ) as visit:
        assert visit.field == "Slidgigt i begge hofter"
        assert visit.hint.startswith("Kan stå i brevet til borgeren.  ")
        await visit.press("pagedown", "pageup", "tab", "shift+tab")
        activities = visit.case.assessment.activities
        assert [one for one, score in activities.items() if score.cause] == ["indkoeb_af_varer"]


async def test_arrows_walk_through_activities_across_areas(desk: Desk) -> None:
    async with desk.visiting(NEW, "hverdagsliv") as visit:
        await visit.press("down", "down", "down", "1", "up", "up", "2")
        assert visit.case.scores == {"bade": 1, "sammenhaeng_i_hverdagen": 2}


async def test_undo_takes_back_score_and_relevance(desk: Desk) -> None:
    async with desk.visiting(NEW, "hverdagsliv") as visit:
        await visit.press("3", "4", "ctrl+z")
        assert visit.case.scores == {"goere_rent": 3}
        await visit.press("pagedown", "i", "escape")
        assert visit.case.assessment.areas["personlig_hygiejne"].relevant is False
        await visit.press("ctrl+z")
        assert visit.case.assessment.areas.get("personlig_hygiejne") is None
        saved = await visit.saved()
        assert saved.scores == {"goere_rent": 3} and "personlig_hygiejne" not in saved.assessment.areas


async def test_undo_to_the_bottom_leaves_the_case_as_it_was_opened(desk: Desk) -> None:
    async with desk.visiting(NEW, "hverdagsliv") as visit:
        await visit.press("3", "i", *"nej", "pagedown", "2", "x", *["ctrl+z"] * 20)
        assert visit.case == NEW
        assert "ikke mere at fortryde" in visit.hint


async def test_a_whole_area_shows_its_levels_in_the_next_steps(desk: Desk) -> None:
    case = changed(whole_case(), assessment__activities__bade__level=4)
    async with desk.visiting(case, "samlet_vurdering") as visit:
        assert "PgDn Funktionsprofil" in visit.hint
        await visit.press("pagedown")
        assert re.search(r"4 █+ +At bade", visit.text())

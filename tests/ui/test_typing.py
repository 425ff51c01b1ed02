"""Typing: fast, half-finished, wrong, and never lost."""

from __future__ import annotations

from sample_case import changed, whole_case
from test_hverdagsliv import NEW
from visit_kit import Desk


async def test_keys_pressed_without_a_pause_land_where_they_should(desk: Desk) -> None:
    async with desk.unlocked() as visit:
        await visit.press(
            "n", *"Åse Ærø", "tab", *"4-5-1938", "down", "down", *"Blåbærvænget 12", "enter", *"3000", "enter",
            *"Helsingør", "f9", *"Jeg kan ikke bære", "tab", *"At blive boende", "f9", *"012", "enter", "3", "b",
            *"Note om bad", "escape", "4", "pagedown", "i", *"Spiser selv", "pagedown", *"44", "f9", *"Samlet tekst",
            "tab", "3", "f9", "s", *"på-plads", "enter", "v", "f9", "down", "down", "b", *"Kan ikke bære", "f9", "f2",
        )  # fmt: skip
        case = visit.store.load(visit.store.rows()[0].id).case
    citizen, assessment = case.citizen, case.assessment
    assert (citizen.name, str(citizen.birth_date)) == ("Åse Ærø", "1938-05-04")
    address = citizen.address
    assert (address.street, address.postal_code, address.town) == ("Blåbærvænget 12", "3000", "Helsingør")
    assert (case.own_view.text, case.own_view.matters_most) == ("Jeg kan ikke bære", "At blive boende")
    assert list(case.scores.values()) == [0, 1, 2, 3, 4, 4, 4]
    written = {area: (one.from_citizen, one.justification) for area, one in assessment.areas.items()}
    assert written["personlig_hygiejne"] == ("Note om bad", "")
    assert written["maaltider"] == ("", "Spiser selv")
    assert written["komme_omkring"] == ("", "")
    assert (case.summary.text, case.summary.goal) == ("Samlet tekst", "fastholde")
    [item] = case.decision.items
    assert (item.delydelse, item.reason) == ("indkoebsordning_med_paapladssaetning", "Kan ikke bære")


async def test_a_backspace_takes_away_the_letter_before_it_however_fast(desk: Desk) -> None:
    async with desk.visiting(NEW) as visit:
        await visit.press(*"Ka", "backspace", *"jx", "backspace", *"åe", "left", "delete", "tab")
        assert visit.case.citizen.name == "Kjå"
        await visit.press("f9", *"Hun gåt", "backspace", *"r", "f8")
        assert visit.case.own_view.text == "Hun går"


async def test_a_half_written_date_is_kept_marked_and_counted_and_survives_closing(desk: Desk) -> None:
    async with desk.visiting(NEW) as visit:
        before = visit.missing("henvendelse")
        await visit.press("tab", *"4-5")
        assert "! Fødselsdato" in visit.text()
        assert "Skriv datoen som dd-mm-åååå" in visit.text()
        await visit.until(lambda: visit.missing("henvendelse") == before + 1)
        await visit.press("f10")
    async with desk.unlocked() as visit:
        await visit.until(lambda: visit.where == "citizen.birth_date")
        assert visit.field == "4-5"
        assert "! Fødselsdato" in visit.text()
        assert visit.missing("henvendelse") == before + 1
        await visit.type("-1938")
        assert "! Fødselsdato" not in visit.text()
        await visit.until(lambda: visit.missing("henvendelse") == before)
        assert str((await visit.saved()).citizen.birth_date) == "1938-05-04"


async def test_a_date_that_does_not_exist_is_told_and_kept(desk: Desk) -> None:
    async with desk.visiting(NEW) as visit:
        await visit.press("tab", *"31-2-1938")
        assert "findes ikke i kalenderen" in visit.text()
        await visit.press("f9", "f8")
        assert "31-2-1938" in visit.text()
        assert visit.case.citizen.birth_date is None


async def test_an_impossible_cpr_number_is_told_and_not_named(desk: Desk) -> None:
    async with desk.visiting(NEW) as visit:
        await visit.press("tab", "tab", *"310299-9999")
        assert "! CPR-nummer" in visit.text()
        assert visit.case.citizen.cpr is None
        assert "310299" not in visit.hint


async def test_a_date_without_a_standard_gives_a_clear_message_and_nothing_breaks(desk: Desk) -> None:
    async with desk.visiting(NEW, focus="enquiry.received_on") as visit:
        await visit.press("end", *["backspace"] * 4, *"2010", "f9")
        await visit.until(lambda: "Der er ingen kvalitetsstandard for" in visit.text())
        assert "Egen│Hverdagsliv│" in visit.text(), "without a standard nothing is judged"
        assert "\n Tab Næste felt\n F2 Tilbage" in visit.text(), "the message covers no keys"
        assert visit.where == "enquiry.received_on"
        await visit.press("f3")
        assert "ingen kvalitetsstandard" in visit.text()
        await visit.press("enter", *"6-3-2017", "f9")
        assert visit.where == "own_view.text"


async def test_enter_and_arrows_go_through_the_lines_of_a_form_that_show_how_they_begin(desk: Desk) -> None:
    lodging = "Lejlighed på anden sal uden elevator, bagbygningen gennem porten til højre for bageren"
    async with desk.visiting(
        changed(whole_case(), citizen__housing=lodging), focus="citizen.housing"
    ) as visit:
        assert "for bageren" in visit.text()
        await visit.press("f4", "1", "enter")
        assert "Lejlighed på anden sal uden" in visit.text()
        assert visit.where == "citizen.birth_date"
        await visit.press("down", "down", "up")
        assert visit.where == "citizen.cpr"
        await visit.press("shift+tab")
        assert visit.where == "citizen.birth_date"


async def test_a_date_gives_way_to_the_first_digit_but_a_name_is_gone_on_with(desk: Desk) -> None:
    async with desk.visiting(whole_case()) as visit:
        await visit.press("enter", *"1-2-1940")
        assert visit.field == "1-2-1940"
        await visit.press("up", *" Bo", "enter", "end", "backspace", "1")
        assert visit.field == "1-2-1941"
        assert visit.case.citizen.name == "Åse Ærø Østergård Bo"
        await visit.press("backspace", "tab", "shift+tab", "3")
        assert visit.field == "1-2-1943"


async def test_people_in_the_household_are_written_one_a_line(desk: Desk) -> None:
    async with desk.visiting(NEW, focus="citizen.household.0.relation") as visit:
        await visit.press(*"ægtefælle", "tab", *"Bo", "tab", "2")
        await visit.until(lambda: visit.screen.query_one(".person-1").display)
        await visit.press("tab", *"søn", "tab", *"Ib", "tab", "1")
        people = (await visit.saved()).citizen.household
        assert [(one.relation, one.name, one.can_share_tasks) for one in people] == [
            ("ægtefælle", "Bo", False),
            ("søn", "Ib", True),
        ]


async def test_what_is_applied_for_is_a_list_with_one_thing_a_line(desk: Desk) -> None:
    async with desk.visiting(NEW, focus="enquiry.applied_for") as visit:
        await visit.type("indkøb\n\nhjælp til bad")
        assert visit.field == "indkøb\n\nhjælp til bad"
        assert (await visit.saved()).enquiry.applied_for == ("indkøb", "hjælp til bad")
        await visit.type("\n" + "\n".join(f"ting {number}" for number in range(3, 12)))
        for shown in ("Søgt om (én ting pr. linje; alt får et svar)", "\n indkøb", "ting 11"):
            assert shown in visit.text()


async def test_a_choice_is_picked_by_number_letter_or_arrow(desk: Desk) -> None:
    async with desk.visiting(NEW, "samlet_vurdering") as visit:
        await visit.press("tab", "f")
        assert visit.case.summary.goal == "fastholde"
        await visit.press("right")
        assert visit.case.summary.goal == "lindre_understoette"
        await visit.press("tab", "3")
        assert visit.case.assessment.overall_level == 3


async def test_undo_takes_back_what_was_typed_in_one_field_at_once(desk: Desk) -> None:
    async with desk.visiting(NEW, "egen_vurdering") as visit:
        await visit.press(*"Først dette", "tab", *"så dette", "f9", "ctrl+z")
        assert visit.case.own_view.text == "Først dette"
        assert visit.case.own_view.matters_most == ""
        assert visit.hint == "Fortrudt under Egen vurdering."
        await visit.press("ctrl+z", "f8")
        assert visit.case.own_view.text == visit.field == ""

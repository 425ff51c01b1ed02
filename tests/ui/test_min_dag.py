"""Min dag: the first screen, what it shows and why, and that Enter leads to where a task is done."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sample_case import changed, whole_case
from test_hverdagsliv import NEW
from textual.widgets import Static
from visit_kit import ACTOR, LARGE, NOW, Desk, Visit

from visitator_tui.domain.case import Case
from visitator_tui.domain.made_decision import with_made
from visitator_tui.ui.screens.case import CaseScreen
from visitator_tui.ui.screens.cases import CasesScreen
from visitator_tui.ui.screens.my_day import MyDayScreen
from visitator_tui.ui.widgets.line_list import LineList
from visitator_tui.usecases.ports import Place


def asked(name: str, received_on: str, **course: Any) -> Case:
    """An enquiry about cleaning; NOW is Monday 6 March 2017."""
    return Case.model_validate(
        {
            "municipality": "helsingor",
            "citizen": {"name": name},
            "enquiry": {"received_on": received_on, "acute": False, "applied_for": ["rengoering_3"]},
            "course": course,
        }
    )


LATE = asked("Late Larsen", "2017-02-20")
"""Talk agreed at the latest 27 February, decision 20 March."""
SOON = asked("Signe Snart", "2017-03-02")
VISITED = asked(
    "Vera Vang", "2017-03-01", appointments=[{"agreed_on": "2017-03-02", "on": "2017-03-06", "at": "10:30"}]
)


def rows(visit: Visit) -> list[str]:
    return [" ".join(row.split()) for row in visit.rows("tasks")]


async def test_the_day_stands_in_order_of_what_bites_first(desk: Desk) -> None:
    for case in (SOON, LATE, VISITED):
        desk.put(case)
    async with desk.opened() as visit:
        assert isinstance(visit.app.screen, MyDayScreen)
        assert rows(visit) == [
            "Besøg og samtaler i dag (1)",
            "i dag Vera Vang Samtale kl. 10.30 s. 15",
            "Overskredet og i dag (1)",
            "7 dage over Late Larsen Aftal tidspunkt for samtalen s. 15",
            "Inden for en uge (1)",
            "om 3 dage Signe Snart Aftal tidspunkt for samtalen s. 15",
        ]
        assert "1 af 3 over fristen" in visit.text()
        assert "Min dag · mandag den 6. marts 2017" in visit.text()


async def test_it_can_be_read_why_a_task_is_due(desk: Desk) -> None:
    desk.put(LATE)
    async with desk.opened(LARGE) as visit:
        said = " ".join(line[81:].strip() for line in visit.text().splitlines())
        for sentence in (
            "Late Larsen", "Frist: mandag den 27. februar 2017 (7 dage overskredet).",
            "Hvorfor: 5 hverdage fra mandag den 20. februar 2017.", "Kilde: Helsingør 2017, s. 15 (regel H-04).",
            "Enter åbner sagen under Forløb.",
        ):  # fmt: skip
            assert sentence in said


async def test_enter_leads_to_where_it_is_done_and_f2_back_with_it_gone(desk: Desk) -> None:
    desk.put(changed(LATE, enquiry__acute=None))
    desk.put(SOON)
    async with desk.opened() as visit:
        assert [row for row in rows(visit) if "akut" in row]
        await visit.press("enter")
        assert (visit.case.citizen.name, visit.screen.step, visit.where) == (
            "Late Larsen", "henvendelse", "enquiry.acute",
        )  # fmt: skip
        await visit.press("2", "f2")
        assert isinstance(visit.app.screen, MyDayScreen)
        await visit.until(lambda: not [row for row in rows(visit) if "akut" in row])
        assert [row for row in rows(visit) if "Late Larsen" in row]


async def test_a_decision_that_will_be_late_leads_to_the_notice_of_delay(desk: Desk) -> None:
    held = {"agreed_on": "2017-02-06", "on": "2017-02-08", "held": True}
    case_id = desk.put(asked("Dorte Dyb", "2017-02-06", appointments=[held]))
    async with desk.opened() as visit:
        [notice] = [n for n, row in enumerate(rows(visit)) if "Giv besked, hvis svaret" in row]
        await visit.press(*["down"] * (notice - 1), "enter")
        assert visit.screen.session.id == case_id
        await visit.press("enter")  # the task is under the cursor: write the notice now
        [begun] = visit.case.course.delay_notices
        assert (begun.about, begun.given_on) == ("decision:rengoering_3", NOW.date())
        assert visit.where == "course.delay_notices.0.expected_on"
        await visit.press(*"20-03-2017", "f2")
        await visit.until(lambda: not [row for row in rows(visit) if "Giv besked" in row])
        assert not [row for row in rows(visit) if "Afgør" in row], "moved to the day that was promised"


def under_cursor(visit: Visit, list_id: str) -> str:
    """The text of the row the cursor stands on."""
    rows_ = visit.app.screen.query_one(f"#{list_id}", LineList)
    return next(row.text for row in rows_.rows if row.key == rows_.key)


async def test_what_opens_is_what_was_shown_though_others_have_the_same_day_and_case(desk: Desk) -> None:
    reviewed = ("rehab_bad_3", "rehab_rengoering_3", "bad_3")
    items = [{"delydelse": one, "outcome": "granted", "review_on": "2017-03-06"} for one in reviewed]
    order = {
        "items": reviewed,
        "information_on": "2017-03-06",
        "ordered_on": "2017-03-06",
        "started_on": "2017-03-06",
    }
    case = changed(whole_case(), decision__items=items, course__orders=[order])
    desk.put(
        changed(
            with_made(case, "b", NOW),
            enquiry__applied_for=["rengoering_4", "bad_4"],
            enquiry__received_on="2017-02-06",
        )
    )
    async with desk.opened(LARGE) as visit:
        names = ["Rehab - Rengøring 3", "Bad 3", "Bad 4"]
        wanted = [
            row for name in names for row in rows(visit) if f": {name} " in row or f"om »{name}«" in row
        ]
        assert len(wanted) == len(names), rows(visit)
        for name, row in zip(names, wanted, strict=True):
            await visit.press(
                "home", *["down"] * [one for one in rows(visit) if not one[0].isupper()].index(row)
            )
            shown = str(visit.app.screen.query_one("#reasons", Static).content).splitlines()[0]
            assert name in shown
            await visit.press("enter")
            opened = under_cursor(visit, "events" if visit.screen.step == "forloeb" else "items")
            assert shown in opened or opened == f"! {name}"
            await visit.press("f2")


async def test_f2_goes_to_the_list_and_back(desk: Desk) -> None:
    desk.put(LATE)
    async with desk.opened() as visit:
        await visit.press("f2")
        assert isinstance(visit.app.screen, CasesScreen)
        assert "Late Larsen" in visit.text()
        await visit.press("enter")
        assert isinstance(visit.app.screen, CaseScreen)
        await visit.press("f2", "f2")
        assert isinstance(visit.app.screen, MyDayScreen)


async def test_typing_filters_by_citizen_task_and_source(desk: Desk) -> None:
    for case in (SOON, LATE, VISITED):
        desk.put(case)
    async with desk.opened() as visit:
        for words, name in (
            ("larsen", "Late Larsen"),
            ("samtale kl", "Vera Vang"),
            ("sig 15", "Signe Snart"),
        ):
            await visit.press("s", *words)
            assert [row for row in rows(visit) if name in row]
            assert len(rows(visit)) == 2, "a heading and the one task"
            await visit.press("escape")
            assert len(rows(visit)) == 6
        await visit.press("s", *"xyzzy")
        assert "Ingen opgave passer" in visit.text()


async def test_letters_that_wait_and_what_others_tell_stand_first(desk: Desk) -> None:
    case_id = desk.put(whole_case())
    store = desk.store()
    letter = store.add_letter(case_id, "afgoerelse", b"%PDF", ACTOR, NOW)
    store.queue_letter(letter.id, 1, False, ACTOR, NOW)
    store.close()
    told: dict[str, Any] = {
        "unsynced": lambda _: "2 sager er ikke synkroniseret.",
        "catalogue_warnings": lambda: ["Kataloget er i stykker."],
    }
    async with desk.opened(**told) as visit:
        assert rows(visit)[:4] == [
            "Beskeder",
            "1 brev venter på at blive printet.",
            "2 sager er ikke synkroniseret.",
            "Kataloget er i stykker.",
        ]
        await visit.press("home", "enter")
        assert "Breve, der venter på at blive printet" in visit.text()
        await visit.press("escape", "down", "down", "enter")
        assert "Besked" in visit.text() and "Kataloget er i stykker." in visit.text()


async def test_without_tasks_it_says_how_to_begin(desk: Desk) -> None:
    async with desk.opened() as visit:
        assert "Intet at gøre i dag. Tryk N for en ny sag" in visit.text()
        await visit.press("n", *"Åse", "f2")
        await visit.until(lambda: any("Åse" in row for row in rows(visit)))


async def test_after_a_crash_the_case_opens_over_min_dag(desk: Desk) -> None:
    desk.put(NEW, Place("egen_vurdering", "own_view.text"))
    async with desk.opened() as visit:
        await visit.until(lambda: visit.where == "own_view.text")
        await visit.press("f2")
        assert isinstance(visit.app.screen, MyDayScreen)


async def test_a_database_of_before_is_reckoned_while_one_looks_on(desk: Desk) -> None:
    for number in range(30):
        desk.put(changed(LATE, citizen__name=f"Borger {number}"))
    store = desk.store()
    with store.writing() as work:
        for table in ("tasks", "reckoned"):
            work.connection.exec_driver_sql(f"DELETE FROM {table}")
    store.close()
    async with desk.opened() as visit:
        await visit.until(lambda: "30 af 30 over fristen" in visit.text())


async def test_a_new_day_brings_new_tasks(desk: Desk) -> None:
    desk.put(SOON)
    days = [0]
    async with desk.opened(clock=lambda: NOW + timedelta(days=days[0])) as visit:
        assert rows(visit)[1].startswith("om 3 dage")
        days[0] = 4
        await visit.press("f2", "f2")
        await visit.until(lambda: rows(visit)[1].startswith("1 dag over"))


async def test_two_fast_enters_open_a_task_once(desk: Desk) -> None:
    desk.put(LATE)
    async with desk.opened() as visit:
        await visit.press("enter", "enter")
        assert len([one for one in visit.app.screen_stack if isinstance(one, CaseScreen)]) == 1

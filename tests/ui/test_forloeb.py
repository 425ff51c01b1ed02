"""The course of a case, walked by keys at 80x24: what has to be done, and every event written and read."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sample_case import changed, whole_case
from visit_kit import NOW, Desk, Visit

from visitator_tui.domain.case import Case
from visitator_tui.domain.made_decision import with_made
from visitator_tui.domain.running_help import running_help
from visitator_tui.ui.widgets.line_list import LineList

REHAB = "c_rehab_terapeutisk_indsats"


class Days:
    """A clock that goes on when the test says so."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def to(self, day: date) -> None:
        """It is another day."""
        self.now += timedelta(days=(day - self.now.date()).days)


def drafted(*items: dict[str, Any], **at: Any) -> Case:
    """The sample case with other help in its unmade decision, everything applied for answered."""
    items = tuple({"outcome": "granted", "reason": "Borgeren kan ikke selv.", **one} for one in items)
    case = changed(whole_case(), decision__items=list(items), enquiry__applied_for=[items[0]["delydelse"]])
    return changed(case, **at)


def granted(*items: dict[str, Any], **at: Any) -> Case:
    """The sample case with other help granted in a made decision."""
    return with_made(drafted(*items, **at), "brev-1", NOW)


def helped(case: Case, on: date) -> list[tuple[str, str]]:
    """What help the citizen has on a day, and from which letter."""
    return [(one.delydelse, one.letter_id) for one in running_help(case, on)]


def rows(visit: Visit) -> list[str]:
    """The rows of the list, without marks."""
    return [row.strip("!· ") for row in visit.rows("events")]


def to_do(visit: Visit) -> list[str]:
    """What the list says has to be done."""
    found = rows(visit)
    if "Skal gøres" not in found:
        return []
    after = found[found.index("Skal gøres") + 1 :]
    end = next(
        (n for n, row in enumerate(after) if not row[:2].isdigit() and not row.startswith("uden")), None
    )
    return after[:end]


def right(visit: Visit) -> str:
    """What stands at the right, as one text."""
    lines = (line.partition("▕")[2] for line in visit.text().splitlines())
    return " ".join(" ".join(lines).split())


async def at(visit: Visit, words: str, *keys: str) -> None:
    """Put the cursor on the row with these words by the arrows, then press keys."""
    await visit.press("home")
    found = [row for row in visit.app.screen.query_one("#events").rows if row.key]  # type: ignore[attr-defined]
    number = next((n for n, row in enumerate(found) if words in row.text), None)
    assert number is not None, f"no row »{words}«:\n{visit.text()}"
    await visit.press(*["down"] * number, *keys)


async def fill(visit: Visit, *texts: str) -> None:
    """Type into the field with the focus and go on to the next, as on paper; »-« leaves a field as it is."""
    for text in texts:
        if text != "-":
            await visit.press("end", *["backspace"] * 10) if text[:1].isdigit() and "-" in text else None
            await visit.type(text)
        await visit.press("tab")


async def field(visit: Visit, name: str) -> None:
    """Go to a field of the open form with Tab."""
    chain = [str(getattr(one, "where", "")) for one in visit.app.screen.focus_chain]
    goal = next((n for n, where in enumerate(chain) if where.endswith(name)), None)
    assert goal is not None and visit.focused is not None, f"no field {name}:\n{visit.text()}"
    steps = goal - visit.app.screen.focus_chain.index(visit.focused)
    await visit.press(*["tab" if steps > 0 else "shift+tab"] * abs(steps))
    assert visit.where.endswith(name)


async def mend(visit: Visit, answers: dict[str, str]) -> None:
    """Go by F3 to everything that keeps the letter back, and write the answer to each."""
    answers = dict(answers)
    while any(one.severity == "stop" for one in visit.screen.findings()):
        await visit.to_finding(0)
        await visit.until(lambda: visit.where.rpartition(".")[2] in answers)
        await visit.type(answers.pop(visit.where.rpartition(".")[2]))


async def decide_practical_help(visit: Visit) -> None:
    """The § 83 decision after the course, from the step Afgørelse to its letter."""
    await visit.press("t", *"rengøring 3", "enter", "b")
    assert [one.delydelse for one in visit.case.decision.items] == ["rengoering_3"]
    await visit.press("escape", "home", "down", "enter", "2", "tab", *"Forløbet er gennemført.", "escape")
    answers = {
        "decided_on": "27-03-2017", "purpose": "At der er rent i hjemmet.", "start_on": "28-03-2017",
        "reason": "Borgeren kan nu klæde sig på, men ikke støvsuge på grund af slidgigt.", "times": "1",
    }  # fmt: skip
    await mend(visit, answers)
    await visit.press("escape", "f4", "7", "p")
    await visit.until(lambda: len(visit.case.made) == 2)


def both_decisions_count(visit: Visit) -> None:
    """The second decision follows the first, each has its letter, and help runs from each in its time."""
    first, second = visit.case.made
    assert second.decision.follows == first.letter_id
    assert not second.decision.corrects.named
    letters = visit.store.letters(visit.case_id)
    assert [one.id for one in letters] == [first.letter_id, second.letter_id]
    assert helped(visit.case, date(2017, 3, 14)) == [(REHAB, first.letter_id)]
    assert helped(visit.case, date(2017, 3, 27)) == []
    assert helped(visit.case, date(2017, 3, 28)) == [("rengoering_3", second.letter_id)]


async def test_a_rehabilitation_course_from_the_enquiry_to_a_new_decision(desk: Desk) -> None:
    days = Days()
    rehab = {
        "delydelse": REHAB, "purpose": "At borgeren selv kan klæde sig på.", "aim": "Selv at tage strømperne på",
        "extent": {"times": 2, "per": "week"}, "start_on": "2017-03-13", "ends_on": "2017-03-26",
    }  # fmt: skip
    case = drafted(rehab)
    undecided = changed(case, decision__decided_on=None, assessment__assessed_on=None)
    async with desk.visiting(undecided, "forloeb", clock=days) as visit:
        await at(visit, "Aftal tidspunkt", "enter")
        assert "Tidspunktet aftales senest onsdag den 8. marts 2017" in right(visit)
        assert visit.case.course.appointments[0].participants == ("Borgeren", "datter")
        await field(visit, ".on")
        await fill(visit, "07-03-2017", "9.30")
        await visit.press("escape")
        assert "07-03-17 Samtale kl. 9.30" in " ".join(to_do(visit)).replace("09.30", "9.30")
        days.to(date(2017, 3, 7))
        await at(visit, "Samtale", "d")
        assert visit.case.course.appointments[0].held is True

        await visit.press("f4", "6", "home", "enter")
        assert visit.where == "decision.decided_on"
        await visit.type("07-03-2017")
        await mend(visit, {"assessed_on": "07-03-2017"})
        await visit.press("escape", "f4", "7", "p")
        await visit.until(lambda: visit.case.decision_is_made)
        await visit.press("f4", "8")
        await at(visit, "Bestil hjælpen", "enter")
        assert visit.case.course.orders[0].items == (REHAB,)
        await fill(visit, "Rehab-teamet")
        days_of_order = {
            "information_on": "07-03-2017",
            "ordered_on": "07-03-2017",
            "started_on": "13-03-2017",
        }
        for name, day in days_of_order.items():
            await field(visit, f".{name}")
            await visit.type(day)
        await visit.press("escape")
        assert to_do(visit) == [row for row in to_do(visit) if "Evalu" in row] != []

        days.to(date(2017, 3, 27))
        await at(visit, "Evalu", "enter")
        assert visit.case.course.evaluations[0].goals[0].goal == "Selv at tage strømperne på"
        await fill(visit, "Kompressionsstrømper", "3", "1")
        await visit.type("j")
        await visit.until(lambda: "niveau 3 før, 1 nu (bedre)" in right(visit))
        await field(visit, ".needs_decision")
        await visit.type("j")
        await visit.until(lambda: "Der skal træffes en ny afgørelse" in right(visit))
        await visit.press("escape")
        await at(visit, "Træf en ny afgørelse", "enter")
        assert visit.screen.step == "afgoerelse"
        await decide_practical_help(visit)
        both_decisions_count(visit)
        await visit.press("f4", "8")
        await at(visit, "Træf en ny afgørelse", "d")
        assert visit.case.course.evaluations[0].decided_on == date(2017, 3, 27)
        assert not [row for row in to_do(visit) if "ny afgørelse" in row]
        assert "1 af 1 mål nået" in " ".join(rows(visit))


async def test_a_complaint_from_its_coming_to_what_the_appeal_body_said(desk: Desk) -> None:
    days = Days()
    async with desk.visiting(whole_case(), "forloeb", clock=days) as visit:
        days.to(date(2017, 4, 10))
        await visit.press("n", "k", "enter")
        await field(visit, ".how")
        await visit.type("m")
        await field(visit, ".decision_received_on")
        await visit.type("08-03-2017")
        await visit.until(lambda: "kom efter fristen (onsdag den 5. april 2017)" in right(visit))
        await field(visit, ".accepted_late")
        await visit.type("j")
        await visit.press("escape")
        assert "08-05-17 Vurder sagen igen" in " ".join(to_do(visit))

        await at(visit, "Vurder sagen igen", "enter")
        assert visit.where == "course.complaints.0.outcome"
        await visit.type("i")  # ikke medhold
        await visit.until(
            lambda: "Send klagen videre senest mandag den 8. maj 2017: Ankestyrelsen" in right(visit)
        )
        await field(visit, ".forwarded_on")
        await visit.type("20-04-2017")
        await field(visit, ".papers")
        await visit.type("klagen\nafgørelsen\nfunktionsvurderingen")
        assert len(visit.case.course.complaints[0].papers) == 3
        await visit.until(lambda: not [row for row in to_do(visit) if "lage" in row])
        await field(visit, ".appeal_decided_on")
        await visit.type("01-09-2017")
        await field(visit, ".appeal_outcome")
        await visit.type("h")
        await visit.until(lambda: "Sagen er sendt tilbage" in right(visit))
        days.to(date(2017, 9, 4))
        await visit.press("escape")
        await at(visit, "Følg op", "d")
        assert visit.case.course.complaints[0].closed
        assert "Klage, hjemvist af klageinstansen" in " ".join(rows(visit))


async def test_a_change_of_supplier_keeps_its_notice(desk: Desk) -> None:
    days = Days()
    case = granted(
        {"delydelse": "rengoering_3", "supplier": "Hjemmeplejen"},
        {"delydelse": "indkoebsordning_med_paapladssaetning", "supplier": "Hjemmeplejen"},
    )
    ordered = changed(
        case,
        course__orders=[
            {
                "items": ["rengoering_3", "indkoebsordning_med_paapladssaetning"], "supplier": "Hjemmeplejen",
                "information_on": "2017-03-06", "ordered_on": "2017-03-06", "started_on": "2017-03-06",
            }
        ],
    )  # fmt: skip
    async with desk.visiting(ordered, "forloeb", clock=days) as visit:
        assert to_do(visit) == []
        await visit.press("n", "s", "s", "enter")
        assert "varsel 14 dage (Helsingør 2017, s. 25)" in right(visit)
        assert "varsel 7 hverdage (Helsingør 2017, s. 134)" in right(visit)
        assert "Den nye leverandør begynder mandag den 20. marts 2017" in right(visit)
        await fill(visit, "Kommer aldrig til tiden.")
        await field(visit, ".to_supplier")
        await fill(visit, "Omsorg ApS", "10-03-2017")
        await visit.until(lambda: "ligger før varslet er gået" in right(visit))
        await visit.press("shift+tab", *["backspace"] * 10)
        await visit.until(lambda: "ligger før varslet" not in right(visit))
        await visit.press("escape")
        days.to(date(2017, 3, 20))
        await at(visit, "Skift leverandør til", "d")
        assert visit.case.course.supplier_changes[0].done_on == date(2017, 3, 20)
        assert "Skift til Omsorg ApS, gjort" in " ".join(rows(visit))


async def test_help_is_paused_by_a_confirmed_admission_and_resumes_when_it_ends(desk: Desk) -> None:
    days = Days()
    ordered = changed(
        granted({"delydelse": "rengoering_3"}),
        course__orders=[
            {"items": ["rengoering_3"], "supplier": "Hjemmeplejen", "information_on": "2017-03-06",
             "ordered_on": "2017-03-06", "started_on": "2017-03-06"}
        ],
    )  # fmt: skip
    async with desk.visiting(ordered, "forloeb", clock=days) as visit:
        assert "Rengøring 3 (hos Hjemmeplejen)" in right(visit)
        await visit.press("n", "f", "enter")
        await visit.until(lambda: "hjælpen fortsætter (Helsingør 2017, s. 30)" in right(visit))
        await visit.press("escape", "home")
        assert "Rengøring 3 (hos Hjemmeplejen)" in right(visit)
        await at(visit, "Indlæggelsen er ikke bekr", "d")
        await at(visit, "Giv leverandøren besked", "d")
        await visit.press("home")
        assert "Rengøring 3 (pause)" in right(visit)
        await at(visit, "Indlæggelse", "enter")
        await field(visit, ".to")
        await visit.type("10-03-2017")
        await visit.press("escape")
        days.to(date(2017, 3, 11))
        await visit.press("home", "down", "home")
        await at(visit, "Afslut fraværet", "d")
        await visit.press("home")
        assert "Rengøring 3 (hos Hjemmeplejen)" in right(visit)
        assert to_do(visit) == []


async def test_a_klippekort_is_saved_and_used(desk: Desk) -> None:
    days = Days()
    case = granted(
        {"delydelse": "klippekort", "start_on": "2022-09-07"},
        municipality="herning",
        enquiry__received_on="2022-09-01",
        assessment__assessed_on="2022-09-02",
        decision__decided_on="2022-09-04",
    )
    days.to(date(2022, 10, 5))
    async with desk.visiting(case, "forloeb", clock=days) as visit:
        assert "5 klip på kontoen (150 minutter); 0 brugt, 0 bortfaldet" in right(visit)
        await visit.press("n", "b", "b", "b", "enter")
        assert visit.where.startswith("course.clip_uses.0.")
        await field(visit, ".used_on")
        await fill(visit, "19-10-2022")
        await visit.type("9")
        await visit.until(lambda: "der er kun 7 klip at bruge af" in right(visit))
        await visit.press("backspace", "backspace", "6")
        await visit.until(lambda: "1 klip på kontoen (30 minutter); 6 brugt" in right(visit))
        assert "aftales typisk 4 uger før" in right(visit)
        await visit.press("escape")
        days.to(date(2022, 10, 19))
        await visit.press("down", "home")
        assert "1 klip på kontoen (30 minutter); 6 brugt, 0 bortfaldet" in right(visit)


async def test_closing_a_case_tells_what_is_open_and_the_visitator_decides(desk: Desk) -> None:
    help_ = {"delydelse": "rengoering_3", "supplier": "Hjemmeplejen"}
    case = granted(help_, course__complaints=[{"received_on": "2017-03-06"}])
    case = changed(case, enquiry__applied_for=["rengoering_3", "bad_3"])
    async with desk.visiting(case, "forloeb") as visit:
        await at(visit, "Afslut sagen", "enter")
        told = " ".join(" ".join(visit.rows()).split())
        for open_ in (
            "gives stadig hjælp: Rengøring 3",
            "om »Bad 3« er ikke afgjort",
            "Klagen af 6. marts 2017",
        ):
            assert open_ in told
        await visit.press("enter")
        assert "N begynder en ny afgørelse" in visit.hint
        assert isinstance(visit.focused, LineList) and "Truffet 6. marts 2017" in visit.text()
        await visit.press("f4", "8")
        await at(visit, "Bestil hjælpen", "enter")
        assert visit.where == "course.orders.0.supplier", "also where the decision names one"
        await visit.press("escape")
        assert visit.case.course.closed_on is None
        await at(visit, "Afslut sagen", "enter", "end", "enter")
        assert visit.where == "course.closed_on"
        await visit.type("06-03-2017")
        assert visit.case.course.closed_on == date(2017, 3, 6)
        await visit.press("escape")
        assert "Afsluttet 6. marts 2017" in rows(visit)
        assert to_do(visit) == []
        await visit.press("f1", "f1")
        assert "Ny sag: N i Min dag" in visit.text(), "F1 twice tells the whole way"


async def test_d_tells_all_help_that_begins_with_the_order_and_stands_only_where_it_acts(desk: Desk) -> None:
    ordered = ["rengoering_3", "bad_3"]
    order = {"supplier": "Hjemmeplejen", "items": ordered, "ordered_on": "2017-03-06",
             "information_on": "2017-03-06"}  # fmt: skip
    case = granted(*({"delydelse": one} for one in ordered), course__orders=[order])
    async with desk.visiting(case, "forloeb") as visit:
        await at(visit, "Bestilt, Hjemmeplejen")
        assert "Enter Åbn" in visit.text() and "D Gjort" not in visit.text()
        await at(visit, "begyndt: Bad 3")
        assert "D Gjort i dag" in visit.text()
        await visit.press("d")
        assert visit.hint == "Begyndt i dag: Rengøring 3 og Bad 3. Ctrl+Z fortryder."
        await visit.press("n", "k", "enter")
        await field(visit, ".items")
        visit.screen.hint("")  # it tells the keys again
        await visit.until(lambda: "Tal eller Mellemrum sætter kryds" in visit.text())
        await visit.press("space", "2")
        assert visit.case.course.complaints[0].items == tuple(ordered)
        assert visit.where.endswith(".items")

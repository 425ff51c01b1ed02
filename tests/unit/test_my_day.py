"""Min dag: each rule reminds when it is due and until it is mended; what bites first stands first."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from my_day_rows import ASKED, ROWS, Row, case_of, granted, ordered, then

from visitator_tui.catalogue import CatalogueFolder
from visitator_tui.domain.case import Case
from visitator_tui.domain.edit import MISSING, change, get_at, parse_path, to_json
from visitator_tui.domain.made_decision import with_made
from visitator_tui.domain.standard import Standard
from visitator_tui.domain.workdays import DanishCalendar
from visitator_tui.resources import sample_data
from visitator_tui.usecases.casefile import read_case
from visitator_tui.usecases.my_day import (
    DayTask,
    Task,
    TaskKind,
    keep,
    my_day,
    my_day_of_cases,
    tasks_for,
    tasks_of,
)

CALENDAR = DanishCalendar()


def standard_of(shipped: CatalogueFolder, municipality: str) -> Standard:
    return shipped.in_force(municipality, date(2017 if municipality == "helsingor" else 2022, 9, 1))


def found(row: Row, case: Case, shipped: CatalogueFolder) -> list[Task]:
    tasks = tasks_of(case, standard_of(shipped, row.municipality), CALENDAR)
    return [one for one in tasks if (one.kind, one.rule) == (row.kind, row.rule)]


# -- every rule ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_rule_reminds_until_it_is_mended(row: Row, shipped: CatalogueFolder) -> None:
    case = case_of(row.municipality, row.case)
    (task,) = found(row, case, shipped)
    assert (str(task.due) if task.due else None) == row.due
    assert (task.where, row.page in task.place, row.says in task.title) == (row.where, True, True), task
    assert task.why, "it can be read why"
    mended = case_of(row.municipality, {**row.case, **row.mended})
    assert [one for one in found(row, mended, shipped) if one.where == row.where] == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_task_leads_to_a_place_that_exists(row: Row, shipped: CatalogueFolder) -> None:
    case = case_of(row.municipality, row.case)
    for task in tasks_of(case, standard_of(shipped, row.municipality), CALENDAR):
        *above, last = parse_path(task.where)
        document = to_json(case)
        if "delay_notices" in above:  # a notice that is not written yet
            above = above[:2]
        assert get_at(document, tuple(above)) is not MISSING, task.where
        assert last in ("expected_on",) or get_at(document, (*above, last)) is not MISSING, task.where


def test_each_task_of_a_case_has_its_own_key(shipped: CatalogueFolder) -> None:
    for row in ROWS:
        tasks = tasks_of(
            case_of(row.municipality, row.case), standard_of(shipped, row.municipality), CALENDAR
        )
        assert len({one.key for one in tasks}) == len(tasks), row.name


def test_no_rule_of_a_standard_is_left_without_a_row(helsingor: Standard, herning: Standard) -> None:
    """Every rule the catalogues name can be seen to remind (the rest are in the register)."""
    named = {rule for one in (helsingor, herning) for rule in _rules(one.model_dump())}
    assert named - {row.rule for row in ROWS} == {
        "H-78",
        "H-80",
        "N-10",
    }  # year, standing, account: test_yearly_stays, test_course_*


def _rules(value: object) -> set[str]:
    if isinstance(value, dict):
        own = {str(value[key]) for key in ("rule", "decision_rule", "start_rule") if value.get(key)}
        return own.union(*map(_rules, value.values()))
    return set().union(*map(_rules, value)) if isinstance(value, tuple) else set()


# -- the finer points -----------------------------------------------------------------------------------------


def kinds(case: Case, standard: Standard) -> list[str]:
    return [one.kind for one in tasks_of(case, standard, CALENDAR)]


def test_every_application_has_its_own_deadline_until_it_is_answered(helsingor: Standard) -> None:
    both = case_of(
        "helsingor", {**ASKED, "enquiry.applied_for": ["rengoering_3", "bad_3", "noget helt andet"]}
    )
    tasks = {one.key: one for one in tasks_of(both, helsingor, CALENDAR) if one.kind == "decision"}
    assert {key: str(one.due) for key, one in tasks.items()} == {
        "decision:rengoering_3": "2017-03-29",
        "decision:bad_3": "2017-03-15",
        "decision:noget helt andet": "None",
    }
    half = case_of("helsingor", {**granted("rengoering_3"), "enquiry.applied_for": ["rengoering_3", "bad_3"]})
    left = [one.key for one in tasks_of(half, helsingor, CALENDAR) if one.kind == "decision"]
    assert left == ["decision:bad_3"]


def test_an_application_in_the_citizens_words_has_the_deadline_of_what_answers_it(
    helsingor: Standard,
) -> None:
    words = {**ASKED, "enquiry.applied_for": ["at blive fri for støvet"]}
    case = case_of("helsingor", words)
    assert [str(t.due) for t in tasks_of(case, helsingor, CALENDAR) if t.kind == "decision"] == ["None"]
    chosen = {"decision.items": [{"delydelse": "rengoering_3", "answers": "at blive fri for støvet"}]}
    case = case_of("helsingor", {**words, **chosen})
    assert [str(t.due) for t in tasks_of(case, helsingor, CALENDAR) if t.kind == "decision"] == ["2017-03-29"]


def test_a_notice_of_delay_moves_the_deadline_to_the_day_it_promises(helsingor: Standard) -> None:
    notice = {"about": "decision:rengoering_3", "given_on": "2017-03-28"}
    late = {**ASKED, "course.delay_notices.0": notice}
    by_kind = {one.kind: one for one in tasks_of(case_of("helsingor", late), helsingor, CALENDAR)}
    assert str(by_kind["decision"].due) == "2017-03-29", "it does not say when"
    assert by_kind["delay_notice"].where == "course.delay_notices.0.expected_on"
    told = {**late, "course.delay_notices.0.expected_on": "2017-04-12"}
    by_kind = {one.kind: one for one in tasks_of(case_of("helsingor", told), helsingor, CALENDAR)}
    assert str(by_kind["decision"].due) == "2017-04-12"
    assert "fristen var 4 uger fra onsdag den 1. marts 2017" in by_kind["decision"].why
    assert by_kind["delay_notice"].where == "course.delay_notices.1.expected_on", "if that is not kept either"


def test_a_notice_that_names_no_application_is_about_them_all(helsingor: Standard) -> None:
    notice = {"given_on": "2017-03-14", "expected_on": "2017-05-02"}
    both = {**ASKED, "enquiry.applied_for": ["rengoering_3", "bad_3"], "course.delay_notices.0": notice}
    tasks = tasks_of(case_of("helsingor", both), helsingor, CALENDAR)
    assert [str(one.due) for one in tasks if one.kind == "decision"] == ["2017-05-02"] * 2


def test_a_medical_reason_suspends_the_start_of_training_p85(helsingor: Standard) -> None:
    plan = {
        "kind": "rehabilitation_plan",
        "received_on": "2017-03-06",
        "medical_reason": "bruddet skal vokse",
    }
    case = case_of("helsingor", {**granted("t12_hoftenaer_fraktur"), "course.ways_in.0": plan})
    (start,) = [one for one in tasks_of(case, helsingor, CALENDAR) if one.kind == "start"]
    assert (start.due, start.why) == (None, "begynder senere af en lægefaglig grund")


def test_there_is_no_guarantee_for_a_certain_nursing_home_p56(helsingor: Standard) -> None:
    listed = {"on": "2017-03-15", "kind": "listed", "general": False}
    case = case_of("helsingor", {**granted("plejebolig"), "course.waiting_list.0": listed})
    (task,) = [one for one in tasks_of(case, helsingor, CALENDAR) if one.kind == "guarantee"]
    assert task.due is None
    assert "start" not in kinds(case, helsingor), "the guarantee is the deadline for the start"


def test_only_the_home_that_a_rule_is_for_is_lost_by_refusing_p54_p56(helsingor: Standard) -> None:
    """Who refuses a nursing home she had wished for is not deleted: that rule is for ældrebolig."""
    listed = {"on": "2017-03-15", "kind": "listed", "general": True}
    refused = {"on": "2017-04-01", "kind": "offer_refused", "wished": True}
    case = case_of("helsingor", {**granted("plejebolig"), "course.waiting_list": [listed, refused, refused]})
    assert due_of(case, helsingor, "guarantee") == {"guarantee:plejebolig": "2017-05-15"}


def test_a_new_supplier_is_ordered_of_and_begins_when_the_old_one_ends(helsingor: Standard) -> None:
    old = ordered("bad_3", started_on="2017-03-16")
    change = {"items": ["bad_3"], "requested_on": "2017-06-08", "reason": "x", "to_supplier": "Birk"}
    ended = {**old, "ended_on": "2017-06-12"}
    new = ordered("bad_3", supplier="Birk", ordered_on="2017-06-08")

    def asked(*orders: dict[str, Any], **more: Any) -> dict[str, str]:
        course = {"course.orders": list(orders), "course.supplier_changes.0": {**change, **more}}
        return due_of(case_of("helsingor", {**granted("bad_3"), **course}), helsingor, "order", "start")

    assert asked(old) == {}
    assert asked(ended, done_on="2017-06-12") == {"order:changed": "2017-06-12"}
    assert asked(old, new) == {"start:personlig_hjaelp": "2017-06-09"}, "by the notice of a day"
    assert asked(ended, new) == {"start:personlig_hjaelp": "2017-06-13"}, (
        "not counted from the decision in March"
    )
    assert asked(ended, {**new, "started_on": "2017-06-13"}) == {}


def test_a_talk_that_was_not_held_has_to_be_agreed_again(helsingor: Standard) -> None:
    cancelled = {"agreed_on": "2017-03-02", "on": "2017-03-06", "held": False}
    case = case_of("helsingor", {**ASKED, "course.appointments.0": cancelled})
    assert due_of(case, helsingor, "appointment") == {"appointment": "2017-03-08"}
    case = case_of("helsingor", {**ASKED, "course.appointments": [cancelled, {"on": "2017-03-09"}]})
    assert due_of(case, helsingor, "appointment") == {}


def test_a_review_starts_the_next_year_and_an_agreed_day_goes_with_it(herning: Standard) -> None:
    base = granted("vedligeholdelsestraening_dv", start_on="2022-08-01")
    held = {**base, "course.reviews.0": {"held_on": "2023-06-30", "next_on": "2023-12-01"}}
    days = {
        one.kind: str(one.due)
        for one in tasks_of(case_of("herning", held), herning, CALENDAR)
        if one.kind in ("review", "periodic")
    }
    assert days == {"periodic": "2024-06-30", "review": "2023-12-01"}


def due_of(case: Case, standard: Standard, *kinds: str) -> dict[str, str]:
    """The days of the tasks of some kinds, by their key."""
    tasks = tasks_of(case, standard, CALENDAR)
    return {one.key: str(one.due) for one in tasks if one.kind in kinds}


@pytest.mark.parametrize(
    ("municipality", "item", "kind"),
    [
        ("helsingor", "plejebolig", "guarantee"),
        ("helsingor", "bad_3", "start"),
        ("helsingor", "bad_3", "order"),
        ("helsingor", "b_rehab_hjemmeplejeindsats", "evaluation"),
        ("herning", "vedligeholdelsestraening_dv", "periodic"),
    ],
)
def test_a_later_decision_about_other_help_moves_no_deadline(
    municipality: str, item: str, kind: str, shipped: CatalogueFolder
) -> None:
    """Nor does a correction: what counts is the day on which the help was granted."""
    standard, case = standard_of(shipped, municipality), case_of(municipality, granted(item))
    days = due_of(case, standard, kind)
    assert days
    other = {"delydelse": "klippekort", "outcome": "granted"}
    assert due_of(then(case, "2017-05-01", other), standard, kind).items() >= days.items()
    corrected = case.model_copy(update={"decision": case.decision.corrected("brev-1")})
    corrected, _ = change(corrected, ("decision", "decided_on"), "2017-05-01")
    made = with_made(corrected, "brev-2", datetime(2017, 5, 1, tzinfo=UTC))
    assert due_of(made, standard, kind) == days


def test_help_that_is_given_again_is_followed_like_new_help(helsingor: Standard, herning: Standard) -> None:
    """What was ordered, reviewed, evaluated or stayed away from the last time answers for nothing now."""
    rehab = "b_rehab_hjemmeplejeindsats"
    course = {
        "course.orders.0": ordered(rehab, started_on="2017-03-20", ended_on="2017-05-01"),
        "course.evaluations.0": {"held_on": "2017-05-01", "items": [rehab], "needs_decision": False},
    }
    case = case_of("helsingor", {**granted(rehab, start_on="2017-03-20"), **course})
    assert due_of(case, helsingor, "order", "evaluation") == {}
    again = then(case, "2018-01-10", {"delydelse": rehab, "outcome": "granted", "start_on": "2018-01-15"})
    assert due_of(again, helsingor, "order", "evaluation") == {
        "order": "2018-01-10", f"evaluation:{rehab}": "2018-03-05",
    }  # fmt: skip

    stayed_away = {"kind": "stayed_away", "reasonable": False}
    shows = [{**stayed_away, "on": "2017-04-03"}, {**stayed_away, "on": "2017-04-10"}]
    training = case_of("helsingor", {**granted("t12_hoftenaer_fraktur"), "course.no_shows": shows})
    assert due_of(training, helsingor, "no_shows") == {"no_shows:stayed_away": "2017-04-10"}
    again = then(training, "2018-01-10", {"delydelse": "t12_hoftenaer_fraktur", "outcome": "granted"})
    assert due_of(again, helsingor, "no_shows") == {}

    ended = {"course.reviews.0": {"held_on": "2018-03-01", "outcome": "ended"}}
    dv = case_of("herning", {**granted("vedligeholdelsestraening_dv"), **ended})
    assert due_of(dv, herning, "periodic") == {}
    again = then(dv, "2019-01-10", {"delydelse": "vedligeholdelsestraening_dv", "outcome": "granted"})
    assert list(due_of(again, herning, "periodic").values()) == ["2020-01-10"]


def test_an_admission_ends_when_she_is_discharged_also_when_that_is_early(helsingor: Standard) -> None:
    away = {
        "from": "2017-04-03",
        "why": "admission",
        "confirmed_on": "2017-04-03",
        "supplier_told_on": "2017-04-03",
    }
    home = {"kind": "discharge", "discharged_on": "2017-04-10"}
    base = granted("lokalt_dagcenter_2")
    case = case_of("helsingor", {**base, "course.absences.0": away})
    assert due_of(case, helsingor, "absence_end") == {}
    assert "absence_last_day" in kinds(case, helsingor), "else help is paused for ever"
    unconfirmed = case_of("helsingor", {**base, "course.absences.0": {**away, "confirmed_on": None}})
    assert "absence_last_day" not in kinds(unconfirmed, helsingor), "help goes on, p. 30"
    case = case_of("helsingor", {**base, "course.absences.0": away, "course.ways_in.0": home})
    assert due_of(case, helsingor, "absence_end") == {"absence_end:0": "2017-04-10"}
    assert "absence_last_day" not in kinds(case, helsingor)
    early = {**away, "to": "2017-05-20", "ended_on": "2017-04-10"}
    case = case_of("helsingor", {**base, "course.absences.0": early})
    assert due_of(case, helsingor, "review") == {"review:stay:0": "2017-04-10"}, "p. 60: when she comes home"


def test_what_is_reported_waits_for_an_answer_also_where_the_standard_says_nothing(herning: Standard) -> None:
    kinds_of_report = ("condition", "household", "swaps", "locked_door", "other")
    reports = [{"reported_on": "2022-09-05", "about": one} for one in kinds_of_report]
    case = case_of("herning", {**granted("klippekort"), "course.reports": reports})
    assert len(due_of(case, herning, "report")) == 5


def test_the_day_agreed_in_a_decision_after_a_review_is_reminded_of(helsingor: Standard) -> None:
    held = {"course.reviews.0": {"held_on": "2017-08-30", "outcome": "changed"}}
    case = case_of("helsingor", {**granted("rengoering_3", review_on="2017-09-01"), **held})
    assert due_of(case, helsingor, "review") == {}
    new = {"delydelse": "rengoering_3", "outcome": "changed", "review_on": "2018-09-01"}
    after = then(case, "2017-08-30", new)
    assert due_of(after, helsingor, "review") == {"review:rengoering_3": "2018-09-01"}


def test_a_course_without_a_length_asks_for_a_day(helsingor: Standard) -> None:
    case = case_of("helsingor", granted("e_rehab_praktiske_opgaver"))
    (task,) = [one for one in tasks_of(case, helsingor, CALENDAR) if one.kind == "evaluation"]
    assert (task.due, "aftal en dag" in task.why) == (None, True)


def test_a_complaint_that_came_too_late_says_so(helsingor: Standard) -> None:
    late = {"received_on": "2017-05-02", "decision_received_on": "2017-03-17"}
    case = case_of("helsingor", {**granted("rengoering_3"), "course.complaints.0": late})
    (task,) = [one for one in tasks_of(case, helsingor, CALENDAR) if one.kind == "complaint"]
    assert "klagen kom efter fristen (18. april 2017)" in task.why
    left = case_of(
        "helsingor", {**granted("rengoering_3"), "course.complaints.0": late | {"accepted_late": False}}
    )
    (task,) = [one for one in tasks_of(left, helsingor, CALENDAR) if "complaint" in one.kind]
    assert (
        task.title == "Send klagen videre: Ankestyrelsen"
    )  # she alone can refuse it or look away from the time


def test_without_the_day_of_the_enquiry_only_that_is_asked_for(helsingor: Standard) -> None:
    case = case_of("helsingor", {"enquiry.applied_for": ["rengoering_3"]})
    assert kinds(case, helsingor) == ["no_date"]


def test_a_closed_case_reminds_of_nothing(shipped: CatalogueFolder) -> None:
    for row in ROWS:
        closed = case_of(row.municipality, {**row.case, "course.closed_on": "2017-12-01"})
        assert tasks_of(closed, standard_of(shipped, row.municipality), CALENDAR) == ()


def test_a_case_without_a_standard_is_not_passed_over(shipped: CatalogueFolder) -> None:
    case = case_of("helsingor", {**ASKED, "enquiry.received_on": "2009-01-01"})
    tasks = tasks_for(case, shipped.in_force, CALENDAR, date(2017, 3, 1))
    assert [one.kind for one in tasks] == ["no_standard"]
    assert tasks_for(case_of("helsingor", ASKED), shipped.in_force, CALENDAR, date(2017, 3, 1))


# -- the list of a day -----------------------------------------------------------------------------------------


def day_of(today: date, *tasks: Task) -> list[tuple[str, str, int | None]]:
    return [(one.task.key, one.state, one.days) for one in my_day(keep("1", "Bo", tasks), today)]


def a_task(
    key: str, due: date | None, kind: TaskKind = "review", *, acute: bool = False, shown: date | None = None
) -> Task:
    return Task(kind=kind, key=key, title=key, due=due, acute=acute, show_from=shown)


TODAY = date(2017, 3, 15)


def after(days: int) -> date:
    return TODAY + timedelta(days=days)


def test_what_bites_first_stands_first() -> None:
    tasks = (
        a_task("review long overdue", after(-200)),
        a_task("without a day", None),
        a_task("soon", after(3)),
        a_task("start overdue", after(-2), "start"),
        a_task("decision due today", after(0), "decision"),
        a_task("acute, due today", after(0), "decision", acute=True),
        a_task("acute, without a day", None, acute=True),
        a_task("soon, somebody waits", after(3), "start"),
        a_task("sooner", after(1)),
    )
    assert day_of(TODAY, *tasks) == [
        ("acute, due today", "today", 0),
        ("start overdue", "overdue", -2),
        ("decision due today", "today", 0),
        ("review long overdue", "overdue", -200),
        ("sooner", "soon", 1),
        ("soon, somebody waits", "soon", 3),
        ("soon", "soon", 3),
        ("acute, without a day", "undated", None),
        ("without a day", "undated", None),
    ]


def test_the_list_looks_a_week_ahead_and_keeps_some_things_for_their_day() -> None:
    tasks = (
        a_task("in a week", after(7)),
        a_task("in eight days", after(8)),
        a_task("notice", after(1), shown=after(1)),
    )
    assert [key for key, *_ in day_of(TODAY, *tasks)] == ["in a week"]
    assert [key for key, *_ in day_of(after(1), *tasks)] == ["notice", "in a week", "in eight days"]


DUE = st.one_of(st.none(), st.integers(-900, 900).map(after))


@given(st.lists(st.tuples(DUE, st.booleans(), st.integers(0, 30)), max_size=30), st.integers(-400, 400))
def test_nothing_overdue_is_ever_invisible(made: list[tuple[date | None, bool, int]], moved: int) -> None:
    """Whatever today is: every task whose day has come is there, and what is overdue is above what is soon."""
    tasks = [
        a_task(str(n), due, acute=acute, shown=due - timedelta(days=early) if due else None)
        for n, (due, acute, early) in enumerate(made)
    ]
    today = after(moved)
    listed: list[DayTask] = list(my_day(keep("1", "Bo", tasks), today))
    seen = {one.task.key for one in listed}
    assert {one.key for one in tasks if one.due and one.due <= today} <= seen
    order = ["overdue", "today", "soon", "undated"]
    ranks = [max(1, order.index(one.state)) for one in listed]
    assert ranks == sorted(ranks)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_no_reminder_is_shown_only_after_its_day(row: Row, shipped: CatalogueFolder) -> None:
    for task in tasks_of(
        case_of(row.municipality, row.case), standard_of(shipped, row.municipality), CALENDAR
    ):
        assert task.show_from is None or task.due is None or task.show_from <= task.due


def test_a_kept_task_comes_back_as_it_was(shipped: CatalogueFolder) -> None:
    for row in ROWS:
        tasks = tasks_of(
            case_of(row.municipality, row.case), standard_of(shipped, row.municipality), CALENDAR
        )
        listed = my_day(keep("7", "Bo", tasks), date(2030, 1, 1))
        assert sorted(one.task.key for one in listed) == sorted(one.key for one in tasks)
        assert {one.task for one in listed} == set(tasks)
        assert {(one.case_id, one.name) for one in listed} == {("7", "Bo")}


def test_the_sample_cases_have_a_day(shipped: CatalogueFolder) -> None:
    """From whole cases, without kept tasks; each line names its case."""
    cases = [(file.stem, read_case(file)) for file in sorted(sample_data().glob("*.json"))]
    listed = my_day_of_cases(cases, shipped.in_force, CALENDAR, date(2017, 3, 15))
    assert listed
    assert {one.case_id for one in listed} <= {case_id for case_id, _ in cases}
    assert all(one.name for one in listed)


def test_the_day_of_two_thousand_cases_is_put_in_order_in_under_a_tenth_of_a_second(
    helsingor: Standard,
) -> None:
    """Five open tasks a case, all of them due, and the first screenful read; CPU time, the best of five runs."""
    many = case_of("helsingor", {**granted("bad_3", "rengoering_3"), "course.orders.0": ordered("bad_3")})
    tasks = tasks_of(many, helsingor, CALENDAR)
    kept = [one for n in range(2000) for one in keep(str(n), f"Bo {n % 97}", (*tasks, *tasks)[:5])]
    assert len(kept) == 10_000

    def once() -> float:
        begun = time.process_time()
        listed = my_day(kept, date(2017, 4, 10))
        assert [one.task.kind for one in listed[:40]] and len(listed) == len(kept)
        return time.process_time() - begun

    assert min(once() for _ in range(5)) < 0.1

"""A decision once made is never edited: it is corrected, or followed, by a new one that names it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_kit import ANNA, NOW, a_case, later, new_store

from visitator_tui.catalogue import CatalogueFolder
from visitator_tui.domain.case import Case
from visitator_tui.domain.decision import Decision
from visitator_tui.domain.edit import EditError
from visitator_tui.domain.letter_facts import LetterFacts
from visitator_tui.domain.made_decision import correction, made_apart, next_decision, with_made
from visitator_tui.domain.merge import merge_cases
from visitator_tui.domain.running_help import running_help
from visitator_tui.domain.workdays import DanishCalendar
from visitator_tui.store.audit import Writing
from visitator_tui.store.store import SqlCipherStore
from visitator_tui.usecases.casefile import CaseFileError, read_case
from visitator_tui.usecases.deciding import correct, decide_anew, make_decision
from visitator_tui.usecases.made_apart import apart_told
from visitator_tui.usecases.my_day import tasks_of
from visitator_tui.usecases.ports import LetterRow, StaleError, StoreError
from visitator_tui.usecases.session import CaseSession

START = date(2017, 3, 1)
PDF = b"%PDF-1.7 afgjort"


def decided(name: str = "Åse Ærø") -> Case:
    """A case with a decision that can be made."""
    item = {"delydelse": "indkoebsordning", "outcome": "granted", "extent": {"times": 1, "per": "week"}}
    decision = {"decided_on": "2017-03-08", "by": {"name": "Bo"}, "items": [item]}
    scores = {"indkoeb_af_varer": {"level": 3}}
    return a_case(name, decision=decision, assessment={"activities": scores})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlCipherStore]:
    with new_store(tmp_path) as opened:
        yield opened


def opened(store: SqlCipherStore, shipped: CatalogueFolder, case: Case | str) -> CaseSession:
    record = store.load(case) if isinstance(case, str) else store.create(case, ANNA, NOW)
    return CaseSession(record, store, shipped, ANNA, lambda: NOW)


def make(session: CaseSession, store: SqlCipherStore, pdf: bytes = PDF) -> LetterRow:
    """As the step Brev does it."""
    session.save()
    record, letter = make_decision(session.record, lambda _: pdf, store, ANNA, lambda: NOW)
    session.decided(record)
    return letter


# -- making it -----------------------------------------------------------------------------------------


def test_the_letter_and_the_decision_are_kept_together(
    store: SqlCipherStore, shipped: CatalogueFolder
) -> None:
    session = opened(store, shipped, decided())
    letter = make(session, store)
    [made] = store.load(session.id).case.made
    assert (made.letter_id, made.decided_on) == (letter.id, date(2017, 3, 8))
    assert made.decision == decided().decision
    assert made.assessment.activities["indkoeb_af_varer"].level == 3
    assert session.case.decision_is_made
    assert session.case == store.load(session.id).case
    assert [row.decided_on for row in store.rows()] == ["2017-03-08"]
    store.verify_audit()


@pytest.mark.parametrize("breaks_at", ["letter.made", "case.decided"])
def test_a_crash_between_leaves_neither_letter_nor_decision(
    store: SqlCipherStore, shipped: CatalogueFolder, breaks_at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = opened(store, shipped, decided())
    note = Writing.note

    def broken(self: Writing, at: datetime, actor: Any, action: str, *rest: Any, **detail: Any) -> None:
        if action == breaks_at:
            raise KeyboardInterrupt
        note(self, at, actor, action, *rest, **detail)

    monkeypatch.setattr(Writing, "note", broken)
    with pytest.raises(KeyboardInterrupt):
        make(session, store)
    assert store.letters(session.id) == []
    assert store.load(session.id).case.made == ()


def test_a_case_that_was_changed_meanwhile_is_not_decided(
    store: SqlCipherStore, shipped: CatalogueFolder
) -> None:
    session = opened(store, shipped, decided())
    record = session.record
    other = opened(store, shipped, session.id)
    other.set("decision.items.0.reason", "En anden begrundelse")
    other.save()
    with pytest.raises(StaleError, match="Intet er gemt"):
        make_decision(record, lambda _: PDF, store, ANNA, lambda: NOW)
    assert store.letters(session.id) == []


def test_what_the_letter_does_not_decide_may_be_saved_while_it_is_written(
    store: SqlCipherStore, shipped: CatalogueFolder
) -> None:
    """The letter and the grounds are as they were when it was asked for; what was typed since is kept."""
    session = opened(store, shipped, decided())
    record, session.being_made = session.record, True
    session.set("citizen.phone", "49 00 00 00")
    session.set("assessment.activities.indkoeb_af_varer.level", 4)
    session.type("enquiry.received_on", "20-3", "date")
    session.save()
    session.set("enquiry.text", "Ringer igen")
    job = session.take()
    saved, letter = make_decision(record, lambda _: PDF, store, ANNA, lambda: NOW)
    session.decided(saved)
    assert job is not None
    session.done(job, session.store(job))
    session.save()
    for case in (session.case, store.load(session.id).case):
        assert (case.citizen.phone, case.enquiry.text) == ("49 00 00 00", "Ringer igen")
        assert case.assessment.activities["indkoeb_af_varer"].level == 4
        [made] = case.made
        assert made.letter_id == letter.id
        assert made.assessment.activities["indkoeb_af_varer"].level == 3
    assert store.load(session.id).drafts == {"enquiry.received_on": "20-3"}
    store.verify_audit()


def test_a_save_that_ends_before_the_decision_but_is_told_of_after_it_changes_nothing(
    store: SqlCipherStore, shipped: CatalogueFolder
) -> None:
    session = opened(store, shipped, decided())
    record = session.record
    session.set("citizen.phone", "49 00 00 00")
    job = session.take()
    assert job is not None
    before = session.store(job)
    saved, _ = make_decision(record, lambda _: PDF, store, ANNA, lambda: NOW)
    session.decided(saved)
    session.done(job, before)
    session.set("enquiry.text", "Ringer igen")
    session.save()
    kept = store.load(session.id).case
    assert kept == session.case
    assert (kept.citizen.phone, kept.enquiry.text, len(kept.made)) == ("49 00 00 00", "Ringer igen", 1)


def test_a_save_made_on_top_of_the_decision_is_not_taken_back_by_it(
    store: SqlCipherStore, shipped: CatalogueFolder
) -> None:
    session = opened(store, shipped, decided())
    record = session.record
    session.set("citizen.phone", "49 00 00 00")
    saved, _ = make_decision(record, lambda _: PDF, store, ANNA, lambda: NOW)
    session.save()
    session.decided(saved)
    assert session.case == store.load(session.id).case
    assert (session.case.citizen.phone, len(session.case.made)) == ("49 00 00 00", 1)


def test_nothing_of_the_decision_is_changed_or_undone_while_its_letter_is_written(
    store: SqlCipherStore, shipped: CatalogueFolder
) -> None:
    session = opened(store, shipped, decided())
    session.set("decision.items.0.reason", "Fordi")
    session.being_made = True
    assert "bliver truffet lige nu" in (session.type("decision.items.0.reason", "Ikke") or "")
    with pytest.raises(EditError, match="bliver truffet lige nu"):
        session.drop("indkoebsordning")
    assert session.undo() is None
    assert session.case.decision.items[0].reason == "Fordi"
    session.being_made = False
    assert session.undo() is not None


def test_a_decision_is_made_once(store: SqlCipherStore, shipped: CatalogueFolder) -> None:
    session = opened(store, shipped, decided())
    make(session, store)
    with pytest.raises(ValueError, match="allerede truffet"):
        make(session, store)
    assert len(store.letters(session.id)) == 1


# -- it is closed --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("where", "value"),
    [
        ("decision.items.0.reason", "andet"),
        ("decision.decided_on", "2017-04-01"),
        ("decision", {}),
        ("considerations.rehabilitering", {"reason": "andet"}),
        ("made.0.decision.items.0.reason", "andet"),
        ("made", []),
        ("made.1", {}),
    ],
)
def test_no_field_of_a_made_decision_can_be_changed(
    store: SqlCipherStore, shipped: CatalogueFolder, where: str, value: Any
) -> None:
    session = opened(store, shipped, decided())
    make(session, store)
    with pytest.raises(EditError, match="afgørelsen er truffet"):
        session.set(where, value)
    if isinstance(value, str):
        assert "afgørelsen er truffet" in (session.type(where, value) or "")
    assert not session.unsaved
    assert session.case == store.load(session.id).case


def test_a_case_file_whose_decision_is_not_the_made_one_is_refused() -> None:
    case = with_made(decided(), "brev-1", NOW)
    document = case.model_dump_json(by_alias=True).replace(
        '"decided_on":"2017-03-08"', '"decided_on":null', 1
    )
    with pytest.raises(CaseFileError, match="afgørelsen er truffet"):
        read_case(document)
    assert read_case(case.model_dump_json(by_alias=True)) == case


def test_a_save_cannot_add_change_or_drop_made_decisions(
    store: SqlCipherStore, shipped: CatalogueFolder
) -> None:
    from dataclasses import replace

    session = opened(store, shipped, decided())
    forged = replace(session.record, case=with_made(session.case, "brev-x", NOW))
    with pytest.raises(StoreError, match="kan ikke ændres"):
        store.save(forged, (), ANNA, NOW)
    make(session, store)
    with pytest.raises(StoreError, match="kan ikke ændres"):
        store.save(replace(session.record, case=decided()), (), ANNA, NOW)
    assert len(store.load(session.id).case.made) == 1


def test_an_edit_under_way_elsewhere_cannot_slip_into_the_made_decision(
    store: SqlCipherStore, shipped: CatalogueFolder
) -> None:
    session = opened(store, shipped, decided())
    other = opened(store, shipped, session.id)
    other.set("decision.items.0.reason", "Skrevet i et andet vindue")
    make(session, store)
    other.save()
    assert other.case.decision_is_made
    assert store.load(session.id).case.decision.items[0].reason == ""


def test_undo_does_not_reach_behind_a_made_decision(store: SqlCipherStore, shipped: CatalogueFolder) -> None:
    session = opened(store, shipped, decided())
    session.set("citizen.phone", "49 00 00 00")
    session.set("decision.items.0.reason", "Fordi")
    make(session, store)
    assert session.undo() is None
    session.set("citizen.phone", "")
    assert session.undo() is not None
    assert session.case.citizen.phone == "49 00 00 00"


def test_what_is_typed_elsewhere_while_the_letter_is_written_is_kept(
    store: SqlCipherStore, shipped: CatalogueFolder
) -> None:
    session = opened(store, shipped, decided())
    record = session.record
    session.set("citizen.phone", "49 00 00 00")
    session.set("decision.items.0.reason", "for sent")
    saved, _ = make_decision(record, lambda _: PDF, store, ANNA, lambda: NOW)
    session.decided(saved)
    session.save()
    kept = store.load(session.id).case
    assert (kept.citizen.phone, kept.decision.items[0].reason) == ("49 00 00 00", "")


# -- what follows ----------------------------------------------------------------------------------------


def test_a_correction_names_the_old_decision_and_keeps_it(
    store: SqlCipherStore, shipped: CatalogueFolder
) -> None:
    session = opened(store, shipped, decided())
    letter = make(session, store)
    correct(session)
    old = session.case.decision.corrects
    assert (old.id, old.decided_on) == (letter.id, date(2017, 3, 8))
    session.set("decision.corrects.why", "Omfanget var forkert.")
    session.set("decision.items.0.extent.times", 2)
    session.set("decision.decided_on", "2017-03-20")
    second = make(session, store, PDF + b"2")
    made = store.load(session.id).case.made
    assert [one.letter_id for one in made] == [letter.id, second.id]
    assert [one.decision.items[0].extent.times for one in made if one.decision.items[0].extent] == [1, 2]


def test_a_new_decision_begins_with_the_help_the_citizen_has(
    store: SqlCipherStore, shipped: CatalogueFolder
) -> None:
    session = opened(store, shipped, decided())
    session.set("letter.digital_post_on", "2017-03-10")
    session.set("letter.written_on", "2017-03-09")
    letter = make(session, store)
    decide_anew(session)
    assert session.case.letter == LetterFacts(), "the new letter has days of its own"
    [item] = session.case.decision.items
    assert (item.delydelse, item.outcome, item.reason) == ("indkoebsordning", None, "")
    assert item.former_extent == decided().decision.items[0].extent
    assert session.case.decision.follows == letter.id
    assert session.undo() is not None
    assert session.case.decision_is_made, "undo goes back to the made decision, not behind it"
    assert session.undo() and session.undo()
    assert session.case.letter.digital_post_on == date(2017, 3, 10)
    assert session.undo() is None


def test_nothing_can_be_begun_before_a_decision_is_made(
    store: SqlCipherStore, shipped: CatalogueFolder
) -> None:
    session = opened(store, shipped, decided())
    for begin in (correct, decide_anew):
        with pytest.raises(EditError, match="ingen truffet afgørelse"):
            begin(session)


def test_the_standard_of_a_new_decision_is_not_that_of_the_old_assessment() -> None:
    case = with_made(decided(), "a", NOW)
    assert case.matched_on == date(2017, 3, 8)
    anew = case.model_copy(update={"decision": next_decision(case, date(2026, 1, 5))})
    assert anew.matched_on is None


# -- running help ----------------------------------------------------------------------------------------

GIVES = st.sampled_from(["granted", "partly", "changed"])
DAYS = st.integers(0, 30)


@st.composite
def histories(draw: st.DrawFn) -> Case:
    """A case with some made decisions, each with items of three services, some correcting an earlier one."""
    case = Case(municipality="helsingor")
    day = 0
    for number in range(draw(st.integers(0, 5))):
        day += draw(st.integers(0, 8))
        items = []
        for service in draw(st.sets(st.sampled_from(["a", "b", "c"]), min_size=1)):
            outcome = draw(st.sampled_from(["granted", "partly", "changed", "refused", "stopped"]))
            start = START + timedelta(days=day + draw(st.integers(0, 8)))
            length = draw(st.none() | st.integers(0, 10))
            ends = None if length is None else start + timedelta(days=length)
            items.append({"delydelse": service, "outcome": outcome, "start_on": start, "ends_on": ends})
        decision: dict[str, Any] = {"decided_on": START + timedelta(days=day), "items": items}
        if case.made:
            named = draw(st.booleans())
            last = case.made[-1].letter_id
            decision |= {"corrects": {"id": last}} if named else {"follows": last}
        fresh = Case.model_validate({"municipality": "helsingor", "decision": decision}).decision
        at = datetime(2017, 3, 1, 9, tzinfo=UTC) + timedelta(days=day)
        case = with_made(case.model_copy(update={"decision": fresh}), f"brev-{number}", at)
    return case


@given(histories(), DAYS)
def test_help_runs_only_from_made_decisions_that_gave_it(case: Case, day: int) -> None:
    on = START + timedelta(days=day)
    running = running_help(case, on)
    assert len({one.delydelse for one in running}) == len(running)
    made = {one.letter_id: one for one in case.made}
    for one in running:
        assert one.item in made[one.letter_id].decision.items
        assert one.item.gives_help
        assert one.started_on <= on
        assert one.decided_on <= on
        assert one.ends_on is None or one.ends_on >= on


@given(histories(), DAYS, DAYS)
def test_what_is_decided_later_does_not_change_what_was_had(case: Case, day: int, last: int) -> None:
    on = START + timedelta(days=day)
    known = tuple(one for one in case.made if one.decided_on <= on + timedelta(days=last))
    before = case.model_construct(**{**dict(case), "made": known})
    assert running_help(before, on) == running_help(case, on)


@given(histories(), DAYS)
def test_a_last_day_that_is_told_is_the_last_day(case: Case, day: int) -> None:
    on = START + timedelta(days=day)
    known = case.model_construct(
        **{**dict(case), "made": tuple(one for one in case.made if one.decided_on <= on)}
    )
    for one in running_help(known, on):
        for after in range(1, 40):
            then = [(r.item, r.letter_id) for r in running_help(known, on + timedelta(days=after))]
            still = (one.item, one.letter_id) in then
            assert still == (one.ends_on is None or on + timedelta(days=after) <= one.ends_on)


def _made(*decisions: dict[str, Any]) -> Case:
    case = Case(municipality="helsingor")
    for number, decision in enumerate(decisions):
        link = {} if "corrects" in decision or not number else {"follows": case.made[-1].letter_id}
        fresh = Case.model_validate({"municipality": "x", "decision": {**decision, **link}}).decision
        case = with_made(case.model_copy(update={"decision": fresh}), f"brev-{number}", later(number))
    return case


def _item(outcome: str, start: str | None = None, ends: str | None = None) -> dict[str, Any]:
    return {"delydelse": "bad_2", "outcome": outcome, "start_on": start, "ends_on": ends}


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        ([{"decided_on": "2017-03-01", "items": [_item("granted", "2017-03-10")]}], "....0000000"),
        ([{"decided_on": "2017-03-01", "items": [_item("granted", None, "2017-03-08")]}], "000........"),
        ([{"decided_on": "2017-03-01", "items": [_item("refused")]}], "..........."),
        (
            [
                {"decided_on": "2017-03-01", "items": [_item("granted")]},
                {"decided_on": "2017-03-08", "items": [_item("stopped", None, "2017-03-12")]},
            ],
            "0000000....",
        ),
        (
            [
                {"decided_on": "2017-03-01", "items": [_item("granted")]},
                {"decided_on": "2017-03-08", "items": [_item("changed", "2017-03-12")]},
            ],
            "00000011111",
        ),
        (
            [
                {"decided_on": "2017-03-01", "items": [_item("granted")]},
                {"decided_on": "2017-03-08", "items": [_item("refused")], "corrects": {"id": "brev-0"}},
            ],
            "00.........",
        ),
        (
            [
                {"decided_on": "2017-03-01", "items": [_item("granted")]},
                {
                    "decided_on": "2017-03-08",
                    "items": [_item("granted", "2017-03-12")],
                    "corrects": {"id": "brev-0"},
                },
            ],
            "00000011111",
        ),
        (
            [
                {"decided_on": "2017-03-01", "items": [_item("granted")]},
                {"decided_on": "2017-03-07", "items": [_item("stopped")]},
                {"decided_on": "2017-03-10", "items": [_item("refused")], "corrects": {"id": "brev-1"}},
            ],
            "00..0000000",
        ),
    ],
)
def test_help_day_by_day(decisions: list[dict[str, Any]], expected: str) -> None:
    case = _made(*decisions)
    days = [date(2017, 3, 6) + timedelta(days=n) for n in range(11)]
    found = [running_help(case, day) for day in days]
    assert "".join(one[0].letter_id[-1] if one else "." for one in found) == expected
    for (first, second), day in zip(pairwise(found), days, strict=False):
        if first and not second:
            assert day < days[-1]


def test_a_closed_case_gives_no_help() -> None:
    case = _made({"decided_on": "2017-03-01", "items": [_item("granted")]})
    closed = case.model_copy(
        update={"course": case.course.model_copy(update={"closed_on": date(2017, 4, 1)})}
    )
    assert running_help(closed, date(2017, 4, 1))
    assert not running_help(closed, date(2017, 4, 2))


def test_a_correction_begins_with_the_items_it_corrects() -> None:
    case = with_made(decided(), "brev-1", NOW)
    assert correction(case).items == decided().decision.items


# -- two that were made apart ----------------------------------------------------------------------------


def test_two_made_apart_are_told_until_one_takes_the_place_of_both(shipped: CatalogueFolder) -> None:
    base = decided()
    other = base.model_copy(deep=True, update={"decision": _decision("vaskeordning", "2017-03-09")})
    case = merge_cases(base, with_made(base, "brev-1", NOW), with_made(other, "brev-2", later(1))).case
    standard = shipped.in_force(case.municipality, START)
    (task,) = [one for one in tasks_of(case, standard, DanishCalendar()) if one.kind == "made_apart"]
    assert (task.title, task.step) == ("To afgørelser er truffet hver for sig", "afgoerelse")
    assert "8. marts 2017 og 9. marts 2017" in apart_told(case)
    course = case.course.model_copy(update={"closed_on": date(2017, 3, 10)})
    shut = case.model_copy(update={"course": course})
    assert tasks_of(shut, standard, DanishCalendar()) == (task,), "a closed case reminds of that alone"
    assert {one.delydelse for one in running_help(case, date(2017, 4, 1))} == {
        "indkoebsordning",
        "vaskeordning",
    }

    both = correction(case).model_copy(update={"decided_on": date(2017, 3, 20)})
    assert {one.delydelse for one in both.items} == {"indkoebsordning", "vaskeordning"}
    assert "8. marts 2017" in both.corrects.why
    mended = with_made(case.model_copy(update={"decision": both}), "brev-3", later(2))
    assert apart_told(mended) == ""
    assert {one.letter_id for one in running_help(mended, date(2017, 4, 1))} == {"brev-3"}


def test_a_decision_that_follows_one_of_two_leaves_them_apart() -> None:
    base = decided()
    anna, bo = with_made(base, "brev-1", NOW), with_made(base, "brev-2", later(1))
    anew = next_decision(bo, date(2017, 3, 20)).model_copy(update={"decided_on": date(2017, 3, 20)})
    on = with_made(bo.model_copy(update={"decision": anew}), "brev-3", later(2))
    case = merge_cases(base, anna, on).case
    assert [one.letter_id for one in made_apart(case)] == ["brev-1", "brev-3"]


def _decision(delydelse: str, day: str) -> Decision:
    return Decision.model_validate(
        {"decided_on": day, "items": [_item("granted") | {"delydelse": delydelse}]}
    )

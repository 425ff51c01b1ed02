"""A visitator at work on a case: typing, undo, and saving to the encrypted database, alone and as two."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from visitator_tui.catalogue import CatalogueFolder
from visitator_tui.domain.case import Case
from visitator_tui.domain.edit import Change, EditError
from visitator_tui.domain.merge import Conflict
from visitator_tui.resources import sample_data
from visitator_tui.store import open_throwaway
from visitator_tui.usecases.casefile import read_case
from visitator_tui.usecases.ports import (
    Actor,
    CaseRecord,
    CaseStore,
    Clock,
    NoStandardError,
    Place,
    StoreError,
)
from visitator_tui.usecases.session import CaseSession

ANNA, BO = Actor("anna", "pc-1"), Actor("bo", "pc-2")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CaseStore]:
    opened = open_throwaway(tmp_path, datetime(2026, 3, 2, 9, tzinfo=UTC), "pc-1")
    yield opened
    opened.close()


Open = Callable[..., CaseSession]


@pytest.fixture
def open_case(store: CaseStore, shipped: CatalogueFolder, clock: Clock) -> Open:
    """Opens a stored case (a new one by default), as Anna or somebody else would."""

    def opened(case: Case | str | None = None, actor: Actor = ANNA) -> CaseSession:
        new = case or Case(municipality="helsingor")
        record = store.load(new) if isinstance(new, str) else store.create(new, actor, clock())
        return CaseSession(record, store, shipped, actor, clock)

    return opened


def letters(session: CaseSession, where: str, text: str, kind: Any = "text") -> None:
    """Type a text letter by letter, as a keyboard does."""
    for end in range(1, len(text) + 1):
        session.type(where, text[:end], kind)


# -- typing --------------------------------------------------------------------------------------------


def test_what_is_typed_is_in_the_database_after_saving(open_case: Open, store: CaseStore) -> None:
    session = open_case()
    letters(session, "citizen.name", "Åse Ærø")
    assert session.unsaved
    session.save()
    assert not session.unsaved
    assert store.load(session.id).case.citizen.name == "Åse Ærø"
    assert [row.name for row in store.rows("Ærø")] == ["Åse Ærø"]


def test_a_half_written_date_is_kept_as_it_stands_and_never_lost(open_case: Open, store: CaseStore) -> None:
    session = open_case()
    assert (
        session.type("citizen.birth_date", "04-05-19", "date") == "skriv datoen som dd-mm-åååå, fx 01-03-2017"
    )
    assert session.case.citizen.birth_date is None
    assert session.shown("citizen.birth_date", "date") == "04-05-19"
    session.save()
    again = open_case(session.id)
    assert again.shown("citizen.birth_date", "date") == "04-05-19"
    assert again.complaint("citizen.birth_date", "date") is not None
    [draft] = [one for one in again.findings() if one.code == "draft"]
    assert (draft.severity, draft.step, draft.where) == ("stop", "henvendelse", "citizen.birth_date")
    assert again.type("citizen.birth_date", "04-05-1938", "date") is None
    again.save()
    last = open_case(session.id)
    assert last.case.citizen.birth_date == date(1938, 5, 4)
    assert last.complaint("citizen.birth_date", "date") is None
    assert not [one for one in last.findings() if one.code == "draft"]


def test_typing_back_to_what_stood_there_takes_the_complaint_away(open_case: Open) -> None:
    session = open_case()
    session.type("citizen.birth_date", "04-05-1938", "date")
    session.type("citizen.birth_date", "04-05-193", "date")
    assert session.complaint("citizen.birth_date", "date")
    session.type("citizen.birth_date", "04-05-1938", "date")
    assert session.complaint("citizen.birth_date", "date") is None
    session.type("citizen.birth_date", "", "date")
    assert session.case.citizen.birth_date is None


def test_an_impossible_cpr_number_stays_in_the_field_and_out_of_the_case(open_case: Open) -> None:
    session = open_case()
    assert "er ikke en dato" in (session.type("citizen.cpr", "320138-0000", "optional") or "")
    assert session.case.citizen.cpr is None
    assert session.shown("citizen.cpr", "optional") == "320138-0000"


# -- undo ----------------------------------------------------------------------------------------------


def test_one_undo_takes_back_what_was_typed_in_one_go(open_case: Open) -> None:
    session = open_case()
    letters(session, "own_view.text", "Det går godt")
    session.pause()
    letters(session, "own_view.text", "Det går godt, men")
    assert session.undo() is not None
    assert session.case.own_view.text == "Det går godt"
    session.undo()
    assert session.case.own_view.text == ""
    assert session.undo() is None


def test_another_field_begins_a_new_step_of_undo(open_case: Open) -> None:
    session = open_case()
    letters(session, "citizen.name", "Bo")
    letters(session, "citizen.housing", "Hus")
    letters(session, "citizen.name", "Bo Ø")
    session.undo()
    assert (session.case.citizen.name, session.case.citizen.housing) == ("Bo", "Hus")
    session.undo()
    assert (session.case.citizen.name, session.case.citizen.housing) == ("Bo", "")


@pytest.mark.parametrize(
    ("where", "typed", "kind"),
    [
        ("citizen.household.0.relation", "ægtefælle", "text"),
        ("assessment.areas.indkoeb.observed", "Tomt køleskab", "text"),
        ("assessment.activities.bade.cause", "Stiv skulder", "text"),
        ("considerations.rehabilitering_foerst.reason", "Har trænet", "text"),
        ("decision.items.0.extent.times", "12", "number"),
        ("decision.items.0.extent.text", "efter aftale", "optional"),
    ],
)
def test_one_undo_leaves_nothing_of_what_was_begun(
    open_case: Open, where: str, typed: str, kind: Any
) -> None:
    session = open_case()
    session.set("decision.items.0", {"delydelse": "bad_2"})
    before = session.case
    letters(session, where, typed, kind)
    assert str(session.value(where)) == typed
    session.undo()
    assert session.case == before


def test_every_change_of_a_visit_can_be_taken_back_to_the_beginning(open_case: Open) -> None:
    session = open_case()
    beginning = session.case
    session.set("assessment.activities.indkoeb_af_varer.level", 3)
    session.set("answers.kan_ikke_selv_koebe_ind", True)
    session.set("assessment.areas.indkoeb.relevant", True)
    session.choose("indkoebsordning")
    session.choose("bad_2", "hjælp til bad")
    letters(session, "decision.items.0.reason", "Kan ikke bære")
    session.drop("indkoebsordning")
    session.remove("assessment.areas.indkoeb")
    while session.undo():
        pass
    assert session.case == beginning
    session.save()
    assert not session.unsaved


def test_what_was_undone_is_undone_in_the_database_too(open_case: Open, store: CaseStore) -> None:
    session = open_case()
    session.set("citizen.name", "Bo")
    session.save()
    session.undo()
    assert session.unsaved
    session.save()
    assert store.load(session.id).case.citizen.name == ""


def test_undo_takes_the_half_typed_text_of_its_field_along(open_case: Open) -> None:
    session = open_case()
    session.type("citizen.birth_date", "04-05-1938", "date")
    session.type("citizen.birth_date", "04-05-19", "date")
    session.undo()
    assert session.shown("citizen.birth_date", "date") == ""


# -- the decision's items --------------------------------------------------------------------------------


def test_choosing_fills_in_purpose_and_extent_from_the_standard_but_never_the_reason(open_case: Open) -> None:
    session = open_case()
    session.set("assessment.assessed_on", "2017-03-06")
    assert session.choose("indkoebsordning", "indkøb") == 0
    [item] = session.case.decision.items
    assert item.purpose == "At der er de dagligvarer i hjemmet, der er brug for"
    assert item.extent is not None and (item.extent.times, item.extent.per) == (1, "week")
    assert (item.answers, item.reason, item.outcome) == ("indkøb", "", None)
    assert session.choose("indkoebsordning") == 0
    assert session.choose("hjælp til at lufte hunden") == 1
    assert len(session.case.decision.items) == 2


def test_an_item_taken_out_comes_back_whole_and_in_its_place(open_case: Open) -> None:
    session = open_case()
    for one in ("bad_2", "rengoering_3", "madservice"):
        session.choose(one)
    session.set("decision.items.1.reason", "Kan ikke gulve")
    session.drop("rengoering_3")
    assert [one.delydelse for one in session.case.decision.items] == ["bad_2", "madservice"]
    session.undo()
    assert [one.delydelse for one in session.case.decision.items] == ["bad_2", "rengoering_3", "madservice"]
    assert session.case.decision.items[1].reason == "Kan ikke gulve"


def test_a_half_typed_date_follows_its_item_when_one_above_is_taken_out(open_case: Open) -> None:
    session = open_case()
    for one in ("bad_2", "rengoering_3", "madservice"):
        session.choose(one)
    session.type("decision.items.0.start_on", "1-", "date")
    session.type("decision.items.2.start_on", "20-3-", "date")
    session.drop("bad_2")
    assert session.shown("decision.items.1.start_on", "date") == "20-3-"
    assert session.shown("decision.items.0.start_on", "date") == ""
    assert [one.where for one in session.findings() if one.code == "draft"] == ["decision.items.1.start_on"]
    session.undo()
    assert session.shown("decision.items.2.start_on", "date") == "20-3-"


# -- the standard ----------------------------------------------------------------------------------------


def test_the_standard_follows_the_date_of_the_case(open_case: Open) -> None:
    session = open_case()
    session.set("enquiry.received_on", "2016-11-01")
    assert session.standard.id == "helsingor-2016"
    session.set("decision.decided_on", "2017-01-05")
    assert session.standard.id == "helsingor-2017"
    session.set("decision.decided_on", "2009-01-05")
    with pytest.raises(NoStandardError):
        _ = session.standard


def test_suggestions_and_findings_follow_every_change(open_case: Open) -> None:
    session = open_case(read_case(sample_data() / "helsingor-02-indkoeb.json"))
    shopping = "indkoebsordning"

    def verdict() -> str:
        return next(one.verdict for one in session.suggestions() if one.delydelse == shopping)

    assert (verdict(), session.findings()) == ("fits", ())
    session.set("answers.kan_selv_saette_varer_paa_plads", False)
    assert verdict() == "ruled_out"
    assert [one.code for one in session.findings()] == ["professional_reason"]
    session.undo()
    assert (verdict(), session.findings()) == ("fits", ())


def test_a_value_that_is_not_there_reads_as_none_and_a_wrong_one_is_refused(open_case: Open) -> None:
    session = open_case()
    assert session.value("assessment.areas.indkoeb.relevant") is None
    with pytest.raises(EditError, match="ikke være over 4"):
        session.set("assessment.activities.bade.level", 5)
    assert not session.unsaved


# -- saving ----------------------------------------------------------------------------------------------


def test_the_place_of_the_visitator_is_saved_too(open_case: Open) -> None:
    session = open_case()
    session.go(Place("hverdagsliv", "maaltider", 2))
    session.save()
    assert open_case(session.id).place == Place("hverdagsliv", "maaltider", 2)
    session.go(Place("hverdagsliv", "maaltider", 2))
    assert session.take() is None


def test_what_is_typed_while_a_save_is_under_way_goes_with_the_next(
    open_case: Open, store: CaseStore
) -> None:
    session = open_case()
    session.set("citizen.name", "Bo")
    job = session.take()
    assert job is not None
    session.set("citizen.housing", "Hus")
    session.done(job, session.store(job))
    assert store.load(session.id).case.citizen.housing == ""
    assert session.case.citizen.housing == "Hus"
    assert session.unsaved
    session.save()
    assert store.load(session.id).case.citizen.housing == "Hus"


class Unplugged:
    """A real store that cannot write ``times`` times."""

    def __init__(self, store: CaseStore, times: int) -> None:
        self._store, self._left = store, times

    def save(
        self,
        record: CaseRecord,
        changes: Sequence[Change],
        actor: Actor,
        now: datetime,
        disputed: Sequence[Conflict] = (),
    ) -> CaseRecord:
        if self._left:
            self._left -= 1
            raise StoreError("Disken er fuld.")
        return self._store.save(record, changes, actor, now, disputed)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


def test_what_could_not_be_written_is_written_later(
    open_case: Open, store: CaseStore, shipped: CatalogueFolder, clock: Clock
) -> None:
    case_id = open_case().id
    session = CaseSession(store.load(case_id), Unplugged(store, 2), shipped, ANNA, clock)
    session.set("citizen.name", "Bo")
    session.type("citizen.birth_date", "4-5-", "date")
    for _ in range(2):
        with pytest.raises(StoreError, match="Disken er fuld"):
            session.save()
        assert session.unsaved
        assert store.load(case_id).case.citizen.name == ""
    session.set("citizen.housing", "Hus")
    session.save()
    saved = store.load(case_id)
    assert (saved.case.citizen.name, saved.case.citizen.housing) == ("Bo", "Hus")
    assert saved.drafts == {"citizen.birth_date": "4-5-"}
    assert not session.unsaved


# -- two at one case -------------------------------------------------------------------------------------


def two(open_case: Open) -> tuple[CaseSession, CaseSession]:
    anna = open_case(read_case(sample_data() / "helsingor-11-paabegyndt.json"))
    return anna, open_case(anna.id, BO)


def test_two_who_write_in_two_fields_both_find_both_words(open_case: Open, store: CaseStore) -> None:
    anna, bo = two(open_case)
    anna.set("summary.text", "Annas ord")
    bo.set("own_view.motivation", "Bos ord")
    anna.save()
    bo.save()
    saved = store.load(anna.id).case
    assert (saved.summary.text, saved.own_view.motivation) == ("Annas ord", "Bos ord")
    assert bo.case.summary.text == "Annas ord", "Bo sees it at once"
    anna.set("summary.goal", "fastholde")
    anna.save()
    assert anna.case.own_view.motivation == "Bos ord"
    assert store.load(anna.id).case == anna.case


def test_two_who_each_choose_an_item_both_keep_theirs(open_case: Open, store: CaseStore) -> None:
    anna, bo = two(open_case)
    anna.choose("bad_2")
    bo.choose("madservice")
    anna.save()
    bo.save()
    chosen = [item.delydelse for item in store.load(anna.id).case.decision.items]
    assert sorted(chosen) == ["bad_2", "madservice"]


def test_the_half_typed_texts_of_both_are_kept(open_case: Open, store: CaseStore) -> None:
    anna, bo = two(open_case)
    anna.type("citizen.birth_date", "4-5-", "date")
    anna.save()
    bo.type("decision.decided_on", "8-3-", "date")
    bo.save()
    both = {"citizen.birth_date": "4-5-", "decision.decided_on": "8-3-"}
    assert store.load(anna.id).drafts == both
    bo.set("citizen.name", "Frode")
    bo.save()
    assert store.load(anna.id).drafts == both
    assert bo.shown("citizen.birth_date", "date") == "4-5-"


def test_what_is_typed_while_the_two_are_joined_is_kept(open_case: Open, store: CaseStore) -> None:
    anna, bo = two(open_case)
    anna.set("summary.text", "Annas ord")
    anna.save()
    bo.set("own_view.motivation", "Bos ord")
    job = bo.take()
    assert job is not None
    bo.set("own_view.matters_most", "og nye ord")
    bo.done(job, bo.store(job))
    bo.save()
    saved = store.load(anna.id).case
    assert saved.summary.text == "Annas ord"
    assert (saved.own_view.motivation, saved.own_view.matters_most) == ("Bos ord", "og nye ord")
    assert bo.case == saved


def test_undo_after_joining_takes_back_only_ones_own_word(open_case: Open, store: CaseStore) -> None:
    anna, bo = two(open_case)
    anna.set("summary.text", "Annas ord")
    anna.save()
    bo.set("own_view.motivation", "Bos ord")
    bo.save()
    bo.undo()
    bo.save()
    saved = store.load(anna.id).case
    assert (saved.summary.text, saved.own_view.motivation) == ("Annas ord", "")


def test_an_item_that_one_took_out_while_the_other_worked_on_it_is_kept(
    open_case: Open, store: CaseStore
) -> None:
    anna, bo = two(open_case)
    anna.choose("bad_2")
    anna.save()
    bo = open_case(anna.id, BO)
    anna.drop("bad_2")
    anna.save()
    bo.set("own_view.motivation", "Bos ord")
    bo.set("decision.items.0.reason", "Stiv skulder")
    bo.save()
    saved = store.load(anna.id).case
    assert saved.own_view.motivation == "Bos ord"
    assert [item.reason for item in saved.decision.items] == ["Stiv skulder"]


def test_what_one_writes_of_an_item_stays_with_it_when_the_other_takes_out_the_one_before(
    open_case: Open, store: CaseStore
) -> None:
    anna, bo = two(open_case)
    anna.choose("bad_2")
    anna.choose("madservice")
    anna.save()
    bo = open_case(anna.id, BO)
    anna.drop("bad_2")
    anna.save()
    bo.set("decision.items.1.reason", "Kan ikke stå ved et komfur")
    bo.type("decision.items.1.start_on", "8-3-", "date")
    bo.save()
    saved = store.load(anna.id)
    assert [(one.delydelse, one.reason) for one in saved.case.decision.items] == [
        ("madservice", "Kan ikke stå ved et komfur")
    ]
    assert bo.shown("decision.items.0.start_on", "date") == "8-3-"
    bo.undo()
    assert bo.case.decision.items[0].reason == ""


def test_what_a_sync_brings_is_taken_in_under_the_hands_of_the_one_who_types(open_case: Open) -> None:
    anna, bo = two(open_case)
    anna.set("summary.text", "Annas ord")
    anna.choose("bad_2")
    anna.save()
    bo.type("own_view.motivation", "Bos o")
    assert bo.take_in(anna._store.load(anna.id))
    bo.type("own_view.motivation", "Bos ord")
    assert (bo.case.summary.text, bo.case.own_view.motivation) == ("Annas ord", "Bos ord")
    bo.save()
    assert bo.case == anna._store.load(anna.id).case
    assert not bo.take_in(anna._store.load(anna.id)), "there is nothing new"


def test_undo_leaves_alone_what_somebody_else_has_written_since(open_case: Open) -> None:
    anna, bo = two(open_case)
    bo.set("summary.text", "Bos ord")
    bo.save()
    anna.take_in(anna._store.load(anna.id))
    anna.set("summary.text", "Annas ord")
    anna.save()
    bo.take_in(anna._store.load(anna.id))
    assert bo.case.summary.text == "Annas ord"
    assert bo.undo() is None
    assert bo.case.summary.text == "Annas ord"


def test_while_a_save_is_on_its_way_nothing_is_taken_in_and_nothing_is_missed(open_case: Open) -> None:
    anna, bo = two(open_case)
    bo.set("own_view.motivation", "Bos ord")
    job = bo.take()
    assert job is not None
    anna.set("summary.text", "Annas ord")
    anna.save()
    assert not bo.take_in(anna._store.load(anna.id))
    bo.done(job, bo.store(job))
    assert bo.case.summary.text == "Annas ord"

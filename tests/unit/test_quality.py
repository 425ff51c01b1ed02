"""The year's figures, counted by hand; samples that can be drawn again; the report as a PDF that can be read."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from letter_inspect import objections
from store_kit import ANNA, NOW, a_case, new_store

from visitator_tui.catalogue import CatalogueFolder
from visitator_tui.domain.case import Case
from visitator_tui.domain.quality import bars, year_figures
from visitator_tui.domain.quality_sample import Inspection, draw
from visitator_tui.domain.standard import Standard
from visitator_tui.domain.workdays import DanishCalendar
from visitator_tui.letters.quality_report import quality_pdf, quality_report
from visitator_tui.store.kinds import KindStore
from visitator_tui.usecases.ports import Letterhead
from visitator_tui.usecases.quality import QualityBook

HEAD = Letterhead(municipality="Helsingør Kommune", unit="Visitationen")


def case(received: str, decided: str, *items: tuple[str, str], **more: Any) -> Case:
    given_ = [
        {"delydelse": one, "outcome": outcome, "professional_reason": "Fald" if outcome == "granted!" else ""}
        for one, outcome in items
    ]
    for item in given_:
        item["outcome"] = item["outcome"].rstrip("!")
    decision = {"decided_on": decided, "items": given_}
    made = {"letter_id": "brev-1", "made_at": f"{decided}T10:00:00+01:00", "decision": decision}
    enquiry = {"received_on": received, "acute": False}
    return a_case(**{"enquiry": enquiry, "decision": decision, "made": [made], **more})


YEAR = (
    # Praktisk hjælp is decided within 4 weeks, care within 2 (p. 16): the first in time, the second a day late
    case("2017-03-01", "2017-03-29", ("rengoering_3", "granted")),
    case("2017-03-01", "2017-03-30", ("rengoering_3", "refused"), ("bad_3", "granted!")),
    case("2016-12-20", "2017-01-02", ("bad_3", "granted"), course={
        "reviews": [{"held_on": "2017-06-01"}, {"held_on": "2016-06-01"}, {}],
        "complaints": [
            {"received_on": "2017-02-01", "outcome": "not_upheld", "appeal_outcome": "changed"},
            {"received_on": "2017-02-02", "outcome": "upheld"},
            {"received_on": "2018-02-02"},
        ],
    }),
    case("2017-12-28", "2018-01-02", ("bad_3", "refused")),
    a_case(enquiry={"received_on": "2017-03-01"}),
)  # fmt: skip


def test_the_years_figures_counted_by_hand(helsingor: Standard) -> None:
    found = year_figures([(one, helsingor) for one in YEAR], 2017, DanishCalendar())
    care, practical = found.services
    assert (care.name, practical.name) == ("Personlig hjælp og pleje", "Praktisk hjælp og støtte")
    assert (care.decided, care.granted, care.refused, care.exceptions) == (2, 2, 0, 1)
    assert (care.timed, care.in_time) == (2, 1)
    assert (practical.decided, practical.granted, practical.refused) == (2, 1, 1)
    assert (practical.timed, practical.in_time, practical.share_in_time) == (2, 1, 0.5)
    assert (found.total.decided, found.total.in_time, found.decisions) == (4, 2, 3)
    assert (found.reviews, found.complaints) == (1, 2)
    assert found.complaint_outcomes == {"ikke medhold": 1, "fuldt medhold": 1}
    assert found.appeal_outcomes == {"ændret": 1}


def test_a_draft_counts_in_no_figure_until_it_is_made(helsingor: Standard) -> None:
    draft = case("2017-03-01", "2017-03-29", ("rengoering_3", "granted"), made=[])
    made = case("2017-03-01", "2017-03-29", ("rengoering_3", "granted"))
    new = made.decision.model_copy(update={"decided_on": date(2017, 6, 1), "follows": "brev-1"})
    reopened = made.model_copy(update={"decision": new})
    for one, decisions in ((draft, 0), (made, 1), (reopened, 1)):
        found = year_figures([(one, helsingor)], 2017, DanishCalendar())
        assert (found.decisions, found.total.decided, found.total.timed) == (decisions,) * 3


def test_what_the_first_decision_left_open_is_timed_when_a_later_one_answers_it(helsingor: Standard) -> None:
    """Rengøring is answered in time; bad, which was asked for with it, weeks too late by the next decision."""
    first = case("2017-03-01", "2017-03-10", ("rengoering_3", "granted"))
    asked = first.enquiry.model_copy(update={"applied_for": ("rengoering_3", "bad_3")})
    later = case("2017-03-01", "2017-06-01", ("bad_3", "granted"), ("rengoering_3", "granted")).made[0]
    follows = later.decision.model_copy(update={"follows": "brev-1"})
    made = (*first.made, later.model_copy(update={"letter_id": "brev-2", "decision": follows}))
    whole = first.model_copy(update={"enquiry": asked, "made": made, "decision": follows})
    care, practical = year_figures([(whole, helsingor)], 2017, DanishCalendar()).services
    assert (care.timed, care.in_time) == (1, 0)
    assert (practical.decided, practical.timed, practical.in_time) == (2, 1, 1), "it was answered already"


def test_a_year_without_anything_is_empty(helsingor: Standard) -> None:
    found = year_figures([(one, helsingor) for one in YEAR], 2015, DanishCalendar())
    assert (found.services, found.total.decided, found.total.share_in_time) == ((), 0, None)
    assert bars(found, 80) == ()


@pytest.mark.parametrize("width", [60, 76, 116])
def test_the_chart_fits_the_line_and_never_rounds_up(helsingor: Standard, width: int) -> None:
    found = year_figures([(one, helsingor) for one in YEAR], 2017, DanishCalendar())
    lines = bars(found, width)
    assert len(lines) == 3
    assert all(len(line) <= width and "50 %" in line for line in lines)
    assert all(line.count("#") <= line.count(".") + 1 for line in lines)


def test_the_report_is_a_tagged_pdf_of_the_letters_kind(helsingor: Standard, tmp_path: Path) -> None:
    found = year_figures([(one, helsingor) for one in YEAR], 2017, DanishCalendar())
    letter = quality_report(found, HEAD, date(2018, 1, 5))
    said = letter.said("information")
    assert "50 % (1 af 2)" in said
    assert "Ankestyrelsen: ændret" in said
    pdf = quality_pdf(found, HEAD, date(2018, 1, 5))
    assert objections(pdf, letter, tmp_path) == []


# -- samples --------------------------------------------------------------------------------------------------------

POOL = st.dictionaries(
    st.sampled_from("ABCD"), st.sets(st.integers(0, 999).map(str), max_size=60), max_size=4
)


@settings(max_examples=60, deadline=None)
@given(pool=POOL, seed=st.integers(0, 10**9))
def test_a_sample_holds_5_percent_of_each_supplier_and_can_be_drawn_again(
    pool: dict[str, set[str]], seed: int
) -> None:
    sample = draw("home", pool, seed, date(2017, 3, 1), "anna")
    assert sample.again == sample
    for group in sample.groups:
        assert (
            len(group.drawn) * 100 >= len(group.citizens) * 5 > (len(group.drawn) - 1) * 100
            or not group.citizens
        )
        assert set(group.drawn) <= set(group.citizens) == pool[group.supplier]


@pytest.mark.parametrize(("inspection", "drawn"), [("home", 5), ("nursing_home", 10)])
def test_of_100_citizens_5_are_drawn_at_home_and_10_at_nursing_homes_p38(
    inspection: Inspection, drawn: int
) -> None:
    many = [str(number) for number in range(100)]
    for supplier in draw(inspection, {"A": many, "B": many}, 7, date(2017, 3, 1), "anna").groups:
        assert len(supplier.drawn) == drawn


def test_another_supplier_does_not_change_the_draw_and_the_seed_does() -> None:
    many = [str(number) for number in range(100)]
    alone = draw("nursing_home", {"A": many}, 7, date(2017, 3, 1), "anna")
    both = draw("nursing_home", {"A": reversed(many), "B": many}, 7, date(2017, 3, 1), "anna")
    assert (len(alone.groups[0].drawn), alone.percent) == (10, 10)
    assert len(draw("home", {"A": many}, 7, date(2017, 3, 1), "anna").groups[0].drawn) == 5
    assert both.groups[0] == alone.groups[0]
    assert draw("nursing_home", {"A": many}, 8, date(2017, 3, 1), "anna").groups != alone.groups


def with_help(name: str, delydelse: str, supplier: str) -> Case:
    item = {"delydelse": delydelse, "outcome": "granted", "supplier": supplier, "start_on": "2017-01-02"}
    decision = {"decided_on": "2017-01-02", "items": [item]}
    made = {"letter_id": name, "made_at": "2017-01-02T10:00:00+01:00", "decision": decision}
    return a_case(name, decision=decision, made=[made])


def test_a_sample_is_drawn_among_those_with_help_today_and_kept(
    shipped: CatalogueFolder, tmp_path: Path
) -> None:
    with new_store(tmp_path) as store:
        book = QualityBook(KindStore(store), store, shipped, DanishCalendar(), ANNA, lambda: NOW)
        home = {store.create(with_help(f"B{n}", "bad_3", "Ahorn"), ANNA, NOW).id for n in range(21)}
        nursing = store.create(with_help("Ida", "plejebolig", "Bøgehøj"), ANNA, NOW).id
        store.create(a_case("Uden hjælp"), ANNA, NOW)
        sample = book.draw("helsingor", "home", 42)
        (group,) = sample.groups
        assert (group.supplier, set(group.citizens), len(group.drawn)) == ("Ahorn", home, 2)
        other = book.draw("helsingor", "nursing_home")
        assert [(one.supplier, one.drawn) for one in other.groups] == [("Bøgehøj", (nursing,))]
        kept = book.samples()
        assert kept == [other, sample]
        assert (kept[1].seed, kept[1].drawn_by, kept[1].drawn_on) == (42, "anna", NOW.date())
        assert book.name(nursing) == "Ida"
        assert book.figures("helsingor", 2017).decisions == 22


def test_a_sample_knows_who_gives_the_help_and_who_still_waits_for_the_nursing_home(
    shipped: CatalogueFolder, tmp_path: Path
) -> None:
    orders = [
        {"items": ["bad_3"], "supplier": "Ahorn", "ended_on": "2017-05-01"},
        {"items": ["bad_3"], "supplier": "Birk"},
    ]
    listed = [{"on": "2017-01-02", "kind": "listed", "delydelse": "plejebolig"}]
    changed = with_help("Bo", "bad_3", "Ahorn").model_dump(mode="json")
    waiting = with_help("Ida", "plejebolig", "Bøgehøj").model_dump(mode="json")
    with new_store(tmp_path) as store:
        book = QualityBook(KindStore(store), store, shipped, DanishCalendar(), ANNA, lambda: NOW)
        store.create(Case.model_validate({**changed, "course": {"orders": orders}}), ANNA, NOW)
        store.create(Case.model_validate({**waiting, "course": {"waiting_list": listed}}), ANNA, NOW)
        assert [one.supplier for one in book.draw("helsingor", "home", 1).groups] == ["Birk"]
        assert book.draw("helsingor", "nursing_home", 1).groups == ()

"""The week's minutes by time of day, and what one visit can hold (p. 24)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from letter_cases import case, granted
from letter_others import made

from visitator_tui.domain.base import Extent, Per
from visitator_tui.domain.case import Case, DecisionItem
from visitator_tui.domain.completeness import findings
from visitator_tui.domain.standard import Standard
from visitator_tui.domain.visit_minutes import as_sentences, by_time_of_day, weekly_visits

HOME = ("bad_3", "personlig_hygiejne_2", "rengoering_3", "skifte_sengetoej", "toiletbesoeg")


def item(delydelse: str, supplier: str = "", outcome: str = "granted", **extent: Any) -> DecisionItem:
    return DecisionItem.model_validate(
        {"delydelse": delydelse, "outcome": outcome, "supplier": supplier, "extent": extent}
    )


EXTENTS = st.builds(
    Extent,
    times=st.integers(1, 8) | st.none(),
    per=st.sampled_from(get_args(Per)) | st.none(),
    minutes=st.integers(1, 120) | st.none(),
    weekdays_only=st.booleans(),
    time_of_day=st.lists(st.sampled_from(("day", "evening", "night")), unique=True).map(tuple),
)
ITEMS = st.lists(
    st.builds(
        DecisionItem,
        delydelse=st.sampled_from(HOME),
        outcome=st.sampled_from(("granted", "partly", "refused", "stopped")),
        supplier=st.sampled_from(("", "Ahorn", "Birk")),
        extent=EXTENTS,
    ),
    max_size=5,
    unique_by=lambda one: one.delydelse,
)


@settings(max_examples=60, deadline=None)
@given(items=ITEMS)
def test_no_minute_is_lost_or_counted_twice(helsingor: Standard, items: list[DecisionItem]) -> None:
    total = sum(
        (often * one.extent.minutes for one in items
         if one.gives_help and one.extent and one.extent.minutes and (often := weekly_visits(one.extent))),
        Fraction(0),
    )  # fmt: skip
    found = by_time_of_day(items, helsingor)
    assert sum((one.minutes for one in found), Fraction(0)) == total
    assert found == by_time_of_day(tuple(items), helsingor)


@settings(max_examples=60, deadline=None)
@given(items=ITEMS)
def test_sharing_visits_never_takes_more_of_them_and_never_too_few(
    helsingor: Standard, items: list[DecisionItem]
) -> None:
    for one in by_time_of_day(items, helsingor):
        assert one.visits_together <= one.visits
        assert (one.visits_together < one.visits) is (len(one.together) > 1)


@settings(max_examples=30, deadline=None)
@given(items=ITEMS)
def test_what_is_refused_or_stopped_takes_no_time(helsingor: Standard, items: list[DecisionItem]) -> None:
    given_ = [one for one in items if one.gives_help]
    assert by_time_of_day(items, helsingor) == by_time_of_day(given_, helsingor)


@pytest.mark.parametrize(
    ("extent", "visits"),
    [
        ({"times": 2, "per": "day"}, 14),
        ({"times": 1, "per": "day", "weekdays_only": True}, 5),
        ({"times": 1, "times_max": 2, "per": "week"}, 2),
        ({"times": 1, "per": "two_weeks"}, Fraction(1, 2)),
        ({"times": 13, "per": "month"}, 3),
        ({"times": 10, "per": "course"}, None),
        ({"times": 1}, None),
    ],
)
def test_a_frequency_as_visits_a_week(extent: dict[str, Any], visits: Fraction | None) -> None:
    assert weekly_visits(Extent.model_validate(extent)) == visits


def test_the_sentences_by_hand(helsingor: Standard) -> None:
    items = (
        item("bad_3", times=2, per="week", minutes=30, time_of_day=["day"]),
        item("skifte_sengetoej", times=1, per="two_weeks", minutes=15, time_of_day=["day"]),
        item("toiletbesoeg", times=2, per="day", minutes=10, time_of_day=["day", "evening"]),
    )
    assert as_sentences(by_time_of_day(items, helsingor)) == (
        "I dagtimerne: 137,5 minutter om ugen. Bad 3, Skifte sengetøj og Toiletbesøg kan gives i samme besøg "
        "i dagtimerne: 7 besøg om ugen i stedet for 9,5.",
        "Om aftenen: 70 minutter om ugen.",
    )


def test_two_suppliers_do_not_share_a_visit(helsingor: Standard) -> None:
    when: dict[str, Any] = {"times": 1, "per": "week", "minutes": 30, "time_of_day": ["day"]}
    (found,) = by_time_of_day(
        (item("bad_3", "Ahorn", **when), item("rengoering_3", "Birk", **when)), helsingor
    )
    assert not found.together
    assert found.visits_together == 2
    assert found.minutes == 60


def test_the_decision_is_reminded_of_frequency_and_time_of_day_p24(helsingor: Standard) -> None:
    def codes(**extent: Any) -> set[str]:
        one = Case.model_validate(
            {
                "municipality": "helsingor",
                "decision": {"items": [item("bad_3", **extent).model_dump(mode="json")]},
            }
        )
        found = findings(one, helsingor, date(2017, 3, 8))
        assert all(f.severity == "warn" and "s. 24" in f.source for f in found if f.code in wanted)
        return {f.code for f in found} & wanted

    wanted = {"frequency", "time_of_day"}
    assert codes(minutes=30) == wanted
    assert codes(times=2, per="week", minutes=30) == {"time_of_day"}
    assert codes(minutes=30, time_of_day=["evening"]) == {"frequency"}
    assert codes(times=2, per="week", minutes=30, clock="7.00-9.00") == set()


def test_the_order_tells_the_supplier_what_one_visit_can_hold() -> None:
    when = {"times": 1, "per": "week", "minutes": 45, "time_of_day": ("day",)}
    one = case(
        granted("bad_2", supplier="Ahorn", extent=Extent.model_validate(when)),
        granted("rengoering_3", supplier="Ahorn", extent=Extent.model_validate(when)),
    )
    told = made("bestilling", one).said("services")
    assert "I dagtimerne: 90 minutter om ugen." in told
    assert (
        "Bad 2 og Rengøring 3 kan gives i samme besøg i dagtimerne: 1 besøg om ugen i stedet for 2." in told
    )

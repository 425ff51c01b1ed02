"""What is typed into a field: read as Danes write it, and shown again as it was meant."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitator_tui.domain.edit import MISSING, EditError
from visitator_tui.usecases.fields import Kind, read, read_date, show


@pytest.mark.parametrize(
    "typed",
    [
        "1-3-2017",
        "01-03-2017",
        "1.3.2017",
        "01.03.2017",
        "1/3/2017",
        "1 3 2017",
        " 01032017 ",
        "2017-03-01",
        "2017-3-1",
    ],
)
def test_a_date_is_read_in_every_way_danes_write_it(typed: str) -> None:
    assert read_date(typed) == date(2017, 3, 1)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("i går", "skriv datoen som dd-mm-åååå, fx 01-03-2017"),
        ("1-3-17", "skriv datoen som dd-mm-åååå, fx 01-03-2017"),
        ("1-3", "skriv datoen som dd-mm-åååå, fx 01-03-2017"),
        ("0103201", "skriv datoen som dd-mm-åååå, fx 01-03-2017"),
        ("30-2-2017", "den dato findes ikke i kalenderen"),
        ("29-02-2017", "den dato findes ikke i kalenderen"),
        ("12-13-2017", "den dato findes ikke i kalenderen"),
        ("0-1-2017", "den dato findes ikke i kalenderen"),
        ("01-01-0000", "årstallet ligger for langt tilbage; skriv fire cifre, fx 1938"),
    ],
)
def test_what_is_no_date_is_told_in_danish(typed: str, says: str) -> None:
    with pytest.raises(EditError) as told:
        read_date(typed)
    assert str(told.value) == says


@given(st.dates(min_value=date(1900, 1, 1)))
def test_a_date_that_is_shown_is_read_as_the_same_date(day: date) -> None:
    assert read("date", show("date", day.isoformat())) == day.isoformat()


@pytest.mark.parametrize("typed", ["-1", "2,5", "2.5", "to", "12345", "²", "1 2"])
def test_a_number_is_whole_and_not_endless(typed: str) -> None:
    with pytest.raises(EditError, match="skriv et helt tal"):
        read("number", typed)


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("text", "  som det står \n", "  som det står \n"),
        ("text", "", ""),
        ("optional", "  hver anden uge ", "hver anden uge"),
        ("optional", "   ", None),
        ("date", "  ", None),
        ("number", " 12 ", 12),
        ("number", "", None),
        ("lines", "hjælp til bad\n\n  indkøb  \n", ["hjælp til bad", "indkøb"]),
        ("lines", "\n", []),
    ],
)
def test_each_kind_of_field_has_its_way_to_be_empty(kind: Kind, typed: str, value: Any) -> None:
    assert read(kind, typed) == value


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("date", "2017-03-01", "01-03-2017"),
        ("date", None, ""),
        ("number", 3, "3"),
        ("number", 0, "0"),
        ("text", MISSING, ""),
        ("optional", None, ""),
        ("lines", ["bad", "indkøb"], "bad\nindkøb"),
        ("lines", [], ""),
    ],
)
def test_a_value_is_shown_as_it_would_be_typed(kind: Kind, value: Any, shown: str) -> None:
    assert show(kind, value) == shown


@pytest.mark.parametrize("typed", ["9.30", "9:30", "09.30", "0930", "kl. 9.30", " 9 30 "])
def test_a_time_of_day_is_read_in_every_way_danes_write_it(typed: str) -> None:
    assert show("time", read("time", typed)) == "09.30"


@pytest.mark.parametrize(
    ("typed", "says"), [("25", "findes ikke"), ("9.75", "findes ikke"), ("formiddag", "tt.mm")]
)
def test_what_is_no_time_of_day_is_refused(typed: str, says: str) -> None:
    with pytest.raises(EditError, match=says):
        read("time", typed)


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("45", 45), ("45 min", 45), ("1 t 30", 90), ("1t30m", 90), ("2 timer", 120), ("", None)],
)
def test_minutes_are_read_also_as_hours(typed: str, minutes: int | None) -> None:
    assert read("minutes", typed) == minutes


@pytest.mark.parametrize("typed", ["en time", "45 kr", "-5", "t"])
def test_what_is_no_number_of_minutes_is_refused(typed: str) -> None:
    with pytest.raises(EditError, match="minutterne"):
        read("minutes", typed)

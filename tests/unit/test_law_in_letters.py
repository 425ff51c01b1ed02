"""A letter never cites a rule that does not apply to this citizen on this date (issue B, "Time")."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import cast

import pytest

from visitator_tui import composition
from visitator_tui.domain.case import Case
from visitator_tui.domain.edit import apply, change, parse_path
from visitator_tui.resources import sample_data
from visitator_tui.usecases.casefile import read_case
from visitator_tui.usecases.open_case import OpenCase
from visitator_tui.usecases.ports import Actor, CaseRecord, CaseStore

NOW = datetime(2026, 6, 1, tzinfo=UTC)
CASE = sample_data() / "helsingor-04-bad-og-rengoering.json"


def moved(to: date, born: date) -> Case:
    """The sample with help under serviceloven § 83, decided on another day for somebody of another age."""
    case = read_case(CASE)
    assert case.decision.decided_on
    by = to - case.decision.decided_on
    dates = ["enquiry.received_on", "assessment.assessed_on", "decision.decided_on"]
    dates += [
        f"decision.items.{n}.{field}"
        for n in range(len(case.decision.items))
        for field in ("start_on", "review_on")
    ]
    changes = [change(case, parse_path("citizen.birth_date"), born.isoformat())[1]]
    asked = {"outcome": "traening_indgaar", "reason": "Du træner med terapeuten to gange om ugen."}
    changes.append(change(case, parse_path("considerations.forebyggelse_foerst"), asked)[1])
    document = case.model_dump(mode="json", by_alias=True)
    for where in dates:
        value = document
        for part in parse_path(where):
            value = value[part]  # type: ignore[index]
        if isinstance(value, str):
            later = date.fromisoformat(value) + by
            changes.append(change(case, parse_path(where), later.isoformat())[1])
    return apply(case, changes)


@pytest.mark.parametrize(
    ("decided", "age", "cited", "never"),
    [
        (date(2017, 5, 18), 80, "Serviceloven § 83", "ldreloven § 10"),
        (date(2017, 5, 18), 60, "Serviceloven § 83", "ldreloven § 10"),
        (date(2025, 6, 30), 80, "Serviceloven § 83", "ldreloven § 10"),
        (date(2025, 7, 1), 80, "Ældreloven § 10", "Serviceloven § 83"),
        (date(2026, 3, 1), 80, "Ældreloven § 10", "Serviceloven § 83"),
        (date(2026, 3, 1), 60, "Serviceloven § 83", "ldreloven § 10"),
    ],
)
def test_the_letter_and_the_screens_cite_what_applies(
    decided: date, age: int, cited: str, never: str
) -> None:
    case = moved(decided, decided - timedelta(days=int(age * 365.25) + 30))
    standard = composition.catalogues().in_force("helsingor", decided)
    text = composition.letter_press().text(case, standard, composition.letterhead(standard))
    assert cited in text
    assert never not in text
    record, law = CaseRecord("sag", 1, case), composition.law_register()
    opened = OpenCase(
        record, cast(CaseStore, None), composition.catalogues(), Actor("vivi"), lambda: NOW, law
    )
    for item in case.decision.items:
        assert opened.legal_basis(item).startswith(cited[:1].lower() + cited[1:])

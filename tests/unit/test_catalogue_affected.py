"""Whom a new standard affects: they are told, and their help is assessed anew (Helsingør 2017, p. 10)."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from command_kit import Run, run
from store_kit import ANNA, NOW, new_store

from visitator_tui import composition
from visitator_tui.domain.case import Case
from visitator_tui.domain.standard import Standard
from visitator_tui.domain.standard_diff import compare
from visitator_tui.usecases.standard_change import (
    Affected,
    ReviewRow,
    affected,
    cases_of,
    review_list,
    successions,
)

__all__ = ["run"]

OLD = composition.catalogues().by_id("helsingor-2016")
NEW = composition.catalogues().by_id("helsingor-2017")


def case(
    *items: dict[str, Any],
    decided_on: str | None = "2016-06-01",
    applied_for: tuple[str, ...] = (),
    **more: Any,
) -> Case:
    """A case with a made decision; without a date, the decision is a draft."""
    decision = {"decided_on": decided_on, "items": items}
    made = {"letter_id": "brev-1", "made_at": "2016-06-01T10:00:00+02:00", "decision": decision}
    document = {
        "municipality": "helsingor",
        "citizen": {"name": "Åse Ærø Østergård"},
        "enquiry": {"received_on": "2016-05-20", "applied_for": applied_for},
        "decision": decision,
        "made": [made] if decided_on else [],
        **more,
    }
    return Case.model_validate(document)


def granted(delydelse: str, **more: Any) -> dict[str, Any]:
    return {"delydelse": delydelse, "outcome": "granted", **more}


def found(one: Case, old: Standard = OLD, new: Standard = NEW) -> tuple[Affected, ...]:
    return affected(compare(old, new), [("sag-1", one)])


def test_a_running_grant_of_what_is_dropped_is_affected() -> None:
    (one,) = found(case(granted("tilsyn")))
    assert (one.case, one.cause, one.name, one.parts[0].status) == ("sag-1", "granted", "Tilsyn", "dropped")
    assert one.why == "bevilget den 1. juni 2016"


def test_a_running_grant_of_what_is_changed_is_affected() -> None:
    (one,) = found(case(granted("rengoering_oprydning")))
    assert one.parts[0].status == "changed"


def test_a_grant_of_what_stays_as_it_was_is_not() -> None:
    assert found(case(granted("bad_3"))) == ()


def test_a_refusal_is_not_affected() -> None:
    assert found(case({"delydelse": "tilsyn", "outcome": "refused"})) == ()


@pytest.mark.parametrize(
    ("course", "affects"),
    [
        ({"amount": 8, "unit": "weeks"}, False),
        ({"amount": 4, "amount_max": 40, "unit": "weeks"}, True),
        ({"amount": 7, "unit": "months"}, True),
        ({"amount": 10, "unit": "weekdays"}, False),
        ({"unit": "when_vacant"}, True),
    ],
)
def test_a_course_that_was_over_by_then_is_not_affected(course: dict[str, Any], affects: bool) -> None:
    one = case(granted("tilsyn", start_on="2016-06-10", extent={"course": course}))
    assert bool(found(one)) is affects


def test_what_was_decided_under_the_new_standard_is_not_affected() -> None:
    assert found(case(granted("rengoering_oprydning"), decided_on="2017-01-01")) == ()
    assert len(found(case(granted("rengoering_oprydning"), decided_on="2016-12-31"))) == 1


def test_another_municipalitys_case_is_not_affected() -> None:
    assert found(case(granted("klippekort"), municipality="herning")) == ()


def test_an_open_case_in_which_it_was_chosen_is_affected() -> None:
    (one,) = found(case({"delydelse": "klippekort"}, decided_on=None))
    assert (one.cause, one.why) == ("chosen", "valgt i en sag, der ikke er afgjort")


def test_a_dated_draft_grants_nothing_and_leaves_the_application_open() -> None:
    drafted, applied = found(case(granted("tilsyn"), applied_for=("klippekort",), made=[]))
    assert (drafted.cause, drafted.name, drafted.since) == ("chosen", "Tilsyn", None)
    assert (applied.cause, applied.name) == ("applied", "Klippekort")


def test_a_later_draft_or_decision_hides_no_running_grant() -> None:
    first = case(granted("tilsyn"))
    follows = {"decided_on": "2017-02-01", "items": [granted("bad_3")], "follows": "brev-1"}
    reopened = Case.model_validate(first.model_dump(by_alias=True) | {"decision": follows})
    assert [(one.cause, one.name) for one in found(reopened)] == [("granted", "Tilsyn")]
    second = {"letter_id": "brev-2", "made_at": "2017-02-01T10:00:00+01:00", "decision": follows}
    both = [*first.model_dump(by_alias=True)["made"], second]
    again = Case.model_validate(reopened.model_dump(by_alias=True) | {"made": both})
    assert [(one.cause, one.name) for one in found(again)] == [("granted", "Tilsyn")]


def test_help_that_had_its_last_day_and_a_closed_case_are_not_affected() -> None:
    assert found(case(granted("tilsyn", ends_on="2016-12-31"))) == ()
    assert len(found(case(granted("tilsyn", ends_on="2017-01-01")))) == 1
    assert found(case(granted("tilsyn"), course={"closed_on": "2016-12-01"})) == ()


@pytest.mark.parametrize("asked", ["klippekort", "Klippekort", " KLIPPEKORT "])
def test_an_open_application_is_affected_by_id_and_in_the_citizens_words(asked: str) -> None:
    (one,) = found(case(decided_on=None, applied_for=(asked, "noget helt andet")))
    assert (one.cause, one.name) == ("applied", "Klippekort")
    assert one.why == "søgt om i en sag, der ikke er afgjort"


def test_an_application_for_a_whole_ydelse_is_affected_by_each_of_its_changes() -> None:
    (one,) = found(case(decided_on=None, applied_for=("rehab_ydelser",)))
    assert len(one.parts) == 3
    assert one.name.endswith("og Rehab - Tilsyn")


def test_the_same_help_is_told_once() -> None:
    one = case({"delydelse": "klippekort"}, decided_on=None, applied_for=("klippekort", "Klippekort"))
    assert [hit.cause for hit in found(one)] == ["chosen"]


def test_an_answered_application_is_not_affected_by_itself() -> None:
    assert found(case({"delydelse": "klippekort", "outcome": "refused"}, applied_for=("klippekort",))) == ()


def test_an_open_case_begun_under_the_new_standard_is_not_affected() -> None:
    late = case(
        decided_on=None, enquiry={"received_on": "2017-02-01", "applied_for": ["rengoering_oprydning"]}
    )
    assert found(late) == ()
    undated = case(decided_on=None, enquiry={"applied_for": ["rengoering_oprydning"]})
    assert len(found(undated)) == 1


# -- the review list -------------------------------------------------------------------------------


def test_the_review_list_has_the_citizen_what_was_changed_and_why_with_what_is_dropped_first() -> None:
    rows = review_list(
        [("a", case(granted("rengoering_oprydning"))), ("b", case(granted("tilsyn")))], OLD, NEW
    )
    assert [(row.case_id, row.dropped) for row in rows] == [("b", True), ("a", False)]
    assert rows[0].citizen == "Åse Ærø Østergård"
    assert rows[0].changes[0] == "udgår"
    assert "ikke er hjemmel" in rows[0].changes[1]
    assert rows[1].changes[0].startswith("Fra 2017 gives den 1 gang daglig")
    assert rows[1].why == "bevilget den 1. juni 2016"


def test_in_a_row_of_several_changes_each_is_named() -> None:
    (row,) = review_list([("a", case(decided_on=None, applied_for=("rehab_ydelser",)))], OLD, NEW)
    assert "Rehab - Tilsyn: udgår" in row.changes


def test_the_review_list_comes_from_the_store(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        kept = store.create(case(granted("personlig_ledsagelse")), ANNA, NOW)
        store.create(case(granted("bad_3")), ANNA, NOW)
        store.create(case(granted("klippekort"), municipality="herning"), ANNA, NOW)
        assert len(list(cases_of(store, "helsingor"))) == 2
        rows = review_list(cases_of(store, "helsingor"), OLD, NEW)
    assert [(row.case_id, row.help) for row in rows] == [(kept.id, "Personlig ledsagelse")]
    assert isinstance(rows[0], ReviewRow)


def test_each_standard_is_paired_with_the_one_that_followed_it() -> None:
    newer = NEW.model_copy(update={"id": "helsingor-2018", "valid_from": date(2018, 1, 1)})
    herning = composition.catalogues().by_id("herning-2022")
    pairs = [(old.id, new.id) for old, new in successions([newer, herning, OLD, NEW])]
    assert pairs == [("helsingor-2017", "helsingor-2018"), ("helsingor-2016", "helsingor-2017")]


# -- the command -----------------------------------------------------------------------------------


def files(folder: Path, *cases: Case) -> list[Path]:
    made = []
    for number, one in enumerate(cases):
        made.append(folder / f"sag-{number}.json")
        made[-1].write_text(one.model_dump_json(by_alias=True), "utf-8")
    return made


def test_the_command_names_the_files_and_never_the_citizen(run: Run, tmp_path: Path) -> None:
    given = files(tmp_path, case(granted("tilsyn")), case(granted("bad_3")))
    said = run("catalogue", "diff", "helsingor-2016", "helsingor-2017", "--cases", *given)
    assert (said.code, said.err) == (0, "")
    text = " ".join(said.out.split())
    assert "BERØRTE SAGER (1 af 2)" in text
    assert f"{given[0]}: Tilsyn udgår; bevilget den 1. juni 2016." in text
    assert "Borgerne skal have besked, og deres hjælp skal vurderes igen." in text
    assert "Åse" not in said.out
    as_json = run("catalogue", "diff", "helsingor-2016", "helsingor-2017", "--json", "--cases", *given)
    assert json.loads(as_json.out)["affected"] == [
        {"case": str(given[0]), "cause": "granted", "since": "2016-06-01", "delydelser": ["tilsyn"]}
    ]


def test_a_case_file_that_cannot_be_read_is_named(run: Run, tmp_path: Path) -> None:
    (good,) = files(tmp_path, case(granted("tilsyn")))
    bad = tmp_path / "brudt.json"
    bad.write_text('{"municipality": "helsingor", "citizen": {"nam": "x"}}', "utf-8")
    said = run("catalogue", "diff", "helsingor-2016", "helsingor-2017", "--cases", good, bad)
    assert (said.code, said.out) == (2, "")
    assert f"{bad} »citizen.nam«" in said.err
    missing = run("catalogue", "diff", "helsingor-2016", "helsingor-2017", "--cases", tmp_path / "ingen.json")
    assert "ingen.json" in missing.err

"""The functional profile: levels of areas set aside do not count; the level before stands beside the new."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from visitator_tui.catalogue import CatalogueFolder
from visitator_tui.domain.case import Case
from visitator_tui.domain.made_decision import next_decision, with_made
from visitator_tui.domain.matching import suggest
from visitator_tui.domain.profile import before, counted_scores
from visitator_tui.domain.standard import Standard

AT = datetime(2017, 3, 8, 9, tzinfo=UTC)


def case(relevant: bool | None, level: int = 3, **parts: Any) -> Case:
    scores = {"indkoeb_af_varer": {"level": level}, "goere_rent": {"level": 2}}
    areas = {"indkoeb": {"relevant": relevant}}
    found = {"assessed_on": "2017-03-06", "areas": areas, "activities": scores}
    return Case.model_validate({"municipality": "helsingor", "assessment": found, **parts})


def standard(shipped: CatalogueFolder) -> Standard:
    return shipped.in_force("helsingor", date(2017, 3, 8))


def test_levels_of_an_area_that_is_not_relevant_stay_and_do_not_count(shipped: CatalogueFolder) -> None:
    helsingor = standard(shipped)
    aside = case(False)
    assert aside.scores["indkoeb_af_varer"] == 3
    assert counted_scores(aside, helsingor) == {"goere_rent": 2}
    rules = {one.delydelse: one.level_rule for one in suggest(aside, helsingor)}
    assert rules["indkoebsordning"] == "undetermined"
    back = {one.delydelse: one.level_rule for one in suggest(case(True), helsingor)}
    assert back["indkoebsordning"] == "met"
    assert counted_scores(case(None), helsingor)["indkoeb_af_varer"] == 3


def test_without_an_earlier_assessment_there_is_no_before(shipped: CatalogueFolder) -> None:
    assert before(case(True), standard(shipped)) is None


def test_the_levels_of_the_made_decision_are_the_levels_before(shipped: CatalogueFolder) -> None:
    item = {"delydelse": "indkoebsordning", "outcome": "granted"}
    made = with_made(case(True, 3, decision={"decided_on": "2017-03-08", "items": [item]}), "brev-1", AT)
    assert before(made, standard(shipped)) is None, "nothing has been assessed since"
    anew = made.model_copy(
        update={"decision": next_decision(made, date(2017, 9, 1)), "assessment": case(True, 1).assessment}
    )
    found = before(anew, standard(shipped))
    assert found is not None
    assert found.on == date(2017, 3, 6)
    assert found.levels["indkoeb_af_varer"] == 3


def test_an_evaluation_tells_the_level_at_the_beginning_of_the_course(shipped: CatalogueFolder) -> None:
    goals = [{"activity": "indkoeb_af_varer", "before": 4, "after": 2}]
    found = before(case(True, 2, course={"evaluations": [{"goals": goals}]}), standard(shipped))
    assert found is not None
    assert found.levels == {"indkoeb_af_varer": 4}

"""Which law applies to whom and when: the dates and ages where it changes, and one day to each side.

Sources: serviceloven § 2, stk. 5, and § 79 a; lov 508/2019; lov 1651/2024 (ældreloven) §§ 2 and 46;
lov 1703/2024; lov om social pension § 1 a; Helsingør 2017, p. 77.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from law_kit import aged, law, ref, shorts

from visitator_tui.domain.law_judgement import age_on
from visitator_tui.domain.law_register import applies, cited, lapsing, law_for_item, parts
from visitator_tui.domain.law_rules import LawRegister, birthday

DAY = timedelta(days=1)
IN_2016, IN_2017, END_2018 = date(2016, 5, 2), date(2017, 3, 8), date(2018, 12, 14)
LAST_OLD_VISITS, FIRST_NEW_VISITS = date(2019, 6, 30), date(2019, 7, 1)
LAST_OLD, FIRST_NEW = date(2025, 6, 30), date(2025, 7, 1)
IN_2026, IN_2027 = date(2026, 3, 1), date(2027, 3, 1)
BEFORE = (IN_2016, IN_2017, END_2018, LAST_OLD_VISITS, FIRST_NEW_VISITS, LAST_OLD)
AFTER = (FIRST_NEW, IN_2026, IN_2027)
YOUNG, OLD = (59, 64, 66), (68, 74, 75, 79, 80, 81, 82)


@pytest.mark.parametrize("on", BEFORE)
@pytest.mark.parametrize("age", (*YOUNG, 67, *OLD))
@pytest.mark.parametrize("short", ["sel 83", "sel 83,1,2", "sel 83 a", "sel 84", "sel 86,2"])
def test_before_july_2025_the_age_makes_no_difference(short: str, age: int, on: date) -> None:
    assert shorts(cited(law(), (ref(short),), on, aged(age, on))) == [short]


@pytest.mark.parametrize("on", AFTER)
@pytest.mark.parametrize("age", YOUNG)
@pytest.mark.parametrize("short", ["sel 83", "sel 83,1,2", "sel 83 a", "sel 84", "sel 86,2"])
def test_the_younger_keep_serviceloven(short: str, age: int, on: date) -> None:
    assert shorts(cited(law(), (ref(short),), on, aged(age, on))) == [short]


@pytest.mark.parametrize("on", AFTER)
@pytest.mark.parametrize("age", (67, *OLD))
@pytest.mark.parametrize(
    ("short", "names", "wanted"),
    [
        ("sel 83", (), "æl 10"),
        ("sel 83,1,1", (), "æl 10"),
        ("sel 83,1,2", (), "æl 10"),
        ("sel 83 a", (), "æl 10"),
        ("sel 86", (), "æl 10"),
        ("sel 86,2", (), "æl 10"),
        ("sel 88,2", (), "æl 10"),
        ("sel 84", ("Afløsning",), "æl 16"),
        ("sel 84,1", (), "æl 16"),
        ("sel 84,2", (), "æl 17"),
        ("sel 84", ("Aflastningsophold",), "æl 17"),
        ("sel 83", ("Madservice",), "æl 13"),
        ("sel 83,1,3", (), "æl 13"),
        ("sel 83 b", (), "æl 13"),
    ],
)
def test_from_folkepensionsalderen_aeldreloven_takes_over(
    short: str, names: tuple[str, ...], wanted: str, age: int, on: date
) -> None:
    judged = applies(law(), ref(short), on, aged(age, on), names=names)
    assert not judged.may_be_cited
    assert judged.cited == ref(wanted)
    assert str(ref(wanted)) in judged.explanation


@pytest.mark.parametrize("short", ["sel 79", "sul 138", "sul 140", "abl", "abl 54", "rsl 60", "sel 95,1-4"])
@pytest.mark.parametrize("on", (*BEFORE, *AFTER))
@pytest.mark.parametrize("age", [59, 80])
def test_other_rules_stay_as_they_are(short: str, age: int, on: date) -> None:
    assert shorts(cited(law(), (ref(short),), on, aged(age, on))) == [short]


@pytest.mark.parametrize(
    ("short", "instead"), [("sel 79 a", "æl 4"), ("sel 122", "æl 26"), ("sel 192", "æl 47")]
)
@pytest.mark.parametrize("age", [66, 80])
def test_rules_that_ended_give_way_for_every_age(short: str, instead: str, age: int) -> None:
    for on in BEFORE:
        assert shorts(cited(law(), (ref(short),), on, aged(age, on))) == [short]
    for on in AFTER:
        judged = applies(law(), ref(short), on, aged(age, on))
        assert (judged.status, judged.cited) == ("no_longer", ref(instead))
        assert "30. juni 2025" in judged.why


@pytest.mark.parametrize(
    ("born", "reached"),
    [
        (date(1953, 12, 31), date(2018, 12, 31)),
        (date(1954, 1, 1), date(2019, 7, 1)),
        (date(1954, 6, 30), date(2019, 12, 30)),
        (date(1954, 7, 1), date(2020, 7, 1)),
        (date(1954, 12, 31), date(2020, 12, 31)),
        (date(1955, 1, 1), date(2021, 7, 1)),
        (date(1955, 6, 30), date(2021, 12, 30)),
        (date(1955, 7, 1), date(2022, 7, 1)),
        (date(1962, 12, 31), date(2029, 12, 31)),
        (date(1963, 1, 1), date(2031, 1, 1)),
        (date(1966, 12, 31), date(2034, 12, 31)),
        (date(1967, 1, 1), date(2036, 1, 1)),
        (date(1970, 12, 31), date(2039, 12, 31)),
        (date(1971, 1, 1), date(2041, 1, 1)),
    ],
)
def test_folkepensionsalderen_follows_the_birth_date(born: date, reached: date) -> None:
    assert law().pension_age.reached_on(born) == reached
    if reached > FIRST_NEW:
        assert shorts(cited(law(), (ref("sel 83"),), reached - DAY, born)) == ["sel 83"]
        assert shorts(cited(law(), (ref("sel 83"),), reached, born)) == ["æl 10"]


def test_a_birthday_that_the_month_does_not_have_is_its_last_day() -> None:
    assert birthday(date(1956, 2, 29), 67) == date(2023, 2, 28)
    assert birthday(date(1954, 3, 31), 65, 6) == date(2019, 9, 30)
    assert age_on(date(1956, 2, 29), date(2023, 2, 27)) == 66
    assert age_on(date(1956, 2, 29), date(2023, 2, 28)) == 67


# -- forebyggende hjemmebesøg (§ 79 a) -----------------------------------------------------------------


@pytest.mark.parametrize("on", [IN_2016, IN_2017, END_2018, LAST_OLD_VISITS])
@pytest.mark.parametrize(
    ("age", "stk"),
    [
        (64, []),
        (65, ["3"]),
        (74, ["3"]),
        (75, ["2", "3"]),
        (76, ["3"]),
        (79, ["3"]),
        (80, ["1"]),
        (82, ["1"]),
    ],
)
def test_visits_until_the_end_of_june_2019(age: int, stk: list[str], on: date) -> None:
    found = parts(law(), ref("sel 79 a"), on, aged(age, on))
    assert [rule.stk for rule in found] == stk


@pytest.mark.parametrize("on", [FIRST_NEW_VISITS, date(2022, 6, 15), LAST_OLD])
@pytest.mark.parametrize(
    ("age", "stk"),
    [
        (64, []), (66, ["4"]), (69, ["4"]), (71, ["4"]), (74, ["4"]), (75, ["2", "4"]), (76, ["4"]),
        (79, ["4"]), (80, ["2", "4"]), (81, ["4"]), (82, ["1"]), (90, ["1"]),
    ],
)  # fmt: skip
def test_visits_from_july_2019(age: int, stk: list[str], on: date) -> None:
    found = parts(law(), ref("sel 79 a"), on, aged(age, on))
    assert [rule.stk for rule in found] == stk


@pytest.mark.parametrize(("alone", "stk"), [(True, ["3", "4"]), (None, ["3", "4"]), (False, ["4"])])
def test_the_visit_at_70_is_for_those_who_live_alone(alone: bool | None, stk: list[str]) -> None:
    on = FIRST_NEW_VISITS
    found = parts(law(), ref("sel 79 a"), on, aged(70, on), {"bor_alene": alone})
    assert [rule.stk for rule in found] == stk
    assert not [
        rule for rule in parts(law(), ref("sel 79 a"), LAST_OLD_VISITS, aged(70, on)) if rule.requires
    ]


def test_the_day_before_the_birthday_counts() -> None:
    on = IN_2017
    birth = aged(65, on) + DAY
    judged = applies(law(), ref("sel 79 a"), on, birth)
    assert judged.status == "not_for_age"
    assert "fra 65 år" in judged.why
    assert "64 år" in judged.why
    assert applies(law(), ref("sel 79 a"), on, birth - DAY).status == "applies"


def test_after_june_2025_there_are_no_parts_left() -> None:
    assert parts(law(), ref("sel 79 a"), FIRST_NEW, aged(82, FIRST_NEW)) == ()


def test_a_visit_cannot_be_granted_too_early_but_the_rule_can_refuse_it() -> None:
    for on in (IN_2017, date(2022, 6, 15)):
        too_young = aged(59, on)
        assert cited(law(), (ref("sel 79 a"),), on, too_young) == ()
        assert shorts(cited(law(), (ref("sel 79 a"),), on, too_young, refused=True)) == ["sel 79 a"]


# -- what the citizen's circumstances change -----------------------------------------------------------


@pytest.mark.parametrize(
    ("age", "facts", "wanted"),
    [
        (80, {"hjaelp_efter_95_96": True}, "sel 83"),
        (80, {"hjaelp_efter_95_96": False}, "æl 10"),
        (80, {"behov_efter_aeldreloven": False}, "sel 83"),
        (80, {"behov_efter_aeldreloven": True}, "æl 10"),
        (60, {"behov_efter_aeldreloven": True}, "æl 10"),
        (60, {"behov_efter_aeldreloven": True, "hjaelp_efter_95_96": True}, "sel 83"),
        (60, {}, "sel 83"),
    ],
)
def test_an_answer_goes_before_the_age(age: int, facts: dict[str, bool | None], wanted: str) -> None:
    found = cited(law(), (ref("sel 83"),), IN_2026, aged(age, IN_2026), facts)
    assert shorts(found) == [wanted]
    assert shorts(cited(law(), (ref("sel 83"),), LAST_OLD, aged(age, LAST_OLD), facts)) == ["sel 83"]


@pytest.mark.parametrize(
    ("facts", "status", "says"),
    [
        ({}, "not_for_age", "har nået folkepensionsalderen"),
        ({"behov_efter_aeldreloven": True}, "not_for_citizen", "Svaret er ja til: Hører borgerens behov"),
    ],
)
def test_the_explanation_says_whether_age_or_circumstance_decides(
    facts: dict[str, bool | None], status: str, says: str
) -> None:
    judged = applies(law(), ref("sel 83"), IN_2026, aged(80, IN_2026), facts)
    assert (judged.status, bool(judged.presumed)) == (status, status == "not_for_age")
    assert says in judged.why


def test_an_answer_makes_the_birth_date_unnecessary() -> None:
    facts = {"hjaelp_efter_95_96": True}
    assert shorts(cited(law(), (ref("sel 83"),), IN_2026, None, facts)) == ["sel 83"]


@pytest.mark.parametrize("names", [(), ("Madservice",)])
def test_without_a_birth_date_nothing_is_guessed(names: tuple[str, ...]) -> None:
    judged = applies(law(), ref("sel 83"), FIRST_NEW, names=names)
    assert judged.status == "undetermined"
    assert judged.cited is None
    assert "fødselsdatoen" in judged.why
    assert applies(law(), ref("sel 83"), LAST_OLD, names=names).status == "applies"


@pytest.mark.parametrize(
    ("short", "names", "wanted"),
    [
        ("æl 10", (), "sel 83"),
        ("æl 10", ("Rehab - Bad 2",), "sel 83 a"),
        ("æl 10", ("Vedligeholdende træning",), "sel 86"),
        ("æl 13", (), "sel 83 b"),
        ("æl 16", (), "sel 84"),
        ("æl 17", (), "sel 84,2"),
    ],
)
def test_a_new_standard_gives_the_younger_serviceloven(
    short: str, names: tuple[str, ...], wanted: str
) -> None:
    judged = applies(law(), ref(short), IN_2026, aged(60, IN_2026), names=names)
    assert (judged.status, judged.cited) == ("not_for_age", ref(wanted))


def test_aeldreloven_is_not_cited_before_it_came() -> None:
    judged = applies(law(), ref("æl 10"), LAST_OLD, aged(80, LAST_OLD))
    assert (judged.status, judged.cited) == ("not_yet", ref("sel 83"))
    assert applies(law(), ref("æl 13"), LAST_OLD, aged(80, LAST_OLD)).cited == ref("sel 83,1,3")


@pytest.mark.parametrize(
    ("on", "age", "wanted"),
    [
        (IN_2017, 80, "sel 83"),
        (LAST_OLD, 60, "sel 83"),
        (FIRST_NEW, 60, "sel 83 b"),
        (FIRST_NEW, 80, "æl 13"),
    ],
)
def test_meals_move_twice(on: date, age: int, wanted: str) -> None:
    found = cited(law(), (ref("sel 83"),), on, aged(age, on), names=("Madservice", "Mad"))
    assert shorts(found) == [wanted]


def test_a_standard_keeps_its_own_words_while_they_hold() -> None:
    refs = (ref("sel 83"), ref("sel 86"), ref("sul 138"))
    assert cited(law(), refs, IN_2017, aged(80, IN_2017)) == refs
    assert shorts(cited(law(), refs, IN_2026, aged(80, IN_2026))) == ["æl 10", "sul 138"]


def test_an_item_tells_what_may_and_what_must_not_be_cited() -> None:
    found = law_for_item(law(), (ref("sel 79"), ref("sel 83,1,2")), IN_2026, aged(80, IN_2026))
    assert shorts(found.may) == ["sel 79"]
    assert [(one.ref, one.instead) for one in found.must_not] == [(ref("sel 83,1,2"), ref("æl 10"))]


def test_a_rule_the_register_does_not_know_is_left_to_the_visitator() -> None:
    judged = applies(law(), ref("sel 999"), IN_2026, aged(80, IN_2026))
    assert (judged.status, judged.cited) == ("unknown", ref("sel 999"))
    assert "kender ikke" in judged.why


def test_a_rule_that_gives_way_to_nothing_known_is_not_cited() -> None:
    on = IN_2026
    for refused in (False, True):
        assert cited(law(), (ref("sel 94"),), on, aged(80, on), refused=refused) == ()
    assert shorts(cited(law(), (ref("sel 94"),), on, aged(60, on))) == ["sel 94"]


def test_a_doubt_on_the_way_to_the_rule_is_kept() -> None:
    rules = tuple(
        rule.model_copy(
            update={"not_for": tuple(one.model_copy(update={"doubt": "Usikkert."}) for one in rule.not_for)}
        )
        if rule.paragraph == "83 b"
        else rule
        for rule in law().rules
    )
    fields = {name: getattr(law(), name) for name in LawRegister.model_fields}
    doubtful = LawRegister(**{**fields, "rules": rules})
    judged = applies(doubtful, ref("sel 83,1,3"), IN_2026, aged(80, IN_2026))
    assert (judged.cited, judged.doubts) == (ref("æl 13"), ("Usikkert.",))


# -- running help (ældreloven § 46) --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("short", "decided_on", "today", "age_2026", "lapses"),
    [
        ("sel 83", IN_2017, IN_2026, 80, True),
        ("sel 83,1,2", LAST_OLD, IN_2026, 80, True),
        ("sel 83 a", LAST_OLD, IN_2026, 80, True),
        ("sel 86,2", LAST_OLD, IN_2026, 80, True),
        ("sel 83", FIRST_NEW, IN_2026, 80, False),
        ("sel 84", LAST_OLD, IN_2026, 80, False),
        ("sel 83", IN_2017, IN_2026, 60, False),
        ("sel 83", IN_2017, date(2024, 12, 29), 80, False),
        ("sel 83", IN_2017, date(2024, 12, 30), 80, True),
        ("sul 138", IN_2017, IN_2026, 80, False),
    ],
)
def test_help_under_the_old_rules_lapses(
    short: str, decided_on: date, today: date, age_2026: int, lapses: bool
) -> None:
    found = lapsing(law(), (ref(short),), decided_on, today, aged(age_2026, IN_2026))
    assert [(one.ref, one.lapse.lapses_on) for one in found] == ([(ref(short), date(2027, 7, 1))] * lapses)


def test_help_does_not_lapse_for_those_aeldreloven_is_not_for() -> None:
    facts = {"hjaelp_efter_95_96": True}
    assert lapsing(law(), (ref("sel 83"),), IN_2017, IN_2026, aged(80, IN_2026), facts) == ()


@pytest.mark.parametrize("birth", [date.min, date.max, date(2026, 3, 2)])
@pytest.mark.parametrize("on", [date.min, IN_2026, date.max])
def test_impossible_dates_give_an_answer_and_no_crash(birth: date, on: date) -> None:
    for short in ("sel 83", "sel 79 a", "æl 10"):
        judged = applies(law(), ref(short), on, birth)
        assert judged.why
        assert judged.may_be_cited == (judged.status == "applies")

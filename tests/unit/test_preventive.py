"""Preventive home visits: who is due by which dated rule, the register's file, the talk and what follows it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from law_kit import law
from store_kit import ANNA, NOW, by_hand, new_store, opened

from visitator_tui.catalogue import CatalogueFolder
from visitator_tui.domain.case import DecisionMaker
from visitator_tui.domain.preventive import PreventiveCitizen, PreventiveVisit, lacks, talk_points
from visitator_tui.domain.preventive_due import due_visit, due_visits, visit_rules
from visitator_tui.store.kinds import KindStore
from visitator_tui.usecases.ports import StaleError
from visitator_tui.usecases.preventive import PreventiveBook, VisitError, talk_guide
from visitator_tui.usecases.preventive_file import RegisterError, read_register

HEAD = "navn;født;vej;postnummer;by;bor alene;pleje og praktisk;særlig risiko\n"
ASE = "Åse Ærø;04-05-1938;Strandvej 1;3000;Helsingør;ja;nej;nej\n"
BO = "Bo Bøg;10-02-1949;Skovvej 2;3000;Helsingør;nej;nej;nej\n"


def citizen(born: str, *visits: tuple[str, str], **more: Any) -> PreventiveCitizen:
    made = [{"on": on, "outcome": outcome, "agreed": "Intet"} for on, outcome in visits]
    return PreventiveCitizen.model_validate({"name": "Åse", "birth_date": born, "visits": made, **more})


# -- who is due --------------------------------------------------------------------------------------------------

DUE = [
    # on, born, visits, more, paragraph's stk (None: not due), since, until
    ("2018-12-31", "1938-12-31", (), {}, "1", "2018-12-31", None),
    ("2018-12-30", "1938-12-31", (), {}, None, None, None),
    ("2018-03-01", "1943-03-01", (), {}, "2", "2018-03-01", "2019-02-28"),
    ("2018-03-01", "1942-03-02", (), {}, "2", "2017-03-02", "2018-03-01"),
    ("2018-03-01", "1942-03-01", (), {}, None, None, None),
    ("2018-03-01", "1950-01-01", (), {"at_risk": True}, "3", "2016-01-01", None),
    ("2018-03-01", "1950-01-01", (), {"lives_alone": True}, None, None, None),
    # from 1 July 2019: 82, the 75th and 80th year, the 70th for those who live alone, need from 65 to 81
    ("2019-06-30", "1938-06-30", (), {}, "1", "2018-06-30", None),
    ("2019-07-01", "1938-06-30", (), {}, None, None, None),
    ("2019-07-01", "1937-07-01", (), {}, "1", "2019-07-01", None),
    ("2020-05-01", "1940-05-01", (), {}, "2", "2020-05-01", "2021-04-30"),
    ("2020-05-01", "1950-05-01", (), {"lives_alone": True}, "3", "2020-05-01", "2021-04-30"),
    ("2020-05-01", "1950-05-01", (), {"lives_alone": None}, None, None, None),
    ("2020-05-01", "1955-05-01", (), {"at_risk": True}, "4", "2020-05-01", None),
    ("2020-05-01", "1938-05-02", (), {"at_risk": True}, "4", "2019-07-01", None),
    # what was offered
    ("2024-03-01", "1938-05-04", (("2023-03-02", "held"),), {}, None, None, None),
    ("2024-03-02", "1938-05-04", (("2023-03-02", "held"),), {}, "1", "2024-03-02", None),
    ("2024-02-29", "1938-05-04", (("2023-02-28", "declined"),), {}, "1", "2024-02-28", None),
    ("2024-03-01", "1949-02-10", (("2024-02-20", "declined"),), {}, None, None, None),
    ("2024-03-01", "1949-02-10", (("2024-02-01", "held"),), {}, "2", "2024-02-10", "2025-02-09"),
    # lastingly both kinds of help (p. 77), and no longer in the register
    ("2024-03-01", "1938-05-04", (), {"gets_both": True}, None, None, None),
    ("2024-03-01", "1938-05-04", (), {"left_on": "2024-01-01"}, None, None, None),
]  # fmt: skip


@pytest.mark.parametrize(("on", "born", "visits", "more", "stk", "since", "until"), DUE)
def test_who_is_offered_a_visit_and_by_which_rule(
    on: str,
    born: str,
    visits: Any,
    more: dict[str, Any],
    stk: str | None,
    since: str | None,
    until: str | None,
) -> None:
    found = due_visit(citizen(born, *visits, **more), visit_rules(law(), date.fromisoformat(on)))
    if stk is None:
        assert found is None
    else:
        assert found is not None
        assert found.source == f"serviceloven § 79 a, stk. {stk}"
        assert found.since.isoformat() == since
        assert (found.until.isoformat() if found.until else None) == until


def test_not_at_home_is_a_new_offer_the_year_after_also_when_the_age_has_passed_p78() -> None:
    """At 75 once: whoever was not at home is offered again at 76, where no rule speaks of her age."""
    away = citizen("1949-02-10", ("2024-05-03", "not_home"))
    assert due_visit(away, visit_rules(law(), date(2025, 5, 2))) is None
    found = due_visit(away, visit_rules(law(), date(2025, 5, 3)))
    assert found is not None
    assert "ikke var hjemme" in found.rule
    assert (found.source, found.since) == ("Helsingør 2017, s. 78", date(2025, 5, 3))
    held = citizen("1949-02-10", ("2024-05-03", "not_home"), ("2025-05-03", "held"))
    assert due_visit(held, visit_rules(law(), date(2026, 6, 1))) is None


def test_after_the_last_rule_ended_the_list_goes_on_and_says_so() -> None:
    rules = visit_rules(law(), date(2025, 7, 1))
    assert rules.ended_on == date(2025, 6, 30)
    assert "ophævet fra udgangen af den 30. juni 2025" in rules.warning
    assert "Spørg din leder" in rules.warning
    assert "kontrolleret" not in rules.warning, (
        "what we have not read is for the register, not for the visitator"
    )
    assert due_visit(citizen("1938-05-04"), rules) is not None
    assert visit_rules(law(), date(2025, 6, 30)).warning == ""


def test_what_ends_first_stands_first() -> None:
    every_year, once = citizen("1938-05-04", name="Hvert år"), citizen("1949-02-10", name="En gang")
    found = due_visits([every_year, once], visit_rules(law(), date(2024, 3, 1)))
    assert [(one.citizen.name, one.number) for one in found] == [("En gang", 1), ("Hvert år", 0)]


BORN = st.dates(date(1920, 1, 1), date(1975, 1, 1))


@settings(max_examples=80, deadline=None)
@given(born=BORN, on=st.dates(date(2016, 1, 1), date(2027, 1, 1)), risk=st.booleans(), alone=st.booleans())
def test_nobody_is_due_before_her_age_and_none_after_an_offer_today(
    born: date, on: date, risk: bool, alone: bool
) -> None:
    rules = visit_rules(law(), on)
    who = PreventiveCitizen(name="x", birth_date=born, at_risk=risk, lives_alone=alone)
    found = due_visit(who, rules)
    if found is not None:
        assert found.since <= on <= (found.until or on)
        after = who.with_visit(0, PreventiveVisit(on=on, outcome="held"))
        assert due_visit(after, rules) is None


# -- the register's file -------------------------------------------------------------------------------------------


def test_a_register_is_read_with_semicolons_commas_and_a_byte_order_mark() -> None:
    first, second = read_register((HEAD + ASE + BO).encode("utf-8-sig"))
    assert (first.name, first.birth_date, first.lives_alone) == ("Åse Ærø", date(1938, 5, 4), True)
    assert (second.address.town, second.at_risk) == ("Helsingør", False)
    (other,) = read_register(b'NAVN,andet,f\xc3\xb8dt\n"Berg, Ida",x,1940-02-29\n')
    assert (other.name, other.birth_date, other.gets_both) == ("Berg, Ida", date(1940, 2, 29), None)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Filen er tom"),
        ("navn;vej\nÅse;x\n", "Kolonnen født mangler"),
        (HEAD + "Åse;31-02-1938;;;;;;\n", "Linje 2: fødselsdatoen"),
        (HEAD + ASE + ";04-05-1938;;;;;;\n", "Linje 3: navnet mangler"),
        (HEAD + "Åse;04-05-1938;;;;måske;;\n", "»bor alene« skal der stå ja eller nej"),
        ("navn;født;cpr\nÅse;04-05-1938;040538-1234\n", "ligner CPR-numre"),
        (HEAD + "Åse;x;;;;;;\n" * 20, "… og 12 linjer til"),
    ],
)
def test_a_register_that_cannot_be_used_is_named_by_line_and_never_by_citizen(text: str, says: str) -> None:
    with pytest.raises(RegisterError) as problem:
        read_register(text.encode())
    assert says in str(problem.value)
    assert "Åse" not in str(problem.value)


def test_a_register_of_windows_1252_says_how_to_mend_it() -> None:
    with pytest.raises(RegisterError, match="Windows-1252"):
        read_register((HEAD + ASE).encode("cp1252"))


# -- kept in the encrypted store ---------------------------------------------------------------------------------


def book(store: Any) -> PreventiveBook:
    return PreventiveBook(KindStore(store), store, law(), ANNA, lambda: NOW)


def test_a_new_register_changes_facts_and_keeps_visits(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        one = book(store)
        assert one.bring_in((HEAD + ASE + BO).encode()).text() == (
            "Hentet: 2 nye, 0 ændrede, 0 ikke længere i filen."
        )
        (entry, _) = one.entries()
        one.write(entry, 0, PreventiveVisit(on=date(2017, 1, 5), agreed="Ring igen til sommer"))
        moved = ASE.replace("Strandvej 1", "Havnegade 9")
        imported = one.bring_in((HEAD + moved).encode())
        assert (imported.new, imported.changed, imported.left) == (0, 1, 1)
        assert store.rows() == [], "a citizen of the register is no case"
    with opened(tmp_path) as store:
        ase, bo = book(store).entries()
        assert ase.citizen.address.street == "Havnegade 9"
        assert ase.citizen.visits[0].agreed == "Ring igen til sommer"
        assert bo.citizen.left_on == NOW.date()
        assert (book(store).bring_in((HEAD + moved + BO).encode()).changed, store.verify_audit() > 0) == (
            1,
            True,
        )
        assert book(store).entries()[1].citizen.left_on is None
    with by_hand(tmp_path) as connection:
        told = str(connection.execute("SELECT action, entity, detail FROM audit").fetchall())
        assert "preventive.created" in told and "preventive.saved" in told
        assert "Åse" not in told and "sommer" not in told
        rows = connection.execute("SELECT kind, changed FROM documents").fetchall()
        assert rows == [("preventive", 1)] * 2, "marked as not yet synced, like a case"


def test_a_broken_register_changes_nothing(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        book(store).bring_in((HEAD + ASE).encode())
        with pytest.raises(RegisterError):
            book(store).bring_in((HEAD + BO + "x;y\n").encode())
        assert [one.citizen.name for one in book(store).entries()] == ["Åse Ærø"]


def test_two_who_write_about_the_same_citizen_do_not_overwrite_each_other(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        book(store).bring_in((HEAD + ASE).encode())
        (entry,) = book(store).entries()
        book(store).write(entry, 0, PreventiveVisit(on=date(2017, 3, 8)))
        with pytest.raises(StaleError):
            book(store).write(entry, 0, PreventiveVisit(on=date(2017, 3, 8), agreed="andet"))


def test_the_list_of_a_day_follows_what_was_written(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        one = book(store)
        one.bring_in((HEAD + ASE + BO).encode())
        on = date(2024, 3, 1)
        assert [due.due.citizen.name for due in one.due(on)] == ["Bo Bøg", "Åse Ærø"]
        bo = one.due(on)[0]
        one.write(bo.entry, 0, PreventiveVisit(on=on, outcome="not_home", next_form="visit"))
        assert [due.due.citizen.name for due in one.due(on)] == ["Åse Ærø"]
        assert "Bo Bøg" in [due.due.citizen.name for due in one.due(date(2025, 3, 1))]


# -- the talk, and help that is asked for -----------------------------------------------------------------------


def test_the_record_of_a_visit_asks_for_what_was_agreed_and_for_leave_p78_p81() -> None:
    visit = PreventiveVisit(on=date(2024, 3, 1))
    assert ["aftalt" in one for one in lacks(visit)] == [True]
    assert lacks(visit.model_copy(update={"outcome": "not_home"})) == ()
    agreed = visit.model_copy(update={"agreed": "Intet", "partners": "Demenskonsulenten"})
    assert "har givet lov" in lacks(agreed)[0]
    assert lacks(agreed.model_copy(update={"consent_to_contact": True})) == ()
    asks = agreed.model_copy(update={"consent_to_contact": True, "asks_for_help": True})
    assert "hvad der søges om" in lacks(asks)[0]


def test_the_talk_has_the_points_of_the_standard_in_force_and_of_what_was_written(
    shipped: CatalogueFolder,
) -> None:
    day = date(2024, 3, 1)
    visit = PreventiveVisit(on=day, notes={"syn_og_hoerelse": "Ser dårligt", "kost": "Spiser lidt"})

    def names(municipality: str) -> list[str]:
        return [one.name for one in talk_points(talk_guide(shipped, municipality, day), visit)]

    assert len(names("helsingor")) == 11
    assert names("helsingor")[-1] == "Syn og hoerelse"
    assert names("herning") == names("nowhere") == ["Det, I talte om", "Syn og hoerelse", "Kost"]
    guide = talk_guide(shipped, "helsingor", day)
    assert guide is not None and guide.page == 80


def test_who_asks_for_help_gets_a_case_with_what_was_gathered_p81(
    tmp_path: Path, shipped: CatalogueFolder
) -> None:
    with new_store(tmp_path) as store:
        one = book(store)
        one.bring_in((HEAD + ASE).encode())
        visit = PreventiveVisit(
            on=date(2017, 3, 8), notes={"medicin": "Glemmer aftenpillerne"}, agreed="Prøver doseringsæske",
            asks_for_help=True, applied_for="hjælp til rengøring\nindkøb", own_view="Gulvet er blevet for tungt",
            partners="Egen læge", consent_to_contact=False,
        )  # fmt: skip
        entry = one.write(one.entries()[0], 0, visit)
        with pytest.raises(VisitError, match="har givet lov"):
            one.make_case(entry, 0, "helsingor", DecisionMaker(name="Anna"))
        guide = talk_guide(shipped, "helsingor", visit.on)
        entry = one.write(entry, 0, visit.model_copy(update={"consent_to_contact": True}))
        entry, case_id = one.make_case(entry, 0, "helsingor", DecisionMaker(name="Anna"), guide)
        case = store.load(case_id).case
        assert (case.citizen.name, case.citizen.birth_date) == ("Åse Ærø", date(1938, 5, 4))
        assert (case.citizen.address.street, case.citizen.lives_alone) == ("Strandvej 1", True)
        assert case.enquiry.received_on == date(2017, 3, 8)
        assert case.enquiry.applied_for == ("hjælp til rengøring", "indkøb")
        assert "Medicin: Glemmer aftenpillerne" in case.enquiry.text
        assert case.own_view.text == "Gulvet er blevet for tungt"
        assert [(got.source, got.allowed) for got in case.course.consents] == [("Egen læge", True)]
        assert entry.citizen.visits[0].case_id == case_id
        with pytest.raises(VisitError, match="allerede"):
            one.make_case(entry, 0, "helsingor", DecisionMaker())

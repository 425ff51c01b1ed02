"""The decision letter says what it must, in the right order, to every kind of citizen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from letter_cases import (
    FREE_TEXT,
    HEARD,
    LEVELS,
    case,
    cases,
    granted,
    letterhead,
    partly,
    refused,
    standard,
    stopped,
)
from letter_kit import KINDS, PRESS, letter_of
from letter_others import made

from visitator_tui.domain.case import Case, Correction
from visitator_tui.domain.made_decision import with_made
from visitator_tui.domain.wording import long_date
from visitator_tui.letters.draft import Draft
from visitator_tui.letters.mandatory import ELEMENTS
from visitator_tui.letters.mandatory_kinds import missing
from visitator_tui.letters.model import Facts, Letter, LevelProfile, Section
from visitator_tui.letters.plain import as_text
from visitator_tui.usecases.ports import LetterError


def letter(one: Case, **head: Any) -> Letter:
    return PRESS.letter(one, standard(), letterhead(**head))


def draft(one: Case) -> Draft:
    return Draft(one, standard(), letterhead(), PRESS._texts)


def guidance(one: Letter) -> list[Facts]:
    return [block for block in one.having("complaint")[0].blocks if isinstance(block, Facts)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_decision_holds_every_mandatory_element(kind: str) -> None:
    assert missing(letter_of(kind), draft(cases()[kind])) == ()


def test_the_result_comes_first_and_the_enclosure_last() -> None:
    roles = [section.role for section in letter_of("delvis").sections]
    assert roles == [
        "result", "granted", "granted", "refused", "own_view", "facts", "considerations", "rules",
        "reliability", "supplier", "duties", "complaint", "rights", "signature", "assessment",
    ]  # fmt: skip


def test_the_title_tells_the_citizen_what_was_decided() -> None:
    assert letter_of("alt bevilget").title == "Afgørelse: Du får hjælp"
    assert letter_of("alt afslået").title == "Afgørelse: Afslag på hjælp"
    assert letter_of("delvis").title == "Afgørelse: Du får en del af hjælpen"
    assert letter_of("delvis bevilget").title == "Afgørelse: Du får en del af hjælpen"
    assert letter_of("ændret").title == "Afgørelse: Din hjælp bliver ændret"
    assert letter_of("ophør").title == "Afgørelse: Din hjælp stopper"
    assert letter_of("ny afgørelse").title == "Ny afgørelse: Du får hjælp"


@pytest.mark.parametrize("kind", ["alt afslået", "delvis", "fri tekst afslået", "bevilget med bilag"])
def test_the_assessment_is_enclosed_with_every_refusal_and_by_choice(kind: str) -> None:
    assert letter_of(kind).having("assessment")
    assert "Bilag: Vurdering af din funktionsevne" in letter_of(kind).said("signature")


def test_a_grant_goes_without_the_assessment_when_the_visitator_says_so() -> None:
    assert not letter_of("alt bevilget").having("assessment")
    assert "Bilag" not in letter_of("alt bevilget").said("signature")


def test_the_chart_and_the_areas_agree_with_the_case() -> None:
    one = cases()["delvis"]
    section = letter_of("delvis").having("assessment")[0]
    chart = next(block for block in section.blocks if isinstance(block, LevelProfile))
    labels = {activity.label: key for key, activity in standard().activity_by_id.items()}
    not_relevant = ("vedligeholde_bolig_og_have", "vedligeholde_have", "har_arbejde")
    assert {labels[bar.label]: bar.level for bar in chart.bars} == one.scores
    rows = [row for block in section.blocks if isinstance(block, Facts) for row in block.rows]
    for key, activity in standard().activity_by_id.items():
        if key in not_relevant:
            continue
        value = next(value for label, value in rows if activity.label.lower() in label.lower())
        assert value.startswith(f"{one.scores[key]} – ")
        assert f"{activity.label}: {one.scores[key]}" in chart.alt
    assert "Støver selv af i brysthøjde" in section.text
    assert "viceværten står for resten" in section.text


def test_an_area_that_is_not_relevant_has_its_justification_and_no_bars() -> None:
    section = letter_of("delvis").having("assessment")[0]
    assert "At vedligeholde have" not in section.text
    assert "Du er folkepensionist." in section.text


def test_each_route_stands_once_tied_to_its_items() -> None:
    tables = guidance(letter_of("flere love"))
    assert [table.value("Gælder") for table in tables] == [
        "Bad 2",
        "Genoptræning efter sygehusophold",
        "Klippekort",
        "Rehabilitering A",
    ]
    assert tables[1].value("Afgøres af") == "Styrelsen for Patientklager"
    assert tables[1].value("Frist") == "2 år"


def test_items_under_one_route_share_it() -> None:
    (table,) = guidance(letter_of("delvis"))
    assert table.value("Gælder") == "Hele afgørelsen"
    shared = guidance(letter(case(granted("bad_2"), granted("rengoering_3"), granted("klippekort_1"))))[0]
    assert shared.value("Gælder").split("\n") == ["Bad 2", "Rengøring 3"]
    assert table.value("Frist") == "4 uger fra den dag, du har fået brevet"


def test_a_standard_that_shuts_out_an_appeal_does_not_take_it_from_the_citizen() -> None:
    table = guidance(letter_of("flere love"))[2]
    assert table.value("Afgøres af") == "Ankestyrelsen"
    assert "Efter loven kan du alligevel klage" in letter_of("flere love").said("complaint")


def test_help_that_the_catalogue_does_not_know_goes_the_way_of_the_law() -> None:
    made = letter_of("fri tekst afslået")
    (table,) = guidance(made)
    assert table.value("Gælder") == "Hele afgørelsen"
    assert table.value("Afgøres af") == "Ankestyrelsen"
    assert "Serviceloven § 83" in made.said("refused")


def test_a_grant_outside_the_criteria_says_why() -> None:
    made = letter_of("uden for kriterierne")
    assert "Hvorfor vi gør en undtagelse" in made.said("granted")
    assert "må ikke bære noget i otte uger" in made.said("granted")


def test_what_is_considered_before_section_83_is_told_with_its_reason() -> None:
    told = letter_of("alt bevilget").said("considerations")
    assert "Du har gennemført et rehabiliteringsforløb" in told
    assert "Du trænede i seks uger i marts" in told


def test_delivery_reliability_is_told_per_item() -> None:
    told = letter_of("alt bevilget").said("reliability")
    assert "For »Bad 2« gælder:\nHjælpen kommer højst en halv time" in told
    assert "For »Rengøring 3« gælder:\nAflyser vi et besøg" in told
    assert "på telefon 99 99 10 10" in told


def test_the_facts_name_the_activities_that_weighed_with_level_and_cause() -> None:
    told = letter_of("delvis").said("facts")
    assert "At bade: niveau 3 (svære begrænsninger). Kan ikke løfte højre arm over skulderen." in told
    # A light limitation weighs where the help's own rule asks for the activity, and not else.
    assert "At sikre indkøb af hverdagens varer: niveau 1 (lette begrænsninger)." in told
    assert "At vaske tøj" not in told
    assert "Hele vurderingen af din funktionsevne ligger ved som bilag." in told
    assert "Bo Østergård (din mand), som vi vurderer ikke kan tage del" in told


def test_an_enquiry_by_somebody_else_is_not_called_the_citizens_own() -> None:
    one = case(granted("bad_2"))
    enquiry = one.enquiry.model_copy(update={"from_": "sygehuset"})
    told = letter(one.model_copy(update={"enquiry": enquiry})).said("result")
    assert "den henvendelse om dig, som vi fik den 1. maj 2024" in told


@pytest.mark.parametrize("who", ["", "Borgeren selv", "selv", "{name}", "{first} selv"])
def test_an_enquiry_by_the_citizen_is_called_her_own(who: str) -> None:
    one = case(granted("bad_2"))
    name = one.citizen.name
    enquiry = one.enquiry.model_copy(update={"from_": who.format(name=name, first=name.split()[0])})
    told = letter(one.model_copy(update={"enquiry": enquiry})).said("result")
    assert "at du den 1. maj 2024 søgte om" in told


def test_a_decision_after_another_does_not_answer_the_application_again() -> None:
    first = with_made(case(granted("rengoering_3")), "brev-1", datetime(2024, 5, 10, tzinfo=UTC))
    asked = first.enquiry.model_copy(update={"applied_for": ("rengoering_3",)})
    first = first.model_copy(update={"enquiry": asked})
    ending = case(stopped("rengoering_3"), **HEARD).decision
    told = letter(first.model_copy(update={"decision": ending})).said("result")
    assert "Det er vores svar på" not in told
    assert f"efter vores afgørelse af {long_date(first.made[0].decided_on)}" in told
    # The letter of the first one is as it was, and what is asked for later is answered by name.
    assert "søgte om »Rengøring 3«" in letter(first).said("result")
    later = asked.model_copy(update={"applied_for": ("rengoering_3", "bad_2")})
    also = case(stopped("rengoering_3"), granted("bad_2"), **HEARD).decision
    told = letter(first.model_copy(update={"decision": also, "enquiry": later})).said("result")
    assert "søgte om »Bad 2«." in told


def test_no_cpr_number_is_in_the_letter() -> None:
    for kind in KINDS:
        assert "040538" not in as_text(letter_of(kind))


LACKING: dict[str, Callable[[], Case]] = {
    "begrundelse mangler": lambda: case(granted("bad_2", reason="")),
    "formålet med hjælpen mangler": lambda: case(granted("bad_2", purpose=" ")),
    "omfang mangler": lambda: case(granted("bad_2", extent=None)),
    "startdato mangler": lambda: case(granted("bad_2", start_on=None)),
    "vælg bevilling eller afslag": lambda: case(granted("bad_2", outcome=None)),
    "lovgrundlag mangler": lambda: case(refused(FREE_TEXT)),
    "Skriv den faglige begrundelse": lambda: case(granted(FREE_TEXT, law="serviceloven § 83")),
    "er ikke nok som begrundelse": lambda: case(refused("bad_2", reason="Dit niveau er 2.")),
    "Borgerens egen vurdering mangler": lambda: case(granted("bad_2"), own_view={}),
    "Den samlede vurdering mangler": lambda: case(granted("bad_2"), summary={"goal": "udvikle"}),
    "Borgerens adresse er ikke fuldstændig": lambda: case(granted("bad_2"), citizen={"name": "Ib"}),
    "hvem der træffer afgørelsen": lambda: case(
        granted("bad_2"), decision={"decided_on": "2024-05-13", "items": [granted("bad_2")]}
    ),
    "Datoen for afgørelsen mangler": lambda: case(
        granted("bad_2"), decision={"by": {"name": "Bodil"}, "items": [granted("bad_2")]}
    ),
    "Rehabilitering før anden hjælp": lambda: case(granted("bad_2"), considerations={}),
}


@pytest.mark.parametrize("said", LACKING)
def test_a_decision_that_lacks_something_cannot_become_a_letter_and_says_what(said: str) -> None:
    for make in (PRESS.text, PRESS.pdf):
        with pytest.raises(LetterError) as refusal:
            make(LACKING[said](), standard(), letterhead())
        assert any(said in one for one in refusal.value.missing)
        assert "Bodil Søe Kjær" not in str(refusal.value)


def without(made: Letter, role: str) -> Letter:
    return replace(made, sections=tuple(s for s in made.sections if s.role != role))


def hollow(made: Letter, role: str) -> Letter:
    """The letter with the section's heading alone."""
    sections = tuple(Section(s.role, s.blocks[:1], s.about) if s.role == role else s for s in made.sections)
    return replace(made, sections=sections)


BREAKS: dict[str, Callable[[Letter], Letter]] = {
    "recipient": lambda made: replace(made, recipient=made.recipient[:1]),
    "result": lambda made: without(made, "result"),
    "every_item": lambda made: without(made, "refused"),
    "reasons": lambda made: hollow(made, "refused"),
    "exceptions": lambda made: hollow(made, "granted"),
    "law": lambda made: hollow(made, "refused"),
    "refused_part": lambda made: hollow(made, "partly"),
    "until_now": lambda made: hollow(made, "stopped"),
    "replaces": lambda made: hollow(made, "result"),
    "heard": lambda made: hollow(made, "own_view"),
    "considerations": lambda made: hollow(made, "facts"),
    "own_words": lambda made: hollow(made, "own_view"),
    "goals": lambda made: hollow(made, "granted"),
    "extent": lambda made: hollow(made, "granted"),
    "contact": lambda made: without(made, "reliability"),
    "supplier": lambda made: without(made, "supplier"),
    "complaint": lambda made: hollow(made, "complaint"),
    "stands": lambda made: hollow(made, "complaint"),
    "sender": lambda made: without(made, "signature"),
    "enclosure": lambda made: without(made, "assessment"),
}


@pytest.mark.parametrize("element", ELEMENTS, ids=lambda element: element.id)
def test_a_letter_without_a_mandatory_element_is_noticed(element: Any) -> None:
    items = [
        granted("bad_2", professional_reason="Du er lige kommet hjem"),
        partly("rengoering_3"),
        stopped("lang_ydelse_1"),
        refused("indkoebsordning"),
    ]
    plain = case(*items, **HEARD)
    corrects = Correction(decided_on=date(2024, 5, 8), why="Vi har fået nye oplysninger")
    one = plain.model_copy(update={"decision": plain.decision.model_copy(update={"corrects": corrects})})
    whole = letter(one)
    assert missing(whole, draft(one)) == ()
    found = missing(BREAKS[element.id](whole), draft(one))
    assert any(one.startswith(f"{element.name}: ") and one.endswith(f"({element.source})") for one in found)


def test_the_levels_that_a_letter_names_are_explained_once() -> None:
    for kind in ("alt bevilget", "delvis"):
        assert as_text(letter_of(kind), 10_000).count(LEVELS[3][2]) == 1
    assert LEVELS[0][2] not in as_text(letter_of("alt bevilget"), 10_000), "nothing is at 0 in it"
    assert "et tal sidst i hjælpens navn er et niveau fra 0 til 4: niveau 3 er svære begrænsninger." in (
        letter_of("alt bevilget").said("result").lower()
    )
    assert "niveau" not in letter_of("uden for kriterierne").said("result").lower()


def test_plain_text_keeps_the_order_the_width_and_whole_words() -> None:
    text = as_text(letter_of("tredive punkter"), 60)
    assert max(len(line) for line in text.splitlines()) <= 60
    places = [text.index(words) for words in ("Det har vi besluttet", "Det har du fortalt os", "Bilag: Vur")]
    assert places == sorted(places)
    narrow, wide = (as_text(made("bestilling"), width).split() for width in (44, 10_000))
    assert {word for word in narrow if word.strip("-=")} <= set(wide)


def test_a_letterhead_without_details_still_tells_how_to_reach_the_unit() -> None:
    made = letter(case(granted("bad_2")), address=(), phone="", hours="", email="")
    assert "i Digital Post på borger.dk" in made.said("reliability")
    assert "Adresse" not in [detail.label for detail in made.details]

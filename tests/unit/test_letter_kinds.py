"""Every kind of letter beside the decision: what it says, what it asks for, and that it holds what it must."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from letter_cases import case, cases, granted, letterhead, refused, standard
from letter_kit import PRESS
from letter_others import COMPLAINT, complained, made, ready, said, value

from visitator_tui.domain.case import Case, Citizen, Correction, Hearing, MadeDecision
from visitator_tui.domain.course import Appointment, Course, DelayNotice
from visitator_tui.domain.course_complaint import Complaint
from visitator_tui.domain.course_supply import Order
from visitator_tui.domain.letter_facts import (
    LETTER_KINDS,
    Disclosure,
    HearingNotice,
    LetterFacts,
    LetterKind,
    OrderDetails,
)
from visitator_tui.letters import ordering
from visitator_tui.letters.draft import Draft
from visitator_tui.letters.frame import framed
from visitator_tui.letters.model import Letter, Table
from visitator_tui.usecases.ports import LetterError

OTHERS: tuple[LetterKind, ...] = tuple(kind for kind in LETTER_KINDS if kind != "afgoerelse")


def with_(one: Case, **changes: Any) -> Case:
    return one.model_copy(update=changes)


# -- all of them -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", OTHERS)
def test_every_kind_names_sender_day_and_case_and_never_the_cpr_number(kind: LetterKind) -> None:
    letter = made(kind)
    assert letter.kind == kind
    assert letter.details[0].lines == ("13. maj 2024",)
    assert letter.footer == "Lindholm Kommune · Sag 27.36.00-G01-1234-24"
    assert "Bodil Søe Kjær" in letter.said("signature")
    assert "040538" not in said(letter)
    assert "Østergård" not in letter.title + letter.subject


@pytest.mark.parametrize(
    "kind", ["kvittering", "forsinkelse", "partshoering", "genvurdering", "leverandoervalg"]
)
def test_what_goes_to_the_citizen_has_her_address_and_name(kind: LetterKind) -> None:
    letter = made(kind)
    assert letter.recipient == ("Åse Ærø Østergård", "Blåbærvænget 12, 2. tv.", "9990 Lindholm")
    assert letter.greeting == "Kære Åse Ærø Østergård"


@pytest.mark.parametrize("kind", OTHERS)
def test_another_than_the_one_who_decides_can_write(kind: LetterKind) -> None:
    letter = made(kind, by={"name": "Ib Åkjær", "title": "sekretær"})
    assert "Ib Åkjær" in letter.said("signature")
    assert "Sekretær, Visitationen, Lindholm Kommune" in letter.said("signature")


@pytest.mark.parametrize("kind", OTHERS)
def test_a_letter_without_a_day_is_not_written(kind: LetterKind) -> None:
    with pytest.raises(LetterError) as refusal:
        made(kind, written_on=None)
    assert "Skriv brevets dato." in refusal.value.missing


@pytest.mark.parametrize("kind", LETTER_KINDS)
def test_the_cpr_number_is_shown_when_the_municipality_says_so(kind: LetterKind) -> None:
    letter = made(kind, head={"show_cpr": True})
    assert ("CPR-nummer", ("040538-1230",)) in [(one.label, one.lines) for one in letter.details]


# -- kvittering ------------------------------------------------------------------------------------


def test_a_receipt_names_what_was_applied_for_and_when_there_is_an_answer() -> None:
    letter = made("kvittering")
    assert "Vi fik den 1. maj 2024. Den handler om:" in letter.said("opening")
    assert "Rengøring 3" in letter.said("opening")
    assert value(letter, "deadline", "Bad 2") == "Senest den 27. maj 2024."
    assert "skriver vi til dig, hvorfor og hvornår du så får svar" in letter.said("deadline")


def with_deadlines() -> Any:
    deadlines = [
        {"id": "pleje", "name": "Personlig pleje", "decision": {"amount": 5, "unit": "weekdays"}},
        {"id": "plads", "name": "Plads", "decision": {"unit": "when_vacant"}},
    ]
    plain = standard(deadlines=deadlines).model_dump(mode="json")
    plain["ydelser"][0]["deadlines"] = ["pleje"]
    plain["ydelser"][1]["deadlines"] = ["plads"]
    return type(standard()).model_validate(plain)


def test_the_standards_deadline_is_reckoned_from_the_day_the_enquiry_came() -> None:
    one, facts = ready("kvittering", case(granted("bad_2"), granted("rengoering_3")), answer_by=None)
    letter = PRESS.letter(one, with_deadlines(), letterhead(), "kvittering", facts)
    # Kristi himmelfartsdag, 9 May 2024, does not count; 1 May is no holiday.
    assert value(letter, "deadline", "Bad 2") == "Senest den 8. maj 2024. Kommunens frist er 5 hverdage."
    assert value(letter, "deadline", "Rengøring 3") == "Når der er en ledig plads."


def test_a_receipt_without_any_deadline_is_not_written() -> None:
    with pytest.raises(LetterError) as refusal:
        made("kvittering", answer_by=None)
    assert any("ingen frist for »Bad 2«" in one for one in refusal.value.missing)


def test_a_receipt_for_somebody_elses_enquiry_says_so_and_an_acute_one_too() -> None:
    one = cases()["delvis"]
    enquiry = one.enquiry.model_copy(update={"from_": "sygehuset", "acute": True})
    letter = made("kvittering", with_(one, enquiry=enquiry))
    assert letter.title == "Vi har fået en henvendelse om dig"
    assert "fik vi en henvendelse om dig" in letter.said("opening")
    assert "Behovet er akut" in letter.said("opening")


def test_an_agreed_talk_is_told_of() -> None:
    visit = Appointment(on=date(2024, 5, 8), at=time(10, 30))
    letter = made("kvittering", with_(cases()["delvis"], course=Course(appointments=(visit,))))
    assert "Vi har aftalt at tale sammen onsdag den 8. maj 2024 kl. 10.30." in letter.said("next")


def test_else_the_citizen_hears_within_the_standards_time() -> None:
    one, facts = ready("kvittering", cases()["delvis"])
    within = {"appointment": {"within": {"amount": 5, "unit": "weekdays"}}}
    letter = PRESS.letter(one, standard(process=within), letterhead(), "kvittering", facts)
    assert "Vi kontakter dig senest den 8. maj 2024" in letter.said("next")
    assert "Vi kontakter dig, så vi kan aftale" in made("kvittering").said("next")


# -- forsinkelse -----------------------------------------------------------------------------------


def test_a_delay_names_the_new_day_the_reason_and_what_is_late() -> None:
    letter = made("forsinkelse")
    assert "søgte du om »Bad 2«, »Rengøring 3« og »Indkøbsordning«" in letter.said("opening")
    assert "Du får svar senest den 3. juni 2024." in letter.said("deadline")
    assert "Lægen har ikke svaret os endnu" in letter.said("deadline")


def test_a_delay_names_the_day_that_was_not_kept_and_only_what_is_late() -> None:
    notice = DelayNotice(about="decision:bad_2", expected_on=date(2024, 5, 30), reason="Vi mangler svar")
    one, facts = ready("forsinkelse", case(granted("bad_2"), granted("rengoering_3")), delay=None)
    one = with_(one, course=Course(delay_notices=(notice,)))
    letter = PRESS.letter(one, with_deadlines(), letterhead(), "forsinkelse", facts)
    assert "søgte du om »Bad 2«. Du skulle have haft svar senest den 8. maj 2024." in letter.said("opening")
    assert "30. maj 2024" in letter.said("deadline")


def test_much_that_is_late_is_not_named_one_by_one() -> None:
    assert "søgte du om flere slags hjælp" in made("forsinkelse", cases()["tredive punkter"]).said("opening")


# -- partshøring -----------------------------------------------------------------------------------


def test_the_citizen_sees_what_was_said_and_by_whom_and_when_to_answer() -> None:
    letter = made("partshoering")
    assert value(letter, "information", "Egen læge").startswith("Ingen har oplyst andet")
    assert "ikke til indkøb" in letter.said("considering")
    assert "senest den 27. maj 2024" in letter.said("answering")
    assert "Du bestemmer selv, om du vil svare." in letter.said("answering")


def test_without_information_of_its_own_what_others_have_said_is_shown() -> None:
    letter = made("partshoering", hearing=HearingNotice())
    assert value(letter, "information", "Daglig husførelse").startswith("Datteren fortæller")
    assert not letter.having("considering")


def test_a_hearing_about_much_names_no_single_help() -> None:
    assert "Vi er ved at afgøre din sag." in made("partshoering", cases()["tredive punkter"]).said("opening")


# -- genvurdering ----------------------------------------------------------------------------------


def test_a_complaint_that_is_not_upheld_is_sent_on_and_the_citizen_need_do_nothing() -> None:
    letter = made("genvurdering", complaint=complained("not_upheld", forwarded_on="2024-06-20"))
    assert letter.title == "Din klage: Vi holder fast i afgørelsen"
    assert "Den 3. juni 2024 klagede du over vores afgørelse af 13. maj 2024." in letter.said("reassessed")
    assert "Den 20. juni 2024 sendte vi klagen til Ankestyrelsen" in letter.said("reassessed")
    assert "Du behøver ikke gøre noget." in letter.said("reassessed")
    assert "min nabo er væk i juli" in letter.said("complained")
    assert "Rengøring 3 (Serviceloven § 83, stk. 1, nr. 2)" in letter.said("reassessed")
    assert not letter.having("result")
    about = made("genvurdering", complaint=complained("not_upheld", items=["indkoebsordning"]))
    assert "Indkøbsordning (Serviceloven § 83, stk. 1, nr. 2)" in about.said("reassessed")
    assert "Rengøring 3" not in about.said("reassessed")


@pytest.mark.parametrize("outcome", ["upheld", "partly_upheld"])
def test_a_complaint_that_is_upheld_brings_the_new_decision_whole(outcome: str) -> None:
    letter = made("genvurdering", cases()["ny afgørelse"], complaint=complained(outcome))
    assert "klagede du over vores afgørelse af 8. maj 2024" in letter.said("reassessed")
    assert "Denne afgørelse træder i stedet for vores afgørelse af 8. maj 2024." in letter.said("result")
    assert letter.having("complaint")
    assert ("Ankestyrelsen afgør klagen" in letter.said("reassessed")) is (outcome == "partly_upheld")


def test_the_complaint_of_the_case_is_used_when_the_facts_bring_none() -> None:
    course = Course(complaints=(complained("not_upheld"),))
    letter = made("genvurdering", with_(cases()["delvis"], course=course), complaint=None)
    assert "min nabo er væk" in letter.said("complained")


def test_a_draft_begun_meanwhile_is_not_what_the_complaint_is_about() -> None:
    one = cases()["delvis"]
    old = MadeDecision(letter_id="1", made_at=datetime(2024, 5, 13, 12, tzinfo=UTC), decision=one.decision)
    other = case(granted("klippekort_1")).decision
    draft = other.model_copy(update={"decided_on": date(2024, 6, 10), "follows": "1"})
    letter = made("genvurdering", with_(one, made=(old,), decision=draft), complaint=complained("not_upheld"))
    assert "klagede du over vores afgørelse af 13. maj 2024." in letter.said("reassessed")
    assert "Rengøring 3" in letter.said("reassessed")
    assert "Klippekort" not in letter.said("reassessed")


# -- oversendelse ----------------------------------------------------------------------------------


def test_ankestyrelsen_gets_the_complaint_our_view_and_the_papers() -> None:
    letter = made("oversendelse", complaint=complained("not_upheld", by="Datteren, Eva Østergård"))
    assert letter.recipient[0] == "Ankestyrelsen"
    assert value(letter, "master_data", "Klagen er fra") == "Datteren, Eva Østergård"
    assert "Åse Ærø Østergård" in value(letter, "master_data", "Borger")
    assert value(letter, "master_data", "Klagefrist") == "Klagen kom inden fristen."
    assert "Indkøbsordning (Serviceloven § 83, stk. 1, nr. 2)" in value(
        letter, "master_data", "Klagen gælder"
    )
    assert "fastholder afgørelsen" in letter.said("opening")
    assert "skrevet sådan til borgeren (»du« er borgeren):\nKøbmanden bærer stadig" in letter.said(
        "reassessed"
    )
    assert value(letter, "master_data", "Vores sagsnummer") == "27.36.00-G01-1234-24"
    assert "borger.dk" not in said(letter)
    assert "kopi" not in said(letter)
    partly = made("oversendelse", cases()["ny afgørelse"], complaint=complained("partly_upheld"))
    assert "ikke givet fuldt medhold" in partly.said("opening")
    assert "Vurderingen af funktionsevnen" in letter.said("enclosures")


def test_only_the_items_complained_of_and_the_papers_named_are_listed() -> None:
    late = complained("not_upheld", items=["indkoebsordning"], papers=["Klage"], received_on="2024-06-30")
    letter = made("oversendelse", complaint=late)
    assert "Bad 2" not in value(letter, "master_data", "Klagen gælder")
    assert letter.said("enclosures") == "Bilag\nKlage."
    assert (
        value(letter, "master_data", "Klagefrist") == "Klagen kom efter fristen, som var den 11. juni 2024."
    )


def test_a_complaint_that_came_too_late_is_sent_on_without_a_new_assessment() -> None:
    late = {**COMPLAINT, "received_on": "2024-06-30", "accepted_late": False, "reason": ""}
    letter = made("oversendelse", complaint=Complaint.model_validate(late))
    assert "ikke vurderet sagen igen" in letter.said("opening")
    assert "Fristen for at klage var den 11. juni 2024, og klagen kom den 30. juni 2024." in letter.said(
        "reassessed"
    )
    assert "genvurdering" not in said(letter)
    with pytest.raises(LetterError) as refusal:
        made("oversendelse", complaint=Complaint.model_validate({**late, "received_on": "2024-06-11"}))
    assert any("Klagen kom inden fristen" in one for one in refusal.value.missing)
    with pytest.raises(LetterError):
        made("genvurdering", complaint=Complaint.model_validate(late))


def test_a_complaint_that_is_upheld_in_full_is_not_sent_on() -> None:
    with pytest.raises(LetterError) as refusal:
        made("oversendelse", cases()["ny afgørelse"], complaint=complained("upheld"))
    assert any("fuldt medhold" in one for one in refusal.value.missing)


# -- bestilling ------------------------------------------------------------------------------------


def test_an_order_brings_the_four_parts_the_source_names() -> None:
    letter = made("bestilling")
    headings = [section.blocks[0] for section in letter.sections if section.role != "signature"]
    named = [getattr(block, "text", "") for block in headings][1:]
    assert named == ["Stamdata", "Visiterede ydelser", "Funktionsvurdering", "Afgørelse"]
    assert letter.recipient == ("Hjemmeplejen, Lindholm Kommune", "Industrivej 7", "9990 Lindholm")
    assert "senest den 15. maj 2024" in letter.said("opening")
    assert "nøgleboksen" in letter.said("opening")
    assert value(letter, "services", "Omfang").startswith("1 gang om ugen, 45 minutter ad gangen")
    assert "3 – svære begrænsninger. Kan ikke løfte højre arm" in letter.said("assessment")
    assert "Den 13. maj 2024 af Bodil Søe Kjær, visitator" in letter.said("decided")


def test_an_order_tells_nothing_that_the_citizen_or_others_have_told() -> None:
    told = said(made("bestilling"))
    assert "Jeg vil gerne gøre så meget som muligt selv" not in told
    assert "Datteren fortæller" not in told
    assert "Indkøbsordning" not in told
    assert "folkepensionist" not in told


def test_an_order_goes_to_the_only_supplier_and_holds_only_its_help() -> None:
    one = case(granted("bad_2", supplier="Privat Pleje"), granted("rengoering_3", supplier="Rent Hus"))
    letter = made("bestilling", one, order=OrderDetails(supplier="Rent Hus"))
    assert "Rengøring 3" in letter.said("services")
    assert "Bad 2" not in letter.said("services")
    alone = made("bestilling", case(granted("bad_2", supplier="Privat Pleje")), order=OrderDetails())
    assert alone.recipient == ("Privat Pleje",)


def test_help_of_an_earlier_decision_that_still_runs_can_be_ordered() -> None:
    first = case(granted("bad_2", supplier="Privat Pleje"), granted("rengoering_3", supplier="Rent Hus"))
    old = MadeDecision(letter_id="1", made_at=datetime(2024, 5, 13, 12, tzinfo=UTC), decision=first.decision)
    later = case(granted("genoptraening", supplier="Privat Pleje"), answers=first.answers)
    new = later.decision.model_copy(update={"decided_on": date(2024, 6, 10), "follows": "1"})
    made_new = old.model_copy(update={"letter_id": "2", "decision": new})
    one = with_(first, made=(old, made_new), decision=new)
    again = made("bestilling", one, order=OrderDetails(supplier="Rent Hus", items=("rengoering_3",)))
    assert "Rengøring 3" in again.said("services")
    assert value(again, "decided", "Truffet").startswith("Den 13. maj 2024")
    both = made("bestilling", one, order=OrderDetails(supplier="Privat Pleje"))
    assert "Bad 2" in both.said("services") and "Rengøring 3" not in both.said("services")
    assert "13. maj 2024" in both.said("decided") and "10. juni 2024" in both.said("decided")
    run = Order(items=("bad_2",), supplier="Privat Pleje", channel="advis")
    given = with_(one, course=one.course.model_copy(update={"orders": (run,)}))
    fresh = made("bestilling", given, order=OrderDetails(supplier="Privat Pleje"))
    assert "Bad 2" not in fresh.said("services"), "somebody gives it already"
    gone = new.model_copy(update={"corrects": Correction(id="1", decided_on=date(2024, 5, 13))})
    corrected = with_(one, made=(old, made_new.model_copy(update={"decision": gone})), decision=gone)
    with pytest.raises(LetterError):
        made("bestilling", corrected, order=OrderDetails(supplier="Rent Hus"))


def test_the_supplier_is_told_the_standards_deadline_for_the_start() -> None:
    deadlines = [{"id": "pleje", "name": "Pleje", "start": {"amount": 1, "unit": "weekdays"}},
                 {"id": "plads", "name": "Plads", "start": {"unit": "when_vacant"}}]  # fmt: skip
    plain = standard(deadlines=deadlines).model_dump(mode="json")
    plain["ydelser"][0]["deadlines"] = ["pleje"]
    plain["ydelser"][1]["deadlines"] = ["plads"]
    one, facts = ready("bestilling", case(granted("bad_2"), granted("rengoering_3")))
    letter = PRESS.letter(one, type(standard()).model_validate(plain), letterhead(), "bestilling", facts)
    assert value(letter, "services", "Frist for start") == "Senest den 14. maj 2024. Fristen er 1 hverdag."
    assert "Når der er en ledig plads." in letter.said("services")


def test_the_order_of_the_case_says_whom_it_goes_to_and_what_they_give() -> None:
    one = case(granted("bad_2"), granted("rengoering_3"))
    orders = (
        Order(items=("bad_2",), supplier="Privat Pleje", channel="letter", coordinates=True,
              two_staff=("bad_2",)),
        Order(items=("rengoering_3",), supplier="Rent Hus", channel="advis"),
    )  # fmt: skip
    one = one.model_copy(update={"course": one.course.model_copy(update={"orders": orders})})
    letter = made("bestilling", one, order=OrderDetails())
    assert letter.recipient == ("Privat Pleje",)
    assert "Bad 2" in letter.said("services")
    assert "Rengøring 3" not in letter.said("services")
    assert value(letter, "services", "Bemanding") == "To medarbejdere ad gangen."
    assert "jer, der samordner hjælpen" in letter.said("opening")
    assert "samordner" not in made("bestilling").said("opening")


@pytest.mark.parametrize("part", ["master_data", "services", "assessment", "decided"])
def test_an_order_without_one_of_the_four_parts_is_refused_p32(
    part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A municipality's texts, or a slip of ours, may leave a part empty: then no letter goes out."""
    written = framed

    def without(draft: Draft, kind: LetterKind, on: date, sections: Any, **rest: Any) -> Letter:
        return written(draft, kind, on, tuple(one for one in sections if one.role != part), **rest)

    monkeypatch.setattr(ordering, "framed", without)
    with pytest.raises(LetterError) as refusal:
        made("bestilling")
    assert len(refusal.value.missing) == 1


# -- leverandørvalg --------------------------------------------------------------------------------


def test_the_choice_names_the_help_the_suppliers_and_how_to_choose() -> None:
    letter = made("leverandoervalg")
    assert "Bad 2\nRengøring 3" in letter.said("opening")
    (table,) = [b for s in letter.having("choosing") for b in s.blocks if isinstance(b, Table)]
    assert table.rows[1] == ("Rent Hus ApS", "Rengøring", "99 99 30 40")
    assert "på telefon 99 99 10 10" in letter.said("choosing")
    assert value(letter, "supplier", "Bad 2") == "Hjemmeplejen, Lindholm Kommune"
    assert "14 dages varsel" in letter.said("next")


def test_without_a_list_the_standard_says_who_can_be_chosen() -> None:
    plain = standard().model_dump(mode="json")
    plain["ydelser"][0]["supplier"] = [{"text": "Kommunens hjemmepleje"}]
    plain["supplier_choice"] = []
    one, facts = ready(
        "leverandoervalg", case(granted("bad_2"), granted("rengoering_3", supplier="")), suppliers=()
    )
    letter = PRESS.letter(one, type(standard()).model_validate(plain), letterhead(), "leverandoervalg", facts)
    assert "For »Bad 2«:\nKommunens hjemmepleje." in letter.said("choosing")
    assert "For »Rengøring 3«: Spørg Visitationen" in letter.said("choosing")
    assert "Sig det til Visitationen" in letter.said("next")


# -- what is missing -------------------------------------------------------------------------------

NOBODY = case(granted("bad_2"), citizen=Citizen(name="Ib").model_dump())
NO_DAY = with_(
    case(granted("bad_2")), enquiry=case(granted("bad_2")).enquiry.model_copy(update={"received_on": None})
)
LACKING: dict[str, Callable[[], Letter]] = {
    "adresse er ikke fuldstændig": lambda: made("kvittering", NOBODY),
    "Datoen for henvendelsen mangler": lambda: made("forsinkelse", NO_DAY),
    "hvorfor fristen ikke bliver holdt": lambda: made("forsinkelse", delay=DelayNotice(expected_on=date(2024, 6, 1))),
    "hvornår borgeren nu kan vente svar": lambda: made("forsinkelse", delay=DelayNotice(reason="Sygdom")),
    "de oplysninger, borgeren skal se": lambda: made(
        "partshoering", hearing=HearingNotice(information=(Disclosure(source="Læge"),))
    ),
    "hvornår borgeren senest skal svare": lambda: PRESS.letter(
        with_(case(granted("bad_2")), decision=case().decision.model_copy(update={"hearing": Hearing()})),
        standard(), letterhead(), "partshoering", LetterFacts(written_on=date(2024, 5, 1)),
    ),
    "hvornår klagen er modtaget": lambda: made("genvurdering", complaint=complained("not_upheld", received_on=None)),
    "hvad borgeren klager over": lambda: made("genvurdering", complaint=complained("not_upheld", text="")),
    "hvad genvurderingen førte til": lambda: made("oversendelse", complaint=complained("withdrawn")),
    "begrundelsen for genvurderingen": lambda: made("oversendelse", complaint=complained("not_upheld", reason="")),
    "datoen for den afgørelse, der er klaget over": lambda: made("genvurdering", complaint=complained("upheld")),
    "Der er flere, eller der er ingen": lambda: made(
        "bestilling", case(granted("bad_2", supplier="A"), granted("rengoering_3", supplier="B")), order=OrderDetails()
    ),
    "Ingen hjælp i afgørelsen skal leveres af": lambda: made("bestilling", order=OrderDetails(supplier="Andre ApS")),
    "ingen leverandør at vælge": lambda: made("leverandoervalg", case(refused("indkoebsordning"))),
}  # fmt: skip


@pytest.mark.parametrize("what", LACKING)
def test_a_letter_that_lacks_something_is_not_written_and_says_what(what: str) -> None:
    with pytest.raises(LetterError) as refusal:
        LACKING[what]()
    assert any(what in one for one in refusal.value.missing), refusal.value.missing

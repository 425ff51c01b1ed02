"""The letter's texts are a file that a municipality may change, checked when it is loaded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from letter_cases import HEARD, MANY, case, cases, granted, letterhead, standard, stopped
from letter_others import COMPLAINT, ready

from visitator_tui.domain.case import Case
from visitator_tui.domain.course import Appointment, Course
from visitator_tui.domain.course_complaint import Complaint
from visitator_tui.domain.course_supply import Order
from visitator_tui.domain.letter_facts import LETTER_KINDS, LetterFacts, LetterKind, OrderDetails
from visitator_tui.domain.made_decision import with_made
from visitator_tui.domain.standard import Standard
from visitator_tui.letters import ReportlabPress
from visitator_tui.letters.draft import Draft
from visitator_tui.letters.kinds import letter_of
from visitator_tui.letters.texts import OPEN_GROUPS, LetterTextError, Texts, load_texts
from visitator_tui.resources import asset

SHIPPED = asset("letters", "da.yaml")


def own(folder: Path, body: str) -> Path:
    file = folder / "egne.yaml"
    file.write_text(f"format: visitator-letter-texts/1\ntexts:\n{body}", encoding="utf-8")
    return file


def test_a_municipality_can_say_it_in_its_own_words(tmp_path: Path) -> None:
    press = ReportlabPress(own(tmp_path, '  greeting: "Hej {name}"\n'))
    text = press.text(cases()["delvis"], standard(), letterhead())
    assert "Hej Åse Ærø Østergård" in text
    assert "Det har vi besluttet" in text


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            '  greeting: "Kære {navn}"\n',
            "»greeting« bruger {navn}, som programmet ikke kender. Her kan du bruge {name}.",
        ),
        ('  result: {granted: "Du får {item}:"}\n', "»result.granted« bruger {item}"),
        ('  greeting: "Kære {name"\n', "»greeting« har en krøllet parentes"),
        ('  greeting: "Kære {name:>20}"\n', "må kun være et navn"),
        ('  greeting: "Kære {name.__class__}"\n', "{name.__class__}, som programmet ikke kender"),
        ('  geeting: "Kære"\n', "»geeting« findes ikke. Mente du »greeting«?"),
        ("  greeting: 7\n", "»greeting« skal være en tekst"),
        ("  greeting: ''\n", "må ikke være tom"),
        ("  greeting: [\n", "ikke gyldig YAML (linje"),
    ],
)  # fmt: skip
def test_a_text_that_cannot_be_used_is_refused_when_it_is_loaded(
    tmp_path: Path, body: str, said: str
) -> None:
    with pytest.raises(LetterTextError, match=re.escape(said)):
        load_texts(SHIPPED, own(tmp_path, body))


def test_a_file_that_is_not_a_text_file_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "andet.yaml"
    other.write_text("format: noget-andet/1\n", encoding="utf-8")
    with pytest.raises(LetterTextError, match="begynder ikke med"):
        load_texts(SHIPPED, other)
    other.write_bytes("texts: {greeting: Kære}".encode("latin-1"))
    with pytest.raises(LetterTextError, match="UTF-8"):
        load_texts(SHIPPED, other)
    with pytest.raises(LetterTextError, match="kan ikke læses"):
        load_texts(SHIPPED, tmp_path / "findes-ikke.yaml")


def test_a_goal_of_ones_own_can_be_explained(tmp_path: Path) -> None:
    press = ReportlabPress(own(tmp_path, '  goals: {fastholde: "Du skal kunne det samme til jul."}\n'))
    assert "Du skal kunne det samme til jul." in press.text(cases()["delvis"], standard(), letterhead())


class Read(dict[str, str]):
    """Texts that remember which of them were read."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        super().__init__(texts)
        self.names: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.names.add(name)
        return super().__getitem__(name)


APPOINTMENT = {"appointment": {"within": {"amount": 5, "unit": "weekdays"}}}
DEADLINE = {"id": "pleje", "name": "Pleje", "decision": {"amount": 2, "unit": "weeks"},
            "start": {"amount": 1, "unit": "weekdays"}}  # fmt: skip
ORDERED = Course(orders=(Order(items=("bad_2",), supplier="Ahorn", coordinates=True, two_staff=("bad_2",)),))
NOT_YET: dict[str, Any] = {"answer": "", "answer_by": "2024-05-12"}
CONTENTS = {"address": (), "phone": "", "email": "", "hours": "", "show_cpr": True}


def others() -> Iterator[tuple[LetterKind, Case, Standard, dict[str, Any], LetterFacts]]:
    """Letters of every kind, in ways that between them say every text."""
    plain, many = cases()["delvis"], cases()["tredive punkter"]
    for kind in LETTER_KINDS:
        for head in ({}, CONTENTS):
            found, facts = ready(kind, plain)
            yield kind, found, standard(), head, facts
    document = standard(process=APPOINTMENT, deadlines=[DEADLINE], supplier_choice=[]).model_dump(mode="json")
    document["ydelser"][0] |= {"deadlines": ["pleje"], "supplier": [{"text": "Kommunens hjemmepleje"}]}
    other = Standard.model_validate(document)
    phone = plain.citizen.model_copy(update={"phone": "99 99 00 00", "housing": "Rækkehus"})
    visit = Course(appointments=(Appointment(on=date(2024, 5, 8), at=time(10, 30)),))
    by_other = plain.enquiry.model_copy(update={"from_": "sygehuset", "acute": True})
    bath = case(granted("bad_2")).model_copy(update={"citizen": phone})
    ways: tuple[tuple[LetterKind, Case, dict[str, Any]], ...] = (
        ("kvittering", bath, {"answer_by": None}),
        ("kvittering", plain.model_copy(update={"enquiry": by_other, "course": visit}), {}),
        ("forsinkelse", bath, {}),
        ("forsinkelse", many, {}),
        ("partshoering", many, {}),
        ("oversendelse", plain, {"complaint": complaint(by="Eva", received_on="2024-07-03")}),
        ("genvurdering", plain, {"complaint": complaint(forwarded_on="2024-06-20")}),
        ("genvurdering", cases()["ny afgørelse"], {"complaint": complaint(outcome="upheld")}),
        ("genvurdering", cases()["ny afgørelse"], {"complaint": complaint(outcome="partly_upheld")}),
        (
            "genvurdering",
            cases()["ny afgørelse"],
            {"complaint": complaint(outcome="partly_upheld", forwarded_on="2024-06-20")},
        ),
        ("oversendelse", cases()["ny afgørelse"], {"complaint": complaint(outcome="partly_upheld")}),
        (
            "oversendelse",
            case(granted("bad_2")),
            {"complaint": complaint(outcome=None, accepted_late=False, received_on="2024-06-30")},
        ),
        ("bestilling", bath.model_copy(update={"citizen": phone}), {"order": OrderDetails()}),
        ("bestilling", case(granted("bad_2", ends_on="2024-08-01")), {}),
        (
            "bestilling",
            case(granted("bad_2")).model_copy(update={"course": ORDERED}),
            {"order": OrderDetails()},
        ),
        ("leverandoervalg", case(granted("bad_2"), granted("rengoering_3")), {"suppliers": ()}),
        ("afgoerelse", plain, {"digital_post_on": date(2024, 5, 13)}),
    )
    for kind, one, changes in ways:
        found, facts = ready(kind, one, **changes)
        yield kind, found, other, {}, facts
    silent = case(stopped("rengoering_3"), **{"hearing": {**HEARD["hearing"], **NOT_YET}})
    yield "afgoerelse", silent, standard(), {}, LetterFacts()


def complaint(**changes: Any) -> Complaint:
    return Complaint.model_validate({**COMPLAINT, "outcome": "not_upheld", **changes})


def test_every_shipped_text_is_said_in_some_letter() -> None:
    read = Read(load_texts(SHIPPED).by_name)
    plain = case(granted("bad_2", review_on=None, supplier="", answers="rengøring", goal="udvikle"))
    by_others = plain.model_dump(by_alias=True)
    by_others["case_number"] = ""
    by_others["enquiry"] |= {"from": "sygehuset"}
    by_others["citizen"]["household"] = [{"relation": "din mand", "can_share_tasks": True}]
    by_others["assessment"]["areas"]["arbejde_og_uddannelse"]["relevant"] = True
    by_others["assessment"]["activities"] |= {"har_arbejde": {"answer": True}, "spise": {"answer": True}}
    much = case(*(granted(item_id) for item_id, _ in MANY[:4])).model_dump(by_alias=True)
    much["enquiry"] |= {"from": "datter"}
    much["assessment"]["areas"]["arbejde_og_uddannelse"]["relevant"] = True
    much["assessment"]["activities"] |= {"har_arbejde": {"answer": False}}
    for changed in (much, by_others):
        changed["decision"]["enclose_assessment"] = True
    again = with_made(plain, "brev-1", datetime(2024, 5, 10, tzinfo=UTC))
    again = again.model_copy(update={"decision": case(stopped("bad_2")).decision})
    for_others = (Case.model_validate(by_others), Case.model_validate(much))
    for one in (*cases().values(), plain, again, *for_others):
        letter_of("afgoerelse", Draft(one, standard(), letterhead(), Texts(read)))
    for kind, one, of, head, facts in others():
        letter_of(kind, Draft(one, of, letterhead(**head), Texts(read), facts))
    unsaid = {name for name in read if name not in read.names and not name.startswith(OPEN_GROUPS)}
    assert unsaid == set()


def test_a_complaint_route_with_an_unknown_placeholder_is_named() -> None:
    routes = [
        route.model_copy(update={"text": ("Ring til {telefon}",)}) for route in standard().complaint_routes
    ]
    broken = standard().model_copy(update={"complaint_routes": tuple(routes)})
    with pytest.raises(LetterTextError, match=r"klageadgangen klage efter serviceloven.*\{telefon\}"):
        ReportlabPress().text(cases()["delvis"], broken, letterhead())

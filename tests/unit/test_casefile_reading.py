"""A case file is read whole, or the key, the place and the mend are named; a CPR number never is."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from visitator_tui.catalogue import CatalogueFolder
from visitator_tui.domain.standard import Standard
from visitator_tui.usecases.casefile import LARGEST, CaseFileError, check_against, read_case

CATALOGUES = Path(__file__).parents[1] / "fixtures" / "catalogues"

CASE: dict[str, Any] = {
    "format": "visitator-case/1",
    "municipality": "provby",
    "citizen": {
        "name": "Åse Ærø Østergård",
        "birth_date": "1938-05-04",
        "cpr": "040538-1234",
        "address": {"street": "Blåbærvænget 12", "postal_code": "3000", "town": "Prøvby"},
        "household": [{"relation": "ægtefælle", "can_share_tasks": False}],
    },
    "enquiry": {"received_on": "2020-03-01", "from": "borger", "acute": False, "applied_for": ["rengoering"]},
    "assessment": {
        "assessed_on": "2020-03-06",
        "areas": {"huset": {"relevant": True, "observed": "Støv."}},
        "activities": {"goere_rent": {"level": 3}, "har_arbejde": {"answer": False}},
    },
    "summary": {"text": "…", "goal": "fastholde"},
    "answers": {"kan_ikke_selv": True, "har_plan": None},
    "considerations": {"genvinde": {"outcome": "nej", "reason": "…"}},
    "decision": {
        "items": [
            {
                "delydelse": "rengoering",
                "outcome": "granted",
                "variant": "1",
                "extent": {"times": 1, "per": "week"},
            }
        ]
    },
}


def changed(path: str, value: Any) -> dict[str, Any]:
    """The case with another value at a dotted path."""
    document: dict[str, Any] = json.loads(json.dumps(CASE))
    at: Any = document
    *parts, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    for part in parts:
        at = at[part]
    at[last] = value
    return document


def said(content: str | bytes | Path) -> str:
    with pytest.raises(CaseFileError) as error:
        read_case(content)
    return str(error.value)


def test_a_case_is_read_from_a_file_a_text_or_bytes(tmp_path: Path) -> None:
    text = json.dumps(CASE, ensure_ascii=False)
    file = tmp_path / "sag.json"
    file.write_text(text, "utf-8")
    case = read_case(file)
    assert case == read_case(text) == read_case(text.encode()) == read_case(b"\xef\xbb\xbf" + text.encode())
    assert case.citizen.name == "Åse Ærø Østergård"
    assert case.enquiry.received_on == date(2020, 3, 1)
    assert case.enquiry.from_ == "borger"


def test_a_case_may_be_as_empty_as_the_conversation() -> None:
    assert read_case('{"municipality": "provby"}').decision.items == ()


WRONG: list[tuple[str, Any, str, str]] = [
    # (where, value, the path that is named, what the message says)
    ("citzen", {}, "citzen", "Mente du »citizen«?"),
    ("citizen.nme", "x", "citizen.nme", "Mente du »name«?"),
    ("enquiry.from_", "x", "enquiry.from_", "Mente du »from«?"),
    ("assessment.areas.huset.relevnt", True, "assessment.areas.huset.relevnt", "Mente du »relevant«?"),
    ("assessment.activities.goere_rent.niveau", 2, "assessment.activities.goere_rent.niveau", "level"),
    ("decision.items.0.result", "x", "decision.items.0.result", "feltet kendes ikke"),
    ("decision.items.0.extent.time", 1, "decision.items.0.extent.time", "Mente du »times«?"),
    ("format", "visitator-case/2", "format", "anden udgave"),
    ("municipality", None, "municipality", "skal være tekst"),
    ("citizen", [], "citizen", "gruppe af felter"),
    ("citizen.name", 7, "citizen.name", "Sæt citationstegn"),
    ("citizen.birth_date", "4. maj 1938", "citizen.birth_date", "åååå-mm-dd"),
    ("citizen.birth_date", "1938-02-30", "citizen.birth_date", "dato"),
    ("citizen.birth_date", -998, "citizen.birth_date", "dato"),
    ("citizen.household", {"relation": "søn"}, "citizen.household", "Sæt [ ] om"),
    ("enquiry.received_on", 20200301, "enquiry.received_on", "åååå-mm-dd"),
    ("enquiry.received_on", "2020-03-01T10:00:00", "enquiry.received_on", "dato"),
    ("enquiry.acute", "nej", "enquiry.acute", "true for ja"),
    ("enquiry.acute", 1, "enquiry.acute", "ja eller nej"),
    ("enquiry.applied_for", "rengoering", "enquiry.applied_for", "liste"),
    (
        "assessment.activities.goere_rent.level",
        5,
        "assessment.activities.goere_rent.level",
        "ikke være over 4",
    ),
    (
        "assessment.activities.goere_rent.level",
        -1,
        "assessment.activities.goere_rent.level",
        "ikke være under 0",
    ),
    ("assessment.activities.goere_rent.level", "3", "assessment.activities.goere_rent.level", "helt tal"),
    ("assessment.activities.goere_rent.level", 2.5, "assessment.activities.goere_rent.level", "helt tal"),
    ("assessment.activities.goere_rent.level", True, "assessment.activities.goere_rent.level", "helt tal"),
    ("assessment.activities.goere_rent", 3, "assessment.activities.goere_rent", "gruppe af felter"),
    ("assessment.overall_level", 9, "assessment.overall_level", "over 4"),
    ("answers.kan_ikke_selv", "ja", "answers.kan_ikke_selv", "ja eller nej"),
    ("decision.items.0.outcome", "grant", "decision.items.0.outcome", "Mente du »granted«?"),
    ("decision.items.0.extent.per", "weekly", "decision.items.0.extent.per", "'week'"),
    ("decision.items.0.extent.times", 0, "decision.items.0.extent.times", "under 1"),
    ("decision.items.0.start_on", "snart", "decision.items.0.start_on", "dato"),
    ("decision.items", [{}], "decision.items.0.delydelse", "mangler"),
]


@pytest.mark.parametrize(("where", "value", "path", "says"), WRONG, ids=lambda one: str(one)[:40])
def test_the_key_with_its_path_and_the_mend_are_named(where: str, value: Any, path: str, says: str) -> None:
    message = said(json.dumps(changed(where, value)))
    assert f"»{path}«" in message
    assert says in message


BROKEN = [
    ("", "filen er tom"),
    ("   \n", "filen er tom"),
    ("[]", "gruppe af felter"),
    ('"sag"', "gruppe af felter"),
    ("null", "gruppe af felter"),
    ('{"municipality": "provby",}', "linje 1, kolonne "),
    ('{"municipality": "provby"\n "format": 1}', "linje 2, kolonne 2: der mangler et komma"),
    ('{"municipality" "provby"}', "kolonne 17: der mangler et kolon"),
    ("{'municipality': 'provby'}", "linje 1, kolonne 2: her skal stå navnet på en nøgle"),
    ('{\n"municipality": }', "linje 2, kolonne 17: her mangler en værdi"),
    ('{"municipality": "prov', "bliver ikke lukket"),
    ('{"municipality": "prov\nby"}', "linjeskift"),
    (r'{"municipality": "c:\provby"}', "omvendt skråstreg"),
    ('{"municipality": "provby"} {}', "der står mere efter sagen"),
    ('{"municipality": "provby", "municipality": "x"}', "»municipality«: nøglen står flere gange"),
    ('{"municipality": "x", "answers": {"a": true, "a": false}}', "»answers.a«: nøglen står flere gange"),
    (
        '{"municipality": "x", "assessment": {"overall_level": NaN}}',
        "»assessment.overall_level«: det er ikke et tal",
    ),
    ('{"municipality": "x", "assessment": {"overall_level": Infinity}}', "det er ikke et tal"),
    ('{"municipality": "x", "assessment": {"overall_level": ' + "9" * 5000 + "}}", "det er ikke et tal"),
    (
        '{"municipality": "x", "citizen": {"name": "\\ud800"}}',
        "»citizen.name«: teksten indeholder et halvt tegn",
    ),
    ('{"municipality": "x", "answers": {"\\udc00": true}}', "»answers«: teksten indeholder et halvt tegn"),
    ('{"a": ' * 60 + "1" + "}" * 60, "lag i hinanden"),
    ("[" * 100_000, "lag i hinanden"),
    ("format: visitator-case/1", "linje 1, kolonne 1"),
]


@pytest.mark.parametrize(("text", "says"), BROKEN, ids=lambda one: one[:40] or "empty")
def test_broken_json_is_named_at_its_place(text: str, says: str) -> None:
    assert says in said(text)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b'{\n"municipality": "Hels\xf8"}', "linje 2: filen er ikke gemt som UTF-8"),
        ('{"municipality": "x"}'.encode("utf-16"), "UTF-16"),
        (b" " * (LARGEST + 1), "2 MB"),
    ],
)
def test_other_encodings_and_huge_files_are_named(data: bytes, says: str) -> None:
    assert says in said(data)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    assert "findes ikke" in said(tmp_path / "ingen.json")
    assert "er en mappe" in said(tmp_path)


CPR = "040538-1234"


@pytest.mark.parametrize(
    "document",
    [
        changed("citizen.cpr", "320538-1234"),
        changed("citizen.cpr", "040538-12345"),
        changed("citizen.cpr", 4053812349),
        changed("citizen.cpr", ["040538-1234"]),
        changed("citizen.birth_date", CPR),
        changed("answers.040538-1234", "ja"),
        changed("citizen.0405381234", "x"),
        changed("decision.items.0.outcome", CPR),
        changed("assessment.areas.huset.relevant", CPR),
    ],
)
def test_a_cpr_number_is_never_repeated(document: dict[str, Any]) -> None:
    message = said(json.dumps(document))
    assert "»" in message
    for digits in ("320538", "040538", "0405381234", "4053812349"):
        assert digits not in message


def test_a_cpr_number_in_broken_json_is_not_repeated() -> None:
    assert CPR not in said(f'{{"citizen": {{"cpr": "{CPR}" "name": "x"}}}}')


def test_every_wrong_key_is_told_at_once() -> None:
    document = changed("citizen.nme", "x")
    document["assessment"]["overall_level"] = 7
    assert len(said(json.dumps(document)).splitlines()) == 2


# -- against a standard ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def standard() -> Standard:
    return CatalogueFolder((CATALOGUES,), None).by_id("provby-2020")


def unknown(standard: Standard, document: dict[str, Any]) -> list[str]:
    return [str(problem) for problem in check_against(read_case(json.dumps(document)), standard)]


def test_a_case_with_known_ids_has_no_problems(standard: Standard) -> None:
    assert unknown(standard, CASE) == []


@pytest.mark.parametrize(
    ("where", "value", "path", "says"),
    [
        ("assessment.areas.hust", {}, "assessment.areas.hust", "Mente du »huset«?"),
        ("assessment.activities.gøre_rent", {}, "assessment.activities.gøre_rent", "Mente du »goere_rent«?"),
        (
            "assessment.activities.xyz",
            {},
            "assessment.activities.xyz",
            "Kendte: goere_rent, vaske_toej, har_arbejde.",
        ),
        (
            "assessment.activities.har_arbejde.level",
            2,
            "assessment.activities.har_arbejde.level",
            "ingen niveauer",
        ),
        (
            "assessment.activities.goere_rent.answer",
            True,
            "assessment.activities.goere_rent.answer",
            "level: 0-4",
        ),
        ("summary.goal", "fastholdelse", "summary.goal", "Mente du »fastholde«?"),
        ("answers.kan_selv", True, "answers.kan_selv", "Mente du »kan_ikke_selv«?"),
        ("considerations.genvind", {}, "considerations.genvind", "Mente du »genvinde«?"),
        ("considerations.genvinde.outcome", "ja", "considerations.genvinde.outcome", "ja_forloeb"),
        ("enquiry.applied_for", ["praktisk_hjelp"], "enquiry.applied_for.0", "Mente du »praktisk_hjaelp«?"),
        (
            "decision.items.0.delydelse",
            "rengoering_3",
            "decision.items.0.delydelse",
            "Mente du »rengoering«?",
        ),
        ("decision.items.0.goal", "udvikl", "decision.items.0.goal", "Mente du »udvikle«?"),
        ("decision.items.0.variant", "7", "decision.items.0.variant", "Kendte: 1, 2."),
    ],
)
def test_an_id_the_standard_does_not_know_gets_the_nearest(
    standard: Standard, where: str, value: Any, path: str, says: str
) -> None:
    (problem,) = unknown(standard, changed(where, value))
    assert problem.startswith(f"»{path}«: ")
    assert says in problem


def test_the_citizens_own_words_are_no_unknown_id(standard: Standard) -> None:
    document = changed("enquiry.applied_for", ["Hjælp til hunden", "rengøring"])
    document["decision"]["items"] = [{"delydelse": "Hjælp til hunden"}]
    assert unknown(standard, document) == []

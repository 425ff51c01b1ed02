"""Letters as files: the very bytes, under names that tell nothing, and a MeMo message that holds."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from visitator_tui.printing import FileExport
from visitator_tui.printing.memo import memo
from visitator_tui.printing.memo_check import NAMESPACE, check_memo
from visitator_tui.usecases.ports import DigitalPost, ExportError, LetterRow

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40
LETTER = LetterRow(
    id="1f0c9b52-7d3e-4b1a-9c55-0a4b8e2f6d31",
    case_id="6a0f5a8e-3c1d-4a7b-8f10-2f9f6f0f7c11",
    kind="afgoerelse",
    made_at=datetime(2017, 3, 8, 0, 30, tzinfo=timezone(timedelta(hours=1))),
    sha256=hashlib.sha256(PDF).hexdigest(),
    size=len(PDF),
)
POST = DigitalPost(
    cvr="64 50 20 18", sender="Prøvby Kommune", cpr="010203-1234", title="Afgørelse om hjælp og pleje"
)


# -- a folder ----------------------------------------------------------------------------------------


def test_a_letter_is_exported_as_it_is_with_its_sum_beside_it(tmp_path: Path) -> None:
    file = FileExport().to_folder(tmp_path, LETTER, PDF)
    assert file == tmp_path / "afgoerelse-2017-03-08-1f0c9b52.pdf"
    assert file.read_bytes() == PDF
    about = json.loads(file.with_suffix(".json").read_text("utf-8"))
    assert about == {
        "format": "visitator-letter/1",
        "file": file.name,
        "sha256": hashlib.sha256(PDF).hexdigest(),
        "bytes": len(PDF),
        "letter": LETTER.id,
        "case": LETTER.case_id,
        "kind": "afgoerelse",
        "made_at": "2017-03-07T23:30:00+00:00",
    }
    FileExport().to_folder(tmp_path, LETTER, PDF)
    assert len(list(tmp_path.iterdir())) == 2, "once more is the same files"


def test_a_kind_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    file = FileExport().to_folder(tmp_path, replace(LETTER, kind="../Åse Hansen"), PDF)
    assert file.parent == tmp_path
    assert file.name.isascii()


def test_bytes_that_are_not_the_letter_are_not_exported(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="ikke længere, som det blev lavet"):
        FileExport().to_folder(tmp_path, LETTER, PDF + b"x")
    with pytest.raises(ExportError, match="ikke længere, som det blev lavet"):
        FileExport().to_digital_post(tmp_path, LETTER, PDF + b"x", POST)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="findes ikke"):
        FileExport().to_folder(tmp_path / "mangler", LETTER, PDF)


@pytest.mark.skipif(os.name == "nt", reason="POSIX modes")
def test_others_on_the_machine_cannot_read_what_is_exported(tmp_path: Path) -> None:
    FileExport().to_folder(tmp_path, LETTER, PDF)
    FileExport().to_digital_post(tmp_path, LETTER, PDF, POST)
    assert {file.stat().st_mode & 0o077 for file in tmp_path.iterdir()} == {0}


# -- Digital Post ------------------------------------------------------------------------------------


def names(element: ET.Element) -> list[Any]:
    """The elements' names in their order, nested."""
    found: list[Any] = []
    for child in element:
        name = child.tag.rpartition("}")[2]
        found.append([name, *names(child)] if len(child) else name)
    return found


def test_the_message_holds_the_letter_and_everything_in_its_order(tmp_path: Path) -> None:
    file = FileExport().to_digital_post(tmp_path, LETTER, PDF, POST)
    assert file.name == "afgoerelse-2017-03-08-1f0c9b52.memo.xml"
    root = ET.fromstring(file.read_bytes())
    assert (root.tag, root.attrib) == (f"{{{NAMESPACE}}}Message", {"memoVersion": "1.2"})
    assert names(root) == [
        [
            "MessageHeader",
            "messageType",
            "messageUUID",
            "label",
            ["Sender", "senderID", "idType", "label"],
            ["Recipient", "recipientID", "idType"],
        ],
        [
            "MessageBody",
            "createdDateTime",
            ["MainDocument", ["File", "encodingFormat", "filename", "language", "content"]],
        ],
    ]
    said = {element.tag.rpartition("}")[2]: element.text for element in root.iter()}
    assert base64.b64decode(said["content"] or "") == PDF
    assert said["createdDateTime"] == "2017-03-07T23:30:00Z"
    assert said["messageUUID"] == LETTER.id, "the same letter is the same message"
    assert (said["senderID"], said["recipientID"]) == ("64502018", "0102031234")
    assert (said["encodingFormat"], said["filename"], said["language"]) == (
        "application/pdf",
        "brev.pdf",
        "da",
    )


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert memo(LETTER, PDF, POST) == memo(LETTER, PDF, POST)


def test_danish_letters_and_signs_of_xml_are_carried_over() -> None:
    made = memo(LETTER, PDF, replace(POST, title="Æ, ø & å <ikke> »her«", sender="Å & Ø Kommune"))
    labels = [element.text for element in ET.fromstring(made).iter(f"{{{NAMESPACE}}}label")]
    assert labels == ["Æ, ø & å <ikke> »her«", "Å & Ø Kommune"]


def test_the_cpr_number_stands_in_the_message_and_in_no_name(tmp_path: Path) -> None:
    FileExport().to_digital_post(tmp_path, LETTER, PDF, POST)
    FileExport().to_folder(tmp_path, LETTER, PDF)
    for file in tmp_path.iterdir():
        assert "010203" not in file.name
        assert (b"0102031234" in file.read_bytes()) == file.name.endswith(".memo.xml")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"cpr": None}, "ikke borgerens CPR-nummer.*under Henvendelse, eller print brevet"),
        ({"cpr": ""}, "ikke borgerens CPR-nummer"),
        ({"cpr": "010203-123"}, "ti cifre"),
        ({"cpr": "310299-1234"}, "ikke en dato"),
        ({"cvr": ""}, "CVR-nummer .otte cifre. mangler"),
        ({"cvr": "1234567"}, "CVR-nummer"),
        ({"cvr": "１２３４５６７８"}, "CVR-nummer"),
        ({"sender": "  "}, "navn mangler som afsender"),
        ({"title": " \n "}, "titel til Digital Post er tom"),
        ({"title": "a" * 257}, "på 257 tegn og må højst være på 256"),
        ({"title": "Afgørelse til 010203-1234"}, "CPR-nummer i brevets titel"),
        ({"sender": "K" * 257}, "kan ikke laves: .*Sender/label"),
    ],
)
def test_what_is_missing_is_told_without_quoting_it_and_nothing_is_written(
    tmp_path: Path, change: dict[str, str | None], says: str
) -> None:
    with pytest.raises(ExportError, match=says) as refused:
        FileExport().to_digital_post(tmp_path, LETTER, PDF, replace(POST, **change))  # type: ignore[arg-type]
    assert "010203" not in str(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_the_longest_title_is_taken() -> None:
    assert check_memo(memo(LETTER, PDF, replace(POST, title="å" * 256))) == ()


@pytest.mark.parametrize("wrong", ["nope", "1f0c9b52-7d3e-1b1a-9c55-0a4b8e2f6d31"])
def test_a_letter_without_a_proper_id_makes_no_message(wrong: str) -> None:
    with pytest.raises(ExportError, match="messageUUID: er ikke en UUID"):
        memo(replace(LETTER, id=wrong), PDF, POST)


# -- the checker -------------------------------------------------------------------------------------

GOOD = memo(LETTER, PDF, POST).decode()


def swapped(one: str, other: str) -> Callable[[str], str]:
    def change(xml: str) -> str:
        assert one in xml
        return xml.replace(one, other, 1)

    return change


def without(name: str) -> Callable[[str], str]:
    def change(xml: str) -> str:
        start, end = xml.index(f"<memo:{name}>"), xml.index(f"</memo:{name}>") + len(f"</memo:{name}>")
        return xml[:start] + xml[end:]

    return change


LABEL = "<memo:label>Afgørelse om hjælp og pleje</memo:label>"
TYPE = "<memo:messageType>DIGITALPOST</memo:messageType>"
RECIPIENT_END = "<memo:idType>CPR</memo:idType>"


def test_a_whole_message_has_nothing_wrong() -> None:
    assert check_memo(GOOD.encode()) == ()


def test_the_optional_parts_of_1_2_are_taken_in_their_places() -> None:
    xml = GOOD.replace(
        LABEL,
        f"{LABEL}<memo:notification>Du har fået et brev</memo:notification><memo:reply>false</memo:reply>"
        "<memo:mandatory>false</memo:mandatory><memo:legalNotification>false</memo:legalNotification>",
    ).replace(
        "<memo:label>Prøvby Kommune</memo:label>",
        "<memo:label>Prøvby Kommune</memo:label><memo:Representative><memo:representativeID>12345678"
        "</memo:representativeID></memo:Representative>",
    )
    assert check_memo(xml.encode()) == ()


BROKEN: dict[str, tuple[Callable[[str], str], str]] = {
    "another version": (swapped('memoVersion="1.2"', 'memoVersion="1.1"'), "memoVersion skal være 1.2"),
    "the schematron version of 1.1": (
        swapped('memoVersion="1.2"', 'memoVersion="1.2" memoSchVersion="1.1.0"'),
        "memoSchVersion hører ikke til",
    ),
    "another namespace": (swapped("DigitalPost.dk/MeMo-1", "DigitalPost.dk/MeMo-2"), "MeMo's navnerum"),
    "label before type": (lambda xml: xml.replace(LABEL, "").replace(TYPE, LABEL + TYPE), "rækkefølge"),
    "body before header": (
        lambda xml: "".join(
            (
                xml[: xml.index("<memo:MessageHeader>")],
                xml[xml.index("<memo:MessageBody>") : xml.index("</memo:Message>")],
                xml[xml.index("<memo:MessageHeader>") : xml.index("<memo:MessageBody>")],
                "</memo:Message>",
            )
        ),
        "Message: elementerne står ikke i den rigtige rækkefølge",
    ),
    "no label": (swapped(LABEL, ""), "label mangler"),
    "no sender": (without("Sender"), "Sender mangler"),
    "no recipient": (without("Recipient"), "Recipient mangler"),
    "no file": (without("File"), "File mangler"),
    "no time": (without("createdDateTime"), "createdDateTime mangler"),
    "no header": (without("MessageHeader"), "MessageHeader mangler"),
    "two labels": (swapped(LABEL, LABEL * 2), "label står der mere end én gang"),
    "an element of our own": (swapped(LABEL, f"{LABEL}<memo:borger/>"), "borger hører ikke til her"),
    "an element of another namespace": (
        swapped(LABEL, f"{LABEL}<label/>"),
        "label (i et andet navnerum) hører ikke til her",
    ),
    "text before elements": (swapped(TYPE, f"hej{TYPE}"), "må ikke have tekst i sig"),
    "text between elements": (swapped(TYPE, f"{TYPE}hej"), "må ikke have tekst i sig"),
    "an element in a text": (swapped("DIGITALPOST", "DIGITALPOST<memo:b/>"), "må ikke have elementer i sig"),
    "an unknown type": (swapped(">DIGITALPOST<", ">BREV<"), "DIGITALPOST eller NEMSMS"),
    "an empty label": (swapped(LABEL, "<memo:label></memo:label>"), "1-256 tegn"),
    "a long notification": (
        swapped(LABEL, f"{LABEL}<memo:notification>{'x' * 151}</memo:notification>"),
        "1-150 tegn",
    ),
    "a hyphen in the CPR number": (swapped("0102031234", "010203-1234"), "ikke et CPR-nummer"),
    "a short CVR number": (swapped("64502018", "6450201"), "ikke et CVR-nummer"),
    "an unknown kind of id": (swapped(RECIPIENT_END, "<memo:idType>NAVN</memo:idType>"), "CPR eller CVR"),
    "a local time": (swapped("23:30:00Z", "23:30:00+01:00"), "ender på Z"),
    "a file name without ending": (swapped("brev.pdf", "brev"), "filnavn med endelse"),
    "a file name with a path": (swapped("brev.pdf", "c:/brev.pdf"), "filnavn med endelse"),
    "a long language": (swapped(">da<", ">da-DK<"), "to bogstaver"),
    "content that is not base64": (swapped("<memo:content>", "<memo:content>§"), "ikke base64"),
    "a wrong truth": (swapped(LABEL, f"{LABEL}<memo:reply>ja</memo:reply>"), "true eller false"),
    "a DOCTYPE": (swapped("<memo:Message ", '<!DOCTYPE x [<!ENTITY a "b">]><memo:Message '), "DOCTYPE"),
    "half a file": (lambda xml: xml[:400], "kan ikke læses"),
}


@pytest.mark.parametrize(("change", "says"), BROKEN.values(), ids=BROKEN.keys())
def test_a_message_that_is_wrong_is_found_out(change: Callable[[str], str], says: str) -> None:
    problems = check_memo(change(GOOD).encode())
    assert any(says in problem for problem in problems), problems
    assert not any("0102031234" in problem for problem in problems)

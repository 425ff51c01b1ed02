"""The PDF is readable by all (PDF/UA-1), archivable (PDF/A-2a), and the same every time."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from letter_cases import case, cases, granted, letterhead, refused, standard
from letter_inspect import Inside, flaws, objections
from letter_kit import (
    KINDS,
    PRESS,
    content_in_order,
    letter_of,
    one_line,
    pdf_of,
    printed_text,
    spoken_text,
    tool,
)
from PIL import Image
from pypdf import PdfReader

from visitator_tui.domain.case import Case
from visitator_tui.letters.pdf.document import _with_line_end
from visitator_tui.usecases.ports import LetterError


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_decision_is_sound(kind: str, tmp_path: Path) -> None:
    """Accessible and archivable; every mark has its element, and the tags are read in the right order."""
    assert objections(pdf_of(kind), letter_of(kind), tmp_path) == []


def test_a_stream_that_ends_in_a_carriage_return_keeps_its_length() -> None:
    """One in 256 does; a bare line feed after it would make it seem a byte shorter than it is."""
    written = _with_line_end(lambda document: b"<< /Length 4 >>\r\nstream\r\nabc\rendstream\n")(None)
    assert written.endswith(b"stream\r\nabc\r\r\nendstream\n")


@pytest.mark.parametrize(
    ("kind", "reading"),
    [*((kind, printed_text) for kind in KINDS), ("delvis", spoken_text)],
)
def test_it_is_read_in_the_order_of_its_content(
    kind: str, reading: Callable[[bytes, Path], str], tmp_path: Path
) -> None:
    spoken = reading(pdf_of(kind), tmp_path)
    at = 0
    for said in content_in_order(letter_of(kind)):
        found = spoken.find(said, at)
        assert found >= 0, f"{said!r} kommer ikke efter {spoken[max(0, at - 60) : at]!r}"
        at = found + len(said)


@pytest.mark.parametrize("kind", KINDS)
def test_everything_the_letter_says_is_printed(kind: str, tmp_path: Path) -> None:
    made, found = letter_of(kind), printed_text(pdf_of(kind), tmp_path)
    for words in (
        made.title, "Det har du fortalt os", "Det har vi lagt vægt på", "Regler, vi har brugt", "Sådan kan du klage",
        "Du har ret til at se papirerne i din sag.", "Bodil Søe Kjær",
        "Afgørelsen gælder, også mens en klage bliver behandlet.",
        "Afgørelsen er truffet den 13. maj 2024.",
    ):  # fmt: skip
        assert words in found
    for item in cases()[kind].decision.items:
        for words in (
            item.reason,
            item.purpose if item.gives_help else "",
            item.refused_part,
            item.changed_because,
            item.professional_reason,
        ):
            assert one_line(words) in found
    assert cases()[kind].own_view.text in found
    assert "040538" not in found
    assert "1230" not in found


@pytest.mark.parametrize("kind", KINDS)
def test_the_fonts_are_embedded(kind: str, tmp_path: Path) -> None:
    rows = tool("pdffonts", pdf_of(kind), tmp_path, "FILE").splitlines()[2:]
    assert {row.split()[0].split("+")[1] for row in rows} == {"SourceSans3-Regular", "SourceSans3-Bold"}
    assert all(row.split()[-5:-2] == ["yes", "yes", "yes"] for row in rows)


def test_the_file_says_what_it_is(tmp_path: Path) -> None:
    reader = PdfReader(io.BytesIO(pdf_of("delvis")))
    root: Any = reader.root_object
    assert root["/Lang"] == "da-DK"
    info = reader.metadata
    assert info is not None
    assert (info.title, info.author) == ("Afgørelse: Du får en del af hjælpen", "Lindholm Kommune")
    assert info.subject == "Afgørelse om hjælp fra Lindholm Kommune, sag 27.36.00-G01-1234-24"
    assert "13 12:00:00 2024" in tool("pdfinfo", pdf_of("delvis"), tmp_path, "FILE")
    assert "Østergård" not in str(info)


def test_the_reader_can_jump_to_the_parts_of_the_letter() -> None:
    outline = PdfReader(io.BytesIO(pdf_of("delvis"))).outline
    assert isinstance(outline, list)
    top, under = outline[0], outline[1]
    assert not isinstance(top, list)
    assert isinstance(under, list)
    assert top.title == "Afgørelse: Du får en del af hjælpen"
    assert "Sådan kan du klage" in [one.title for one in under if not isinstance(one, list)]


MAKE = """
import sys
sys.path.insert(0, sys.argv[1])
from letter_cases import cases, letterhead, standard
from visitator_tui.letters import ReportlabPress
press = ReportlabPress()
press.text(cases()["delvis"], standard(), letterhead())
assert not [name for name in sys.modules if name.startswith(("reportlab", "PIL"))]
sys.stdout.buffer.write(press.pdf(cases()["delvis"], standard(), letterhead()))
"""


def test_the_same_decision_gives_the_same_bytes_and_reportlab_comes_late() -> None:
    """In another process, with another hash seed and another idea of the date."""
    elsewhere = {**os.environ, "PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": "1000000000", "TZ": "Pacific/Apia"}
    words = [sys.executable, "-c", MAKE, str(Path(__file__).parent)]
    made = subprocess.run(words, env=elsewhere, capture_output=True, check=True).stdout
    assert made == pdf_of("delvis")
    assert PRESS.pdf(cases()["delvis"], standard(), letterhead()) == made


def test_another_decision_gives_another_file_id() -> None:
    def file_id(pdf: bytes) -> Any:
        return PdfReader(io.BytesIO(pdf)).trailer["/ID"]

    other = case(granted("bad_2"), granted("rengoering_3", reason="Du falder, når du støvsuger under sengen"))
    assert file_id(pdf_of("alt bevilget")) != file_id(PRESS.pdf(other, standard(), letterhead()))


def boxes_of_words(pdf: bytes, folder: Path) -> list[tuple[str, float, float, float]]:
    """(word, left, top, right) in millimetres on the first page."""
    found = tool("pdftotext", pdf, folder, "-bbox", "-l", "1", "FILE", "-")
    words = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">([^<]+)<', found)
    return [(word, *(float(one) / 72 * 25.4 for one in place)) for *place, word in words]


def test_the_address_stands_behind_the_window_and_nothing_else_does(tmp_path: Path) -> None:
    words = boxes_of_words(pdf_of("delvis"), tmp_path)
    window = [(word, left, top) for word, left, top, right in words if left < 112 and 38 < top < 78]
    assert (
        " ".join(word for word, _, _ in window) == "Åse Ærø Østergård Blåbærvænget 12, 2. tv. 9990 Lindholm"
    )
    assert window[0][1] == pytest.approx(22, abs=0.5)
    assert window[0][2] == pytest.approx(50, abs=1.5)


def test_every_page_says_which_it_is_of_how_many(tmp_path: Path) -> None:
    found = tool("pdftotext", pdf_of("tredive punkter"), tmp_path, "-layout", "FILE", "-")
    sheets = found.split("\f")[:-1]
    for number, sheet in enumerate(sheets, start=1):
        assert f"Side {number} af {len(sheets)}" in sheet
        assert "Lindholm Kommune · Sag 27.36.00-G01-1234-24" in sheet


def a_logo(folder: Path) -> Path:
    file = folder / "logo.png"
    Image.new("RGBA", (300, 120), (20, 70, 124, 128)).save(file)
    return file


def test_a_logo_is_shown_and_described(tmp_path: Path) -> None:
    made = PRESS.pdf(cases()["alt bevilget"], standard(), letterhead(logo=a_logo(tmp_path)))
    assert flaws(made) == []
    assert Inside(made).elements("/Figure")[0]["/Alt"] == "Logo for Lindholm Kommune"


def test_a_logo_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    for broken in (tmp_path / "mangler.png", Path(__file__)):
        with pytest.raises(LetterError, match=r"Logoet i .* kan ikke læses"):
            PRESS.pdf(cases()["alt bevilget"], standard(), letterhead(logo=broken))


def test_a_character_that_cannot_be_printed_is_named_rather_than_left_out() -> None:
    with pytest.raises(LetterError, match=r"ikke tegnet »☂« \(U\+2602\) i afsnittet »Rengøring 3«"):
        PRESS.pdf(
            case(granted("rengoering_3", reason="Du tåler ikke regn ☂ og vind")), standard(), letterhead()
        )


def test_letters_typed_apart_are_put_together(tmp_path: Path) -> None:
    one = case(granted("bad_2", reason="Du er fra A\u030arhus\x07 og bor nu\tved havnen"))
    assert "Du er fra Århus og bor nu ved havnen." in printed_text(
        PRESS.pdf(one, standard(), letterhead()), tmp_path
    )


def long_case() -> Case:
    """Words and texts far longer than anybody's."""
    much = "Hun fortæller om sin hverdag og om alt det, der er blevet svært siden i vinter. " * 120
    word = "Hverdagsrehabiliteringsforløbskoordinatorvejledning" * 3
    one = case(granted("bad_2", reason=much, supplier=word), refused("indkoebsordning"))
    citizen = one.citizen.model_copy(
        update={"name": "Åse-Charlotte Ærøgaard Østergård von Blåbærvænge-Sønderskov"}
    )
    own = one.own_view.model_copy(update={"text": f"{much}\n{word}"})
    assessment = one.assessment.model_dump()
    assessment["activities"]["bade"]["cause"] = much
    return Case.model_validate({**one.model_dump(by_alias=True), "citizen": citizen.model_dump(),
                                "own_view": own.model_dump(), "assessment": assessment})  # fmt: skip


def test_texts_longer_than_a_page_and_words_longer_than_a_line_stay_on_the_paper(tmp_path: Path) -> None:
    made = PRESS.pdf(long_case(), standard(), letterhead(email=f"{'visitationen' * 6}@lindholm.example"))
    assert flaws(made) == []
    found = tool("pdftotext", made, tmp_path, "-bbox", "FILE", "-")
    rights = [float(one) for one in re.findall(r'xMax="([\d.]+)"', found)]
    bottoms = [float(one) for one in re.findall(r'yMax="([\d.]+)"', found)]
    assert max(rights) <= 210 / 25.4 * 72 - 18 / 25.4 * 72
    assert max(bottoms) <= 297 / 25.4 * 72 - 10 / 25.4 * 72
    printed = printed_text(made, tmp_path)
    # The reason, the own view, and the cause both among the facts and in the enclosure.
    assert printed.count("siden i vinter.") == 4 * 120
    assert "Hverdagsrehabiliteringsforløbskoordinatorvejledning" * 3 in printed.replace("\u00ad ", "")


def test_a_letter_without_a_case_number_has_none_in_its_footer() -> None:
    assert "Sag " in letter_of("delvis").footer
    made = PRESS.letter(case(granted("bad_2"), case_number=""), standard(), letterhead())
    assert made.footer == "Lindholm Kommune"
    assert "Sagsnummer" not in [detail.label for detail in made.details]

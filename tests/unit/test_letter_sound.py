"""Every kind of letter, for every finished sample, is sound; and broken copies are noticed.

Sound: PDF/UA-1 and PDF/A-2a by an independent validator, qpdf, and our own look at what no validator
sees: which element a mark belongs to, the order in which the tags are read, rows of a table.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from letter_cases import letterhead
from letter_inspect import Inside, kids, objections
from letter_kit import PRESS, letter_of, pdf_of
from letter_others import ready
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject

from visitator_tui.catalogue import CatalogueFolder
from visitator_tui.domain.case import Case
from visitator_tui.domain.letter_facts import LETTER_KINDS, LetterFacts, LetterKind
from visitator_tui.resources import sample_data
from visitator_tui.usecases.casefile import read_case
from visitator_tui.usecases.ports import LetterError

FINISHED = [file for file in sorted(sample_data().glob("*.json")) if "paabegyndt" not in file.stem]
OF_HELP_GIVEN: tuple[LetterKind, ...] = ("bestilling", "leverandoervalg")


@cache
def sample(file: Path, kind: LetterKind) -> tuple[Case, LetterFacts]:
    return ready(kind, read_case(file))


@pytest.mark.parametrize("kind", LETTER_KINDS)
def test_every_kind_is_sound_for_at_least_twelve_decisions(
    kind: LetterKind, shipped: CatalogueFolder, tmp_path: Path
) -> None:
    sound = 0
    for file in FINISHED:
        one, facts = sample(file, kind)
        assert one.decision.decided_on is not None
        standard = shipped.in_force(one.municipality, one.decision.decided_on)
        if kind in OF_HELP_GIVEN and not any(item.gives_help for item in one.decision.items):
            with pytest.raises(LetterError):
                PRESS.letter(one, standard, letterhead(), kind, facts)
            continue
        letter = PRESS.letter(one, standard, letterhead(), kind, facts)
        pdf = PRESS.pdf(one, standard, letterhead(), kind, facts)
        assert objections(pdf, letter, tmp_path) == [], file.stem
        assert pdf == PRESS.pdf(one, standard, letterhead(), kind, facts)
        sound += 1
    assert sound >= 12


# -- broken copies ---------------------------------------------------------------------------------

KIND = "delvis"


def root(writer: PdfWriter) -> Any:
    return writer.root_object


def walk(element: Any) -> Any:
    yield element
    for kid in kids(element):
        if "/S" in kid:
            yield from walk(kid)


def elements(writer: PdfWriter, tag: str) -> list[Any]:
    return [one for one in walk(root(writer)["/StructTreeRoot"]["/K"].get_object()) if one["/S"] == tag]


def fonts(writer: PdfWriter) -> list[Any]:
    return [font.get_object() for font in writer.pages[0]["/Resources"]["/Font"].values()]  # type: ignore[index]


def stream_of(writer: PdfWriter, change: Callable[[bytes], bytes]) -> None:
    contents: Any = writer.pages[0]["/Contents"].get_object()
    before = contents.get_data()
    after = change(before)
    assert after != before
    contents.set_data(after)


def without_first_mark(drawn: bytes) -> bytes:
    """The first paragraph drawn without saying what it belongs to."""
    start = drawn.index(b"/P <</MCID")
    opened = drawn.index(b"BDC", start) + 3
    closed = drawn.index(b"EMC", opened)
    return drawn[:start] + drawn[opened:closed] + drawn[closed + 3 :]


def as_artifact(drawn: bytes) -> bytes:
    """A paragraph drawn as decoration, so that it is not read aloud."""
    start = drawn.index(b"/P <</MCID")
    opened = drawn.index(b"BDC", start)
    return drawn[:start] + b"/Artifact <</Type /Layout>> " + drawn[opened:]


def each(found: list[Any], key: str) -> None:
    for one in found:
        del one[key]


def swap_pages(writer: PdfWriter) -> None:
    first, second = writer.pages[0], writer.pages[1]
    first[NameObject("/StructParents")] = NumberObject(1)
    second[NameObject("/StructParents")] = NumberObject(0)


def swap_sections(writer: PdfWriter) -> None:
    """The complaint guidance read before the result; every element itself is as it was."""
    sections = root(writer)["/StructTreeRoot"]["/K"].get_object()["/K"]
    places = [at for at, one in enumerate(sections) if one.get_object()["/S"] == "/Sect"]
    first, last = places[0], places[-1]
    sections[first], sections[last] = sections[last], sections[first]


def swap_owners(writer: PdfWriter) -> None:
    """Two marks of a page said to belong to one another's elements."""
    owners = root(writer)["/StructTreeRoot"]["/ParentTree"]["/Nums"][1].get_object()
    owners[2], owners[3] = owners[3], owners[2]


def drop_cell(writer: PdfWriter) -> None:
    row = elements(writer, "/TR")[2]
    row[NameObject("/K")] = ArrayObject(row["/K"][:1])


def level_skipped(writer: PdfWriter) -> None:
    elements(writer, "/H2")[0][NameObject("/S")] = NameObject("/H4")


def other_title(writer: PdfWriter) -> None:
    writer.add_metadata({"/Title": "En anden titel"})


def script(writer: PdfWriter) -> None:
    action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.beep()")}
    root(writer)[NameObject("/OpenAction")] = DictionaryObject(action)


def without_font_files(writer: PdfWriter) -> None:
    for font in fonts(writer):
        if "/FontDescriptor" in font:
            font["/FontDescriptor"].pop("/FontFile2", None)


BROKEN: dict[str, Callable[[PdfWriter], Any]] = {
    "uden sprog": lambda w: root(w).pop("/Lang"),
    "ikke mærket som mærket": lambda w: root(w).pop("/MarkInfo"),
    "titlen vises ikke": lambda w: root(w).pop("/ViewerPreferences"),
    "uden metadata": lambda w: root(w).pop("/Metadata"),
    "titlen passer ikke med metadata": other_title,
    "uden farveprofil": lambda w: root(w).pop("/OutputIntents"),
    "uden struktur": lambda w: root(w).pop("/StructTreeRoot"),
    "søjlediagram uden ord": lambda w: elements(w, "/Figure")[0].pop("/Alt"),
    "tabelhoveder uden retning": lambda w: each(elements(w, "/TH"), "/A"),
    "overskrift springer et niveau over": level_skipped,
    "tekst uden mærke": lambda w: stream_of(w, without_first_mark),
    "tekst som pynt": lambda w: stream_of(w, as_artifact),
    "skrift ikke indlejret": without_font_files,
    "tegn uden betydning": lambda w: each([f for f in fonts(w) if "/ToUnicode" in f], "/ToUnicode"),
    "sider byttet i strukturen": swap_pages,
    "side uden struktur": lambda w: w.pages[0].pop("/StructParents"),
    "forkert ejer af et mærke": swap_owners,
    "klagen læses før resultatet": swap_sections,
    "række uden celle": drop_cell,
    "script": script,
}


def rewritten(breaking: Callable[[PdfWriter], Any]) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_of(KIND))))
    breaking(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_letter_that_is_only_rewritten_is_still_sound(tmp_path: Path) -> None:
    assert objections(pdf_of(KIND), letter_of(KIND), tmp_path) == []
    assert objections(rewritten(lambda writer: None), letter_of(KIND), tmp_path) == []


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_copy_is_noticed(broken: str, tmp_path: Path) -> None:
    assert objections(rewritten(BROKEN[broken]), letter_of(KIND), tmp_path)


@pytest.mark.parametrize("cut", ["slutningen", "et sted i midten"])
def test_a_damaged_file_is_noticed(cut: str, tmp_path: Path) -> None:
    whole = pdf_of(KIND)
    half = len(whole) // 2
    damaged = whole[:-800] if cut == "slutningen" else whole[:half] + bytes(200) + whole[half + 200 :]
    assert objections(damaged, letter_of(KIND), tmp_path)


def test_what_no_validator_sees_is_seen_by_us(tmp_path: Path) -> None:
    """These pass page-validation, and would be read aloud wrongly."""
    for broken in ("sider byttet i strukturen", "forkert ejer af et mærke", "klagen læses før resultatet"):
        copy = rewritten(BROKEN[broken])
        inside = Inside(copy)
        assert inside.wrong_marks() or inside.out_of_order(letter_of(KIND)), broken

"""Looking into a letter's PDF: against the standards, its structure, and what a screen reader reads.

``objections`` is everything the tests have against a file; it is empty for a letter as it was made.
"""

from __future__ import annotations

import html
import io
import re
import subprocess
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import page as page_validation
from letter_kit import content_in_order, one_line
from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject

from visitator_tui.letters.model import Letter

PROFILES = {one.value: one for one in page_validation.ValidationProfile}
_PAINTS = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh"}


def objections(pdf: bytes, letter: Letter, folder: Path) -> list[str]:
    """Everything that is wrong with a letter's file, from the validators and from us."""
    if damaged := damage(pdf, folder):
        return damaged  # nothing else can be told of it
    inside = Inside(pdf)
    looked = (inside.wrong_marks, inside.unmarked, inside.irregular_tables)
    found = [*flaws(pdf), *(one for look in looked for one in look())]
    return [*found, *inside.out_of_order(letter), *inside.untrue_title(letter)]


def flaws(pdf: bytes) -> list[str]:
    """What the validator finds against PDF/UA-1 and PDF/A-2a."""
    found = []
    for name in ("ua1", "2a"):
        report = page_validation.validate_pdf_bytes(pdf, profile=PROFILES[name])
        found += [f"{name}: {failure}" for failure in report.failures]
        assert report.is_compliant is not bool(report.failures)
    return found


def damage(pdf: bytes, folder: Path) -> list[str]:
    """What qpdf finds wrong with the file itself."""
    file = folder / "brev.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(["qpdf", "--check", str(file)], capture_output=True, check=False)
    said = done.stdout.decode("utf-8", errors="replace")
    sound = done.returncode == 0 and "No syntax or stream encoding errors found" in said
    return [] if sound else [f"qpdf: {done.stderr.decode('utf-8', errors='replace').splitlines()[:1]}"]


class Inside:
    """A PDF taken apart: its structure tree, its marks, and the text each mark shows."""

    def __init__(self, pdf: bytes) -> None:
        self._reader = PdfReader(io.BytesIO(pdf))
        self.root: Any = self._reader.root_object
        self.sheets: list[Any] = list(self._reader.pages)
        self._numbers = {sheet.indirect_reference.idnum: at for at, sheet in enumerate(self.sheets)}

    # -- the tree ----------------------------------------------------------------------------------

    @cached_property
    def top(self) -> Any:
        """The Document element; None without a structure tree."""
        tree = self.root.get("/StructTreeRoot")
        return tree["/K"].get_object() if tree else None

    def walk(self, element: Any) -> Iterator[Any]:
        """The element and all below it, in reading order."""
        yield element
        for kid in kids(element):
            if "/S" in kid:
                yield from self.walk(kid)

    def elements(self, tag: str) -> list[Any]:
        """The elements with a tag, in reading order."""
        return [one for one in self.walk(self.top) if one["/S"] == tag]

    def spoken(self) -> str:
        """What the tags say in their order: what a screen reader reads aloud."""
        return one_line(re.sub("\u00ad ?", "", " ".join(self._said(self.top)))).replace("\u00a0", " ")

    def _said(self, element: Any) -> Iterator[str]:
        for kid in kids(element):
            if "/S" in kid:
                yield from self._said(kid)
            else:
                at = self._numbers.get(kid.raw_get("/Pg").idnum, -1)
                yield self.shown[at].get(int(kid["/MCID"]), "") if at >= 0 else ""

    # -- the pages ---------------------------------------------------------------------------------

    @cached_property
    def shown(self) -> list[dict[int, str]]:
        """For each page, the text of each marked-content id."""
        return [dict(_texts(sheet, self._reader)) for sheet in self.sheets]

    def operations(self) -> Iterator[tuple[int, list[Any], str]]:
        """(page, operands, operator) of everything that is drawn."""
        for at, sheet in enumerate(self.sheets):
            for operands, operator in ContentStream(sheet.get_contents(), self._reader).operations:
                yield at, operands, operator.decode("ascii")

    # -- what may be wrong -------------------------------------------------------------------------

    def wrong_marks(self) -> list[str]:
        """Marks that belong to another element than the tree says (a wrong page is read aloud)."""
        tree = self.root.get("/StructTreeRoot")
        if not tree:
            return ["intet strukturtræ"]
        nums = tree["/ParentTree"]["/Nums"]
        found = [] if [int(n) for n in nums[::2]] == list(range(len(self.sheets))) else ["ParentTree"]
        if int(tree.get("/ParentTreeNextKey", -1)) != len(self.sheets):
            found.append("ParentTreeNextKey")
        marks: dict[int, list[int]] = {at: [] for at in range(len(self.sheets))}
        for at, operands, operator in self.operations():
            if operator == "BDC" and isinstance(operands[1], dict) and "/MCID" in operands[1]:
                marks[at].append(int(operands[1]["/MCID"]))
        for at, sheet in enumerate(self.sheets):
            if int(sheet.get("/StructParents", -1)) != at or sheet.get("/Tabs") != "/S":
                found.append(f"StructParents på side {at + 1}")
                continue
            owners = nums[2 * at + 1].get_object()
            if marks[at] != list(range(len(owners))):
                found.append(f"mærkerne på side {at + 1}")
            for mcid, owner in enumerate(owners):
                own = [kid for kid in kids(owner.get_object()) if "/S" not in kid and kid["/MCID"] == mcid]
                if not any(self._numbers.get(kid.raw_get("/Pg").idnum) == at for kid in own):
                    found.append(f"mærke {mcid} på side {at + 1}")
        return found

    def unmarked(self) -> list[str]:
        """Whatever is drawn outside an element and outside an artifact, or marked within a mark."""
        found, depth, last = [], 0, -1
        for at, _, operator in self.operations():
            if at != last:
                depth, last = 0, at
            depth += operator in ("BDC", "BMC")
            depth -= operator == "EMC"
            if depth not in (0, 1) or (operator in _PAINTS and depth != 1):
                found.append(f"{operator} på side {at + 1} er ikke mærket")
        return found

    def irregular_tables(self) -> list[str]:
        """Tables whose rows do not all have as many cells."""
        found = []
        for table in self.elements("/Table") if self.top else []:
            rows = [one for one in self.walk(table) if one["/S"] == "/TR"]
            wide = {sum(kid.get("/S") in ("/TH", "/TD") for kid in kids(row)) for row in rows}
            found += [] if len(wide) == 1 else [f"en tabel med rækker på {sorted(wide)} celler"]
        return found

    def out_of_order(self, letter: Letter) -> list[str]:
        """The first thing the letter says that the tags do not say in its place."""
        spoken, at = self.spoken() if self.top else "", 0
        for said in content_in_order(letter):
            found = spoken.find(said, at)
            if found < 0:
                return [f"{said!r} læses ikke efter {spoken[max(0, at - 60) : at]!r}"]
            at = found + len(said)
        return []

    def untrue_title(self, letter: Letter) -> list[str]:
        """A title in the file's metadata (shown by readers) that is not the letter's."""
        info, metadata = self._reader.metadata, self.root.get("/Metadata")
        written = metadata.get_object().get_data().decode("utf-8") if metadata else ""
        stated = re.findall(r'<dc:title>.*?<rdf:li xml:lang="x-default">(.*?)</rdf:li>', written)
        titles = [info.title if info else None, *(html.unescape(one) for one in stated)]
        return [] if titles == [letter.title, letter.title] else [f"titlen i filen: {titles}"]


def kids(element: Any) -> list[Any]:
    """The children of an element: elements and marks."""
    found = element.get("/K", ArrayObject())
    found = [one.get_object() for one in (found if isinstance(found, ArrayObject) else [found])]
    return [one for one in found if isinstance(one, DictionaryObject)]


def _texts(sheet: Any, reader: PdfReader) -> Iterator[tuple[int, str]]:
    """(marked-content id, text) in the order in which they are drawn."""
    maps = {name: _to_unicode(font.get_object()) for name, font in sheet["/Resources"]["/Font"].items()}
    mcid, font, said = -1, "", ""
    for operands, operator in ContentStream(sheet.get_contents(), reader).operations:
        match operator:
            case b"BDC":
                marked = operands[1]
                mcid, said = int(marked.get("/MCID", -1)) if isinstance(marked, dict) else -1, ""
            case b"EMC":
                if mcid >= 0:
                    yield mcid, said
                mcid = -1
            case b"Tf":
                font = operands[0]
            case b"Tj":
                codes = operands[0].original_bytes
                said += "".join(maps[font].get(code, "\ufffd") for code in codes)


def _to_unicode(font: Any) -> dict[int, str]:
    if "/ToUnicode" not in font:
        return {}
    written = font["/ToUnicode"].get_object().get_data().decode("ascii")
    pairs = re.findall(r"<([0-9A-F]{2})> <([0-9A-F]{4,})>", written)
    return {int(code, 16): bytes.fromhex(char).decode("utf-16-be") for code, char in pairs}

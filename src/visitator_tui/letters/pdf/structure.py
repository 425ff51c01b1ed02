"""The structure tree: what a screen reader reads, in the order in which it reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFObjectReference, PDFString

ROOT = "StructTreeRoot"


class Mark(NamedTuple):
    """A piece of a page's content that belongs to an element (a marked-content id)."""

    page: int
    mcid: int


@dataclass(eq=False)
class Element:
    """A structure element (P, H1, L, Table, ...) with its children in reading order.

    The tree is built before anything is drawn; drawing adds marks. ``attributes`` are those of one
    owner (``O``); values are names (strings), numbers or tuples of numbers, and the text ``Summary``.
    """

    tag: str
    parent: Element | None = None
    alt: str = ""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    kids: list[Element | Mark] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.parent is not None:
            self.parent.kids.append(self)

    def walk(self) -> Iterator[Element]:
        """This element and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()


class Marks:
    """Which element each marked-content id of each page belongs to."""

    def __init__(self) -> None:
        self.by_page: dict[int, list[Element]] = {}

    def add(self, page: int, element: Element) -> int:
        """A new marked-content id on a page for a piece of an element."""
        owners = self.by_page.setdefault(page, [])
        mark = Mark(page, len(owners))
        owners.append(element)
        element.kids.append(mark)
        return mark.mcid


def write_tree(document: Any, root: Element, marks: Marks, pages: int) -> Any:
    """Put the tree into a reportlab document; gives the StructTreeRoot object.

    The parent tree has one entry per page, numbered as the pages' StructParents.
    """
    names = {id(element): f"Element{number}" for number, element in enumerate(root.walk())}
    tree = PDFDictionary({"Type": PDFName(ROOT)})
    document.Reference(tree, ROOT)
    for element in root.walk():
        document.Reference(_element(element, names), names[id(element)])
    numbers: list[Any] = []
    for page in range(pages):
        owners = [PDFObjectReference(names[id(one)]) for one in marks.by_page.get(page, [])]
        numbers += [page, PDFArray(owners)]
    parent_tree = document.Reference(PDFDictionary({"Nums": PDFArray(numbers)}), "ParentTree")
    tree.dict.update(K=PDFObjectReference(names[id(root)]), ParentTree=parent_tree, ParentTreeNextKey=pages)
    return tree


def _element(element: Element, names: Mapping[int, str]) -> Any:
    parent = names[id(element.parent)] if element.parent is not None else ROOT
    entry: dict[str, Any] = {
        "Type": PDFName("StructElem"),
        "S": PDFName(element.tag),
        "P": PDFObjectReference(parent),
    }
    if element.alt:
        entry["Alt"] = PDFString(element.alt)
    if element.attributes:
        entry["A"] = PDFDictionary({key: _value(key, value) for key, value in element.attributes.items()})
    kids: list[Any] = []
    for kid in element.kids:
        if isinstance(kid, Element):
            kids.append(PDFObjectReference(names[id(kid)]))
        else:
            page = PDFObjectReference(page_name(kid.page))
            kids.append(PDFDictionary({"Type": PDFName("MCR"), "Pg": page, "MCID": kid.mcid}))
    if kids:
        entry["K"] = PDFArray(kids)
    return PDFDictionary(entry)


def page_name(page: int) -> str:
    """What reportlab calls a page object; ``page`` counts from 0, its names from 1."""
    return f"Page{page + 1}"


def _value(key: str, value: Any) -> Any:
    if key == "Summary":
        return PDFString(value)
    if isinstance(value, str):
        return PDFName(value)
    if isinstance(value, tuple):
        return PDFArray([round(number, 2) for number in value])
    return value

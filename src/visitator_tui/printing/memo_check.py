"""What a MeMo 1.2 message must be: elements in their order, how many of each, and what may stand in them.

The order and limits are those of the MeMo 1.1 schema with the changes announced for 1.2 (no
``memoSchVersion``; ``mandatory`` and ``legalNotification`` optional; ``Representative`` new). The agency no
longer publishes a schema for 1.2, so this is ours. Of the parts that our letters never have
(``ContentData``, ``Action`` and the like) only the place is checked.
"""

from __future__ import annotations

import base64
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

NAMESPACE: Final = "https://DigitalPost.dk/MeMo-1"
VERSION: Final = "1.2"
LONGEST_LABEL: Final = 256
LONGEST_NOTIFICATION: Final = 150
MANY: Final = 1_000_000


@dataclass(frozen=True)
class Child:
    """An element in its parent's order, at least and at most so many times."""

    name: str
    least: int = 0
    most: int = 1


def _one(*names: str) -> tuple[Child, ...]:
    return tuple(Child(name, 1) for name in names)


def _maybe(*names: str) -> tuple[Child, ...]:
    return tuple(Child(name) for name in names)


_FILES: Final = (Child("File", 1, MANY), Child("Action", 0, MANY))
ORDER: Final[dict[str, tuple[Child, ...]]] = {
    "Message": (*_one("MessageHeader"), *_maybe("MessageBody")),
    "MessageHeader": (
        *_one("messageType", "messageUUID"),
        *_maybe("messageID", "messageCode"),
        *_one("label"),
        *_maybe(
            "notification",
            "additionalNotification",
            "reply",
            "replyByDateTime",
            "doNotDeliverUntilDate",
            "mandatory",
            "legalNotification",
            "postType",
        ),
        *_one("Sender", "Recipient"),
        *_maybe("ContentData", "ForwardData"),
        Child("ReplyData", 0, MANY),
    ),
    "Sender": (
        *_one("senderID", "idType"),
        *_maybe("idTypeLabel"),
        *_one("label"),
        *_maybe("AttentionData", "ContactPoint", "Representative"),
    ),
    "Recipient": (
        *_one("recipientID", "idType"),
        *_maybe("idTypeLabel", "label", "AttentionData", "ContactPoint"),
    ),
    "MessageBody": (
        *_one("createdDateTime", "MainDocument"),
        Child("AdditionalDocument", 0, MANY),
        Child("TechnicalDocument", 0, MANY),
    ),
    "MainDocument": (*_maybe("mainDocumentID", "label"), *_FILES),
    "AdditionalDocument": (*_maybe("additionalDocumentID", "label"), *_FILES),
    "TechnicalDocument": (*_maybe("technicalDocumentID", "label"), Child("File", 1, MANY)),
    "File": _one("encodingFormat", "filename", "language", "content"),
}
_UNREAD: Final = (
    "ContentData",
    "ForwardData",
    "ReplyData",
    "AttentionData",
    "ContactPoint",
    "Action",
    "Representative",
)

_UUID: Final = re.compile(
    r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-4[0-9a-fA-F]{3}-[89aAbB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}"
)
_MOMENT: Final = re.compile(r"\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d(\.\d+)?Z", re.ASCII)
_FILE_NAME: Final = re.compile(r"[^\\/:*?\"<>|\x00-\x1f]+\.[A-Za-z0-9]+")
_ENTITY_TYPES: Final = {"CPR": re.compile(r"[0-9]{10}"), "CVR": re.compile(r"[0-9]{8}")}


def check_memo(xml: bytes) -> tuple[str, ...]:
    """What is wrong with a message, in Danish, each with its element; empty if nothing is.

    No message quotes a value: it could be a CPR number.
    """
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        return ("XML-filen har en DOCTYPE, og det må den ikke.",)
    try:
        root = ET.fromstring(xml)  # noqa: S314 - without a DOCTYPE there are no entities to expand
    except ET.ParseError:
        return ("XML-filen kan ikke læses.",)
    if root.tag != f"{{{NAMESPACE}}}Message":
        return ("Det yderste element er ikke Message i MeMo's navnerum.",)
    return tuple(_root(root)) + tuple(_element(root, "Message"))


def _root(root: ET.Element) -> Iterator[str]:
    if root.get("memoVersion") != VERSION:
        yield f"Message: memoVersion skal være {VERSION}."
    for name in root.attrib.keys() - {"memoVersion"}:
        yield f"Message: {name} hører ikke til i MeMo {VERSION}."


def _element(element: ET.Element, path: str) -> Iterator[str]:
    local = _local(element)
    if local in _UNREAD:
        return
    if (order := ORDER.get(local)) is not None:
        yield from _children(element, order, path)
        if local in ("Sender", "Recipient"):
            yield from _identity(element, path)
        return
    text = element.text or ""
    if len(element):
        yield f"{path}: må ikke have elementer i sig."
    elif (rule := _VALUES.get(local)) is not None:
        if problem := rule(text):
            yield f"{path}: {problem}."
    elif not text or len(text) > LONGEST_LABEL:
        yield f"{path}: skal være på 1-{LONGEST_LABEL} tegn."


def _children(element: ET.Element, order: tuple[Child, ...], path: str) -> Iterator[str]:
    if any((text or "").strip() for text in (element.text, *(child.tail for child in element))):
        yield f"{path}: må ikke have tekst i sig."
    names = [_local(child) for child in element]
    known = [child.name for child in order]
    for name in dict.fromkeys(names):
        if name not in known:
            yield f"{path}: {name} hører ikke til her."
    places = [known.index(name) for name in names if name in known]
    if places != sorted(places):
        yield f"{path}: elementerne står ikke i den rigtige rækkefølge."
    for child in order:
        count = names.count(child.name)
        if count < child.least:
            yield f"{path}: {child.name} mangler."
        if count > child.most:
            yield f"{path}: {child.name} står der mere end én gang."
    for child_element, name in zip(element, names, strict=True):
        if name in known:
            yield from _element(child_element, f"{path}/{name}")


def _identity(element: ET.Element, path: str) -> Iterator[str]:
    values = {_local(child): child.text or "" for child in element}
    kind = values.get("idType", "")
    given = values.get("senderID" if _local(element) == "Sender" else "recipientID", "")
    shape = _ENTITY_TYPES.get(kind)
    if shape is None:
        yield f"{path}/idType: skal være CPR eller CVR."
    elif not shape.fullmatch(given):
        yield f"{path}: nummeret er ikke et {kind}-nummer uden bindestreg."


def _local(element: ET.Element) -> str:
    """The name within MeMo's namespace; an element of another has a name that no order knows."""
    space, _, name = element.tag.rpartition("}")
    return name if space == f"{{{NAMESPACE}" else f"{name} (i et andet navnerum)"


def _matches(shape: re.Pattern[str], complaint: str) -> Callable[[str], str]:
    return lambda text: "" if shape.fullmatch(text) else complaint


def _content(text: str) -> str:
    try:
        content = base64.b64decode("".join(text.split()), validate=True)
    except ValueError:
        return "er ikke base64"
    return "" if content else "er tom"


def _file_name(text: str) -> str:
    if len(text) > LONGEST_LABEL:
        return f"må højst være på {LONGEST_LABEL} tegn"
    return "" if _FILE_NAME.fullmatch(text) else "er ikke et filnavn med endelse"


_BOOLEAN: Final = _matches(re.compile("true|false"), "skal være true eller false")
_VALUES: Final[dict[str, Callable[[str], str]]] = {
    "messageType": _matches(re.compile("DIGITALPOST|NEMSMS"), "skal være DIGITALPOST eller NEMSMS"),
    "messageUUID": _matches(_UUID, "er ikke en UUID (version 4)"),
    "createdDateTime": _matches(_MOMENT, "er ikke et tidspunkt i UTC, der ender på Z"),
    "replyByDateTime": _matches(_MOMENT, "er ikke et tidspunkt i UTC, der ender på Z"),
    "doNotDeliverUntilDate": _matches(re.compile(r"\d{4}-[01]\d-[0-3]\d", re.ASCII), "er ikke en dato"),
    "reply": _BOOLEAN,
    "mandatory": _BOOLEAN,
    "legalNotification": _BOOLEAN,
    "notification": lambda text: (
        "" if 0 < len(text) <= LONGEST_NOTIFICATION else f"skal være på 1-{LONGEST_NOTIFICATION} tegn"
    ),
    "language": _matches(re.compile("[a-z]{2}"), "skal være en sprogkode på to bogstaver"),
    "filename": _file_name,
    "content": _content,
}

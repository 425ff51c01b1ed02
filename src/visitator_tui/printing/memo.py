"""A Digital Post message in MeMo 1.2 around one letter. What leaves here has passed ``memo_check``."""

from __future__ import annotations

import base64
import re
import xml.etree.ElementTree as ET
from datetime import UTC
from typing import Final

from visitator_tui.domain.cpr import check_cpr
from visitator_tui.usecases.ports import DigitalPost, ExportError, LetterRow

from .memo_check import LONGEST_LABEL, NAMESPACE, VERSION, check_memo

_FILE_NAME: Final = "brev.pdf"
_CPR_LIKE: Final = re.compile(r"(?<!\d)\d{6}[-\s]?\d{4}(?!\d)")

ET.register_namespace("memo", NAMESPACE)


def memo(letter: LetterRow, pdf: bytes, post: DigitalPost) -> bytes:
    """The message as XML. Raises ExportError, saying what is missing.

    The message's id is the letter's own: a letter that is sent twice by mistake is the same message, which
    Digital Post delivers once. The same letter gives the same bytes.
    """
    cpr, cvr, title = _recipient(post.cpr), _sender(post), _title(post.title)
    message = ET.Element(_name("Message"), {"memoVersion": VERSION})
    header = _under(message, "MessageHeader")
    _text(header, "messageType", "DIGITALPOST")
    _text(header, "messageUUID", letter.id)
    _text(header, "label", title)
    sender = _under(header, "Sender")
    _text(sender, "senderID", cvr)
    _text(sender, "idType", "CVR")
    _text(sender, "label", post.sender.strip())
    recipient = _under(header, "Recipient")
    _text(recipient, "recipientID", cpr)
    _text(recipient, "idType", "CPR")
    body = _under(message, "MessageBody")
    _text(body, "createdDateTime", f"{letter.made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")
    file = _under(_under(body, "MainDocument"), "File")
    _text(file, "encodingFormat", "application/pdf")
    _text(file, "filename", _FILE_NAME)
    _text(file, "language", "da")
    _text(file, "content", base64.b64encode(pdf).decode("ascii"))
    made: bytes = ET.tostring(message, encoding="UTF-8", xml_declaration=True)
    if problems := check_memo(made):
        raise ExportError(f"Beskeden til Digital Post kan ikke laves: {problems[0]}")
    return made


def _recipient(cpr: str | None) -> str:
    if not cpr:
        raise ExportError(
            "Sagen har ikke borgerens CPR-nummer, og uden det kan brevet ikke sendes med Digital Post. "
            "Skriv nummeret i sagen under Henvendelse, eller print brevet."
        )
    try:
        return check_cpr(cpr).replace("-", "")
    except ValueError as problem:
        raise ExportError(f"Borgerens CPR-nummer kan ikke bruges: {problem}. Ret det i sagen.") from None


def _sender(post: DigitalPost) -> str:
    digits = re.sub(r"\s", "", post.cvr)
    if not re.fullmatch(r"[0-9]{8}", digits):
        raise ExportError(
            "Kommunens CVR-nummer (otte cifre) mangler eller er forkert. Skriv det i indstillingerne."
        )
    if not post.sender.strip():
        raise ExportError("Kommunens navn mangler som afsender. Skriv det i indstillingerne.")
    return digits


def _title(title: str) -> str:
    plain = " ".join(title.split())
    if not plain:
        raise ExportError("Brevets titel til Digital Post er tom. Skriv en titel.")
    if len(plain) > LONGEST_LABEL:
        raise ExportError(
            f"Brevets titel til Digital Post er på {len(plain)} tegn og må højst være på {LONGEST_LABEL}. "
            "Gør den kortere."
        )
    if _CPR_LIKE.search(plain):
        raise ExportError("Der står et CPR-nummer i brevets titel til Digital Post. Tag det ud.")
    return plain


def _name(local: str) -> str:
    return f"{{{NAMESPACE}}}{local}"


def _under(parent: ET.Element, local: str) -> ET.Element:
    return ET.SubElement(parent, _name(local))


def _text(parent: ET.Element, local: str, text: str) -> None:
    _under(parent, local).text = text

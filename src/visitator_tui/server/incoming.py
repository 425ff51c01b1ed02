"""What a laptop sends, read and checked: a whole that cannot be understood is refused as a whole."""

from __future__ import annotations

import hashlib
import json
import math
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, NoReturn

from pydantic_core import to_json

from .listed import Listed, listed
from .refusal import Refusal

MOST_BYTES: Final = 8_000_000
MOST_RECORDS: Final = 500
RECORD_BYTES: Final = 2_000_000
LETTER_BYTES: Final = 6_000_000
LETTER: Final = "letter"
_KIND: Final = re.compile(r"[a-z][a-z_]{0,39}")
_WRITTEN_ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LONGEST: Final = 200
_BESIDE: Final = ("assigned_to", "changed_at", "changed_by")
_NO_BODY: Final = b"deleted"


@dataclass(frozen=True)
class Sent:
    """A record as a laptop sent it. ``body`` is JSON in UTF-8 of ``size`` bytes, None for a tombstone.

    ``digest`` is of all that counts as the record's content: two with the same digest are the same record.
    ``flaw`` says why it cannot be stored whatever the server has.
    """

    kind: str
    id: str
    base: int
    body: bytes | None
    size: int
    digest: bytes
    assigned_to: str
    case_id: str | None
    changed_at: str
    changed_by: str
    listed: Listed
    flaw: str | None = None


@dataclass(frozen=True)
class AuditHead:
    """The last entry of a laptop's audit chain."""

    seq: int
    mac: str


@dataclass(frozen=True)
class Batch:
    """What one push brings. ``digest`` is of the request, to know it again."""

    id: str
    epoch: str | None
    records: tuple[Sent, ...]
    audit_head: AuditHead | None
    digest: bytes


def read_batch(raw: bytes) -> Batch:
    """The batch in a request's body. Raises Refusal 400 or 413, which say nothing of the content."""
    told = _object(_parsed(raw))
    listed = told.get("records")
    if not isinstance(listed, list):
        _malformed()
    if len(listed) > MOST_RECORDS:
        raise Refusal(413, "too_large")
    sent = tuple(_record(_object(one)) for one in listed)
    if len({one.id for one in sent}) != len(sent):
        _malformed()
    return Batch(
        id=_id(told.get("batch")),
        epoch=_text_or_none(told.get("epoch")),
        records=sent,
        audit_head=_audit_head(told.get("audit_head")),
        digest=hashlib.sha256(raw).digest(),
    )


def as_id(text: str) -> str:
    """A UUID as it is stored. Raises Refusal 404: there is nothing of another name."""
    try:
        return str(uuid.UUID(text))
    except ValueError:
        raise Refusal(404, "not_found") from None


def _parsed(raw: bytes) -> Any:
    try:
        return json.loads(raw.decode("utf-8"), parse_constant=_malformed, parse_float=_float)
    except (ValueError, RecursionError):
        _malformed()


def _malformed(*_: object) -> NoReturn:
    raise Refusal(400, "malformed")


def _float(text: str) -> float:
    value = float(text)
    return (
        value if math.isfinite(value) else _malformed()
    )  # 1e400: nothing to write that would come back as it was


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else _malformed()


def _record(told: Mapping[str, Any]) -> Sent:
    kind, body, case_id = told.get("kind"), told.get("body"), told.get("case_id")
    if not isinstance(kind, str) or not (body is None or isinstance(body, dict)):
        _malformed()
    beside, odd = _beside(told)
    assigned_to = beside["assigned_to"]
    case_id = None if case_id is None else _id(case_id)
    written, canonical, flaw = _written(body)
    # Whose a letter is follows from its case, so only a record of its own is another when reassigned.
    owner = "" if case_id else assigned_to
    digest = hashlib.sha256(
        b"\0".join((kind.encode("utf-8", "replace"), owner.encode(), (case_id or "").encode(), canonical))
    ).digest()
    flaw = flaw or odd
    if flaw is None and len(written) > (LETTER_BYTES if kind == LETTER else RECORD_BYTES):
        flaw = "too_large"
    return Sent(
        kind=kind,
        id=_id(told.get("id")),
        base=_count(told.get("base")),
        body=None if body is None else written,
        size=len(written),
        digest=digest,
        case_id=case_id,
        **beside,
        listed=listed(kind, body),
        flaw=flaw if _KIND.fullmatch(kind) else "kind",
    )


def _beside(told: Mapping[str, Any]) -> tuple[dict[str, str], str | None]:
    """What stands beside the body, and the name of the first of it that cannot be kept; that one is empty."""
    texts, odd = {}, None
    for name in _BESIDE:
        value = told.get(name)
        if not isinstance(value, str):
            _malformed()
        fits = _is_text(value)
        texts[name] = value if fits else ""
        odd = odd or (None if fits else name)
    return texts, odd


def _written(body: Mapping[str, Any] | None) -> tuple[bytes, bytes, str | None]:
    """The body as stored, as compared, and its flaw."""
    if body is None:
        return b"", _NO_BODY, None
    try:
        written, canonical = to_json(body), to_json(_in_order(body))
    except (
        ValueError,
        RecursionError,
    ):  # very deep, or no text; what is content is for the exact writer to say
        try:
            written, canonical = _exactly(body), _exactly(body, in_order=True)
        except UnicodeEncodeError:  # half a surrogate pair: no text
            return b"", b"", "text"
        except RecursionError:
            _malformed()
    if b"\\" in written and b"\\u0000" in written and _has_nul(body):
        return written, canonical, "nul"
    return written, canonical, None


def _in_order(value: Any) -> Any:
    """The same with every object's fields in the order of their names."""
    if isinstance(value, dict):
        texts = {name: value[name] for name in sorted(value)}
        for name, one in texts.items():
            if type(one) is not str:  # most are, and need no call
                texts[name] = _in_order(one)
        return texts
    return [_in_order(one) for one in value] if isinstance(value, list) else value


def _exactly(body: Mapping[str, Any], *, in_order: bool = False) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=in_order).encode()


def _has_nul(value: Any) -> bool:
    if isinstance(value, dict):
        return any("\0" in key or _has_nul(one) for key, one in value.items())
    if isinstance(value, list):
        return any(map(_has_nul, value))
    return isinstance(value, str) and "\0" in value


def _id(value: Any) -> str:
    if not isinstance(value, str):
        _malformed()
    if _WRITTEN_ID.fullmatch(value):
        return value
    try:
        return str(uuid.UUID(value))
    except ValueError:
        _malformed()


def _count(value: Any) -> int:
    return value if type(value) is int and 0 <= value < 2**31 - 1 else _malformed()


def _is_text(value: str) -> bool:
    return len(value) <= _LONGEST and value.isprintable()


def _text(value: Any) -> str:
    return value if isinstance(value, str) and _is_text(value) else _malformed()


def _text_or_none(value: Any) -> str | None:
    return None if value is None else _text(value)


def _audit_head(value: Any) -> AuditHead | None:
    if value is None:
        return None
    told = _object(value)
    seq = told.get("seq")
    if type(seq) is not int or not 0 <= seq < 2**63:
        _malformed()
    return AuditHead(seq, _text(told.get("mac")))

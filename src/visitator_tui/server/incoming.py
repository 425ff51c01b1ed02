"""What a laptop sends, read and checked: a whole that cannot be understood is refused as a whole."""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, NoReturn

from .refusal import Refusal

MOST_BYTES: Final = 8_000_000
MOST_RECORDS: Final = 500
RECORD_BYTES: Final = 2_000_000
LETTER_BYTES: Final = 6_000_000
LETTER: Final = "letter"
_KIND: Final = re.compile(r"[a-z][a-z_]{0,39}")
_LONGEST: Final = 200
_NO_BODY: Final = b"deleted"


@dataclass(frozen=True)
class Sent:
    """A record as a laptop sent it. ``body`` is JSON text, None for a tombstone.

    ``digest`` is of all that counts as the record's content: two with the same digest are the same record.
    ``flaw`` says why it cannot be stored whatever the server has.
    """

    kind: str
    id: str
    base: int
    body: str | None
    digest: bytes
    assigned_to: str
    case_id: str | None
    changed_at: str
    changed_by: str
    content: Mapping[str, Any]
    flaw: str | None = None

    @property
    def size(self) -> int:
        """Bytes of the body."""
        return 0 if self.body is None else len(self.body.encode())


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
        return json.loads(raw.decode("utf-8"), parse_constant=_malformed)
    except (ValueError, RecursionError):
        _malformed()


def _malformed(*_: object) -> NoReturn:
    raise Refusal(400, "malformed")


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else _malformed()


def _record(told: Mapping[str, Any]) -> Sent:
    kind, body, case_id = told.get("kind"), told.get("body"), told.get("case_id")
    if not isinstance(kind, str) or not (body is None or isinstance(body, dict)):
        _malformed()
    assigned_to = _text(told.get("assigned_to"))
    case_id = None if case_id is None else _id(case_id)
    written, canonical, flaw = _written(body)
    # Whose a letter is follows from its case, so only a record of its own is another when reassigned.
    owner = "" if case_id else assigned_to
    digest = hashlib.sha256(
        b"\0".join((kind.encode("utf-8", "replace"), owner.encode(), (case_id or "").encode(), canonical))
    ).digest()
    sent = Sent(
        kind=kind,
        id=_id(told.get("id")),
        base=_count(told.get("base")),
        body=written,
        digest=digest,
        assigned_to=assigned_to,
        case_id=case_id,
        changed_at=_text(told.get("changed_at")),
        changed_by=_text(told.get("changed_by")),
        content=body or {},
        flaw=flaw if _KIND.fullmatch(kind) else "kind",
    )
    if flaw is None and sent.size > (LETTER_BYTES if kind == LETTER else RECORD_BYTES):
        return _with_flaw(sent, "too_large")
    return sent


def _with_flaw(sent: Sent, flaw: str) -> Sent:
    return Sent(**{**sent.__dict__, "flaw": flaw})


def _written(body: Mapping[str, Any] | None) -> tuple[str | None, bytes, str | None]:
    """The body as stored, as compared, and its flaw."""
    if body is None:
        return None, _NO_BODY, None
    try:
        written = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
        canonical = json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    except UnicodeEncodeError:  # half a surrogate pair: no text
        return "", b"", "text"
    if "\\u0000" in written and _has_nul(body):
        return written, canonical, "nul"
    return written, canonical, None


def _has_nul(value: Any) -> bool:
    if isinstance(value, dict):
        return any("\0" in key or _has_nul(one) for key, one in value.items())
    if isinstance(value, list):
        return any(map(_has_nul, value))
    return isinstance(value, str) and "\0" in value


def _id(value: Any) -> str:
    try:
        return str(uuid.UUID(value)) if isinstance(value, str) else _malformed()
    except ValueError:
        _malformed()


def _count(value: Any) -> int:
    return value if type(value) is int and 0 <= value < 2**31 - 1 else _malformed()


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST or "\0" in value or not value.isprintable():
        _malformed()
    return value


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

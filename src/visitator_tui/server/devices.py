"""Devices of a municipality: enrolled with a one-time code, known by a token, revoked by an administrator."""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, bindparam, insert, select, update

from .principal import ROLES, VISITATOR, Principal
from .refusal import Refusal
from .tables_access import devices, enrolments
from .times import utc

CODE_LASTS: Final = timedelta(hours=24)
_PREFIX: Final = "vt1"
_SYMBOLS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: they are misread
_GROUPS: Final = 4
_SPOKEN: Final = str.maketrans("OIL", "011")
_TOKEN: Final = re.compile(r"vt1\.([a-z0-9][a-z0-9-]{0,39})\.([0-9a-f-]{36})\.([A-Za-z0-9_-]{43})")
_CODE: Final = re.compile(
    r"([a-z0-9][a-z0-9-]{0,39})-([0-9A-Z]{4})-([0-9A-Z]{4})-([0-9A-Z]{4})-([0-9A-Z]{4})"
)


@dataclass(frozen=True)
class Holder:
    """For whom a device is: her id, her name, and what she may do."""

    user: str
    name: str = ""
    roles: frozenset[str] = frozenset({VISITATOR})


@dataclass(frozen=True)
class Code:
    """A one-time code as the administrator reads it to the user, and when it ends (ISO 8601, UTC)."""

    text: str
    expires: str


@dataclass(frozen=True)
class Enrolled:
    """What a device gets once: its id and its token."""

    device: str
    token: str


def make_code(connection: Connection, tenant: str, holder: Holder, by: str, now: datetime) -> Code:
    """A code of 80 random bits for one device of ``holder``; only its SHA-256 is kept."""
    groups = ["".join(secrets.choice(_SYMBOLS) for _ in range(4)) for _ in range(_GROUPS)]
    expires = utc(now + CODE_LASTS)
    connection.execute(
        insert(enrolments).values(
            tenant=tenant,
            code=_hash("".join(groups)),
            user_id=holder.user,
            user_name=holder.name,
            roles=" ".join(sorted(holder.roles & ROLES)),
            made_at=utc(now),
            made_by=by,
            expires_at=expires,
        )
    )
    return Code("-".join([tenant, *groups]), expires)


def tenant_of_code(text: str) -> str:
    """The municipality that stands in a code. Raises Refusal."""
    return _parts(text)[0]


def enrol(connection: Connection, text: str, device_name: str, now: datetime) -> Enrolled:
    """Use a code up and let the device in. Raises Refusal 403 for one that is wrong, used or too old."""
    tenant, code = _parts(text)
    device, secret = str(uuid.uuid4()), secrets.token_bytes(32)
    used = connection.execute(  # one statement: of two devices with the same code one gets in
        update(enrolments)
        .where(
            enrolments.c.tenant == tenant,
            enrolments.c.code == _hash(code),
            enrolments.c.used_at.is_(None),
            enrolments.c.expires_at > utc(now),
        )
        .values(used_at=utc(now), device=device)
        .returning(enrolments.c.user_id, enrolments.c.user_name, enrolments.c.roles, enrolments.c.made_by)
    ).first()
    if used is None:
        raise _wrong_code("no such code, or used, or too old")
    written = base64.urlsafe_b64encode(secret).rstrip(b"=").decode()
    connection.execute(
        insert(devices).values(
            tenant=tenant,
            id=device,
            name=device_name,
            token=_hash(written),
            user_id=used.user_id,
            user_name=used.user_name,
            roles=used.roles,
            added_at=utc(now),
            added_by=used.made_by,
        )
    )
    return Enrolled(device, ".".join((_PREFIX, tenant, device, written)))


def is_device_token(token: str) -> bool:
    """Whether a bearer token is a device's and not an identity provider's."""
    return token.startswith(f"{_PREFIX}.")


def tenant_of_token(token: str) -> str:
    """The municipality that stands in a device's token. Raises Refusal."""
    return _token_parts(token)[0]


def holder_of(connection: Connection, token: str) -> Principal:
    """Whose a device's token is. Raises Refusal: 401 if nobody's, 403 when the device is revoked."""
    tenant, device, secret = _token_parts(token)
    row = connection.execute(_DEVICE, {"municipality": tenant, "laptop": device}).first()
    if row is None or row.token is None or not secrets.compare_digest(row.token, _hash(secret)):
        raise Refusal(401, "unauthenticated", why="unknown device token")
    if row.revoked_at is not None:
        raise Refusal(403, "revoked", why="revoked device")
    return Principal(tenant, row.user_id, row.user_name, device, frozenset(row.roles.split()))


_DEVICE: Final = select(devices).where(
    devices.c.tenant == bindparam("municipality"), devices.c.id == bindparam("laptop")
)


def known(connection: Connection, principal: Principal) -> bool:
    """Whether the device of a user who signed in is on the list. Raises Refusal 403 when it is revoked."""
    row = connection.execute(_DEVICE, {"municipality": principal.tenant, "laptop": principal.device}).first()
    if row is not None and row.revoked_at is not None:
        raise Refusal(403, "revoked", why="revoked device")
    return row is not None


def remember(connection: Connection, principal: Principal, now: datetime) -> None:
    """Put the device of a user who signed in on the list, so that it can be revoked. Raises IntegrityError if there."""
    connection.execute(
        insert(devices).values(
            tenant=principal.tenant,
            id=principal.device,
            name="",
            user_id=principal.user,
            user_name=principal.name,
            roles="",
            added_at=utc(now),
            added_by=principal.user,
        )
    )


def listed(connection: Connection, tenant: str) -> list[dict[str, Any]]:
    """The municipality's devices, oldest first; nothing secret."""
    query = select(devices).where(devices.c.tenant == tenant).order_by(devices.c.added_at, devices.c.id)
    return [_told(row) for row in connection.execute(query).mappings()]


def revoke(connection: Connection, tenant: str, device: str, by: str, now: datetime) -> bool:
    """Shut a device out for good; False when there is none of this id. Again changes nothing."""
    connection.execute(
        update(devices)
        .where(devices.c.tenant == tenant, devices.c.id == device, devices.c.revoked_at.is_(None))
        .values(revoked_at=utc(now), revoked_by=by)
    )
    where = (devices.c.tenant == tenant, devices.c.id == device)
    return connection.execute(select(devices.c.id).where(*where)).first() is not None


def roles_among(names: Iterable[str]) -> frozenset[str]:
    """The roles in ``names``. Raises ValueError for a word that is none."""
    if wrong := [one for one in names if one not in ROLES]:
        raise ValueError(", ".join(wrong))
    return frozenset(names)


def _told(row: RowMapping) -> dict[str, Any]:
    return {
        "id": row["id"],
        "name": row["name"],
        "user": row["user_id"],
        "user_name": row["user_name"],
        "signs_in": row["token"] is None,
        "added_at": row["added_at"],
        "added_by": row["added_by"],
        "revoked_at": row["revoked_at"],
        "revoked_by": row["revoked_by"],
    }


def _parts(text: str) -> tuple[str, str]:
    tenant, *groups = text.strip().rsplit("-", _GROUPS)
    spoken = [group.upper().translate(_SPOKEN) for group in groups]
    found = _CODE.fullmatch("-".join([tenant.lower(), *spoken]))
    if found is None:
        raise _wrong_code("not a code")
    return found[1], "".join(found.groups()[1:])


def _token_parts(token: str) -> tuple[str, str, str]:
    found = _TOKEN.fullmatch(token)
    if found is None:
        raise Refusal(401, "unauthenticated", why="not a device token")
    return found[1], found[2], found[3]


def _wrong_code(why: str) -> Refusal:
    return Refusal(403, "code", why=why)


def _hash(secret: str) -> bytes:
    """SHA-256 is enough: codes and tokens are random, and too long to be guessed."""
    return hashlib.sha256(secret.encode()).digest()

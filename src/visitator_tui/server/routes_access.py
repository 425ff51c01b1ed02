"""Addresses of who gets in and what is handed out: enrolment, sign-in, devices, published files."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from . import audit, devices, publishing
from .incoming import as_id
from .principal import ADMIN, VISITATOR, Principal
from .refusal import Refusal
from .service import Service
from .sign_ins import read_sign_in
from .tables_access import sign_ins
from .times import utc
from .web import as_json, body, case_worker, in_thread, principal, service

_MOST_BYTES: Final = 10_000
_LONGEST: Final = 200
_TENANT: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_FOR_EVER: Final = {"Cache-Control": "private, max-age=31536000, immutable"}


async def _enrol(request: Request) -> Response:
    """A device shows its code and becomes known: the one time that its token is told."""
    service(request).attempts.spend(_address(request))
    told = await _object(request)
    code, name, user = _text(told, "code"), _text(told, "device"), _text(told, "user")
    return as_json(await in_thread(_enrolled, service(request), code, name, user))


def _enrolled(serving: Service, code: str, name: str, user: str) -> dict[str, Any]:
    tenant, now = devices.tenant_of_code(code), serving.clock()
    with serving.database.writing(tenant) as connection:
        made = devices.enrol(connection, code, name, now)
        who = devices.holder_of(connection, made.token)
        if user and user != who.user:  # the code stays unused: the transaction ends here
            raise Refusal(403, "code", why="the code is for another user")
        audit.note(connection, who, "enrol", [made.device], utc(now))
        return {
            "token": made.token,
            "device_id": made.device,
            "tenant": tenant,
            "user": who.user,
            "name": who.name,
            "public_key": publishing.signing_key(connection, tenant),
        }


async def _sign_in(request: Request) -> Response:
    """What a laptop needs to sign its user in; nothing of this is secret."""
    service(request).attempts.spend(_address(request))
    tenant = request.path_params["tenant"]
    if not _TENANT.fullmatch(tenant):
        raise Refusal(404, "not_found")
    return as_json(await in_thread(_sign_in_of, service(request), tenant))


def _sign_in_of(serving: Service, tenant: str) -> dict[str, Any]:
    with serving.database.reading(tenant) as connection:
        settings = connection.execute(select(sign_ins.c.settings).where(sign_ins.c.tenant == tenant)).scalar()
        if settings is None:
            raise Refusal(404, "not_found")
        one = read_sign_in(settings)
        return {
            "tenant": tenant,
            "issuer": one.issuer,
            "client_id": one.client_id,
            "scope": one.scope,
            "public_key": publishing.signing_key(connection, tenant),
        }


async def _make_code(request: Request) -> Response:
    """The administrator lets one more device of a user in."""
    who = await _administrator(request)
    told = await _object(request)
    named = told.get("roles", [VISITATOR])
    try:
        roles = devices.roles_among(named) if isinstance(named, list) and named else frozenset()
    except (TypeError, ValueError):
        roles = frozenset()
    holder = devices.Holder(_text(told, "user"), _text(told, "name"), roles)
    if not holder.user or not roles:
        raise Refusal(400, "malformed")
    return as_json(await in_thread(_made_code, service(request), who, holder), 201)


def _made_code(serving: Service, who: Principal, holder: devices.Holder) -> dict[str, Any]:
    now = serving.clock()
    with serving.database.writing(who.tenant) as connection:
        made = devices.make_code(connection, who.tenant, holder, who.user, now)
        audit.note(connection, who, "enrolment", [holder.user], utc(now))
    return {"code": made.text, "expires": made.expires}


async def _devices(request: Request) -> Response:
    who = await _administrator(request)
    return as_json({"devices": await in_thread(_listed, service(request), who)})


def _listed(serving: Service, who: Principal) -> list[dict[str, Any]]:
    with serving.database.reading(who.tenant) as connection:
        return devices.listed(connection, who.tenant)


async def _revoke(request: Request) -> Response:
    who = await _administrator(request)
    await in_thread(_revoked, service(request), who, as_id(request.path_params["device"]))
    return as_json({})


def _revoked(serving: Service, who: Principal, device: str) -> None:
    now = serving.clock()
    with serving.database.writing(who.tenant) as connection:
        if not devices.revoke(connection, who.tenant, device, who.user, now):
            raise Refusal(404, "not_found")
        audit.note(connection, who, "revoke", [device], utc(now))


async def _files(request: Request) -> Response:
    who = await case_worker(request)
    told = await in_thread(_manifest, service(request), who)
    return as_json(told)


def _manifest(serving: Service, who: Principal) -> str:
    with serving.database.reading(who.tenant) as connection:
        found = publishing.manifest(connection, who.tenant)
    if found is None:
        raise Refusal(404, "not_found")
    return found


async def _key(request: Request) -> Response:
    """The key to trust, for a laptop that was let in before anything was published."""
    who = await case_worker(request)
    return as_json({"public_key": await in_thread(_signing_key, service(request), who)})


def _signing_key(serving: Service, who: Principal) -> str:
    with serving.database.reading(who.tenant) as connection:
        return publishing.signing_key(connection, who.tenant)


async def _file(request: Request) -> Response:
    who = await case_worker(request)
    sha256 = request.path_params["sha256"]
    if not _SHA256.fullmatch(sha256):
        raise Refusal(404, "not_found")
    content = await in_thread(_content, service(request), who, sha256)
    return Response(content, 200, _FOR_EVER, "application/octet-stream")


def _content(serving: Service, who: Principal, sha256: str) -> bytes:
    with serving.database.reading(who.tenant) as connection:
        found = publishing.content(connection, who.tenant, sha256)
    if found is None:
        raise Refusal(404, "not_found")
    return found


async def _administrator(request: Request) -> Principal:
    who = await principal(request)
    if ADMIN not in who.roles:
        raise Refusal(403, "forbidden", why="not an administrator")
    return who


async def _object(request: Request) -> dict[str, Any]:
    raw = await body(request, _MOST_BYTES)
    try:
        told = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        raise Refusal(400, "malformed") from None
    if not isinstance(told, dict):
        raise Refusal(400, "malformed")
    return told


def _text(told: dict[str, Any], name: str) -> str:
    value = told.get(name, "")
    if not isinstance(value, str) or len(value) > _LONGEST or not value.isprintable():
        raise Refusal(400, "malformed")
    return value.strip()


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


ROUTES: Final = [
    Route("/v1/enrol", _enrol, methods=["POST"]),
    Route("/v1/sign-in/{tenant}", _sign_in, methods=["GET"]),
    Route("/v1/admin/enrolments", _make_code, methods=["POST"]),
    Route("/v1/admin/devices", _devices, methods=["GET"]),
    Route("/v1/admin/devices/{device}/revoke", _revoke, methods=["POST"]),
    Route("/v1/key", _key, methods=["GET"]),
    Route("/v1/files", _files, methods=["GET"]),
    Route("/v1/files/{sha256}", _file, methods=["GET"]),
]

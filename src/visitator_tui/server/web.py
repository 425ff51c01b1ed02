"""Requests read and answers written: what every address of the service has in common."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any, Concatenate, ParamSpec, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from .principal import Principal
from .refusal import Refusal
from .service import Service

_P = ParamSpec("_P")
_R = TypeVar("_R")


def service(request: Request) -> Service:
    """The service that this request is for."""
    found: Service = request.app.state.service
    return found


def as_json(told: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """An answer in JSON; text is JSON already."""
    body = told if isinstance(told, str) else json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return Response(body, status, headers, "application/json")


async def principal(request: Request) -> Principal:
    """Who asks, within what her device may ask in a minute. Raises Refusal."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token.strip():
        raise Refusal(401, "unauthenticated")
    serving = service(request)
    who = await run_in_threadpool(
        serving.authenticator.principal, token.strip(), request.headers.get("visitator-device", "")
    )
    request.state.principal = who
    serving.pace.spend(who)
    return who


async def case_worker(request: Request) -> Principal:
    """Who asks, if she may work on cases. Raises Refusal."""
    who = await principal(request)
    if not who.works_on_cases:
        raise Refusal(403, "forbidden")
    return who


async def body(request: Request, most: int) -> bytes:
    """The request's body. Raises Refusal 413 as soon as it is too large, without reading the rest."""
    told = request.headers.get("content-length", "0")
    if not told.isdigit():
        raise Refusal(400, "malformed")
    if int(told) > most:
        raise Refusal(413, "too_large")
    parts, size = [], 0
    try:
        async for part in request.stream():
            parts.append(part)
            size += len(part)
            if size > most:
                raise Refusal(413, "too_large")
    except ClientDisconnect:
        raise Refusal(400, "malformed") from None
    return b"".join(parts)


def number(request: Request, name: str, otherwise: int, most: int) -> int:
    """A whole number of the query, at most ``most``. Raises Refusal 400."""
    told = request.query_params.get(name)
    if told is None:
        return otherwise
    if not (told.isascii() and told.isdigit() and len(told) < 19):
        raise Refusal(400, "malformed")
    return min(int(told), most)


def moment(request: Request, name: str) -> datetime | None:
    """A time of the query, with its time zone; None if there is none. Raises Refusal 400."""
    told = request.query_params.get(name)
    if told is None:
        return None
    try:
        return datetime.fromisoformat(told).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Refusal(400, "malformed") from None


async def in_thread(call: Callable[Concatenate[_P], _R], *given: _P.args, **named: _P.kwargs) -> _R:
    """Run what waits for the database beside the loop that serves the others."""
    return await run_in_threadpool(call, *given, **named)


Endpoint = Callable[[Request], Awaitable[Response]]

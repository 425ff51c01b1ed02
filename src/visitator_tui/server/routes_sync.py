"""The addresses that laptops synchronise by."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .cases import MOST_FOUND
from .changes import MOST_ROWS, Page
from .incoming import MOST_BYTES, as_id
from .seen import Seen
from .web import as_json, body, case_worker, in_thread, moment, number, principal, service

_LARGEST: Final = 2**63 - 1


async def standing(request: Request) -> Response:
    """Where the municipality is; also tells a laptop whether its sign-in and clock are right."""
    who = await principal(request)
    batch = request.query_params.get("batch")
    seen = Seen(
        epoch=request.query_params.get("epoch"),
        seq=number(request, "seq", 0, _LARGEST),
        batch=as_id(batch) if batch else None,
        answered_at=moment(request, "answered_at"),
    )
    return as_json(await in_thread(service(request).standing, who, seen))


async def push(request: Request) -> Response:
    """Take in a batch of records."""
    who = await case_worker(request)
    raw = await body(request, MOST_BYTES)
    return as_json(await in_thread(service(request).push, who, raw))


async def changes(request: Request) -> Response:
    """A page of what changed since a number."""
    who = await case_worker(request)
    page = Page(
        since=number(request, "since", 0, _LARGEST),
        limit=max(1, number(request, "limit", 200, MOST_ROWS)),
        epoch=request.query_params.get("epoch"),
    )
    return as_json(await in_thread(service(request).changes, who, page))


async def revisions(request: Request) -> Response:
    """Id and revision of everything that is the asker's."""
    who = await case_worker(request)
    return as_json(await in_thread(service(request).revisions, who, request.query_params.get("epoch")))


async def search(request: Request) -> Response:
    """Cases of the municipality that have the words searched for."""
    who = await case_worker(request)
    limit = max(1, number(request, "limit", 20, MOST_FOUND))
    typed = request.query_params.get("search", "")
    return as_json(await in_thread(service(request).cases.search, who, typed, limit))


async def follow(request: Request) -> Response:
    """Fetch a case to this person's laptops, and keep it up to date there."""
    who = await case_worker(request)
    await in_thread(service(request).cases.follow, who, as_id(request.path_params["id"]))
    return Response(status_code=204)


async def unfollow(request: Request) -> Response:
    """No longer fetch the case."""
    who = await case_worker(request)
    await in_thread(service(request).cases.unfollow, who, as_id(request.path_params["id"]))
    return Response(status_code=204)


ROUTES: Final = [
    Route("/v1/standing", standing),
    Route("/v1/push", push, methods=["POST"]),
    Route("/v1/changes", changes),
    Route("/v1/revisions", revisions),
    Route("/v1/cases", search),
    Route("/v1/cases/{id}/follow", follow, methods=["POST"]),
    Route("/v1/cases/{id}/follow", unfollow, methods=["DELETE"]),
]

"""Addresses for those who look after the service: is it alive, can it serve, its figures."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .metrics import TYPE, figures
from .refusal import Refusal
from .schema import HEAD, stored_revision
from .service import Service
from .web import as_json, in_thread, service


async def health(_: Request) -> Response:
    """The process answers."""
    return as_json({"status": "ok"})


async def ready(request: Request) -> Response:
    """The database answers and has the shape that this program needs; a newer one only adds to it."""
    await in_thread(_check, service(request))
    return as_json({"status": "ok"})


def _check(serving: Service) -> None:
    with serving.database.engine.connect() as connection:
        if (stored_revision(connection) or "") < HEAD:
            raise Refusal(503, "unavailable")


async def metrics(_: Request) -> Response:
    """The figures, for Prometheus."""
    return Response(await in_thread(figures), media_type=TYPE)


ROUTES: Final = [
    Route("/health", health),
    Route("/ready", ready),
    Route("/metrics", metrics),
]

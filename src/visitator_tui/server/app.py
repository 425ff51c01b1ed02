"""The ASGI application: addresses, and what goes wrong turned into answers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Final

from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from . import routes_access, routes_sync, routes_watch
from .database_errors import as_refusal
from .middleware import Watched
from .refusal import Refusal
from .service import Service
from .web import as_json

_CODES: Final = {404: "not_found", 405: "method"}


def create_app(service: Service) -> ASGIApp:
    """The application of a service; it closes the service's database when it stops."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        service.database.close()

    routes: Sequence[BaseRoute] = [*routes_watch.ROUTES, *routes_sync.ROUTES, *routes_access.ROUTES]
    app = Starlette(
        routes=routes,
        lifespan=lifespan,
        exception_handlers={
            Refusal: _refused,
            HTTPException: _no_such,
            SQLAlchemyError: _failed,
            Exception: _failed,
        },
    )
    app.state.service = service
    return Watched(app)


def application() -> ASGIApp:
    """What a worker process runs: the settings come from its environment."""
    from .logs import set_up
    from .memory import keep_memory
    from .service import open_service
    from .settings import read_server_settings

    set_up()
    keep_memory()
    service = open_service(read_server_settings())
    service.database.check_rights()
    return create_app(service)


async def _refused(request: Request, refusal: Exception) -> Response:
    known = refusal if isinstance(refusal, Refusal) else Refusal(500, "internal")
    request.state.refused = known
    return as_json(known.answer, known.status, known.headers)


async def _no_such(request: Request, problem: Exception) -> Response:
    status = problem.status_code if isinstance(problem, HTTPException) else 404
    return await _refused(request, Refusal(status, _CODES.get(status, "malformed")))


async def _failed(request: Request, problem: Exception) -> Response:
    return await _refused(request, as_refusal(problem))

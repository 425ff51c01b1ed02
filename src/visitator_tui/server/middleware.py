"""Around every request: the header by which a laptop knows us, one line in the log, the figures."""

from __future__ import annotations

import logging
import time
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .metrics import REQUESTS, SECONDS
from .principal import Principal
from .refusal import Refusal

_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
HEADER: Final = (b"visitator", b"1")
_log = logging.getLogger("visitator.request")


class Watched:
    """Answers with the header and watches; the log has the address's pattern, never what stood in it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status = time.perf_counter(), 500
        scope.setdefault("state", {})

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message = {**message, "headers": [*message.get("headers", ()), HEADER]}
            await send(message)

        try:
            await self.app(scope, receive, sending)
        finally:
            _note(scope, status, time.perf_counter() - began)


def _note(scope: Scope, status: int, seconds: float) -> None:
    route = scope.get("route")
    pattern = getattr(route, "path", "other")
    method = scope["method"] if scope["method"] in _METHODS else "other"  # it may be any word
    REQUESTS.labels(method, pattern, str(status)).inc()
    SECONDS.labels(pattern).observe(seconds)
    if pattern in ("/health", "/ready", "/metrics") and status < 400:
        return
    who, refused = scope["state"].get("principal"), scope["state"].get("refused")
    _log.info(
        "request",
        extra={
            "method": method,
            "route": pattern,
            "status": status,
            "ms": round(seconds * 1000, 1),
            "tenant": who.tenant if isinstance(who, Principal) else None,
            "device": who.device if isinstance(who, Principal) else None,
            "code": refused.code if isinstance(refused, Refusal) else None,
            "why": (refused.why or None) if isinstance(refused, Refusal) else None,
        },
    )

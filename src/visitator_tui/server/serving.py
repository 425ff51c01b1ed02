"""The service's processes: one, or several that share an address."""

from __future__ import annotations

import socket
import sys
from typing import Final

import uvicorn
from uvicorn.supervisors import Multiprocess

from .settings import ServerSettings

_FAILED: Final = 3


class SharedAddress(uvicorn.Config):
    """An address that several workers listen at, answering at once."""

    def bind_socket(self) -> socket.socket:
        """Without Nagle's algorithm, which held the second half of each answer back for 40 ms.

        asyncio turns it off for addresses that it opens itself, and does not know this socket for TCP; what is
        accepted inherits the setting.
        """
        made = super().bind_socket()
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return made


def serve(settings: ServerSettings) -> None:
    """Serve until stopped; exits with 3 when the address cannot be had."""
    config = SharedAddress(
        "visitator_tui.server.app:application",
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=settings.graceful_seconds,
    )
    if settings.workers > 1:
        Multiprocess(config, sockets=[config.bind_socket()]).run()
        return
    server = uvicorn.Server(config)
    server.run()
    if not server.started:
        sys.exit(_FAILED)

"""The way to this machine's print server: HTTP over its local socket or loopback, never over the network."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from visitator_tui.usecases.ports import PrinterError

# Debian and Fedora; older systems; macOS, where connecting also starts the server.
_SOCKETS: Final = ("/run/cups/cups.sock", "/var/run/cups/cups.sock", "/private/var/run/cupsd")
_PORT: Final = 631
_LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Server:
    """Where the print server listens: a socket's path, or a port on loopback."""

    path: str = ""
    host: str = "localhost"
    port: int = _PORT

    def connection(self, timeout: float) -> http.client.HTTPConnection:
        """A connection, not opened yet; ``timeout`` in seconds for every step."""
        if self.path:
            return _LocalConnection(self.path, timeout)
        return http.client.HTTPConnection(self.host, self.port, timeout=timeout)


def find_server(environment: Mapping[str, str]) -> Server:
    """The server that CUPS' own programs would use. PrinterError if that is another machine.

    Letters would travel there in clear text; this machine's own server encrypts what it passes on.
    """
    named = environment.get("CUPS_SERVER", "")
    if named.startswith("/"):
        return Server(path=named)
    if named:
        return _named(named)
    there = next((path for path in _SOCKETS if Path(path).is_socket()), "")
    return Server(path=there)


def _named(named: str) -> Server:
    address = named.split("/version=", maxsplit=1)[0]
    host, _, port = address.rpartition(":") if not address.endswith("]") else (address, "", "")
    if not port.isdigit():
        host, port = address, str(_PORT)
    host = host.strip("[]")
    if host not in _LOOPBACK:
        raise PrinterError(
            "CUPS_SERVER peger på en anden maskine, og breve sendes ikke ukrypteret over nettet. "
            "Opret printeren på denne maskine, og fjern CUPS_SERVER."
        )
    return Server(host=host, port=int(port))


class _LocalConnection(http.client.HTTPConnection):
    def __init__(self, path: str, timeout: float) -> None:
        super().__init__("localhost", timeout=timeout)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


def post(server: Server, resource: str, body: bytes, timeout: float) -> bytes:
    """Send an IPP request; the bytes of the answer. Raises PrinterError."""
    connection = server.connection(timeout)
    try:
        connection.request("POST", resource, body, {"Content-Type": "application/ipp"})
        answer = connection.getresponse()
        content = answer.read()
    except TimeoutError:
        raise PrinterError(
            "Printersystemet (CUPS) svarer ikke. Vent lidt, og prøv igen. Sker det igen, så genstart maskinen."
        ) from None
    except (ConnectionRefusedError, FileNotFoundError):
        raise PrinterError(
            "Printersystemet (CUPS) kører ikke på denne maskine. Start det, eller sig det til it-afdelingen."
        ) from None
    except (OSError, http.client.HTTPException):
        raise PrinterError("Forbindelsen til printersystemet (CUPS) blev afbrudt. Prøv igen.") from None
    finally:
        connection.close()
    if answer.status in (401, 403, 426):
        raise PrinterError("Du har ikke ret til at bruge printeren. Spørg it-afdelingen.")
    if answer.status != 200:
        raise PrinterError(f"Printersystemet (CUPS) afviste forespørgslen (HTTP {answer.status}).")
    return content

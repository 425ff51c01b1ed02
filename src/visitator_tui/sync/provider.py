"""The municipality's identity provider as a laptop uses it: discovery, device code (RFC 8628), refresh."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

from visitator_tui.usecases.sync_wire import SyncError, Trouble

from . import words

_DEVICE_GRANT: Final = "urn:ietf:params:oauth:grant-type:device_code"
_LOOPBACK: Final = ("127.0.0.1", "::1", "localhost")
_SHORTEST_LIFE: Final = 120.0
"""Seconds; a provider that says less is asked again when the service refuses the token, not before every request."""


@dataclass(frozen=True)
class Begun:
    """What the user is told, and what we ask with."""

    user_code: str
    address: str
    device_code: str
    interval: float


@dataclass(frozen=True)
class Tokens:
    """An access token that lasts so many seconds, and what renews it."""

    access: str
    refresh: str
    lasts: float


@dataclass(frozen=True)
class NotYet:
    """The user has not answered; ``slower``: we look too often."""

    slower: bool = False


def begin(client: httpx.Client, issuer: str, client_id: str, scope: str) -> Begun:
    """Ask for a device code. Raises SyncError."""
    address = _endpoints(client, issuer)["device_authorization_endpoint"]
    status, told = _posted(client, address, {"client_id": client_id, "scope": scope})
    try:
        if status != 200:
            raise ValueError
        return Begun(
            user_code=str(told["user_code"]),
            address=str(told["verification_uri"]),
            device_code=str(told["device_code"]),
            interval=float(told.get("interval", 5)),
        )
    except (KeyError, ValueError, TypeError):
        raise _unusable() from None


def look(client: httpx.Client, issuer: str, client_id: str, device_code: str) -> Tokens | NotYet:
    """Whether the user has signed in. Raises SyncError when it came to nothing."""
    asked = {"grant_type": _DEVICE_GRANT, "client_id": client_id, "device_code": device_code}
    status, told = _posted(client, _endpoints(client, issuer)["token_endpoint"], asked)
    if status == 200:
        return _tokens(told)
    match told.get("error"):
        case "authorization_pending":
            return NotYet()
        case "slow_down":
            return NotYet(slower=True)
        case "access_denied":
            raise SyncError(
                Trouble.DENIED, "Du sagde nej til log ind i browseren. Prøv igen, hvis det var en fejl."
            )
        case "expired_token":
            raise SyncError(Trouble.EXPIRED, "Koden er udløbet, før du loggede ind. Hent en ny kode.")
    raise _unusable()


def refresh(client: httpx.Client, issuer: str, client_id: str, scope: str, token: str) -> Tokens | None:
    """Another access token; None when the user must sign in again. Raises SyncError."""
    asked = {"grant_type": "refresh_token", "client_id": client_id, "scope": scope, "refresh_token": token}
    status, told = _posted(client, _endpoints(client, issuer)["token_endpoint"], asked)
    if status == 200:
        return _tokens(told)
    if told.get("error") in (
        "invalid_grant",
        "interaction_required",
        "invalid_client",
        "unauthorized_client",
    ):
        return None
    raise _unusable()


def _tokens(told: dict[str, Any]) -> Tokens:
    try:
        return Tokens(
            access=str(told["access_token"]),
            refresh=str(told.get("refresh_token", "")),
            lasts=max(float(told.get("expires_in", 300)), _SHORTEST_LIFE),
        )
    except (KeyError, ValueError, TypeError):
        raise _unusable() from None


def _endpoints(client: httpx.Client, issuer: str) -> dict[str, str]:
    """The provider's addresses, all by https; what it says must be about itself."""
    found = _answered(client, "GET", _safe(issuer.rstrip("/") + "/.well-known/openid-configuration"))[1]
    if found.get("issuer") != issuer:
        raise _unusable()
    names = ("device_authorization_endpoint", "token_endpoint")
    return {name: _safe(str(found.get(name, ""))) for name in names}


def _posted(client: httpx.Client, address: str, asked: dict[str, str]) -> tuple[int, dict[str, Any]]:
    return _answered(client, "POST", address, asked)


def _answered(
    client: httpx.Client, method: str, address: str, asked: dict[str, str] | None = None
) -> tuple[int, dict[str, Any]]:
    try:
        answer = client.request(method, address, data=asked, follow_redirects=False)
        told = answer.json()
    except (httpx.HTTPError, httpx.InvalidURL) as problem:
        raise words.certificate(problem) or SyncError(
            Trouble.OFFLINE, "Kommunens log ind kan ikke nås. Se efter, om der er net, og prøv igen."
        ) from None
    except ValueError:
        raise _unusable() from None
    if answer.status_code >= 500 or not isinstance(told, dict):
        raise _unusable()
    return answer.status_code, told


def _safe(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        return address
    raise _unusable()


def _unusable() -> SyncError:
    return SyncError(
        Trouble.SERVICE,
        "Kommunens log ind svarer ikke, som det skal. Prøv igen om lidt, eller tal med it-afdelingen.",
    )

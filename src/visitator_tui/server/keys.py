"""The public keys of identity providers: found by discovery, kept for a while, fetched anew when one is missing."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

import httpx
from jwt import PyJWK, PyJWKError

from .times import Seconds

FRESH_SECONDS: Final = 3600.0
"""How long fetched keys are used without asking again."""
KEPT_SECONDS: Final = 86400.0
"""How long they are used while the provider does not answer."""
PAUSE_SECONDS: Final = 30.0
"""The shortest time between two fetches, however many tokens name keys that nobody knows."""
LARGEST: Final = 256 * 1024
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


class KeysError(Exception):
    """The provider's keys cannot be had; the text is for the log and holds no personal data."""


@dataclass
class _Kept:
    lock: threading.Lock = field(default_factory=threading.Lock)
    keys: dict[str, PyJWK] = field(default_factory=dict)
    fetched: float | None = None
    tried: float | None = None


class ProviderKeys:
    """Signing keys by issuer and key id. Its methods may be called from any thread."""

    def __init__(self, clock: Seconds, transport: httpx.BaseTransport | None = None) -> None:
        self._clock = clock
        self._transport = transport
        self._kept: dict[str, _Kept] = {}
        self._lock = threading.Lock()

    def key(self, issuer: str, kid: str) -> PyJWK | None:
        """The key ``kid`` of ``issuer``; None when the provider has no such key. Raises KeysError.

        ``issuer`` must come from the service's own settings, never from a token alone.
        """
        with self._lock:
            kept = self._kept.setdefault(issuer, _Kept())
        with kept.lock:
            age = None if kept.fetched is None else self._clock() - kept.fetched
            if age is None or age > FRESH_SECONDS or kid not in kept.keys:
                self._refresh(issuer, kept)
            if kept.fetched is None or self._clock() - kept.fetched > KEPT_SECONDS:
                raise KeysError("the provider's keys could not be fetched")
            return kept.keys.get(kid)

    def _refresh(self, issuer: str, kept: _Kept) -> None:
        now = self._clock()
        if kept.tried is not None and now - kept.tried < PAUSE_SECONDS:
            return
        kept.tried = now
        try:
            kept.keys = self._fetch(issuer)
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, KeysError):
            return
        kept.fetched = now

    def _fetch(self, issuer: str) -> dict[str, PyJWK]:
        with httpx.Client(timeout=5.0, follow_redirects=False, transport=self._transport) as client:
            found = _json(client, issuer.rstrip("/") + "/.well-known/openid-configuration")
            if found.get("issuer") != issuer:
                raise KeysError("the provider calls itself something else")
            listed = _json(client, str(found.get("jwks_uri", ""))).get("keys")
        keys: dict[str, PyJWK] = {}
        for one in listed if isinstance(listed, list) else ():
            if not isinstance(one, dict) or one.get("use", "sig") != "sig" or one.get("kty") == "oct":
                continue
            try:
                keys[str(one["kid"])] = PyJWK.from_dict(one)
            except (PyJWKError, KeyError, ValueError, TypeError):  # a key of a kind that we do not know
                continue
        if not keys:
            raise KeysError("the provider publishes no key that can be used")
        return keys


def _json(client: httpx.Client, url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise KeysError("the provider must be reached by https")
    with client.stream("GET", url, headers={"Accept": "application/json"}) as answer:
        answer.raise_for_status()
        body = bytearray()
        for part in answer.iter_bytes():
            body += part
            if len(body) > LARGEST:
                raise KeysError("the provider's answer is too large")
    document = json.loads(bytes(body))
    if not isinstance(document, dict):
        raise KeysError("the provider's answer is not an object")
    return document

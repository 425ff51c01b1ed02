"""A small identity provider for tests: discovery, keys, device code (RFC 8628), refresh, and tokens to order.

Run as a process; it writes its address as the first line. What a person does in a browser is asked of
``POST /person`` (approve or deny a user code); ``POST /order`` issues a token with any fault a test wants;
``POST /rotate`` replaces the signing key, ``POST /quiet`` lets the keys be unreachable.
"""

from __future__ import annotations

import base64
import json
import secrets
import sys
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import RSAAlgorithm

DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"


@dataclass
class Waiting:
    """A device that waits for its user, and what the user has answered."""

    user_code: str
    expires: float
    interval: int
    state: str = "pending"
    claims: dict[str, Any] = field(default_factory=dict)
    asked: float = 0.0


class Provider:
    """The provider's keys and open sign-ins."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.issuer = ""
        self.lifetime = 300
        self.quiet = False
        self.key_fetches = 0
        self.waiting: dict[str, Waiting] = {}
        self.refresh: dict[str, dict[str, Any]] = {}
        self.stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.rotate()

    def rotate(self) -> None:
        """Sign with a new key from now on, and publish that one alone."""
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.kid = secrets.token_hex(4)

    def keys(self) -> dict[str, Any]:
        """The JSON Web Key Set."""
        self.key_fetches += 1
        public = json.loads(RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**public, "kid": self.kid, "use": "sig", "alg": "RS256"}]}

    def token(self, claims: dict[str, Any], fault: str = "") -> str:
        """A token with the claims, and with one thing wrong with it."""
        now = int(time.time())
        body = {
            "iss": self.issuer,
            "aud": "visitator",
            "iat": now,
            "exp": now + self.lifetime,
            "roles": ["visitator"],
            **claims,
        }
        key: Any = self.key
        algorithm, headers = "RS256", {"kid": self.kid}
        match fault:
            case "":
                pass
            case "expired":
                body["exp"] = now - 120
            case "audience":
                body["aud"] = "somebody-else"
            case "issuer":
                body["iss"] = "https://somewhere.example"
            case "key":
                key = self.stranger
            case "kid":
                headers = {"kid": "nobody-has-it"}
            case "none":
                key, algorithm = None, "none"
            case "confused":  # the public key taken for a shared secret
                return self._hmac(body)
            case "endless":
                del body["exp"]
            case "future":
                body["nbf"] = now + 600
            case _:
                raise ValueError(fault)
        return jwt.encode(body, key, algorithm=algorithm, headers=headers)

    def _hmac(self, body: dict[str, Any]) -> str:
        import hashlib
        import hmac

        public = self.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        parts = [{"alg": "HS256", "typ": "JWT", "kid": self.kid}, body]
        signed = ".".join(_base64(json.dumps(part).encode()) for part in parts)
        return f"{signed}.{_base64(hmac.new(public, signed.encode(), hashlib.sha256).digest())}"

    def begin(self, lifetime: int, interval: int) -> dict[str, Any]:
        """A device asks to be signed in."""
        code, user_code = secrets.token_urlsafe(24), secrets.token_hex(4).upper()
        self.waiting[code] = Waiting(user_code, time.monotonic() + lifetime, interval)
        return {
            "device_code": code,
            "user_code": user_code,
            "verification_uri": f"{self.issuer}/device",
            "expires_in": lifetime,
            "interval": interval,
        }

    def answer(self, user_code: str, claims: dict[str, Any] | None) -> bool:
        """The person in the browser approves with ``claims``, or denies."""
        for one in self.waiting.values():
            if one.user_code == user_code:
                one.state, one.claims = ("approved", claims) if claims is not None else ("denied", {})
                return True
        return False

    def redeem(self, asked: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """The token endpoint."""
        if asked.get("grant_type") == "refresh_token":
            claims = self.refresh.pop(asked.get("refresh_token", ""), None)
            return (400, {"error": "invalid_grant"}) if claims is None else (200, self._tokens(claims))
        if asked.get("grant_type") != DEVICE_GRANT:
            return 400, {"error": "unsupported_grant_type"}
        code = asked.get("device_code", "")
        one = self.waiting.get(code)
        if one is None or time.monotonic() > one.expires:
            return 400, {"error": "expired_token"}
        since, one.asked = time.monotonic() - one.asked, time.monotonic()
        if one.state == "pending":
            return 400, {"error": "slow_down" if since < one.interval else "authorization_pending"}
        del self.waiting[code]
        return (400, {"error": "access_denied"}) if one.state == "denied" else (200, self._tokens(one.claims))

    def _tokens(self, claims: dict[str, Any]) -> dict[str, Any]:
        renewing = secrets.token_urlsafe(24)
        self.refresh[renewing] = claims
        return {
            "token_type": "Bearer",
            "access_token": self.token(claims),
            "expires_in": self.lifetime,
            "refresh_token": renewing,
        }


class Door(BaseHTTPRequestHandler):
    """The provider's addresses."""

    provider: Provider
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Discovery and keys."""
        mine = self.provider
        if mine.quiet:
            return self._say(503, {})
        if self.path == "/.well-known/openid-configuration":
            return self._say(
                200,
                {
                    "issuer": mine.issuer,
                    "jwks_uri": f"{mine.issuer}/keys",
                    "token_endpoint": f"{mine.issuer}/token",
                    "device_authorization_endpoint": f"{mine.issuer}/devicecode",
                },
            )
        if self.path == "/keys":
            return self._say(200, mine.keys())
        if self.path == "/fetches":
            return self._say(200, {"keys": mine.key_fetches})
        return self._say(404, {"error": "not_found"})

    def do_POST(self) -> None:
        """Sign-in, tokens, and what a test orders."""
        mine = self.provider
        raw = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        with mine.lock:
            match self.path:
                case "/devicecode":
                    return self._say(200, mine.begin(mine.lifetime, 0))
                case "/token":
                    return self._say(
                        *mine.redeem({name: values[0] for name, values in parse_qs(raw).items()})
                    )
            order: dict[str, Any] = json.loads(raw or "{}")
            match self.path:
                case "/person":
                    found = mine.answer(order["user_code"], order.get("claims"))
                    return self._say(200 if found else 404, {})
                case "/order":
                    return self._say(200, {"token": mine.token(order["claims"], order.get("fault", ""))})
                case "/rotate":
                    mine.rotate()
                    return self._say(200, {"kid": mine.kid})
                case "/quiet":
                    mine.quiet = bool(order["quiet"])
                    return self._say(200, {})
                case "/lifetime":
                    mine.lifetime = int(order["seconds"])
                    return self._say(200, {})
        return self._say(404, {"error": "not_found"})

    def _say(self, status: int, document: dict[str, Any]) -> None:
        body = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the output carries the address."""


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def main() -> None:
    """Serve on a free port of the loopback until killed."""
    provider = Provider()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Here", (Door,), {"provider": provider}))
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    sys.stdout.write(provider.issuer + "\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main()

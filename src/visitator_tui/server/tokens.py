"""OIDC access tokens: whose they are, after signature, issuer, audience, time and algorithm have been checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import jwt

from .keys import KeysError, ProviderKeys
from .principal import AccessError, Principal, known_roles

ALGORITHMS: Final = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"}
)
"""Signatures by a key that only the provider has. ``none`` and shared secrets are not among them."""
LEEWAY_SECONDS: Final = 30
LONGEST_TOKEN: Final = 16 * 1024
_LONGEST_NAME: Final = 200


@dataclass(frozen=True)
class SignIn:
    """How the users of one tenant sign in.

    Several tenants may share an issuer: then ``tenant_claim`` must have ``tenant_value``. ``roles`` maps
    what stands in the claim to our roles; while it is empty the claim holds our own words.
    """

    tenant: str
    issuer: str
    audience: str
    client_id: str = ""
    algorithms: tuple[str, ...] = ("RS256",)
    tenant_claim: str = ""
    tenant_value: str = ""
    user_claim: str = "sub"
    name_claim: str = "name"
    roles_claim: str = "roles"
    roles: Mapping[str, str] = field(default_factory=dict)
    scope: str = "openid offline_access"

    def __post_init__(self) -> None:
        """Raise ValueError for an algorithm that must never be accepted."""
        if wrong := [one for one in self.algorithms if one not in ALGORITHMS]:
            raise ValueError(f"not a signature that can be accepted: {', '.join(wrong)}")
        if bool(self.tenant_claim) != bool(self.tenant_value):
            raise ValueError("tenant_claim and tenant_value belong together")


SignIns = Callable[[str], Sequence[SignIn]]
"""The sign-ins of the tenants that use an issuer."""


class TokenVerifier:
    """Turns an access token into a Principal. Its methods may be called from any thread."""

    def __init__(self, sign_ins: SignIns, keys: ProviderKeys) -> None:
        self._sign_ins = sign_ins
        self._keys = keys

    def verify(self, token: str, device: str = "") -> Principal:
        """The token's user. Raises AccessError: 401 for a token that does not hold, 403 for one without a role."""
        head, unproved = _unproved(token)
        issuer = unproved.get("iss")
        candidates = self._sign_ins(issuer) if isinstance(issuer, str) and issuer else ()
        if not candidates:
            raise _refused("unknown issuer")
        algorithm, kid = head.get("alg"), head.get("kid")
        candidates = [one for one in candidates if algorithm in one.algorithms]
        if not candidates or not isinstance(kid, str):
            raise _refused("algorithm not allowed, or no key id")
        claims = _proved(token, self._key(candidates[0].issuer, kid), candidates)
        return _principal(_chosen(candidates, claims), claims, device)

    def _key(self, issuer: str, kid: str) -> jwt.PyJWK:
        try:
            key = self._keys.key(issuer, kid)
        except KeysError as problem:
            raise AccessError(
                503, "sign_in", "Kommunens log ind svarer ikke lige nu. Prøv igen om lidt.", str(problem)
            ) from None
        if key is None:
            raise _refused("unknown key")
        return key


def _unproved(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    if len(token) > LONGEST_TOKEN:
        raise _refused("token too long")
    try:
        head = jwt.get_unverified_header(token)
        claims = jwt.decode(token, options={"verify_signature": False})
    except (jwt.InvalidTokenError, ValueError, RecursionError):
        raise _refused("not a token") from None
    return head, claims


def _proved(token: str, key: jwt.PyJWK, candidates: Sequence[SignIn]) -> dict[str, Any]:
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=sorted({name for one in candidates for name in one.algorithms}),
            audience=[one.audience for one in candidates],
            issuer=candidates[0].issuer,
            leeway=LEEWAY_SECONDS,
            options={"require": ["exp", "iss", "aud"]},
        )
    except jwt.ExpiredSignatureError:
        raise AccessError(401, "expired", "Du er ikke længere logget ind. Log ind igen.", "expired") from None
    except jwt.InvalidAudienceError:
        raise _refused("wrong audience") from None
    except jwt.InvalidSignatureError:
        raise _refused("wrong signature") from None
    except (jwt.PyJWTError, ValueError, TypeError):
        raise _refused("token does not hold") from None
    return claims


def _chosen(candidates: Sequence[SignIn], claims: Mapping[str, Any]) -> SignIn:
    meant = claims["aud"]
    audiences = [meant] if isinstance(meant, str) else list(meant)
    fitting = [
        one
        for one in candidates
        if one.audience in audiences
        and (not one.tenant_claim or claims.get(one.tenant_claim) == one.tenant_value)
    ]
    if len(fitting) != 1:  # none, or two tenants: never guess
        raise _refused("no tenant, or more than one, fits the token")
    return fitting[0]


def _principal(sign_in: SignIn, claims: Mapping[str, Any], device: str) -> Principal:
    user = claims.get(sign_in.user_claim)
    if not isinstance(user, str) or not user or len(user) > _LONGEST_NAME or "\x00" in user:
        raise _refused("no user in the token")
    held = claims.get(sign_in.roles_claim, ())
    names = held.split() if isinstance(held, str) else held if isinstance(held, list) else ()
    words = [one for one in names if isinstance(one, str)]
    roles = known_roles(sign_in.roles.get(one, "") for one in words) if sign_in.roles else known_roles(words)
    if not roles:
        raise AccessError(
            403, "no_role", "Du har ikke adgang til Visitator. Bed it-afdelingen om en rolle.", "no role"
        )
    name = claims.get(sign_in.name_claim)
    spoken = name.replace("\x00", "")[:_LONGEST_NAME] if isinstance(name, str) else ""
    return Principal(sign_in.tenant, user, spoken, device, roles)


def _refused(why: str) -> AccessError:
    return AccessError(401, "unauthenticated", "Du er ikke logget ind. Log ind igen.", why)

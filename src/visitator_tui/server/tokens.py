"""OIDC access tokens: whose they are, after signature, issuer, audience, time and algorithm have been checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import jwt

from .keys import KeysError, ProviderKeys
from .principal import ROLES, Principal
from .refusal import Refusal
from .sign_ins import SignIn

LEEWAY_SECONDS: Final = 30
LONGEST_TOKEN: Final = 16 * 1024
_LONGEST_NAME: Final = 200


OfIssuer = Callable[[str], Sequence[SignIn]]
"""The sign-ins of the tenants that use an issuer."""


class TokenVerifier:
    """Turns an access token into a Principal. Its methods may be called from any thread."""

    def __init__(self, sign_ins: OfIssuer, keys: ProviderKeys) -> None:
        self._sign_ins = sign_ins
        self._keys = keys

    def verify(self, token: str, device: str = "") -> Principal:
        """The token's user. Raises Refusal: 401 for a token that does not hold, 403 for one without a role."""
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
            raise Refusal(503, "sign_in", retry_after=30, why=str(problem)) from None
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
        raise Refusal(401, "expired", why="expired") from None
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
    roles = ROLES & {sign_in.roles.get(one, "") if sign_in.roles else one for one in words}
    if not roles:
        raise Refusal(403, "no_role", why="no role")
    name = claims.get(sign_in.name_claim)
    spoken = name.replace("\x00", "")[:_LONGEST_NAME] if isinstance(name, str) else ""
    return Principal(sign_in.tenant, user, spoken, device, roles)


def _refused(why: str) -> Refusal:
    return Refusal(401, "unauthenticated", why=why)

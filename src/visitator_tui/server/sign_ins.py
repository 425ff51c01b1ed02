"""How the users of each municipality sign in, as operations have set it."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import select

from .database import Database
from .tables_access import sign_ins
from .times import Seconds

ALGORITHMS: Final = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"}
)
"""Signatures by a key that only the provider has. ``none`` and shared secrets are not among them."""
SIGN_INS_SECONDS: Final = 30.0
"""How long the sign-ins of an issuer are used without reading them again."""


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


class SignIns:
    """How the users of each municipality sign in, as operations have set it."""

    def __init__(self, database: Database, seconds: Seconds) -> None:
        self._database = database
        self._seconds = seconds
        self._lock = threading.Lock()
        self._read: tuple[float, tuple[SignIn, ...]] | None = None

    def of_issuer(self, issuer: str) -> Sequence[SignIn]:
        """Those that use an issuer."""
        return [one for one in self._all() if one.issuer == issuer]

    def of_tenant(self, tenant: str) -> SignIn | None:
        """That of a municipality, if its users sign in."""
        return next((one for one in self._all() if one.tenant == tenant), None)

    def _all(self) -> tuple[SignIn, ...]:
        with self._lock:
            if self._read is None or self._seconds() - self._read[0] > SIGN_INS_SECONDS:
                with self._database.reading("") as connection:
                    rows = connection.execute(select(sign_ins.c.settings)).scalars()
                    self._read = (self._seconds(), tuple(read_sign_in(row) for row in rows))
            return self._read[1]


def read_sign_in(settings: str) -> SignIn:
    """A sign-in as it is stored. Raises ValueError or TypeError for one that must not be used."""
    told = json.loads(settings)
    return SignIn(**{**told, "algorithms": tuple(told["algorithms"])})

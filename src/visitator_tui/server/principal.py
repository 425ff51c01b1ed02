"""Who asks: the person, her device and her municipality, as the sign-in vouches for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

VISITATOR: Final = "visitator"
LEADER: Final = "leader"
ADMIN: Final = "admin"
ROLES: Final = frozenset({VISITATOR, LEADER, ADMIN})


@dataclass(frozen=True)
class Principal:
    """A signed-in person on a device. ``tenant`` is the municipality; nothing else's rows are ever hers."""

    tenant: str
    user: str
    name: str
    device: str
    roles: frozenset[str]

    @property
    def sees_all(self) -> bool:
        """Whether she sees every record of the municipality, not only her own and those she follows."""
        return LEADER in self.roles

    @property
    def works_on_cases(self) -> bool:
        """Whether she may read and write cases at all; an administrator as such may not."""
        return bool(self.roles & {VISITATOR, LEADER})


class Authenticator(Protocol):
    """Knows whose a bearer token is."""

    def principal(self, token: str, device: str = "") -> Principal:
        """Whose this token is, on the device that a laptop names beside it. Raises Refusal (401, 403, 503)."""
        ...

"""Who a request comes from, once its token has been verified."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a user may do beyond seeing the cases that are hers."""

    VISITATOR = "visitator"
    LEADER = "leader"
    ADMIN = "admin"


@dataclass(frozen=True)
class Principal:
    """A verified user of one tenant, on one device.

    ``user`` is the id that cases are assigned to; ``device`` is empty when the client named none.
    """

    tenant: str
    user: str
    name: str = ""
    device: str = ""
    roles: frozenset[Role] = frozenset({Role.VISITATOR})

    @property
    def sees_all(self) -> bool:
        """Whether every case of the tenant is hers to see (a leader)."""
        return Role.LEADER in self.roles

    @property
    def administers(self) -> bool:
        """Whether she may enrol and revoke devices."""
        return Role.ADMIN in self.roles


def known_roles(names: Iterable[str]) -> frozenset[Role]:
    """The roles among ``names``; a name that is no role gives nothing."""
    return frozenset(Role(name) for name in names if name in tuple(Role))


class AccessError(Exception):
    """A request is refused. ``code`` is the wire's word, ``status`` the HTTP status, the message Danish.

    ``why`` says for the service's log what was wrong: words of ours, never the token's content.
    """

    def __init__(self, status: int, code: str, message: str, why: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.why = why or code

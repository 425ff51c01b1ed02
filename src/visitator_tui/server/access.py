"""Whose a bearer token is: a device's own, or one that the municipality's identity provider issued."""

from __future__ import annotations

import uuid

from sqlalchemy.exc import IntegrityError

from . import devices
from .database import Database
from .keys import ProviderKeys
from .principal import Principal
from .refusal import Refusal
from .sign_ins import SignIns
from .times import Clock, Seconds
from .tokens import TokenVerifier


class Access:
    """The Authenticator on the service's database. Its methods block and may be called from any thread."""

    def __init__(self, database: Database, keys: ProviderKeys, clock: Clock, seconds: Seconds) -> None:
        self._database = database
        self._sign_ins = SignIns(database, seconds)
        self._verifier = TokenVerifier(self._sign_ins.of_issuer, keys)
        self._clock = clock

    def principal(self, token: str, device: str = "") -> Principal:
        """Whose this token is; ``device`` is the id that the laptop of a signed-in user gave itself.

        Raises Refusal: 401, 403, or 503 while the identity provider cannot be asked.
        """
        if devices.is_device_token(token):
            with self._database.reading(devices.tenant_of_token(token)) as connection:
                return devices.holder_of(connection, token)
        principal = self._verifier.verify(token, _device(device))
        if principal.device:
            self._admit(principal)
        return principal

    def _admit(self, principal: Principal) -> None:
        with self._database.reading(principal.tenant) as connection:
            if devices.known(connection, principal):
                return
        try:
            with self._database.writing(principal.tenant) as connection:
                devices.remember(connection, principal, self._clock())
        except IntegrityError:  # two requests of a new laptop at once
            return


def _device(told: str) -> str:
    if not told:
        return ""
    try:
        return str(uuid.UUID(told))
    except ValueError:
        raise Refusal(400, "malformed", why="device id") from None

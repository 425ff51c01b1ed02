"""Who this laptop is to the service: enrolled with a code, or signed in by device code (RFC 8628).

Tokens stand in the encrypted database's settings and nowhere else; no message or log carries one.
"""

from __future__ import annotations

import json
import threading
import uuid
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Final, Protocol

import httpx

from visitator_tui.usecases.ports import Actor, Clock
from visitator_tui.usecases.sync_wire import SyncError, Trouble

from . import provider, words

CREDENTIALS: Final = "sync.credentials"
"""The setting that holds who we are; JSON, with tokens."""
_EARLY_SECONDS: Final = 60.0
_DEVICE: Final = "sync.device"


class SettingStore(Protocol):
    """The settings of the encrypted database."""

    def setting(self, key: str) -> str | None:
        """A setting, or None."""

    def set_setting(self, key: str, value: str, actor: Actor, now: datetime) -> None:
        """Keep a setting; the audit names the key, never the value."""


@dataclass(frozen=True)
class SignedIn:
    """Who we are: the municipality, the user, the device, and the key its published files are signed with.

    ``user`` is empty after a sign-in by device code until the service has said who we are.
    """

    tenant: str
    user: str = ""
    name: str = ""
    device: str = ""
    public_key: str = ""


@dataclass(frozen=True)
class _Kept:
    tenant: str
    device: str
    access: str
    user: str = ""
    name: str = ""
    public_key: str = ""
    refresh: str = ""
    expires: float | None = None
    issuer: str = ""
    client_id: str = ""
    scope: str = ""

    def told(self) -> SignedIn:
        """Who this is, without tokens."""
        return SignedIn(self.tenant, self.user, self.name, self.device, self.public_key)


@dataclass(frozen=True)
class Waiting:
    """A sign-in that waits for the user: she opens ``address`` in a browser and writes ``code`` there.

    ``interval`` is how many seconds to wait between two looks.
    """

    code: str
    address: str
    interval: float
    device_code: str
    tenant: str
    issuer: str
    client_id: str
    scope: str
    public_key: str


class SignIn:
    """Signs in, and has a token ready for every request. Its methods may take seconds and be called from any thread.

    ``service`` reaches the municipality's service (its base address), ``outside`` the identity provider.
    """

    def __init__(
        self, store: SettingStore, service: httpx.Client, outside: httpx.Client, actor: Actor, clock: Clock
    ) -> None:
        self._store = store
        self._service = service
        self._outside = outside
        self._actor = actor
        self._clock = clock
        self._lock = threading.Lock()

    def signed_in(self) -> SignedIn | None:
        """Who we are; None before the first sign-in and after ``sign_out``."""
        kept = self._kept()
        return kept.told() if kept else None

    def token(self) -> str:
        """The token to send, renewed when it is about to end. Raises SyncError."""
        with self._lock:
            kept = self._known()
            if kept.expires is not None and kept.expires - self._clock().timestamp() < _EARLY_SECONDS:
                kept = self._renewed(kept)
            return kept.access

    def device(self) -> str:
        """This laptop's id, sent beside the token. Raises SyncError."""
        return self._known().device

    def renew(self) -> None:
        """Get another token: the service did not take the one we have. Raises SyncError."""
        with self._lock:
            self._renewed(self._known())

    def enrol(self, code: str, device_name: str) -> SignedIn:
        """Become known with an administrator's one-time code. Raises SyncError."""
        told = self._asked("POST", "/v1/enrol", {"code": code.strip(), "device": device_name})
        try:
            enrolled = _Kept(
                tenant=str(told["tenant"]),
                device=str(told["device_id"]),
                access=str(told["token"]),
                user=str(told["user"]),
                name=str(told.get("name", "")),
                public_key=str(told["public_key"]),
            )
        except KeyError:
            raise _not_ours() from None
        with self._lock:  # a renewal under way would put the former user's token back
            self._keep(enrolled)
        return enrolled.told()

    def begin(self, tenant: str) -> Waiting:
        """Begin a sign-in by device code at the municipality's identity provider. Raises SyncError."""
        if not tenant.replace("-", "").isalnum() or not tenant.isascii():
            raise SyncError(
                Trouble.DENIED, "Kommunens id består af bogstaver og tal. Ret det i indstillingerne."
            )
        told = self._asked("GET", f"/v1/sign-in/{tenant}", None)
        issuer, client_id, scope = (str(told.get(name, "")) for name in ("issuer", "client_id", "scope"))
        begun = provider.begin(self._outside, issuer, client_id, scope)
        return Waiting(
            code=begun.user_code,
            address=begun.address,
            interval=begun.interval,
            device_code=begun.device_code,
            tenant=tenant,
            issuer=issuer,
            client_id=client_id,
            scope=scope,
            public_key=str(told.get("public_key", "")),
        )

    def look(self, waiting: Waiting) -> Waiting | None:
        """Whether the user has signed in: None when she has, else what to look for next time.

        Raises SyncError when she said no or it took too long.
        """
        answer = provider.look(self._outside, waiting.issuer, waiting.client_id, waiting.device_code)
        if isinstance(answer, provider.NotYet):
            return replace(waiting, interval=waiting.interval + 5) if answer.slower else waiting
        with self._lock:
            self._take(waiting, answer)
        return None

    def _take(self, waiting: Waiting, answer: provider.Tokens) -> None:
        before = self._kept()
        same = before is not None and before.tenant == waiting.tenant
        self._keep(
            _Kept(
                tenant=waiting.tenant,
                device=self._own_device(),
                access=answer.access,
                # The key is taken once: a service that changes it later is not believed.
                public_key=before.public_key if before and same and before.public_key else waiting.public_key,
                refresh=answer.refresh,
                expires=self._clock().timestamp() + answer.lasts,
                issuer=waiting.issuer,
                client_id=waiting.client_id,
                scope=waiting.scope,
            )
        )

    def trust(self, public_key: str) -> None:
        """Take the key of the published files, if there is none yet: the first one is believed, no other."""
        with self._lock:
            kept = self._known()
            if not kept.public_key and public_key:
                self._keep(replace(kept, public_key=public_key))

    def sign_out(self) -> None:
        """Forget tokens and user. Cases stay."""
        with self._lock:
            self._set(CREDENTIALS, None)

    def _renewed(self, kept: _Kept) -> _Kept:
        if not kept.refresh:
            raise _expired()
        answer = provider.refresh(self._outside, kept.issuer, kept.client_id, kept.scope, kept.refresh)
        if answer is None:
            raise _expired()
        fresh = replace(
            kept,
            access=answer.access,
            refresh=answer.refresh or kept.refresh,
            expires=self._clock().timestamp() + answer.lasts,
        )
        self._keep(fresh)
        return fresh

    def _asked(self, method: str, path: str, told: dict[str, str] | None) -> dict[str, Any]:
        try:
            answer = self._service.request(method, path, json=told)
        except httpx.HTTPError as problem:
            raise words.certificate(problem) or SyncError(
                Trouble.OFFLINE, "Kommunens tjeneste kan ikke nås. Se efter, om der er net, og prøv igen."
            ) from None
        if answer.headers.get("Visitator") != "1":
            raise _not_ours()
        try:
            found = answer.json()
        except ValueError:
            raise _not_ours() from None
        if answer.status_code == 404:
            raise SyncError(
                Trouble.DENIED, "Kommunen har ikke log ind på tjenesten. Brug en kode fra it-afdelingen."
            )
        if answer.status_code >= 300:
            trouble = Trouble.DENIED if answer.status_code < 500 else Trouble.SERVICE
            raise SyncError(trouble, str(found.get("message", "Tjenesten sagde nej. Tal med it-afdelingen.")))
        return dict(found)

    def _own_device(self) -> str:
        if stored := self._store.setting(_DEVICE):
            return str(json.loads(stored))
        made = str(uuid.uuid4())
        self._set(_DEVICE, made)
        return made

    def _known(self) -> _Kept:
        kept = self._kept()
        if kept is None:
            raise SyncError(
                Trouble.EXPIRED, "Du er ikke logget ind på kommunens tjeneste. Log ind for at synkronisere."
            )
        return kept

    def _kept(self) -> _Kept | None:
        stored = self._store.setting(CREDENTIALS)
        told = json.loads(stored) if stored else None
        return _Kept(**told) if told else None

    def _keep(self, kept: _Kept) -> None:
        self._set(CREDENTIALS, asdict(kept))

    def _set(self, key: str, value: object) -> None:
        self._store.set_setting(key, json.dumps(value), self._actor, self._clock())


def _expired() -> SyncError:
    return SyncError(
        Trouble.EXPIRED, "Du er ikke længere logget ind. Log ind igen; det, du har skrevet, er gemt."
    )


def _not_ours() -> SyncError:
    return SyncError(
        Trouble.PORTAL,
        "Det er ikke kommunens tjeneste, der svarer. Er du på et net, der kræver log ind, så åbn en browser først.",
    )

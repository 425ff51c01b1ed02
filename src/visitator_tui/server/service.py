"""The service's parts, put together: what the web addresses call."""

from __future__ import annotations

import logging
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Final

from .attempts import TRIES_PER_MINUTE, Attempts
from .cases import Cases
from .changes import Changes, Page
from .database import Database, open_database
from .incoming import read_batch
from .ledger import Head, HistoryLostError, Ledger
from .metrics import HISTORIES
from .pace import Pace
from .principal import Authenticator, Principal
from .push import Push
from .reached import Reached
from .refusal import Refusal
from .seen import Seen, lacks
from .settings import ServerSettings
from .times import Clock
from .turns import Turns

_MARGIN: Final = timedelta(hours=1)
"""What clocks may differ by, and more: a batch this close to being forgotten is not asked for."""

_log = logging.getLogger("visitator.service")


class Service:
    """One process's share of the service. Keeps nothing between requests but connections."""

    def __init__(
        self, settings: ServerSettings, database: Database, authenticator: Authenticator, clock: Clock
    ) -> None:
        self.settings = settings
        self.database = database
        self.authenticator = authenticator
        self.clock = clock
        self.ledger = Ledger(database)
        self.pace = Pace(settings.requests_per_minute, time.monotonic)
        self.attempts = Attempts(TRIES_PER_MINUTE, time.monotonic)
        self._reached = Reached(settings.url)
        self.cases = Cases(self.ledger, clock)
        self._push = Push(self.ledger, clock, settings.batch_days)
        self.turns = Turns()
        self._reading = threading.Lock()
        self._changes = Changes(self.ledger, clock)

    def standing(self, principal: Principal, seen: Seen) -> dict[str, object]:
        """Where the municipality is, what time it is, and who asks. Raises Refusal if we lack what she has seen."""
        self._look_back(principal.tenant)
        with self.database.reading(principal.tenant) as connection:
            head = self.ledger.head(connection, principal.tenant)
            lost = lacks(connection, principal, head, seen, self._batches_since())
        if lost:
            raise self._history_lost(principal, knows=True)
        return {
            "tenant": principal.tenant,
            "epoch": head.epoch,
            "seq": head.seq,
            "time": self.clock().astimezone(UTC).isoformat(),
            "user": principal.user,
            "roles": sorted(principal.roles),
        }

    def push(self, principal: Principal, raw: bytes) -> str:
        """Take in a batch; the answer's JSON. Raises Refusal."""
        # Python reads one at a time anyhow; more at once only keep who has her turn waiting between her questions.
        with self._reading:
            batch = read_batch(raw)
        try:
            with self.turns.of(principal.tenant):
                answer = self._push.take(principal, batch)
        except HistoryLostError:
            raise self._history_lost(principal, knows=batch.epoch is not None) from None
        self._look_back(principal.tenant)
        return answer

    def changes(self, principal: Principal, page: Page) -> str:
        """A page of changes; the answer's JSON. Raises Refusal."""
        try:
            return self._changes.page(principal, page)
        except HistoryLostError:
            raise self._history_lost(principal, knows=page.epoch is not None) from None

    def revisions(self, principal: Principal, epoch: str | None) -> str:
        """What she should have; the answer's JSON. Raises Refusal."""
        return self._changes.revisions(principal, epoch)

    def _history_lost(self, principal: Principal, *, knows: bool) -> Refusal:
        """The refusal that makes the laptop compare; the others too, if this one was in step with us."""
        epoch = self._new_history(principal.tenant) if knows else self._head(principal.tenant).epoch
        return Refusal(409, "epoch", {"epoch": epoch})

    def _batches_since(self) -> datetime:
        """Since when every batch that was answered is still here."""
        return self.clock() - timedelta(days=self.settings.batch_days) + _MARGIN

    def _new_history(self, tenant: str) -> str:
        HISTORIES.inc()
        _log.warning("history_lost", extra={"tenant": tenant})
        return self.ledger.new_history(tenant, self.clock())

    def _head(self, tenant: str) -> Head:
        with self.database.reading(tenant) as connection:
            return self.ledger.head(connection, tenant)

    def _look_back(self, tenant: str) -> None:
        """Notice, as far as that can be, an older copy of an SQLite database that nobody has told of."""

        def told() -> bool:
            return self._head(tenant).epoch != self._new_history(tenant)

        self._reached.fell_back(tenant, lambda: self._head(tenant).seq, told)


def open_service(settings: ServerSettings) -> Service:
    """The service on the database of the settings. Raises ServerSettingsError."""
    database = open_database(settings.url, settings.connections)
    return Service(settings, database, _authenticator(settings, database), _now)


def _authenticator(settings: ServerSettings, database: Database) -> Authenticator:
    if settings.tokens_file is not None:
        from .token_file import TokenFile

        return TokenFile(settings.tokens_file)
    from .access import Access
    from .keys import ProviderKeys

    return Access(database, ProviderKeys(time.monotonic), _now, time.monotonic)


def _now() -> datetime:
    return datetime.now(UTC)

"""Laptops with real encrypted databases that meet at a real service, all in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import httpx
from service import PEOPLE
from starlette.testclient import TestClient
from sync_kit import prepare

from visitator_tui.domain.case import Case
from visitator_tui.domain.edit import change, parse_path
from visitator_tui.server.app import create_app
from visitator_tui.server.principal import Principal
from visitator_tui.server.refusal import Refusal
from visitator_tui.server.service import Service
from visitator_tui.server.settings import ServerSettings
from visitator_tui.store import open_throwaway
from visitator_tui.sync.round import Round
from visitator_tui.sync.transport import HttpServer
from visitator_tui.usecases.ports import Actor
from visitator_tui.usecases.sync_ports import Applied

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
_ticks = count()


def clock() -> datetime:
    """Time that goes a millisecond on whenever it is looked at."""
    return NOW + timedelta(milliseconds=next(_ticks))


class Known:
    """Whose the tokens of the tests are."""

    def principal(self, token: str, device: str = "") -> Principal:
        """Whose token this is."""
        if token not in PEOPLE:
            raise Refusal(401, "expired")
        told = PEOPLE[token]
        return Principal(told["tenant"], told["user"], told["name"], told["device"], frozenset(told["roles"]))


class Office:
    """The municipality's service on SQLite."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "server.sqlite"
        prepare(f"sqlite:///{self.file}")
        self._open()

    def _open(self) -> None:
        from visitator_tui.server.database import open_database

        settings = ServerSettings(database=f"sqlite:///{self.file}", requests_per_minute=10**6)
        self.service = Service(settings, open_database(settings.url, 4), Known(), clock)
        self.client = TestClient(create_app(self.service))

    def backup(self) -> bytes:
        """The database as it stands."""
        self.service.database.close()
        kept = self.file.read_bytes()
        self._open()
        return kept

    def restore(self, kept: bytes, *, declared: bool = True, side_file: bool = True) -> None:
        """The database as it stood; the operator says so (or not), and it gets a new epoch.

        Without ``side_file`` what stands beside it, how far it had come, is put back as well.
        """
        self.service.database.close()
        if not side_file:
            self.file.with_name(f"{self.file.name}.reached").unlink()
        for ending in ("-wal", "-shm"):
            self.file.with_name(self.file.name + ending).unlink(missing_ok=True)
        self.file.write_bytes(kept)
        self._open()
        if declared:
            self.service.ledger.new_history("provby", NOW.replace(year=2027))


class Net(httpx.BaseTransport):
    """The way to the service; ``lose`` says of each request whether its answer is lost."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.lose: Callable[[httpx.Request], bool] = lambda _: False

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        told = self.office.client.request(
            request.method,
            request.url.raw_path.decode(),
            content=request.read(),
            headers=dict(request.headers),
            follow_redirects=False,
        )
        if self.lose(request):
            raise httpx.ReadError("lost on the way back")
        return httpx.Response(told.status_code, headers=told.headers, content=told.content)


class Laptop:
    """A visitator's laptop."""

    def __init__(self, folder: Path, office: Office, token: str) -> None:
        folder.mkdir()
        self.store = open_throwaway(folder, NOW, token)
        self.actor = Actor(token, f"pc-{token}")
        self.net = Net(office)
        self.applied: list[Applied] = []
        client = httpx.Client(base_url="http://testserver", transport=self.net)
        self.server = HttpServer(client, lambda: token, clock)

    def sync(self) -> None:
        """Sync once, from end to end."""

        def told(phase: object, done: int, total: int, applied: Applied | None) -> None:
            self.applied += [applied] if applied else []

        Round(self.store, self.server, self.actor, clock, told).run()

    def new(self, **parts: Any) -> str:
        """Make a case."""
        case = Case.model_validate({"municipality": "provby", **parts})
        return self.store.create(case, self.actor, NOW).id

    def write(self, case_id: str, where: str, value: Any) -> None:
        """Put a value in a field, as the app would."""
        record = self.store.load(case_id)
        case, made = change(record.case, parse_path(where), value)
        self.store.save(replace(record, case=case), [made], self.actor, clock())

    def case(self, case_id: str) -> Case:
        """A case as it stands here."""
        return self.store.load(case_id).case

    @property
    def waiting(self) -> Mapping[str, int]:
        """What waits here."""
        kept = self.store.stored_sync()
        counted = {"unsent": kept.unsent, "conflicts": kept.conflicts, "parked": kept.parked}
        return {name: number for name, number in counted.items() if number}


@contextmanager
def laptops(folder: Path, *tokens: str) -> Iterator[list[Any]]:
    """A service, and a laptop for each token."""
    office = Office(folder)
    made = [Laptop(folder / f"{number}-{token}", office, token) for number, token in enumerate(tokens)]
    try:
        yield [office, *made]
    finally:
        for laptop in made:
            laptop.store.close()
        office.service.database.close()

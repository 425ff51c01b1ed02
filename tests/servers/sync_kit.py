"""What tests of the service push, and how they ask: in this process, or by HTTP."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import httpx
from service import OTHER_TENANT, PEOPLE, TENANT

from visitator_tui.server.changes import Changes, Page
from visitator_tui.server.database import Database, open_database
from visitator_tui.server.incoming import Batch, read_batch
from visitator_tui.server.ledger import Ledger
from visitator_tui.server.principal import Principal
from visitator_tui.server.push import Push
from visitator_tui.server.schema import add_tenant, migrate
from visitator_tui.server.settings import ServerSettings

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def opened(url: str, connections: int = 1) -> Database:
    """The database at an address."""
    return open_database(ServerSettings(database=url).url, connections)


def prepare(owner_url: str) -> None:
    """Migrate, and let the two municipalities of the tests in."""
    database = opened(owner_url)
    migrate(database)
    add_tenant(database, TENANT, "Prøvby Kommune", NOW)
    add_tenant(database, OTHER_TENANT, "Naboby Kommune", NOW)
    database.close()


def new_id() -> str:
    """A record's id."""
    return str(uuid.uuid4())


def who(token: str) -> Principal:
    """One of the people of the tests, as the service knows her."""
    told = PEOPLE[token]
    return Principal(told["tenant"], told["user"], told["name"], told["device"], frozenset(told["roles"]))


def a_case(text: str = "", name: str = "Bodil Sørensen") -> dict[str, Any]:
    """A case's document."""
    return {
        "format": "visitator-case/1",
        "municipality": "provby",
        "citizen": {"name": name, "birth_date": "1941-05-06", "cpr": "060541-1234"},
        "summary": {"text": text},
    }


def record(
    id_: str, base: int, body: Mapping[str, Any] | None, assigned_to: str = "anna", **more: Any
) -> dict[str, Any]:
    """A record as a laptop sends it."""
    return {
        "kind": "case",
        "id": id_,
        "base": base,
        "body": body,
        "assigned_to": assigned_to,
        "case_id": None,
        "changed_at": "2026-03-02T09:30:00+00:00",
        "changed_by": assigned_to,
        **more,
    }


def a_letter(case_id: str, text: str = "Afgørelse", **more: Any) -> dict[str, Any]:
    """A letter of a case, as a laptop sends it."""
    return record(new_id(), 0, {"pdf": text}, kind="letter", case_id=case_id, **more)


def batch(records: Sequence[Mapping[str, Any]], epoch: str | None = None, **more: Any) -> dict[str, Any]:
    """A push."""
    return {"batch": new_id(), "epoch": epoch, "records": list(records), "audit_head": None, **more}


def parsed(records: Sequence[Mapping[str, Any]]) -> Batch:
    """A push as the service reads it."""
    return read_batch(json.dumps(batch(records)).encode())


class Desk:
    """Push and changes in this process, on a ledger that a test may have bent."""

    def __init__(self, database: Database, ledger: Ledger | None = None) -> None:
        self.ledger = ledger or Ledger(database)
        self._push = Push(self.ledger, lambda: NOW, 14)
        self._changes = Changes(self.ledger, lambda: NOW)

    def push(self, token: str, records: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Push as somebody; the results."""
        answer = json.loads(self._push.take(who(token), parsed(records)))
        results: list[dict[str, Any]] = answer["results"]
        return results

    def changes(self, token: str, since: int, limit: int = 1000) -> dict[str, Any]:
        """A page of changes."""
        answer: dict[str, Any] = json.loads(self._changes.page(who(token), Page(since, limit, None)))
        return answer


class Laptop:
    """Somebody's HTTP client."""

    def __init__(self, client: httpx.Client) -> None:
        self.http = client

    def push(self, *records: Mapping[str, Any], **more: Any) -> list[dict[str, Any]]:
        """Push these records in one batch; the results."""
        results: list[dict[str, Any]] = self.ask("POST", "/v1/push", json=batch(records, **more))["results"]
        return results

    def status(self, *records: Mapping[str, Any], **more: Any) -> list[str]:
        """Push these records in one batch; what became of each."""
        return [one["status"] for one in self.push(*records, **more)]

    def pull(self, since: int = 0, limit: int = 1000) -> list[dict[str, Any]]:
        """Everything after a number, however many pages it takes."""
        found: list[dict[str, Any]] = []
        while True:
            page = self.ask("GET", "/v1/changes", params={"since": since, "limit": limit})
            found += page["changes"]
            since = page["upto"]
            if not page["more"]:
                return found

    def standing(self) -> dict[str, Any]:
        """The service's word on who and where."""
        return dict(self.ask("GET", "/v1/standing"))

    def ask(self, method: str, path: str, **how: Any) -> Any:
        """The answer of a request that is carried out."""
        answer = self.http.request(method, path, **how)
        assert answer.status_code < 300, answer.text
        return answer.json() if answer.content else None

    def refused(self, method: str, path: str, **how: Any) -> tuple[int, str]:
        """Status and code of a request that is refused."""
        answer = self.http.request(method, path, **how)
        assert answer.status_code >= 400, answer.text
        assert answer.headers["visitator"] == "1"
        told = answer.json()
        assert told["message"]
        return answer.status_code, told["error"]

"""Those that ``sync_load.py`` measures: our service, Kinto, pouchdb-server, each started as its makers say.

One interface: records go in batches, all come back in pages, and what changed since a place is asked for.
"""

from __future__ import annotations

import base64
import itertools
import json
import subprocess
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import httpx
from postgres import PostgresServer, TestDatabase, free_port
from service import ServiceProcess
from sync_kit import a_case, opened, prepare

PAGE = 1000
PEOPLE = 20


@dataclass(frozen=True)
class Doc:
    """A record to push; ``id`` is new."""

    id: str
    body: dict[str, Any]


class Contestant(Protocol):
    """A running service. ``laptop`` is a number below PEOPLE."""

    name: str
    pid: int

    def request(self, docs: Sequence[Doc], laptop: int) -> bytes:
        """The request that pushes these, written out beforehand."""

    def push(self, client: httpx.Client, request: bytes) -> None:
        """Send it; raises if a record was not stored."""

    def pull(self, client: httpx.Client) -> int:
        """Fetch everything, a page at a time; how many."""

    def place(self, client: httpx.Client) -> str:
        """Where the feed is now."""

    def since(self, client: httpx.Client, place: str) -> int:
        """Fetch what changed since; how many."""

    def fill(self, count: int) -> int:
        """Bring the number of records to ``count`` without HTTP; how many there are."""

    def client(self, laptop: int) -> httpx.Client:
        """A signed-in client."""

    def stop(self) -> None:
        """End it."""


class Ours:
    """``visitator-tui server run`` on PostgreSQL."""

    def __init__(self, folder: Path, postgres: PostgresServer, workers: int) -> None:
        self.name = f"visitator-tui server, {workers} worker{'s' * (workers > 1)}"
        self.database: TestDatabase = postgres.new_database()
        prepare(self.database.owner_url)
        self._process = ServiceProcess(folder, self.database.service_url, workers)
        self._process.start()
        self.pid = self._process.pid

    def request(self, docs: Sequence[Doc], laptop: int) -> bytes:
        del laptop
        common = {"kind": "case", "base": 0, "assigned_to": "anna", "case_id": None}
        times = {"changed_at": "2026-03-02T09:30:00+00:00", "changed_by": "anna"}
        records = [{"id": one.id, "body": one.body, **common, **times} for one in docs]
        told = {"batch": str(uuid.uuid4()), "epoch": None, "records": records, "audit_head": None}
        return json.dumps(told, ensure_ascii=False).encode()

    def push(self, client: httpx.Client, request: bytes) -> None:
        answer = client.post("/v1/push", content=request).raise_for_status().json()
        assert {one["status"] for one in answer["results"]} == {"stored"}

    def pull(self, client: httpx.Client) -> int:
        count, since = 0, 0
        while True:
            page = client.get("/v1/changes", params={"since": since, "limit": PAGE}).raise_for_status().json()
            count, since = count + len(page["changes"]), page["upto"]
            if not page["more"]:
                return count

    def place(self, client: httpx.Client) -> str:
        return str(client.get("/v1/standing").json()["seq"])

    def since(self, client: httpx.Client, place: str) -> int:
        return len(client.get("/v1/changes", params={"since": place}).raise_for_status().json()["changes"])

    def fill(self, count: int) -> int:
        owner = opened(self.database.owner_url)
        with owner.engine.begin() as connection:
            connection.exec_driver_sql(
                "INSERT INTO records SELECT tenant, gen_random_uuid(), kind, case_id, revision, "
                "(SELECT seq FROM tenants WHERE id = 'provby') + n, assigned_to, deleted, digest, size, name, "
                "birth_date, state, changed_at, changed_by, stored_at, search, body FROM "
                "(SELECT * FROM records LIMIT 1) AS one, "
                f"generate_series(1, {count} - (SELECT count(*) FROM records)) AS n"
            )
            connection.exec_driver_sql(
                "UPDATE tenants SET seq = (SELECT max(seq) FROM records) WHERE id = 'provby'"
            )
            found = int(connection.exec_driver_sql("SELECT count(*) FROM records").scalar_one())
        with owner.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE records")
        owner.close()
        return found

    def client(self, laptop: int) -> httpx.Client:
        return self._process.client("anna" if laptop % 2 else "anna-2")

    def stop(self) -> None:
        self._process.kill()


class Kinto:
    """Kinto with its default server (waitress, 4 threads) on the same PostgreSQL."""

    def __init__(self, folder: Path, postgres: PostgresServer, programs: Path) -> None:
        self.name = "Kinto 26.5"
        self._postgres, self._database = postgres, postgres.new_database()
        port = free_port()
        url = f"postgresql+psycopg2://postgres@127.0.0.1:{postgres.port}/{self._database.name}"
        ini = folder / "kinto.ini"
        ini.write_text(
            f"[app:main]\nuse = egg:kinto\nkinto.userid_hmac_secret = x\nmultiauth.policies = basicauth\n"
            f"kinto.storage_backend = kinto.core.storage.postgresql\nkinto.storage_url = {url}\n"
            f"kinto.permission_backend = kinto.core.permission.postgresql\nkinto.permission_url = {url}\n"
            f"kinto.cache_backend = kinto.core.cache.memory\nkinto.bucket_create_principals = system.Everyone\n"
            f"kinto.batch_max_requests = 100\nkinto.paginate_by = {PAGE}\n"
            f"[server:main]\nuse = egg:waitress#main\nhost = 127.0.0.1\nport = {port}\n"
        )
        log = (folder / "kinto.log").open("wb")
        subprocess.run([programs / "kinto", "migrate", "--ini", ini], check=True, stdout=log, stderr=log)
        command = [programs / "kinto", "start", "--ini", ini, "--port", str(port)]
        self._process = subprocess.Popen(command, stdout=log, stderr=log)
        self.pid, self._url = self._process.pid, f"http://127.0.0.1:{port}/v1"
        self._path = "/buckets/k101/collections/cases/records"
        with self.client(0) as client:
            wait_for(client, "/")
            client.put("/buckets/k101").raise_for_status()
            client.put("/buckets/k101/collections/cases").raise_for_status()

    def request(self, docs: Sequence[Doc], laptop: int) -> bytes:
        del laptop
        requests = [
            {
                "method": "PUT",
                "path": f"/v1{self._path}/{one.id}",
                "headers": {"If-None-Match": "*"},
                "body": {"data": one.body},
            }
            for one in docs
        ]
        return json.dumps({"requests": requests}, ensure_ascii=False).encode()

    def push(self, client: httpx.Client, request: bytes) -> None:
        """Again until each is stored: requests that met are answered 503 or 409, alone or the batch as a whole."""
        for _ in range(200):
            answer = client.post("/batch", content=request)
            # 412: stored by an earlier try.
            if answer.status_code == 200 and {one["status"] for one in answer.json()["responses"]} <= {
                201,
                412,
            }:
                return
            time.sleep(0.05)
        raise AssertionError(answer.text)

    def pull(self, client: httpx.Client) -> int:
        count, url = 0, f"{self._url}{self._path}?_limit={PAGE}"
        while url:
            answer = client.get(url).raise_for_status()
            count, url = count + len(answer.json()["data"]), answer.headers.get("next-page", "")
        return count

    def place(self, client: httpx.Client) -> str:
        return str(client.head(self._path).headers["etag"])

    def since(self, client: httpx.Client, place: str) -> int:
        return len(client.get(self._path, params={"_since": place}).raise_for_status().json()["data"])

    def fill(self, count: int) -> int:
        with self._postgres.connect(self._database.name) as connection:
            connection.execute(
                "INSERT INTO objects (id, parent_id, resource_name, last_modified, data, deleted) "
                "SELECT gen_random_uuid()::text, parent_id, resource_name, "
                "last_modified - n * interval '1 millisecond', data, deleted FROM "
                "(SELECT * FROM objects WHERE resource_name = 'record' ORDER BY last_modified LIMIT 1) AS one, "
                "generate_series(1, %s - (SELECT count(*) FROM objects WHERE resource_name = 'record')) AS n",
                [count],
            )
            connection.execute("ANALYZE objects")
            found = connection.execute(
                "SELECT count(*) FROM objects WHERE resource_name = 'record'"
            ).fetchone()
        return int(found[0]) if found else 0

    def client(self, laptop: int) -> httpx.Client:
        word = base64.b64encode(b"anna:ord").decode()
        headers = {"Authorization": f"Basic {word}", "Content-Type": "application/json"}
        return httpx.Client(base_url=self._url, headers=headers, timeout=300, verify=False)

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()


class Pouch:
    """pouchdb-server on its default store (LevelDB), which knows no tenants, users or batches of ours."""

    def __init__(self, folder: Path, program: Path) -> None:
        self.name = "pouchdb-server 4.2"
        port = free_port()
        log = (folder / "pouch.log").open("wb")
        (folder / "pouch").mkdir()
        command = [program, "--port", str(port), "--dir", folder / "pouch"]
        self._process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
        self.pid, self._url = self._process.pid, f"http://127.0.0.1:{port}"
        with self.client(0) as client:
            wait_for(client, "/")
            client.put("/cases").raise_for_status()

    def request(self, docs: Sequence[Doc], laptop: int) -> bytes:
        del laptop
        return json.dumps(
            {"docs": [{"_id": one.id, **one.body} for one in docs]}, ensure_ascii=False
        ).encode()

    def push(self, client: httpx.Client, request: bytes) -> None:
        answer = client.post("/cases/_bulk_docs", content=request).raise_for_status().json()
        assert all(one.get("ok") for one in answer)

    def pull(self, client: httpx.Client) -> int:
        count, since = 0, "0"
        while True:
            page = self._page(client, since, PAGE)
            count, since = count + len(page["results"]), page["last_seq"]
            if len(page["results"]) < PAGE:
                return count

    def _page(self, client: httpx.Client, since: str, limit: int) -> Any:
        asked = {"since": since, "limit": limit, "include_docs": "true"}
        return client.get("/cases/_changes", params=asked).raise_for_status().json()

    def place(self, client: httpx.Client) -> str:
        return str(client.get("/cases").json()["update_seq"])

    def since(self, client: httpx.Client, place: str) -> int:
        return len(self._page(client, place, PAGE)["results"])

    def fill(self, count: int) -> int:
        """It has no way in but HTTP; what was pushed must do."""
        del count
        with self.client(0) as client:
            return int(client.get("/cases").json()["doc_count"])

    def client(self, laptop: int) -> httpx.Client:
        del laptop
        headers = {"Content-Type": "application/json"}
        return httpx.Client(base_url=self._url, headers=headers, timeout=300, verify=False)

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()


def wait_for(client: httpx.Client, path: str) -> None:
    """Ask until somebody answers."""
    for _ in itertools.repeat(None, 600):
        try:
            client.get(path)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("never answers")


def a_doc(text: str) -> Doc:
    """A case whose JSON is about 4 KB."""
    return Doc(str(uuid.uuid4()), a_case(text))

"""A server that was restored from an older backup: laptops notice, whether or not anybody tells them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import ANY

import pytest
from postgres import AVAILABLE, PostgresServer, TestDatabase, postgres_server
from service import TENANT, ServiceProcess, service_process
from sync_kit import NOW, Laptop, a_case, batch, new_id, opened, prepare, record

from visitator_tui.cli import main
from visitator_tui.server.ledger import EPOCH_REST, Ledger


@pytest.fixture
def anna(service: ServiceProcess) -> Iterator[Laptop]:
    with service.client("anna") as client:
        yield Laptop(client)


def forget_the_last_change_of_epoch(database: TestDatabase) -> None:
    """As if ten minutes had gone."""
    opening = opened(database.owner_url)
    with opening.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE tenants SET epoch_at = '2026-01-01'")
    opening.close()


def test_after_a_declared_restore_every_laptop_is_told_to_compare(
    anna: Laptop, module_database: TestDatabase, capsys: pytest.CaptureFixture[str]
) -> None:
    before = anna.standing()["epoch"]
    assert main(["server", "restored", "--database", module_database.owner_url]) == 0
    assert "2 kommuner" in capsys.readouterr().out
    after = anna.standing()["epoch"]
    assert after != before
    sent = batch([record(new_id(), 0, a_case())], epoch=before)
    answer = anna.http.post("/v1/push", json=sent)
    assert (answer.status_code, answer.json()["error"], answer.json()["epoch"]) == (409, "epoch", after)
    for path in ("changes", "revisions"):
        assert anna.refused("GET", f"/v1/{path}?epoch={before}") == (409, "epoch")
    assert anna.ask("POST", "/v1/push", json=sent | {"epoch": after})["results"][0]["status"] == "stored"


def test_one_laptop_that_has_seen_more_than_the_server_warns_the_others(
    anna: Laptop, module_database: TestDatabase
) -> None:
    forget_the_last_change_of_epoch(module_database)
    here = anna.standing()
    ahead = {"since": here["seq"] + 1, "epoch": here["epoch"]}
    assert anna.refused("GET", "/v1/changes", params=ahead) == (409, "epoch")
    in_step = {"since": here["seq"], "epoch": here["epoch"]}
    assert anna.refused("GET", "/v1/changes", params=in_step) == (409, "epoch")


def test_a_batch_that_was_answered_and_is_here_no_more_warns_the_others(
    anna: Laptop, service: ServiceProcess, module_database: TestDatabase
) -> None:
    forget_the_last_change_of_epoch(module_database)
    sent, now = batch([record(new_id(), 0, a_case())]), datetime.now(UTC)
    anna.ask("POST", "/v1/push", json=sent)
    here = anna.standing()
    seen = {"epoch": here["epoch"], "seq": here["seq"], "answered_at": now.isoformat()}
    lost = {"batch": new_id()}
    forgotten = lost | {"answered_at": (now - timedelta(days=14)).isoformat()}
    of_another_history = lost | {"epoch": "en anden"}
    for known in ({"batch": sent["batch"]}, forgotten, of_another_history, {}):
        assert anna.ask("GET", "/v1/standing", params=seen | known) == here | {"time": ANY}
    with service.client("anna-2") as enrolled_anew:
        Laptop(enrolled_anew).ask("GET", "/v1/standing", params=seen | {"batch": sent["batch"]})
    assert anna.refused("GET", "/v1/standing", params=seen | {"answered_at": "i går"}) == (400, "malformed")
    assert anna.refused("GET", "/v1/standing", params=seen | lost) == (409, "epoch")
    assert anna.standing()["epoch"] != here["epoch"]


def test_a_base_that_the_server_never_had_stores_nothing_and_tells_everybody(
    anna: Laptop, module_database: TestDatabase
) -> None:
    case = new_id()
    anna.push(record(case, 0, a_case()))
    for base_too_new in (record(case, 5, a_case("ny")), record(new_id(), 1, a_case())):
        forget_the_last_change_of_epoch(module_database)
        here = anna.standing()
        sent = batch([record(new_id(), 0, a_case()), base_too_new], epoch=here["epoch"])
        assert anna.refused("POST", "/v1/push", json=sent) == (409, "epoch")
        assert (anna.standing()["seq"], anna.standing()["epoch"] == here["epoch"]) == (here["seq"], False)


def test_many_laptops_that_notice_the_same_restore_change_the_history_once(
    module_database: TestDatabase,
) -> None:
    opening = opened(module_database.service_url)
    ledger = Ledger(opening)
    forget_the_last_change_of_epoch(module_database)
    first = ledger.new_history(TENANT, NOW)
    assert ledger.new_history(TENANT, NOW + EPOCH_REST) == first
    assert ledger.new_history(TENANT, NOW + EPOCH_REST + timedelta(seconds=1)) != first
    opening.close()


@dataclass
class Restorable:
    """A cluster of the test's own with a service on it, which stays up all the while."""

    postgres: PostgresServer
    service: ServiceProcess

    def restart(self, meanwhile: Callable[[], object]) -> None:
        """Stop PostgreSQL, do something to its files, start it and wait until the service has it back."""
        self.postgres.stop("fast")
        meanwhile()
        self.postgres.start()
        self.service.wait_until_ready()


@pytest.fixture(scope="module")
def restorable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Restorable]:
    if not AVAILABLE:
        pytest.skip("PostgreSQL is not installed (Debian: postgresql)")
    with postgres_server() as postgres:
        database = postgres.new_database()
        prepare(database.owner_url)
        folder = tmp_path_factory.mktemp("restorable")
        with service_process(folder, database.service_url) as service:
            yield Restorable(postgres, service)


def test_while_the_database_is_away_laptops_wait_and_nothing_is_restarted(restorable: Restorable) -> None:
    with restorable.service.client("anna") as client:
        laptop, sent = Laptop(client), batch([record(new_id(), 0, a_case())])

        def away() -> None:
            answer = client.post("/v1/push", json=sent)
            assert (answer.status_code, answer.json()["error"]) == (503, "unavailable")
            assert int(answer.headers["retry-after"]) > 0
            assert laptop.refused("GET", "/ready") == (503, "unavailable")
            assert client.get("/health").status_code == 200

        restorable.restart(away)
        assert laptop.ask("POST", "/v1/push", json=sent)["results"][0]["status"] == "stored"


def test_a_cluster_recovered_to_a_point_in_time_is_another_history_by_itself(restorable: Restorable) -> None:
    data = restorable.postgres.data

    def recover() -> None:
        with (data / "postgresql.conf").open("a") as file:
            file.write("restore_command = 'false'\n")
        (data / "recovery.signal").touch()
        shutil.chown(data / "recovery.signal", data.owner())

    with restorable.service.client("anna") as client:
        before = Laptop(client).standing()["epoch"]
        restorable.restart(lambda: None)
        assert Laptop(client).standing()["epoch"] == before
        restorable.restart(recover)
        assert Laptop(client).refused("GET", f"/v1/changes?epoch={before}") == (409, "epoch")


def test_files_put_back_unnoticed_are_noticed_by_a_laptop_and_nothing_is_lost(
    restorable: Restorable, tmp_path: Path
) -> None:
    data, copy = restorable.postgres.data, tmp_path / "backup"
    kept, lost = new_id(), new_id()

    def put_back() -> None:
        shutil.rmtree(data)
        shutil.copytree(copy, data)
        shutil.copystat(copy, data)
        if data.owner() != restorable.postgres.root.owner():
            for one in (data, *data.rglob("*")):
                shutil.chown(one, restorable.postgres.root.owner())

    with restorable.service.client("anna") as client:
        laptop = Laptop(client)
        laptop.push(record(kept, 0, a_case()))
        restorable.restart(lambda: shutil.copytree(data, copy))
        laptop.push(record(lost, 0, a_case("Efter kopien")))
        here = laptop.standing()
        restorable.restart(put_back)
        assert laptop.standing()["epoch"] == here["epoch"]  # the server cannot know
        stale = {"since": here["seq"], "epoch": here["epoch"]}
        assert laptop.refused("GET", "/v1/changes", params=stale) == (409, "epoch")
        assert lost not in {one[1] for one in laptop.ask("GET", "/v1/revisions")}
        assert laptop.status(record(lost, 0, a_case("Efter kopien"))) == ["stored"]
        assert {kept, lost} <= {one["id"] for one in laptop.pull()}

"""The service under those who run it: logs, figures, limits, a stop, a full disk, several processes."""

from __future__ import annotations

import json
import re
import socket
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from postgres import PostgresServer, TestDatabase
from service import ServiceProcess, service_process
from sync_kit import Laptop, a_case, batch, new_id, opened, parsed, record, who

from visitator_tui.cli import main
from visitator_tui.server.ledger import Ledger
from visitator_tui.server.push import Push
from visitator_tui.server.serving import SharedAddress

NAME, TEXT, CPR = "Rigmor Hemmelighed", "fortroligt notat", "060541-1234"


@pytest.fixture
def anna(service: ServiceProcess) -> Iterator[Laptop]:
    with service.client("anna") as client:
        yield Laptop(client)


def full_disk(postgres: PostgresServer, database: TestDatabase, full: bool) -> None:
    """Let PostgreSQL say, of every write of a record, what it says when the disk is full."""
    with postgres.connect(database.name) as connection:
        if full:
            connection.execute(
                "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION "
                "'could not extend file: %', NEW.name USING ERRCODE = 'disk_full'; END $$;"
                "CREATE TRIGGER no_room BEFORE INSERT ON records FOR EACH ROW EXECUTE FUNCTION no_room()"
            )
        else:
            connection.execute("DROP TRIGGER no_room ON records; DROP FUNCTION no_room()")


def test_with_a_full_disk_the_laptop_waits_and_nothing_is_lost(
    anna: Laptop, postgres: PostgresServer, module_database: TestDatabase, service: ServiceProcess
) -> None:
    sent = batch([record(new_id(), 0, a_case(TEXT, NAME))])
    full_disk(postgres, module_database, True)
    try:
        answer = anna.http.post("/v1/push", json=sent)
        assert (answer.status_code, answer.json()["error"]) == (503, "disk_full")
        assert "disk er fuld" in answer.json()["message"]
        assert int(answer.headers["retry-after"]) > 0
    finally:
        full_disk(postgres, module_database, False)
    assert anna.ask("POST", "/v1/push", json=sent)["results"][0]["status"] == "stored"
    assert NAME not in service.log()


def test_an_sqlite_trial_with_a_full_disk_says_so_too(tmp_path: Path) -> None:
    """SQLite's own limit of pages is its full disk."""
    from sqlalchemy import event
    from starlette.testclient import TestClient
    from sync_kit import NOW, opened, prepare

    from visitator_tui.server.app import create_app
    from visitator_tui.server.service import Service
    from visitator_tui.server.settings import ServerSettings
    from visitator_tui.server.token_file import TokenFile

    url = f"sqlite:///{tmp_path / 'trial.sqlite'}"
    prepare(url)
    database = opened(url)
    event.listen(database.engine, "connect", lambda raw, _: raw.execute("PRAGMA max_page_count = 40"))
    tokens = tmp_path / "tokens.json"
    tokens.write_text(
        json.dumps(
            {"anna": {"tenant": "provby", "user": "anna", "name": "", "device": "", "roles": ["visitator"]}}
        )
    )
    service = Service(ServerSettings(database=url), database, TokenFile(tokens), lambda: NOW)
    client = TestClient(create_app(service), headers={"Authorization": "Bearer anna"})
    answer = client.post("/v1/push", json=batch([record(new_id(), 0, a_case("x" * 500_000))]))
    assert (answer.status_code, answer.json()["error"]) == (503, "disk_full")
    assert client.get("/v1/standing").json()["seq"] == 0
    database.close()


def test_the_log_is_json_lines_without_anything_of_citizens_or_staff(
    anna: Laptop, service: ServiceProcess
) -> None:
    case = new_id()
    anna.push(record(case, 0, a_case(TEXT, NAME)))
    anna.http.get("/v1/cases", params={"search": NAME})
    anna.http.post(f"/v1/cases/{case}/follow")
    anna.http.get(f"/{NAME}/{CPR}", params={"q": NAME})
    anna.http.post("/v1/push", content=json.dumps({"batch": NAME}))
    anna.http.request(NAME.split(maxsplit=1)[0].upper(), "/v1/push")
    written = service.log()
    lines = [json.loads(line) for line in written.splitlines()]
    assert {"/v1/push", "/v1/cases", "/v1/cases/{id}/follow", "other"} <= {one.get("route") for one in lines}
    for secret in (NAME, NAME.split(maxsplit=1)[0].upper(), "Rigmor", TEXT, CPR, case, "anna "):
        assert secret not in written
    assert '"user' not in written


def test_an_error_of_ours_is_logged_by_kind_and_place_and_never_by_its_words(tmp_path: Path) -> None:
    import logging

    from visitator_tui.server.logs import JsonLines

    try:
        raise ValueError(NAME)
    except ValueError:
        made = logging.LogRecord("visitator.x", logging.ERROR, "", 1, "failed", (NAME,), sys.exc_info())
    made.text = NAME
    line = json.loads(JsonLines().format(made))
    assert (line["kind"], line["event"]) == ("ValueError", "failed")
    assert line["places"][0].startswith(Path(__file__).name)
    assert NAME not in json.dumps(line, ensure_ascii=False)
    foreign = logging.LogRecord("other.library", logging.WARNING, "", 1, NAME, (), None)
    assert NAME not in JsonLines().format(foreign)


def test_a_device_that_asks_too_much_is_slowed_down_and_the_others_are_not(
    module_database: TestDatabase, tmp_path: Path
) -> None:
    with (
        service_process(tmp_path, module_database.service_url, requests_per_minute="3") as service,
        service.client("anna") as wild,
        service.client("anna-2") as calm,
    ):
        assert [wild.get("/v1/standing").status_code for _ in range(4)] == [200, 200, 200, 429]
        answer = wild.get("/v1/standing")
        assert (answer.json()["error"], 0 < int(answer.headers["retry-after"]) <= 20) == ("rate", True)
        assert calm.get("/v1/standing").status_code == 200


def test_a_stop_lets_a_batch_end_that_was_begun(module_database: TestDatabase, tmp_path: Path) -> None:
    case = new_id()
    body = json.dumps(batch([record(case, 0, a_case())])).encode()
    with service_process(tmp_path, module_database.service_url) as service:
        with socket.create_connection(("127.0.0.1", service.port), 60) as line:
            head = f"POST /v1/push HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer anna\r\nContent-Length: {len(body)}"
            line.sendall(head.encode() + b"\r\nExpect: 100-continue\r\n\r\n")
            assert b"100 Continue" in line.recv(100)  # it has begun to read
            stopped = threading.Thread(target=service.stop)
            stopped.start()
            while socket.socket().connect_ex(("127.0.0.1", service.port)) == 0:
                pass
            line.sendall(body)
            assert b'"status":"stored"' in line.makefile("rb").read()
            stopped.join()
        assert service.stop() == 0


def test_two_instances_one_with_two_workers_are_one_service(
    module_database: TestDatabase, tmp_path: Path
) -> None:
    url, folders = module_database.service_url, (tmp_path / "a", tmp_path / "b")
    for folder in folders:
        folder.mkdir()
    with service_process(folders[0], url, 2) as first, service_process(folders[1], url) as second:
        laptops = [Laptop(one.client("anna")) for one in (first, second) * 2]
        case = new_id()
        laptops[0].push(record(case, 0, a_case()))
        with ThreadPoolExecutor(4) as pool:
            for base in range(1, 11):
                told = pool.map(
                    lambda n, base=base: laptops[n].status(record(case, base, a_case(f"{base} {n}"))),
                    range(4),
                )
                assert sorted(one for (one,) in told) == ["conflict"] * 3 + ["stored"]
        figures = [laptops[n].http.get("/metrics").text for n in (0, 1)]
        pushes = [
            re.search(r'requests_total\{.*?route="/v1/push",status="200"\} (\d+)', one) for one in figures
        ]
        assert [int(float(found.group(1))) for found in pushes if found] == [21, 20]
        assert "anna" not in "".join(figures)
        for laptop in laptops:
            laptop.http.close()
        assert [first.stop(), second.stop()] == [0, 0]


def test_figures_count_records_by_outcome(anna: Laptop) -> None:
    def counted(status: str) -> float:
        found = re.search(
            rf'pushed_records_total\{{status="{status}"\}} (\S+)', anna.http.get("/metrics").text
        )
        return float(found.group(1)) if found else 0

    before = counted("stored"), counted("refused")
    anna.push(record(new_id(), 0, a_case()), record(new_id(), 0, a_case()), record(new_id(), 0, a_case("\0")))
    assert (counted("stored"), counted("refused")) == (before[0] + 2, before[1] + 1)


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="needs /proc")
def test_the_databases_password_is_in_no_process_list(module_database: TestDatabase, tmp_path: Path) -> None:
    with service_process(tmp_path, module_database.service_url, database_password="kodeord-i-miljøet"):
        lines = [one.read_bytes() for one in Path("/proc").glob("[0-9]*/cmdline") if one.exists()]
    assert any(b"visitator_tui" in line for line in lines)
    assert not any(b"kodeord" in line for line in lines)


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The message of a command that ends with an error the user can mend."""
    assert main(["server", *arguments]) == 2
    return capsys.readouterr().err


def test_a_password_on_the_command_line_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    message = told(capsys, "run", "--database", "postgresql://bruger:hemmelig@127.0.0.1/x")
    assert "VISITATOR_SERVER_DATABASE_PASSWORD" in message
    assert "hemmelig" not in message


def test_a_database_that_does_not_answer_or_is_not_migrated_is_told_of(
    capsys: pytest.CaptureFixture[str], postgres: PostgresServer
) -> None:
    assert "svarer ikke" in told(capsys, "run", "--database", "postgresql://x@127.0.0.1:1/x")
    empty = postgres.new_database()
    assert "server migrate" in told(capsys, "run", "--database", empty.service_url)
    postgres.drop(empty)
    assert "PostgreSQL" in told(capsys, "run", "--database", "mysql://x@y/z")
    assert "»port«" in told(capsys, "run", "--port", "80000")


def test_migrating_twice_changes_nothing(
    capsys: pytest.CaptureFixture[str], test_database: TestDatabase
) -> None:
    assert main(["server", "migrate", "--database", test_database.owner_url]) == 0
    assert main(["server", "tenant", "provby", "Prøvby", "--database", test_database.owner_url]) == 0
    assert "i forvejen" in capsys.readouterr().out


@pytest.mark.parametrize("days", ["182", "1827", "x", "-1"])
def test_the_log_of_access_is_kept_for_half_a_year_at_least_and_five_at_most(
    capsys: pytest.CaptureFixture[str], module_database: TestDatabase, days: str
) -> None:
    assert main(["server", "tidy", f"--audit-days={days}", "--database", module_database.owner_url]) == 2
    assert "183" in capsys.readouterr().err


def test_tidying_removes_what_is_too_old_and_nothing_else(
    capsys: pytest.CaptureFixture[str], test_database: TestDatabase
) -> None:
    def push(days_ago: int) -> None:
        database = opened(test_database.service_url)
        now = datetime.now(UTC) - timedelta(days=days_ago)
        Push(Ledger(database), lambda: now, 14).take(who("anna"), parsed([record(new_id(), 0, a_case())]))
        database.close()

    for days_ago in (200, 190, 100, 1):
        push(days_ago)
    assert main(["server", "tidy", "--audit-days", "195", "--database", test_database.owner_url]) == 0
    # Of the batches the second and third push had removed those that were too old by then.
    assert "adgang: 1; gamle svar på forsendelser: 0" in capsys.readouterr().out
    with psycopg.connect(test_database.owner_url) as connection:
        counts = [
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()
            for table in ("records", "access_audit", "batches")
        ]
    assert counts == [(4,), (3,), (1,)]


def test_without_the_extra_the_command_says_how_to_install_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert "pip install 'visitator-tui[server]'" in told(capsys, "run")


def test_workers_that_share_an_address_hold_no_part_of_an_answer_back() -> None:
    listening = SharedAddress("app:app", host="127.0.0.1", port=0).bind_socket()
    listening.listen()
    with listening, socket.create_connection(listening.getsockname()):
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)

"""Who does not get in, and what nobody can do: refused, logged, and nothing has changed.

A real service over a real PostgreSQL, with real identity providers of two municipalities.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from typing import Any

import httpx
import psycopg
import pytest
from guarded import Guarded, guarded_service
from postgres import SERVICE, PostgresServer, TestDatabase
from service import OTHER_TENANT, TENANT
from sync_kit import Laptop, a_case, batch, new_id, record

ADDRESSES = [
    ("GET", "/v1/standing"),
    ("POST", "/v1/push"),
    ("GET", "/v1/changes"),
    ("GET", "/v1/revisions"),
    ("GET", "/v1/cases?search=Bodil"),
    ("GET", "/v1/files"),
    ("GET", "/v1/admin/devices"),
    ("POST", "/v1/admin/enrolments"),
]
CASE = new_id()


@pytest.fixture(scope="module")
def guarded(
    postgres: PostgresServer, module_database: TestDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Guarded]:
    """A service with one case of Anna's in it."""
    with guarded_service(postgres, module_database, tmp_path_factory.mktemp("guarded")) as made:
        assert made.laptop("anna").status(record(CASE, 0, a_case("Går dårligt."))) == ["stored"]
        made.laptop("nina", other=True).standing()
        made.laptop("ada", "admin").standing()
        yield made


@pytest.fixture
def untouched(guarded: Guarded) -> Iterator[None]:
    """Nothing but the logs is otherwise after the test."""
    before = guarded.digest()
    yield
    assert guarded.digest() == before


def ask(laptop: Laptop, method: str, path: str) -> tuple[int, str]:
    """The refusal of a request that would do something, if it were let."""
    sent: Any = batch([record(CASE, 1, a_case("Ændret."))])
    if path == "/v1/admin/enrolments":
        sent = {"user": "eve", "roles": ["admin"]}
    return laptop.refused(method, path, json=sent if method == "POST" else None)


@pytest.mark.usefixtures("untouched")
@pytest.mark.parametrize(
    ("fault", "code", "why"),
    [
        ("expired", "expired", "expired"),
        ("audience", "unauthenticated", "wrong audience"),
        ("issuer", "unauthenticated", "unknown issuer"),
        ("key", "unauthenticated", "wrong signature"),
        ("none", "unauthenticated", "algorithm not allowed, or no key id"),
        ("confused", "unauthenticated", "algorithm not allowed, or no key id"),
        ("kid", "unauthenticated", "unknown key"),
    ],
)
def test_a_token_that_does_not_hold_opens_no_address(
    guarded: Guarded, fault: str, code: str, why: str
) -> None:
    token = guarded.idp.token("anna", fault=fault, roles=["visitator", "leader", "admin"])
    for method, path in ADDRESSES:
        assert ask(guarded.with_token(token), method, path) == (401, code)
    last = guarded.logged()[-1]
    assert (last["status"], last["code"], last["why"]) == (401, code, why)
    assert token.split(".")[1] not in guarded.service.log()


@pytest.mark.usefixtures("untouched")
@pytest.mark.parametrize(
    "token",
    ["x", "Bearer", "vt1.provby", f"vt1.provby.{uuid.uuid4()}.{'A' * 43}", f"vt1.../{uuid.uuid4()}.{'A' * 43}",
     "vt1.provby' OR '1'='1.x.y", "a.b.c", "." * 9, "e" * 30_000],
    ids=map(str, range(9)),  # the same in every process of pytest-xdist
)  # fmt: skip
def test_what_is_no_token_opens_no_address(guarded: Guarded, token: str) -> None:
    for method, path in ADDRESSES:
        assert ask(guarded.with_token(token), method, path) == (401, "unauthenticated")


@pytest.mark.usefixtures("untouched")
def test_nobody_opens_no_address(guarded: Guarded) -> None:
    for method, path in ADDRESSES:
        assert ask(guarded.nobody(), method, path) == (401, "unauthenticated")
    for wrong in ("Basic YW5uYTphbm5h", "Bearer", "bearer", "Token abc"):
        assert ask(
            Laptop(httpx.Client(base_url=guarded.service.url, headers={"Authorization": wrong})),
            *ADDRESSES[0],
        )


@pytest.mark.usefixtures("untouched")
def test_another_municipalitys_user_finds_nothing_and_changes_nothing(guarded: Guarded) -> None:
    nina = guarded.laptop("nina", "visitator", "leader", other=True)
    assert nina.pull() == []
    assert nina.ask("GET", "/v1/cases", params={"search": "Bodil"}) in ([], {"cases": []})
    assert nina.refused("POST", f"/v1/cases/{CASE}/follow") == (404, "not_found")
    assert nina.refused("POST", "/v1/push", json=batch([record(CASE, 1, a_case("Ændret."))]))[0] == 409
    assert CASE not in nina.http.get("/v1/revisions").text


def test_a_colleague_and_an_administrator_see_only_what_is_theirs(guarded: Guarded) -> None:
    bo, lea = guarded.laptop("bo"), guarded.laptop("lea", "visitator", "leader")
    bo.standing(), lea.standing()  # their laptops are known from here on
    before = {table: told for table, told in guarded.digest().items() if table != "batches"}
    assert bo.pull() == []
    assert bo.push(record(CASE, 1, a_case("Ændret.")))[0]["reason"] == "not_yours"
    for method, path in ADDRESSES[1:6]:
        assert ask(guarded.laptop("ada", "admin"), method, path) == (403, "forbidden")
    for method, path in ADDRESSES[6:]:
        assert ask(lea, method, path) == (403, "forbidden")
    assert {table: told for table, told in guarded.digest().items() if table != "batches"} == before


def test_somebody_without_a_role_is_told_so(guarded: Guarded) -> None:
    assert guarded.laptop("guest", "cleaner").refused("GET", "/v1/standing") == (403, "no_role")


def test_a_revoked_device_gets_403_and_nothing_else(guarded: Guarded) -> None:
    told = guarded.enrolled("anna", "visitator", "admin")
    device = guarded.with_token(told["token"])
    assert [one["id"] for one in device.pull()] == [CASE]
    guarded.laptop("ada", "admin").ask("POST", f"/v1/admin/devices/{told['device_id']}/revoke")
    before = guarded.digest()
    for method, path in ADDRESSES:
        answer = device.http.request(
            method, path, json=batch([record(CASE, 1, None)]) if method == "POST" else None
        )
        assert (answer.status_code, set(answer.json()), answer.json()["error"]) == (
            403,
            {"error", "message"},
            "revoked",
        )
    assert guarded.digest() == before
    assert guarded.logged()[-1]["why"] == "revoked device"
    # The same for the laptop of a user who signs in, whatever her token says.
    laptop = guarded.laptop("bo")
    laptop.standing()
    guarded.laptop("ada", "admin").ask(
        "POST", f"/v1/admin/devices/{laptop.http.headers['Visitator-Device']}/revoke"
    )
    assert laptop.refused("GET", "/v1/changes") == (403, "revoked")


def test_a_code_lets_one_device_in_once_and_for_its_user_alone(guarded: Guarded) -> None:
    code = guarded.operate("enrol", TENANT, "bo", "--name", "Bo Bang").split()[1]
    nobody = guarded.nobody()
    assert nobody.refused("POST", "/v1/enrol", json={"code": code, "device": "pc", "user": "anna"}) == (
        403,
        "code",
    )
    wrong = code[:-1] + ("A" if code[-1] != "A" else "B")
    assert nobody.refused("POST", "/v1/enrol", json={"code": wrong, "device": "pc"}) == (403, "code")
    elsewhere = code.replace(TENANT, OTHER_TENANT)
    assert nobody.refused("POST", "/v1/enrol", json={"code": elsewhere, "device": "pc"}) == (403, "code")

    told = nobody.ask(
        "POST", "/v1/enrol", json={"code": code.lower().replace("0", "o"), "device": "pc", "user": "bo"}
    )
    assert guarded.with_token(told["token"]).standing()["user"] == "bo"
    before = guarded.digest()
    assert nobody.refused("POST", "/v1/enrol", json={"code": code, "device": "pc"}) == (403, "code")
    assert guarded.digest() == before

    with guarded.postgres.connect(guarded.database.name) as connection:
        rows = str(connection.execute("SELECT * FROM devices").fetchall())
        rows += str(connection.execute("SELECT * FROM enrolments").fetchall())
    assert told["token"].rpartition(".")[2] not in rows
    assert code[len(TENANT) + 1 :].replace("-", "") not in rows
    assert told["token"].rpartition(".")[2] not in guarded.service.log()


def test_a_code_that_is_too_old_lets_nobody_in(guarded: Guarded) -> None:
    code = guarded.code("bo")
    with guarded.postgres.connect(guarded.database.name) as connection:
        connection.execute("UPDATE enrolments SET expires_at = '2020-01-01' WHERE used_at IS NULL")
    assert guarded.nobody().refused("POST", "/v1/enrol", json={"code": code, "device": "pc"}) == (403, "code")


DEEP = b'{"batch":' + b"[" * 100_000
MALFORMED = [
    b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", DEEP, b'{"batch": 1e999}', b'{"records": NaN}',
    json.dumps({"batch": "x", "records": []}).encode(),
    json.dumps(batch([{}])).encode(),
    json.dumps(batch([record("../../etc/passwd", 0, {})])).encode(),
    json.dumps(batch([record(new_id(), -1, {})])).encode(),
    json.dumps(batch([record(new_id(), 2**70, {})])).encode(),
    json.dumps(batch([record(new_id(), 0, {}) | {"assigned_to": ["anna"]}])).encode(),
    json.dumps(batch([{**record(new_id(), 0, {}), "body": "text"}])).encode(),
    json.dumps({**batch([]), "audit_head": {"seq": "1; DROP TABLE records", "mac": ""}}).encode(),
]  # fmt: skip


@pytest.mark.usefixtures("untouched")
@pytest.mark.parametrize("body", MALFORMED, ids=map(str, range(len(MALFORMED))))
def test_a_malformed_body_is_refused(guarded: Guarded, body: bytes) -> None:
    assert guarded.laptop("anna").refused("POST", "/v1/push", content=body) == (400, "malformed")


@pytest.mark.usefixtures("untouched")
def test_an_oversized_body_is_refused(guarded: Guarded) -> None:
    anna = guarded.laptop("anna")
    assert anna.refused("POST", "/v1/push", content=b" " * 8_100_000) == (413, "too_large")

    def endless() -> Iterator[bytes]:  # no Content-Length: it is counted as it comes
        for _ in range(200):
            yield b" " * 50_000

    assert anna.refused("POST", "/v1/push", content=endless()) == (413, "too_large")
    many = batch([record(new_id(), 0, {}) for _ in range(501)])
    assert anna.refused("POST", "/v1/push", json=many) == (413, "too_large")
    assert guarded.nobody().refused("POST", "/v1/enrol", content=b" " * 20_000) == (413, "too_large")


def test_a_record_that_cannot_be_stored_does_not_hold_up_the_others(guarded: Guarded) -> None:
    anna = guarded.laptop("anna")
    large = record(new_id(), 0, {"text": "x" * 2_100_000})
    nul = record(new_id(), 0, {"text": "a\0b"})
    half = record(new_id(), 0, {"text": "x"})
    owner = record(new_id(), 0, {}, assigned_to="a\0b' OR 1=1")
    raw = json.dumps(batch([large, nul, half, owner])).replace('"x"', '"\\ud800"')
    told = anna.ask("POST", "/v1/push", content=raw.encode())["results"]
    assert [(one["status"], one["reason"]) for one in told] == [
        ("refused", "too_large"), ("refused", "nul"), ("refused", "text"), ("refused", "assigned_to"),
    ]  # fmt: skip


@pytest.mark.usefixtures("untouched")
@pytest.mark.parametrize(
    "typed",
    ["' OR '1'='1", "Bodil'; DROP TABLE records; --", "%", "_", "\\", "Bodil%' --", "\0", "x" * 5000, "$1"],
)
def test_a_search_finds_words_and_not_commands(guarded: Guarded, typed: str) -> None:
    answer = guarded.laptop("anna").http.get("/v1/cases", params={"search": typed})
    assert answer.status_code in (200, 400)
    assert CASE not in answer.text


@pytest.mark.usefixtures("untouched")
@pytest.mark.parametrize(
    "path",
    ["/v1/files/../../../etc/passwd", "/v1/files/..%2f..%2f..%2fetc%2fpasswd", "/v1/files/%00", "/v1/files/" + "a" * 63,
     "/v1/files/" + "A" * 64, "/v1/cases/../admin/follow", "/v1/cases/1%20OR%201=1/follow", "/v1//standing",
     "/v1/sign-in/..%2fnaboby", "/v1/sign-in/provby'--", "/v1/admin/devices/x/revoke", "/%2e%2e/%2e%2e/etc/passwd"],
)  # fmt: skip
def test_a_path_trick_leads_nowhere(guarded: Guarded, path: str) -> None:
    for method in ("GET", "POST", "DELETE"):
        answer = guarded.laptop("anna").http.request(method, path)
        assert answer.status_code in (400, 403, 404, 405)
        assert "root:" not in answer.text


@pytest.mark.usefixtures("untouched")
@pytest.mark.parametrize(
    "query", ["since=-1", "since=1;DROP", "since=" + "9" * 30, "limit=x", "limit=-5", "since=٣"]
)
def test_a_number_that_is_none_is_refused(guarded: Guarded, query: str) -> None:
    assert guarded.laptop("anna").refused("GET", f"/v1/changes?{query}") == (400, "malformed")


def test_row_level_security_holds_without_the_applications_filter(guarded: Guarded) -> None:
    other = new_id()
    guarded.laptop("nina", other=True).push(record(other, 0, a_case(), "nina"))
    with guarded.postgres.connect(guarded.database.name) as connection:
        kept = connection.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' "
            "AND (column_name = 'tenant' OR (table_name = 'tenants' AND column_name = 'id'))"
        ).fetchall()
        assert len(kept) >= 12
    with guarded.postgres.connect(guarded.database.name, SERVICE) as connection:
        for table, column in kept:
            if table == "sign_ins":  # read before the municipality is known; says nothing of anybody
                continue
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table
            connection.execute("SELECT set_config('visitator.tenant', %s, false)", [TENANT])
            assert connection.execute(
                f"SELECT count(*) FROM {table} WHERE {column} <> %s", [TENANT]
            ).fetchone() == (0,)
            connection.execute("SELECT set_config('visitator.tenant', '', false)")
        connection.execute("SELECT set_config('visitator.tenant', %s, false)", [TENANT])
        assert {row[0] for row in connection.execute("SELECT tenant FROM records")} == {TENANT}
        assert connection.execute("UPDATE records SET name = 'x' WHERE id = %s", [other]).rowcount == 0
        assert connection.execute("DELETE FROM records WHERE id = %s", [other]).rowcount == 0
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("UPDATE records SET tenant = %s", [OTHER_TENANT])
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("INSERT INTO follows VALUES (%s, 'anna', %s, '')", [OTHER_TENANT, other])
        for forbidden in (
            "DELETE FROM access_audit", "UPDATE access_audit SET user_id = 'x'", "UPDATE audit_heads SET mac = ''",
            "DELETE FROM devices", "INSERT INTO published_files VALUES ('provby', 'x', '')", "DROP TABLE records",
            "ALTER TABLE records DISABLE ROW LEVEL SECURITY", "UPDATE sign_ins SET issuer = 'x'",
            "SET ROLE visitator_owner", "COPY records TO PROGRAM 'cat'",
        ):  # fmt: skip
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(forbidden)


def test_reads_and_writes_are_in_the_audit_without_content(guarded: Guarded) -> None:
    anna, case = guarded.laptop("anna"), new_id()
    anna.push(record(case, 0, a_case("Hemmelig oplysning.", "Karla Kjær")))
    anna.pull()
    guarded.laptop("lea", "visitator", "leader").ask("GET", "/v1/cases", params={"search": "Karla"})
    with guarded.postgres.connect(guarded.database.name) as connection:
        told = connection.execute(
            "SELECT user_id, action FROM access_audit WHERE ids LIKE %s ORDER BY number", [f"%{case}%"]
        ).fetchall()
        everything = str(connection.execute("SELECT * FROM access_audit").fetchall())
    assert [user for user, _ in told] == ["anna", "anna", "lea"]
    assert len({action for _, action in told}) == 3
    assert "Karla" not in everything
    assert "Hemmelig" not in everything
    assert "Karla" not in guarded.service.log()


def test_a_laptop_whose_audit_is_behind_its_anchor_is_flagged(guarded: Guarded) -> None:
    anna = guarded.laptop("anna")
    told = [
        anna.ask(
            "POST",
            "/v1/push",
            json=batch([record(new_id(), 0, a_case())], audit_head={"seq": seq, "mac": mac}),
        )
        for seq, mac in ((10, "aa"), (20, "bb"), (20, "bb"), (15, "cc"), (20, "dd"))
    ]
    assert [one["results"][0]["status"] for one in told] == ["stored"] * 5, (
        "no edit is lost over a doubtful log"
    )
    assert [one["audit_doubt"] for one in told] == [None, None, None, "older", "rewritten"]
    figures = anna.http.get("/metrics").text
    assert all(
        f'visitator_audits_doubted_total{{why="{why}"}} 1.0' in figures for why in ("older", "rewritten")
    )
    assert '"event": "audit_rewritten"' in guarded.service.log()
    with guarded.postgres.connect(guarded.database.name) as connection:
        flagged = connection.execute(
            "SELECT action, ids, user_id FROM access_audit WHERE action LIKE 'audit%' ORDER BY number"
        ).fetchall()
        anchored = connection.execute("SELECT seq, mac FROM audit_heads ORDER BY seq").fetchall()
    assert flagged == [("audit_older", "15", "anna"), ("audit_rewritten", "20", "anna")]
    assert anchored == [(10, "aa"), (20, "bb")]


def test_somebody_who_tries_codes_is_slowed_down(guarded: Guarded) -> None:
    nobody = guarded.nobody()
    told = {
        nobody.refused("POST", "/v1/enrol", json={"code": "provby-1-2-3-4", "device": "pc"})
        for _ in range(40)
    }
    assert told == {(403, "code"), (429, "rate")}
    assert nobody.http.post("/v1/enrol", json={}).headers["Retry-After"].isdigit()

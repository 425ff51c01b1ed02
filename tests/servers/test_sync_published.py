"""From the municipality's folder to the laptop: signed on the way, taken whole or not at all; and a move of house."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
from guarded import Guarded, guarded_service
from postgres import PostgresServer, TestDatabase
from service import OTHER_TENANT, TENANT
from sync_kit import Laptop, a_case, a_letter, new_id, prepare, record

from visitator_tui import composition
from visitator_tui.resources import asset
from visitator_tui.store import SqlCipherVault, keyfile
from visitator_tui.sync.current import current_folder
from visitator_tui.sync.files import PublishedFiles, PublishedFilesError
from visitator_tui.sync.making import Store, make_loop
from visitator_tui.sync.sign_in import CREDENTIALS, SignIn
from visitator_tui.usecases.ports import Actor, CaseStore
from visitator_tui.usecases.sync_wire import SyncError, Trouble

NOW = datetime.now(UTC)
USERS = '{"format": "visitator-users/1", "users": [{"id": "anna", "name": "Anna Ask", "title": "visitator"}]}'
CHEAP = keyfile.KdfCost(memory_kib=64, iterations=1, lanes=1)


@pytest.fixture(scope="module")
def guarded(
    postgres: PostgresServer, module_database: TestDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Guarded]:
    """A service, a signing key, and one published version."""
    with guarded_service(postgres, module_database, tmp_path_factory.mktemp("published")) as made:
        made.operate("key", str(made.folder / "signing.key"))
        (made.folder / "files" / "catalogues").mkdir(parents=True)
        shutil.copy(asset("catalogues", "herning-2022.yaml"), made.folder / "files" / "catalogues")
        (made.folder / "files" / "users.json").write_text(USERS, "utf-8")
        assert "Udgave 1 med 2 filer" in publish(made)
        yield made


def publish(guarded: Guarded) -> str:
    return guarded.operate(
        "publish", TENANT, str(guarded.folder / "files"), "--key", str(guarded.folder / "signing.key")
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CaseStore]:
    """The encrypted database of a laptop."""
    opened = SqlCipherVault(tmp_path / "laptop", "pc", cost=CHEAP).create("en lang sætning", NOW)
    yield opened
    opened.close()


def sign_in(guarded: Guarded, store: CaseStore) -> SignIn:
    service = httpx.Client(base_url=guarded.service.url, timeout=30)
    return SignIn(store, service, httpx.Client(timeout=30), Actor("anna", "pc"), lambda: datetime.now(UTC))


def client(guarded: Guarded, signed: SignIn) -> Laptop:
    return guarded.with_token(signed.token(), signed.device())


def taken(guarded: Guarded, laptop: Laptop, folder: Path, public_key: str) -> tuple[PublishedFiles, Any]:
    files = PublishedFiles(folder, TENANT, public_key, composition.published_check())
    manifest = laptop.http.get("/v1/files")
    return files, lambda: files.take(
        manifest.content, lambda sha256: laptop.http.get(f"/v1/files/{sha256}").content
    )


def test_an_enrolled_laptop_takes_the_files_and_keeps_its_token_in_the_encrypted_store(
    guarded: Guarded, store: CaseStore, tmp_path: Path
) -> None:
    signed = sign_in(guarded, store)
    assert signed.signed_in() is None
    with pytest.raises(SyncError) as told:
        signed.token()
    assert told.value.trouble is Trouble.EXPIRED
    with pytest.raises(SyncError, match="Koden passer ikke"):
        signed.enrol("provby-AAAA-AAAA-AAAA-AAAA", "pc")

    who = signed.enrol(guarded.code("anna"), "pc-anna")
    assert (who.tenant, who.user) == (TENANT, "anna")
    laptop = client(guarded, signed)
    assert laptop.standing()["user"] == "anna"
    (tmp_path / "taken").mkdir()
    files, take = taken(guarded, laptop, tmp_path / "taken", who.public_key)
    assert take() == 1
    folder = files.folder()
    assert folder is not None
    shipped = asset("catalogues", "herning-2022.yaml")
    assert (folder / "catalogues" / "herning-2022.yaml").read_bytes() == shipped.read_bytes()

    secret = signed.token().rpartition(".")[2].encode()
    assert store.setting(CREDENTIALS)
    assert all(secret not in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_the_loop_takes_the_files_and_says_when_they_cannot_be_used(
    guarded: Guarded, store: CaseStore, tmp_path: Path
) -> None:
    signed = sign_in(guarded, store)
    signed.enrol(guarded.code("anna"), "pc-anna")
    told = json.loads(store.setting(CREDENTIALS) or "")
    told["public_key"] = ""  # let in before anything was published
    store.set_setting(CREDENTIALS, json.dumps(told), Actor("anna", "pc"), NOW)
    loop = make_loop(
        *(cast("Store", store), signed, guarded.service.url, Actor("anna", "pc"), lambda: datetime.now(UTC)),
        *(timedelta(days=30), tmp_path / "published", composition.published_check()),
    )
    with guarded.postgres.connect(guarded.database.name) as connection:
        connection.execute("UPDATE published SET manifest = replace(manifest, 'herning', 'hurning')")
    with pytest.raises(SyncError, match="ikke taget i brug"):
        loop.sync_once()
    assert "ikke taget i brug" in loop.state().error
    assert current_folder(tmp_path / "published") is None
    with guarded.postgres.connect(guarded.database.name) as connection:
        connection.execute("UPDATE published SET manifest = replace(manifest, 'hurning', 'herning')")
    loop.sync_once()
    assert loop.state().error == ""
    folder = current_folder(tmp_path / "published")
    assert folder is not None
    assert (folder / "users.json").read_text("utf-8") == USERS


def test_a_user_signs_in_by_device_code_and_stays_signed_in(guarded: Guarded, store: CaseStore) -> None:
    signed = sign_in(guarded, store)
    waiting = signed.begin(TENANT)
    assert waiting.address.startswith(guarded.idp.issuer)
    again = signed.look(waiting)
    assert again is not None
    guarded.idp.approve(waiting.code, "anna", name="Anna Ask")
    assert signed.look(again) is None
    who = signed.signed_in()
    assert who is not None
    assert (who.tenant, bool(who.public_key), bool(who.device)) == (TENANT, True, True)
    assert client(guarded, signed).standing()["user"] == "anna"

    first = signed.token()
    assert signed.token() == first
    signed.renew()
    assert client(guarded, signed).standing()["user"] == "anna"

    signed.sign_out()
    assert signed.signed_in() is None


def test_who_signs_in_while_the_other_users_token_is_renewed_stays_signed_in(
    guarded: Guarded, store: CaseStore
) -> None:
    renewed, release = threading.Event(), threading.Event()

    def hold(answer: httpx.Response) -> None:
        if b"grant_type=refresh_token" in answer.request.content:
            renewed.set()
            release.wait(10)

    service = httpx.Client(base_url=guarded.service.url, timeout=30)
    outside = httpx.Client(timeout=30, event_hooks={"response": [hold]})
    signed = SignIn(store, service, outside, Actor("anna", "pc"), lambda: datetime.now(UTC))
    for user in ("anna", "bo"):
        waiting = signed.begin(TENANT)
        guarded.idp.approve(waiting.code, user)
        if user == "anna":
            assert signed.look(waiting) is None
            renewing = threading.Thread(target=signed.renew)
            renewing.start()
            assert renewed.wait(10)
    signing_in = threading.Thread(target=signed.look, args=(waiting,))
    signing_in.start()
    signing_in.join(0.2)  # it would be done by now if it did not wait for the renewal
    release.set()
    renewing.join(10)
    signing_in.join(10)
    assert client(guarded, signed).standing()["user"] == "bo"


def test_a_sign_in_that_is_denied_or_forgotten_is_said_in_words(guarded: Guarded, store: CaseStore) -> None:
    signed = sign_in(guarded, store)
    waiting = signed.begin(TENANT)
    guarded.idp.deny(waiting.code)
    with pytest.raises(SyncError, match="sagde nej") as told:
        signed.look(waiting)
    assert told.value.trouble is Trouble.DENIED
    with pytest.raises(SyncError, match="udløbet"):
        signed.look(waiting)
    with pytest.raises(SyncError, match="Brug en kode"):
        signed.begin("ukendt")


@pytest.mark.parametrize("what", ["content", "manifest", "version"])
def test_a_catalogue_tampered_with_in_the_database_is_not_taken(
    guarded: Guarded, store: CaseStore, tmp_path: Path, what: str
) -> None:
    signed = sign_in(guarded, store)
    who = signed.enrol(guarded.code("anna"), "pc-anna")
    laptop = client(guarded, signed)
    tamper = {
        "content": "UPDATE published_files SET content = replace(convert_from(content, 'UTF8'), '2022', '2023')::bytea",
        "manifest": "UPDATE published SET manifest = replace(manifest, 'herning-2022', 'herning-2023')",
        "version": "UPDATE published SET manifest = replace(manifest, '\"version\":1', '\"version\":9')",
    }
    with guarded.postgres.connect(guarded.database.name) as connection:
        connection.execute("CREATE TABLE kept AS SELECT * FROM published")
        connection.execute("CREATE TABLE kept_files AS SELECT * FROM published_files")
        connection.execute("SET standard_conforming_strings = on")
        assert connection.execute(tamper[what]).rowcount
    try:
        files, take = taken(guarded, laptop, tmp_path, who.public_key)
        with pytest.raises(PublishedFilesError, match="ikke taget i brug"):
            take()
        assert files.folder() is None
    finally:
        with guarded.postgres.connect(guarded.database.name) as connection:
            connection.execute("TRUNCATE published, published_files")
            connection.execute("INSERT INTO published SELECT * FROM kept")
            connection.execute("INSERT INTO published_files SELECT * FROM kept_files")
            connection.execute("DROP TABLE kept, kept_files")


def test_a_catalogue_with_errors_is_not_published(guarded: Guarded) -> None:
    broken = guarded.folder / "files" / "catalogues" / "broken.yaml"
    before = guarded.digest()
    try:
        broken.write_text("format: visitator-catalogue/1\nid: x\n", "utf-8")
        done = guarded.try_to_operate(
            *("publish", TENANT, str(guarded.folder / "files"), "--key", str(guarded.folder / "signing.key"))
        )
        assert done.returncode == 2
        assert "Intet er udgivet" in done.stderr
        assert "catalogues/broken.yaml" in done.stderr
        assert guarded.digest() == before
    finally:
        broken.unlink()


def test_files_of_another_municipality_cannot_be_had(guarded: Guarded) -> None:
    with guarded.postgres.connect(guarded.database.name) as connection:
        row = connection.execute("SELECT sha256 FROM published_files LIMIT 1").fetchone()
    assert row is not None
    assert guarded.laptop("anna").http.get(f"/v1/files/{row[0]}").status_code == 200
    nina = guarded.laptop("nina", other=True)
    assert nina.refused("GET", f"/v1/files/{row[0]}") == (404, "not_found")
    assert nina.refused("GET", "/v1/files") == (404, "not_found")


def test_a_municipality_moves_to_another_service_with_all_it_has(
    guarded: Guarded, postgres: PostgresServer, tmp_path: Path
) -> None:
    anna, case = guarded.laptop("anna"), new_id()
    anna.push(record(case, 0, a_case("Æøå.")), a_letter(case))
    guarded.laptop("nina", other=True).push(record(new_id(), 0, a_case(), "nina"))
    file = tmp_path / "provby.jsonl"
    assert "Filen er ikke krypteret" in guarded.operate("export", TENANT, "-o", str(file))

    new = postgres.new_database()
    prepare(new.owner_url)
    with postgres.connect(new.name) as connection:
        connection.execute("DELETE FROM tenants WHERE id = %s", [TENANT])
    there = Guarded(guarded.service, guarded.idp, guarded.other_idp, postgres, new, tmp_path)
    before = there.digest()
    whole = file.read_bytes()
    for cut in (whole[:-200], whole.replace("Æøå".encode(), "Aøå".encode())):
        (tmp_path / "cut.jsonl").write_bytes(cut)
        refused = there.try_to_operate("import", str(tmp_path / "cut.jsonl"))
        assert (refused.returncode, there.digest()) == (2, before)
    assert "er flyttet ind" in there.operate("import", str(file))
    assert there.try_to_operate("import", str(file)).returncode == 2

    mine = "SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM {} t WHERE tenant = 'provby'"
    for table in (
        "records",
        "devices",
        "published",
        "published_files",
        "sign_ins",
        "audit_heads",
        "enrolments",
    ):
        rows = [db.execute(mine.format(table)).fetchone() for db in (connect(guarded), connect(there))]
        assert rows[0] == rows[1], table
    others = connect(there).execute("SELECT count(*) FROM records WHERE tenant = %s", [OTHER_TENANT])
    assert others.fetchone() == (0,)
    postgres.drop(new)


def connect(guarded: Guarded) -> Any:
    return guarded.postgres.connect(guarded.database.name)

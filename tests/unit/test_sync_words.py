"""What the visitator is told when a sync does not come to its end, and when it is tried again."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from visitator_tui.domain.case import Case
from visitator_tui.store import open_throwaway
from visitator_tui.store.store import SqlCipherStore
from visitator_tui.sync.loop import SyncLoop
from visitator_tui.sync.sign_in import SignIn
from visitator_tui.sync.transport import HttpServer
from visitator_tui.usecases.ports import Actor
from visitator_tui.usecases.sync_ports import Applied, SyncState
from visitator_tui.usecases.sync_wire import SyncError, Trouble

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
ANNA = Actor("anna", "pc-1")
Answer = Callable[[httpx.Request], httpx.Response]


def server(answer: Answer) -> HttpServer:
    client = httpx.Client(base_url="https://sync.example", transport=httpx.MockTransport(answer))
    return HttpServer(client, lambda: "hemmelig", lambda: NOW)


def ours(status: int, told: Any, **headers: str) -> Answer:
    return lambda _: httpx.Response(status, json=told, headers={"Visitator": "1", **headers})


def standing(time: datetime = NOW) -> dict[str, Any]:
    return {"tenant": "provby", "epoch": "e", "seq": 0, "time": time.isoformat(), "user": "anna", "roles": []}


def lost(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("no route to 10.1.2.3", request=request)


CASES: list[tuple[str, Answer, Trouble, str]] = [
    ("no network", lost, Trouble.OFFLINE, "når der er net"),
    ("portal", lambda _: httpx.Response(200, html="<h1>Log ind</h1>"), Trouble.PORTAL, "åbn en browser"),
    (
        "portal sends elsewhere",
        lambda _: httpx.Response(302, headers={"Location": "/"}),
        Trouble.PORTAL,
        "log ind dér",
    ),
    ("behind", ours(200, standing(NOW + timedelta(minutes=12))), Trouble.CLOCK, "12 minutter bagud"),
    ("ahead", ours(200, standing(NOW - timedelta(hours=1))), Trouble.CLOCK, "60 minutter foran"),
    ("expired", ours(401, {"error": "expired"}), Trouble.EXPIRED, "Log ind igen"),
    ("revoked", ours(403, {"error": "revoked"}), Trouble.REVOKED, "spærret"),
    ("no role", ours(403, {"error": "no_role"}), Trouble.DENIED, "it-afdelingen"),
    ("full", ours(507, {"error": "disk_full"}), Trouble.FULL, "server er fuld"),
    ("full, by another number", ours(503, {"error": "disk_full"}), Trouble.FULL, "server er fuld"),
    ("busy", ours(429, {"error": "rate"}), Trouble.BUSY, "travlt"),
    ("too large", ours(413, {"error": "too_large"}), Trouble.TOO_LARGE, "fylder for meget"),
    ("stopped", ours(503, {"error": "unavailable"}), Trouble.SERVICE, "prøver selv igen"),
    ("portal by the book", lambda _: httpx.Response(511), Trouble.PORTAL, "åbn en browser"),
    ("no words of ours", lambda _: httpx.Response(502), Trouble.SERVICE, "prøver selv igen"),
    (
        "other protocol",
        lambda _: httpx.Response(200, json={}, headers={"Visitator": "2"}),
        Trouble.VERSION,
        "nyeste",
    ),
    ("other answer", ours(200, {"hvad": 1}), Trouble.VERSION, "nyeste udgave"),
    (
        "no JSON",
        lambda _: httpx.Response(200, text="?", headers={"Visitator": "1"}),
        Trouble.VERSION,
        "nyeste",
    ),
]


@pytest.mark.parametrize(("name", "answer", "trouble", "says"), CASES, ids=[one[0] for one in CASES])
def test_each_trouble_has_its_message(name: str, answer: Answer, trouble: Trouble, says: str) -> None:
    with pytest.raises(SyncError, match=says) as problem:
        server(answer).standing()
    assert problem.value.trouble is trouble
    for secret in ("hemmelig", "10.1.2.3", "Traceback"):
        assert secret not in str(problem.value)


def certificate(folder: Path, until: datetime) -> Path:
    """A certificate for localhost, signed by itself, with its key in the same file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, until - timedelta(days=365), until)
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file = folder / "localhost.pem"
    file.write_bytes(secret + made.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM))
    return file


@pytest.mark.parametrize(
    ("years", "known", "trouble", "says"),
    [(-10, True, Trouble.CLOCK, "ur og dato"), (10, False, Trouble.PORTAL, "åbn en browser")],
)
def test_a_certificate_that_does_not_hold_is_told_for_what_it_is(
    tmp_path: Path, store: SqlCipherStore, years: int, known: bool, trouble: Trouble, says: str
) -> None:
    file = certificate(tmp_path, datetime.now(UTC) + timedelta(days=365 * years))
    theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    theirs.load_cert_chain(file)
    ours = ssl.create_default_context(cafile=str(file) if known else None)

    def answer(listening: socket.socket) -> None:
        for _ in range(2):
            with suppress(OSError):
                theirs.wrap_socket(listening.accept()[0], server_side=True).close()

    with socket.create_server(("localhost", 0)) as listening:
        threading.Thread(target=answer, args=(listening,), daemon=True).start()
        client = httpx.Client(base_url=f"https://localhost:{listening.getsockname()[1]}", verify=ours)
        asking = HttpServer(client, lambda: "hemmelig", lambda: NOW)
        sign_in = SignIn(store, client, client, ANNA, lambda: NOW)
        for ask in (asking.standing, lambda: sign_in.enrol("kode", "pc")):
            with pytest.raises(SyncError, match=says) as problem:
                ask()
            assert problem.value.trouble is trouble


def test_a_token_that_is_not_taken_is_renewed_once() -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.headers["Authorization"])
        good = asked[-1] == "Bearer ny"
        return ours(200 if good else 401, standing() if good else {"error": "expired"})(request)

    tokens = ["gammel"]
    client = httpx.Client(base_url="https://sync.example", transport=httpx.MockTransport(answer))
    renewing = HttpServer(client, lambda: tokens[-1], lambda: NOW, lambda: "pc", lambda: tokens.append("ny"))
    assert renewing.standing().user == "anna"
    assert asked == ["Bearer gammel", "Bearer ny"]


# -- the loop -----------------------------------------------------------------------------------------


class Service:
    """Answers as the service would, or as told."""

    def __init__(self) -> None:
        self.answer: Answer = self.well

    def __call__(self, request: httpx.Request) -> httpx.Response:
        return self.answer(request)

    def well(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/v1/push":
            sent = json.loads(request.content)["records"]
            results = [{"id": one["id"], "status": "stored", "revision": one["base"] + 1} for one in sent]
            return ours(200, {"epoch": "e", "seq": len(sent), "results": results})(request)
        if request.url.path == "/v1/changes":
            return ours(200, {"epoch": "e", "seq": 0, "upto": 0, "more": False, "changes": []})(request)
        return ours(200, standing())(request)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlCipherStore]:
    made = open_throwaway(tmp_path, NOW, "pc-1")
    yield made
    made.close()


def test_it_waits_longer_after_each_failure_and_as_long_as_it_is_asked_to(store: SqlCipherStore) -> None:
    service = Service()
    loop = SyncLoop(store, server(service), ANNA, lambda: NOW, lambda: 0.5)
    service.answer = lost
    waits = []
    for _ in range(12):
        with pytest.raises(SyncError):
            loop.sync_once()
        waits.append(loop.pause())
    assert waits[:4] == [5, 10, 20, 40]
    assert waits[-1] == 600
    service.answer = ours(429, {"error": "rate"}, **{"Retry-After": "120"})
    with pytest.raises(SyncError):
        loop.sync_once()
    assert loop.pause() == 720
    service.answer = service.well
    loop.sync_once()
    assert loop.pause() == 300


def test_two_laptops_do_not_try_in_step(store: SqlCipherStore) -> None:
    one = SyncLoop(store, server(Service()), ANNA, lambda: NOW, lambda: 0.1)
    other = SyncLoop(store, server(Service()), ANNA, lambda: NOW, lambda: 0.9)
    assert one.pause() != other.pause()


def test_synchronised_is_only_said_when_it_is_true(store: SqlCipherStore) -> None:
    service = Service()
    loop = SyncLoop(store, server(service), ANNA, lambda: NOW, lambda: 0.5)
    assert not loop.state().synced, "nothing is known yet"
    loop.sync_once()
    assert loop.state().synced
    case_id = store.create(Case(municipality="provby"), ANNA, NOW).id
    assert not loop.state().synced, "something was written since"
    assert loop.state().unsent == 1
    service.answer = lost
    with pytest.raises(SyncError):
        loop.sync_once()
    assert not loop.state().synced
    assert "net" in loop.state().error
    again = SyncLoop(store, server(service), ANNA, lambda: NOW, lambda: 0.5)
    assert "net" in again.state().error, "a restart forgets neither error nor last success"
    assert again.state().last_success == NOW
    service.answer = service.well
    again.sync_once()
    assert (again.state().synced, again.state().error, again.state().unsent) == (True, "", 0)
    store.delete_case(case_id, ANNA, NOW)
    assert not again.state().synced


def test_screens_are_told_what_goes_on(store: SqlCipherStore) -> None:
    loop = SyncLoop(store, server(Service()), ANNA, lambda: NOW, lambda: 0.5)
    phases: list[str] = []
    loop.listen(lambda state, _: phases.append(state.phase.value))
    store.create(Case(municipality="provby"), ANNA, NOW)
    loop.sync_once()
    assert phases[0] == "pulling"
    assert "pushing" in phases
    assert phases[-1] == "resting"


def test_a_fault_of_the_program_is_told_by_its_kind_and_tried_again(
    store: SqlCipherStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("visitator_tui.sync.loop.SOON", 0.0)
    service = Service()

    def odd(request: httpx.Request) -> httpx.Response:
        return ours(409, {"error": "batch"})(request) if "push" in request.url.path else service.well(request)

    service.answer = odd
    store.create(Case.model_validate({"municipality": "provby", "citizen": {"name": "Karla"}}), ANNA, NOW)
    loop = SyncLoop(store, server(service), ANNA, lambda: NOW, lambda: 0.5)
    told, well = threading.Event(), threading.Event()

    def listen(state: SyncState, applied: Applied | None) -> None:
        for reached, event in ((bool(state.error), told), (state.synced, well)):
            if reached:
                event.set()

    loop.listen(listen)
    loop.start()
    assert told.wait(10)
    assert loop.state().trouble is Trouble.FAULT
    assert "fejl i programmet (ForgottenBatch)" in loop.state().error
    service.answer = service.well
    loop.nudge()
    assert well.wait(10), "the thread goes on"
    loop.stop()


def test_the_thread_ends_when_the_program_does(store: SqlCipherStore) -> None:
    loop = SyncLoop(store, server(Service()), ANNA, lambda: NOW, lambda: 0.5)
    loop.start()
    loop.start()
    loop.nudge()
    loop.stop()
    assert loop.state().phase.value == "stopped"
    assert loop._thread is not None
    assert not loop._thread.is_alive()

"""What a laptop pushes: stored once, acknowledged again, in conflict, or refused; on PostgreSQL and on SQLite."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from service import ServiceProcess
from sync_kit import NOW, Laptop, a_case, a_letter, batch, new_id, opened, record, who

from visitator_tui.server.refusal import Refusal
from visitator_tui.server.service import Service
from visitator_tui.server.settings import ServerSettings
from visitator_tui.server.token_file import TokenFile
from visitator_tui.server.turns import Turns


@pytest.fixture(scope="module", params=["service", "sqlite_service"])
def running(request: pytest.FixtureRequest) -> ServiceProcess:
    found: ServiceProcess = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def anna(running: ServiceProcess) -> Iterator[Laptop]:
    with running.client("anna") as client:
        yield Laptop(client)


@pytest.fixture
def bo(running: ServiceProcess) -> Iterator[Laptop]:
    with running.client("bo") as client:
        yield Laptop(client)


def test_a_new_record_is_revision_1_and_an_edit_the_next(anna: Laptop) -> None:
    case = new_id()
    assert anna.push(record(case, 0, a_case()))[0]["revision"] == 1
    assert anna.push(record(case, 1, a_case("Rettet")))[0]["revision"] == 2


def test_what_was_stored_comes_back_as_it_was_sent(anna: Laptop) -> None:
    body = a_case("Æblegrød — \u2028 😀 \\u0000 \t") | {"zebra": 1, "abe": [1.5, -0.0, True, None, 2**60]}
    case = new_id()
    anna.push(record(case, 0, body))
    (row,) = [one for one in anna.pull() if one["id"] == case]
    assert json.dumps(row["body"]) == json.dumps(body)


def test_a_lost_answer_is_repeated_and_nothing_is_stored_twice(anna: Laptop) -> None:
    case = new_id()
    sent = batch([record(case, 0, a_case())])
    first = anna.ask("POST", "/v1/push", json=sent)
    anna.push(record(case, 1, a_case("Siden")))
    again = anna.ask("POST", "/v1/push", json=sent)
    assert again["results"] == first["results"]
    assert [one["revision"] for one in anna.pull() if one["id"] == case] == [2]


def test_a_repeated_conflict_shows_the_server_as_it_is_now(anna: Laptop) -> None:
    case = new_id()
    anna.push(record(case, 0, a_case()))
    sent = batch([record(case, 0, a_case("Min"))])
    anna.ask("POST", "/v1/push", json=sent)
    anna.push(record(case, 1, a_case("Nyere")))
    (result,) = anna.ask("POST", "/v1/push", json=sent)["results"]
    assert result["current"]["body"] == a_case("Nyere")


def test_a_batch_that_was_used_for_something_else_is_refused(anna: Laptop) -> None:
    sent = batch([record(new_id(), 0, a_case())])
    anna.ask("POST", "/v1/push", json=sent)
    other = sent | {"records": [record(new_id(), 0, a_case())]}
    assert anna.refused("POST", "/v1/push", json=other) == (409, "batch")


def test_the_same_batch_of_another_device_is_another_batch(anna: Laptop, bo: Laptop) -> None:
    sent = batch([record(new_id(), 0, a_case())])
    anna.ask("POST", "/v1/push", json=sent)
    other = sent | {"records": [record(new_id(), 0, a_case(), "bo")]}
    assert bo.ask("POST", "/v1/push", json=other)["results"][0]["status"] == "stored"


def test_an_equal_body_is_an_acknowledgement_whatever_its_base(anna: Laptop) -> None:
    case = new_id()
    anna.push(record(case, 0, a_case()), record(new_id(), 0, a_case()))
    before = anna.standing()["seq"]
    turned = dict(reversed(a_case().items()))
    (again,) = anna.push(record(case, 0, turned, changed_at="2030-01-01T00:00:00+00:00"))
    assert (again["status"], again["revision"]) == ("same", 1)
    assert anna.standing()["seq"] == before


def test_an_edit_of_an_older_revision_is_a_conflict_with_the_servers_version(anna: Laptop) -> None:
    case = new_id()
    anna.push(record(case, 0, a_case()))
    anna.push(record(case, 1, a_case("Først")))
    (result,) = anna.push(record(case, 1, a_case("For sent")))
    assert result["status"] == "conflict"
    assert result["revision"] == 2
    assert result["current"]["body"] == a_case("Først")
    assert result["current"]["revision"] == 2


def test_one_conflict_does_not_hold_the_others_back(anna: Laptop) -> None:
    first, second = new_id(), new_id()
    anna.push(record(first, 0, a_case()))
    assert anna.status(record(first, 0, a_case("Igen")), record(second, 0, a_case())) == [
        "conflict",
        "stored",
    ]


def test_a_deleted_record_is_told_of_and_a_create_does_not_bring_it_back(anna: Laptop) -> None:
    case = new_id()
    anna.push(record(case, 0, a_case()))
    anna.push(record(case, 1, None))
    (row,) = [one for one in anna.pull() if one["id"] == case]
    assert (row["deleted"], row["body"], row["revision"]) == (True, None, 2)
    (result,) = anna.push(record(case, 0, a_case()))
    assert (result["status"], result["current"]["deleted"]) == ("conflict", True)


def test_a_deletion_that_is_sent_again_is_acknowledged(anna: Laptop) -> None:
    case = new_id()
    anna.push(record(case, 0, a_case()))
    assert [anna.status(record(case, 1, None)), anna.status(record(case, 1, None))] == [["stored"], ["same"]]


def test_who_settles_a_conflict_with_a_deletion_may_bring_the_record_back(anna: Laptop) -> None:
    case = new_id()
    anna.push(record(case, 0, a_case()))
    anna.push(record(case, 1, None))
    assert anna.status(record(case, 2, a_case("Min"))) == ["stored"]


def test_a_letter_is_never_changed(anna: Laptop) -> None:
    case = new_id()
    letter = a_letter(case)
    anna.push(record(case, 0, a_case()), letter)
    changed = letter | {"body": {"pdf": "Noget andet"}}
    told = [
        anna.push(one)[0]
        for one in (letter, changed, changed | {"base": 1}, letter | {"body": None, "base": 1})
    ]
    assert [(one["status"], one["reason"]) for one in told] == [
        ("same", None),
        *[("refused", "immutable")] * 3,
    ]


def test_a_nul_and_half_a_character_are_refused_and_the_rest_is_stored(anna: Laptop) -> None:
    told = anna.push(
        record(new_id(), 0, a_case("med \0 i")),
        record(new_id(), 0, {"med\0": 1}),
        record(new_id(), 0, a_case()),
    )
    assert [(one["status"], one["reason"]) for one in told] == [
        ("refused", "nul"),
        ("refused", "nul"),
        ("stored", None),
    ]
    raw = json.dumps(batch([record(new_id(), 0, a_case("halv: \ud83d"))]))
    assert anna.ask("POST", "/v1/push", content=raw)["results"][0]["reason"] == "text"


def test_a_document_that_is_deeper_than_the_fast_writer_goes_is_stored_as_it_was(anna: Laptop) -> None:
    deep: dict[str, Any] = {"b": 1, "a": 2**70}
    for _ in range(300):
        deep = {"z": deep, "a": 1e16}
    case = new_id()
    assert anna.status(record(case, 0, deep)) == ["stored"]
    (row,) = [one for one in anna.pull() if one["id"] == case]
    assert json.dumps(row["body"]) == json.dumps(deep)
    assert anna.status(record(case, 0, {"a": 1e16, "z": deep["z"]})) == ["same"]


def test_a_record_that_is_too_large_is_refused_alone_but_a_letter_may_be_larger(anna: Laptop) -> None:
    case = new_id()
    big = "x" * 2_100_000
    assert [
        (one["status"], one["reason"])
        for one in anna.push(record(case, 0, a_case()), a_letter(case, big), record(new_id(), 0, a_case(big)))
    ] == [("stored", None), ("stored", None), ("refused", "too_large")]


def test_a_request_that_is_too_large_is_refused_before_it_is_read(anna: Laptop) -> None:
    chunks = (b"x" * 1_000_000 for _ in range(9))
    assert anna.refused("POST", "/v1/push", content=chunks) == (413, "too_large")
    assert anna.refused("POST", "/v1/push", content=b"x" * 8_000_001) == (413, "too_large")
    many = [record(new_id(), 0, {}) for _ in range(501)]
    assert anna.refused("POST", "/v1/push", json=batch(many)) == (413, "too_large")


TWICE = record(new_id(), 0, a_case())


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"nej",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b"[" * 100_000,
        json.dumps(batch([TWICE, TWICE])).encode(),
        json.dumps(batch([{}])).encode(),
        json.dumps(batch([record("intet id", 0, {})])).encode(),
        json.dumps(batch([record(new_id(), -1, {})])).encode(),
        json.dumps(batch([record(new_id(), 2**31, {})])).encode(),
        json.dumps(batch([record(new_id(), 0, {}) | {"base": True}])).encode(),
        json.dumps(batch([record(new_id(), 0, {}) | {"body": "tekst"}])).encode(),
        json.dumps(batch([record(new_id(), 0, {"tal": float("nan")})])).encode(),
        json.dumps(batch([record(new_id(), 0, {"tal": 4})])).encode().replace(b"4}", b"1e400}"),
        json.dumps(batch([record(new_id(), 0, {}) | {"assigned_to": 7}])).encode(),
        json.dumps(batch([]) | {"batch": "1"}).encode(),
        json.dumps(batch([]) | {"audit_head": {"seq": "1", "mac": ""}}).encode(),
        b'{"batch": ' + b"9" * 5000 + b"}",
    ],
    ids=map(str, range(19)),  # the same in every process of pytest-xdist
)
def test_what_cannot_be_understood_is_refused_and_changes_nothing(anna: Laptop, sent: bytes) -> None:
    before = anna.standing()["seq"]
    assert anna.refused("POST", "/v1/push", content=sent) == (400, "malformed")
    assert anna.standing()["seq"] == before


def test_a_kind_that_is_no_kind_and_a_record_that_changes_kind_are_refused(anna: Laptop) -> None:
    case = new_id()
    anna.push(record(case, 0, a_case()))
    told = anna.push(record(case, 1, a_case("Ny"), kind="sample"), record(new_id(), 0, {}, kind="'; drop--"))
    assert [(one["status"], one["reason"]) for one in told] == [("refused", "kind")] * 2


def test_an_odd_name_or_time_holds_its_own_record_alone(anna: Laptop) -> None:
    odd = [
        {"assigned_to": "anna\n"},
        {"assigned_to": "a" * 201},
        {"changed_by": "Anna\u00a0Holm"},
        {"changed_at": "i går\0"},
    ]
    sent = [record(new_id(), 0, a_case(), **one) for one in odd]
    told = anna.push(*sent, record(new_id(), 0, a_case()))
    assert [one["reason"] for one in told] == [*(name for one in odd for name in one), None]
    assert [one["status"] for one in told] == ["refused"] * len(odd) + ["stored"]


def test_a_time_that_the_laptop_made_up_blinds_nobody(anna: Laptop, bo: Laptop) -> None:
    since = bo.standing()["seq"]
    anna.push(record(new_id(), 0, a_case(), "bo", changed_at="9999-12-31T23:59:59+00:00"))
    last = new_id()
    anna.push(record(last, 0, a_case(), "bo", changed_at="0001-01-01T00:00:00+00:00"))
    assert bo.pull(since)[-1]["id"] == last


def test_writers_of_a_municipality_wait_for_each_other_and_not_the_others_for_them() -> None:
    turns = Turns(longest=0.01)
    with turns.of("provby"):
        with turns.of("naboby"):
            pass
        with pytest.raises(Refusal) as told, turns.of("provby"):
            pass
    assert (told.value.status, told.value.code) == (503, "busy")
    with turns.of("provby"):
        pass


def test_a_push_takes_its_turn_before_it_takes_a_connection(tmp_path: Path) -> None:
    settings = ServerSettings(database=f"sqlite:///{tmp_path / 'none.sqlite'}")
    service = Service(settings, opened(settings.database), TokenFile(None), lambda: NOW)
    service.turns = Turns(longest=0.01)
    with service.turns.of("provby"), pytest.raises(Refusal) as told:
        service.push(who("anna"), json.dumps(batch([record(new_id(), 0, a_case())])).encode())
    assert (told.value.status, told.value.code) == (503, "busy")

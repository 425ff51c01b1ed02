"""What a laptop is told: everything that is its user's, in order, in pages, and what is hers no more."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from service import ServiceProcess
from sync_kit import Laptop, a_case, a_letter, batch, new_id, record

MOST = 5_000_000
"""A page ends soon after four million bytes."""


@pytest.fixture(scope="module", params=["service", "sqlite_service"])
def running(request: pytest.FixtureRequest) -> ServiceProcess:
    found: ServiceProcess = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def people(running: ServiceProcess) -> Iterator[dict[str, Laptop]]:
    clients = {name: running.client(name) for name in ("anna", "bo", "lea", "ada", "nina")}
    yield {name: Laptop(client) for name, client in clients.items()}
    for client in clients.values():
        client.close()


@pytest.fixture
def anna(people: dict[str, Laptop]) -> Laptop:
    return people["anna"]


@pytest.fixture
def bo(people: dict[str, Laptop]) -> Laptop:
    return people["bo"]


@pytest.fixture
def lea(people: dict[str, Laptop]) -> Laptop:
    """The leader, who sees all cases."""
    return people["lea"]


def told(laptop: Laptop, since: int) -> list[tuple[str, str]]:
    """Id and what was told of it."""
    return [(one["id"], one.get("gone", f"revision {one.get('revision')}")) for one in laptop.pull(since)]


def test_numbers_have_no_gaps_whatever_is_refused(anna: Laptop, lea: Laptop) -> None:
    since = lea.standing()["seq"]
    ids = [new_id() for _ in range(5)]
    anna.push(*(record(one, 0, a_case()) for one in ids))
    anna.push(
        record(ids[0], 0, a_case("for sent")),
        record(ids[1], 1, a_case("ny")),
        record(new_id(), 0, a_case("\0")),
    )
    assert [one["seq"] for one in lea.pull(since)] == [since + n for n in (1, 3, 4, 5, 6)]
    assert lea.standing()["seq"] == since + 6


def test_pages_together_are_everything_once_in_order(anna: Laptop) -> None:
    since = anna.standing()["seq"]
    ids = [new_id() for _ in range(25)]
    anna.push(*(record(one, 0, a_case()) for one in ids))
    assert [one["id"] for one in anna.pull(since, limit=10)] == ids
    page = anna.ask("GET", "/v1/changes", params={"since": since, "limit": 25})
    assert (page["more"], page["upto"]) == (False, page["seq"])


def test_a_record_that_changes_between_two_pages_is_not_lost(anna: Laptop) -> None:
    since = anna.standing()["seq"]
    ids = [new_id() for _ in range(3)]
    anna.push(*(record(one, 0, a_case()) for one in ids))
    first = anna.ask("GET", "/v1/changes", params={"since": since, "limit": 2})
    anna.push(record(ids[2], 1, a_case("imens")))
    anna.push(record(ids[0], 1, a_case("imens")))
    rest = anna.pull(first["upto"])
    assert [(one["id"], one["revision"]) for one in rest] == [(ids[2], 2), (ids[0], 2)]


def test_a_page_of_large_records_stays_within_bounds(anna: Laptop) -> None:
    since = anna.standing()["seq"]
    for _ in range(4):
        anna.push(record(new_id(), 0, a_case("x" * 1_900_000)))
    answer = anna.http.get("/v1/changes", params={"since": since})
    assert len(answer.content) < MOST
    assert answer.json()["more"]
    assert len(anna.pull(since)) == 4


def test_an_empty_answer_still_moves_the_cursor(anna: Laptop, bo: Laptop) -> None:
    since = bo.standing()["seq"]
    anna.push(record(new_id(), 0, a_case()))
    page = bo.ask("GET", "/v1/changes", params={"since": since})
    assert (page["changes"], page["upto"]) == ([], since + 1)


def test_a_visitator_gets_her_own_and_a_leader_all_of_the_municipality(people: dict[str, Laptop]) -> None:
    since = people["lea"].standing()["seq"]
    hers, his, theirs = new_id(), new_id(), new_id()
    people["anna"].push(record(hers, 0, a_case()), record(his, 0, a_case(), "bo"))
    people["nina"].push(record(theirs, 0, a_case(), "nina"))
    assert [one for one, _ in told(people["anna"], since)] == [hers]
    assert [one for one, _ in told(people["bo"], since)] == [his]
    assert [one for one, _ in told(people["lea"], since)] == [hers, his]
    assert theirs not in {one[1] for one in people["lea"].ask("GET", "/v1/revisions")}


def test_an_administrator_as_such_gets_no_case(people: dict[str, Laptop]) -> None:
    for path in ("/v1/changes", "/v1/revisions", "/v1/cases?search=bodil"):
        assert people["ada"].refused("GET", path) == (403, "forbidden")
    assert people["ada"].refused("POST", "/v1/push", json={}) == (403, "forbidden")


def test_a_case_handed_over_leaves_one_laptop_and_reaches_the_other_with_its_letters(
    anna: Laptop, bo: Laptop
) -> None:
    case = new_id()
    letter = a_letter(case)
    anna.push(record(case, 0, a_case()), letter)
    since = anna.standing()["seq"]
    anna.push(record(case, 1, a_case(), "bo", changed_by="anna"))
    assert told(anna, since) == [(case, "not_yours"), (letter["id"], "not_yours")]
    assert told(bo, since) == [(case, "revision 2"), (letter["id"], "revision 1")]
    assert bo.pull(since)[1]["assigned_to"] == "bo"


def test_a_case_that_comes_back_is_gone_no_more(anna: Laptop, bo: Laptop) -> None:
    case = new_id()
    anna.push(record(case, 0, a_case()), a_letter(case))
    since = anna.standing()["seq"]
    anna.push(record(case, 1, a_case(), "bo"))
    bo.push(record(case, 2, a_case(), "anna"))
    assert [what for _, what in told(anna, since)] == ["revision 3", "revision 1"]
    assert [what for _, what in told(bo, since)] == ["not_yours", "not_yours"]


def test_of_two_cases_handed_on_nobody_is_told_of_the_others(anna: Laptop, bo: Laptop, lea: Laptop) -> None:
    first, second = new_id(), new_id()
    anna.push(record(first, 0, a_case()))
    bo.push(record(second, 0, a_case(), "bo"))
    since = lea.standing()["seq"]
    lea.push(record(first, 1, a_case(), "bo"), record(second, 1, a_case(), "anna"))
    assert told(anna, since) == [(second, "revision 2"), (first, "not_yours")]
    assert told(bo, since) == [(first, "revision 2"), (second, "not_yours")]
    lea.push(record(first, 2, a_case(), "lea"), record(second, 2, a_case(), "lea"))
    assert sorted(told(anna, since)) == sorted([(first, "not_yours"), (second, "not_yours")])


def test_what_is_not_hers_she_can_neither_change_nor_learn_of(anna: Laptop, bo: Laptop) -> None:
    case = new_id()
    anna.push(record(case, 0, a_case()))
    for sent in (record(case, 1, a_case("Bo"), "bo"), record(case, 0, a_case(), "bo"), a_letter(case)):
        (result,) = bo.push(sent)
        assert (result["status"], result["reason"]) == ("refused", "not_yours")
        assert (result["revision"], result["current"]) == (0, None)
    (flawed,) = bo.push(record(case, 1, a_case("x\0"), "bo"))
    assert (flawed["status"], flawed["revision"]) == ("refused", 0)


def test_a_conflict_asked_about_again_shows_nothing_once_the_case_has_been_given_away(
    anna: Laptop, lea: Laptop
) -> None:
    case = new_id()
    anna.push(record(case, 0, a_case()))
    sent = batch([record(case, 0, a_case("Annas"))])
    assert anna.ask("POST", "/v1/push", json=sent)["results"][0]["current"]["body"] == a_case()
    lea.push(record(case, 1, a_case("Kun for Bo"), "bo"))
    (again,) = anna.ask("POST", "/v1/push", json=sent)["results"]
    assert (again["status"], again["current"]) == ("conflict", None)


def test_a_letter_belongs_to_whoever_has_its_case_also_when_it_comes_first(anna: Laptop, bo: Laptop) -> None:
    case, since = new_id(), bo.standing()["seq"]
    letter = a_letter(case)
    anna.push(letter)
    anna.push(record(case, 0, a_case(), "bo"))
    late = a_letter(case)
    bo.push(late | {"assigned_to": "anna"})
    assert {one for one, _ in told(bo, since)} == {case, letter["id"], late["id"]}
    assert told(anna, since) == [(letter["id"], "not_yours")]


def test_a_case_found_by_search_is_followed_until_it_is_left(anna: Laptop, bo: Laptop) -> None:
    case = new_id()
    letter = a_letter(case)
    anna.push(record(case, 0, a_case(name="Åse Ærø")), letter)
    (found,) = bo.ask("GET", "/v1/cases", params={"search": "åse ærø"})
    assert (found["id"], found["assigned_to"], found["birth_date"]) == (case, "anna", "1941-05-06")
    since = bo.standing()["seq"]
    bo.ask("POST", f"/v1/cases/{case}/follow")
    assert told(bo, since) == [(case, "revision 1"), (letter["id"], "revision 1")]
    assert bo.status(record(case, 1, a_case("Bo", "Åse Ærø"))) == ["stored"]
    since = bo.standing()["seq"]
    anna.push(record(case, 2, a_case("Anna", "Åse Ærø")))
    assert told(bo, since) == [(case, "revision 3")]
    bo.ask("DELETE", f"/v1/cases/{case}/follow")
    assert [what for _, what in told(bo, since)] == ["not_yours", "not_yours"]
    assert bo.status(record(case, 3, a_case("Igen"))) == ["refused"]


def test_a_follower_keeps_the_case_when_it_is_handed_over(anna: Laptop, bo: Laptop) -> None:
    case = new_id()
    anna.push(record(case, 0, a_case()))
    anna.ask("POST", f"/v1/cases/{case}/follow")
    since = anna.standing()["seq"]
    anna.push(record(case, 1, a_case(), "bo"))
    assert told(anna, since) == [(case, "revision 2")]


def test_following_again_brings_the_case_again_and_leaving_twice_changes_nothing_more(
    anna: Laptop, bo: Laptop
) -> None:
    case = new_id()
    anna.push(record(case, 0, a_case()))
    numbers = []
    for method in ("POST", "POST", "DELETE", "DELETE"):
        bo.ask(method, f"/v1/cases/{case}/follow")
        numbers.append(bo.standing()["seq"])
    assert [numbers[0] < numbers[1], numbers[1] < numbers[2], numbers[2] == numbers[3]] == [True] * 3


def test_a_case_that_is_not_there_cannot_be_followed(people: dict[str, Laptop]) -> None:
    case = new_id()
    people["anna"].push(record(case, 0, a_case()))
    assert people["bo"].refused("POST", f"/v1/cases/{new_id()}/follow") == (404, "not_found")
    assert people["bo"].refused("POST", "/v1/cases/..%2f..%2fetc/follow") == (404, "not_found")
    assert people["nina"].refused("POST", f"/v1/cases/{case}/follow") == (404, "not_found")


@pytest.mark.parametrize("typed", ["", "  ", "%", "_", "' OR 1=1 --", "\\", "bodil' --"])
def test_a_search_is_for_words_not_patterns(anna: Laptop, typed: str) -> None:
    anna.push(record(new_id(), 0, a_case()))
    assert anna.ask("GET", "/v1/cases", params={"search": typed}) == []


def test_a_search_takes_every_word_and_the_number_of_the_citizen(
    anna: Laptop, people: dict[str, Laptop]
) -> None:
    case = new_id()
    body = a_case(name="Søren Kløvedal")
    body["citizen"]["cpr"] = "111111-1118"
    anna.push(record(case, 0, body))
    for typed in ("kløv SØREN", "1111111118", "111111-1118"):
        assert [one["id"] for one in anna.ask("GET", "/v1/cases", params={"search": typed})] == [case]
    assert anna.ask("GET", "/v1/cases", params={"search": "søren hansen"}) == []
    assert people["nina"].ask("GET", "/v1/cases", params={"search": "kløvedal"}) == []


def test_revisions_are_what_she_has_with_what_was_deleted(anna: Laptop) -> None:
    case, gone = new_id(), new_id()
    anna.push(record(case, 0, a_case()), record(gone, 0, a_case()))
    anna.push(record(case, 1, a_case("ny")), record(gone, 1, None))
    listed = {id_: (kind, revision) for kind, id_, revision, _ in anna.ask("GET", "/v1/revisions")}
    assert (listed[case], listed[gone]) == (("case", 2), ("case", 2))


@pytest.mark.parametrize(
    "query", ["since=-1", "since=x", "since=1.0", "limit=x", "since=99999999999999999999"]
)
def test_a_place_that_is_no_number_is_refused(anna: Laptop, query: str) -> None:
    assert anna.refused("GET", f"/v1/changes?{query}") == (400, "malformed")


def test_no_token_or_a_wrong_one_gets_nothing(running: ServiceProcess) -> None:
    for token in ("-", "ukendt", "x" * 5000):
        with running.client(token) as client:
            for path in ("/v1/standing", "/v1/changes", "/v1/revisions", "/v1/cases"):
                assert Laptop(client).refused("GET", path) == (401, "unauthenticated")
            assert Laptop(client).refused("POST", "/v1/push", json={}) == (401, "unauthenticated")


def test_an_address_that_is_not_there_is_told_as_ours(anna: Laptop) -> None:
    assert anna.refused("GET", "/v1/nothing") == (404, "not_found")
    assert anna.refused("PUT", "/v1/push") == (405, "method")

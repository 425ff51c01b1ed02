"""Cases in the encrypted database: kept whole, found again, never overwritten unseen."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_kit import ANNA, NOW, PASSPHRASE, a_case, a_telling_case, later, new_store, opened, vault

from visitator_tui.domain.edit import change
from visitator_tui.domain.made_decision import with_made
from visitator_tui.store import open_throwaway
from visitator_tui.store.store import SqlCipherStore
from visitator_tui.usecases.case_state import case_state
from visitator_tui.usecases.ports import CaseRecord, CaseStore, Place, StaleError, StoreError, Vault


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlCipherStore]:
    with new_store(tmp_path) as store:
        yield store


def names(store: CaseStore, search: str = "", limit: int | None = None) -> list[str]:
    return [row.name for row in store.rows(search, limit)]


def test_the_store_keeps_the_contract_of_the_ports(tmp_path: Path) -> None:
    a_vault: Vault = vault(tmp_path)
    assert not a_vault.exists()
    a_store: CaseStore = a_vault.create("en god adgangssætning", NOW)
    assert a_vault.exists()
    a_store.close()
    a_store.close()


def test_a_case_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        made = store.create(a_telling_case(), ANNA, NOW)
        case, edit = change(made.case, ("own_view", "text"), "Jeg vil blive boende.\n\n  Tak!")
        saved = store.save(
            replace(
                made,
                case=case,
                drafts={"decision.decided_on": "8. ma", "enquiry.text": "halv\x00t"},
                place=Place("hverdagsliv", "assessment.areas.indkoeb.observed", 17),
            ),
            [edit],
            ANNA,
            later(1),
        )
    with opened(tmp_path) as store:
        assert store.load(made.id) == saved
        assert (saved.revision, saved.changed_at) == (2, later(1))


def test_an_unknown_case_is_told_in_danish(store: SqlCipherStore) -> None:
    ghost = replace(store.create(a_case(), ANNA, NOW), id="nope")
    for attempt in (
        lambda: store.load("nope"),
        lambda: store.save(ghost, [], ANNA, NOW),
        lambda: store.remember_place("nope", Place()),
        lambda: store.add_letter("nope", "afgoerelse", b"%PDF", ANNA, NOW),
    ):
        with pytest.raises(StoreError, match="Sagen findes ikke"):
            attempt()


def test_a_save_on_an_older_revision_is_refused_and_changes_nothing(store: SqlCipherStore) -> None:
    first = store.create(a_case(), ANNA, NOW)
    case, edit = change(first.case, ("summary", "text"), "min")
    mine = store.save(replace(first, case=case), [edit], ANNA, later(1))
    entries = store.verify_audit()
    case, edit = change(first.case, ("summary", "text"), "din")
    with pytest.raises(StaleError, match="gemt et andet sted"):
        store.save(replace(first, case=case), [edit], ANNA, later(2))
    assert store.load(first.id) == mine
    assert store.verify_audit() == entries


def test_two_programs_on_the_same_database_do_not_overwrite_each_other(tmp_path: Path) -> None:
    with new_store(tmp_path) as one:
        record = one.create(a_case(), ANNA, NOW)
        with opened(tmp_path) as two:
            theirs = two.save(two.load(record.id), [], ANNA, later(1))
            with pytest.raises(StaleError):
                one.save(record, [], ANNA, later(2))
            assert one.load(record.id) == theirs
        one.verify_audit()


def test_two_programs_that_save_at_the_same_time_wait_for_each_other(tmp_path: Path) -> None:
    problems: list[BaseException] = []
    start = threading.Barrier(2)

    def type_in(store: SqlCipherStore, record: CaseRecord) -> None:
        try:
            start.wait()
            for number in range(25):
                case, edit = change(record.case, ("summary", "text"), f"trin {number}")
                record = store.save(replace(record, case=case), [edit], ANNA, later(number))
        except BaseException as problem:
            problems.append(problem)

    with new_store(tmp_path) as one, opened(tmp_path) as two:
        typing = [
            threading.Thread(target=type_in, args=(store, store.create(a_case(name), ANNA, NOW)))
            for store, name in ((one, "Ane"), (two, "Bo"))
        ]
        for thread in typing:
            thread.start()
        for thread in typing:
            thread.join()
        assert problems == []
        assert one.verify_audit() == two.verify_audit() == 54


def test_the_list_shows_the_newest_change_first(store: SqlCipherStore) -> None:
    ane, bo, carl = (
        store.create(a_case(name), ANNA, later(n)) for n, name in enumerate(("Ane", "Bo", "Carl"))
    )
    assert names(store) == ["Carl", "Bo", "Ane"]
    store.save(ane, [], ANNA, later(10))
    assert names(store, limit=2) == ["Ane", "Carl"]
    store.remember_place(bo.id, Place("forslag"))
    assert names(store) == ["Ane", "Carl", "Bo"], "looking at a case does not change it"
    store.add_letter(carl.id, "afgoerelse", b"%PDF-1.7", ANNA, later(20))
    assert names(store) == ["Carl", "Ane", "Bo"]


def test_the_list_shows_how_far_a_case_has_come(store: SqlCipherStore) -> None:
    record = store.create(a_case(enquiry={"received_on": "2017-03-01"}), ANNA, NOW)

    def row() -> tuple[str, str, str, int]:
        (only,) = store.rows()
        return only.state, only.received_on, only.decided_on, only.letters

    assert row() == ("Ny", "2017-03-01", "", 0)
    for path, value, state in (
        (("assessment", "activities", "bade"), {"level": 2}, "Under vurdering"),
        (("decision", "items", 0), {"delydelse": "bad_2", "outcome": None}, "Under vurdering"),
        (("decision", "decided_on"), "2017-03-08", "Under vurdering"),
        (("decision", "items", 0, "outcome"), "refused", "Udkast"),
    ):
        case, edit = change(record.case, path, value)
        record = store.save(replace(record, case=case), [edit], ANNA, NOW)
        assert (row()[0], row()[2]) == (state, "")  # a draft is no decision
    store.add_letter(record.id, "afgoerelse", b"%PDF-1.7", ANNA, NOW)
    assert row() == ("Brev skrevet", "2017-03-01", "", 1)
    record = store.save(store.load(record.id), [], ANNA, NOW)
    assert (row()[0], record.letters) == ("Brev skrevet", 1)
    assert case_state(with_made(record.case, "brev-1", NOW), 0) == "Brev skrevet", (
        "sync has brought no letter yet"
    )


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("østergård", True),
        ("ØSTERG", True),
        ("Ostergard", False),  # å and ø are letters of their own
        ("ærø åse", True),
        ("a\u030ase", True),  # a and a ring, as macOS sends it
        ("rø", False),  # words are found by their beginning
        ("blåbærvænget 12", True),
        ("hylde", True),
        ("åse hyldeblomst", True),
        ("åse brændenælde", False),
        ("040538-0002", True),
        ("0405380002", True),
        ("granted", False),  # a code of ours, nobody wrote it
        ("", True),
        (' "', True),
    ],
)
def test_search(store: SqlCipherStore, typed: str, found: bool) -> None:
    store.create(
        a_case(
            citizen={
                "name": "Åse Ærø Østergård",
                "cpr": "040538-0002",
                "address": {"street": "Blåbærvænget 12, 2. tv."},
            },
            decision={"items": [{"delydelse": "x", "outcome": "granted", "reason": "hyldeblomst"}]},
        ),
        ANNA,
        NOW,
    )
    assert names(store, typed) == (["Åse Ærø Østergård"] if found else [])


def test_search_follows_what_is_rewritten(store: SqlCipherStore) -> None:
    record = store.create(a_case(summary={"text": "flagermus"}), ANNA, NOW)
    case, edit = change(record.case, ("summary", "text"), "pindsvin")
    store.save(replace(record, case=case), [edit], ANNA, NOW)
    assert (names(store, "flagermus"), len(names(store, "pindsvin"))) == ([], 1)


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlCipherStore]:
    with new_store(tmp_path_factory.mktemp("searched")) as store:
        store.create(a_case("Åse"), ANNA, NOW)
        yield store


@settings(max_examples=150, deadline=None)
@given(
    st.text() | st.sampled_from(['"', "* OR *", "NEAR(a b)", "search:åse", "åse)", "^åse", "-åse", "\x00"])
)
def test_nothing_typed_breaks_the_search(searched: SqlCipherStore, typed: str) -> None:
    searched.rows(typed)


def test_a_thousand_words_are_no_trouble(searched: SqlCipherStore) -> None:
    assert names(searched, "åse " * 1000) == ["Åse"]


def test_the_open_case_is_known_after_a_crash_and_not_after_leaving(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        assert store.last_open() is None
        record = store.create(a_case(), ANNA, NOW)
        other = store.create(a_case("Bo"), ANNA, NOW)
        store.remember_place(record.id, Place("henvendelse"))
        store.remember_place(other.id, Place("afgoerelse", "decision.items.0.reason", 4))
    with opened(tmp_path) as store:
        assert store.last_open() == other.id
        assert store.load(other.id).place == Place("afgoerelse", "decision.items.0.reason", 4)
        assert store.load(other.id).revision == 1, "a place is no new revision"
        store.leave()
    with opened(tmp_path) as store:
        assert store.last_open() is None


def test_settings_are_kept(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        assert store.setting("theme") is None
        store.set_setting("theme", '"lys"', ANNA, NOW)
        store.set_setting("theme", '"mørk"', ANNA, NOW)
    with opened(tmp_path) as store:
        assert store.setting("theme") == '"mørk"'


def test_the_list_can_be_read_while_another_thread_saves(store: SqlCipherStore) -> None:
    record = store.create(a_case(), ANNA, NOW)
    problems: list[BaseException] = []
    done = threading.Event()

    def read() -> None:
        try:
            while not done.is_set():
                assert len(store.rows("åse")) == 1
        except BaseException as problem:
            problems.append(problem)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for number in range(30):
        case, edit = change(record.case, ("summary", "text"), f"trin {number}")
        record = store.save(replace(record, case=case), [edit], ANNA, later(number))
    done.set()
    for reader in readers:
        reader.join()
    assert (problems, record.revision) == ([], 31)


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        record = store.create(a_case(), ANNA, NOW)
    for attempt in (store.rows, store.leave, lambda: store.save(record, [], ANNA, NOW)):
        with pytest.raises(StoreError, match="lukket"):
            attempt()


def test_a_store_closed_while_it_is_read_lets_go_of_its_files(tmp_path: Path) -> None:
    store = vault(tmp_path, busy_seconds=0.05).create(PASSPHRASE, NOW)
    with store._reading() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM documents")
        store.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "visitator.db",
        "visitator.head",
        "visitator.key",
    ]


def test_a_throwaway_database_works_and_cannot_be_opened_again(tmp_path: Path) -> None:
    store = open_throwaway(tmp_path / "demo", NOW)
    store.create(a_case(), ANNA, NOW)
    assert len(store.rows("østergård")) == 1
    store.verify_audit()
    store.close()
    assert not (tmp_path / "demo" / "visitator.key").exists()
    with pytest.raises(StoreError, match=r"nøglefilen .* mangler"):
        vault(tmp_path / "demo").open("", NOW)
    with pytest.raises(StoreError):
        open_throwaway(tmp_path / "demo", NOW)

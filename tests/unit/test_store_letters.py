"""A made letter is kept as it was made, byte for byte, or the program says that it is not."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from store_kit import ANNA, a_case, by_hand, later, new_store, opened

from visitator_tui.usecases.ports import DamagedLetterError, StoreError

PDF = b"%PDF-1.7\n\x00\xff" + bytes(range(256)) * 300


def test_letters_come_back_byte_for_byte_oldest_first(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        case_id = store.create(a_case(), ANNA, later(0)).id
        other = store.create(a_case("Bo"), ANNA, later(0)).id
        first = store.add_letter(case_id, "afgoerelse", PDF, ANNA, later(1))
        second = store.add_letter(case_id, "afgoerelse", PDF + b"2", ANNA, later(1))
        store.add_letter(other, "afgoerelse", PDF, ANNA, later(2))
    with opened(tmp_path) as store:
        assert store.letters(case_id) == [first, second]
        assert (store.letter_pdf(first.id), store.letter_pdf(second.id)) == (PDF, PDF + b"2")
        assert (first.sha256, first.size) == (hashlib.sha256(PDF).hexdigest(), len(PDF))
        assert store.load(case_id).letters == 2
        assert store.letters("nope") == []
        assert store.exports(first.id) == []
        store.letter_exported(first.id, "digital_post", ANNA, later(3))
        assert (store.exports(first.id), store.exports(second.id)) == (["digital_post"], [])
        assert store.verify_audit() > 0


def test_an_unknown_letter_is_told_in_danish(tmp_path: Path) -> None:
    with new_store(tmp_path) as store, pytest.raises(StoreError, match="Brevet findes ikke"):
        store.letter_pdf("nope")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE letters SET kind = 'andet'",
        "UPDATE letters SET pdf = x'00'",
        "DELETE FROM letters",
        "INSERT OR REPLACE INTO letters SELECT * FROM letters",
        "INSERT OR REPLACE INTO letters "
        "SELECT number + 1, id, case_id, kind, made_at, sha256, size, pdf FROM letters",
    ],
)
def test_the_database_itself_refuses_to_touch_a_letter(tmp_path: Path, statement: str) -> None:
    with new_store(tmp_path) as store:
        case_id = store.create(a_case(), ANNA, later(0)).id
        letter = store.add_letter(case_id, "afgoerelse", PDF, ANNA, later(1))
        with (
            by_hand(tmp_path, guards=True) as connection,
            pytest.raises(sqlcipher.IntegrityError, match="a made letter"),
        ):
            connection.execute(statement)
        assert store.letters(case_id) == [letter]
        assert store.letter_pdf(letter.id) == PDF


@pytest.mark.parametrize(
    "forged", ["x'255044'", "'tekst'", "substr(pdf, 1, 1000)", "CAST(pdf || x'41' AS TEXT)"]
)
def test_a_letter_that_was_tampered_with_is_not_handed_out(tmp_path: Path, forged: str) -> None:
    with new_store(tmp_path) as store:
        case_id = store.create(a_case(), ANNA, later(0)).id
        letter = store.add_letter(case_id, "afgoerelse", PDF, ANNA, later(1))
    with by_hand(tmp_path) as connection:
        connection.execute(f"UPDATE letters SET pdf = {forged}")
    with opened(tmp_path) as store, pytest.raises(StoreError, match="ikke længere, som det blev lavet"):
        store.letter_pdf(letter.id)


@pytest.mark.parametrize(
    "covering",
    [
        "UPDATE audit SET detail = replace(detail, '{old}', '{new}') WHERE action = 'letter.made'",
        "UPDATE audit SET entity_id = 'another' WHERE action = 'letter.made'",
        "DELETE FROM audit WHERE action = 'letter.made'",
        "SELECT 1",
    ],
)
def test_who_swaps_a_letter_and_its_sum_is_found_out_by_the_audit(tmp_path: Path, covering: str) -> None:
    with new_store(tmp_path) as store:
        case_id = store.create(a_case(), ANNA, later(0)).id
        letter = store.add_letter(case_id, "afgoerelse", PDF, ANNA, later(1))
    forged = b"%PDF-1.7 forged"
    forged_sum = hashlib.sha256(forged).hexdigest()
    with by_hand(tmp_path) as connection:
        connection.execute("UPDATE letters SET pdf = ?, sha256 = ?", (forged, forged_sum))
        connection.execute(covering.format(old=letter.sha256, new=forged_sum))
    with (
        opened(tmp_path) as store,
        pytest.raises(DamagedLetterError, match="ikke længere, som det blev lavet"),
    ):
        store.letter_pdf(letter.id)

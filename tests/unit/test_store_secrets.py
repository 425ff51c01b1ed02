"""Nobody without the passphrase reads a case: the key file and what lies on the disk."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from store_kit import ANNA, CHEAP, NOW, PASSPHRASE, WORDS, a_telling_case, content, new_store, opened, vault

from visitator_tui.store import keyfile
from visitator_tui.usecases.ports import Place, StoreError, WrongPassphraseError


def test_no_file_of_the_folder_can_be_read(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        record = store.create(a_telling_case(), ANNA, NOW)
        store.save(
            replace(record, drafts={"enquiry.received_on": "draftværdi"}, place=Place("brev", "stedord")),
            [],
            ANNA,
            NOW,
        )
        store.add_letter(record.id, "afgoerelse", "brevtekst æøå".encode() * 500, ANNA, NOW)
        store.set_setting("underskrift", '"underskriver"', ANNA, NOW)
        while_open = content(tmp_path)
    assert "visitator.db-wal" in while_open
    for files in (while_open, content(tmp_path)):
        for word in (*WORDS, "draftværdi", "stedord", "brevtekst", "underskriver", "indkoeb", "case.created"):
            for form in (word, word.lower(), word.upper()):
                for encoding in ("utf-8", "utf-16-le", "latin-1"):
                    readable = [name for name, held in files.items() if form.encode(encoding) in held]
                    assert not readable, (form, readable)


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps other users out of the profile folder itself")
def test_other_users_are_kept_out(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    old = os.umask(0)
    try:
        folder.mkdir()  # as it may be there already, for the municipality's own catalogues
        with new_store(folder) as store:
            store.create(a_telling_case(), ANNA, NOW)
            modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    finally:
        os.umask(old)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert set(modes) >= {"visitator.db", "visitator.db-wal", "visitator.key", "visitator.head"}
    assert set(modes.values()) == {0o600}


def test_a_wrong_passphrase_opens_nothing(tmp_path: Path) -> None:
    with new_store(tmp_path):
        pass
    before = content(tmp_path)
    for wrong in ("", PASSPHRASE.upper(), PASSPHRASE + " ", "\udce6"):
        with pytest.raises(WrongPassphraseError, match="Adgangssætningen passer ikke"):
            vault(tmp_path).open(wrong, NOW)
    assert content(tmp_path) == before


def test_letters_typed_as_one_or_two_signs_are_the_same_passphrase(tmp_path: Path) -> None:
    vault(tmp_path).create("\u00e5ben \u2460", NOW).close()
    vault(tmp_path).open("a\u030aben 1", NOW).close()


def test_an_empty_passphrase_is_not_taken(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="tom"):
        vault(tmp_path).create("  ", NOW)
    assert content(tmp_path) == {}


def test_the_passphrase_can_be_changed(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        record = store.create(a_telling_case(), ANNA, NOW)
    with pytest.raises(WrongPassphraseError):
        vault(tmp_path).change_passphrase("forkert", "ny adgang")
    with pytest.raises(StoreError, match="tom"):
        vault(tmp_path).change_passphrase(PASSPHRASE, "")
    vault(tmp_path).change_passphrase(PASSPHRASE, "ny adgang")
    with pytest.raises(WrongPassphraseError):
        vault(tmp_path).open(PASSPHRASE, NOW)
    store = vault(tmp_path).open("ny adgang", NOW)
    assert store.load(record.id) == record
    store.close()


def rewritten(folder: Path, edit: Any) -> None:
    """The key file after ``edit`` of its document, with a checksum that fits."""
    path = folder / "visitator.key"
    document = json.loads(path.read_text())
    edit(document)
    path.write_text(
        json.dumps(keyfile._KeyDocument.model_validate(document).sealed().model_dump(mode="json"))
    )


def test_slots_of_kinds_not_known_yet_are_left_alone(tmp_path: Path) -> None:
    with new_store(tmp_path):
        pass
    sealed = {"kind": "municipality", "public_key": "AAAA", "wrapped": "BBBB"}
    rewritten(tmp_path, lambda document: document["slots"].insert(0, sealed))
    with opened(tmp_path):
        pass
    vault(tmp_path).change_passphrase(PASSPHRASE, "ny adgang")
    assert sealed in json.loads((tmp_path / "visitator.key").read_text())["slots"]
    rewritten(tmp_path, lambda document: document.update(slots=[sealed]))
    with pytest.raises(StoreError, match="kan ikke åbnes med en adgangssætning"):
        vault(tmp_path).open("ny adgang", NOW)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("memory_kib", 2**31),
        ("memory_kib", 0),
        ("iterations", 10**9),
        ("iterations", "3 gange"),
        ("lanes", 10**6),
        ("lanes", 16),  # Argon2id wants 8 KiB a lane
        ("salt", ""),
        ("salt", "ikke base64!"),
        ("name", "scrypt"),
    ],
)
def test_the_cost_of_a_key_file_is_bounded(tmp_path: Path, field: str, value: object) -> None:
    with new_store(tmp_path):
        pass
    rewritten(tmp_path, lambda document: document["slots"][0]["kdf"].update({field: value}))
    with pytest.raises(StoreError, match=r"Nøglefilen .* er beskadiget"):
        vault(tmp_path).open(PASSPHRASE, NOW)


def test_parameters_belong_to_the_wrapped_key(tmp_path: Path) -> None:
    with new_store(tmp_path):
        pass
    rewritten(tmp_path, lambda document: document.update(id="0" * 32))
    with pytest.raises(WrongPassphraseError):
        vault(tmp_path).open(PASSPHRASE, NOW)


def test_two_databases_share_no_key(tmp_path: Path) -> None:
    one = keyfile.make_key_file(tmp_path / "1", PASSPHRASE, CHEAP)
    two = keyfile.make_key_file(tmp_path / "2", PASSPHRASE, CHEAP)
    purposes = ("database", "audit", "audit head")
    assert len({one, two, *(keyfile.derived_key(key, use) for key in (one, two) for use in purposes)}) == 8


def test_the_first_screen_waits_for_neither_sqlalchemy_nor_the_cryptography() -> None:
    probe = (
        "import sys; from pathlib import Path; from visitator_tui.store import SqlCipherVault; "
        "SqlCipherVault(Path('nowhere')).exists(); "
        "print(*{name.split('.')[0] for name in sys.modules})"
    )
    loaded = set(
        subprocess.run(
            [sys.executable, "-c", probe], capture_output=True, text=True, check=True
        ).stdout.split()
    )
    assert loaded.isdisjoint({"sqlalchemy", "sqlcipher3", "cryptography", "alembic"})


def test_opening_imports_neither_the_orm_nor_alembic(tmp_path: Path) -> None:
    with new_store(tmp_path):
        pass
    probe = (
        "import sys; sys.path.insert(0, sys.argv[2]); from pathlib import Path; from store_kit import opened\n"
        "with opened(Path(sys.argv[1])) as store: store.rows('x')\n"
        "print(*(name for name in sys.modules if name in ('sqlalchemy.orm', 'alembic')))"
    )
    command = [sys.executable, "-c", probe, str(tmp_path), str(Path(__file__).parent)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == ""

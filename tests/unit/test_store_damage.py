"""What can befall files and disk: a Danish message that says where and how to mend it, and nothing overwritten."""

from __future__ import annotations

import errno
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from store_kit import (
    ANNA,
    NOW,
    PASSPHRASE,
    a_case,
    a_telling_case,
    content,
    database_key,
    new_store,
    opened,
    vault,
)

from visitator_tui.domain.edit import change
from visitator_tui.store import connection, open_throwaway
from visitator_tui.store.errors import in_danish
from visitator_tui.usecases.ports import StoreError, WrongPassphraseError

FOREIGN_TO_A_VISITATOR = ("sqlite3", "sqlcipher", "Traceback", "Error", "errno", "malformed", "HMAC", "None")


def readable(problem: BaseException) -> str:
    """The message, once it is certain that a visitator can read it."""
    text = str(problem)
    assert not [word for word in FOREIGN_TO_A_VISITATOR if word in text], text
    assert text.endswith("."), text
    assert problem.__suppress_context__ or problem.__context__ is None
    return text


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a sound, closed database of some size."""
    folder = tmp_path_factory.mktemp("whole")
    with new_store(folder) as store:
        for number in range(150):
            store.create(a_case(f"Borger {number}", summary={"text": "ord " * 900}), ANNA, NOW)
    return content(folder)


def put(folder: Path, files: dict[str, bytes]) -> None:
    for name, held in files.items():
        (folder / name).write_bytes(held)


def flipped(held: bytes, place: int) -> bytes:
    return held[:place] + bytes([held[place] ^ 1]) + held[place + 1 :]


def a_plain_database(_: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        plain = sqlite3.connect(Path(folder) / "plain")
        plain.execute("CREATE TABLE documents(id)")
        plain.commit()
        plain.close()
        return (Path(folder) / "plain").read_bytes()


DATABASE, KEY_FILE, HEAD = "visitator.db", "visitator.key", "visitator.head"
Damage = Callable[[bytes], bytes | None]

REFUSED_AT_OPENING: list[tuple[str, str, Damage, str]] = [
    ("database gone", DATABASE, lambda held: None, "databasen .* mangler.*sikkerhedskopien"),
    ("database empty", DATABASE, lambda held: b"", "databasen .* er tom"),
    ("database cut in page 1", DATABASE, lambda held: held[:1000], "er beskadiget"),
    ("bit flipped in its salt", DATABASE, lambda held: flipped(held, 3), "er beskadiget"),
    ("bit flipped in page 1", DATABASE, lambda held: flipped(held, 2000), "er beskadiget"),
    ("garbage", DATABASE, lambda held: os.urandom(len(held)), "er beskadiget"),
    ("a plain SQLite file", DATABASE, a_plain_database, "er beskadiget"),
    ("cut after page 1", DATABASE, lambda held: held[:4096], "er beskadiget"),
    ("key file gone", KEY_FILE, lambda held: None, "nøglefilen .* mangler.*sikkerhedskopien"),
    ("key file empty", KEY_FILE, lambda held: b"", "Nøglefilen .* er beskadiget"),
    ("key file cut", KEY_FILE, lambda held: held[:-10], "Nøglefilen .* er beskadiget"),
    ("key file garbage", KEY_FILE, lambda held: bytes(range(256)), "Nøglefilen .* er beskadiget"),
    ("key file a list", KEY_FILE, lambda held: b"[]", "Nøglefilen .* er beskadiget"),
    ("key file nested", KEY_FILE, lambda held: b"[" * 100_000, "Nøglefilen .* er beskadiget"),
    ("key file huge", KEY_FILE, lambda held: held + b" " * 10**6, "Nøglefilen .* er beskadiget"),
    (
        "a letter of the wrapped key changed",
        KEY_FILE,
        lambda held: re.sub(
            rb'("wrapped": ?")(.)', lambda at: at[1] + (b"B" if at[2] == b"A" else b"A"), held
        ),
        "Nøglefilen .* er beskadiget",
    ),
    (
        "key file of another version",
        KEY_FILE,
        lambda held: held.replace(b"visitator-key/1", b"visitator-key/2"),
        "anden udgave",
    ),
]


@pytest.mark.parametrize(
    ("name", "damage", "says"),
    [case[1:] for case in REFUSED_AT_OPENING],
    ids=[case[0] for case in REFUSED_AT_OPENING],
)
def test_damage_is_told_at_opening_and_nothing_is_overwritten(
    tmp_path: Path,
    whole: dict[str, bytes],
    capfd: pytest.CaptureFixture[str],
    name: str,
    damage: Damage,
    says: str,
) -> None:
    put(tmp_path, whole)
    damaged = damage(whole[name])
    (tmp_path / name).unlink() if damaged is None else (tmp_path / name).write_bytes(damaged)
    before = content(tmp_path)
    assert vault(tmp_path).exists(), "or the program would offer to create a new one"
    with pytest.raises(StoreError, match=says) as refused:
        vault(tmp_path).open(PASSPHRASE, NOW)
    assert not isinstance(refused.value, WrongPassphraseError)
    assert str(tmp_path) in readable(refused.value)
    after = {file: held for file, held in content(tmp_path).items() if not file.endswith(("-wal", "-shm"))}
    assert after == before
    with pytest.raises(StoreError):
        vault(tmp_path).create(PASSPHRASE, NOW)
    assert {file: held for file, held in content(tmp_path).items() if file in before} == before
    assert capfd.readouterr() == ("", ""), "nothing is written over the screen"


@pytest.mark.parametrize(
    "damage",
    [
        lambda held: held[: len(held) // 8192 * 4096],
        lambda held: held[: len(held) // 8192 * 4096 + 1234],
        lambda held: held[: 4096 * 40] + bytes(len(held) - 4096 * 40),
        lambda held: held[: 4096 * 40] + held[: 4096 * 40] + held[4096 * 80 :],
    ],
    ids=["cut in half", "cut in mid-page", "second half zeroed", "pages moved"],
)
def test_damage_deeper_in_is_told_when_it_is_met(
    tmp_path: Path, whole: dict[str, bytes], damage: Callable[[bytes], bytes]
) -> None:
    put(tmp_path, whole | {DATABASE: damage(whole[DATABASE])})
    with pytest.raises(StoreError, match="er beskadiget") as refused, opened(tmp_path) as store:
        for row in store.rows():
            store.load(row.id)
    readable(refused.value)


HALF_MADE: list[tuple[str, list[str], str]] = [
    ("only the key file", [KEY_FILE], "Blev oprettelsen afbrudt, så flyt"),
    ("only the database", [DATABASE], "Hent nøglefilen fra sikkerhedskopien"),
    ("both", [DATABASE, KEY_FILE], "Der er allerede en database"),
]


@pytest.mark.parametrize(
    ("present", "says"), [case[1:] for case in HALF_MADE], ids=[case[0] for case in HALF_MADE]
)
def test_creating_never_overwrites_what_is_there(
    tmp_path: Path, whole: dict[str, bytes], present: list[str], says: str
) -> None:
    put(tmp_path, {name: whole[name] for name in present})
    before = content(tmp_path)
    with pytest.raises(StoreError, match=says) as refused:
        vault(tmp_path).create(PASSPHRASE, NOW)
    readable(refused.value)
    with pytest.raises(StoreError):
        open_throwaway(tmp_path, NOW)
    assert content(tmp_path) == before


def test_a_creation_broken_off_at_its_first_step_says_what_to_delete(tmp_path: Path) -> None:
    (tmp_path / DATABASE).touch()
    for attempt in (vault(tmp_path).open, vault(tmp_path).create):
        with pytest.raises(StoreError, match=r"Slet .*visitator\.db") as refused:
            attempt(PASSPHRASE, NOW)
        readable(refused.value)
    (tmp_path / DATABASE).unlink()
    with new_store(tmp_path):
        pass


def test_a_connection_never_makes_a_database(tmp_path: Path) -> None:
    with pytest.raises(sqlcipher.OperationalError):
        connection.connect(tmp_path / DATABASE, bytes(32))
    assert list(tmp_path.iterdir()) == []


def test_opening_where_there_is_nothing_makes_nothing(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(StoreError, match="ingen database") as refused:
            vault(folder).open(PASSPHRASE, NOW)
        readable(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_whose_place_is_taken(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("noget andet")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(StoreError, match="noget andet på stedet") as refused:
            vault(folder).create(PASSPHRASE, NOW)
        readable(refused.value)


def test_something_else_under_the_name_of_the_database(tmp_path: Path) -> None:
    with new_store(tmp_path):
        pass
    (tmp_path / DATABASE).unlink()
    (tmp_path / DATABASE).mkdir()
    with pytest.raises(StoreError) as refused:
        vault(tmp_path).open(PASSPHRASE, NOW)
    readable(refused.value)


@contextmanager
def an_ordinary_user() -> Iterator[None]:
    """Nothing is read-only for root: step down for a moment."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that an ordinary user owns and reaches."""
    with an_ordinary_user(), tempfile.TemporaryDirectory() as folder:
        yield Path(folder)
        Path(folder).chmod(0o700)


posix_only = pytest.mark.skipif(os.name != "posix", reason="a read-only folder means nothing on Windows")


@posix_only
def test_a_read_only_folder(open_folder: Path) -> None:
    folder = open_folder / "data"
    with new_store(folder) as store:
        store.create(a_case(), ANNA, NOW)
    before = content(folder)
    folder.chmod(0o500)
    attempts: list[Callable[[], object]] = [
        lambda: vault(folder).open(PASSPHRASE, NOW),
        lambda: vault(folder).change_passphrase(PASSPHRASE, "ny adgang"),
    ]
    for attempt in attempts:
        with pytest.raises(StoreError, match="ret til at skrive") as refused:
            attempt()
        readable(refused.value)
    assert content(folder) == before
    folder.chmod(0o700)
    with opened(folder) as store:
        assert len(store.rows()) == 1


@posix_only
def test_a_folder_that_cannot_be_made(open_folder: Path) -> None:
    open_folder.chmod(0o500)
    with pytest.raises(StoreError, match="ret til at skrive") as refused:
        vault(open_folder / "data").create(PASSPHRASE, NOW)
    readable(refused.value)


@posix_only
def test_files_that_may_not_be_read(open_folder: Path) -> None:
    with new_store(open_folder):
        pass
    for name in (DATABASE, KEY_FILE):
        (open_folder / name).chmod(0)
        with pytest.raises(StoreError, match="ret til at") as refused:
            vault(open_folder).open(PASSPHRASE, NOW)
        assert name in readable(refused.value)
        (open_folder / name).chmod(0o600)


def disk_of(pages: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on the database may not grow beyond some pages: SQLite then says that the disk is full."""
    monkeypatch.setattr(connection, "_PRAGMAS", (*connection._PRAGMAS, f"max_page_count = {pages}"))


def test_a_full_disk_while_saving_loses_nothing_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with new_store(tmp_path) as store:
        record = store.create(a_telling_case(), ANNA, NOW)
    disk_of(len((tmp_path / DATABASE).read_bytes()) // 4096 + 5, monkeypatch)
    with opened(tmp_path) as store:
        case, edit = change(record.case, ("summary", "text"), "x" * 100_000)
        with pytest.raises(StoreError, match=r"Disken er fuld.*Frigør plads") as refused:
            store.save(replace(record, case=case), [edit], ANNA, NOW)
        readable(refused.value)
        assert store.load(record.id) == record
        case, edit = change(record.case, ("summary", "text"), "kort")
        assert store.save(replace(record, case=case), [edit], ANNA, NOW).revision == 2
        store.verify_audit()


def test_a_full_disk_while_creating_leaves_nothing_half_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        disk_of(4, patch)
        with pytest.raises(StoreError, match="Disken er fuld") as refused:
            vault(tmp_path).create(PASSPHRASE, NOW)
    readable(refused.value)
    assert (list(tmp_path.iterdir()), vault(tmp_path).exists()) == ([], False)
    with new_store(tmp_path):
        pass


@pytest.mark.parametrize(
    ("problem", "says"),
    [
        (OSError(errno.ENOSPC, "No space left"), "Disken er fuld"),
        (OSError(errno.EROFS, "Read-only file system"), "ret til at"),
        (PermissionError(errno.EACCES, "Permission denied"), "ret til at"),
        (OSError(errno.EIO, "Input/output error"), "Se efter, at disken er tilsluttet"),
    ],
)
def test_errors_of_the_file_system_are_told_in_danish(tmp_path: Path, problem: OSError, says: str) -> None:
    with pytest.raises(StoreError, match=says) as told, in_danish(tmp_path / KEY_FILE):
        raise problem
    assert KEY_FILE in readable(told.value)


HOLD = """
import sys
from pathlib import Path
from visitator_tui.store.connection import connect
held = connect(Path(sys.argv[1]), bytes.fromhex(sys.stdin.readline()))
held.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.readline()
"""


def test_a_database_that_another_process_holds(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        record = store.create(a_case(), ANNA, NOW)
    command = [sys.executable, "-c", HOLD, str(tmp_path / DATABASE)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdin and other.stdout
        other.stdin.write(database_key(tmp_path).hex() + "\n")
        other.stdin.flush()
        assert other.stdout.readline() == "held\n"
        with pytest.raises(StoreError, match=r"optaget af et andet program.*prøv igen") as refused:
            vault(tmp_path, busy_seconds=0.1).open(PASSPHRASE, NOW)
        readable(refused.value)
        other.stdin.write("\n")
        other.stdin.flush()
    with opened(tmp_path) as store:
        assert store.load(record.id) == record

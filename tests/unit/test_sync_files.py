"""The municipality's files reach a laptop as they were signed, or not at all."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path

import pytest
from pydantic import ValidationError

from visitator_tui.domain.published import Manifest, PublishedFile, SignedManifest, may_be_published
from visitator_tui.server.signing import SigningKeyError, create_key, public_key, read_key, sign
from visitator_tui.sync.files import PublishedFiles, PublishedFilesError
from visitator_tui.usecases.published_files import check_lists

USERS = b'{"format": "visitator-users/1", "users": [{"id": "anna", "name": "Anna Ask"}]}'
SUPPLIERS = '{"format": "visitator-suppliers/1", "suppliers": [{"name": "Hjælp Hjemme"}]}'.encode()


class Municipality:
    """Signs and serves files; a test may change what is served after signing."""

    def __init__(self, folder: Path, tenant: str = "helsingor") -> None:
        self.tenant = tenant
        self.public = create_key(folder / "signing.key")
        self._key = read_key(folder / "signing.key")
        self.served: dict[str, bytes] = {}
        self.fetched: list[str] = []

    def publish(self, version: int, files: Mapping[str, bytes]) -> bytes:
        listed = []
        for name, data in files.items():
            sha256 = hashlib.sha256(data).hexdigest()
            self.served[sha256] = data
            listed.append(PublishedFile(name=name, sha256=sha256, size=len(data)))
        signed = sign(Manifest(tenant=self.tenant, version=version, files=tuple(listed)), self._key)
        return signed.model_dump_json().encode()

    def fetch(self, sha256: str) -> bytes:
        self.fetched.append(sha256)
        return self.served[sha256]


@pytest.fixture
def municipality(tmp_path: Path) -> Municipality:
    return Municipality(tmp_path)


@pytest.fixture
def laptop(tmp_path: Path, municipality: Municipality) -> PublishedFiles:
    (tmp_path / "published").mkdir()
    return PublishedFiles(tmp_path / "published", "helsingor", municipality.public, check_lists)


def test_signed_files_are_taken_and_only_what_changed_is_fetched_again(
    municipality: Municipality, laptop: PublishedFiles
) -> None:
    first = municipality.publish(1, {"users.json": USERS, "suppliers.json": SUPPLIERS})
    assert laptop.take(first, municipality.fetch) == 1
    folder = laptop.folder()
    assert folder is not None
    assert (folder / "users.json").read_bytes() == USERS

    assert laptop.take(first, municipality.fetch) is None
    municipality.fetched.clear()
    changed = USERS.replace(b"Anna Ask", b"Anna Ask Bo")
    assert (
        laptop.take(
            municipality.publish(2, {"users.json": changed, "suppliers.json": SUPPLIERS}), municipality.fetch
        )
        == 2
    )
    assert municipality.fetched == [hashlib.sha256(changed).hexdigest()]
    assert laptop.version() == 2
    folder = laptop.folder()
    assert folder is not None
    assert (folder / "users.json").read_bytes() == changed
    assert sorted(one.name for one in folder.parent.iterdir()) == sorted([folder.name, "current"])


def refused(laptop: PublishedFiles, told: bytes, municipality: Municipality) -> str:
    """What is said when it is not taken; what was in use is in use still."""
    before, folder = laptop.version(), laptop.folder()
    with pytest.raises(PublishedFilesError) as problem:
        laptop.take(told, municipality.fetch)
    assert (laptop.version(), laptop.folder()) == (before, folder)
    return str(problem.value)


def test_a_tampered_file_is_not_taken(municipality: Municipality, laptop: PublishedFiles) -> None:
    laptop.take(municipality.publish(1, {"users.json": USERS}), municipality.fetch)
    told = municipality.publish(2, {"users.json": USERS + b" "})
    sha256 = hashlib.sha256(USERS + b" ").hexdigest()
    municipality.served[sha256] = USERS + b"\n"  # as long as the real one
    assert "users.json er ikke den fil, kommunen har underskrevet" in refused(laptop, told, municipality)


@pytest.mark.parametrize("part", ["version", "sha256", "name", "tenant", "signature"])
def test_a_tampered_manifest_is_not_taken(
    municipality: Municipality, laptop: PublishedFiles, part: str
) -> None:
    laptop.take(municipality.publish(1, {"users.json": USERS}), municipality.fetch)
    told = json.loads(municipality.publish(2, {"users.json": SUPPLIERS}))
    match part:
        case "version":
            told["version"] = 3
        case "sha256":
            told["files"][0]["sha256"] = hashlib.sha256(USERS).hexdigest()
        case "name":
            told["files"][0]["name"] = "suppliers.json"
        case "tenant":
            told["tenant"] = "herning"
        case "signature":
            told["signature"] = "A" * 86 + "=="
    assert "underskriften passer ikke" in refused(laptop, json.dumps(told).encode(), municipality)


def test_another_municipalitys_or_strangers_files_are_not_taken(
    tmp_path: Path, municipality: Municipality, laptop: PublishedFiles
) -> None:
    (tmp_path / "stranger").mkdir()
    stranger = Municipality(tmp_path / "stranger")
    assert "underskriften" in refused(laptop, stranger.publish(1, {"users.json": USERS}), stranger)
    municipality.tenant = "herning"  # one operator, one key, two municipalities
    told = municipality.publish(1, {"users.json": USERS})
    assert "en anden kommunes" in refused(laptop, told, municipality)


def test_an_older_version_is_never_taken(municipality: Municipality, laptop: PublishedFiles) -> None:
    old = municipality.publish(1, {"users.json": USERS})
    laptop.take(
        municipality.publish(
            2,
            {
                "users.json": SUPPLIERS.replace(b"suppliers", b"users").replace(
                    b'"name"', b'"id": "bo", "name"'
                )
            },
        ),
        municipality.fetch,
    )
    assert "en ældre udgave" in refused(laptop, old, municipality)
    other = municipality.publish(2, {"users.json": USERS})
    assert "samme nummer" in refused(laptop, other, municipality)


def test_files_that_cannot_be_used_are_not_taken_and_the_reason_is_said(
    municipality: Municipality, laptop: PublishedFiles
) -> None:
    laptop.take(municipality.publish(1, {"users.json": USERS}), municipality.fetch)
    told = municipality.publish(
        2, {"users.json": USERS.replace(b"Anna Ask", b""), "suppliers.json": SUPPLIERS}
    )
    message = refused(laptop, told, municipality)
    assert "users.json, felt »users/1/name«" in message
    assert "Du arbejder videre" in message


def test_a_file_changed_on_the_disk_is_not_used_and_comes_again(
    municipality: Municipality, laptop: PublishedFiles
) -> None:
    told = municipality.publish(1, {"users.json": USERS})
    laptop.take(told, municipality.fetch)
    folder = laptop.folder()
    assert folder is not None
    (folder / "users.json").write_bytes(USERS.replace(b"Anna", b"Ulla"))
    assert laptop.folder() is None
    assert laptop.take(told, municipality.fetch) == 1
    assert laptop.folder() is not None


@pytest.mark.parametrize(
    "name",
    ["../users.json", "catalogues/../../x.yaml", "/etc/passwd", "catalogues/con.yaml", "catalogues/A.yaml",
     "catalogues\\x.yaml", "users.json\n", "catalogues/x.yaml/y", "C:users.json", "catalogues/.yaml", ""],
)  # fmt: skip
def test_no_other_name_is_written_to_the_disk(name: str) -> None:
    assert not may_be_published(name)
    with pytest.raises(ValidationError):
        PublishedFile(name=name, sha256="0" * 64, size=1)


@pytest.mark.parametrize(
    "told", [b"", b"[]", b"{}", b"\xff", b"[" * 50_000, b'{"version": 1}', b" " * 200_000]
)
def test_what_is_no_manifest_is_not_taken(
    municipality: Municipality, laptop: PublishedFiles, told: bytes
) -> None:
    assert "ikke taget i brug" in refused(laptop, told, municipality)


def test_the_signature_does_not_depend_on_the_order_of_the_files(municipality: Municipality) -> None:
    told = SignedManifest.model_validate_json(
        municipality.publish(1, {"users.json": USERS, "suppliers.json": SUPPLIERS})
    )
    turned = Manifest(tenant=told.tenant, version=told.version, files=told.files[::-1])
    assert turned.signed_content() == told.manifest().signed_content()


def test_a_signing_key_is_closed_to_others_and_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "signing.key"
    public = create_key(path)
    assert public_key(read_key(path)) == public
    with pytest.raises(SigningKeyError, match="findes allerede"):
        create_key(path)
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600
        path.chmod(0o640)
        with pytest.raises(SigningKeyError, match="kan læses af andre"):
            read_key(path)

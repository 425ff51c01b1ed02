"""Files from the municipality: taken when signature, hashes and content hold, all of them in one step."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import os
import secrets
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic import ValidationError

from visitator_tui.domain.published import PublishedFile, SignedManifest
from visitator_tui.usecases.published_files import FileCheck

from .current import CURRENT, current_folder

LARGEST_MANIFEST: Final = 100_000
_MANIFEST: Final = "manifest.json"

Fetch = Callable[[str], bytes]
"""Gives the bytes of a file by the SHA-256 of its content; raises what the transport raises."""


class PublishedFilesError(Exception):
    """The municipality's files were not taken, and those at hand stay; the message is Danish."""


class PublishedFiles:
    """The published files on this laptop, one folder a version; ``current`` names the one in use.

    ``public_key`` is the municipality's in base64, as it came when the laptop was enrolled.
    """

    def __init__(self, folder: Path, tenant: str, public_key: str, check: FileCheck) -> None:
        self._folder = folder
        self._tenant = tenant
        self._public_key = public_key
        self._check = check

    def folder(self) -> Path | None:
        """Where the files in use lie; None while none have been taken, or when they are not as they came."""
        found = current_folder(self._folder)
        return found if found and self._standing(found) else None

    def version(self) -> int:
        """The version in use; 0 when there is none."""
        found = current_folder(self._folder)
        standing = self._standing(found) if found else None
        return standing.version if standing else 0

    def take(self, told: bytes, fetch: Fetch) -> int | None:
        """Take the version that a manifest (JSON as it came) describes; None when it is the one at hand.

        Raises PublishedFilesError; then nothing has changed.
        """
        offered = self._verified(told)
        at_hand = current_folder(self._folder)
        standing = self._standing(at_hand) if at_hand else None
        if standing and offered.version < standing.version:
            raise PublishedFilesError(
                f"Tjenesten tilbød en ældre udgave af kommunens filer ({offered.version}) end den, du har "
                f"({standing.version}). Den er ikke taget i brug. Sig det til it-afdelingen."
            )
        if standing and offered.version == standing.version:
            if offered.manifest().signed_content() == standing.manifest().signed_content():
                return None
            raise PublishedFilesError(
                f"Tjenesten har to forskellige sæt filer med samme nummer ({offered.version}). De nye er ikke "
                "taget i brug. Sig det til it-afdelingen."
            )
        files = {one.name: self._content(one, at_hand, fetch) for one in offered.files}
        if problems := self._check(files):
            raise PublishedFilesError(
                f"Udgave {offered.version} af kommunens filer er ikke taget i brug, for der er fejl i dem. "
                "Du arbejder videre med dem, du har. " + "\n".join(problems[:5])
            )
        self._put(offered, files)
        return offered.version

    def _verified(self, told: bytes) -> SignedManifest:
        try:
            if len(told) > LARGEST_MANIFEST:
                raise ValueError
            signed = SignedManifest.model_validate_json(told, strict=True)
            key = Ed25519PublicKey.from_public_bytes(base64.b64decode(self._public_key, validate=True))
            key.verify(base64.b64decode(signed.signature, validate=True), signed.manifest().signed_content())
        except (ValidationError, ValueError, InvalidSignature):
            raise _tampered("underskriften passer ikke") from None
        if signed.tenant != self._tenant:
            raise _tampered("de er en anden kommunes")
        return signed

    def _standing(self, folder: Path) -> SignedManifest | None:
        """The manifest of a folder if every file is as it was signed."""
        try:
            signed = self._verified((folder / _MANIFEST).read_bytes())
            for one in signed.files:
                if hashlib.sha256((folder / one.name).read_bytes()).hexdigest() != one.sha256:
                    return None
        except (OSError, PublishedFilesError):
            return None
        return signed

    def _content(self, one: PublishedFile, at_hand: Path | None, fetch: Fetch) -> bytes:
        if at_hand is not None:
            with contextlib.suppress(OSError):
                kept = (at_hand / one.name).read_bytes()
                if hashlib.sha256(kept).hexdigest() == one.sha256:
                    return kept
        data = fetch(one.sha256)
        if len(data) != one.size or hashlib.sha256(data).hexdigest() != one.sha256:
            raise _tampered(f"{one.name} er ikke den fil, kommunen har underskrevet")
        return data

    def _put(self, signed: SignedManifest, files: Mapping[str, bytes]) -> None:
        name = f"{signed.version}-{secrets.token_hex(4)}"
        folder = self._folder / name
        try:
            for file, data in {**files, _MANIFEST: signed.model_dump_json().encode()}.items():
                _write(folder / file, data)
            _write(self._folder / f".{name}.tmp", name.encode())
            (self._folder / f".{name}.tmp").replace(self._folder / CURRENT)
        except OSError:
            shutil.rmtree(folder, ignore_errors=True)
            raise PublishedFilesError(
                "Kommunens nye filer kan ikke gemmes. Se efter, om disken er fuld. Du arbejder videre med dem, du har."
            ) from None
        for old in self._folder.iterdir():
            if old.is_dir() and old.name != name:
                shutil.rmtree(old, ignore_errors=True)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _tampered(what: str) -> PublishedFilesError:
    return PublishedFilesError(
        f"Filerne fra tjenesten er ikke taget i brug: {what}. Du arbejder videre med dem, du har. "
        "Sig det til it-afdelingen."
    )

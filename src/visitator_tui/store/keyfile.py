"""The key file: one random data key, wrapped once in every slot.

A slot says how the data key is reached; a passphrase stretched by Argon2id opens one kind. Slots of
kinds this version does not know (one sealed to the municipality's public key, say) are left alone.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import secrets
import unicodedata
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, PlainValidator, ValidationError

from visitator_tui.usecases.ports import StoreError, WrongPassphraseError

from .errors import in_danish
from .files import write_private

FORMAT: Final = "visitator-key/1"
KEY_BYTES: Final = 32
_LARGEST_FILE: Final = 256 * 1024


def _decoded(value: object) -> bytes:
    if isinstance(value, bytes):
        return value
    try:
        return base64.b64decode(str(value), validate=True)
    except binascii.Error:
        raise ValueError("not base64") from None


_Bytes = Annotated[
    bytes, PlainValidator(_decoded), PlainSerializer(lambda value: base64.b64encode(value).decode())
]


class KdfCost(BaseModel):
    """What one guess of a passphrase costs (Argon2id). The bounds keep a tampered file from taking the machine."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    memory_kib: int = Field(default=64 * 1024, ge=8, le=1024 * 1024)
    iterations: int = Field(default=3, ge=1, le=16)
    lanes: int = Field(default=4, ge=1, le=16)


class _Stretching(KdfCost):
    name: Literal["argon2id"] = "argon2id"
    salt: _Bytes


class _PassphraseSlot(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["passphrase"] = "passphrase"
    kdf: _Stretching
    nonce: _Bytes
    wrapped: _Bytes


class _KeyDocument(BaseModel):
    model_config = ConfigDict(frozen=True)

    format: str
    id: str
    slots: tuple[dict[str, Any], ...]
    check: str = ""

    def sealed(self) -> _KeyDocument:
        """The document with its checksum: damage must not look like a wrong passphrase."""
        return self.model_copy(update={"check": self._sum()})

    def is_whole(self) -> bool:
        return secrets.compare_digest(self.check.encode(), self._sum().encode())

    def _sum(self) -> str:
        return hashlib.sha256(_canonical([self.format, self.id, self.slots])).hexdigest()


def make_key_file(path: Path, passphrase: str, cost: KdfCost) -> bytes:
    """Write a new key file with one passphrase slot; the new random data key. Raises StoreError."""
    _refuse_blank(passphrase)
    data_key, identity = secrets.token_bytes(KEY_BYTES), secrets.token_hex(16)
    slot = _wrap(identity, data_key, passphrase, cost)
    _write(path, _KeyDocument(format=FORMAT, id=identity, slots=(slot,)))
    return data_key


def unlock(path: Path, passphrase: str) -> bytes:
    """The data key. Raises WrongPassphraseError, or StoreError for a missing or damaged file."""
    document = _read(path)
    return _unwrap(document, passphrase, path)


def change_passphrase(path: Path, old: str, new: str, cost: KdfCost) -> None:
    """Let ``new`` open the key file and ``old`` no longer; other kinds of slots stay. Raises as ``unlock``."""
    _refuse_blank(new)
    document = _read(path)
    slot = _wrap(document.id, _unwrap(document, old, path), new, cost)
    others = tuple(other for other in document.slots if other.get("kind") != "passphrase")
    _write(path, document.model_copy(update={"slots": (slot, *others)}))


def derived_key(data_key: bytes, purpose: str) -> bytes:
    """A key for one purpose, so that no two uses of the data key share bytes (HKDF-SHA256)."""
    info = f"visitator {purpose} 1".encode()
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(data_key)


def _refuse_blank(passphrase: str) -> None:
    if not passphrase.strip():
        raise StoreError("Adgangssætningen er tom. Skriv en adgangssætning.")


def _stretched(passphrase: str, kdf: _Stretching) -> bytes:
    # The same letters must open the file whether the keyboard composes å or sends a and a ring.
    typed = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    argon = Argon2id(
        salt=kdf.salt,
        length=KEY_BYTES,
        iterations=kdf.iterations,
        lanes=kdf.lanes,
        memory_cost=kdf.memory_kib,
    )
    return argon.derive(typed)


def _bound_to(identity: str, kdf: _Stretching) -> bytes:
    """What the wrapping vouches for beside the key: this file, and the parameters as written."""
    return _canonical([FORMAT, identity, "passphrase", kdf.model_dump(mode="json")])


def _wrap(identity: str, data_key: bytes, passphrase: str, cost: KdfCost) -> dict[str, Any]:
    kdf = _Stretching(**cost.model_dump(), salt=secrets.token_bytes(16))
    nonce = secrets.token_bytes(12)
    wrapped = AESGCM(_stretched(passphrase, kdf)).encrypt(nonce, data_key, _bound_to(identity, kdf))
    return _PassphraseSlot(kdf=kdf, nonce=nonce, wrapped=wrapped).model_dump(mode="json")


def _unwrap(document: _KeyDocument, passphrase: str, path: Path) -> bytes:
    slots = [slot for slot in document.slots if slot.get("kind") == "passphrase"]
    if not slots:
        raise StoreError(f"Nøglefilen {path} kan ikke åbnes med en adgangssætning. Spørg it-afdelingen.")
    for raw in slots:
        try:
            slot = _PassphraseSlot.model_validate(raw)
            key = _stretched(passphrase, slot.kdf)
            return AESGCM(key).decrypt(slot.nonce, slot.wrapped, _bound_to(document.id, slot.kdf))
        except InvalidTag:
            continue
        except ValueError:  # parameters out of bounds, or such as Argon2id or AES-GCM refuse
            raise _damaged(path) from None
    raise WrongPassphraseError("Adgangssætningen passer ikke. Se efter store og små bogstaver, og prøv igen.")


def _read(path: Path) -> _KeyDocument:
    with in_danish(path), path.open("rb") as file:
        content = file.read(_LARGEST_FILE + 1)
    if len(content) > _LARGEST_FILE:
        raise _damaged(path)
    try:
        document = _KeyDocument.model_validate(json.loads(content))
    except (ValidationError, ValueError, RecursionError):
        raise _damaged(path) from None
    family, _, version = document.format.partition("/")
    if family == "visitator-key" and version.isdigit() and document.format != FORMAT:
        raise StoreError(
            f"Nøglefilen {path} er lavet af en anden udgave af programmet. Installer den nyeste udgave."
        )
    if document.format != FORMAT or not document.is_whole():
        raise _damaged(path)
    return document


def _write(path: Path, document: _KeyDocument) -> None:
    content = json.dumps(document.sealed().model_dump(mode="json"), indent=1)
    with in_danish(path):
        write_private(path, content.encode("utf-8"))


def _canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode("utf-8")


def _damaged(path: Path) -> StoreError:
    return StoreError(
        f"Nøglefilen {path} er beskadiget, så databasen kan ikke åbnes. Databasen er ikke ændret. "
        "Hent nøglefilen fra sikkerhedskopien."
    )

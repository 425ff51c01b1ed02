"""The key a municipality signs its published files with: a file that only the operator may read."""

from __future__ import annotations

import base64
import os
import subprocess
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from visitator_tui.domain.published import Manifest, SignedManifest

_LARGEST = 16 * 1024
# Without O_BINARY Windows would turn every line feed into two characters.
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


class SigningKeyError(Exception):
    """The key cannot be made or used; the message is Danish."""


def create_key(path: Path) -> str:
    """Write a new private key that only its owner can read; the public key in base64. Raises SigningKeyError."""
    key = Ed25519PrivateKey.generate()
    content = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        handle = os.open(path, _NEW, 0o600)
    except FileExistsError:
        raise SigningKeyError(
            f"{path} findes allerede. En nøgle overskrives aldrig; vælg et andet navn."
        ) from None
    except OSError:
        raise SigningKeyError(f"Nøglen kan ikke skrives i {path}. Se efter, om mappen findes.") from None
    try:
        with os.fdopen(handle, "wb") as file:
            _close_to_others(path)  # before there is anything in it
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except (OSError, subprocess.SubprocessError):
        path.unlink(missing_ok=True)
        raise SigningKeyError(f"Nøglen kan ikke skrives i {path}. Se efter, om disken er fuld.") from None
    return public_key(key)


def read_key(path: Path) -> Ed25519PrivateKey:
    """The key in a file that is closed to others. Raises SigningKeyError."""
    try:
        with path.open("rb") as file:
            if os.name == "posix" and os.fstat(file.fileno()).st_mode & 0o077:
                raise SigningKeyError(f"Nøglen {path} kan læses af andre. Luk den med »chmod 600 {path}«.")
            content = file.read(_LARGEST)
    except OSError:
        raise SigningKeyError(f"Nøglen {path} kan ikke læses. Se efter filens navn og rettigheder.") from None
    try:
        key = load_pem_private_key(content, None)
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise SigningKeyError(f"{path} er ikke en nøgle, der er lavet med »visitator-tui server key«.")
    return key


def public_key(key: Ed25519PrivateKey) -> str:
    """The public half in base64, as laptops get it."""
    return base64.b64encode(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


def sign(manifest: Manifest, key: Ed25519PrivateKey) -> SignedManifest:
    """The manifest with its signature."""
    signature = base64.b64encode(key.sign(manifest.signed_content())).decode()
    return SignedManifest(
        tenant=manifest.tenant, version=manifest.version, files=manifest.files, signature=signature
    )


def _close_to_others(path: Path) -> None:
    """On Windows: take inherited rights away and leave the file to the user alone (POSIX: made so)."""
    if os.name == "nt":
        user = f"{os.environ.get('USERDOMAIN', '.')}\\{os.environ.get('USERNAME', '')}"
        command = ["icacls", str(path), "/inheritance:r", "/grant:r", f"{user}:F"]
        subprocess.run(command, check=True, capture_output=True, timeout=30)  # noqa: S603 - no shell, our own words

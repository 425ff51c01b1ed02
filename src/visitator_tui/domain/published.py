"""What a municipality publishes to its laptops: catalogues, letter texts, suppliers and users, in signed versions.

The manifest is the same on both sides: the service signs ``signed_content`` and the laptop verifies it.
"""

from __future__ import annotations

import json
import re
from typing import Annotated, Final, Literal

from pydantic import Field, StringConstraints, field_validator, model_validator

from .base import Model, Text
from .letter_facts import SupplierOffer

SUPPLIERS: Final = "suppliers.json"
USERS: Final = "users.json"
LETTER_TEXTS: Final = "letters/da.yaml"
CATALOGUES: Final = "catalogues/"
LARGEST_FILE: Final = 4_000_000
"""Bytes; the largest catalogue there is has 300,000."""
MOST_FILES: Final = 100

_CATALOGUE = re.compile(r"catalogues/[a-z0-9][a-z0-9-]{0,59}\.yaml")
_RESERVED = re.compile(r"catalogues/(con|prn|aux|nul|com\d|lpt\d)\.yaml")

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
TenantId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
"""A municipality's id as in its catalogues: ``helsingor``."""


def may_be_published(name: str) -> bool:
    """Whether a file of this name has a place on a laptop; no other name is ever written to disk."""
    if name in (SUPPLIERS, USERS, LETTER_TEXTS):
        return True
    return bool(_CATALOGUE.fullmatch(name)) and not _RESERVED.fullmatch(name)


class PublishedFile(Model):
    """One file: its name, the SHA-256 of its bytes, and how many bytes they are."""

    name: str
    sha256: Sha256
    size: int = Field(ge=0, le=LARGEST_FILE, strict=True)

    @field_validator("name")
    @classmethod
    def _known(cls, name: str) -> str:
        if not may_be_published(name):
            raise ValueError("no file of this name is published")
        return name


class Manifest(Model):
    """All files of one version. ``version`` grows by at least one each time a tenant publishes."""

    tenant: TenantId
    version: int = Field(ge=1, strict=True)
    files: tuple[PublishedFile, ...] = Field(max_length=MOST_FILES)

    @model_validator(mode="after")
    def _one_of_each(self) -> Manifest:
        if len({one.name for one in self.files}) != len(self.files):
            raise ValueError("a name stands twice")
        return self

    def signed_content(self) -> bytes:
        """The bytes that the signature covers, the same for the same content on every machine."""
        content = self.model_dump(mode="json")
        content["files"].sort(key=lambda one: one["name"])
        told = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        return b"visitator-files/1\n" + told.encode("ascii")


class SignedManifest(Manifest):
    """A manifest with its Ed25519 signature in base64."""

    signature: str = Field(max_length=100)

    def manifest(self) -> Manifest:
        """The part that is signed."""
        return Manifest(tenant=self.tenant, version=self.version, files=self.files)


class User(Model):
    """A user whom cases can be assigned to: the id from her sign-in, and how letters name her."""

    id: Text = Field(min_length=1, max_length=200)
    name: Text = Field(min_length=1, max_length=200)
    title: Text = ""


class Users(Model):
    """The file ``users.json``."""

    format: Literal["visitator-users/1"]
    users: tuple[User, ...]

    @model_validator(mode="after")
    def _one_of_each(self) -> Users:
        if len({one.id for one in self.users}) != len(self.users):
            raise ValueError("the same id stands twice")
        return self


class Suppliers(Model):
    """The file ``suppliers.json``: the suppliers that citizens can choose."""

    format: Literal["visitator-suppliers/1"]
    suppliers: tuple[SupplierOffer, ...]

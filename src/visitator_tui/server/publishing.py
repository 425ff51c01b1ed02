"""Published files of a municipality: put in place by operations, signed; handed out as they were signed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, Row, insert, select

from visitator_tui.domain.published import Manifest, PublishedFile

from .signing import public_key, sign
from .tables_access import published, published_files
from .times import utc


class PublishingError(Exception):
    """Nothing was published; the message is Danish."""


def publish(
    connection: Connection,
    tenant: str,
    files: Mapping[str, bytes],
    key: Ed25519PrivateKey,
    now: datetime,
    *,
    new_key: bool = False,
) -> int:
    """Publish checked files as the municipality's next version; its number. As the owner of the tables.

    Another key than last time's is refused unless ``new_key``: laptops hold the old one and take nothing
    signed with another. Raises PublishingError.
    """
    before = _newest(connection, tenant)
    mine = public_key(key)
    if before is not None and before.public_key != mine and not new_key:
        raise PublishingError(
            "Nøglen er en anden end sidst, og maskinerne tager kun filer med den gamle. Brug den gamle nøgle. "
            "Er den tabt, så gentag med --new-key, og tilmeld maskinerne igen."
        )
    listed = tuple(
        PublishedFile(name=name, sha256=hashlib.sha256(data).hexdigest(), size=len(data))
        for name, data in sorted(files.items())
    )
    manifest = Manifest(tenant=tenant, version=1 if before is None else before.version + 1, files=listed)
    for one in listed:
        _keep(connection, tenant, one.sha256, files[one.name])
    connection.execute(
        insert(published).values(
            tenant=tenant,
            version=manifest.version,
            public_key=mine,
            manifest=sign(manifest, key).model_dump_json(),
            at=utc(now),
        )
    )
    return manifest.version


def manifest(connection: Connection, tenant: str) -> str | None:
    """The newest signed manifest as JSON; None when nothing has been published."""
    newest = _newest(connection, tenant)
    return None if newest is None else str(newest.manifest)


def signing_key(connection: Connection, tenant: str) -> str:
    """The public key that a laptop shall trust, in base64; empty when nothing has been published."""
    newest = _newest(connection, tenant)
    return "" if newest is None else str(newest.public_key)


def content(connection: Connection, tenant: str, sha256: str) -> bytes | None:
    """The bytes of a published file of this municipality; None when there is none with this hash."""
    query = select(published_files.c.content).where(
        published_files.c.tenant == tenant, published_files.c.sha256 == sha256
    )
    found = connection.execute(query).scalar()
    return None if found is None else bytes(found)


def _newest(connection: Connection, tenant: str) -> Row[Any] | None:
    query = select(published).where(published.c.tenant == tenant).order_by(published.c.version.desc())
    return connection.execute(query.limit(1)).first()


def _keep(connection: Connection, tenant: str, sha256: str, data: bytes) -> None:
    if content(connection, tenant, sha256) is None:
        connection.execute(insert(published_files).values(tenant=tenant, sha256=sha256, content=data))

"""Tables of who gets in and what is handed out: sign-ins, devices, enrolments, published files."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, LargeBinary, Table, Text

from .tables import UUID, metadata

# How a municipality's users sign in. Read before the municipality is known, so it has no row level
# security; it holds nothing about persons.
sign_ins = Table(
    "sign_ins",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("issuer", Text, nullable=False),
    Column("settings", Text, nullable=False),
    Index(None, "issuer"),
)

# Laptops: those enrolled with a code have a token (its SHA-256), those of users who sign in have none.
devices = Table(
    "devices",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("id", UUID, primary_key=True),
    Column("name", Text, nullable=False),
    Column("token", LargeBinary),
    Column("user_id", Text, nullable=False),
    Column("user_name", Text, nullable=False),
    Column("roles", Text, nullable=False),
    Column("added_at", Text, nullable=False),
    Column("added_by", Text, nullable=False),
    Column("revoked_at", Text),
    Column("revoked_by", Text),
)

# One-time codes, by their SHA-256, and for whom they are.
enrolments = Table(
    "enrolments",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("code", LargeBinary, primary_key=True),
    Column("user_id", Text, nullable=False),
    Column("user_name", Text, nullable=False),
    Column("roles", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
    Column("used_at", Text),
    Column("device", UUID),
)

# Every version that was published: the signed manifest as it is handed out, and the key it is signed with.
published = Table(
    "published",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("version", BigInteger, primary_key=True),
    Column("public_key", Text, nullable=False),
    Column("manifest", Text, nullable=False),
    Column("at", Text, nullable=False),
)

published_files = Table(
    "published_files",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("sha256", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

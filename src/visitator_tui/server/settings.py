"""The service's settings: a TOML file, and over it environment variables that begin with VISITATOR_SERVER_."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

PREFIX: Final = "VISITATOR_SERVER_"
CONFIG: Final = f"{PREFIX}CONFIG"


class ServerSettingsError(Exception):
    """The settings cannot be used; the message is Danish and says what to mend."""


class ServerSettings(BaseModel):
    """What the municipality's operations set. Everything has a default but the database for real use.

    ``database`` is an SQLAlchemy address without a password; the password stands in
    ``database_password``, or where PostgreSQL looks itself (PGPASSFILE), never on a command line.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    database: str = "sqlite:///visitator-server.sqlite"
    database_password: SecretStr | None = None
    host: str = "127.0.0.1"
    port: int = Field(default=8420, ge=0, le=65535)
    workers: int = Field(default=1, ge=1, le=64)
    connections: int = Field(default=8, ge=1, description="to the database, a worker")
    graceful_seconds: int = Field(default=20, ge=1, description="what a stop gives requests to end in")
    requests_per_minute: int = Field(default=600, ge=1, description="a device, a worker")
    batch_days: int = Field(default=14, ge=1, description="how long a batch can be asked about again")
    tokens_file: Path | None = Field(default=None, description="for development: token -> person (JSON)")

    @property
    def url(self) -> URL:
        """The database's address with its password."""
        url = _url(self.database)
        if self.database_password is not None:
            url = url.set(password=self.database_password.get_secret_value())
        return url

    @property
    def has_open_password(self) -> bool:
        """Whether the address itself holds a password."""
        return _url(self.database).password is not None


def read_server_settings(environ: Mapping[str, str] | None = None) -> ServerSettings:
    """The settings of this process. Raises ServerSettingsError."""
    environ = os.environ if environ is None else environ
    values = _from_file(environ[CONFIG]) if environ.get(CONFIG) else {}
    for name in ServerSettings.model_fields:
        if (given := environ.get(f"{PREFIX}{name.upper()}")) is not None:
            values[name] = given
    try:
        settings = ServerSettings.model_validate(values)
    except ValidationError as problem:
        first = problem.errors(include_input=False, include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        raise ServerSettingsError(
            f"Serverens indstilling »{field}« kan ikke bruges. Ret den i filen, eller i {PREFIX}{field.upper()}."
        ) from None
    _url(settings.database)
    return settings


def _from_file(path: str) -> dict[str, Any]:
    try:
        return tomllib.loads(Path(path).read_text("utf-8"))
    except OSError:
        raise ServerSettingsError(f"Serverens indstillinger i {path} kan ikke læses.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise ServerSettingsError(f"{path} er ikke gyldig TOML i UTF-8. Ret filen.") from None


def _url(address: str) -> URL:
    try:
        url = make_url(address)
    except ArgumentError:
        raise ServerSettingsError(
            "Databasens adresse kan ikke læses. Skriv for eksempel postgresql://bruger@vært/database."
        ) from None
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername not in ("postgresql+psycopg", "sqlite"):
        raise ServerSettingsError("Databasen skal være PostgreSQL (eller SQLite til en prøve).")
    return url

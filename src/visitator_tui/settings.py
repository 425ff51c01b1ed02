"""Settings of this machine: municipality, letterhead, places. A TOML file in the platform's folder."""

from __future__ import annotations

import tomllib
from pathlib import Path
from urllib.parse import urlsplit

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

APP = "visitator"


class SettingsError(Exception):
    """The settings file cannot be used; the message is Danish and says where and how to mend it."""


class Settings(BaseModel):
    """What a municipality sets once per laptop; empty letterhead parts fall back on the catalogue.

    ``cvr`` is the municipality's number as the sender of Digital Post. ``printer`` is offered first; empty
    is the system's own default. ``sumatra`` (Windows) is where SumatraPDF lies outside its usual places.
    ``sync_address`` is where the municipality's service answers (empty: there is none), ``sync_tenant`` its
    name for the municipality; without TLS only this machine itself is reached. ``retention_days`` is how long
    a case that is closed, or somebody else's, stays on this laptop once everything of it is at the service.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    municipality: str = "helsingor"
    unit: str = ""
    address: tuple[str, ...] = ()
    phone: str = ""
    hours: str = ""
    email: str = ""
    logo: Path | None = None
    cpr_in_letters: bool = False
    visitator_name: str = ""
    visitator_title: str = "visitator"
    theme: str = "visitator-moerk"
    cvr: str = ""
    printer: str = ""
    sumatra: Path | None = None
    sync_address: str = ""
    sync_tenant: str = ""
    retention_days: int = Field(default=30, ge=1)

    @field_validator("sync_address")
    @classmethod
    def _encrypted(cls, address: str) -> str:
        told = urlsplit(address)
        here = told.scheme == "http" and told.hostname in ("localhost", "127.0.0.1")
        if address and not (told.hostname and (told.scheme == "https" or here)):
            raise ValueError("adressen på kommunens tjeneste begynder med https://")
        return address


def data_folder() -> Path:
    """Where the database lives (the platform's data directory for this user)."""
    return platformdirs.user_data_path(APP, appauthor=False)


def cache_folder() -> Path:
    """Where what can be made again may be kept (parsed catalogues; nothing of a case)."""
    return platformdirs.user_cache_path(APP, appauthor=False)


def settings_file() -> Path:
    """The settings file's path; it need not exist."""
    return platformdirs.user_config_path(APP, appauthor=False) / "visitator.toml"


def own_catalogues() -> Path:
    """Where a municipality's own catalogue files are looked for, beside the shipped ones."""
    return data_folder() / "catalogues"


def published_files() -> Path:
    """Where the files that the municipality's service publishes are kept; nobody edits them."""
    return data_folder() / "published"


def own_letter_texts() -> Path:
    """Where a municipality's own letter texts are looked for; the file need not exist."""
    return data_folder() / "letters" / "da.yaml"


def read_settings(path: Path | None = None) -> Settings:
    """The settings; defaults when there is no file. Raises SettingsError with a Danish message."""
    path = path or settings_file()
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return Settings()
    except OSError:
        raise SettingsError(
            f"Indstillingerne i {path} kan ikke læses. Se efter filens rettigheder."
        ) from None
    try:
        return Settings.model_validate(tomllib.loads(raw.decode("utf-8")))
    except UnicodeDecodeError:
        raise SettingsError(f"{path} er ikke gemt som UTF-8. Gem den igen som UTF-8.") from None
    except tomllib.TOMLDecodeError as problem:
        raise SettingsError(f"{path} er ikke gyldig TOML: {problem}. Ret linjen.") from None
    except ValidationError as problem:
        from visitator_tui.domain.edit import danish

        first = problem.errors(include_input=False, include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        message = danish(first["type"], dict(first.get("ctx", {})), first["msg"])
        raise SettingsError(f"{path}, feltet »{field}«: {message}.") from None

"""``visitator-tui server``: the municipality's sync service. Needs the extra ``server``."""

from __future__ import annotations

import importlib.util
import os
import tempfile
from argparse import Namespace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from visitator_tui.settings import SettingsError

from .console import say

if TYPE_CHECKING:
    from visitator_tui.server.database import Database
    from visitator_tui.server.settings import ServerSettings

_NEEDED = ("starlette", "uvicorn", "psycopg", "prometheus_client", "jwt")


def run(arguments: Namespace) -> None:
    """Serve until stopped. An SQLite database is made and brought up to date on the way, for a trial."""
    settings = settings_of(arguments)
    import uvicorn

    from visitator_tui.server.logs import set_up
    from visitator_tui.server.metrics import FOLDER
    from visitator_tui.server.schema import migrate

    if settings.url.drivername == "sqlite":
        migrate(_database(settings))
    set_up()
    with tempfile.TemporaryDirectory(prefix="visitator-figures-") as folder:
        if settings.workers > 1:
            os.environ[FOLDER] = folder
        uvicorn.run(
            "visitator_tui.server.app:application",
            factory=True,
            host=settings.host,
            port=settings.port,
            workers=settings.workers,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=settings.graceful_seconds,
        )


def migrate(arguments: Namespace) -> None:
    """Bring the database up to date, as the owner of its tables."""
    settings = settings_of(arguments)
    from visitator_tui.server.schema import HEAD, migrate

    migrate(_database(settings))
    say(f"Databasen har nu udgave {HEAD}.")


def tenant(arguments: Namespace) -> None:
    """Let a municipality in, as the owner of the tables."""
    settings = settings_of(arguments)
    from visitator_tui.server.schema import add_tenant

    new = add_tenant(_database(settings), arguments.id, arguments.name, datetime.now(UTC))
    say(f"{arguments.name} er {'oprettet' if new else 'oprettet i forvejen'}.")


def restored(arguments: Namespace) -> None:
    """Tell the laptops that the database was restored from a backup."""
    settings = settings_of(arguments)
    from visitator_tui.server.schema import declare_restored

    count = declare_restored(_database(settings), datetime.now(UTC))
    say(f"{count} kommuners maskiner sender nu det, serveren mangler, næste gang de synkroniserer.")


def settings_of(arguments: Namespace) -> ServerSettings:
    """The settings with what the command line says. The workers read them from the environment."""
    if any(importlib.util.find_spec(name) is None for name in _NEEDED):
        raise SettingsError(
            "Synkroniseringsserveren er ikke installeret. Installer den: pip install 'visitator-tui[server]'"
        )
    from visitator_tui.server.settings import CONFIG, PREFIX, ServerSettingsError, read_server_settings

    given = {"DATABASE": arguments.database, "HOST": None, "PORT": None, "WORKERS": None}
    given |= {name.upper(): value for name, value in vars(arguments).items() if name.upper() in given}
    os.environ |= {f"{PREFIX}{name}": value for name, value in given.items() if value is not None}
    if arguments.config is not None:
        os.environ[CONFIG] = arguments.config
    try:
        settings = read_server_settings()
    except ServerSettingsError as problem:
        raise SettingsError(str(problem)) from None
    if arguments.database is not None and settings.has_open_password:
        raise SettingsError(
            "Databasens adgangskode må ikke stå på kommandolinjen, hvor andre kan se den. "
            f"Skriv den i {PREFIX}DATABASE_PASSWORD eller i filen, som PGPASSFILE peger på."
        )
    return settings


def _database(settings: ServerSettings) -> Database:
    from visitator_tui.server.database import open_database

    return open_database(settings.url, 1)

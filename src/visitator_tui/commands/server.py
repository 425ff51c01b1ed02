"""``visitator-tui server``: the municipality's sync service. Needs the extra ``server``."""

from __future__ import annotations

import importlib.util
import os
import signal
import sys
import tempfile
from argparse import Namespace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from visitator_tui.settings import SettingsError

from .console import say

if TYPE_CHECKING:
    from visitator_tui.server.settings import ServerSettings

_NEEDED = ("starlette", "uvicorn", "psycopg", "prometheus_client", "jwt")


def run(arguments: Namespace) -> None:
    """Serve until stopped. An SQLite database is made and brought up to date on the way, for a trial."""
    settings = settings_of(arguments)
    os.environ |= _given(arguments)  # where the workers read the settings
    from visitator_tui.server.logs import set_up
    from visitator_tui.server.metrics import FOLDER
    from visitator_tui.server.serving import serve

    _check(settings)
    set_up()
    # uvicorn ends as its signal would have ended it; the figures' folder is to be cleared away first.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with tempfile.TemporaryDirectory(prefix="visitator-figures-", ignore_cleanup_errors=True) as folder:
        if settings.workers > 1:
            os.environ[FOLDER] = folder
        serve(settings)


def _check(settings: ServerSettings) -> None:
    """Raise SettingsError if the service could not serve; a trial's database is made here."""
    from sqlalchemy.exc import SQLAlchemyError

    from visitator_tui.server.database import open_database
    from visitator_tui.server.schema import HEAD, migrate, stored_revision
    from visitator_tui.server.settings import ServerSettingsError

    database = open_database(settings.url, 1)
    try:
        if not database.is_postgresql:
            migrate(database)
        with database.engine.connect() as connection:
            found = stored_revision(connection)
        database.check_rights()
    except SQLAlchemyError as problem:
        raise SettingsError(
            f"Databasen svarer ikke på {settings.url.render_as_string(hide_password=True)}. Se efter, at den "
            f"kører, og at brugeren må logge ind ({type(problem).__name__})."
        ) from None
    except ServerSettingsError as problem:
        raise SettingsError(str(problem)) from None
    finally:
        database.close()
    if found != HEAD:
        raise SettingsError(
            f"Databasen har udgave {found or 'ingen'}, og serveren skal bruge {HEAD}. Kør først: "
            "visitator-tui server migrate --database (adressen med tabellernes ejer)."
        )


def migrate(arguments: Namespace) -> None:
    """Bring the database up to date, as the owner of its tables."""
    settings_of(arguments)  # says so if the extra is missing
    from visitator_tui.server.schema import HEAD, migrate

    from .server_admin import owners_database

    with owners_database(arguments) as database:
        migrate(database)
    say(f"Databasen har nu udgave {HEAD}.")


def tenant(arguments: Namespace) -> None:
    """Let a municipality in, as the owner of the tables."""
    settings_of(arguments)  # says so if the extra is missing
    from visitator_tui.server.schema import add_tenant

    from .server_admin import owners_database

    with owners_database(arguments) as database:
        new = add_tenant(database, arguments.id, arguments.name, datetime.now(UTC))
    say(f"{arguments.name} er {'oprettet' if new else 'oprettet i forvejen'}.")


def restored(arguments: Namespace) -> None:
    """Tell the laptops that the database was restored from a backup."""
    settings_of(arguments)  # says so if the extra is missing
    from visitator_tui.server.schema import declare_restored

    from .server_admin import owners_database

    with owners_database(arguments) as database:
        count = declare_restored(database, datetime.now(UTC))
    say(f"Maskinerne i {count} kommuner sender nu det, serveren mangler, næste gang de synkroniserer.")


def tidy(arguments: Namespace) -> None:
    """Remove what is older than the municipalities' log of reads and writes is to be kept."""
    settings = settings_of(arguments)
    from visitator_tui.server.tidying import LEAST_AUDIT_DAYS, MOST_AUDIT_DAYS, tidy

    from .server_admin import owners_database

    days = arguments.audit_days or str(MOST_AUDIT_DAYS)
    try:
        with owners_database(arguments) as database:
            gone = tidy(database, datetime.now(UTC), int(days), settings.batch_days)
    except ValueError:
        raise SettingsError(
            f"--audit-days kan ikke være »{days}«. Skriv et tal fra {LEAST_AUDIT_DAYS} (et halvt år) til "
            f"{MOST_AUDIT_DAYS} (fem år)."
        ) from None
    say(f"Slettet: linjer i loggen over adgang: {gone.audit}; gamle svar på forsendelser: {gone.batches}.")


def settings_of(arguments: Namespace) -> ServerSettings:
    """The settings of the environment and the file, with what the command line says. Raises SettingsError."""
    if any(importlib.util.find_spec(name) is None for name in _NEEDED):
        raise SettingsError(
            "Synkroniseringsserveren er ikke installeret. Installer den: pip install 'visitator-tui[server]'"
        )
    from visitator_tui.server.settings import PREFIX, ServerSettingsError, read_server_settings

    try:
        settings = read_server_settings(os.environ | _given(arguments))
    except ServerSettingsError as problem:
        raise SettingsError(str(problem)) from None
    if arguments.database is not None and settings.has_open_password:
        raise SettingsError(
            "Databasens adgangskode må ikke stå på kommandolinjen, hvor andre kan se den. "
            f"Skriv den i {PREFIX}DATABASE_PASSWORD eller i filen, som PGPASSFILE peger på."
        )
    return settings


def _given(arguments: Namespace) -> dict[str, str]:
    """What the command line says, as environment variables."""
    from visitator_tui.server.settings import PREFIX

    said = {
        name: getattr(arguments, name, None) for name in ("config", "database", "host", "port", "workers")
    }
    return {f"{PREFIX}{name.upper()}": value for name, value in said.items() if value is not None}

"""``server sign-in|enrol|devices|revoke|export|import``: what operations do for a municipality.

They run as the owner of the tables, beside the service or while it stands still.
"""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.exc import SQLAlchemyError

from visitator_tui import composition
from visitator_tui.server import devices, moving
from visitator_tui.server.database import Database, open_database
from visitator_tui.server.publishing import PublishingError
from visitator_tui.server.sign_ins import SignIn
from visitator_tui.server.tables import tenants
from visitator_tui.server.tables_access import sign_ins
from visitator_tui.usecases.files import FileError

from .console import say
from .server import settings_of

_BY = "drift"
"""Who made a code or revoked a device, when operations did it at the command line."""


@contextmanager
def owners_database(arguments: Namespace) -> Iterator[Database]:
    """The database of the settings, for an owner's work. Its errors say nothing of what was written."""
    database = open_database(settings_of(arguments).url, 1)
    try:
        yield database
    except (moving.MovingError, PublishingError) as problem:
        raise FileError(str(problem)) from None
    except SQLAlchemyError as problem:
        raise FileError(
            "Databasen kan ikke bruges. Se efter, at adressen er rigtig, at du er tabellernes ejer, og at "
            f"»visitator-tui server migrate« er kørt ({type(problem).__name__})."
        ) from None
    finally:
        database.close()


def sign_in(arguments: Namespace) -> None:
    """Say how a municipality's users sign in; takes effect within half a minute."""
    claim, _, value = (arguments.tenant_claim or "").partition("=")
    try:
        made = SignIn(
            tenant=arguments.tenant,
            issuer=arguments.issuer,
            audience=arguments.audience,
            client_id=arguments.client_id,
            algorithms=tuple(arguments.algorithm or ["RS256"]),
            tenant_claim=claim,
            tenant_value=value,
            user_claim=arguments.user_claim,
            name_claim=arguments.name_claim,
            roles_claim=arguments.roles_claim,
            roles=_mapped(arguments.role or []),
            scope=arguments.scope,
        )
    except ValueError:
        raise FileError(
            "--algorithm, --role eller --tenant-claim kan ikke bruges. Skriv for eksempel RS256, X=leader og tid=1234."
        ) from None
    if not made.issuer.startswith(("https://", "http://127.0.0.1:")):
        raise FileError("Udstederens adresse (--issuer) skal begynde med https://.")
    with owners_database(arguments) as database, database.engine.begin() as connection:
        must_be_here(connection, made.tenant)
        connection.execute(delete(sign_ins).where(sign_ins.c.tenant == made.tenant))
        connection.execute(
            insert(sign_ins).values(tenant=made.tenant, issuer=made.issuer, settings=json.dumps(asdict(made)))
        )
    say(f"Log ind for »{made.tenant}« er sat.")


def enrol(arguments: Namespace) -> None:
    """Make a one-time code for one device of a user."""
    try:
        roles = devices.roles_among(arguments.role or ["visitator"])
    except ValueError:
        raise FileError("En rolle er visitator, leader eller admin.") from None
    holder = devices.Holder(arguments.user, arguments.name or "", roles)
    with owners_database(arguments) as database, database.engine.begin() as connection:
        must_be_here(connection, arguments.tenant)
        code = devices.make_code(connection, arguments.tenant, holder, _BY, composition.now())
    say(f"Kode: {code.text}")
    say(f"Den gælder til {code.expires[:16].replace('T', ' ')} UTC og kan bruges én gang.")


def listed(arguments: Namespace) -> None:
    """Show a municipality's devices."""
    with owners_database(arguments) as database, database.engine.begin() as connection:
        must_be_here(connection, arguments.tenant)
        found = devices.listed(connection, arguments.tenant)
    if not found:
        say("Der er ingen maskiner.")
    for one in found:
        state = f"spærret {one['revoked_at'][:10]}" if one["revoked_at"] else "åben"
        how = "log ind" if one["signs_in"] else "kode"
        say(
            f"{one['id']}  {one['added_at'][:10]}  {how:7}  {state:18}  {one['user']}  {one['name']}".rstrip()
        )


def revoke(arguments: Namespace) -> None:
    """Shut a device out for good, from its next request on."""
    with owners_database(arguments) as database, database.engine.begin() as connection:
        must_be_here(connection, arguments.tenant)
        if not devices.revoke(connection, arguments.tenant, arguments.device, _BY, composition.now()):
            raise FileError("Der er ingen maskine med det id. Se »visitator-tui server devices«.")
    say("Maskinen er spærret.")


def export(arguments: Namespace) -> None:
    """Write everything of a municipality to a file."""
    with owners_database(arguments) as database:
        engine = database.engine
        if database.is_postgresql:  # one moment, whatever is written meanwhile
            engine = engine.execution_options(isolation_level="REPEATABLE READ")
        with engine.begin() as connection:
            count = moving.export(connection, arguments.tenant, Path(arguments.output))
    say(
        f"{count} rækker er skrevet til {arguments.output}. Filen er ikke krypteret: behandl den som databasen."
    )


def bring_in(arguments: Namespace) -> None:
    """Read a municipality from a file."""
    with owners_database(arguments) as database, database.engine.begin() as connection:
        name, count = moving.bring_in(connection, Path(arguments.file))
    say(f"Kommunen »{name}« er flyttet ind med {count} rækker.")


def must_be_here(connection: Connection, tenant_id: str) -> None:
    """Raise FileError when the service does not have the municipality."""
    if connection.execute(select(tenants.c.id).where(tenants.c.id == tenant_id)).first() is None:
        raise FileError(f"Kommunen »{tenant_id}« er ikke oprettet. Brug »visitator-tui server tenant«.")


def _mapped(words: list[str]) -> dict[str, str]:
    """``VIS-Ledere=leader`` and so on. Raises ValueError."""
    pairs = [word.rpartition("=") for word in words]
    devices.roles_among([role for _, _, role in pairs])
    if any(not theirs for theirs, _, _ in pairs):
        raise ValueError
    return {theirs: role for theirs, _, role in pairs}

"""What can be written after ``visitator-tui server`` by those who look after the service."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable

_TENANT = "kommunens id, for eksempel helsingor"
_ROLE = "visitator (ellers), leader eller admin; kan gentages"


def add_admin(add: Callable[[str, str, str], ArgumentParser]) -> list[ArgumentParser]:
    """Add the commands; their parsers, all of which work on the service's database."""
    return [*_who_gets_in(add), *_what_is_handed_out(add), *_moving(add)]


def _who_gets_in(add: Callable[[str, str, str], ArgumentParser]) -> list[ArgumentParser]:
    sign_in = add("sign-in", "sæt, hvordan kommunens brugere logger ind (OIDC)", "server_admin:sign_in")
    sign_in.add_argument("tenant", metavar="KOMMUNE", help=_TENANT)
    for name, about in (
        ("--issuer", "udstederens adresse (iss)"),
        ("--audience", "modtageren, som tokens skal gælde for (aud)"),
        ("--client-id", "programmets id hos udstederen"),
    ):
        sign_in.add_argument(name, metavar="TEKST", required=True, help=about)
    for name, ordinary, about in (
        ("--scope", "openid offline_access", "det, der bedes om ved log ind"),
        ("--user-claim", "sub", "feltet med brugerens id"),
        ("--name-claim", "name", "feltet med brugerens navn"),
        ("--roles-claim", "roles", "feltet med brugerens roller"),
    ):
        sign_in.add_argument(name, metavar="TEKST", default=ordinary, help=f"{about}; ellers {ordinary}")
    sign_in.add_argument("--role", metavar="DERES=VORES", action="append", help="en rolle; kan gentages")
    sign_in.add_argument("--algorithm", metavar="NAVN", action="append", help="underskrift; ellers RS256")
    sign_in.add_argument("--tenant-claim", metavar="FELT=VÆRDI", help="når flere kommuner har samme udsteder")

    enrol = add("enrol", "lav en engangskode til én maskine", "server_admin:enrol")
    enrol.add_argument("tenant", metavar="KOMMUNE", help=_TENANT)
    enrol.add_argument("user", metavar="BRUGER", help="brugerens id, som sager tildeles")
    enrol.add_argument("--name", metavar="NAVN", help="brugerens navn")
    enrol.add_argument("--role", metavar="ROLLE", action="append", help=_ROLE)

    devices = add("devices", "vis kommunens maskiner", "server_admin:listed")
    devices.add_argument("tenant", metavar="KOMMUNE", help=_TENANT)
    revoke = add("revoke", "spær en maskine for altid", "server_admin:revoke")
    revoke.add_argument("tenant", metavar="KOMMUNE", help=_TENANT)
    revoke.add_argument("device", metavar="ID", help="maskinens id fra listen")
    return [sign_in, enrol, devices, revoke]


def _what_is_handed_out(add: Callable[[str, str, str], ArgumentParser]) -> list[ArgumentParser]:
    key = add("key", "lav nøglen, kommunens filer underskrives med", "server_files:key")
    key.add_argument("file", metavar="FIL", help="filen, nøglen skrives til; den må ikke findes")
    publish = add("publish", "undersøg, underskriv og udgiv kommunens filer", "server_files:publish")
    publish.add_argument("tenant", metavar="KOMMUNE", help=_TENANT)
    publish.add_argument(
        "folder", metavar="MAPPE", help="catalogues/, letters/da.yaml, suppliers.json, users.json"
    )
    publish.add_argument("--key", metavar="FIL", required=True, help="nøglen fra »server key«")
    publish.add_argument("--new-key", action="store_true", help="tag en anden nøgle i brug end sidst")
    return [publish]


def _moving(add: Callable[[str, str, str], ArgumentParser]) -> list[ArgumentParser]:
    export = add("export", "skriv alt om en kommune til en fil", "server_admin:export")
    export.add_argument("tenant", metavar="KOMMUNE", help=_TENANT)
    export.add_argument("-o", "--output", metavar="FIL", required=True, help="filen; den må ikke findes")
    bring_in = add("import", "hent en kommune ind fra en fil", "server_admin:bring_in")
    bring_in.add_argument("file", metavar="FIL", help="filen fra »server export«")
    return [export, bring_in]

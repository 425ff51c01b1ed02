"""What can be written after ``visitator-tui``; argparse's own words in Danish too.

Nothing heavy is imported here, so that ``--help`` is quick. A command is named by where it stands
(``module:function``) and imported when it runs.
"""

from __future__ import annotations

import argparse
import re
from difflib import get_close_matches
from typing import Any, Final, NoReturn

from visitator_tui import __version__

from .arguments_server import add_admin

PROG: Final = "visitator-tui"

_HEADINGS = {"positional arguments": "Argumenter", "options": "Valgmuligheder"}

_ERRORS: tuple[tuple[str, str], ...] = (
    (r"the following arguments are required: (.*)", r"Der mangler: \1."),
    (r"unrecognized arguments: (.*)", r"Det kendes ikke: \1."),
    (r"argument (.*): expected one argument", r"Efter \1 mangler en værdi."),
    (r"argument (.*): ignored explicit argument .*", r"\1 skal ikke have en værdi."),
    (r"argument (.*): not allowed with argument (.*)", r"\1 kan ikke bruges sammen med \2."),
    (r"ambiguous option: (.*) could match (.*)", r"\1 kan betyde flere ting: \2."),
)

_KINDS = (
    "afgoerelse (ellers), kvittering, forsinkelse, partshoering, genvurdering, oversendelse, bestilling "
    "eller leverandoervalg"
)
_FILE = "sagsfilen (JSON); - læser fra standard input"


class UsageError(Exception):
    """The command line cannot be understood; the message is Danish."""


class _Help(argparse.RawDescriptionHelpFormatter):
    def start_section(self, heading: str | None) -> None:
        super().start_section(_HEADINGS.get(heading or "", heading))

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "Brug: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks Danish and raises UsageError instead of ending the program."""

    def __init__(self, **more: Any) -> None:
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=_Help, **more)
        self.add_argument("-h", "--help", action="help", help="vis denne hjælp")

    def error(self, message: str) -> NoReturn:
        """Raise UsageError with the message in Danish and where help is."""
        raise UsageError(
            f"{self._in_danish(message)} Skriv »{self.prog} --help« for at se, hvad der kan stå."
        )

    def _in_danish(self, message: str) -> str:
        if chosen := re.match(r"argument .*: invalid choice: (.*) \(choose from", message):
            word = chosen.group(1).strip("'\"")
            near = get_close_matches(word, self._words(), n=1)
            return f"Kommandoen »{word}« kendes ikke." + (f" Mente du »{near[0]}«?" if near else "")
        for pattern, danish in _ERRORS:
            if re.fullmatch(pattern, message):
                return re.sub(pattern, danish, message)
        return "Kommandoen kan ikke forstås."

    def _words(self) -> list[str]:
        return [word for action in self._actions if action.choices for word in action.choices]


def parser() -> Parser:
    """The parser of the whole command line. ``run`` in its result names the function to call."""
    top = Parser(
        prog=PROG,
        description="Visitation efter kommunens kvalitetsstandard. Uden kommando åbnes programmet.",
    )
    top.add_argument("--version", action="version", version=f"{PROG} {__version__}", help="vis udgaven")
    top.set_defaults(run="visitator_tui.commands.start:app")
    commands = top.add_subparsers(title="Kommandoer", metavar="KOMMANDO")
    _add(commands, "demo", "åbn programmet med opdigtede sager", "start:demo")

    case = _group(commands, "case", "sagsfilens format, og hvad en sag mangler")
    _add(case, "schema", "skriv sagsfilens JSON Schema", "case:schema")
    check = _add(case, "check", "undersøg en sagsfil, og vis, hvad der mangler før afgørelsen", "case:check")
    check.add_argument("file", metavar="FIL", help=_FILE)

    suggest = _add(commands, "suggest", "vis, hvad standarden siger om hver delydelse", "suggest:run")
    suggest.add_argument("file", metavar="FIL", help=_FILE)
    suggest.add_argument("--json", action="store_true", help="skriv JSON")
    suggest.add_argument("--catalogue", metavar="ID", help="brug denne standard i stedet for den gældende")

    letter = _add(commands, "letter", "skriv et brev som PDF", "letter:run")
    letter.add_argument("file", metavar="FIL", help=_FILE)
    letter.add_argument("-o", "--output", metavar="PDF", required=True, help="filen, brevet skrives til")
    letter.add_argument("--kind", metavar="SLAGS", default="afgoerelse", help=_KINDS)
    letter.add_argument("--facts", metavar="FIL", help="det, brevet siger ud over sagen (JSON)")

    _add(commands, "printers", "vis maskinens printere, og om de er klar", "print:printers")
    paper = _add(commands, "print", "print en PDF", "print:run")
    paper.add_argument("file", metavar="PDF", help="brevet")
    paper.add_argument("--printer", metavar="NAVN", help="printeren; ellers maskinens standardprinter")
    paper.add_argument("--copies", metavar="ANTAL", default="1", help="antal eksemplarer; ellers 1")
    paper.add_argument("--two-sided", action="store_true", help="print på begge sider af papiret")

    visits = _add(
        commands, "preventive", "vis, hvem der skal have tilbud om forebyggende hjemmebesøg", "preventive:run"
    )
    visits.add_argument(
        "file", metavar="FIL", help="registret over borgere (CSV); - læser fra standard input"
    )
    visits.add_argument("--on", metavar="DAG", help="dagen, åååå-mm-dd; ellers i dag")
    visits.add_argument("--json", action="store_true", help="skriv JSON")

    catalogue = _group(commands, "catalogue", "kommunernes kvalitetsstandarder")
    listing = _add(catalogue, "list", "vis standarderne og deres delydelser", "catalogue:listing")
    listing.add_argument("--json", action="store_true", help="skriv JSON")
    check = _add(catalogue, "check", "undersøg en standards fil (YAML)", "catalogue:check")
    check.add_argument("file", metavar="FIL", help="filen med standarden (YAML)")
    diff = _add(
        catalogue, "diff", "vis, hvad der er ændret fra en standard til en anden", "catalogue_diff:run"
    )
    diff.add_argument("old", metavar="GAMMEL", help="den gamle standards id eller fil")
    diff.add_argument("new", metavar="NY", help="den nye standards id eller fil")
    diff.add_argument("--json", action="store_true", help="skriv JSON")
    diff.add_argument("--cases", metavar="FIL", nargs="+", help="sagsfiler: vis dem, ændringen berører")
    new = _add(catalogue, "new", "begynd på en kommunes egen standard", "catalogue_new:new")
    new.add_argument("municipality", metavar="KOMMUNE", help="kommunens id, for eksempel helsingor")
    new.add_argument("--name", metavar="NAVN", help='kommunens navn, for eksempel "Prøvby Kommune"')
    new.add_argument("--from", dest="source", metavar="ID", help="kopiér denne standard; ellers en skabelon")
    new.add_argument(
        "-o", "--output", metavar="FIL", required=True, help="filen, der skrives; den må ikke findes"
    )
    schema = _add(catalogue, "schema", "skriv standardfilens JSON Schema", "catalogue_new:schema")
    schema.add_argument("-o", "--output", metavar="FIL", help="skriv til en fil i stedet for skærmen")

    _server(_group(commands, "server", "kommunens synkroniseringsserver"))
    return top


def _server(server: Any) -> None:
    run = _add(server, "run", "kør serveren, til den stoppes", "server:run")
    run.add_argument("--host", metavar="ADRESSE", help="adressen, der lyttes på; ellers 127.0.0.1")
    run.add_argument("--port", metavar="PORT", help="porten, der lyttes på; ellers 8420")
    run.add_argument("--workers", metavar="ANTAL", help="antal processer; ellers 1")
    migrate = _add(server, "migrate", "bring serverens database på denne udgaves form", "server:migrate")
    tenant = _add(server, "tenant", "opret en kommune på serveren", "server:tenant")
    tenant.add_argument("id", metavar="KOMMUNE", help="kommunens id, for eksempel helsingor")
    tenant.add_argument("name", metavar="NAVN", help='kommunens navn, for eksempel "Prøvby Kommune"')
    restored = _add(server, "restored", "fortæl maskinerne, at databasen er gendannet", "server:restored")
    tidy = _add(server, "tidy", "slet den log over adgang, der er for gammel", "server:tidy")
    tidy.add_argument(
        "--audit-days", metavar="DAGE", help="så længe gemmes den: 183-1826; ellers 1826 (fem år)"
    )
    more = add_admin(lambda name, about, run: _add(server, name, about, run))
    for one in (run, migrate, tenant, restored, tidy, *more):
        one.add_argument("--database", metavar="URL", help="databasens adresse uden adgangskode")
        one.add_argument("--config", metavar="FIL", help="serverens indstillinger (TOML)")


def _add(commands: Any, name: str, about: str, run: str) -> Parser:
    made: Parser = commands.add_parser(name, help=about, description=f"{about[0].upper()}{about[1:]}.")
    made.set_defaults(run=f"visitator_tui.commands.{run}")
    return made


def _group(commands: Any, name: str, about: str) -> Any:
    made: Parser = commands.add_parser(name, help=about, description=f"{about[0].upper()}{about[1:]}.")
    return made.add_subparsers(title="Kommandoer", metavar="KOMMANDO", dest="command", required=True)

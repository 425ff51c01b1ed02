"""``catalogue new`` and ``catalogue schema``: the beginning of a municipality's own standard."""

from __future__ import annotations

import contextlib
import json
import re
from argparse import Namespace
from datetime import date
from pathlib import Path

from visitator_tui import composition
from visitator_tui.catalogue import CatalogueFolder
from visitator_tui.catalogue.reader import UNFILLED
from visitator_tui.catalogue.schema import SCHEMA_FILE, catalogue_schema
from visitator_tui.catalogue.source import read_bytes
from visitator_tui.catalogue.template import Head, from_copy, from_template
from visitator_tui.domain.standard import Standard
from visitator_tui.resources import asset
from visitator_tui.settings import own_catalogues
from visitator_tui.usecases.files import FileError, write_whole
from visitator_tui.usecases.ports import NoStandardError

from .console import say

_ID = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
_NAME = re.compile(r"[\w .-]+")
_WRITTEN_OUT = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", " ": "_", "-": "_"})


def new(arguments: Namespace) -> None:
    """Write the file of a new standard. Raises FileError rather than write over anything."""
    catalogues, output = composition.catalogues(), Path(arguments.output)
    head = _head(arguments.municipality, arguments.name, catalogues.all(), composition.now().date())
    if arguments.source is None:
        text = from_template(asset("docs", "skabelon-standard.yaml").read_text("utf-8"), head)
    else:
        text = from_copy(_file(catalogues, arguments.source), head)
    _write_new(output, text)
    say(f"{head.id} er skrevet til {output}")
    for line in (
        f"Skriv det, der mangler, hvor der står {UNFILLED}.",
        f"Undersøg filen: visitator-tui catalogue check {output}",
        f"Læg den så i {own_catalogues()} (opret mappen, hvis den ikke findes).",
        f"Skemaet til editoren: visitator-tui catalogue schema -o {output.with_name(SCHEMA_FILE)}",
    ):
        say(f"- {line}")


def schema(arguments: Namespace) -> None:
    """Print the catalogue file's JSON Schema, or write it to a file."""
    text = json.dumps(catalogue_schema(), ensure_ascii=False, indent=2)
    if arguments.output is None:
        say(text)
        return
    write_whole(Path(arguments.output), f"{text}\n".encode())
    say(f"Skemaet er skrevet til {arguments.output}")


def _head(municipality: str, name: str | None, standards: tuple[Standard, ...], today: date) -> Head:
    """The head of the municipality's next standard: for next year, or the year after its latest."""
    if not _ID.fullmatch(municipality):
        better = re.sub(r"[^a-z0-9_]", "", municipality.lower().translate(_WRITTEN_OUT)).strip("_")
        meant = f" Mente du »{better}«?" if better else ""
        raise NoStandardError(f"Kommunens id skrives med små bogstaver a-z, tal og _.{meant}")
    own = [one for one in standards if one.municipality == municipality]
    if not (name or own):
        raise NoStandardError(
            f'Der er ingen standard for »{municipality}« i forvejen. Skriv kommunens navn: --name "… Kommune".'
        )
    name = name or own[-1].municipality_name
    if not _NAME.fullmatch(name):
        raise NoStandardError("Kommunens navn må kun have bogstaver, tal, mellemrum, punktum og bindestreg.")
    year = max([today.year, *(one.valid_from.year for one in own)]) + 1
    catalogue_id = f"{municipality.replace('_', '-')}-{year}"
    return Head(catalogue_id, municipality, name, date(year, 1, 1), date(year, 12, 31))


def _file(catalogues: CatalogueFolder, catalogue_id: str) -> bytes:
    catalogues.by_id(catalogue_id)
    return read_bytes(catalogues.file_of(catalogue_id))


def _write_new(output: Path, text: str) -> None:
    """Write a file that is not there yet, whole or not at all."""
    try:
        file = output.open("xb")
    except FileExistsError:
        raise FileError(
            f"{output} findes allerede og bliver ikke skrevet over. Angiv et andet navn."
        ) from None
    except OSError:
        raise FileError(
            f"{output} kan ikke skrives. Se efter, om mappen findes, og om du må skrive i den."
        ) from None
    try:
        with file:
            file.write(text.encode())
    except OSError:
        with contextlib.suppress(OSError):
            output.unlink()
        raise FileError(f"{output} kan ikke skrives. Se efter, om disken er fuld.") from None

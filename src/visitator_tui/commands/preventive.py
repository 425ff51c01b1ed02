"""``preventive``: who in a register is to be offered a preventive home visit on a day."""

from __future__ import annotations

import json
from argparse import Namespace
from datetime import date
from typing import Any

from visitator_tui import composition
from visitator_tui.domain.preventive import NEXT_FORMS
from visitator_tui.domain.preventive_due import DueVisit, due_visits, visit_rules
from visitator_tui.domain.wording import long_date
from visitator_tui.usecases.files import FileError, read_limited
from visitator_tui.usecases.preventive_file import LARGEST, read_register

from .console import complain, say, source


def run(arguments: Namespace) -> None:
    """Print the list. Raises RegisterError, FileError."""
    given = source(arguments.file)
    data = given if isinstance(given, bytes) else read_limited(given, LARGEST)
    citizens = read_register(data)
    rules = visit_rules(composition.law_register(), _day(arguments.on))
    found = due_visits(citizens, rules)
    if rules.warning:
        complain(f"Bemærk: {rules.warning}")
    if arguments.json:
        listed = {
            "on": rules.on.isoformat(),
            "citizens": len(citizens),
            "due": [_document(one) for one in found],
        }
        say(json.dumps(listed, ensure_ascii=False, indent=2))
        return
    say(f"{len(found)} af {len(citizens)} borgere skal have tilbud den {long_date(rules.on)}.")
    for one in found:
        until = f", senest {one.until:%d-%m-%Y}" if one.until else ""
        say(f"{one.citizen.name}, født {one.citizen.birth_date:%d-%m-%Y}: fra {one.since:%d-%m-%Y}{until}")
        say(f"  {one.why}")


def _day(text: str | None) -> date:
    if not text:
        return composition.now().date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise FileError("Dagen efter --on skal skrives åååå-mm-dd, for eksempel 2024-03-01.") from None


def _document(one: DueVisit) -> dict[str, Any]:
    return {
        "name": one.citizen.name,
        "birth_date": one.citizen.birth_date.isoformat(),
        "since": one.since.isoformat(),
        "until": one.until.isoformat() if one.until else None,
        "form": NEXT_FORMS[one.form],
        "rule": one.rule,
        "source": one.source,
    }

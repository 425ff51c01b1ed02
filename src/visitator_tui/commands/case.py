"""``case schema`` and ``case check``."""

from __future__ import annotations

import json
from argparse import Namespace

from visitator_tui import composition
from visitator_tui.domain.completeness import Finding, blocking
from visitator_tui.domain.law_findings import all_findings
from visitator_tui.domain.steps import STEP_NAMES, STEPS
from visitator_tui.usecases.casefile_schema import case_schema

from .console import say, wrapped
from .inputs import case_and_standard


def schema(arguments: Namespace) -> None:
    """Print the case file's JSON Schema."""
    del arguments
    say(json.dumps(case_schema(), ensure_ascii=False, indent=2))


def check(arguments: Namespace) -> None:
    """Print what a decision lacks, step by step, as the app shows it."""
    case, standard = case_and_standard(arguments.file)
    today = composition.now().date()
    found = all_findings(case, standard, today, composition.law_register())
    say(f"Sagsfilen kan læses. Standard: {standard.title} ({standard.id}).")
    if case.matched_on is None:
        say("Sagen har ingen dato endnu; det er standarden for i dag.")
    for step in STEPS:
        here = [finding for finding in found if finding.step == step]
        if here:
            say(f"\n{STEP_NAMES[step]}")
            for finding in here:
                say(_line(finding))
    stops = len(blocking(found))
    say()
    if stops:
        say(f"Mangler før afgørelsen: {stops}. Bemærkninger: {len(found) - stops}.")
    else:
        say(f"Intet mangler før afgørelsen. Bemærkninger: {len(found)}.")


def _line(finding: Finding) -> str:
    source = f" ({finding.source})" if finding.source else ""
    mark = "mangler: " if finding.severity == "stop" else "bemærk:  "
    return wrapped(f"{finding.message}{source}", 2, mark)

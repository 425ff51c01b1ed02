"""``letter``: the decision letter as PDF, or the reasons why there can be none yet."""

from __future__ import annotations

import os
from argparse import Namespace
from pathlib import Path

from visitator_tui import composition
from visitator_tui.domain.completeness import Finding, blocking
from visitator_tui.domain.law_findings import all_findings
from visitator_tui.domain.steps import STEP_NAMES
from visitator_tui.usecases.files import FileError, write_whole
from visitator_tui.usecases.ports import LetterError

from .console import complain, say
from .inputs import case_and_standard


def run(arguments: Namespace) -> None:
    """Write the letter. Raises LetterError, with what is missing, while the decision is incomplete."""
    output = Path(arguments.output)
    if arguments.file != "-" and _same(Path(arguments.file), output):
        raise FileError("Brevet kan ikke skrives oven i sagsfilen. Angiv en anden fil efter -o.")
    case, standard = case_and_standard(arguments.file)
    found = all_findings(case, standard, composition.now().date(), composition.law_register())
    if stops := blocking(found):
        raise LetterError(
            "Brevet kan ikke skrives, for afgørelsen er ikke færdig. Det mangler:",
            tuple(_named(stop) for stop in stops),
        )
    head = composition.letterhead(standard)
    pdf = composition.letter_press().pdf(case, standard, head)
    write_whole(output, pdf)
    for finding in found:
        complain(f"Bemærk: {_named(finding)}")
    say(f"Brevet er skrevet til {output}")


def _named(finding: Finding) -> str:
    source = f" ({finding.source})" if finding.source else ""
    return f"{STEP_NAMES[finding.step]}: {finding.message}{source}"


def _same(one: Path, other: Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)

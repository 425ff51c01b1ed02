"""``letter``: a letter as PDF, or the reasons why there can be none yet."""

from __future__ import annotations

import os
from argparse import Namespace
from pathlib import Path

from visitator_tui import composition
from visitator_tui.domain.case import Case
from visitator_tui.domain.completeness import Finding, blocking
from visitator_tui.domain.law_findings import all_findings
from visitator_tui.domain.letter_facts import LETTER_KINDS, NO_FACTS, LetterFacts, LetterKind
from visitator_tui.domain.letter_needs import OF_A_WHOLE_DECISION
from visitator_tui.domain.standard import Standard
from visitator_tui.domain.steps import STEP_NAMES
from visitator_tui.usecases.casefile import read_facts
from visitator_tui.usecases.explain import did_you_mean
from visitator_tui.usecases.files import FileError, write_whole
from visitator_tui.usecases.ports import LetterError

from .console import complain, say
from .inputs import case_and_standard


def run(arguments: Namespace) -> None:
    """Write the letter. Raises LetterError, with what is missing, while it cannot be written."""
    kind, output = _kind(arguments.kind), Path(arguments.output)
    read = [Path(one) for one in (arguments.file, arguments.facts) if one and one != "-"]
    if any(_same(one, output) for one in read):
        raise FileError("Brevet kan ikke skrives oven i sagsfilen. Angiv en anden fil efter -o.")
    case, standard = case_and_standard(arguments.file)
    found = _checked(case, standard) if kind in OF_A_WHOLE_DECISION else ()
    head, facts = composition.letterhead(standard), _facts(arguments.facts)
    pdf = composition.letter_press().pdf(case, standard, head, kind=kind, facts=facts)
    write_whole(output, pdf)
    for finding in found:
        complain(f"Bemærk: {_named(finding)}")
    if head.lack:
        complain(f"Bemærk: {head.lack}")
    say(f"Brevet er skrevet til {output}")


def _kind(written: str) -> LetterKind:
    if written not in LETTER_KINDS:
        raise LetterError(f"Der er ingen breve af slagsen »{written}«. {did_you_mean(written, LETTER_KINDS)}")
    return written


def _facts(file: str | None) -> LetterFacts:
    """The facts in a file; a letter without a day of its own is written today."""
    facts = read_facts(Path(file)) if file else NO_FACTS
    if facts.written_on is None:
        facts = facts.model_copy(update={"written_on": composition.now().date()})
    return facts


def _checked(case: Case, standard: Standard) -> tuple[Finding, ...]:
    """The findings that may be passed. Raises LetterError with those that may not."""
    found = all_findings(case, standard, composition.now().date(), composition.law_register())
    if stops := blocking(found):
        raise LetterError(
            "Brevet kan ikke skrives, for afgørelsen er ikke færdig. Det mangler:",
            tuple(_named(stop) for stop in stops),
        )
    return found


def _named(finding: Finding) -> str:
    source = f" ({finding.source})" if finding.source else ""
    return f"{STEP_NAMES[finding.step]}: {finding.message}{source}"


def _same(one: Path, other: Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)

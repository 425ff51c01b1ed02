"""The doubtful places of a catalogue file, with their lines."""

from __future__ import annotations

from datetime import date

from visitator_tui.domain.standard_lints import lints

from .problems import CatalogueProblem
from .reader import Parsed, field_name


def warnings(parsed: Parsed, file: str, on: date) -> tuple[CatalogueProblem, ...]:
    """What is doubtful in a catalogue on a day, in the order of the lines; ``file`` names it."""
    top = parsed.top
    found = (
        CatalogueProblem(file, top.line_of(one.loc), field_name(top.value, one.loc), one.message, one.why)
        for one in lints(parsed.standard, on)
    )
    return tuple(sorted(found, key=lambda one: one.line or 0))

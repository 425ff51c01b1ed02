"""The register of process rules: what each source demands of the course of a case, and what the program does.

The register is data (``assets/rules/process-rules.yaml``), made from our own reading of both sources. Each
rule is classified by what is true today:

- ``enforced``: the program refuses, offers no other way, or demands a professional reason for one.
- ``reminded``: the program says so, at the place or in Min dag, until it is done.
- ``documented``: there is a place for it in the case, or the card or the letter states it.
- ``left_out``: not this program's to do; ``note`` says why.
- ``open``: it ought to do it and does not yet; ``note`` says what is missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final, Literal

from pydantic import Field, model_validator

from .base import Model
from .standard_process import RuleId

Actor = Literal["visitator", "supplier", "citizen", "authority"]
Standing = Literal["enforced", "reminded", "documented", "left_out", "open"]

STANDINGS: Final[dict[Standing, str]] = {
    "enforced": "håndhævet",
    "reminded": "mindet om",
    "documented": "dokumenteret",
    "left_out": "udeladt",
    "open": "mangler endnu",
}
ACTORS: Final[dict[Actor, str]] = {
    "visitator": "visitator",
    "supplier": "leverandør",
    "citizen": "borger",
    "authority": "myndighed",
}


class ProcessRule(Model):
    """One rule. ``demands`` is in our own words; ``where`` names code or data; ``tests`` are pytest node ids."""

    id: RuleId
    pages: tuple[int, ...] = ()
    lines: tuple[int, ...] = ()
    actor: Actor
    demands: str = Field(min_length=10)
    standing: Standing
    where: str = ""
    note: str = ""
    tests: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _shown(self) -> ProcessRule:
        if not (self.pages or self.lines):
            raise ValueError(f"{self.id}: sted i kilden mangler (pages eller lines)")
        if self.standing in ("enforced", "reminded", "documented") and not self.where:
            raise ValueError(f"{self.id}: skriv i where, hvor reglen er")
        if self.standing in ("enforced", "reminded") and not self.tests:
            raise ValueError(f"{self.id}: skriv i tests, hvilken prøve der viser reglen")
        if self.standing in ("left_out", "open") and not self.note:
            raise ValueError(f"{self.id}: skriv i note hvorfor")
        return self

    @property
    def place(self) -> str:
        """The place in the source: ``s. 15`` or ``linje 114 og 164``."""
        what, numbers = ("s.", self.pages) if self.pages else ("linje", self.lines)
        return (
            f"{what} {' og '.join(map(str, numbers))}" if len(numbers) < 3 else f"{what} {_listed(numbers)}"
        )


class SourceRules(Model):
    """The rules of one source, in the order of the register."""

    source: str = Field(description="what the source is called, as tasks name it: Helsingør 2017")
    rules: tuple[ProcessRule, ...] = Field(min_length=1)


class ProcessRules(Model):
    """The whole register."""

    format: Literal["visitator-process-rules/1"]
    sources: tuple[SourceRules, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_once(self) -> ProcessRules:
        twice = [rule for rule, count in Counter(one.id for one in self.all).items() if count > 1]
        if twice:
            raise ValueError(f"reglen {twice[0]} står flere gange")
        return self

    @property
    def all(self) -> tuple[ProcessRule, ...]:
        """Every rule of every source."""
        return tuple(rule for one in self.sources for rule in one.rules)

    def counts(self) -> dict[Standing, int]:
        """How many rules stand how, every standing named."""
        found = Counter(rule.standing for rule in self.all)
        return {standing: found[standing] for standing in STANDINGS}


def read_rules(content: object) -> ProcessRules:
    """The register from the content of its file. Raises pydantic's ValidationError."""
    return ProcessRules.model_validate(content)


def as_markdown(register: ProcessRules) -> str:
    """The register as a Markdown document in Danish: the count, then a table for each source."""
    counts = register.counts()
    total = sum(counts.values())
    lines = [
        "# Regler for sagens forløb",
        "",
        f"{total} regler: " + ", ".join(f"{counts[one]} {name}" for one, name in STANDINGS.items()) + ".",
        "",
    ]
    for one in register.sources:
        lines += [f"## {one.source}", "", *_table(one), ""]
    return "\n".join(lines)


def _table(source: SourceRules) -> Iterator[str]:
    yield "| Regel | Sted | Hvem | Hvad der kræves | Hvordan | Hvor, eller hvorfor ikke | Prøve |"
    yield "|---|---|---|---|---|---|---|"
    for rule in source.rules:
        why = " ".join(part for part in (f"`{rule.where}`" if rule.where else "", rule.note) if part)
        tests = "<br>".join(f"`{_short(test)}`" for test in rule.tests)
        cells = (rule.id, rule.place, ACTORS[rule.actor], rule.demands, STANDINGS[rule.standing], why, tests)
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _short(node: str) -> str:
    return node.removeprefix("tests/unit/")


def _listed(numbers: tuple[int, ...]) -> str:
    return f"{', '.join(map(str, numbers[:-1]))} og {numbers[-1]}"

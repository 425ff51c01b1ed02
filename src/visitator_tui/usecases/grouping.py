"""Suggestions in the order a visitator wants them: what fits first; questions before floods.

A delydelse that needs a fact (a genoptræningsplan, a diagnosis) is not listed until its gate question
is answered yes; the questions are asked instead, a ydelse with many of them as one line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from visitator_tui.domain.matching import Suggestion
from visitator_tui.domain.standard import Standard

GroupId = Literal["fits", "open", "indicative", "near", "undetermined", "ruled_out", "searched"]

GROUP_NAMES: dict[GroupId, str] = {
    "searched": "Søgt frem",
    "fits": "Passer",
    "open": "Niveauet passer, kriterier mangler svar",
    "indicative": "Vejledende: niveauet taler for",
    "near": "Tæt på: ét niveau fra",
    "undetermined": "Mangler vurdering af et niveau",
    "ruled_out": "Passer ikke",
}

MANY = 6
"""More gate questions than this under one ydelse become one line that opens the search."""


@dataclass(frozen=True)
class Gate:
    """A question that opens delydelser, or (``criterion`` None) a ydelse whose many are searched."""

    text: str
    criterion: str | None
    ydelse: str
    opens: int


@dataclass(frozen=True)
class Grouped:
    """The list: groups in order, and the gate questions."""

    groups: dict[GroupId, tuple[Suggestion, ...]] = field(default_factory=dict)
    gates: tuple[Gate, ...] = ()
    silent: tuple[Suggestion, ...] = ()

    @property
    def questions(self) -> tuple[str, ...]:
        """The criteria of the gate questions, in the order of the list."""
        return tuple(gate.criterion for gate in self.gates if gate.criterion)


def question_after(before: Sequence[str], answered: str, now: Sequence[str]) -> str | None:
    """The gate question that follows an answered one; the last one where it was the last; None without any.

    ``before`` and ``now`` are the questions before and after the answer, which may take the answered one
    out and bring new ones in its place.
    """
    above = before[: before.index(answered) + 1]
    following = max((place + 1 for place, one in enumerate(now) if one in above), default=0)
    return now[min(following, len(now) - 1)] if now else None


def group(suggestions: Sequence[Suggestion], standard: Standard, searched: Iterable[str] = ()) -> Grouped:
    """Sort suggestions into groups. ``searched`` are delydelser the visitator searched out herself."""
    pinned = set(searched)
    groups: dict[GroupId, list[Suggestion]] = {name: [] for name in GROUP_NAMES}
    gated: list[Suggestion] = []
    silent: list[Suggestion] = []
    for one in suggestions:
        if one.delydelse in pinned and one.verdict != "fits":
            groups["searched"].append(one)
        elif one.verdict == "fits":
            groups["fits"].append(one)
        elif one.near and not one.failed_criteria and not one.gated:
            groups["near"].append(one)
        elif one.verdict == "ruled_out":
            groups["ruled_out"].append(one)
        elif one.gated:
            gated.append(one)
        elif one.verdict == "indicative":
            (groups["indicative"] if one.level_rule == "indicative_met" else silent).append(one)
        elif one.verdict == "undetermined":
            groups["undetermined"].append(one)
        else:
            groups["open"].append(one)
    return Grouped(
        {name: tuple(found) for name, found in groups.items() if found},
        _gates(gated, standard),
        tuple(silent),
    )


def _gates(gated: Sequence[Suggestion], standard: Standard) -> tuple[Gate, ...]:
    by_question: dict[str, list[Suggestion]] = {}
    for one in gated:
        by_question.setdefault(one.gates[0], []).append(one)
    by_ydelse: dict[str, list[str]] = {}
    for question, ones in by_question.items():
        by_ydelse.setdefault(standard.ydelse_of[ones[0].delydelse].id, []).append(question)
    gates: list[Gate] = []
    for ydelse_id, questions in by_ydelse.items():
        name = standard.ydelse_by_id[ydelse_id].name
        opens = sum(len(by_question[question]) for question in questions)
        if len(questions) > MANY:
            gates.append(Gate(f"{name}: søg blandt {opens} delydelser", None, ydelse_id, opens))
        else:
            gates += [
                Gate(
                    standard.criterion_by_id[question].question,
                    question,
                    ydelse_id,
                    len(by_question[question]),
                )
                for question in questions
            ]
    return tuple(gates)


def search(standard: Standard, words: str) -> tuple[str, ...]:
    """Delydelser whose name, keywords, ydelse, text or paragraph hold every word; names first."""
    wanted = [word for word in words.lower().replace("§", " ").split() if word]
    if not wanted:
        return ()
    in_name: list[str] = []
    elsewhere: list[str] = []
    for item in standard.delydelse_by_id.values():
        ydelse = standard.ydelse_of[item.id]
        law = " ".join(str(ref) for ref in standard.law_of(item.id)).replace("§ ", "").lower()
        name = f"{item.name} {' '.join(item.keywords)}".lower()
        everything = f"{name} {ydelse.name} {law} {' '.join(item.purpose + item.content)}".lower()
        if all(word in name for word in wanted):
            in_name.append(item.id)
        elif all(word in everything for word in wanted):
            elsewhere.append(item.id)
    return tuple(in_name + elsewhere)

"""The case file ``visitator-case/1``: read with errors a person can act on, and checked against a standard."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from visitator_tui.domain.case import Case
from visitator_tui.domain.letter_facts import LetterFacts
from visitator_tui.domain.standard import Standard

from .casefile_words import json_error
from .explain import Loc, did_you_mean, explain, without_cpr
from .files import EncodingError, FileError, decode, read_limited, within

LARGEST = 2_000_000
"""The most bytes a case file may have; a long case has some ten thousand."""

DEEPEST = 30

_A_LIST = "Sæt [ ] om punkterne."
_HALF = re.compile("[\ud800-\udfff]")
_ID = re.compile(r"[a-z0-9]+(_[a-z0-9]+)+")


@dataclass(frozen=True)
class CaseProblem:
    """One problem: the key with its path (or the line), what is wrong, and how to mend it."""

    where: str
    message: str
    mend: str = ""

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return without_cpr(f"{place}{self.message.rstrip('.')}. {self.mend}".rstrip())


class CaseFileError(Exception):
    """A case file cannot be used. The message is Danish; ``problems`` has its parts. No CPR number is named."""

    def __init__(self, *problems: CaseProblem) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


def read_case(source: Path | str | bytes) -> Case:
    """The case in a file (``Path``), or in a text or bytes that are the file's content.

    Raises CaseFileError.
    """
    document = _parsed(_text(source, "Sagsfilen"))
    try:
        return Case.model_validate_json(json.dumps(document), strict=True, by_alias=True, by_name=False)
    except ValidationError as problem:
        raise CaseFileError(*_problems(problem, document)) from None


def read_facts(source: Path | str | bytes) -> LetterFacts:
    """What a letter says that the case does not hold, read as a case is. Raises CaseFileError."""
    document = _parsed(_text(source, "Filen med brevets oplysninger"))
    try:
        return LetterFacts.model_validate_json(
            json.dumps(document), strict=True, by_alias=True, by_name=False
        )
    except ValidationError as problem:
        found = explain(problem, LetterFacts, document, _A_LIST)
        raise CaseFileError(
            *(CaseProblem(_where(one.path), one.message, one.mend) for one in found)
        ) from None


def _text(source: Path | str | bytes, name: str) -> str:
    try:
        match source:
            case Path():
                return decode(read_limited(source, LARGEST))
            case bytes():
                return decode(within(source, LARGEST, name))
            case _:
                within(source.encode(errors="surrogatepass"), LARGEST, name)
                return source
    except FileError as problem:
        raise CaseFileError(CaseProblem("", str(problem))) from None
    except EncodingError as problem:
        raise CaseFileError(CaseProblem(f"linje {problem.line}", str(problem))) from None


def _problems(problem: ValidationError, document: Any) -> Iterator[CaseProblem]:
    for one in explain(problem, Case, document, _A_LIST):
        mend = one.mend
        if one.path == ("format",):
            mend = "Er filen lavet med en anden udgave af programmet?"
        elif not one.path:
            mend = 'En sagsfil begynder med {"format": "visitator-case/1", …}.'
        yield CaseProblem(_where(one.path), one.message, mend)


# -- JSON ------------------------------------------------------------------------------------------


class _NotANumber:
    """What NaN and Infinity are read as."""


class _Repeating(dict[str, Any]):
    """An object in which keys are repeated."""

    repeated: tuple[str, ...] = ()


_NOT_A_NUMBER: Final = _NotANumber()


def _parsed(text: str) -> Any:
    if not text.strip():
        raise CaseFileError(CaseProblem("", "filen er tom", "En sagsfil er et JSON-dokument."))
    try:
        document = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=lambda _: _NOT_A_NUMBER,
            parse_int=lambda digits: int(digits) if len(digits) < 20 else _NOT_A_NUMBER,
        )
    except json.JSONDecodeError as problem:
        message, mend = json_error(problem.msg)
        where = f"linje {problem.lineno}, kolonne {problem.colno}"
        raise CaseFileError(CaseProblem(where, message, mend)) from None
    except RecursionError:
        raise CaseFileError(CaseProblem("", "der er for mange lag i hinanden")) from None
    if found := tuple(_unfit(document, ())):
        raise CaseFileError(*found)
    return document


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) == len(pairs):
        return made
    keys = [key for key, _ in pairs]
    repeating = _Repeating(made)
    repeating.repeated = tuple(dict.fromkeys(key for key in keys if keys.count(key) > 1))
    return repeating


def _unfit(value: Any, path: Loc) -> Iterator[CaseProblem]:
    """What JSON's reader lets pass and a case does not."""
    if len(path) > DEEPEST:
        yield CaseProblem(_where(path[:3]), "der er for mange lag i hinanden")
        return
    match value:
        case dict():
            for key in value.repeated if isinstance(value, _Repeating) else ():
                yield CaseProblem(_where((*path, key)), "nøglen står flere gange", "Slet den ene.")
            for key, inner in value.items():
                yield from _unfit(key, path)
                yield from _unfit(inner, (*path, key))
        case list():
            for at, inner in enumerate(value):
                yield from _unfit(inner, (*path, at))
        case _NotANumber():
            yield CaseProblem(
                _where(path), "det er ikke et tal, der kan bruges", "Skriv et helt tal eller null."
            )
        case str() if _HALF.search(value):
            yield CaseProblem(
                _where(path), "teksten indeholder et halvt tegn (\\ud800-\\udfff)", "Skriv tegnet igen."
            )


def _where(path: Loc) -> str:
    return f"»{'.'.join(map(str, path))}«" if path else ""


# -- against a standard ----------------------------------------------------------------------------


def check_against(case: Case, standard: Standard, questions: Collection[str] = ()) -> tuple[CaseProblem, ...]:
    """Ids in the case that the standard does not know, with the nearest it does know.

    ``questions`` are further ids that may be answered (those of the law register).
    """
    return tuple(_unknown(case, standard, questions))


def _unknown(case: Case, standard: Standard, questions: Collection[str]) -> Iterator[CaseProblem]:
    ask = partial(_ask, standard.id)
    for area in case.assessment.areas:
        yield from ask(("assessment", "areas", area), area, standard.area_by_id, "området")
    for activity in case.assessment.activities:
        path: Loc = ("assessment", "activities", activity)
        yield from ask(path, activity, standard.activity_by_id, "aktiviteten")
        yield from _graded(case, standard, activity, path)
    yield from ask(("summary", "goal"), case.summary.goal, standard.goal_by_id, "målet")
    for criterion in case.answers:
        known = {*standard.criterion_by_id, *questions}
        yield from ask(("answers", criterion), criterion, known, "kriteriet")
    outcomes = {one.id: {outcome.id for outcome in one.outcomes} for one in standard.considerations}
    for consideration, answer in case.considerations.items():
        path = ("considerations", consideration)
        yield from ask(path, consideration, outcomes, "overvejelsen")
        if consideration in outcomes:
            yield from ask((*path, "outcome"), answer.outcome, outcomes[consideration], "udfaldet")
    services = {**standard.ydelse_by_id, **standard.delydelse_by_id}
    for at, asked in enumerate(case.enquiry.applied_for):
        if _ID.fullmatch(asked):  # anything else is the citizen's own words
            yield from ask(("enquiry", "applied_for", at), asked, services, "ydelsen")
    for at, item in enumerate(case.decision.items):
        path = ("decision", "items", at)
        if _ID.fullmatch(item.delydelse):
            yield from ask((*path, "delydelse"), item.delydelse, standard.delydelse_by_id, "delydelsen")
        yield from ask((*path, "goal"), item.goal, standard.goal_by_id, "målet")
        if granted := standard.delydelse_by_id.get(item.delydelse):
            variants = [variant.id for variant in granted.variants]
            yield from ask((*path, "variant"), item.variant, variants, "varianten")


def _ask(
    catalogue: str, path: Loc, one: str | None, known: Collection[str], what: str
) -> Iterator[CaseProblem]:
    if one is not None and one not in known:
        yield CaseProblem(_where(path), f"{what} findes ikke i {catalogue}", did_you_mean(one, known))


def _graded(case: Case, standard: Standard, activity: str, path: Loc) -> Iterator[CaseProblem]:
    known, score = standard.activity_by_id.get(activity), case.assessment.activities[activity]
    if known and not known.graded and score.level is not None:
        message, mend = "aktiviteten har ingen niveauer", "Svar med answer: true eller false."
        yield CaseProblem(_where((*path, "level")), message, mend)
    if known and known.graded and score.answer is not None:
        message, mend = "aktiviteten har niveauer", "Svar med level: 0-4."
        yield CaseProblem(_where((*path, "answer")), message, mend)

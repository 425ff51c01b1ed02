"""What holds together in a standard and is doubtful all the same.

Rules of the kind that appeal bodies have set aside, a standard that has grown old, and what would trouble
the visitator at the list. A lint stops nothing: the municipality decides what its standard says. What a
text alone cannot tell is marked in the data (``Criterion.excludes_group`` and its like).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .criteria import AllCriteria, AnyCriterion, CriterionTerm, criterion_ids
from .standard import Criterion, Delydelse, Service, Standard
from .standard_age import age_warning
from .standard_flaws import Loc
from .wording import joined

_TIED = (
    "Hvert behov vurderes for sig: hjælp kan ikke afhænge af, om borgeren får anden hjælp, og praktisk hjælp "
    "kan fx ikke kræve et behov for personlig pleje."
)
_GROUP = (
    "En standard kan ikke på forhånd udelukke en gruppe eller en slags hjælp; hver ansøgning vurderes konkret "
    "og individuelt (Ankestyrelsen 31-18)."
)
_HOUSEHOLD = (
    "En rask ægtefælle er ikke i sig selv en grund til afslag, og personlig pleje kan ikke overlades til en "
    "ægtefælle (Ankestyrelsen 3-19). Beskriv, hvad den enkelte kan og orker."
)
_LEVEL = (
    "Et niveau er aldrig i sig selv en grund til afslag (Ankestyrelsen C-17-99). Skriv det som en vejledning, "
    "eller lad en niveauregel foreslå."
)
_APPEAL = (
    "En konkret afgørelse kan efter loven påklages alligevel, og brevet skal vejlede om det "
    "(retssikkerhedsloven § 60)."
)
_OPEN_TO_ALL = (
    "Den bliver foreslået til alle borgere. Sæt gate: true på det kriterium, der spørger om den oplysning, "
    "som hjælpen kræver."
)
_YEARLY = (
    "En kvalitetsstandard laves om mindst én gang om året. Uden valid_to gælder den, til kommunens næste "
    "standard begynder."
)

_GROUP_WORDS = re.compile(
    r"\b(over|under|fyldt|ældre end|yngre end)\s+\d+\s*år\b"
    r"|\bplejehjem|\bplejebolig|\bbotilbud|\bældrebolig"
    r"|\bdemen(s|te)\b|\bpsykisk syg|\bsindslid|\bmisbrug|\budviklingshæm",
    re.IGNORECASE,
)
_HOUSEHOLD_WORDS = re.compile(r"\brask\w*\s+(ægtefælle|samlever|partner|pårørende)", re.IGNORECASE)
_LEVEL_WORDS = re.compile(r"\bniveau\w*\s+\d", re.IGNORECASE)
_REFUSAL_WORDS = re.compile(r"\b(ikke|ingen|afslag|afslås|afvises|udelukke\w*|bortfalder)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.;!?](?:\s|$)")


@dataclass(frozen=True)
class Lint:
    """Something doubtful: where, what, and why it is (or what to do); Danish, ``message`` without full stop."""

    loc: Loc
    message: str
    why: str = ""


def lints(standard: Standard, on: date) -> Iterator[Lint]:
    """Everything doubtful in a standard as it looks on a day, in the order of the file's parts."""
    yield from _dates(standard, on)
    for at, route in enumerate(standard.complaint_routes):
        if route.shuts_out_appeal:
            yield Lint(
                ("complaint_routes", at, "shuts_out_appeal"), "klageadgangen lukker for klage", _APPEAL
            )
    used = _used_criteria(standard)
    for at, criterion in enumerate(standard.criteria):
        yield from _criterion(("criteria", at), criterion, used)
    for first, ydelse in enumerate(standard.ydelser):
        loc: Loc = ("ydelser", first)
        yield from _texts(loc, ydelse)
        for second, item in enumerate(ydelse.delydelser):
            yield from _delydelse((*loc, "delydelser", second), item, standard)


def _dates(standard: Standard, on: date) -> Iterator[Lint]:
    if old := age_warning(standard, on):
        yield Lint(("valid_from",), old)
    if standard.valid_to is None:
        yield Lint(("valid_to",), "standarden har ingen slutdato (valid_to)", _YEARLY)


def _criterion(loc: Loc, criterion: Criterion, used: set[str]) -> Iterator[Lint]:
    if criterion.id not in used:
        yield Lint(loc, "kriteriet bruges ikke", "Skriv det under criteria på en ydelse, eller slet det.")
    if criterion.depends_on_service:
        message = f"kriteriet gør hjælpen afhængig af anden hjælp: {criterion.depends_on_service}"
        yield Lint((*loc, "depends_on_service"), message, _TIED)
    if criterion.excludes_group:
        message = f"kriteriet lukker en hel gruppe ude: {criterion.excludes_group}"
        yield Lint((*loc, "excludes_group"), message, _GROUP)
    if criterion.leans_on_household:
        message = "kriteriet regner med, hvad andre i husstanden eller pårørende kan"
        yield Lint((*loc, "leans_on_household"), message, _HOUSEHOLD)
    if _LEVEL_WORDS.search(criterion.question):
        yield Lint((*loc, "question"), "kriteriet kræver et niveau", _LEVEL)


def _delydelse(loc: Loc, item: Delydelse, standard: Standard) -> Iterator[Lint]:
    for key, words in (("not_with", "ikke"), ("only_with", "kun")):
        if others := [standard.delydelse_by_id[other].name for other in getattr(item, key)]:
            message = f"delydelsen gives {words} sammen med {joined(others, 'eller')}"
            yield Lint((*loc, key), message, _TIED)
    yield from _texts(loc, item)
    for at, remark in enumerate(item.remarks):
        if _refuses_by_level(remark.text):
            yield Lint((*loc, "remarks", at, "text"), "teksten afviser efter niveau", _LEVEL)
    gated = any(_closes(term, standard) for term in standard.criteria_of(item.id))
    if item.level_rule is None and not gated:
        message = "delydelsen har hverken niveauregel eller et kriterium, der åbner den"
        yield Lint(loc, message, _OPEN_TO_ALL)


def _texts(loc: Loc, service: Service) -> Iterator[Lint]:
    for at, fact in enumerate(service.excluded):
        where = (*loc, "excluded", at, "text")
        if _LEVEL_WORDS.search(fact.text):
            yield Lint(where, "teksten afviser efter niveau", _LEVEL)
        if _GROUP_WORDS.search(fact.text):
            yield Lint(where, "teksten lukker ude efter alder, diagnose eller bolig alene", _GROUP)
        if _HOUSEHOLD_WORDS.search(fact.text):
            yield Lint(where, "teksten lukker ude på grund af husstanden", _HOUSEHOLD)
    for at, line in enumerate(service.content):
        if _refuses_by_level(line):
            yield Lint((*loc, "content", at), "teksten afviser efter niveau", _LEVEL)


def _refuses_by_level(text: str) -> bool:
    sentences = _SENTENCE_END.split(text)
    return any(_LEVEL_WORDS.search(one) and _REFUSAL_WORDS.search(one) for one in sentences)


def _used_criteria(standard: Standard) -> set[str]:
    services: list[Service] = [*standard.ydelser, *standard.delydelse_by_id.values()]
    return {one for service in services for one in criterion_ids(service.criteria)}


def _closes(term: CriterionTerm, standard: Standard) -> bool:
    """Whether a term keeps a delydelse from the list until something is answered yes."""
    match term:
        case AnyCriterion(any=parts):
            return all(_closes(part, standard) for part in parts)
        case AllCriteria(all=parts):
            return any(_closes(part, standard) for part in parts)
        case _:
            return standard.criterion_by_id[term].gate

"""The steps that a standard asks for in the course of a case, as lines of plain Danish."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from .base import Duration
from .standard_process import Process, ProcessStep
from .wording import duration, joined

STEP_NAMES: Final = {
    "hospital_agreement": "Aftalen med sygehuset ved udskrivning",
    "triage": "Akut eller ej",
    "appointment": "Aftale om samtalen",
    "order": "Bestilling hos leverandøren",
    "information": "Skriftlig information om leverandører",
    "coordination": "Leverandøren, der koordinerer",
    "transfer_form": "Forflytningsskema",
    "two_staff": "To medarbejdere",
    "supplier_change": "Skift af leverandør",
    "change_reason": "Grunden til skift af leverandør",
    "absence_told": "Besked om fravær",
    "absence_ended": "Fravær slut",
    "admission_confirmed": "Indlæggelse bekræftet",
    "review_after_stay": "Vurdering efter ophold",
    "yearly_limits": "Højst i et kalenderår",
    "acute_help": "Akut hjælp, før den er visiteret",
    "acute_help_not_granted": "Akut behov hos en borger uden personlig hjælp",
    "reports": "Henvendelse fra leverandøren",
    "one_per_plan": "Ét forløb for hver genoptræningsplan",
    "no_shows": "Udeblivelser",
    "evaluation": "Evaluering efter forløbet",
    "decision_after_course": "Afgørelse efter forløbet",
    "planned_review": "Planlagt opfølgning",
    "periodic": "Opfølgning, der vender tilbage",
    "guarantee": "Garanti for bolig",
    "waiting_list": "Venteliste",
    "asked_back": "Tilbage fra passiv venteliste",
    "saving": "Opsparing af klip",
    "preventive_talk": "Samtalen ved et forebyggende hjemmebesøg",
    "delay_notice": "Besked om forsinkelse",
    "reassessment": "Genvurdering af en klage",
}
"""What the steps of ``Process`` are called."""

REPORT_NAMES: Final = {
    "condition": "ændret tilstand",
    "household": "ændring i husstanden",
    "swaps": "ombytning af hjælp",
    "locked_door": "låst dør",
    "other": "andet",
}

_COUNTS: Final = {
    "limit": "højst {} udeblivelser",
    "refusals_to_passive": "{} nej giver passiv venteliste",
    "refusals_of_wished_to_deleted": "{} nej til den ønskede bolig sletter af listen",
    "minutes": "{} minutter pr. klip",
    "saved": "højst {} klip",
}


def process_lines(process: Process) -> Iterator[str]:
    """``Aftale om samtalen: 5 hverdage``; a line for each step that the standard states."""
    for key, name in STEP_NAMES.items():
        match getattr(process, key):
            case ProcessStep() as step:
                yield f"{name}: {_words(step)}"
            case tuple(steps):
                for step in steps:
                    yield f"{getattr(step, 'name', name)}: {_words(step)}"
            case dict(steps):
                for kind, step in steps.items():
                    yield f"{name}, {REPORT_NAMES[kind]}: {_words(step)}"


def _words(step: ProcessStep) -> str:
    lengths: tuple[Duration | None, ...] = (
        step.within,
        getattr(step, "notice", None),
        getattr(step, "most", None),
    )
    parts = [duration(length) for length in lengths if length]
    parts += [words.format(count) for key, words in _COUNTS.items() if (count := getattr(step, key, None))]
    help_ids = (*getattr(step, "ydelser", ()), *getattr(step, "delydelser", ()))
    parts += [f"for {joined(help_ids)}"] if help_ids else []
    points = [one.name.lower() for one in getattr(step, "points", ())]
    parts += [f"om {joined(points)}"] if points else []
    return ", ".join(parts) or "skal ske"

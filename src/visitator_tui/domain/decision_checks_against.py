"""What a decision that goes against the citizen must rest on: her own situation, heard, in her own home."""

from __future__ import annotations

from collections.abc import Iterator

from .case import Case, Citizen, DecisionItem
from .checks import found
from .decision_items import asked_kinds, help_kind, item_name
from .finding import Finding, blank
from .leaning import leans_on_household, ties_to_care
from .reasons import is_individual
from .standard import Standard
from .wording import joined, long_date


def against(case: Case, standard: Standard) -> Iterator[Finding]:
    """Everything that is demanded of the items that go against the citizen, and of the case because of them."""
    items = [(number, item) for number, item in enumerate(case.decision.items) if item.goes_against]
    for number, item in items:
        yield from _reason(number, item, case, standard)
    if any("practical" in asked_kinds(item, standard) for _, item in items):
        yield from _household(case.citizen)
    if items:
        yield from _hearing(case, standard)


def general_names(name: str, standard: Standard) -> list[str]:
    """Names that say nothing of the citizen by themselves: of the help, the activities, the ydelser."""
    labels = [activity.label for activity in standard.activity_by_id.values()]
    return [name, *labels, *(ydelse.name for ydelse in standard.ydelser)]


def _reason(number: int, item: DecisionItem, case: Case, standard: Standard) -> Iterator[Finding]:
    name, where = item_name(item, standard), f"decision.items.{number}.reason"
    if blank(item.reason):
        return
    said = f"{item.reason}. {item.changed_because}"
    names = general_names(name, standard)
    if not is_individual(said, names):
        message = (
            f"{name}: et niveau, standarden eller økonomien er ikke nok som begrundelse. "
            "Skriv, hvad der konkret gælder for denne borger: hvad borgeren selv gør, og hvem der ellers gør hvad."
        )
        yield found("reason_not_individual", where, message)
    kind, household = help_kind(item, standard), case.citizen.household
    leaning = leans_on_household(said, household, names)
    if kind == "personal_care" and leaning:
        message = (
            f"{name}: begrundelsen bygger på, at en anden i hjemmet hjælper. Personlig pleje kan ikke "
            "overlades til ægtefælle eller andre i husstanden."
        )
        yield found("care_by_spouse", where, message)
    if kind == "practical" and leaning and not any(one.can_share_tasks for one in household):
        message = (
            f"{name}: begrundelsen bygger på en i husstanden, men det er ikke vurderet, at nogen dér kan "
            "dele opgaverne. Ret det ene."
        )
        yield found("share_not_recorded", where, message)
    if kind == "practical" and ties_to_care(said):
        message = (
            f"{name}: praktisk hjælp må ikke afhænge af, om borgeren får personlig pleje. Se efter, om "
            "begrundelsen gør det."
        )
        yield found("tied_to_care", where, message)


def lives_alone(citizen: Citizen) -> bool:
    """Whether it is recorded that nobody shares the home: answered, or written about the housing."""
    return citizen.lives_alone is True or "alene" in citizen.housing.lower().split()


def _household(citizen: Citizen) -> Iterator[Finding]:
    """Who shares the home, what she can do and how it weighs on her, before practical help is refused."""
    if not citizen.household and not lives_alone(citizen):
        message = "Der står ikke, om borgeren bor alene. Det skal være belyst før et afslag."
        yield found("household", "citizen.household.0.relation", message)
    for number, member in enumerate(citizen.household):
        who = member.name.strip() or member.relation.strip() or "En i husstanden"
        where = f"citizen.household.{number}"
        if member.can_share_tasks is None:
            message = f"{who}: tag stilling til, om opgaverne kan deles, før hjælp bliver afslået."
            yield found("household_share", f"{where}.can_share_tasks", message)
        elif member.can_share_tasks and blank(member.note):
            message = f"{who}: skriv, hvad vedkommende kan tage sig af, og hvordan det belaster."
            yield found("household_load", f"{where}.note", message)


def told_by_others(case: Case, standard: Standard) -> tuple[str, ...]:
    """The names of the areas with information from others, which the citizen may not have seen."""
    areas = case.assessment.areas
    return tuple(
        area.name
        for area in standard.areas
        if (state := areas.get(area.id)) and state.relevant is not False and not blank(state.from_others)
    )


def _hearing(case: Case, standard: Standard) -> Iterator[Finding]:
    """Partshøring: what others have said may not weigh against the citizen unseen (Forvaltningsloven § 19).

    Whether it does weigh against her only the visitator can tell. So the answer is demanded, and "no" is
    an answer when it says why (she told it herself, it speaks for her, she has seen it already).
    """
    hearing, decided_on = case.decision.hearing, case.decision.decided_on
    if hearing.needed is None:
        if areas := told_by_others(case, standard):
            message = (
                "Afgørelsen går helt eller delvist imod borgeren, og der er oplysninger fra andre om "
                f"{joined(areas)}. Tag stilling til partshøring."
            )
            yield found("hearing", "decision.hearing.needed", message)
        return
    if not hearing.needed:
        if blank(hearing.reason):
            message = "Skriv, hvorfor partshøring ikke er nødvendig."
            yield found("hearing_reason", "decision.hearing.reason", message)
        return
    if hearing.held_on is None:
        message = "Borgeren skal høres. Skriv, hvornår oplysningerne er sendt til borgeren."
        yield found("hearing_held", "decision.hearing.held_on", message)
        return
    if decided_on is None:
        return
    if hearing.held_on > decided_on:
        message = f"Partshøringen, {long_date(hearing.held_on)}, ligger efter afgørelsen. Ret en af datoerne."
        yield found("date_order", "decision.hearing.held_on", message)
    elif blank(hearing.answer) and hearing.answer_by is None:
        message = "Skriv borgerens svar på partshøringen, eller hvornår fristen for at svare er gået."
        yield found("hearing_early", "decision.hearing.answer_by", message)
    elif blank(hearing.answer) and hearing.answer_by and decided_on <= hearing.answer_by:
        message = (
            f"Borgeren har ikke svaret på partshøringen og kan svare til og med {long_date(hearing.answer_by)}. "
            "Vent med afgørelsen."
        )
        yield found("hearing_early", "decision.hearing.answer_by", message)

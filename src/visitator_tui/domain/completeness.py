"""What is missing before the decision can be made: concrete findings, each with its place.

``stop`` findings keep a decision from becoming a letter. ``warn`` findings are shown and may be passed.
What each check demands, how hard and by whom stands in ``checks``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .case import AreaAssessment, Case
from .checks import found
from .course import anybody_may_be_asked
from .cpr import birth_date_of
from .decision_checks import decision_findings
from .decision_items import application_name, item_law, item_name, unanswered
from .finding import Finding, Severity, blank, in_order
from .law_rules import LawRegister
from .standard import Area, Standard
from .steps import Step
from .wording import joined, long_date

__all__ = [
    "Finding", "Severity", "application_name", "blocking", "findings", "item_law", "item_name", "unanswered",
]  # fmt: skip


def findings(
    case: Case, standard: Standard, today: date, register: LawRegister | None = None
) -> tuple[Finding, ...]:
    """Everything that stands between the case and a letter, in the order of the visit.

    ``register`` tells which considerations the citizen's own law asks for; ``all_findings`` adds the rest
    of what the law says.
    """
    everything = (
        *enquiry_findings(case),
        *_own_view(case),
        *_areas(case, standard),
        *_summary(case, standard),
        *decision_findings(case, standard, register),
        *_dates(case, today),
    )
    return tuple(sorted(everything, key=in_order))


def blocking(found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings that keep a letter from being made."""
    return tuple(finding for finding in found if finding.severity == "stop")


def enquiry_findings(case: Case) -> Iterator[Finding]:
    """What the enquiry and what is known of the citizen lack."""
    citizen, enquiry = case.citizen, case.enquiry
    if blank(citizen.name):
        yield found("citizen_name", "citizen.name", "Borgerens navn mangler.")
    if citizen.birth_date is None:
        yield found("birth_date", "citizen.birth_date", "Fødselsdato mangler.")
    lacking = [part for part in ("street", "postal_code", "town") if blank(getattr(citizen.address, part))]
    if lacking:
        message = "Borgerens adresse er ikke fuldstændig (vej, postnummer og by)."
        yield found("address", f"citizen.address.{lacking[0]}", message)
    if citizen.cpr and citizen.birth_date and birth_date_of(citizen.cpr) != citizen.birth_date:
        message = "CPR-nummeret passer ikke med fødselsdatoen. Ret den ene af dem."
        yield found("cpr_birth_date", "citizen.cpr", message)
    if enquiry.received_on is None:
        message = "Datoen for henvendelsen mangler. Fristen regnes fra den."
        yield found("received_on", "enquiry.received_on", message)
    if not enquiry.applied_for and not _on_own_initiative(case):
        message = "Der står ikke, hvad borgeren har søgt om. Alt, der søges om, skal have et svar."
        yield found("applied_for", "enquiry.applied_for", message)
    if enquiry.acute is None:
        yield found("acute", "enquiry.acute", "Tag stilling til, om behovet er akut.")


def _on_own_initiative(case: Case) -> bool:
    """Whether the decision only changes or stops help that is given already: nobody need have applied."""
    items = case.decision.items
    return bool(items) and all(item.outcome in ("changed", "stopped") for item in items)


def _own_view(case: Case) -> Iterator[Finding]:
    if blank(case.own_view.text):
        yield found("own_view", "own_view.text", "Borgerens egen vurdering mangler.")
    if blank(case.own_view.matters_most):
        message = "Der står ikke, hvad der er særligt vigtigt for borgeren."
        yield found("matters_most", "own_view.matters_most", message)


def _areas(case: Case, standard: Standard) -> Iterator[Finding]:
    if case.assessment.assessed_on is None:
        yield found("assessed_on", "assessment.assessed_on", "Datoen for vurderingen mangler.")
    for area in standard.areas:
        yield from _area(area, case)


def _area(area: Area, case: Case) -> Iterator[Finding]:
    assessment, where = case.assessment, f"assessment.areas.{area.id}"
    state = assessment.areas.get(area.id, AreaAssessment())
    if state.relevant is False:
        if blank(state.justification):
            message = f"{area.name}: skriv, hvorfor området ikke er relevant."
            yield found("justification", f"{where}.justification", message)
        return
    scored = _scored(area, case)
    told = (state.from_citizen, state.resources, state.from_others, state.observed)
    described = not all(blank(text) for text in told)
    if state.relevant is None and not scored and not described:
        message = f"{area.name}: tag stilling til, om området er relevant."
        yield found("area_open", where, message)
        return
    if unscored := [activity.label for activity in area.activities if activity.id not in scored]:
        yield found("unscored", where, f"{area.name}: mangler vurdering af {joined(unscored)}.")
    if not described:
        yield found("undescribed", f"{where}.from_citizen", f"{area.name}: området er ikke beskrevet.")
    allowed = assessment.consent_to_obtain is True or anybody_may_be_asked(case.course)
    if not blank(state.from_others) and not allowed:
        message = f"{area.name}: oplysninger fra andre kræver borgerens tilladelse."
        yield found("consent", "assessment.consent_to_obtain", message)


def _scored(area: Area, case: Case) -> list[str]:
    scores = case.assessment.activities
    return [
        one.id
        for one in area.activities
        if (score := scores.get(one.id)) and (score.level is not None or score.answer is not None)
    ]


def _summary(case: Case, standard: Standard) -> Iterator[Finding]:
    if blank(case.summary.text):
        yield found("summary", "summary.text", "Den samlede vurdering mangler.")
    if case.summary.goal is None:
        names = joined([goal.name for goal in standard.goals], "eller")
        yield found("goal", "summary.goal", f"Vælg det overordnede retningsgivende mål: {names}.")


def _dates(case: Case, today: date) -> Iterator[Finding]:
    enquiry, assessment, decision = case.enquiry, case.assessment, case.decision
    past: list[tuple[Step, str, str, date | None]] = [
        ("henvendelse", "citizen.birth_date", "Fødselsdatoen", case.citizen.birth_date),
        ("henvendelse", "enquiry.received_on", "Datoen for henvendelsen", enquiry.received_on),
        ("hverdagsliv", "assessment.assessed_on", "Datoen for vurderingen", assessment.assessed_on),
        ("afgoerelse", "decision.hearing.held_on", "Datoen for partshøringen", decision.hearing.held_on),
        ("afgoerelse", "decision.decided_on", "Datoen for afgørelsen", decision.decided_on),
    ]
    for step, where, name, day in past:
        if day is not None and day > today:
            message = f"{name}, {long_date(day)}, ligger i fremtiden. Ret datoen."
            yield found("future_date", where, message, step=step)
    ordered: list[tuple[Step, str, str, date | None, str, date | None]] = [
        ("hverdagsliv", "assessment.assessed_on", "Vurderingen", assessment.assessed_on,
         "henvendelsen", enquiry.received_on),
        ("afgoerelse", "decision.decided_on", "Afgørelsen", decision.decided_on,
         "vurderingen", assessment.assessed_on),
    ]  # fmt: skip
    for step, where, name, later, other, earlier in ordered:
        if later and earlier and later < earlier:
            message = f"{name} ligger før {other}. Ret en af datoerne."
            yield found("date_order", where, message, step=step)
    for number, item in enumerate(decision.items):
        place = f"decision.items.{number}"
        if item.start_on and decision.decided_on and item.start_on < decision.decided_on:
            yield found("start_before", f"{place}.start_on", "Hjælpen starter, før afgørelsen er truffet.")
        if item.review_on and item.start_on and item.review_on < item.start_on:
            message = "Revurderingen ligger før hjælpens start. Ret en af datoerne."
            yield found("review_before", f"{place}.review_on", message)

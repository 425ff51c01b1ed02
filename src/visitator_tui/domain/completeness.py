"""What is missing before the decision can be made: concrete findings, each with its place.

``stop`` findings keep a decision from becoming a letter. ``warn`` findings are shown and may be passed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from .base import Model
from .case import Case, DecisionItem
from .cpr import birth_date_of
from .law import LawRef
from .matching import Suggestion, suggest
from .reasons import is_individual
from .standard import Standard
from .steps import STEPS, Step
from .wording import joined, long_date

Severity = Literal["stop", "warn"]


class Finding(Model):
    """Something missing or doubtful, where it is mended (``where`` is a path in the case), and why."""

    code: str
    severity: Severity
    message: str
    step: Step
    where: str
    source: str = ""


def findings(case: Case, standard: Standard, today: date) -> tuple[Finding, ...]:
    """Everything that stands between the case and a letter, in the order of the visit."""
    found: list[Finding] = []
    for check in (_enquiry, _own_view, _areas, _summary, _decision, _dates):
        found.extend(check(case, standard, today))
    return tuple(sorted(found, key=lambda finding: STEPS.index(finding.step)))


def blocking(found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings that keep a letter from being made."""
    return tuple(finding for finding in found if finding.severity == "stop")


def _stop(code: str, step: Step, where: str, message: str, source: str = "") -> Finding:
    return Finding(code=code, severity="stop", message=message, step=step, where=where, source=source)


def _warn(code: str, step: Step, where: str, message: str, source: str = "") -> Finding:
    return Finding(code=code, severity="warn", message=message, step=step, where=where, source=source)


def _blank(text: str | None) -> bool:
    return not (text or "").strip()


def _enquiry(case: Case, standard: Standard, today: date) -> Iterator[Finding]:
    del standard, today
    citizen, enquiry = case.citizen, case.enquiry
    if _blank(citizen.name):
        yield _stop("citizen_name", "henvendelse", "citizen.name", "Borgerens navn mangler.")
    if citizen.birth_date is None:
        yield _warn("birth_date", "henvendelse", "citizen.birth_date", "Fødselsdato mangler.")
    address = citizen.address
    if _blank(address.street) or _blank(address.postal_code) or _blank(address.town):
        yield _stop(
            "address", "henvendelse", "citizen.address.street",
            "Borgerens adresse er ikke fuldstændig (vej, postnummer og by).",
        )  # fmt: skip
    if citizen.cpr and citizen.birth_date and birth_date_of(citizen.cpr) != citizen.birth_date:
        yield _stop(
            "cpr_birth_date", "henvendelse", "citizen.cpr",
            "CPR-nummeret passer ikke med fødselsdatoen. Ret den ene af dem.",
        )  # fmt: skip
    if enquiry.received_on is None:
        yield _stop(
            "received_on", "henvendelse", "enquiry.received_on",
            "Datoen for henvendelsen mangler. Fristen regnes fra den.", "Helsingør 2017, s. 15",
        )  # fmt: skip
    if not enquiry.applied_for:
        yield _warn(
            "applied_for", "henvendelse", "enquiry.applied_for",
            "Der står ikke, hvad borgeren har søgt om. Alt, der søges om, skal have et svar.", "Helsingør 2017, s. 15",
        )  # fmt: skip
    if enquiry.acute is None:
        yield _warn(
            "acute",
            "henvendelse",
            "enquiry.acute",
            "Tag stilling til, om behovet er akut.",
            "Helsingør 2017, s. 15",
        )


def _own_view(case: Case, standard: Standard, today: date) -> Iterator[Finding]:
    del standard, today
    if _blank(case.own_view.text):
        yield _stop(
            "own_view",
            "egen_vurdering",
            "own_view.text",
            "Borgerens egen vurdering mangler.",
            "Helsingør 2017, s. 16",
        )
    if _blank(case.own_view.matters_most):
        yield _warn(
            "matters_most", "egen_vurdering", "own_view.matters_most",
            "Der står ikke, hvad der er særligt vigtigt for borgeren.", "Helsingør 2017, s. 16",
        )  # fmt: skip


def _areas(case: Case, standard: Standard, today: date) -> Iterator[Finding]:
    del today
    assessment = case.assessment
    if assessment.assessed_on is None:
        yield _stop("assessed_on", "hverdagsliv", "assessment.assessed_on", "Datoen for vurderingen mangler.")
    for area in standard.areas:
        where = f"assessment.areas.{area.id}"
        state = assessment.areas.get(area.id)
        scored = [
            activity.id
            for activity in area.activities
            if (score := assessment.activities.get(activity.id))
            and (score.level is not None or score.answer is not None)
        ]
        relevant = state.relevant if state else None
        described = state and any(
            not _blank(text)
            for text in (state.from_citizen, state.resources, state.from_others, state.observed)
        )
        if relevant is False:
            if _blank(state.justification if state else ""):
                yield _stop(
                    "justification", "hverdagsliv", f"{where}.justification",
                    f"{area.name}: skriv, hvorfor området ikke er relevant.", "Helsingør 2017, s. 18",
                )  # fmt: skip
            continue
        if relevant is None and not scored and not described:
            yield _stop(
                "area_open", "hverdagsliv", where,
                f"{area.name}: tag stilling til, om området er relevant.", "Helsingør 2017, s. 18",
            )  # fmt: skip
            continue
        unscored = [a.label for a in area.activities if a.id not in scored]
        if unscored:
            yield _stop(
                "unscored", "hverdagsliv", where,
                f"{area.name}: mangler vurdering af {joined(unscored)}.", "Helsingør 2017, s. 19",
            )  # fmt: skip
        if not described:
            yield _warn(
                "undescribed", "hverdagsliv", f"{where}.from_citizen",
                f"{area.name}: området er ikke beskrevet.", "Helsingør 2017, s. 18",
            )  # fmt: skip
        if state and not _blank(state.from_others) and assessment.consent_to_obtain is not True:
            yield _warn(
                "consent", "hverdagsliv", "assessment.consent_to_obtain",
                f"{area.name}: oplysninger fra andre kræver borgerens tilladelse.", "Helsingør 2017, s. 17",
            )  # fmt: skip


def _summary(case: Case, standard: Standard, today: date) -> Iterator[Finding]:
    del today
    if _blank(case.summary.text):
        yield _stop(
            "summary",
            "samlet_vurdering",
            "summary.text",
            "Den samlede vurdering mangler.",
            "Helsingør 2017, s. 20",
        )
    if case.summary.goal is None:
        names = joined([goal.name for goal in standard.goals], "eller")
        yield _stop(
            "goal", "samlet_vurdering", "summary.goal",
            f"Vælg det overordnede retningsgivende mål: {names}.", "Helsingør 2017, s. 20",
        )  # fmt: skip


def item_name(item: DecisionItem, standard: Standard) -> str:
    """What an item is called: the catalogue's name, or the words of the application."""
    known = standard.delydelse_by_id.get(item.delydelse)
    return known.name if known else item.delydelse


def unanswered(case: Case, standard: Standard) -> tuple[str, ...]:
    """The applications (as written) that no item of the decision answers."""
    answered: set[str] = set()
    for item in case.decision.items:
        answered.add(item.delydelse)
        if item.answers:
            answered.add(item.answers)
        if ydelse := standard.ydelse_of.get(item.delydelse):
            answered.add(ydelse.id)
    return tuple(asked for asked in case.enquiry.applied_for if asked not in answered)


def application_name(asked: str, standard: Standard) -> str:
    """An application in words: a delydelse's or ydelse's name, or what the citizen wrote."""
    known = standard.delydelse_by_id.get(asked) or standard.ydelse_by_id.get(asked)
    return known.name if known else asked


def item_law(item: DecisionItem, standard: Standard) -> tuple[LawRef, ...]:
    """The legal basis the catalogue gives for an item; empty for one it does not know."""
    return standard.law_of(item.delydelse) if item.delydelse in standard.delydelse_by_id else ()


def _decision(case: Case, standard: Standard, today: date) -> Iterator[Finding]:
    del today
    decision = case.decision
    suggestions = {one.delydelse: one for one in suggest(case, standard)}
    for asked in unanswered(case, standard):
        yield _stop(
            "unanswered", "afgoerelse", "decision.items",
            f"Ansøgningen om »{application_name(asked, standard)}« er ikke besvaret: bevilg eller giv afslag.",
            "Helsingør 2017, s. 15",
        )  # fmt: skip
    if not decision.items:
        yield _stop(
            "no_items",
            "forslag",
            "decision.items",
            "Afgørelsen har endnu ingen punkter.",
            "Helsingør 2017, s. 21",
        )
    for number, item in enumerate(decision.items):
        name = item_name(item, standard)
        where = f"decision.items.{number}"
        yield from _item(item, name, where, suggestions.get(item.delydelse), case, standard)
    yield from _household(case, standard)
    yield from _considerations(case, standard)
    if decision.decided_on is None:
        yield _stop(
            "decided_on",
            "afgoerelse",
            "decision.decided_on",
            "Datoen for afgørelsen mangler.",
            "Helsingør 2017, s. 21",
        )
    if _blank(decision.by.name):
        yield _stop(
            "decided_by", "afgoerelse", "decision.by.name",
            "Der står ikke, hvem der træffer afgørelsen.", "Forvaltningsloven § 32 b",
        )  # fmt: skip


def _item(
    item: DecisionItem,
    name: str,
    where: str,
    suggestion: Suggestion | None,
    case: Case,
    standard: Standard,
) -> Iterator[Finding]:
    known = standard.delydelse_by_id.get(item.delydelse)
    if known is None and _blank(item.law):
        yield _stop(
            "law", "afgoerelse", f"{where}.law",
            f"{name}: lovgrundlag mangler. Vælg en ydelse fra standarden, eller skriv paragraffen.",
            "Forvaltningsloven § 24",
        )  # fmt: skip
    if item.outcome is None:
        yield _stop(
            "outcome",
            "afgoerelse",
            f"{where}.outcome",
            f"{name}: vælg bevilling eller afslag.",
            "Helsingør 2017, s. 21",
        )
    if _blank(item.reason):
        yield _stop(
            "reason",
            "afgoerelse",
            f"{where}.reason",
            f"{name}: begrundelse mangler.",
            "Helsingør 2017, s. 21",
        )
    if item.outcome == "refused":
        yield from _refusal(item, name, where, standard)
    if item.outcome == "granted":
        yield from _grant(item, name, where, suggestion, case, standard)


def _refusal(item: DecisionItem, name: str, where: str, standard: Standard) -> Iterator[Finding]:
    if _blank(item.reason):
        return
    names = [name, *(activity.label for activity in standard.activity_by_id.values())]
    names += [service.name for service in standard.ydelser]
    if not is_individual(item.reason, names):
        yield _stop(
            "reason_not_individual", "afgoerelse", f"{where}.reason",
            f"{name}: et niveau, standarden eller økonomien er ikke nok som begrundelse. "
            "Skriv, hvad der konkret gælder for denne borger.",
            "Ankestyrelsen C-17-99 og 31-18",
        )  # fmt: skip


HOME_HELP = LawRef(act="serviceloven", paragraph="83")


def _household(case: Case, standard: Standard) -> Iterator[Finding]:
    """Who shares the home, and can share its tasks, is known before home help is refused (3-19)."""
    refused = [item for item in case.decision.items if item.outcome == "refused"]
    if not any(HOME_HELP.covers(ref) for item in refused for ref in item_law(item, standard)):
        return
    household = case.citizen.household
    if not household and _blank(case.citizen.housing):
        yield _warn(
            "household", "henvendelse", "citizen.household.0.relation",
            "Der står ikke, om borgeren bor alene. Det skal være belyst før et afslag.", "Ankestyrelsen 3-19",
        )  # fmt: skip
    for number, member in enumerate(household):
        if member.can_share_tasks is None:
            who = member.name.strip() or member.relation.strip() or "En i husstanden"
            yield _stop(
                "household_share", "henvendelse", f"citizen.household.{number}.can_share_tasks",
                f"{who}: tag stilling til, om opgaverne kan deles, før hjælp bliver afslået.",
                "Ankestyrelsen 3-19",
            )  # fmt: skip


def _grant(
    item: DecisionItem,
    name: str,
    where: str,
    suggestion: Suggestion | None,
    case: Case,
    standard: Standard,
) -> Iterator[Finding]:
    known = standard.delydelse_by_id.get(item.delydelse)
    if _blank(item.purpose):
        yield _stop(
            "purpose",
            "afgoerelse",
            f"{where}.purpose",
            f"{name}: formålet med hjælpen mangler.",
            "Helsingør 2017, s. 21",
        )
    if (item.goal or case.summary.goal) is None:
        yield _stop(
            "item_goal", "afgoerelse", f"{where}.goal",
            f"{name}: det retningsgivende mål mangler.", "Helsingør 2017, s. 22",
        )  # fmt: skip
    if item.extent is None:
        yield _stop(
            "extent", "afgoerelse", f"{where}.extent",
            f"{name}: omfang mangler (hvor tit og hvornår).", "Helsingør 2017, s. 24",
        )  # fmt: skip
    if item.start_on is None:
        yield _stop(
            "start_on",
            "afgoerelse",
            f"{where}.start_on",
            f"{name}: startdato mangler.",
            "Helsingør 2017, s. 26",
        )
    if known and not known.granted_by_visitator:
        who = known.granted_by.text if known.granted_by else "En anden end visitator tager stilling."
        yield _stop("granted_by", "afgoerelse", where, f"{name} bevilges ikke af visitator. {who}",
                    f"s. {known.page}" if known.page else "")  # fmt: skip
    outside = known is None or (suggestion is not None and suggestion.verdict == "ruled_out")
    if outside and _blank(item.professional_reason):
        yield _stop(
            "professional_reason", "afgoerelse", f"{where}.professional_reason",
            f"{name}: gives uden for kriterierne. Skriv den faglige begrundelse.", "Helsingør 2017, s. 21",
        )  # fmt: skip
    elif suggestion and suggestion.verdict in ("open", "undetermined") and _blank(item.professional_reason):
        lacks = [standard.criterion_by_id[c].question for c in suggestion.open_criteria]
        what = joined([f"»{q}«" for q in lacks[:2]]) if lacks else "de manglende niveauer"
        yield _warn(
            "criteria_open", "forslag", f"answers.{suggestion.open_criteria[0]}" if lacks else "answers",
            f"{name}: kriterierne er ikke afklaret: {what}.", str(suggestion.source),
        )  # fmt: skip


def _considerations(case: Case, standard: Standard) -> Iterator[Finding]:
    """What must be weighed before help is granted (or refused): § 83 a before § 83 (p. 132)."""
    due: dict[str, list[DecisionItem]] = {}
    for item in case.decision.items:
        if item.outcome is None:
            continue
        for consideration in standard.considerations_before(item_law(item, standard)):
            due.setdefault(consideration.id, []).append(item)
    for consideration in standard.considerations:
        items = due.get(consideration.id, [])
        if not items:
            continue
        where = f"considerations.{consideration.id}"
        answer = case.considerations.get(consideration.id)
        page = f"s. {consideration.page}" if consideration.page else "standarden"
        outcome = next((one for one in consideration.outcomes if answer and one.id == answer.outcome), None)
        if outcome is None:
            yield _stop(
                "consideration", "afgoerelse", f"{where}.outcome",
                f"{consideration.name}: {consideration.question}", page,
            )  # fmt: skip
            continue
        if answer and _blank(answer.reason):
            yield _stop(
                "consideration_reason", "afgoerelse", f"{where}.reason",
                f"{consideration.name}: skriv, hvad vurderingen bygger på.", page,
            )  # fmt: skip
        granted = [item_name(i, standard) for i in items if i.outcome == "granted"]
        if not outcome.allows_help and granted:
            yield _warn(
                "consideration_pending", "afgoerelse", f"{where}.outcome",
                f"{joined(granted)}: gives kun som nødvendig hjælp under forløbet. "
                "Den endelige afgørelse træffes bagefter.", page,
            )  # fmt: skip


def _dates(case: Case, standard: Standard, today: date) -> Iterator[Finding]:
    del standard
    enquiry, assessment, decision = case.enquiry, case.assessment, case.decision
    past: list[tuple[Step, str, str, date | None]] = [
        ("henvendelse", "citizen.birth_date", "Fødselsdatoen", case.citizen.birth_date),
        ("henvendelse", "enquiry.received_on", "Datoen for henvendelsen", enquiry.received_on),
        ("hverdagsliv", "assessment.assessed_on", "Datoen for vurderingen", assessment.assessed_on),
        ("afgoerelse", "decision.decided_on", "Datoen for afgørelsen", decision.decided_on),
    ]
    for step, where, name, day in past:
        if day is not None and day > today:
            yield _stop(
                "future_date", step, where, f"{name}, {long_date(day)}, ligger i fremtiden. Ret datoen."
            )
    ordered: list[tuple[Step, str, str, date | None, str, date | None]] = [
        ("hverdagsliv", "assessment.assessed_on", "Vurderingen", assessment.assessed_on,
         "henvendelsen", enquiry.received_on),
        ("afgoerelse", "decision.decided_on", "Afgørelsen", decision.decided_on,
         "vurderingen", assessment.assessed_on),
    ]  # fmt: skip
    for step, where, name, later, other, earlier in ordered:
        if later and earlier and later < earlier:
            yield _stop("date_order", step, where, f"{name} ligger før {other}. Ret en af datoerne.")
    for number, item in enumerate(decision.items):
        if item.start_on and decision.decided_on and item.start_on < decision.decided_on:
            yield _warn(
                "start_before", "afgoerelse", f"decision.items.{number}.start_on",
                "Hjælpen starter, før afgørelsen er truffet.",
            )  # fmt: skip
        if item.review_on and item.start_on and item.review_on < item.start_on:
            yield _stop(
                "review_before", "afgoerelse", f"decision.items.{number}.review_on",
                "Revurderingen ligger før hjælpens start. Ret en af datoerne.",
            )  # fmt: skip

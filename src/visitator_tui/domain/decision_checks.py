"""The decision before it is made: what it must hold as a whole. Its items are looked at one by one beside."""

from __future__ import annotations

from collections.abc import Iterator

from .case import Case, DecisionItem
from .checks import found
from .considerations import considerations_of
from .decision_checks_against import against
from .decision_checks_items import item_findings
from .decision_items import application_name, item_name, unanswered
from .finding import Finding, blank
from .law_rules import LawRegister
from .matching import suggest
from .standard import Standard
from .wording import joined, long_date


def decision_findings(
    case: Case, standard: Standard, register: LawRegister | None = None
) -> Iterator[Finding]:
    """Everything that the decision lacks; with a register, by the law of this citizen and date."""
    decision = case.decision
    for asked in unanswered(case, standard):
        name = application_name(asked, standard)
        message = f"Ansøgningen om »{name}« er ikke besvaret: bevilg eller giv afslag."
        yield found("unanswered", "decision.items", message)
    if not decision.items:
        yield found("no_items", "decision.items", "Afgørelsen har endnu ingen punkter.")
    suggestions = {one.delydelse: one for one in suggest(case, standard)}
    for number, item in enumerate(decision.items):
        yield from item_findings(number, item, suggestions.get(item.delydelse), case, standard)
    yield from against(case, standard)
    yield from _considerations(case, standard, register)
    yield from _shut_out(case, standard)
    yield from _correction(case)
    if decision.decided_on is None:
        yield found("decided_on", "decision.decided_on", "Datoen for afgørelsen mangler.")
    if blank(decision.by.name):
        yield found("decided_by", "decision.by.name", "Der står ikke, hvem der træffer afgørelsen.")


def _considerations(case: Case, standard: Standard, register: LawRegister | None) -> Iterator[Finding]:
    """What must be weighed before help is granted or refused: § 83 a before § 83 (p. 132)."""
    due: dict[str, list[DecisionItem]] = {}
    for item in case.decision.items:
        if item.outcome in (None, "stopped"):
            continue
        for consideration in considerations_of(case, item, standard, register):
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
            message = f"{consideration.name}: {consideration.question}"
            yield found("consideration", f"{where}.outcome", message, source=page)
            continue
        if answer and blank(answer.reason):
            message = f"{consideration.name}: skriv, hvad vurderingen bygger på."
            yield found("consideration_reason", f"{where}.reason", message, source=page)
        given = [item_name(item, standard) for item in items if item.gives_help]
        if not outcome.allows_help and given:
            message = (
                f"{joined(given)}: gives kun som nødvendig hjælp under forløbet. "
                "Den endelige afgørelse træffes bagefter."
            )
            yield found("consideration_pending", f"{where}.outcome", message, source=page)


def _shut_out(case: Case, standard: Standard) -> Iterator[Finding]:
    """A standard that says "no appeal" cannot take from the citizen what the law gives her."""
    for number, item in enumerate(case.decision.items):
        known = item.delydelse in standard.delydelse_by_id
        if (
            known
            and item.goes_against
            and any(r.shuts_out_appeal for r in standard.routes_of(item.delydelse))
        ):
            message = (
                f"{item_name(item, standard)}: standarden siger, at der ikke kan klages. Det kan der efter "
                "loven, og sådan står det i brevet."
            )
            yield found("appeal_shut_out", f"decision.items.{number}", message)


def _correction(case: Case) -> Iterator[Finding]:
    """A decision is never edited: a new one names the old, and says why."""
    old, decided_on = case.decision.corrects, case.decision.decided_on
    if not old.named and blank(old.why):
        return
    if old.decided_on is None:
        message = "Skriv datoen for den afgørelse, som denne træder i stedet for."
        yield found("corrects_date", "decision.corrects.decided_on", message)
    elif decided_on is not None and old.decided_on > decided_on:
        message = f"Den tidligere afgørelse, {long_date(old.decided_on)}, ligger efter den nye. Ret datoen."
        yield found("date_order", "decision.corrects.decided_on", message)
    if blank(old.why):
        message = "Skriv, hvorfor den tidligere afgørelse bliver lavet om."
        yield found("corrects_why", "decision.corrects.why", message)

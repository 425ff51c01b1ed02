"""What a standard states, field by field, as lines of plain Danish; what comparing two of them works on."""

from __future__ import annotations

from .base import Extent
from .standard import Area, Delydelse, Fact, Service, Standard
from .standard_process_wording import process_lines
from .standard_wording import criterion_words, deadline_words, price_words, route_words, rule_words
from .wording import extent

Lines = tuple[str, ...]

_KINDS = {"practical": "praktisk hjælp", "personal_care": "personlig pleje"}


def statements(standard: Standard, service: Service) -> dict[str, Lines]:
    """Danish field name -> lines of a ydelse, or of a delydelse as it applies.

    A delydelse takes from its ydelse what it does not state itself; criteria and exclusions add up. The
    level rule is not among them.
    """
    owner = standard.ydelse_of[service.id] if isinstance(service, Delydelse) else service
    criteria = standard.criteria_of(service.id) if isinstance(service, Delydelse) else service.criteria
    excluded = service.excluded if owner is service else service.excluded + owner.excluded
    found = {
        "Navn": (service.name,),
        "Lovgrundlag": tuple(str(ref) for ref in service.law or owner.law),
        "Formål": service.purpose or owner.purpose,
        "Kriterier": tuple(criterion_words(term, standard) for term in criteria),
        "Gives ikke": _texts(excluded),
        "Indhold": service.content or owner.content,
        "Omfang": _extent(service.extent or owner.extent),
        "Pris": tuple(price_words(price) for price in service.price or owner.price),
        "Leverandør": _texts(service.supplier or owner.supplier),
        "Leverancesikkerhed": _texts(service.delivery_reliability or owner.delivery_reliability),
        "Borgeren skal": _texts(service.citizen_duties or owner.citizen_duties),
        "Opfølgning": _texts(service.review or owner.review),
        "Frister": tuple(
            deadline_words(standard.deadline_by_id[one]) for one in service.deadlines or owner.deadlines
        ),
        "Klageadgang": tuple(
            route_words(standard.route_by_id[one])
            for one in service.complaint_routes or owner.complaint_routes
        ),
    }
    if isinstance(service, Delydelse):
        found |= _of_delydelse(standard, service)
    return found


def _of_delydelse(standard: Standard, item: Delydelse) -> dict[str, Lines]:
    named = standard.delydelse_by_id
    granted_by = "visitator" if item.granted_by_visitator else "andre end visitator"
    return {
        "Ydelse": (standard.ydelse_of[item.id].name,),
        "Varianter": tuple(f"{one.name}: {extent(one.extent)}" for one in item.variants),
        "Bevilges af": (item.granted_by.text if item.granted_by else granted_by,),
        "Gives ikke sammen med": tuple(named[other].name for other in item.not_with),
        "Gives kun sammen med": tuple(named[other].name for other in item.only_with),
        "Til visitator": tuple(
            f"ved {rule_words(remark.when, standard)}: {remark.text}" if remark.when else remark.text
            for remark in item.remarks
        ),
        "Slags hjælp": (_KINDS[kind],) if (kind := standard.help_kind_of(item.id)) else (),
        "Beskrivelse": ("beskrevet" if item.described else "kun navnet",),
    }


def general_statements(standard: Standard) -> dict[str, Lines]:
    """Danish field name -> lines of what a standard states for all help.

    Deadlines and complaint routes stand with the help they are for; here are the deadlines of no help.
    """
    used = {
        one for ydelse in standard.ydelser for part in (ydelse, *ydelse.delydelser) for one in part.deadlines
    }
    return {
        "Enhed": (standard.unit,),
        "Klassifikation": (standard.classification,),
        "Niveauer": tuple(f"{one.level} {one.name}: {one.meaning}" for one in standard.levels),
        "Mål": tuple(f"{goal.name}: {goal.meaning}" for goal in standard.goals),
        "Områder": tuple(_area(area) for area in standard.areas),
        "Skal overvejes først": tuple(
            f"{one.name}: {one.question} {'; '.join(outcome.label for outcome in one.outcomes)}"
            for one in standard.considerations
        ),
        "Valg af leverandør": _texts(standard.supplier_choice),
        "Leverancesikkerhed": _texts(standard.delivery_reliability),
        "Borgeren skal": _texts(standard.citizen_duties),
        "Frister": tuple(deadline_words(one) for one in standard.deadlines if one.id not in used),
        "Skridt i sagen": tuple(process_lines(standard.process)),
    }


def guidance(standard: Standard) -> dict[str, Lines]:
    """The complaint guidance by the name of its route."""
    return {f"Klagevejledning, {route.name}": route.text for route in standard.complaint_routes}


def _area(area: Area) -> str:
    activities = ", ".join(one.label if one.graded else f"{one.label} (ja/nej)" for one in area.activities)
    return f"{area.name}: {activities or 'ingen aktiviteter'}"


def _texts(facts: tuple[Fact, ...]) -> Lines:
    return tuple(fact.text for fact in facts)


def _extent(stated: Extent | None) -> Lines:
    words = extent(stated) if stated else ""
    return (words,) if words else ()

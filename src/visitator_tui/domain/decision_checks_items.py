"""One item of the decision: what it must hold, by its outcome."""

from __future__ import annotations

from collections.abc import Iterator

from .base import Extent
from .case import Case, DecisionItem
from .checks import found
from .decision_items import item_law, item_name
from .finding import Finding, blank
from .law import LawRef
from .matching import Suggestion
from .standard import Standard
from .visit_minutes import has_time, weekly_visits
from .wording import extent, joined, long_date

REHABILITATION = LawRef(act="serviceloven", paragraph="83 a")


def item_findings(
    number: int, item: DecisionItem, suggestion: Suggestion | None, case: Case, standard: Standard
) -> Iterator[Finding]:
    """What the item lacks; ``suggestion`` is what the standard says of it, if it knows it."""
    name, where = item_name(item, standard), f"decision.items.{number}"
    if item.delydelse not in standard.delydelse_by_id and blank(item.law):
        message = f"{name}: lovgrundlag mangler. Skriv paragraffen."
        yield found("law", f"{where}.law", message)
    if item.outcome is None:
        message = (
            f"{name}: vælg bevilling eller afslag, helt eller delvist, eller at hjælpen ændres eller stopper."
        )
        yield found("outcome", f"{where}.outcome", message)
    if blank(item.reason):
        yield found("reason", f"{where}.reason", f"{name}: begrundelse mangler.")
    if item.outcome == "partly" and blank(item.refused_part):
        message = f"{name}: skriv, hvad af ansøgningen der er givet afslag på."
        yield found("refused_part", f"{where}.refused_part", message)
    if item.outcome in ("changed", "stopped"):
        yield from _until_now(item, name, where, case)
    if item.gives_help:
        yield from _help(item, name, where, case, standard)
        yield from _criteria(item, name, where, suggestion, standard)


def _until_now(item: DecisionItem, name: str, where: str, case: Case) -> Iterator[Finding]:
    """A stop or a cut is a decision too: former extent, the date, what has changed."""
    if not _stated(item.former_extent):
        message = f"{name}: skriv, hvor meget hjælp borgeren hidtil har fået."
        yield found("former_extent", f"{where}.former_extent", message)
    if blank(item.changed_because):
        message = f"{name}: skriv, hvad der er anderledes, siden hjælpen blev bevilget."
        yield found("changed_because", f"{where}.changed_because", message)
    if item.outcome != "stopped":
        return
    decided_on = case.decision.decided_on
    if item.ends_on is None:
        yield found("ends_on", f"{where}.ends_on", f"{name}: skriv, hvilken dag hjælpen stopper.")
    elif decided_on is not None and item.ends_on < decided_on:
        message = f"{name}: hjælpen kan ikke stoppe {long_date(item.ends_on)}, før afgørelsen er truffet."
        yield found("ends_early", f"{where}.ends_on", message)


def _help(item: DecisionItem, name: str, where: str, case: Case, standard: Standard) -> Iterator[Finding]:
    """What every help that is given says of itself."""
    if blank(item.purpose):
        yield found("purpose", f"{where}.purpose", f"{name}: formålet med hjælpen mangler.")
    if (item.goal or case.summary.goal) is None:
        yield found("item_goal", f"{where}.goal", f"{name}: det retningsgivende mål mangler.")
    if not _stated(item.extent):
        message = f"{name}: omfang mangler (hvor tit og hvornår)."
        yield found("extent", f"{where}.extent.times", message)
    elif has_time(item, standard):
        yield from _when(item.extent or Extent(), name, where)
    if item.start_on is None:
        yield found("start_on", f"{where}.start_on", f"{name}: startdato mangler.")
    if _is_rehabilitation(item, standard):
        yield from _course(item, name, where, case, standard)


def _when(given: Extent, name: str, where: str) -> Iterator[Finding]:
    """Help with a time to it has a frequency, and a time of day or clock times (p. 24)."""
    if weekly_visits(given) is None and given.per not in ("course", "once"):
        message = f"{name}: skriv, hvor mange gange hjælpen gives, og pr. hvad."
        yield found("frequency", f"{where}.extent.{'per' if given.times else 'times'}", message)
    if not (given.time_of_day or given.clock):
        message = f"{name}: vælg, om hjælpen gives om dagen, om aftenen eller om natten."
        yield found("time_of_day", f"{where}.extent.time_of_day", message)


def _is_rehabilitation(item: DecisionItem, standard: Standard) -> bool:
    """Whether § 83 a is the only rule of serviceloven that the help is given under.

    Help that names § 83 a among others (vedligeholdelsestræning, klippekort) is no course of its own.
    """
    law = [ref for ref in item_law(item, standard) if ref.act == REHABILITATION.act]
    return bool(law) and all(REHABILITATION.covers(ref) for ref in law)


def _course(item: DecisionItem, name: str, where: str, case: Case, standard: Standard) -> Iterator[Finding]:
    """A § 83 a course has a time frame and the citizen's own goals; its services share the course's."""
    together = [one for one in case.decision.items if one.gives_help and _is_rehabilitation(one, standard)]
    if item is not together[0]:
        return
    if not any(one.ends_on or (one.extent and one.extent.course) for one in together):
        message = f"{name}: skriv, hvor længe forløbet varer (forløbets længde eller slutdato)."
        yield found("time_frame", f"{where}.extent.course", message)
    if all(blank(one.aim) for one in together):
        yield found("own_goal", f"{where}.aim", f"{name}: skriv borgerens egne mål for forløbet.")


def _criteria(
    item: DecisionItem, name: str, where: str, suggestion: Suggestion | None, standard: Standard
) -> Iterator[Finding]:
    known = standard.delydelse_by_id.get(item.delydelse)
    if known and not known.granted_by_visitator:
        who = known.granted_by.text if known.granted_by else "En anden end visitator tager stilling."
        page = f"s. {known.page}" if known.page else ""
        yield found("granted_by", where, f"{name} bevilges ikke af visitator. {who}", source=page)
    outside = known is None or (suggestion is not None and suggestion.verdict == "ruled_out")
    if outside and blank(item.professional_reason):
        message = f"{name}: gives uden for kriterierne. Skriv den faglige begrundelse."
        yield found("professional_reason", f"{where}.professional_reason", message)
    elif suggestion and suggestion.verdict in ("open", "undetermined") and blank(item.professional_reason):
        lacks = [standard.criterion_by_id[c].question for c in suggestion.open_criteria]
        what = joined([f"»{q}«" for q in lacks[:2]]) if lacks else "de manglende niveauer"
        place = f"answers.{suggestion.open_criteria[0]}" if lacks else "answers"
        message = f"{name}: kriterierne er ikke afklaret: {what}."
        yield found("criteria_open", place, message, source=str(suggestion.source))


def _stated(given: Extent | None) -> bool:
    """Whether an extent says anything: one that was begun and emptied again does not."""
    return given is not None and bool(extent(given))

"""How to complain: each route once, tied to the help it is about."""

from __future__ import annotations

from collections.abc import Iterator

from visitator_tui.domain.base import Duration
from visitator_tui.domain.course_complaint import COMPLAINT_TIME, last_day_to_complain
from visitator_tui.domain.standard import ComplaintRoute
from visitator_tui.domain.wording import duration

from .draft import FEW, Draft, capital, day, quoted, sentence
from .model import Block, Facts, Heading, Paragraph, Section
from .texts import fill


def routes_with_items(draft: Draft) -> tuple[tuple[ComplaintRoute, tuple[str, ...]], ...]:
    """Every route of the decision once, with the names of the items it is open for."""
    routes: dict[str, ComplaintRoute] = {}
    named: dict[str, list[str]] = {}
    for _, item in draft.items:
        for route in draft.routes(item):
            routes[route.id] = route
            named.setdefault(route.id, []).append(draft.name(item))
    return tuple((route, tuple(dict.fromkeys(named[route.id]))) for route in routes.values())


def complaint(draft: Draft) -> Section:
    """The complaint guidance (Forvaltningsloven § 25, Retssikkerhedsloven §§ 60, 66, 67 and 72)."""
    routes = routes_with_items(draft)
    blocks: list[Block] = [Heading(draft.say("complaint.heading"))]
    for route, items in routes:
        if len(routes) > 1:
            blocks.append(Heading(capital(route.name), 3))
        blocks += _route(draft, route, items, only=len(routes) == 1)
    blocks.append(Paragraph(draft.say("complaint.stands")))
    return Section("complaint", tuple(blocks))


def covered(draft: Draft, items: tuple[str, ...], only: bool) -> str:
    """What a route is open for: the whole decision where it is the only one, else its items by name."""
    return draft.say("complaint.everything") if only else "\n".join(items)


def _route(draft: Draft, route: ComplaintRoute, items: tuple[str, ...], only: bool) -> Iterator[Block]:
    rows = [
        (draft.say("complaint.covers"), covered(draft, items, only)),
        (draft.say("complaint.deadline"), deadline(draft, route)),
        (draft.say("complaint.body"), _body(draft, route)),
    ]
    told = tuple((label, value) for label, value in rows if value)
    yield Facts(told, draft.say("complaint.summary", route=route.name))
    named = quoted(items) if len(items) <= FEW else draft.say("complaint.items_above")
    values = {
        "unit": draft.unit,
        "municipality": draft.municipality,
        "contact": draft.contact,
        "items": named,
    }
    for text in route.text:
        yield Paragraph(sentence(fill(text, values, f"klageadgangen {route.name}")))
    if _says_no_way(route):
        yield Paragraph(draft.say("complaint.by_law", unit=draft.unit, contact=draft.contact))


def deadline(draft: Draft, route: ComplaintRoute) -> str:
    """The time there is to complain, in words; empty where the route has none."""
    if route.deadline is not None:
        return _deadline_in_words(draft, route.deadline)
    return _deadline_in_words(draft, COMPLAINT_TIME) if _says_no_way(route) else ""


def _says_no_way(route: ComplaintRoute) -> bool:
    """Whether the standard shuts an appeal out and names no way but its own.

    A standard cannot take away the right of appeal that the law gives (Retssikkerhedsloven § 60), so the
    letter names the law's way; a route with a deadline of its own has already done so.
    """
    return route.shuts_out_appeal and route.deadline is None


def _deadline_in_words(draft: Draft, deadline: Duration) -> str:
    length = duration(deadline)
    if deadline.unit in ("days", "weekdays", "weeks"):
        if delivered := draft.facts.digital_post_on:
            last = last_day_to_complain(delivered, deadline, draft.calendar).day
            if last is not None:
                return draft.say("complaint.last_day", last=day(last), deadline=length)
        return draft.say("complaint.deadline_from_letter", deadline=length)
    # Long deadlines (health services) run from other days, which the route's text explains.
    years, rest = divmod(deadline.amount or 0, 12) if deadline.unit == "months" else (0, 0)
    return draft.say("complaint.deadline_years", years=years) if years and not rest else length


def _body(draft: Draft, route: ComplaintRoute) -> str:
    return draft.say("complaint.by_law_body") if _says_no_way(route) else sentence(route.body).rstrip(".")

"""How to complain: each route once, tied to the help it is about; and the citizen's rights."""

from __future__ import annotations

from collections.abc import Iterator

from visitator_tui.domain.base import Duration
from visitator_tui.domain.standard import ComplaintRoute
from visitator_tui.domain.wording import duration

from .draft import FEW, Draft, capital, quoted, sentence
from .model import Block, Bullets, Facts, Heading, Paragraph, Section
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
        blocks += _route(draft, route, items)
    blocks.append(Paragraph(draft.say("complaint.stands")))
    return Section("complaint", tuple(blocks))


def _route(draft: Draft, route: ComplaintRoute, items: tuple[str, ...]) -> Iterator[Block]:
    rows = [
        (draft.say("complaint.covers"), "\n".join(items)),
        (draft.say("complaint.deadline"), deadline(draft, route)),
        (draft.say("complaint.body"), _body(draft, route)),
    ]
    told = tuple((label, value) for label, value in rows if value)
    yield Facts(told, draft.say("complaint.summary", route=route.name))
    values = {
        "unit": draft.unit,
        "municipality": draft.municipality,
        "contact": draft.contact,
        "items": quoted(items) if len(items) <= FEW else draft.say("complaint.items_above"),
    }
    for text in route.text:
        yield Paragraph(sentence(fill(text, values, f"klageadgangen {route.name}")))
    if _says_no_way(route):
        yield Paragraph(draft.say("complaint.by_law", unit=draft.unit, contact=draft.contact))


def deadline(draft: Draft, route: ComplaintRoute) -> str:
    """The time there is to complain, in words; empty where the route has none."""
    if route.deadline is not None:
        return _deadline_in_words(draft, route.deadline)
    return draft.say("complaint.by_law_deadline") if _says_no_way(route) else ""


def _says_no_way(route: ComplaintRoute) -> bool:
    """Whether the standard shuts an appeal out and names no way but its own.

    A standard cannot take away the right of appeal that the law gives (Retssikkerhedsloven § 60), so the
    letter names the law's way; a route with a deadline of its own has already done so.
    """
    return route.shuts_out_appeal and route.deadline is None


def _deadline_in_words(draft: Draft, deadline: Duration) -> str:
    length = duration(deadline)
    if deadline.unit in ("days", "weekdays", "weeks"):
        return draft.say("complaint.deadline_from_letter", deadline=length)
    # Long deadlines (health services) run from other days, which the route's text explains.
    years, rest = divmod(deadline.amount or 0, 12) if deadline.unit == "months" else (0, 0)
    return draft.say("complaint.deadline_years", years=years) if years and not rest else length


def _body(draft: Draft, route: ComplaintRoute) -> str:
    return draft.say("complaint.by_law_body") if _says_no_way(route) else sentence(route.body).rstrip(".")


def rights(draft: Draft) -> Section:
    """To see the papers, to be represented, to have help with a complaint."""
    lines = (
        draft.say("rights.papers"),
        draft.say("rights.represented"),
        draft.say("rights.help", unit=draft.unit, contact=draft.contact),
    )
    return Section("rights", (Heading(draft.say("rights.heading")), Bullets(lines)))

"""What happens now: help that does not come, choice of supplier, what the citizen is asked to do."""

from __future__ import annotations

from visitator_tui.domain.standard import Fact

from .draft import FEW, Draft, clean, quoted, sentence
from .model import Block, Bullets, Heading, Paragraph, Section


def reliability(draft: Draft) -> Section | None:
    """Delivery reliability per item, and whom to contact when help does not come."""
    if not draft.given:
        return None
    blocks: list[Block] = [
        Heading(draft.say("reliability.heading")),
        Paragraph(draft.say("reliability.contact", unit=draft.unit, contact=draft.contact)),
    ]
    promised: dict[tuple[str, ...], list[str]] = {}
    for _, item in draft.given:
        known = item.delydelse in draft.standard.delydelse_by_id
        found = (
            draft.standard.reliability_of(item.delydelse) if known else draft.standard.delivery_reliability
        )
        if lines := stated(found):
            promised.setdefault(lines, []).append(draft.name(item))
    groups = sorted(promised.items(), key=lambda group: len(group[1]))
    for number, (lines, names) in enumerate(groups, start=1):
        rest = number == len(groups) and sum(len(one) for one in promised.values()) == len(draft.given)
        blocks += [Paragraph(_promise(draft, names, rest), keep=True), Bullets(lines)]
    return Section("reliability", tuple(blocks))


def _promise(draft: Draft, names: list[str], rest: bool) -> str:
    """What a promise is about: by name, unless it is about all the help that is left and that is much."""
    if len(names) <= FEW or not rest:
        return draft.say("reliability.promise", items=quoted(names))
    return draft.say(
        "reliability.promise_all" if len(names) == len(draft.given) else "reliability.promise_rest"
    )


def supplier(draft: Draft) -> Section | None:
    """The free choice of supplier in short (p. 25; Serviceloven § 91, Ældreloven § 18).

    The whole of it stands in a letter of its own (``leverandoervalg``).
    """
    if not draft.given:
        return None
    chosen = all(clean(item.supplier) for _, item in draft.given)
    said = draft.say("supplier.chosen" if chosen else "supplier.open", unit=draft.unit)
    return Section("supplier", (Heading(draft.say("supplier.heading")), Paragraph(said)))


def duties(draft: Draft) -> Section:
    """What the citizen is asked to do; after a refusal of everything, that she may apply again."""
    if not draft.given:
        again = draft.say("duties.changed", unit=draft.unit)
        return Section("duties", (Heading(draft.say("duties.changed_heading")), Paragraph(again)))
    standard = draft.standard
    asked: list[Fact] = list(standard.citizen_duties)
    for _, item in draft.given:
        if known := standard.delydelse_by_id.get(item.delydelse):
            asked += known.citizen_duties or standard.ydelse_of[item.delydelse].citizen_duties
    lines = (draft.say("duties.tell_us"), *stated(asked))
    return Section("duties", (Heading(draft.say("duties.heading")), Bullets(lines)))


def stated(facts: list[Fact] | tuple[Fact, ...]) -> tuple[str, ...]:
    """Statements of the standard as sentences, each once."""
    return tuple(dict.fromkeys(sentence(fact.text) for fact in facts))

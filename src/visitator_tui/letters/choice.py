"""Information on the choice of supplier, handed over in writing (p. 25; Serviceloven § 91, Ældreloven § 18)."""

from __future__ import annotations

from collections.abc import Iterator

from visitator_tui.domain.case import DecisionItem
from visitator_tui.domain.standard import Fact

from .draft import Draft, clean, quoted
from .frame import framed, signature
from .model import Block, Bullets, Facts, Heading, Letter, Paragraph, Section, Table
from .needs import needed, written_on
from .practical import stated


def choice(draft: Draft) -> Letter:
    """What help can be chosen for, among whom, what has been chosen, and how to change.

    Raises LetterError when the decision gives no help.
    """
    needed(draft, "leverandoervalg")
    names = tuple(draft.name(item) for _, item in draft.given)
    sections = (
        Section("opening", (Paragraph(draft.say("choice.opening"), keep=True), Bullets(names))),
        _choosing(draft),
        *_chosen(draft),
        _changing(draft),
        signature(draft, draft.writer),
    )
    return framed(draft, "leverandoervalg", written_on(draft), sections, title=draft.say("choice.title"))


def _choosing(draft: Draft) -> Section:
    """Whom the citizen can choose: the suppliers given, else what the standard says of each help."""
    blocks: list[Block] = [Heading(draft.say("choice.heading"))]
    if offers := [one for one in draft.facts.suppliers if clean(one.name)]:
        head = tuple(draft.say(f"choice.{column}") for column in ("supplier", "gives", "contact"))
        rows = tuple((clean(one.name), clean(one.gives), clean(one.contact)) for one in offers)
        blocks.append(Table(head, rows, (4, 5, 4), draft.say("choice.summary")))
    else:
        blocks += _by_standard(draft)
    blocks.append(Paragraph(draft.say("choice.how", unit=draft.unit, contact=draft.contact)))
    return Section("choosing", tuple(blocks))


def _by_standard(draft: Draft) -> Iterator[Block]:
    groups: dict[tuple[str, ...], list[str]] = {}
    for _, item in draft.given:
        lines = stated(_supplied_by(draft, item))
        groups.setdefault(lines, []).append(draft.name(item))
    for lines, names in groups.items():
        if lines:
            yield Paragraph(draft.say("choice.for_help", items=quoted(names)), keep=True)
            yield Bullets(lines)
        else:
            yield Paragraph(draft.say("choice.ask", items=quoted(names), unit=draft.unit))


def _supplied_by(draft: Draft, item: DecisionItem) -> tuple[Fact, ...]:
    """What the standard says of the help's suppliers; its ydelse's words where it has none itself."""
    known = draft.standard.delydelse_by_id.get(item.delydelse)
    return (known.supplier or draft.standard.ydelse_of[item.delydelse].supplier) if known else ()


def _chosen(draft: Draft) -> Iterator[Section]:
    chosen = tuple(
        (draft.name(item), clean(item.supplier)) for _, item in draft.given if clean(item.supplier)
    )
    if chosen:
        heading = Heading(draft.say("choice.chosen_heading"))
        yield Section("supplier", (heading, Facts(chosen, draft.say("choice.chosen_summary"))))


def _changing(draft: Draft) -> Section:
    blocks: list[Block] = [Heading(draft.say("choice.change_heading"))]
    lines = stated(draft.standard.supplier_choice)
    blocks.append(Bullets(lines) if lines else Paragraph(draft.say("choice.change", unit=draft.unit)))
    return Section("next", tuple(blocks))

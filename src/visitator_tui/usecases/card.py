"""The full card of a delydelse as text: everything the standard says of it, with its places."""

from __future__ import annotations

from visitator_tui.domain.criteria import AllCriteria, AnyCriterion, CriterionTerm
from visitator_tui.domain.matching import SourcePlace
from visitator_tui.domain.standard import Fact, Located, Price, Standard
from visitator_tui.domain.wording import duration, extent, joined


def card(standard: Standard, delydelse_id: str, law: str = "") -> str:
    """The card under its name; headings in capitals, one fact a line, each with its page or line.

    ``law`` is the legal basis for a citizen in words; without one, the standard's is told as such.
    """
    item, ydelse = standard.delydelse_by_id[delydelse_id], standard.ydelse_of[delydelse_id]
    parts: list[str] = [f"Ydelse: {ydelse.name} ({_at(standard, item)}, {standard.title})"]
    named = joined([str(ref) for ref in standard.law_of(delydelse_id)])
    parts.append(f"Lovgrundlag: {law}" if law else f"Lovgrundlag i standarden: {named}")
    if not item.described:
        parts.append("Kilden nævner kun navnet; indhold og kriterier står ikke i den.")
    if not item.granted_by_visitator:
        parts.append("Bevilges ikke af visitator. " + (item.granted_by.text if item.granted_by else ""))

    def section(title: str, lines: list[str]) -> None:
        if lines:
            parts.extend(["", title.upper(), *(_bullet(line) for line in lines)])

    def facts(found: tuple[Fact, ...]) -> list[str]:
        return [f"{fact.text} {_bracket(standard, fact)}".rstrip() for fact in found]

    section("Formål", list(item.purpose or ydelse.purpose))
    section("Kriterier", _terms(standard, standard.criteria_of(delydelse_id)))
    section("Gives ikke", facts(item.excluded + ydelse.excluded))
    section("Indhold", list(item.content or ydelse.content))
    length = extent(item.extent or ydelse.extent) if (item.extent or ydelse.extent) else ""  # type: ignore[arg-type]
    section("Omfang", [length] if length else [])
    section("Varianter", [f"{variant.name}: {extent(variant.extent)}" for variant in item.variants])
    section("Pris", [_price(price) for price in item.price or ydelse.price])
    section("Leverandør", facts(item.supplier or ydelse.supplier))
    section("Leverancesikkerhed", facts(standard.reliability_of(delydelse_id)))
    section("Frister", deadline_lines(standard, delydelse_id))
    section("Borgeren skal", facts(item.citizen_duties or ydelse.citizen_duties))
    section("Opfølgning", facts(item.review or ydelse.review))
    section("Klageadgang", [route.name for route in standard.routes_of(delydelse_id)])
    section("Bemærk", facts(item.notes + ydelse.notes) + [remark.text for remark in item.remarks])
    return "\n".join(parts)


def _price(price: Price) -> str:
    if not price.amount:
        return price.what
    amount = f"{price.amount:.2f}".replace(".", ",")
    year = f" ({price.year})" if price.year else ""
    return f"{price.what}: {amount} kr. {price.per}{year}"


def deadline_lines(standard: Standard, delydelse_id: str) -> list[str]:
    """The deadlines of a delydelse (its own, else its ydelse's), a line each, with their place."""
    if delydelse_id not in standard.delydelse_by_id:
        return []
    ids = standard.delydelse_by_id[delydelse_id].deadlines or standard.ydelse_of[delydelse_id].deadlines
    lines = []
    for one in (standard.deadline_by_id[deadline] for deadline in ids):
        parts = [f"afgørelse {duration(one.decision)}"] if one.decision else []
        parts += [f"start {duration(one.start)}"] if one.start else []
        lines.append(f"Frist, {one.name}: {', '.join(parts)} {_bracket(standard, one)}".rstrip())
    return lines


def _terms(standard: Standard, terms: tuple[CriterionTerm, ...], lead: str = "") -> list[str]:
    lines: list[str] = []
    for term in terms:
        match term:
            case AnyCriterion(any=parts):
                lines.append(f"{lead}mindst ét af:")
                lines += _terms(standard, parts, lead + "  ")
            case AllCriteria(all=parts):
                lines.append(f"{lead}alle af:")
                lines += _terms(standard, parts, lead + "  ")
            case _:
                criterion = standard.criterion_by_id[term]
                lines.append(f"{lead}{criterion.question} {_bracket(standard, criterion)}")
    return lines


def _at(standard: Standard, located: Located) -> str:
    return str(SourcePlace(file=standard.source.file, page=located.page, line=located.line))


def _bullet(line: str) -> str:
    text = line.lstrip()
    return f"{line[: len(line) - len(text)]}- {text}"


def _bracket(standard: Standard, located: Located) -> str:
    place = _at(standard, located)
    return f"({place})" if place else ""

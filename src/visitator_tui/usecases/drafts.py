"""Half-typed texts: what stands in a field that it does not fit yet, by the field's path."""

from __future__ import annotations

from visitator_tui.domain.completeness import Finding
from visitator_tui.domain.edit import MISSING, Change


def moved_along(drafts: dict[str, str], made: Change) -> dict[str, str]:
    """Half-typed texts follow their entry when one above it is taken out or put back."""
    *parents, at = made.path
    out, put_in = made.after is MISSING, made.before is MISSING
    if not isinstance(at, int) or out == put_in:
        return drafts
    before = ".".join(str(part) for part in parents) + "."
    moved: dict[str, str] = {}
    for where, raw in drafts.items():
        place, dot, rest = where.removeprefix(before).partition(".")
        if not where.startswith(before) or not place.isdigit() or int(place) < at:
            moved[where] = raw
        elif put_in or int(place) > at:
            moved[f"{before}{int(place) + (1 if put_in else -1)}{dot}{rest}"] = raw
    return moved


def draft_finding(where: str) -> Finding:
    """That a field holds a text that does not fit it."""
    step = {
        "citizen": "henvendelse", "enquiry": "henvendelse", "own_view": "egen_vurdering",
        "assessment": "hverdagsliv", "summary": "samlet_vurdering", "decision": "afgoerelse",
        "course": "forloeb", "letter": "brev",
    }.get(where.split(".", maxsplit=1)[0], "henvendelse")  # fmt: skip
    return Finding(
        code="draft",
        severity="stop",
        message="Et felt er ikke udfyldt rigtigt. Ret det, eller gør det tomt.",
        step=step,
        where=where,
    )

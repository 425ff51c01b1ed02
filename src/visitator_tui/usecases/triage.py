"""Acute or not: what the standard decides sooner when the need is acute (Helsingør 2017, p. 15)."""

from __future__ import annotations

from visitator_tui.domain.standard import Standard
from visitator_tui.domain.wording import duration


def triage_text(standard: Standard) -> str:
    """What counts as acute and how soon it is then decided, with its page; empty where the standard says nothing."""
    acute = [one for one in standard.deadlines if one.acute and one.decision]
    if not acute:
        return ""
    by_time: dict[str, list[str]] = {}
    for one in acute:
        if one.decision:
            by_time.setdefault(duration(one.decision), []).append(
                one.name.replace(", akut behov", "").replace(" akut behov", "")
            )
    step = standard.process.triage
    page = f" (s. {step.page})" if step and step.page else ""
    kinds = "; ".join(f"{time}: {', '.join(names)}" for time, names in by_time.items())
    return f"Akut er det, der ikke kan vente. Så afgøres det hurtigere{page}: {kinds}."

"""How hard a letter is to read, in words for the screen."""

from __future__ import annotations

from visitator_tui.domain.readability import Lix


def lix_line(lix: Lix) -> str:
    """``Lix 38 (middel)``."""
    return f"Lix {lix.value} ({lix.label})"


def lix_text(lix: Lix) -> str:
    """The figure, what it means, and the sentences that raise it."""
    lines = [
        f"{lix_line(lix)}.",
        "",
        "Lix er ord pr. sætning plus andelen af lange ord (over 6 bogstaver) i procent. Under 35 er let, "
        "35-44 middel, fra 45 svært.",
        "",
    ]
    if not lix.heavy_sentences:
        return "\n".join([*lines, "Ingen sætning er tung for sig selv."])
    lines.append("Tunge sætninger, den tungeste først. Del dem, eller brug kortere ord:")
    for one in lix.heavy_sentences:
        lines += ["", f"Lix {one.lix} · {one.words} ord, {one.long_words} lange", f"»{one.text}«"]
    return "\n".join(lines)

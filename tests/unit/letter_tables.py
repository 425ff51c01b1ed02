"""The tables of ``assets/docs/breve-og-kontrol.md``, written from the registers.

    python tests/unit/letter_tables.py

writes the file anew; a test compares it with the registers.
"""

from __future__ import annotations

from pathlib import Path

from visitator_tui.domain.checks import CHECKS
from visitator_tui.domain.letter_facts import LETTER_KINDS
from visitator_tui.domain.steps import STEP_NAMES
from visitator_tui.letters.mandatory_kinds import BY_KIND
from visitator_tui.resources import asset

FILE = "breve-og-kontrol.md"
LEVELS = {"stop": "stopper", "warn": "advarer"}

HEAD = """# Breve og kontrol

Siden er skrevet ud fra programmets egne registre (`domain/checks.py` og `letters/mandatory*.py`).
Hver linje har en prøve i `tests/unit`: en sag, der går igennem, og en, der bliver standset.

## Det undersøges, før afgørelsen træffes

Det, der *stopper*, skal rettes, før der kan skrives et brev. Det, der *advarer*, kan visitator gå forbi.
"""

LETTERS = """
## Det skal hver slags brev indeholde

Brevets tekster ligger i `assets/letters/da.yaml`, og en kommune kan skrive sine egne. Et brev, der ikke
indeholder det, der står her, bliver ikke skrevet. `visitator-tui letter SAG -o BREV.pdf --kind SLAGS` skriver et
brev; det, brevet siger ud over sagen, kan stå i en fil efter `--facts`.
"""


def document() -> str:
    """The whole page."""
    parts = [HEAD, _table(("Trin", "Det skal være i orden", "Niveau", "Kilde"), _checks()), LETTERS]
    for kind, name in LETTER_KINDS.items():
        rows = [(element.name, element.source) for element in BY_KIND[kind]]
        parts += [f"\n### {name} (`{kind}`)\n", _table(("Indhold", "Kilde"), rows)]
    return "\n".join(parts)


def _checks() -> list[tuple[str, ...]]:
    return [
        (STEP_NAMES[one.step], one.demands, LEVELS[one.severity], one.source or "brevet selv")
        for one in CHECKS.values()
    ]


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]] | list[tuple[str, str]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"


def place() -> Path:
    """Where the page lies."""
    return asset("docs", FILE)


if __name__ == "__main__":
    place().write_text(document(), encoding="utf-8", newline="\n")

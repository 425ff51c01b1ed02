"""The steps of a visit, in the order the source gives (pp. 15-22), and the course that follows it."""

from __future__ import annotations

from typing import Literal

Step = Literal[
    "henvendelse",
    "egen_vurdering",
    "hverdagsliv",
    "samlet_vurdering",
    "forslag",
    "afgoerelse",
    "brev",
    "forloeb",
]
STEPS: tuple[Step, ...] = (
    "henvendelse", "egen_vurdering", "hverdagsliv", "samlet_vurdering", "forslag", "afgoerelse", "brev",
    "forloeb",
)  # fmt: skip

STEP_NAMES: dict[Step, str] = {
    "henvendelse": "Henvendelse",
    "egen_vurdering": "Egen vurdering",
    "hverdagsliv": "Hverdagsliv",
    "samlet_vurdering": "Samlet vurdering og mål",
    "forslag": "Forslag",
    "afgoerelse": "Afgørelse",
    "brev": "Brev",
    "forloeb": "Forløb",
}
"""What the steps are called on screens and in commands."""

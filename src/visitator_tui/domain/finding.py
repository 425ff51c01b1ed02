"""A finding: something missing or doubtful, where it is mended, and why."""

from __future__ import annotations

from typing import Literal

from .base import Model
from .steps import STEPS, Step

Severity = Literal["stop", "warn"]
"""``stop`` keeps a decision from becoming a letter; ``warn`` is shown and may be passed."""


class Finding(Model):
    """Something missing or doubtful, where it is mended (``where`` is a path in the case), and why."""

    code: str
    severity: Severity
    message: str
    step: Step
    where: str
    source: str = ""


def in_order(finding: Finding) -> tuple[int, bool]:
    """Sort key: the order of the visit; within a step what stops the letter before what may be passed."""
    return STEPS.index(finding.step), finding.severity != "stop"


def blank(text: str | None) -> bool:
    """Whether nothing was written."""
    return not (text or "").strip()

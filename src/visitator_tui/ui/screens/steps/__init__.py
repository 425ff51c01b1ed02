"""The steps of a case, one file each, imported when first shown."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from visitator_tui.domain.steps import Step
from visitator_tui.usecases.ports import CaseStore
from visitator_tui.usecases.session import CaseSession

from ...panel import Panel
from ...services import Services


def panel_for(step: Step) -> Callable[[CaseSession, Services, CaseStore], Panel]:
    """What makes a step's panel: each module has a ``panel`` function."""
    make: Callable[[CaseSession, Services, CaseStore], Panel] = import_module(f"{__name__}.{step}").panel
    return make

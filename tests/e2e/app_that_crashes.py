"""The demo with a fault in it: making a new case fails while a name is at hand."""

from __future__ import annotations

from visitator_tui import composition
from visitator_tui.ui.screens.cases import CasesScreen


def fail(screen: CasesScreen) -> None:
    name = "Åse Hemmelighed"
    raise RuntimeError(f"{name} kunne ikke oprettes på {screen}")


CasesScreen.action_new_case = fail  # type: ignore[assignment]
raise SystemExit(composition.run_demo())

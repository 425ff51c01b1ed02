"""The demo with a fault in it: making a new case fails while a name is at hand."""

from __future__ import annotations

from visitator_tui import composition
from visitator_tui.ui.screens.my_day import MyDayScreen


def fail(screen: MyDayScreen) -> None:
    name = "Åse Hemmelighed"
    raise RuntimeError(f"{name} kunne ikke oprettes på {screen}")


MyDayScreen.action_new_case = fail  # type: ignore[assignment]
raise SystemExit(composition.run_demo())

"""Waiting for a home: what happened, and where the citizen stands on the list (Helsingør 2017, pp. 54-56)."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from .base import Model, Text
from .standard_process import WaitingListRule

ListEvent = Literal[
    "listed", "offer_refused", "offer_accepted", "asked_back", "approval_kept", "assessed_anew", "withdrawn"
]
Standing = Literal["none", "active", "passive", "deleted", "housed", "returning"]


class WaitingListEvent(Model):
    """One event of waiting for a home.

    ``wished`` says that the offer lay in the building the citizen had asked for. ``general`` says that she
    stands on the general list, which alone carries the guarantee of two months (p. 56).
    """

    on: date
    kind: ListEvent
    delydelse: Text = ""
    general: bool | None = Field(default=None, description="the general list, not one certain home")
    building: Text = ""
    wished: bool | None = None
    note: Text = ""


class WaitingState(Model):
    """Where the citizen stands after the events so far; ``since`` is the day of the last that counted."""

    standing: Standing = "none"
    since: date | None = None
    refusals: int = 0
    general: bool | None = None


def standing_after(events: tuple[WaitingListEvent, ...], rule: WaitingListRule | None) -> WaitingState:
    """The standing after events, taken in the order of their days.

    Two refused offers move the citizen to the passive list; one refused offer in the building she wished
    deletes her from it (p. 55). Whoever asks to come back is *returning* until the visitator has judged
    whether the approval still holds; refusals are then counted anew.
    """
    state = WaitingState()
    for event in sorted(events, key=lambda one: one.on):
        state = _after(state, event, rule or WaitingListRule())
    return state


def _after(state: WaitingState, event: WaitingListEvent, rule: WaitingListRule) -> WaitingState:
    def now(standing: Standing, refusals: int = 0) -> WaitingState:
        general = event.general if event.general is not None else state.general
        return WaitingState(standing=standing, since=event.on, refusals=refusals, general=general)

    match event.kind:
        case "listed" | "approval_kept" | "assessed_anew":
            return now("active")
        case "offer_refused" if state.standing == "active":
            refusals = state.refusals + 1
            if event.wished and rule.refusals_of_wished_to_deleted == 1:
                return now("deleted", refusals)
            if rule.refusals_to_passive is not None and refusals >= rule.refusals_to_passive:
                return now("passive", refusals)
            return state.model_copy(update={"refusals": refusals})
        case "offer_accepted":
            return now("housed", state.refusals)
        case "asked_back" if state.standing in ("passive", "deleted"):
            return now("returning", state.refusals)
        case "withdrawn":
            return now("none", state.refusals)
        case _:
            return state

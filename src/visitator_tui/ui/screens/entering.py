"""Into a case, from Min dag or from the list: an old one where it was left or at a place, or a new one."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from visitator_tui.domain.case import Case, Decision, Enquiry
from visitator_tui.domain.decision_maker import DecisionMaker
from visitator_tui.usecases.ports import VISITATOR_NAME, CaseStore, Place, StoreError
from visitator_tui.usecases.session import CaseSession

from ..services import Services

if TYPE_CHECKING:
    from textual.screen import Screen


def open_case(
    screen: Screen[None],
    services: Services,
    store: CaseStore,
    case_id: str,
    place: Place | None = None,
    *,
    again: bool = False,
) -> None:
    """Open a case where it was left, or at ``place``. ``again``: after a crash, when it may be gone."""
    from .case import CaseScreen

    try:
        record = store.load(case_id)
    except StoreError as problem:
        if not again:
            screen.notify(str(problem), severity="error")
        return
    session = CaseSession(
        record if place is None else replace(record, place=place),
        store,
        services.catalogues(),
        services.actor,
        services.clock,
        services.law(),
    )
    screen.app.push_screen(CaseScreen(services, store, session))


def new_case(screen: Screen[None], services: Services, store: CaseStore) -> None:
    """A new case, received today, under this laptop's municipality."""
    now = services.clock()
    case = Case(
        municipality=services.municipality,
        enquiry=Enquiry(received_on=now.date()),
        decision=Decision(by=DecisionMaker(name=_visitator(services, store), title=services.visitator_title)),
    )
    try:
        record = store.create(case, services.actor, now)
    except StoreError as problem:
        screen.notify(str(problem), severity="error")
        return
    open_case(screen, services, store, record.id)


def _visitator(services: Services, store: CaseStore) -> str:
    """Who decides: as given when the database was made, else as this machine is set up."""
    stored = store.setting(VISITATOR_NAME)
    return str(json.loads(stored)) if stored else services.visitator

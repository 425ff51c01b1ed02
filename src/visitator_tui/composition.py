"""The only place that wires rooms together: clock, store, catalogues, letters, screens."""

from __future__ import annotations

import getpass
import platform
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from visitator_tui.resources import asset, sample_data
from visitator_tui.settings import (
    Settings,
    cache_folder,
    data_folder,
    own_catalogues,
    read_settings,
)
from visitator_tui.usecases.ports import Actor, Letterhead, LetterPress

if TYPE_CHECKING:
    from visitator_tui.catalogue import CatalogueFolder
    from visitator_tui.domain.standard import Standard


def now() -> datetime:
    """The current time with its zone: the one place where the clock is read."""
    return datetime.now().astimezone()


def catalogues() -> CatalogueFolder:
    """The shipped standards and the municipality's own."""
    from visitator_tui.catalogue import CatalogueFolder

    return CatalogueFolder((asset("catalogues"), own_catalogues()), cache_folder())


def letter_press() -> LetterPress:
    """What makes letters; reportlab is imported when the first PDF is made."""
    from visitator_tui.letters import ReportlabPress

    return ReportlabPress()


def letterhead(standard: Standard, settings: Settings | None = None) -> Letterhead:
    """The letterhead for a standard's municipality; this machine's settings go before the catalogue."""
    own = settings or read_settings()
    if own.municipality != standard.municipality:
        own = Settings(municipality=standard.municipality)
    return Letterhead(
        municipality=standard.municipality_name,
        unit=own.unit or standard.unit,
        address=own.address,
        phone=own.phone,
        hours=own.hours,
        email=own.email,
        logo=own.logo,
    )


def actor() -> Actor:
    """The user and the device as the audit log names them."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError):  # no such user in the password database (containers)
        user = "ukendt"
    return Actor(user=user, device=platform.node())

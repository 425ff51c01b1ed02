"""Which standard applies on a date, and whether two claim the same dates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from visitator_tui.domain.standard import Standard
from visitator_tui.domain.wording import long_date


def in_force(standards: Iterable[Standard], municipality: str, on: date) -> Standard | None:
    """The municipality's standard on a date.

    A standard without ``valid_to`` applies until the next one of the municipality begins.
    """
    begun = [one for one in standards if one.municipality == municipality and one.valid_from <= on]
    newest = max(begun, key=lambda one: one.valid_from, default=None)
    if newest is None or (newest.valid_to is not None and newest.valid_to < on):
        return None
    return newest


def overlap(one: Standard, other: Standard) -> bool:
    """Whether two standards of one municipality both state that they apply on some date."""
    if one.municipality != other.municipality or one.id == other.id:
        return False
    earlier, later = sorted((one, other), key=lambda standard: standard.valid_from)
    if earlier.valid_from == later.valid_from:
        return True
    return earlier.valid_to is not None and earlier.valid_to >= later.valid_from


def period(standard: Standard) -> str:
    """``fra 1. januar 2017`` or ``1. januar 2016 til 31. december 2016``."""
    first = long_date(standard.valid_from)
    return f"{first} til {long_date(standard.valid_to)}" if standard.valid_to else f"fra {first}"

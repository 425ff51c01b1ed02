"""How old a standard is: it shall be renewed at least once a year, so an older one is worth a warning."""

from __future__ import annotations

from datetime import date

from .standard import Standard
from .wording import long_date


def age_warning(standard: Standard, on: date) -> str | None:
    """A Danish warning when ``on`` lies more than a year after the standard came into force; else None.

    A standard whose period is over on that day is not warned about: it is used on purpose.
    """
    first = standard.valid_from
    day = min(first.day, 28) if first.month == 2 else first.day
    if on <= date(first.year + 1, first.month, day) or (standard.valid_to and on > standard.valid_to):
        return None
    return (
        f"»{standard.title}« har været gældende siden {long_date(first)} og er mere end et år gammel. "
        "Undersøg, om kommunen har vedtaget en nyere."
    )

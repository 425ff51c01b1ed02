"""Dates, durations and extents in plain Danish, the same on screens and in letters."""

from __future__ import annotations

from datetime import date

from .base import Duration, Extent

MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni",
    "juli", "august", "september", "oktober", "november", "december",
)  # fmt: skip

DAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")

_UNITS = {
    "hours": ("time", "timer"),
    "weekdays": ("hverdag", "hverdage"),
    "days": ("dag", "dage"),
    "weeks": ("uge", "uger"),
    "months": ("måned", "måneder"),
}
_FIXED = {"immediately": "straks", "same_day": "samme dag", "when_vacant": "når der er en ledig plads"}
_PER = {
    "day": "om dagen",
    "week": "om ugen",
    "two_weeks": "hver anden uge",
    "four_weeks": "hver fjerde uge",
    "month": "om måneden",
    "quarter": "i kvartalet",
    "year": "om året",
    "course": "i forløbet",
    "once": "i alt",
}
TIMES_OF_DAY = {"day": "i dagtimerne", "evening": "om aftenen", "night": "om natten"}


def long_date(day: date) -> str:
    """``8. marts 2017``."""
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def day_and_date(day: date) -> str:
    """``onsdag den 8. marts 2017``."""
    return f"{DAYS[day.weekday()]} den {long_date(day)}"


def duration(length: Duration) -> str:
    """``5 hverdage``, ``samme dag``, ``2-3 uger``."""
    if length.unit in _FIXED:
        return _FIXED[length.unit]
    one, many = _UNITS[length.unit]
    if length.amount is None:
        return many
    most = length.amount_max
    if most is not None and most != length.amount:
        return f"{length.amount}-{most} {many}"
    return f"{length.amount} {one if length.amount == 1 else many}"


def extent(help_: Extent) -> str:
    """``1 gang om ugen, på hverdage, i dagtimerne``; empty when nothing is stated."""
    parts: list[str] = []
    if help_.times is not None:
        most = help_.times_max
        count = f"{help_.times}-{most}" if most and most != help_.times else str(help_.times)
        parts.append(f"{count} {'gang' if count == '1' else 'gange'}")
        if help_.per:
            parts[-1] += f" {_PER[help_.per]}"
    elif help_.per and help_.per != "once":
        parts.append(_PER[help_.per])
    if help_.minutes is not None:
        parts.append(f"{help_.minutes} minutter" + (" ad gangen" if help_.times is not None else ""))
    if help_.weekdays_only:
        parts.append("på hverdage")
    if help_.time_of_day:
        parts.append(joined([TIMES_OF_DAY[one] for one in help_.time_of_day]))
    if help_.clock:
        parts.append(f"kl. {help_.clock}")
    if help_.course is not None:
        parts.append(f"i {duration(help_.course)}")
    if help_.text:
        parts.append(help_.text)
    return ", ".join(parts)


def joined(parts: list[str] | tuple[str, ...], last: str = "og") -> str:
    """``a, b og c``."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"

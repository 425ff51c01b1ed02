"""How much time the granted help takes in a week, by time of day, and what fits in the same visit (p. 24).

All help with a time to it has a frequency and a time of day, and as many items as possible are given in one
visit, so that fewer helpers come and less time goes on the road. Road time is no part of the minutes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Final

from .base import Extent, Model, Per, TimeOfDay
from .case import DecisionItem
from .decision_items import help_kind, item_name
from .standard import Standard
from .wording import TIMES_OF_DAY, joined

_PER_WEEK: Final[dict[Per, Fraction]] = {
    "week": Fraction(1), "two_weeks": Fraction(1, 2), "four_weeks": Fraction(1, 4),
    "month": Fraction(12, 52), "quarter": Fraction(4, 52), "year": Fraction(1, 52),
}  # fmt: skip
TIMES: Final[tuple[TimeOfDay, ...]] = ("day", "evening", "night")


class TimeTogether(Model):
    """The granted help of one time of day (several, where the grant does not say how it is parted).

    ``minutes`` and ``visits`` are a week's; ``visits`` are those needed if each item comes alone,
    ``visits_together`` those needed when the items of ``together`` share their visits. ``untimed`` names
    help at that time of day for which no minutes, or no weekly frequency, are given.
    """

    times: tuple[TimeOfDay, ...]
    minutes: Fraction = Fraction(0)
    visits: Fraction = Fraction(0)
    visits_together: Fraction = Fraction(0)
    together: tuple[str, ...] = ()
    untimed: tuple[str, ...] = ()


def has_time(item: DecisionItem, standard: Standard) -> bool:
    """Whether the help is of the kind that time is set for: help in the home, or so many minutes so often.

    Training has its length from the standard's course, and its times from whoever trains.
    """
    timed = item.extent is not None and item.extent.minutes is not None and item.extent.per is not None
    return timed or help_kind(item, standard) is not None


def weekly_visits(extent: Extent) -> Fraction | None:
    """How often in a week, at the most; None where the grant has no weekly frequency (a course, once)."""
    often = extent.times_max or extent.times
    if often is None or extent.per is None:
        return None
    if extent.per == "day":
        return Fraction(often * (5 if extent.weekdays_only else 7))
    return often * _PER_WEEK[extent.per] if extent.per in _PER_WEEK else None


def by_time_of_day(items: Iterable[DecisionItem], standard: Standard) -> tuple[TimeTogether, ...]:
    """The help that is given, gathered by time of day; help without one comes last, with no ``times``.

    An item at several times of day is parted evenly where its number of times allows that (twice a day, day
    and evening: once each); else it stands under both, and nothing is guessed.
    """
    parted: dict[tuple[TimeOfDay, ...], list[tuple[DecisionItem, Fraction | None]]] = {}
    for item in items:
        if item.gives_help and has_time(item, standard):
            for times, visits in _parts(item.extent or Extent()):
                parted.setdefault(times, []).append((item, visits))
    order = sorted(parted, key=lambda times: [TIMES.index(one) for one in times] or [len(TIMES)])
    return tuple(_gathered(times, parted[times], standard) for times in order)


def _parts(extent: Extent) -> Iterator[tuple[tuple[TimeOfDay, ...], Fraction | None]]:
    visits = weekly_visits(extent)
    times = tuple(one for one in TIMES if one in extent.time_of_day)
    often = extent.times_max or extent.times or 0
    if visits is not None and len(times) > 1 and often % len(times) == 0:
        yield from (((one,), visits / len(times)) for one in times)
    else:
        yield times, visits


def _gathered(
    times: tuple[TimeOfDay, ...], parts: list[tuple[DecisionItem, Fraction | None]], standard: Standard
) -> TimeTogether:
    minutes = visits = Fraction(0)
    untimed: list[str] = []
    suppliers: dict[str, list[tuple[str, Fraction]]] = {}
    for item, often in parts:
        name = item_name(item, standard)
        length = item.extent.minutes if item.extent else None
        if often is not None:
            visits += often
            if help_kind(item, standard) is not None:
                suppliers.setdefault(item.supplier.strip().casefold(), []).append((name, often))
        if often is None or length is None:
            untimed.append(name)
        else:
            minutes += often * length
    groups = _sharing(suppliers) if len(times) == 1 else []
    saved = sum(
        (sum(often for _, often in one) - max(often for _, often in one) for one in groups), Fraction(0)
    )
    return TimeTogether(
        times=times, minutes=minutes, visits=visits, visits_together=visits - saved,
        together=tuple(name for one in groups for name, _ in one), untimed=tuple(untimed),
    )  # fmt: skip


def _sharing(suppliers: dict[str, list[tuple[str, Fraction]]]) -> list[list[tuple[str, Fraction]]]:
    """The items that one supplier can give in the same visits. One without a supplier yet may go to any:
    it is counted with the first.
    """
    open_ones = suppliers.pop("", [])
    groups = list(suppliers.values())
    if groups:
        groups[0] = groups[0] + open_ones
    else:
        groups = [open_ones]
    return [one for one in groups if len(one) > 1]


def as_sentences(found: Iterable[TimeTogether]) -> tuple[str, ...]:
    """What there is to say of each time of day, in Danish, a sentence or two each."""
    return tuple(sentence for one in found if (sentence := _sentence(one)))


def _sentence(one: TimeTogether) -> str:
    when = joined([TIMES_OF_DAY[time] for time in one.times]) or "uden tidsrum"
    parts = []
    if one.minutes:
        parts.append(f"{when[0].upper()}{when[1:]}: {_number(one.minutes)} minutter om ugen.")
    if one.together:
        parts.append(
            f"{joined(one.together)} kan gives i samme besøg {when}: {_number(one.visits_together)} besøg "
            f"om ugen i stedet for {_number(one.visits)}."
        )
    return " ".join(parts)


def _number(value: Fraction) -> str:
    """``90``, or ``22,5`` where it does not come out even."""
    return f"{float(value):.1f}".removesuffix(".0").replace(".", ",")

"""What the simulated year's oracle knows by itself: hverdage, and what each standard asks for, with its pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
AHEAD = 7 * DAY
"""How long before its day a reminder is shown."""

# -- the oracle's own calendar ---------------------------------------------------------------------------------


def easter(year: int) -> date:
    """Easter Sunday (the anonymous Gregorian rule)."""
    a, b, c = year % 19, *divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def holidays(year: int) -> set[date]:
    """The Danish public holidays; store bededag until 2023."""
    sunday = easter(year)
    moving = {-3, -2, 0, 1, 39, 49, 50} | ({26} if year < 2024 else set())
    fixed = {date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)}
    return fixed | {sunday + timedelta(days=number) for number in moving}


FREE = {day for year in range(2017, 2025) for day in holidays(year)}


def works(day: date) -> bool:
    """Whether it is a hverdag."""
    return day.isoweekday() <= 5 and day not in FREE


def hverdage(day: date, number: int) -> date:
    """So many hverdage after a day."""
    while number:
        day += DAY
        number -= works(day)
    return day


def months(day: date, number: int) -> date:
    """The same day some months later; the month's last where it has no such day."""
    month = day.month + number
    year, month = day.year + (month - 1) // 12, (month - 1) % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    raise AssertionError


# -- the oracle's own table of what each standard asks for -------------------------------------------------------


@dataclass(frozen=True)
class Service:
    """A delydelse. Without ``decide`` or ``begin`` the standard has no such deadline; a day of None: none is certain.

    ``leads``: its supplier coordinates. ``two_may_come`` tells of two staff. ``account`` is what comes again.
    """

    decide: Callable[[date], date] | None
    begin: Callable[[date], date | None] | None = None
    change: Callable[[date], date] = lambda day: day + DAY
    acute_decide: Callable[[date], date] | None = None
    acute_begin: Callable[[date], date] | None = None
    account: Callable[[date], date | None] | None = None
    home: str = ""
    also: str = ""
    plan: bool = False
    evaluated: bool = False
    leads: bool = False
    transfer_form: bool = False
    two_may_come: bool = False


@dataclass(frozen=True)
class Municipality:
    """What a municipality's standard asks for: its help, how often it is sought, and the kinds of reminder.

    ``at_once`` are the reports that have to be looked into on the day.
    """

    id: str
    first: date
    last: date
    services: Mapping[str, Service]
    weights: Sequence[int]
    asks: frozenset[str]
    at_once: frozenset[str]


def days(number: int) -> Callable[[date], date]:
    """So many calendar days later."""
    return lambda day: day + timedelta(days=number)


def weekdays(number: int) -> Callable[[date], date]:
    """So many hverdage later."""
    return lambda day: hverdage(day, number)


def unknown(_: date) -> None:
    """Nobody can say which day: when there is room, or at some time on the way."""


EVERYWHERE = frozenset(
    (
        "no_date no_standard visit decision delay_notice hearing report evaluation decision_after_course periodic "
        "absence_last_day order_end review complaint complaint_forward complaint_change complaint_papers appeal"
    ).split()
)
"""Kinds that both standards, or the law, ask for."""

HELSINGOR = Municipality(
    "helsingor",
    date(2017, 1, 2),
    date(2017, 12, 31),
    {  # decided pp. 15-16, begun p. 26, changed p. 25
        "rengoering_3": Service(days(28), weekdays(10), days(14)),
        "bad_3": Service(
            days(14), weekdays(1), days(1), days(0), days(0), leads=True, two_may_come=True
        ),  # pp. 27, 35
        "madservice": Service(days(14), days(4), days(1), weekdays(1), weekdays(1)),
        "lokalt_dagcenter_2": Service(days(28), unknown),
        "plejebolig": Service(days(21), lambda day: months(day, 2), home="guarantee"),  # p. 56
        "aeldrebolig": Service(days(42), unknown, home="list"),  # pp. 54-55
        "forflytning_3": Service(
            days(14), weekdays(1), days(1), days(0), days(0),
            leads=True, transfer_form=True, two_may_come=True,
        ),  # p. 35
        "t12_hoftenaer_fraktur": Service(weekdays(5), weekdays(10), plan=True, also="t16_apopleksi"),  # pp. 83, 85
        "b_rehab_hjemmeplejeindsats": Service(None, evaluated=True),  # pp. 123, 132
        "bpa_naar_kommunen_ikke_kan_levere": Service(None, account=lambda day: months(day, 3)),  # p. 42
        "doegngenoptraening_serviceloven": Service(None, account=unknown),  # p. 65
    },
    (8, 6, 4, 2, 2, 2, 3, 3, 3, 1, 1),
    EVERYWHERE
    | frozenset(
        (
            "triage hospital appointment order information coordination transfer_form two_staff start "
            "supplier_change change_reason absence_told admission absence_end acute_help no_shows one_per_plan "
            "guarantee waiting_list"
        ).split()
    ),
    frozenset(("locked_door",)),  # p. 31
)  # fmt: skip
HERNING = Municipality(
    "herning",
    date(2022, 9, 1),
    date(2023, 12, 31),
    {
        "rehabilitering_83a": Service(weekdays(5), evaluated=True),  # lines 57, 60
        "vedligeholdelsestraening_dv": Service(weekdays(8), account=lambda day: months(day, 12)),  # 114, 116
        "vedligeholdelsestraening_dva": Service(weekdays(8), account=lambda day: months(day, 12)),  # 164, 166
        "klippekort": Service(days(28)),  # 254
    },
    (3, 2, 2, 2),
    EVERYWHERE,
    frozenset(),
)
CANNOT = {
    "not_reckoned": "a fault of the program or a broken catalogue: no year should see it",
    "made_apart": "two laptops without a network decided the same case; the year has one (test_made_decision.py)",
}
"""Kinds of reminder that cannot arise in a year of one sound store, and why."""


def iso(day: date) -> str:
    """A day as the case file has it."""
    return day.isoformat()

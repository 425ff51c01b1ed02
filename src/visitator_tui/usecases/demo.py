"""The sample cases as if they were under way today: in the demo, Min dag is to have something to show.

A sample keeps its own calendar (2017, 2022), which letters and tests go by. The demo moves all its dates by
the same number of days, so that a day chosen in the sample becomes today. Birthdays stay.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from visitator_tui.domain.case import Case
from visitator_tui.domain.edit import to_json

TODAY_IN: Final[Mapping[str, date]] = {
    "helsingor-01-ingen-behov": date(2017, 2, 20),
    "helsingor-02-indkoeb": date(2017, 3, 9),  # all is decided, and the letter is to be written
    "helsingor-03-indkoeb-alternativ": date(2017, 5, 15),  # back from hospital
    "helsingor-04-bad-og-rengoering": date(2017, 5, 19),  # the help begins
    "helsingor-05-rehabilitering-foerst": date(2017, 5, 5),  # the course ends in three days
    "helsingor-06-uden-for-kriterierne": date(2017, 10, 4),  # a complaint waits for its answer
    "helsingor-07-dagcenter-demens": date(2017, 11, 1),
    "helsingor-08-plejebolig": date(2017, 12, 14),  # the guarantee of a home is up in days
    "helsingor-09-doegnrehabilitering": date(2017, 4, 28),
    "helsingor-10-hoftebrud": date(2017, 5, 5),
    "helsingor-11-paabegyndt": date(2017, 11, 9),  # the day of the visit
    "herning-02-vedligeholdelsestraening": date(2023, 10, 6),  # a year after the training began
    "herning-03-klippekort": date(2023, 3, 20),
    "herning-04-klippekort-afslag": date(2023, 3, 20),
}
"""The day of each sample that the demo takes for today. A sample that is not named keeps its dates."""


def is_under_way(case: Case) -> bool:
    """Whether a sample's decision has been followed by something, so that in the demo it is made."""
    course = case.course
    return bool(course.orders or course.evaluations or course.complaints or course.waiting_list)


_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")


def as_if_today(case: Case, stem: str, today: date) -> Case:
    """A sample case, by the name of its file, moved so that its chosen day is today."""
    chosen = TODAY_IN.get(stem)
    return case if chosen is None else Case.model_validate(_moved(to_json(case), today - chosen))


def _moved(value: Any, by: timedelta) -> Any:
    if isinstance(value, dict):
        return {key: one if key == "birth_date" else _moved(one, by) for key, one in value.items()}
    if isinstance(value, list):
        return [_moved(one, by) for one in value]
    if isinstance(value, str) and _DAY.fullmatch(value):
        return (date.fromisoformat(value) + by).isoformat()
    return value

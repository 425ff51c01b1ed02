"""How tasks are worked out when a case is saved, and under what: the catalogues, the program, the day."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

from visitator_tui import __version__
from visitator_tui.domain.case import Case
from visitator_tui.domain.workdays import Calendar

from .my_day import keep, tasks_for
from .my_day_task import Task
from .ports import Catalogues, Clock, NoStandardError
from .task_ports import KeptTask

_NOT_RECKONED: Final = Task(
    kind="not_reckoned",
    key="not_reckoned",
    title="Sagens frister kunne ikke regnes; se dem efter selv",
    why="der er en fejl i programmet eller i kataloget",
    step="henvendelse",
    where="enquiry.received_on",
)


class CaseReckoning:
    """The ``Reckoning`` of the catalogues at hand. Its methods may be called from any thread."""

    def __init__(self, catalogues: Catalogues, calendar: Calendar, clock: Clock) -> None:
        self._catalogues, self._calendar, self._clock = catalogues, calendar, clock
        self._content = ""

    @property
    def stamp(self) -> str:
        """The program's version, the catalogues' content, and which of them are in force today.

        The last because a case that has no date yet is reckoned under the standard of today.
        """
        if not self._content:
            digest = hashlib.sha256()
            for standard in self._catalogues.all():
                digest.update(standard.model_dump_json().encode())
            self._content = digest.hexdigest()[:16]
        return " ".join((__version__, self._content, *self._in_force()))

    def _in_force(self) -> list[str]:
        today = self._clock().date()
        found = []
        for municipality in sorted({one.municipality for one in self._catalogues.all()}):
            try:
                found.append(self._catalogues.in_force(municipality, today).id)
            except NoStandardError:
                continue
        return found

    def kept(self, case_id: str, case: Case) -> Sequence[KeptTask]:
        """The tasks of a case as they are kept; one that says so where they cannot be reckoned."""
        try:
            tasks = tasks_for(case, self._catalogues.in_force, self._calendar, self._clock().date())
        except Exception:
            tasks = (_NOT_RECKONED,)
        return keep(case_id, case.citizen.name, tasks)

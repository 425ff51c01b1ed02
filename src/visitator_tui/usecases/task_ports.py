"""What Min dag needs from outside: tasks kept beside their cases, and how they are worked out.

Tasks are derived: they follow from the case, the catalogue and the program. Whoever writes a case lets the
store replace its tasks in the same transaction; what was reckoned under something else is stale, and is
reckoned again in the background.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from visitator_tui.domain.case import Case


class KeptTask(NamedTuple):
    """An open task as it is kept beside its case; ``name`` is what lists call the case.

    Days are ISO dates, empty for none. ``seen_from`` is the first day on which Min dag shows it: a store
    need not hand over those whose day has not come. ``body`` is the whole task as JSON; ``kind``, ``title``
    and ``place`` are taken out of it, so that a list of thousands is shown without reading it.
    """

    case_id: str
    name: str
    seen_from: str
    due: str
    weight: int
    kind: str
    title: str
    place: str
    body: str


class Reckoning(Protocol):
    """Works out the tasks of a case under the catalogues and the program at hand (any thread)."""

    @property
    def stamp(self) -> str:
        """What the tasks depend on besides their case; another stamp means that they may differ."""

    def kept(self, case_id: str, case: Case) -> Sequence[KeptTask]:
        """The tasks of a case as they are kept. Never raises: a case is saved whatever it holds."""


class TaskStore(Protocol):
    """The tasks beside the cases; they are replaced whenever a case is created or saved, and go with it."""

    def kept_tasks(self, today: date) -> list[KeptTask]:
        """Every task whose day to be shown has come, of all cases, in no order. StoreError."""

    def stale_tasks(self) -> int:
        """How many cases have tasks that were reckoned under something else, or none at all. StoreError."""

    def reckon_stale(self, after: int = 0, limit: int = 25) -> int | None:
        """Reckon the tasks of up to ``limit`` such cases again; where to go on, None at the end. StoreError.

        A case that this program cannot read keeps the tasks it has.
        """

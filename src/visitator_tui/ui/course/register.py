"""Every kind of event, in the order of a course."""

from __future__ import annotations

from .after import COMPLAINT, EVALUATION, REVIEW, WAITING
from .before import APPOINTMENT, CONSENT, DELAY_NOTICE, WAY_IN
from .kind import EventField, EventKind
from .supply import ABSENCE, ACUTE, CLIP_USE, NO_SHOW, ORDER, REPORT, SUPPLIER_CHANGE

KINDS: tuple[EventKind, ...] = (
    APPOINTMENT, CONSENT, WAY_IN, DELAY_NOTICE, ORDER, SUPPLIER_CHANGE, ABSENCE, ACUTE, REPORT, NO_SHOW,
    REVIEW, EVALUATION, COMPLAINT, WAITING, CLIP_USE,
)  # fmt: skip

KIND_OF: dict[str, EventKind] = {kind.path: kind for kind in KINDS}
"""By the name of its list in the case's course."""

CLOSING: tuple[EventField, ...] = (
    EventField(
        "closed_on", "Afsluttet den", "date", "Fra da af minder sagen ikke om noget. Tomt åbner den igen."
    ),
    EventField("closed_because", "Hvorfor", "long", "Fx flyttet, død, ingen hjælp mere."),
)
"""The fields of the course itself."""


def field_at(path: str, where: str) -> EventField | None:
    """The field that a path in the case leads to (``course.orders.0.ordered_on``), in a kind's events."""
    name = where.removeprefix(f"course.{path}.").partition(".")[2]
    return next((one for one in KIND_OF[path].fields if one.name == name), None)

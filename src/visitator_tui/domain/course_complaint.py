"""A complaint over the decision: received, re-assessed, sent on, and what the appeal body said."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from .base import Duration, Model, Text
from .deadlines import Due, due, moved_to_weekday
from .workdays import Calendar


class Complaint(Model):
    """A complaint: orally or in writing, to the unit that decided (Retssikkerhedsloven §§ 66-67)."""

    received_on: date | None = None
    how: Literal["orally", "in_writing"] | None = None
    by: Text = Field(default="", description="who complains, if not the citizen")
    items: tuple[Text, ...] = Field(default=(), description="what it is about; empty: the whole decision")
    text: Text = ""
    decision_received_on: date | None = Field(default=None, description="the citizen got the decision")
    accepted_late: bool | None = Field(
        default=None, description="assessed again here although it came too late"
    )
    reassessed_on: date | None = None
    outcome: Literal["upheld", "partly_upheld", "not_upheld", "withdrawn"] | None = None
    reason: Text = ""
    changed_on: date | None = Field(default=None, description="the new decision after the re-assessment")
    forwarded_on: date | None = None
    papers: tuple[Text, ...] = Field(default=(), description="what was sent on")
    appeal_decided_on: date | None = None
    appeal_outcome: Literal["confirmed", "changed", "sent_back", "dismissed"] | None = None
    appeal_followed_up_on: date | None = None

    @property
    def goes_on(self) -> bool:
        """Whether the appeal body gets it: what was not upheld, and what came too late and is not assessed again.

        Only the appeal body can look away from the time for complaining (Retssikkerhedsloven § 67).
        """
        return self.left_as_late or self.outcome in ("partly_upheld", "not_upheld")

    @property
    def left_as_late(self) -> bool:
        """Whether it came too late and the municipality has not assessed the case again."""
        return self.outcome is None and self.accepted_late is False

    @property
    def closed(self) -> bool:
        """Whether nothing more is to be done by the municipality.

        Where the citizen was found right, wholly or in part, its own new decision is owed, whatever the
        appeal comes to; only what was not upheld goes on to the appeal (Retssikkerhedsloven § 66).
        """
        if self.outcome == "withdrawn":
            return True
        if self.outcome in ("upheld", "partly_upheld") and self.changed_on is None:
            return False
        if self.outcome == "upheld":
            return True
        if self.appeal_outcome in ("confirmed", "dismissed"):
            return True
        return self.appeal_outcome is not None and self.appeal_followed_up_on is not None


COMPLAINT_TIME = Duration(amount=4, unit="weeks")
"""How long a citizen has to complain where a route names no deadline (Retssikkerhedsloven § 67)."""


def last_day_to_complain(decision_received_on: date, deadline: Duration | None, calendar: Calendar) -> Due:
    """The last day on which a complaint over a decision received on a day is in time."""
    return moved_to_weekday(due(deadline or COMPLAINT_TIME, decision_received_on, calendar), calendar)


def in_time(complaint: Complaint, deadline: Duration | None, calendar: Calendar) -> bool | None:
    """Whether a complaint came in time; None while a day is not known or the deadline has none."""
    if complaint.received_on is None or complaint.decision_received_on is None:
        return None
    last = last_day_to_complain(complaint.decision_received_on, deadline, calendar).day
    return None if last is None else complaint.received_on <= last

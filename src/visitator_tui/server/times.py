"""Time as it is stored and sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Says what time it is, with time zone."""

Seconds = Callable[[], float]
"""A clock that only goes forward, in seconds."""


def utc(now: datetime) -> str:
    """ISO 8601 in UTC, to the microsecond: sorts as text."""
    return now.astimezone(UTC).isoformat(timespec="microseconds")

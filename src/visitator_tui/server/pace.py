"""How much a device may ask in a minute: one that runs wild does not slow the others down."""

from __future__ import annotations

import threading
from collections.abc import Callable

from .principal import Principal
from .refusal import Refusal


class Pace:
    """A bucket of requests for each person's device, filled evenly. A worker keeps its own."""

    def __init__(self, per_minute: int, seconds: Callable[[], float]) -> None:
        self._full = float(per_minute)
        self._seconds = seconds
        self._left: dict[tuple[str, str, str], tuple[float, float]] = {}
        self._lock = threading.Lock()

    def spend(self, who: Principal) -> None:
        """Take one request from the device's bucket. Raises Refusal 429 if it is empty."""
        device, now = (who.tenant, who.user, who.device), self._seconds()
        with self._lock:
            left, at = self._left.get(device, (self._full, now))
            left = min(self._full, left + (now - at) * self._full / 60)
            if left < 1:
                raise Refusal(429, "rate", retry_after=max(1, round((1 - left) * 60 / self._full)))
            self._left[device] = (left - 1, now)
            if len(self._left) > 10_000:
                self._forget_full(now)

    def _forget_full(self, now: float) -> None:
        """A device that has been quiet for a minute has a full bucket, as one never seen."""
        self._left = {device: held for device, held in self._left.items() if now - held[1] < 60}

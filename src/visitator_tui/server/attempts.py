"""How often somebody who is not signed in may try: per address, in this process."""

from __future__ import annotations

import threading
from typing import Final

from .refusal import Refusal
from .times import Seconds

WINDOW_SECONDS: Final = 60.0
TRIES_PER_MINUTE: Final = 30
_MOST_REMEMBERED: Final = 10_000


class Attempts:
    """Counts tries in a window of a minute. Its methods may be called from any thread."""

    def __init__(self, most: int, seconds: Seconds) -> None:
        self._most = most
        self._seconds = seconds
        self._lock = threading.Lock()
        self._since = seconds()
        self._tries: dict[str, int] = {}

    def spend(self, address: str) -> None:
        """Count a try. Raises Refusal 429 when there were too many in this minute."""
        with self._lock:
            now = self._seconds()
            if now - self._since >= WINDOW_SECONDS or len(self._tries) >= _MOST_REMEMBERED:
                self._since, self._tries = now, {}
            self._tries[address] = tries = self._tries.get(address, 0) + 1
            left = WINDOW_SECONDS - (now - self._since)
        if tries > self._most:
            raise Refusal(429, "rate", retry_after=int(left) + 1, why="too many tries without sign-in")

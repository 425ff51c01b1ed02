"""Writers of one municipality wait for each other here, and not each with a connection in the database."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from .database import STATEMENT_SECONDS
from .database_errors import RETRY_SECONDS
from .refusal import Refusal

LONGEST_SECONDS: Final = float(STATEMENT_SECONDS)


class Turns:
    """One writer of a municipality at a time in this process. Correctness never rests on it: other processes write too.

    Without it, twenty laptops that push at once hold every connection while they wait for one row, and the other
    municipalities wait with them.
    """

    def __init__(self, longest: float = LONGEST_SECONDS) -> None:
        self._longest = longest
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    @contextmanager
    def of(self, tenant: str) -> Iterator[None]:
        """Have the municipality's turn. Raises Refusal 503 when it takes too long to come."""
        lock = self._locks[tenant]
        if not lock.acquire(timeout=self._longest):
            raise Refusal(503, "busy", retry_after=RETRY_SECONDS)
        try:
            yield
        finally:
            lock.release()

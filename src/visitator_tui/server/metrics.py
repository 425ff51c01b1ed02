"""The figures of the service in Prometheus' format; nothing of persons."""

from __future__ import annotations

import os
from typing import Final

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest

TYPE: Final = CONTENT_TYPE_LATEST
FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
"""The environment variable with the folder in which several workers add their figures up."""

REGISTRY: Final = CollectorRegistry()
REQUESTS: Final = Counter(
    "visitator_requests", "Requests by address and answer", ["method", "route", "status"], registry=REGISTRY
)
SECONDS: Final = Histogram(
    "visitator_request_seconds",
    "Time to answer",
    ["route"],
    registry=REGISTRY,
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
PUSHED: Final = Counter(
    "visitator_pushed_records", "Records received, by outcome", ["status"], registry=REGISTRY
)
PULLED: Final = Counter("visitator_pulled_records", "Changes sent to laptops", registry=REGISTRY)
HISTORIES: Final = Counter(
    "visitator_histories_lost", "Times a laptop knew what the server had lost", registry=REGISTRY
)
AUDITS_DOUBTED: Final = Counter(
    "visitator_audits_doubted",
    "Times a laptop's audit did not fit its anchored heads",
    ["why"],
    registry=REGISTRY,
)


def figures() -> bytes:
    """All figures, of every worker of this instance."""
    if not os.environ.get(FOLDER):
        return generate_latest(REGISTRY)
    from prometheus_client.multiprocess import MultiProcessCollector

    together = CollectorRegistry()
    MultiProcessCollector(together)  # type: ignore[no-untyped-call]
    return generate_latest(together)

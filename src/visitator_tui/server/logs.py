"""The log: one JSON object a line on standard error, without anything about citizens or staff.

A line has an event's name and figures, never a text made of what was sent: an error is its kind and the
places in the code, since its words may quote what it failed on.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

FIELDS: Final = ("method", "route", "status", "ms", "tenant", "device", "kind", "state", "code", "why")
"""What a line may have beside the time, the level and the event. Anything else is not written."""

_OURS: Final = "visitator"


class JsonLines(logging.Formatter):
    """Writes a record of the log as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            # The words of others' loggers may hold anything; only the unformatted text is a constant.
            "event": str(record.msg) if record.name.startswith((_OURS, "uvicorn")) else "other",
            "logger": record.name,
        }
        line |= {name: value for name in FIELDS if (value := getattr(record, name, None)) is not None}
        if record.exc_info and record.exc_info[1] is not None:
            line |= _problem(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def _problem(problem: BaseException) -> dict[str, object]:
    places = traceback.extract_tb(problem.__traceback__)[-8:]
    return {
        "kind": type(problem).__name__,
        "places": [f"{Path(place.filename).name}:{place.lineno}" for place in places],
    }


def set_up(level: str = "INFO") -> None:
    """Write this process's log as JSON lines on standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in (_OURS, "uvicorn"):
        logging.getLogger(name).setLevel(level)

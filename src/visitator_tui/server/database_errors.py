"""What the database says when it cannot, as an answer that the laptop can wait out."""

from __future__ import annotations

import logging
from typing import Final

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from .refusal import Refusal

RETRY_SECONDS: Final = 10
_DISK_FULL: Final = "53100"
_BUSY: Final = ("40", "53", "55P03", "57014")  # collided, no resources, lock or statement took too long
_log = logging.getLogger("visitator.database")


def as_refusal(problem: Exception) -> Refusal:
    """503 for what passes (full disk, database away, too busy), 500 for our own errors; logged by kind."""
    code = _code(problem)
    state = _state(problem)
    _log.error("failed", exc_info=problem, extra={"code": code, "state": state})
    if code == "internal":
        return Refusal(500, code)
    return Refusal(503, code, retry_after=60 if code == "disk_full" else RETRY_SECONDS)


def _state(problem: Exception) -> str:
    """PostgreSQL's SQLSTATE or SQLite's name of the error."""
    cause = problem.orig if isinstance(problem, DBAPIError) else None
    return str(getattr(cause, "sqlstate", None) or getattr(cause, "sqlite_errorname", None) or "")


def _code(problem: Exception) -> str:
    state = _state(problem)
    if state in (_DISK_FULL, "SQLITE_FULL"):
        return "disk_full"
    if isinstance(problem, PoolTimeoutError) or state.startswith((*_BUSY, "SQLITE_BUSY")):
        return "busy"
    if isinstance(problem, OperationalError | InterfaceError):
        return "unavailable"
    if isinstance(problem, DBAPIError) and (
        problem.connection_invalidated or state.startswith(("08", "57P"))
    ):
        return "unavailable"
    return "internal"

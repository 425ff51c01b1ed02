"""Runs a command and turns whatever goes wrong into a message and an exit code, never a traceback."""

from __future__ import annotations

import pkgutil
from argparse import Namespace

from .console import OutputGoneError, complain, flush
from .failures import message_of


def run(arguments: Namespace) -> int:
    """Run the command named by ``arguments.run``; its exit code."""
    try:
        code = int(pkgutil.resolve_name(arguments.run)(arguments) or 0)
        flush()
    except OutputGoneError:
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception as problem:  # the last stop before a traceback
        message, code = message_of(problem)
        complain(message)
    return code

"""The door: reads the command line, runs the command, turns what goes wrong into a message and a code."""

from __future__ import annotations

import pkgutil
import sys
from collections.abc import Sequence

from visitator_tui.commands.arguments import UsageError, parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``visitator-tui`` and return its exit code: 0, or 2 on bad input, with a Danish message."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # whatever the console's code page says
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        arguments = parser().parse_args(argv)
    except UsageError as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    except SystemExit as ended:  # --help and --version
        return int(ended.code or 0)
    return int(pkgutil.resolve_name("visitator_tui.commands.running:run")(arguments))

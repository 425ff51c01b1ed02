"""Opening the app, on the user's own database or on the demo's."""

from __future__ import annotations

from argparse import Namespace

from visitator_tui import composition


def app(arguments: Namespace) -> int:
    """Open the program."""
    del arguments
    return composition.run_app()


def demo(arguments: Namespace) -> int:
    """Open the program on a throw-away database with invented cases."""
    del arguments
    return composition.run_demo()

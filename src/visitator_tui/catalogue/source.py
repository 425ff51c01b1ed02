"""The bytes of a catalogue file."""

from __future__ import annotations

from pathlib import Path

from visitator_tui.usecases.files import FileError, read_limited

from .problems import BrokenCatalogueError, CatalogueProblem

LARGEST = 4_000_000
"""The most bytes a catalogue file may have; ours have a few hundred thousand."""


def read_bytes(path: Path) -> bytes:
    """The bytes of a catalogue file. Raises BrokenCatalogueError when it is missing or too large."""
    try:
        return read_limited(path, LARGEST)
    except FileError as problem:
        raise BrokenCatalogueError([CatalogueProblem("", None, "", str(problem))]) from None

"""Which of the published folders is in use. Light: the start of the program asks it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

CURRENT: Final = "current"
"""The file that names the folder in use."""


def current_folder(folder: Path) -> Path | None:
    """The folder that ``current`` names, without looking at what is in it."""
    try:
        name = (folder / CURRENT).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return None
    found = folder / name
    return found if found.parent == folder and found.is_dir() else None

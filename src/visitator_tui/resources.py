"""Where shipped files are: inside the wheel, or beside ``src`` in a checkout (editable install)."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def asset(*parts: str) -> Path:
    """The path of a shipped asset: ``asset("fonts", "SourceSans3-Regular.ttf")``."""
    return _shipped("_assets", "assets").joinpath(*parts)


def sample_data() -> Path:
    """The folder with the invented sample cases."""
    return _shipped("_sample_data", "sample_data")


def _shipped(in_wheel: str, in_checkout: str) -> Path:
    packed = _PACKAGE / in_wheel
    return packed if packed.is_dir() else _PACKAGE.parents[1] / in_checkout

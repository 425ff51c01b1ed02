"""Fixtures of the screens: a laptop with a real encrypted database, and cursors that stand still."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual._compositor import Compositor
from textual.widgets import Input, TextArea
from visit_kit import Desk


def pytest_configure(config: pytest.Config) -> None:
    """Name our mark."""
    config.addinivalue_line("markers", "painted: paint the screens, for pictures are compared")


@pytest.fixture(autouse=True)
def _same_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "TEXTUAL_THEME", "TEXTUAL_ANIMATIONS", "COLORFGBG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setattr(Input, "_toggle_cursor", lambda self: None)
    monkeypatch.setattr(TextArea, "_toggle_cursor_blink_visible", lambda self: None)
    # The steps that are not visited need not be made ready.
    monkeypatch.setattr("visitator_tui.ui.screens.case.READY_AFTER", 600)


@pytest.fixture(autouse=True)
def _unpainted(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paint only where pictures are compared: a visit is laid out as ever, and half as fast if painted too."""
    if request.node.get_closest_marker("painted") is None:
        monkeypatch.setattr(Compositor, "render_update", lambda self, **how: self._dirty_regions.clear())


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where this process keeps the empty database that every laptop begins with."""
    return tmp_path_factory.mktemp("tom")


@pytest.fixture
def desk(tmp_path: Path, template: Path) -> Desk:
    """A laptop on which the database was made and a name given."""
    return Desk(tmp_path, template)

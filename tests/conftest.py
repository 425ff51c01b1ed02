"""What every test may use: the real standards and a clock that stands still."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from visitator_tui.resources import asset

if TYPE_CHECKING:
    from visitator_tui.catalogue import CatalogueFolder
    from visitator_tui.domain.standard import Standard
    from visitator_tui.usecases.ports import Clock

# Before any test module imports Textual, which reads them when it is imported.
for name in ("NO_COLOR", "TEXTUAL_THEME"):
    os.environ.pop(name, None)

# A busy machine is slow; that is no fault of the program, and speed is measured in benchmarks/.
settings.register_profile("visitator", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("visitator")

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def clock() -> Clock:
    """Monday 2 March 2026, half past nine, and it stays so."""
    return lambda: NOW


@pytest.fixture(scope="session")
def shipped() -> CatalogueFolder:
    """The standards that are shipped, and nobody's own."""
    from visitator_tui.catalogue import CatalogueFolder

    return CatalogueFolder((asset("catalogues"),), None)


@pytest.fixture(scope="session")
def helsingor(shipped: CatalogueFolder) -> Standard:
    """Helsingør 2017."""
    return shipped.in_force("helsingor", date(2017, 3, 1))


@pytest.fixture(scope="session")
def helsingor_2016(shipped: CatalogueFolder) -> Standard:
    """The stub of Helsingør 2016: what was dropped or changed at New Year 2017."""
    return shipped.in_force("helsingor", date(2016, 9, 1))


@pytest.fixture(scope="session")
def herning(shipped: CatalogueFolder) -> Standard:
    """Herning 2022."""
    return shipped.in_force("herning", date(2022, 9, 1))

"""Five laptops over a bad net, everything killed now and then: nothing is lost, doubled or different."""

from __future__ import annotations

from pathlib import Path

from postgres import PostgresServer
from soak import Plan, run


def test_five_laptops_lose_nothing_over_a_bad_net_while_everything_is_killed(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    report = run(Plan(edits=240, workers=1, instances=2, kill_every=3), postgres, tmp_path)
    assert report.clean, str(report)
    assert report.words >= 240
    assert report.kills

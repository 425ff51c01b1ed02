"""The page for operations and the examples beside it say what the program does."""

from __future__ import annotations

import argparse
import re
import tomllib

from visitator_tui.commands.arguments import parser
from visitator_tui.domain.published import Suppliers, Users
from visitator_tui.resources import asset
from visitator_tui.server.incoming import MOST_BYTES
from visitator_tui.server.settings import ServerSettings

PAGE = asset("docs", "drift-af-synkronisering.md").read_text("utf-8")


def server_commands() -> dict[str, argparse.ArgumentParser]:
    def inside(one: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
        return next(dict(act.choices) for act in one._actions if isinstance(act, argparse._SubParsersAction))

    return inside(inside(parser())["server"])


def test_the_page_names_every_command_and_no_other() -> None:
    assert set(re.findall(r"visitator-tui server ([a-z-]+)", PAGE)) >= set(server_commands()) - {"key"}
    assert "server key" in PAGE
    options = {
        option for one in server_commands().values() for act in one._actions for option in act.option_strings
    }
    others = {"--now", "--laptops", "--seconds"}  # of systemctl and the benchmark
    assert set(re.findall(r"--[a-z][a-z-]+", PAGE)) - others <= options


def test_the_lists_on_the_page_can_be_published() -> None:
    lines = {
        kind: re.search(rf'^    (\{{"format": "visitator-{kind}/1".*)$', PAGE, re.M)
        for kind in ("users", "suppliers")
    }
    assert lines["users"] and Users.model_validate_json(lines["users"][1], strict=True).users
    assert lines["suppliers"] and Suppliers.model_validate_json(lines["suppliers"][1], strict=True).suppliers


def test_the_example_settings_can_be_read_and_the_proxies_let_the_largest_push_through() -> None:
    example = tomllib.loads(asset("sync-server", "visitator-server.toml").read_text("utf-8"))
    settings = ServerSettings.model_validate(example)
    assert "postgresql" in settings.url.drivername
    service = asset("sync-server", "visitator-server.service").read_text("utf-8")
    stop = re.search(r"TimeoutStopSec=(\d+)", service)
    assert stop and int(stop[1]) > settings.graceful_seconds
    for name, pattern in (("nginx.conf", r"client_max_body_size (\d+)m"), ("Caddyfile", r"max_size (\d+)MB")):
        most = re.search(pattern, asset("sync-server", name).read_text("utf-8"))
        assert most and int(most[1]) * 1_000_000 > MOST_BYTES

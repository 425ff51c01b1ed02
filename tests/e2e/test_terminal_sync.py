"""Two laptops in two real terminals: both offline, both write in the same case, and what happens when they meet."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from terminal import TMUX, Terminal, in_terminal, laptop

from visitator_tui.composition import now
from visitator_tui.domain.edit import to_json
from visitator_tui.server import devices
from visitator_tui.server.tables import records
from visitator_tui.store import SqlCipherVault, keyfile

sys.path.insert(0, str(Path(__file__).parents[1] / "servers"))
from service import TENANT, ServiceProcess
from sync_kit import opened, prepare

pytestmark = pytest.mark.skipif(TMUX is None or os.name != "posix", reason="takes tmux")

APP = (sys.executable, str(Path(__file__).with_name("app_with_cheap_vault.py")))
PASSPHRASE = "blå heste på række"
NAME = "Åse Ærø"
ANNA, BO = "Annas ord om sagen", "Bos ord om sagen"
ANNAS_OWN, BOS_OWN = "Anna spurgte til trappen", "Bo spurgte til badet"


def set_up(folder: Path, service: ServiceProcess, who: str) -> dict[str, str]:
    """A laptop whose settings name the service."""
    environment = laptop(folder) | {"USER": who, "LOGNAME": who}
    settings = Path(environment["XDG_CONFIG_HOME"]) / "visitator" / "visitator.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(f'sync_address = "{service.url}"\nsync_tenant = "provby"\n', "utf-8")
    return environment


def first_start(terminal: Terminal, name: str) -> None:
    terminal.wait_for("Adgangssætning igen")
    for line in (PASSPHRASE, PASSPHRASE, name):
        terminal.type(line)
        terminal.press("Enter")
    terminal.wait_for("Tryk N", "ikke logget ind")


def one_time_code(url: str, user: str, *roles: str) -> str:
    """A code for a device of a user, as operations make it."""
    database = opened(url)
    holder = devices.Holder(user, user.title(), frozenset(roles or ("visitator",)))
    with database.engine.begin() as connection:
        code = devices.make_code(connection, TENANT, holder, "drift", now())
    database.close()
    return code.text


def sign_in(terminal: Terminal, code: str) -> None:
    """Enrol by the keyboard, from Min dag, and come back to it."""
    terminal.type("y")
    terminal.wait_for("Synkronisering", "ikke logget ind")
    terminal.type("l")
    terminal.wait_for("engangskode")
    terminal.type("2")
    terminal.wait_for("It-afdelingen giver dig koden")
    terminal.type(code)
    terminal.press("Enter")
    terminal.wait_for("Logget ind som", "Alt er synkroniseret")
    terminal.press("F2")
    terminal.wait_for("Min dag", "synkroniseret kl.")


def sync_until(terminal: Terminal, *texts: str) -> None:
    """Synchronise now, from the screen Synkronisering, until it shows something; back where one was."""
    terminal.type("y")
    terminal.wait_for("Tilstand")
    terminal.type("s")
    terminal.wait_for(*texts)
    terminal.press("F2")


def write_new_case(terminal: Terminal) -> None:
    terminal.type("n")
    terminal.wait_for("Fødselsdato")
    terminal.type(NAME)
    terminal.press("Enter")
    terminal.wait_for(NAME)
    terminal.press("F2")
    terminal.wait_for("Min dag")


def open_case(terminal: Terminal) -> None:
    terminal.press("F2")
    terminal.wait_for("Navn", NAME)
    terminal.press("Enter")
    terminal.wait_for("Hverdagsliv")


def to_own_view(terminal: Terminal) -> None:
    terminal.press("F4")
    terminal.wait_for("Vælg trin")
    terminal.type("2")
    terminal.wait_for("egne ord")


def close_case(terminal: Terminal) -> None:
    terminal.press("F2")
    terminal.wait_for("Henvendt", "Tilstand")
    terminal.press("F2")
    terminal.wait_for("Min dag")


def in_database(folder: Path) -> Mapping[str, Any]:
    """The only case of a laptop, read when its app has ended, with what sync knows of it."""
    cheap = keyfile.KdfCost(memory_kib=8, iterations=1, lanes=1)
    store = SqlCipherVault(folder / "data" / "visitator", "pc-1", cost=cheap).open(PASSPHRASE, now())
    try:
        (row,) = store.rows()
        waiting = store.stored_sync()
        assert (waiting.unsent, waiting.conflicts, waiting.parked) == (0, 0, 0)
        store.verify_audit()
        return to_json(store.load(row.id).case)
    finally:
        store.close()


def at_the_service(url: str) -> Mapping[str, Any]:
    """The only case that the service has."""
    database = opened(url)
    with database.engine.begin() as connection:
        (body,) = connection.execute(select(records.c.body).where(records.c.kind == "case")).scalars()
    database.close()
    return json.loads(body)  # type: ignore[no-any-return]


class OpenService(ServiceProcess):
    """A service that knows devices by their codes alone."""

    def __init__(self, folder: Path, database_url: str) -> None:
        super().__init__(folder, database_url)
        del self._environ["VISITATOR_SERVER_TOKENS_FILE"]


@pytest.fixture
def service(tmp_path: Path) -> Iterator[tuple[ServiceProcess, str]]:
    """A running service on SQLite, and the address of its database."""
    url = f"sqlite:///{tmp_path / 'server.sqlite'}"
    prepare(url)
    running = OpenService(tmp_path, url)
    try:
        running.start()
        yield running, url
    finally:
        running.kill()


def fetch(terminal: Terminal) -> None:
    """Find the colleague's case at the service, and bring it here; it opens."""
    terminal.type("y")
    terminal.wait_for("Tilstand")
    terminal.type("h")
    terminal.wait_for("Hent en sag hos kommunen")
    terminal.type("Åse")
    terminal.press("Enter")
    terminal.wait_for(NAME, "anna")
    terminal.press("Enter")
    terminal.wait_for(NAME, "Hverdagsliv")


def write_offline(terminal: Terminal, words: str, fields: int, more: str) -> None:
    """Write in the field that both write in, and some fields on in one of one's own."""
    to_own_view(terminal)
    terminal.type(words)
    terminal.press(*["Tab"] * fields)
    terminal.type(more)
    terminal.wait_for(more, "ikke sendt")


def settle(terminal: Terminal) -> None:
    """From Synkronisering: see both versions and what stood before, and take the colleague's."""
    terminal.type("s")
    assert "Alt er synkroniseret" not in terminal.wait_for("Konflikter:", NAME)
    terminal.type("k")
    shown = terminal.wait_for("felt 1 af 1", "Min udgave · bo", "Deres udgave · anna")
    assert "Bos" in shown and "Annas" in shown and "egen vurdering" in shown
    terminal.type("g")
    terminal.wait_for("Grundlag", "(tomt)")
    terminal.type("d")
    terminal.wait_for("Du har valgt i 1 felt")
    terminal.press("F2")
    terminal.wait_for("Alt er synkroniseret")
    terminal.press("F2")
    terminal.wait_for("Min dag")


def test_two_write_offline_in_one_case_and_settle_by_keyboard(
    tmp_path: Path, service: tuple[ServiceProcess, str]
) -> None:
    running, url = service
    homes = {who: tmp_path / who for who in ("anna", "bo")}
    places = [set_up(folder, running, who) for who, folder in homes.items()]
    with in_terminal(APP, places[0]) as anna, in_terminal(APP, places[1], (120, 40)) as bo:
        for terminal, who in ((anna, "anna"), (bo, "bo")):
            first_start(terminal, who.title())
            sign_in(terminal, one_time_code(url, who))
        write_new_case(anna)
        sync_until(anna, "Alt er synkroniseret")
        fetch(bo)

        running.stop()
        open_case(anna)
        write_offline(anna, ANNA, 1, ANNAS_OWN)
        write_offline(bo, BO, 2, BOS_OWN)
        close_case(anna)
        anna.wait_for("1 sag ikke sendt")
        assert "synkroniseret kl" not in anna.screen()

        running.start()
        sync_until(anna, "Alt er synkroniseret")
        bo.press("F2")
        bo.wait_for("Tilstand")
        settle(bo)
        sync_until(anna, "Alt er synkroniseret")

        for terminal in (anna, bo):
            open_case(terminal)
            to_own_view(terminal)
            terminal.wait_for(ANNA, ANNAS_OWN, BOS_OWN)
            assert BO not in terminal.screen()
            terminal.press("F10")
            terminal.wait_for_end()
    there = at_the_service(url)
    assert there["own_view"] == {"text": ANNA, "matters_most": ANNAS_OWN, "motivation": BOS_OWN}
    for folder in homes.values():
        assert in_database(folder) == there

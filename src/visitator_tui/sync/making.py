"""Putting together what synchronises one open database with one service."""

from __future__ import annotations

import json
import random
import ssl
from datetime import timedelta
from pathlib import Path
from typing import Protocol

import httpx

from visitator_tui.usecases.ports import Actor, Clock
from visitator_tui.usecases.published_files import FileCheck
from visitator_tui.usecases.sync_ports import SyncStore
from visitator_tui.usecases.sync_wire import SyncError, Trouble

from .files import PublishedFiles, PublishedFilesError
from .loop import SyncLoop
from .sign_in import SettingStore, SignedIn, SignIn
from .transport import TIMEOUT, HttpServer


class Store(SyncStore, SettingStore, Protocol):
    """The open database as sync uses it."""


def make_sign_in(store: SettingStore, address: str, actor: Actor, clock: Clock) -> SignIn:
    """Who this laptop is to the service at an address."""
    return SignIn(store, _client(address), _client(""), actor, clock)


def make_loop(
    store: Store,
    sign_in: SignIn,
    address: str,
    actor: Actor,
    clock: Clock,
    retention: timedelta,
    published: Path,
    check: FileCheck,
) -> SyncLoop:
    """What synchronises a store in the background, and takes the municipality's files into ``published``.

    Reads the system's certificates: not on the screen's thread.
    """
    server = HttpServer(_client(address), sign_in.token, clock, sign_in.device, sign_in.renew)

    def take_files() -> None:
        told = server.content("/v1/files")
        who = _who_trusts(sign_in, server)
        if told is None or who is None:
            return
        try:
            PublishedFiles(published, who.tenant, who.public_key, check).take(
                told, lambda sha256: server.content(f"/v1/files/{sha256}") or b""
            )
        except PublishedFilesError as problem:
            raise SyncError(Trouble.SERVICE, str(problem)) from None

    return SyncLoop(store, server, actor, clock, random.random, retention, take_files)


def _who_trusts(sign_in: SignIn, server: HttpServer) -> SignedIn | None:
    """Who we are, with the municipality's key; asked for once when we were let in before there was one."""
    who = sign_in.signed_in()
    if who is not None and not who.public_key:
        told = json.loads(server.content("/v1/key") or b"{}")
        sign_in.trust(str(told.get("public_key", "")))
        who = sign_in.signed_in()
    return who if who and who.public_key else None


def _client(address: str) -> httpx.Client:
    # The machine's own certificates, so that a municipality's own authority is known. A proxy of the
    # environment is used; redirects are not followed, for none of ours redirects.
    plain = address.startswith("http://")
    return httpx.Client(
        base_url=address.rstrip("/"),
        timeout=TIMEOUT,
        verify=False if plain else ssl.create_default_context(),
        headers={"User-Agent": "visitator-tui"},
    )

"""The soak: laptops that edit the same cases over a bad net, while service, database and laptops are killed."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, cast

import httpx
import service as services
from postgres import PostgresServer
from service import ServiceProcess, person, service_process
from soak_laptop import Laptop, Orders
from sync_kit import prepare

WORD = re.compile(r"w[a-z0-9]+r\d+q\d+n\d+w")


@dataclass(frozen=True)
class Plan:
    """How hard: laptops, words in all, the share of requests and of answers that are lost, seconds between kills."""

    laptops: int = 5
    edits: int = 400
    loss: float = 0.2
    workers: int = 1
    instances: int = 1
    kill_every: float = 2.0
    cases: int = 8
    seed: int = 1


@dataclass
class Report:
    """What came of it."""

    words: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    unlike: list[str] = field(default_factory=list)
    conflicts: int = 0
    letters: int = 0
    records: int = 0
    kills: Counter[str] = field(default_factory=Counter)
    editing_seconds: float = 0
    settling_seconds: float = 0
    rounds: int = 0

    @property
    def clean(self) -> bool:
        """Whether nothing was lost, doubled or different."""
        return not (self.lost or self.doubled or self.unlike)

    def __str__(self) -> str:
        kills = ", ".join(f"{number} {what}" for what, number in sorted(self.kills.items()))
        return (
            f"{self.words} words: {len(self.lost)} lost, {len(self.doubled)} doubled, "
            f"{len(self.unlike)} documents unlike; {self.records} records, {self.letters} letters, "
            f"{self.conflicts} conflicts settled; killed: {kills or 'nothing'}; "
            f"{self.editing_seconds:.0f} s of editing, {self.settling_seconds:.0f} s and {self.rounds} rounds to quiet"
        )


def run(plan: Plan, postgres: PostgresServer, folder: Path) -> Report:
    """Soak, then let everybody come to rest, and compare."""
    names = [f"l{number}" for number in range(plan.laptops)]
    people = cast("dict[str, Any]", services.PEOPLE)
    people.update({f"soak-{name}": person("anna", device=f"pc-{name}") for name in names})
    database = postgres.new_database()
    prepare(database.owner_url)
    report = Report()
    with ExitStack() as stack:
        running = [
            stack.enter_context(service_process(folder, database.service_url, plan.workers))
            for _ in range(plan.instances)
        ]
        urls = tuple(one.url for one in running)
        shared = _shared_cases(plan, urls[0], folder)
        orders = [
            Orders(
                name,
                str(folder / name),
                urls,
                f"soak-{name}",
                plan.edits // plan.laptops,
                plan.loss,
                plan.seed,
                shared,
            )
            for name in names
        ]
        for one in orders:
            Path(one.folder).mkdir()
            # What the killing of a half-made database means is shown elsewhere.
            Laptop(one, random.Random(one.name)).store.close()
        began = time.monotonic()
        _edit(plan, postgres, running, orders, report)
        report.editing_seconds = time.monotonic() - began
        laptops = [Laptop(one, random.Random(one.name)) for one in orders]
        try:
            began = time.monotonic()
            _come_to_rest(laptops, report)
            report.settling_seconds = time.monotonic() - began
            _compare(laptops, running[0], report)
        finally:
            for laptop in laptops:
                laptop.store.close()
    postgres.drop(database)
    return report


def _shared_cases(plan: Plan, url: str, folder: Path) -> tuple[str, ...]:
    """Cases that every laptop will pull and edit."""
    first = Laptop(
        Orders("first", str(folder / "first"), (url,), "soak-l0", 0, 0.0, plan.seed, ()),
        random.Random(plan.seed),
    )
    ids = [first._new_case("begun") for _ in range(plan.cases)]
    assert first.sync()
    assert first.quiet
    first.store.close()
    return tuple(ids)


def _start(one: Orders) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("soak_laptop.py")), json.dumps(asdict(one))]
    )


def _edit(
    plan: Plan,
    postgres: PostgresServer,
    running: Sequence[ServiceProcess],
    orders: Sequence[Orders],
    report: Report,
) -> None:
    chance = random.Random(plan.seed)
    working = {one.name: _start(one) for one in orders}
    by_name = {one.name: one for one in orders}
    next_kill = time.monotonic() + plan.kill_every
    try:
        while working:
            time.sleep(0.05)
            for name, process in list(working.items()):
                if process.poll() is not None:
                    assert process.returncode in (0, -signal.SIGKILL), (
                        f"{name} ended with {process.returncode}"
                    )
                    del working[name]
                    if process.returncode:
                        working[name] = _start(by_name[name])
            if time.monotonic() > next_kill and working:
                report.kills[_kill(chance, postgres, running, working)] += 1
                next_kill = time.monotonic() + plan.kill_every * (0.5 + chance.random())
    finally:
        for process in working.values():
            process.kill()


def _kill(
    chance: random.Random,
    postgres: PostgresServer,
    running: Sequence[ServiceProcess],
    working: dict[str, subprocess.Popen[bytes]],
) -> str:
    what = chance.choice(("services", "backends", "laptops", "laptops"))
    if what == "laptops":
        chance.choice(list(working.values())).kill()
    elif what == "services":
        one = chance.choice(list(running))
        one.kill()
        one.start()
    else:
        with postgres.connect() as connection:
            found = connection.execute(
                "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            ).fetchall()
        if found:
            os.kill(chance.choice(found)[0], signal.SIGKILL)
        for one in running:
            one.wait_until_ready()
    return what


def _come_to_rest(laptops: Sequence[Laptop], report: Report) -> None:
    for laptop in laptops:
        laptop.net.loss = 0
    for _ in range(60):
        report.rounds += 1
        came = [laptop.sync() for laptop in laptops]
        if all(came) and all(laptop.quiet for laptop in laptops):
            break
        for laptop in laptops:
            laptop.settle(every=True)
    for laptop in laptops:
        assert laptop.sync(), "a quiet net, and it does not sync"
        assert laptop.quiet, laptop.store.stored_sync()


def _compare(laptops: Sequence[Laptop], service: ServiceProcess, report: Report) -> None:
    there = _everything(service)
    cases = {one["id"]: one["body"] for one in there if one["kind"] == "case"}
    letters = {one["id"] for one in there if one["kind"] == "letter"}
    settlements = [one["body"] for one in there if one["kind"] == "settlement"]
    report.records, report.letters, report.conflicts = len(there), len(letters), len(settlements)
    found = Counter(WORD.findall(json.dumps([cases, settlements], ensure_ascii=False)))
    for laptop in laptops:
        mine = laptop.documents()
        report.unlike += [id_ for id_ in mine.keys() | cases.keys() if mine.get(id_) != cases.get(id_)]
        held = laptop.letters()
        report.unlike += list(held.keys() ^ letters)
        found.update(WORD.findall(" ".join(held.values())) if laptop is laptops[0] else ())
        laptop.store.verify_audit()
    for laptop in laptops:
        words = laptop.orders.words()
        report.words += len(words)
        report.lost += [word for word in words if not found[word]]
    for body in cases.values():
        for text in _texts(body):
            report.doubled += [word for word, number in Counter(WORD.findall(text)).items() if number > 1]
        wanted = Counter(body["enquiry"]["applied_for"])
        report.doubled += [word for word, number in wanted.items() if number > 1]


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for one in value.values() for text in _texts(one)]
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    return [value] if isinstance(value, str) else []


def _everything(service: ServiceProcess) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    with httpx.Client(
        base_url=service.url, headers={"Authorization": "Bearer soak-l0"}, timeout=60
    ) as client:
        since, more = 0, True
        while more:
            page = client.get("/v1/changes", params={"since": since, "limit": 200}).raise_for_status().json()
            found += [one for one in page["changes"] if not one.get("gone") and one["body"] is not None]
            since, more = page["upto"], page["more"]
    return found

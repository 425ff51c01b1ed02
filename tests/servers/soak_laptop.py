"""A laptop of the soak: a process with its own encrypted database that edits, loses its network, is killed."""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from visitator_tui.domain.case import Case
from visitator_tui.domain.edit import change, get_at, parse_path, to_json
from visitator_tui.store import SqlCipherVault, keyfile
from visitator_tui.store.store import SqlCipherStore
from visitator_tui.sync.round import Round
from visitator_tui.sync.transport import HttpServer
from visitator_tui.usecases.ports import Actor, StaleError, StoreError
from visitator_tui.usecases.sync_wire import SyncError

PASSPHRASE = "blå heste på række"
CHEAP = keyfile.KdfCost(memory_kib=8, iterations=1, lanes=1)


@dataclass(frozen=True)
class Orders:
    """What a laptop is told to do. It edits until its journal has so many words, then syncs until it is told."""

    name: str
    folder: str
    urls: tuple[str, ...]
    token: str
    edits: int
    loss: float
    seed: int
    shared: tuple[str, ...]

    @property
    def journal(self) -> Path:
        """Every word that the database has acknowledged."""
        return Path(self.folder) / "journal"

    def words(self) -> list[str]:
        """The words of the journal; a line that a kill cut off was not acknowledged."""
        return self.journal.read_text("utf-8").split("\n")[:-1] if self.journal.exists() else []


class LossyNet(httpx.BaseTransport):
    """A network that loses requests before they arrive, and answers on their way back."""

    def __init__(self, loss: float, chance: random.Random) -> None:
        self.loss, self._chance = loss, chance
        self._inner = httpx.HTTPTransport(verify=False)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if self._chance.random() < self.loss:
            raise httpx.ConnectError("lost on the way there")
        answer = self._inner.handle_request(request)
        if self._chance.random() < self.loss:
            answer.read()
            answer.close()
            raise httpx.ReadError("lost on the way back")
        return answer


def now() -> datetime:
    return datetime.now(UTC)


class Laptop:
    """One visitator's laptop."""

    def __init__(self, orders: Orders, chance: random.Random) -> None:
        self.orders, self.chance = orders, chance
        self.actor = Actor(orders.name, orders.name)
        vault = SqlCipherVault(Path(orders.folder) / "data", orders.name, cost=CHEAP)
        self.store: SqlCipherStore = (
            vault.open(PASSPHRASE, now()) if vault.exists() else vault.create(PASSPHRASE, now())
        )
        self.net = LossyNet(orders.loss, chance)
        self._run = f"{orders.name}r{len(orders.words())}q{chance.randrange(10**6)}"
        self._made = 0

    def word(self) -> str:
        """A word that nobody else writes."""
        self._made += 1
        return f"w{self._run}n{self._made}w"

    def edit(self) -> None:
        """Write a word somewhere, and enter it in the journal once the database has it."""
        word = self.word()
        kinds: list[Callable[[str], None]] = [self._own, self._shared, self._listed, self._item]
        weights = [40, 25, 15, 16]
        kind = self.chance.choices([*kinds, self._new_case, self._letter], [*weights, 2, 2])[0]
        try:
            kind(word)
        except StaleError:
            return
        with self.orders.journal.open("a", encoding="utf-8") as journal:
            journal.write(word + "\n")
            journal.flush()
            os.fsync(journal.fileno())

    def _a_case(self) -> str:
        here = [row.id for row in self.store.rows()]
        both = [id_ for id_ in self.orders.shared if id_ in here]
        if not both or (self.chance.random() < 0.2 and here):
            return self.chance.choice(here) if here else self._new_case(self.word())
        return self.chance.choice(both)

    def _append(self, path: str, word: str) -> None:
        record = self.store.load(self._a_case())
        was = get_at(to_json(record.case), parse_path(path))
        # A person keeps what stands there; a text that has grown long is begun on a new field.
        case, made = change(record.case, parse_path(path), f"{was if isinstance(was, str) else ''} {word}")
        self.store.save(replace(record, case=case), [made], self.actor, now())

    def _own(self, word: str) -> None:
        self._append(f"assessment.activities.{self.orders.name}_{self.chance.randrange(8)}.note", word)

    def _shared(self, word: str) -> None:
        where = ("summary.text", "own_view.text", "enquiry.text", "assessment.areas.indkoeb.observed")
        self._append(self.chance.choice(where), word)

    def _listed(self, word: str) -> None:
        record = self.store.load(self._a_case())
        place = self.chance.randint(0, len(record.case.enquiry.applied_for))
        wanted = list(record.case.enquiry.applied_for)
        wanted.insert(place, word)
        case, made = change(record.case, ("enquiry", "applied_for"), wanted)
        self.store.save(replace(record, case=case), [made], self.actor, now())

    def _item(self, word: str) -> None:
        record = self.store.load(self._a_case())
        delydelse = self.chance.choice(("bad", "indkoeb", "toej"))
        items = to_json(record.case)["decision"]["items"]
        for item in items:
            if item["delydelse"] == delydelse:
                item["reason"] += f" {word}"
                break
        else:
            items.append({"delydelse": delydelse, "reason": word})
        case, made = change(record.case, ("decision", "items"), items)
        self.store.save(replace(record, case=case), [made], self.actor, now())

    def _new_case(self, word: str) -> str:
        case = Case.model_validate({"municipality": "provby", "summary": {"text": word}})
        return self.store.create(case, self.actor, now()).id

    def _letter(self, word: str) -> None:
        self.store.add_letter(self._a_case(), "kvittering", word.encode(), self.actor, now())

    def sync(self) -> bool:
        """Sync once over the net as it is; whether it came to its end."""
        url = self.chance.choice(self.orders.urls)
        with httpx.Client(base_url=url, transport=self.net, timeout=20) as client:
            server = HttpServer(client, lambda: self.orders.token, now)
            try:
                Round(self.store, server, self.actor, now).run()
            except SyncError:
                return False
        return True

    def settle(self, every: bool = False) -> None:
        """Choose for conflicts, as a person would now and then."""
        for conflict in self.store.conflicts():
            if every or self.chance.random() < 0.5:
                with suppress(StaleError, StoreError):
                    self.store.settle(conflict, self.chance.choice(("mine", "theirs")), self.actor, now())

    @property
    def quiet(self) -> bool:
        """Whether everything here is there, and nothing waits for a person."""
        kept = self.store.stored_sync()
        return not (kept.unsent or kept.conflicts or kept.parked)

    def documents(self) -> dict[str, Any]:
        """Every case that is here."""
        return {row.id: to_json(self.store.load(row.id).case) for row in self.store.rows()}

    def letters(self) -> dict[str, str]:
        """Every letter that is here, its bytes checked."""
        return {
            letter.id: self.store.letter_pdf(letter.id).decode()
            for row in self.store.rows()
            for letter in self.store.letters(row.id)
        }


def work(orders: Orders) -> None:
    """Edit and sync until the journal is full."""
    chance = random.Random(f"{orders.seed}{orders.name}{len(orders.words())}")
    laptop = Laptop(orders, chance)
    while len(orders.words()) < orders.edits:
        for _ in range(chance.randint(1, 12)):
            laptop.edit()
        laptop.sync()
        if chance.random() < 0.5:
            laptop.settle()
    laptop.store.close()


if __name__ == "__main__":
    told = json.loads(sys.argv[1])
    work(Orders(**{**told, "urls": tuple(told["urls"]), "shared": tuple(told["shared"])}))

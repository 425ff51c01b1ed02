"""What a laptop is told: what changed since it last asked, page by page, and what it should have in all."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    Connection,
    Integer,
    Select,
    Text,
    and_,
    bindparam,
    func,
    literal,
    select,
    union_all,
)

from . import audit
from .ledger import Head, HistoryLostError, Ledger
from .metrics import PULLED
from .principal import Principal
from .push import with_body
from .refusal import Refusal
from .tables import departures, follows, records
from .times import Clock, utc
from .visibility import found, own

MOST_ROWS: Final = 1000
PAGE_BYTES: Final = 4_000_000
"""A page ends after the record that fills it; a page has one record at least."""


@dataclass(frozen=True)
class Page:
    """Where a page begins and how long it may be. ``epoch`` is the history that the laptop knows."""

    since: int
    limit: int
    epoch: str | None


class Changes:
    """Tells of changes."""

    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self.ledger = ledger
        self.clock = clock

    def page(self, principal: Principal, page: Page) -> str:
        """The answer's JSON: what she may see with a number above ``since``, in order; continue from ``upto``.

        Raises Refusal 409 when the laptop knows another history, HistoryLostError when it has seen a
        number that this history has not come to.
        """
        with self.ledger.database.writing(principal.tenant) as connection:  # the audit
            # First the head, then the rows: all below the head is committed, so none of it can be missed.
            head = self._head(connection, principal, page.epoch)
            if page.since > head.seq:
                raise HistoryLostError
            following = _numbers(connection, principal, page)
            numbers = _fitting(following[: page.limit])
            more = len(numbers) < len(following)
            told = _told(connection, principal, numbers)
            audit.note(connection, principal, "pull", [id_ for id_, _ in told], utc(self.clock()))
        PULLED.inc(len(told))
        # A record that changed meanwhile has a higher number and comes again: nothing is left out.
        last = numbers[-1].seq if numbers else 0
        upto = last if more else max(head.seq, last)
        return (
            f'{{"epoch":"{head.epoch}","seq":{head.seq},"upto":{upto},"more":{json.dumps(more)},'
            f'"changes":[{",".join(text for _, text in told)}]}}'
        )

    def revisions(self, principal: Principal, epoch: str | None) -> str:
        """The answer's JSON: kind, id, revision and time of storing of all she may see, tombstones too."""
        with self.ledger.database.reading(principal.tenant) as connection:
            self._head(connection, principal, epoch)
            query = select(records.c.kind, records.c.id, records.c.revision, records.c.stored_at).where(
                own(principal)
            )
            rows = connection.execute(query.order_by(records.c.seq))
            return json.dumps([tuple(row) for row in rows], separators=(",", ":"))

    def _head(self, connection: Connection, principal: Principal, epoch: str | None) -> Head:
        head = self.ledger.head(connection, principal.tenant)
        if epoch is not None and epoch != head.epoch:
            raise Refusal(409, "epoch", {"epoch": head.epoch})
        return head


@dataclass(frozen=True)
class _Number:
    """One number of the feed: a record with its size, or (``gone``: its kind) one that left her."""

    seq: int
    id: str
    size: int
    gone: str | None


def _numbers(connection: Connection, principal: Principal, page: Page) -> list[_Number]:
    """The numbers of a page and one more, by which it is known that more follows."""
    asked = {"municipality": principal.tenant, "since": page.since, "most": page.limit + 1}
    if not principal.sees_all:
        asked["reader"] = principal.user
    return [_Number(*row) for row in connection.execute(_numbers_after(principal.sees_all), asked)]


_NO_KIND: Final = literal(None, Text).label("gone")
_RECORD: Final = (records.c.seq, records.c.id, records.c.size, _NO_KIND)
_MUNICIPALITY: Final[BindParameter[str]] = bindparam("municipality")
_READER: Final[BindParameter[str]] = bindparam("reader")
_SINCE: Final[BindParameter[int]] = bindparam("since")
_MOST: Final = bindparam("most", type_=Integer)


@cache
def _numbers_after(sees_all: bool) -> Select[Any]:
    """Built once; a leader's reads all records, another's her own, those she follows, and what left her."""
    parts = [_records_after(sees_all)]
    if not sees_all:
        parts += [_followed_after(), _departures_after()]
    together = union_all(*(select(part.limit(_MOST).subquery()) for part in parts)).subquery()
    return select(together).order_by(together.c.seq).limit(_MOST)


def _records_after(sees_all: bool) -> Select[Any]:
    query = select(*_RECORD).where(records.c.tenant == _MUNICIPALITY, records.c.seq > _SINCE)
    if not sees_all:
        query = query.where(records.c.assigned_to == _READER)
    return query.order_by(records.c.seq)


def _followed_after() -> Select[Any]:
    case = func.coalesce(records.c.case_id, records.c.id)
    return (
        select(*_RECORD)
        .join(follows, and_(follows.c.tenant == records.c.tenant, follows.c.case_id == case))
        .where(
            records.c.tenant == _MUNICIPALITY,
            follows.c.user_id == _READER,
            records.c.assigned_to != _READER,
            records.c.seq > _SINCE,
        )
        .order_by(records.c.seq)
    )


def _departures_after() -> Select[Any]:
    return (
        select(departures.c.seq, departures.c.id, literal(0).label("size"), departures.c.kind.label("gone"))
        .where(
            departures.c.tenant == _MUNICIPALITY,
            departures.c.user_id == _READER,
            departures.c.seq > _SINCE,
        )
        .order_by(departures.c.seq)
    )


def _fitting(numbers: list[_Number]) -> list[_Number]:
    """As many from the beginning as one answer should hold; one at least."""
    total = 0
    for place, number in enumerate(numbers):
        total += number.size
        if total > PAGE_BYTES and place:
            return numbers[:place]
    return numbers


def _told(connection: Connection, principal: Principal, numbers: list[_Number]) -> list[tuple[str, str]]:
    """Id and JSON of each; without those that changed since the numbers were read."""
    wanted = [one.id for one in numbers if one.gone is None]
    there = {row["seq"]: row for row in found(connection, principal.tenant, wanted)} if wanted else {}
    told = []
    for one in numbers:
        if one.gone is not None:
            gone = {"kind": one.gone, "id": one.id, "seq": one.seq, "gone": "not_yours"}
            told.append((one.id, json.dumps(gone, separators=(",", ":"))))
        elif one.seq in there:
            told.append((one.id, with_body(there[one.seq])))
    return told

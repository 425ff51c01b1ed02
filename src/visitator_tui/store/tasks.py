"""The tasks kept beside their cases (Min dag), read and written inside the caller's transaction."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, Select, delete, func, insert, or_, select
from sqlalchemy.dialects.sqlite import insert as upsert

from visitator_tui.domain.case import Case
from visitator_tui.usecases.ports import StoreError
from visitator_tui.usecases.task_ports import KeptTask, Reckoning

from .cases import case_of
from .tables import documents, reckoned, tasks

# In the order of KeptTask's fields: a long list is built by position.
_KEPT: Final = tuple(tasks.c[field] for field in KeptTask._fields)


def seen(connection: Connection, today: date) -> list[KeptTask]:
    """The tasks that are shown today, in no order; none of a case that is deleted or a colleague's by now."""
    not_ours = select(documents.c.id).where(or_(documents.c.deleted, documents.c.gone_at != ""))
    found = connection.execute(
        select(*_KEPT).where(tasks.c.seen_from <= today.isoformat(), tasks.c.case_id.not_in(not_ours))
    )
    return [KeptTask(*row) for row in found]


def reckon(connection: Connection, case_id: str, case: Case, reckoning: Reckoning | None) -> None:
    """Replace the tasks of a case by those it has as it now stands."""
    if reckoning is None:
        return
    connection.execute(delete(tasks).where(tasks.c.case_id == case_id))
    if kept := reckoning.kept(case_id, case):
        connection.execute(insert(tasks), [one._asdict() for one in kept])
    stamp = reckoning.stamp
    connection.execute(
        upsert(reckoned)
        .values(case_id=case_id, stamp=stamp)
        .on_conflict_do_update(index_elements=[reckoned.c.case_id], set_={"stamp": stamp})
    )


def count_stale(connection: Connection, reckoning: Reckoning | None) -> int:
    """How many cases were reckoned under something else, or never."""
    if reckoning is None:
        return 0
    return int(connection.execute(_stale(select(func.count()), reckoning)).scalar_one())


def reckon_stale(connection: Connection, reckoning: Reckoning | None, after: int, limit: int) -> int | None:
    """Reckon up to ``limit`` of them, those behind number ``after``; the last one's number, None at the end."""
    if reckoning is None:
        return None
    query = _stale(select(documents.c.number, documents.c.id, documents.c.body), reckoning)
    found = connection.execute(
        query.where(documents.c.number > after).order_by(documents.c.number).limit(limit)
    ).all()
    for row in found:
        with suppress(StoreError):  # of a newer program: it keeps the tasks that program gave it
            reckon(connection, row.id, case_of(row.body), reckoning)
    return found[-1].number if len(found) == limit else None


def _stale(query: Select[Any], reckoning: Reckoning) -> Select[Any]:
    return (
        query.select_from(documents)
        .outerjoin(reckoned, reckoned.c.case_id == documents.c.id)
        .where(
            documents.c.kind == "case",
            or_(reckoned.c.stamp.is_(None), reckoned.c.stamp != reckoning.stamp),
        )
    )
